"""The readers of `date_rules.toml`: from a match, its groups and the anchor of the text to a value.

They give the TIMEX3 value of what was matched, an Amount, or None where the words are no time.
"""

from __future__ import annotations

import re

from .anchor import Anchor, month_number, safe_date
from .model import Amount
from .rules import Groups, patterns, read_toml

_P = patterns("times")
_CAL = read_toml("calendar")
_W = read_toml("number_words")
_SMALL = {**_W["units"], **_W["teens"], **_W["tens"]}
_NTH = {**_SMALL, **{word: n for word, n in _W["ordinals"].items() if n <= 31}, "last": 2}
DECADES = {"twen": 2, "thir": 3, "for": 4, "fif": 5, "six": 6, "seven": 7, "eigh": 8, "nine": 9}


def ordinal_day(word: str) -> int:
    """The day of the month written as 5, 5th, fifth or twenty-first; 0 when it is none."""
    digits = re.match(r"\d+", word)
    parts = re.split(r"[\s-]+", word.lower())
    return int(digits.group()) if digits else int(sum(_NTH.get(p, 0) for p in parts))


def year_in(words: str) -> int:
    """1994 for "nineteen ninety-four", "1994" and "94", 2016 for "16"."""
    digits = re.search(r"\d+", words)
    if digits:
        short = digits.group()
        return int(short) if len(short) == 4 else 2000 + int(short) - 100 * (short > "50")
    parts = [p for p in re.split(r"[\s-]+", words.lower()) if p not in {"the", "year", "and"}]
    thousand = parts[:2] == ["two", "thousand"]
    head = 2000 if thousand else int(_SMALL[parts[0]]) * 100
    return head + int(sum(_SMALL.get(p, 0) for p in parts[1 + thousand :]))


def year_said(g: Groups, a: Anchor) -> int | None:
    """The year in the groups `y` or `rel` ("last year")."""
    if "y" in g or "rel" not in g or a.day is None:
        return year_in(g["y"]) if "y" in g else None
    return a.day.year + {"this": 0, "last": -1, "next": 1}[g["rel"].split()[0].lower()]


def hour_of(g: Groups) -> str:
    """The hour or part of the day in the groups, as the end of a value: T22:00 for "10 p.m."."""
    if "clock" not in g:
        return _CAL["parts"].get(g.get("part", "").lower(), "")
    m = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?(a|p)?", g["clock"].lower())
    if not m:
        return "T24:00" if "midnight" in g["clock"].lower() else "T12:00"
    hour = int(m[1]) % 12 + 12 * (m[3] == "p") if m[3] else int(m[1])
    return f"T{hour:02d}:{m[2] or '00'}" if hour < 25 else ""


def day(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """23 November 2017, the 9th of May, Nov. 23, 10 p.m. on Thursday 5 May."""
    month, number, year = month_number(g["m"]), ordinal_day(g["d"]), year_said(g, a)
    if g["m"].lower() == "mar" or not safe_date(year or 2000, month, number):
        return None
    return a.dated(month, number, *m.span(), year=year) + hour_of(g)


def days(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """21 to 24 November; May 30 - June 2, 2018."""
    one, two = ordinal_day(g["d"]), ordinal_day(g["d2"])
    first, second = (month_number(g.get(k) or g.get("m") or g["m2"]) for k in ("m", "m2"))
    same = first == second
    if not (1 <= one <= 31 and 1 <= two <= 31) or same and one >= two and "y2" not in g:
        return None
    apart = same and two - one > 1 and re.search(r"(?i)\sand\s", m.group())
    if apart and not a.left(_P["between"], m.start(), 10):
        return None  # "3 and 5 May"
    end_year = year_in(g["y2"]) if "y2" in g else a.year_of(second, two, *m.span())
    begin_year = year_in(g["y"]) if "y" in g else end_year and end_year - (first > second)
    begin = a.dated(first, one, *m.span(), year=begin_year)
    return f"{begin}/{a.dated(second, two, *m.span(), year=end_year)}"


def numeric(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """2017-11-23, 23.11.2017, 22/Jan/2019, from 5/22: the order by what the document shows."""
    first, second, year = int(g["d"]), month_number(g["m"]), year_in(g.get("y", "2000"))
    if g["m"].isdigit() and not re.match(r"\d{4}", m.group()):
        if g["s"] != "/" and len(g["y"]) == 2:
            return None
        if second > 12 or first <= 12 and not (a.day_first or g["s"] == "."):
            first, second = second, first
    if not 1500 <= year <= 2199 or not safe_date(year, second, first):
        return None
    return a.dated(second, first, *m.span(), year=year if "y" in g else None)


def month(m: re.Match[str], g: Groups, a: Anchor) -> str:
    """April 1999, early May 2016, June last year, last April, mid-November, 12-2015."""
    which, year = g.get("which", "").lower(), year_said(g, a)
    if which in {"each", "every"}:
        return f"XXXX-{month_number(g['m']):02d}"
    which, number = which if a.day else "", month_number(g["m"])
    year = year or a.year_of(number, 0, *m.span(), which=which)
    return a.dated(number, 0, *m.span(), year)


def years(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """FY23, fiscal 2018/19, calendar 2008; 2012–13, between 2014 and 2017, from 2015 to 2020."""
    first = year_in(g["y"])
    if "y2" not in g:
        return f"{first:04d}"
    short, to = len(g["y2"]) == 2, g.get("to", "/").strip()
    gap = (int(g["y2"]) - first) % 100 if short else int(g["y2"]) - first  # 1999/00
    dated = int(g["y2"]) <= 12 and gap != 1  # 2012-05
    unfit = not 0 < gap < 300 or short and (to.isalpha() or gap > 15 or dated)
    if unfit or to == "and" and not a.left(_P["between"], m.start(), 14):
        return None
    return f"{first:04d}/{first + gap:04d}"


def decade(m: re.Match[str], g: Groups, a: Anchor) -> str:
    """the 1990s, mid-2000s, the ’80s, the nineties."""
    number = g.get("c") or str(DECADES[g["w"].lower().removesuffix("ties")])
    return number if len(number) == 3 else f"{19 if number > '2' else 20}{number}"


def century(m: re.Match[str], g: Groups, a: Anchor) -> str | None:
    """21st century, the eleventh century."""
    number = ordinal_day(g["n"])
    return f"{number - 1:02d}" if 1 <= number <= 30 else None


def quarter(m: re.Match[str], g: Groups, a: Anchor) -> Amount | None:
    """third quarter of 2022, this year's first half, the third-quarter loss, Q3 2022, 3Q22."""
    number, letter, year = ordinal_day(g["n"]), g["u"][0].upper(), year_said(g, a)
    half, code, the = letter == "H", len(g["u"]) == 1, g.get("the")
    told = year or not code and (a.day or "year" in a.text[m.end() : m.end() + 20])
    if half and (number > 2 or not told) or code and not year and m.group()[0] == "q":
        return None
    if not year and a.day:
        year = a.year_of_part(number, *m.span(), months=6 if half else 3) - ("ago" in g)
    if year and a.day and not half:
        a.quarters.append((m.start(), year, number))
    bare = the and ("y" in g or half or a.text[m.start("u") - 1] == "-")  # no article then
    start = m.end("the") if bare else m.start()
    return Amount(start, m.end(), f"{year or 'XXXX'}-{letter}{number}")


def year(m: re.Match[str], g: Groups, a: Anchor) -> Amount | str | None:
    """2016, mid-1996, the ’87 title, nineteen ninety-six; who reads judges plain digits."""
    number, start, plain = year_in(g["y"]), m.start("x"), "plain" in g
    if plain and g["y"][0].isdigit():
        return Amount(start, m.end(), f"{number:04d}", year_only=True)
    if plain and g["y"].lower().startswith(("twenty", "two")):
        counted = _P["counted_next"].match(a.text, m.end(), m.end() + 20)
        if counted or not a.left(_P["year_cue"], start, 12):
            return None
    return f"{number:04d}"
