"""The figure: one frozen record for an amount, a count, an ordinal, a date or a duration."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["KINDS", "Figure"]

KINDS = ("money", "percent", "quantity", "count", "number", "ordinal", "date", "duration")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a text; `text[start:end]` is the number with its currency, sign or unit.

    `value`, or `low` and `high` for a range; `unit` an ISO 4217 code, `%`, `pp`, `bp`, a unit
    symbol, the counted noun or `fraction`; `timex` the TIMEX3 value of dates and durations; `when`
    that of the time an amount holds for; missing parts are None.
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
    when: str | None = None
    speaker: str | None = None
    paragraph: int = 0
