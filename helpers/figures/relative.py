"""Readers of `date_rules.toml` for times against the text's date, and for lengths of time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from . import spelled
from .anchor import Anchor
from .dates import hour_of, reader, year_said
from .grains import part_of
from .lexicon import calendar, patterns
from .measures import LENGTHS, period
from .model import Timed
from .rules import Groups

_L = patterns("lengths")
_P = patterns("times")
_CAL = calendar()
LETTERS = {**LENGTHS, "night": "D"}
SYMBOLS = {letter: unit for unit, letter in reversed(LENGTHS.items())}
DESCENDING = ["Y", "M", "W", "D", "TH", "TM", "TS"]
RECENT = 900  # characters back to the quarter that "a year earlier" is counted from
RARE = {"current": {"fiscal", "year", "quarter", "month", "week"}, "latest": {"quarter"}}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the first months
SIDES = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
LONG = frozenset({"past", "coming", "last", "next"})  # "the past year" is a length
SEASONAL = frozenset({"christmas", "thanksgiving", "halloween"})


def opens_sentence(text: str, start: int) -> bool:
    """Does a sentence, a quotation or a line begin at `start`?"""
    before = text[max(0, start - 3) : start].rstrip(" \t")
    return not before.strip() or before[-1] in ".!?:“\"”‘'«„\n—–-(/"


@reader
def day_word(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """yesterday, tonight, last night; "Today, …" for nowadays is none."""
    if a.day is None:
        return None
    word, opens = g["w"].lower(), opens_sentence(a.text, m.start())
    if g["w"][0].isupper() and not opens:
        return None  # CBS This Morning
    if word == "today" and opens and a.text[m.start()].isupper():
        clause = _P["sentence_end"].split(a.text[m.end() : m.end() + 160])[0]
        if not (_P["placed"].search(clause) or _P["past_verb"].match(clause)):
            return None  # "Today, the members concentrate on …"
    part = "night" if "night" in word else g.get("part", "")
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(word, 0)
    return (a.day + timedelta(offset)).isoformat() + _CAL["parts"].get(part.lower(), "")


@reader
def weekday(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """Thursday, last Tuesday, Tuesday of last week, 10 p.m. Wednesday."""
    if a.day is None or not g["wd"][0].isupper() and not {"which", "wk"} & set(g):
        return None
    number = _CAL["weekdays"][g["wd"].lower()]
    if "wk" in g:
        weeks = {"last": -7, "this": 0, "next": 7}[g["wk"].lower()]
        there = a.day + timedelta(weeks + number - a.day.isoweekday())
    else:
        words = g.get("which", "").lower().split()
        which = "coming" if "coming" in words else "last" if "past" in words else " ".join(words)
        there = a.weekday(number, *m.span(), which=which) or a.day
    return there.isoformat() + hour_of(g)


@reader
def near_period(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """last year, this week, next quarter, last fall, earlier this month, the past year."""
    if a.day is None:
        return None
    which, unit, part = g["which"].split()[-1].lower(), g["u"].lower(), "pt" in g
    letter, offset = _CAL["lengths"].get(unit, "WE"), SIDES.get(which, 0)
    if which == "the" and unit != "weekend" and (not part or unit in SEASONS):
        return None
    fiscal = unit == "fiscal" or "fiscal" in g
    odd = unit == "day" and ("the" not in g or which != "previous")  # "the next day" of a story
    if odd or which in RARE and unit not in RARE[which] and not fiscal:
        return None
    ages = letter[:2] == "10" and (which == "last" or a.left(_P["inside"], m.start(), 8))
    if "the" in g and which in LONG and unit in LENGTHS and not (part or ages):
        return Timed(*m.span(), period(1, letter), "duration", 1.0, unit)
    if unit == "fortnight":
        return None
    if unit in SEASONS:
        if unit == "fall" and which not in {"last", "next", "this"}:
            return None
        begins, now = SEASONS[unit], a.day.month
        year = a.day.year + (offset > 0 and begins <= now) - (offset < 0 and begins + 2 >= now)
        return Timed(m.start("which"), m.end(), f"{year}-{_CAL['seasons'][unit]}")
    if fiscal:
        start = m.end("the") if "the" in g and not part else m.start()
        indian = "indian" in a.marks  # there it begins in April
        year = a.day.year + offset - (indian and a.day.month < 4)
        return Timed(start, m.end(), f"{year:04d}" + f"/{year + 1:04d}" * indian)
    if which == "the" and a.day.isoweekday() < 6 and a.tense(*m.span()) != "future":
        offset = -(unit == "weekend")
    timex = a.grain(letter, -1 if which == "latest" else offset)
    if timex and unit == "quarter":
        a.quarters.append((m.start(), int(timex[:4]), int(timex[-1])))
    return Timed(*m.span(), timex) if timex else None


@reader
def season(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """summer of 2024, winter 1994, the spring of last year."""
    year = year_said(g, a)
    return f"{year:04d}-{_CAL['seasons'][g['s'].lower()]}" if year else None


@reader
def holiday(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """New Year's Eve, Christmas Day 2015; "Christmas" alone only after a word of time."""
    name, year = g["h"].lower(), year_said(g, a)
    if not g["h"][0].isupper() and "rel" not in g:
        return None
    if name in SEASONAL and "y" not in g and not a.left(_P["before_holiday"], m.start(), 8):
        return None
    when = _CAL["holidays"][name]  # "07-04", or "thu4-11": the fourth Thursday of November
    if when[0].isdigit():
        return a.dated(int(when[:2]), int(when[3:]), *m.span(), year=year)
    of_month, nth = a.dated(int(when[-2:]), 0, *m.span(), year=year), int(when[3])
    return part_of(of_month, -1 if nth == 9 else nth, 1, str(_CAL["weekdays"][when[:3]]))


def counted(words: str) -> float | None:
    """2 for "two" and "a couple of", 1 for "a", .5 for "half an", 2.5 for "2 1/2"."""
    low = re.sub(r"\s+", " ", words.lower())
    for phrase, value in (("half", 0.5), ("couple of", 2.0)):
        if low.removeprefix("a ").startswith(phrase):
            return value
    if low in {"a", "an"}:
        return 1
    if low[0].isdigit():
        return float(low.replace("½", "").split()[0]) + 0.5 * ("½" in low or "1/2" in low)
    number = spelled.parse(low, 0)
    return number.value if number and number.end == len(low) else None


def length_of(text: str, start: int, end: int) -> Timed | None:
    """The length written there: "2 years, 1 month and 21 days" is P2Y1M21D; units must descend."""
    found: Timed | None = None
    days = clock = ""
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
        found = found or Timed(*m.span(), "", "duration", count, unit)
        found = replace(found, end=m.end(), timex=f"P{days}" + f"T{clock}" * bool(clock))
    return found


@reader
def length(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """two years ago, a year earlier, for a year, half an hour; plain lengths are amounts."""
    end = m.start("turn") if "turn" in g else m.end()
    found = length_of(a.text, m.start(), end)
    if found is None or a.left(_L["ranged"], m.start(), 14):
        return None  # "four to five weeks later" is a length with two ends
    words = a.text[m.start() : found.end].lower()
    one = _L["plain_one"].match(words)
    if "turn" in g and found.end == end:
        timex = _turned(found, m, g, a)
        return Timed(*m.span(), timex) if timex else found if a.day or not one else None
    joined = words.startswith(("half", "a half")) and a.left(_L["and"], m.start(), 12)
    if joined or _L["behind"].match(a.text, found.end):
        return None
    if one:
        lasting = a.left(_L["lasting"], m.start(), 12) and not _L["no_length"].search(words)
        return found if lasting else None
    return found if _L["composed"].search(words) or len(_L["piece"].findall(words)) > 1 else None


def _turned(found: Timed, m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """The time a length from the document's day: two years ago, a year earlier."""
    sign = -1 if "back" in g or g.get("now", "").lower() == "ago" else 1
    before = g["turn"].split()[-1].lower() == "before" and _L["what"].match(a.text, m.end())
    if sign < 0 and found.timex == "P1Y" and not before:
        return _year_before(a, m.start())
    if "now" in g:
        quarters = found.value if found.unit == "quarter" else 0
        return a.grain("Q", sign * int(quarters)) if quarters else a.shift(found.timex, sign)
    return None


def _year_before(a: Anchor, start: int) -> str | None:
    """ "a year earlier" is the same quarter a year before where a quarter was spoken of."""
    if a.day is None:
        return None
    for place, year, number in reversed(a.quarters[-40:]):
        if place < start < place + RECENT:
            return f"{year - 1:04d}-Q{number}"
    return a.grain("Q", -5) if a.left(_P["quarter"], start, 300) else a.grain("Y", -1)


@reader
def year_ago(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """the year-ago quarter."""
    return _year_before(a, m.start())


@reader
def span_of(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """the past two months, last five years, the first nine months, the four days."""
    found = length_of(a.text, m.start("high" if "high" in g else "c"), m.end())
    plain = found and "the" in g and "s" in g and (found.value or 0) >= 2
    if found is None or found.value is None or not ("which" in g or plain):
        return None
    found, low = replace(found, start=m.start()), counted(g["c"]) if "high" in g else None
    if low is None or found.value is None or found.value <= low:
        return found
    timex = period(low, LETTERS[g["u"].lower()])
    return replace(found, timex=timex, value=None, low=low, high=found.value)


@reader
def every(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """every year, every two weeks: a set, given as the length of its step."""
    word, letter = g.get("c", "").lower(), LETTERS[g["u"].lower()]
    count = {"": 1.0, "other": 2.0, "second": 2.0, "third": 3.0}.get(word) or counted(word)
    made = period(count, letter) if count else ""
    return Timed(*m.span(), made, "duration", count, SYMBOLS[letter]) if made else None
