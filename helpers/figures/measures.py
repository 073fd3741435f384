"""What a number measures by the words and signs beside it: a unit or a length of time."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .lexicon import alternation, calendar, units
from .model import Number

__all__ = ["HEAT", "TIME_SYMBOLS", "Amount", "longest_unit", "measure_unit", "of_number", "period",
           "tidy"]  # fmt: skip

_UNITS = units()
_TIME = {w: u for w, u in calendar()["lengths"].items()}
_TIME.update({w + "s": u for w, u in list(_TIME.items())})
TIME_SYMBOLS = {
    "TS": "second", "TM": "minute", "TH": "hour", "D": "day", "W": "week", "2W": "fortnight",
    "M": "month", "Q": "quarter", "Y": "year", "10Y": "decade", "100Y": "century",
    "1000Y": "millennium",
}  # fmt: skip
PER_TIME = {w: TIME_SYMBOLS[u] for w, u in _TIME.items()} | {"millisecond": "millisecond"}
PER_SHORT = {"ms": "millisecond", "s": "second", "sec": "second", "min": "minute", "h": "hour",
             "hr": "hour", "d": "day"}  # fmt: skip

SHORT = re.compile(
    rf"(?P<gap>[ \u00a0\u202f]?|-(?=[a-zA-Z]{{2}}))[\[<{{(]?"
    rf"(?P<unit>{alternation(_UNITS.short)})(?![A-Za-z\d²³^])"
)
WORDS = re.compile(r"[\s-]?-?\s?(?P<words>[A-Za-z.µ][\w.]*(?:[\s-]+[A-Za-z][\w.²]*){0,6})")
BREAK = re.compile(r"[\s-]+")
OLD = re.compile(
    r"-(?:old|long|high|tall|wide|deep|thick|strong|aged)s?\b|\s(?:old|of\sage)\b", re.I
)
RATE = re.compile(
    r"(?:[\s-]+(?:per|an?|each|every)[\s-]+|\s?/\s?)(?P<per>[A-Za-z²³]+(?:[\s-][a-z]+)?)"
)
TIME_FILL = re.compile(
    r"(?P<fill>(?:[\s-]+(?:more|additional|full|whole|straight|consecutive|trading|working|business|"
    r"calendar|further|solid|long|short|extra|other|successive|school|academic|fiscal|financial|"
    r"or\sso|odd|previous))+)[\s-]+(?P<unit>\w+)",
    re.I,
)
INCHES = re.compile(r"\s?[\"”](?=\s(?:long|wide|high|tall|deep|thick|x|by|across|in\s)\b)")
NOTED = re.compile(r"(?<=[a-z])\.\d{1,3}$")  # a footnote mark: "two years.12"
LONG_RIGHT = re.compile(
    r"-(?:long|high|tall|deep|wide|thick)|\s(?:long|high|tall|deep|wide|thick|across|below|above|from|away|"
    r"apart|in\s(?:length|height|depth|width|diameter))\b|\s?\(|\s?[x×]"
)
LONG_LEFT = re.compile(
    r"(?i)\b(?:height|length|depth|width|distance|diameter|waves?|tides?|levels?|deep|tall|long|jump\w*|"
    r"threw|throw|swam|ran|measur\w+|stands|stood|metres?|feet)\b"
)
PLURAL_NEXT = re.compile(  # "3m users", "110m Third World children", "a 22m strong market"
    r"\s+(?!(?:less|is|was|has|wins)\b)(?:[A-Z]\w+\s){0,3}(?:[a-z]*(?:s|men|children)\b|people|strong\b)"
)
MILLIONS = re.compile(r"[£$€]\s?\d[\d.,]*m\b|\d\.\d+m\s(?:people|users|[a-z]+s)\b")
FEET = re.compile(r"(?:['’′]\s?|-f(?:oo)?t-)(?P<inches>\d{1,2})(?:[\"”″]|''|(?![\w.,]*\d))")
LASTING = re.compile(
    r"(?i)\b(?:for|in|within|than|after|about|only|just|lasts?|lasted|of|least|over|nearly|took|to)\s+$"
)
PART_OF_UNIT = re.compile(r"\s(?:of\s)?an?(?=\s[A-Za-z])")
HEAT = re.compile(
    r"(?i)\b(?:temperatures?|weather|heat|heatwave|cold|warm\w*|thermometers?|mercury|freezing|melting|"
    r"boiling)\b"
)
PLUS = re.compile(r"-(?P<how>plus|odd)\s(?=[a-z])")
YO = re.compile(r"[\s-]?(?:yo|y/o|y\.o\.|-yr-old|yr-old|yrs?\s?old)\b", re.I)
RISKY = frozenset("C F V W J A L l m g t in. cf PS ct st cc AU mt MT mb ly mi pt mw gw kw".split())
SPACED_OK = frozenset({"g", "t", "l", "L", "W", "V", "m", "mw", "kw", "gw"})


@dataclass(slots=True)
class Amount:
    """A number and what it measures, while it is being put together."""

    start: int
    end: int
    kind: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    number: Number
    timex: str | None = None
    modifier: str | None = None
    before: bool = False  # the currency stands before the number
    joined: bool = False  # part of a list or a change that shares its unit


def of_number(n: Number, kind: str, unit: str | None, end: int, *, factor: float = 1) -> Amount:
    """An Amount of that kind over the number up to `end`, values times `factor`."""
    values = [None if v is None else tidy(v * factor) for v in (n.value, n.low, n.high)]
    return Amount(n.start, end, kind, *values, unit, n)


def tidy(value: float) -> float:
    """The value without the noise of binary fractions (0.1 * 3 is 0.3 here)."""
    return float(f"{value:.12g}")


def measure_unit(text: str, n: Number) -> Amount | None:
    """A quantity or a length of time at the number, or None."""
    if n.letter and text[n.scale_end : n.end].strip() in {"m", "M", "T", "k", "K", "b", "B"}:
        return _metres(text, n)
    plus = PLUS.match(text, n.end)
    if plus:
        amount = measure_unit(text, replace(n, end=plus.end() - 1))
        if amount is not None:
            amount.modifier = "over" if plus["how"] == "plus" else "about"
        return amount
    height = FEET.match(text, n.end)
    if height and n.bare and (n.value or 0) < 12:
        amount = of_number(n, "quantity", "ft", height.end())
        amount.value = tidy((n.value or 0) + float(height["inches"]) / 12)
        return amount
    part = PART_OF_UNIT.match(text, n.end) if n.kind == "fraction" else None
    if part:  # "three-quarters of an inch"
        return measure_unit(text, replace(n, end=part.end(), kind="cardinal"))
    yo = YO.match(text, n.end)
    if yo:
        return _time(n, "Y", yo.end())
    m = WORDS.match(text, n.end)
    words = BREAK.split(m["words"].lower()) if m else []
    if m and words:
        first = NOTED.sub("", words[0]).rstrip(".")
        short = first in {"sec", "min", "h"} and (n.words or m["words"][0] == "H")
        if first in _TIME and not short:
            end = n.end + text[n.end : m.end()].lower().index(first) + len(first)
            return _duration(text, n, first, end)
        count, symbol = longest_unit(words)
        if count and _allowed(symbol, n, words[:count]):
            return _quantity(text, n, symbol, _word_end(text, m, count))
    fill = TIME_FILL.match(text, n.end)
    if fill and fill["unit"].lower() in _TIME:
        return _duration(text, n, fill["unit"].lower(), fill.end("unit"))
    if n.words and not n.digits:
        return None
    m = INCHES.match(text, n.end)
    if m:
        return of_number(n, "quantity", "in", m.end())
    m = SHORT.match(text, n.end)
    if m is None or not _short_fits(text, n, m):
        return None
    bracketed = text[m.start("unit") - 1] in "[<{("
    if bracketed and text[m.end() : m.end() + 1] not in set("]>})"):
        return None
    return _quantity(text, n, _UNITS.short[m["unit"]], m.end() + bracketed)


def _word_end(text: str, m: re.Match[str], count: int) -> int:
    """Where the first `count` words of the match end."""
    at = m.start("words")
    for piece in re.finditer(r"[^\s-]+", text[at : m.end()]):
        count -= 1
        if not count:
            end = at + piece.end()
            return end - 1 if text[end - 1] == "." and text[at:end].count(".") == 1 else end
    return m.end()


def longest_unit(words: list[str]) -> tuple[int, str]:
    """(how many of the words, the symbol they name), (0, "") where they name no unit."""
    for count in range(min(len(words), 7), 0, -1):
        phrase = " ".join(words[:count])
        symbol = _UNITS.words.get(phrase) or _UNITS.words.get(phrase.rstrip("."))
        if symbol:
            return count, symbol
    return 0, ""


def _allowed(symbol: str, n: Number, words: list[str]) -> bool:
    only = _UNITS.only.get(symbol)
    if only == "fraction":
        return n.kind == "fraction" or n.value is not None and n.value != int(n.value)
    if only == "number":
        return bool(n.digits)
    return not (words[0] in {"mt", "c", "f"} or n.kind == "ordinal")


def _short_fits(text: str, n: Number, m: re.Match[str]) -> bool:
    unit = m["unit"]
    if n.kind == "ordinal":
        return False
    if unit in RISKY and m["gap"]:
        warm = unit in {"C", "F"} and HEAT.search(text, max(0, n.start - 150), m.end() + 60)
        beside = text[m.end() : m.end() + 1] == ")" and unit not in {"W", "L"}  # "(300 PS)"
        alone = unit in SPACED_OK and not re.match(r"\s[a-z]", text[m.end() : m.end() + 2])
        return bool(warm or beside or alone)
    if unit in {"C", "F"}:
        return n.value is not None and abs(n.value) <= 150
    if unit in {"V", "A", "J", "L", "l"}:
        return not n.digits.isdigit() or n.value is not None and n.value > 1
    return True


def _metres(text: str, n: Number) -> Amount | None:
    """ "500m" with no money beside it is a length unless a counted noun follows ("3m people")."""
    if text[n.scale_end : n.end].strip() != "m":
        return None
    long = LONG_RIGHT.match(text, n.end)
    if "." in n.digits and not long:
        near = LONG_LEFT.search(text, max(0, n.start - 60), n.start)
        if not near or MILLIONS.search(text, 0, 200_000):
            return None
    if not long and PLURAL_NEXT.match(text, n.end):
        return None
    value = tidy((n.value or 0) / n.scale)
    plain = Number(n.start, n.end, value, digits=n.digits, scale_end=n.scale_end)
    return of_number(plain, "quantity", "m", n.end)


def _quantity(text: str, n: Number, symbol: str, end: int) -> Amount:
    rate, old = RATE.match(text, end), OLD.match(text, end)
    per = _per(rate) if rate and "/" not in symbol else None
    if per and rate:
        unit = f"{_UNITS.names.get(symbol, symbol)} per {per[0]}"
        return of_number(n, "quantity", unit, rate.start("per") + per[1])
    hyphened = old and old.group()[0] == "-" and not rate
    return of_number(n, "quantity", symbol, old.end() if old and hyphened else end)


def _per(rate: re.Match[str]) -> tuple[str, int] | None:
    """The name of what a quantity is counted by ("a day", "/ms") and how long it is."""
    words = BREAK.split(rate["per"].lower())
    if words[0] in PER_TIME:
        return PER_TIME[words[0]], len(words[0])
    for phrase in (rate["per"].lower(), words[0]):
        if phrase in _UNITS.words:
            return _UNITS.names[_UNITS.words[phrase]], len(phrase)
    short = rate["per"].split()[0]
    if "/" not in rate.group() or short not in PER_SHORT and short not in _UNITS.short:
        return None
    return PER_SHORT.get(short) or _UNITS.names[_UNITS.short[short]], len(short)


def _duration(text: str, n: Number, word: str, end: int) -> Amount | None:
    if n.kind == "ordinal":
        return None
    if n.bare and 1900 <= (n.value or 0) < 2100 and not word.endswith("s"):
        return None  # "in the 1988 quarter"
    one_day = word == "day" and text[n.start : n.end + 1].lower() == "one "
    if one_day and not LASTING.search(text, max(0, n.start - 12), n.start):
        return None  # "one day it will come" is no length of time
    old = OLD.match(text, end)
    return _time(n, _TIME[word], old.end() if old else end)


def _time(n: Number, letter: str, end: int) -> Amount:
    amount = of_number(n, "duration", TIME_SYMBOLS[letter], end)
    amount.timex = period(amount.value, amount.low, amount.high, letter)
    return amount


def period(value: float | None, low: float | None, high: float | None, letter: str) -> str:
    """The TIMEX3 duration of so many units: (2, "TH") is PT2H, (2.5, "Y") is P2Y6M."""
    if value is None:
        return period(low, None, None, letter) if low is not None else "PX" + letter[-1]
    head = "PT" if letter[0] == "T" else "P"
    letter = letter[1:] if letter[0] == "T" else letter
    times = re.match(r"\d+", letter)
    if times:
        value, letter = value * int(times.group()), letter[times.end() :]
    if letter == "Q":
        value, letter = value * 3, "M"
    smaller = {"Y": ("M", 12), "H": ("M", 60), "M": ("S", 60) if head == "PT" else None}.get(letter)
    whole, rest = divmod(value, 1)
    if rest and smaller and abs(rest * smaller[1] - round(rest * smaller[1])) < 1e-9:
        part = f"{round(rest * smaller[1])}{smaller[0]}"
        return f"{head}{int(whole)}{letter}{part}" if whole else f"{head}{part}"
    shown = f"{value:.10g}"
    return f"{head}{shown}{letter}"
