"""Themes: which passages speak of what, with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from ..documents import KitError, english
from ..text import Span, doc_of
from ..work import map_parts
from .choices import Choices
from .dictionary import Dictionary
from .groups import discover_themes
from .probable import ENOUGH_DOCUMENTS, probable_rows

__all__ = ["find_themes"]

COLUMNS = "doc paragraph start end theme weight evidence".split()


def find_themes(
    documents: pd.DataFrame,
    *,
    themes: Mapping[str, Sequence[str]] | None = None,
    choices: Choices | None = None,
) -> pd.DataFrame:
    """One row per paragraph and theme, with the words that say so.

    With a dictionary a row says that the theme's words occur in the paragraph: it may have
    several themes, the one with the most words first, or none.  A word is not understood by its
    context: "bank" is a bank of either kind; an exclusion in the dictionary is the remedy.  From
    200 documents on there are probable themes besides: the one that the paragraph's other words
    suggest, by what the dictionary's hits in all documents teach (see `guess_themes`).  They have
    no evidence, by which `themes[themes["evidence"].map(len) > 0]` leaves them out.
    Without a dictionary the themes are made of the documents' own key phrases (see
    `discover_themes`); `attrs["note"]` says how much they cover.  Probable and discovered themes
    depend on all documents.

    documents : the documents table; those in another language than English are left out.
    themes : {theme: entries}, such as `load_themes(path)` and `default_themes()` give; an entry is
        a word, a phrase, a wildcard such as "invest*" or, with a minus before it, an exclusion
        (see the module `dictionary`).  None discovers them.
    choices : the user's stop list and merges, for the phrases of discovered themes.

    Returns columns doc; paragraph (number, from 0); start, end (its characters); theme; weight
    (how many words or phrases of the paragraph say so; where probable, the number of its words
    that are no function words times the probability); evidence (where, as a list of (start, end)).
    Raises KitError when the themes are no mapping, or the entries of one are not a list of words.

    >>> table = find_themes(pd.DataFrame({"text": ["Roads were closed."]}),
    ...                     themes={"transport": ["road"]})
    >>> table[["theme", "weight", "evidence"]].values.tolist()
    [['transport', 1.0, [(0, 5)]]]
    """
    if not (themes is None or isinstance(themes, Mapping)):
        raise KitError(
            f"themes={themes!r:.60} is no dictionary of themes — give "
            '{"theme": ["word", "two words", "begin*"]}, or load_themes("file.toml")'
        )
    documents, given, note = english(documents), themes is not None, ""
    if themes is None:
        themes, note = discover_themes(documents, choices)
    Dictionary(themes)  # tells what is wrong with the entries before any work is done
    rows = [row for part in map_parts(_rows, documents, themes=themes) for row in part]
    if given and len(documents) >= ENOUGH_DOCUMENTS:
        rows += probable_rows(documents, rows, list(themes))
        order = {doc: number for number, doc in enumerate(documents.index)}
        rows.sort(key=lambda row: (order[row[0]], row[1]))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.attrs["note"] = note
    return table


def _rows(documents: pd.DataFrame, *, themes: Mapping[str, Sequence[str]]) -> list[tuple]:
    dictionary = Dictionary(themes)
    order = {theme: number for number, theme in enumerate(themes)}
    rows = []
    for doc, text in documents["text"].items():
        note = doc_of(text)
        found: dict[tuple[int, str], list[Span]] = defaultdict(list)
        for hit in dictionary.hits(note):
            found[hit.paragraph, hit.theme].append((hit.start, hit.end))
        rows += [
            (doc, paragraph, *note.paragraphs[paragraph], theme, float(len(spans)), spans)
            for (paragraph, theme), spans in sorted(
                found.items(), key=lambda item: (item[0][0], -len(item[1]), order[item[0][1]])
            )
        ]
    return rows
