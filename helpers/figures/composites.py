"""All time expressions of a text, and those made of others: the third Monday of May."""

from __future__ import annotations

import re
from dataclasses import replace

from .anchor import Anchor
from .dates import READERS, ordinal_day
from .grains import FINE_TO_COARSE, add, coarse, days_of, from_day, grain, part_of, shown
from .lexicon import calendar, patterns
from .model import Timed
from .relative import counted, length_of
from .rules import longest, rules, scan

__all__ = ["find_times"]

_P = patterns("composites")
_RULES = rules("date_rules")
REACH = 90  # characters in which the words before a date are looked for
NEAR = 200  # how far "two weeks later" looks back for its date
UNITS = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "half": "H",
         "halves": "H", "year": "Y", "decade": "10Y"}  # fmt: skip


def find_times(text: str, anchor: Anchor) -> list[Timed]:
    """Every time expression, left to right, without overlaps: the longest at each place.

    Plain years are marked `year_only`, for the caller to judge by what stands around them.
    """
    out: list[Timed] = []
    for start, end, found in scan(text, READERS, anchor, table=_RULES):
        times = longest(found)
        larger = _composed(text, [*times, *_owned(text, start, end, anchor)], anchor)
        out.extend(longest([*times, *larger]) if larger else times)
    return _joined(text, out, anchor)


def _owned(text: str, start: int, end: int, anchor: Anchor) -> list[Timed]:
    """ "of the year", "of the month": the document's own, for "the last week of …"."""
    spoken = anchor.day and "of the " in text[start:end]
    found = _P["own"].finditer(text, start, end) if spoken else ()
    return [Timed(*m.span(), anchor.grain(UNITS[m["u"].lower()], 0) or "") for m in found]


def _composed(text: str, atoms: list[Timed], anchor: Anchor) -> list[Timed]:
    """The expressions that end in one of the dates, each longer than its date."""
    out: list[Timed] = []
    todo = list(atoms)
    while todo:
        atom = todo.pop()
        link = _P["link"].search(text, max(0, atom.start - 24), atom.start)
        if link is None or atom.kind != "date" or grain(atom.timex) is None:
            continue
        made = _part(text, atom, anchor) or _counted(text, atom, link)
        if made:
            out.append(made)
            todo.append(made)
    return out


def _made(start: int, end: int, timex: str | None, row: str) -> Timed | None:
    return Timed(start, end, timex, rule=f"figure_patterns.composites.{row}") if timex else None


def _part(text: str, atom: Timed, anchor: Anchor) -> Timed | None:
    """ "the third Monday of May", "the first nine months of the year"."""
    low, days = max(0, atom.start - REACH), days_of(atom.timex)
    week = _P["week_of"].search(text, low, atom.start)
    if week and days and grain(atom.timex) == "D":
        return _made(week.start(), atom.end, shown(days[0], "W"), "week_of")
    m = _P["part"].search(text, low, atom.start)
    if m is None:
        return None
    word = (m["u"] or ("day" if m["day"] else "week")).lower()
    unit = UNITS.get(word) or str(calendar()["weekdays"].get(word.rstrip("."), ""))
    count = int(counted(m["c"]) or 0) if m["c"] else 1
    if m["edge"]:
        first = 1 if m["edge"].lower() in {"first", "opening"} else -count
    else:
        first = int(m["week"] or 0) or ordinal_day((m["n"] or m["day"]).lower())
    if not unit or not first or not count or m["day"] and grain(atom.timex) != "M":
        return None
    timex = part_of(atom.timex, first, count, unit)
    ends = [days_of(end) for end in (timex or "").split("/")]
    if ends[0] and ends[-1] and anchor.day and _P["own"].match(text, atom.start):
        middle = ends[0][0] + (ends[-1][1] - ends[0][0]) / 2
        if middle > anchor.day and anchor.tense(m.start(), atom.end) == "past":
            step = f"P1{grain(atom.timex)}"  # told in January: the year before
            timex = part_of(from_day(atom.timex, step, -1) or "", first, count, unit)
    return _made(m.start(), atom.end, timex, "part")


def _counted(text: str, atom: Timed, link: re.Match[str]) -> Timed | None:
    """ "two weeks after Friday", "the day before Christmas"."""
    m = _P["counted"].search(text, max(0, atom.start - REACH), atom.start)
    if m is None or link["part"]:
        return None
    if m["one"]:
        length, start = f"P1{UNITS[m['one'].lower()]}", m.start("one") - 4
        if not (link["after"] or link["before"]):
            return None
    else:
        found = length_of(text, m.start("l"), m.end("l"))
        if found is None or found.end != m.end("l"):
            return None
        length, start = found.timex, found.start
    timex = from_day(atom.timex, length, -1 if link["before"] else 1)
    return _made(start, atom.end, timex, "counted")


def _joined(text: str, times: list[Timed], anchor: Anchor) -> list[Timed]:
    """ "from 22/Jan/2019 to yesterday", "between May and July": ranges.

    "Two weeks later" is counted from the date before it, where that is near and the result is no
    future told in the past; it stays a length else.
    """
    out: list[Timed] = []
    last: Timed | None = None  # the date before
    for t in times:
        b = _turned(text, t, last, anchor) if t.turn else t
        if b is None:
            continue
        both = _range(text, out[-1], b, anchor) if out else None
        range_ = _made(out[-1].start, b.end, both, "to") if both else None
        if range_:
            out[-1] = range_
        else:
            out.append(b)
        last = out[-1] if b.kind == "date" else last
    return out


def _range(text: str, a: Timed, b: Timed, anchor: Anchor) -> str | None:
    """Both dates as one range where words say so; months share the year that one of them has."""
    if not a.kind == b.kind == "date" or b.start - a.end > 11 or "/" in a.timex + b.timex:
        return None
    lead, gap = text[max(0, a.start - 14) : a.start].lower(), text[a.end : b.start]
    opened = "from " in lead or "between " in lead
    linked = _P["to"].fullmatch(gap) and (opened or len(a.timex) == len(b.timex))
    if not linked and not (_P["and"].fullmatch(gap) and "between " in lead):
        return None
    first, last = a.timex, b.timex
    if _P["month"].fullmatch(first) and _P["month"].fullmatch(last):
        dated = [bool(_P["yeared"].search(text, t.start, t.end)) for t in (a, b)]
        wraps, two = first[5:] > last[5:], int(last[5:])
        year = int(last[:4]) if dated[1] else int(first[:4]) + wraps if dated[0] else None
        year = year or anchor.year_of(two, 0, a.start, b.end)
        if year:
            last = f"{year:04d}-{last[5:]}"
            first = first if dated[0] else f"{year - wraps:04d}-{first[5:]}"
        elif first != last:
            return f"{first}/{last}"
    return None if "X" in first + last or first >= last else f"{first}/{last}"


def _turned(text: str, t: Timed, last: Timed | None, anchor: Anchor) -> Timed | None:
    """The time so long from the date before, in the coarser grain of the two; else what is left."""
    start = last.timex if last and t.start - last.end < NEAR else ""
    if last is None:
        start = str(anchor.day or "") if t.rest else ""
    elif _P["apposed"].fullmatch(text, last.end, t.start) or _P["dated"].match(text, t.end):
        start = ""
    days, own = days_of(start), grain(start) or "D"
    end = add(days[0], t.timex, t.turn) if days else None
    rest = replace(t.rest, rule=t.rule) if t.rest else None
    if end is None or coarse(own) > coarse(end[1]):
        return rest
    day, finest = end
    told = last and anchor.day and day > anchor.day
    if told and anchor.tense(t.start, t.end) == "past":
        return rest
    if t.unit in FINE_TO_COARSE:  # "the following year" is all of it
        letter = t.unit or "D"
    else:
        letter = own if finest == "W" else max(own, finest, key=coarse)
    return Timed(t.start, t.end, shown(day, letter), rule=t.rule)
