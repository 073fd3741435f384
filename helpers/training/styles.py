"""Rewrites annotated news in other house styles, so that the quotation model learns more than one.

Every rewriting is a list of edits (start, end, new text) and a function that moves spans along.
"""

from __future__ import annotations

import bisect
import random
import re
from collections.abc import Callable

from ..reader import Span

Edit = tuple[int, int, str]
Move = Callable[[Span], Span]

MARKS = (
    ('"', '"'), ("“", "”"), ("''", "''"), ("``", "''"),
    ("‘", "’"), ("«", "»"), ("„", "“"), ("'", "'"),
    ("  ", "  "),  # marks that a file lost
)  # fmt: skip
DASHES = (", - ", " - ", ", — ", " — ", " -- ", " – ", ", – ", ",- ")
MARK = re.compile(r"[“”\"«»„]|''|``")
WHO = r"(?:said|says|added|noted|told|stressed)"
TAIL = re.compile(
    rf"""
    (?<=[\w.!?…]) ([,.]?) ([\"”»]|'') ([,.]?) [ ]     # open,” said Ms. Alder
    (?= {WHO}\b                                       # said Ms. Alder
      | [A-Z][\w.]+[ ](?:[A-Z][\w.]+[ ])?{WHO}\b      # Ms. Alder said
      | (?:he|she|they)[ ]{WHO}\b                     # she said
    )
    """,
    re.VERBOSE,
)
TITLE = re.compile(r"(?<![\w.])(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.[ ](?=[A-Z])")
NAME = re.compile(r"(?<=[\w,][ ])[A-Z][a-z]{3,}\b")
FIRST = re.compile(r"(?:^|(?<=\n))[A-Z](?=[a-z])")


def rewrite(text: str, chance: random.Random) -> tuple[str, Move]:
    """Return the text in a house style drawn by chance, and where a span of it stands then.

    Other quotation marks throughout; a dash before the speaker; no courtesy titles; paragraphs
    that begin in lower case; names in capitals.
    """
    marks: list[Edit] = []
    if chance.random() < 0.6:
        marks = other_marks(text, chance.choice(MARKS))
    text, first = edited(text, marks)
    edits: list[Edit] = []
    if chance.random() < 0.35:
        dash = chance.choice(DASHES)
        tails = [match for match in TAIL.finditer(text) if chance.random() < 0.8]
        edits += [(*match.span(), _tail(match, dash)) for match in tails]
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


def _tail(match: re.Match[str], dash: str) -> str:
    """`,” ` becomes `”, — ` or `,” — `."""
    return match[2] + dash if dash[0] == "," else (match[1] or match[3]) + match[2] + dash


def other_marks(text: str, marks: tuple[str, str]) -> list[Edit]:
    """Return the edits that put other quotation marks; a straight one opens after a space."""
    edits = []
    for match in MARK.finditer(text):
        before = text[match.start() - 1] if match.start() else "\n"
        opens = match[0] in ("“", "«", "„", "``")
        closes = match[0] in ("”", "»")
        right = closes or (not opens and before not in " \n\t([—–-")
        edits.append((*match.span(), marks[right]))
    return edits


def edited(text: str, edits: list[Edit]) -> tuple[str, Move]:
    """Return the text with the edits made, of overlapping ones the first, and what moves a span."""
    pieces, places, last, length = [], [], 0, 0
    for start, end, new in sorted(edits):
        if start >= last:
            pieces += [text[last:start], new]
            length += start - last + len(new)
            places.append((start, end, length - len(new), length))
            last = end

    def moved(position: int, *, closing: bool) -> int:
        index = bisect.bisect_right(places, position, key=lambda place: place[0]) - 1
        if index < 0:
            return position
        start, end, new_start, new_end = places[index]
        if position >= end:
            return position - end + new_end
        return new_start if position == start or not closing else new_end

    def move(span: Span) -> Span:
        return moved(span[0], closing=False), moved(span[1], closing=True)

    return "".join([*pieces, text[last:]]), move
