"""Publication dates as people and programs write them, as ISO days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        "january february march april may june july august september october november "
        "december".split(),
        1,
    )
}
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?"
YEAR_FIRST = r"(?P<y1>\d{4})(?P<mark>[-/._]?)(?P<m1>\d\d)(?P=mark)(?P<d1>\d\d)(?!\d)"
DAY_FIRST = rf"(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?:of\s+)?{MONTH}[\s,-]+(?P<y2>\d{{4}})\b"
MONTH_FIRST = (
    MONTH.replace("month", "month3") + r"\s*(?P<d3>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{4})\b"
)
NUMBERS = r"(?P<a>\d{1,2})(?P<sign>[./-])(?P<b>\d{1,2})[./-](?P<y4>\d{4})(?!\d)"
WRITTEN = rf"(?:{YEAR_FIRST}|{WEEKDAY}(?:{DAY_FIRST}|{MONTH_FIRST})|{NUMBERS})"
DATE = re.compile(rf"(?<![A-Za-z\d]){WRITTEN}", re.IGNORECASE)
DAY_OF_MONTH = re.compile(
    rf"\b{MONTH}\s*\d{{1,2}}\b|\b\d{{1,2}}\s+" + MONTH.replace("month", "month2"), re.IGNORECASE
)
DATE_LINE = re.compile(
    rf"""
    (?:(?:published|posted|issued|released?|date|updated|for\s+immediate\s+release)\b
       [\s:,–—-]*(?:on\s+)?)?
    {WRITTEN}
    (?:[\s,T|–—-]*(?:at\s+)?\d{{1,2}}[:.]\d\d(?::\d\d)?(?:\.\d+)?      # 10:15 a.m. EST
       (?:\s*[ap]\.?m\.?)?(?:\s*(?:[A-Z]{{1,4}}|[+-]\d\d:?\d\d))?)?
    (?:\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day)?[.]?
""",
    re.VERBOSE | re.IGNORECASE,
)


def find_day(text: str, *, day_first: bool | None = None) -> str | None:
    """The first full date in a few words, as an ISO day; None where there is none.

    "3/4/2017" may be March or April and is none, unless `day_first` says which; "13/4/2017" is one,
    and so is "3.4.2017": with full stops the day is written first.  Two-digit years are none.

    >>> find_day("Thursday, November 23, 2017"), find_day("2017-11-23T10:15Z"), find_day("3/4/2017")
    ('2017-11-23', '2017-11-23', None)
    """
    for found in DATE.finditer(text[:1000]):
        if day := _day(found, day_first):
            return day
    return None


def is_date_line(line: str) -> str | None:
    """The ISO day of a line that holds a date and nothing else, or None.

    >>> is_date_line("Published: 23 November 2017, 10:15"), is_date_line("It rained on 2 May 2017")
    ('2017-11-23', None)
    """
    found = DATE_LINE.fullmatch(line.strip()) if len(line) < 100 else None
    return _day(found) if found else None


def names_a_day(words: str) -> bool:
    """Whether words name a day, with or without its year: "November 23", "17 Oct.".

    >>> names_a_day("November 23"), names_a_day("whatever it was")
    (True, False)
    """
    return bool(DAY_OF_MONTH.search(words))


def days_come_first(dates: Iterable[str]) -> bool | None:
    """Whether dates in numbers, written in one way, begin with the day; None where none tells.

    >>> days_come_first(["3/4/2017", "13/4/2017"]), days_come_first(["3/4/2017"])
    (True, None)
    """
    numbers = [
        (int(found["a"]), int(found["b"]))
        for date in dates
        if (found := DATE.search(date)) and found["a"]
    ]
    first, second = any(a > 12 for a, _ in numbers), any(b > 12 for _, b in numbers)
    return first if first != second else None


def _day(found: re.Match[str], day_first: bool | None = None) -> str | None:
    if found["y1"]:
        year, month, day = found["y1"], int(found["m1"]), int(found["d1"])
    elif found["y2"]:
        year, month, day = found["y2"], MONTHS[found["month"][:3].lower()], int(found["d2"])
    elif found["y3"]:
        year, month, day = found["y3"], MONTHS[found["month3"][:3].lower()], int(found["d3"])
    else:
        year, day, month = found["y4"], int(found["a"]), int(found["b"])
        day_first = True if found["sign"] == "." else day_first
        if day <= 12 and month <= 12 and day != month and day_first is None:
            return None
        if month > 12 or (day <= 12 and day_first is False):
            day, month = month, day
    try:
        return date(int(year), month, day).isoformat() if 1400 < int(year) < 2200 else None
    except ValueError:
        return None
