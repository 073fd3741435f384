"""Days: where the TIMEX3 value of a date lies on the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..figures.grains import days_of as period_days
from ..figures.grains import moved

YEAR_UNKNOWN = 2000  # a leap year, so that every day of every year has its place
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}  # their first months


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
    anchor = iso_day(near)
    found = [_days(part, anchor) for part in parts]
    if len(parts) > 2 or not all(found):
        return None
    first, last = found[0], found[-1]
    if last.last < first.first and first.year == last.year != "written":
        after = moved(last.last, 1, "Y")
        last = Days(last.first, after or last.last, last.year)
    ways = {first.year, last.year}
    if last.last < first.first or (len(ways) > 1 and "unknown" in ways):
        return None
    return Days(first.first, last.last, first.year if len(ways) == 1 else "resolved")


def _days(value: str, anchor: date | None) -> Days | None:
    if not value.startswith("XXXX"):
        found = _period(value)
        return Days(*found, "written") if found else None
    years = [anchor.year + shift for shift in (0, -1, 1)] if anchor else [YEAR_UNKNOWN]
    near = [found for year in years if value[4:] and (found := _period(f"{year:04}{value[4:]}"))]
    first, last = min(
        near, key=lambda days: abs((days[0] - (anchor or days[0])).days), default=(None, None)
    )
    return Days(first, last, "resolved" if anchor else "unknown") if near else None


def _period(value: str) -> tuple[date, date] | None:
    """First and last day of a value with a year; decades and centuries may end in X."""
    year, _, part = value.removeprefix("FY").partition("T")[0].partition("-")
    if part in SEASONS and year.isdigit():
        first = period_days(f"{year}-{SEASONS[part]:02}")
        after = moved(first[0], 3, "M") if first else None
        return (first[0], after - timedelta(days=1)) if after else None
    return period_days(f"{year}-{part}" if part else year.rstrip("X"))


def iso_day(day: object) -> date | None:
    """The day that an ISO text begins with, or None where it is none."""
    try:
        return date.fromisoformat(str(day)[:10])
    except ValueError:
        return None
