"""All time expressions of a text: rules tried over the neighbourhood of time words only."""

from __future__ import annotations

import re
from bisect import bisect_left

from helpers.figures.anchor import Anchor
from helpers.figures.dates import ABSOLUTE, Timed
from helpers.figures.holidays import HOLIDAYS
from helpers.figures.lengths import LENGTHS
from helpers.figures.numeric_dates import NUMERIC
from helpers.figures.periods import PERIODS
from helpers.figures.relative import RELATIVE

__all__ = ["find_times"]

# classes of time words; a rule says which it needs (`Rule.needs`)
MARKS = re.compile(
    r"""(?: (?<![A-Za-z])(?=[A-Za-z])(?i:
        (?P<m>(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|t
        |tember|ober|ember)?)(?![a-z])
      | (?P<w>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)
      | (?P<n>yesterday|today|tomorrow|to-?night|this\ (?:morning|afternoon|evening)|last\ night)
      | (?P<p>half|week|year|month|quarter|day|hour|minute|fortnight)
      | (?P<c>centur|decade|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)
      | (?P<s>spring|summer|autumn|winter|fall\b)
      | (?P<f>fiscal|financial|FY\s?[’']?\d|CY\s?\d|calendar|tax\ year)
      | (?P<z>nineteen|eighteen|seventeen|twenty|two\ thousand)
      | (?P<h>thanksgiving|christmas|halloween|new\ year|independence|boxing|fourth\ of|bastille
      |valentine|labor\ day|memorial)
      | (?P<q>[qh][1-4](?![\d.])) )
    | (?=[\d’'])(?: (?P<y>(?<![\d.,])(?:1[0-9]|20|21)\d\d(?!\d))
      | (?P<c2>[’']\d\d(?:s|(?!\w))|(?<!\d)\d0[’']?s\b)
      | (?P<d>\d\d?[/.-](?:\d\d?|[A-Za-z]{3})[/.-]\d\d)
      | (?P<x>(?<![\w/.-])\d\d?/\d\d?(?![\d/]|[.,]\d)) | (?P<q2>\d[QH](?![A-Za-z])) ) )""",
    re.X,
)
REACH = 64
RULES = [*NUMERIC, *ABSOLUTE, *PERIODS, *RELATIVE, *HOLIDAYS, *LENGTHS]


def windows(text: str) -> list[tuple[int, int, set[str]]]:
    """Stretches of text around words of time, cut at blanks, with the classes of those words."""
    found: list[tuple[int, int, set[str]]] = []
    start, end, kinds = -1, -1, set[str]()
    for m in MARKS.finditer(text):
        low, high = m.start() - REACH, m.end() + REACH
        if low > end:
            if kinds:
                found.append((*_cut(text, start, end), kinds))
            start, kinds = low, set()
        end = high
        kinds.add((m.lastgroup or "p")[0])
    if kinds:
        found.append((*_cut(text, start, end), kinds))
    return found


def _cut(text: str, start: int, end: int) -> tuple[int, int]:
    start, end = max(0, start), min(len(text), end)
    least, most = max(0, start - 24), min(len(text), end + 24)
    while start > least and not text[start - 1].isspace():
        start -= 1
    while end < most and not text[end].isspace():
        end += 1
    return start, end


def find_times(text: str, anchor: Anchor) -> list[Timed]:
    """Every time expression, left to right, without overlaps: the longest at each place.

    Plain years are marked `year_only`, for the caller to judge by what stands around them.
    """
    out: list[Timed] = []
    for start, end, kinds in windows(text):
        found: list[tuple[int, int, int, Timed]] = []
        lower = text[start:end].lower()
        for order, rule in enumerate(RULES):
            hinted = not rule.hints or any(h in lower for h in rule.hints)
            if rule.needs.isdisjoint(kinds) or not hinted:
                continue
            for m in rule.pattern.finditer(text, start, end):
                timed = rule.handler(m, anchor)
                if timed is not None and timed.end > timed.start:
                    found.append((timed.start - timed.end, timed.start, order, timed))
        out.extend(_join(text, _longest(found)))
    return out


LINK = re.compile(r"\s+(?:to|until|till|through)\s+(?:the\s+)?|\s?[-–—]\s?")
AND = re.compile(r"\s+and\s+(?:the\s+)?")


def _join(text: str, times: list[Timed]) -> list[Timed]:
    """ "from 22/Jan/2019 to yesterday", "between Monday and Friday": two dates as one range."""
    out: list[Timed] = []
    for b in times:
        a = out[-1] if out else None
        dates = a and a.kind == b.kind == "date" and b.start - a.end < 12
        if dates and not {"/", "X"} & set(a.timex + b.timex):
            lead = text[max(0, a.start - 14) : a.start].lower()
            gap = text[a.end : b.start]
            opened = "from " in lead or "between " in lead
            linked = LINK.fullmatch(gap) and (opened or len(a.timex) == len(b.timex))
            if (linked or AND.fullmatch(gap) and "between " in lead) and a.timex < b.timex:
                out[-1] = Timed(a.start, b.end, f"{a.timex}/{b.timex}")
                continue
        out.append(b)
    return out


def _longest(found: list[tuple[int, int, int, Timed]]) -> list[Timed]:
    """The longest expressions that do not overlap; of equals the first, then the earlier rule."""
    starts: list[int] = []
    taken: list[Timed] = []
    for *_, timed in sorted(found, key=lambda item: item[:3]):
        i = bisect_left(starts, timed.start)
        if i < len(taken) and taken[i].start < timed.end or i and taken[i - 1].end > timed.start:
            continue
        starts.insert(i, timed.start)
        taken.insert(i, timed)
    return taken
