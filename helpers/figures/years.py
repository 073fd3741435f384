"""Is a plain four-digit number a year or a count?"""

from __future__ import annotations

import re

from .lexicon import calendar
from .readings import any_of

__all__ = ["is_year"]

_W = {name: any_of(words) for name, words in calendar()["years"].items()}
CUE = re.compile(rf"(?i)(?:\b(?:{_W['cue']})|[,(\[/])\s*[“\"‘]?$")
COUNTING = re.compile(rf"(?i)\b(?:{_W['counting']})\s+$")
DETERMINED = re.compile(r"(?i)(?:\b(?:the|this|that|its|his|her|their|our|my|your|a)|['’]s?)\s+$")
PLURAL = re.compile(
    rf"\s+(?:(?:{_W['adjectives']})\s+)?"
    r"(?P<noun>[a-z]{3,}s|[a-z]*(?:men|children|people|troops|police|staff))\b(?!['’])"
)
BESIDE = re.compile(  # "killed 1916 soldiers and 2003 civilians"
    r"\d[\d,.]*\s(?:[a-z]+\s){0,2}?(?P<noun>[a-z]+),?\s(?:and|or|plus)\s(?:only\s|just\s)?$"
)
PARTED = re.compile(  # "Of the 2012 patients, 1987 recovered", not "Of the 2012 reforms, two"
    r"(?:^|[.!?;]\s|\n)(?:Out\s)?[Oo]f\s(?:the|these|those)\s"
    r"(?P<of>[\d,]+\s[^.;\n]{2,40},\s(?:\w+\s)?)?$"
)
PARTS = re.compile(r"[^.;,\n]{2,40},\s(?:\w+\s)?\d(?:[\d,]{2,}|\d?\s?(?:%|per\s?cent))")
PART = re.compile(r"\s(?:of\s(?:them|whom|those|these|us)|did\sso|do|were|are|have)\b")

YEARLY = re.compile(rf"(?i)^(?:{_W['yearly']})$")
OLD_CUE = re.compile(r"(?i)\b(?:in|since|of|until)\s+$")
IN = re.compile(r"(?i)\b(?:in|since|until|during)\s+$")
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
    beside = BESIDE.search(text, max(0, start - 50), start) if counted else None
    if beside and not YEARLY.match(beside["noun"]):
        before = text[max(0, beside.start() - 24) : beside.start()]
        if not (CUE.search(before) or DETERMINED.search(before)):
            return False
    parted = PARTED.search(text, max(0, start - 80), start)
    if parted and (parted["of"] or counted and PARTS.match(text, end)):
        return False
    if PART.match(text, end):
        return bool(CUE.search(left)) and not COUNTING.search(left) and left[-2:] != ", "
    if COUNTING.search(left) and (counted or not usual):
        return False
    if counted and not DETERMINED.search(left):
        lives = plural["noun"].endswith(("people", "men", "children", "troops", "police"))
        round_or_old = number % 100 == 0 or number <= 1950
        if usual and IN.search(left):
            return lives or not round_or_old  # "In 2016 people voted"
        return usual and not lives and not round_or_old and bool(CUE.search(left))
    if counted or usual:
        return usual
    if number < 1500 and re.match(r"\s+[a-z]+", text[end : end + 12]):
        return bool(OLD_CUE.search(left) and OLD_NEXT.match(text, end))
    return bool(CUE.search(left))
