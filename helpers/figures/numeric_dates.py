"""Dates written in digits: 2017-11-23, 23.11.2017, 11/23/2017, friday 5/12, 12-2015."""

from __future__ import annotations

import re

from .anchor import Anchor
from .dates import MONTH, WEEKDAY, Rule, Timed, register
from .grains import safe_date
from .readings import full_year, month_number

__all__ = ["NUMERIC"]

NUMERIC: list[Rule] = []
rule = register(NUMERIC)


@rule(
    rf"""(?<![\d./]) (?<!\d-) (?P<y>(?:1[5-9]|20|21)\d\d)(?P<s>[-/.\s])(?P<m>\d\d?
        |{MONTH})(?P=s)(?P<d>\d\d?) (?:T\d\d:\d\d\S*)? (?![\d/]|[.-]\d)""",
    needs="y",
)
def iso_day(m: re.Match[str], a: Anchor) -> Timed | None:
    """2017-11-23, 2019/aug/01, 2016 10 16."""
    month = int(m["m"]) if m["m"].isdigit() else month_number(m["m"])
    if m["s"].isspace() and len(m["m"]) != 2:
        return None
    day = safe_date(int(m["y"]), month, int(m["d"])) if month <= 12 else None
    return Timed(*m.span(), day.isoformat()) if day else None


@rule(
    rf"""(?<![\d./-]) (?P<a>\d\d?)(?P<s>[/.-])(?P<b>\d\d?|{MONTH})(?P=s)(?P<y>\d{{4}}|\d\d)
        (?![\d/]|[.,-]\d)""",
    needs="d",
)
def numeric_day(m: re.Match[str], a: Anchor) -> Timed | None:
    """23.11.2017, 11/23/2017, 22/Jan/2019: the order by what the document shows."""
    if not m["b"].isdigit():
        first, second = int(m["a"]), month_number(m["b"])
    else:
        if m["s"] != "/" and len(m["y"]) == 2:
            return None
        first, second = int(m["a"]), int(m["b"])
        month_first = second > 12 or (first <= 12 and not (a.day_first or m["s"] == "."))
        if month_first:
            first, second = second, first
    year = full_year(m["y"])
    day = safe_date(year, second, first) if 1900 <= year <= 2199 else None
    return Timed(*m.span(), day.isoformat()) if day else None


@rule(
    rf"""(?<![\w./-]) (?: (?:(?:next|this|last)\s+)?{WEEKDAY},?\s+ | (?P<which>next|this|last)\s+
         |(?<=\bon\s)|(?<=\bby\s)|(?<=\bto\s)|(?<=\bfrom\s)|(?<=\bsince\s)|(?<=\buntil\s)
         |(?<=\bdated\s)|^|(?=\d\d?/\d\d?\s?-\s?\d\d?/\d\d?/\d{{4}}))
         (?P<a>\d\d?)/(?P<b>\d\d?) (?: \s?-\s?(?P<a2>\d\d?)/(?P<b2>\d\d?)(?:/(?P<y>\d{{4}}))? )?
         (?![\w/]|[.,-]\d|\s+(?:of|the|inch|mile|cup|majority))""",
    needs="wxd",
)
def slash_day(m: re.Match[str], a: Anchor) -> Timed | None:
    """friday 5/12, from 10/1, 10/1-11/2/2017: day and month without a year, after a cue."""
    first = _slash(m["a"], m["b"], a)
    if first is None:
        return None
    year = int(m["y"]) if m["y"] else None
    begin = a.dated(*first, *m.span(), year=year, which=(m["which"] or "").lower())
    if not m["a2"]:
        return Timed(*m.span(), begin)
    second = _slash(m["a2"], m["b2"], a)
    end = a.dated(*second, *m.span(), year=year) if second else ""
    return Timed(*m.span(), f"{begin}/{end}") if end else None


def _slash(one: str, two: str, a: Anchor) -> tuple[int, int] | None:
    month, day = (int(two), int(one)) if a.day_first or int(one) > 12 else (int(one), int(two))
    return (month, day) if 1 <= month <= 12 and safe_date(2000, month, day) else None


@rule(
    r"""(?<![\w./-]) (?P<m>0?[1-9]|1[0-2])[-/](?P<y>(?:19|20)\d\d) (?![\w/-]|[.,]\d)""", needs="y"
)
def month_number_year(m: re.Match[str], a: Anchor) -> Timed:
    """12-2015, 03/2017."""
    return Timed(*m.span(), f"{m['y']}-{int(m['m']):02d}")
