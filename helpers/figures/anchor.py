"""The day a text stands on, and arithmetic on TIMEX3 values: days, grains and parts of a period."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from .rules import groups, patterns, read_toml

_P = patterns("anchor")
_T = patterns("tense")
MONTH_NAMES = read_toml("calendar")["months"]
LAST, NEXT = {"last", "previous", "past"}, {"next", "coming", "following"}
LENGTH, VALUE = patterns("timex")["length"], patterns("timex")["value"]
REACH = 110  # characters to either side in which verbs are looked for
DAYS = {"D": 1, "W": 7, "WE": 7, "2W": 14}
MONTHS = {"M": 1, "S": 3, "Q": 3, "H": 6, "Y": 12, "10Y": 120, "100Y": 1200, "1000Y": 12000}
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


def part_of(timex: str, first: int, count: int, unit: str) -> str | None:
    """The nth units of a period: (2016, 1, 3, "M") is 2016-01/2016-03, `first` -1 the last ones.

    A unit of 1 to 7 is a weekday. Weeks count by their Thursdays as in ISO 8601; several weeks are
    given in days.
    """
    period, letter = days_of(timex), grain(timex)
    if period is None or letter is None:
        return None
    halved = unit == "H" and letter in HALVES
    if halved:
        unit, count = HALVES[letter]
    elif count > 1 and unit in {"W", "Q"}:  # two quarters are a half
        unit, count = ("D", count * 7) if unit == "W" else ("H", 1) if count == 2 else (unit, count)
    pivot = int(unit) if unit.isdigit() else PIVOTS.get(unit)
    days = (period[0] + timedelta(n) for n in range((period[1] - period[0]).days + 1))
    parts = [*dict.fromkeys(shown(day, unit) for day in days if pivot in {None, day.isoweekday()})]
    begin = (first - 1) * count if first > 0 else len(parts) - count
    chosen = parts[begin:] if halved and begin else parts[begin : begin + count]
    if len(parts) == 1 or begin < 0 or len(chosen) < count:
        return None
    return chosen[0] if count == 1 else f"{chosen[0]}/{chosen[-1]}"


def month_number(name: str) -> int:
    """1–12 for a month's name, abbreviation or number."""
    return int(name) if name.isdigit() else int(MONTH_NAMES[name.lower().rstrip(".")])


class Anchor:
    """Resolves times of one text against its date, or the year of a full date in its opening."""

    def __init__(self, text: str, day: date | None) -> None:
        self.text = text
        day = day if day and 999 < day.year < 9000 else None  # room for "a century ago"
        self.day = _dateline(text, day) if day else None
        self.quarters: list[tuple[int, int, int]] = []  # (place, year, quarter) as mentioned
        slashed = [(int(m[1]) > 12, int(m[3]) > 12) for m in _P["slash_date"].finditer(text)]
        # is 4/5/2016 the fourth of May here?
        self.day_first = slashed.count((True, False)) > slashed.count((False, True))
        # what rules ask of the text: who makes "May" a name; where the year begins in April
        self.marks = frozenset(m for m in ("mrs_may", "indian") if _P[m].search(text))
        self.reference = day
        opening = None if day else _P["full_date"].search(text[:600])
        if opening:
            g = groups(opening)
            self.reference = safe_date(int(g["y"]), month_number(g["m"]), int(g["d"]))

    def left(self, pattern: re.Pattern[str], start: int, reach: int = 30) -> re.Match[str] | None:
        """The match of a pattern that ends where the characters before `start` do."""
        return pattern.search(self.text, max(0, start - reach), start)

    def tense(self, start: int, end: int) -> str | None:
        """`past`, `future` or None for the time expression at [start, end), by the nearest verb."""
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
        years = (ref.year - 1, ref.year, ref.year + 1)
        gaps = [(30 * (12 * (y - ref.year) + month - ref.month), y) for y in years if not day]
        places = [safe_date(y, month, day) for y in years if day]
        gaps += [((place - ref).days, place.year) for place in places if place]
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
        ahead = number > now and way != "future"
        return self.day.year - (ahead and (way == "past" or months == 3 and number - now >= 2))

    def dated(self, month: int, day: int, start: int, end: int, year: int | None = None) -> str:
        """`2017-11-23`, `2017-11` for day 0, `XXXX-11-23` where no year is known."""
        year = year or self.year_of(month, day, start, end)
        known = f"{year:04d}" if year else "XXXX"
        return f"{known}-{month:02d}" + (f"-{day:02d}" if day else "")

    def weekday(self, number: int, start: int, end: int, *, which: str = "") -> date | None:
        """The day that a weekday name means: last, next, this, or by tense."""
        if self.day is None:
            return None
        today = self.day.isoweekday()
        back, ahead = (today - number) % 7, (number - today) % 7
        future = self.tense(start, end) == "future"
        coming = which == "this" and future and number < today
        if which in {"this", "next"} and not coming:
            offset = number - today + 7 * (which == "next")
        elif which and not coming:
            offset = -(back or 7) if which in LAST else ahead or 7
        else:
            offset = ahead if future else -back
        return self.day + timedelta(offset)

    def shift(self, length: str, sign: int) -> str | None:
        """The time a TIMEX3 length from the anchor in its finest unit; a few weeks in days."""
        m = LENGTH.fullmatch(length)
        if self.day is None or m is None:
            return None
        parts = {unit: sign * int(count) for unit, count in m.groupdict().items() if count}
        try:
            there = self.day + relativedelta(**parts)
        except (OverflowError, ValueError):
            return None
        letter = [*parts][-1][0].upper()
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
