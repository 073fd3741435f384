"""Modifiers: "more than", "nearly", "no fewer than", "until", by the words beside the figure."""

from __future__ import annotations

import re

from .lexicon import alternation, modifiers
from .readings import any_of

__all__ = ["date_modifier", "modifier"]

_M = modifiers()


def _table(side: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, phrases in _M[side].items():
        for phrase in phrases:
            found.setdefault(phrase, name)
    return found


_LEFT = _table("left")
_RIGHT = _table("right")
_DATES = _table("dates")
_FILL = (
    r"(?:\s+(?:the|a|an|just|only|roughly|about|some|to|by|in|at|around|nearly|"
    r"his|her|their|its|every|each|those|these|of|for|“|\"|‘|'|”|’))*"
)
_EDGE = r"(?:^|(?<=[\s(“\"‘'—–-]))"

LETTER = re.compile(r"[^\W\d_]")
LEFT = re.compile(rf"{_EDGE}(?P<phrase>{alternation(_LEFT)}){_FILL}[\s\u00a0“\"‘”’]*$", re.I)
SIGNED = re.compile(r"(?P<phrase>> ?=|< ?=|[><≥≤~≈])\s*$")
NOT_LEFT = re.compile(
    rf"(?:\bnot|n['’]t|\bnever|\bno)\s+(?:\w+\s+)?"
    rf"(?P<phrase>exceed(?:s|ed|ing)?|more than|over|above|top|"
    rf"less than|fewer than|below|under|surpass(?:ed|ing)?){_FILL}\s*$",
    re.I,
)
RIGHT = re.compile(rf"(?P<phrase>{alternation(_RIGHT)})(?![\w])|(?P<plus>\+)", re.I)
DATE_LEFT = re.compile(
    rf"(?:^|(?<=[\s(“\"‘'—-]))(?P<phrase>{alternation(_DATES)})"
    r"(?:\s+(?:the|about|around|as|at\s+least|late|early|mid|on|at|in|end\s+of|midnight\s+on))*\s*$",
    re.I,
)
TOPS_NOUN = re.compile(r"(?i)\b(?:the|a|in|its|their|at|of)\s$")
DETERMINED = re.compile(
    r"(?i)\b(?:about\s+(?:the|these|those)|(?:about|around)\s+(?:his|her|their|its|our|my))\s+$"
)
DURING = re.compile(
    r"(?i)\b(?:for|well|just|lasted|lasts|lasting|took|takes|taking|spent|spending|after|is|was|now|"
    r"been|wait\w*|last)\s+over\s+$|^over\s+$"
)
COMPARED = re.compile(
    r"(?i)(?:[\d%]|\b(?:per\s?cent|points|times|half|third|quarter|[mb]illion))\s+$"
)
_UP = any_of(_M["moving"]["up"])
UPWARDS = re.compile(rf"(?i)(?<!\bmay\s)(?<!\bcan\s)\b(?:{_UP})(?:\sback)?\s+$")
STANDING = re.compile(r"(?i)(?:\b(?:is|are|was|were|be|been)|['’]s)\s+(?:now\s+)?$")
FROM = re.compile(r"\s+(?:[\w-]+\s+)?from\s+\S*\d")
THAN = frozenset({"more than", "less than", "fewer than", "higher than", "lower than"})
SPREAD = re.compile(r"(?i)\b(?:spread|stretch\w*|scattered|extend\w*|distributed)\s+(?:out\s+)?$")


def modifier(text: str, start: int, end: int, *, kind: str) -> str | None:
    """The modifier of the amount at [start, end): `over`, `about`, `at_most`, … or None.

    Looks 48 characters back and 16 ahead. "over" before a length of time means "during" unless a
    verb of lasting stands before it ("47 million over four years" has no modifier).
    """
    lead = text[max(0, start - 48) : start]
    right = RIGHT.match(text, end)
    if right and right["plus"]:
        return "over"
    if right:
        phrase = right["phrase"].lower()
        found = _RIGHT.get(phrase) or _RIGHT.get(" " + phrase.strip())
        if found:
            return found
    if lead[-1:] == " " and lead[-2:-1].isdigit():
        return None
    if "\n" in lead:
        lead = lead[lead.rindex("\n") + 1 :]
    signed = SIGNED.search(lead)
    if signed:
        return _LEFT.get(signed["phrase"], _LEFT.get(signed["phrase"].replace(" ", "")))
    negated = NOT_LEFT.search(lead) if LETTER.search(lead) else None
    if negated:
        low = negated["phrase"].lower().startswith(("less", "fewer", "below", "under"))
        return "at_least" if low else "at_most"
    m = LEFT.search(lead) if LETTER.search(lead) else None
    if m is None:
        return None
    phrase = m["phrase"].lower()
    if phrase in THAN and COMPARED.search(lead[: m.start()]):
        return None  # "37 per cent more than the €1.9 billion"
    if phrase == "up to" and (
        UPWARDS.search(lead[: m.start()])
        or STANDING.search(lead[: m.start()])
        and FROM.match(text, end)
    ):
        return None  # "climbed up to 45", "is up to 45 from 40"
    if phrase == "over" and SPREAD.search(lead[: m.start()]):
        return None
    if phrase == "tops" and TOPS_NOUN.search(lead[: m.start()]):
        return None
    if phrase in {"about", "around"} and DETERMINED.search(lead):
        return None  # "asked about those five errors"
    during = kind == "duration" and phrase == "over" and text[start : start + 1] not in "aA"
    aged = text.endswith("age", start, end)
    opened = m["phrase"] == "Over" and text[end : end + 1] == "," and not aged  # Over five years,
    if (
        during
        and (
            opened
            or text.startswith("the ", start)  # the past five years
            or not DURING.search(lead[: m.end("phrase")] + " ")
        )
    ):
        return None
    return _LEFT[phrase]


def date_modifier(text: str, start: int) -> str | None:
    """The modifier of the date at `start`: `until`, `since`, `over` (after), `under` (before)."""
    lead = text[max(0, start - 40) : start]
    if "\n" in lead:
        lead = lead[lead.rindex("\n") + 1 :]
    m = DATE_LEFT.search(lead)
    return _DATES[m["phrase"].lower()] if m else None
