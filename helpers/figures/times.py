"""All time expressions of a text: rules tried over the neighbourhood of time words only."""

from __future__ import annotations

import re
from bisect import bisect_left

from .anchor import Anchor
from .composites import composed, joined, owned
from .dates import ABSOLUTE, Timed
from .lengths import LENGTHS
from .numeric_dates import NUMERIC
from .periods import PERIODS
from .relative import RELATIVE

__all__ = ["find_times"]

# classes of time words in small letters; a rule says which it needs (`Rule.needs`)
MARKS = re.compile(
    r"""(?: (?<![a-z])(?=[a-z])(?:
        (?P<m>(?:jan|feb|ma[ry]|apr|ju[nl]|aug|sep|oct|nov|dec)(?:r?uary|ch|il|e|y|ust|t
        |(?:t?em|o)ber)?(?![a-z]))
      | (?P<w>(?:mon|tues|wednes|thurs|fri|satur|sun)day)
      | (?P<n>yesterday|today|tomorrow|to-?night|this\ (?:morning|afternoon|evening)|last\ night)
      | (?P<p>half|week|year|month|quarter|day|hour|minute|fortnight|night)
      | (?P<c>centur|decade|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)
      | (?P<s>spring|summer|autumn|winter|fall\b)
      | (?P<f>fiscal|financial|fy\s?[’']?\d|cy\s?\d|calendar|tax\ year)
      | (?P<z>nineteen|eighteen|seventeen|twenty|two\ thousand)
      | (?P<h>thanksgiving|christmas|halloween|new\ year|independence|boxing|fourth\ of|bastille
      |valentine|labor\ day|memorial)
      | (?P<q>[qh][1-4](?![\d.])) )
    | (?=[\d’'])(?: (?P<y>(?<![\d.,])(?:1[0-9]|20|21)\d\d(?!\d))
      | (?P<c2>[’']\d\d(?:s|(?!\w))|(?<!\d)\d0[’']?s\b)
      | (?P<d>\d\d?[/.-](?:\d\d?|[a-z]{3})[/.-]\d\d)
      | (?P<x>(?<![\w/.-])\d\d?/\d\d?(?![\d/]|[.,]\d)) | (?P<q2>\d[qh](?![a-z]))
      | (?P<t>(?<![\w.,$£€])\d\d?[ymwdh](?![\w-])) ) )""",
    re.X,
)
REACH = 64
RULES = [*NUMERIC, *ABSOLUTE, *PERIODS, *RELATIVE, *LENGTHS]


def windows(text: str) -> list[tuple[int, int, set[str]]]:
    """Stretches of a text in small letters around words of time, with the words' classes."""
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
    lower = text.replace("İ", "I").lower()  # the one letter that grows
    for start, end, kinds in windows(lower):
        found: list[Timed] = []
        near = lower[start:end]
        for rule in RULES:
            hinted = not rule.hints or any(h in near for h in rule.hints)
            if rule.needs.isdisjoint(kinds) or not hinted:
                continue
            for m in rule.pattern.finditer(text, start, end):
                timed = rule.handler(m, anchor)
                if timed is not None and timed.end > timed.start:
                    found.append(timed)
        times = _longest(found)
        larger = composed(text, [*times, *owned(text, start, end, anchor)], anchor)
        out.extend(_longest([*times, *larger]) if larger else times)
    return joined(text, out, anchor)


def _longest(found: list[Timed]) -> list[Timed]:
    """The longest expressions that do not overlap; of equals the first, then the earlier rule."""
    starts: list[int] = []
    taken: list[Timed] = []
    for timed in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        i = bisect_left(starts, timed.start)
        if i < len(taken) and taken[i].start < timed.end or i and taken[i - 1].end > timed.start:
            continue
        starts.insert(i, timed.start)
        taken.insert(i, timed)
    return taken
