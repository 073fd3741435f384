"""Wording: how charts and reading views put numbers, figures and lists of names into words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

STEPS = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
SIGNS = {
    "over": ">", "under": "<", "about": "≈", "at_least": "≥", "at_most": "≤",
    "until": "until", "since": "since",
}  # fmt: skip


def plural(n: int, noun: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> plural(1204, "quote")
    '1,204 quotes'
    """
    return f"{n:,} {noun if n == 1 else many or noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names as a sentence has them.

    >>> listed(["trade", "finance", "transport"])
    'trade, finance and transport'
    """
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else list(names))


def number(value: float) -> str:
    """A number with its thousands marked and no more digits than it has.

    >>> number(40000000000.0), number(12.5), number(1 / 3)
    ('40,000,000,000', '12.5', '0.3333')
    """
    if not math.isfinite(value):
        return str(value)
    if abs(value) >= 1e16 or 0 < abs(value) < 1e-4:
        return f"{value:.4g}"
    if value == int(value):
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def short_number(value: float) -> str:
    """A number as a headline has it: millions and more in words.

    >>> short_number(40000000000.0), short_number(12500.0), short_number(-2.5e6)
    ('40 billion', '12,500', '-2.5 million')
    """
    for size, word in STEPS:
        if math.isfinite(value) and size <= abs(value) < 1e16:
            return f"{number(float(f'{value / size:.4g}'))} {word}"
    return number(value)


def pen(row: Mapping[str, object]) -> str:
    """The mark of a row that a person has corrected or added; nothing for others.

    >>> pen({"checked": "added"}), pen({"checked": "right"}), pen({})
    ('✎', '', '')
    """
    return "✎" if row.get("checked") in ("corrected", "added") else ""


def known(value: object) -> bool:
    """Whether a cell holds something: None, NaN and "" do not.

    >>> [known(value) for value in (None, float("nan"), "", 0, [])]
    [False, False, False, True, True]
    """
    if isinstance(value, str | float):
        return bool(value) if isinstance(value, str) else not math.isnan(value)
    return value is not None and type(value).__name__ not in ("NaTType", "NAType")


def figure_label(figure: Mapping[str, object]) -> str:
    """The normalised value of a figure in a few letters.

    figure : one row of the *figures* table, or any mapping with its columns.

    >>> figure_label({"kind": "money", "value": 4e10, "unit": "USD", "modifier": "over"})
    '> 40 billion USD'
    >>> figure_label({"kind": "date", "timex": "2030", "modifier": "until"})
    'until 2030'
    """
    kind, unit = figure.get("kind"), figure.get("unit")
    low, high, value = figure.get("low"), figure.get("high"), figure.get("value")
    if known(figure.get("timex")):
        amount = str(figure["timex"])
    elif known(low) or known(high):
        ends = [short_number(float(end)) if known(end) else "…" for end in (low, high)]
        words = {end.partition(" ")[2] for end in ends}
        if len(words) == 1:  # "10 to 15 million" rather than "10 million to 15 million"
            ends[0] = ends[0].partition(" ")[0]
        amount = "–".join(ends)
    elif known(value):
        amount = short_number(float(value))
    else:
        amount = str(figure.get("text") or "")
    if kind == "ordinal":
        amount = f"no. {amount}"
    elif known(unit) and unit != "fraction" and not known(figure.get("timex")):
        amount += f" {unit}"
    if known(figure.get("per")):
        amount += f" per {figure['per']}"
    sign = SIGNS.get(str(figure.get("modifier")), "")
    return f"{sign} {amount}".strip()
