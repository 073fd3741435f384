"""Probable themes: what passages are likely about, learned from those that a dictionary hits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix

from ..text.forms import singular
from ..text.tokens import Annotated
from .terms import stop_words

__all__ = ["ENOUGH_DOCUMENTS", "Bags", "guess_themes"]

ENOUGH_DOCUMENTS = 200  # fewer do not teach which words go with a theme
ENOUGH_PASSAGES = 10  # with hits, for a theme to be guessed
ROUNDS = 2  # once from the hits, once from the guesses; more would drift from the dictionary
SURE = 0.5  # least probability of a guess


@dataclass(slots=True)
class Bags:
    """Passages as how often each word, or theme, occurs in them: a sparse matrix in the making."""

    names: dict[str, int] = field(default_factory=dict)
    columns: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)  # how many columns each passage has

    def add(self, bag: Mapping[str, int]) -> None:
        """One more passage."""
        self.columns += [self.names.setdefault(name, len(self.names)) for name in bag]
        self.counts += bag.values()
        self.sizes.append(len(bag))

    def packed(self) -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
        """The same in arrays, which take a tenth of the room."""
        return (
            list(self.names),
            np.array(self.columns, np.int32),
            np.array(self.counts, np.int32),
            np.array(self.sizes, np.int32),
        )


def joined(parts: Iterable[tuple], names: Sequence[str] = ()) -> csr_matrix:
    """Packed bags below each other as a matrix: a row a passage, a column a name, `names` first."""
    number = {name: n for n, name in enumerate(names)}
    columns, counts, sizes = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(1, int)]
    for own, column, count, size in parts:
        mine = [number.setdefault(name, len(number)) for name in own]
        columns.append(np.array([*mine, 0], np.int32)[column])
        counts.append(count)
        sizes.append(size)
    bounds = np.cumsum(np.concatenate(sizes))
    return csr_matrix(
        (np.concatenate(counts), np.concatenate(columns), bounds),
        shape=(len(bounds) - 1, len(number)),
    )


def bags_of_words(note: Annotated) -> list[Counter[str]]:
    """The words of each paragraph, in the singular, without function words and numbers."""
    left_out = stop_words()
    bags: list[Counter[str]] = [Counter() for _ in note.paragraphs]
    for (first, after), paragraph in zip(note.sentences, note.sentence_paragraph, strict=True):
        bags[paragraph].update(
            singular(word)
            for word in note.words[first:after]
            if len(word) > 1 and word[0].isalpha() and word.lower() not in left_out
        )
    return bags


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
    nothing = np.full(bags.shape[0], -1), np.zeros(bags.shape[0])
    taught = np.flatnonzero(np.bincount(hits.indices, minlength=hits.shape[1]) >= ENOUGH_PASSAGES)
    if len(taught) < 2:
        return nothing
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
    best = share.argmax(axis=1)
    probability = share[np.arange(len(share)), best]
    return np.where(probability >= SURE, taught[best], -1), probability
