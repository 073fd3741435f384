"""What stands beside a number: names and labels that hold it, years, "more than", "per hectare"."""

from __future__ import annotations

import re

from .lexicon import affixes, modifier_words, patterns, read_toml, unit_rows
from .rules import first, rules

_P = patterns("never")
_NAMED = list(patterns("named").values())
_M = patterns("modifiers")
_YEAR = rules("number_rules", "year")
_R = patterns("rates")
NEAR = 32  # characters to either side where a name that holds a number begins or ends
_RATE = read_toml("measured_words")["rate"]
_NAMES = {symbol: row["name"] for symbol, row in unit_rows().items()}
_THINGS = {word: _NAMES.get(a.unit, a.unit) for word, a in affixes().words.items()}
_THINGS |= {**{word: word for word in _RATE["things"]}, **_RATE["names"]}
_SHORT = {sign: _NAMES[a.unit] for sign, a in affixes().signs.items() if a.unit in _NAMES}
_SHORT |= {"s": "second", "h": "hour", "d": "day"}


def is_year(text: str, start: int, end: int) -> bool:
    """Is the plain number at [start, end), 1000 to 2199, a year?

    "in 2016", "the 2016 elections", "(1998)" are years; "2000 pieces", "over 1500 people" are not.
    """
    n = int(text[start:end])
    told = {"usual": 1900 <= n <= 2049, "old": n < 1500, "round": n % 100 == 0 or n <= 1950}
    rule = first(_YEAR, text, start, end, told)
    return rule is not None and rule.then == "yes"


def labelled(text: str, start: int) -> bool:
    """Does a label word stand before the number at `start` ("Article ", "Route ", "No. ")?"""
    return _P["label"].search(text, max(0, start - 40), start) is not None


def named(text: str, start: int, end: int) -> bool:
    """Is the number part of a name, a label, a code, a phone number or a list mark?

    Looks at most 60 characters to either side. Does not judge scores or years.
    """
    plain = text[start].isalpha() or text[start] != "0" and text[end - 1].isdigit()
    if not plain or text[start - 1 : start] != " " or text[end : end + 1] != " ":
        left = _P["blob_edge"].split(text[max(0, start - 60) : start])[-1]
        right = _P["blob_edge"].split(text[end : end + 60], maxsplit=1)[0]
        low, blob = start - len(left), left + text[start:end] + right
        if _P["url"].search(blob) or text[low - 2 : low] == '="':
            return True  # an address, an attribute of a tag
        if not _P["no_code"].match(blob) and _P["code"].match(blob) and "$" not in blob:
            return True
    if _P["address"].match(text, end):
        return True
    low, high = max(0, start - NEAR), end + NEAR
    some = _NAMED if _P["naming"].search(text, low, high) else _NAMED[:2]
    found = (m for pattern in some for m in pattern.finditer(text, low, high))
    return any(m.start() < end and m.end() > start for m in found)


def _lead(text: str, start: int, reach: int) -> str:
    """The characters of the line before `start`."""
    return text[max(0, start - reach) : start].rpartition("\n")[2]


def modifier(text: str, start: int, end: int, *, kind: str) -> str | None:
    """The modifier of the amount at [start, end): `over`, `about`, `at_most`, … or None.

    Looks 48 characters back and 16 ahead. "over" before a length of time means "during" unless a
    verb of lasting stands before it ("47 million over four years" has no modifier).
    """
    right = _M["right"].match(text, end)
    if right and right["plus"]:
        return "over"
    if right:
        return modifier_words("right")[right["phrase"].lower()]
    lead = _lead(text, start, 48)
    if lead[-1:] == " " and lead[-2:-1].isdigit():
        return None
    words = modifier_words("left")
    signed = _M["signed"].search(lead)
    if signed:
        return words[signed["phrase"].replace(" ", "")]
    if not _M["letter"].search(lead):
        return None
    negated = _M["not_left"].search(lead)
    if negated:
        return "at_most" if negated["high"] else "at_least"
    m = _M["left"].search(lead)
    if m is None:
        return None
    phrase, before = m["phrase"].lower(), lead[: m.end("phrase")]
    if any(_M[name].search(before) for name in ("than", "up_to", "other")):
        return None
    if _M["stands_up_to"].search(before) and _M["from"].match(text, end):
        return None
    if phrase in {"about", "around"} and _M["determined"].search(lead):
        return None
    if kind == "duration" and phrase == "over" and text[start : start + 1] not in "aA":
        aged = text.endswith("age", start, end)
        opened = m["phrase"] == "Over" and text[end : end + 1] == "," and not aged
        past = text.startswith("the ", start)  # "over the past five years"
        if opened or past or not _M["during"].search(before):
            return None
    return words[phrase]


def date_modifier(text: str, start: int) -> str | None:
    """The modifier of the date at `start`: `until`, `since`, `about` or None."""
    m = _M["date_left"].search(_lead(text, start, 40))
    return modifier_words("dates")[m["phrase"].lower()] if m else None


def per_of(text: str, end: int, *, unit: str | None) -> str | None:
    """What the rate of an amount that ends at `end` is for: `hectare`, `1,000 births`; else None.

    Does not see a rate whose words stand before the number ("the monthly fee is $5").
    """
    m = _R["per"].match(text, end, end + 80)
    if m is None:
        return None
    gap = m["gap"].replace("-", " ").split()
    counted = not gap or gap[-1] == (unit or "").split(" ")[-1] or gap[0] == "of"
    if m["many"]:
        return m["many"].rstrip(".,") if m["link"] not in {None, "a", "an"} else None
    if not counted or _R["ago"].search(m["thing"] or ""):
        return None  # "five men waited a day", "$5 a year earlier"
    if m["often"]:
        return _RATE["adverbs"].get(m["often"])
    phrase = re.sub(r"[\s-]", " ", m["thing"])
    word = phrase.split(" ")[0]
    found = _THINGS.get(phrase.lower()) or _THINGS.get(word.lower())
    if m["slash"]:
        return found or _SHORT.get(word)
    loose = m["link"] == "per" and word not in {"cent", "se", "centage"}
    return found or (word.lower() if loose else None)
