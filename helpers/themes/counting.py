"""Counting: which words tell something, and how surprising it is what stands together."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.special import rel_entr

from ..text import split_words, words_in

__all__ = ["by_size", "count_words", "log_likelihood", "npmi", "stop_words"]


def stop_words() -> frozenset[str]:
    """The function words of `data/stop_words.txt`.

    >>> "the" in stop_words()
    True
    """
    return words_in("stop_words.txt")


def count_words(text: str) -> int:
    """The number of words of a text, without marks.

    >>> count_words("Roads, roads - and bridges.")
    4
    """
    return sum(text[start].isalnum() for start, _ in split_words(text))


def log_likelihood(a: object, b: object, c: object, d: object) -> np.ndarray:
    """G² of the tables [[a, b], [c, d]], of numbers or arrays; 0 when nothing is surprising.

    Source: Dunning 1993.

    >>> float(log_likelihood(2, 2, 2, 2)), round(float(log_likelihood(30, 70, 10, 90)), 2)
    (0.0, 12.97)
    """
    a, b, c, d = np.broadcast_arrays(*(np.asarray(cell, float) for cell in (a, b, c, d)))
    total = np.maximum(a + b + c + d, 1)
    expected = np.array(
        [(a + b) * (a + c), (a + b) * (b + d), (c + d) * (a + c), (c + d) * (b + d)]
    )
    return np.maximum(0.0, 2 * rel_entr(np.array([a, b, c, d]), expected / total).sum(axis=0))


def npmi(both: object, one: object, other: object, total: object) -> np.ndarray:
    """Normalised pointwise mutual information: 1 always together, 0 as by chance, -1 never.

    both, one, other : units with both terms, and with either; total : all units; numbers or arrays.
    Not a number where all units have both, or none has either, which tells nothing (Bouma 2009).

    >>> npmi([2, 0, 4], [2, 2, 4], [2, 2, 4], 4).tolist()
    [1.0, -1.0, nan]
    """
    both, one, other, total = np.broadcast_arrays(both, one, other, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = both / total
        close = np.log(share * total / one * total / other) / -np.log(share)
    return np.where((both == 0) & (one * other > 0), -1.0, close)


def by_size(sizes: Iterable[tuple[str, float]], *, last: str | None = None) -> list[str]:
    """Names by size, then alphabet; the one that stands for the rest at the end.

    >>> by_size([("a", 1), ("(unknown)", 9), ("b", 2)], last="(unknown)")
    ['b', 'a', '(unknown)']
    """
    return [n for n, _ in sorted(sizes, key=lambda pair: (pair[0] == last, -pair[1], str(pair[0])))]
