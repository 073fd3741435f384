"""What a figure measures (`of`) and the time it holds for (`when`), as the reader points to it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..reader import measures
from .lexicon import patterns
from .model import Amount, Figure

_P = patterns("meaning")
AMOUNTS = frozenset({"money", "percent", "quantity", "count", "number"})
TIMES = frozenset({"date", "duration"})


def complete(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures with what they are of and when; cells of a table have neither.

    A count's thing is its `unit` already; it has an `of` only where it has no unit.
    """
    rows = in_rows(text, figures)
    wanted = [n for n, f in enumerate(figures) if f.kind in AMOUNTS and n not in rows]
    if not wanted:
        return figures
    times = [f for f in figures if f.kind in TIMES and f.timex and not _is_base(text, f)]
    own = {k: n for k, t in enumerate(times) if (n := _only_of(text, t, figures)) is not None}
    asked, others = measures(text), [(f.start, f.end) for f in figures if f.kind in AMOUNTS]
    out = list(figures)
    for n in wanted:
        f = figures[n]
        here = [t for k, t in enumerate(times) if own.get(k, n) == n]
        found = asked((f.start, f.end), [(t.start, t.end) for t in here], others)
        if found is not None:
            of = " ".join(text[slice(*found.of)].split()) if found.of and _has_of(f) else None
            when = here[found.when].timex if found.when is not None else None
            out[n] = replace(f, of=of, when=when)
    return out


def _only_of(text: str, time: Figure, figures: list[Figure]) -> int | None:
    """The number of the only amount that a time can hold for: "(2021: €5 billion)", "down from 68
    per cent in 2019"."""
    k = bisect_left(figures, time.start, key=lambda f: f.start)
    behind, before = figures[k + 1 : k + 2], figures[k - 1] if k else None
    opened = text[time.start - 1 : time.start] == "(" and behind
    if opened and _P["heading"].fullmatch(text, time.end, behind[0].start):
        return k + 1
    if (
        before is not None
        and before.kind in AMOUNTS
        and _P["compared"].search(text[max(0, before.start - 30) : before.start])
    ):
        return k - 1 if _P["attached"].fullmatch(text, before.end, time.start) else None
    return None


def _is_base(text: str, time: Figure) -> bool:
    """Does nothing hold for a time, as it names a base or a work: "at 2016 prices"?"""
    before = text[max(0, time.start - 24) : time.start]
    return bool(_P["base_before"].search(before) or _P["base_behind"].match(text, time.end))


def in_rows(text: str, spans: Sequence[Figure | Amount]) -> set[int]:
    """Which of them stand between two others with blanks alone between: the cells of a table."""
    beside = [text[a.end : b.start].isspace() for a, b in pairwise(spans)]
    return {n for n, both in enumerate(pairwise(beside), 1) if all(both)}


def _has_of(f: Figure) -> bool:
    if f.kind == "number" and f.text.isalpha() and (f.value or 0) < 20:
        return False  # "a mother of three", "the two"
    return f.kind in {"money", "percent", "quantity", "number"} or f.unit in {None, "fraction"}
