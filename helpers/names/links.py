"""Links: what the reader says of names and of two mentions that may mean the same."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from ..reader.encoder import NAMES, Reading
from ..text import Doc, Span

SURE = 0.5


class Links:
    """What the reader says of a text's names, and of what goes back to what."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = [r for r in readings if len(r.pieces) and "ask_same" in r.vectors]
        self._starts = [int(r.pieces.start[0]) for r in self.readings]
        self._places = [place for r in self.readings for place in r.pieces.start.tolist()]
        scores = np.concatenate([r.names for r in self.readings] or [np.zeros((0, len(NAMES)))])
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances /= chances.sum(axis=1, keepdims=True)
        names = chances[:, 1::2] + chances[:, 2::2]  # of a person, a body, a place
        self._sums = np.concatenate([np.zeros((1, 3)), names.cumsum(axis=0)])

    def of_words(self, note: Doc) -> list[int | None]:
        """The kind that each word of a text has in names, 0 of persons; None for no name."""
        if not self._places:
            return [None] * len(note.words)
        a, b = (np.searchsorted(self._places, some) for some in (note.starts, note.ends))
        chances = (self._sums[b] - self._sums[a]) / np.maximum(1, b - a)[:, None]
        sure = chances.sum(axis=1) > SURE
        return np.where(sure, chances.argmax(axis=1), None).tolist()

    def back(self, place: int, asked: Sequence[Sequence[Span] | None]) -> list[float]:
        """The chances that the mention at a place goes back to the likeliest of some spans.

        None asks for no earlier mention; all are 0 where the reader has not read.
        """
        k = bisect_right(self._starts, place) - 1
        pieces = self.readings[k].pieces if k >= 0 else None
        piece = int(np.searchsorted(pieces.start, place, side="right")) - 1 if pieces else -1
        if piece < 0 or place >= pieces.end[piece]:
            return [0.0] * len(asked)
        vectors, absent = self.readings[k].vectors, self.readings[k].absent
        scores = vectors["is_same"][:piece] @ vectors["ask_same"][piece]
        scores = np.append(scores, absent["ask_same"][piece]).astype(np.float64)
        chances = np.exp(scores - scores.max())
        sums = np.append(0.0, chances.cumsum() / chances.sum())
        none = (piece, piece + 1)
        ranges = [[none] if spans is None else np.searchsorted(pieces.start[:piece], spans)
                  for spans in asked]  # fmt: skip
        return [max((float(sums[b] - sums[a]) for a, b in some), default=0.0) for some in ranges]
