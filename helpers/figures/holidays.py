"""Seasons, holidays, weeks and weekends: summer of 2024, Thanksgiving, the week of March 6."""

from __future__ import annotations

import re
from datetime import date, timedelta

from helpers.figures.anchor import Anchor, safe_date, week
from helpers.figures.dates import ANYYEAR, DAY, MONTH, YEAR, Rule, Timed, after_the, register
from helpers.figures.lexicon import alternation, calendar
from helpers.figures.readings import month_number, ordinal_day, spelled_year

__all__ = ["HOLIDAYS"]

HOLIDAYS: list[Rule] = []
rule = register(HOLIDAYS)
_SEASONS = calendar()["seasons"]
_HOLIDAYS = calendar()["holidays"]


@rule(
    rf"""(?<![\w-]) (?:the\s+)? (?:(?:early|late|mid)[\s-]+)? (?P<s>spring|summer|autumn|fall
        |winter)
         (?:\s+of|,)?\s+ (?P<y>{ANYYEAR})(?:[-–/](?P<y2>\d\d(?:\d\d)?))? (?![\w])""",
    needs="s",
)
def season_year(m: re.Match[str], a: Anchor) -> Timed:
    """summer of 2024, winter 1994."""
    return Timed(after_the(m), m.end(), f"{spelled_year(m['y']):04d}-{_SEASONS[m['s'].lower()]}")


@rule(
    rf"""(?<![\w’-]) (?P<h>{alternation(_HOLIDAYS)}) (?:(?:,|\s+of|\s+in)?\s+(?:(?P<y>{YEAR})
        |(?P<rel>this|last|next)\s+year))? (?![\w]|[’']s\s+[A-Z])""",
    needs="h",
)
def holiday(m: re.Match[str], a: Anchor) -> Timed | None:
    """New Year's Eve, Christmas Day 2015."""
    if not m["h"][0].isupper() and not m["rel"]:
        return None
    if m["h"].lower() in {"christmas", "thanksgiving", "halloween"} and not (
        m["y"] or re.search(r"(?i)\b(?:last|this|before|by|until|since|on|after|next|at)\s+$",
                            a.text[max(0, m.start() - 8) : m.start()])
    ):  # fmt: skip
        return None
    spec = _HOLIDAYS[m["h"].lower()]
    year = int(m["y"]) if m["y"] else None
    if m["rel"]:
        year = a.near_year(m["rel"])
    if spec[0].isdigit():
        month, day = int(spec[:2]), int(spec[3:])
        return Timed(*m.span(), a.month_day(month, day, *m.span(), year=year))
    if not year and not a.day:
        return None
    weekday = {"mon": 1, "thu": 4}[spec[:3]]
    month = int(spec[-2:])
    year = year or a.year_of(month, 0, *m.span()) or 0
    first = safe_date(year, month, 1)
    if first is None:
        return None
    nth = 5 if spec[3] == "9" else int(spec[3])
    day = first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (nth - 1))
    while day.month != month:
        day -= timedelta(7)
    return Timed(*m.span(), day.isoformat())


@rule(
    r"""(?<![\w-]) (?:over\s+the|for\s+the|this|last|at\s+the|the|next)\s+(?P<w>weekend) (?!\w
        |-)""",
    needs="p",
    hints="weekend",
)
def weekend(m: re.Match[str], a: Anchor) -> Timed | None:
    """the weekend."""
    if a.day is None:
        return None
    low, today = m.group().lower(), a.day.isoweekday()
    ahead = a.tense(*m.span()) == "future" and not low.startswith(("over", "last", "for"))
    back = 0 if today == 6 else today % 7 + 1
    day = a.day + timedelta((6 - today) % 7 if ahead else -back)
    start = m.start() + (low.index("the") if "the" in low else 0)
    return Timed(start, m.end(), week(day) + "-WE")


@rule(
    rf"""(?<![\w-]) the\s+week\s+(?:of|ended|ending|beginning
        |starting)\s+(?P<m>{MONTH})\s+(?P<d>{DAY}) (?!\w)""",
    needs="m",
    hints="the week",
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
    hints="week",
)
def week_of_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """week 3 of 2027, the second week of 2021."""
    number = int(m["w"] or 0) or ordinal_day(m["n"].lower())
    if not 1 <= number <= 53 or not (m["y"] or a.day):
        return None
    year = int(m["y"]) if m["y"] else a.near_year(m["rel"])
    return Timed(*m.span(), f"{year:04d}-W{number:02d}")


@rule(
    r"""(?<![\w-]) the\s+(?:(?P<week>week\s+after\s+next)|previous\s+day) (?!\w)""",
    needs="p",
    hints="week after|previous day",
)
def beside(m: re.Match[str], a: Anchor) -> Timed | None:
    """the week after next; the previous day, counted from the document's own."""
    timex = a.grain("W", 2) if m["week"] else a.grain("D", -1)
    return Timed(*m.span(), timex) if timex else None


@rule(
    r"""(?<![\w-]) (?:the\s+)?year[\s-]to[\s-]date (?!\w)""",
    needs="p",
    hints="to date|to-date",
)
def year_to_date(m: re.Match[str], a: Anchor) -> Timed | None:
    """the year to date."""
    return Timed(*m.span(), f"{a.day.year:04d}") if a.day else None
