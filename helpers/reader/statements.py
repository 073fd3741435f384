"""Statements: what is reported in a text, by which cue, of which source, as the reader finds it.

The network scores labels and links; here, in plain numpy, they become spans (the best legal
label sequence), spans become statements (each goes to the cue it points to, each cue to its
source), and with every statement come the numbers that tell how sure it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from .attribution import Attribution, Span
from .encoder import Reading, log_softmax
from .pieces import COLON, WINDOW
from .sequence import NEVER, Part, best_path, label, parts

SHARED = -3.0  # a source that points to another cue counts no worse: it may serve several
FEATURES = (
    "together", "words", "edges", "weakest", "cue", "link", "source", "sourced", "cued",
    "pieces", "length", "inner",
)  # fmt: skip
"""What tells a right statement from a wrong one; `helpers.quotes.confidence` weighs it."""


class Group(NamedTuple):
    """The parts of one statement and the log probabilities of their links."""

    content: list[Part]
    cue: Part | None
    source: Part | None
    link: float
    sourcing: float


def statements(read: Iterable[Reading], numbers: dict) -> list[Attribution]:
    """Return the statements of some readings, in order, those within others among them.

    Sources and cues are given as written; who a source is, is not resolved. Links do not leave a
    run of paragraphs of about 250 word pieces.

    Source: labels that hold the cue's side, after the experiments on PolNeAR (Newell, Margolin
    and Ruths, LREC 2018); a pointer to the cue like the head of Dozat and Manning's parser
    (ICLR 2017); a second layer for what stands within, after Ju, Miwa and Ananiadou (NAACL 2018).
    """
    block = list(read)
    found: list[Attribution] = []
    for reading, (path, marginals) in zip(block, label(block, numbers), strict=True):
        for group in link(reading, parts(path), numbers):
            found.append(_attribution(group, reading, path, marginals))
        found += within(reading, path)
    return sorted(found, key=lambda a: (a.start, -a.end, a.cue))


def within(reading: Reading, path: np.ndarray) -> Iterator[Attribution]:
    """Yield the statements that stand within the contents of others."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], path])))
    for part in parts(path) if len(edges) else ():
        if part.role != "Content" or part.last - part.first < 3:
            continue
        scores = reading.inner[part.first : part.last]
        if not scores.argmax(1).any():
            continue  # nothing is told within most statements
        inner, marginals = best_path(scores)
        if not inner.any():
            continue
        whole = np.zeros_like(path)
        whole[part.first : part.last] = inner
        sure = np.zeros((len(path), scores.shape[1]))
        sure[part.first : part.last] = marginals
        for group in nearest(parts(whole)):
            yield _attribution(group, reading, whole, sure, inner=True)


def nearest(found: list[Part]) -> Iterator[Group]:
    """Yield statements by the simplest linking: each part goes to the next cue on its side."""
    cues = [part for part in found if part.role == "Cue"]

    def cue_of(part: Part) -> Part | None:
        if part.side == "-" or not cues:
            return None
        right = [c for c in cues if (c.first < part.first) == (part.side == "<")]
        return min(right or cues, key=lambda c: abs(c.first - part.first))

    taken: dict[Part | None, tuple[list[Part], list[Part]]] = {}
    for part in found:
        if part.role != "Cue":
            both = taken.setdefault(cue_of(part), ([], []))
            both[part.role == "Source"].append(part)
    for cue, (content, source) in taken.items():
        if cue is None:
            for one in content:
                yield Group([one], None, source[0] if source else None, 0.0, 0.0)
        elif content:
            yield Group(content, cue, source[0] if source else None, 0.0, 0.0)


def _attribution(
    group: Group, reading: Reading, path: np.ndarray, marginals: np.ndarray, *, inner: bool = False
) -> Attribution:
    def places(some: list[Part | None]) -> tuple[Span, ...]:
        start, end = reading.pieces.start, reading.pieces.end
        spans = {(int(start[p.first]), int(end[p.last - 1])) for p in some if p is not None}
        return tuple(sorted(spans))

    content, cue, source = map(places, (group.content, [group.cue], [group.source]))
    signs = tuple(describe(group, path, marginals, inner=inner))
    return Attribution(content, cue, source, signs=signs, inner=inner)


def link(reading: Reading, found: list[Part], numbers: dict) -> list[Group]:
    """Return statements: contents joined by the cue they point to, each cue with its source."""
    cues = [part for part in found if part.role == "Cue"]
    sources = [part for part in found if part.role == "Source"]
    contents = [part for part in found if part.role == "Content"]
    if not contents:
        return []
    behind = np.concatenate([[0], reading.pieces.ids[:-1]])  # "… commented:" announces the next
    paragraph = np.cumsum(reading.pieces.opens & (behind != COLON))
    chosen = _to_cues(reading, contents, cues, paragraph, numbers)
    offered = _to_cues(reading, sources, cues, paragraph, numbers)
    wanted = _to_sources(reading, cues, sources)
    goes = chosen.argmax(1)
    groups = []
    for index, cue in enumerate(cues):
        mine = np.flatnonzero(goes == index)
        if not len(mine):
            continue
        votes = numbers["mix"] * np.maximum(offered[:, index], SHARED) + wanted[index, :-1]
        source, sure = None, wanted[index, -1] + numbers["sourceless"]
        if len(votes) and votes.max() > sure:
            source, sure = sources[votes.argmax()], votes.max()
        linked = chosen[mine, index].min()
        groups.append(Group([contents[c] for c in mine], cue, source, float(linked), float(sure)))
    free = [sources[s] for s in np.flatnonzero(offered.argmax(1) == len(cues))]
    for alone in np.flatnonzero(goes == len(cues)):
        content = contents[alone]
        near = [s for s in free if paragraph[s.first] == paragraph[content.first]]
        source = min(near, key=lambda s: abs(s.first - content.first)) if near else None
        groups.append(Group([content], None, source, float(chosen[alone, -1]), 0.0))
    return groups


def _to_cues(
    reading: Reading, some: list[Part], cues: list[Part], paragraph: np.ndarray, numbers: dict
) -> np.ndarray:
    """Return log probabilities (part, cue) that a part belongs to a cue; last column: to none."""
    if not some:
        return np.zeros((0, len(cues) + 1))
    heads = np.array([cue.first for cue in cues], dtype=np.int64)
    firsts = np.array([part.first for part in some])
    lengths = np.array([part.last for part in some]) - firsts
    begins = np.concatenate([[0], lengths.cumsum()[:-1]])
    inner = np.arange(lengths.sum()) + np.repeat(firsts - begins, lengths)
    asks, answers = reading.vectors["ask_cue"], reading.vectors["is_cue"]
    scores = asks[inner] @ answers[heads].T
    scores = np.concatenate([scores, reading.absent["ask_cue"][inner, None]], axis=1).astype(float)
    rows = np.add.reduceat(log_softmax(scores), begins, axis=0) / lengths[:, None]
    left = heads < firsts[:, None]
    sides = np.array([part.side for part in some])[:, None]
    rows[:, :-1] += numbers["side"] * np.where(left, sides == "<", sides == ">")
    # 0 for the next cue on either side, 1 for the one behind it, and so on.
    skipped = np.abs(np.arange(len(cues)) - left.sum(1, keepdims=True) + 0.5) - 0.5
    rows[:, :-1] -= numbers["skipped"] * skipped
    rows[:, :-1] -= numbers["paragraph"] * (paragraph[heads] != paragraph[firsts][:, None])
    rows[:, :-1] += np.where(np.abs(heads - firsts[:, None]) > 2 * WINDOW, NEVER, 0.0)
    rows[:, -1:] += numbers["side"] * (sides == "-")
    return log_softmax(rows)


def _to_sources(reading: Reading, cues: list[Part], sources: list[Part]) -> np.ndarray:
    """Return log probabilities (cue, source) that a source is a cue's; last column: it has none."""
    asks = np.array([cue.first for cue in cues], dtype=np.int64)
    heads = np.array([source.first for source in sources], dtype=np.int64)
    scores = reading.vectors["ask_source"][asks] @ reading.vectors["is_source"][heads].T
    scores = np.where(np.abs(asks[:, None] - heads) > 2 * WINDOW, NEVER, scores)
    none = reading.absent["ask_source"][asks, None]
    return log_softmax(np.concatenate([scores, none], axis=1))


def describe(group: Group, path: np.ndarray, marginals: np.ndarray, *, inner: bool) -> list[float]:
    """Return the numbers named in `FEATURES`."""
    words = [marginals[p, path[p]] for part in group.content for p in range(part.first, part.last)]
    edges = [marginals[part.first, path[part.first]] for part in group.content]
    cue = marginals[group.cue.first, path[group.cue.first]] if group.cue else -1.0
    logs = [np.mean(words), min(edges), min(words), cue, group.link, group.sourcing]
    chances = [float(np.exp(min(log, 0.0))) for log in logs]
    rest = [group.source is not None, group.cue is not None, len(group.content), np.log(len(words))]
    return [float(np.prod(chances)), *chances, *map(float, rest), float(inner)]
