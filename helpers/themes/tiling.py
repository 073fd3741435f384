"""Tiling: where a text turns to another subject, by the words on either side of each gap."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, diags

from ..documents import english
from ..text import doc_of
from ..text.forms import generic_words, singular, stem
from .counting import log_likelihood, telling_words

__all__ = ["Part", "find_parts", "parts_in"]

BLOCK = 6  # sentences that are compared on either side of a gap
SHORTEST = 3  # sentences in a part
DEEPER = 0.5  # standard deviations above the mean depth that make a gap a boundary
ENOUGH_PARAGRAPHS = 6  # from here on, boundaries fall between paragraphs only
TELLING = 5  # words that are shown of a part

Bag = list[tuple[str, str]]  # the words of a sentence: stem, and as written


class Part(NamedTuple):
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
    words: list[str]


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
    note = doc_of(text)
    if not note.sentences:
        return []
    bags = [
        [(stem(note.words[at]), note.words[at]) for at in telling_words(note, sentence)]
        for sentence in note.sentences
    ]
    depths, numbers = _depths(bags), note.sentence_paragraph
    within = numbers[-1] + 1 < ENOUGH_PARAGRAPHS  # a paragraph may hold two parts
    gaps = [n for n in range(1, len(bags)) if within or numbers[n] != numbers[n - 1]]
    least = max(float(depths.mean() + DEEPER * depths.std()), 1e-9) if len(depths) else 0.0
    bounds = [0, len(bags)]
    for gap in sorted(gaps, key=lambda gap: (-depths[gap - 1], gap)):
        at = bisect_left(bounds, gap)
        far = min(gap - bounds[at - 1], bounds[at] - gap) >= SHORTEST
        if far and depths[gap - 1] >= least:
            bounds.insert(at, gap)
    whole = Counter(stem for stem, _ in chain.from_iterable(bags))
    return [
        Part(
            note.sentence_span(first)[0],
            note.sentence_span(after - 1)[1],
            numbers[first],
            numbers[after - 1],
            after - first,
            round(float(depths[first - 1]), 4) if first else 0.0,
            _telling([*chain.from_iterable(bags[first:after])], whole),
        )
        for first, after in pairwise(bounds)
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
    rows = [
        (doc, number, *part)
        for doc, text in english(documents)["text"].items()
        for number, part in enumerate(parts_in(text))
    ]
    return pd.DataFrame(rows, columns=["doc", "part", *Part._fields])


def _depths(bags: list[Bag]) -> np.ndarray:
    """How far the likeness of the sentences before and after each gap dips there."""
    size, names = len(bags), dict[str, int]()
    number = [names.setdefault(stem, len(names)) for bag in bags for stem, _ in bag]
    sentence = np.repeat(np.arange(size), [len(bag) for bag in bags])
    counts = csr_matrix((np.ones(len(number)), (sentence, number)), (size, max(1, len(names))))
    if size < 2:
        return np.zeros(0)
    blocks = []
    for offsets in (range(1 - BLOCK, 1), range(1, BLOCK + 1)):  # before each gap, and after it
        near = [offset for offset in offsets if -size + 1 < offset < size]
        block = (diags([1.0] * len(near), near, shape=(size - 1, size)) @ counts).tocsr()
        block.data = 1 + np.log(block.data)
        blocks.append(block)
    before, after = blocks
    norms = np.sqrt([np.asarray(block.power(2).sum(axis=1)).ravel() for block in blocks])
    shared = np.asarray(before.multiply(after).sum(axis=1)).ravel()
    likeness = shared / np.maximum(norms.prod(axis=0), 1e-9)
    return _peaks(likeness) + _peaks(likeness[::-1])[::-1] - 2 * likeness


def _peaks(likeness: np.ndarray) -> np.ndarray:
    """For each gap the height of the slope that leads down to it from the left."""
    peaks = likeness.copy()
    for at in range(1, len(likeness)):
        if likeness[at - 1] >= likeness[at]:
            peaks[at] = peaks[at - 1]
    return peaks


def _telling(bag: Bag, whole: Counter[str]) -> list[str]:
    """The words of a part that set it apart from the others, the surest first.

    whole : the stems of all parts.
    """
    own = Counter(stem for stem, _ in bag)
    forms: dict[str, Counter[str]] = {}
    for key, word in bag:
        if own[key] > 1 and singular(word) not in generic_words():
            forms.setdefault(key, Counter())[word] += 1
    here = np.array([own[key] for key in forms], float)
    there = np.array([whole[key] for key in forms], float) - here
    size, others = own.total(), whole.total() - own.total()
    scores = log_likelihood(here, size - here, there, others - there).round(6)
    scores[here * others < there * size] = -1
    best = sorted(zip(-scores, -here, forms.values(), strict=True), key=lambda word: word[:2])
    return [
        max(written, key=lambda form: (written[form], form.islower(), form))
        for score, _, written in best[:TELLING]
        if score <= 0
    ]
