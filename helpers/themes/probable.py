"""Probable themes: what passages are likely about, learned from those that a dictionary hits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from .corpus import read_passages

__all__ = ["ENOUGH_DOCUMENTS", "guess_themes", "probable_rows"]

ENOUGH_DOCUMENTS = 200  # fewer do not teach which words go with a theme
ENOUGH_PASSAGES = 10  # with hits, for a theme to be guessed
ROUNDS = 2  # once from the hits, once from the guesses; more would drift from the dictionary
SURE = 0.5  # least probability of a guess


def probable_rows(
    documents: pd.DataFrame, rows: Sequence[tuple], themes: Sequence[str]
) -> Iterator[tuple]:
    """The row of the probable theme of each passage, without evidence.

    rows : those of the dictionary's hits; themes : the names of all themes.
    """
    places, corpus = read_passages(documents, phrases=False)
    place_of = {(place.doc, place.paragraph): n for n, place in enumerate(places.itertuples())}
    cells = [(place_of[row[:2]], themes.index(row[4]), len(row[6])) for row in rows]
    hit, theme, times = zip(*cells, strict=True) if cells else ((), (), ())
    hits = csr_matrix((times, (hit, theme)), shape=(len(places), len(themes)), dtype=int)
    best, probability = guess_themes(corpus.counts, hits)
    weights = (probability * corpus.counts.sum(axis=1).A1).round(4).tolist()
    for place, n, weight in zip(places.itertuples(index=False), best, weights, strict=True):
        if n >= 0:
            yield *place[:4], themes[n], weight, []


def guess_themes(bags: csr_matrix, hits: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """For each passage the number of its probable theme, -1 for none, and the probability.

    Naive Bayes: the passages with hits teach how often each word goes with each theme (a
    passage counts for its themes by their shares of its hits, and fully from three hits on); the
    passages' words then tell the theme of all, and once more.  Each theme is as likely as
    another beforehand.  Gives one theme even where a passage has two, none for a passage without
    a word that occurs twice; its probabilities are too sure of themselves, as naive Bayes' are.

    bags : a row a passage, a column a word: how often it occurs.
    hits : a row a passage, a column a theme: how often the dictionary hits it; a theme with hits
        in fewer than ten passages is never guessed.

    Source: Nigam et al. 2000 (learning from few labels); Rennie et al. 2003 for log(1 + count).

    >>> bags, hits = csr_matrix([[1, 1, 0], [0, 0, 2]] * 10), csr_matrix([[1, 0], [0, 1]] * 10)
    >>> guess_themes(bags, hits)[0][:2].tolist()
    [0, 1]
    """
    taught = np.flatnonzero(np.bincount(hits.indices, minlength=hits.shape[1]) >= ENOUGH_PASSAGES)
    if len(taught) < 2:
        return np.full(bags.shape[0], -1), np.zeros(bags.shape[0])
    words = bags[:, np.bincount(bags.indices, minlength=bags.shape[1]) > 1].astype(float)
    words.data = np.log1p(words.data)  # without words of one passage, which carry no theme over
    total = np.asarray(hits.sum(axis=1), float)
    share = hits[:, taught].toarray() / np.maximum(total, 1) * np.minimum(1.0, total / 3)
    for _ in range(ROUNDS):
        taught_by = words.T @ share + 1.0
        score = words @ np.log(taught_by / taught_by.sum(axis=0))
        share = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share[score.max(axis=1) == 0] = 0.0  # no known word
    best, probability = taught[share.argmax(axis=1)], share.max(axis=1)
    return np.where(probability >= SURE, best, -1), probability
