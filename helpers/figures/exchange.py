"""Figures in another currency or unit: by rates that the user gives, and by Pint."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from ..documents import KitError
from ..text.wording import known, listed
from .rules import affixes, read_toml

if TYPE_CHECKING:
    import pint

AMOUNTS = ["value", "low", "high"]
MEASURED = {"quantity", "percent", "number", "duration"}  # "3 cups" are counted things
Lines = dict[str, tuple[float, float]]  # unit -> factor and shift of its amounts


def convert(
    figures: pd.DataFrame, to: str = "USD", *, rates: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """The figures table with what can be converted given in one currency or unit.

    Money needs `rates`: the kit knows none, and reads none off the text.  Units of measurement
    (miles, °F, kWh) need none.  Both ends of a range are converted, nothing is averaged, and
    `text`, `modifier`, `per` and `timex` stay as the document has them.

    Does not tell differences of temperature from temperatures: "2 °C warmer" is left for you.

    figures : the table of `find_figures`.
    to : an ISO 4217 code, or a unit as the table writes it or in words ("km", "miles", "kWh").
    rates : how many units of `to` one unit of each other currency buys, by ISO 4217 code.

    Returns the table with `value`, `low`, `high` and `unit` changed where that could be done, and
    converted (True for the rows in `to`), rate (how many units of `to` the old unit was worth;
    missing for temperatures), original_value, original_low, original_high, original_unit.  Other
    rows stay as they are; `attrs["unconverted"]` names the currencies left.
    Raises KitError for a unit that nobody knows, for rates that are no positive numbers, and when
    not one of the rates that are needed was given.

    >>> from helpers.figures.table import find_figures
    >>> table = find_figures(pd.DataFrame({"text": ["It paid 10 to 20 euros for 5 miles."]}))
    >>> convert(table, rates={"EUR": 1.1})[["low", "high", "unit"]].values.tolist()[0]
    [11.0, 22.0, 'USD']
    >>> convert(table, "km")[["value", "unit", "converted"]].values.tolist()[1]
    [8.04672, 'km', True]
    """
    if not isinstance(to, str) or not to.strip():
        raise KitError(f"to={to!r:.40} is no currency or unit — give one, as 'USD' or 'km'")
    money = to in read_toml("currencies") or to in (rates or {})
    symbol = to if money else _symbol(to)
    named = figures.loc[figures["kind"].eq("money") if money else slice(None), "unit"].dropna()
    units = set(named.astype(str))
    lines = _by_rates(units, to, rates or {}) if money else _by_units(units, symbol)
    old = {f"original_{name}": figures[name] for name in [*AMOUNTS, "unit"]}
    out = figures.assign(**{name: cells for name, cells in old.items() if name not in figures})
    unit = figures["unit"]
    kinds = figures["kind"].eq("money") if money else figures["kind"].isin(MEASURED)
    fits = unit.isin(lines) & (kinds | unit.eq("fraction"))
    factor, shift = (unit.map({name: ends[n] for name, ends in lines.items()}) for n in (0, 1))
    for name in AMOUNTS:
        out[name] = out[name].astype("float64").where(~fits, _digits(out[name] * factor + shift))
    out["unit"] = unit.astype("object").where(~fits, symbol)
    before = out["rate"] if "rate" in out else pd.Series(float("nan"), out.index)
    rate = _digits(before.fillna(1.0) * factor).where(shift == 0)  # none of temperatures
    out["rate"] = before.where(~fits, rate).astype("float64")
    out["converted"] = fits | out.get("converted", False)
    left = out.loc[(out["kind"] == "money") & (out["unit"] != to), "unit"] if money else []
    out.attrs["unconverted"] = sorted({str(unit) for unit in left if known(unit)})
    return out


def _by_rates(units: set[str], to: str, rates: Mapping[str, float]) -> Lines:
    """What makes `to` of an amount in each currency that has a rate."""
    fits = {k: isinstance(v, int | float) and 0 < v < float("inf") for k, v in rates.items()}
    if bad := [str(key) for key, right in fits.items() if not right]:
        raise KitError(f"rates must be positive numbers — look at {listed(bad)}")
    table = {**rates, to: 1.0}
    missing = sorted(units - set(table))
    if missing and not units & set(rates) - {to}:
        raise KitError(
            f"no rates to {to} for {listed(missing[:12])} — give how many {to} one unit of each "
            f"buys, such as rates={{{missing[0]!r}: 1.25}}"
        )
    return {unit: (float(table[unit]), 0.0) for unit in units & set(table)}


def _by_units(found: set[str], to: str) -> Lines:
    """What makes `to` of an amount in each unit of the quantity that `to` measures."""
    units = _conversions()
    if to not in units:
        raise KitError(
            f"no currency or unit {to!r} that figures can be converted to — give an ISO 4217 code "
            "such as 'EUR', or a unit such as 'km', 'kWh' or '°C'"
        )
    target, group = units[to]
    lines: Lines = {}
    for unit in (name for name in found & set(units) if units[name][1] == group):
        source, build = units[unit][0], units[unit][0].__class__
        ends = (build(n * source.magnitude, source.units).to(target.units) for n in (0.0, 1.0))
        zero, one = (end.magnitude for end in ends)
        lines[unit] = ((one - zero) / target.magnitude, zero / target.magnitude)
    return lines


def _symbol(name: str) -> str:
    """The table's own symbol of a unit given by its symbol, its short form or its name."""
    named = (affixes().signs.get(name), affixes().words.get(name.lower()))
    names = [name, *(found.unit for found in named if found), name.removesuffix("s")]
    return next((found for found in names if found in _conversions()), name)


@cache
def _conversions() -> dict[str, tuple[pint.Quantity, str]]:
    """{symbol: (its size for Pint, the quantity it measures)}."""
    import pint  # takes a third of a second, for which nobody else should have to wait

    size, tables = pint.UnitRegistry().Quantity, read_toml("conversions").items()
    return {
        symbol: (size(rule), group) for group, table in tables for symbol, rule in table.items()
    }


def _digits(values: pd.Series) -> pd.Series:
    """Results without the noise of binary fractions: twelve digits."""
    return values.astype("float64").map("{:.12g}".format).astype("float64")
