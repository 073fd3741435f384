"""The day a text stands on: years for days and months without one, weekdays, past or future."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cached_property

from .grains import add, moved, safe_date, shown
from .lexicon import calendar, patterns
from .numbers import day_first
from .rules import groups

_P = patterns("anchor")
_T = patterns("tense")
LAST, NEXT = {"last", "previous", "past"}, {"next", "coming", "following"}
REACH = 110  # characters to either side in which verbs are looked for


def month_number(name: str) -> int:
    """1–12 for a month's name, abbreviation or number."""
    return int(name) if name.isdigit() else int(calendar()["months"][name.lower().rstrip(".")])


class Anchor:
    """Resolves time expressions of one text against its date, when it has one.

    Without a date, a full date in the opening lines gives the year to days and months without one;
    weekdays and "yesterday" stay unresolved.
    """

    def __init__(self, text: str, day: date | None) -> None:
        self.text = text
        day = day if day and 999 < day.year < 9000 else None  # room for "a century ago"
        self.day = _dateline(text, day) if day else None
        self.quarters: list[tuple[int, int, int]] = []  # (place, year, quarter) as mentioned
        self.reference = day
        opening = None if day else _P["full_date"].search(text[:600])
        if opening:
            g = groups(opening)
            self.reference = safe_date(int(g["y"]), month_number(g["m"]), int(g["d"]))

    @cached_property
    def day_first(self) -> bool:
        """Is 4/5/2016 the fourth of May in this text?"""
        return day_first(self.text)

    @cached_property
    def marks(self) -> frozenset[str]:
        """What rules may ask of the text: `mrs_may` (who makes "May" a name), `indian`."""
        return frozenset(m for m in ("mrs_may", "indian") if _P[m].search(self.text))

    def left(self, pattern: re.Pattern[str], start: int, reach: int = 30) -> re.Match[str] | None:
        """The match of a pattern that ends where the characters before `start` do."""
        return pattern.search(self.text, max(0, start - reach), start)

    def tense(self, start: int, end: int) -> str | None:
        """`past`, `future` or None for the time expression at [start, end), by the nearest verb.

        "By Friday", "payable Friday" are future unless the clause is in the past. Looks 110
        characters to either side, not beyond the sentence.
        """
        text = self.text
        left = _T["stop"].split(text[max(0, start - REACH) : start])[-1]
        right = _T["stop"].split(text[end : end + REACH])[0]
        over = _T["over"].search(left[-50:]) or _T["over"].search(right[:30])
        told = _T["after"].search(left) and text.startswith(("'s", "’s"), end)
        if _T["deadline"].search(left) and (_T["threat"].search(left) or not over):
            return "future"
        if told or _T["planned"].search(left):  # "after Monday's loss", "they play Saturday"
            return "past" if told else "future"
        verbs = [(len(left) - stop, name) for name, _, stop in _verbs(left)]
        verbs += [(place + 12, name) for name, place, _ in _verbs(right)]
        return min(verbs, key=lambda verb: verb[0])[1] if verbs else None

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
        too_far = abs(best[0]) > 3 * abs(nearest[0]) + 60 and (day or way <= 0)
        return nearest[1] if too_far else best[1]

    def year_of_part(self, number: int, start: int, end: int, *, months: int) -> int:
        """The year of a quarter or half without one: the last that has ended or runs, by tense."""
        assert self.day is not None
        now, way = (self.day.month - 1) // months + 1, self.tense(start, end)
        if way == "future" and months == 3:
            return self.day.year + (number < now - 1)
        ahead = number > now and way != "future"
        return self.day.year - (ahead and (way == "past" or months == 3 and number - now >= 2))

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
        known = f"{year:04d}" if year else "XXXX"
        return f"{known}-{month:02d}" + (f"-{day:02d}" if day else "")

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
        if found is None or self.day is None:
            return None
        there, letter = found
        near = abs((there - self.day).days) < 28
        return shown(there, "D" if letter == "W" and near else letter)

    def grain(self, letter: str, offset: int) -> str | None:
        """The period of the anchor itself, so many periods away: last week, next quarter."""
        there = moved(self.day, offset, letter) if self.day else None
        return shown(there, letter) if there else None


def _verbs(clause: str) -> list[tuple[str, int, int]]:
    """(tense, start, end) of the verbs that say when; "will be held" is future as a whole."""
    found = [("future", *m.span()) for m in _T["future"].finditer(clause)]
    for m in _T["past"].finditer(clause):
        modal = _T["modal"].search(clause[: m.start()])
        found.append(("future" if modal else "past", *m.span()))
    return found


def _dateline(text: str, day: date) -> date:
    """The day of the dateline ("PORT SALINE, June 3.—") where it is at most three days earlier."""
    m = _P["dateline"].match(text[:90])
    there = safe_date(day.year, month_number(m["m"]), int(m["d"])) if m else None
    return there if there and 0 < (day - there).days <= 3 else day
