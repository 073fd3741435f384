"""Times made of others: the third Monday of May, two weeks after Friday, from May to now."""

from __future__ import annotations

import re

from .anchor import Anchor
from .dates import DAYWORD, WEEKDAY, Timed
from .grains import FINE_TO_COARSE, add, coarse, days_of, from_day, grain, part_of, shown
from .lengths import LENGTH, WORDS, counted, length_of
from .lexicon import calendar
from .readings import ordinal_day

__all__ = ["composed", "joined", "owned"]

REACH = 90
LINK = re.compile(
    r"(?i)\b(?:(?P<part>of|in)|(?P<after>after)|(?P<before>before)|(?P<ends>ended|ending)"
    r"|(?P<run>(?:starting|beginning)(?:\s+(?:from|on|in))?)|(?P<from>from))\s+(?:the\s+)?$"
)
UNITS = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "half": "H",
         "year": "Y", "decade": "10Y"}  # fmt: skip
PART = re.compile(
    rf"""(?<![\w-]) (?:the\s+)? (?: week\s+(?P<week>\d\d?) | (?P<day>\d\d?(?:st|nd|rd|th))
         | (?: (?P<edge>first|opening|last|final|closing)(?:\s+(?P<c>\d{{1,3}}|{WORDS}))?
             | (?P<n>{DAYWORD}) ) [\s-]+ (?P<u>{"|".join(UNITS)}|halves|{WEEKDAY})s? )
         \s+(?:of|in)\s+(?:the\s+)?$""",
    re.X | re.I,
)
WEEK_OF = re.compile(r"(?i)(?<![\w-])the\s+week\s+(?:of|ended|ending|beginning|starting)\s+$")
COUNTED = re.compile(
    rf"(?<![\w.-])(?:(?P<for>for|lasting|of)\s+)?(?:the\s+(?P<one>day|week|month|year)|(?P<l>{LENGTH}))"
    r"(?P<comma>,?)\s+[a-z]+(?:\s+(?:from|on|in))?\s+(?:the\s+)?$",
    re.I,
)
OWN = re.compile(
    r"(?i)(?<=\bof\sthe\s)(?:(?:current|fiscal|financial|calendar)\s+)*(?P<u>year|month|quarter)\b(?!-)"
)
TO = re.compile(r"\s+(?:to|until|till|through)\s+(?:the\s+)?|\s?[-–—]\s?")
AND = re.compile(r"\s+and\s+(?:the\s+)?")
NOW = re.compile(
    r"(?i)\s+(?:to|until|till)\s+(?:now|date|present|the\s+present(?:\s+day)?|(?:the\s+)?current\s+date)\b"
)
APPOSED = re.compile(
    r"\s?[,(—–-]\s*(?:(?:just|only|nearly|about|some|almost|barely|more|less|than)\s+)*", re.I
)
DATED = re.compile(r",?\s+(?:on|in)\s+(?:[A-Z][a-z]{2,8}\.?\s)?\d")  # "two weeks later, on 3 May"
MONTH = re.compile(r"[\dX]{4}-\d\d")
YEARED = re.compile(r"\d|last|next|this")
WEEKDAYS = re.compile(WEEKDAY)
NEAR = 200  # how far "two weeks later" looks back for its date


def owned(text: str, start: int, end: int, anchor: Anchor) -> list[Timed]:
    """ "of the year", "of the month": the document's own, for "the last week of …"."""
    if anchor.day is None:
        return []
    found = OWN.finditer(text, start, end)
    return [Timed(*m.span(), anchor.grain(UNITS[m["u"].lower()], 0) or "") for m in found]


def composed(text: str, atoms: list[Timed], anchor: Anchor) -> list[Timed]:
    """The expressions that end in one of the dates, each longer than its date."""
    out: list[Timed] = []
    todo = list(atoms)
    while todo:
        atom = todo.pop()
        link = LINK.search(text, max(0, atom.start - 24), atom.start)
        if link is None or atom.kind != "date" or grain(atom.timex) is None:
            continue
        made = _part(text, atom, anchor) or _counted(text, atom, link)
        if made:
            out.append(made)
            todo.append(made)
    return out


def _part(text: str, atom: Timed, anchor: Anchor) -> Timed | None:
    low = max(0, atom.start - REACH)
    week = WEEK_OF.search(text, low, atom.start)
    days = days_of(atom.timex)
    if week and days and grain(atom.timex) == "D":
        return Timed(week.start(), atom.end, shown(days[0], "W"))
    m = PART.search(text, low, atom.start)
    if m is None:
        return None
    word = (m["u"] or ("day" if m["day"] else "week")).lower()
    unit = UNITS.get(word) or str(calendar()["weekdays"].get(word, ""))
    count = int(counted(m["c"]) or 0) if m["c"] else 1
    if m["edge"]:
        first = 1 if m["edge"].lower() in {"first", "opening"} else -count
    else:
        first = int(m["week"] or 0) or ordinal_day((m["n"] or m["day"]).lower())
    if not unit or not first or not count or m["day"] and grain(atom.timex) != "M":
        return None
    timex = part_of(atom.timex, first, count, unit)
    ends = [days_of(end) for end in (timex or "").split("/")]
    if ends[0] and ends[-1] and anchor.day and OWN.match(text, atom.start):
        middle = ends[0][0] + (ends[-1][1] - ends[0][0]) / 2
        if middle > anchor.day and anchor.tense(m.start(), atom.end) == "past":
            step = f"P1{grain(atom.timex)}"  # told in January: the year before
            timex = part_of(from_day(atom.timex, step, -1) or "", first, count, unit)
    return Timed(m.start(), atom.end, timex) if timex else None


def _counted(text: str, atom: Timed, link: re.Match[str]) -> Timed | None:
    m = COUNTED.search(text, max(0, atom.start - REACH), atom.start)
    if m is None or link["part"] or link["ends"]:
        return None
    if m["one"]:
        length, start = f"P1{UNITS[m['one'].lower()]}", m.start("one") - 4
    else:
        found = length_of(text, m.start("l"), m.end("l"))
        if found is None or found.end != m.end("l"):
            return None
        length, start = found.timex, found.start
    run = bool(link["run"] or link["from"] and (m["for"] or m["comma"]))
    if m["one"] and not (link["after"] or link["before"]):
        return None
    timex = from_day(atom.timex, length, -1 if link["before"] else 1, run=run)
    return Timed(start, atom.end, timex) if timex else None


def joined(text: str, times: list[Timed], anchor: Anchor) -> list[Timed]:
    """ "from 22/Jan/2019 to yesterday", "between Monday and Friday", "from 2010 to now": ranges.

    "Two weeks later" is counted from the date before it, where that is near and the result is no
    future told in the past; it stays a length else.
    """
    out: list[Timed] = []
    last: Timed | None = None  # the date before
    for t in times:
        b = _turned(text, t, last, anchor) if t.turn else t
        if b is None:
            continue
        lead = text[max(0, b.start - 14) : b.start].lower()
        now = NOW.match(text, b.end) if b.kind == "date" and "from " in lead else None
        if now and anchor.day and "/" not in b.timex:
            b = Timed(b.start, now.end(), f"{b.timex}/{anchor.day}")
        both = _range(text, out[-1], b, anchor) if out else None
        if both:
            out[-1] = both
        else:
            out.append(b)
        last = out[-1] if b.kind == "date" else last
    return out


def _range(text: str, a: Timed, b: Timed, anchor: Anchor) -> Timed | None:
    """Both dates as one range where words say so; months share the year that one of them has."""
    if not a.kind == b.kind == "date" or b.start - a.end > 11 or "/" in a.timex + b.timex:
        return None
    lead, gap = text[max(0, a.start - 14) : a.start].lower(), text[a.end : b.start]
    opened = "from " in lead or "between " in lead
    linked = TO.fullmatch(gap) and (opened or len(a.timex) == len(b.timex))
    if not linked and not (AND.fullmatch(gap) and "between " in lead):
        return None
    first, last = a.timex, b.timex
    if first > last and all(WEEKDAYS.fullmatch(text, t.start, t.end) for t in (a, b)):
        if anchor.tense(a.start, b.end) == "future":  # "from Monday to Friday" is one week
            last = from_day(last, "P1W", 1) or last
        else:
            first = from_day(first, "P1W", -1) or first
    if MONTH.fullmatch(first) and MONTH.fullmatch(last):
        dated = [bool(YEARED.search(text, t.start, t.end)) for t in (a, b)]
        wraps, two = first[5:] > last[5:], int(last[5:])
        year = int(last[:4]) if dated[1] else int(first[:4]) + wraps if dated[0] else None
        year = year or anchor.year_of(two, 0, a.start, b.end)
        if year:
            last = f"{year:04d}-{last[5:]}"
            first = first if dated[0] else f"{year - wraps:04d}-{first[5:]}"
        elif first != last:
            return Timed(a.start, b.end, f"{first}/{last}")
    if "X" in first + last or first >= last:
        return None
    return Timed(a.start, b.end, f"{first}/{last}")


def _turned(text: str, t: Timed, last: Timed | None, anchor: Anchor) -> Timed | None:
    """The time so long from the date before, in the coarser grain of the two; else what is left."""
    start = last.timex if last and t.start - last.end < NEAR else ""
    if last is None:
        start = str(anchor.day or "") if t.rest else ""
    elif APPOSED.fullmatch(text, last.end, t.start) or DATED.match(text, t.end):
        return t.rest
    days, own = days_of(start), grain(start) or "D"
    end = add(days[0], t.timex, t.turn) if days else None
    if end is None or coarse(own) > coarse(end[1]):
        return t.rest
    day, finest = end
    told = last and anchor.day and day > anchor.day
    if told and anchor.tense(t.start, t.end) == "past":
        return t.rest
    if t.unit in FINE_TO_COARSE:  # "the following year" is all of it
        return Timed(t.start, t.end, shown(day, t.unit or "D"))
    letter = own if finest == "W" else max(own, finest, key=coarse)
    return Timed(t.start, t.end, shown(day, letter))
