"""The day a text stands on: years for days and months without one, weekdays, shifts, TIMEX3."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property

from .grains import add, moved, safe_date, shown
from .styles import day_first
from .tense import tense

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
LAST, NEXT = {"last", "previous", "past"}, {"next", "coming", "following"}


class Anchor:
    """Resolves time expressions of one text against its date, when it has one.

    Without a date, a full date in the opening lines gives the year to days and months without one;
    weekdays and "yesterday" stay unresolved.
    """

    def __init__(self, text: str, day: date | None) -> None:
        self.text = text
        day = day if day and 999 < day.year < 9000 else None  # room for "a century ago"
        self.day = _dateline(text, day) if day else None
        self._said: dict[re.Pattern[str], bool] = {}
        self.quarters: list[tuple[int, int, int]] = []  # (place, year, quarter) as mentioned
        opening = None if day else FULL_DATE.search(text[:600])
        self.reference = day
        if opening:
            d, m, y = (opening[1], opening[2], opening[3]) if opening[1] else (
                opening[5], opening[4], opening[6])  # fmt: skip
            month = MONTH_NAMES.split("|").index(m) + 1
            self.reference = safe_date(int(y), month, int(d))

    @cached_property
    def day_first(self) -> bool:
        """Is 4/5/2016 the fourth of May in this text?"""
        return day_first(self.text)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Does the text say so anywhere? Looked for once."""
        if pattern not in self._said:
            self._said[pattern] = pattern.search(self.text) is not None
        return self._said[pattern]

    def tense(self, start: int, end: int) -> str | None:
        """Past or future at this place of the text."""
        return tense(self.text, start, end)

    def year_of(self, month: int, day: int, start: int, end: int, *, which: str = "") -> int | None:
        """The year of a month (day 0) or day without one: last, next, else the nearest by tense."""
        ref = self.reference
        if ref is None:
            return None
        if which:
            there, now = (month, day), (ref.month, ref.day if day else 0)
            return ref.year - (which in LAST and there >= now) + (which in NEXT and there <= now)
        way = {"past": 1, "future": -1}.get(self.tense(start, end) or "", 0)
        gaps = []  # (days to the place of the year before, of this year, of the next)
        for year in (ref.year - 1, ref.year, ref.year + 1):
            place = safe_date(year, month, day) if day else None
            if place or not day:
                months = (year - ref.year) * 12 + month - ref.month
                gaps.append(((place - ref).days if place else 30 * months, year))
        if not gaps:
            return None
        fitting = [gap for gap in gaps if way and way * gap[0] <= bool(day)]
        nearest, best = (min(g, key=lambda o: (abs(o[0]), o[0])) for g in (gaps, fitting or gaps))
        far = 3 * abs(nearest[0]) + 60 if day else 2 * abs(nearest[0]) + 30
        too_far = abs(best[0]) > far and not (way > 0 and day == 0)
        return nearest[1] if too_far else best[1]

    def near_year(self, words: str) -> int | None:
        """The year of "this year", "last year", "next"."""
        shift = {"this": 0, "last": -1, "next": 1}[words.split()[0].lower()]
        return self.day.year + shift if self.day else None

    def dated(
        self, month: int, day: int, start: int, end: int, *, year: int | None = None,
        which: str = "",
    ) -> str:  # fmt: skip
        """`2017-11-23`, `2017-11` for day 0, `XXXX-11-23` where no year is known."""
        year = year or self.year_of(month, day, start, end, which=which)
        return f"{year or 'XXXX'}-{month:02d}" + (f"-{day:02d}" if day else "")

    def weekday(self, number: int, start: int, end: int, *, which: str = "") -> date | None:
        """The day that a weekday name means: last, next, this, or by tense."""
        if self.day is None:
            return None
        today = self.day.isoweekday()
        back, ahead = (today - number) % 7, (number - today) % 7
        if which in LAST:
            return self.day - timedelta(back or 7)
        if which == "next":
            return self.day + timedelta(7 + number - today)
        if which in NEXT:
            return self.day + timedelta(ahead or 7)
        future = self.tense(start, end) == "future"
        if which == "this" and not (future and number < today):
            return self.day + timedelta(number - today)
        return self.day + timedelta(ahead if future else -back)

    def shift(self, length: str, sign: int) -> str | None:
        """The time a TIMEX3 length from the anchor in its finest unit; a few weeks in days."""
        found = add(self.day, length, sign) if self.day else None
        if found is None:
            return None
        there, letter = found
        near = abs((there - self.day).days) < 28 if self.day else False
        return shown(there, "D" if letter == "W" and near else letter)

    def grain(self, letter: str, offset: int) -> str | None:
        """The period of the anchor itself, so many periods away: last week, next quarter."""
        there = moved(self.day, offset, letter) if self.day else None
        return shown(there, letter) if there else None


def _dateline(text: str, day: date) -> date:
    """The day of the dateline ("PORT SALINE, June 3.—") where it is at most three days earlier."""
    m = DATELINE.match(text[:90])
    if m is None:
        return day
    names = [name[:3] for name in MONTH_NAMES.split("|")]
    there = safe_date(day.year, names.index(m["m"][:3]) + 1, int(m["d"]))
    return there if there and 0 < (day - there).days <= 3 else day
