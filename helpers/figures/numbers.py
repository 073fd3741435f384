"""Numbers as written: digits in every house style, words of any length, fractions and scales."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge
from operator import itemgetter

from . import spelled
from .lexicon import number_words, patterns
from .model import Number

_W = number_words()
_P = patterns("numbers")
_S = patterns("styles")
CELL = _P["cell"]
FRACTION_BASES = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128})
SAMPLE = 200_000  # characters from which the style of a document is told
_ARTICLED = {"couple", *_W["scales"], *(w for w in spelled.DENOMINATORS if not w.endswith("s"))}
_STARTERS = {*spelled.WORDS, *_W["ordinals"], *spelled.SCALES, "half", "quarter", "tens", "scores",
             "couple"}  # fmt: skip
_FORMS = {f for w in _STARTERS for f in (w, w.capitalize(), w.upper())}


@dataclass(frozen=True, slots=True)
class DigitStyle:
    """Which mark separates decimals in this document; `clear` when the document shows it."""

    comma_decimal: bool = False
    clear: bool = False

    def value(self, digits: str, *, after: str = "") -> float | None:
        """The number that a numeral means in this style, or None when it is no single number."""
        if digits.isdigit():
            return float(digits)
        commas, points = digits.count(","), digits.count(".")
        if _S["spaced"].fullmatch(digits):
            return float(re.sub(r"[ \u00a0\u202f\u2009']", "", digits).replace(",", "."))
        one_comma = self.comma_decimal and commas == 1 and not points
        if _S["indian"].fullmatch(digits) or not one_comma and _S["western"].fullmatch(digits):
            return float(digits.replace(",", ""))
        european = _S["european"].fullmatch(digits)
        if commas:
            whole = european if points else commas == 1
            return float(digits.replace(".", "").replace(",", ".")) if whole else None
        if points > 1:
            return float(digits.replace(".", "")) if european else None
        zeros = digits.endswith(".000") and not digits.startswith("0") and not self.clear
        grouped = european and not _S["percent"].match(after) and (self.comma_decimal or zeros)
        return float(digits.replace(".", "") if grouped else digits)


def digit_style(text: str) -> DigitStyle:
    """The document's digit marks by counting the numerals that can be read in one way only."""
    sample = text[:SAMPLE]
    if "," not in sample and "." not in sample:
        return DigitStyle()
    count = {name: len(_S[name].findall(sample)) for name in list(_S)[:4]}
    comma = count["comma_decimal"] + 2 * count["point_groups"]
    point = count["point_decimal"] + count["comma_groups"]
    return DigitStyle(comma_decimal=comma > point, clear=comma + point > 0)


def day_first(text: str) -> bool:
    """Is 4/5/2016 the fourth of May here?  Decided by the dates with a part over 12."""
    days = months = 0
    for m in _S["slash_date"].finditer(text[:SAMPLE]):
        first, second = int(m[1]), int(m[3])
        days += first > 12 >= second
        months += second > 12 >= first
    return days > months


def starts_in(words: list[str], starts: list[int]) -> list[int]:
    """Where number words begin, given the words of the text: an article before "hundred" counts."""
    found = []
    for i, word in enumerate(words):
        if word in _FORMS:
            article = i and words[i - 1] in {"a", "an", "A", "An"} and word.lower() in _ARTICLED
            if article and starts[i - 1] not in found[-1:]:
                found.append(starts[i - 1])
            found.append(starts[i])
    return found


def find_numbers(text: str, *, style: DigitStyle, starts: Sequence[int]) -> list[Number]:
    """Every number in the text, left to right, without overlaps.

    Does not decide what a number means: years, identifiers and versions are in the list too.
    `style` says which digit marks group and which separate decimals; `starts`, where number words
    begin, in order (`starts_in`).
    """
    found: list[Number] = []
    at = 0
    digits = ((m.start(), m) for m in _P["numeral"].finditer(text))
    words = ((start, None) for start in starts)
    for start, m in merge(digits, words, key=itemgetter(0)):
        if start >= at:
            number = _numeral(text, m, style) if m else spelled.parse(text, start)
            found += [number] if number else []
            at = number.end if number else m.end() if m else at
    return found


def _numeral(text: str, m: re.Match[str], style: DigitStyle) -> Number | None:
    start, end = m.span()
    if m["digits"]:
        return _plain(text, start, end, m.group(), style)
    kind = "cardinal"
    if m["vulgar"]:
        value = float((m["whole"] or "0").replace("-", " ")) + _W["vulgar"][m["vulgar"]]
        kind = "cardinal" if m["whole"] else "fraction"
    elif m["power"]:
        value = float(f"{m['power']}e{m['ten'].replace('−', '-')}")  # 1.99×10^30
    else:
        top, base = int(m["top"] or m["top__2"]), int(m["base"] or m["base__2"])
        if base not in FRACTION_BASES or top >= base:
            return _plain(text, start, m.end("mixed"), m["mixed"], style) if m["mixed"] else None
        kind = "cardinal" if m["mixed"] else "fraction"
        value = int(m["mixed"] or 0) + top / base
    return _scaled(text, start, end, value, digits="", kind=kind)


def _plain(text: str, start: int, end: int, digits: str, style: DigitStyle) -> Number | None:
    if CELL.match(text, end) and text[start - 2 : start - 1].isdigit() and len(digits) < 16:
        value = style.value(digits) if text[start - 1] in " $€£" else None
        if value is not None:
            return Number(start, end, value, digits=digits, scale_end=end)
    suffix = _P["ordinal_suffix"].match(text, end)
    if suffix and digits.replace(",", "").isdigit():
        value = float(digits.replace(",", ""))
        return Number(start, suffix.end(), value, digits=digits, kind="ordinal")
    slashed = _P["slashed"].match(text, end) or _P["slash_before"].search(
        text[max(0, start - 2) : start]
    )
    if slashed or len(digits) > 40 or len(digits) > 15 and digits.isdigit():
        return None
    value = style.value(digits, after=text[end : end + 12])
    if value is None:
        return None
    share = spelled.share_of(text, start, end, value) if digits.isdigit() else None
    return share or _scaled(text, start, end, value, digits=digits, kind="cardinal")


def _scaled(
    text: str, start: int, end: int, value: float, *, digits: str, kind: str
) -> Number | None:
    """The number with its scale word ("bn", "lakh crore", "million and a half") and its sign."""
    scale, stop, letter = 1.0, end, False
    while scale < 1e15 and (m := _P["word_scale"].match(text, stop)):
        if m["scale"].lower().startswith("doz") and scale > 1:
            break
        scale *= spelled.SCALES[m["scale"].lower()]
        stop = m.end()
    short = _P["short_scale"].match(text, end) if scale == 1 else None
    if short and not (short["gap"] and short["scale"] == "T"):
        scale, stop, letter = _W["short_scales"][short["scale"]], short.end(), True
    total = value * scale
    if not letter and (scale >= 1000 or scale == 1 and digits.isdigit()):
        total, stop = spelled.half(text, stop, total, scale)
    sign = spelled.minus(text, start)
    if sign and _negative(text, start, sign.group()):
        start, total = start - len(sign.group()), -total
    if letter and text[stop : stop + 1] == "." and text[stop + 1 : stop + 2].isalnum():
        return None
    return Number(
        start, stop, total, digits=digits, scale=scale, scale_end=end, letter=letter, kind=kind
    )


def _negative(text: str, start: int, sign: str) -> bool:
    """Is the dash before the number a minus sign and no bullet, range or apposition dash?"""
    if sign[0].isalpha():
        return True
    before = text[max(0, start - len(sign) - 1) : start - len(sign)]
    if sign.endswith((" ", "\t", "\n")):
        return before in {"", "="}
    return sign != "–" and (not before or before in "( \n\t=:<>$€£[\u00a0")
