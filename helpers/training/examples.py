"""Makes training examples for the reader from marked texts: windows of word pieces with answers.

Some texts are first rewritten in another house style, by edits (start, end, new text) and a
function that moves spans along, so that the reader learns more styles than one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from ..reader.attribution import Attribution, Span
from ..reader.encoder import LABELS, NAMES, QUOTED, WINDOW, Pieces, split, windows
from ..text import read_tables
from .gold import NONE, Gold, Pointer

UNASKED = -100  # a place where no answer is learned
REWRITTEN = 0.28  # share of documents shown in another house style
PACKED = (254, 254, 254, 254, 180, 100)  # pieces that paragraphs are packed to, by document
PIECES, MOST = 3 * WINDOW, 16  # of a batch: pieces and windows at most
POINTERS = {"of": ("first", "last"), "when": ("when",), "same": ("same",)}
Edit = tuple[int, int, str]
Move = Callable[[Span], Span]
STYLES = read_tables("training.toml")["styles"]
MARK = re.compile(r"[“”\"«»„]|''|``")
TAIL = re.compile(  # open,” said Ms. Alder; Ms. Alder said; she said
    r"(?<=[\w.!?…])([,.]?)([\"”»]|'')([,.]?) (?=(?:(?:he|she|they|[A-Z][\w.]+(?: [A-Z][\w.]+)?) )?"
    r"(?:said|says|added|noted|told|stressed)\b)"
)
TITLE = re.compile(r"(?<![\w.])(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.[ ](?=[A-Z])")
NAME = re.compile(r"(?<=[\w,][ ])[A-Z][a-z]{3,}\b")
FIRST = re.compile(r"(?:^|(?<=\n))[A-Z](?=[a-z])")


class Asked(NamedTuple):
    """A pointer in a window: which vectors, from which piece, to which (from 1 on; 0: none)."""

    name: str
    place: int
    answers: tuple[int, ...]
    weight: float


class Example(NamedTuple):
    """A window of word pieces with what is to be learned of each.

    `rows`: `ids` and `shape` of the pieces; `label`, `inner` of the two layers and `names`; `cue`:
    place of the cue of a content or source (counted from 1, 0 for none); `source`: at the first
    piece of a cue, place of the first of its source.
    """

    rows: dict[str, np.ndarray]
    asked: tuple[Asked, ...]

    @property
    def size(self) -> int:
        return len(self.rows["ids"])

    @property
    def whole(self) -> bool:
        """Is every label known, so that the sequence can be learned?"""
        return bool((self.rows["label"] != UNASKED).all())


def examples(gold: Gold, tokenizer: Tokenizer, *, size: int = WINDOW) -> list[Example]:
    """Return the windows of a marked text, paragraphs packed to `size` pieces."""
    pieces = split(gold.text, tokenizer)
    outer, within = layers(gold.statements)
    label, cue, source = answers(pieces, outer)
    inner, _, _ = answers(pieces, within)
    inner[np.char.find(np.array(LABELS)[label], "Content") < 0] = UNASKED
    if not gold.deep:  # reports within quotations were not asked for
        inner[(pieces.shape >= QUOTED) & (inner == 0)] = UNASKED
    if gold.judged is not None:
        unknown = np.ones(len(pieces), dtype=bool)
        for span in gold.judged:
            unknown[_within(pieces, span)] = False
        label[unknown] = inner[unknown] = UNASKED
    names = np.full(len(pieces), 0 if gold.every_name else UNASKED)
    if gold.names:  # capitals that nobody judged are not asked for
        names[(pieces.shape % 4 == 0) & (pieces.ids != 0)] = 0
    for span, kind in gold.names:
        _mark(names, _within(pieces, span), NAMES.index("B-" + kind))
    rows = {"ids": pieces.ids, "shape": pieces.shape, "label": label, "inner": inner,
            "names": names, "cue": cue, "source": source}  # fmt: skip
    found = []
    for a, b in (cut for _, _, cuts in windows(pieces, size=size) for cut in cuts):
        here = {name: row[a:b] for name, row in rows.items()}
        for name in ("cue", "source"):  # counted from the window; what lies outside is not asked
            places = here[name]
            inside = np.where((places > a) & (places <= b), places - a, UNASKED)
            here[name] = np.where(places <= 0, places, inside)
        asked = (one for pointer in gold.pointers for one in _asked(pointer, pieces, a, b))
        found.append(Example(here, tuple(asked)))
    return found


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


def _mark(label: np.ndarray, part: slice, begins: int) -> None:
    """Give a part a label: that by which it begins, and the next one for what goes on."""
    label[part] = begins + 1
    label[part.start : min(part.start + 1, part.stop)] = begins


def _asked(pointer: Pointer, pieces: Pieces, first: int, last: int) -> list[Asked]:
    """A pointer as questions in a window; none where the window holds no answer."""
    place = _within(pieces, pointer.place)
    if not (first <= place.start < min(last, place.stop)):
        return []
    here = [(0, 0)] if NONE in pointer.answers else []
    for part in (_within(pieces, span) for span in pointer.answers if span != NONE):
        if first <= part.start < part.stop <= last:
            here.append((part.start - first + 1, part.stop - first))
    targets = (tuple(sorted(set(ends))) for ends in zip(*here, strict=True))
    return [Asked(name, place.start - first + 1, some, pointer.weight)
            for name, some in zip(POINTERS[pointer.kind], targets, strict=False)]  # fmt: skip


def answers(
    pieces: Pieces, statements: Sequence[Attribution]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return label, place of the cue and place of the source for each word piece.

    Of statements inside one another the inner one is learned; a source that two cues share
    belongs to the nearer one, and each of the cues points to it.
    """

    def at(span: Span) -> int:
        part = _within(pieces, span)
        return part.start + 1 if part.start < part.stop else 0

    label = np.zeros(len(pieces), dtype=np.int64)
    cue_of, source_of = np.full(len(pieces), UNASKED), np.full(len(pieces), UNASKED)
    parts: dict[tuple[int, int, str], tuple[int, str, int]] = {}  # gap to its cue, label, place
    for one in statements:
        for role, spans in (("Content", one.content), ("Source", one.source)):
            for start, end in spans:
                offer = 10**9, role + "-", 0
                if one.cue:
                    far, cue = min((_gap((start, end), cue), cue) for cue in one.cue)
                    offer = far, role + (">" if cue[0] >= end else "<"), at(cue)
                key = start, -end, role
                parts[key] = min(parts.get(key, offer), offer)
        parts |= {(start, -end, "Cue"): (0, "Cue", UNASKED) for start, end in one.cue}
        if one.cue and at(one.cue[0]):
            offers = [(_gap(span, one.cue[0]), at(span)) for span in one.source if at(span)]
            source_of[at(one.cue[0]) - 1] = min(offers, default=(0, 0))[1]
    for (start, end, _), (_, role, head) in sorted(parts.items()):
        part = _within(pieces, (start, -end))
        _mark(label, part, LABELS.index("B-" + role))
        cue_of[part] = head
    for place, one in enumerate(label):  # what an inner statement broke off begins anew
        if one and one % 2 == 0 and (place == 0 or label[place - 1] not in (one, one - 1)):
            label[place] = one - 1
    return label, cue_of, source_of


def _gap(span: Span, cue: Span) -> int:
    return max(cue[0] - span[1], span[0] - cue[1], 0)


def rewrite(text: str, chance: random.Random) -> tuple[str, Move]:
    """Return the text in a house style drawn by chance, and where a span of it stands then.

    Other quotation marks throughout; a dash before the speaker; no courtesy titles; paragraphs
    that begin in lower case; names in capitals.
    """
    marks = other_marks(text, chance.choice(STYLES["marks"])) if chance.random() < 0.6 else []
    text, first = edited(text, marks)
    edits: list[Edit] = []
    if chance.random() < 0.35:
        dash = chance.choice(STYLES["dashes"])
        tails = [match for match in TAIL.finditer(text) if chance.random() < 0.8]
        edits += [  # `,” ` becomes `”, — ` or `,” — `
            (*m.span(), m[2] + dash if dash[0] == "," else (m[1] or m[3]) + m[2] + dash)
            for m in tails
        ]
    if chance.random() < 0.25:
        edits += [(*match.span(), "") for match in TITLE.finditer(text)]
    if chance.random() < 0.3:
        heads = [match for match in FIRST.finditer(text) if chance.random() < 0.4]
        edits += [(*match.span(), match[0].lower()) for match in heads]
    if chance.random() < 0.3:
        names = sorted({match[0] for match in NAME.finditer(text)})
        chosen = {name for name in names if chance.random() < 0.25}
        found = [match for match in NAME.finditer(text) if match[0] in chosen]
        edits += [(*match.span(), match[0].upper()) for match in found]
    text, second = edited(text, edits)
    return text, lambda span: second(first(span))


def other_marks(text: str, marks: tuple[str, str]) -> list[Edit]:
    """Return the edits that put other quotation marks; a straight one opens after a space."""
    edits = []
    for match in MARK.finditer(text):
        before = text[max(0, match.start() - 1) : match.start()]
        straight = match[0] in ('"', "''")
        opens = before in " \n\t([—–-" if straight else match[0] not in ("”", "»")
        edits.append((*match.span(), marks[not opens]))
    return edits


def edited(text: str, edits: list[Edit]) -> tuple[str, Move]:
    """Return the text with the edits made, of overlapping ones the first, and what moves a span."""
    made: list[Edit] = []
    for edit in sorted(edits):
        if not made or edit[0] >= made[-1][1]:
            made.append(edit)
    for start, end, new in reversed(made):
        text = text[:start] + new + text[end:]

    def moved(place: int, *, closing: bool) -> int:
        shift = 0
        for start, end, new in made:
            if place < end:
                inside = start + shift + closing * len(new)
                return inside if start < place else place + shift
            shift += len(new) - (end - start)
        return place + shift

    return text, lambda span: (moved(span[0], closing=False), moved(span[1], closing=True))


def batches(
    golds: Sequence[Gold], tokenizer: Tokenizer, *, seed: int, every: bool = False
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
    items = [e for e in items if every or e.asked or (e.rows["label"] != UNASKED).any()]
    chance.shuffle(items)
    items.sort(key=lambda item: item.size + 12 * chance.random())
    found: list[list[Example]] = [[]]
    for item in items:
        if len(found[-1]) == MOST or (len(found[-1]) + 1) * item.size > PIECES:
            found.append([])
        found[-1].append(item)
    chance.shuffle(found)
    return [batch for batch in found if batch]
