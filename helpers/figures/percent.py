"""Percentages, percentage points and basis points at a number."""

from __future__ import annotations

import re

from .measures import Amount, of_number
from .model import Number

__all__ = ["UNCOUNTED", "measure_percent"]

PERCENT = re.compile(
    r"""(?: \s?[%٪](?P<points>[\s-]?(?:age\s)?(?:points?|pts?)\b)?
        | [\s-]?(?:(?i:per[\s-]?cents?)|pct\.?|pc|p\.c\.)(?![A-Za-z])(?P<points2>[\s-]points?\b)?
        | [\s-]+(?i:percentage)(?P<points3>[\s-](?i:points?))?\b
        | [\s]?(?P<pp>pp|ppts?|p\.p\.|pps)(?![A-Za-z])
        | [\s-]?(?P<bp>basis[\s-]points?|bps?)(?![A-Za-z]) )""",
    re.X,
)
PART_OF_POINT = re.compile(
    r"\s+(?:of\s+)?(?:an?|one|1)\s?(?:%|per\s?cent\b|percentage(?P<points>\s+point)?\b)", re.I
)
HEADED = re.compile(r"(?i)\b(?P<head>per\s?cent(?:age)?\sof\s)$")
UNCOUNTED = re.compile(  # "a percentage of 10 in May", not "a percentage of 10 voters"
    r"\s*(?:[.,;:!?)\n](?!\d)|$|[-–—]\s)|\s+(?:in|for|by|at|and|or|on|from|to|was|is|has|than|as|with)\b"
)


def measure_percent(text: str, n: Number) -> Amount | None:
    """A percentage, percentage points or basis points at the number, or None."""
    m = PERCENT.match(text, n.end)
    part = PART_OF_POINT.match(text, n.end) if n.kind == "fraction" else None
    if part:
        return of_number(n, "percent", "pp" if part["points"] else "%", part.end())
    headed = HEADED.search(text[max(0, n.start - 24) : n.start]) if n.digits and not m else None
    if headed and UNCOUNTED.match(text, n.end):
        amount = of_number(n, "percent", "%", n.end)
        amount.start -= len(headed["head"])
        return amount
    if m is None or m.start() == m.end():
        return None
    points = m["points"] or m["points2"] or m["points3"] or m["pp"]
    unit, end = "pp" if points else "bp" if m["bp"] else "%", m.end()
    if text[end - 1] == "." and not text[end - 4 : end].endswith(".c."):
        end -= 1
    return of_number(n, "percent", unit, end)
