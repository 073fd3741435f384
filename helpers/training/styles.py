"""Rewrites annotated news in other house styles, so that the quotation model learns more than one.

Every rewriting is a list of edits (start, end, new text); the annotated spans move along.
"""

from __future__ import annotations

import bisect
import random
import re

Span = tuple[int, int]
Spans = dict[str, tuple[Span, ...]]
Edit = tuple[int, int, str]

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


def rewrite(text: str, spans: list[Spans], chance: random.Random) -> tuple[str, list[Spans]]:
    """Return the text in a house style drawn by chance, with the spans moved along.

    Other quotation marks throughout; a dash before the speaker; no courtesy titles; paragraphs
    that begin in lower case; names in capitals.
    """
    if chance.random() < 0.6:
        text, spans = edited(text, spans, other_marks(text, chance.choice(MARKS)))
    edits: list[Edit] = []
    if chance.random() < 0.35:
        dash = chance.choice(DASHES)
        tails = [match for match in TAIL.finditer(text) if chance.random() < 0.8]
        edits += [(*match.span(), _tail(match, dash)) for match in tails]
    if chance.random() < 0.25:
        edits += [(*match.span(), "") for match in TITLE.finditer(text)]
    if chance.random() < 0.3:
        firsts = [match for match in FIRST.finditer(text) if chance.random() < 0.4]
        edits += [(*match.span(), match.group().lower()) for match in firsts]
    if chance.random() < 0.3:
        names = sorted({match.group() for match in NAME.finditer(text)})
        chosen = {name for name in names if chance.random() < 0.25}
        found = [match for match in NAME.finditer(text) if match.group() in chosen]
        edits += [(*match.span(), match.group().upper()) for match in found]
    return edited(text, spans, edits)


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


def edited(text: str, spans: list[Spans], edits: list[Edit]) -> tuple[str, list[Spans]]:
    """Return the text with the edits made (of overlapping ones the first) and the spans moved."""
    pieces, places, last, shift = [], [], 0, 0
    for start, end, new in sorted(edits):
        if start < last:
            continue
        pieces += [text[last:start], new]
        places.append((start, end, start + shift, start + shift + len(new)))
        shift += len(new) - (end - start)
        last = end
    starts = [place[0] for place in places]

    def move(position: int, *, closing: bool) -> int:
        index = bisect.bisect_right(starts, position) - 1
        if index < 0:
            return position
        start, end, new_start, new_end = places[index]
        if position >= end:
            return position - end + new_end
        return new_start if position == start or not closing else new_end

    moved = [
        {
            role: tuple((move(a, closing=False), move(b, closing=True)) for a, b in some)
            for role, some in one.items()
        }
        for one in spans
    ]
    return "".join([*pieces, text[last:]]), moved
