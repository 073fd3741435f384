"""The records of the room: a figure, and numbers and amounts while they are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text; `text[start:end]` is the number with its currency, sign or unit.

    `value`, or `low` and `high` for a range; `unit` an ISO 4217 code, `%`, `pp`, `bp`, a unit
    symbol, the counted noun or `fraction`; `timex` the TIMEX3 value of dates and durations; `per`
    what a rate is for, which `unit` does not hold; `when` the time an amount holds for; `rule` the
    id of the rule that read it; missing parts are None.
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
    rule: str = ""
    paragraph: int = 0


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
    kind: str = "cardinal"  # or "ordinal", "fraction", "vague"
    words: bool = False

    @property
    def bare(self) -> bool:
        """Written as plain digits: no grouping, decimals, scale or sign."""
        return self.digits.isdigit() and self.scale == 1 and self.kind == "cardinal"

    @property
    def top(self) -> float:
        """The value, or the upper end."""
        return self.value if self.value is not None else (self.high or 0.0)

    def measured(self, kind: str, unit: str | None, end: int, rule: str, by: float = 1) -> Amount:
        """An Amount of that kind over the number up to `end`, values times `by`."""
        ends = (self.value, self.low, self.high)
        value, low, high = (None if v is None else tidy(v * by) for v in ends)
        return Amount(self.start, end, "", kind, value, unit, low, high, self, rule=rule)


@dataclass(slots=True)
class Amount:
    """A time, or a number and what it measures, while it is being put together."""

    start: int
    end: int
    timex: str = ""
    kind: str = "date"
    value: float | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    number: Number = Number(0, 0, None)
    before: bool = False  # the currency stands before the number
    joined: bool = False  # part of a list or a change that shares its unit
    year_only: bool = False
    rule: str = ""

    @property
    def least(self) -> float:
        """The value, or the lower end."""
        return (self.low if self.value is None else self.value) or 0.0


def tidy(value: float) -> float:
    """The value without the noise of binary fractions (0.1 * 3 is 0.3 here)."""
    return float(f"{value:.15g}")
