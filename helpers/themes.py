"""Themes: which passages speak of what, with the words that say so."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from .dictionary import Dictionary, default_themes, load_themes
from .groups import discover_themes
from .tokens import annotate
from .words import Span

__all__ = ["Passage", "default_themes", "find_themes", "load_themes", "themes_in"]

COLUMNS = ["doc", "paragraph", "start", "end", "theme", "weight", "evidence", "probable"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that speaks of a theme; `evidence` are the words that say so."""

    paragraph: int
    start: int
    end: int
    theme: str
    weight: float
    evidence: list[Span]


def themes_in(text: str, themes: Mapping[str, Sequence[str]] | Dictionary) -> list[Passage]:
    """The themes of each paragraph of a text, by a dictionary: only what the words say.

    A paragraph may have several themes, or none.  Does not understand a word by its context:
    "bank" is a bank of either kind; an exclusion in the dictionary is the remedy.

    themes : {theme: entries}; an entry is a word, a phrase, a wildcard such as "invest*" or,
        with a minus before it, an exclusion.  The module `dictionary` says how they are matched.

    >>> [p.theme for p in themes_in("Roads were closed.", {"transport": ["road"], "sea": ["ship"]})]
    ['transport']
    """
    dictionary = themes if isinstance(themes, Dictionary) else Dictionary(themes)
    note = annotate(text)
    found: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for hit in dictionary.hits(note):
        found[hit.paragraph, hit.theme].append((hit.start, hit.end))
    order = {theme: number for number, theme in enumerate(dictionary.themes)}
    return [
        Passage(paragraph, *note.paragraphs[paragraph], theme, float(len(evidence)), evidence)
        for (paragraph, theme), evidence in sorted(
            found.items(), key=lambda item: (item[0][0], -len(item[1]), order[item[0][1]]))
    ]


def find_themes(documents: pd.DataFrame, *,
                themes: Mapping[str, Sequence[str]] | None = None) -> pd.DataFrame:
    """One row per paragraph and theme: doc, paragraph, start, end, theme, weight, evidence.

    With a dictionary a row says that the theme's words occur in the paragraph; a paragraph
    without rows is one that the dictionary does not cover.  Without one the themes are made of
    the documents' own key phrases (see `discover_themes`): then they depend on all documents.

    documents : the documents table.
    themes : {theme: entries}, such as `load_themes(path)` and `default_themes()` give; None
        discovers them.

    Returns columns doc; paragraph (number, from 0); start, end (its characters); theme; weight
    (how often the theme's words occur in it); evidence (where, as a list of (start, end)).
    Raises KitError when the entries of a theme are not a list of words.

    >>> table = find_themes(pd.DataFrame({"text": ["Roads were closed."]}),
    ...                     themes={"transport": ["road"]})
    >>> table[["theme", "weight", "evidence"]].values.tolist()
    [['transport', 1.0, [(0, 5)]]]
    """
    if themes is None:
        rows = discover_themes(documents)
    else:
        dictionary = Dictionary(themes)
        rows = [(doc, p.paragraph, p.start, p.end, p.theme, p.weight, p.evidence, False)
                for doc, text in zip(documents.index, documents["text"], strict=True)
                for p in themes_in(text, dictionary)]
    return pd.DataFrame(rows, columns=COLUMNS)
