"""The extent of a claim: every value that its figure, as it is written, leaves possible."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ...text.wording import known

DIGITS = re.compile(r"\d(?:[\d.,\u00a0\u202f' ]*\d)?")
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

    def meets(self, other: Extent) -> bool:
        """Whether both claims can be right: they have a value in common.

        >>> extent_of({"value": 40.0, "text": "40"}).meets(Extent(39.75, 39.85))
        True
        """
        return self.low <= other.high and other.low <= self.high


def extent_of(figure: Mapping[str, object]) -> Extent | None:
    """What a figure leaves possible: rounding, "about", "more than", and both ends of a range.

    A figure is taken to be rounded to its last written digit, zeros at the end of a whole number
    not counting beyond the second ("40,000" is 39,500 to 40,500), but never by more than 15 per
    cent.  Whole counts below 100 are exact.  "About" leaves 10 per cent to either side, "more than
    40" everything from 40 on, and so does "thousands".  None where there is no value.

    >>> extent_of({"value": 40.0, "text": "40", "modifier": "over", "kind": "count"})
    Extent(low=40.0, high=inf, bound=True)
    >>> extent_of({"value": 4e10, "text": "$40 billion"}).meets(Extent(4.04e10, 4.04e10))
    True
    """
    ends = [figure.get(name) for name in ("low", "high")]
    if any(known(end) for end in ends):
        low, high = (
            (float(end) if known(end) else missing)
            for end, missing in zip(ends, (-math.inf, math.inf), strict=True)
        )
        return Extent(min(low, high), max(low, high), not all(known(end) for end in ends))
    value = figure.get("value")
    if not known(value) or not math.isfinite(float(value)):
        return None
    text, value, modifier = str(figure.get("text") or ""), float(value), figure.get("modifier")
    vague = COARSE.search(text) is not None and DIGITS.search(text) is None  # not "22 billions"
    step = _step(text, figure) * abs(value) * INSIDE
    step = max(step, ABOUT * abs(value)) if modifier == "about" else step
    lowest = -math.inf if modifier in MOST and not vague else value - step
    highest = math.inf if modifier in LEAST or vague else value + step
    return Extent(lowest, highest, math.inf in (-lowest, highest))


def _step(text: str, figure: Mapping[str, object]) -> float:
    """Half a unit of the last digit that counts, as a part of the value."""
    value = abs(float(figure["value"]))
    counted = figure.get("kind") in {"count", "number"} and figure.get("unit") != "fraction"
    if not value or counted and value < 100 and value.is_integer():
        return 0.0
    found = DIGITS.search(text)
    digits = found[0].rstrip(" .,'\u00a0\u202f") if found else ""
    whole, _, decimals = digits.rpartition(".")
    if whole and (len(decimals) != 3 or "," in whole):
        number = float(f"{re.sub('[^0-9]', '', whole) or 0}.{re.sub('[^0-9]', '', decimals) or 0}")
        half = 0.5 * 10.0 ** -len(decimals)
    else:
        size = re.sub("[^0-9]", "", digits) or f"{_mantissa(value):.0f}"
        number = float(size)
        half = 0.5 * 10.0 ** max(0, len(size) - max(2, len(size.rstrip("0"))))
    return min(half / number, LARGEST_STEP) if number else 0.0


def _mantissa(value: float) -> float:
    """2 of two million: the number that was spelled out, without its scale."""
    while value >= 1000:
        value /= 1000
    return value
