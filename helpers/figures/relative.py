"""Time expressions relative to the text's date: yesterday, last Tuesday, this week, May."""

from __future__ import annotations

import re
from datetime import timedelta

from helpers.figures.anchor import Anchor
from helpers.figures.dates import CLOCK, DAY, MONTH, Rule, Timed, register
from helpers.figures.lexicon import calendar
from helpers.figures.measures import period
from helpers.figures.readings import clock, month_number

__all__ = ["RELATIVE"]

RELATIVE: list[Rule] = []
rule = register(RELATIVE)
_CAL = calendar()
FIRST_NAMES = frozenset({"May", "March", "April", "June", "August"})
AFTER_NAME = re.compile(r"(?:\b[A-Z][a-z]+|\b(?:Ms|Mr|Mrs|Dr)\.)\s$")
MAY_VERB = re.compile(r"\s+(?:I|we|be|have|God|not|said|told)\b")
MONTH_NAMED = re.compile(r"\s+(?:[A-Z][a-z]+\s)?(?:Surprise|Madness|Revolution|Jones|Wine)")
OPENING = re.compile(
    r"\b(?:In|Since|Until|By|From|During|Through|Before|After|Last|Next|This|For|Late|Early)\s$"
)
BEFORE_SHORT = re.compile(
    r"(?i)\b(?:in|since|until|till|by|from|during|through|before|after|to)\s+$"
)
BEFORE_MONTH = re.compile(
    r"(?i)(?:\b(?:in|since|until|till|by|from|of|during|through|before|after|for|to|and|or|between|"
    r"on|late|early)|,)\s+$"
)
PLACED = re.compile(
    r"(?i)\b(?:was|were|had|did|will|announc\w+|launch\w+|sign\w+|publish\w+|releas\w+|met|said|"
    r"marks|saw|took|became|brings?|i\s+am|we\s+are)\b"
)
NOW = re.compile(r"['’]s\s+(?:\w+\s+)?(?:world|society|youth|standards|young)")
NAMED_DAY = re.compile(r"\b(?:Fox\sNews|Super|Black|Cyber|Bloody)\s$")
PARTS = r"(?:\s+(?P<part>morning|afternoon|evening|night))"


@rule(
    r"""(?<![\w-]) (?P<mod>(?:late|early|earlier|later)\s+)?
        (?:the\s+day\s+(?P<dd>before\s+yesterday|after\s+tomorrow)
        |(?P<w>yesterday|today|tomorrow)(?:\s+(?P<p>morning|afternoon|evening|night))?
        |(?P<n>tonight|to-night)|(?P<th>this|last)\s+(?P<p2>morning|afternoon|evening|night))
        (?!\w|-)""",
    needs="n",
)
def day_word(m: re.Match[str], a: Anchor) -> Timed | None:
    """yesterday, the day before yesterday, last night; "Today, …" for nowadays is none."""
    if a.day is None:
        return None
    if m["dd"]:
        away = timedelta(-2 if "before" in m["dd"].lower() else 2)
        return Timed(*m.span(), (a.day + away).isoformat())
    word = (m["w"] or "").lower()
    if word and m["w"][0].isupper() and not opens_sentence(a.text, m.start()):
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
    if m["s"] == "s" or re.match(
        r"\s+(?:Morning|Night|Times|Herald|Review)\b", a.text[m.end() :][:10]
    ):
        return None
    if NAMED_DAY.search(a.text, max(0, m.start() - 12), m.start()):
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
            |this\s+past|this\s+coming|next)\s+)? (?P<m>{MONTH}) (?![\w’]|[\s.]*\d|-\w|\s+{DAY})""",
    0,
    needs="m",
)
def bare_month(m: re.Match[str], a: Anchor) -> Timed | None:
    """September, last April, early November, mid-November; May only after a word of time."""
    name, which = m["m"].rstrip("."), (m["which"] or "").lower()
    lead = a.text[max(0, m.start() - 16) : m.start()]
    alone = not (which or m["pt"])
    if name in {"May", "March", "Mar", "Jan", "Apr"} or a.day is None and name == "August":
        if alone and not BEFORE_MONTH.search(lead):
            return None
        if name == "May" and (MAY_VERB.match(a.text, m.end()) or _is_surname(a, lead)):
            return None
    if MONTH_NAMED.match(a.text, m.end()):
        return None
    if alone and name in FIRST_NAMES and AFTER_NAME.search(lead) and not OPENING.search(lead):
        return None
    short = len(name) <= 4 and name not in {"May", "June", "July"} and not m["m"].endswith(".")
    named = re.match(r"\s+[A-Z]", a.text[m.end() : m.end() + 2])
    if short and (named or alone and not BEFORE_SHORT.search(lead)):
        return None
    number = month_number(name)
    start = m.end("art") if m["art"] and m["pt"] is None else m.start()
    if which in {"each", "every"}:
        return Timed(start, m.end(), f"XXXX-{number:02d}")
    if a.day is None or not which:
        return Timed(start, m.end(), a.month(number, *m.span()))
    past, coming = which in {"last", "the previous", "this past"}, which in {"next", "this coming"}
    year = a.day.year - (past and number >= a.day.month) + (coming and number <= a.day.month)
    return Timed(start, m.end(), f"{year:04d}-{number:02d}")


def _is_surname(a: Anchor, lead: str) -> bool:
    """Is "May" the prime minister of this text?"""
    cue = re.search(r"(?i)(?:\bfor|\bto|\band|\bof|\bby|,)\s+$", lead)
    return bool(cue and re.search(r"\b(?:Theresa|Mrs\.?|Ms\.?)\s+May\b|\bMay['’]s\b", a.text))


@rule(
    r"""(?<![\w-]) (?:(?P<pt>earlier|later|late|early|(?:the\s+)?(?:end|beginning|start
        |middle)\s+of)\s+)?
         (?P<which>last|next|this|the\s+(?:previous|past|coming|current|following|preceding|same
         |next|last|latest)|past|previous|coming|current)
         \s+(?:(?:fiscal|financial|calendar|full|whole|entire)\s+)? (?P<u>weekend|week|fortnight
         |month|quarter|year|decade|century|spring|summer|autumn|fall|winter|fiscal) (?!\w|-)
         (?P<ps>['’]s)?""",
    needs="psfc",
    hints="last|next|this|the |past|previous|coming|current",
)
def near_period(m: re.Match[str], a: Anchor) -> Timed | None:
    """last year, this week, next quarter, last fall, earlier this month."""
    if a.day is None:
        return None
    which = m["which"].lower().removeprefix("the ").strip()
    unit, the = m["u"].lower(), m["which"][:4].lower() == "the "
    fine = unit in {"fiscal", "year", "quarter", "month", "week"}
    if which in {"same", "following", "preceding"} or which == "current" and not fine:
        return None
    letter = _CAL["lengths"].get(unit, "WE")
    length = the and which in {"past", "coming", "last", "next"} and unit in _CAL["lengths"]
    if length and not m["pt"] and not (letter[:2] == "10" and which == "last"):
        return Timed(m.start(), m.end("u"), period(1, None, None, letter), "duration", 1.0, unit)
    offset = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit in _CAL["seasons"]:
        year = a.day.year
        season = _CAL["seasons"][unit]
        begins, winter = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season], season == "WI"
        if offset < 0:
            year -= winter + (a.day.month >= 12 if winter else begins + 2 >= a.day.month)
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
    if which == "latest" and letter != "Q":
        return None
    timex = a.grain(letter, -1 if which == "latest" else offset)
    if timex is None or unit == "fortnight":
        return None
    if unit == "quarter":
        a.quarters.append((m.start(), int(timex[:4]), int(timex[-1])))
    return Timed(m.start(), m.end("u"), timex)
