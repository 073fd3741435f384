"""What a figure is counted for: "$5 per hectare", "6 per 1,000 births", "20 deaths a day"."""

from __future__ import annotations

import re

from .lexicon import measured_words, units
from .measures import PER_SHORT, PER_TIME
from .model import Figure

__all__ = ["per_of"]

_RATE = measured_words()["rate"]
_THINGS = {word: units().names[symbol] for word, symbol in units().words.items()}
_THINGS |= {**{word: word for word in _RATE["things"]}, **PER_TIME, **_RATE["names"]}
_SHORT = {short: units().names[symbol] for short, symbol in units().short.items()} | PER_SHORT
PER = re.compile(
    r"""(?P<gap>(?:[\s-]+[^\W\d][\w’']*+){0,4}?)                                # 20 [deaths] a day
    (?: (?:[\s-]+(?P<link>per|an?|each|every|(?:in|for)\s(?:each|every))[\s-]+|(?P<slash>\s?/\s?))
        (?: (?P<many>\d[\d,.]*+(?:\s(?:million|billion)\b)?(?:\s[a-z]+)?)       # per 1,000 births
          | (?P<thing>[^\W\d_]++(?:[\s-][a-z]+)?+) )                              # a kilowatt-hour
      | \s+(?P<often>[a-z]+ly|daily)\b )""",
    re.X,
)
AGO = re.compile(r"[\s-](?:later|earlier|ago|before|after)$")
IN_UNIT = re.compile(r"(?:\sper\s|/)([^/]+)$")


def per_of(text: str, figure: Figure) -> str | None:
    """What the rate is for, in the singular: `hectare`, `month`, `1,000 births`; else None.

    Does not see a rate whose words stand before the number ("the monthly fee is $5").
    """
    inside = IN_UNIT.search(figure.unit or "") if figure.kind == "quantity" else None
    if inside:
        return _SHORT.get(inside[1], inside[1])
    m = PER.match(text, figure.end, figure.end + 80)
    if m is None:
        return None
    gap = m["gap"].replace("-", " ").split()
    counted = not gap or gap[-1] == (figure.unit or "").split(" ")[-1] or gap[0] == "of"
    if m["many"]:
        return m["many"].rstrip(".,") if m["link"] not in {None, "a", "an"} else None
    if not counted or AGO.search(m["thing"] or ""):
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
