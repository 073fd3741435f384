"""Themes: which passages speak of what, with the words that say so."""
from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from .dictionary import Dictionary, default_themes, load_themes
from .groups import discover_themes
from .probable import ENOUGH_DOCUMENTS, bags_of_words, guess_themes
from .tokens import annotate
from .words import Span

__all__ = ["Passage", "default_themes", "find_themes", "load_themes", "themes_in"]

COLUMNS = ["doc", "paragraph", "start", "end", "theme", "weight", "evidence", "probable"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph that speaks of a theme; `evidence` are the words that say so, if any."""

    paragraph: int
    start: int
    end: int
    theme: str
    weight: float
    evidence: list[Span]


def themes_in(text: str, themes: Mapping[str, Sequence[str]] | Dictionary) -> list[Passage]:
    """The themes of each paragraph of a text, by a dictionary: only what the words say.

    A paragraph may have several themes, or none; the one with the most words comes first.  Does
    not understand a word by its context: "bank" is a bank of either kind; an exclusion in the
    dictionary is the remedy.

    themes : {theme: entries}; an entry is a word, a phrase, a wildcard such as "invest*" or,
        with a minus before it, an exclusion.  The module `dictionary` says how they are matched.
    Raises KitError when the entries of a theme are not a list of words.

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
    """One row per paragraph and theme, with the words that say so.

    With a dictionary a row says that the theme's words occur in the paragraph; a paragraph
    without rows is one that the dictionary does not cover.  From 200 documents on there are
    rows with `probable` True besides: the theme that the paragraph's other words suggest, by
    what the dictionary's hits in all documents teach (see `guess_themes`).  They have no
    evidence, and depend on the other documents; `themes[~themes.probable]` leaves them out.
    Without a dictionary the themes are made of the documents' own key phrases (see
    `discover_themes`) and so depend on all documents.

    documents : the documents table.
    themes : {theme: entries}, such as `load_themes(path)` and `default_themes()` give; None
        discovers them.

    Returns columns doc; paragraph (number, from 0); start, end (its characters); theme; weight
    (how many words or phrases of the paragraph say so; where probable, the number of its words
    that are no function words times the probability); evidence (where, as a list of (start,
    end)); probable.
    Raises KitError when the entries of a theme are not a list of words.

    >>> table = find_themes(pd.DataFrame({"text": ["Roads were closed."]}),
    ...                     themes={"transport": ["road"]})
    >>> table[["theme", "weight", "evidence"]].values.tolist()
    [['transport', 1.0, [(0, 5)]]]
    """
    if themes is None:
        return pd.DataFrame(discover_themes(documents), columns=COLUMNS)
    dictionary = Dictionary(themes)
    exact = {doc: themes_in(text, dictionary)
             for doc, text in zip(documents.index, documents["text"], strict=True)}
    guessed = _probable(documents, exact, dictionary) if len(exact) >= ENOUGH_DOCUMENTS else {}
    rows = [(doc, p.paragraph, p.start, p.end, p.theme, p.weight, p.evidence, not p.evidence)
            for doc, passages in exact.items()
            for p in sorted(passages + guessed.get(doc, []), key=lambda p: p.paragraph)]
    return pd.DataFrame(rows, columns=COLUMNS)


def _probable(documents: pd.DataFrame, exact: Mapping[str, list[Passage]],
              dictionary: Dictionary) -> dict[str, list[Passage]]:
    """The probable theme of each paragraph, by document."""
    places: list[tuple[str, int, Span]] = []
    bags: list[Mapping[str, int]] = []
    hits: list[dict[str, int]] = []
    for doc, text in zip(documents.index, documents["text"], strict=True):
        note = annotate(text)
        bags += bags_of_words(note)
        places += [(doc, number, span) for number, span in enumerate(note.paragraphs)]
        found: list[dict[str, int]] = [{} for _ in note.paragraphs]
        for passage in exact[doc]:
            found[passage.paragraph][passage.theme] = len(passage.evidence)
        hits += found
    guessed: dict[str, list[Passage]] = defaultdict(list)
    for (doc, number, span), bag, guess in zip(
            places, bags, guess_themes(bags, hits, themes=dictionary.themes), strict=True):
        if guess:
            weight = round(guess[1] * sum(bag.values()), 4)
            guessed[doc].append(Passage(number, *span, guess[0], weight, []))
    return guessed
