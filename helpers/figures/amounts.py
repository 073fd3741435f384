"""Amounts put together: ranges, changes, lists that share a unit, feet and inches."""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.figures.measures import (
    TIME_SYMBOLS,
    Amount,
    measure_percent,
    measure_unit,
    period,
    tidy,
)  # fmt: skip
from helpers.figures.model import Number
from helpers.figures.money import Purse, measure_money
from helpers.figures.never import is_score

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
CHANGE = re.compile(
    r"(?i)\b(?:ris\w+|rose|fall\w*|fell|increas\w+|decreas\w+|grow\w*|grew|drop\w*|declin\w+|cut\w*|"
    r"rais\w+|lift\w*|lower\w*|jump\w*|climb\w*|slip\w*|slid\w*|surg\w+|soar\w*|plung\w+|plummet\w*|"
    r"tumbl\w+|reduc\w+|shr[aiu]nk\w*|went|go(?:es|ing)?|gone|mov\w+|chang\w+|doubl\w+|tripl\w+|"
    r"gain\w*|lost|los\w+|add\w*|advanc\w+|eas\w+|edg\w+|narrow\w*|widen\w*|expand\w*|extend\w*|boost\w*|"
    r"up|down|improv\w+|swell\w*|dip\w*|upgrad\w+|revis\w+|trim\w*|slash\w*|scal\w+|leap\w*|leapt|"
    r"increase|decrease|reduction|rise|decline|hik\w+|inch\w*|strengthen\w*|weaken\w*|recover\w*)\b"
)
RANGING = re.compile(
    r"(?i)\b(?:rang\w+|var(?:y|ies|ied|ying)|anywhere|pric(?:e|es|ed|ing)|costs?|homes|age[sd]?|aged|"
    r"estimat\w+|span\w*|between|sizes?|fees|salaries|rents?|open|last\w*|worth|fines?|sentences?|terms?|number\s+is|"
    r"anything|everything)\b"
)
TWO_RANGES = re.compile(r"\s+to\s+\S+\s(?:to|and)\s\S*\d")  # "from 5 to 7 % to 3 to 5 %"
BREAKS = re.compile(r"[.;:!?]\s|\n")
FAMILIES = {
    ("ft", "in"): 12, ("lb", "oz"): 16, ("stone", "lb"): 14, ("yd", "ft"): 3, ("mi", "yd"): 1760,
}  # fmt: skip
TIME_ORDER = ["second", "minute", "hour", "day", "week", "month", "year"]
INCH_MARK = re.compile(r"\s?(?:in\b|[\"”])")
PRICE_END = re.compile(r"\s*(?:[.,;!?)]|$|\n|more\b|to\b)")
MAO = re.compile(r"(?:(?P<kuai>kuai)|mao|jiao)$")
COMPOSED = re.compile(r"^(?:,?\s+and\s+|,?\s*|-)$")


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
    items = _compose(text, items)
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
    if amount is None and not glued:
        amount = measure_percent(text, n) or measure_unit(text, n)
    if amount is not None or glued:
        return amount
    values = (n.value, n.low, n.high)
    return Amount(n.start, n.end, "count", *values, None, n)


def _gap(text: str, a: Amount, b: Amount) -> str | None:
    return text[a.end : b.start] if 0 <= b.start - a.end <= 40 else None


def _share_units(text: str, items: list[Amount]) -> None:
    """ "10 and 15 per cent", "3, 4 and 5 km": a number without a unit takes that of the next."""
    for i in range(len(items) - 2, -1, -1):
        a, b = items[i], items[i + 1]
        if a.kind != "count" or b.kind == "count" or b.before or a.number.kind == "ordinal":
            continue
        gap = _gap(text, a, b)
        if gap is None:
            continue
        ends = LIST_END.match(gap)
        listed = LIST.match(gap) and b.joined
        if (ends or listed) and a.number.kind != "fraction":
            _take(a, b)
            a.joined = True


def _take(a: Amount, b: Amount) -> None:
    """Give `a` the kind, unit and, where it fits, the scale of `b`."""
    a.kind, a.unit = b.kind, b.unit
    scale = b.number.scale
    top = max(b.value or 0, b.high or 0) * 10
    if scale > a.number.scale == 1 and a.value is not None and a.value * scale <= top:
        a.value = tidy(a.value * scale) if a.value < 1000 else a.value
    cents = b.kind == "money" and abs((b.value or 0) / (b.number.value or 1) - 0.01) < 1e-9
    if cents and a.value is not None and a.number.scale == 1:  # "5 and 10 cents"
        a.value = tidy(a.value * 0.01)
    if b.timex and a.value is not None:
        a.timex = period(a.value, None, None, _letter(b.unit or ""))


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
                bare_a, bare_b = a.kind == "count", b.kind == "count"
                if how == "change" and bare_a:
                    if not bare_b or b.number.scale > a.number.scale:
                        _take(a, b)
                elif how == "change" and bare_b:
                    b.kind, b.unit, b.joined = a.kind, a.unit, True
        out.append(b)
    return out


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
    moved = re.search(CHANGE.pattern + rf"(?:\s+(?:by|of|an?|to))?\s+{SOFT}$", clause)
    if moved and a.kind != "count" and not a.joined:
        return "other"
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


def _compose(text: str, items: list[Amount]) -> list[Amount]:
    """ "5 ft 2 in", "two years and three months", "15 dollars 50", "£3 and 20p" as one figure."""
    out: list[Amount] = []
    for b in items:
        if out and out[-1].value is not None and b.value is not None:
            a = out[-1]
            gap = _gap(text, a, b)
            if gap is not None and COMPOSED.match(gap) and _merge(text, a, b, gap):
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
