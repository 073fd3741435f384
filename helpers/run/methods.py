"""`methods.md`: what a paper has to say of a run, in plain words, each number counted from it."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

import pandas as pd

from ..check import error_rates, read_corrections
from ..documents import english, language_name
from ..figures import find_figures
from ..quotes import find_quotes
from ..show import by_class, records, templates, unread
from ..text import read_tables
from ..text.wording import known, plural

LIBRARIES = ("pandas", "scikit-learn", "onnxruntime")
MARKS = str.maketrans(dict.fromkeys("`|<>\n\r", " "))  # what would end a code span or a cell


def methods_text(
    found: Mapping[str, pd.DataFrame],
    counted: Mapping[str, pd.DataFrame],
    *,
    facts: Mapping[str, object],
    corrections: str | Path,
) -> str:
    """What was read and left out, by which settings, what was corrected, how often it is right.

    The error rates are those of these documents, where rows of them were checked; else the kit's.

    found, counted : as for `every_table`; facts : as in `run.json`.
    corrections : the path that `load` was given.

    Returns Markdown; names from the documents stand in code spans and cannot be markup.
    """
    documents, lines, rates = found["documents"], read_corrections(corrections), []
    spoken = english(documents)
    if len(lines):
        quotes = find_quotes(documents)  # as the kit finds them: without the corrections
        for table in (quotes, find_figures(documents, quotes=quotes)):
            rates += records(error_rates(table, documents, lines))
    checked = [found[name] for name in ("quotes", "figures")]
    others = documents.drop(index=spoken.index)["language"].items()
    methods = read_tables("methods.toml")
    page = templates(by_class).overlay(autoescape=False).get_template("methods.md.j2")
    return (
        page.render(
            {"code": code, "count": plural, "facts": facts, "methods": methods},
            versions=[f"{name} {metadata.version(name)}" for name in LIBRARIES],
            python=platform.python_version(),
            documents=len(spoken),
            words=int(spoken["words"].sum()),
            dates=sorted(map(str, spoken["date"].dropna())),
            sources=spoken["source"].value_counts().to_dict(),
            unknown=int(spoken["source"].isna().sum()),
            others={
                doc: language_name(code) if known(code) else "no words" for doc, code in others
            },
            reprints=spoken.index.difference(counted["documents"].index, sort=False).tolist(),
            unread=records(unread(documents)),
            counts={name: len(table) for name, table in found.items()},
            lines=len(lines),
            checkers=sorted({who for who in lines["who"] if who}),
            checked=pd.concat(
                [t["checked"] for t in checked if "checked" in t] or [lines["who"][:0]]
            )
            .value_counts()
            .to_dict(),
            stale=sum(len(table.attrs.get("stale", ())) for table in checked),
            rates=rates,
            citation=methods["citation"].format(version=str(facts["kit"]).partition(" ")[2]),
        )
        + "\n"
    )


def code(name: object) -> str:
    """A name as a code span, in which nothing is markup.

    >>> code("a`<b>|_c_")
    '`a  b  _c_`'
    """
    return f"`{str(name).translate(MARKS).strip()}`"
