"""What a number measures by what stands beside it: money, a share, a unit, a length of time.

What may stand there is in the tables of affixes that `lexicon` makes of currencies.toml, units.toml
and calendar.toml; here is which of them fits.
"""

from __future__ import annotations

import re
from dataclasses import replace

from .lexicon import Affix, affixes, calendar, number_words, patterns
from .model import Amount, Number, tidy
from .purse import Purse
from .spelled import SCALES

_A = affixes()
_P = patterns("affixes")
LENGTHS = calendar()["lengths"]  # unit of time -> its letter
LARGE = {"2W": (2, "W"), "Q": (3, "M"), "10Y": (10, "Y"), "100Y": (100, "Y"), "1000Y": (1000, "Y")}
SMALLER = {"PY": ("M", 12), "PTH": ("M", 60), "PTM": ("S", 60)}  # what a part of a unit is given in
BIG = {**SCALES, **number_words()["short_scales"]}
RISKY = frozenset("C F V W J A L l m g t in. cf PS ct st cc AU mt MT mb ly mi pt mw gw kw".split())
SPACED_OK = frozenset({"g", "t", "l", "L", "W", "V", "m", "mw", "kw", "gw"})
DOUBTED = frozenset({"won", "sum", "real", "mark"})  # money where the document speaks of the land


def measure(text: str, n: Number, purse: Purse) -> Amount | None:
    """The amount at the number with what it measures, or None."""
    found = before(text, n, purse)
    if found is not None or not n.letter and _P["next"].match(text, n.end):  # a cell: "5 6 7"
        return found
    if n.kind == "fraction" and (part := _P["part_of"].match(text, n.end)):
        n = replace(n, end=part.end(), kind="cardinal")
    sign = _by_sign(text, n, purse)
    if sign is not None and sign.kind == "money":
        return sign
    lettered = n.letter and len(text[n.scale_end : n.end].strip()) == 1
    return _by_words(text, n, purse) or (_metres(text, n) if lettered else sign)


def _made(
    text: str, n: Number, affix: Affix, end: int, *, unit: str = "", factor: float = 1
) -> Amount:
    """The amount of that affix over the number up to `end`, and "-long", "years old" behind it."""
    unit, old = unit or affix.unit, _P["old"].match(text, end)
    if old and (affix.kind == "duration" or old.group()[0] == "-"):
        end = old.end()
    rule = affix.rule if unit == affix.unit or affix.kind != "money" else f"currencies.{unit}"
    amount = n.measured(affix.kind, unit, end, rule=rule, factor=affix.factor * factor)
    if amount.kind == "duration":
        amount.timex = period(amount.least, LENGTHS[unit])
    return amount


def before(text: str, n: Number, purse: Purse) -> Amount | None:
    """The amount whose sign, code or words stand before the number: "$ 40 billion", "RM23.50"."""
    lead = text[max(0, n.start - 16) : n.start]
    if not lead or lead[-1].islower() and lead[-1] not in "smnkrlp":
        return None
    m = _P["before"].search(lead) if _P["signed"].search(lead, len(lead) - 12) else None
    if m is None or m["sign"] not in _A.before or not _before_fits(text, n, m, lead):
        return None
    affix, unit = _A.before[m["sign"]], purse.dollars if m["sign"] == "$" else ""
    factor = BIG[m["scale"]] if m["scale"] and n.scale == 1 else 1
    amount = _made(text, n, affix, n.end, unit=unit, factor=factor)
    amount.start, amount.before = n.start - len(lead) + m.start(), affix.kind == "money"
    if m["minus"] and amount.value is not None:
        amount.value = -abs(amount.value)
    if m["open"]:  # "$(1.2) million"
        closed = _P["closed"].match(text, n.end)
        if closed is None:
            return None
        amount.end = closed.end()
        amount.value = -(amount.value or 0) * BIG.get(closed["scale"] or "", 1)
    return amount


def _before_fits(text: str, n: Number, m: re.Match[str], lead: str) -> bool:
    """May the sign before the number be one: no letter of a name, no word, not another's?"""
    sign, plain = m["sign"], n.digits and "," not in n.digits and n.scale == 1
    if _A.before[sign].kind == "percent":  # "a percentage of 10 in May"
        return bool(n.digits and _P["uncounted"].match(text, n.end))
    if m["gap"] and _P["owned"].search(lead[: m.start()]) or not n.digits and sign.isalpha():
        return False
    if _A.before[sign].only == "tight":
        small = plain and n.top < 100 and sign in {"R", "P", "SR", "LE", "Sh"}
        return not m["gap"] and not small
    return not (plain and _A.before[sign].only == "code")


def _by_sign(text: str, n: Number, purse: Purse) -> Amount | None:
    """Signs behind the number: "10 $", "120 MEUR", "20p", "5 %", "38 km"."""
    m = _P["sign"].match(text, n.end)
    affix = _A.signs.get(m["sign"]) if m else None
    if m is None or affix is None:
        return None
    if affix.kind != "money":
        fits = not m["scale"] and (affix.kind == "percent" or n.digits or n.kind == "fraction")
        return _made(text, n, affix, m.end("sign")) if fits and _sign_fits(text, n, m) else None
    sign, unit = m["sign"], affix.unit
    if sign == "p" and m["gap"] or sign.isalpha() and not m["gap"] and not n.digits:
        return None
    apart = not sign.isalpha() and (m["gap"] or sign == "$")  # "It cost 5 $ 30 times."
    if apart and _P["digit"].match(text, m.end()):
        return None
    if affix.only == "code" and n.scale == 1 and "," not in n.digits:
        return None
    word = m["word"] if n.scale == 1 else None
    factor = BIG[word] if word else BIG.get(m["scale"] or "", 1.0)
    end = m.end() if word or not m["word"] else m.end("sign")
    unit = purse.dollars if sign == "$" else purse.cents if affix.only == "cent" else unit
    return _made(text, n, affix, end, unit=unit, factor=factor)


def _sign_fits(text: str, n: Number, m: re.Match[str]) -> bool:
    """May the short unit be one: no letter of a name, no word?"""
    unit = m["sign"]
    if unit in RISKY and m["gap"]:
        warm = unit in {"C", "F"} and _P["heat"].search(text, max(0, n.start - 150), m.end() + 60)
        beside = text[m.end() : m.end() + 1] == ")" and unit not in {"W", "L"}  # "(300 PS)"
        alone = unit in SPACED_OK and not _P["small_next"].match(text, m.end("sign"))
        return bool(warm or beside or alone)
    if unit in {"C", "F"}:
        return n.value is not None and abs(n.value) <= 150
    if unit in {"V", "A", "J", "L", "l"}:
        return not n.digits.isdigit() or n.value is not None and n.value > 1
    return True


def _by_words(text: str, n: Number, purse: Purse) -> Amount | None:
    """Words behind the number, the longest that the tables know: "40 billion US dollars"."""
    m = _P["words"].match(text, n.end)
    pieces = [*_P["piece"].finditer(text, m.start("words"), m.end())][:7] if m else []
    words = [_P["noted"].sub("", piece.group().lower()) for piece in pieces]
    for count in range(len(words), 0, -1):
        phrase = " ".join(words[:count])
        affix = _A.words.get(phrase) or _A.words.get(phrase.rstrip("."))
        if affix and _word_fits(text, n, affix, words, pieces[0].group()):
            known = words[count - 1].rstrip(".") if phrase not in _A.words else words[count - 1]
            end = pieces[count - 1].start() + len(known)
            if affix.only in {"noun", "weak"}:
                return _noun(text, n, affix, words, end, purse)
            unit = purse.cents if affix.only == "cent" else ""
            return _made(text, n, affix, end, unit=unit)
    fill = _P["fill"].match(text, n.end)  # "eight trading days"
    affix = _A.words.get(fill["unit"].lower()) if fill else None
    lasts = fill and affix and affix.kind == "duration"
    return _made(text, n, affix, fill.end()) if lasts else None


def _word_fits(text: str, n: Number, affix: Affix, words: list[str], written: str) -> bool:
    word, value = words[0], n.value
    if affix.only == "fraction":
        return n.kind == "fraction" or value is not None and value != int(value)
    if affix.kind != "duration":
        return affix.only != "number" or bool(n.digits)
    if word in {"sec", "min", "h"} and (n.words or written[0] == "H"):
        return False
    if n.bare and 1900 <= n.top < 2100 and not word.endswith("s"):
        return False  # "in the 1988 quarter"
    one_day = word == "day" and text[n.start : n.end + 1].lower() == "one "
    return not one_day or _P["lasting"].search(text, max(0, n.start - 12), n.start) is not None


def _noun(
    text: str, n: Number, affix: Affix, words: list[str], end: int, purse: Purse
) -> Amount | None:
    """Money by a bare noun: weak ones after large numbers only, pounds unless they weigh."""
    noun = words[0].rstrip(".").rstrip("s")
    if affix.only == "weak":
        big = n.scale >= 1000 or n.top >= 1000
        if not big or noun in DOUBTED and not purse.named(noun, country=True):
            return None
    if noun == "pound":
        goods = text[n.end : n.end + 1] == "-" or words[1:2] == ["of"]
        if goods or purse.weighs(text, n.start, end):
            return n.measured("quantity", "lb", end, rule="units.lb")
    return _made(text, n, affix, end, unit=purse.noun(noun))


def _metres(text: str, n: Number) -> Amount | None:
    """ "500m" with no money beside it is a length unless a counted noun follows ("3m people")."""
    if text[n.scale_end : n.end].strip() != "m":
        return None
    long = _P["long_right"].match(text, n.end)
    if "." in n.digits and not long:
        near = _P["long_left"].search(text, max(0, n.start - 60), n.start)
        if not near or _P["millions"].search(text, 0, 200_000):
            return None
    if not long and _P["plural_next"].match(text, n.end):
        return None
    plain = replace(n, value=tidy((n.value or 0) / n.scale), scale=1, letter=False)
    return plain.measured("quantity", "m", n.end, rule="units.m")


def period(value: float, letter: str) -> str:
    """The TIMEX3 duration of so many units: (2, "TH") is PT2H, (2.5, "Y") is P2Y6M."""
    head = "PT" if letter[0] == "T" else "P"
    times, plain = LARGE.get(letter, (1, letter.removeprefix("T")))
    small, size = SMALLER.get(head + plain, ("", 0))
    whole, rest = divmod(value * times, 1)
    if rest and size and abs(rest * size - round(rest * size)) < 1e-9:
        return head + f"{whole:.0f}{plain}" * (whole > 0) + f"{round(rest * size)}{small}"
    return f"{head}{value * times:.10g}{plain}"


def heat(text: str, amounts: list[Amount]) -> None:
    """Bare degrees of heat: Celsius where the document is metric, Fahrenheit where it says so."""
    bare = [a for a in amounts if a.unit == "degree"]
    sample = text[:200_000] if bare else ""
    unit = "°F" if _P["fahrenheit"].search(sample) else "°C" if _P["celsius"].search(sample) else ""
    for a in bare:
        if unit and _P["heat"].search(text, max(0, a.start - 150), a.end + 60):
            a.unit, a.rule = unit, f"units.{unit}"
