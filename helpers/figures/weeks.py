"""Weeks and weekends: the weekend, the week of March 6."""

from __future__ import annotations

import re
from datetime import date, timedelta

from helpers.figures.anchor import Anchor, week
from helpers.figures.dates import DAY, MONTH, YEAR, Rule, Timed, register
from helpers.figures.readings import month_number, ordinal_day

__all__ = ["WEEKS"]

WEEKS: list[Rule] = []
rule = register(WEEKS)


@rule(
    r"""(?<![\w-]) (?:over\s+the|for\s+the|this|last|at\s+the|the|next)\s+(?P<w>weekend) (?!\w
        |-)""",
    needs="p",
    hints=["weekend"],
)
def weekend(m: re.Match[str], a: Anchor) -> Timed | None:
    """the weekend."""
    if a.day is None:
        return None
    ahead = a.tense(*m.span()) == "future" and not m.group().lower().startswith(
        ("over", "last", "for")
    )
    day = (
        a.day + timedelta((6 - a.day.isoweekday()) % 7)
        if ahead
        else a.day - timedelta(a.day.isoweekday() % 7 + 1 if a.day.isoweekday() != 6 else 0)
    )
    low = m.group().lower()
    start = m.start() + (low.index("the") if "the" in low else 0)
    return Timed(start, m.end(), week(day) + "-WE")


@rule(
    rf"""(?<![\w-]) the\s+week\s+(?:of|ended|ending|beginning
        |starting)\s+(?P<m>{MONTH})\s+(?P<d>{DAY}) (?!\w)""",
    needs="m",
    hints=["the week"],
)
def week_of(m: re.Match[str], a: Anchor) -> Timed | None:
    """the week of March 6."""
    stamp = a.month_day(month_number(m["m"]), int(re.match(r"\d+", m["d"]).group()), *m.span())  # type: ignore[union-attr]
    return None if stamp.startswith("X") else Timed(*m.span(), week(date.fromisoformat(stamp)))


@rule(
    rf"""(?<![\w-]) (?:the\s+)?
         (?: (?P<n>first|second|third|fourth|fifth|\d\d?(?:st|nd|rd|th))\s+week
         | week\s+(?P<w>\d\d?) )
         \s+(?:of|in)\s+ (?:(?P<y>{YEAR})|(?P<rel>this|last|next)\s+year) (?!\w)""",
    needs="p",
    hints=["week"],
)
def week_of_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """week 3 of 2027, the second week of 2021."""
    number = int(m["w"] or 0) or ordinal_day(m["n"].lower())
    if not 1 <= number <= 53 or not (m["y"] or a.day):
        return None
    shift = {"this": 0, "last": -1, "next": 1}.get((m["rel"] or "this").lower(), 0)
    year = int(m["y"]) if m["y"] else a.day.year + shift  # type: ignore[union-attr]
    return Timed(*m.span(), f"{year:04d}-W{number:02d}")


@rule(
    r"""(?<![\w-]) the\s+(?:(?P<week>week\s+after\s+next)|previous\s+day) (?!\w)""",
    needs="p",
    hints=["week after", "previous day"],
)
def beside(m: re.Match[str], a: Anchor) -> Timed | None:
    """the week after next; the previous day, counted from the document's own."""
    timex = a.grain("W", 2) if m["week"] else a.grain("D", -1)
    return Timed(*m.span(), timex) if timex else None


@rule(
    r"""(?<![\w-]) (?:the\s+)?year[\s-]to[\s-]date (?!\w)""",
    needs="p",
    hints=["to date", "to-date"],
)
def year_to_date(m: re.Match[str], a: Anchor) -> Timed | None:
    """the year to date."""
    return Timed(*m.span(), f"{a.day.year:04d}") if a.day else None


@rule(
    r"""(?<![\w-]) (?:the\s+)? (?P<n>\d\d?(?:st|nd|rd|th))
         \s+month\s+of\s+ (?P<rel>this|last|next)\s+year (?!\w)""",
    needs="p",
    hints=["month"],
)
def month_of_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """the 9th month of next year."""
    number = ordinal_day(m["n"])
    if a.day is None or not 1 <= number <= 12:
        return None
    year = a.day.year + {"this": 0, "last": -1, "next": 1}[m["rel"].lower()]
    return Timed(*m.span(), f"{year:04d}-{number:02d}")
