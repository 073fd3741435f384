"""Ages: "Ann Roe, 46, said", "the policeman, 25,", "women under age 40", "I was eleven"."""

from __future__ import annotations

import re
from dataclasses import replace

from .measures import Amount, period

__all__ = ["age_of"]

LEFT = re.compile(
    r"(?:(?<![\w.])(?P<name>[A-Z][\w’'.-]*[a-z\].)]|[A-Z]\.)(?:,?\s(?:Jr|Sr)\.)?,\s$)"
    r"|(?P<aged>(?i:\b(?:aged?|ages)\s(?:of\s)?(?:between\s)?)$)"
    r"|(?P<whose>(?i:\b(?:the|a|an|his|her)\s(?:[a-z-]+\s)?"
    r"(?!number|total|figure|score|sum)[a-z-]+,\s)$)"
    r"|(?P<pronoun>(?i:\b(?:(?:who|he|she)['’]s|(?:I|he|she|you|we|they|who)\s+"
    r"(?:was|were|am|is|turned|turns|would\s+be|will\s+be))\s+(?:just\s|only\s|about\s|almost\s)?)$)"
)
RANGED = re.compile(
    r"(?i)\b(?:people|persons|those|anyone|adults|children|kids|men|women|voters|workers|drivers|"
    r"males|females|players|students|pupils|teenagers|girls|boys)\s+"
    r"(?:(?:who\s+(?:are|were)|aged)\s+)?(?:under|over|above|below|(?:older|younger)\s+than)\s$"
)
RIGHT = re.compile(
    r"\s*[,;.)!?―—]|\s+(?:and|or|when|who|of|years?|said|was|is|to|by|at|in|,)\b|\s*$|[”\"’]"
)
NAME_RIGHT = re.compile(r"\s*[,―—]|\s*\.(?:\s|$)|\s*[);]|\s+and\b|[”\"]")
PRONOUN_RIGHT = re.compile(r"\s*[.,;!?”\"]|\s+(?:and|when|years?|by|at|in)\b|\s*$")
NO_AGE = re.compile(r"[-–]\d|\sgroups?\b")
COUNTED = re.compile(r"\s+(?:[a-z]+\s)?(?:[a-z]+s|people|men|women|children|percent)\b")
CALENDAR = re.compile(
    r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|\w+day)\.?,\s$"
)


def age_of(text: str, amount: Amount) -> Amount | None:
    """The bare amount as an age in years, or None when it is none.

    A number between commas is an age behind a name or "the policeman"; does not read ages of
    things ("the bridge, 46,").
    """
    n, start, end = amount.number, amount.start, amount.end
    value = amount.value if amount.low is None else amount.low
    if value is None or not 0 < value < 125 or value != int(value) or n.scale != 1:
        return None
    if RANGED.search(text, max(0, start - 40), start) and not COUNTED.match(text, end):
        return _years(amount)
    m = LEFT.search(text, max(0, start - 34), start)
    if m is None:
        return None
    closed = text[end : end + 1] == ","
    if m["aged"]:
        fits = RIGHT.match(text, end) or not NO_AGE.match(text, end)
    elif m["whose"]:
        fits = closed and 12 < value < 100
    elif m["name"]:
        fits = NAME_RIGHT.match(text, end) and value >= 3 and (closed or not n.words)
        fits = fits and not CALENDAR.search(text, max(0, start - 14), start)
    else:
        fits = RIGHT.match(text, end) and (not m["pronoun"] or PRONOUN_RIGHT.match(text, end))
    return _years(amount) if fits else None


def _years(amount: Amount) -> Amount:
    timex = period(amount.value, amount.low, amount.high, "Y")
    return replace(amount, kind="duration", unit="year", timex=timex)
