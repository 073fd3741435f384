"""The tables of `helpers/data`, and the engine that runs their rules; the longest wins.

A rule has patterns for what it reads (`find`) and for what stands left and right of it; what
follows from it (`then`) is a verdict, a unit or a function of `dates.py` or `relative.py`.  Its
id, the file and the row, goes with the figure.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ..text import read_list, read_tables
from .model import Amount

SWAPS = ((" ", " "), ("-", " "), (" ", "-"))  # the spellings of a compound
FORMS = {" ": r"\s+", ".": r"\.", "*": r"\w*"}
LINE_END = re.compile(r"\n\s*")
ATOM = re.compile(r"\{([A-Za-z]\w*)\}")
LEFT_REACH = 40  # characters that a `left` pattern sees where its row does not say
WINDOW_REACH = 64  # characters around a word of time in which date rules are tried
SIDES = ("left", "right", "not_left", "not_right")
BLANK = re.compile(r"\s")
Groups = dict[str, str]


def read_toml(name: str) -> dict[str, Any]:
    """The tables of `helpers/data/NAME.toml`."""
    return read_tables(f"{name}.toml")


@cache
def modifier_words(side: str) -> dict[str, str]:
    """Which modifier each phrase of a side is; a phrase in two lists is of the first."""
    lists = read_toml("modifiers")[side]
    return {phrase: name for name in reversed(lists) for phrase in lists[name]}


def any_of(words: list[str]) -> str:
    """An alternation; "*" stands for the rest of a word, a blank for any blanks."""
    return "|".join(re.sub(r"[ .*]", lambda m: FORMS[m.group()], word) for word in words)


def alternation(words: list[str] | dict[str, Any]) -> str:
    """A regular-expression alternation of literal words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _atoms() -> dict[str, str]:
    """What `{name}` stands for in a pattern: an atom, a list of words, the keys of a table."""
    found: dict[str, str] = {}
    idioms = {"": read_toml("number_idioms")}
    for tables in (*map(read_toml, ("calendar", "measured_words", "number_words")), idioms):
        for name, table in tables.items():
            if not any(isinstance(entry, list | dict) for entry in table.values()):
                found[name] = alternation(table)
            found |= {key: any_of(entry) for key, entry in table.items() if isinstance(entry, list)}
    for side, forms in (("before", affixes().before), ("after", affixes().signs)):
        found[f"{side}_signs"] = alternation([f for f in forms if f not in read_toml("currencies")])
    letters = [re.escape(sign) for sign in affixes().before if sign[-1].isalpha()]  # "Rs500"
    found["glued_signs"] = "|".join(rf"(?<=(?<![\w-]){sign})" for sign in letters)
    labels = read_list("identifiers.txt")[""]
    found["big_labels"] = alternation([w for w in labels if w[:1].isupper()])
    found["small_labels"] = alternation([w for w in labels if not w[:1].isupper()])
    found["number_names"] = alternation(read_list("number_names.txt")[""])
    for side in ("left", "right", "dates"):
        found[f"{side}_words"] = alternation(modifier_words(side))
    found["up"] = any_of(read_toml("modifiers")["moving"]["up"])
    return found | read_toml("figure_patterns")["atoms"]


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern on one line with the atoms in it written out."""
    while ATOM.search(pattern):
        pattern = ATOM.sub(lambda m: _atoms()[m[1]], pattern)
    return re.compile(LINE_END.sub("", pattern), flags)


@cache
def patterns(table: str) -> dict[str, re.Pattern[str]]:
    """The patterns of one table of `figure_patterns.toml` by name."""
    return {name: compiled(row) for name, row in read_toml("figure_patterns")[table].items()}


def turned(rows: dict[str, dict[str, Any]], *columns: str, plural: bool = False) -> dict[str, str]:
    """{form: key of its row} for what rows have in these columns; with `plural` each in "s" too."""
    cells = ((key, row.get(name, [])) for key, row in rows.items() for name in columns)
    found = {form: key for key, forms in cells for form in forms}
    return found | {form + "s": key for form, key in found.items()} if plural else found


@cache
def unit_rows() -> dict[str, dict[str, Any]]:
    """The rows of `units.toml` by symbol, each with its `group` and `name`."""
    return {
        symbol: {"group": group, "name": [*row["words"], symbol][0], **row}
        for group, rows in read_toml("units").items()
        for symbol, row in rows.items()
    }


@dataclass(frozen=True, slots=True)
class Affix:
    """What a word or sign beside a number makes of it; `rule` is the row that says so.

    `only` is how it is restricted: `noun` and `weak` (money by a bare noun), `cent`, `tight` (signs
    that touch the number), `code` (an English word), `fraction`, `number` (behind digits).
    """

    kind: str
    unit: str
    rule: str
    factor: float = 1.0
    only: str = ""


class Affixes:
    """What may follow a number as `words` (small letters) or `signs`, and stand `before` it."""

    def __init__(self) -> None:
        lengths, u, c = read_toml("calendar")["lengths"], unit_rows(), read_toml("currencies")
        names = {letter: name for name, letter in reversed(lengths.items())}
        self.words = {
            form: Affix("duration", names[letter], f"calendar.lengths.{names[letter]}")
            for word, letter in lengths.items()
            for form in (word, word + "s")
        }
        plain = turned(u, "words", plural=True).items()
        self.words |= {form.replace(*swap): _unit(unit) for form, unit in plain for swap in SWAPS}
        self.signs = {form: _unit(unit) for form, unit in turned(u, "short").items()}
        self.names = turned(c, "names", plural=True)
        self.nouns = turned(c, "nouns", "weak", plural=True)
        weak = turned(c, "weak", plural=True)
        for noun, code in self.nouns.items():
            self.words[noun] = _money(code, only="weak" if noun in weak else "noun")
        for name, code in self.names.items():
            self.words[name] = _money(code)
            if name.endswith((" dollar", " dollars")):  # "12 Canadian cents"
                self.words[name.replace(" dollar", " cent")] = _money(code, 0.01)
        signs = {code: _money(code, only="code" if c[code].get("word") else "") for code in c}
        signs |= {sign: _money(code, 1e6) for sign, code in turned(c, "millions").items()}
        self.signs |= signs | {sign: _money(code) for sign, code in turned(c, "after").items()}
        self.before = {form: _unit(unit) for form, unit in turned(u, "before").items()} | signs
        self.before |= {sign: _money(code) for sign, code in turned(c, "before").items()}
        self.before |= {s: _money(code, only="tight") for s, code in turned(c, "tight").items()}
        for part, code in turned(c, "hundredths").items():
            affix = _money(code, 0.01, "cent" if part in {"cent", "¢"} else "")
            forms, side = [part, part + "s"], self.signs if len(part) == 1 else self.words
            side |= dict.fromkeys(forms[: len(part)], affix)


def _money(code: str, factor: float = 1, only: str = "") -> Affix:
    return Affix("money", code, f"currencies.{code}", factor, only)


def _unit(symbol: str) -> Affix:
    row = unit_rows()[symbol]
    kind = "percent" if row["group"] == "share" else "quantity"
    return Affix(kind, symbol, f"units.{symbol}", 1, row.get("only", ""))


@cache
def affixes() -> Affixes:
    """The tables of what may stand beside a number."""
    return Affixes()


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
    marks: frozenset[str] = frozenset()
    no_marks: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()  # classes of time words that must be near
    hints: tuple[str, ...] = ("",)  # and words of which one must
    reach: int = LEFT_REACH

    def fits(self, text: str, start: int, end: int) -> bool:
        """Do the right things stand beside text[start:end]?"""
        least = max(0, start - self.reach)
        lacks = self.right and not self.right.match(text, end)
        lacks = lacks or self.left and not self.left.search(text, least, start)
        has = self.not_right and self.not_right.match(text, end)
        return not (lacks or has or self.not_left and self.not_left.search(text, least, start))


NO_RULE = Rule("", "none")


@cache
def rules(file: str, table: str = "") -> tuple[Rule, ...]:
    """The rows of a file of `helpers/data`, or of one of its tables, in their order."""
    name, rows = f"{file}.{table}" if table else file, read_toml(file)
    rows = rows[table] if table else rows
    return tuple(_rule(f"{name}.{key}", row) for key, row in rows.items())


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
        hints=tuple(row.get("hints", "").split("|")),
        reach=row.get("reach", LEFT_REACH),
    )  # fmt: skip


def first(table: Iterable[Rule], text: str, start: int, end: int, told: Mapping[str, bool]) -> Rule:
    """The first rule of a table that fits what stands at [start, end) and has these marks."""
    marks = {mark for mark, holds in told.items() if holds}
    for rule in table:
        asked = rule.marks <= marks and rule.no_marks.isdisjoint(marks)
        if asked and rule.fits(text, start, end):
            return rule
    return NO_RULE


def groups(m: re.Match[str]) -> Groups:
    """What the named groups hold, by name; `y__2` and `y__3` are other places of `y`."""
    found = m.groupdict().items()
    return {name.partition("__")[0]: got for name, got in found if got is not None}


Window = tuple[int, int, list[Amount]]
Reader = Callable[[re.Match[str], Groups, Any], "Amount | str | None"]


def scan(text: str, readers: dict[str, Reader], anchor: Any) -> Iterable[Window]:
    """(start, end, times found there) for each stretch of the text around words of time.

    A rule's reader gives a time, or the TIMEX3 value of what it matched (of its group `x`, if any).
    """
    lower = text.lower()  # as long as the text, in which no "İ" is left
    for start, end, kinds in _windows(lower):
        found: list[Amount] = []
        near = lower[start:end]
        for rule in rules("date_rules"):
            asked = not rule.needs.isdisjoint(kinds) and any(hint in near for hint in rule.hints)
            if not asked or rule.no_marks and not rule.no_marks.isdisjoint(anchor.marks):
                continue
            for m in rule.find.finditer(text, start, end) if rule.find else ():
                if rule.fits(text, *m.span()):
                    made = readers[rule.then](m, groups(m), anchor)
                    if isinstance(made, str):
                        place = m.span("x" if "x" in rule.find.groupindex else 0)
                        found.append(Amount(*place, made, rule=rule.id))
                    elif made is not None and made.end > made.start:
                        found.append(replace(made, rule=rule.id))
        yield start, end, found


def _windows(lower: str) -> Iterable[tuple[int, int, set[str]]]:
    """Stretches of a text in small letters around words of time, with the words' classes."""
    found: list[tuple[int, int, set[str]]] = []
    for m in patterns("times")["marks"].finditer(lower):
        low, high = m.start() - WINDOW_REACH, m.end() + WINDOW_REACH
        kinds = {(m.lastgroup or "p")[0]}
        if found and low <= found[-1][1]:
            low, _, others = found.pop()
            kinds |= others
        found.append((low, high, kinds))
    for low, high, kinds in found:  # with the last word whole
        blank = BLANK.search(lower, high, high + 24)
        yield max(0, low), blank.start() if blank else min(len(lower), high + 24), kinds


def longest(found: Iterable[Amount]) -> list[Amount]:
    """The longest that do not overlap; of equals the first, then the earlier rule."""
    starts: list[int] = []
    taken: list[Amount] = []
    for one in sorted(found, key=lambda t: (t.start - t.end, t.start)):
        i = bisect_left(starts, one.start)
        if i < len(taken) and taken[i].start < one.end or i and taken[i - 1].end > one.start:
            continue
        starts.insert(i, one.start)
        taken.insert(i, one)
    return taken
