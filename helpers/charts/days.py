"""Days: where the TIMEX3 value of a date lies on the calendar."""
from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

YEAR_UNKNOWN = 2000  # a leap year, so that every day of every year has its place
HALVES = {"H1": (1, 6), "H2": (7, 12)}
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "WI": (12, 14)}
VALUE = re.compile(r"""
      (?:FY)?(?P<year>\d{4}|XXXX)               # 2016, XXXX
      (?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?  # 2017-11, 2017-11-23
          |Q(?P<quarter>[1-4])                   # 2023-Q1
          |W(?P<week>\d\d)(?:-(?:WE|(?P<weekday>[1-7])))?  # 2017-W47
          |(?P<part>H[12]|SP|SU|FA|AU|WI)))?     # 2023-H1, 2016-SU
      (?:T.{0,20})?
    | (?P<decade>\d{3})X?                        # 199: the 1990s
    | (?P<century>\d\d)(?:XX)?                   # 19: the 1900s
""", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day; `year` says how the year is known: "written", "resolved", "unknown"."""

    first: date
    last: date
    year: str


def days_of(timex: object, *, near: str | None = None) -> Days | None:
    """The days that a TIMEX3 date value covers, or None where it has no place on a calendar.

    A value without a year (`XXXX-11-23`) gets the year in which it lies nearest to the day
    `near`; without such a day its year stays unknown and stands as 2000.  Vague values
    (`PAST_REF`, `XXXX-WXX-4`) and durations have no place.

    timex : `2017-11-23`, `XXXX-11-21/XXXX-11-24`, `2016`, `199`, `2023-Q1`, …
    near : an ISO day, such as the publication date of the document.

    >>> days_of("XXXX-11-23", near="2017-11-24")
    Days(first=datetime.date(2017, 11, 23), last=datetime.date(2017, 11, 23), year='resolved')
    >>> days_of("PAST_REF") is None
    True
    """
    parts = str(timex)[:64].split("/")
    if len(parts) > 2:
        return None
    anchor = iso_day(near)
    found = [_days(part, anchor) for part in parts]
    if not all(found):
        return None
    first, last = found[0], found[-1]
    if last.last < first.first and first.year == last.year != "written":
        last = Days(last.first, _in_year(last.last, last.last.year + 1), last.year)
    ways = {first.year, last.year}
    if last.last < first.first or (len(ways) > 1 and "unknown" in ways):
        return None
    return Days(first.first, last.last, first.year if len(ways) == 1 else "resolved")


def _days(value: str, anchor: date | None) -> Days | None:
    found = VALUE.fullmatch(value)
    if not found:
        return None
    try:
        if found["decade"]:
            return _span(int(found["decade"]) * 10, 1, int(found["decade"]) * 10 + 9, 12)
        if found["century"]:
            return _span(int(found["century"]) * 100, 1, int(found["century"]) * 100 + 99, 12)
        if found["year"] != "XXXX":
            return _within(int(found["year"]), found, "written")
        if value == "XXXX":
            return None
        if not anchor:
            return _within(YEAR_UNKNOWN, found, "unknown")
        near = [_within(anchor.year + shift, found, "resolved") for shift in (0, -1, 1)]
        return min(near, key=lambda days: abs((days.first - anchor).days))
    except (ValueError, OverflowError):  # the 31st of June, a year 0
        return None


def _within(year: int, found: re.Match[str], known: str) -> Days:
    if found["day"]:
        day = _in_year(date(YEAR_UNKNOWN, int(found["month"]), int(found["day"])), year)
        return Days(day, day, known)
    if found["week"]:
        first = date.fromisocalendar(year, int(found["week"]), int(found["weekday"] or 1))
        return Days(first, first + timedelta(days=0 if found["weekday"] else 6), known)
    begin, end = 1, 12
    if found["month"]:
        begin = end = int(found["month"])
    elif found["quarter"]:
        begin, end = 3 * int(found["quarter"]) - 2, 3 * int(found["quarter"])
    elif found["part"]:
        begin, end = (HALVES | SEASONS)[found["part"]]
    return _span(year, begin, year, end, known)


def _span(year: int, month: int, last_year: int, last_month: int, known: str = "written") -> Days:
    """From the first of a month to the end of another; month 13 is the next January."""
    after = date(last_year + last_month // 12, last_month % 12 + 1, 1)
    return Days(date(year, month, 1), after - timedelta(days=1), known)


def _in_year(day: date, year: int) -> date:
    """The same day in another year; the 29th of February becomes the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def iso_day(day: object) -> date | None:
    """The day that an ISO text begins with, or None where it is none."""
    try:
        return date.fromisoformat(str(day)[:10])
    except ValueError:
        return None
