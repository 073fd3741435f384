"""Phrases of a corpus: neighbouring words that stand together far more often than by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

__all__ = ["join_phrases"]

ENOUGH, ONE_IN = 3, 2000  # documents that have the phrase: 3, and one more for each 2,000
CLOSE = (0.35, 0.5)  # least normalised mutual information of two words, and of up to four


@dataclass(slots=True)
class Joined:
    """The words of a corpus while they are joined; see `Corpus` for the parts."""

    stream: np.ndarray  # the term of each word, -1 for marks
    written: np.ndarray  # its written form
    bounds: np.ndarray  # where each document begins, and the end
    able: np.ndarray  # which terms may stand in a phrase
    named: np.ndarray  # which may do so with a capital letter: "New York", but no "new law"
    forms: list[str]  # the written forms
    parts: list[tuple[int, int]]  # each new term's two terms


def join_phrases(words: Joined) -> Joined:
    """Joins neighbours to phrases, in two rounds: "interest rate", "European Central Bank".

    Two terms become one where they stand side by side, no mark between them, in at least three
    documents, and with a normalised pointwise mutual information (Bouma 2009: 0 is chance, 1 is
    always together) of 0.35, in the second round of 0.5.  Where three words would make two
    phrases, the closer pair is joined first.  Does not join over function words ("rule of law").
    """
    for least in CLOSE:
        pairs, closeness = _close_pairs(words, least)
        if len(pairs):
            words = _join(words, pairs, closeness)
    return words


def _neighbours(words: Joined) -> np.ndarray:
    """The places whose word and the next one may be joined."""
    able = np.append(words.able, False)[words.stream]  # a mark, -1, is the last
    capital = np.array([form[0].isupper() for form in words.forms] or [False])
    able |= np.append(words.named, False)[words.stream] & capital[words.written]
    able[:-1] &= able[1:]
    able[-1:] = False
    last = words.bounds[1:] - 1
    able[last[last >= 0]] = False  # no phrase runs over the end of a document
    return np.flatnonzero(able)


def _codes(numbers: np.ndarray, places: np.ndarray, *, base: int) -> np.ndarray:
    return numbers[places].astype(np.int64) * base + numbers[places + 1]


def _close_pairs(words: Joined, least: float) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of terms that are a phrase, as sorted codes, with how close they are."""
    base = len(words.able)
    enough = ENOUGH + len(words.bounds) // ONE_IN
    places = _neighbours(words)
    codes, times = np.unique(_codes(words.stream, places, base=base), return_counts=True)
    codes, times = codes[times >= enough], times[times >= enough]
    single = np.bincount(words.stream[words.stream >= 0], minlength=base)
    total = single.sum()
    close = np.log(times * (total / single[codes // base]) / single[codes % base])
    close /= -np.log(times / max(1, total))
    codes, close = codes[close >= least], close[close >= least]
    found = _codes(words.stream, places, base=base)
    number = np.searchsorted(codes, found)
    hit = number < len(codes)
    hit[hit] = codes[number[hit]] == found[hit]
    doc = np.searchsorted(words.bounds, places[hit], side="right")
    once = np.unique(number[hit] * (len(words.bounds) + 1) + doc) // (len(words.bounds) + 1)
    spread = np.bincount(once, minlength=len(codes)) >= enough
    return codes[spread], close[spread]


def _join(words: Joined, pairs: np.ndarray, closeness: np.ndarray) -> Joined:
    """The words with these pairs joined, the closest first where they overlap."""
    base, size = len(words.able), len(words.stream)
    places = _neighbours(words)
    found = _codes(words.stream, places, base=base)
    number = np.searchsorted(pairs, found)
    number[number == len(pairs)] = 0
    hit = pairs[number] == found
    places, number = places[hit], number[hit]
    close = np.zeros(size + 2)
    close[places + 1] = closeness[number]
    own = close[places + 1]
    kept = (own > close[places]) & (own >= close[places + 2])
    places, number = places[kept], number[kept]
    codes, form = np.unique(
        _codes(words.written, places, base=len(words.forms)), return_inverse=True
    )
    stream, written = words.stream.copy(), words.written.copy()
    stream[places] = base + number
    written[places] = len(words.forms) + form
    stay = np.ones(size, bool)
    stay[places + 1] = False
    gone = np.concatenate([[0], np.cumsum(~stay)])
    return Joined(
        stream[stay],
        written[stay],
        words.bounds - gone[words.bounds],
        np.append(words.able, np.ones(len(pairs), bool)),
        np.append(words.named, np.zeros(len(pairs), bool)),
        words.forms
        + [
            f"{words.forms[code // len(words.forms)]} {words.forms[code % len(words.forms)]}"
            for code in codes.tolist()
        ],
        words.parts + [divmod(code, base) for code in pairs.tolist()],
    )
