"""Themes: which passages speak of what, with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..documents import english
from ..run.choices import Choices
from ..run.parallel import map_parts
from ..text.tokens import Annotated, annotate
from ..text.words import Span
from .dictionary import Dictionary, default_themes, load_themes
from .groups import discover_themes
from .probable import ENOUGH_DOCUMENTS, Bags, bags_of_words, guess_themes, joined

__all__ = ["Passage", "default_themes", "find_themes", "load_themes", "themes_in"]

Row = tuple  # the cells of one row
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


def themes_in(text: str, themes: Mapping[str, Sequence[str]]) -> list[Passage]:
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
    return _passages(annotate(text), Dictionary(themes))


def _passages(note: Annotated, dictionary: Dictionary) -> list[Passage]:
    found: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for hit in dictionary.hits(note):
        found[hit.paragraph, hit.theme].append((hit.start, hit.end))
    order = {theme: number for number, theme in enumerate(dictionary.themes)}
    return [
        Passage(paragraph, *note.paragraphs[paragraph], theme, float(len(evidence)), evidence)
        for (paragraph, theme), evidence in sorted(
            found.items(), key=lambda item: (item[0][0], -len(item[1]), order[item[0][1]])
        )
    ]


def find_themes(
    documents: pd.DataFrame,
    *,
    themes: Mapping[str, Sequence[str]] | None = None,
    choices: Choices | None = None,
) -> pd.DataFrame:
    """One row per paragraph and theme, with the words that say so.

    With a dictionary a row says that the theme's words occur in the paragraph; a paragraph
    without rows is one that the dictionary does not cover.  From 200 documents on there are
    rows with `probable` True besides: the theme that the paragraph's other words suggest, by
    what the dictionary's hits in all documents teach (see `guess_themes`).  They have no
    evidence, and depend on the other documents; `themes[~themes.probable]` leaves them out.
    Without a dictionary the themes are made of the documents' own key phrases (see
    `discover_themes`) and so depend on all documents.

    documents : the documents table; those in another language than English are left out.
    themes : {theme: entries}, such as `load_themes(path)` and `default_themes()` give; None
        discovers them.
    choices : the user's stop list and merges, for the phrases of discovered themes.

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
    documents = english(documents)
    if themes is None:
        return pd.DataFrame(discover_themes(documents, choices), columns=COLUMNS)
    Dictionary(themes)  # tells what is wrong with the entries before any work is done
    guess = len(documents) >= ENOUGH_DOCUMENTS
    parts = map_parts(_read, documents, themes=themes, bags=guess)
    rows = [row for part in parts for row in part.rows]
    if guess:
        order = {doc: number for number, doc in enumerate(documents.index)}
        rows += _probable(parts, list(themes))
        rows.sort(key=lambda row: (order[row[0]], row[1]))
    return pd.DataFrame(rows, columns=COLUMNS)


@dataclass(frozen=True, slots=True)
class _Part:
    """What was read in some of the documents: rows, and what probable themes are learned from."""

    rows: list[Row]
    places: list[Row]  # document, paragraph, start, end, number of words
    bags: tuple
    hits: tuple


def _read(documents: pd.DataFrame, *, themes: Mapping[str, Sequence[str]], bags: bool) -> _Part:
    dictionary = Dictionary(themes)
    rows: list[Row] = []
    places: list[Row] = []
    words, hits = Bags(), Bags()
    for doc, text in zip(documents.index, documents["text"], strict=True):
        note = annotate(text)
        passages = _passages(note, dictionary)
        rows += [
            (doc, p.paragraph, p.start, p.end, p.theme, p.weight, p.evidence, False)
            for p in passages
        ]
        if bags:
            found: list[dict[str, int]] = [{} for _ in note.paragraphs]
            for p in passages:
                found[p.paragraph][p.theme] = len(p.evidence)
            for number, (bag, hit) in enumerate(zip(bags_of_words(note), found, strict=True)):
                words.add(bag)
                hits.add(hit)
                places.append((doc, number, *note.paragraphs[number], bag.total()))
    return _Part(rows, places, words.packed(), hits.packed())


def _probable(parts: Sequence[_Part], themes: Sequence[str]) -> Iterator[Row]:
    """The rows of the probable theme of each paragraph."""
    best, probability = guess_themes(
        joined(part.bags for part in parts), joined((part.hits for part in parts), themes)
    )
    places = (place for part in parts for place in part.places)
    for (doc, number, start, end, words), theme, p in zip(
        places, best.tolist(), probability.tolist(), strict=True
    ):
        if theme >= 0:
            yield doc, number, start, end, themes[theme], round(p * words, 4), [], True
