"""Time expressions: TIMEX3 values, absolute and against the document's date, and what is none."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.figures import figures_in, find_figures
from helpers.figures.anchor import days_of, grain, part_of, shown


def dates(text: str, day: str | None = None) -> list[tuple[str, str | None]]:
    return [(f.text, f.timex) for f in figures_in(text, date=day) if f.kind == "date"]


ABSOLUTE = [
    ("on November 23, the meeting", "November 23", "XXXX-11-23"),
    ("on November 23, 2017, the meeting", "November 23, 2017", "2017-11-23"),
    ("on 23 November 2017 it met", "23 November 2017", "2017-11-23"),
    ("on the 9th of May 2016 it met", "9th of May 2016", "2016-05-09"),
    ("on Thursday, April 6, 2000 it met", "Thursday, April 6, 2000", "2000-04-06"),
    ("from 21 to 24 November", "21 to 24 November", "XXXX-11-21/XXXX-11-24"),
    ("on 3-5 May 2017 they met", "3-5 May 2017", "2017-05-03/2017-05-05"),
    ("May 3–5, 2017 in Bangkok", "May 3–5, 2017", "2017-05-03/2017-05-05"),
    ("from 30 May to 2 June 2018", "30 May to 2 June 2018", "2018-05-30/2018-06-02"),
    ("on Monday to Thursday, 20-23 November 2017", "Monday to Thursday, 20-23 November 2017", "2017-11-20/2017-11-23"),
    ("Friday-Sunday, June 2-4, 2017", "Friday-Sunday, June 2-4, 2017", "2017-06-02/2017-06-04"),
    ("from Friday, 2 June 2017, to Sunday, 4 June 2017", "Friday, 2 June 2017, to Sunday, 4 June 2017", "2017-06-02/2017-06-04"),
    ("on 2017-11-23 it met", "2017-11-23", "2017-11-23"),
    ("on 23.11.2017 it met", "23.11.2017", "2017-11-23"),
    ("on 11/23/2017 it met", "11/23/2017", "2017-11-23"),
    ("paid 4/5/2016 and 25/12/2016", "4/5/2016", "2016-05-04"),
    ("paid 4/5/2016 and 12/25/2016", "4/5/2016", "2016-04-05"),
    ("in April 1999 it rose", "April 1999", "1999-04"),
    ("in 2016 it rose", "2016", "2016"),
    ("for fiscal 2018/19 it rose", "fiscal 2018/19", "2018/2019"),
    ("in FY23 it rose", "FY23", "2023"),
    ("in 2012–13 it rose", "2012–13", "2012/2013"),
    ("from 2014 to 2017 it rose", "2014 to 2017", "2014/2017"),
    ("between 2014 and 2017 it rose", "2014 and 2017", "2014/2017"),
    ("in the 1990s it rose", "1990s", "199"),
    ("by the mid-2000s it rose", "mid-2000s", "200"),
    ("in the nineties it rose", "nineties", "199"),
    ("in the 21st century it rose", "21st century", "20"),
    ("in the third quarter of 2022 it rose", "third quarter of 2022", "2022-Q3"),
    ("in Q3 2022 it rose", "Q3 2022", "2022-Q3"),
    ("in 3Q22 it rose", "3Q22", "2022-Q3"),
    ("in the first half of 2023 it rose", "first half of 2023", "2023-H1"),
    ("in the summer of 2024 it rose", "summer of 2024", "2024-SU"),
    ("in nineteen ninety-four it rose", "nineteen ninety-four", "1994"),
    ("since early 1990 it rose", "early 1990", "1990"),
    ("at the end of March 2016 it rose", "the end of March 2016", "2016-03"),
    ("in the second week of 2021 it rose", "the second week of 2021", "2021-W02"),
    ("Eli sold it on Dec31, 1994", "Dec31, 1994", "1994-12-31"),
]


@pytest.mark.parametrize(("text", "span", "timex"), ABSOLUTE, ids=[row[1] for row in ABSOLUTE])
def test_dates_that_need_no_other(text: str, span: str, timex: str) -> None:
    assert (span, timex) in dates(text)


RELATIVE = [  # the document's date is Thursday 2016-11-17
    ("it fell yesterday", "yesterday", "2016-11-16"),
    ("she said today that", "today", "2016-11-17"),
    ("it fell last Tuesday", "last Tuesday", "2016-11-15"),
    ("officials said Monday that", "Monday", "2016-11-14"),
    ("the race ends on Sunday", "Sunday", "2016-11-20"),
    ("it will open on Monday", "Monday", "2016-11-21"),
    ("officials said Thursday", "Thursday", "2016-11-17"),
    ("it fell last month", "last month", "2016-10"),
    ("it will fall next year", "next year", "2017"),
    ("it fell two years ago", "two years ago", "2014"),
    ("it fell 10 days ago", "10 days ago", "2016-11-07"),
    ("sales fell from a year earlier", "a year earlier", "2015"),
    ("on November 23 they will meet", "November 23", "2016-11-23"),
    ("on Dec. 7 they will meet", "Dec. 7", "2016-12-07"),
    ("it opened in February", "February", "2016-02"),
    ("it will open in February", "February", "2017-02"),
    ("in August last year it fell", "August last year", "2015-08"),
    ("it was sold last spring", "last spring", "2016-SP"),
    ("The Hawks play Saturday at home.", "Saturday", "2016-11-19"),
    ("The fair opens on Monday.", "Monday", "2016-11-21"),
    ("After the vote Monday they left.", "Monday", "2016-11-14"),
    ("They will meet after Monday’s loss.", "Monday", "2016-11-14"),
    ("it must end by the end of the month", "the end of the month", "2016-11"),
    ("it opens at the end of the week", "the end of the week", "2016-W46"),
    ("it will double by the end of the decade", "the end of the decade", "201"),
    ("at the beginning of the quarter", "the beginning of the quarter", "2016-Q4"),
    ("earlier this week it fell", "earlier this week", "2016-W46"),
    ("by 10 p.m. Wednesday it was over", "10 p.m. Wednesday", "2016-11-16T22:00"),
    ("it will close after New Year’s Eve", "New Year’s Eve", "2016-12-31"),
    ("from 22/Jan/2016 to yesterday", "22/Jan/2016 to yesterday", "2016-01-22/2016-11-16"),
    ("a check due on 2 October was skipped", "2 October", "2016-10-02"),
    ("a check due on 2 January is to be skipped", "2 January", "2017-01-02"),
    ("Mending it in July would have taken a day.", "July", "2016-07"),
    ("Mending it in July would take a day.", "July", "2017-07"),
]


@pytest.mark.parametrize(("text", "span", "timex"), RELATIVE, ids=[row[0] for row in RELATIVE])
def test_dates_against_the_document_s_own(text: str, span: str, timex: str) -> None:
    assert (span, timex) in dates(text, "2016-11-17")


def test_without_a_date_relative_expressions_are_left_out() -> None:
    assert dates("It fell yesterday, on Monday and last year.") == []


def test_a_full_date_in_the_opening_lines_gives_the_year() -> None:
    text = "The session closed on 16 March 2018. It had opened on 12 March."
    assert dates(text)[1] == ("12 March", "2018-03-12")


def test_today_at_the_head_of_a_sentence_in_the_present_is_nowadays() -> None:
    assert dates("“Today, the members concentrate on projects.”", "2017-11-23") == []
    assert dates("Today, the board announced a plan.", "2017-11-23") == [("Today", "2017-11-23")]


def test_a_year_earlier_is_the_same_quarter_where_a_quarter_was_spoken_of() -> None:
    text = "In the third quarter net fell to $5m from $6m a year earlier."
    assert ("a year earlier", "1988-Q3") in dates(text, "1989-10-26")


COMPOSED = [  # the document's date is Thursday 2016-11-17
    ("due in the 9th month of next year", "the 9th month of next year", "2017-09"),
    ("rain on the first ten days of last year", "the first ten days of last year",
     "2015-01-01/2015-01-10"),
    ("sold in the last week of last month", "the last week of last month", "2016-W43"),
    ("paid before the thirty-first day of January", "thirty-first day of January",
     "2017-01-31"),
    ("it must close by the last day of the month", "the last day of the month", "2016-11-30"),
    ("in the first two weeks of March it rose", "the first two weeks of March",
     "2016-03-01/2016-03-14"),
    ("in the last three months of 2015 it rose", "the last three months of 2015",
     "2015-10/2015-12"),
    ("in the first two quarters of 2015 it rose", "the first two quarters of 2015", "2015-H1"),
    ("in the first nine months of the year it rose", "the first nine months of the year",
     "2016-01/2016-09"),
    ("on the third Monday of January 2017", "the third Monday of January 2017", "2017-01-16"),
    ("on the last Friday in August", "the last Friday in August", "2016-08-26"),
    ("over the last weekend of May 2015", "the last weekend of May 2015", "2015-W22-WE"),
    ("in the second half of March 2015", "the second half of March 2015",
     "2015-03-16/2015-03-31"),
    ("in the first half of the 20th century", "the first half of the 20th century", "1900/1949"),
    ("in the first decade of the 21st century", "the first decade of the 21st century", "200"),
    ("in the week of March 7, 2016", "the week of March 7, 2016", "2016-W10"),
    ("It rose from the previous year.", "the previous year", "2015"),
    ("it may start in the next decade", "the next decade", "202"),
    ("it rose in Q1 of next year", "Q1 of next year", "2017-Q1"),
    ("in the summer of last year it fell", "summer of last year", "2015-SU"),
    ("from October 2015 to March", "October 2015 to March", "2015-10/2016-03"),
    ("between Jan and Mar 2015", "Jan and Mar 2015", "2015-01/2015-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "timex"), COMPOSED, ids=[row[1] for row in COMPOSED])
def test_dates_made_of_others(text: str, span: str, timex: str) -> None:
    assert (span, timex) in dates(text, "2016-11-17")


LENGTHS = [
    ("they stayed for two nights", "two nights", "P2D"),
    ("after 2 years, 1 month and 21 days", "2 years, 1 month and 21 days", "P2Y1M21D"),
    ("the works will last 18 months", "18 months", "P18M"),
    ("in the next couple of years", "the next couple of years", "P2Y"),
    ("it cost more over the next decade", "the next decade", "P10Y"),
    ("By Friday it was over. Three weeks ended May 5.", "Three weeks", "P3W"),
    ("It fell in 2015. Two weeks later it rose.", "Two weeks", "P2W"),  # finer than the year
    ("Police said Tuesday he fled. Two weeks later he was found.", "Two weeks", "P2W"),
    ("a vote set for May 2015, just two months later", "two months", "P2M"),
]


@pytest.mark.parametrize(("text", "span", "timex"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_lengths_that_are_no_dates(text: str, span: str, timex: str) -> None:
    found = [f for f in figures_in(text, date="2016-11-17") if f.kind == "duration"]
    assert (span, timex) in [(f.text, f.timex) for f in found]


NO_TIMES = [
    "One night it burned.", "a 3D film for 4d", "sold for 5M to users", "for a second term",
    "The next day it rained.", "in Week 1 of the season", "in week 12 of the trial",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_neither_date_nor_length(text: str) -> None:
    found = figures_in(text, date="2016-11-17") + figures_in(text)
    assert not [f for f in found if f.kind in {"date", "duration"}]


PARTS = [
    ("2016", (1, 3, "M"), "2016-01/2016-03"), ("2016", (-1, 1, "Q"), "2016-Q4"),
    ("2016-02", (30, 1, "D"), None), ("2016-02", (5, 1, "1"), "2016-02-29"),
    ("2016-02", (5, 1, "2"), None), ("2016-05", (1, 1, "Y"), None), ("199", (2, 1, "H"), "1995/1999"),
    ("2016-W42", (-2, 2, "D"), "2016-10-22/2016-10-23"), ("2014/2015", (1, 1, "M"), None),
]  # fmt: skip


@pytest.mark.parametrize(("period", "which", "timex"), PARTS)
def test_parts_of_periods(period: str, which: tuple[int, int, str], timex: str | None) -> None:
    assert part_of(period, *which) == timex


@given(st.dates(), st.sampled_from(["D", "W", "WE", "M", "Q", "H", "Y"]))
@settings(max_examples=60, deadline=None)
def test_a_day_lies_in_its_periods(day: date, letter: str) -> None:
    value = shown(day, letter)
    assert grain(value) == letter
    first, last = days_of(value) or (day, day)
    assert first <= day <= last or letter == "WE"
    assert shown(first, letter) == shown(last, letter) == value


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_edges_of_the_calendar(day: str) -> None:
    text = "yesterday, tomorrow, last week, ten centuries ago, next Monday, two days after today"
    assert all(f.kind == "duration" for f in figures_in(text, date=day))


NOT_DATES = [
    "You may 5 times try.", "They march 12 miles.", "It sold 2000 pieces of toys.",
    "over 1500 people came", "Orion II and Agenda 2030", "Theresa May and April Jones spoke.",
    "a 4:3 aspect ratio", "Tel: 000 111 82-2100", "the year of the rat",
    "June Waters said the bill may pass.", "The cup went to April Hughes.",
    "His wife June, a baker, and their son August fled.", "April Hughes and June Hart won.",
    "Mrs. May spoke. May will resign.", "for most of the year they slept",
    "The firm has 1900 drivers and 2014 mechanics.", "Some 2019 people fled, 1944 of them abroad.",
    "At least 1998 members signed; 1951 did so by post.", "Of the 2011 pupils, 1986 passed.",
    "for a brighter tomorrow", "She stayed at the March Hotel.", "She told CBS This Morning that he won.",
]  # fmt: skip


@pytest.mark.parametrize("text", NOT_DATES)
def test_what_is_no_date(text: str) -> None:
    assert dates(text, "2016-11-17") == []


MONTHS = [
    ("May will be hard, she said.", ["XXXX-05"]),
    ("May was a wet month, and April rains came.", ["XXXX-05", "XXXX-04"]),
    ("By April Congress had voted.", ["XXXX-04"]),
    ("The April Fed meeting ended.", ["XXXX-04"]),
    ("June Retail Sales Fall", ["XXXX-06"]),
    ("from March to April Nasdaq fell", ["XXXX-03/XXXX-04"]),
    ("in 2016 people voted; the 2012 elections and 2014 protests", ["2016", "2012", "2014"]),
    ("Of the 2011 reforms, two failed.", ["2011"]),
    ("It was in 2015, 2016 and 2017.", ["2015", "2016", "2017"]),
]


@pytest.mark.parametrize(("text", "timexes"), MONTHS)
def test_months_and_years_beside_names_and_counts(text: str, timexes: list[str]) -> None:
    assert [timex for _, timex in dates(text)] == timexes


DATE_MODIFIERS = [
    ("until 2021", "until"), ("by the end of 2020", "until"), ("since October 2015", "since"),
    ("not later than May 2016", "until"), ("in 2016", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "modifier"), DATE_MODIFIERS)
def test_until_and_since(text: str, modifier: str | None) -> None:
    assert figures_in(text)[0].modifier == modifier


@pytest.mark.parametrize(("text", "value", "unit"), [
    ("It took 5 hours and 40 minutes.", 5.666667, "hour"), ("She served 2 years and 6 months.", 2.5, "year"),
    ("He ran it in 2 hrs 14 mins 30 secs.", 2.241667, "hour")])
def test_a_length_of_several_units_has_the_value_of_all(text: str, value: float, unit: str) -> None:
    table = find_figures(pd.DataFrame({"text": [text]}))
    assert table[["value", "unit"]].values.tolist() == [[value, unit]]
