"""Numbers in words: "thirty-two trillion and four hundred", "three-quarters", "half a million"."""

from __future__ import annotations

import re
from dataclasses import replace

from .lexicon import number_words, patterns
from .model import Number

_W = number_words()
_P = patterns("spelled")
_NEGATIVE = patterns("numbers")["negative"]
TENS, ORDINALS = _W["tens"], _W["ordinals"]
WORDS = {**_W["units"], **_W["teens"], **TENS}
SCALES = {form: float(v) for w, v in _W["scales"].items() for form in (w, w + "s")}
_BASES = {**{w: v for w, v in ORDINALS.items() if v > 2}, **_W["parts"]}
DENOMINATORS = {form: v for w, v in _BASES.items() for form in (w, w + "s")}
ROUND_BASES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10_000, 100_000, 10**6})
LEAST = {"tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 100.0}


def parse(text: str, pos: int) -> Number | None:
    """The number in words that begins at `pos`, or None when the words there are no number."""
    vague = _P["vague"].match(text, pos)
    if vague:  # "hundreds" are 100 to 1,000, "dozens" 12 and more
        many, scale = (vague["tens"] or "").lower(), SCALES[vague["scale"].lower()]
        low = scale * LEAST.get(many, 1)
        dozens = low == 12 or many in {"dozens", "scores"}
        ends = (low, None, None) if dozens else (None, low, low * 10)
        return Number(pos, vague.end(), *ends, kind="vague", words=True)
    pair = _P["couple"].match(text, pos)
    if pair:  # "a couple dozen", "a couple of hundred"
        size = SCALES[pair["scale"].lower()]
        return Number(pos, pair.end(), 2 * size, kind="vague", words=True, scale=size)
    m = _P["start"].match(text, pos)
    first = m.group().lower() if m else ""
    if m is None or first in SCALES and _P["few"].search(text[max(0, pos - 18) : pos]):
        return None
    word = first.split()[-1]
    if word in {"half", "quarter"}:
        return _half(text, pos, m.end(), 0.5 if word == "half" else 0.25)
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
    point = _P["point"].match(text, end)
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
    return _NEGATIVE.search(text[max(0, start - 9) : start])


def _add_up(text: str, end: int, top: float = 0.0) -> tuple[float, int]:
    """The sum of the words from `end` on and where they end; `top`, a scale that was read before.

    Hundreds stand inside scales, scales fall ("two million three hundred thousand and six").
    """
    total, current = top, 0.0
    last = "scale" if top else "none"
    while m := _P["token"].match(text, end):
        word, gap = m["word"].lower(), m["gap"].strip()
        joined, size = gap in {"", "-"}, WORDS.get(word)
        if m["gap"] == "" and last != "none":
            break
        if size is not None:
            room = max(current % 1000 and 100, 100 if last == "hundred" else top)
            fits = last == "none" or last == "tens" and 0 < size < 10 and joined
            if last in {"hundred", "scale"}:
                fits = gap != "," and size < room and not (gap and _P["part"].match(text, m.end()))
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
    m = _P["token"].match(text, end)
    fits = m and m["word"].lower() in SCALES and m["gap"].strip() in {"", "-"}
    return (SCALES[m["word"].lower()], m.end()) if m and fits else (1.0, end)


def half(text: str, end: int, value: float, unit: float = 1) -> tuple[float, int]:
    """The value with a following "and a half", "and three quarters", "and two thirds"."""
    m = _P["and_part"].match(text, end)
    if not m or not (m["article"] or m["n"]) or text[m.end() : m.end() + 3].strip() == "of":
        return value, end
    part = WORDS[(m["n"] or "one").lower()] / DENOMINATORS[m["part"].lower()]
    size, stop = _scale_at(text, m.end())
    if stop > m.end():
        return (value + part * size if value > size else (value + part) * size), stop
    return value + part * unit, m.end()


def _half(text: str, pos: int, end: int, share: float) -> Number:
    """ "half", "a half", "half a million", "quarter of a billion", "a quarter"."""
    m = _P["of_scale"].match(text, end)
    if m:
        size = SCALES[m[1].lower()]
        return Number(pos, m.end(), share * size, scale=size, words=True, scale_end=m.end())
    return Number(pos, end, share, kind="fraction", words=True)


def _ordinal(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "twenty-first", "one hundred twenty-fifth": a cardinal that ends in an ordinal."""
    m = _P["token"].match(text, end)
    gap = m["gap"].strip() if m else ","
    size = ORDINALS.get(m["word"].lower(), 0) if m and gap in {"", "-", "and"} else 0
    tens = value % 100 in TENS.values() and gap != "and"
    if m and size and (size < 10 and tens or size < 100 <= value and value % 100 == 0):
        return Number(pos, m.end(), value + size, kind="ordinal", words=True)
    return (
        Number(pos, m.end(), value * size, kind="ordinal", words=True) if m and size > 999 else None
    )


def _fraction(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "two thirds", "one-eighth", "two thirds of a million", "one in five", "two out of three"."""
    m = _P["part"].match(text, end)
    if m and value and value == int(value):
        base, plural = DENOMINATORS[m["part"].lower()], m["part"].lower().endswith("s")
        if (plural or value == 1) and (value < base or m["gap"].strip() or base > 4):
            size, stop = _scale_at(text, m.end())
            kind = "cardinal" if stop > m.end() else "fraction"
            return Number(pos, stop, value / base * size, scale=size, kind=kind, words=True)
    return share_of(text, pos, end, value)


def share_of(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "one in five", "2 out of 3", "nine of 10 limes" from the number at [pos, end) on."""
    m = _P["out_of"].match(text, end)
    if not m or not value:
        return None
    word, how = m["n"].lower(), m["how"].lower()
    base, stop = (float(word), m.end()) if word.isdigit() else _add_up(text, m.start("n"))
    fits = value < base and (how.startswith("out") or base in ROUND_BASES)
    if not fits or _P["timed"].match(text, stop, stop + 9):
        return None
    return Number(pos, stop, value / base, kind="fraction", words=True)
