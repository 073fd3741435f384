"""Subsets of the documents, chosen in a few plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from ..documents import KitError

__all__ = ["Subset", "select_documents"]

CONTAINS = re.compile(r"(\w+)\s+(contains|is)\s+(\S.*)")  # "source contains Post"
PERIOD = re.compile(  # "date 2023", "date 2023-05 to 2024", "date from 2023", "date until 2023-06"
    r"date\s+(?:from\s+(?P<from>[\d-]+)|until\s+(?P<until>[\d-]+)|"
    r"(?P<first>[\d-]+)(?:\s+to\s+(?P<last>[\d-]+))?)"
)
HELP = (
    'write it as "source contains Post", "source is The Evening Post", "date 2023", '
    '"date 2023-05 to 2024-02", "date from 2023-05" or "date until 2023"'
)


@dataclass(frozen=True, slots=True)
class Subset:
    """Some of the documents: their names, and what to call them and the others."""

    docs: tuple[str, ...]
    name: str
    rest: str


def select_documents(documents: pd.DataFrame, rule: str | None = None) -> Subset:
    """The documents that a rule describes; capital and small letters are the same to it.

    documents : the documents table.
    rule : "COLUMN contains WORDS", "COLUMN is WORDS" (of title, text, source, author, …), or
        "date 2023", "date 2023-05 to 2024-02", "date from 2023-05", "date until 2023", or "all".
        None takes the later half of the dated documents, or where fewer than two days are known,
        those of the commonest source.

    Raises KitError for a rule that is none of these or names no column.

    >>> documents = pd.DataFrame({"text": ["The bridge fell.", "Rain."]}, index=["a", "b"])
    >>> select_documents(documents, "text contains bridge").docs
    ('a',)
    """
    if rule is None:
        return _default(documents)
    rule = " ".join(rule.split())
    if rule == "all":
        return Subset(tuple(documents.index), "all documents", "no others")
    if period := PERIOD.fullmatch(rule):
        first = period["from"] or period["first"] or ""
        last = period["until"] or period["last"] or period["first"] or "9999"
        if "date" not in documents:
            raise KitError(
                f"no document has a date, so nothing is chosen by {rule!r} — choose by "
                "another column"
            )
        days = documents["date"].fillna("").astype(str)
        inside = (days >= first) & (days <= last + "-99") & (days != "")
        return _subset(documents, inside, f"documents of {rule.removeprefix('date ')}")
    found = CONTAINS.fullmatch(rule)
    if not found:
        raise KitError(f"no subset {rule!r} — {HELP}")
    column, how, words = found[1].lower(), found[2], found[3].casefold()
    if column not in documents:
        raise KitError(
            f"no column {column!r} in the documents — there are "
            f"{', '.join(map(str, documents.columns))}"
        )
    cells = documents[column].fillna("").astype(str).str.casefold()
    inside = cells.str.contains(words, regex=False) if how == "contains" else cells == words
    return _subset(documents, inside, f"documents where {rule}")


def _subset(documents: pd.DataFrame, inside: pd.Series, name: str) -> Subset:
    return Subset(tuple(documents.index[inside]), name, "the others")


def _default(documents: pd.DataFrame) -> Subset:
    days = documents["date"].dropna().astype(str).sort_values() if "date" in documents else []
    if len(days) > 1 and days.iloc[0] != days.iloc[-1]:
        middle = max(days.iloc[len(days) // 2], days[days > days.iloc[0]].iloc[0])
        later = documents["date"].fillna("").astype(str) >= middle
        name = f"documents since {middle}"
        return Subset(tuple(documents.index[later]), name, f"documents before {middle}")
    sources = documents["source"].dropna() if "source" in documents else []
    if len(sources):
        source = sources.value_counts().sort_index().idxmax()
        return _subset(documents, documents["source"] == source, f"documents from {source}")
    return Subset((), "no documents", "all documents")
