"""Numbers as written: digits in every house style, words of any length, fractions and scales."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import spelled
from .lexicon import alternation, number_words
from .model import CELL, Number
from .spelled import NEGATIVE
from .styles import DigitStyle

__all__ = ["find_numbers", "starts_in"]

_W = number_words()
_SHORT = _W["short_scales"]
_VULGAR = "".join(_W["vulgar"])
_WORD_SCALES = spelled.SCALES

NUMERAL = re.compile(
    rf"""(?=[\d.{_VULGAR}]) (?:
      (?<![\w.,:/'’]) (?P<whole>\d{{1,3}} (?:[ -] |\s-\s)?)? (?P<vulgar>[{_VULGAR}])   # 2½
    | (?<![\w./]) (?P<mixed>\d{{1,3}}) [ -]{{1,2}} (?P<mt>\d{{1,2}})[/⁄](?P<mb>\d{{1,3}})
    (?![\w/.]\d|/)
    | (?<![\w./,-]) (?P<ft>\d{{1,3}})[/⁄](?P<fb>\d{{1,3}}) (?![\w/]|[.,]\d|-\d)            # 1/4
    | (?<![\w]) (?P<power>\d+(?:\.\d+)?) (?:\s?[x×]\s?10(?:\^(?=[+−\d-])
    |(?=[−-]\d))(?P<ten>[+−-]?\d{{1,3}})
          |[eE](?P<exp>[+-]\d{{1,3}}) |\^(?P<to>[+−-]{{0,2}}\d{{1,3}})) (?!\w)  # 1.3x10^6
    | (?:(?<![A-Za-z_\d])|(?<=[^\w-][A-Z]{{3}})|(?<=^[A-Z]{{3}})|(?<=[^\w-][A-Z]{{2}})
    |(?<=^[A-Z]{{2}})|(?<=\$[A-Z])|(?<=[^\w-]R)|(?<=[^\w-]P)|(?<=Rs)) (?<!\d[.,]) (?P<digits>
          \d{{1,3}} (?:[\u00a0\u202f\u2009']\d{{3}})+ (?:[.,]\d+)? (?!\d)                  # 816 000
        | (?<![\d/] ) [1-9]\d{{0,2}} (?:\x20\d{{3}})+ (?:[.,]\d{{1,2}})? (?![\d/-]|[.,:]\d)
        | \d+ (?:[.,]\d+)*                                                                # 1,234.5
        | (?<![\w.,]) \.\d+                                                               # .25
      ) )
    """,
    re.X,
)
SHORT_SCALE = re.compile(
    rf"(?P<gap>[ \u00a0]?)(?P<scale>{alternation(_SHORT)})"
    r"(?![A-Za-z\d²³^/]|['’][A-Za-z]|-(?!an?-|plus\b)[A-Za-z])"
)
WORD_SCALE = re.compile(
    rf"(?P<gap>\s|-|\u00a0)?(?P<scale>{alternation(list(_WORD_SCALES))})\b", re.I
)
SLASHED, SLASH_BEFORE = re.compile(r"/\d"), re.compile(r"\d/$")
ORDINAL_SUFFIX = re.compile(r"(?:st|nd|rd|th)\b", re.I)
FRACTION_BASES = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128})


_ARTICLED = {"couple", *_W["scales"], *(w for w in spelled.DENOMINATORS if not w.endswith("s"))}
_STARTERS = {*spelled.WORDS, *_W["ordinals"], *spelled.SCALES, "half", "quarter", "tens", "scores",
             "couple"}  # fmt: skip
_FORMS = {f for w in _STARTERS for f in (w, w.capitalize(), w.upper())}


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
    `style` says which digit marks group and which separate decimals
    (`styles.digit_style`); `starts`, where number words begin, in order (`starts_in`).
    """
    found: list[Number] = []
    digit = NUMERAL.search(text)
    at = i = 0
    while digit or i < len(starts):
        if digit and (i == len(starts) or digit.start() <= starts[i]):
            number, after = _numeral(text, digit, style), digit.end()
        else:
            number, after = spelled.parse(text, starts[i]), starts[i] + 1
        if number is not None:
            found.append(number)
            after = number.end
        at = max(at, after)
        if digit and digit.start() < at:
            digit = NUMERAL.search(text, at)
        while i < len(starts) and starts[i] < at:
            i += 1
    return found


def _numeral(text: str, m: re.Match[str], style: DigitStyle) -> Number | None:
    start, end = m.span()
    kind, digits = "cardinal", m.group()
    if m["vulgar"]:
        value = float((m["whole"] or "0").replace("-", " ")) + _W["vulgar"][m["vulgar"]]
        kind = "cardinal" if m["whole"] else "fraction"
    elif m["mixed"]:
        if int(m["mb"]) not in FRACTION_BASES or int(m["mt"]) >= int(m["mb"]):
            return _plain(text, start, m.end("mixed"), m["mixed"], style)
        value = int(m["mixed"]) + int(m["mt"]) / int(m["mb"])
    elif m["ft"]:
        if int(m["fb"]) not in FRACTION_BASES or int(m["ft"]) >= int(m["fb"]):
            return None
        value, kind = int(m["ft"]) / int(m["fb"]), "fraction"
    elif m["power"]:
        value = _power(m)
        if value is None:
            return None
    else:
        return _plain(text, start, end, digits, style)
    return _scaled(text, start, end, value, digits="", kind=kind)


def _power(m: re.Match[str]) -> float | None:
    base = float(m["power"])
    raised = (m["ten"] or m["exp"] or m["to"]).replace("−", "-").replace("+", "")
    raised = raised.replace("--", "")
    try:
        return base * 10.0 ** int(raised) if m["ten"] or m["exp"] else base ** int(raised)
    except (OverflowError, ValueError, ZeroDivisionError):
        return None


def _plain(text: str, start: int, end: int, digits: str, style: DigitStyle) -> Number | None:
    if CELL.match(text, end) and text[start - 2 : start - 1].isdigit() and len(digits) < 16:
        value = style.value(digits) if text[start - 1] in " $€£" else None
        if value is not None:
            return Number(start, end, value, digits=digits, scale_end=end)
    suffix = ORDINAL_SUFFIX.match(text, end)
    if suffix and digits.replace(",", "").isdigit():
        value = float(digits.replace(",", ""))
        return Number(start, suffix.end(), value, digits=digits, kind="ordinal")
    long = len(digits) > 40 or len(digits) > 15 and digits.isdigit()
    if long or SLASHED.match(text, end) or SLASH_BEFORE.search(text, max(0, start - 2), start):
        return None
    value = style.value(digits, after=text[end : end + 12])
    if value is None:
        return None
    if digits.isdigit():
        share = spelled.share_of(text, start, end, value)
        if share:
            return share
    return _scaled(text, start, end, value, digits=digits, kind="cardinal")


def _scaled(
    text: str, start: int, end: int, value: float, *, digits: str, kind: str
) -> Number | None:
    """The number with its scale word ("bn", "lakh crore", "million and a half") and its sign."""
    scale, stop, letter = 1.0, end, False
    m = WORD_SCALE.match(text, end)
    while m and scale < 1e15:
        if text[m.start("scale") : m.end()].lower().startswith("doz") and scale > 1:
            break
        scale *= _WORD_SCALES[m["scale"].lower()]
        stop = m.end()
        m = WORD_SCALE.match(text, stop)
    if scale == 1:
        short = SHORT_SCALE.match(text, end)
        if short and not (short["scale"] == "th" or short["gap"] and short["scale"] == "T"):
            scale, stop, letter = _SHORT[short["scale"]], short.end(), True
    total = value * scale
    if scale > 1 and not letter:
        total, stop = spelled.tail(text, stop, total, scale)
    elif scale == 1 and digits.isdigit():
        total, stop = spelled.half(text, stop, total)
    sign = NEGATIVE.search(text[max(0, start - 9) : start])
    if sign and _negative(text, start, sign.group()):
        start -= len(sign.group())
        total = -total
    if letter and text[stop : stop + 1] == "." and text[stop + 1 : stop + 2].isalnum():
        return None
    return Number(
        start, stop, total, digits=digits, scale=scale, scale_end=end, letter=letter, kind=kind
    )


def _negative(text: str, start: int, sign: str) -> bool:
    """Is the dash before the number a minus sign and no bullet, range or apposition dash?"""
    if sign[0].isalpha():
        return True
    if sign.endswith((" ", "\t", "\n")):
        return start - len(sign) <= 0 or text[start - len(sign) - 1] == "="
    before = text[max(0, start - 2) : start - 1]
    return sign != "–" and (not before or before in "( \n\t=:<>$€£[" or before == "\u00a0")
