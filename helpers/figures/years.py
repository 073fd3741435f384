"""Is a plain four-digit number a year or a count?"""

from __future__ import annotations

import re

__all__ = ["is_year"]

CUE = re.compile(
    r"(?i)(?:\b(?:in|since|of|by|from|until|till|during|before|after|to|through|and|or|late|early|mid|"
    r"fiscal|year|circa|ca?\.|between|than|for|than|spring|summer|autumn|fall|winter|january|february|"
    r"march|april|may|june|july|august|september|october|november|december|throughout|versus|vs\.?|"
    r"around|about|against|season|elections?)|[,(\[/])\s*[“\"‘]?$"
)
COUNTING = re.compile(
    r"(?i)\b(?:over|more\s+than|nearly|almost|some|at\s+least|up\s+to|fewer\s+than|less\s+than|only|"
    r"just|roughly|approximately|exceed\w*|total\w*|another|additional|these|those|as\s+many\s+as)\s+$"
)
DETERMINED = re.compile(r"(?i)(?:\b(?:the|this|that|its|his|her|their|our|my|your|a)|['’]s?)\s+$")
PLURAL = re.compile(
    r"\s+(?:(?:new|more|other|former|young|foreign|local|armed|american|russian|british|military|"
    r"civilian|public|square|metric|[a-z]+(?:an|ish|ese|al|ic|ed))\s+)?"
    r"(?P<noun>[a-z]{3,}(?:s|men|women|children|people|troops|police|staff))\b(?!['’])"
)
YEARLY = re.compile(
    r"(?i)^(?:elections?|primar\w+|results?|sales|prices?|olympics|games|levels?|figures|earnings|"
    r"revenues?|profits?|taxes|polls?|caucus\w*|campaigns?|conventions?|hopefuls|candidates|races|was|"
    r"is|has|does|goes|sees|says|as|its|his|this|estimates|forecasts?|numbers|accounts|crisis|targets?|"
    r"emissions|terms|bonds|notes|models?|awards?|debates?|midterms|ends|begins|starts|across|"
    r"towards|versus|less|plus|unless|besides|perhaps|always|losses|gains|contests?|presidential|"
    r"series|budgets?|rules|riots|attacks|rankings|data|statistics|wars?|uprisings?|protests)$"
)
OLD_CUE = re.compile(r"(?i)\b(?:in|since|of|until)\s+$")
OLD_NEXT = re.compile(r"\s+(?:and|to|when|by|was|the|with|as|at|or|after|before|until)\b")
NAMED = re.compile(r"\s(?:Agenda|Vision|Act|Resolution)\b")


def is_year(text: str, start: int, end: int) -> bool:
    """Is the plain number at [start, end), 1000 to 2199, a year?

    "in 2016", "the 2016 elections", "(1998)" are years; "2000 pieces", "over 1500 people" are not.
    """
    number = int(text[start:end])
    left = text[max(0, start - 24) : start]
    if NAMED.match(text, end):
        return False
    plural = PLURAL.match(text, end)
    counted = plural is not None and not YEARLY.match(plural["noun"])
    usual = 1900 <= number <= 2049
    if COUNTING.search(left) and (counted or not usual):
        return False
    if counted and not DETERMINED.search(left):
        lives = plural["noun"].endswith(("people", "men", "children", "troops", "police"))
        round_or_old = number % 100 == 0 or number <= 1950
        return usual and not lives and not round_or_old and bool(CUE.search(left))
    if counted or usual:
        return usual
    if number < 1500 and re.match(r"\s+[a-z]+", text[end : end + 12]):
        return bool(OLD_CUE.search(left) and OLD_NEXT.match(text, end))
    return bool(CUE.search(left))
