"""Lengths of time and what is counted from them: two years ago, the past two months, every week."""

from __future__ import annotations

import re

from helpers.figures import spelled
from helpers.figures.anchor import Anchor
from helpers.figures.dates import Rule, Timed, register
from helpers.figures.lexicon import alternation, calendar, number_words
from helpers.figures.measures import TIME_SYMBOLS, period

__all__ = ["LENGTHS"]

LENGTHS: list[Rule] = []
rule = register(LENGTHS)
_CAL = calendar()
_LENGTHS = {
    w: u for w, u in _CAL["lengths"].items() if w not in {"sec", "min", "hr", "yr", "centurie"}
}
UNIT = rf"(?P<u>{alternation(_LENGTHS)}|centurie)"
WORDS = "|".join([*number_words()["units"], *number_words()["teens"], *number_words()["tens"]])
COUNT = (
    rf"(?P<c>\d{{1,4}}(?:\.\d)?(?:[ ]1/2|½)?|"
    rf"(?:{WORDS})(?:[\s-](?:{WORDS}))?(?:\s+hundred|\s+thousand)?(?:\s+and\s+a\s+half)?"
    r"|a\s+hundred|half\s+an?|a\s+couple\s+of|an?)"
)


BEFORE_WHAT = re.compile(
    r"\s+(?!,)(?:the|a|an|his|her|its|their|he|she|it|they|being|\w+ing|[A-Z])"
)
RANGED = re.compile(rf"(?:\b(?:\d+|{WORDS})\s(?:to|or)\s|\d[-–])$", re.I)


def counted(words: str) -> float | None:
    """2 for "two" and "a couple of", 1 for "a", .5 for "half an", 2.5 for "2 1/2"."""
    low = re.sub(r"\s+", " ", words.lower())
    if low in {"a", "an"}:
        return 1
    if low.startswith("half"):
        return 0.5
    if low == "a couple of":
        return 2
    if low[0].isdigit():
        return float(low.replace("½", "").split()[0]) + (0.5 if "½" in low or "1/2" in low else 0)
    number = spelled.parse(low, 0)
    return number.value if number and number.end == len(low) else None


@rule(
    rf"""(?<![\w.-]) (?P<q>(?:about|almost|nearly|some)\s+)?{COUNT}[\s-]+(?:more\s+)?{UNIT}s?
        \s+(?:or\s+so\s+)? (?P<w>ago|earlier|before|previously|later|hence|from\s+now
            |from\s+today|after(?:wards?)?) (?!\w)""",
    needs="pc",
    hints="ago|earlier|before|previously|later|hence|from now|from today|after",
)
def ago(m: re.Match[str], a: Anchor) -> Timed | None:
    """two years ago, a year earlier, three weeks later."""
    count = counted(m["c"])
    letter = _LENGTHS.get(m["u"].lower(), "100Y")
    word = m["w"].lower()
    start = m.start("c")
    if count is None or RANGED.search(a.text, max(0, start - 14), start):
        return None  # "four to five weeks later" is a length with two ends
    if word == "after" or word == "before" and BEFORE_WHAT.match(a.text, m.end()):
        plural = a.text[m.end("u") : m.end("u") + 1] == "s"
        return _length(start, m.end("u") + plural, count, letter)
    if a.day is None and m["c"].lower() in {"a", "an"}:
        return None
    length = _length(start, m.start("w") - 1, count, letter)
    back, one_year = word in {"ago", "earlier", "before"}, count == 1 and letter == "Y"
    anchored = word in {"ago", "hence", "from now", "from today"} or back and one_year
    if letter in {"TH", "TM", "TS"} or a.day is None or not anchored:
        return length
    sign = -1 if back else 1
    if back and one_year:
        timex = _year_before(a, m)
    elif count != int(count):
        timex = a.shift(round(sign * count * 12), "M") if letter == "Y" else None
    else:
        timex = a.shift(sign * count, letter)
    return Timed(start, m.end(), timex) if timex else length


def _length(start: int, end: int, count: float, letter: str) -> Timed:
    timex = period(count, None, None, letter)
    return Timed(start, end, timex, "duration", count, TIME_SYMBOLS[letter])


def _year_before(a: Anchor, m: re.Match[str]) -> str | None:
    """ "a year earlier" is the same quarter a year before where a quarter was spoken of."""
    assert a.day is not None
    for place, year, number in reversed(a.quarters[-40:]):
        if place < m.start() and m.start() - place < 900:
            return f"{year - 1:04d}-Q{number}"
    if re.search(r"(?i)\bquarter", a.text[max(0, m.start() - 300) : m.start()]):
        shifted = a.grain("Q", -1)
        return f"{int(shifted[:4]) - 1:04d}{shifted[4:]}" if shifted else None
    return f"{a.day.year - 1:04d}"


@rule(
    rf"""(?<![\w-]) (?P<art>the\s+)? (?:(?P<each>each\s+of\s+the)\s+)? (?P<which>last|past|next
        |coming|previous|preceding|first|final|following|latest) \s+ {COUNT}(?:\s+(?:to
            |or)\s+(?P<c2>\d{{1,2}}|{WORDS}))? [\s-]+ (?:more\s+|consecutive\s+|full\s+)?{UNIT}s?
                (?!\w|-)""",
    needs="pc",
    hints="last|past|next|coming|previous|preceding|first|final|following|latest",
)
def span_of(m: re.Match[str], a: Anchor) -> Timed | None:
    """the past two months, last five years, the first nine months."""
    count = counted(m["c"])
    if count is None or m["c"].lower() in {"a", "an"}:
        return None
    letter = _LENGTHS.get(m["u"].lower(), "100Y")
    high = counted(m["c2"]) if m["c2"] else None
    if high is None or high <= count:
        return _length(m.start(), m.end(), count, letter)
    timex = period(count, None, None, letter)
    unit = TIME_SYMBOLS[letter]
    return Timed(m.start(), m.end(), timex, "duration", unit=unit, low=count, high=high)


@rule(
    rf"""(?<![\w-]) the \s+ (?P<c>\d{{1,2}}|{WORDS})[\s-]+ (?P<u>month|week|day|quarter|year
        |hour)s (?!\w|-)""",
    needs="p",
    hints="the ",
)
def the_months(m: re.Match[str], a: Anchor) -> Timed | None:
    """the nine months, the four days."""
    count = counted(m["c"])
    if count is None or count < 2:
        return None
    return _length(m.start(), m.end(), count, _LENGTHS[m["u"].lower()])


@rule(
    r"""(?<![\w-]) (?:the\s+)? (?:year-(?:ago|earlier)) (?:\s+(?P<n>first|second|third|fourth))?
        \s+(?P<u>quarter|period|month|half) (?!\w|-)""",
    needs="p",
    hints="year-",
)
def year_ago_period(m: re.Match[str], a: Anchor) -> Timed | None:
    """the year-ago quarter."""
    if a.day is None or m["n"]:
        return None
    timex = _year_before(a, m)
    return Timed(*m.span(), timex) if timex else None


@rule(
    rf"""(?<![\w-]) (?P<e>every|each)\s+(?:(?P<c>other|second|third|\d{{1,3}}|{WORDS}
        |few)\s+)?(?P<u>week|month|quarter|year|decade|hour|minute|day)s? (?!\w|-)""",
    needs="p",
    hints="every|each",
)
def every(m: re.Match[str], a: Anchor) -> Timed | None:
    """every year, every two weeks: a set, given as the length of its step."""
    word = (m["c"] or "").lower()
    if word == "few" or not word and m["u"].lower() in {"day", "hour", "minute"}:
        return None
    count = {"": 1.0, "other": 2.0, "second": 2.0, "third": 3.0}.get(word) or counted(word)
    return _length(*m.span(), count, _LENGTHS[m["u"].lower()]) if count else None


@rule(
    r"""(?<![\w.-]) (?P<cue>(?:for|in|within|after|over|than|nearly|almost|about|around|spen[dt]
        |under|least|every|took|takes|lasted|last|past)\s+) (?:(?P<half>half\s+)?(?P<art>an?))
            \s+ (?:full\s+|whole\s+)?(?P<u>hour|minute|day|week|month|year|decade|century|quarter
                |fortnight) (?P<ah>\s+and\s+a\s+half)? (?!\w|-|\s+(?:ago|earlier|later|before
                    |and\s+a))""",
    needs="pc",
    hints=" a | an |half",
)
def a_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """for a year, in less than an hour, nearly a month; not "5 dollars a month"."""
    if m["u"].lower() == "quarter":
        return None
    count = (0.5 if m["half"] else 1) + (0.5 if m["ah"] else 0)
    start = m.start("half") if m["half"] else m.start("art")
    return _length(start, m.end(), count, _LENGTHS[m["u"].lower()])


@rule(
    rf"""(?<![\w-]) (?P<art>an?|{WORDS})\s+(?P<u>hour|minute|day|week|month
        |year)\s+and\s+(?:(?:a\s+)?half|a\s+(?P<q>quarter)) (?!\w)""",
    needs="p",
    hints="and ",
)
def and_a_half(m: re.Match[str], a: Anchor) -> Timed | None:
    """a year and a half, one hour and half, one year and a quarter."""
    count = counted(m["art"])
    if count is None:
        return None
    return _length(*m.span(), count + (0.25 if m["q"] else 0.5), _LENGTHS[m["u"].lower()])


@rule(
    r"""(?<![\w-]) (?<!and\s) (?<!and\sa\s)
        (?:half[\s-]+an?|half[\s-]?a[\s-]|(?:a\s+)?half)[\s-]+(?P<u>hour
        |day|year|century|decade) (?!\w)""",
    needs="pc",
    hints="half",
)
def half_an_hour(m: re.Match[str], a: Anchor) -> Timed | None:
    """half an hour, half a century."""
    return _length(*m.span(), 0.5, _LENGTHS[m["u"].lower()])


@rule(
    r"""(?<![\w-]) a\s+couple\s+of\s+(?:more\s+)?(?P<u>hour|minute|day|week|month|year|decade)s
        (?!\w|\s+(?:ago|earlier|later))""",
    needs="pc",
    hints="couple",
)
def couple(m: re.Match[str], a: Anchor) -> Timed | None:
    """a couple of years."""
    return _length(*m.span(), 2, _LENGTHS[m["u"].lower()])
