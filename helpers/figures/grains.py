"""Arithmetic on TIMEX3 values: the days of a period, its grain, periods moved and cut."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

DAYS = {"D": 1, "W": 7, "WE": 7, "2W": 14}
MONTHS = {"M": 1, "S": 3, "Q": 3, "H": 6, "Y": 12, "10Y": 120, "100Y": 1200, "1000Y": 12000}
FINE_TO_COARSE = ["D", "WE", "W", "2W", "M", "S", "Q", "H", "Y", "10Y", "100Y", "1000Y"]
VALUE = re.compile(
    r"(?P<D>\d{4}-\d\d-\d\d)(?:T.*)?|(?P<WE>\d{4}-W\d\d-WE)|(?P<W>\d{4}-W\d\d)|(?P<M>\d{4}-\d\d)"
    r"|(?P<S>\d{4}-(?:SP|SU|FA|AU|WI))|(?P<Q>\d{4}-Q[1-4])|(?P<H>\d{4}-H[12])|(?P<Y>\d{4})|(?P<Y10>\d{3})|(?P<Y100>\d\d)"
)
LENGTH = re.compile(
    r"P(?=\d)(?:(?P<Y>\d+)Y)?(?:(?P<M>\d+)M)?(?:(?P<W>\d+)W)?(?:(?P<D>\d+)D)?(?:T\w+)?"
)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}  # their first months
HALVES = {"M": ("D", 15), "10Y": ("Y", 5), "100Y": ("Y", 50)}
PIVOTS = {"W": 4, "WE": 6}  # a week belongs to the month, or year, of its Thursday


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def shown(day: date, letter: str) -> str:
    """The TIMEX3 value of the period of that grain in which the day lies."""
    year, week, _ = day.isocalendar()
    if letter in PIVOTS:
        return f"{year:04d}-W{week:02d}" + "-WE" * (letter == "WE")
    if letter in {"Q", "H"}:
        months = MONTHS[letter]
        return f"{day.year:04d}-{letter}{(day.month + months - 1) // months}"
    return day.isoformat()[: {"M": 7, "Y": 4, "10Y": 3, "100Y": 2, "1000Y": 4}.get(letter, 10)]


def moved(day: date, count: int, letter: str) -> date | None:
    """The day so many units away, at most the last of its month; None outside the calendar."""
    try:
        if letter in DAYS:
            return day + timedelta(days=count * DAYS[letter])
        return day + relativedelta(months=count * MONTHS[letter])
    except (OverflowError, ValueError):
        return None


def grain(timex: str | None) -> str | None:
    """The letter of the period that a value names: `M` for 2016-10; None for ranges and sets."""
    m = VALUE.fullmatch(timex or "")
    return {"Y10": "10Y", "Y100": "100Y"}.get(m.lastgroup or "", m.lastgroup) if m else None


def days_of(timex: str) -> tuple[date, date] | None:
    """The first and the last day of a period."""
    letter = grain(timex)
    if letter is None:
        return None
    year, *rest = (int(n) for n in re.findall(r"\d+", timex.partition("T")[0]))
    try:
        if letter in PIVOTS:
            first = date.fromisocalendar(year, rest[0], 1)
            return first + timedelta(5 if letter == "WE" else 0), first + timedelta(6)
        years = MONTHS[letter] // 12 if letter in MONTHS else 0
        month = (rest[0] - 1) * MONTHS.get(letter, 1) + 1 if rest else SEASONS.get(timex[5:], 1)
        first = date(year * max(years, 1), month, rest[1] if letter == "D" else 1)
    except ValueError:
        return None
    after = moved(first, 1, letter)
    return (first, after - timedelta(1)) if after else None


def add(day: date, length: str, sign: int) -> tuple[date, str] | None:
    """(the day a TIMEX3 length away, the finest unit of the length): "P2Y1M" ends in months."""
    m = LENGTH.fullmatch(length)
    if m is None or "T" in length:
        return None
    counts = {letter: sign * int(count) for letter, count in m.groupdict().items() if count}
    there: date | None = day
    for letter, count in counts.items():
        there = moved(there, count, letter) if there else None
    return (there, [*counts, "D"][len(counts) - 1]) if there else None


def from_day(timex: str, length: str, sign: int) -> str | None:
    """The period a length away from a period, in its grain.

    None where the length is finer than the period ("two days after March").
    """
    days, letter = days_of(timex), grain(timex)
    end = add(days[0], length, sign) if days else None
    if not letter or end is None or coarse(letter) > coarse(end[1]):
        return None
    return shown(end[0], letter)


def coarse(letter: str) -> int:
    """How coarse a grain is; days are finest."""
    return FINE_TO_COARSE.index(letter)


def part_of(timex: str, first: int, count: int, unit: str) -> str | None:
    """The nth units of a period: (2016, 1, 3, "M") is 2016-01/2016-03, `first` -1 the last ones.

    A unit of 1 to 7 is a weekday. Weeks count by their Thursdays as in ISO 8601; several weeks are
    given in days.
    """
    days, letter = days_of(timex), grain(timex)
    pivot = int(unit) if unit.isdigit() else PIVOTS.get(unit)
    if not days or not letter:
        return None
    low, high = days
    if unit == "H" and letter in HALVES:
        unit, size = HALVES[letter]
        edge = moved(low, size, unit) or high
        two = (low, edge - timedelta(1)) if first == 1 else (edge, high)
        return "/".join(shown(d, unit) for d in two)
    if coarse(letter) <= coarse("D" if unit.isdigit() else unit):
        return None
    if pivot and count == 1:
        if first > 0:
            there = low + timedelta((pivot - low.isoweekday()) % 7 + 7 * (first - 1))
        else:
            there = high - timedelta((high.isoweekday() - pivot) % 7 - 7 * (first + 1))
        return shown(there, "D" if unit.isdigit() else unit) if low <= there <= high else None
    begin = moved(low, first - 1, unit) if first > 0 else moved(high + timedelta(1), first, unit)
    after = moved(begin, count, unit) if begin else None
    end = after - timedelta(1) if after else None
    if not begin or not end or begin < low or end > high:
        return None
    if count == 1 or unit == "Q" and count == 2 and shown(begin, "H") == shown(end, "H"):
        return shown(begin, unit if count == 1 else "H")
    unit = "D" if pivot else unit
    return f"{shown(begin, unit)}/{shown(end, unit)}"
