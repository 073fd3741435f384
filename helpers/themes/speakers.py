"""Speakers of many documents: each report once, each speaker once, and who speaks of whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from ..documents import KitError
from ..names import Named, merge_names, named_in
from ..quotes import Attribution
from ..text.wording import plural
from ..work import kept_or_found
from .corpus import read_corpus
from .duplicates import find_duplicates, keep_earliest
from .evidence import UNKNOWN
from .who import Person, described, form_of, load_speakers

__all__ = ["Once", "count_mentions", "count_once", "merge_speakers", "names_of"]


class Once(NamedTuple):
    """The documents and their quotes that are counted, and in a sentence what was done to them."""

    documents: pd.DataFrame
    quotes: pd.DataFrame
    said: str


def count_once(
    documents: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    beside: str | Path | None = None,
    reprints: Literal["set aside", "kept"] = "set aside",
    names: Literal["merged", "as written"] = "merged",
) -> Once:
    """The documents without reprints, and their quotes with one name for one speaker.

    documents, quotes : the tables of these names.
    beside : the path that `load` was given: the files there say who is who, see `who`.
    reprints : "set aside" keeps the earliest of each group of `find_duplicates`; "kept" all.
    names : "merged" across documents as by `merge_speakers`; "as written" leaves each document
        its own.

    Returns (documents, quotes, said); `said` is for the top of a notebook or report.
    Raises KitError for another choice, and as `load_speakers` does.

    >>> texts = pd.DataFrame({"text": ["Ann Lee sang.", "Ann Lee sang.", "Bob Roe did."]})
    >>> quotes = pd.DataFrame({"doc": [0, 1, 2], "speaker": ["Ann Lee", "Ann Lee", "Bob Roe"],
    ...                        "speaker_kind": "person", "role": None})
    >>> count_once(texts, quotes).said
    '1 reprint set aside; 2 speakers, none merged.'
    """
    if reprints not in ("set aside", "kept") or names not in ("merged", "as written"):
        raise KitError(
            f"no choice {reprints!r} of reprints or {names!r} of names — give 'set aside' or "
            "'kept', and 'merged' or 'as written'"
        )
    if reprints == "set aside":
        kept = keep_earliest(documents, find_duplicates(read_corpus(documents, phrases=False)))
        quotes = quotes[quotes["doc"].isin(kept.index)].reset_index(drop=True)
        gone = len(documents) - len(kept)
        documents, said = kept, f"{plural(gone, 'reprint') if gone else 'no reprints'} set aside"
    else:
        said = "reprints counted like other documents"
    before = quotes["speaker"].nunique()
    if names == "merged":
        people = load_speakers(beside) if beside else {}
        quotes = merge_speakers(quotes, people=people)
        merged = max(0, before - quotes["speaker"].nunique())
        how = f"{merged or 'none'} merged" + "; your files say who is who" * bool(people)
    else:
        quotes, how = quotes.assign(called=quotes["speaker"]), "named as each document names them"
    said += f"; {plural(quotes['speaker'].nunique(), 'speaker')}, {how}."
    return Once(documents, quotes, said[0].upper() + said[1:])


def merge_speakers(
    quotes: pd.DataFrame, *, people: Mapping[str, Person] | None = None
) -> pd.DataFrame:
    """The quotes with one name for one speaker across documents, where that is safe.

    Cautious: a surname alone joins a full name only with an office in common, and namesakes whose
    offices exclude each other are told apart by them.  So one person may stay two, and rarely are
    two made one; `helpers.names.merge_names` has the rules.  Quotes of unknown speakers stay so.

    quotes : the table of `find_quotes`.
    people : who is who, as `load_speakers` reads it; that goes before our rules.

    Returns the table with `speaker` replaced and `called`, the name in the quote's own document;
    with `people` also `role` as they have it, and `organisation`.

    >>> table = pd.DataFrame({"doc": ["a", "b"], "speaker": ["Ann Lee", "A. Lee"],
    ...                       "speaker_kind": "person", "role": None})
    >>> merge_speakers(table)["speaker"].tolist()
    ['Ann Lee', 'Ann Lee']
    """
    names = merge_names(described(quotes))
    merged = quotes.assign(called=quotes["speaker"], speaker=pd.Series(names, quotes.index, object))
    if people:
        both = zip(merged["called"].map(form_of), merged["speaker"].map(form_of), strict=True)
        found = [people.get(called) or people.get(name) for called, name in both]
        for column, fact in (
            ("speaker", "name"),
            ("role", "role"),
            ("organisation", "organisation"),
        ):
            said = pd.Series([getattr(one, fact, None) for one in found], merged.index, object)
            merged[column] = said.where(said.notna(), merged.get(column))
    return merged


def count_mentions(documents: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Whose quotes name whom, and how often: one row for each pair, the most frequent first.

    Counts names but the speaker's own, not pronouns or offices ("he", "the minister"), and people,
    organisations and other speakers only.  A name in a quotation within a quotation is the inner
    speaker's.

    documents, quotes : the tables of the same names; quotes may have gone through `merge_speakers`.

    Returns columns speaker ("(unknown)" where missing), of, of_kind (who is named), mentions,
    documents.

    >>> from helpers import find_quotes
    >>> table = pd.DataFrame({"text": ["Ann Lee met Bob Roe. “Roe is late,” said Lee."]})
    >>> count_mentions(table, find_quotes(table))[["speaker", "of"]].values.tolist()
    [['Ann Lee', 'Bob Roe']]
    """
    table = quotes.assign(called=quotes.get("called", quotes["speaker"]))
    spoken = described(table.assign(speaker=table["called"]))
    columns = ["spans", "cue_spans", "source_spans", "kind"]
    found = []
    by_doc = table.groupby("doc", sort=False)
    names = names_of(documents.loc[[doc for doc, _ in by_doc]])
    for (doc, some), here in zip(by_doc, names, strict=True):
        told = [Attribution(*row) for row in some[columns].itertuples(index=False)]
        spans = [(b - a, a, b, n) for n, one in enumerate(told) for a, b in one.content]
        inner = np.full(
            len(documents.at[doc, "text"]), -1
        )  # the innermost quote around each character
        for _, start, end, n in sorted(spans, reverse=True):
            inner[start:end] = n
        called, speakers = some["called"].tolist(), some["speaker"].fillna(UNKNOWN).tolist()
        for name in here:
            n = inner[name.start]
            if n >= 0 and name.name != called[n] and (name.kind or name.name in called):
                found.append((doc, name.name, name.kind, None, speakers[n]))
    one_name = merge_names(spoken + [row[:4] for row in found])
    shown = dict(zip(one_name, table["speaker"], strict=False))
    rows = [
        (speaker, shown.get(of, of), kind, doc)
        for (doc, _, kind, _, speaker), of in zip(found, one_name[len(spoken) :], strict=True)
    ]
    pairs = pd.DataFrame(rows, columns=["speaker", "of", "of_kind", "doc"]).groupby(
        ["speaker", "of"], as_index=False
    )
    table = pairs.agg(
        of_kind=("of_kind", "first"), mentions=("doc", "size"), documents=("doc", "nunique")
    )
    return table.sort_values("mentions", ascending=False, kind="stable", ignore_index=True)


def names_of(documents: pd.DataFrame) -> list[list[Named]]:
    """For each document the names in it, as `named_in` gives them."""
    found = kept_or_found(_names, documents, name="names")
    return [[Named(*cells) for cells in names] for names in found]


def _names(documents: pd.DataFrame) -> list[list[tuple]]:
    cells = documents.reindex(columns=["text", "title"]).itertuples(index=False, name=None)
    titled = [(text, title if isinstance(title, str) else None) for text, title in cells]
    return [[astuple(name) for name in named_in(text, title=title)] for text, title in titled]
