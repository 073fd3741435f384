"""The figures of one text: dates, then amounts, counts and ordinals, then what they mean."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import date
from itertools import pairwise

from .amounts import find_amounts
from .anchor import Anchor
from .composites import find_times
from .context import date_modifier, is_year, labelled, modifier, named, per_of
from .counts import count_of, ordinal_of, roman_ordinals
from .lexicon import patterns
from .meaning import complete, in_rows
from .measures import before, heat, measure
from .model import Amount, Figure, Number, Timed
from .nouns import Syntax
from .numbers import digit_style, find_numbers, starts_in
from .purse import Purse
from .spelled import share_of

_P = patterns("extract")
FOLDED = {"ſ": "s", "ı": "i", "İ": "I", "K": "K"}  # a pattern without case takes them for these


def extract(text: str, day: date | None) -> list[Figure]:
    """Every figure of the text without its speaker, left to right, none overlapping."""
    if not any(letter in text for letter in FOLDED):
        return _read(text, day)
    plain = text.translate(str.maketrans(FOLDED))
    return [replace(f, text=text[f.start : f.end]) for f in _read(plain, day)]


def _read(text: str, day: date | None) -> list[Figure]:
    anchor = Anchor(text, day)
    purse = Purse(text)
    syntax = Syntax(text)
    starts = starts_in(syntax.doc.words, syntax.doc.starts)
    numbers = find_numbers(text, style=digit_style(text), starts=starts)
    times = find_times(text, anchor)
    times = [t for t in times if _stands(text, t, purse)]
    numbers = [n for n in _outside(numbers, times) if _counts_at_all(text, n, purse)]
    romans = _outside(roman_ordinals(text), times)
    measured, bare = find_amounts(text, [n for n in numbers if n.kind != "ordinal"], purse=purse)
    heat(text, measured)
    ordinals = sorted([n for n in numbers if n.kind == "ordinal"] + romans, key=lambda n: n.start)
    amounts = measured + _counts(text, bare, syntax, {a.start: a.end for a in measured})
    amounts += [a for n in ordinals if (a := ordinal_of(text, n, syntax))]
    figures = [_figure(text, a, syntax.paragraph(a.start)) for a in (*times, *amounts)]
    figures = _apart(sorted(figures, key=lambda f: (f.start, -f.end)))
    return complete(text, figures)


def _stands(text: str, t: Timed, purse: Purse) -> bool:
    """Is the time expression one: plain years against counts, digit dates against identifiers?"""
    written = text[t.start : t.end]
    if t.year_only:
        n = Number(t.start, t.end, float(written), digits=written, scale_end=t.end)
        if measure(text, n, purse) or share_of(text, t.start, t.end, n.top):
            return False
        held = labelled(text, t.start) or named(text, t.start, t.end)
        return not held and is_year(text, t.start, t.end)
    whole = _P["letters"].search(written) or _P["numeric_day"].fullmatch(written)
    return bool(whole) or not named(text, t.start, t.end)


def _counts_at_all(text: str, n: Number, purse: Purse) -> bool:
    """Letters right before the digits are money ("RM23.50", "USD10m") or the number is none."""
    if n.start and text[n.start - 1].isalpha() and n.digits:
        return before(text, n, purse) is not None
    return not named(text, n.start, n.end)


def _outside(numbers: list[Number], times: list[Timed]) -> list[Number]:
    """The numbers that no time expression holds."""
    ends = [t.end for t in times]
    after = ((n, bisect_left(ends, n.start + 1)) for n in numbers)
    return [n for n, i in after if i == len(times) or times[i].start >= n.end]


def _counts(
    text: str, bare: list[Amount], syntax: Syntax, measured: dict[int, int]
) -> list[Amount]:
    """What the bare amounts are; a list of them shares the noun behind its last."""
    found: list[Amount] = []
    previous: tuple[int, str] | None = None  # the sentence and the noun of the count before
    rows = in_rows(text, bare)
    for n, amount in enumerate(bare):
        if n in rows and amount.number.digits:
            found.append(replace(amount, kind="number", rule="figure_patterns.numbers.cell"))
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
        if lacks and has and _P["shared"].fullmatch(text[a.end : b.start]):
            a.kind, a.unit, a.rule = "count", b.unit, b.rule
    return found


def _figure(text: str, a: Amount | Timed, paragraph: int) -> Figure:
    """The figure with its modifier; vague numbers are `about`, ordinals have none."""
    mod = per = None
    if a.kind == "date":
        mod = date_modifier(text, a.start)
    elif a.kind != "ordinal":
        vague = isinstance(a, Amount) and a.number.kind == "vague"
        mod = modifier(text, a.start, a.end, kind=a.kind) or ("about" if vague else None)
        per = per_of(text, a.end, unit=a.unit)
    return Figure(
        a.start, a.end, text[a.start : a.end], a.kind, value=a.value, low=a.low, high=a.high,
        unit=a.unit, modifier=mod, timex=a.timex, per=per, rule=a.rule, paragraph=paragraph,
    )  # fmt: skip


def _apart(figures: list[Figure]) -> list[Figure]:
    """Drop what overlaps a figure before it."""
    kept: list[Figure] = []
    for f in figures:
        if not kept or f.start >= kept[-1].end:
            kept.append(f)
    return kept
