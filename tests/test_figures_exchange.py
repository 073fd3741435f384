"""Converting figures: money with the user's own rates, units through Pint."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError, convert, find_figures
from helpers.figures.rules import unit_rows

NO_QUOTES = pd.DataFrame(columns=["doc", "spans", "speaker"])
TEXT = "It paid €10 and between $3 and $4, then £5, and rose 7 per cent."


def table(text: str = TEXT) -> pd.DataFrame:
    return find_figures(pd.DataFrame({"text": [text]}), quotes=NO_QUOTES)


def figure(unit: str, *, kind: str = "quantity", value: float = 1.0, when: str | None = None
           ) -> pd.DataFrame:
    return pd.DataFrame({"kind": [kind], "unit": [unit], "value": [value], "low": [None],
                         "high": [None], "when": [when]})


def test_money_is_converted_by_the_given_rates_only() -> None:
    got = convert(table(), to="USD", rates={"EUR": 1.1})
    assert got["unit"].tolist() == ["USD", "USD", "GBP", "%"]
    assert got["value"].tolist()[0] == pytest.approx(11)
    assert (got["low"][1], got["high"][1]) == (3, 4)
    assert got["converted"].tolist() == [True, True, False, False]
    assert got["rate"].tolist()[:2] == [1.1, 1.0]
    assert (got["original_value"][0], got["original_unit"][0]) == (10, "EUR")
    assert got.attrs["unconverted"] == ["GBP"]


def test_the_given_table_is_not_changed() -> None:
    before = table()
    convert(before, to="EUR", rates={"USD": 0.9})
    pd.testing.assert_frame_equal(before, table())


@pytest.mark.parametrize(("rates", "words"), [
    ({"GBP": 0}, "GBP"), ({"GBP": -1}, "GBP"), ({"GBP": float("nan")}, "GBP"),
    ({"GBP": "1.2"}, "GBP"), (None, "no rates to USD for EUR and GBP"),
    ({"CAD": 0.8}, "EUR and GBP")])
def test_missing_and_impossible_rates_are_named(rates, words) -> None:
    with pytest.raises(KitError, match=words):
        convert(table(TEXT.replace("between $3 and $4", "nothing")), rates=rates)


def test_without_foreign_money_no_rate_is_needed() -> None:
    assert convert(table("It paid $3."))["converted"].tolist() == [True]
    assert len(convert(table("Nothing."))) == 0


UNITS = [
    ("10 to 12 miles", "km", (16.09344, 19.312128)), ("100 °F", "°C", (37.7777777778,)),
    ("60 mph", "km/h", (96.56064,)), ("3 kWh", "MJ", (10.8,)), ("5 acres", "hectares", (2.02343630494,)),
    ("1.2 million barrels a day", "litre", (190784753.914,)), ("4 hours", "minutes", (240,)),
    ("25 basis points", "pp", (0.25,)),
    ("2 tonnes of CO2 equivalent", "Mt CO2e", (2e-6,)), ("2bcm", "m³", (2e9,)),
    ("40 Mbps", "MB/s", (5,)), ("3 light-years", "km", (2.83821914177e13,)), ("-40 °C", "°F", (-40,)),
]


@pytest.mark.parametrize(("text", "to", "expected"), UNITS, ids=[row[0] for row in UNITS])
def test_units_are_converted(text, to, expected) -> None:
    got = convert(table(f"It measured {text}."), to)
    row = got[got["converted"]].iloc[0]
    ends = (row["low"], row["high"]) if len(expected) == 2 else (row["value"],)
    assert ends == pytest.approx(expected)


@pytest.mark.parametrize(("unit", "to", "kind"), [
    ("t", "t CO2e", "quantity"), ("kWp", "kW", "quantity"), ("degree", "%", "quantity"),
    ("newton metre", "kWh", "quantity"), ("TEU", "t", "quantity"), ("boe", "barrel", "quantity"),
    ("cup", "l", "count"), ("stone", "kg", "count"), ("%", "pp", "percent"), ("USD", "km", "money"),
    ("km", "kg", "quantity"), ("sievert", "J", "quantity"), 
    ("month", "day", "duration"), (None, "km", "number"), ("votes", "%", "count")])
def test_what_is_no_such_quantity_stays(unit, to, kind) -> None:
    got = convert(figure(unit, kind=kind), to)
    assert not got["converted"][0] and got["value"][0] == 1 and got["unit"][0] == unit


@pytest.mark.parametrize("to", ["xyz", "", " ", None, 5, "dimensionless", "kg kg(", "__import__('os')", "5"])
def test_unknown_units_are_refused(to) -> None:
    with pytest.raises(KitError, match="no currency or unit"):
        convert(figure("km"), to)


def test_what_was_converted_can_be_converted_on() -> None:
    dollars = convert(pd.concat([figure("EUR", kind="money", value=10), figure("mi")],
                                ignore_index=True), rates={"EUR": 1.1})
    got = convert(convert(dollars, "km"), "GBP", rates={"USD": 0.8})
    assert got["unit"].tolist() == ["GBP", "km"] and got["converted"].tolist() == [True, True]
    assert got["value"].tolist() == pytest.approx([8.8, 1.609344])
    assert got["original_unit"].tolist() == ["EUR", "mi"] and got["rate"][0] == pytest.approx(0.88)


def test_every_unit_for_pint_is_one_of_the_kit_and_one_quantity_a_table() -> None:
    known = set(unit_rows()) | {"fraction", "%", "pp", "bp", "second", "minute", "hour", "day", "week"}
    tables = tomllib.loads(files("helpers").joinpath("data/conversions.toml").read_text("utf-8"))
    assert {symbol for symbols in tables.values() for symbol in symbols} <= known
    for symbols in tables.values():
        first = next(iter(symbols))
        for symbol in symbols:
            assert convert(figure(symbol), first)["unit"][0] == first


@given(st.sampled_from(["°C", "mi", "kWh", "EUR", "%", "x"]), st.floats(-1e9, 1e9),
       st.sampled_from(["°F", "km", "J", "EUR"]))
@settings(max_examples=50, deadline=None)
def test_there_and_back_is_the_same(unit, value, to) -> None:
    kind = "money" if unit == "EUR" else "quantity"
    there = convert(figure(unit, kind=kind, value=value), to)
    if there["converted"][0] and kind == "quantity":
        assert convert(there, unit)["value"][0] == pytest.approx(value, rel=1e-9, abs=1e-6)
    else:
        assert there["value"][0] == pytest.approx(value)
