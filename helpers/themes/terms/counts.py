"""Words in numbers: how many there are, and the company that words keep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from math import log, log2

import pandas as pd

from ...documents import english
from ...text.tokens import annotate
from ...text.words import read_list, split_words

__all__ = ["collocations", "count_words", "log_likelihood", "npmi", "stop_words"]

COLLOCATIONS = ["term", "with", "count", "expected", "g2", "mi", "log_dice"]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """The function words of `data/stop_words.txt`.

    >>> "the" in stop_words()
    True
    """
    return frozenset(read_list("stop_words.txt")[""])


def count_words(text: str) -> int:
    """The number of words of a text, without marks.

    >>> count_words("Roads, roads - and bridges.")
    4
    """
    return sum(text[start].isalnum() for start, _ in split_words(text))


def collocations(
    documents: pd.DataFrame,
    node: str | None = None,
    *,
    window: int = 5,
    minimum: int = 2,
    stop: Collection[str] | None = None,
) -> pd.DataFrame:
    """Which words keep company more than chance would have it, the surest first.

    node : a word; the table then holds its company only.  None compares all pairs.
    window : how many words apart, to the left or right, within a sentence.
    minimum : the least number of times together.

    Returns columns term, with (in a pair without a node, the word that comes first in the
    alphabet is `term`), count (times together), expected (by chance: the neighbours of both by
    all neighbours), g2 (log-likelihood, negative when they avoid each other),
    mi (log2 of count by expected: favours rare words), log_dice (at most 14; does not depend on
    the size of the texts, Rychlý 2008).

    >>> text = "Free trade helps. They want free trade."
    >>> collocations(pd.DataFrame({"text": [text]}), "trade").head(1)[["with", "count"]].values
    array([['free', 2]], dtype=object)
    """
    left_out = stop_words() if stop is None else frozenset(stop)
    wanted = node.lower() if node else None
    single: Counter[str] = Counter()
    near: Counter[str] = Counter()  # neighbours of all a word's occurrences
    pairs: Counter[tuple[str, str]] = Counter()
    for text in english(documents)["text"]:
        note = annotate(text)
        for first, after in note.sentences:
            words = [w.lower() for w in note.words[first:after] if w[0].isalnum()]
            single.update(words)
            for i, word in enumerate(words):
                near[word] += min(i, window) + min(len(words) - 1 - i, window)
                if word in left_out and word != wanted:
                    continue
                for other in words[i + 1 : i + 1 + window]:
                    if (
                        other != word
                        and (other not in left_out or other == wanted)
                        and (wanted is None or wanted in (word, other))
                    ):
                        pairs[min(word, other), max(word, other)] += 1
    total = sum(near.values())
    rows = []
    for (word, other), n in pairs.items():
        if n < minimum:
            continue
        if other == wanted:
            word, other = other, word
        x, y = near[word], near[other]
        expected = x * y / total
        g2 = log_likelihood(n, x - n, y - n, total - x - y + n)
        rows.append(
            (
                word,
                other,
                n,
                expected,
                g2 if n >= expected else -g2,
                log2(n / expected),
                14 + log2(2 * n / (single[word] + single[other])),
            )
        )
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    return pd.DataFrame(rows, columns=COLLOCATIONS)


def log_likelihood(a: float, b: float, c: float, d: float) -> float:
    """The log-likelihood ratio of the table [[a, b], [c, d]]; 0 when nothing is surprising."""
    total, value = a + b + c + d, 0.0
    for cell, row, column in (
        (a, a + b, a + c),
        (b, a + b, b + d),
        (c, c + d, a + c),
        (d, c + d, b + d),
    ):
        if cell > 0:
            value += cell * log(cell * total / (row * column))
    return max(0.0, 2 * value)


def npmi(both: int, one: int, other: int, total: int) -> float | None:
    """Normalised pointwise mutual information: 1 always together, 0 as by chance, -1 never.

    both, one, other : units with both terms, and with either; total : all units.
    None where all units have both, which tells nothing (Bouma 2009).

    >>> npmi(2, 2, 2, 4), npmi(0, 2, 2, 4), npmi(4, 4, 4, 4)
    (1.0, -1.0, None)
    """
    if not both:
        return -1.0
    return log(both * total / (one * other)) / -log(both / total) if both < total else None
