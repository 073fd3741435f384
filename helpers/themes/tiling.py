"""Tiling: where a text turns to another subject, by the words on either side of each gap."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from math import log, sqrt

import numpy as np
import pandas as pd

from ..documents import english
from ..text.forms import generic_words, singular, stem
from ..text.tokens import Annotated, annotate
from .terms import log_likelihood, stop_words

__all__ = ["Part", "find_parts", "parts_in"]

BLOCK = 6  # sentences that are compared on either side of a gap
SHORTEST = 3  # sentences in a part
DEEPER = 0.5  # standard deviations above the mean depth that make a gap a boundary
ENOUGH_PARAGRAPHS = 6  # from here on, boundaries fall between paragraphs only
TELLING = 5  # words that are shown of a part
COLUMNS = [
    "doc",
    "part",
    "start",
    "end",
    "paragraph",
    "last_paragraph",
    "sentences",
    "depth",
    "words",
]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text on one subject; `depth` says how clearly it is set off from what precedes.

    paragraph, last_paragraph : its first and last paragraph, from 0.
    words : those that are commonest in it compared with the rest of the text, best first.
    """

    start: int
    end: int
    paragraph: int
    last_paragraph: int
    sentences: int
    depth: float
    words: tuple[str, ...]


def parts_in(text: str) -> list[Part]:
    """The parts of a text between which its vocabulary changes, in order (TextTiling).

    At each gap between sentences the words of the six sentences before and after are compared
    (cosine of 1 + log of the counts of stems, without function words).  How far the likeness dips
    there, measured from the nearest peaks to the left and right, is the gap's depth; gaps deeper
    than the mean plus half a standard deviation are boundaries, the deepest first, unless one
    stands less than three sentences away.  From six paragraphs on, only gaps between paragraphs
    count.  Looks at words alone: a new subject in the old words is not seen, and a text of fewer
    than about twelve sentences has too few words to tell.

    Source: Hearst (1997), TextTiling, Computational Linguistics 23(1).

    >>> farm, sea = "The cows eat grass. Grass feeds cows. ", "A ship left port. Ports have ships. "
    >>> text = farm * 4 + sea * 4
    >>> [text[part.start:part.end][:10] for part in parts_in(text)]
    ['The cows e', 'A ship lef']
    """
    note = annotate(text)
    if not note.sentences:
        return []
    bags = _bags(note)
    depths = _depths(bags)
    numbers = note.sentence_paragraph
    by_paragraph = numbers[-1] + 1 >= ENOUGH_PARAGRAPHS
    allowed = [
        gap
        for gap in range(1, len(numbers))
        if not by_paragraph or numbers[gap] != numbers[gap - 1]
    ]
    least = float(depths.mean() + DEEPER * depths.std()) if len(depths) else 0.0
    bounds = [0, len(numbers)]
    for gap in sorted(allowed, key=lambda gap: (-depths[gap - 1], gap)):
        if depths[gap - 1] < max(least, 1e-9):
            break
        at = bisect_left(bounds, gap)
        if min(gap - bounds[at - 1], bounds[at] - gap) >= SHORTEST:
            bounds.insert(at, gap)
    whole = Counter(chain.from_iterable(bags))
    return [
        Part(
            note.sentence_span(first)[0],
            note.sentence_span(after - 1)[1],
            numbers[first],
            numbers[after - 1],
            after - first,
            round(float(depths[first - 1]), 4) if first else 0.0,
            _telling(note, bags, first, after, whole=whole),
        )
        for first, after in zip(bounds, bounds[1:], strict=False)
    ]


def find_parts(documents: pd.DataFrame) -> pd.DataFrame:
    """One row per part of each document: where a text turns from one subject to the next.

    What it does and does not see: `parts_in`.

    documents : the documents table; those in another language than English are left out.

    Returns columns doc; part (number, from 0); start, end (its characters); paragraph,
    last_paragraph (its first and last, from 0); sentences (their number); depth (how clearly it
    is set off from the part before; 0 for the first); words (those that are commonest in it
    compared with the rest of the text).

    >>> find_parts(pd.DataFrame({"text": ["It rained."]}))[["part", "sentences"]].values.tolist()
    [[0, 1]]
    """
    documents = english(documents)
    rows = [
        (
            doc,
            number,
            p.start,
            p.end,
            p.paragraph,
            p.last_paragraph,
            p.sentences,
            p.depth,
            list(p.words),
        )
        for doc, text in zip(documents.index, documents["text"], strict=True)
        for number, p in enumerate(parts_in(text))
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _bags(note: Annotated) -> list[list[str]]:
    """The stems of each sentence, without function words and numbers."""
    left_out = stop_words()
    return [
        [
            stem(word)
            for word in note.words[first:after]
            if len(word) > 1 and word[0].isalpha() and word.lower() not in left_out
        ]
        for first, after in note.sentences
    ]


def _telling(
    note: Annotated, bags: list[list[str]], first: int, after: int, *, whole: Counter[str]
) -> tuple[str, ...]:
    """The words of some sentences that set them apart from the others, the surest first.

    whole : the stems of all sentences.
    """
    own = Counter(chain.from_iterable(bags[first:after]))
    rest = {key: whole[key] - n for key, n in own.items()}
    size, others = own.total(), whole.total() - own.total()
    scores = {
        key: log_likelihood(n, size - n, rest[key], others - rest[key])
        for key, n in own.items()
        if n > 1 and n * others >= rest[key] * size
    }
    forms: dict[str, Counter[str]] = {}
    for word in note.words[note.sentences[first][0] : note.sentences[after - 1][1]]:
        if singular(word) not in generic_words():
            forms.setdefault(stem(word), Counter())[word] += 1
    order = {key: number for number, key in enumerate(forms)}
    best = sorted(
        scores.keys() & forms.keys(),
        key=lambda key: (-round(scores[key], 6), -own[key], order[key]),
    )[:TELLING]
    return tuple(
        max(forms[key], key=lambda form: (forms[key][form], form.islower(), form)) for key in best
    )


def _depths(bags: list[list[str]]) -> np.ndarray:
    """How far the likeness of the sentences before and after each gap dips there."""
    likeness = np.array(
        [
            _cosine(_block(bags[max(0, gap - BLOCK) : gap]), _block(bags[gap : gap + BLOCK]))
            for gap in range(1, len(bags))
        ]
    )
    left, right = _peaks(likeness), _peaks(likeness[::-1])[::-1]
    return left + right - 2 * likeness


def _block(bags: list[list[str]]) -> dict[str, float]:
    """The words of some sentences, each weighing 1 + log of its count."""
    counts = Counter(chain.from_iterable(bags))
    return {word: 1 + log(n) for word, n in counts.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    shared = sum(weight * other[word] for word, weight in one.items() if word in other)
    size = sqrt(sum(w * w for w in one.values()) * sum(w * w for w in other.values()))
    return shared / size if size else 0.0


def _peaks(likeness: np.ndarray) -> np.ndarray:
    """For each gap the height of the slope that leads down to it from the left."""
    peaks = likeness.copy()
    for at in range(1, len(likeness)):
        if likeness[at - 1] >= likeness[at]:
            peaks[at] = peaks[at - 1]
    return peaks
