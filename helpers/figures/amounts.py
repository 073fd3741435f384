"""Amounts put together: ranges, changes and lists that share a unit."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from .measures import LENGTHS, Purse, before, measure, period
from .model import Amount, Number, tidy
from .rules import first, patterns, rules

_P = patterns("amounts")
_RANGES = rules("number_rules", "ranges")
UNCOUNTED = patterns("affixes")["uncounted"]
PARTS = {("ft", "in"): 12, ("lb", "oz"): 16, ("stone", "lb"): 14}
HIGHEST_SCORE = 400


def find_amounts(text: str, numbers: list[Number], purse: Purse) -> list[Amount]:
    """Money, percentages, quantities, durations and, of kind `count`, bare ones at the numbers."""
    items = [a for n in numbers if (a := _measure(text, n, purse)) is not None]
    _share_units(text, items)
    items = _join_ranges(text, items)
    _carry(text, items)
    return _compose(text, items)


def _measure(text: str, n: Number, purse: Purse) -> Amount | None:
    if n.start > 0 and text[n.start - 1].isalpha():
        return before(text, n, purse)
    parts = _P["of"].match(text, n.end) if n.kind == "vague" else None
    whole = measure(text, replace(n, end=parts.end()), purse) if parts else None
    found = whole or measure(text, n, purse)  # "millions of dollars", "hundreds of years"
    return found or n.measured("count", None, n.end, rule="")


def _gap(text: str, a: Amount, b: Amount) -> str:
    """What stands between two amounts that are near, "" else."""
    return text[a.end : b.start] if b.start - a.end <= 40 else ""


def _share_units(text: str, items: list[Amount]) -> None:
    """ "3, 4 and 5 km", "$2, $3 and $5 million": one without a unit or scale takes the next's."""
    for a, b in reversed(list(pairwise(items))):
        gap = _gap(text, a, b)
        listed = _P["list_end"].match(gap) or _P["list"].match(gap) and b.joined
        if not listed or a.number.kind == "fraction":
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
    if a.value is not None and b.value is not None and a.number.scale == 1:
        a.value = tidy(a.value * b.value / (b.number.value or b.value))  # "5 and 10 cents"
    if b.kind == "duration":
        a.timex = period(a.least, LENGTHS[b.unit or ""])


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
        m, how = _P["link"].match(_gap(text, a, b)), ""
        alike = a.kind == b.kind and (a.unit == b.unit or a.unit is None or b.unit is None)
        alike = alike or b.kind == "count" or a.kind == "count" and not b.before
        if m and alike and a.low is None and b.low is None:
            how = _how(text, a, b, m)
        if how in {"range", "score"}:
            out.pop()
        if how == "range":
            out.append(_range(a, b))
        elif how != "score":
            larger = b.kind != "count" or b.number.scale > a.number.scale
            if how == "change" and a.kind == "count" and larger:
                _take(a, b)
            out.append(b)
    return out


def _carry(text: str, items: list[Amount]) -> None:
    """Units and scales over a change: "from 4.6 to 7-8 billion euros", "from 31 mpg to 34"."""
    for a, b in pairwise(items):
        gap, lead = _gap(text, a, b), text[max(0, a.start - 40) : a.start]
        from_ = _P["from"].search(lead)
        if a.kind == "count" != b.kind:
            if from_ and _P["to"].match(gap) and a.low is None and b.low is not None:
                _take(a, b)
        elif a.kind != "count" == b.kind:
            # "from A to b", "rose by A … fell by b", "A in 2016 and b in 2017"
            by = _P["by"].search(lead) and _P["also_by"].match(gap) and _P["change"].search(gap)
            beside = UNCOUNTED.match(text, b.end) and (by or from_ and _P["to_last"].match(gap))
            if beside or _P["timed_and"].search(gap) and _P["timed"].match(text, b.end):
                _take(b, a)
                b.joined = True


def _how(text: str, a: Amount, b: Amount, m: re.Match[str]) -> str:
    """range, change (two figures that share a unit), score or other: the rows of [ranges]."""
    (low, high), gap, word = _pair(a, b), m.group(), (m["word"] or "dash").lower()
    bare_a, bare_b = a.kind == "count", b.kind == "count"
    bare, near = bare_a and bare_b, low < high <= 2 * low + 1 and not a.before
    alike = not bare and a.number.words == b.number.words
    digits, long = a.number.digits and b.number.digits, "—" in gap
    told = {
        word: True, "linked": word not in {"dash", "and", "or"}, "rising": low < high,
        "bare": bare, "bare_a": bare_a, "bare_b": bare_b and not bare_a, "joined": a.joined,
        "near": near and a.number.kind != "fraction" and (bare_a or a.joined),
        "far": high > 2 * low, "one": b.number.value == 1, "small": high <= HIGHEST_SCORE,
        "lasting": b.kind in {"quantity", "duration"}, "spaced": gap[0] == " ",
        "odd": not alike and (gap[0] == " " and long or not digits),
        "apart": b.before and not a.before or long and gap != "—",
    }  # fmt: skip
    return first(_RANGES, text, a.start, b.end, told).then


def _pair(a: Amount, b: Amount) -> tuple[float, float]:
    """Both ends of the range, with the scale that one has and the other lacks."""
    low, high, scale = a.value or 0.0, b.value or 0.0, b.number.scale
    if a.number.scale == 1 and scale > 1 and low < 1000 and low * scale < high:
        low *= scale
    if b.kind == "money" and a.kind == "count" and b.number.value:
        low *= min(1, high / b.number.value)
    return low, high


def _range(a: Amount, b: Amount) -> Amount:
    low, high = _pair(a, b)
    main = b if a.kind == "count" else a
    timex = period(low, LENGTHS[main.unit or ""]) if main.kind == "duration" else ""
    return replace(
        main, start=a.start, end=b.end, value=None, low=tidy(low), high=tidy(high), number=b.number,
        before=a.before, joined=False, timex=timex,
    )  # fmt: skip


def _compose(text: str, items: list[Amount]) -> list[Amount]:
    """ "5 ft 2 in", "15 dollars 50", "two euros and twenty cents" as one figure."""
    out: list[Amount] = []
    for b in items:
        gap = _P["composed"].fullmatch(text, out[-1].end, b.start) if out else None
        part = _part(text, out[-1], b, gap.group()) if gap else 0.0
        if part:
            out[-1].value, out[-1].end = tidy(out[-1].least + part), b.end
        else:
            out.append(b)
    return out


def _part(text: str, a: Amount, b: Amount, gap: str) -> float:
    """What the second amount adds to the first as a part of it, 0 where it is none."""
    if a.low is not None or b.low is not None or (a.unit, b.unit) in PARTS:
        return b.least / PARTS[a.unit, b.unit] if a.low is b.low is None else 0.0
    if a.kind != "money" or a.before or a.number.scale != 1 or "," in gap or "-" in gap:
        return 0.0
    if b.kind == "money":
        return b.least if b.unit == a.unit and b.least < 1 <= a.least else 0.0
    cents = b.kind == "count" and b.number.kind == "cardinal" and 9 < b.least < 100
    return b.least / 100 if cents and gap.isspace() and _P["price_end"].match(text, b.end) else 0.0
