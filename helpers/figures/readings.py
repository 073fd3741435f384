"""Reading the words of dates: month names, days as ordinals, years in words, clock times."""

from __future__ import annotations

import re

from .lexicon import calendar, number_words

__all__ = ["any_of", "clock", "full_year", "month_number", "ordinal_day", "spelled_year"]

_MONTHS = calendar()["months"]
_ORD = {w: int(v) for w, v in number_words()["ordinals"].items() if v <= 31}
_W = number_words()
FORMS = {" ": r"\s+", ".": r"\.", "*": r"\w*"}


def any_of(words: list[str]) -> str:
    """An alternation; "*" stands for the rest of a word, a blank for any blanks."""
    return "|".join(re.sub(r"[ .*]", lambda m: FORMS[m.group()], word) for word in words)


def month_number(name: str) -> int:
    """1–12 for a month's name or abbreviation."""
    return int(_MONTHS[name.lower().rstrip(".")])


def ordinal_day(word: str) -> int:
    """The day of the month written as 5, 5th, fifth or twenty-first; 0 when it is none."""
    m = re.match(r"\d+", word)
    if m:
        return int(m.group())
    parts = re.split(r"[\s-]+", word.lower())
    words = {**_W["units"], "twenty": 20, "thirty": 30, **_ORD}
    return int(sum(words.get(p, 0) for p in parts))


def spelled_year(words: str) -> int:
    """1994 for "nineteen ninety-four" or "1994"."""
    digits = re.search(r"\d{4}", words)
    if digits:
        return int(digits.group())
    parts = [p for p in re.split(r"[\s-]+", words.lower()) if p not in {"the", "year", "and"}]
    if parts[:2] == ["two", "thousand"]:
        return 2000 + sum(int(_W["units"].get(p, _W["teens"].get(p, 0))) for p in parts[2:])
    head = int({**_W["teens"], **_W["tens"]}.get(parts[0], 19)) * 100
    rest = {**_W["units"], **_W["teens"], **_W["tens"], "hundred": 0}
    return head + sum(int(rest.get(p, 0)) for p in parts[1:])


def full_year(short: str) -> int:
    """1994 for "94", 2016 for "16" and "2016"."""
    return int(short) if len(short) == 4 else 2000 + int(short) - (100 if short > "50" else 0)


def clock(written: str) -> str:
    """T22:00 for "10 p.m. ", T24:00 for midnight."""
    low = written.lower()
    if "noon" in low or "midday" in low:
        return "T12:00"
    if "midnight" in low:
        return "T24:00"
    m = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?(a|p)?", low)
    if not m:
        return ""
    hour = int(m[1]) % 12 + 12 if m[3] == "p" else int(m[1]) % 12 if m[3] == "a" else int(m[1])
    return f"T{hour:02d}:{m[2] or '00'}" if hour < 25 else ""
