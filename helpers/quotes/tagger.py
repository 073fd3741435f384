"""Finds attributions with the quotation model: what is reported, by which cue, of which source.

The encoder scores labels and links; here, in plain numpy, they become spans (the best legal
label sequence), spans become attributions (each goes to the cue it points to, each cue to its
source), and an attribution gets a calibrated confidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from .attribution import Attribution, Span
from .encoder import PARAGRAPH, WINDOW, Pieces, Reading, load, readings
from .sequence import NEVER, Part, label, parts

SHARED = -3.0  # a source that points to another cue counts no worse: it may serve several
FEATURES = (
    "together", "words", "edges", "weakest", "cue", "link", "source",
    "sourced", "quoted", "pieces", "length",
)  # fmt: skip
OPENED = re.compile(r"[\"“‘«„'`]")
CLOSED = re.compile(r"[,.?!][\"”’»']+\Z")


class Group(NamedTuple):
    """The parts of one attribution and the log probabilities of their links."""

    content: list[Part]
    cue: Part | None
    source: Part | None
    link: float
    sourcing: float


def tag(text: str) -> list[Attribution]:
    """Return the attributions of a text, in order of position.

    Sources and cues are given as written, contents with their quotation marks; who a source is,
    is not resolved. Confidence is the share of such attributions that are right: most of the
    content and the source's head word agree with PolNeAR's annotators. A paragraph of more than
    20,000 characters is read in parts. Links do not leave a run of paragraphs of about 250 word
    pieces, so a source in a much earlier paragraph is not found.

    Source: labels that hold the cue's side, after the experiments on PolNeAR (Newell, Margolin
    and Ruths, LREC 2018); a pointer to the cue like the head of Dozat and Manning's parser
    (ICLR 2017).

    >>> text = "The mayor said the bridge would open in May."
    >>> [text[a:b] for tagged in tag(text) for a, b in tagged.source]
    ['The mayor']
    """
    model = load()
    return [
        tagged
        for begin, block in readings(text, model, size=model.numbers["packed"])
        for tagged in attributions(block, model.numbers, text=text, begin=begin)
    ]


def attributions(
    block: list[Reading], numbers: dict, *, text: str, begin: int = 0
) -> list[Attribution]:
    """Return the likely attributions of some readings, which begin at `begin` in the text."""
    found = [tagged for tagged, _ in described(block, numbers, text=text, begin=begin)]
    likely = [tagged for tagged in found if tagged.confidence >= numbers["least"]]
    return sorted(likely, key=lambda tagged: (tagged.content, tagged.cue))


def described(
    block: list[Reading], numbers: dict, *, text: str, begin: int = 0
) -> Iterator[tuple[Attribution, list[float]]]:
    """Yield attributions, each with the `FEATURES` its confidence comes from."""
    for reading, (path, marginals) in zip(block, label(block, numbers), strict=True):

        def written(part: Part, pieces: Pieces = reading.pieces) -> str:
            return text[begin + pieces.start[part.first] : begin + pieces.end[part.last - 1]]

        for group in link(reading, parts(path), numbers):
            words = [written(part) for part in group.content]
            quoted = [OPENED.match(word) is not None for word in words]
            if quoted[0] and CLOSED.search(words[0]):
                # “It is late,” she said, getting up. “We go.”: what is not quoted is not hers.
                kept = [part for part, inside in zip(group.content, quoted, strict=True) if inside]
                group = group._replace(content=kept)
            features = describe(group, path, marginals, quoted=quoted[0])
            yield _tagged(group, reading, begin, confidence(features, numbers)), features


def _tagged(group: Group, reading: Reading, begin: int, sure: float) -> Attribution:
    def places(some: list[Part | None]) -> tuple[Span, ...]:
        start, end = reading.pieces.start, reading.pieces.end
        spans = {(int(start[p.first]), int(end[p.last - 1])) for p in some if p is not None}
        return tuple((a + begin, b + begin) for a, b in sorted(spans))

    content, cue, source = map(places, (group.content, [group.cue], [group.source]))
    return Attribution(content, cue, source, confidence=sure)


def link(reading: Reading, found: list[Part], numbers: dict) -> list[Group]:
    """Return attributions: contents joined by the cue they point to, each cue with its source."""
    cues = [part for part in found if part.role == "Cue"]
    sources = [part for part in found if part.role == "Source"]
    contents = [part for part in found if part.role == "Content"]
    if not contents:
        return []
    paragraph = np.cumsum(reading.pieces.shape >= PARAGRAPH)
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
    scores = reading.ask_cue[inner] @ reading.is_cue[heads].T
    scores = np.concatenate([scores, reading.no_cue[inner, None]], axis=1).astype(float)
    rows = np.add.reduceat(_log_softmax(scores), begins, axis=0) / lengths[:, None]
    left = heads < firsts[:, None]
    sides = np.array([part.side for part in some])[:, None]
    rows[:, :-1] += numbers["side"] * np.where(left, sides == "<", sides == ">")
    # 0 for the next cue on either side, 1 for the one behind it, and so on.
    skipped = np.abs(np.arange(len(cues)) - left.sum(1, keepdims=True) + 0.5) - 0.5
    rows[:, :-1] -= numbers["skipped"] * skipped
    rows[:, :-1] -= numbers["paragraph"] * (paragraph[heads] != paragraph[firsts][:, None])
    rows[:, :-1] += np.where(np.abs(heads - firsts[:, None]) > 2 * WINDOW, NEVER, 0.0)
    rows[:, -1:] += numbers["side"] * (sides == "-")
    return _log_softmax(rows)


def _to_sources(reading: Reading, cues: list[Part], sources: list[Part]) -> np.ndarray:
    """Return log probabilities (cue, source) that a source is a cue's; last column: it has none."""
    asks = np.array([cue.first for cue in cues], dtype=np.int64)
    heads = np.array([source.first for source in sources], dtype=np.int64)
    scores = reading.ask_source[asks] @ reading.is_source[heads].T
    scores = np.where(np.abs(asks[:, None] - heads) > 2 * WINDOW, NEVER, scores)
    return _log_softmax(np.concatenate([scores, reading.no_source[asks, None]], axis=1))


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))


def describe(group: Group, path: np.ndarray, marginals: np.ndarray, *, quoted: bool) -> list[float]:
    """Return what tells a right attribution from a wrong one: the numbers named in `FEATURES`."""
    words = [marginals[p, path[p]] for part in group.content for p in range(part.first, part.last)]
    edges = [marginals[part.first, path[part.first]] for part in group.content]
    cue = marginals[group.cue.first, path[group.cue.first]] if group.cue else -1.0
    logs = [np.mean(words), min(edges), min(words), cue, group.link, group.sourcing]
    chances = [float(np.exp(min(log, 0.0))) for log in logs]
    rest = [group.source is not None, quoted, len(group.content), np.log(len(words))]
    return [float(np.prod(chances)), *chances, *map(float, rest)]


def confidence(features: list[float], numbers: dict) -> float:
    """Return the probability, by a logistic curve fitted on PolNeAR's dev part, of being right."""
    weights = numbers["confidence"]
    score = weights[0] + float(np.dot(weights[1:], features))
    return round(float(1 / (1 + np.exp(-np.clip(score, -30, 30)))), 4)
