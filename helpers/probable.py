"""Probable themes: what passages are likely about, learned from those that a dictionary hits."""
from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from .forms import singular
from .terms import stop_words
from .tokens import Annotated

__all__ = ["ENOUGH_DOCUMENTS", "bags_of_words", "guess_themes"]

ENOUGH_DOCUMENTS = 200  # fewer do not teach which words go with a theme
ENOUGH_PASSAGES = 10  # with hits, for a theme to be guessed
ROUNDS = 2  # once from the hits, once from the guesses; more would drift from the dictionary
SURE = 0.5  # least probability of a guess


def bags_of_words(note: Annotated) -> list[Counter[str]]:
    """The words of each paragraph, in the singular, without function words and numbers."""
    left_out = stop_words()
    bags: list[Counter[str]] = [Counter() for _ in note.paragraphs]
    for (first, after), paragraph in zip(note.sentences, note.sentence_paragraph, strict=True):
        bags[paragraph].update(
            singular(word) for word in note.words[first:after]
            if len(word) > 1 and word[0].isalpha() and word.lower() not in left_out)
    return bags


def guess_themes(bags: Sequence[Mapping[str, int]], hits: Sequence[Mapping[str, int]], *,
                 themes: Sequence[str]) -> list[tuple[str, float] | None]:
    """For each passage its probable theme and the probability, or None.

    Naive Bayes: the passages with hits teach how often each word goes with each theme (a
    passage counts for its themes by their shares of its hits, and fully from three hits on); the
    passages' words then tell the theme of all, and once more.  Each theme is as likely as
    another beforehand.  Gives one theme even where a passage has two, none for a passage without
    a word that occurs twice; its probabilities are too sure of themselves, as naive Bayes' are.

    bags : each passage's words and how often they occur.
    hits : each passage's themes and how often the dictionary hits them.
    themes : all themes; one with hits in fewer than ten passages is never guessed.

    Source: Nigam et al. 2000 (learning from few labels); Rennie et al. 2003 for log(1 + count).

    >>> bags, hits = [{"ore": 1, "pit": 1}, {"goal": 2}] * 10, [{"mining": 1}, {"sport": 1}] * 10
    >>> guess_themes(bags, hits, themes=["mining", "sport"])[0][0]
    'mining'
    """
    with_hits = Counter(theme for found in hits for theme in found)
    taught = [theme for theme in themes if with_hits[theme] >= ENOUGH_PASSAGES]
    if len(taught) < 2:
        return [None] * len(bags)
    passage, word, count, size = _table(bags)
    share = np.zeros((len(bags), len(taught)))
    column = {theme: number for number, theme in enumerate(taught)}
    for number, found in enumerate(hits):
        total = sum(found.values())
        for theme, n in found.items():
            if theme in column:
                share[number, column[theme]] = n / total * min(1.0, total / 3)
    for _ in range(ROUNDS):
        taught_by = np.stack([np.bincount(word, count * share[passage, theme], minlength=size)
                              for theme in range(len(taught))]) + 1.0
        weight = np.log(taught_by / taught_by.sum(axis=1, keepdims=True))
        score = np.stack([np.bincount(passage, count * weight[theme, word], minlength=len(bags))
                          for theme in range(len(taught))], axis=1)
        share = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share[score.max(axis=1) == 0] = 0.0  # no known word
    best = share.argmax(axis=1)
    return [(taught[theme], float(share[number, theme])) if share[number, theme] >= SURE else None
            for number, theme in enumerate(best)]


def _table(bags: Sequence[Mapping[str, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """All words as three columns (passage, word, log(1 + count)), and the number of words.

    Words of one passage only are left out: they cannot carry a theme over to another.
    """
    spread = Counter(word for bag in bags for word in bag)
    known = {word: number for number, word in
             enumerate(word for word, n in spread.items() if n > 1)}
    rows = [(number, known[word], n) for number, bag in enumerate(bags)
            for word, n in bag.items() if word in known]
    table = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], np.log1p(table[:, 2]), len(known)
