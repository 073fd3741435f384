"""Figures: what other tools get wrong, line by line, and every mistake met in reading the news."""

from __future__ import annotations

import pytest

from helpers.figures import figures_in

# text; then for each figure its own text, kind, value or (low, high), unit, modifier, timex
MONEY = [
    ("$ 40 billion in 2016", [("$ 40 billion", "money", 40e9, "USD", None, None),
                              ("2016", "date", None, None, None, "2016")]),
    ("USDm 1,150 is due", [("USDm 1,150", "money", 1.15e9, "USD", None, None)]),
    ("It cost 5 $ 30 times.", [("5", "number", 5, None, None, None), ("30", "count", 30, "times", None, None)]),
    ("50 cents and 20 pence", [("50 cents", "money", 0.5, "USD", None, None),
                               ("20 pence", "money", 0.2, "GBP", None, None)]),
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
    ("2,900 GPa and 7 nanometres", [("2,900 GPa", "quantity", 2900, "GPa", None, None),
                                    ("7 nanometres", "quantity", 7, "nm", None, None)]),
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
]  # fmt: skip
READ = [  # mistakes found by reading news
    ("it lost millions of dollars", [("millions of dollars", "money", (1e6, 1e7), "USD", "about",
                                      None)]),
    ("after hundreds of years", [("hundreds of years", "duration", (100, 1000), "year", "about",
                                  "P100Y")]),
    ("thousands of miles away", [("thousands of miles", "quantity", (1000, 10000), "mi", "about",
                                  None)]),
    ("thousands of jobs went", [("thousands", "count", (1000, 10000), "jobs", "about", None)]),
    ("a couple dozen bankers", [("a couple dozen", "count", 24, "bankers", "about", None)]),
    ("half of 1 percent of them", [("half of 1 percent", "percent", 0.5, "%", None, None)]),
    ("a percentage of 10 in all", [("percentage of 10", "percent", 10, "%", None, None)]),
    ("a percentage of 10 voters", [("10", "count", 10, "voters", None, None)]),
    ("275 pound-feet of torque", [("275 pound-feet of torque", "quantity", 275, "lb·ft", None,
                                   None)]),
    ("a 10-to-15-day trip", [("10-to-15-day", "duration", (10, 15), "day", None, "P10D")]),
    ("the neck is 25.5″ long", [("25.5″", "quantity", 25.5, "in", None, None)]),
    ("two New Jersey officers", [("two", "count", 2, "New Jersey officers", None, None)]),
    ("the jar, marked 68 p at noon", [("68", "number", 68, None, None, None)]),
    ("from 6 to 8 per cent to 2 to 4 per cent",
     [("6 to 8 per cent", "percent", (6, 8), "%", None, None),
      ("2 to 4 per cent", "percent", (2, 4), "%", None, None)]),
    ("noise of 85 decibels", [("85 decibels", "quantity", 85, "dB", None, None)]),
    ("on June 16th of last year", [("June 16th of last year", "date", None, None, None,
                                    "2015-06-16")]),
    ("born on twenty five January 1986", [("twenty five January 1986", "date", None, None, None,
                                           "1986-01-25")]),
    ("Three-quarters of an inch fell", [("Three-quarters of an inch", "quantity", 0.75, "in", None,
                                         None)]),
    ("£3m, down from a total of 2.6m", [("£3m", "money", 3e6, "GBP", None, None),
                                        ("2.6m", "number", 2.6e6, None, None, None)]),
    ("a 5.2m-high wall", [("5.2m-high", "quantity", 5.2, "m", None, None)]),
    ("30 amateur and trained singers", [("30", "count", 30, "singers", None, None)]),
    ("a magnitude 6 earthquake", [("6", "number", 6, None, None, None)]),
    ("The policeman, 25, was hurt.", [("25", "duration", 25, "year", None, "P25Y")]),
    ("women under age 40 with jobs", [("40", "duration", 40, "year", None, "P40Y")]),
    ("Roe, who's 73, sang", [("73", "duration", 73, "year", None, "P73Y")]),
    ("One plan seeks a vote", [("One", "count", 1, "plan", None, None)]),
    ("asked about those five errors", [("five", "count", 5, "errors", None, None)]),
    ("his top three books", [("three", "count", 3, "books", None, None)]),
    ("it will top $5m", [("$5m", "money", 5e6, "USD", "over", None)]),
    ("Ten visitors came. It killed 3 in Ulm.", [("Ten", "count", 10, "visitors", None, None),
                                                ("3", "number", 3, None, None, None)]),
    ("a score of 25.7, for 30 adults", [("25.7", "number", 25.7, None, None, None),
                                        ("30", "count", 30, "adults", None, None)]),
    ("from about 5 to 8 feet", [("5 to 8 feet", "quantity", (5, 8), "ft", "about", None)]),
    ("four to five weeks later", [("four to five weeks", "duration", (4, 5), "week", None,
                                   "P4W")]),
    ("two off-duty British soldiers", [("two", "count", 2, "soldiers", None, None)]),
    ("three mail-bomb attacks", [("three", "count", 3, "attacks", None, None)]),
    ("up 12 Canadian cents", [("12 Canadian cents", "money", 0.12, "CAD", None, None)]),
    ("he won the '87 title", [("'87", "date", None, None, None, "1987")]),
    ("the '47 percent' remark", [("47 percent", "percent", 47, "%", None, None)]),
    ("the 2016-'17 season", [("2016-'17", "date", None, None, None, "2016/2017")]),
    ("fashions of the 80's", [("80's", "date", None, None, None, "198")]),
    ("in the 1988 quarter", [("1988", "date", None, None, None, "1988")]),
    ("the third-quarter loss", [("third-quarter", "date", None, None, None, "2016-Q3")]),
    ("110m Third World children", [("110m", "count", 110e6, "World children", None, None)]),
    ("in the next fortnight", [("the next fortnight", "duration", 1, "fortnight", None, "P2W")]),
    ("if they win the house in March", [("March", "date", None, None, None, "2017-03")]),
    ("In March, Gov. Roe lauded it", [("March", "date", None, None, None, "2016-03")]),
]  # fmt: skip
ROWS = MONEY + AMOUNTS + COUNTED + TIME + READ


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
    "the panel agreed by a 2-to-1 vote",
    'a <tweet time="1474387200"> was cut',
    "a 529 plan and the right of first refusal",
    "Bo Sanchez (0-1) lost the ball",
    "in the first place",
    "runners prefer temperatures in the 40s",
    "a six-figure sum, or even seven figures",
    "a five-alarm call",
    "several hundred thousand square feet",
    "told Fox News Sunday and won Super Tuesday",
    "a C415 million accord",
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
