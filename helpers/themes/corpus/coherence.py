"""Coherence of topics: whether their words really stand near each other in the documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .reading import Corpus

__all__ = ["topic_coherence"]

WINDOW = 10  # words

Events = tuple[np.ndarray, np.ndarray, np.ndarray]  # term, first and last window that has it


def topic_coherence(corpus: Corpus, topics: Sequence[Sequence[int]]) -> list[float]:
    """For each topic, the mean normalised pointwise mutual information of its pairs of terms.

    Two terms are together in a window of ten words; 1 is always together, 0 as by chance, -1
    never.  News topics that people find clear have 0.05 to 0.3; 0 and less is a mixture.  A
    phrase stands where its first word stands.  Says nothing of whether a topic is important.

    topics : numbers of terms in `corpus.keys`.

    Source: Bouma 2009; Röder, Both & Hinneburg 2015, who found it close to people's judgement.
    """
    wanted = np.unique([term for topic in topics for term in topic]).astype(np.int64)
    term, first, last = _events(corpus, wanted)
    sizes = np.diff(_word_bounds(corpus))
    windows = float(np.maximum(1, sizes - WINDOW + 1)[sizes > 0].sum())
    where = np.searchsorted(wanted, term)
    return [
        _mean_npmi(
            [(first[where == n], last[where == n]) for n in np.searchsorted(wanted, topic)], windows
        )
        for topic in topics
    ]


def _word_bounds(corpus: Corpus) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(corpus.words)])


def _events(corpus: Corpus, wanted: np.ndarray) -> Events:
    """Every place of the wanted terms, as the windows around it, numbered by their first word."""
    listed = np.zeros(len(corpus.keys) + 1, bool)  # the last is for marks
    listed[wanted] = True
    single = np.flatnonzero(listed[corpus.plain] & (corpus.plain < corpus.singles))
    phrase = np.flatnonzero(listed[corpus.stream] & (corpus.stream >= corpus.singles))
    lengths = np.array([key.count(" ") + 1 for key in corpus.keys] + [1])[corpus.stream]
    begins = np.cumsum(lengths) - lengths
    number = np.cumsum(corpus.plain >= 0) - 1  # of each word, without marks
    place = number[np.concatenate([single, begins[phrase]])]
    term = np.concatenate([corpus.plain[single], corpus.stream[phrase]])
    bounds = _word_bounds(corpus)
    doc = np.searchsorted(bounds, place, side="right") - 1
    first = np.maximum(bounds[doc], place - WINDOW + 1)
    last = np.minimum(place, np.maximum(bounds[doc], bounds[doc + 1] - WINDOW))
    order = np.lexsort((first, term))
    return term[order], first[order], last[order]


def _mean_npmi(places: Sequence[tuple[np.ndarray, np.ndarray]], windows: float) -> float:
    """Of terms that are given as sorted ranges of windows, both ends inclusive."""
    edges = np.unique(np.concatenate([np.concatenate((first, last + 1)) for first, last in places]))
    if len(edges) < 2 or len(places) < 2:
        return 0.0
    inside = np.zeros((len(places), len(edges)), np.int32)
    for row, (first, last) in zip(inside, places, strict=True):
        np.add.at(row, np.searchsorted(edges, first), 1)
        np.add.at(row, np.searchsorted(edges, last + 1), -1)
    has = (np.cumsum(inside, axis=1)[:, :-1] > 0).astype(float)
    both = (has * np.diff(edges)) @ has.T / windows
    alone = np.diag(both)
    with np.errstate(divide="ignore", invalid="ignore"):
        npmi = np.log(both / np.outer(alone, alone)) / -np.log(both)
    npmi = np.where(both == 0, -1.0, np.where(both >= 1, 1.0, npmi))
    return round(float(npmi[np.triu_indices(len(places), 1)].mean()), 4)
