"""Turns label scores into spans: the best legal sequence of labels, and how sure each is."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .encoder import LABELS, Reading, log_softmax

NEVER = -1e4
LEGAL = np.array([[b[0] != "I" or a[1:] == b[1:] for b in LABELS] for a in LABELS])
"""`LEGAL[a, b]`: label b may follow label a. Only the same span goes on with I."""
OPENS = np.array([name[0] != "I" for name in LABELS])
SCALED = 4  # places after which sums are brought back to one, lest they run out of digits


class Part(NamedTuple):
    """A labelled span of a reading: role, side of its cue, pieces from first to before last."""

    role: str
    side: str
    first: int
    last: int


def label(block: list[Reading], numbers: dict) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each reading its best label sequence and the log probability of every label."""
    opening = np.where(OPENS, np.array(numbers["first"]), NEVER)
    steps = np.where(LEGAL, np.array(numbers["transitions"]), NEVER)
    lengths = [len(reading.pieces) for reading in block]
    scores = np.zeros((max(lengths, default=0), len(block), len(LABELS)))
    for column, reading in enumerate(block):
        scores[: lengths[column], column] = reading.tags
    paths = _viterbi(scores, lengths, steps, opening)
    marginals = _marginals(scores, lengths, steps, opening)
    for column, length in enumerate(lengths):
        yield paths[column], marginals[:length, column]


def best_path(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best legal label sequence of one stretch without learned steps, and the log
    probability of every label at every place by itself."""
    steps, opening = np.where(LEGAL, 0.0, NEVER), np.where(OPENS, 0.0, NEVER)
    chances = log_softmax(scores)
    [path] = _viterbi(chances[:, None].astype(float), [len(scores)], steps, opening)
    return path, chances


def _viterbi(
    scores: np.ndarray, lengths: list[int], steps: np.ndarray, opening: np.ndarray
) -> list[np.ndarray]:
    """Return the best legal label sequence of each column of scores (time, column, label)."""
    best = scores.copy()
    best[:1] += opening
    sums, onward = np.empty((len(steps), len(lengths), len(steps))), steps[:, None]
    for earlier, here in zip(best.transpose(0, 2, 1)[..., None], best[1:], strict=False):
        here += np.maximum.reduce(np.add(earlier, onward, sums))
    # The label from which each is reached, the first of the best: in this order of axes `argmax`
    # would take five times as long.
    ways = best[:-1].reshape(-1, len(steps)).T[:, None] + steps[:, :, None]
    ranks = np.arange(len(steps), 0, -1, dtype=np.int8)[:, None, None]
    before = len(steps) - ((ways == np.maximum.reduce(ways)) * ranks).max(0)
    before = before.T.reshape(-1, *best.shape[1:])
    paths = []
    for column, length in enumerate(lengths):
        path = [int(best[length - 1, column].argmax())]
        for came_from in reversed(before[: length - 1, column].tolist()):
            path.append(came_from[path[-1]])
        paths.append(np.array(path[::-1]))
    return paths


def _marginals(
    scores: np.ndarray, lengths: list[int], steps: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Return the log probability of each label at each place: forward and backward sums, which
    are made side by side, the backward ones over each column turned around."""
    places, columns = np.arange(len(scores))[:, None], np.arange(len(lengths))
    turned = np.maximum(np.array(lengths) - 1 - places, 0), columns
    local = np.exp(scores - scores.max(2, keepdims=True))
    both = np.stack([local, local[turned]], axis=1)
    moves = np.exp(np.stack([steps, steps.T]))
    sums = np.ones_like(both)  # of all ways to a place, its own score left out
    sums[:1, 0] = np.exp(opening)
    for place, (earlier, here) in enumerate(itertools.pairwise(sums)):
        earlier = earlier * both[place]
        if place % SCALED == 0:
            earlier /= earlier.sum(2, keepdims=True)
        np.matmul(earlier, moves, out=here)
    found = sums[:, 0] * sums[:, 1][turned] * local
    found /= found.sum(2, keepdims=True)
    return np.log(np.maximum(found, 1e-9))


def parts(path: np.ndarray) -> list[Part]:
    """Return the spans of a label sequence, in order."""
    starts = np.flatnonzero(path % 2 == 1).tolist()
    inside = (path > 0) & (path % 2 == 0)
    found = []
    for first in starts:
        last = first + 1
        while last < len(path) and inside[last]:
            last += 1
        role = LABELS[path[first]][2:]
        side = role[-1] if role[-1] in "<>-" else ""
        found.append(Part(role.rstrip("<>-"), side, first, last))
    return found
