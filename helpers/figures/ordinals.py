"""Ordinals: "the second conference", "70th", "the VI Forum"; not "a second", "at first"."""

from __future__ import annotations

import re

from .lexicon import alternation, idioms
from .measures import Amount, of_number
from .model import Number
from .nouns import head_after
from .syntax import Syntax

__all__ = ["ordinal_of", "roman_ordinals"]

_I = idioms()
ROMAN = re.compile(r"(?<![\w.])(?P<r>[IVX]{2,6})(?=\s[A-Z][a-z]{2,})")
ROMAN_LEAD = re.compile(r"(?i)\b(?:the|of|at|a|its|this|to|for|during|in)\s$")
CANONICAL = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_ROMAN = {"I": 1, "V": 5, "X": 10}
AFTER = {
    word: re.compile(rf"(?i)[\s-]+(?:{alternation(_I[word + '_after'])})(?![\w])")
    for word in ("first", "second", "third", "fourth", "fifth")
}
TIERED = re.compile(r"(?i)\b(?:top|bottom|middle|poorest|richest|wealthiest|lowest|highest)\s+$")
IN_PLACE = re.compile(r"(?i)\bin\s+the\s+$")
AT = re.compile(r"(?i)\bat\s+$")
OWNED = re.compile(r"(?i)\b(?:the|a|an|his|her|its|their|our|my)\s+$")
PLACED = re.compile(
    r"(?i)\b(?:this|that|c[ao]mes?|finish(?:ed|es)?|rank(?:s|ed|ing)?|plac(?:es|ed|ing)|in)\s+$"
)
TIMED = re.compile(r"\b(?:a|split|per|every|each|one)[\s-]+$")
COUNTED = re.compile(
    r"(?i)\s+(?!(?:or|and|of|to|before|after|later|that|in|for|the|but|from|as|on)\b)[a-z]"
)
HYPHENED = re.compile(  # and amendments, which are laws
    r"\s+Amendment\b|-(?:hand|rate|class|person|degree|born|time|come|party|half|place|ever|world|wave|timers?|tier|guess\w*|rank)\b",
    re.I,
)


def roman_ordinals(text: str) -> list[Number]:
    """Roman numerals before a capitalised name: "the VI Interregional Forum" is the 6th."""
    found = []
    for m in ROMAN.finditer(text):
        numeral = m["r"]
        if CANONICAL.fullmatch(numeral) and ROMAN_LEAD.search(
            text[max(0, m.start() - 8) : m.start()]
        ):
            digits = [_ROMAN[c] for c in numeral]
            value = sum(-d if d < e else d for d, e in zip(digits, digits[1:] + [0], strict=True))
            found.append(Number(*m.span("r"), float(value), kind="ordinal", words=True))
    return found


def ordinal_of(text: str, n: Number, syntax: Syntax) -> Amount | None:
    """The ordinal as a figure with the noun it counts, or None for an idiom, adverb or time."""
    word = text[n.start : n.end].lower()
    if word in AFTER and AFTER[word].match(text, n.end) or HYPHENED.match(text, n.end):
        return None
    before = max(0, n.start - 14)
    if n.value and n.value > 2 and TIERED.search(text, before, n.start):
        amount = of_number(n, "count", "fraction", n.end)
        amount.value = round(1 / n.value, 4)
        return amount  # "the bottom fifth"
    idiom = IN_PLACE if text[n.end : n.end + 6] == " place" else AT
    if word == "first" and idiom.search(text, before, n.start):
        return None
    if word == "second" and TIMED.search(text, before, n.start) and not COUNTED.match(text, n.end):
        return None
    sentence = syntax.sentence(n.start)
    i = sentence.at(n.start)
    tag = sentence.pos[i] if i < len(sentence.pos) else "ADJ"
    noun = head_after(sentence, n.end)
    if syntax.paragraph_text(n.start).strip(" .\n\t") == text[n.start : n.end]:
        return of_number(n, "ordinal", None, n.end)
    owned = OWNED.search(text, before, n.start)
    placed = owned or PLACED.search(text, before, n.start)
    alone = noun is None and (not n.words or word in AFTER and word != "fifth")
    if alone and not placed or tag == "VERB" or tag == "ADV" and not owned:
        return None
    return of_number(n, "ordinal", noun, n.end)
