"""Figures: what other tools get wrong, line by line, and every mistake met in reading the news."""

from __future__ import annotations

import pytest

from helpers.figures import figures_in

# text; then for each figure its own text, kind, value or (low, high), unit, modifier, timex
MONEY = [
    ("$ 40 billion in 2016", [("$ 40 billion", "money", 40e9, "USD", None, None),
                              ("2016", "date", None, None, None, "2016")]),
    ("USDm 1,150 is due", [("USDm 1,150", "money", 1.15e9, "USD", None, None)]),
    ("10 $ 30 $", [("10 $", "money", 10, "USD", None, None),
                   ("30 $", "money", 30, "USD", None, None)]),
    ("It cost 5 $ 30 times.", [("5", "number", 5, None, None, None), ("30", "count", 30, "times", None, None)]),
    ("50 cents and 20 pence", [("50 cents", "money", 0.5, "USD", None, None),
                               ("20 pence", "money", 0.2, "GBP", None, None)]),
    ("three kuai and two mao four", [("three kuai and two mao four", "money", 3.24, "CNY", None,
                                     None)]),
    ("a £1.5m-a-year deal", [("£1.5m", "money", 1.5e6, "GBP", None, None)]),
]  # fmt: skip
AMOUNTS = [
    ("3 lakh", [("3 lakh", "number", 300_000, None, None, None)]),
    ("up 25 basis points", [("25 basis points", "percent", 25, "bp", None, None)]),
    ("a percentage of 10.", [("percentage of 10", "percent", 10, "%", None, None)]),
    ("a percentage of 10 men", [("10", "count", 10, "men", None, None)]),
    ("half a million people", [("half a million", "count", 500_000, "people", None, None)]),
    ("it has 816 000 people", [("816 000", "count", 816_000, "people", None, None)]),
    ("12,345.67 points", [("12,345.67", "count", 12_345.67, "points", None, None)]),
    ("2,900 GPa and 7 nanometres", [("2,900 GPa", "quantity", 2900, "gigapascal", None, None),
                                    ("7 nanometres", "quantity", 7, "nanometre", None, None)]),
    ("50 meters per millisecond", [("50 meters per millisecond", "quantity", 50,
                                    "metre per millisecond", None, None)]),
    ("50 km/ms is fast", [("50 km/ms", "quantity", 50, "kilometre per millisecond", None, None)]),
    ("barely 8 percent", [("8 percent", "percent", 8, "%", "about", None)]),
    ("from 3.1 to 4.5 billion", [("3.1", "number", 3.1e9, None, None, None),
                                 ("4.5 billion", "number", 4.5e9, None, None, None)]),
    ("fell from 100 to 2 million", [("100", "number", 100, None, None, None),
                                    ("2 million", "number", 2e6, None, None, None)]),
    ("nine of 10 limes", [("nine of 10", "count", 0.9, "fraction", None, None)]),
    ("nine of 31 islands", [("nine", "count", 9, "islands", None, None),
                            ("31", "count", 31, "islands", None, None)]),
]  # fmt: skip
COUNTED = [
    ("6 million high- and middle-school pupils", [("6 million", "count", 6e6, "pupils",
                                                     None, None)]),
    ("six member states have signed and two more will",
     [("six", "count", 6, "member states", None, None),
      ("two", "count", 2, "member states", None, None)]),
    ("They hired two Germans.", [("two", "count", 2, "Germans", None, None)]),
    ("three hundred and sixty-two hundredths", [("three hundred and sixty-two hundredths", "number",
                                                300.62, None, None, None)]),
    ("one one hundred fifth", [("one one hundred fifth", "number", 1 / 105, None, None, None)]),
    ("2000 over 3", [("2000 over 3", "number", 666.666667, None, None, None)]),
]  # fmt: skip
TIME = [
    ("a crowd of people under 30 came", [("30", "duration", 30, "year", "under", "P30Y")]),
    ("he hired people under 30 managers", [("30", "count", 30, "managers", "under", None)]),
    ("18- to 24-year-olds", [("18- to 24-year-olds", "duration", (18, 24), "year", None, "P18Y")]),
    ("over four-and-a-half years", [("four-and-a-half years", "duration", 4.5, "year", "over",
                                     "P4Y6M")]),
    ("one and a half hour", [("one and a half hour", "duration", 1.5, "hour", None, "PT1H30M")]),
    ("Anna Roe, 40 — a father", [("40", "duration", 40, "year", None, "P40Y")]),
    ("after two years.12 The law", [("two years", "duration", 2, "year", None, "P2Y")]),
    ("it fell the previous day", [("the previous day", "date", None, None, None, "2016-11-16")]),
    ("in the week after next", [("the week after next", "date", None, None, None, "2016-W48")]),
]  # fmt: skip
ROWS = MONEY + AMOUNTS + COUNTED + TIME


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_every_part_of_the_figure(text: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (f.text, f.kind, f.value if f.low is None else (f.low, f.high), f.unit, f.modifier, f.timex)
        for f in figures_in(text, date="2016-11-17")
    ]
    assert len(found) == len(expected), found
    for one, other in zip(found, expected, strict=True):
        assert one == pytest.approx(other) if one[2] is None else one[:2] == other[:2]
        assert one[2] == (other[2] if other[2] is None else pytest.approx(other[2]))
        assert one[3:] == other[3:]


NEVER = [
    "a comparison on Zero Hedge",
    "by a 2 to 1 margin",
    "they had one hell of a time there",
    "the A320neo and the Boeing 737 landed",
    "under Resolution 1325 (2000) and Article 12",
    "Windows 10 users on Channel 4",
    "the 9/11 attacks and an F-16",
    "a 5-4 vote and a 3-2 win",
    "Apollo 11 and Section 230",
    "page 12, chapter 3, room 101",
    "5G and 4K on the M25",
]


@pytest.mark.parametrize("text", NEVER)
def test_names_and_odds_are_no_figures(text: str) -> None:
    assert figures_in(text, date="2016-11-17") == []


@pytest.mark.parametrize(
    "unit", ["5 \t ", "5-", "$5 to ", "18- to ", "one ", "one and ", "7 $ ", "5m-a-"]
)
def test_hostile_repetition_ends(unit: str) -> None:
    text = unit * 2000
    assert all(text[f.start : f.end] == f.text for f in figures_in(text, date="2016-11-17"))
