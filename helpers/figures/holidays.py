"""Seasons of a year and holidays: summer of 2024, New Year's Eve, Thanksgiving 2015."""

from __future__ import annotations

import re
from datetime import timedelta

from helpers.figures.anchor import Anchor, safe_date
from helpers.figures.dates import ANYYEAR, YEAR, Rule, Timed, register, spelled_year
from helpers.figures.lexicon import alternation, calendar

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
    lead = re.match(r"the\s+", m.group(), re.I)
    start = m.start() + (lead.end() if lead else 0)
    return Timed(start, m.end(), f"{spelled_year(m['y']):04d}-{_SEASONS[m['s'].lower()]}")


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
    if m["rel"] and a.day:
        year = a.day.year + {"this": 0, "last": -1, "next": 1}[m["rel"].lower()]
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
