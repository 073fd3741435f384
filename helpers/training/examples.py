"""Makes training examples for the reader from marked texts: windows of word pieces with answers."""

from __future__ import annotations

import bisect
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from ..reader.attribution import Attribution, Span
from ..reader.encoder import LABELS, NAMES, QUOTED, WINDOW, Pieces, split, windows
from .gold import NONE, Gold, Pointer
from .styles import rewrite

INDEX = {label: index for index, label in enumerate(LABELS)}
UNASKED = -100  # a place where no answer is learned
REWRITTEN = 0.28  # share of documents shown in another house style
PACKED = (254, 254, 254, 254, 180, 100)  # pieces that paragraphs are packed to, by document
POINTERS = {"of": ("first", "last"), "when": ("when",), "same": ("same",)}


@dataclass(frozen=True)
class Asked:
    """A pointer in a window: which vectors, from which piece, to which (from 1 on; 0: none)."""

    name: str
    place: int
    answers: tuple[int, ...]
    weight: float


@dataclass(frozen=True)
class Example:
    """A window of word pieces with what is to be learned of each.

    `label`, `inner`: of the two layers; `cue`: place of the cue of a content or source (counted
    from 1, 0 for none); `source`: at the first piece of a cue, place of the first of its source.
    """

    ids: np.ndarray
    shape: np.ndarray
    label: np.ndarray
    inner: np.ndarray
    names: np.ndarray
    cue: np.ndarray
    source: np.ndarray
    asked: tuple[Asked, ...]

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def whole(self) -> bool:
        """Is every label known, so that the sequence can be learned?"""
        return bool((self.label != UNASKED).all())


def examples(gold: Gold, tokenizer: Tokenizer, *, size: int = WINDOW) -> list[Example]:
    """Return the windows of a marked text, paragraphs packed to `size` pieces."""
    pieces = split(gold.text, tokenizer)
    outer, within = layers(gold.statements)
    label, cue, source = answers(pieces, outer)
    inner, _, _ = answers(pieces, within)
    content = np.char.find(np.array(LABELS)[label], "Content") >= 0
    inner[~content] = UNASKED
    if not gold.deep:  # reports within quotations were not asked for
        inner[(pieces.shape >= QUOTED) & (inner == 0)] = UNASKED
    if not gold.complete:
        judged = np.zeros(len(pieces), dtype=bool)
        for start, end in gold.judged:
            judged[_within(pieces, (start, end))] = True
        label[~judged] = inner[~judged] = UNASKED
    names = named(pieces, gold)
    found = []
    for _, _, cuts in windows(pieces, size=size):
        for a, b in cuts:
            here = [_moved(places[a:b], a, b) for places in (cue, source)]
            asked = tuple(q for p in gold.pointers for q in _asked(p, pieces, a, b))
            labels = (some[a:b] for some in (label, inner, names))
            found.append(Example(pieces.ids[a:b], pieces.shape[a:b], *labels, *here, asked))
    return found


def named(pieces: Pieces, gold: Gold) -> np.ndarray:
    """Return which pieces are names of whom; capitals that nobody judged are not asked for."""
    label = np.full(len(pieces), UNASKED)
    if gold.names or gold.every_name:
        label[(pieces.shape % 4 == 0) & (pieces.ids != 0)] = 0
    if gold.every_name:
        label[:] = 0
    for span in gold.doubtful:
        label[_within(pieces, span)] = UNASKED
    for start, end, kind in gold.names:
        part = _within(pieces, (start, end))
        label[part] = NAMES.index("I-" + kind)
        label[part.start : part.start + 1] = NAMES.index("B-" + kind)
    return label


def layers(statements: Sequence[Attribution]) -> tuple[list[Attribution], list[Attribution]]:
    """Statements, and those that stand with their cue and source within another's content."""
    outer, within = [], []
    for one in statements:
        spans = (*one.content, *one.cue, *one.source)
        inside = any(
            other is not one and other.content != one.content
            and all(any(a <= s and e <= b for a, b in other.content) for s, e in spans)
            for other in statements
        )  # fmt: skip
        (within if inside else outer).append(one)
    return outer, within


def _within(pieces: Pieces, span: Span) -> slice:
    first = int(np.searchsorted(pieces.start, span[0]))
    return slice(first, max(first, int(np.searchsorted(pieces.end, span[1], side="right"))))


def _asked(pointer: Pointer, pieces: Pieces, first: int, last: int) -> list[Asked]:
    """A pointer as questions in a window; none where the window holds no answer."""
    place = _within(pieces, pointer.place)
    if not (first <= place.start < min(last, place.stop)):
        return []
    here = []
    for span in pointer.answers:
        part = _within(pieces, span) if span != NONE else slice(first - 1, first)
        if span == NONE or first <= part.start < part.stop <= last:
            here.append((part.start - first + 1, part.stop - first))
    if not here:
        return []
    found = []
    for number, name in enumerate(POINTERS[pointer.kind]):
        targets = tuple(sorted({one[number] for one in here}))
        found.append(Asked(name, place.start - first + 1, targets, pointer.weight))
    return found


def _moved(places: np.ndarray, first: int, last: int) -> np.ndarray:
    """Return places counted from a window's first piece; those outside it are not asked for."""
    reachable = (places > first) & (places <= last)
    return np.where(places <= 0, places, np.where(reachable, places - first, UNASKED))


def answers(
    pieces: Pieces, attributions: Sequence[Attribution]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return label, place of the cue and place of the source for each word piece.

    Of attributions inside one another the inner one is learned; a source that two cues share
    belongs to the nearer one, and each of the cues points to it.
    """
    starts, ends = pieces.start.tolist(), pieces.end.tolist()

    def inner(span: Span) -> range:
        first = last = bisect.bisect_left(starts, span[0])
        while last < len(ends) and ends[last] <= span[1]:
            last += 1
        return range(first, last)

    def nearest(span: Span, cues: Sequence[Span]) -> tuple[int, str, int]:
        """How far the next cue is, on which side, and its place; of several each has its own."""
        near = min(cues, key=lambda c: _gap(span, c), default=None)
        at = inner(near)[0] + 1 if near and inner(near) else 0
        return _gap(span, near), _side(span, near), at

    label = np.zeros(len(pieces), dtype=np.int64)
    cue_of, source_of = np.full(len(pieces), UNASKED), np.full(len(pieces), UNASKED)
    jobs: list[tuple[Span, str, int]] = []
    sources: dict[Span, tuple[int, str, int]] = {}
    for one in attributions:
        for span in one.content:
            _, side, at = nearest(span, one.cue)
            jobs.append((span, "Content" + side, at))
        jobs += [(span, "Cue", UNASKED) for span in one.cue]
        for span in one.source:
            offer = nearest(span, one.cue)
            sources[span] = min(sources.get(span, offer), offer, key=lambda o: o[0])
        if one.cue and inner(one.cue[0]):
            near = sorted((s for s in one.source if inner(s)), key=lambda s: _gap(s, one.cue[0]))
            source_of[inner(one.cue[0])[0]] = inner(near[0])[0] + 1 if near else 0
    jobs += [(span, "Source" + side, head) for span, (_, side, head) in sources.items()]
    for span, role, head in sorted(jobs, key=lambda job: (job[0][0], -job[0][1])):
        for count, place in enumerate(inner(span)):
            label[place] = INDEX[("I-" if count else "B-") + role]
            cue_of[place] = head
    for place, one in enumerate(label):  # what an inner attribution broke off begins anew
        if one and one % 2 == 0 and (place == 0 or label[place - 1] not in (one, one - 1)):
            label[place] = one - 1
    return label, cue_of, source_of


def _side(span: Span, cue: Span | None) -> str:
    return "-" if cue is None else ">" if cue[0] >= span[1] else "<"


def _gap(span: Span, cue: Span | None) -> int:
    return 10**9 if cue is None else max(cue[0] - span[1], span[0] - cue[1], 0)


def batches(
    golds: Sequence[Gold],
    tokenizer: Tokenizer,
    *,
    seed: int,
    pieces: int = 16 * WINDOW,
    every: bool = False,
) -> list[list[Example]]:
    """Return an epoch: documents, some in another style, in shuffled batches of like lengths.

    `every`: windows that ask nothing are there, too, for a teacher to answer.
    """
    chance = random.Random(seed)
    items: list[Example] = []
    for gold in golds:
        if chance.random() < REWRITTEN:
            gold = gold.moved(*rewrite(gold.text, chance))
        items += examples(gold, tokenizer, size=chance.choice(PACKED))
    items = [e for e in items if every or e.asked or (e.label != UNASKED).any()]
    chance.shuffle(items)
    items.sort(key=lambda item: len(item) + 12 * chance.random())
    found: list[list[Example]] = [[]]
    for item in items:
        if len(found[-1]) == 16 or (len(found[-1]) + 1) * len(item) > pieces:
            found.append([])
        found[-1].append(item)
    chance.shuffle(found)
    return [batch for batch in found if batch]
