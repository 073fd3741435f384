"""The tables that a run saves, and what each of their columns means, from `data/glossary.toml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from ..text import read_tables
from ..themes.evidence import count_speakers


def every_table(
    found: Mapping[str, pd.DataFrame],
    counted: Mapping[str, pd.DataFrame],
    corrections: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    """All tables of a run, as they are saved: what was read, what was made of it, the codebook.

    found : documents, quotes, figures, phrases, themes; counted : with reprints set aside and one
    name for one speaker, also evidence and claims; corrections : as `read_corrections` gives them.
    """
    found = {name: found[name] for name in ("documents", "quotes", "figures", "phrases", "themes")}
    return found | {
        "claims": counted["claims"],
        "evidence": counted["evidence"],
        "speakers": count_speakers(counted["quotes"]),
        "problems": found["documents"].attrs["problems"],
        "corrections": corrections,
        "codebook": codebook(),
    }


def codebook(tables: Iterable[str] = ()) -> pd.DataFrame:
    """What the columns of the tables mean: one row a column, in the order of the tables.

    tables : names of tables; none takes all.

    Returns columns table, column, meaning.

    >>> codebook(["phrases"])["column"].tolist()
    ['doc', 'phrase', 'score', 'count', 'spans']
    """
    glossary = read_tables("glossary.toml")
    shared = glossary["shared"]
    rows = [
        (name, column, meaning or shared[column])
        for name in tables or (name for name in glossary if name != "shared")
        for column, meaning in glossary[name].items()
    ]
    return pd.DataFrame(rows, columns=["table", "column", "meaning"])
