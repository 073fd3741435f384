"""Links: what the reader says of names and of two mentions that may mean the same."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..reader.encoder import NAMES, Reading

SURE = 0.5
KINDS = ("person", "organisation", "place")


class Links:
    """What the reader says of a text's names, and of what goes back to what."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = [r for r in readings if len(r.pieces) and "ask_same" in r.vectors]
        self._starts = [int(r.pieces.start[0]) for r in self.readings]
        known = [r for r in self.readings if r.names.shape[1] == len(NAMES)]
        self._places = [place for r in known for place in r.pieces.start.tolist()]
        names = np.concatenate([_kinds(r.names) for r in known] or [np.zeros((0, len(KINDS)))])
        self._sums = np.concatenate([np.zeros((1, len(KINDS))), names.cumsum(axis=0)])
        self._people = (names[:, 0] > SURE).tolist()

    def kinds(self, spans: Sequence[tuple[int, int]]) -> tuple[float, ...]:
        """How sure it is that a name in some places is a person's, a body's, a place's."""
        found, count = np.zeros(len(KINDS)), 0
        for start, end in spans:
            a, b = bisect_left(self._places, start), bisect_left(self._places, end)
            if b > a:
                found += (self._sums[b] - self._sums[a]) / (b - a)
                count += 1
        return tuple((found / max(1, count)).tolist())

    @property
    def named(self) -> bool:
        """Does the reader know of names?"""
        return bool(self._places)

    def is_person(self, place: int) -> bool:
        """Does a word belong to the name of a person?"""
        k = bisect_left(self._places, place)
        return k < len(self._places) and self._places[k] == place and self._people[k]

    def at(self, place: int) -> tuple[Reading, int] | None:
        """The reading that holds a place, and the number of its word piece there."""
        k = bisect_right(self._starts, place) - 1
        if k < 0:
            return None
        reading = self.readings[k]
        piece = int(np.searchsorted(reading.pieces.start, place, side="right")) - 1
        return (reading, piece) if piece >= 0 and place < reading.pieces.end[piece] else None

    def of(self, place: int) -> Linked | None:
        """The chances of all earlier places to be the mention that one at `place` goes back to."""
        found = self.at(place)
        if found is None:
            return None
        reading, piece = found
        scores = reading.vectors["is_same"][:piece] @ reading.vectors["ask_same"][piece]
        none = float(reading.absent["ask_same"][piece])
        top = max(none, float(scores.max(initial=none)))
        chances = np.exp(scores - top)
        total = float(chances.sum() + np.exp(none - top))
        return Linked(reading.pieces.start, chances / total, float(np.exp(none - top)) / total)


@dataclass(frozen=True, slots=True)
class Linked:
    starts: np.ndarray
    chances: np.ndarray
    none: float

    def most(self, spans: Sequence[Sequence[tuple[int, int]]]) -> list[float]:
        """For each of some lists of places the chance of the likeliest one."""
        flat = np.array([span for some in spans for span in some], dtype=np.int64).reshape(-1, 2)
        sums = np.concatenate([[0.0], self.chances.cumsum()])
        places = np.searchsorted(self.starts[: len(self.chances)], flat)
        found = (sums[places[:, 1]] - sums[places[:, 0]]).tolist()
        at, most = 0, []
        for some in spans:
            most.append(max(found[at : at + len(some)], default=0.0))
            at += len(some)
        return most


def _kinds(scores: np.ndarray) -> np.ndarray:
    """The chances of the three kinds of names for each word piece."""
    chances = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    return chances[:, 1::2] + chances[:, 2::2]
