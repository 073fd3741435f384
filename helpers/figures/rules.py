"""The engine: rules that stand as rows of data, tried at a number or over a text; the longest wins.

A row has patterns for what it reads (`find`) and for what stands left and right of it; what follows
from it (`then`) is a verdict, a unit or the name of a function of `dates.py`.  Its id, the file and
the row, goes with the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .lexicon import compiled, patterns, read_toml
from .model import Timed

LEFT_REACH = 40  # characters that a `left` pattern sees where its row does not say
WINDOW_REACH = 64  # characters around a word of time in which date rules are tried
SIDES = ("left", "right", "not_left", "not_right")
BLANK = re.compile(r"\s")
NONE: frozenset[str] = frozenset()
Groups = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: patterns, the marks a number must have or lack, and what follows."""

    id: str
    then: str
    find: re.Pattern[str] | None = None
    left: re.Pattern[str] | None = None
    right: re.Pattern[str] | None = None
    not_left: re.Pattern[str] | None = None
    not_right: re.Pattern[str] | None = None
    marks: frozenset[str] = NONE
    no_marks: frozenset[str] = NONE
    needs: frozenset[str] = NONE  # classes of time words that must be near
    hints: tuple[str, ...] = ()  # and words of which one must
    reach: int = LEFT_REACH

    def fits(self, text: str, start: int, end: int) -> bool:
        """Do the right things stand beside text[start:end]?"""
        least = max(0, start - self.reach)
        return (
            (self.right is None or self.right.match(text, end) is not None)
            and (self.left is None or self.left.search(text, least, start) is not None)
            and (self.not_right is None or self.not_right.match(text, end) is None)
            and (self.not_left is None or self.not_left.search(text, least, start) is None)
        )


@cache
def rules(file: str, table: str = "") -> tuple[Rule, ...]:
    """The rows of a file of `helpers/data`, or of one of its tables, in their order."""
    rows, name = read_toml(file), f"{file}.{table}" if table else file
    return tuple(
        _rule(f"{name}.{key}", row) for key, row in (rows[table] if table else rows).items()
    )


def _rule(key: str, row: dict[str, Any]) -> Rule:
    sides = {name: compiled(row[name]) for name in SIDES if name in row}
    if "find" in row:
        sides["find"] = compiled(row["find"], re.X | (0 if row.get("case") else re.I))
    marks = row.get("when", "").split()
    return Rule(
        key, row["then"], **sides,
        marks=frozenset(m for m in marks if m[0] != "!"),
        no_marks=frozenset(m[1:] for m in marks if m[0] == "!"),
        needs=frozenset(row.get("needs", "")),
        hints=tuple(row["hints"].split("|")) if "hints" in row else (),
        reach=row.get("reach", LEFT_REACH),
    )  # fmt: skip


def first(
    table: Iterable[Rule], text: str, start: int, end: int, told: Mapping[str, bool]
) -> Rule | None:
    """The first rule of a table that fits what stands at [start, end) and has these marks."""
    marks = {mark for mark, holds in told.items() if holds}
    for rule in table:
        asked = rule.marks <= marks and rule.no_marks.isdisjoint(marks)
        if asked and rule.fits(text, start, end):
            return rule
    return None


def groups(m: re.Match[str]) -> Groups:
    """What the named groups hold, by name; `y__2` and `y__3` are other places of `y`."""
    found = (
        (name.partition("__")[0], got) for name, got in m.groupdict().items() if got is not None
    )
    return dict(found)


Reader = Callable[[re.Match[str], Groups, Any], "Timed | str | None"]


def scan(
    text: str, readers: dict[str, Reader], anchor: Any, *, table: tuple[Rule, ...]
) -> Iterable[tuple[int, int, list[Timed]]]:
    """(start, end, times found there) for each stretch of the text around words of time.

    A rule is tried where a class of words that it needs and one of its hints stand near.  Its
    reader gives a time, or the TIMEX3 value of what the rule matched (of its group `x`, if any).
    """
    lower = text.lower()  # as long as the text, in which no "İ" is left
    for start, end, kinds in _windows(lower):
        found: list[Timed] = []
        near = lower[start:end]
        for rule in table:
            if rule.needs.isdisjoint(kinds) or rule.find is None:
                continue
            if rule.no_marks and not rule.no_marks.isdisjoint(anchor.marks):
                continue
            if rule.hints and not any(hint in near for hint in rule.hints):
                continue
            for m in rule.find.finditer(text, start, end):
                if rule.fits(text, *m.span()):
                    made = readers[rule.then](m, groups(m), anchor)
                    if isinstance(made, str):
                        place = m.span("x" if "x" in rule.find.groupindex else 0)
                        found.append(Timed(*place, made, rule=rule.id))
                    elif made is not None and made.end > made.start:
                        found.append(replace(made, rule=rule.id))
        yield start, end, found


def _windows(lower: str) -> Iterable[tuple[int, int, set[str]]]:
    """Stretches of a text in small letters around words of time, with the words' classes."""
    found: list[tuple[int, int, set[str]]] = []
    for m in patterns("times")["marks"].finditer(lower):
        low, high, kind = m.start() - WINDOW_REACH, m.end() + WINDOW_REACH, (m.lastgroup or "p")[0]
        if found and low <= found[-1][1]:
            low, _, kinds = found.pop()
            found.append((low, high, kinds | {kind}))
        else:
            found.append((low, high, {kind}))
    for low, high, kinds in found:  # with the last word whole
        blank = BLANK.search(lower, high, high + 24)
        yield max(0, low), blank.start() if blank else min(len(lower), high + 24), kinds


def longest(found: Iterable[Timed]) -> list[Timed]:
    """The longest that do not overlap; of equals the first, then the earlier rule."""
    starts: list[int] = []
    taken: list[Timed] = []
    for one in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        i = bisect_left(starts, one.start)
        if i < len(taken) and taken[i].start < one.end or i and taken[i - 1].end > one.start:
            continue
        starts.insert(i, one.start)
        taken.insert(i, one)
    return taken
