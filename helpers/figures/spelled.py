"""Numbers in words: "thirty-two trillion and four hundred", "three-quarters", "half a million"."""

from __future__ import annotations

import re
from dataclasses import replace

from .lexicon import alternation, number_words
from .model import Number

__all__ = ["DENOMINATORS", "NEGATIVE", "SCALES", "WORDS", "START", "half", "parse", "share_of",
           "tail"]  # fmt: skip

_W = number_words()
UNITS, TEENS, TENS, ORDINALS = _W["units"], _W["teens"], _W["tens"], _W["ordinals"]
PARTS = _W["parts"]
SCALES: dict[str, float] = {}
for _name, _size in _W["scales"].items():
    SCALES[_name] = SCALES[_name + "s"] = _size
WORDS = {**UNITS, **TEENS, **TENS}
DENOMINATORS = {**{w: v for w, v in ORDINALS.items() if v > 2}, **PARTS}
DENOMINATORS.update({w + "s": v for w, v in DENOMINATORS.items()})
DENOMINATORS["halves"] = 2

START = re.compile(
    rf"""(?<![\w’'-]) (?: (?P<word>{alternation({**WORDS, **ORDINALS, **SCALES})})
       | half | quarter | an? [ ] (?:{alternation(list(_W["scales"]))}|half|third|quarter|fifth
       |sixth|seventh|eighth|ninth|tenth|hundredth|thousandth|millionth|billionth|trillionth) )
       (?!\w)""",
    re.X | re.I,
)
TOKEN = re.compile(
    r"(?P<gap>\s*-\s*|\s+and\s+|,?\s+|)(?P<word>[A-Za-z]+|\d{1,3}(?![\d.,/:%]))(?!\w)"
)
POINT = re.compile(rf"\s+point((?:[\s-]+(?:{alternation(WORDS)}))+)\b", re.I)
AND_PART = re.compile(
    rf"""[\s-]+and[\s-]+(?:(?P<article>an?|one)(?:\s+|-))?
       (?:(?P<n>{alternation({**UNITS, **TEENS})})(?:\s+
       |-))?(?P<part>{alternation(DENOMINATORS)})\b""",
    re.X | re.I,
)
PART = re.compile(rf"(?P<gap>\s?-\s?|\s+)(?P<part>{alternation(DENOMINATORS)})\b(?!-)", re.I)
TENS_PART = re.compile(
    rf"(?:\s+|-)(?P<tens>{alternation(TENS)})[\s-](?P<unit>{alternation(ORDINALS)})s?\b", re.I
)
OUT_OF = re.compile(
    rf"\s+(?P<how>in|of(?=\s+(?:10|ten|100)\s+[a-z])|out\s+of|over)\s+"
    rf"(?P<n>{alternation(WORDS)}|\d{{1,6}})\b",
    re.I,
)
ROUND_BASES = frozenset({3, 4, 5, 6, 7, 8, 9, 10, 12, 20, 50, 100, 1000, 10000, 100000, 1000000})
AND_SCALE = re.compile(r"\s(\d{1,3})\s(hundred|thousand)\b(?:\s+and\s+(\d{1,2})\b)?")
NEGATIVE = re.compile(
    r"(?:(?<![\w)\]%’”\"/])[-−–]|(?<!\bor )(?<!/)\b(?:minus|negative)[ -]"
    r"|(?:(?<=\s)|^)[-−]\s)$",
    re.I,
)
POINTED = re.compile(r"\s+point\b|[-\s.]*$")
AND_FEW = re.compile(r"\s+and\s+(\d{1,2}|one)\b(?!\s*(?:[%.]\d|%|per|hundred|thousand|million|of))")
OF_SCALE = re.compile(rf"(?:[\s-]+of)?(?:[\s-]+an?)?[\s-]+({alternation(SCALES)})\b", re.I)
FEW = re.compile(r"(?i)\b(?:several|few|many)\s(?:(?:hundred|thousand)\s)?$")
SCORE = re.compile(r"\s+score(?=\s+[a-z]+(?:s|men|people)\b)(?!\s+(?:draw|sheet|card|line)s\b)")
VAGUE = re.compile(
    r"\b(?:(?P<tens>tens|dozens|scores|hundreds)\s+of\s+)?"
    r"(?P<scale>dozens|hundreds|thousands|lakhs|crores|millions|billions|trillions)\b",
    re.I,
)
COUPLE = re.compile(
    r"(?:a\s+)?couple\s+(?:of\s+)?(?P<scale>dozen|hundred|thousand|million|billion)\b", re.I
)
_VAGUE_SIZE = {"tens": 10.0, "dozens": 12.0, "scores": 20.0, "hundreds": 100.0}


def parse(text: str, pos: int) -> Number | None:
    """The number in words that begins at `pos`, or None when the words there are no number."""
    vague = VAGUE.match(text, pos)
    if vague:
        scale = float(SCALES[vague["scale"].lower()])
        low = scale * (_VAGUE_SIZE[vague["tens"].lower()] if vague["tens"] else 1)
        if low == 12 or vague["tens"] and vague["tens"].lower() in {"dozens", "scores"}:
            return Number(pos, vague.end(), low, kind="vague", words=True)
        return Number(pos, vague.end(), None, low, low * 10, kind="vague", words=True)
    pair = COUPLE.match(text, pos)
    if pair:  # "a couple dozen", "a couple of hundred"
        size = SCALES[pair["scale"].lower()]
        return Number(pos, pair.end(), 2.0 * size, kind="vague", words=True, scale=size)
    m = START.match(text, pos)
    if m is None or "ught" in m.group().lower() and not POINTED.match(text[m.end() : m.end() + 9]):
        return None
    if FEW.search(text[max(0, pos - 18) : pos]) and m.group().lower() in SCALES:
        return None
    first = m.group().lower()
    if first in {"half", "quarter"} or first.endswith((" half", " quarter")):
        return _half(text, pos, m.end(), first)
    if first.startswith(("a ", "an ")):
        rest = first.split()[1]
        if rest in DENOMINATORS:
            if rest in SCALES and PART.match(text, m.end()):
                return None
            return Number(pos, m.end(), 1 / DENOMINATORS[rest], kind="fraction", words=True)
        value, end = _chunks(text, m.end(), SCALES[rest], SCALES[rest], 0.0)
    elif first in ORDINALS:
        return Number(pos, m.end(), float(ORDINALS[first]), kind="ordinal", words=True)
    elif first in SCALES:
        if first.endswith("s") or text[max(0, pos - 2) : pos - 1].isdigit():
            return None
        value, end = _chunks(text, m.end(), SCALES[first], SCALES[first], 0.0)
    else:
        value, end = _chunks(text, pos, 0.0, 0.0, 0.0)
        score = SCORE.match(text, end) if 1 < value < 10 else None
        if score:
            value, end = 20 * value, score.end()  # "three score volunteers"
    ordinal = _ordinal_end(text, pos, end, value)
    if ordinal:
        return ordinal
    point = POINT.match(text, end)
    if point:
        digits = "".join(str(int(WORDS[w.lower()])) for w in re.findall(r"[A-Za-z]+", point[1]))
        digits = _fraction_digits(point[1]) or digits
        value, end = value + float("0." + digits), point.end()
        scale = TOKEN.match(text, end)
        if scale and scale["word"].lower() in SCALES and scale["gap"].strip() in {"", "-"}:
            value, end = value * SCALES[scale["word"].lower()], scale.end()
    sign = NEGATIVE.search(text[max(0, pos - 9) : pos])
    minus = len(sign.group()) if sign and sign.group()[0].isalpha() else 0
    fraction = _fraction(text, pos, end, value)
    if fraction:
        if not minus or fraction.value is None:
            return fraction
        return replace(fraction, start=pos - minus, value=-fraction.value)
    words = re.findall(r"[A-Za-z]+", text[pos:end].lower())
    scale = SCALES.get(words[-1], 1.0) if words else 1.0
    value, end = half(text, end, value, scale if scale >= 1000 else 1)
    if minus:
        pos, value = pos - minus, -value
    return Number(pos, end, value, scale=scale, words=True, scale_end=end)


def _chunks(text: str, end: int, current: float, top: float, total: float) -> tuple[float, int]:
    """Add up the words from `end`: hundreds inside scales, scales in falling order."""
    last = "scale" if current else "none"
    while True:
        m = TOKEN.match(text, end)
        if m is None or end and m["gap"] == "" and last != "none":
            break
        word, gap = m["word"].lower(), m["gap"].strip()
        joined = gap in {"", "-"}
        size = WORDS.get(word)
        if gap == "and" and size is not None and PART.match(text, m.end()):
            break
        if size is None and word.isdigit() and gap == "and" and current % 100 == 0 < current:
            size = float(word)
        if size is not None:
            if last in {"hundred", "scale"}:
                room = max(current % 1000 and 100, 100 if last == "hundred" else top)
                fits = (joined or gap == "and") and size < room
            else:
                fits = last == "none" or last == "tens" and 0 < size < 10 and joined
            if not fits or last != "none" and gap == ",":
                break
            current += size
            last = "tens" if word in TENS else "unit"
        elif word in SCALES and last == "scale" and total and joined and SCALES[word] > top:
            total, top = total * SCALES[word], SCALES[word]
        elif word in SCALES and current and (joined or last == "none"):
            scale = SCALES[word]
            if scale == 12 and (top or last == "scale"):
                break
            if word.endswith("s") and scale != 12 and last == "none":
                break
            if scale == 100 and current < 100:
                current, last = current * 100, "hundred"
            else:
                whole = total and scale >= top
                total = (total + current) * scale if whole else total + current * scale
                current, top, last = 0.0, scale, "scale"
        else:
            break
        if last == "scale" and current:
            total, current = total + current, 0.0
        end = m.end()
    return total + current, end


def tail(text: str, end: int, total: float, scale: float) -> tuple[float, int]:
    """What may follow digits and a scale: "5 thousand 4 hundred and 32", "3 million and a half"."""
    m = AND_PART.match(text, end)
    if m and (m["article"] or m["n"]) and scale >= 1000 and m["part"].lower() == "half":
        return total + scale / 2, m.end()
    m = AND_SCALE.match(text, end)
    if m and SCALES[m[2]] < scale:
        return total + float(m[1]) * SCALES[m[2]] + float(m[3] or 0), m.end()
    m = AND_FEW.match(text, end)
    if m and scale == 100:
        return total + (1.0 if m[1] == "one" else float(m[1])), m.end()
    return total, end


def half(text: str, end: int, value: float, unit: float = 1) -> tuple[float, int]:
    """The value with a following "and a half", "and three quarters", "and two thirds"."""
    m = AND_PART.match(text, end)
    if not m or not (m["article"] or m["n"]):
        return value, end
    if text[m.end() : m.end() + 3].lower().strip() == "of":
        return value, end
    n = UNITS.get((m["n"] or "one").lower(), TEENS.get((m["n"] or "one").lower(), 1))
    part = n / DENOMINATORS[m["part"].lower()]
    scale = TOKEN.match(text, m.end())
    if scale and scale["word"].lower() in SCALES and scale["gap"].strip() == "":
        size = SCALES[scale["word"].lower()]
        return value + part * size if value > size else (value + part) * size, scale.end()
    return value + part * unit, m.end()


def _half(text: str, pos: int, end: int, first: str) -> Number | None:
    """ "half", "a half", "half a million", "quarter of a billion", "a quarter"."""
    share = 0.5 if first.endswith("half") else 0.25
    m = OF_SCALE.match(text, end)
    if m and not m[1].lower().endswith("s"):
        size = SCALES[m[1].lower()]
        return Number(pos, m.end(), share * size, scale=size, words=True, scale_end=m.end())
    return Number(pos, end, share, kind="fraction", words=True)


def _fraction_digits(words: str) -> str:
    """ "seventy-one" after "point" is .71, "five" is .5, "two five" is .25."""
    names = [w.lower() for w in re.findall(r"[A-Za-z]+", words)]
    two = len(names) == 2 and names[0] in TENS and names[1] in UNITS
    return str(int(TENS[names[0]] + UNITS[names[1]])) if two else ""


def _ordinal_end(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "twenty-first", "one hundred twenty-fifth": a cardinal that ends in an ordinal."""
    m = TOKEN.match(text, end)
    if m is None or m["word"].lower() not in ORDINALS or m["gap"].strip() not in {"", "-", "and"}:
        return None
    size = ORDINALS[m["word"].lower()]
    tens = value % 100 in {20, 30, 40, 50, 60, 70, 80, 90}
    if size < 10 and tens and m["gap"].strip() != "and":
        return Number(pos, m.end(), value + size, kind="ordinal", words=True)
    if size < 100 and value >= 100 and value % 100 == 0:
        return Number(pos, m.end(), value + size, kind="ordinal", words=True)
    if size >= 1000 and not text[m.end() : m.end() + 1].isalpha():
        return Number(pos, m.end(), value * size, kind="ordinal", words=True)
    return None


def _fraction(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "two thirds", "one-eighth", "three twenty-firsts", "one in five", "two out of three"."""
    m = TENS_PART.match(text, end)
    if m and m.group().lower().endswith("s"):
        base = TENS[m["tens"].lower()] + ORDINALS[m["unit"].lower()]
        return Number(pos, m.end(), value / base, kind="fraction", words=True)
    m = PART.match(text, end)
    tens = value % 100
    if m and m["gap"].isspace() and value > 100 and tens in set(TENS.values()):
        base = tens + DENOMINATORS[m["part"].lower()]
        if m["part"].lower().endswith("s") and base % 10:
            return Number(pos, m.end(), (value - tens) / base, kind="fraction", words=True)
    if m and value and value == int(value):
        plural = m["part"].lower().endswith("s")
        base = DENOMINATORS[m["part"].lower()]
        whole = value - value % 100
        parted = base >= 100 and whole and re.search(r"\sand\s", text[pos:end])
        if plural and parted:  # "three hundred and sixty-two hundredths"
            return Number(pos, m.end(), whole + (value - whole) / base, words=True)
        if (plural or value == 1) and (value < base or m["gap"].strip() or base > 4):
            scale = TOKEN.match(text, m.end())
            if scale and scale["word"].lower() in SCALES and scale["gap"].strip() == "":
                size = SCALES[scale["word"].lower()]
                return Number(pos, scale.end(), value / base * size, scale=size, words=True)
            return Number(pos, m.end(), value / base, kind="fraction", words=True)
    if value == 1 and text[end : end + 1] == " ":  # "one one-hundred-fifth"
        size, stop = _chunks(text, end + 1, 0.0, 0.0, 0.0)
        under = _ordinal_end(text, end + 1, stop, size)
        if under and under.top > 20:
            return Number(pos, under.end, 1 / under.top, kind="fraction", words=True)
    return share_of(text, pos, end, value)


def share_of(text: str, pos: int, end: int, value: float) -> Number | None:
    """ "one in five", "2 out of 3", "one over three" from the number at [pos, end) on."""
    m = OUT_OF.match(text, end)
    if not m or not value:
        return None
    word, how = m["n"].lower(), m["how"].lower()
    base, stop = float(word) if word.isdigit() else 0.0, m.end()
    if not base:
        base, stop = _chunks(text, m.start("n"), 0.0, 0.0, 0.0)
    fits = value < base and (how.startswith("out") or how in {"in", "of"} and base in ROUND_BASES)
    alone = how == "over" and base > 2 and not text[:pos].strip() and not text[stop:].strip(" .")
    if not (fits or alone) or re.match(
        r"[\s-]+(?:years?|months?|days?|weeks?|hours?|minutes?)\b", text[stop:][:9]
    ):
        return None
    return Number(pos, stop, value / base, kind="fraction", words=True)
