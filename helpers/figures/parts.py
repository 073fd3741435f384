"""Amounts in parts: feet and inches, years and months, dollars and cents."""

from __future__ import annotations

import re

from .measures import Amount, tidy

__all__ = ["compose"]

FAMILIES = {
    ("ft", "in"): 12, ("lb", "oz"): 16, ("stone", "lb"): 14, ("yd", "ft"): 3, ("mi", "yd"): 1760,
}  # fmt: skip
TIME_ORDER = ["second", "minute", "hour", "day", "week", "month", "year"]
INCH_MARK = re.compile(r"\s?(?:in\b|[\"”])")
PRICE_END = re.compile(
    r"\s*(?:[.,;!?)]|$|\n)|\s+(?:more|to|an?|per|each|for|in|at|on|and|or|but|from|if|when)\b"
)
MAO = re.compile(r"(?:(?P<kuai>kuai)|mao|jiao)$")
COMPOSED = re.compile(r"^(?:,?\s+and\s+|,?\s*|-)$")


def compose(text: str, items: list[Amount]) -> list[Amount]:
    """ "5 ft 2 in", "two years and three months", "15 dollars 50", "£3 and 20p" as one figure."""
    out: list[Amount] = []
    for b in items:
        if out and out[-1].value is not None and b.value is not None:
            a = out[-1]
            gap = text[a.end : b.start]
            near = a.end <= b.start <= a.end + 7 and COMPOSED.match(gap)
            if near and _merge(text, a, b, gap):
                continue
        out.append(b)
    return out


def _merge(text: str, a: Amount, b: Amount, gap: str) -> bool:
    assert a.value is not None and b.value is not None
    size = FAMILIES.get((a.unit or "", b.unit or ""))
    if a.unit == "ft" and b.kind == "count" and (mark := INCH_MARK.match(text, b.end)):
        b.end, size = mark.end(), 12
    if size:
        a.value, a.end = a.value + b.value / size, b.end
        return True
    if a.kind == b.kind == "duration" and a.unit in TIME_ORDER and b.unit in TIME_ORDER:
        if TIME_ORDER.index(b.unit) < TIME_ORDER.index(a.unit) and b.timex and a.timex:
            date, _, clock = a.timex[1:].partition("T")
            date2, _, clock2 = b.timex[1:].partition("T")
            clock += clock2
            a.timex = "P" + date + date2 + ("T" + clock if clock else "")
            a.end = b.end
            return True
        return False
    if a.kind == "money" and not a.before and a.number.scale == 1 and gap.strip() in {"", "and"}:
        cents = b.kind == "money" and b.unit == a.unit and b.value < 1 <= min(a.value, b.number.top)
        bare = b.kind == "count" and not gap.strip() and b.number.scale == 1
        tenths = MAO.search(text, a.start, a.end)
        if bare and tenths and 0 < b.value < 10 and not gap[1:]:
            part = b.value / (10 if tenths["kuai"] else 100)  # "one kuai five", "five mao five"
        elif bare and 9 < b.value < 100 and b.number.kind == "cardinal":
            part = b.value / 100 if PRICE_END.match(text, b.end) else 0.0
        else:
            part = b.value if cents else 0.0
        if part:
            a.value, a.end = tidy(a.value + part), b.end
        return bool(part)
    return False
