"""Is a plain four-digit number a year or a count?"""

from __future__ import annotations

import re

from helpers.figures.lexicon import calendar
from helpers.figures.readings import any_of

__all__ = ["is_year"]

_W = {name: any_of(words) for name, words in calendar()["years"].items()}
CUE = re.compile(rf"(?i)(?:\b(?:{_W['cue']})|[,(\[/])\s*[“\"‘]?$")
COUNTING = re.compile(rf"(?i)\b(?:{_W['counting']})\s+$")
DETERMINED = re.compile(r"(?i)(?:\b(?:the|this|that|its|his|her|their|our|my|your|a)|['’]s?)\s+$")
PLURAL = re.compile(
    rf"\s+(?:(?:{_W['adjectives']})\s+)?"
    r"(?P<noun>[a-z]{3,}(?:s|men|women|children|people|troops|police|staff))\b(?!['’])"
)
YEARLY = re.compile(rf"(?i)^(?:{_W['yearly']})$")
OLD_CUE = re.compile(r"(?i)\b(?:in|since|of|until)\s+$")
OLD_NEXT = re.compile(r"\s+(?:and|to|when|by|was|the|with|as|at|or|after|before|until)\b")
NAMED = re.compile(r"\s(?:Agenda|Vision|Act|Resolution)\b")


def is_year(text: str, start: int, end: int) -> bool:
    """Is the plain number at [start, end), 1000 to 2199, a year?

    "in 2016", "the 2016 elections", "(1998)" are years; "2000 pieces", "over 1500 people" are not.
    """
    number = int(text[start:end])
    left = text[max(0, start - 24) : start]
    if NAMED.match(text, end):
        return False
    plural = PLURAL.match(text, end)
    counted = plural is not None and not YEARLY.match(plural["noun"])
    usual = 1900 <= number <= 2049
    if COUNTING.search(left) and (counted or not usual):
        return False
    if counted and not DETERMINED.search(left):
        lives = plural["noun"].endswith(("people", "men", "children", "troops", "police"))
        round_or_old = number % 100 == 0 or number <= 1950
        return usual and not lives and not round_or_old and bool(CUE.search(left))
    if counted or usual:
        return usual
    if number < 1500 and re.match(r"\s+[a-z]+", text[end : end + 12]):
        return bool(OLD_CUE.search(left) and OLD_NEXT.match(text, end))
    return bool(CUE.search(left))
