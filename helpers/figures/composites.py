"""All time expressions of a text, and those made of others: the third Monday of May."""

from __future__ import annotations

from . import relative
from .anchor import Anchor
from .dates import READERS, ordinal_day
from .grains import days_of, from_day, grain, part_of, shown
from .lexicon import calendar, patterns
from .model import Timed
from .rules import longest, rules, scan

_P = patterns("composites")
_RULES = rules("date_rules")
REACH = 90  # characters in which the words before a date are looked for
UNITS = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "half": "H",
         "year": "Y", "decade": "10Y"}  # fmt: skip


def find_times(text: str, anchor: Anchor) -> list[Timed]:
    """Every time expression, left to right, without overlaps: the longest at each place.

    Plain years are marked `year_only`, for the caller to judge by what stands around them.
    """
    out: list[Timed] = []
    for start, end, found in scan(text, READERS, anchor, table=_RULES):
        times = longest(found)
        todo = [*times, *_owned(text, start, end, anchor)]
        larger: list[Timed] = []
        while todo:
            atom = todo.pop()
            made = _part(text, atom) or _counted(text, atom) if grain(atom.timex) else None
            if made and atom.kind == "date":
                larger.append(made)
                todo.append(made)
        out.extend(longest([*times, *larger]))
    return _joined(text, out, anchor)


def _owned(text: str, start: int, end: int, anchor: Anchor) -> list[Timed]:
    """ "of the year", "of the month": the document's own, for "the last week of …"."""
    spoken = anchor.day and "of the " in text[start:end]
    found = _P["own"].finditer(text, start, end) if spoken else ()
    return [Timed(*m.span(), anchor.grain(UNITS[m["u"].lower()], 0) or "") for m in found]


def _made(start: int, end: int, timex: str | None, row: str) -> Timed | None:
    return Timed(start, end, timex, rule=f"figure_patterns.composites.{row}") if timex else None


def _part(text: str, atom: Timed) -> Timed | None:
    """ "the third Monday of May", "the first nine months of the year", "the week of March 7"."""
    m = _P["part"].search(text, max(0, atom.start - REACH), atom.start)
    if m is None:
        return None
    if m["week"]:
        days = days_of(atom.timex)
        week = shown(days[0], "W") if days and grain(atom.timex) == "D" else None
        return _made(m.start(), atom.end, week, "part")
    word = m["u"].lower()
    unit = UNITS.get(word) or str(calendar()["weekdays"].get(word.rstrip("."), ""))
    count = int(relative.counted(m["c"]) or 0) if m["c"] else 1
    if m["edge"]:
        first = 1 if m["edge"].lower() in {"first", "opening"} else -count
    else:
        first = ordinal_day(m["n"].lower())
    timex = part_of(atom.timex, first, count, unit) if unit and first and count else None
    return _made(m.start(), atom.end, timex, "part")


def _counted(text: str, atom: Timed) -> Timed | None:
    """ "two weeks after Friday", "the day before Christmas"."""
    m = _P["counted"].search(text, max(0, atom.start - REACH), atom.start)
    if m is None:
        return None
    length, start = f"P1{UNITS[m['one'].lower()]}" if m["one"] else None, m.start()
    if length is None:
        found = relative.length_of(text, m.start("l"), m.end("l"))
        if found is None or found.end != m.end("l"):
            return None
        length, start = found.timex, found.start
    timex = from_day(atom.timex, length, -1 if m["before"] else 1)
    return _made(start, atom.end, timex, "counted")


def _joined(text: str, times: list[Timed], anchor: Anchor) -> list[Timed]:
    """ "from 22/Jan/2019 to yesterday", "between May and July": ranges."""
    out: list[Timed] = []
    for b in times:
        both = _range(text, out[-1], b, anchor) if out else None
        range_ = _made(out[-1].start, b.end, both, "to") if both else None
        if range_:
            out[-1] = range_
        else:
            out.append(b)
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
