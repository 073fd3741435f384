"""The day a text stands on: years for days and months without one, weekdays, shifts, TIMEX3."""

from __future__ import annotations

import re
from datetime import date, timedelta

from helpers.figures.styles import day_first
from helpers.figures.tense import tense

__all__ = ["Anchor"]

MONTH_NAMES = (
    r"January|February|March|April|May|June|July|August|September|October|November|December"
)
FULL_DATE = re.compile(
    rf"\b(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+({MONTH_NAMES}),?\s+((?:19|20)\d\d)"
    rf"|({MONTH_NAMES})\s+(\d{{1,2}}),?\s+((?:19|20)\d\d))\b"
)
DATELINE = re.compile(
    rf"\s*[A-Z][\w .,'’-]{{2,40}}?,\s+"
    rf"(?P<m>{MONTH_NAMES}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
    r"\s(?P<d>\d{1,2})[.,]?\s*(?:\(|—|--|–|-|/|:)"
)
UNIT_DAYS = {"D": 1, "W": 7, "2W": 14}


class Anchor:
    """Resolves time expressions of one text against its date, when it has one.

    Without a date, a full date in the opening lines gives the year to days and months without one;
    weekdays and "yesterday" stay unresolved.
    """

    def __init__(self, text: str, day: date | None) -> None:
        self.text = text
        self.day = _dateline(text, day) if day else None
        self._day_first: bool | None = None
        self.quarters: list[tuple[int, int, int]] = []  # (place, year, quarter) as mentioned
        opening = None if day else FULL_DATE.search(text[:600])
        self.reference = day
        if opening:
            d, m, y = (opening[1], opening[2], opening[3]) if opening[1] else (
                opening[5], opening[4], opening[6])  # fmt: skip
            month = MONTH_NAMES.split("|").index(m) + 1
            self.reference = safe_date(int(y), month, int(d))

    @property
    def day_first(self) -> bool:
        """Is 4/5/2016 the fourth of May in this text?"""
        if self._day_first is None:
            self._day_first = day_first(self.text)
        return self._day_first

    def tense(self, start: int, end: int) -> str | None:
        """Past or future at this place of the text."""
        return tense(self.text, start, end)

    def year_of(self, month: int, day: int, start: int, end: int) -> int | None:
        """The year of a month (day 0) or day without one, by tense, else the nearest."""
        ref = self.reference
        if ref is None:
            return None
        way = self.tense(start, end)
        options = []
        for year in (ref.year - 1, ref.year, ref.year + 1):
            if day == 0:
                gap = (year - ref.year) * 12 + month - ref.month
                options.append((gap * 30, year))
            else:
                there = safe_date(year, month, day)
                if there:
                    options.append(((there - ref).days, year))
        if not options:
            return None
        slack = 0 if day == 0 else 1
        ways = {"past": 1, "future": -1}
        fitting = [o for o in options if way in ways and ways[way] * o[0] <= slack]
        nearest = min(options, key=lambda o: (abs(o[0]), o[0]))
        best = min(fitting or options, key=lambda o: (abs(o[0]), o[0]))
        if way == "past" and day == 0:
            return best[1]
        far = 3 * abs(nearest[0]) + 60 if day else 2 * abs(nearest[0]) + 30
        return nearest[1] if abs(best[0]) > far else best[1]

    def near_year(self, words: str) -> int | None:
        """The year of "this year", "last year", "next"."""
        shift = {"this": 0, "last": -1, "next": 1}[words.split()[0].lower()]
        return self.day.year + shift if self.day else None

    def month_day(
        self, month: int, day: int, start: int, end: int, *, year: int | None = None
    ) -> str:
        """`2017-11-23`, or `XXXX-11-23` where no year is known."""
        year = year or self.year_of(month, day, start, end)
        return f"{year:04d}-{month:02d}-{day:02d}" if year else f"XXXX-{month:02d}-{day:02d}"

    def month(self, month: int, start: int, end: int, *, year: int | None = None) -> str:
        """`2017-11`, or `XXXX-11`."""
        year = year or self.year_of(month, 0, start, end)
        return f"{year:04d}-{month:02d}" if year else f"XXXX-{month:02d}"

    def weekday(self, number: int, start: int, end: int, *, which: str = "") -> date | None:
        """The day that a weekday name means: last, next, this, or by tense."""
        if self.day is None:
            return None
        today = self.day.isoweekday()
        back, ahead = (today - number) % 7, (number - today) % 7
        if which in {"last", "previous", "past"}:
            return self.day - timedelta(back or 7)
        if which in {"coming", "following"}:
            return self.day + timedelta(ahead or 7)
        if which == "next":
            return self.day + timedelta(7 + number - today)
        future = self.tense(start, end) == "future"
        if which == "this" and not (future and number < today):
            return self.day + timedelta(number - today)
        return self.day + timedelta(ahead if future else -back)

    def shift(self, count: float, letter: str) -> str | None:
        """The TIMEX3 of the time so many units from the anchor, in the grain of the unit."""
        day = self.day
        if day is None:
            return None
        try:
            if letter in UNIT_DAYS:
                there = day + timedelta(days=count * UNIT_DAYS[letter])
                return week(there) if letter == "W" and abs(count) > 3 else there.isoformat()
            if letter == "M":
                months = day.year * 12 + day.month - 1 + int(count)
                return f"{months // 12:04d}-{months % 12 + 1:02d}"
            if letter == "Q":
                quarters = day.year * 4 + (day.month - 1) // 3 + int(count)
                return f"{quarters // 4:04d}-Q{quarters % 4 + 1}"
            times = {"Y": 1, "10Y": 10, "100Y": 100, "1000Y": 1000}.get(letter)
            if times and 0 < day.year + count * times < 9999:
                return f"{int(day.year + count * times):04d}"
        except (OverflowError, ValueError):
            return None
        return None

    def grain(self, letter: str, offset: int) -> str | None:
        """The period of the anchor itself, so many periods away: last week, next quarter."""
        day = self.day
        if day is None:
            return None
        if letter == "D":
            return (day + timedelta(offset)).isoformat()
        if letter == "W":
            return week(day + timedelta(7 * offset))
        if letter == "WE":
            return week(day + timedelta(7 * offset)) + "-WE"
        if letter == "10Y":
            return f"{day.year // 10 + offset:03d}"
        if letter == "100Y":
            return f"{day.year // 100 + offset:02d}"
        return self.shift(offset, letter)


def _dateline(text: str, day: date) -> date:
    """The day of the dateline ("PORT SALINE, June 3.—") where it is at most three days earlier."""
    m = DATELINE.match(text[:90])
    if m is None:
        return day
    names = [name[:3] for name in MONTH_NAMES.split("|")]
    there = safe_date(day.year, names.index(m["m"][:3]) + 1, int(m["d"]))
    return there if there and 0 < (day - there).days <= 3 else day


def safe_date(year: int, month: int, day: int) -> date | None:
    """The date, or None when there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def week(day: date) -> str:
    """The ISO week of a day: `2016-W42`."""
    year, number, _ = day.isocalendar()
    return f"{year:04d}-W{number:02d}"
