"""Readers of `date_rules.toml` for times against the text's date, and for lengths of time."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from . import spelled
from .anchor import Anchor, month_number
from .dates import hour_of, reader, year_said
from .grains import part_of
from .lexicon import calendar, patterns
from .measures import TIME_UNITS, period
from .model import Timed
from .rules import Groups

__all__ = ["counted", "length_of"]

_L = patterns("lengths")
_P = patterns("times")
_CAL = calendar()
LETTERS = {**calendar()["lengths"], "night": "D"}
SYMBOLS = {letter: unit for unit, letter in reversed(TIME_UNITS.items())}
DESCENDING = ["Y", "M", "W", "D", "TH", "TM", "TS"]
RECENT = 900  # characters back to the quarter that "a year earlier" is counted from
TURNS = {"following": 1, "preceding": -1, "previous": -1}  # counted from the date before
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
    if word == "today" and opens and a.text[m.start()].isupper() and _nowadays(a.text, m.end()):
        return None
    part = "night" if "night" in word else g.get("part", "")
    offset = {"yesterday": -1, "tomorrow": 1, "last": -1}.get(word, 0)
    return (a.day + timedelta(offset)).isoformat() + _CAL["parts"].get(part.lower(), "")


def _nowadays(text: str, end: int) -> bool:
    """ "Today, the members concentrate on …": a sentence opening in the present tense."""
    clause = _P["sentence_end"].split(text[end : end + 160])[0]
    return not (_P["placed"].search(clause) or _P["past_verb"].match(clause))


@reader
def weekday(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """Thursday, last Tuesday, Tuesday of last week, 10 p.m. Wednesday."""
    if a.day is None or not g["wd"][0].isupper() and not {"which", "wk"} & set(g):
        return None
    number = _CAL["weekdays"][g["wd"].lower()]
    if "wk" in g:
        monday = a.day - timedelta(a.day.isoweekday() - 1)
        weeks = {"last": -7, "this": 0, "next": 7}[g["wk"].lower()]
        there = monday + timedelta(weeks + number - 1)
    else:
        words = g.get("which", "").lower().split()
        which = "coming" if "coming" in words else "last" if "past" in words else " ".join(words)
        there = a.weekday(number, *m.span(), which=which) or a.day
    return there.isoformat() + hour_of(g)


@reader
def bare_month(m: re.Match[str], g: Groups, a: Anchor) -> str:
    """September, last April, early November, mid-November; May only after a word of time."""
    number, which = month_number(g["m"]), g.get("which", "").lower()
    if which in {"each", "every"}:
        return f"XXXX-{number:02d}"
    return a.dated(number, 0, *m.span(), which=which if a.day else "")


@reader
def near_period(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """last year, this week, next quarter, last fall, earlier this month, the following year."""
    if a.day is None:
        return None
    which, unit = g["which"].split()[-1].lower(), g["u"].lower()
    letter, the, season = _CAL["lengths"].get(unit, "WE"), "the" in g, unit in SEASONS
    turn = TURNS.get(which, int(unit == "day" and which == "next")) if the else 0
    unfit = which == "the" and unit != "weekend" and ("pt" not in g or season)
    unfit = unfit or (unit == "day" or which in {"following", "preceding"}) and not turn
    if unfit or which in RARE and unit not in RARE[which] and "fiscal" not in g:
        return None
    ages = letter[:2] == "10" and (which == "last" or a.left(_P["inside"], m.start(), 8))
    if the and which in LONG and unit in _CAL["lengths"] and not ("pt" in g or ages or turn):
        return Timed(*m.span(), period(1, None, letter), "duration", 1.0, unit)
    offset = SIDES.get(which, 0)
    if season:
        if turn or unit == "fall" and which not in {"last", "next", "this"}:
            return None
        begins, now = SEASONS[unit], a.day.month
        year = a.day.year + (offset > 0 and begins <= now) - (offset < 0 and begins + 2 >= now)
        return Timed(m.start("which"), m.end(), f"{year}-{_CAL['seasons'][unit]}")
    if unit == "fiscal" or "fiscal" in g:
        indian = "indian" in a.marks
        year = a.day.year + offset - (indian and a.day.month < 4)
        start = m.end("the") if the and "pt" not in g else m.start()
        return Timed(start, m.end(), f"{year:04d}" + f"/{year + 1:04d}" * indian)
    if which == "the":
        offset = -int(
            unit == "weekend" and a.day.isoweekday() < 6 and a.tense(*m.span()) != "future"
        )
    timex = a.grain(letter, -1 if which == "latest" else offset)
    if timex is None or unit == "fortnight":
        return None
    if unit == "quarter":
        a.quarters.append((m.start(), int(timex[:4]), int(timex[-1])))
    found = Timed(*m.span(), timex)
    if not turn:
        return found
    rest = found if which == "previous" else None
    return Timed(*m.span(), period(1, None, letter), unit=letter, turn=turn, rest=rest)


@reader
def beyond(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """the week after next, the year before last, the year to date."""
    return a.grain(_CAL["lengths"][g.get("u", "year")], 2 if "on" in g else -2 if "u" in g else 0)


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
    of_month = a.dated(int(when[-2:]), 0, *m.span(), year=year)
    return part_of(
        of_month, -1 if when[3] == "9" else int(when[3]), 1, str(_CAL["weekdays"][when[:3]])
    )


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
    last = -1
    for m in _L["piece"].finditer(text, start, end):
        count, letter = counted(m["c"]), LETTERS[m["u"].lower()]
        rank = DESCENDING.index(letter) if letter in DESCENDING else 0
        if count is None or found and rank <= last:
            break
        if m["half"]:
            count += 0.25 if "quarter" in m["half"] else 0.5
        timex, last = period(count, None, letter), rank
        if found:
            date, _, clock = found.timex.partition("T")
            date2, _, clock2 = timex[1:].partition("T")
            timex = date + date2 + ("T" + clock + clock2 if clock + clock2 else "")
            found = replace(found, end=m.end(), timex=timex)
        else:
            unit = "night" if m["u"].lower() == "night" else SYMBOLS[letter]
            found = Timed(*m.span(), timex, "duration", count, unit)
    return found


@reader
def length(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """two years ago, a year earlier, for a year, half an hour; plain lengths are amounts."""
    end = m.start("turn") if "turn" in g else m.end()
    found = length_of(a.text, m.start(), end)
    if found is None or a.left(_L["ranged"], m.start(), 14):
        return None  # "four to five weeks later" is a length with two ends
    words = a.text[m.start() : found.end].lower()
    if "turn" in g and found.end == end:
        return _turned(found, m, g, a) if a.day or not _L["plain_one"].match(words) else None
    joined = words.startswith(("half", "a half")) and a.left(_L["and"], m.start(), 12)
    if joined or _L["behind"].match(a.text, found.end):
        return None
    if _L["plain_one"].match(words):
        lasting = a.left(_L["lasting"], m.start(), 12) and not _L["no_length"].search(words)
        return found if lasting else None
    return found if _L["composed"].search(words) or len(_L["piece"].findall(words)) > 1 else None


def _turned(found: Timed, m: re.Match[str], g: Groups, a: Anchor) -> Timed:
    """The time a length from the document's day, or, for "later", from the date before it."""
    sign = -1 if "back" in g or g.get("now", "").lower() == "ago" else 1
    word = g["turn"].split()[-1].lower()
    if word == "after" or word == "before" and _L["what"].match(a.text, m.end()):
        return found
    if sign < 0 and found.timex == "P1Y":
        timex = _year_before(a, m.start())
    elif "now" in g:
        quarters = found.value if found.unit == "quarter" else 0
        timex = a.grain("Q", sign * int(quarters)) if quarters else a.shift(found.timex, sign)
    else:
        return replace(found, end=m.end(), turn=sign, rest=found)
    return Timed(*m.span(), timex) if timex else found


def _year_before(a: Anchor, start: int) -> str | None:
    """ "a year earlier" is the same quarter a year before where a quarter was spoken of."""
    if a.day is None:
        return None
    for place, year, number in reversed(a.quarters[-40:]):
        if place < start < place + RECENT:
            return f"{year - 1:04d}-Q{number}"
    return a.grain("Q", -5) if a.left(_P["quarter"], start, 300) else a.grain("Y", -1)


@reader
def span_of(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """the past two months, last five years, the first nine months, the four days."""
    found = length_of(a.text, m.start("high" if "high" in g else "c"), m.end())
    if (
        found is None
        or "which" not in g
        and not ("the" in g and "s" in g and (found.value or 0) >= 2)
    ):
        return None
    found = replace(found, start=m.start())
    low = counted(g["c"]) if "high" in g else None
    if low is None or found.value is None or found.value <= low:
        return found
    timex = period(low, None, LETTERS[g["u"].lower()])
    return replace(found, timex=timex, value=None, low=low, high=found.value)


@reader
def every(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """every year, every two weeks: a set, given as the length of its step."""
    word = g.get("c", "").lower()
    count = {"": 1.0, "other": 2.0, "second": 2.0, "third": 3.0}.get(word) or counted(word)
    return _so_many(m, count, LETTERS[g["u"].lower()]) if count else None


def _so_many(m: re.Match[str], count: float, letter: str) -> Timed:
    return Timed(*m.span(), period(count, None, letter), "duration", count, SYMBOLS[letter])


@reader
def year_ago(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """the year-ago quarter."""
    return _year_before(a, m.start())
