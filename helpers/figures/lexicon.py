"""The word lists, names and patterns of the figures room, read once from `helpers/data`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..text import read_list, read_tables

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
    words = number_words()
    found = {
        "days": alternation({w: v for w, v in words["ordinals"].items() if v <= 31}),
        "ones": alternation([w for w, v in words["units"].items() if v]),
    }
    idioms = {"": read_toml("number_idioms")}
    for tables in (calendar(), read_toml("measured_words"), idioms, words):
        for name, table in tables.items():
            if not any(isinstance(entry, list | dict) for entry in table.values()):
                found[name] = alternation(table)
            found |= {key: any_of(entry) for key, entry in table.items() if isinstance(entry, list)}
    for side, forms in (("before", affixes().before), ("after", affixes().signs)):
        found[f"{side}_signs"] = alternation([f for f in forms if f not in read_toml("currencies")])
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
    found = {
        form: key for key, row in rows.items() for name in columns for form in row.get(name, [])
    }
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
        lengths, u, c = calendar()["lengths"], unit_rows(), read_toml("currencies")
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
            if name.endswith(" dollar"):  # "12 Canadian cents"
                part = _money(code, 0.01)
                self.words |= {f"{name[:-7]} cent": part, f"{name[:-7]} cents": part}
        signs = {code: _money(code, only="code" if c[code].get("word") else "") for code in c}
        signs |= {sign: _money(code, 1e6) for sign, code in turned(c, "millions").items()}
        self.signs |= signs | {sign: _money(code) for sign, code in turned(c, "after").items()}
        self.before = {form: _unit(unit) for form, unit in turned(u, "before").items()} | signs
        self.before |= {sign: _money(code) for sign, code in turned(c, "before").items()}
        self.before |= {s: _money(code, only="tight") for s, code in turned(c, "tight").items()}
        for part, code in turned(c, "hundredths").items():
            affix = _money(code, 0.01, "cent" if part in {"cent", "¢"} else "")
            forms = {part: affix} if len(part) == 1 else {part: affix, part + "s": affix}
            (self.signs if len(part) == 1 else self.words).update(forms)


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
