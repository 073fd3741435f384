"""Lengths of time and what is counted from them: two years ago, the past two months, every week."""

from __future__ import annotations

import re
from dataclasses import replace

from . import spelled
from .anchor import Anchor
from .dates import Rule, Timed, register
from .lexicon import alternation, calendar, number_words
from .measures import TIME_SYMBOLS, period

__all__ = ["LENGTH", "LENGTHS", "WORDS", "counted", "length_of"]

LENGTHS: list[Rule] = []
rule = register(LENGTHS)
_LETTERS = {
    w: u for w, u in calendar()["lengths"].items() if w not in {"sec", "min", "hr", "h", "wk", "yr"}
} | {"night": "D"}
_W = number_words()
WORDS = "|".join([*_W["units"], *_W["teens"], *_W["tens"]])
UNIT = rf"(?:{alternation(_LETTERS)})"
NUMBER = (
    r"(?:\d{1,4}(?:\.\d)?(?:[ ]1/2|½)?"
    rf"|(?:{WORDS})(?:[\s-](?:{WORDS}))?(?:\s+hundred|\s+thousand)?(?:\s+and\s+a\s+half)?)"
)
COUNT = rf"(?:{NUMBER}|a\s+hundred|half[\s-]+an?|(?:a\s+)?half|(?:a\s+)?couple\s+of|an?)"
HALF = r"(?:\s+and\s+(?:(?:a\s+)?half|a\s+quarter)\b)"
MORE = rf"(?:,?\s+(?:and\s+(?:{NUMBER}|an?)|{NUMBER})\s+{UNIT}s?\b)"
LENGTH = rf"{COUNT}[\s-]+(?:(?:more|full|whole|consecutive)\s+)?{UNIT}s?{HALF}?{MORE}*"
PIECE = re.compile(
    rf"(?P<c>{COUNT})[\s-]+(?:(?:more|full|whole|consecutive)\s+)?(?P<u>{UNIT})s?(?P<half>{HALF})?",
    re.I,
)
DESCENDING = ["Y", "M", "W", "D", "TH", "TM", "TS"]
LASTING = re.compile(
    r"(?i)\b(?:for|in|within|after|over|than|nearly|almost|about|around|spen[dt]|under|least|every|"
    r"took|takes|lasted|last|past)\s+$"
)
WHAT = re.compile(r"\s+(?!,)(?:the|a|an|his|her|its|their|he|she|it|they|being|\w+ing|[A-Z])")
RANGED = re.compile(rf"(?:\b(?:\d+|{WORDS})\s(?:to|or)\s|\d[-–])$", re.I)
PLAIN_ONE = re.compile(r"an?\s(?:full\s|whole\s)?[a-z]+$")
COMPOSED = re.compile(r"\bhalf\b|\bcouple\b|\sa\squarter$|\bnights\b")
NO_LENGTH = re.compile(r"\s(?:quarter|second|night)$")
TENOR = re.compile(r"\s(?:tenors?|maturit|yields?|bonds?|notes?|swaps?|gilts?|bunds?|Treasur)")
SHORT_CUE = re.compile(r"\b(?:for|over|within)\s$")
AND = re.compile(r"\band\s(?:a\s)?$", re.I)
BEHIND = re.compile(r"-\w|[\s-]old\b")


def counted(words: str) -> float | None:
    """2 for "two" and "a couple of", 1 for "a", .5 for "half an", 2.5 for "2 1/2"."""
    low = re.sub(r"\s+", " ", words.lower())
    for phrase, value in (("half", 0.5), ("couple of", 2.0)):
        if low.removeprefix("a ").startswith(phrase):
            return value
    if low in {"a", "an"}:
        return 1
    if low[0].isdigit():
        return float(low.replace("½", "").split()[0]) + (0.5 if "½" in low or "1/2" in low else 0)
    number = spelled.parse(low, 0)
    return number.value if number and number.end == len(low) else None


def length_of(text: str, start: int, end: int) -> Timed | None:
    """The length written there: "2 years, 1 month and 21 days" is P2Y1M21D; units must descend."""
    found: Timed | None = None
    last = -1
    for m in PIECE.finditer(text, start, end):
        count, letter = counted(m["c"]), _LETTERS[m["u"].lower()]
        rank = DESCENDING.index(letter) if letter in DESCENDING else 0
        if count is None or found and rank <= last:
            break
        if m["half"]:
            count += 0.25 if "quarter" in m["half"] else 0.5
        timex, last = period(count, None, None, letter), rank
        if found:
            date, _, clock = found.timex.partition("T")
            date2, _, clock2 = timex[1:].partition("T")
            timex = date + date2 + ("T" + clock + clock2 if clock + clock2 else "")
            found = replace(found, end=m.end(), timex=timex)
        else:
            unit = "night" if m["u"].lower() == "night" else TIME_SYMBOLS[letter]
            found = Timed(m.start(), m.end(), timex, "duration", count, unit)
    return found


@rule(
    rf"""(?<![\w.-]) {LENGTH} (?P<turn> \s+(?:or\s+so\s+)?
         (?:(?P<now>ago|hence|from\s+now)|(?P<back>earlier|before|previously)
         |later|after(?:wards?)?) (?!\w) )? (?!\w)""",
    needs="pc",
)
def length(m: re.Match[str], a: Anchor) -> Timed | None:
    """two years ago, a year earlier, for a year, half an hour; plain lengths are amounts."""
    end = m.start("turn") if m["turn"] else m.end()
    found = length_of(a.text, m.start(), end)
    if found is None or RANGED.search(a.text, max(0, m.start() - 14), m.start()):
        return None  # "four to five weeks later" is a length with two ends
    words, lead = a.text[m.start() : found.end].lower(), a.text[max(0, m.start() - 12) : m.start()]
    if m["turn"] and found.end == end:
        return _turned(found, m, a) if a.day or not PLAIN_ONE.match(words) else None
    if BEHIND.match(a.text, found.end) or words.startswith(("half", "a half")) and AND.search(lead):
        return None
    if PLAIN_ONE.match(words):
        return found if LASTING.search(lead) and not NO_LENGTH.search(words) else None
    return found if COMPOSED.search(words) or len(PIECE.findall(words)) > 1 else None


def _turned(length: Timed, m: re.Match[str], a: Anchor) -> Timed:
    """The time a length from the document's day, or, for "later", from the date before it."""
    sign = -1 if m["back"] or (m["now"] or "").lower() == "ago" else 1
    word = m["turn"].split()[-1].lower()
    if word == "after" or word == "before" and WHAT.match(a.text, m.end()):
        return length
    if sign < 0 and length.timex == "P1Y":
        timex = year_before(a, m.start())
    elif m["now"]:
        quarters = length.unit == "quarter" and length.value
        timex = a.grain("Q", sign * int(quarters)) if quarters else a.shift(length.timex, sign)
    else:
        return replace(length, end=m.end(), turn=sign, rest=length)
    return Timed(m.start(), m.end(), timex) if timex else length


def year_before(a: Anchor, start: int) -> str | None:
    """ "a year earlier" is the same quarter a year before where a quarter was spoken of."""
    if a.day is None:
        return None
    for place, year, number in reversed(a.quarters[-40:]):
        if place < start and start - place < 900:
            return f"{year - 1:04d}-Q{number}"
    spoken = re.search(r"(?i)\bquarter", a.text[max(0, start - 300) : start])
    return a.grain("Q", -5) if spoken else a.grain("Y", -1)


@rule(
    rf"""(?<![\w-]) (?=[a-z])(?:each\s+of\s+the\s+|(?P<the>the\s+))?
         (?P<which>(?:last|past|next|coming|previous|preceding|first|final|following|latest)\s+)?
         (?P<c>{NUMBER}|couple\s+of) (?:\s+(?:to|or)\s+(?P<high>{NUMBER}))? [\s-]+
         (?:(?:more|consecutive|full)\s+)?
         (?P<u>{UNIT})(?P<s>s)?{MORE}* (?!\w|-|\s+ago\b)""",
    needs="pc",
    hints="the |last|past|next|coming|previous|preceding|first|final|following|latest",
)
def span_of(m: re.Match[str], a: Anchor) -> Timed | None:
    """the past two months, last five years, the first nine months, the four days."""
    found = length_of(a.text, m.start("high") if m["high"] else m.start("c"), m.end())
    if found is None or not (m["which"] or m["the"] and m["s"] and (found.value or 0) >= 2):
        return None
    found = replace(found, start=m.start())
    low = counted(m["c"]) if m["high"] else None
    if low is None or found.value is None or found.value <= low:
        return found
    timex = period(low, None, None, _LETTERS[m["u"].lower()])
    return replace(found, timex=timex, value=None, low=low, high=found.value)


@rule(r"(?<=\s) (?P<c>\d\d?)(?P<u>[YMWwDdh]) (?![\w-]|[.,]\d)", 0, needs="t")
def compact(m: re.Match[str], a: Anchor) -> Timed | None:
    """for 3Y, within 10d, a 6M tenor; not "for 5M" (millions) or "in 3D"."""
    tenor, written = TENOR.match(a.text, m.end()), m.group()
    cued = SHORT_CUE.search(a.text, max(0, m.start() - 8), m.start())
    if not tenor and (not cued or m["u"] == "M" or written.lower() in {"2d", "3d", "4d"}):
        return None
    letter = {"H": "TH"}.get(m["u"].upper(), m["u"].upper())
    count = float(m["c"])
    timex = period(count, None, None, letter)
    return Timed(*m.span(), timex, "duration", count, TIME_SYMBOLS[letter])


@rule(
    r"""(?<![\w-]) (?:the\s+)? year-(?:ago|earlier) \s+(?:quarter|period|month|half) (?!\w|-)""",
    needs="p",
    hints="year-",
)
def year_ago_period(m: re.Match[str], a: Anchor) -> Timed | None:
    """the year-ago quarter."""
    timex = year_before(a, m.start())
    return Timed(*m.span(), timex) if timex else None


@rule(
    rf"""(?<![\w-]) (?:every|each)\s+(?:(?P<c>other|second|third|{NUMBER}|few)\s+)?
         (?P<u>week|month|quarter|year|decade|hour|minute|day)s? (?!\w|-)""",
    needs="p",
    hints="every|each",
)
def every(m: re.Match[str], a: Anchor) -> Timed | None:
    """every year, every two weeks: a set, given as the length of its step."""
    word, unit = (m["c"] or "").lower(), m["u"].lower()
    if word == "few" or not word and unit in {"day", "hour", "minute"}:
        return None
    count = {"": 1.0, "other": 2.0, "second": 2.0, "third": 3.0}.get(word) or counted(word)
    if count is None:
        return None
    letter = _LETTERS[unit]
    return Timed(
        *m.span(), period(count, None, None, letter), "duration", count, TIME_SYMBOLS[letter]
    )
