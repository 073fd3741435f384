"""The tables that a run saves, what their columns mean, and what a paper has to say of them."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Mapping
from importlib import metadata

import pandas as pd

from ..check import error_rates
from ..documents import english, language_name
from ..show import records, unread, written
from ..text import read_tables
from ..themes.evidence import count_speakers

Tables = Mapping[str, pd.DataFrame]
LIBRARIES = ("pandas", "scikit-learn", "onnxruntime")
MARKS = str.maketrans(dict.fromkeys("`|<>\n\r", " "))  # what would end a code span or a cell


def every_table(found: Tables, counted: Tables, corrections: pd.DataFrame) -> dict:
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
    """What the columns of the tables mean, from `data/glossary.toml`: one row a column, in order.

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


def methods_text(
    found: Tables,
    counted: Tables,
    uncorrected: Tables,
    *,
    facts: Mapping[str, object],
    corrections: pd.DataFrame,
) -> str:
    """`methods.md`: what was read and left out, by which settings, and how often it is right.

    The error rates are those of these documents, where rows of them were checked; else the kit's.
    Each number is counted here or in the template; names from the documents stand in code spans.

    found, counted : as for `every_table`; uncorrected : quotes and figures as the kit found them.
    """
    documents, methods = found["documents"], read_tables("methods.toml")
    tables = [uncorrected[name] for name in ("quotes", "figures") if len(corrections)]
    rates = [error_rates(table, documents, corrections) for table in tables]
    checked = [found[name] for name in ("quotes", "figures")]
    marks = [table["checked"] for table in checked if "checked" in table]
    return written(
        "methods.md.j2",
        **{"found": found, "counted": counted, "facts": facts, "methods": methods},
        **{"code": code, "language_name": language_name},
        versions=[f"{name} {metadata.version(name)}" for name in LIBRARIES],
        python=platform.python_version(),
        spoken=english(documents),
        unread=records(unread(documents)),
        lines=corrections,
        checked=pd.concat(marks or [corrections["who"][:0]]),
        stale=sum(len(table.attrs.get("stale", ())) for table in checked),
        rates=[rate for some in rates for rate in records(some)],
        citation=methods["citation"].format(version=str(facts["kit"]).partition(" ")[2]),
    )


def code(name: object) -> str:
    """A name as a code span, in which nothing is markup.

    >>> code("a`<b>|_c_")
    '`a  b  _c_`'
    """
    return f"`{str(name).translate(MARKS).strip()}`"
