"""House style: what the document itself shows about digit marks, day order and dollars."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["DigitStyle", "day_first", "digit_style"]

COMMA_DECIMAL = re.compile(r"(?=\d)(?<![\d.,])\d{1,3}(?:\.\d{3})*,\d{1,2}(?![\d,])")
POINT_DECIMAL = re.compile(r"(?=\d)(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d{1,2}(?![\d.]|\d)")
COMMA_GROUPS = re.compile(r"(?=\d)(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
POINT_GROUPS = re.compile(r"(?=\d)(?<![\d.,])\d{1,3}(?:\.\d{3}){2,}(?![\d.])")
INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?")
WESTERN = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009']\d{3})+(?:[.,]\d+)?")
SLASH_DATE = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(?:\d{4}|\d{2})(?![\d/])")
PERCENT = re.compile(r"\s?(?:%|per)")


@dataclass(frozen=True, slots=True)
class DigitStyle:
    """Which mark separates decimals in this document; `clear` when the document shows it."""

    comma_decimal: bool = False
    clear: bool = False

    def value(self, digits: str, *, after: str = "") -> float | None:
        """The number that a numeral means in this style, or None when it is no single number."""
        if digits.isdigit():
            return float(digits)
        commas, points = digits.count(","), digits.count(".")
        if SPACED.fullmatch(digits):
            return float(re.sub(r"[ \u00a0\u202f\u2009']", "", digits).replace(",", "."))
        western = WESTERN.fullmatch(digits) and not (
            self.comma_decimal and commas == 1 and not points
        )
        if western or INDIAN.fullmatch(digits):
            return float(digits.replace(",", ""))
        european = EUROPEAN.fullmatch(digits)
        if commas:
            whole = european if points else commas == 1
            return float(digits.replace(".", "").replace(",", ".")) if whole else None
        if points > 1:
            return float(digits.replace(".", "")) if european else None
        zeros = digits.endswith(".000") and not digits.startswith("0") and not self.clear
        grouped = european and not PERCENT.match(after) and (self.comma_decimal or zeros)
        return float(digits.replace(".", "") if grouped else digits)


def digit_style(text: str) -> DigitStyle:
    """The document's digit marks by counting the numerals that can be read in one way only.

    Bounded: the first 200,000 characters decide.
    """
    sample = text[:200_000]
    if "," not in sample and "." not in sample:
        return DigitStyle()
    comma = len(COMMA_DECIMAL.findall(sample)) + 2 * len(POINT_GROUPS.findall(sample))
    point = len(POINT_DECIMAL.findall(sample)) + len(COMMA_GROUPS.findall(sample))
    return DigitStyle(comma_decimal=comma > point, clear=comma + point > 0)


def day_first(text: str, *, default: bool = False) -> bool:
    """Is 4/5/2016 the fourth of May here?  Decided by dates with a part over 12, else `default`."""
    days = months = 0
    for m in SLASH_DATE.finditer(text[:200_000]):
        first, second = int(m[1]), int(m[3])
        days += first > 12 >= second
        months += second > 12 >= first
    return days > months if days != months else default
