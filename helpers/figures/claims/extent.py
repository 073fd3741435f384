"""The extent of a claim: every value that its figure, as it is written, leaves possible."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ...text.wording import known
from ..grains import days_of

DIGITS = re.compile(r"\d(?:[\d.,\u00a0\u202f' ]*\d)?")
DECIMALS = re.compile(r"\.(?!\d{3}$)\d+$")
COARSE = re.compile(r"(?i)\b(?:hundreds|thousands|millions|billions|dozens|tens|several)\b")
LARGEST_STEP = 0.15  # of the value: "$1 billion" is no name for 1.4 billion
ABOUT = 0.1  # of the value: what "about" and "nearly" leave open
INSIDE = 1 - 1e-9  # of half a step: 40 and 41 do not meet at 40.5
LEAST, MOST = {"over", "at_least", "since"}, {"under", "at_most", "until"}


@dataclass(frozen=True, slots=True)
class Extent:
    """From `low` to `high`; `bound` says that only one end of it was claimed."""

    low: float
    high: float
    bound: bool = False
    said: float = field(default=math.nan, compare=False, repr=False)  # the value, if one is written

    def meets(self, other: Extent) -> bool:
        """Whether both claims can be right: they have a value in common."""
        return self.low <= other.high and other.low <= self.high


def extent_of(figure: Mapping[str, object]) -> Extent | None:
    """What a figure leaves possible: rounding, "about", "more than", and both ends of a range.

    A figure is taken to be rounded to its last written digit, zeros at the end of a whole number
    not counting beyond the second ("40,000" is 39,500 to 40,500), but never by more than 15 per
    cent.  Whole counts below 100 are exact.  "About" leaves 10 per cent to either side, "more than
    40" everything from 40 on, and so does "thousands".  A fraction is a percentage, a day
    is its number.  None where there is no value.

    >>> extent_of({"value": 40.0, "text": "40", "modifier": "over", "kind": "count"})
    Extent(low=40.0, high=inf, bound=True)
    >>> autumn, later = {"kind": "date", "timex": "2026-FA"}, {"kind": "date", "timex": "2027"}
    >>> extent_of(autumn).meets(extent_of(later | {"modifier": "at_least"}))
    False
    """
    size = 100.0 if figure.get("unit") == "fraction" else 1.0
    low, high, value = (
        float(figure[name]) * size if known(figure.get(name)) else math.nan
        for name in ("low", "high", "value")
    )
    text, modifier = str(figure.get("text") or ""), figure.get("modifier")
    vague = COARSE.search(text) is not None and DIGITS.search(text) is None  # not "22 billions"
    if figure.get("kind") == "date":
        days = [days_of(part) for part in str(figure.get("timex")).split("/")]
        if not days[0] or not days[-1]:
            return None
        low, high = float(days[0][0].toordinal()), float(days[-1][1].toordinal())
        high = low - 1 if modifier == "under" else high
    elif not math.isnan(low) or not math.isnan(high):
        ends = (low, -math.inf), (high, math.inf)
        low, high = sorted(missing if math.isnan(end) else end for end, missing in ends)
    elif math.isfinite(value):
        step = _step(text, value, figure) * abs(value) * INSIDE
        step = max(step, ABOUT * abs(value)) if modifier == "about" else step
        low, high = value - step, value + step
    else:
        return None
    low = -math.inf if modifier in MOST and not vague else low
    high = math.inf if modifier in LEAST or vague else high
    return Extent(low, high, math.inf in (-low, high), value)


def _step(text: str, value: float, figure: Mapping[str, object]) -> float:
    """Half a unit of the last digit that counts, as a part of the value."""
    whole = figure.get("kind") in {"count", "number"} and figure.get("unit") != "fraction"
    if not value or whole and abs(value) < 100 and value.is_integer():
        return 0.0
    exponent = math.floor(math.log10(abs(value)))
    found = DIGITS.search(text)
    digits = re.sub("[^0-9]", "", found[0] if found else f"{abs(value):.0f}").lstrip("0")
    if not found or not DECIMALS.search(found[0]):  # zeros at the end are rounded
        digits = digits.rstrip("0").ljust(min(2, len(digits)) if found else exponent % 3 + 1, "0")
    return min(0.5 * 10.0 ** (exponent + 1 - len(digits)) / abs(value), LARGEST_STEP)
