"""Links: what the reader says of names and of two mentions that may mean the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..reader.encoder import NAMES, Reading

SURE = 0.5


@dataclass(frozen=True, slots=True)
class Linked:
    """The chances of all earlier places to be the mention that one goes back to."""

    starts: np.ndarray
    sums: np.ndarray  # of the chances, from the first place on
    none: float  # that it goes back to none

    def most(self, spans: Sequence[tuple[int, int]]) -> float:
        """The chance of the likeliest of some places."""
        if not len(spans):
            return 0.0
        found = self.sums[np.searchsorted(self.starts, np.array(spans))]
        return float((found[:, 1] - found[:, 0]).max())


class Links:
    """What the reader says of a text's names, and of what goes back to what."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = [r for r in readings if len(r.pieces) and "ask_same" in r.vectors]
        self._starts = [int(r.pieces.start[0]) for r in self.readings]
        known = [r for r in self.readings if r.names.shape[1] == len(NAMES)]
        self._places = [place for r in known for place in r.pieces.start.tolist()]
        scores = np.concatenate([r.names for r in known] or [np.zeros((0, len(NAMES)))])
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        names = chances[:, 1::2] + chances[:, 2::2]  # of a person, a body, a place
        self._sums = np.concatenate([np.zeros((1, 3)), names.cumsum(axis=0)])
        self._people = (names[:, 0] > SURE).tolist()

    def kinds(self, spans: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        """How sure it is that a name in some places is a person's, a body's, a place's."""
        found, count = np.zeros(3), 0
        for start, end in spans:
            a, b = bisect_left(self._places, start), bisect_left(self._places, end)
            if b > a:
                found += (self._sums[b] - self._sums[a]) / (b - a)
                count += 1
        return tuple((found / max(1, count)).tolist())

    def is_person(self, place: int) -> bool:
        """Does a word belong to the name of a person?"""
        k = bisect_left(self._places, place)
        return k < len(self._places) and self._places[k] == place and self._people[k]

    def of(self, place: int) -> Linked | None:
        """What the mention at a place goes back to; None where the reader has not read."""
        k = bisect_right(self._starts, place) - 1
        if k < 0:
            return None
        reading = self.readings[k]
        starts = reading.pieces.start
        piece = int(np.searchsorted(starts, place, side="right")) - 1
        if piece < 0 or place >= reading.pieces.end[piece]:
            return None
        scores = reading.vectors["is_same"][:piece] @ reading.vectors["ask_same"][piece]
        scores = np.append(scores, reading.absent["ask_same"][piece]).astype(np.float64)
        chances = np.exp(scores - scores.max())
        chances /= chances.sum()
        return Linked(starts[:piece], np.concatenate([[0.0], chances[:-1].cumsum()]), chances[-1])
