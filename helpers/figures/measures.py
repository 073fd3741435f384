"""What a number measures by what stands beside it: which of the affixes of `rules` fits."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cached_property

from .model import Amount, Number, tidy
from .numbers import SAMPLE, SCALES
from .rules import Affix, affixes, alternation, first, patterns, read_toml, rules

_A = affixes()
_P, _M = patterns("affixes"), patterns("purse")
LENGTHS = read_toml("calendar")["lengths"]  # unit of time -> its letter
LARGE = {"2W": (2, "W"), "Q": (3, "M"), "10Y": (10, "Y"), "100Y": (100, "Y"), "1000Y": (1000, "Y")}
SMALLER = {"PY": ("M", 12), "PTH": ("M", 60), "PTM": ("S", 60)}  # what a part of a unit is given in
BIG = {**SCALES, **read_toml("number_words")["short_scales"]}
_SIGNS, _METRES = rules("number_rules", "signs"), rules("number_rules", "metres")
_SHORT = read_toml("measured_words")["short"]  # mark of short units -> the units
DOUBTED = frozenset({"won", "sum", "real", "mark"})  # money where the document speaks of the land
PLAIN = frozenset({"dollar", "pound", "euro", "cent", "buck"})  # no country decides on them


class Purse:
    """The currencies of a document.

    "dollars" is what the document itself shows ("Canadian dollars", `A$`), else the row of
    `currencies.toml` that has the noun; other nouns also follow the country of the text.
    """

    def __init__(self, text: str) -> None:
        self.text, self.sample = text, text[:SAMPLE]
        self._seen: dict[str, str] = {}

    def noun(self, noun: str) -> str:
        """The ISO code for a bare currency noun in the singular."""
        if noun not in self._seen:
            default = _A.nouns.get(noun) or _A.nouns.get(noun + "s", "USD")  # "soles" is no "sole"
            full = self.named(noun) or noun not in PLAIN and self.named(noun, country=True)
            told = full and default not in full
            self._seen[noun] = full.most_common(1)[0][0] if told else default
        return self._seen[noun]

    def named(self, noun: str, *, country: bool = False) -> Counter[str]:
        """How often the document names each currency of that noun, or its country."""
        codes = {name: code for name, code in _A.names.items() if name.endswith(" " + noun)}
        if country:  # "Philippin" of "Philippine peso"
            first = ((n.split()[-2], code) for n, code in reversed(codes.items()))
            codes = {land[:-1] if len(land) > 5 else land: code for land, code in first}
        found = re.findall(rf"\b({alternation(codes)})", self.sample, re.I) if codes else []
        full = Counter(codes[re.sub(r"\s", " ", name.lower())] for name in found)
        if noun == "dollar":
            signs = (_A.before.get(sign) for sign in _M["marked"].findall(self.sample))
            full.update(sign.unit for sign in signs if sign and not sign.only)
        return full

    @cached_property
    def cents(self) -> str:
        """What "cents" are parts of: the document's dollars, or euros where it has no dollars."""
        euro = _M["euros"].search(self.sample) and not _M["dollars"].search(self.sample)
        return "EUR" if euro else self.noun("dollar")

    @cached_property
    def dollars(self) -> str:
        """What a bare "$" is."""
        return "USD" if _M["us_marked"].search(self.sample) else self.noun("dollar")

    def weighs(self, start: int, end: int) -> bool:
        """Do the bare pounds weigh?  The nearest word that says so decides, else the document."""
        left = _M["clause"].split(self.text[max(0, start - 80) : start])[-1]
        right = _M["clause"].split(self.text[end : end + 50])[0]
        cues = [(len(left) - m.end(), m.lastgroup) for m in _M["pounds"].finditer(left)]
        cues += [(m.start(), m.lastgroup) for m in _M["pounds"].finditer(right)]
        american = _M["american"].search(self.sample) and not _M["british"].search(self.sample)
        return min(cues)[1] == "weight" if cues else bool(american)


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
    found = _by_words(text, n, purse) or sign
    if found is None and n.letter and text[n.scale_end : n.end].strip() == "m":
        told = {"point": "." in n.digits, "millions": bool(_P["millions"].search(purse.sample))}
        if first(_METRES, text, n.start, n.end, told).then == "yes":
            plain = replace(n, value=tidy(n.top / n.scale), scale=1, letter=False)
            found = plain.measured("quantity", "m", n.end, rule="units.m")
    return found


def _made(text: str, n: Number, affix: Affix, end: int, unit: str = "", by: float = 1) -> Amount:
    """The amount of that affix over the number up to `end`, and "-long", "years old" behind it."""
    unit, old = unit or affix.unit, _P["old"].match(text, end)
    if old and (affix.kind == "duration" or old.group()[0] == "-"):
        end = old.end()
    rule = affix.rule if unit == affix.unit or affix.kind != "money" else f"currencies.{unit}"
    amount = n.measured(affix.kind, unit, end, rule=rule, by=affix.factor * by)
    if amount.kind == "duration":
        amount.timex = period(amount.least, LENGTHS[unit])
    return amount


def before(text: str, n: Number, purse: Purse) -> Amount | None:
    """The amount whose sign, code or words stand before the number: "$ 40 billion", "RM23.50"."""
    lead = text[max(0, n.start - 16) : n.start]
    m = _P["before"].search(lead) if _P["signed"].search(lead, len(lead) - 12) else None
    if m is None or m["sign"] not in _A.before or not _before_fits(text, n, m, lead):
        return None
    affix, unit = _A.before[m["sign"]], purse.dollars if m["sign"] == "$" else ""
    factor = BIG[m["scale"]] if m["scale"] and n.scale == 1 else 1
    amount = _made(text, n, affix, n.end, unit=unit, by=factor)
    amount.start, amount.before = n.start - len(lead) + m.start(), affix.kind == "money"
    if m["minus"] and amount.value is not None:
        amount.value = -abs(amount.value)
    if m["open"] and (closed := _P["closed"].match(text, n.end)):  # "$(1.2) million"
        amount.end = closed.end()
        amount.value = -(amount.value or 0) * BIG.get(closed["scale"] or "", 1)
    return amount if not m["open"] or closed else None


def _before_fits(text: str, n: Number, m: re.Match[str], lead: str) -> bool:
    """May the sign before the number be one: no letter of a name, no word, not another's?"""
    sign, plain = m["sign"], n.digits and "," not in n.digits and n.scale == 1
    if _A.before[sign].kind == "percent":  # "a percentage of 10 in May"
        return bool(n.digits and _P["uncounted"].match(text, n.end))
    if m["gap"] and _P["owned"].search(lead[: m.start()]) or not n.digits and sign.isalpha():
        return False
    if _A.before[sign].only == "tight":
        small = plain and n.top < 100 and sign in {"R", "P", "SR", "LE", "Sh", "Fr", "Kr"}
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
    loose = sign == "p" and m["gap"] or sign.isalpha() and not m["gap"] and not n.digits
    apart = not sign.isalpha() and (m["gap"] or sign == "$")  # "It cost 5 $ 30 times."
    word = affix.only == "code" and n.scale == 1 and "," not in n.digits
    if loose or word or apart and _P["digit"].match(text, m.end()):
        return None
    word = m["word"] if n.scale == 1 else None
    factor = BIG[word] if word else BIG.get(m["scale"] or "", 1.0)
    end = m.end() if word or not m["word"] else m.end("sign")
    unit = purse.dollars if sign == "$" else purse.cents if affix.only == "cent" else unit
    return _made(text, n, affix, end, unit=unit, by=factor)


def _sign_fits(text: str, n: Number, m: re.Match[str]) -> bool:
    """May the short unit be one: no letter of a name, no word?"""
    told = {mark: m["sign"] in units for mark, units in _SHORT.items()}
    told |= {"gap": bool(m["gap"]), "hot": abs(n.top) > 150}
    told["one"] = n.digits.isdigit() and n.top <= 1
    return first(_SIGNS, text, n.start, m.end("sign"), told).then == "yes"


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
                return _noun(n, affix, words, end, purse)
            unit = purse.cents if affix.only == "cent" else ""
            return _made(text, n, affix, end, unit=unit)
    fill = _P["fill"].match(text, n.end)  # "eight trading days"
    affix = _A.words.get(fill["unit"].lower()) if fill else None
    lasts = fill and affix and affix.kind == "duration"
    return _made(text, n, affix, fill.end()) if lasts else None


def _word_fits(text: str, n: Number, affix: Affix, words: list[str], written: str) -> bool:
    word = words[0]
    if affix.only == "fraction":
        return n.kind == "fraction" or n.value is not None and n.value % 1 != 0
    if affix.kind != "duration":
        return affix.only != "number" or bool(n.digits)
    short = word in {"sec", "min", "h"} and (n.words or written[0] == "H")
    dated = n.bare and 1900 <= n.top < 2100 and not word.endswith("s")  # "in the 1988 quarter"
    one_day = word == "day" and text[n.start : n.end + 1].lower() == "one "
    lasting = _P["lasting"].search(text, max(0, n.start - 12), n.start)
    return not (short or dated or one_day and not lasting)


def _noun(n: Number, affix: Affix, words: list[str], end: int, purse: Purse) -> Amount | None:
    """Money by a bare noun: weak ones after large numbers only, pounds unless they weigh."""
    text, noun = purse.text, words[0].rstrip(".").rstrip("s")
    if affix.only == "weak":
        big = n.scale >= 1000 or n.top >= 1000
        if not big or noun in DOUBTED and not purse.named(noun, country=True):
            return None
    if noun == "pound":
        goods = text[n.end : n.end + 1] == "-" or words[1:2] == ["of"]
        if goods or purse.weighs(n.start, end):
            return n.measured("quantity", "lb", end, rule="units.lb")
    return _made(text, n, affix, end, unit=purse.noun(noun))


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
    for a in bare if unit else ():
        if _P["heat"].search(text, max(0, a.start - 150), a.end + 60):
            a.unit, a.rule = unit, f"units.{unit}"
