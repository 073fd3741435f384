"""Amounts put together: ranges, changes, and lists that share a unit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .lexicon import measured_words
from .measures import TIME_SYMBOLS, Amount, measure_unit, period, tidy
from .model import Number
from .money import PLAIN, Purse, measure_money
from .never import is_score
from .parts import compose
from .percent import UNCOUNTED, measure_percent
from .readings import any_of

__all__ = ["find_amounts"]

SOFT = (
    r"(?:(?:about|around|nearly|almost|perhaps|maybe|over|as\s+much\s+as|even|up\s+to|more\s+than|"
    r"at\s+least|as\s+many\s+as|some|just|possibly|then|roughly|only)\s+)*"
)
LINK = re.compile(
    rf"^(?:\s?(?P<dash>[-–—−])\s?"
    rf"|-?[\s-](?P<word>to|and|or|through|until|till)[\s-]\s*{SOFT})$",
    re.I,
)
OF = re.compile(r"\s+of(?=\s[a-z])")
LIST = re.compile(r"^-?,\s+$")
LIST_END = re.compile(rf"^-?,?\s+(?:and|or)\s+{SOFT}$", re.I)
BETWEEN = re.compile(r"(?i)\b(?:between|from\s+between)\s+(?:the\s+ages\s+of\s+)?(?:\w+\s+){0,2}?$")
FROM = re.compile(rf"(?i)\bfrom\s+{SOFT}(?:a\s+|an\s+)?$")
_WORDS = measured_words()["moving"]
CHANGE = re.compile(rf"(?i)\b(?:{any_of(_WORDS['changing'])})\b")
MOVED = re.compile(rf"{CHANGE.pattern}(?:\s+(?:by|of|an?|(?P<to>to)))?\s+{SOFT}$")
RANGING = re.compile(rf"(?i)\b(?:{any_of(_WORDS['ranging'])})\b")
TO = re.compile(rf"\s+to\s+{SOFT}$", re.I)
TO_LAST = re.compile(rf"^(?:[\s-]+(?!and\b|or\b)[\w'’][\w'’-]*+){{0,6}}?[\s-]+to\s+{SOFT}$", re.I)
ALSO_BY = re.compile(rf"(?i),?\s+(?:and|but|while)(?:\s+[\w'’-]+){{1,5}}?\s+by\s+{SOFT}$")
BY = re.compile(rf"(?i)\bby\s+{SOFT}$")
TIME = (
    r"(?:in|during)\s+(?:[A-Z]\w+\s+)?(?:19|20)\d\d|a\s+year\s+(?:ago|earlier)"
    r"|(?:last|this|the\s+previous)\s+(?:year|month|week|quarter)"
)
TIMED_AND = re.compile(rf"\b(?:{TIME}),?\s+(?:and|to)\s+{SOFT}$")
TIMED = re.compile(rf"\s+(?:{TIME})\b")
TWO_RANGES = re.compile(r"\s+to\s+\S+\s(?:to|and)\s\S*\d")  # "from 5 to 7 % to 3 to 5 %"
BREAKS = re.compile(r"[.;:!?]\s|\n")


def find_amounts(
    text: str, numbers: list[Number], *, purse: Purse
) -> tuple[list[Amount], list[Amount]]:
    """(measured amounts, bare ones): money, percentages, quantities and durations at the numbers.

    A bare Amount has kind `count` and no unit; ranges of bare numbers are joined too. "from 3 to
    5 %" after a verb of change is two figures, else one range.
    """
    items = [_measure(text, n, purse) for n in numbers]
    items = [a for a in items if a is not None]
    _share_units(text, items)
    items = _join_ranges(text, items)
    _carry(text, items)
    items = compose(text, items)
    measured = [a for a in items if a.kind != "count"]
    return measured, [a for a in items if a.kind == "count"]


def _measure(text: str, n: Number, purse: Purse) -> Amount | None:
    glued = n.start > 0 and text[n.start - 1].isalpha()
    parts = OF.match(text, n.end) if n.kind == "vague" else None
    if parts:  # "millions of dollars", "hundreds of years"
        whole = replace(n, end=parts.end())
        found = measure_money(text, whole, purse) or measure_unit(text, whole)
        if found is not None:
            return found
    amount = measure_money(text, n, purse)
    apart = PLAIN.match(text, n.end) and not n.letter  # a cell: "5 6 7"
    if amount is None and not glued and not apart:
        amount = measure_percent(text, n) or measure_unit(text, n)
    if amount is not None or glued:
        return amount
    return Amount(n.start, n.end, "count", n.value, n.low, n.high, None, n)


def _gap(text: str, a: Amount, b: Amount) -> str | None:
    return text[a.end : b.start] if 0 <= b.start - a.end <= 40 else None


def _share_units(text: str, items: list[Amount]) -> None:
    """ "10 and 15 per cent", "3, 4 and 5 km": a number without a unit takes that of the next.

    "$2, $3 and $5 million", "2.1 and 2.4 million visitors": one without a scale takes the scale.
    """
    for i in range(len(items) - 2, -1, -1):
        a, b = items[i], items[i + 1]
        gap = _gap(text, a, b)
        if gap is None or a.number.kind in {"ordinal", "fraction"}:
            continue
        if not (LIST_END.match(gap) or LIST.match(gap) and b.joined):
            continue
        if a.kind == "count" != b.kind and not b.before:
            _take(a, b)
            a.joined = True
        elif (a.kind, a.unit, a.before) == (b.kind, b.unit, b.before) and b.number.scale >= 1e6:
            alike = 0.2 <= (a.value or 0) * b.number.scale / (b.value or 1) <= 5
            a.joined = alike and _scale(a, b)


def _take(a: Amount, b: Amount) -> None:
    """Give `a` the kind, unit and, where it fits, the scale of `b`."""
    a.kind, a.unit = b.kind, b.unit
    _scale(a, b)
    cents = b.kind == "money" and abs((b.value or 0) / (b.number.value or 1) - 0.01) < 1e-9
    if cents and a.value is not None and a.number.scale == 1:  # "5 and 10 cents"
        a.value = tidy(a.value * 0.01)
    if b.timex and a.value is not None:
        a.timex = period(a.value, None, None, _letter(b.unit or ""))


def _scale(a: Amount, b: Amount) -> bool:
    """Give `a` the scale of `b` where it has none and is not far larger then; was it given?"""
    scale, top = b.number.scale, max(b.value or 0, b.high or 0) * 10
    fits = a.value is not None and a.value < 1000 and a.value * scale <= top
    if scale > a.number.scale == 1 and a.value is not None and fits:
        a.value = tidy(a.value * scale)
        a.number = replace(a.number, value=a.value, scale=scale)
        return True
    return False


def _letter(unit: str) -> str:
    return next(key for key, name in TIME_SYMBOLS.items() if name == unit)


def _join_ranges(text: str, items: list[Amount]) -> list[Amount]:
    out: list[Amount] = []
    for b in items:
        if out:
            a = out[-1]
            gap = _gap(text, a, b)
            m = LINK.match(gap) if gap is not None else None
            if m and a.low is None and b.low is None and _compatible(a, b):
                how = _relation(text, a, b, m)
                if how == "range":
                    out[-1] = _range(a, b)
                    continue
                if how == "score":
                    out.pop()
                    continue
                larger = b.kind != "count" or b.number.scale > a.number.scale
                if how == "change" and a.kind == "count" and larger:
                    _take(a, b)
        out.append(b)
    return out


def _carry(text: str, items: list[Amount]) -> None:
    """Units and scales over a change: "from 4.6 to 7-8 billion euros", "from 31 mpg to 34"."""
    for a, b in pairwise(items):
        gap = _gap(text, a, b)
        if gap is None or (a.kind == "count") == (b.kind == "count"):
            continue
        lead = text[max(0, a.start - 40) : a.start]
        if b.kind != "count":
            if b.low is not None and a.low is None and TO.match(gap) and FROM.search(lead):
                _take(a, b)
        elif _parallel(text, b.end, gap, lead):
            _take(b, a)
            b.joined = True


def _parallel(text: str, end: int, gap: str, lead: str) -> bool:
    """ "from A to b", "rose by A … fell by b", "A in 2016 and b in 2017", of which b is bare."""
    by = BY.search(lead) and ALSO_BY.match(gap) and CHANGE.search(gap)
    if (by or TO_LAST.match(gap) and FROM.search(lead)) and UNCOUNTED.match(text, end):
        return True
    return bool(TIMED_AND.search(gap) and TIMED.match(text, end))


def _compatible(a: Amount, b: Amount) -> bool:
    if "ordinal" in (a.number.kind, b.number.kind):
        return False
    if a.kind == b.kind:
        return a.unit == b.unit or a.unit is None or b.unit is None
    if b.kind == "count":
        return True
    return a.kind == "count" and not b.before


def _relation(text: str, a: Amount, b: Amount, m: re.Match[str]) -> str:
    """range, change (two figures that share a unit), score or other."""
    low, high = _pair(a, b)
    clause = BREAKS.split(text[max(0, a.start - 70) : a.start])[-1]
    bare = a.kind == b.kind == "count"
    if m["dash"]:
        if bare or a.number.words != b.number.words:
            spaced = m.group().startswith(" ")
            if spaced and m["dash"] == "—" or not (a.number.digits and b.number.digits):
                return "range" if low < high and not spaced else "other"
            if bare and is_score(text, a.start, b.end, low=low, high=high):
                return "score"
        if b.before and not a.before or m["dash"] == "—" and m.group() != "—":
            return "other"
        return "range" if low < high else "other"
    word = m["word"].lower()
    bare_b = b.kind == "count" and a.kind != "count"
    if word == "and":
        between = BETWEEN.search(clause)
        return "range" if between and low < high and not bare_b else "other"
    if word == "or":
        near = low < high <= 2 * low + 1 and not a.before
        plain = a.kind == "count" or a.joined
        return "range" if near and plain and a.number.kind != "fraction" else "other"
    if FROM.search(clause):
        still = b.kind in {"quantity", "duration"} and not CHANGE.search(clause)
        ranges = still or RANGING.search(clause) or TWO_RANGES.match(text, b.end)
        return "range" if low < high and ranges else "change"
    falling = bare and low > high and word == "to"
    if falling and (b.number.value == 1 or is_score(text, a.start, b.end, low=0, high=high)):
        return "score"  # odds and margins: "2 to 1"
    if bare_b or word in {"until", "till"} and a.kind != "count":
        return "other"
    moved = MOVED.search(clause)
    if moved and a.kind != "count" and not a.joined:
        return "other"
    if moved and moved["to"] is None and bare and high > 2 * low and UNCOUNTED.match(text, b.end):
        return "other"  # "fell 40 to 960": by the one, to the other
    return "range" if low < high else "other"


def _pair(a: Amount, b: Amount) -> tuple[float, float]:
    low, high = a.value or 0.0, b.value or 0.0
    if b.kind == "count" and _ratio(a) > 1 and b.number.scale == 1:
        return low, high * _ratio(a)
    scale = b.number.scale
    if a.number.scale == 1 and scale > 1 and low < 1000 and low * scale < high:
        low *= scale
    if b.kind == "money" and a.kind == "count" and b.number.value:
        ratio = high / b.number.value
        if ratio < 1:
            low *= ratio
    return low, high


def _ratio(a: Amount) -> float:
    """What the currency sign multiplies by: "USDm 1,150" is in millions."""
    ratio = (a.value or 0) / (a.number.value or 1) if a.kind == "money" else 1
    return ratio if ratio > 1 else 1


def _range(a: Amount, b: Amount) -> Amount:
    low, high = _pair(a, b)
    main = b if a.kind == "count" else a
    out = Amount(
        a.start, b.end, main.kind, None, tidy(low), tidy(high), main.unit, b.number,
        before=a.before, modifier=a.modifier,
    )  # fmt: skip
    if main.kind == "duration":
        out.timex = period(low, None, None, _letter(main.unit or ""))
    return out
