"""Times relative to the text's date: yesterday, last Tuesday, this week, May, Christmas."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from .anchor import Anchor
from .dates import ANYYEAR, CLOCK, DAY, MONTH, YEAR, Rule, Timed, after_the, register
from .grains import part_of
from .lexicon import alternation, calendar
from .measures import period
from .readings import any_of, clock, month_number, spelled_year

__all__ = ["RELATIVE"]

RELATIVE: list[Rule] = []
rule = register(RELATIVE)
_CAL = calendar()
FIRST_NAMES = frozenset({"May", "March", "April", "June", "August"})
AFTER_NAME = re.compile(r"(?:\b[A-Z][a-z]+|\b(?:Ms|Mr|Mrs|Dr)\.)\s$")
BEFORE_NAME = re.compile(r"(?i)(?:\bfor|\bto|\band|\bof|\bby|,)\s+$")
MRS_MAY = re.compile(r"\b(?:Theresa|Mrs\.?|Ms\.?|Minister|Premier|Secretary)\s+May\b|\bMay['’]s\b")
LISTED = re.compile(r"(?:\band|\bwith|\bby|,)\s$")  # "Ann Roe and April Jones"
SURNAME = re.compile(r"\s[A-Z][a-z]+(?!\s[A-Z])(?![’'])\b")  # not "June Retail Sales"
DETERMINED = re.compile(r"(?i)\b(?:the|its|his|her|their|our|each|every|of)\s$|['’]s\s$")
GIVEN = re.compile(r"\b[a-z]+\sto\s$")  # "went to April Novak", not "from March to April"
KIN = re.compile(rf"\b(?:{any_of(_CAL['names']['kin'])}),?\s$")
MAY_VERB = re.compile(r"\s+(?:I|we|be|have|God|not|said|told)\b")
MAY_IS = re.compile(r"\s+(?:is|was|will|has|had|brought|brings|saw|sees|marks|marked)\b")
OPENING = re.compile(
    r"\b(?:In|Since|Until|By|From|During|Through|Before|After|Last|Next|This|For|Late|Early)\s$"
)
BEFORE_SHORT = re.compile(
    r"(?i)\b(?:in|since|until|till|by|from|during|through|before|after|to|between)\s+$"
)
BEFORE_MONTH = re.compile(
    r"(?i)(?:\b(?:in|since|until|till|by|from|of|during|through|before|after|for|to|and|or|between|"
    r"on|late|early)|,)\s+$"
)
PLACED = re.compile(rf"(?i)\b(?:{any_of(_CAL['names']['placed'])})\b")
NOW = re.compile(r"['’]s\s+(?:\w+\s+)?(?:world|society|youth|standards|young)")
TITLED = re.compile(r"\s(?:Morning|Night|Times|Herald|Review)\b")  # "Monday’s Morning Email"
NAMED_DAY = re.compile(r"\b(?:Fox\sNews|Super|Black|Cyber|Bloody)\s$")
TURNS = {"following": 1, "preceding": -1, "previous": -1}  # counted from the date before
RARE = {"current": {"fiscal", "year", "quarter", "month", "week"}, "latest": {"quarter"}}
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the first months
SIDES = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}
LONG = frozenset({"past", "coming", "last", "next"})  # "the past year" is a length
SEASONAL = frozenset({"christmas", "thanksgiving", "halloween"})
BEFORE_HOLIDAY = re.compile(r"(?i)\b(?:last|this|before|by|until|since|on|after|next|at)\s+$")
INSIDE = re.compile(r"(?i)\b(?:in|during|by|into|until)\s+$")
INDIAN = re.compile(r"₹|\bRs\b|\brupees?\b|\bcrore\b|\blakh\b|\bIndia")
TO_MONTH = re.compile(
    rf"(?:\s*[-–—]\s*|\s+(?:to|until|till|through)\s+)(?:(?:the\s+)?(?:end|start)\s+of\s+)?{MONTH}\b"
)
BRIGHTER = re.compile(r"(?i)\ba\s+(?:[a-z]+er\s+|new\s+)?$")  # a better tomorrow
PARTS = r"(?:\s+(?P<part>morning|afternoon|evening|night))"


@rule(
    r"""(?<![\w-]) (?P<mod>(?:late|early|earlier|later)\s+)?
        (?:(?P<w>yesterday|today|tomorrow)(?:\s+(?P<p>morning|afternoon|evening|night))?
        |(?P<n>tonight|to-night)|(?P<th>this|last)\s+(?P<p2>morning|afternoon|evening|night))
        (?!\w|-)""",
    needs="n",
)
def day_word(m: re.Match[str], a: Anchor) -> Timed | None:
    """yesterday, tonight, last night; "Today, …" for nowadays is none."""
    if a.day is None:
        return None
    word = (m["w"] or "").lower()
    capital = (m["w"] or m["p2"] or "-")[0].isupper()  # CBS This Morning
    if capital and not opens_sentence(a.text, m.start()):
        return None
    if word and BRIGHTER.search(a.text, max(0, m.start() - 24), m.start()):
        return None
    if word == "today" and nowadays(a.text, m.start(), m.end()):
        return None
    part = "night" if m["n"] else (m["p"] or m["p2"] or "").lower()
    last = (m["th"] or "").lower() == "last"
    if last and part != "night" or word and NOW.match(a.text, m.end()):
        return None
    offset = -1 if last else {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    timex = (a.day + timedelta(offset)).isoformat() + _CAL["parts"].get(part, "")
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
    rf"""(?<![\w-]) (?P<clock>{CLOCK})? (?:(?:late|early|earlier|later)\s+)? (?:(?P<which>last
        |next|this|previous|coming|following|past|this\s+coming|this\s+past)\s+)?
         (?P<wd>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday) (?:(?:\s+of
         |,)?\s+(?P<wk>last|this|next)\s+week)? {PARTS}? (?P<s>['’]s|s)? (?!\w|-)""",
    needs="w",
)
def weekday(m: re.Match[str], a: Anchor) -> Timed | None:
    """Thursday, last Tuesday, Tuesday of last week, 10 p.m. Wednesday."""
    if a.day is None or not m["wd"][0].isupper() and not (m["which"] or m["wk"]):
        return None
    if (
        m["s"] == "s"
        or TITLED.match(a.text, m.end())
        or NAMED_DAY.search(a.text, max(0, m.start() - 12), m.start())
    ):
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
    rf"""(?<![\w.-]) (?P<art>the\s+)? (?:(?P<pt>early|late|mid|(?:the\s+)?(?:end|beginning|start
        |middle)\s+of)[\s-]+(?:the\s+)?)? (?:(?P<which>last|next|this|each|every|the\s+previous
            |this\s+past|this\s+coming|next)\s+)? (?P<m>{MONTH})
         (?![\w’]|[\s.]*\d|-(?!{MONTH})\w|\s+{DAY})""",
    0,
    needs="m",
)
def bare_month(m: re.Match[str], a: Anchor) -> Timed | None:
    """September, last April, early November, mid-November; May only after a word of time."""
    name, which = m["m"].rstrip("."), (m["which"] or "").lower()
    lead = a.text[max(0, m.start() - 16) : m.start()]
    alone = not (which or m["pt"] or TO_MONTH.match(a.text, m.end()))
    if name in {"May", "March", "Mar", "Jan", "Apr"} or a.day is None and name == "August":
        opens = name in {"May", "March"} and opens_sentence(a.text, m.start())
        opens = opens and MAY_IS.match(a.text, m.end()) and not a.says(MRS_MAY)
        if alone and not (opens or BEFORE_MONTH.search(lead)):
            return None
        named = BEFORE_NAME.search(lead) and a.says(MRS_MAY)
        if name == "May" and (named or MAY_VERB.match(a.text, m.end())):
            return None
    if alone and name in FIRST_NAMES and not OPENING.search(lead):
        placed = BEFORE_SHORT.search(lead) and not GIVEN.search(lead)
        placed = placed or m["art"] or DETERMINED.search(lead)
        surname = SURNAME.match(a.text, m.end()) and (not placed or LISTED.search(lead))
        if surname or KIN.search(lead) or AFTER_NAME.search(lead) and not placed:
            return None
    short = len(name) <= 4 and name not in {"May", "June", "July"} and not m["m"].endswith(".")
    named = re.match(r"\s+[A-Z]", a.text[m.end() : m.end() + 2])
    if short and (named or alone and not BEFORE_SHORT.search(lead)):
        return None
    number = month_number(name)
    start = m.end("art") if m["art"] and m["pt"] is None else m.start()
    if which in {"each", "every"}:
        return Timed(start, m.end(), f"XXXX-{number:02d}")
    named = which.split()[-1] if which else ""
    return Timed(start, m.end(), a.dated(number, 0, *m.span(), which=named if a.day else ""))


@rule(
    r"""(?<![\w-]) (?:(?P<pt>earlier|later|late|early|(?:the\s+)?(?:end|beginning|start
        |middle)\s+of)\s+)?
         (?P<which>(?P<the>the\s+)?(?:last|next|previous|past|coming|current|following|preceding|latest
         |this)|the(?=\s+weekend)|(?<=\sof\s)the)
         \s+(?:(?P<fiscal>fiscal|financial)\s+|(?:calendar|full|whole|entire)\s+)?
         (?P<u>weekend|week|day|fortnight|month|quarter|year|decade|century|spring|summer|autumn
         |fall|winter|fiscal) (?!\w|-|\s+and\s+a\s+half) (?P<ps>['’]s)?""",
    needs="psfc",
    hints="last|next|this|the |past|previous|coming|current",
)
def near_period(m: re.Match[str], a: Anchor) -> Timed | None:
    """last year, this week, next quarter, last fall, earlier this month, the following year."""
    if a.day is None:
        return None
    which, unit = m["which"].split()[-1].lower(), m["u"].lower()
    letter, today = _CAL["lengths"].get(unit, "WE"), a.day
    turn = TURNS.get(which, int(unit == "day" and which == "next")) if m["the"] else 0
    if which == "the" and unit != "weekend" and (not m["pt"] or unit in _CAL["seasons"]):
        return None
    if unit == "day" and not turn or which in {"following", "preceding"} and not turn:
        return None
    if which in RARE and unit not in RARE[which] and not m["fiscal"]:
        return None
    place = a.text[max(0, m.start() - 8) : m.start()]
    around = m["pt"] or letter[:2] == "10" and (which == "last" or INSIDE.search(place))
    if m["the"] and which in LONG and unit in _CAL["lengths"] and not (around or turn):
        length = period(1, None, None, letter)
        return Timed(m.start(), m.end("u"), length, "duration", 1.0, unit)
    offset = SIDES.get(which, 0)
    if unit in _CAL["seasons"]:
        season, begins = _CAL["seasons"][unit], SEASONS[unit]
        if unit == "fall" and which not in {"last", "next", "this"} or turn:
            return None
        year = today.year + (offset > 0 and begins <= today.month)
        year -= offset < 0 and begins + 2 >= today.month
        return Timed(m.start("which"), m.end("u"), f"{year}-{season}")
    if unit == "fiscal" or m["fiscal"]:
        indian = a.says(INDIAN)
        year = today.year + offset - (indian and today.month < 4)
        both = f"{year:04d}/{year + 1:04d}"
        return Timed(after_the(m), m.end("u"), both if indian else both[:4])
    if which == "the" and unit == "weekend":
        offset = -int(today.isoweekday() < 6 and a.tense(*m.span()) != "future")
    timex = a.grain(letter, -1 if which == "latest" else offset)
    if timex is None or unit == "fortnight":
        return None
    if unit == "quarter":
        a.quarters.append((m.start(), int(timex[:4]), int(timex[-1])))
    found = Timed(m.start(), m.end("u"), timex)
    rest = found if which == "previous" else None
    step = period(1, None, None, letter)
    return replace(found, timex=step, unit=letter, turn=turn, rest=rest) if turn else found


@rule(
    r"""(?<![\w-]) the\s+(?:(?P<u>day|week|month|year)\s+(?:(?P<on>after\s+next)|before\s+last)
         |year[\s-]to[\s-]date) (?!\w|\s(?-i:[A-Z]))""",
    needs="p",
    hints="after next|before last|to date|to-date",
)
def beyond(m: re.Match[str], a: Anchor) -> Timed | None:
    """the week after next, the year before last, the year to date."""
    timex = a.grain(_CAL["lengths"][m["u"] or "year"], 2 if m["on"] else -2 if m["u"] else 0)
    return Timed(*m.span(), timex) if timex else None


@rule(
    rf"""(?<![\w-]) (?:the\s+)? (?:(?:early|late|mid)[\s-]+)? (?P<s>spring|summer|autumn|fall
        |winter) (?:\s+of|,)?\s+ (?:(?P<y>{ANYYEAR})(?:[-–/]\d\d(?:\d\d)?)?
         |(?<=of\s)(?P<rel>this|last|next)\s+year) (?![\w])""",
    needs="s",
)
def season_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """summer of 2024, winter 1994, the spring of last year."""
    season = _CAL["seasons"][m["s"].lower()]
    year = a.near_year(m["rel"]) if m["rel"] else spelled_year(m["y"])
    return Timed(after_the(m), m.end(), f"{year:04d}-{season}") if year else None


@rule(
    rf"""(?<![\w’-]) (?P<h>{alternation(_CAL["holidays"])}) (?:(?:,|\s+of|\s+in)?\s+(?:(?P<y>{YEAR})
        |(?P<rel>this|last|next)\s+year))? (?![\w]|[’']s\s+[A-Z])""",
    needs="h",
)
def holiday(m: re.Match[str], a: Anchor) -> Timed | None:
    """New Year's Eve, Christmas Day 2015; "Christmas" alone only after a word of time."""
    name, lead = m["h"].lower(), a.text[max(0, m.start() - 8) : m.start()]
    if not m["h"][0].isupper() and not m["rel"]:
        return None
    if name in SEASONAL and not m["y"] and not BEFORE_HOLIDAY.search(lead):
        return None
    when = _CAL["holidays"][name]  # "07-04", or "thu4-11": the fourth Thursday of November
    year = int(m["y"]) if m["y"] else a.near_year(m["rel"]) if m["rel"] else None
    if when[0].isdigit():
        day = a.dated(int(when[:2]), int(when[3:]), *m.span(), year=year)
        return Timed(*m.span(), day)
    of_month = a.dated(int(when[-2:]), 0, *m.span(), year=year)
    nth = -1 if when[3] == "9" else int(when[3])
    timex = part_of(of_month, nth, 1, str(_CAL["weekdays"][when[:3]]))
    return Timed(*m.span(), timex) if timex else None
