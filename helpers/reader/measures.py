"""Measures: what an amount is of, and which time it holds for, as the reader points to them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..text import Doc
from .attribution import Span
from .encoder import Reading, log_softmax, readings_of
from .pieces import WINDOW

LONGEST = 18  # word pieces of what is measured
ATTACHED = re.compile(  # 88 per cent in 2017, €7 billion (2021)
    r"[\s,(]*(?:\b(?:in|during|for|by|as\s+of|on|since|until|the)\s+){0,3}"
)
LEAD = 4  # word pieces before a time that may point to it
ARTICLES = ("the ", "a ", "an ", "its ", "their ", "his ", "her ", "our ", "my ")
PRONOUNS = frozenset("it they them this that these those which who he she we i you".split())
EDGES = "“”\"'‘’,;:.()[]-–— \t\n"


@dataclass(frozen=True, slots=True)
class Measure:
    """What an amount measures, where the text says it, and the number of its time among those
    offered; None where the text says none. Both with their probability."""

    of: Span | None
    of_sure: float
    when: int | None
    when_sure: float


class Measures:
    """Answers for the amounts of one text, best in their order, from the readings around them."""

    def __init__(self, doc: Doc) -> None:
        self.text, self.readings = doc.text, readings_of(doc)
        self.numbers = self.readings.model.numbers
        tagged = zip(doc.words, doc.starts, doc.pos, strict=True)
        self.verbs = [start for word, start, tag in tagged if tag == "AUX" and word[0].isalpha()]

    def __call__(
        self, amount: Span, times: Sequence[Span], others: Sequence[Span] = ()
    ) -> Measure | None:
        """What one amount measures, and which of some times it holds for; None outside all.

        others : all amounts of the text in order; what is measured holds none, and no clause.
        """
        reading = self.readings.at(amount[0])
        if reading is None:
            return None
        place = int(np.searchsorted(reading.pieces.end, amount[0], side="right"))
        if place >= len(reading.pieces):
            return None
        first = max(0, place - WINDOW)  # of a long paragraph what lies near is enough
        reading, place = reading[first : place + WINDOW], place - first
        of, of_sure = self._of(reading, place, amount, others)
        when, when_sure = self._when(reading, place, amount, times)
        return Measure(of, of_sure, when, when_sure)

    def _of(
        self, reading: Reading, place: int, amount: Span, others: Sequence[Span]
    ) -> tuple[Span | None, float]:
        """The likeliest run of words in one paragraph, or none."""
        pieces = reading.pieces
        first = _chances(reading, "first", place)
        last = _chances(reading, "last", place)
        gap = pieces.start[1:] > pieces.end[:-1]
        begins = np.concatenate([[True], gap])
        ends = np.concatenate([gap, [True]])
        apart = (pieces.end <= amount[0]) | (pieces.start >= amount[1])
        mark = np.array([not self.text[s].isalnum() for s in pieces.start])
        begins |= np.concatenate([[True], mark[:-1]])
        ends |= np.concatenate([mark[1:], [True]])
        opening = np.where(begins & apart & ~mark, first[1:], -np.inf)
        closing = np.where(ends & apart, last[1:], -np.inf)
        paragraph = np.cumsum(pieces.opens)
        edges = int(pieces.start[0]), int(pieces.end[-1])
        near = slice(*(bisect_left(others, (place,)) for place in edges))
        verbs = slice(*(bisect_left(self.verbs, place) for place in edges))
        starts = [start for start, _ in others[near]] + self.verbs[verbs]
        barred = set(np.searchsorted(pieces.end, starts, side="right").tolist())
        best, span = first[0] + last[0] + self.numbers["of_none"], None
        for a in np.argsort(-opening)[:6].tolist():
            if not np.isfinite(opening[a]):
                continue
            for b in range(a, min(a + LONGEST, len(pieces))):
                within = pieces.start[a] >= amount[1] or pieces.end[b] <= amount[0]
                if paragraph[b] != paragraph[a] or not within or b in barred:
                    break
                if opening[a] + closing[b] > best:
                    best = opening[a] + closing[b]
                    span = int(pieces.start[a]), int(pieces.end[b])
        return (_trimmed(self.text, span) if span else None), float(np.exp(best / 2))

    def _when(
        self, reading: Reading, place: int, amount: Span, times: Sequence[Span]
    ) -> tuple[int | None, float]:
        """The likeliest of some times; "since", "by the end of" before one point to it as well."""
        pieces = reading.pieces
        chances = _chances(reading, "when", place)
        best, answer = chances[0] + self.numbers["when_none"], None
        behind = 0  # the first piece after the time before
        for number, (start, end) in enumerate(times):
            if not pieces.start[0] <= start < pieces.end[-1]:
                continue
            first, last = np.searchsorted(pieces.end, [start + 1, end])
            score = np.logaddexp.reduce(chances[1:][max(behind, first - LEAD) : last + 1])
            behind = last + 1
            if amount[1] <= start and ATTACHED.fullmatch(self.text, amount[1], start):
                score += self.numbers["when_attached"]
            if score > best:
                best, answer = score, number
        return answer, float(np.exp(min(best, 0.0)))


def _chances(reading: Reading, name: str, place: int) -> np.ndarray:
    """Log probabilities of the answers to one piece: of none first, then of each piece."""
    asks, answers = (reading.vectors[f"{side}_{name}"] for side in ("ask", "is"))
    scores = answers @ asks[place]
    return log_softmax(np.concatenate([[reading.absent["ask_" + name][place]], scores]))


def _trimmed(text: str, span: Span) -> Span | None:
    """A span without marks and article at its ends."""
    start, end = span
    written = text[start:end]
    start += len(written) - len(written.lstrip(EDGES))
    end -= len(written) - len(written.rstrip(EDGES))
    for article in ARTICLES:
        if text[start:end].lower().startswith(article):
            start += len(article)
            break
    return (start, end) if start < end and text[start:end].lower() not in PRONOUNS else None
