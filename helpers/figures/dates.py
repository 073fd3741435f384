"""Calendar dates by name: days, months, their years and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .anchor import Anchor
from .grains import safe_date
from .lexicon import alternation, number_words
from .readings import clock, full_year, month_number, ordinal_day, spelled_year

__all__ = ["ABSOLUTE", "Rule", "Timed", "after_the", "register"]

_ORD = {w: int(v) for w, v in number_words()["ordinals"].items() if v <= 31}
_W = number_words()
_ONES = "|".join(k for k, v in _W["units"].items() if v)
_TENS = "|".join(_W["tens"])
_TEENS = "|".join(_W["teens"])

MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)(?:\b\.?|(?=\d)))"
)
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:\s?(?:st|nd|rd|th)\b)?(?!\d|:\d)"
DAYWORD = rf"(?:{DAY}|(?:(?:twenty|thirty)[\s-])?(?:{alternation(_ORD)})|twenty[\s-](?:{_ONES}))"
YEAR = r"(?:1[0-9]\d\d|2[01]\d\d)(?![\d,]\d|\d|[-/]\d{1,2}[-/])"
SPELLED_YEAR = (
    rf"(?:(?:the\s+year\s+)?(?:nineteen|eighteen|seventeen|sixteen|twenty)[\s-]+"
    rf"(?:(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_TEENS}|hundred|(?:oh|o)[\s-](?:{_ONES}))"
    rf"|(?:the\s+year\s+)?two\s+thousand(?:\s+(?:and\s+)?(?:{_ONES}|{_TEENS}))?)\b"
)
ANYYEAR = rf"(?:{YEAR}|{SPELLED_YEAR})"
WEEKDAY = (
    r"(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|"
    r"(?:Mon|Tues?|Wed|Thur?s?|Fri|Sat|Sun)\b\.?)"
)
TO = r"(?:\s*[-–—−]\s*|\s+(?:to|and|until|till|through|thru)\s+(?:the\s+)?)"
CLOCK = (
    r"(?:(?:\d{1,2}(?:[:.]\d\d)?\s?(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:\d\d(?:\s?hours)?|noon|midday|midnight)"
    r"(?:\s\(?(?:[A-Z]{2,4}T|GMT|BST|UTC|ET|local\stime)\)?)?,?\s+(?:on\s+)?)"
)
PART = r"(?P<part>early|late|mid|middle\s+of|(?:the\s+)?(?:end|beginning|start|middle)\s+of)"


@dataclass(frozen=True, slots=True)
class Timed:
    """A time expression: its span, TIMEX3 value and kind (`date` or `duration`)."""

    start: int
    end: int
    timex: str
    kind: str = "date"
    value: float | None = None
    unit: str | None = None
    year_only: bool = False
    low: float | None = None
    high: float | None = None
    turn: int = 0  # 1 or -1: counted from the date before it ("two years later")
    rest: Timed | None = None  # what stays where there is no such date


ARTICLE = re.compile(r"the\s+", re.I)
Handler = Callable[[re.Match[str], Anchor], "Timed | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, its handler, and which words must stand nearby for it to be tried at all."""

    pattern: re.Pattern[str]
    handler: Handler
    needs: frozenset[str]
    hints: tuple[str, ...]


ABSOLUTE: list[Rule] = []


def register(rules: list[Rule]) -> Callable[..., Callable[[Handler], Handler]]:
    """A decorator that adds a handler to a list of rules."""

    def rule(
        pattern: str, flags: int = re.I, *, needs: str, hints: str = ""
    ) -> Callable[[Handler], Handler]:
        def keep(handler: Handler) -> Handler:
            compiled = re.compile(pattern, re.X | flags)
            words = tuple(hints.split("|")) if hints else ()
            rules.append(Rule(compiled, handler, frozenset(needs), words))
            return handler

        return keep

    return rule


def after_the(m: re.Match[str]) -> int:
    """Where the match begins when its article is left out."""
    article = ARTICLE.match(m.group())
    return m.start() + (article.end() if article else 0)


rule = register(ABSOLUTE)


@rule(
    rf"""(?<![\w.,/$€£-]) (?P<clock>{CLOCK})? (?:{WEEKDAY},?\s+(?:the\s+)?)?
         (?P<d1>{DAYWORD}) (?: (?:\s+of)? \s+ (?P<m1>{MONTH}) (?:,?\s+(?P<y1>{YEAR}))? )? {TO}
         (?:{WEEKDAY},?\s+)? (?P<d2>{DAYWORD}) (?:\s+of)? [\s-]+ (?P<m2>{MONTH}) (?:(?:,
         |\s+of)?\s+(?P<y2>{ANYYEAR}))? (?!\w)""",
    needs="m",
)
def day_range(m: re.Match[str], a: Anchor) -> Timed | None:
    """21 to 24 November; 30 May - 2 June 2018."""
    return _range(m, a, m["d1"], m["m1"] or m["m2"], m["y1"] or m["y2"], m["d2"], m["m2"], m["y2"])


@rule(
    rf"""(?<![\w./-]) (?:{WEEKDAY},?\s+)? (?P<m1>{MONTH}) \s+ (?P<d1>{DAYWORD})
        (?:,?\s+(?P<y1>{YEAR}))? {TO}
         (?:{WEEKDAY},?\s+)? (?: (?P<m2>{MONTH}) \s+ )? (?P<d2>{DAYWORD}) (?:(?:,
         |\s+of)?\s+(?P<y2>{ANYYEAR}))? (?![\w%])(?!\s+(?:percent|per|million|billion|people
         |{MONTH}))""",
    needs="m",
)
def day_range_us(m: re.Match[str], a: Anchor) -> Timed | None:
    """November 21 to 24; May 30 - June 2, 2018."""
    return _range(m, a, m["d1"], m["m1"], m["y1"] or m["y2"], m["d2"], m["m2"] or m["m1"], m["y2"])


def _range(m: re.Match[str], a: Anchor, d1: str, m1: str, y1: str | None, d2: str, m2: str,
           y2: str | None) -> Timed | None:  # fmt: skip
    if not _month_case(m1) or not _month_case(m2):
        return None
    one, two = ordinal_day(d1), ordinal_day(d2)
    first, second = month_number(m1), month_number(m2)
    if not (1 <= one <= 31 and 1 <= two <= 31) or first == second and one >= two and not y2:
        return None
    joined = a.text[m.start() : m.end()].lower()
    if (
        re.search(r"\sand\s", joined)
        and first == second
        and two - one > 1
        and "between" not in (a.text[max(0, m.start() - 10) : m.start()].lower())
    ):
        return None
    end_year = spelled_year(y2) if y2 else a.year_of(second, two, *m.span())
    begin_year = spelled_year(y1) if y1 else end_year
    if begin_year and end_year and not (m.groupdict().get("y1")) and first > second:
        begin_year = end_year - 1
    begin = a.dated(first, one, *m.span(), year=begin_year)
    return Timed(*m.span(), f"{begin}/{a.dated(second, two, *m.span(), year=end_year)}")


def _month_case(name: str) -> bool:
    """ "may" and "march" in small letters are no months."""
    return name[0].isupper() or name.rstrip(".") not in {"may", "march", "mar"}


@rule(
    rf"""(?<![\w.,/$€£-]) (?P<clock>{CLOCK})? (?:(?P<wd>{WEEKDAY}),?\s+(?:the\s+)?)?
         (?P<d>{DAYWORD}) (?:\s+(?:day\s+)?of)? [\s-]* (?P<m>{MONTH})
         (?: (?:,|\s+of|\s+in)?\s+(?P<y>{ANYYEAR}) | [\s-]’?(?P<yy>\d\d)(?!\d|:|\s?%) |
         (?:\s+of)?\s+(?P<rel>(?:this|last|next)\s+year) )? (?!\w)""",
    needs="m",
)
def day_month(m: re.Match[str], a: Anchor) -> Timed | None:
    """23 November 2017, the 9th of May, Thursday 5 May."""
    return _one_day(m, a)


@rule(
    rf"""(?<![\w./-]) (?P<clock>{CLOCK})? (?:(?:this\s+coming\s+|next\s+
        |last\s+)?(?P<wd>{WEEKDAY}),?\s+(?:the\s+)?)? (?P<m>{MONTH}) \s*-?\s* (?P<d>{DAYWORD})
         (?: (?: \s?, | \s+of | \s+in )?\s*(?P<y>{ANYYEAR}) | (?:\s+of)?\s+(?P<rel>(?:this
         |last|next)\s+year) )? (?!\w) (?!-\w|\.\d|,\d)(?!\s+(?:percent|per\s?cent|million|billion
         |people|{MONTH}\s+\d))""",
    needs="m",
)
def month_day(m: re.Match[str], a: Anchor) -> Timed | None:
    """November 23, 2017; Nov. 23; Saturday, April 25."""
    if m["d"][0].isdigit() and re.match(r"\s?(?:%|percent|-)", a.text[m.end() : m.end() + 9]):
        return None
    return _one_day(m, a)


def _one_day(m: re.Match[str], a: Anchor) -> Timed | None:
    if not _month_case(m["m"]):
        return None
    number, day = month_number(m["m"]), ordinal_day(m["d"])
    if not 1 <= day <= 31 or m["m"].lower() == "mar":
        return None
    if not m["d"][0].isdigit() and not m["d"][-1].isdigit() and m["d"].lower() in _W["units"]:
        return None
    groups = m.groupdict()
    year = spelled_year(m["y"]) if m["y"] else None
    if groups.get("yy"):
        year = full_year(m["yy"])
    if m["rel"]:
        year = a.near_year(m["rel"])
    if year and safe_date(year, number, day) is None:
        return None
    timex = a.dated(number, day, *m.span(), year=year)
    if m["clock"]:
        timex += clock(m["clock"])
    return Timed(*m.span(), timex)


@rule(
    rf"""(?<![\w.]) (?:{PART}[\s-]+(?:the\s+)?)? (?P<m>{MONTH}) (?: \s*,?\s*(?:of\s+|in\s+)?
        (?P<y>{ANYYEAR})
        | \s?[’'](?P<yy>\d\d) | (?:\s+of)?\s+(?P<rel>(?:this|last|next)\s+year) | \s+(?P<l>last
        |next) )(?![\w])(?!-\d)""",
    needs="m",
)
def month_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """April 1999, early May 2016, June last year, September last."""
    if not _month_case(m["m"]):
        return None
    number = month_number(m["m"])
    if m["y"] or m["yy"]:
        year = spelled_year(m["y"]) if m["y"] else full_year(m["yy"])
    elif m["l"]:
        if m["l"].lower() == "next" or not a.day:
            return None
        year = a.day.year - (number >= a.day.month)
    else:
        year = a.near_year(m["rel"])
    return Timed(*m.span(), f"{year:04d}-{number:02d}") if year else None
