"""The word lists of the figures room, read once from `helpers/data` and from Babel."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale
from babel.numbers import get_currency_name

__all__ = ["alternation", "calendar", "currencies", "idioms", "measured_words", "modifiers",
           "number_words", "units"]  # fmt: skip


def _toml(name: str) -> dict[str, Any]:
    text = files("helpers").joinpath("data", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def number_words() -> dict[str, dict[str, float]]:
    """Number words by class: units, teens, tens, scales, short_scales, ordinals, parts, vulgar."""
    return _toml("number_words.toml")


@cache
def calendar() -> dict[str, dict[str, Any]]:
    """Months, weekdays, seasons, holidays, parts of the day and lengths of time."""
    return _toml("calendar.toml")


@cache
def idioms() -> dict[str, list[str]]:
    """Phrases whose number word is no figure ("one day", "second to none")."""
    return _toml("number_idioms.toml")


@cache
def measured_words() -> dict[str, dict[str, Any]]:
    """Words of movement, of pounds and of rates, by which an amount is told."""
    return _toml("measured_words.toml")


@cache
def modifiers() -> dict[str, dict[str, list[str]]]:
    """Modifier phrases by side: `left`, `right`, `dates` -> modifier -> phrases."""
    return _toml("modifiers.toml")


class Units:
    """`words[phrase] -> symbol`, `short[form] -> symbol`, `names[symbol] -> name`."""

    def __init__(self) -> None:
        self.words: dict[str, str] = {}
        self.short: dict[str, str] = {}
        self.only: dict[str, str] = {}
        self.names: dict[str, str] = {}
        for group in _toml("units.toml").values():
            for symbol, entry in group.items():
                self.names[symbol] = entry["words"][0] if entry["words"] else symbol
                self.words.update(_forms(entry["words"], symbol))
                self.short.update(dict.fromkeys(entry["short"], symbol))
                if "only" in entry:
                    self.only[symbol] = entry["only"]


def _forms(words: list[str], symbol: str) -> dict[str, str]:
    """Each phrase with its hyphenated and plural spellings."""
    found = {}
    for word in words:
        for form in (word, word + "s"):
            found[form] = found[form.replace("-", " ")] = found[form.replace(" ", "-")] = symbol
    return found


@cache
def units() -> Units:
    """The units of measurement of `units.toml`."""
    return Units()


class Currencies:
    """Currency names, signs and codes: Babel's tables and `currencies.toml` together."""

    def __init__(self) -> None:
        own = _toml("currencies.toml")
        current = Locale("en").currencies
        self.codes = frozenset(code for code in current if code not in {"XXX", "XTS"})
        self.wordlike = frozenset(own["wordlike_codes"]["codes"])
        self.before: dict[str, str] = own["before"]
        self.after: dict[str, str] = own["after"]
        self.tight = frozenset(own["tight"]["signs"])
        self.subunits: dict[str, str] = own["subunits"]
        self.weak = frozenset(own["weak_nouns"]["words"])
        self.nouns: dict[str, str] = {}
        for noun, code in own["nouns"].items():
            self.nouns[noun] = self.nouns[noun + "s"] = code
        self.names: dict[str, str] = {}
        for code in sorted(self.codes):
            for count in (1, 2):
                name = get_currency_name(code, count, locale="en").casefold()
                if "(" not in name and " " in name:
                    self.names.setdefault(name, code)
        for name, code in own["names"].items():
            self.names[name] = self.names[name + "s"] = code


@cache
def currencies() -> Currencies:
    """What names money: `before`, `after`, `names`, `nouns`, `subunits`, `codes`."""
    return Currencies()


def alternation(words: list[str] | dict[str, Any]) -> str:
    """A regular-expression alternation of literal words, longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))
