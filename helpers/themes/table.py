"""Themes: which passages speak of what, with the words that say so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from scipy.sparse import csr_matrix

from ..documents import english
from ..text import Doc, doc_of
from ..text.forms import singular
from ..text.words import Span
from ..work import map_parts
from .choices import Choices
from .counting import telling_words
from .dictionary import Dictionary
from .groups import discover_themes
from .probable import ENOUGH_DOCUMENTS, count_bags, guess_themes

__all__ = ["Passage", "find_themes", "themes_in"]

Row = tuple  # the cells of one row
COLUMNS = "doc paragraph start end theme weight evidence probable".split()


class Passage(NamedTuple):
    """A paragraph that speaks of a theme; `evidence` are the words that say so."""

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
    return _passages(doc_of(text), Dictionary(themes))


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
    note = ""
    guess = themes is not None and len(documents) >= ENOUGH_DOCUMENTS
    if themes is None:
        themes, note = discover_themes(documents, choices)
    Dictionary(themes)  # tells what is wrong with the entries before any work is done
    parts = map_parts(_read, documents, themes=themes, bags=guess)
    rows = [row for own, _ in parts for row in own]
    if guess:
        rows += _probable(rows, [place for _, own in parts for place in own], list(themes))
        order = {doc: number for number, doc in enumerate(documents.index)}
        rows.sort(key=lambda row: (order[row[0]], row[1]))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.attrs["note"] = note
    return table


def _passages(note: Doc, dictionary: Dictionary) -> list[Passage]:
    found: dict[tuple[int, str], list[Span]] = defaultdict(list)
    for hit in dictionary.hits(note):
        found[hit.paragraph, hit.theme].append((hit.start, hit.end))
    order = {theme: number for number, theme in enumerate(dictionary.themes)}
    return [
        Passage(paragraph, *note.paragraphs[paragraph], theme, float(len(spans)), spans)
        for (paragraph, theme), spans in sorted(
            found.items(), key=lambda item: (item[0][0], -len(item[1]), order[item[0][1]])
        )
    ]


def _read(
    documents: pd.DataFrame, *, themes: Mapping[str, Sequence[str]], bags: bool
) -> tuple[list[Row], list[Row]]:
    """The rows of some documents, and what probable themes need: each passage and its words."""
    dictionary = Dictionary(themes)
    rows: list[Row] = []
    places: list[Row] = []
    for doc, text in documents["text"].items():
        note = doc_of(text)
        rows += [(doc, *passage, False) for passage in _passages(note, dictionary)]
        if bags:
            words: list[list[str]] = [[] for _ in note.paragraphs]
            for sentence, number in zip(note.sentences, note.sentence_paragraph, strict=True):
                words[number] += [singular(note.words[at]) for at in telling_words(note, sentence)]
            places += [
                (doc, number, *span, " ".join(own))
                for number, (span, own) in enumerate(zip(note.paragraphs, words, strict=True))
            ]
    return rows, places


def _probable(rows: list[Row], places: list[Row], themes: list[str]) -> Iterator[Row]:
    """The rows of the probable theme of each passage."""
    place_of = {place[:2]: number for number, place in enumerate(places)}
    cells = [(place_of[row[:2]], themes.index(row[4]), len(row[6])) for row in rows]
    hit, theme, times = zip(*cells, strict=True) if cells else ((), (), ())
    hits = csr_matrix((times, (hit, theme)), shape=(len(places), len(themes)), dtype=int)
    best, probability = guess_themes(count_bags([place[4] for place in places]), hits)
    for (doc, number, *span, words), n, p in zip(places, best, probability, strict=True):
        if n >= 0:
            weight = round(float(p) * len(words.split()), 4)
            yield doc, number, *span, themes[n], weight, [], True
