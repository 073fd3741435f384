"""Past or future: which way a bare weekday, month or day points, by the verbs of its clause."""

from __future__ import annotations

import re

__all__ = ["tense"]

HAVE = r"\s+have\s+(?!to\b)"  # "would have taken three days"
FUTURE = re.compile(
    r"(?i)\b(?:will|shall|won['’]t|going\s+to|set\s+to|due|expect(?:s|ed|ing)?|schedul\w+|plan(?:s|ned|ning)?|"
    rf"upcoming|deadline|ends|begins|starts|opens|expires?|takes\s+place|to\s+be|is\s+to|are\s+to|would(?!{HAVE})|"
    rf"forthcoming|hopes?|aims?|intend\w*|payable|matur\w+|tomorrow|promis\w+|slated|(?:may|might|must|should)(?!{HAVE})|"
    r"can|redeem|to\s+(?:meet|hold|vote|begin|start|open|visit|attend|speak|discuss|host|decide|announce|"
    r"report|leave|face|testify|return|launch|take|make|give|join|play|complete|close|finish|mark))\b|\w['’]ll\b"
)
PAST = re.compile(
    r"(?i)\b(?:was|were|had|has|have|did|said|told|since|ago|ended|last|took|held|made|went|came|rose|"
    r"fell|began|left|met|won|lost|gave|got|saw|found|became|sold|bought|paid|led|ran|sent|spoke|"
    r"broke|wrote|kept|hit|brought|thought|set|\w{2,}ed)\b"
)
SAID = re.compile(
    r"(?i)\b(?:said|says|told|announced|reported|added|stated|wrote|ruled|showed|noted|confirmed|"
    r"reporters?|statement|posted|tweeted|disclosed|warned|declared|claimed)\b"
    r"(?:\s+(?!to\b|in\b|that\b)\w+){0,3}?\s+(?:on\s+|late\s+|early\s+)*$"
)
DEADLINE = re.compile(
    r"(?i)\b(?:by|until|till|no\s+later\s+than|not\s+later\s+than|payable|effective|record|extended\s+to|"
    r"due|next|starting|beginning)\s+(?:on\s+|late\s+|early\s+|the\s+)*$"
)
MODAL = re.compile(
    r"(?i)\b(?:will|would|to|may|might|can|could|should|must|shall)\s+(?:\w+\s+){0,2}?(?:be|been)\s+(?:\w+\s+)?$"
)
STOP = re.compile(
    r"(?:(?<!\bGov)(?<!\bSen)(?<!\bRep)(?<!\bGen)(?<!\bMr)(?<!\bMrs)(?<!\bDr)(?<!\b[A-Z])\.|[;!?])"
    r"['\"”’]?\s|\n|[“”\"]|:\s"
)
CONDITION = re.compile(r"(?i).*\b(?:if|unless|once)\b(?:.*\bwere\s+to\b)?")
THREAT = re.compile(r"(?i)\b(?:unless|threaten\w*|demand\w*|deadline|given)\b")
OVER = re.compile(r"(?i)\b(?:was|were|had|did)\b")
DUE = re.compile(r"(?i)\bdue\s+(?:on|in|by)\s+(?:the\s+)?$")
WAS = re.compile(r"\s+(?:was|were|had)\b")
NOT_VERBS = frozenset(
    "united need indeed hundred red bed speed proposed aged limited based used expected scheduled "
    "planned promised".split()
)
REACH = 110


def tense(text: str, start: int, end: int) -> str | None:
    """`past`, `future` or None for the time expression at [start, end), by the nearest verb.

    A reporting verb right before the date ("officials said Monday") is past whatever else the
    sentence says; "by Friday", "payable Friday" are future unless the clause is in the past. Looks
    110 characters to either side, not beyond the sentence.
    """
    left = STOP.split(text[max(0, start - REACH) : start])[-1]
    if SAID.search(left):
        return "past"
    right = STOP.split(text[end : end + REACH])[0]
    over = OVER.search(left[-50:]) or OVER.search(right[:30])
    if DEADLINE.search(left) and (THREAT.search(left) or not over):
        return "future"
    if DUE.search(left) and WAS.match(right):
        return "past"  # "an inspection due on 1 September was recorded"
    condition = CONDITION.match(left)
    if condition and not PAST.search(left, condition.end()):
        return "future"  # "if they win the house in November"
    best: tuple[float, str] | None = None
    for side, clause in (("left", left), ("right", right)):
        for name, place, stop in _verbs(clause):
            distance = len(clause) - stop if side == "left" else place + 12
            if best is None or distance < best[0]:
                best = (distance, name)
    return best[1] if best else None


def _verbs(clause: str) -> list[tuple[str, int, int]]:
    """(tense, start, end) of the verbs that say when; "will be held" is future as a whole."""
    found = [("future", *m.span()) for m in FUTURE.finditer(clause)]
    for m in PAST.finditer(clause):
        if m.group().lower() not in NOT_VERBS:
            name = "future" if MODAL.search(clause[: m.start()]) else "past"
            found.append((name, *m.span()))
    return found
