"""Amounts put together: ranges, changes, lists that share a unit, and amounts in parts."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .lexicon import patterns
from .measures import TIME_UNITS, before, measure, period
from .model import Amount, Number, tidy
from .purse import Purse

__all__ = ["find_amounts"]

_P = patterns("amounts")
UNCOUNTED = patterns("affixes")["uncounted"]
STEPS = {
    ("ft", "in"): 12,
    ("lb", "oz"): 16,
    ("stone", "lb"): 14,
    ("yd", "ft"): 3,
    ("mi", "yd"): 1760,
}
HIGHEST_SCORE = 400


def find_amounts(
    text: str, numbers: list[Number], *, purse: Purse
) -> tuple[list[Amount], list[Amount]]:
    """(measured amounts, bare ones): money, percentages, quantities and durations at the numbers.

    A bare Amount has kind `count` and no unit; ranges of bare numbers are joined too. "from 3 to
    5 %" after a verb of change is two figures, else one range.
    """
    items = [a for n in numbers if (a := _measure(text, n, purse)) is not None]
    _share_units(text, items)
    items = _join_ranges(text, items)
    _carry(text, items)
    items = _compose(text, items)
    measured = [a for a in items if a.kind != "count"]
    return measured, [a for a in items if a.kind == "count"]


def _measure(text: str, n: Number, purse: Purse) -> Amount | None:
    if n.start > 0 and text[n.start - 1].isalpha():
        return before(text, n, purse)
    parts = _P["of"].match(text, n.end) if n.kind == "vague" else None
    whole = measure(text, replace(n, end=parts.end()), purse) if parts else None
    found = whole or measure(text, n, purse)  # "millions of dollars", "hundreds of years"
    return found or n.measured("count", None, n.end, rule="")


def _gap(text: str, a: Amount, b: Amount) -> str | None:
    return text[a.end : b.start] if 0 <= b.start - a.end <= 40 else None


def _share_units(text: str, items: list[Amount]) -> None:
    """ "10 and 15 per cent", "3, 4 and 5 km": a number without a unit takes that of the next.

    "$2, $3 and $5 million", "2.1 and 2.4 million visitors": one without a scale takes the scale.
    """
    for a, b in reversed(list(pairwise(items))):
        gap = _gap(text, a, b)
        if gap is None or a.number.kind in {"ordinal", "fraction"}:
            continue
        if not (_P["list_end"].match(gap) or _P["list"].match(gap) and b.joined):
            continue
        if a.kind == "count" != b.kind and not b.before:
            _take(a, b)
            a.joined = True
        elif (a.kind, a.unit, a.before) == (b.kind, b.unit, b.before) and b.number.scale >= 1e6:
            alike = 0.2 <= (a.value or 0) * b.number.scale / (b.value or 1) <= 5
            a.joined = alike and _scale(a, b)


def _take(a: Amount, b: Amount) -> None:
    """Give `a` the kind, unit and, where it fits, the scale of `b`."""
    a.kind, a.unit, a.rule = b.kind, b.unit, b.rule
    _scale(a, b)
    cents = b.kind == "money" and abs((b.value or 0) / (b.number.value or 1) - 0.01) < 1e-9
    if cents and a.value is not None and a.number.scale == 1:  # "5 and 10 cents"
        a.value = tidy(a.value * 0.01)
    if b.timex and a.value is not None:
        a.timex = period(a.value, None, TIME_UNITS[b.unit or ""])


def _scale(a: Amount, b: Amount) -> bool:
    """Give `a` the scale of `b` where it has none and is not far larger then; was it given?"""
    scale, top = b.number.scale, max(b.value or 0, b.high or 0) * 10
    small = a.value is not None and a.value < 1000 and a.value * scale <= top
    if small and scale > a.number.scale == 1:
        a.value = tidy((a.value or 0) * scale)
        a.number = replace(a.number, value=a.value, scale=scale)
        return True
    return False


def _join_ranges(text: str, items: list[Amount]) -> list[Amount]:
    out: list[Amount] = []
    for b in items:
        a = out[-1] if out else b
        gap = _gap(text, a, b) if out else None
        m = _P["link"].match(gap) if gap is not None else None
        how = ""
        if m and a.low is None and b.low is None and _compatible(a, b):
            how = _by_dash(text, a, b, m) if m["dash"] else _by_word(text, a, b, m["word"].lower())
        if how == "range":
            out[-1] = _range(a, b)
        elif how == "score":
            out.pop()
        else:
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
        opens = a.low is None and _P["to"].match(gap) and _P["from"].search(lead)
        if b.kind != "count" and b.low is not None and opens:
            _take(a, b)
        elif b.kind == "count" and _parallel(text, b.end, gap, lead):
            _take(b, a)
            b.joined = True


def _parallel(text: str, end: int, gap: str, lead: str) -> bool:
    """ "from A to b", "rose by A … fell by b", "A in 2016 and b in 2017", of which b is bare."""
    by = _P["by"].search(lead) and _P["also_by"].match(gap) and _P["change"].search(gap)
    if (by or _P["to_last"].match(gap) and _P["from"].search(lead)) and UNCOUNTED.match(text, end):
        return True
    return bool(_P["timed_and"].search(gap) and _P["timed"].match(text, end))


def _compatible(a: Amount, b: Amount) -> bool:
    if a.kind == b.kind:
        return a.unit == b.unit or a.unit is None or b.unit is None
    return b.kind == "count" or a.kind == "count" and not b.before


def _by_dash(text: str, a: Amount, b: Amount, m: re.Match[str]) -> str:
    """range, score or other, of "6-4", "$3-4bn", "10 – 12"."""
    low, high = _pair(a, b)
    bare, long = a.kind == b.kind == "count", m["dash"] == "—"
    if bare or a.number.words != b.number.words:
        spaced = m.group().startswith(" ")
        if spaced and long or not (a.number.digits and b.number.digits):
            return "range" if low < high and not spaced else "other"
        if bare and _is_score(text, a.start, b.end, low, high):
            return "score"
    apart = b.before and not a.before or long and m.group() != "—"
    return "range" if low < high and not apart else "other"


def _by_word(text: str, a: Amount, b: Amount, word: str) -> str:
    """range, change (two figures that share a unit), score or other."""
    low, high = _pair(a, b)
    clause = _P["breaks"].split(text[max(0, a.start - 70) : a.start])[-1]
    rising, bare = "range" if low < high else "other", a.kind == b.kind == "count"
    bare_b = b.kind == "count" != a.kind
    if word == "and":
        return rising if _P["between"].search(clause) and not bare_b else "other"
    if word == "or":
        near = low < high <= 2 * low + 1 and not a.before and a.number.kind != "fraction"
        return "range" if near and (a.kind == "count" or a.joined) else "other"
    if _P["from"].search(clause):
        still = b.kind in {"quantity", "duration"} and not _P["change"].search(clause)
        still = still or _P["ranging"].search(clause) or _P["two_ranges"].match(text, b.end)
        return "range" if low < high and still else "change"
    falls = bare and low > high and word == "to"
    if falls and (b.number.value == 1 or _is_score(text, a.start, b.end, 0, high)):
        return "score"  # odds and margins: "2 to 1"
    if bare_b or word in {"until", "till"} and a.kind != "count":
        return "other"
    moved = _P["moved"].search(clause)
    if moved and a.kind != "count" and not a.joined:
        return "other"
    if moved and moved["to"] is None and bare and high > 2 * low and UNCOUNTED.match(text, b.end):
        return "other"  # "fell 40 to 960": by the one, to the other
    return rising


def _is_score(text: str, start: int, end: int, low: float, high: float) -> bool:
    """Is the pair "6-4" at [start, end) the result of a game or a vote and no range?"""
    if low >= high or high > HIGHEST_SCORE:
        return low >= high
    left = _P["score_left"].search(text[max(0, start - 45) : start])
    return bool(left or _P["score_right"].match(text[end : end + 20]))


def _pair(a: Amount, b: Amount) -> tuple[float, float]:
    """Both ends of the range, with the scale that one has and the other lacks."""
    low, high = a.value or 0.0, b.value or 0.0
    size = (a.value or 0) / (a.number.value or 1) if a.kind == "money" else 1
    if b.kind == "count" and size > 1 and b.number.scale == 1:  # "USDm 1,150-1,250"
        return low, high * size
    scale = b.number.scale
    if a.number.scale == 1 and scale > 1 and low < 1000 and low * scale < high:
        low *= scale
    if b.kind == "money" and a.kind == "count" and b.number.value:
        low *= min(1, high / b.number.value)
    return low, high


def _range(a: Amount, b: Amount) -> Amount:
    low, high = _pair(a, b)
    main = b if a.kind == "count" else a
    out = replace(
        main, start=a.start, end=b.end, value=None, low=tidy(low), high=tidy(high), number=b.number,
        before=a.before, modifier=a.modifier, joined=False, timex=None,
    )  # fmt: skip
    if main.kind == "duration":
        out.timex = period(low, None, TIME_UNITS[main.unit or ""])
    return out


def _compose(text: str, items: list[Amount]) -> list[Amount]:
    """ "5 ft 2 in", "15 dollars 50" as one figure."""
    out: list[Amount] = []
    for b in items:
        a = out[-1] if out else b
        near = out and a.end <= b.start <= a.end + 7 and _P["composed"].match(text[a.end : b.start])
        if not near or a.value is None or b.value is None or not _merge(text, a, b):
            out.append(b)
    return out


def _merge(text: str, a: Amount, b: Amount) -> bool:
    """Add `b` to `a` where it is its part; was it?"""
    assert a.value is not None and b.value is not None
    size, gap, end = STEPS.get((a.unit or "", b.unit or "")), text[a.end : b.start].strip(), b.end
    if a.unit == "ft" and b.kind == "count" and (mark := _P["inch_mark"].match(text, end)):
        size, end = 12, mark.end()
    if size:
        a.value, a.end = a.value + b.value / size, end
        return True
    if a.kind != "money" or a.before or a.number.scale != 1 or gap not in {"", "and"}:
        return False
    part = 0.0
    if b.kind == "count" and not gap and b.number.scale == 1 and 9 < b.value < 100:
        fits = b.number.kind == "cardinal" and _P["price_end"].match(text, end)
        part = b.value / 100 if fits else 0.0
    elif b.kind == "money" and b.unit == a.unit and b.value < 1 <= min(a.value, b.number.top):
        part = b.value
    if part:
        a.value, a.end = tidy(a.value + part), end
    return bool(part)
