"""Past or future: which way a bare weekday, month or day points, by the verbs of its clause."""

from __future__ import annotations

import re

from .lexicon import calendar
from .readings import any_of

__all__ = ["tense"]

_W = calendar()["tense"]
FUTURE = re.compile(
    rf"(?i)\b(?:{any_of(_W['future'])}|(?:{any_of(_W['modal'])})(?!\s+have\s+(?!to\b))"
    rf"|to\s+(?:{any_of(_W['planned'])}))\b|\w['’]ll\b"
)
PAST = re.compile(rf"(?i)\b(?:{any_of(_W['past'])}|\w{{2,}}ed)\b")
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
PLANNED = re.compile(  # "they play Saturday", "it opens on Monday", not "the vote Monday"
    rf"(?i)\b(?!(?:the|an?|this|his|its|their|to|of|did|for|in|after)\b)[\w’']+\s(?:{any_of(_W['planning'])})"
    r"\s(?:[\w’'-]+\s){0,2}?(?:on\s)?$"
)
AFTER = re.compile(r"(?i)\b(?:after|since|following|despite)\s+$")  # "after Monday night's loss"
OVER = re.compile(r"(?i)\b(?:was|were|had|did)\b")
DUE = re.compile(r"(?i)\bdue\s+(?:on|in|by)\s+(?:the\s+)?$")
WAS = re.compile(r"\s+(?:was|were|had)\b")
NOT_VERBS = frozenset(_W["not_verbs"])
REACH = 110


def tense(text: str, start: int, end: int) -> str | None:
    """`past`, `future` or None for the time expression at [start, end), by the nearest verb.

    "By Friday", "payable Friday" are future unless the clause is in the past. Looks 110 characters
    to either side, not beyond the sentence.
    """
    left = STOP.split(text[max(0, start - REACH) : start])[-1]
    right = STOP.split(text[end : end + REACH])[0]
    over = OVER.search(left[-50:]) or OVER.search(right[:30])
    if DEADLINE.search(left) and (THREAT.search(left) or not over):
        return "future"
    if DUE.search(left) and WAS.match(right):
        return "past"  # "an inspection due on 1 September was recorded"
    if AFTER.search(left) and text.endswith(("'s", "’s"), start, end):
        return "past"
    if PLANNED.search(left):
        return "future"
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
