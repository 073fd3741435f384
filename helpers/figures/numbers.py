"""Numbers as written: digits in every house style, words of any length, fractions and scales."""

from __future__ import annotations

import re
from dataclasses import replace
from heapq import merge
from operator import itemgetter

from .model import Number
from .rules import patterns, read_toml

_W = read_toml("number_words")
_P, _S, _M = patterns("numbers"), patterns("styles"), patterns("spelled")
FRACTION_BASES = frozenset({2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128})
SAMPLE = 200_000  # characters from which the style and the currency of a document are told
TENS, ORDINALS = _W["tens"], _W["ordinals"]
WORDS = {**_W["units"], **_W["teens"], **TENS}
SCALES = {form: float(v) for w, v in _W["scales"].items() for form in (w, w + "s")}
_BASES = {**{w: v for w, v in ORDINALS.items() if v > 2}, **_W["parts"]}
DENOMINATORS = {form: v for w, v in _BASES.items() for form in (w, w + "s")}
ROUND_BASES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10_000, 100_000, 10**6})
LEAST = {"tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 100.0}


def _style(text: str) -> str:
    """The mark of decimals here, "" if unclear: by numerals that can be read in one way only."""
    count = {name: len(_S[name].findall(text[:SAMPLE])) for name in list(_S)[:4]}
    comma = count["comma_decimal"] + 2 * count["point_groups"]
    point = count["point_decimal"] + count["comma_groups"]
    return "," if comma > point else "." if point else ""


def _value(digits: str, style: str, after: str = "") -> float | None:
    """The number that a numeral means in a style, or None when it is no single number."""
    if digits.isdigit():
        return float(digits)
    commas, points = digits.count(","), digits.count(".")
    if _S["spaced"].fullmatch(digits):
        return float(re.sub(r"[ \u00a0\u202f\u2009']", "", digits).replace(",", "."))
    one_comma = style == "," and commas == 1 and not points
    if _S["indian"].fullmatch(digits) or not one_comma and _S["western"].fullmatch(digits):
        return float(digits.replace(",", ""))
    european = _S["european"].fullmatch(digits)
    if commas:
        whole = european if points else commas == 1
        return float(digits.replace(".", "").replace(",", ".")) if whole else None
    if points > 1:
        return float(digits.replace(".", "")) if european else None
    zeros = digits.endswith(".000") and not digits.startswith("0") and not style
    grouped = european and not _S["percent"].match(after) and (style == "," or zeros)
    return float(digits.replace(".", "") if grouped else digits)


def find_numbers(text: str) -> list[Number]:
    """Every number in the text, left to right, without overlaps; years and identifiers too."""
    style = _style(text)
    found: list[Number] = []
    at = 0
    digits = ((m.start(), m) for m in _P["numeral"].finditer(text))
    words = ((m.start(), None) for m in _P["word"].finditer(text))
    for start, m in merge(digits, words, key=itemgetter(0)):
        if start >= at:
            number = _numeral(text, m, style) if m else parse(text, start)
            found += [number] if number else []
            at = number.end if number else m.end() if m else at
    return found


def _numeral(text: str, m: re.Match[str], style: str) -> Number | None:
    start, end = m.span()
    if m["digits"]:
        return _plain(text, start, end, m.group(), style)
    if m["vulgar"]:
        value = float((m["whole"] or "0").replace("-", " ")) + _W["vulgar"][m["vulgar"]]
        kind = "cardinal" if m["whole"] else "fraction"
    elif m["power"]:
        kind, value = "cardinal", float(f"{m['power']}e{m['ten'].replace('−', '-')}")  # 1.99×10^30
    else:
        mixed, top, base = m["mixed"], *(int(m[n] or m[f"{n}__2"]) for n in ("top", "base"))
        if base not in FRACTION_BASES or top >= base:
            return _plain(text, start, m.end("mixed"), mixed, style) if mixed else None
        kind, value = "cardinal" if mixed else "fraction", int(mixed or 0) + top / base
    return _scaled(text, start, end, value, digits="", kind=kind)


def _plain(text: str, start: int, end: int, digits: str, style: str) -> Number | None:
    suffix = _P["ordinal_suffix"].match(text, end)
    if suffix and digits.replace(",", "").isdigit():
        value = float(digits.replace(",", ""))
        return Number(start, suffix.end(), value, digits=digits, kind="ordinal")
    slashed = _P["slashed"].match(text, end) or _P["before_slashed"].match(text, start)
    long = len(digits) > 40 or len(digits) > 15 and digits.isdigit()
    value = None if slashed or long else _value(digits, style, text[end : end + 12])
    if value is None:
        return None
    share = share_of(text, start, end, value) if digits.isdigit() else None
    return share or _scaled(text, start, end, value, digits=digits, kind="cardinal")


def _scaled(text: str, start: int, end: int, value: float, digits: str, kind: str) -> Number | None:
    """The number with its scale word ("bn", "lakh crore", "million and a half") and its sign."""
    scale, stop, letter = 1.0, end, False
    while scale < 1e15 and (m := _P["word_scale"].match(text, stop)):
        if m["scale"].lower().startswith("doz") and scale > 1:
            break
        scale, stop = scale * SCALES[m["scale"].lower()], m.end()
    short = _P["short_scale"].match(text, end) if scale == 1 else None
    if short and not (short["gap"] and short["scale"] == "T"):
        scale, stop, letter = _W["short_scales"][short["scale"]], short.end(), True
    total = value * scale
    if not letter and (scale >= 1000 or scale == 1 and digits.isdigit()):
        total, stop = half(text, stop, total, scale)
    sign = minus(text, start)
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


def parse(text: str, pos: int) -> Number | None:
    """The number in words that begins at `pos`, or None when the words there are no number."""
    vague = _M["vague"].match(text, pos)
    if vague:  # "hundreds" are 100 to 1,000, "dozens" 12 and more
        many, scale = (vague["tens"] or "").lower(), SCALES[vague["scale"].lower()]
        low = scale * LEAST.get(many, 1)
        dozens = low == 12 or many in {"dozens", "scores"}
        ends = (low, None, None) if dozens else (None, low, low * 10)
        return Number(pos, vague.end(), *ends, kind="vague", words=True)
    pair = _M["couple"].match(text, pos)
    if pair:  # "a couple dozen", "a couple of hundred"
        size = SCALES[pair["scale"].lower()]
        return Number(pos, pair.end(), 2 * size, kind="vague", words=True, scale=size)
    m = _M["start"].match(text, pos)
    first = m.group().lower() if m else ""
    if m is None or first in SCALES and _M["few"].search(text[max(0, pos - 18) : pos]):
        return None
    word = first.split()[-1]
    if word in {"half", "quarter"}:  # "half", "half a million", "quarter of a billion"
        share, of = 0.5 if word == "half" else 0.25, _M["of_scale"].match(text, m.end())
        size, end = (SCALES[of[1].lower()], of.end()) if of else (1.0, m.end())
        kind = "cardinal" if of else "fraction"
        return Number(pos, end, share * size, scale=size, kind=kind, words=True, scale_end=end)
    if word != first and word in DENOMINATORS:
        return Number(pos, m.end(), 1 / DENOMINATORS[word], kind="fraction", words=True)
    if first in ORDINALS:
        return Number(pos, m.end(), float(ORDINALS[first]), kind="ordinal", words=True)
    if word not in SCALES:
        value, end = _add_up(text, pos)
    elif first.endswith("s") or word == first and text[max(0, pos - 2) : pos - 1].isdigit():
        return None
    else:  # "hundred", "a hundred"
        value, end = _add_up(text, m.end(), SCALES[word])
    return _ordinal(text, pos, end, value) or _cardinal(text, pos, end, value)


def _cardinal(text: str, pos: int, end: int, value: float) -> Number:
    """The number with what may follow: decimals, a fraction, a half; and its sign."""
    point = _M["point"].match(text, end)
    if point:  # as transcripts have it: "one point six billion"
        digits = "".join(f"{WORDS[word]:.0f}" for word in re.findall(r"\w+", point[1].lower()))
        scale, end = _scale_at(text, point.end())
        value = (value + float("0." + digits)) * scale
    sign = minus(text, pos)
    sign = len(sign.group()) if sign and sign.group()[0].isalpha() else 0
    found = _fraction(text, pos, end, value)
    if found is None:
        scale = SCALES.get(text[pos:end].lower().replace("-", " ").split()[-1], 1.0)
        value, end = half(text, end, value, scale if scale >= 1000 else 1)
        found = Number(pos, end, value, scale=scale, words=True, scale_end=end)
    return replace(found, start=pos - sign, value=-found.top) if sign else found


def minus(text: str, start: int) -> re.Match[str] | None:
    """The sign or word that makes the number at `start` negative."""
    return _P["negative"].search(text[max(0, start - 9) : start])


def _add_up(text: str, end: int, top: float = 0.0) -> tuple[float, int]:
    """The sum of the words from `end` on and where they end; `top`, a scale read before."""
    total, current = top, 0.0
    last = "scale" if top else "none"
    while m := _M["token"].match(text, end):
        word, gap = m["word"].lower(), m["gap"].strip()
        joined, size = gap in {"", "-"}, WORDS.get(word)
        if m["gap"] == "" and last != "none":
            break
        if size is not None:
            room = max(current % 1000 and 100, 100 if last == "hundred" else top)
            fits = last == "none" or last == "tens" and 0 < size < 10 and joined
            if last in {"hundred", "scale"}:
                fits = gap != "," and size < room and not (gap and _M["part"].match(text, m.end()))
            if not fits or last != "none" and gap == ",":
                break
            current, last = current + size, "tens" if word in TENS else "unit"
        elif word in SCALES and last == "scale" and joined and SCALES[word] > top:
            total, top = total * SCALES[word], SCALES[word]  # "lakh crore"
        elif word in SCALES and current and joined:
            scale = SCALES[word]
            if scale == 12 and top:
                break
            if scale == 100 and current < 100:
                current, last = current * 100, "hundred"
            else:
                whole = total and scale >= top
                total = (total + current) * scale if whole else total + current * scale
                current, top, last = 0.0, scale, "scale"
        else:
            break
        end = m.end()
    return total + current, end


def _scale_at(text: str, end: int) -> tuple[float, int]:
    """The scale word there and where it ends; 1 and `end` where there is none."""
    m = _M["token"].match(text, end)
    fits = m and m["word"].lower() in SCALES and m["gap"].strip() in {"", "-"}
    return (SCALES[m["word"].lower()], m.end()) if m and fits else (1.0, end)


def half(text: str, end: int, value: float, unit: float = 1) -> tuple[float, int]:
    """The value with a following "and a half", "and three quarters", "and two thirds"."""
    m = _M["and_part"].match(text, end)
    if not m or not (m["article"] or m["n"]) or text[m.end() : m.end() + 3].strip() == "of":
        return value, end
    part = WORDS[(m["n"] or "one").lower()] / DENOMINATORS[m["part"].lower()]
    size, stop = _scale_at(text, m.end())
    if stop > m.end():
        return (value + part * size if value > size else (value + part) * size), stop
    return value + part * unit, m.end()


def _ordinal(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "twenty-first", "one hundred twenty-fifth": a cardinal that ends in an ordinal."""
    m = _M["token"].match(text, end)
    gap = m["gap"].strip() if m else ","
    size = ORDINALS.get(m["word"].lower(), 0) if m and gap in {"", "-", "and"} else 0
    tens = value % 100 in TENS.values() and gap != "and"
    added = size < 10 and tens or size < 100 <= value and value % 100 == 0
    if not m or not size or not added and size < 1000:
        return None
    value = value + size if added else value * size
    return Number(pos, m.end(), value, kind="ordinal", words=True)


def _fraction(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "two thirds", "one-eighth", "two thirds of a million", "one in five", "two out of three"."""
    m = _M["part"].match(text, end)
    if m and value and value == int(value):
        base, one = DENOMINATORS[m["part"].lower()], value == 1 or m["part"].lower()[-1] == "s"
        if one and (value < base or m["gap"].strip() or base > 4):
            size, stop = _scale_at(text, m.end())
            kind = "cardinal" if stop > m.end() else "fraction"
            return Number(pos, stop, value / base * size, scale=size, kind=kind, words=True)
    return share_of(text, pos, end, value)


def share_of(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "one in five", "2 out of 3", "nine of 10 limes" from the number at [pos, end) on."""
    m = _M["out_of"].match(text, end)
    if not m or not value:
        return None
    word, how = m["n"].lower(), m["how"].lower()
    base, stop = (float(word), m.end()) if word.isdigit() else _add_up(text, m.start("n"))
    fits = value < base and (how.startswith("out") or base in ROUND_BASES)
    if not fits or _M["timed"].match(text, stop, stop + 9):
        return None
    return Number(pos, stop, value / base, kind="fraction", words=True)
