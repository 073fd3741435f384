"""All times of a text: those against its date, lengths of time, and times made of others."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from . import dates
from .anchor import SEASONS, Anchor, days_of, grain, part_of, shown
from .dates import hour_of, ordinal_day, year_said
from .measures import LENGTHS, period
from .model import Amount
from .numbers import parse
from .rules import Groups, longest, patterns, read_toml, scan

_L, _P, _C = patterns("lengths"), patterns("times"), patterns("composites")
_CAL = read_toml("calendar")
REACH = 90  # characters in which the words before a date are looked for
UNITS = {"day": "D", "week": "W", "weekend": "WE", "month": "M", "quarter": "Q", "half": "H",
         "year": "Y", "decade": "10Y"}  # fmt: skip
LETTERS = {**LENGTHS, "night": "D"}
SYMBOLS = {letter: unit for unit, letter in reversed(LENGTHS.items())}
DAYS = {
    "Y": 365.25,
    "M": 365.25 / 12,
    "W": 7,
    "D": 1,
    "TH": 1 / 24,
    "TM": 1 / 1440,
    "TS": 1 / 86_400,
}
DESCENDING = list(DAYS)
SOME = {"a": 1.0, "an": 1.0, "half": 0.5, "half a": 0.5, "half an": 0.5, "couple of": 2.0}
RECENT = 900  # characters back to the quarter that "a year earlier" is counted from
SIDES = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
LONG = frozenset({"past", "coming", "last", "next"})  # "the past year" is a length


def day_word(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """yesterday, tonight, last night; "Today, …" for nowadays is none."""
    if a.day is None:
        return None
    word, opens = g["w"].lower(), a.left(_P["opening"], m.start(), 3)
    if g["w"][0].isupper() and not opens:
        return None  # CBS This Morning
    if word == "today" and opens and a.text[m.start()].isupper():
        clause = _P["sentence_end"].split(a.text[m.end() : m.end() + 160])[0]
        if not (_P["placed"].search(clause) or _P["past_verb"].match(clause)):
            return None  # "Today, the members concentrate on …"
    part = "night" if "night" in word else g.get("part", "")
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(word, 0)
    return (a.day + timedelta(offset)).isoformat() + _CAL["parts"].get(part.lower(), "")


def weekday(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """Thursday, last Tuesday, Tuesday of last week, 10 p.m. Wednesday."""
    if a.day is None or not g["wd"][0].isupper() and not {"which", "wk"} & set(g):
        return None
    number = _CAL["weekdays"][g["wd"].lower()]
    if "wk" in g:
        weeks = {"last": -7, "this": 0, "next": 7}[g["wk"].lower()]
        there = a.day + timedelta(weeks + number - a.day.isoweekday())
    else:
        which = g.get("which", "").lower().split()[-1:]  # "this coming", "this past"
        there = a.weekday(number, *m.span(), which="".join(which)) or a.day
    return there.isoformat() + hour_of(g)


def near_period(m: re.Match[str], g: Groups, a: Anchor) -> Amount | None:
    """last year, this week, next quarter, last fall, earlier this month, the past year."""
    if a.day is None:
        return None
    which, unit, part = g["which"].split()[-1].lower(), g["u"].lower(), "pt" in g
    letter, offset = _CAL["lengths"].get(unit, "WE"), SIDES.get(which, 0)
    if which == "the" and unit != "weekend" and (not part or unit in _CAL["seasons"]):
        return None
    fiscal = unit == "fiscal" or "fiscal" in g
    ages = letter[:2] == "10" and (which == "last" or a.left(_P["inside"], m.start(), 8))
    if "the" in g and which in LONG and unit in LENGTHS and not (part or ages):
        return Amount(*m.span(), period(1, letter), "duration", 1.0, unit)
    if unit in _CAL["seasons"]:
        begins, now = SEASONS[_CAL["seasons"][unit]], a.day.month
        year = a.day.year + (offset > 0 and begins <= now) - (offset < 0 and begins + 2 >= now)
        return Amount(m.start("which"), m.end(), f"{year}-{_CAL['seasons'][unit]}")
    if fiscal:
        start = m.end("the") if "the" in g and not part else m.start()
        indian = "indian" in a.marks  # there it begins in April
        year = a.day.year + offset - (indian and a.day.month < 4)
        return Amount(start, m.end(), f"{year:04d}" + f"/{year + 1:04d}" * indian)
    if which == "the" and a.day.isoweekday() < 6 and a.tense(*m.span()) != "future":
        offset = -(unit == "weekend")
    timex = a.grain(letter, -1 if which == "latest" else offset)
    if timex and unit == "quarter":
        a.quarters.append((m.start(), int(timex[:4]), int(timex[-1])))
    return Amount(*m.span(), timex) if timex else None


def season(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """summer of 2024, winter 1994, the spring of last year."""
    year = year_said(g, a)
    return f"{year:04d}-{_CAL['seasons'][g['s'].lower()]}" if year else None


def holiday(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """New Year's Eve, Christmas Day 2015."""
    name, year = g["h"].lower(), year_said(g, a)
    if not g["h"][0].isupper() and "rel" not in g:
        return None
    when = _CAL["holidays"][name]  # "07-04", or "thu4-11": the fourth Thursday of November
    if when[0].isdigit():
        return a.dated(int(when[:2]), int(when[3:]), *m.span(), year=year)
    of_month, nth = a.dated(int(when[-2:]), 0, *m.span(), year=year), int(when[3])
    return part_of(of_month, -1 if nth == 9 else nth, 1, str(_CAL["weekdays"][when[:3]]))


def counted(words: str) -> float | None:
    """2 for "two" and "a couple of", 1 for "a", .5 for "half an", 2.5 for "2 1/2"."""
    low = re.sub(r"[\s-]+", " ", words.lower()).removeprefix("a ")
    if low in SOME:
        return SOME[low]
    if low[0].isdigit():
        return float(low.replace("½", "").split()[0]) + 0.5 * ("½" in low or "1/2" in low)
    number = parse(low, 0)
    return number.value if number and number.end == len(low) else None


def length_of(text: str, start: int, end: int) -> Amount | None:
    """The length written there: "1 year and 6 months" is P1Y6M, 1.5 years; units must descend."""
    found: Amount | None = None
    days = clock = first = ""
    last = -1
    for m in _L["piece"].finditer(text, start, end):
        count, letter = counted(m["c"]), LETTERS[m["u"].lower()]
        rank = DESCENDING.index(letter) if letter in DESCENDING else 0
        if count is None or found and rank <= last:
            break
        if m["half"]:
            count += 0.25 if "quarter" in m["half"] else 0.5
        unit = "night" if m["u"].lower() == "night" else SYMBOLS[letter]
        date, _, time = period(count, letter)[1:].partition("T")
        days, clock, last = days + date, clock + time, rank
        if found is None:
            found, first = Amount(*m.span(), "", "duration", count, unit), letter
        else:
            part = count * DAYS[letter] / DAYS.get(first, 1)
            found = replace(found, value=found.value + part)
        found = replace(found, end=m.end(), timex=f"P{days}" + f"T{clock}" * bool(clock))
    return found and replace(found, value=round(found.value, 6))


def length(m: re.Match[str], g: Groups, a: Anchor) -> Amount | None:
    """for a year, half an hour, 2 hrs 14 mins; plain lengths are amounts."""
    return length_of(a.text, *m.span())


def turned(m: re.Match[str], g: Groups, a: Anchor) -> Amount | None:
    """two years ago, a year earlier; three weeks later: a length where no time is told."""
    found, timex = length_of(a.text, m.start(), m.start("turn")), None
    if found is None:
        return None
    sign = -1 if "back" in g or g.get("now", "").lower() == "ago" else 1
    before = g["turn"].split()[-1].lower() == "before" and _L["what"].match(a.text, m.end())
    if sign < 0 and found.timex == "P1Y" and not before:
        timex = year_ago(m, g, a)
    elif "now" in g and found.unit == "quarter":
        timex = a.grain("Q", sign * int(found.value or 0))
    elif "now" in g:
        timex = a.shift(found.timex, sign)
    plain = found if a.day or m.group()[0] not in "aA" else None
    return Amount(*m.span(), timex) if timex else plain


def year_ago(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """a year earlier, the year-ago quarter: the same quarter if one was spoken of."""
    if a.day is None:
        return None
    for place, year, number in reversed(a.quarters[-40:]):
        if place < m.start() < place + RECENT:
            return f"{year - 1:04d}-Q{number}"
    return a.grain("Q", -5) if a.left(_P["quarter"], m.start(), 300) else a.grain("Y", -1)


def span_of(m: re.Match[str], g: Groups, a: Anchor) -> Amount | None:
    """the past two months, last five years, the first nine months, the four days."""
    found = length_of(a.text, m.start("c"), m.end())
    plain = found and "the" in g and "s" in g and (found.value or 0) >= 2
    return replace(found, start=m.start()) if found and ("which" in g or plain) else None


READERS = vars(dates) | globals()  # by the names that the rules have for them


def find_times(text: str, anchor: Anchor) -> list[Amount]:
    """Every time expression, left to right: the longest at each place; plain years are marked."""
    out: list[Amount] = []
    for start, end, found in scan(text, READERS, anchor):
        times = longest(found)
        atoms = [*times, *_owned(text, start, end, anchor)]
        out.extend(longest(times + [made for atom in atoms if (made := _part(text, atom))]))
    return _joined(text, out, anchor)


def _owned(text: str, start: int, end: int, anchor: Anchor) -> list[Amount]:
    """ "of the year", "of the month": the document's own, for "the last week of …"."""
    spoken = anchor.day and "of the " in text[start:end]
    found = _C["own"].finditer(text, start, end) if spoken else ()
    return [Amount(*m.span(), anchor.grain(UNITS[m["u"].lower()], 0) or "") for m in found]


def _part(text: str, atom: Amount) -> Amount | None:
    """ "the third Monday of May", "the first nine months of the year", "the week of March 7"."""
    m = _C["part"].search(text, max(0, atom.start - REACH), atom.start)
    if m is None or atom.kind != "date":
        return None
    if m["week"]:
        days = days_of(atom.timex)
        timex = shown(days[0], "W") if days and grain(atom.timex) == "D" else None
    else:
        word, count = m["u"].lower(), int(counted(m["c"]) or 0) if m["c"] else 1
        unit = UNITS.get(word) or str(_CAL["weekdays"].get(word.rstrip("."), ""))
        edge = 1 if (m["edge"] or "").lower() in {"first", "opening"} else -count
        first = edge if m["edge"] else ordinal_day(m["n"].lower())
        timex = part_of(atom.timex, first, count, unit) if unit and first and count else None
    rule = "figure_patterns.composites.part"
    return Amount(m.start(), atom.end, timex, rule=rule) if timex else None


def _joined(text: str, times: list[Amount], anchor: Anchor) -> list[Amount]:
    """ "from 22/Jan/2019 to yesterday", "between May and July": ranges."""
    out: list[Amount] = []
    for b in times:
        if out and (both := _range(text, out[-1], b, anchor)):
            b = Amount(out.pop().start, b.end, both, rule="figure_patterns.composites.to")
        out.append(b)
    return out


def _range(text: str, a: Amount, b: Amount, anchor: Anchor) -> str | None:
    """Both dates as one range where words say so; months share the year that one of them has."""
    if not a.kind == b.kind == "date" or b.start - a.end > 11 or "/" in a.timex + b.timex:
        return None
    lead, gap = text[max(0, a.start - 14) : a.start].lower(), text[a.end : b.start]
    opened = "from " in lead or "between " in lead
    linked = _C["to"].fullmatch(gap) and (opened or len(a.timex) == len(b.timex))
    if not linked and not (_C["and"].fullmatch(gap) and "between " in lead):
        return None
    first, last = a.timex, b.timex
    if _C["month"].fullmatch(first) and _C["month"].fullmatch(last):
        dated = [bool(_C["yeared"].search(text, t.start, t.end)) for t in (a, b)]
        wraps, two = first[5:] > last[5:], int(last[5:])
        year = int(last[:4]) if dated[1] else int(first[:4]) + wraps if dated[0] else None
        year = year or anchor.year_of(two, 0, a.start, b.end)
        if year:
            last = f"{year:04d}-{last[5:]}"
            first = first if dated[0] else f"{year - wraps:04d}-{first[5:]}"
        elif first != last:
            return f"{first}/{last}"
    return None if "X" in first + last or first >= last else f"{first}/{last}"
