"""Time expressions relative to the text's date: yesterday, last Tuesday, two years ago, this week."""

from __future__ import annotations

import re
from datetime import timedelta

from helpers.figures import spelled
from helpers.figures.anchor import Anchor, week
from helpers.figures.dates import CLOCK, DAY, MONTH, WEEKDAY, Rule, Timed, clock, month_number, register
from helpers.figures.lexicon import alternation, calendar, number_words
from helpers.figures.measures import TIME_SYMBOLS, period

__all__ = ["RELATIVE"]

RELATIVE: list[Rule] = []
rule = register(RELATIVE)
_CAL = calendar()
_LENGTHS = {w: u for w, u in _CAL["lengths"].items() if w not in {"sec", "min", "hr", "yr", "centurie"}}
UNIT = rf"(?P<u>{alternation(_LENGTHS)}|centurie)"
WORDS = "|".join([*number_words()["units"], *number_words()["teens"], *number_words()["tens"]])
COUNT = (
    rf"(?P<c>\d{{1,4}}(?:\.\d)?(?:[ ]1/2|½)?|(?:{WORDS})(?:[\s-](?:{WORDS}))?(?:\s+hundred|\s+thousand)?(?:\s+and\s+a\s+half)?"
    r"|a\s+hundred|half\s+an?|a\s+couple\s+of|an?)"
)
PLACED = re.compile(
    r"(?i)\b(?:was|were|had|did|will|announc\w+|launch\w+|sign\w+|publish\w+|releas\w+|met|said|"
    r"marks|saw|took|became|brings?|i\s+am|we\s+are)\b"
)
PARTS = r"(?:\s+(?P<part>morning|afternoon|evening|night))"

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
    r"""(?<![\w-]) (?P<mod>(?:late|early|earlier|later)\s+)? (?:the\s+day\s+(?P<dd>before\s+yesterday|after\s+tomorrow)
        |(?P<w>yesterday|today|tomorrow)(?:\s+(?P<p>morning|afternoon|evening|night))?|(?P<n>tonight|to-night)|(?P<th>this|last)\s+(?P<p2>morning|afternoon|evening|night)) (?!\w|-)""",
    needs="n",
)
def day_word(m: re.Match[str], a: Anchor) -> Timed | None:
    """yesterday, the day before yesterday, last night; "Today, …" for nowadays is none."""
    if a.day is None:
        return None
    if m["dd"]:
        return Timed(*m.span(), (a.day + timedelta(-2 if "before" in m["dd"].lower() else 2)).isoformat())
    word = (m["w"] or "").lower()
    if word and m["w"][0].isupper() and not opens_sentence(a.text, m.start()):
        return None
    if word == "today" and nowadays(a.text, m.start(), m.end()):
        return None
    offset = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    part = (m["p"] or m["p2"] or "").lower()
    if m["th"]:
        offset = -1 if m["th"].lower() == "last" else 0
        if m["th"].lower() == "last" and part != "night":
            return None
    if m["n"]:
        part = "night"
    timex = (a.day + timedelta(offset)).isoformat() + _CAL["parts"].get(part, "")
    if m["w"] and re.match(r"['’]s\s+(?:\w+\s+)?(?:world|society|youth|standards|young)", a.text[m.end() :][:30]):
        return None
    return Timed(*m.span(), timex)


def opens_sentence(text: str, start: int) -> bool:
    """Does a sentence, a quotation or a line begin at `start`?"""
    before = text[max(0, start - 3) : start].rstrip(" \t")
    return not before.strip() or before[-1] in ".!?:“\"”‘'«„\n—–-(/"


def nowadays(text: str, start: int, end: int) -> bool:
    """ "Today, the members concentrate on …": a sentence opening in the present tense."""
    if not opens_sentence(text, start) or not text[start].isupper():
        return False
    clause = re.split(r"[.;!?”\"]", text[end : end + 160])[0]
    if PLACED.search(clause):
        return False
    verb = re.match(r",?(?:\s+[\w’'-]+){1,5}?\s+(\w{3,}ed)\b(?!\s+to\b)", clause)
    return verb is None or verb[1].lower() in {"need", "united", "limited"}


@rule(
    rf"""(?<![\w-]) (?P<clock>{CLOCK})? (?:(?:late|early|earlier|later)\s+)? (?:(?P<which>last|next|this|previous|coming|following|past|this\s+coming|this\s+past)\s+)?
         (?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) (?:(?:\s+of|,)?\s+(?P<wk>last|this|next)\s+week)? {PARTS}? (?P<s>['’]s|s)? (?!\w|-)""",
    needs="w",
)
def weekday(m: re.Match[str], a: Anchor) -> Timed | None:
    """Thursday, last Tuesday, Tuesday of last week, 10 p.m. Wednesday."""
    if a.day is None or not m["wd"][0].isupper() and not (m["which"] or m["wk"]):
        return None
    if m["s"] == "s" or re.match(r"\s+(?:Morning|Night|Times|Herald|Review)\b", a.text[m.end() :][:10]):
        return None
    number = _CAL["weekdays"][m["wd"].lower()]
    if m["wk"]:
        monday = a.day - timedelta(a.day.isoweekday() - 1)
        day = monday + timedelta({"last": -7, "this": 0, "next": 7}[m["wk"].lower()] + number - 1)
    else:
        which = (m["which"] or "").lower().split()
        named = "coming" if "coming" in which else "last" if "past" in which else " ".join(which)
        found = a.weekday(number, *m.span(), which=named)
        if found is None:
            return None
        day = found
    timex = day.isoformat()
    if m["clock"]:
        timex += clock(m["clock"])
    elif m["part"]:
        timex += _CAL["parts"][m["part"].lower()]
    end = m.start("s") if m["s"] else m.end()
    return Timed(m.start(), end, timex)


@rule(
    rf"""(?<![\w.-]) (?P<art>the\s+)? (?:(?P<pt>early|late|mid|(?:the\s+)?(?:end|beginning|start|middle)\s+of)[\s-]+(?:the\s+)?)? (?:(?P<which>last|next|this|each|every|the\s+previous|this\s+past|this\s+coming|next)\s+)? (?P<m>{MONTH}) (?![\w’]|[\s.]*\d|-\w|\s+{DAY})""",
    0,
    needs="m",
)
def bare_month(m: re.Match[str], a: Anchor) -> Timed | None:
    """September, last April, early November, mid-November; May only after a word of time."""
    name = m["m"].rstrip(".")
    which = (m["which"] or "").lower()
    lead = a.text[max(0, m.start() - 16) : m.start()]
    if name in {"May", "March", "Mar", "Jan", "Apr", "Sun"} or a.day is None and name == "August":
        cue = re.search(
            r"(?i)(?:\b(?:in|since|until|till|by|from|of|during|through|before|after|for|to|and|or|between|on|late|early)|,)\s+$", lead)  # fmt: skip
        if not (which or m["pt"] or cue) or name == "May" and re.match(r"\s+(?:I|we|be|have|God|not|said|told)\b", a.text[m.end() :][:8]):
            return None
        if name == "May" and re.search(r"(?i)(?:\bfor|\bto|\band|\bof|\bby|,)\s+$", lead) and re.search(
            r"\b(?:Theresa|Mrs\.?|Ms\.?)\s+May\b|\bMay['’]s\b", a.text):
            return None
    if re.match(r"\s+(?:[A-Z][a-z]+\s)?(?:Surprise|Madness|Revolution|Jones|Wine)", a.text[m.end() :][:24]):
        return None
    if not (which or m["pt"]) and re.search(r"(?:\b[A-Z][a-z]+|\b(?:Ms|Mr|Mrs|Dr)\.)\s$", lead) and name in {"May", "March", "April", "June", "August"}:
        if not re.search(r"\b(?:In|Since|Until|By|From|During|Through|Before|After|Last|Next|This|For|Late|Early)\s$", lead):
            return None
    if len(name) <= 4 and name not in {"May", "June", "July"} and not m["m"].endswith("."):
        if re.match(r"\s+[A-Z]", a.text[m.end() : m.end() + 2]) or not (
            which or m["pt"] or re.search(r"(?i)\b(?:in|since|until|till|by|from|during|through|before|after|to)\s+$", lead)
        ):
            return None
    number = month_number(name)
    start = m.start()
    if m["art"] and m["pt"] is None:
        start = m.end("art")
    end = m.end() - (m.group().endswith(".") and m["m"].rstrip(".").lower() not in {"jan", "feb", "mar", "apr", "aug", "sept", "sep", "oct", "nov", "dec"})
    if which in {"each", "every"}:
        return Timed(start, end, f"XXXX-{number:02d}")
    if a.day and which:
        now = a.day.month
        if which in {"last", "the previous", "this past"}:
            year = a.day.year - (number >= now)
        elif which in {"next", "this coming"}:
            year = a.day.year + (number <= now)
        else:
            year = a.day.year
        return Timed(start, end, f"{year:04d}-{number:02d}")
    return Timed(start, end, a.month(number, *m.span()))


@rule(
    rf"""(?<![\w-]) (?:(?P<pt>earlier|later|late|early|(?:the\s+)?(?:end|beginning|start|middle)\s+of)\s+)?
         (?P<which>last|next|this|the\s+(?:previous|past|coming|current|following|preceding|same|next|last|latest)|past|previous|coming|current)
         \s+(?:(?:fiscal|financial|calendar|full|whole|entire)\s+)? (?P<u>weekend|week|fortnight|month|quarter|year|decade|century|spring|summer|autumn|fall|winter|fiscal) (?!\w|-) (?P<ps>['’]s)?""",
    needs="psfc", hints=["last", "next", "this", "the ", "past", "previous", "coming", "current"],
)
def near_period(m: re.Match[str], a: Anchor) -> Timed | None:
    """last year, this week, next quarter, last fall, earlier this month."""
    if a.day is None:
        return None
    which = m["which"].lower().removeprefix("the ").strip()
    unit = m["u"].lower()
    if which in {"same", "following", "preceding"} or which == "current" and unit not in {"fiscal", "year", "quarter", "month", "week"}:
        return None
    if which in {"past", "coming", "last", "next"} and m["which"].lower().startswith("the ") and unit not in {"fiscal"}:
        if unit not in {"decade", "century"} or which != "last":
            pieces = {"week": "P1W", "month": "P1M", "year": "P1Y", "decade": "P10Y", "century": "P100Y", "quarter": "P3M"}
            if unit in pieces and not m["pt"]:
                return Timed(m.start(), m.end("u"), pieces[unit], "duration", 1.0, unit)
    offset = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit in _CAL["seasons"]:
        year = a.day.year
        season = _CAL["seasons"][unit]
        begins = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season]
        if offset < 0:
            year -= begins + 2 >= a.day.month and season != "WI" or season == "WI" and a.day.month >= 12
            year -= season == "WI"
        elif offset > 0:
            year += begins <= a.day.month
        if unit == "fall" and which not in {"last", "next", "this"}:
            return None
        return Timed(*m.span("which")[:1], m.end("u"), f"{year}-{season}")
    if unit == "fiscal" or re.search(r"(?:fiscal|financial)\s+year", m.group(), re.I):
        start = m.start() + (4 if m.group().lower().startswith("the ") else 0)
        if re.search(r"₹|\bRs\b|\brupees?\b|\bcrore\b|\blakh\b|\bIndia", a.text):
            first = a.day.year - (a.day.month < 4) + offset
            return Timed(start, m.end("u"), f"{first:04d}/{first + 1:04d}")
        return Timed(start, m.end("u"), f"{a.day.year + offset:04d}")
    if unit == "fortnight":
        return None
    letter = {"weekend": "WE", "week": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "10Y", "century": "100Y"}[unit]
    if which == "latest":
        if letter != "Q":
            return None
        offset = -1
    timex = a.grain(letter, offset)
    if timex is None:
        return None
    if unit == "quarter":
        a.quarters.append((m.start(), int(timex[:4]), int(timex[-1])))
    return Timed(m.start(), m.end("u"), timex)


@rule(rf"""(?<![\w.-]) (?P<q>(?:about|almost|nearly|some)\s+)?{COUNT}[\s-]+(?:more\s+)?{UNIT}s? \s+(?:or\s+so\s+)? (?P<w>ago|earlier|before|previously|later|hence|from\s+now|from\s+today|after(?:wards?)?) (?!\w)""",
    needs="pc", hints=["ago", "earlier", "before", "previously", "later", "hence", "from now", "from today", "after"],
)
def ago(m: re.Match[str], a: Anchor) -> Timed | None:
    """two years ago, a year earlier, three weeks later."""
    count = counted(m["c"])
    letter = _LENGTHS.get(m["u"].lower(), "100Y")
    word = m["w"].lower()
    start = m.start("c")
    if count is None:
        return None
    if word == "after" or word == "before" and re.match(r"\s+(?!,)(?:the|a|an|his|her|its|their|he|she|it|they|being|\w+ing|[A-Z])", a.text[m.end() :][:14]):
        return _length(start, m.end("u") + (a.text[m.end("u") : m.end("u") + 1] == "s"), count, letter)
    if a.day is None and m["c"].lower() in {"a", "an"}:
        return None
    if letter in {"TH", "TM", "TS"} or a.day is None:
        return _length(start, m.start("w") - 1, count, letter)
    if word == "ago" or word in {"hence", "from now", "from today"} or word in {"earlier", "before"} and count == 1 and letter == "Y":
        sign = -1 if word in {"ago", "earlier", "before"} else 1
        if count == 1 and letter == "Y" and sign < 0:
            timex = _year_before(a, m)
        elif count != int(count):
            timex = a.shift(round(sign * count * 12), "M") if letter == "Y" else None
        else:
            timex = a.shift(sign * count, letter)
        if timex:
            return Timed(start, m.end(), timex)
    return _length(start, m.start("w") - 1, count, letter)


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


@rule(rf"""(?<![\w-]) (?P<art>the\s+)? (?:(?P<each>each\s+of\s+the)\s+)? (?P<which>last|past|next|coming|previous|preceding|first|final|following|latest) \s+ {COUNT}(?:\s+(?:to|or)\s+(?P<c2>\d{{1,2}}|{WORDS}))? [\s-]+ (?:more\s+|consecutive\s+|full\s+)?{UNIT}s? (?!\w|-)""",
    needs="pc", hints=["last", "past", "next", "coming", "previous", "preceding", "first", "final", "following", "latest"],
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


@rule(rf"""(?<![\w-]) the \s+ (?P<c>\d{{1,2}}|{WORDS})[\s-]+ (?P<u>month|week|day|quarter|year|hour)s (?!\w|-)""",
    needs="p", hints=["the "],
)
def the_months(m: re.Match[str], a: Anchor) -> Timed | None:
    """the nine months, the four days."""
    count = counted(m["c"])
    if count is None or count < 2:
        return None
    return _length(m.start(), m.end(), count, _LENGTHS[m["u"].lower()])


@rule(r"""(?<![\w-]) (?:the\s+)? (?:year-(?:ago|earlier)) (?:\s+(?P<n>first|second|third|fourth))? \s+(?P<u>quarter|period|month|half) (?!\w|-)""",
    needs="p", hints=["year-"],
)
def year_ago_period(m: re.Match[str], a: Anchor) -> Timed | None:
    """the year-ago quarter."""
    if a.day is None or m["n"]:
        return None
    timex = _year_before(a, m)
    return Timed(*m.span(), timex) if timex else None


@rule(r"""(?<![\w-]) (?:over\s+the|for\s+the|this|last|at\s+the|the|next)\s+(?P<w>weekend) (?!\w|-)""",
    needs="p", hints=["weekend"],
)
def weekend(m: re.Match[str], a: Anchor) -> Timed | None:
    """the weekend."""
    if a.day is None:
        return None
    ahead = a.tense(*m.span()) == "future" and not m.group().lower().startswith(("over", "last", "for"))
    day = a.day + timedelta((6 - a.day.isoweekday()) % 7) if ahead else a.day - timedelta(a.day.isoweekday() % 7 + 1 if a.day.isoweekday() != 6 else 0)
    low = m.group().lower()
    start = m.start() + (low.index("the") if "the" in low else 0)
    return Timed(start, m.end(), week(day) + "-WE")


@rule(rf"""(?<![\w-]) the\s+week\s+(?:of|ended|ending|beginning|starting)\s+(?P<m>{MONTH})\s+(?P<d>{DAY}) (?!\w)""",
    needs="m", hints=["the week"],
)
def week_of(m: re.Match[str], a: Anchor) -> Timed | None:
    """the week of March 6."""
    from datetime import date

    stamp = a.month_day(month_number(m["m"]), int(re.match(r"\d+", m["d"]).group()), *m.span())  # type: ignore[union-attr]
    return None if stamp.startswith("X") else Timed(*m.span(), week(date.fromisoformat(stamp)))


@rule(rf"""(?<![\w-]) (?P<e>every|each)\s+(?:(?P<c>other|second|third|\d{{1,3}}|{WORDS}|few)\s+)?(?P<u>week|month|quarter|year|decade|hour|minute|day)s? (?!\w|-)""",
    needs="p", hints=["every", "each"],
)
def every(m: re.Match[str], a: Anchor) -> Timed | None:
    """every year, every two weeks: a set, given as the length of its step."""
    word = (m["c"] or "").lower()
    if word == "few" or not word and m["u"].lower() in {"day", "hour", "minute"}:
        return None
    count = {"": 1.0, "other": 2.0, "second": 2.0, "third": 3.0}.get(word) or counted(word)
    return _length(*m.span(), count, _LENGTHS[m["u"].lower()]) if count else None


@rule(rf"""(?<![\w.-]) (?P<cue>(?:for|in|within|after|over|than|nearly|almost|about|around|spen[dt]|under|least|every|took|takes|lasted|last|past)\s+) (?:(?P<half>half\s+)?(?P<art>an?)) \s+ (?:full\s+|whole\s+)?(?P<u>hour|minute|day|week|month|year|decade|century|quarter|fortnight) (?P<ah>\s+and\s+a\s+half)? (?!\w|-|\s+(?:ago|earlier|later|before|and\s+a))""",
    needs="pc", hints=[" a ", " an ", "half"],
)
def a_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """for a year, in less than an hour, nearly a month; not "5 dollars a month"."""
    if m["u"].lower() == "quarter":
        return None
    count = (0.5 if m["half"] else 1) + (0.5 if m["ah"] else 0)
    start = m.start("half") if m["half"] else m.start("art")
    return _length(start, m.end(), count, _LENGTHS[m["u"].lower()])


@rule(rf"""(?<![\w-]) (?P<art>an?|{WORDS})\s+(?P<u>hour|minute|day|week|month|year)\s+and\s+(?:(?:a\s+)?half|a\s+(?P<q>quarter)) (?!\w)""",
    needs="p", hints=["and "],
)
def and_a_half(m: re.Match[str], a: Anchor) -> Timed | None:
    """a year and a half, one hour and half, one year and a quarter."""
    count = counted(m["art"])
    if count is None:
        return None
    return _length(*m.span(), count + (0.25 if m["q"] else 0.5), _LENGTHS[m["u"].lower()])


@rule(r"""(?<![\w-]) (?<!and\s) (?:half[\s-]+an?|half[\s-]?a[\s-]|(?:a\s+)?half)[\s-]+(?P<u>hour|day|year|century|decade) (?!\w)""",
    needs="pc", hints=["half"],
)
def half_an_hour(m: re.Match[str], a: Anchor) -> Timed | None:
    """half an hour, half a century."""
    return _length(*m.span(), 0.5, _LENGTHS[m["u"].lower()])


@rule(r"""(?<![\w-]) a\s+couple\s+of\s+(?:more\s+)?(?P<u>hour|minute|day|week|month|year|decade)s (?!\w|\s+(?:ago|earlier|later))""",
    needs="pc", hints=["couple"],
)
def couple(m: re.Match[str], a: Anchor) -> Timed | None:
    """a couple of years."""
    return _length(*m.span(), 2, _LENGTHS[m["u"].lower()])
