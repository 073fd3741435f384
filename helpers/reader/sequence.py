"""Turns label scores into spans: the best legal sequence of labels, and how sure each is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from scipy.special import log_softmax

from .encoder import LABELS, Reading

NEVER = -1e4
LEGAL = np.array([[b[0] != "I" or a[1:] == b[1:] for b in LABELS] for a in LABELS])
"""`LEGAL[a, b]`: label b may follow label a. Only the same span goes on with I."""
OPENS = np.array([name[0] != "I" for name in LABELS])


class Part(NamedTuple):
    """A labelled span of a reading: role, side of its cue, pieces from first to before last."""

    role: str
    side: str
    first: int
    last: int


def label(block: list[Reading], numbers: dict) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield for each reading its best label sequence and the log probability of every label."""
    steps = np.array(numbers["transitions"])
    opening = np.where(OPENS, np.array(numbers["first"]), NEVER)
    steps = np.where(LEGAL, steps, NEVER)
    order = sorted(range(len(block)), key=lambda index: len(block[index].pieces))
    done: list[tuple[np.ndarray, np.ndarray]] = [(np.zeros(0), np.zeros(0))] * len(block)
    for many in _alike([len(block[index].pieces) for index in order]):
        chosen = [order[index] for index in many]
        lengths = np.array([len(block[index].pieces) for index in chosen])
        scores = np.zeros((lengths.max(), len(chosen), len(LABELS)))
        for column, index in enumerate(chosen):
            scores[: lengths[column], column] = block[index].tags
        paths = _viterbi(scores, lengths, steps, opening)
        marginals = _marginals(scores, lengths, steps, opening)
        for column, index in enumerate(chosen):
            rows = slice(lengths[column])
            done[index] = paths[rows, column], marginals[rows, column]
    yield from done


def best_path(scores: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the best legal label sequence of one stretch without learned steps, and the log
    probability of every label at every place by itself."""
    steps, opening = np.where(LEGAL, 0.0, NEVER), np.where(OPENS, 0.0, NEVER)
    chances = log_softmax(scores, axis=1)
    length = np.array([len(scores)])
    return _viterbi(chances[:, None].astype(float), length, steps, opening)[:, 0], chances


def _alike(lengths: list[int], most: int = 64) -> Iterator[range]:
    """Yield runs of ascending lengths that pad to at most twice the room they need."""
    begin = 0
    for index in range(1, len(lengths) + 1):
        full = index == len(lengths) or index - begin == most
        if full or lengths[index] > 2 * lengths[begin] + 32:
            yield range(begin, index)
            begin = index


def _viterbi(
    scores: np.ndarray, lengths: np.ndarray, steps: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Return the best legal label sequence of each column of scores (time, column, label)."""
    count, columns, _ = scores.shape
    back = np.zeros((count, columns, len(LABELS)), dtype=np.int8)
    best, path = scores[0] + opening, np.zeros((count, columns), dtype=np.int64)
    final = np.zeros(columns, dtype=np.int64)
    everyone = np.arange(columns)
    for time in range(count):
        if time:
            onward = best[:, :, None] + steps
            back[time] = onward.argmax(1)
            best = onward.max(1) + scores[time]
        ending = lengths == time + 1
        final[ending] = best[ending].argmax(1)
    current = final
    for time in range(count - 1, -1, -1):
        current = np.where(time >= lengths - 1, final, current)
        path[time] = current
        current = back[time, everyone, current].astype(np.int64)
    return path


def _marginals(
    scores: np.ndarray, lengths: np.ndarray, steps: np.ndarray, opening: np.ndarray
) -> np.ndarray:
    """Return the log probability of each label at each place (forward and backward sums)."""
    moves = np.exp(steps)
    local = np.exp(scores - scores.max(2, keepdims=True))
    forward, backward = np.zeros_like(local), np.ones_like(local)
    forward[0] = np.exp(opening) * local[0]
    for time in range(1, len(local)):
        forward[time - 1] /= forward[time - 1].sum(1, keepdims=True)
        forward[time] = (forward[time - 1] @ moves) * local[time]
    for time in range(len(local) - 2, -1, -1):
        after = (backward[time + 1] * local[time + 1]) @ moves.T
        after /= after.sum(1, keepdims=True)
        backward[time] = np.where((lengths > time + 1)[:, None], after, 1.0)
    both = forward * backward
    both /= both.sum(2, keepdims=True)
    return np.log(np.maximum(both, 1e-9))


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
