"""The readers of `date_rules.toml`: what the groups of a rule mean as a TIMEX3 value.

Each takes a match, its groups and the anchor of the text, and gives the value of what the rule
matched, a `Timed` with a span of its own, or None where the words are no time.
"""

from __future__ import annotations

import re

from .anchor import Anchor, month_number
from .grains import safe_date
from .lexicon import calendar, number_words, patterns
from .model import Timed
from .rules import Groups, Reader

__all__ = ["READERS", "hour_of", "ordinal_day", "reader", "year_said"]

_P = patterns("times")
_CAL = calendar()
_W = number_words()
_SMALL = {**_W["units"], **_W["teens"], **_W["tens"]}
DECADES = {"twen": 2, "thir": 3, "for": 4, "fif": 5, "six": 6, "seven": 7, "eigh": 8, "nine": 9}
NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 2}
READERS: dict[str, Reader] = {}


def reader(read: Reader) -> Reader:
    """Makes a function known to the rules by its name."""
    READERS[read.__name__] = read
    return read


def ordinal_day(word: str) -> int:
    """The day of the month written as 5, 5th, fifth or twenty-first; 0 when it is none."""
    digits = re.match(r"\d+", word)
    words = {**_SMALL, **{w: v for w, v in _W["ordinals"].items() if v <= 31}}
    parts = re.split(r"[\s-]+", word.lower())
    return int(digits.group()) if digits else int(sum(words.get(p, 0) for p in parts))


def year_in(words: str) -> int:
    """1994 for "nineteen ninety-four", "1994" and "94", 2016 for "16"."""
    digits = re.search(r"\d+", words)
    if digits:
        short = digits.group()
        return int(short) if len(short) == 4 else 2000 + int(short) - 100 * (short > "50")
    parts = [p for p in re.split(r"[\s-]+", words.lower()) if p not in {"the", "year", "and"}]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + int(sum(_SMALL.get(p, 0) for p in parts[2:]))
    return int(_SMALL[parts[0]]) * 100 + int(sum(_SMALL.get(p, 0) for p in parts[1:]))


def year_after(short: str, like: int) -> int:
    """The year that two digits mean beside the year `like`: 19 after 2018 is 2019."""
    year = int(short) if len(short) == 4 else like // 100 * 100 + int(short)
    return year if year >= like or len(short) == 4 else year + 100


def year_said(g: Groups, a: Anchor) -> int | None:
    """The year in the groups `y` or `rel` ("last year")."""
    return year_in(g["y"]) if "y" in g else a.near_year(g["rel"]) if "rel" in g else None


def clock(written: str) -> str:
    """T22:00 for "10 p.m. ", T24:00 for midnight."""
    low = written.lower()
    if "noon" in low or "midday" in low:
        return "T12:00"
    m = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?(a|p)?", low)
    if not m:
        return "T24:00" if "midnight" in low else ""
    hour = int(m[1]) % 12 + 12 * (m[3] == "p") if m[3] else int(m[1])
    return f"T{hour:02d}:{m[2] or '00'}" if hour < 25 else ""


def hour_of(g: Groups) -> str:
    """The hour or part of the day in the groups, as the end of a value."""
    return clock(g["clock"]) if "clock" in g else _CAL["parts"].get(g.get("part", "").lower(), "")


@reader
def day(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """23 November 2017, the 9th of May, Nov. 23, 10 p.m. on Thursday 5 May."""
    month, number, year = month_number(g["m"]), ordinal_day(g["d"]), year_said(g, a)
    if (
        not 1 <= number <= 31
        or g["m"].lower() == "mar"
        or year
        and not safe_date(year, month, number)
    ):
        return None
    return a.dated(month, number, *m.span(), year=year) + hour_of(g)


@reader
def days(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """21 to 24 November; May 30 - June 2, 2018."""
    one, two = ordinal_day(g["d"]), ordinal_day(g["d2"])
    first, second = (
        month_number(name) for name in (g.get("m", g.get("m2")), g.get("m2", g.get("m")))
    )
    same = first == second
    if not (1 <= one <= 31 and 1 <= two <= 31) or same and one >= two and "y2" not in g:
        return None
    apart = same and two - one > 1 and re.search(r"(?i)\sand\s", m.group())
    if apart and not a.left(_P["between"], m.start(), 10):
        return None  # "3 and 5 May"
    end_year = year_in(g["y2"]) if "y2" in g else a.year_of(second, two, *m.span())
    begin_year = year_in(g["y"]) if "y" in g else end_year
    if begin_year and end_year and "y" not in g and first > second:
        begin_year -= 1
    begin = a.dated(first, one, *m.span(), year=begin_year)
    return f"{begin}/{a.dated(second, two, *m.span(), year=end_year)}"


@reader
def numeric(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """2017-11-23, 23.11.2017, 11/23/2017, 22/Jan/2019: the order by what the document shows."""
    first, second, year = int(g["d"]), month_number(g["m"]), year_in(g["y"])
    if g["m"].isdigit() and not re.match(r"\d{4}", m.group()):
        if g["s"] != "/" and len(g["y"]) == 2:
            return None
        if second > 12 or first <= 12 and not (a.day_first or g["s"] == "."):
            first, second = second, first
    there = safe_date(year, second, first) if 1500 <= year <= 2199 else None
    return there.isoformat() if there else None


@reader
def slash(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """friday 5/12, from 10/1, 10/1-11/2/2017: day and month without a year, after a cue."""
    ends, which, year = [], g.get("which", "").lower(), int(g["y"]) if "y" in g else None
    for one, two in ((g["d"], g["m"]), (g.get("d2"), g.get("m2"))):
        if one and two:
            first = a.day_first or int(one) > 12
            month, number = (int(two), int(one)) if first else (int(one), int(two))
            if not safe_date(2000, month, number):
                return None
            ends.append(a.dated(month, number, *m.span(), year=year, which="" if ends else which))
    return "/".join(ends)


@reader
def month(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """April 1999, early May 2016, June last year, September last, 12-2015."""
    number, year = month_number(g["m"]), year_said(g, a)
    if "before" in g and a.day:
        year = a.day.year - (number >= a.day.month)
    return f"{year:04d}-{number:02d}" if year else None


@reader
def years(m: re.Match[str], g: Groups, a: Anchor) -> str:
    """FY23, fiscal 2018/19, financial year 2022-23, calendar 2008, CY18."""
    first = year_in(g["y"])
    return f"{first:04d}" + (f"/{year_after(g['y2'], first):04d}" if "y2" in g else "")


@reader
def year_range(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """2012–13, 1995-2000, between 2014 and 2017, from 2015 to 2020."""
    first, second = int(g["y"]), year_after(g["y2"], int(g["y"]))
    to, gap = g["to"].strip(), second - first
    dated = int(g["y2"]) <= 12 and gap != 1  # 2012-05
    if not 0 < gap < 300 or len(g["y2"]) == 2 and (to.isalpha() or gap > 15 or dated):
        return None
    if to == "and" and not a.left(_P["between"], m.start(), 14):
        return None
    return f"{first:04d}/{second:04d}"


@reader
def decade(m: re.Match[str], g: Groups, a: Anchor) -> str:
    """the 1990s, mid-2000s, the ’80s, the nineties."""
    number = g.get("c") or str(DECADES[g["w"].lower().removesuffix("ties")])
    return number if len(number) == 3 else f"{19 if number > '2' else 20}{number}"


@reader
def short_year(m: re.Match[str], g: Groups, a: Anchor) -> str:
    """the ’87 championship, in '49; not a quotation that opens with a number."""
    now = a.day.year % 100 if a.day else 30
    return f"{20 if int(g['y']) <= now else 19}{g['y']}"


@reader
def century(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """21st century, the eleventh century."""
    number = ordinal_day(g["n"])
    return f"{number - 1:02d}" if 1 <= number <= 30 else None


@reader
def quarter(m: re.Match[str], g: Groups, a: Anchor) -> Timed | None:
    """third quarter of 2022, the fourth quarter, this year's first half, 1988 second quarter."""
    number = NTH.get(g["n"].lower()) or int(g["n"][0])
    half = g["u"].lower() == "half"
    year = year_said({k: g[k] for k in ("rel", "y") if k in g}, a) or 0
    adjective = a.text[m.start("u") - 1] == "-"  # "the third-quarter earnings"
    the = "y" in g or half or adjective  # then the article is left out
    if not year and a.day:
        year = _year_of(a, number, m, months=6 if half else 3) - ("ago" in g)
    told = year or "year" in a.text[m.end() : m.end() + 20]
    if half and (number > 2 or not told):
        return None
    if year and a.day and not half:
        a.quarters.append((m.start(), year, number))
    start = m.end("the") if the and m["the"] else m.start()
    return Timed(start, m.end(), f"{year or 'XXXX'}-{'H' if half else 'Q'}{number}")


def _year_of(a: Anchor, number: int, m: re.Match[str], *, months: int) -> int:
    """The year of a quarter or half without one: the last that has ended or runs, by tense."""
    assert a.day is not None
    now, way = (a.day.month - 1) // months + 1, a.tense(*m.span())
    if way == "future" and months == 3:
        return a.day.year + (number < now - 1)
    ahead = number > now and way != "future"
    return a.day.year - (ahead and (way == "past" or months == 3 and number - now >= 2))


@reader
def quarter_code(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """Q3 2022, 2017 q1, 3Q22, 2019-H2."""
    letter, number = g["k"].upper(), int(g["n"])
    written = m.group()[0]
    if letter == "H" and (number > 2 or not {"y", "rel"} & set(g)):
        return None
    year = year_said({"rel": g["rel"]}, a) if "rel" in g else None
    year = year or (2000 + int(g["y"][-2:]) if "y" in g else None)
    if year is None:
        if not a.day or written == "q":
            return f"XXXX-Q{number}" if written == "Q" else None
        year = _year_of(a, number, m, months=3)
    if letter == "Q":
        a.quarters.append((m.start(), year, number))
    return f"{year}-{letter}{number}"


@reader
def year(m: re.Match[str], g: Groups, a: Anchor) -> Timed | str | None:
    """2016, mid-1996, early 1990, nineteen ninety-six; plain digits are judged by `years.py`."""
    number, start = year_in(g["y"]), m.start("x")
    if "plain" not in g:
        return f"{number:04d}"
    if g["y"][0].isdigit():
        return Timed(start, m.end(), f"{number:04d}", year_only=True)
    doubtful = g["y"].lower().startswith(("twenty", "two"))
    if doubtful and (
        not a.left(_P["year_cue"], start, 12)
        or _P["counted_next"].match(a.text, m.end(), m.end() + 20)
    ):
        return None
    return f"{number:04d}"
