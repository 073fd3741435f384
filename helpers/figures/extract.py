"""The figures of one text: dates, then amounts, counts and ordinals, then what they mean."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from datetime import date
from itertools import pairwise

from .amounts import find_amounts
from .anchor import Anchor
from .counts import count_of
from .dates import Timed
from .meaning import complete, in_rows
from .measures import HEAT, Amount, measure_unit
from .model import Figure, Number
from .modifiers import date_modifier, modifier
from .money import Purse, measure_money
from .never import Names, labelled
from .numbers import find_numbers, starts_in
from .ordinals import ordinal_of, roman_ordinals
from .percent import measure_percent
from .rates import per_of
from .spelled import share_of
from .styles import digit_style
from .syntax import Syntax
from .times import find_times
from .years import is_year

__all__ = ["extract"]

LIMITS = frozenset({"at_most", "at_least", "over", "under"})
LOWER, UPPER = frozenset({"over", "at_least"}), frozenset({"under", "at_most"})
VALUED = frozenset({"money", "percent", "quantity", "count", "number"})
COUNTED = frozenset({"count", "number"})
OR = re.compile(r"(?:\s+of\s+[\w ]{1,25})?\s+or\s+$")
AND = re.compile(r"\s+and\s+[a-z][a-z ]{3,32}\s$", re.I)
SHARED = re.compile(r",?\s+(?:(?:and|or|maybe|perhaps|possibly|if\s+not|even|to)\s+)*")
METRIC = re.compile(r"°C|\bCelsius\b|\bkm\b|\bkilomet|\bmetres?\b", re.I)
FAHRENHEIT = re.compile(r"°F|\bFahrenheit\b", re.I)
NUMERIC_DAY = re.compile(r"\d{4}-\d\d-\d\d|(?:\d\d?/\d\d?\s?-\s?)?\d\d?[./]\d\d?[./]\d{4}")
LETTERS = re.compile(r"[A-Za-z]{3}")


def extract(text: str, day: date | None) -> list[Figure]:
    """Every figure of the text without its speaker, left to right, none overlapping."""
    anchor = Anchor(text, day)
    purse = Purse(text)
    syntax = Syntax(text)
    starts = starts_in(syntax.doc.words, syntax.doc.starts)
    numbers = find_numbers(text, style=digit_style(text), starts=starts)
    times = find_times(text, anchor)
    dated = [t for t in times if not text[t.start].isalpha()]
    names = Names(text, [(x.start, x.end) for x in (*dated, *numbers)])
    times = [t for t in times if _stands(text, t, purse, names)]
    numbers = [n for n in _outside(numbers, times) if _counts_at_all(text, n, purse, names)]
    romans = _outside(roman_ordinals(text), times)
    cardinals = [n for n in numbers if n.kind != "ordinal"]
    measured, bare = find_amounts(text, cardinals, purse=purse)
    _heat(text, measured)
    ordinals = sorted([n for n in numbers if n.kind == "ordinal"] + romans, key=lambda n: n.start)
    syntax.prepare(
        [a.start for a in measured] + [a.start for a in bare] + [n.start for n in ordinals]
    )
    amounts = measured + _counts(text, bare, syntax, {a.start: a.end for a in measured})
    amounts += [a for n in ordinals if (a := ordinal_of(text, n, syntax))]
    figures = [_figure(text, a, syntax.paragraph(a.start)) for a in (*times, *amounts)]
    figures = _apart(sorted(figures, key=lambda f: (f.start, -f.end)))
    figures = _two_sided(text, _share_modifiers(text, figures))
    return complete(text, figures)


def _heat(text: str, amounts: list[Amount]) -> None:
    """Bare degrees of heat: Celsius where the document is metric, Fahrenheit where it says so."""
    bare = [a for a in amounts if a.unit == "degree"]
    sample = text[:200_000] if bare else ""
    unit = "°F" if FAHRENHEIT.search(sample) else "°C" if METRIC.search(sample) else ""
    for a in bare:
        if unit and HEAT.search(text, max(0, a.start - 150), a.end + 60):
            a.unit = unit


def _stands(text: str, t: Timed, purse: Purse, names: Names) -> bool:
    """Is the time expression one: plain years against counts, digit dates against identifiers?"""
    written = text[t.start : t.end]
    if t.year_only:
        n = Number(t.start, t.end, float(written), digits=written, scale_end=t.end)
        measures = (measure_money(text, n, purse), measure_percent(text, n), measure_unit(text, n))
        if any(measures) or share_of(text, t.start, t.end, n.top):
            return False
        named = labelled(text, t.start) or names.holds(t.start, t.end)
        return not named and is_year(text, t.start, t.end)
    if not LETTERS.search(written) and not NUMERIC_DAY.fullmatch(written):
        return not names.holds(t.start, t.end)
    return True


def _counts_at_all(text: str, n: Number, purse: Purse, names: Names) -> bool:
    """Letters right before the digits are money ("RM23.50", "USD10m") or the number is none."""
    if n.start and text[n.start - 1].isalpha() and n.digits:
        return measure_money(text, n, purse) is not None
    return not names.holds(n.start, n.end)


def _outside(numbers: list[Number], times: list[Timed]) -> list[Number]:
    """The numbers that no time expression holds."""
    ends = [t.end for t in times]
    kept = []
    for n in numbers:
        i = bisect_left(ends, n.start + 1)
        if i == len(times) or times[i].start >= n.end:
            kept.append(n)
    return kept


def _counts(
    text: str, bare: list[Amount], syntax: Syntax, measured: dict[int, int]
) -> list[Amount]:
    found: list[Amount] = []
    previous: tuple[int, str] | None = None  # the sentence and the noun of the count before
    rows = in_rows(text, bare)
    for n, amount in enumerate(bare):
        if n in rows and amount.number.digits:
            amount.kind = "number"
            found.append(amount)
            continue
        here = syntax.number(amount.start)
        opens = amount.start == syntax.sentence(amount.start).start
        near = previous and (previous[0] == here or opens and previous[0] == here - 1)
        noun = previous[1] if previous and near else None
        beyond = measured.get(amount.end + 1, amount.end)  # "one 60,000 barrel-a-day refinery"
        counted = count_of(text, amount, syntax, noun, beyond=beyond)
        if counted is None:
            continue
        found.append(counted)
        if counted.kind == "count" and counted.unit not in {None, "fraction"}:
            previous = (here, counted.unit or "")
    for b, a in pairwise(reversed(found)):
        lacks = a.unit is None and a.kind != "duration"
        has = b.kind == "count" and b.unit != "fraction"
        if lacks and has and SHARED.fullmatch(text[a.end : b.start]):
            a.kind, a.unit = "count", b.unit
    return found


def _figure(text: str, a: Amount | Timed, paragraph: int) -> Figure:
    """The figure with its modifier; vague numbers are `about`, ordinals have none."""
    mod = a.modifier if isinstance(a, Amount) else None
    if a.kind == "date":
        mod = date_modifier(text, a.start)
    elif mod is None and a.kind != "ordinal":
        vague = isinstance(a, Amount) and a.number.kind == "vague"
        mod = modifier(text, a.start, a.end, kind=a.kind) or ("about" if vague else None)
    found = Figure(
        a.start, a.end, text[a.start : a.end], a.kind, value=a.value, low=a.low, high=a.high,
        unit=a.unit, modifier=mod, timex=a.timex, paragraph=paragraph,
    )  # fmt: skip
    return found if a.kind in {"date", "ordinal"} else replace(found, per=per_of(text, found))


def _share_modifiers(text: str, figures: list[Figure]) -> list[Figure]:
    """ "up to 4 % of turnover or €20m": a limit holds for both sides of "or"."""
    out: list[Figure] = []
    for f in figures:
        before = out[-1] if out else None
        free = f.modifier is None and f.kind in VALUED
        limited = before and before.modifier in LIMITS and before.kind in VALUED
        if free and limited and OR.match(text[before.end : f.start]):
            f = replace(f, modifier=before.modifier)
        out.append(f)
    return out


def _two_sided(text: str, figures: list[Figure]) -> list[Figure]:
    """ "over 10 and under 40" is one range."""
    out: list[Figure] = []
    for f in figures:
        a = out[-1] if out else f
        low, high = (a, f) if a.modifier in LOWER else (f, a)
        sides = low.modifier in LOWER and high.modifier in UPPER and {a.kind, f.kind} <= COUNTED
        known = low.value is not None and high.value is not None
        if sides and known and AND.fullmatch(text[a.end : f.start]) and low.value < high.value:
            out.pop()
            f = replace(
                f, start=a.start, text=text[a.start : f.end], value=None, low=low.value,
                high=high.value, modifier=None, unit=f.unit or a.unit,
            )  # fmt: skip
        out.append(f)
    return out


def _apart(figures: list[Figure]) -> list[Figure]:
    """Drop what overlaps a figure before it."""
    kept: list[Figure] = []
    for f in figures:
        if not kept or f.start >= kept[-1].end:
            kept.append(f)
    return kept
