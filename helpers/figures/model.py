"""The records of the room: a figure, and a number as written, before it is known what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["CELL", "KINDS", "Figure", "Number"]

KINDS = ("money", "percent", "quantity", "count", "number", "ordinal", "date", "duration")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text; `text[start:end]` is the number with its currency, sign or unit.

    `value`, or `low` and `high` for a range; `unit` an ISO 4217 code, `%`, `pp`, `bp`, a unit
    symbol, the counted noun or `fraction`; `timex` the TIMEX3 value of dates and durations;
    `per` what a rate is for; `when` the time an amount holds for; missing parts are None.
    """

    start: int
    end: int
    text: str
    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    modifier: str | None = None
    of: str | None = None
    timex: str | None = None
    per: str | None = None
    when: str | None = None
    speaker: str | None = None
    paragraph: int = 0


CELL = re.compile(r"\s[\d$€£]")  # behind a number: no word, sign or mark is its own


@dataclass(frozen=True, slots=True)
class Number:
    """A number in the text: its span, value (or low and high) and how it is written."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    digits: str = ""  # the numeral, when it is written in digits
    scale: float = 1  # the multiplier written after it
    scale_end: int = 0  # where the numeral ends, the scale excluded
    letter: bool = False  # the scale is a short form such as "m"
    kind: str = "cardinal"  # or "ordinal", "fraction"
    words: bool = False

    @property
    def bare(self) -> bool:
        """Written as plain digits: no grouping, decimals, scale or sign."""
        return self.digits.isdigit() and self.scale == 1 and self.kind == "cardinal"

    @property
    def top(self) -> float:
        """The value, or the upper end."""
        return self.value if self.value is not None else (self.high or 0.0)
