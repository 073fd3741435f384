"""The word lists, names and patterns of the figures room, read once from `helpers/data`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..text import read_list, read_tables

__all__ = ["Affix", "affixes", "alternation", "any_of", "calendar", "compiled", "currencies",
           "measured_words", "modifier_words", "modifiers", "number_words", "patterns",
           "read_toml", "units"]  # fmt: skip

SWAPS = ((" ", " "), ("-", " "), (" ", "-"))  # the spellings of a compound
FORMS = {" ": r"\s+", ".": r"\.", "*": r"\w*"}
LINE_END = re.compile(r"\n\s*")
ATOM = re.compile(r"\{([A-Za-z]\w*)\}")


def read_toml(name: str) -> dict[str, Any]:
    """The tables of `helpers/data/NAME.toml`."""
    return read_tables(f"{name}.toml")


def number_words() -> dict[str, dict[str, float]]:
    """Number words by class: units, teens, tens, scales, short_scales, ordinals, parts, vulgar."""
    return read_toml("number_words")


def calendar() -> dict[str, dict[str, Any]]:
    """Months, weekdays, seasons, holidays, parts of the day and lengths of time."""
    return read_toml("calendar")


def measured_words() -> dict[str, dict[str, Any]]:
    """Words of movement, of pounds and of rates, by which an amount is told."""
    return read_toml("measured_words")


def modifiers() -> dict[str, dict[str, list[str]]]:
    """Modifier phrases by side: `left`, `right`, `dates` -> modifier -> phrases."""
    return read_toml("modifiers")


@cache
def modifier_words(side: str) -> dict[str, str]:
    """Which modifier each phrase of a side is; a phrase in two lists is of the first."""
    lists = modifiers()[side]
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
    words = number_words()
    small = {w: v for w, v in words["ordinals"].items() if v <= 31}
    found = {
        "days": alternation(small),
        "ones": alternation([w for w, v in words["units"].items() if v]),
    }
    for tables in (calendar(), measured_words(), {"": read_toml("number_idioms")}, words):
        for name, table in tables.items():
            if not any(isinstance(entry, list | dict) for entry in table.values()):
                found[name] = alternation(table)
            found |= {key: any_of(entry) for key, entry in table.items() if isinstance(entry, list)}
    for side, forms in (("before", affixes().before), ("after", affixes().signs)):
        found[f"{side}_signs"] = alternation([f for f in forms if f not in currencies()])
    labels = read_list("identifiers.txt")[""]
    found["big_labels"] = alternation([w for w in labels if w[:1].isupper()])
    found["small_labels"] = alternation([w for w in labels if not w[:1].isupper()])
    found["number_names"] = alternation(read_list("number_names.txt")[""])
    for side in ("left", "right", "dates"):
        found[f"{side}_words"] = alternation(modifier_words(side))
    found["up"] = any_of(modifiers()["moving"]["up"])
    return found | _file()["atoms"]


@cache
def _file() -> dict[str, dict[str, str]]:
    return read_toml("figure_patterns")


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern on one line with the atoms in it written out."""
    while ATOM.search(pattern):
        pattern = ATOM.sub(lambda m: _atoms()[m[1]], pattern)
    return re.compile(LINE_END.sub("", pattern), flags)


@cache
def patterns(table: str) -> dict[str, re.Pattern[str]]:
    """The patterns of one table of `figure_patterns.toml` by name."""
    return {name: compiled(pattern) for name, pattern in _file()[table].items()}


def turned(rows: dict[str, dict[str, Any]], *columns: str, plural: bool = False) -> dict[str, str]:
    """{form: key of its row} for what rows have in these columns; with `plural` each in "s" too."""
    found = {
        form: key for key, row in rows.items() for name in columns for form in row.get(name, [])
    }
    return found | {form + "s": key for form, key in found.items()} if plural else found


class Units:
    """`words[phrase] -> symbol`, `short[form] -> symbol`, `names[symbol] -> name`, `rows`."""

    def __init__(self) -> None:
        groups = read_toml("units").items()
        self.rows = {
            symbol: {"group": g, **row} for g, rows in groups for symbol, row in rows.items()
        }
        self.names = {symbol: [*row["words"], symbol][0] for symbol, row in self.rows.items()}
        self.short = turned(self.rows, "short")
        plain = turned(self.rows, "words", plural=True).items()
        self.words = {form.replace(*swap): u for form, u in plain for swap in SWAPS}


@cache
def units() -> Units:
    """The units of measurement of `units.toml`."""
    return Units()


def currencies() -> dict[str, dict[str, Any]]:
    """The rows of `currencies.toml` by ISO 4217 code."""
    return read_toml("currencies")


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
        lengths, u, c = calendar()["lengths"], units(), currencies()
        names = {letter: name for name, letter in reversed(lengths.items())}
        times = {
            w: Affix("duration", names[x], f"calendar.lengths.{names[x]}")
            for w, x in lengths.items()
        }
        self.words = times | {word + "s": affix for word, affix in times.items()}
        self.words |= {form: _unit(symbol) for form, symbol in u.words.items()}
        self.signs = {form: _unit(symbol) for form, symbol in u.short.items()}
        self.before = {form: _unit(symbol) for form, symbol in turned(u.rows, "before").items()}
        self.names = turned(c, "names", plural=True)
        self.nouns = turned(c, "nouns", "weak", plural=True)
        weak = turned(c, "weak", plural=True)
        for noun, code in self.nouns.items():
            self.words[noun] = _money(code, only="weak" if noun in weak else "noun")
        for name, code in self.names.items():
            self.words[name] = _money(code)
            if name.endswith(" dollar"):  # "12 Canadian cents"
                part = _money(code, 0.01)
                self.words |= dict.fromkeys((f"{name[:-7]} cent", f"{name[:-7]} cents"), part)
        codes = {
            code: _money(code, only="code" if row.get("word") else "") for code, row in c.items()
        }
        codes |= {sign: _money(code, 1e6) for sign, code in turned(c, "millions").items()}
        self.signs |= codes | {sign: _money(code) for sign, code in turned(c, "after").items()}
        self.before |= codes | {sign: _money(code) for sign, code in turned(c, "before").items()}
        self.before |= {s: _money(code, only="tight") for s, code in turned(c, "tight").items()}
        for part, code in turned(c, "hundredths").items():
            affix = _money(code, 0.01, "cent" if part in {"cent", "¢"} else "")
            if len(part) == 1:
                self.signs[part] = affix
            else:
                self.words |= {part: affix, part + "s": affix}


def _money(code: str, factor: float = 1, only: str = "") -> Affix:
    return Affix("money", code, f"currencies.{code}", factor, only)


def _unit(symbol: str) -> Affix:
    row = units().rows[symbol]
    kind = "percent" if row["group"] == "share" else "quantity"
    return Affix(kind, symbol, f"units.{symbol}", 1, row.get("only", ""))


@cache
def affixes() -> Affixes:
    """The tables of what may stand beside a number."""
    return Affixes()
