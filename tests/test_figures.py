"""Figures: amounts, counts and ordinals by kind of writing; what is no figure; what they are of."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.figures import Figure, figures_in, find_figures

NO_QUOTES = pd.DataFrame(columns=["doc", "spans", "speaker"])


def amounts(text: str, **options: str) -> list[Figure]:
    return [f for f in figures_in(text, **options) if f.kind not in {"date"}]


def only(text: str, **options: str) -> Figure:
    found = amounts(text, **options)
    assert len(found) == 1, [(f.text, f.kind) for f in found]
    return found[0]


MONEY = [
    ("exceeded $ 40 billion last year", "$ 40 billion", 40e9, "USD"),
    ("a US$1.2bn loan", "US$1.2bn", 1.2e9, "USD"),
    ("It cost USD 3m.", "USD 3m", 3e6, "USD"),
    ("The price is USD115 now.", "USD115", 115, "USD"),
    ("EUR 40 million was paid", "EUR 40 million", 40e6, "EUR"),
    ("worth €2.3bn", "€2.3bn", 2.3e9, "EUR"),
    ("worth £950m", "£950m", 950e6, "GBP"),
    ("a loan of 40 billion US dollars", "40 billion US dollars", 40e9, "USD"),
    ("a fund of Rs 500 crore", "Rs 500 crore", 5e9, "INR"),
    ("a grant of 3 lakh rupees", "3 lakh rupees", 300_000, "INR"),
    ("a deal of RMB 2.4 trillion", "RMB 2.4 trillion", 2.4e12, "CNY"),
    ("a PS8.1bn takeover", "PS8.1bn", 8.1e9, "GBP"),
    ("rose to RM23.50", "RM23.50", 23.5, "MYR"),
    ("a loss of $(1.2) million", "$(1.2) million", -1.2e6, "USD"),
    ("It cost 10 $ there.", "10 $", 10, "USD"),
    ("It cost 42.000 euros there.", "42.000 euros", 42000, "EUR"),
    ("A$50 million went out", "A$50 million", 50e6, "AUD"),
    ("paid $US55,931,000 there", "$US55,931,000", 55_931_000, "USD"),
    ("an increase to 120 MEUR", "120 MEUR", 120e6, "EUR"),
    ("a payment of 4.2p per share", "4.2p", 0.042, "GBP"),
    ("up 50 cents a share", "50 cents", 0.5, "USD"),
    ("it cost fifteen dollars and 25 cents", "fifteen dollars and 25 cents", 15.25, "USD"),
    ("a budget of 12.7 billion tenge", "12.7 billion tenge", 12.7e9, "KZT"),
    ("a one-yen bid", "one-yen", 1, "JPY"),
    ("some 5 million Swiss francs", "5 million Swiss francs", 5e6, "CHF"),
    ("about half a billion dollars", "half a billion dollars", 5e8, "USD"),
    ("A loaf costs two pounds.", "two pounds", 2, "GBP"),
    ("A loaf costs two pounds forty in York.", "two pounds forty", 2.4, "GBP"),
    ("The vase sold for three million pounds.", "three million pounds", 3e6, "GBP"),
    ("Thieves took ten thousand pounds.", "ten thousand pounds", 10_000, "GBP"),
    ("a turnover of 20m pounds", "20m pounds", 20e6, "GBP"),
    ("The toll is one dollar thirty.", "one dollar thirty", 1.3, "USD"),
    ("It costs two euros twenty a ride.", "two euros twenty", 2.2, "EUR"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit"), MONEY, ids=[m[1] for m in MONEY])
def test_money_in_every_house_style(text: str, span: str, value: float, unit: str) -> None:
    found = only(text)
    assert (found.kind, found.text, found.unit) == ("money", span, unit)
    assert found.value == pytest.approx(value)


POUNDS = [
    ("He was fined sixty pounds and lost twelve pounds on a diet.", ["GBP", "lb"]),
    ("The bear weighed 400 pounds.", ["lb"]),
    ("The crate was 90 pounds (41 kg).", ["lb", "kg"]),
    ("Fines of up to 3,000 pounds ($3,900) are possible.", ["GBP", "USD"]),
    ("She bought 20 pounds of flour for six dollars.", ["lb", "USD"]),
    ("A 30-pound turkey costs $20.", ["lb", "USD"]),
    ("The U.S. jet dropped 500 pounds on the range.", ["lb"]),
    ("It paid two dollars fifty times.", ["USD", "times"]),
]


@pytest.mark.parametrize(("text", "units"), POUNDS)
def test_pounds_are_money_unless_the_clause_weighs(text: str, units: list[str]) -> None:
    assert [f.unit for f in amounts(text)] == units


CURRENCY_OF_THE_DOCUMENT = [
    ("All sums are Canadian dollars. It paid 5 million dollars.", "CAD"),
    ("It paid 5 million dollars.", "USD"),
    ("A$3 million came first. Then 5 million dollars followed.", "AUD"),
    ("In Manila, the Philippine government paid 5 million pesos.", "PHP"),
    ("Pakistan's ministry in Pakistan paid 5 million rupees.", "PKR"),
]


@pytest.mark.parametrize(("text", "unit"), CURRENCY_OF_THE_DOCUMENT)
def test_a_bare_noun_is_the_currency_that_the_document_shows(text: str, unit: str) -> None:
    assert figures_in(text)[-1].unit == unit


PERCENT = [
    ("rose 5%", 5, "%"),
    ("rose five per cent", 5, "%"),
    ("rose 5 pc on the year", 5, "%"),
    ("rose 2.5 percentage points", 2.5, "pp"),
    ("fell 25 basis points", 25, "bp"),
    ("fell by 140bps", 140, "bp"),
    ("more than half a percentage point", 0.5, "pp"),
    ("lost minus five percent", -5, "%"),
    ("a 43.4 percent-owned unit", 43.4, "%"),
    ("24 Percent of Donors", 24, "%"),
    ("off by plus or minus 4 percentage points", 4, "pp"),
    ("an error of +/- 4 percent", 4, "%"),
]


@pytest.mark.parametrize(("text", "value", "unit"), PERCENT)
def test_percent(text: str, value: float, unit: str) -> None:
    found = only(text)
    assert (found.kind, found.value, found.unit) == ("percent", value, unit)


QUANTITIES = [
    ("a 28-foot whale", "28-foot", 28, "ft"),
    ("38 km through a storm", "38 km", 38, "km"),
    ("1.2 million barrels a day", "1.2 million barrels", 1.2e6, "barrel"),
    ("a gale of fifty miles an hour", "fifty miles an hour", 50, "mph"),
    ("does not exceed 2 Mbit/s", "2 Mbit/s", 2, "Mbit/s"),
    ("it was −3.2 °C", "−3.2 °C", -3.2, "°C"),
    ("98.6 degrees fahrenheit", "98.6 degrees fahrenheit", 98.6, "°F"),
    ("about 1.1 tonnes of honey", "1.1 tonnes", 1.1, "t"),
    ("3 million tonnes of CO2 equivalent", "3 million tonnes of CO2 equivalent", 3e6, "t CO2e"),
    ("3 litres per hour", "3 litres", 3, "l"),
    ("a 190,000 square metre park", "190,000 square metre", 190_000, "m²"),
    ("a plant of 10kW", "10kW", 10, "kW"),
    ("it burned 40 MMBtu", "40 MMBtu", 40, "MMBtu"),
    ("a run of 500m", "500m", 500, "m"),
    ("a 10 1/2 mile road", "10 1/2 mile", 10.5, "mi"),
    ("a 12 C melting point", "12 C", 12, "°C"),
    ("an engine (300 PS)", "300 PS", 300, "PS"),
    ("One US fluid ounce is small.", "One US fluid ounce", 1, "fl oz"),
    ("merely 1/8 of a US pint", "1/8 of a US pint", 1 / 8, "pint"),
]


@pytest.mark.parametrize(("text", "span", "value", "unit"), QUANTITIES)
def test_quantities(text: str, span: str, value: float, unit: str) -> None:
    found = only(text)
    assert (found.kind, found.text, found.unit) == ("quantity", span, unit)
    assert found.value == pytest.approx(value)


DURATIONS = [
    ("worked for 19 years there", "19 years", "P19Y"),
    ("a 15-minute display", "15-minute", "PT15M"),
    ("The 22-year-old won", "22-year-old", "P22Y"),
    ("Denise Fairclough, 46, had worked", "46", "P46Y"),
    ("I was eleven. It hurt.", "eleven", "P11Y"),
    ("in less than an hour", "an hour", "PT1H"),
    ("took two and a half years", "two and a half years", "P2Y6M"),
    ("it lasted half an hour", "half an hour", "PT30M"),
    ("for two years and three months", "two years and three months", "P2Y3M"),
    ("over the past two months", "the past two months", "P2M"),
    ("in a decade or two decades", "two decades", "P20Y"),
    ("within eight trading days", "eight trading days", "P8D"),
    ("The ride took 4 h.", "4 h", "PT4H"),
    ("Water failed for 2h.", "2h", "PT2H"),
    ("It ran for 1/2 h.", "1/2 h", "PT30M"),
    ("She swam it in 3 hrs 12 mins 20 secs.", "3 hrs 12 mins 20 secs", "PT3H12M20S"),
    ("The trip took 6 hrs.", "6 hrs", "PT6H"),
]


@pytest.mark.parametrize(("text", "span", "timex"), DURATIONS)
def test_durations_and_ages(text: str, span: str, timex: str) -> None:
    found = [f for f in figures_in(text) if f.text == span]
    assert [(f.kind, f.timex) for f in found] == [("duration", timex)]


COUNTS = [
    ("It opened 45,000 modern looms.", 45_000, "looms"),
    ("nine of his country’s 31 inhabited islands had none", 9, "islands"),
    ("a 16-rider group", 16, "rider"),
    ("It moved 9,000 people and 30 tents.", 9000, "people"),
    ("The school has 1712 pupils - aged 8 to 10.", 1712, "pupils"),
    ("an audience 1,200-strong", 1200, None),
    ("816 000 people fled", 816_000, "people"),
    ("a dozen memorandums were signed", 12, "memorandums"),
    ("half a million patients waited", 500_000, "patients"),
    ("1,00,000 farmers came", 100_000, "farmers"),
    ("It sank 2 1/2 million eggs", 2.5e6, "eggs"),
    ("forty-four passengers sat", 44, "passengers"),
    ("two hundred and six bones broke", 206, "bones"),
    ("it is enough to press one button", 1, "button"),
    ("they lost one bus", 1, "bus"),
    ("He put one hand up.", 1, "hand"),
    ("It bought two new 737 Max jets.", 2, "Max jets"),
    ("rents went up by a fifth since June", 0.2, "fraction"),
    ("It was late by a third or more.", 0.3333, "fraction"),
    ("three lakh crore boxes came", 3e12, "boxes"),
    ("1.3x10^6 cells grew", 1.3e6, "cells"),
    ("12,345.67 points were scored", 12_345.67, "points"),
    ("one-third of them were women", 0.3333, "fraction"),
    ("cut by two-thirds", 0.6667, "fraction"),
    ("one in five people agreed", 0.2, "fraction"),
    ("a quarter fewer species lived there", 0.25, "fraction"),
    ("He got three times the votes.", 3, "times"),
]


@pytest.mark.parametrize(("text", "value", "unit"), COUNTS)
def test_counts_and_fractions(text: str, value: float, unit: str | None) -> None:
    found = amounts(text)[0]
    assert (found.value, found.unit) == (value, unit)
    assert found.kind == "count"


@pytest.mark.parametrize("text", [
    "It filed 204 forms (up from 201).", "It has 204 forms, compared with 201 in May.",
])
def test_a_count_compared_has_the_noun_before(text: str) -> None:
    assert [(f.value, f.unit) for f in amounts(text)] == [(204, "forms"), (201, "forms")]


def test_an_elided_noun_is_that_of_the_count_before() -> None:
    found = amounts("We opened seven stores, closed three and re-fitted 21.")
    assert [(f.value, f.unit) for f in found] == [(7, "stores"), (3, "stores"), (21, "stores")]


def test_vague_plurals_give_both_ends() -> None:
    found = only("It reached hundreds of thousands of people.")
    assert (found.low, found.high, found.modifier) == (100_000, 1_000_000, "about")


ORDINALS = [
    ("the Second Ministerial Conference", 2),
    ("the 70th session", 70),
    ("its twenty-second session", 22),
    ("the VI Interregional Forum of Services", 6),
    ("the fourth stage of the Tour", 4),
    ("the third-largest city", 3),
    ("21st", 21),
    ("It ranks 25th.", 25),
    ("He places 3rd.", 3),
]


@pytest.mark.parametrize(("text", "value"), ORDINALS)
def test_ordinals(text: str, value: float) -> None:
    found = only(text)
    assert (found.kind, found.value) == ("ordinal", value)


def test_an_ordinal_stands_with_the_whole_of_a_compound() -> None:
    assert only("It is the first off-the-shelf therapy.").unit == "therapy"


RANGES = [
    ("between 10 and 15 per cent", 10, 15, "%"),
    ("grew 1.5-2.0 percent", 1.5, 2.0, "%"),
    ("a cost of $3-4bn", 3e9, 4e9, "USD"),
    ("sold for $3 to $4 billion", 3e9, 4e9, "USD"),
    ("profit between £58m and £62m", 58e6, 62e6, "GBP"),
    ("kept at 2 to 8 °C", 2, 8, "°C"),
    ("prices range from $5 to $10", 5, 10, "USD"),
    ("waited three or four years", 3, 4, "year"),
]


@pytest.mark.parametrize(("text", "low", "high", "unit"), RANGES)
def test_a_range_is_one_figure_with_both_ends(
    text: str, low: float, high: float, unit: str
) -> None:
    found = only(text)
    assert (found.value, found.low, found.high, found.unit) == (None, low, high, unit)


CHANGES = [
    ("fell from 12.5% to 9%", [12.5, 9], "%"),
    ("rose from 3.1 to 4.5 billion dollars", [3.1e9, 4.5e9], "USD"),
    ("rose by 10 and 15 per cent", [10, 15], "%"),
    ("a fall from 24 degrees to nine", [24, 9], "degree"),
    ("increased by 6.8% to 12%", [6.8, 12], "%"),
    ("the yield rose from 31 mpg combined to 34 for vans", [31, 34], "mpg"),
    ("sales fell from $3.1 billion to 2.5 in Ulm", [3.1e9, 2.5e9], "USD"),
    ("rye rose by 2 percent but oats fell by 1.", [2, 1], "%"),
]


@pytest.mark.parametrize(("text", "values", "unit"), CHANGES)
def test_a_change_is_two_figures_that_share_unit_and_scale(
    text: str, values: list[float], unit: str
) -> None:
    assert [(f.value, f.unit) for f in amounts(text)] == [(v, unit) for v in values]


CARRIED = [
    ("it grew from 4.6 to 7-8 billion euros", [("4.6", "EUR"), ("7-8 billion euros", "EUR")]),
    ("from about 11-13 mpg to 16 for lorries", [("11-13 mpg", "mpg"), ("16", "mpg")]),
    ("it had 5 percent in 2015 and 7 in 2016", [("5 percent", "%"), ("7", "%")]),
    ("it had 5 percent in 2015 and 7 mayors in 2016", [("5 percent", "%"), ("7", "mayors")]),
    ("it fell from 5 km to 3 villages", [("5 km", "km"), ("3", "villages")]),
    ("it moved from 10 percent of firms to 3 firms", [("10 percent", "%"), ("3", "firms")]),
    ("it cut fees by 5 percent and staff by 20 in May", [("5 percent", "%"), ("20", None)]),
    ("the index rose 210 to 3,400.", [("210", None), ("3,400", None)]),
    ("Staff shrank by 30 to 1,960.", [("30", None), ("1,960", None)]),
    ("it will add 20 to 30 jobs", [("20 to 30", "jobs")]),
    ("it will cut 200 to 500 jobs", [("200 to 500", "jobs")]),
    ("heat fell to 5 to 12.", [("5 to 12", None)]),
]


@pytest.mark.parametrize(("text", "units"), CARRIED)
def test_a_bare_number_takes_the_unit_of_what_it_is_said_beside(
    text: str, units: list[tuple[str, str | None]]
) -> None:
    assert [(f.text, f.unit) for f in amounts(text)] == units


SHARED = [
    ("gains of 20, 22 and 25 billion yen", [20e9, 22e9, 25e9]),
    ("The zoo had 1.1, 1.4 and 1.6 million visitors.", [1.1e6, 1.4e6, 1.6e6]),
    ("prizes of $4, $6 and $9 million", [4e6, 6e6, 9e6]),
    ("It killed 20 and 3 million fled.", [20, 3e6]),
    ("fees of $500 and $2 million", [500, 2e6]),
    ("It sold 5, 10 and 15 per cent.", [5, 10, 15]),
]


@pytest.mark.parametrize(("text", "values"), SHARED)
def test_a_list_shares_its_scale(text: str, values: list[float]) -> None:
    assert [f.value for f in amounts(text)] == pytest.approx(values)


RATES = [
    ("It pumps 1.2 million barrels a day for 60 people per sq km.", ["day", "square kilometre"]),
    ("It costs 2 euros per litre and burns 3 litres per hour.", ["litre", "hour"]),
    ("It costs $5 per hectare.", ["hectare"]),
    ("It earned $0.37 per diluted share.", ["share"]),
    ("It yields 3 tonnes per hectare at 50 km/h.", ["hectare", None]),
    ("45 deaths per 100,000 people", ["100,000 people", None]),
    ("Rents rose 5 per cent a year to 900 euros a month.", ["year", "month"]),
    ("20 avoidable deaths a day", ["day"]),
    ("Five men waited a day.", [None]),
    ("It made $24 million against $20 million a year earlier.", [None, None]),
    ("It cost $5 a year ago and 7 euros a month on average.", [None, "month"]),
    ("a 12-cent-a-share payment", ["share"]),
    ("He gave $5 million a boost.", [None]),
    ("It paid $5 million annually and $2 million weekly.", ["year", "week"]),
    ("12 cents a kilowatt-hour, $3/kg and 2 euros per person", ["kilowatt-hour", "kilogram", "person"]),
    ("It pays 5 per cent per annum.", ["year"]),
    ("40 hours a week", ["week"]),
    ("It is 5 per cent.", [None]),
]


@pytest.mark.parametrize(("text", "per"), RATES)
def test_rates(text: str, per: list[str | None]) -> None:
    assert [f.per for f in amounts(text)] == per


MODIFIERS = [
    ("more than 70 percent", "over"),
    ("exceeded $ 40 billion", "over"),
    ("upward of four million dollars", "over"),
    ("nearly 40 villages", "about"),
    ("some 900 participants", "about"),
    ("at least 17 attacks", "at_least"),
    ("no fewer than 17 attacks", "at_least"),
    ("up to 300 jobs", "at_most"),
    ("The fare went up to 8 euros.", None),
    ("The index crept back up to 300 points.", None),
    ("The toll is up to 15.", "at_most"),
    ("The toll is now up to 15 percent from 11 percent.", None),
    ("The queue was up to 30 minutes long.", "at_most"),
    ("It will buy back up to 300 shares.", "at_most"),
    ("Prices may rise up to 5 per cent.", "at_most"),
    ("as many as 300 jobs", "at_most"),
    ("does not exceed 300 jobs", "at_most"),
    ("would be “no more than” £30m", "at_most"),
    ("just short of 300 jobs", "under"),
    ("fewer than 300 jobs", "under"),
    ("a sub-7 nanometre chip", "under"),
    ("300 jobs or more", None),
    ("five hundred or more villages", "at_least"),
    ("$5 million over 300 days", None),
    ("Over the past five years", None),
    ("Over five years, it grew.", None),
    ("It took over five years.", "over"),
    ("60 sheds spread over 90 hectares", None),
    ("lakes over 90 hectares", "over"),
    ("It was 12 per cent more than the £40 million agreed.", None),
    ("It was more than the £40 million agreed.", "over"),
    ("a rise of 12 per cent to more than £40 million", "over"),
]


@pytest.mark.parametrize(("text", "modifier"), MODIFIERS)
def test_modifiers(text: str, modifier: str | None) -> None:
    assert amounts(text)[-1].modifier == modifier


NEVER = [
    "The Boeing 737 landed.",
    "See Resolution 1325 (2000).",
    "under Regulation No 1169/2011",
    "COVID-19 spread.",
    "the G20 met",
    "They drove Route 66.",
    "Article 12 and Article 14 say so.",
    "It meets ISO 9001.",
    "an A320neo flew",
    "Call +1-222-222-2222 now.",
    "Call 555-123-4567 for help.",
    "She lives in London SW1A 2AA.",
    "Version 10.5.2 is out.",
    "It starts at 1430 hrs and ends at 16:30 hrs.",
    "The BA.2 and XBB.1.5 variants spread.",
    "The firm backs one China policies and took 911 calls.",
    "Executive Order (E.O.) 14024 froze it.",
    "They lost both sets (6-5, 3-4).",
    "for many years.12 He left",
    "See https://example.org/2016/11?id=17 there.",
    "They won 6-4, 6-3.",
    "The bill passed on a 52-48 vote.",
    "It is one of the priorities.",
    "No one came, and one of them said so.",
    "Nobody knew which one it was.",
    "He seconded the motion and waited a second.",
    "One day it will come.",
    "1. Opening\n2. Reports",
    "At first he laughed.",
    "under section 123 of the law",
    "I didn’t buy a litre.",
    "The tweet-id=\"783491630540001280\" is gone.",
    "at half-time they rested",
    "USA Today said so.",
    "She lives at 49 Zorro Ranch Road.",
    "they met at 7:15 p.m.",
    "the First Lady spoke",
    "into 3d graphics",
    "The span between piers 8 and 9 sagged.",
    "We wondered where one sleeps.",
    "Repairing one takes skill.",
    "It was a delay of one kind or another.",
    "On the one hand it rained.",
    "The S&P 500 and the sp 500 fell.",
]


@pytest.mark.parametrize("text", NEVER)
def test_numbers_that_are_no_figures(text: str) -> None:
    assert figures_in(text, date="2016-11-23") == []


READ = pytest.mark.xfail(reason="the reader points to another noun or time, or to none")

OF = [
    ("the growth of investments of the member states, which in 2016 exceeded $ 40 billion",
     "$ 40 billion", "growth of investments of the member states"),
    ("More than 70 percent of public services are online.", "70 percent", "public services"),
    ("Group revenue increased by 6.8% to £842.3m.", "£842.3m", "Group revenue"),
    ("It took a £9.4 million write-down of the range.", "£9.4 million", "write-down of the range"),
    ("Coverage with two doses had risen from 71 per cent to 88 per cent.", "88 per cent", "Coverage"),
    ("It estimated the cost of the plan at US$ 47.5 million.", "US$ 47.5 million", "cost of the plan"),
    ("The company's budget had been cut by two-thirds.", "two-thirds", "budget"),
    ("He bought the building, which was appraised at $1.15 million.", "$1.15 million", "building"),
    ("A 5 percent rise in exports was seen.", "5 percent", "exports"),
    pytest.param("In the budget 12 billion tenge was allocated for data centres.", "12 billion tenge", "data centres", marks=READ),
    ("It has $48 billion in assets.", "$48 billion", "assets"),
    ("It owed $27.5bn (£14.5bn) in unpaid taxes.", "$27.5bn", "unpaid taxes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "of"), OF, ids=[getattr(row, "values", row)[1] for row in OF])
def test_what_a_figure_is_of(text: str, span: str, of: str) -> None:
    found = next(f for f in figures_in(text) if f.text == span)
    assert (found.of or "").removeprefix("company's ") == of


OF_READ = [
    ("Roe leads Lee by 49 percent to 47 percent.", "49 percent", "Roe"),
    ("They vowed to cut carbon emissions 80 percent by 2050.", "80 percent", "carbon emissions"),
    ("It sells $5 worth of goods a day.", "$5", "goods"),
    pytest.param("Donations have passed the $1 billion mark.", "$1 billion", "Donations", marks=READ),
    ("She would leave it at 35 percent.", "35 percent", None),
    ("They called for reducing the tax rate to 28 percent.", "28 percent", "tax rate"),
    ("She means to sell the barley for at least $50 a ton.", "$50", "barley"),
    ("The firm booked a net loss of over $9 million.", "$9 million", "net loss"),
    ("They set duties, ranging from 4 percent to 20 percent.", "4 percent to 20 percent",
     "duties"),
    ("Its margin of error is +/- 4 percent.", "4 percent", "margin of error"),
    ("His net worth fell to about $1 billion.", "$1 billion", "net worth"),
    ("It had a loss of $9 million, or 27 cents a share.", "27 cents", "loss"),
    ("It brought $2 million in regional taxes.", "$2 million", "regional taxes"),
    ("It stands 10 miles northwest of the town.", "10 miles", None),
    ("WS: About 1.1 tonnes in a good year.", "1.1 tonnes", None),
    ("The feud between the two turned sour.", "two", None),
    ("The Ombudsman puts the total bill at up to £8 million.", "£8 million", "total bill"),
    ("The Ombudsman says \"up to £8 million\".", "£8 million", None),
    ("The Agency estimates about £8 million.", "£8 million", None),
    ("The budget was estimated at £8 million.", "£8 million", "budget"),
    ("The league has counted 4,700.", "4,700", None),
    ("a tunnel that the mayor says will cost £8 million", "£8 million", "tunnel"),
    ("The council has set aside £8 million.", "£8 million", None),
    ("The council set aside £8 million for flood walls.", "£8 million", "flood walls"),
    ("The depot was sold for £8 million.", "£8 million", "depot"),
    ("The bill is £8 million, of which owners will bear a half of it.", "£8 million", "bill"),
    ("The fee is £900, of which £300 is due now.", "£300", "fee"),
    ("The insurer pays 70 per cent of that bill.", "70 per cent", "bill"),
    ("Brokers cut their target price from £41 to £24.", "£41", "target price"),
    ("Brokers cut their target price from £41 to £24.", "£24", "target price"),
    ("It will raise the base rate by 25 basis points to 3.5 per cent.", "3.5 per cent",
     "base rate"),
    ("Its stock fell, bringing the loss to 31 per cent, or about £7 million.", "£7 million",
     "loss"),
    ("Online made 38% of profits, down four percentage points.", "four percentage points",
     "profits"),
    ("The margin of safety, 9 per cent, was too thin.", "9 per cent", "margin of safety"),
    ("We pay £40 for rye and £70 for oats.", "£70", "oats"),
    ("He told investors fuel costs would be £8 million.", "£8 million", "fuel costs"),
    ("The firm's IT budget had been cut by two-thirds.", "two-thirds", "firm's IT budget"),
    ("US exports fell by 5 per cent.", "5 per cent", "US exports"),
    ("The WHO budget rose to $5 million.", "$5 million", "WHO budget"),
    ("It fell by 5 per cent.", "5 per cent", None),
    ("The deal saves us 5 per cent.", "5 per cent", "deal"),
    ("They lost a fifth of their harvest.", "a fifth", "harvest"),
    ("Pay starts at £1,900 a month.", "£1,900", "Pay"),
    ("The plan covers the 9 km crossing.", "9 km", "crossing"),
    ("Same-store sales grew by 2.4%.", "2.4%", "Same-store sales"),
    ("It is an all-cash deal valued at £8 million.", "£8 million", "all-cash deal"),
    ("The sick rate fell from 5.2 to 3.9 per 1,000 days worked.", "3.9", "sick rate"),
    ("It brought $2 million in local and regional revenue.", "$2 million",
     "local and regional revenue"),
    ("It brought $5 million in city and county taxes.", "$5 million", "city and county taxes"),
    ("It had $3 million in lost sales.", "$3 million", "lost sales"),
    ("They got $5 million in fines and lost their licence.", "$5 million", "fines"),
    ("Sixty percent of men and women agreed.", "Sixty percent", "men and women"),
    ("Oil and gas prices rose 5 percent.", "5 percent", "Oil and gas prices"),
    ("He cut jobs and prices rose 5 percent.", "5 percent", "prices"),
    ("The jobless rate is high. It declined from 8 percent.", "8 percent", "jobless rate"),
    ("It had a tax rise of $78,000.", "$78,000", "tax rise"),
    ("It had an after-tax gain of $78,000 in the quarter.", "$78,000", "after-tax gain"),
    ("The budget deficit will not exceed 3 percent of GDP.", "3 percent", "budget deficit"),
    ("About 12% of the population needs aid.", "12%", "population"),
    ("There was a year-on-year drop of 21 percent in sales.", "21 percent", "sales"),
    ("Rich lands - such as Ulm and Bonn - will grow 1.6 percent.", "1.6 percent", "Rich lands"),
    ("Experts agree the top 1 percent would gain most.", "1 percent", None),
    ("The necklace priced at $60 is sold.", "$60", "necklace"),
    ("The plan would cap the tax value of loans and gifts at 28 percent.", "28 percent",
     "tax value of loans and gifts"),
    ("Roe announced plans to give $15 million to them.", "$15 million", None),
    ("It has 25 percent of inmates, 40 percent of whom are old.", "40 percent", "inmates"),
    ("Its margin of error is plus or minus 4 percent.", "4 percent",
     "margin of error"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "span", "of"), OF_READ)
def test_what_figures_of_news_are_of(text: str, span: str, of: str | None) -> None:
    assert next(f for f in figures_in(text) if f.text == span).of == of


WHEN = [
    ("He was fined on Tuesday for a scheme in which 5,000 accounts were opened.", "5,000", None),
    ("Emissions will fall 80 per cent from 2005 levels by 2050.", "80 per cent", "2050"),
    pytest.param("Tax returns from 1995 that show a loss of $9 million", "$9 million", "1995", marks=READ),
    ("Exports, which in 2016 exceeded $ 40 billion, grew.", "$ 40 billion", "2016"),
    ("It rose from 71 per cent in 2012 to 88 per cent in 2017.", "71 per cent", "2012"),
    ("It rose from 71 per cent in 2012 to 88 per cent in 2017.", "88 per cent", "2017"),
    ("In May 2016 sales were $5m.", "$5m", "2016-05"),
    ("He said on 3 May 2016 that sales were $5m.", "$5m", None),
    ("He said on 3 May 2016 that sales were $5m.", "$5m", None),
    ("The dam will cost $5m at 2016 prices.", "$5m", None),
    ("In 2016 dollars, the dam cost $5m.", "$5m", None),
    ("Prices reached $5m in 2016.", "$5m", "2016"),
    ("The dam will cost $5m and will be opened in the spring of 2027.", "$5m", None),
    ("$5m of costs are due to frost, which nobody foresaw in 2016.", "$5m", None),
    ("Founded in 1931, the firm employs 900 people.", "900", None),
    ("In 1931, the firm employed 900 people.", "900", "1931"),
    ("Orders rise to €7 billion (2021: €5 billion).", "€5 billion", "2021"),
    ("Orders rose to €7 billion (2021).", "€7 billion", "2021"),
    ("The firm’s loss grows to €8 billion (2019: €6 billion).", "€8 billion", None),
    ("Some 40 percent voted, down from 55 percent in 2012.", "40 percent", None),
    ("Some 40 percent voted, down from 55 percent in 2012.", "55 percent", "2012"),
    ("Sales were 5 per cent higher than in 2015.", "5 per cent", None),
    ("Sales were 5 per cent higher in 2015.", "5 per cent", "2015"),
    ("A 2014 study found 31 cases.", "31", None),
    ("A 2014 survey found 31 cases.", "31", "2014"),
]


@pytest.mark.parametrize(("text", "span", "when"), WHEN)
def test_the_time_a_figure_holds_for(text: str, span: str, when: str | None) -> None:
    assert next(f for f in figures_in(text) if f.text == span).when == when


def test_a_row_of_a_table_measures_nothing() -> None:
    found = figures_in("In 2016 exports were 5 6 7 8 loads.")
    assert [(f.value, f.of, f.when) for f in found[2:4]] == [(6, None, None), (7, None, None)]
    assert found[-1].unit == "loads"


def test_the_table_has_the_columns_of_the_contract_even_when_empty() -> None:
    columns = "doc start end paragraph text kind value low high unit modifier of timex per when speaker rule"
    for text in ("Nothing here.", "It rose 5 per cent."):
        table = find_figures(pd.DataFrame({"text": [text]}), quotes=NO_QUOTES)
        assert " ".join(table.columns) == columns


def test_a_figure_in_a_quote_has_its_speaker() -> None:
    text = "“It grew by 5 per cent,” she said, in 7 towns."
    quotes = pd.DataFrame(
        {"doc": [0], "spans": [[(1, text.index("cent,") + 5)]], "speaker": ["Ann Lee"]}
    )
    table = find_figures(pd.DataFrame({"text": [text]}), quotes=quotes)
    assert table["speaker"].tolist() == ["Ann Lee", None]


def test_rows_do_not_depend_on_the_other_documents() -> None:
    texts = ["It paid 5 million dollars in 2016.", "All are Canadian dollars: 3 dollars."]
    both = find_figures(pd.DataFrame({"text": texts}, index=["a", "b"]), quotes=NO_QUOTES)
    one = find_figures(pd.DataFrame({"text": texts[:1]}, index=["a"]), quotes=NO_QUOTES)
    pd.testing.assert_frame_equal(both[both["doc"] == "a"].reset_index(drop=True), one)


PIECES = st.sampled_from(
    ["$", "5", "1,000", " ", "%", "May", "2016", "-", "–", "to", "and", "one", "third", "billion",
     ".", "(", ")", "“", "”", "\n\n", "Rs", "€", "first", "quarter", "last", "year", "ago", "a",
     "km", "/", "'", "half", "of", "the", "from", "between", "Friday", "½", "1990s", "XX", "per",
     "cent", "two", "hundred", "said", "’s", "No.", ":", "\u00a0", "é"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=40).map(" ".join),
                 st.lists(PIECES, max_size=40).map("".join)))  # fmt: skip
def test_any_text_gives_sound_figures(text: str) -> None:
    end = 0
    for f in figures_in(text, date="2016-05-05"):
        assert text[f.start : f.end] == f.text != ""
        assert f.start >= end
        end = f.end
        assert (f.value is None) or (f.low is None and f.high is None)
