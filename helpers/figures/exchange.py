"""Figures in another currency or unit: by rates that the user gives, and by Pint."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from ..documents import KitError
from ..text.wording import known, listed
from .lexicon import affixes, read_toml

if TYPE_CHECKING:
    import pint

AMOUNTS = ["value", "low", "high"]
MEASURED = {"quantity", "percent", "number", "duration"}  # "3 cups" are counted things
Changes = dict[int, tuple[float, float]]  # position of a row -> factor and shift of its amounts


def convert(
    figures: pd.DataFrame, to: str = "USD", *, rates: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """The figures table with what can be converted given in one currency or unit.

    Money needs `rates`: the kit knows none, and reads none off the text; figures of another time
    that need another rate are a table of their own.  Units of measurement (miles, °F, kWh) need no
    rates.  Both ends of a range are converted, nothing is averaged, and `text`, `modifier` and
    `timex` stay as the document has them.

    Does not tell differences of temperature from temperatures: "2 °C warmer" is left for you.
    "Tons" count as the tonnes that the table says they are, barrels as barrels of oil.  What a rate
    is for (`per`) stays.

    figures : the table of `find_figures`.
    to : an ISO 4217 code, a unit as the table writes it or in words ("km", "miles", "kWh"), or
        one that Pint knows ("furlong/day").
    rates : how many units of `to` one unit of each other currency buys, by ISO 4217 code.

    Returns the table with `value`, `low`, `high` and `unit` changed where that could be done, and
    converted (True for the rows that are now in `to`, those that were before too), rate (how many
    units of `to` the old unit was worth; missing for temperatures), original_value, original_low,
    original_high, original_unit.  Rows that cannot be converted stay as they are;
    `attrs["unconverted"]` names the currencies left.
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
    changes = _by_rates(figures, to, rates or {}) if money else _by_units(figures, symbol)
    rows, out = list(changes), figures.copy()
    for name in [*AMOUNTS, "unit"]:
        out[name] = out[name].astype("object" if name == "unit" else "float64")
        if f"original_{name}" not in out:
            out[f"original_{name}"] = out[name]
    blank = {"converted": False, "rate": float("nan")}
    out = out.assign(**{name: value for name, value in blank.items() if name not in out})
    for name in [*AMOUNTS, "rate"]:
        cells = out[name].to_numpy(copy=True)
        for row, (factor, shift) in changes.items():
            if name != "rate":
                cells[row] = _digits(cells[row] * factor + shift)
            else:  # how many new units one old one is; none where zero is not zero (temperatures)
                before = cells[row] if known(cells[row]) else 1.0
                cells[row] = _digits(before * factor) if shift == 0 else float("nan")
        out[name] = cells
    for name, value in (("unit", symbol), ("converted", True)):
        cells = out[name].to_numpy(copy=True)
        cells[rows] = value
        out[name] = cells
    left = out.loc[(out["kind"] == "money") & (out["unit"] != to), "unit"] if money else []
    out.attrs["unconverted"] = sorted({str(unit) for unit in left if known(unit)})
    return out


def _by_rates(figures: pd.DataFrame, to: str, rates: Mapping[str, float]) -> Changes:
    """What makes `to` of each amount of money that has a rate."""
    fits = {k: isinstance(v, int | float) and 0 < v < float("inf") for k, v in rates.items()}
    if bad := [str(key) for key, right in fits.items() if not right]:
        raise KitError(f"rates must be positive numbers — look at {listed(bad)}")
    table, money = {**rates, to: 1.0}, figures.reset_index(drop=True)
    money = money.loc[(money["kind"] == "money") & money["unit"].notna(), "unit"]
    found = {row: (float(table[unit]), 0.0) for row, unit in money.items() if unit in table}
    missing = sorted({str(unit) for unit in money if unit not in table})
    if missing and not any(money[row] != to for row in found):
        raise KitError(
            f"no rates to {to} for {listed(missing[:12])} — give how many {to} one unit of each "
            f"buys, such as rates={{{missing[0]!r}: 1.25}}"
        )
    return found


def _by_units(figures: pd.DataFrame, to: str) -> Changes:
    """What makes `to` of each amount of the quantity that `to` measures."""
    units = _conversions()
    expression, group = units.get(to, (to, None))
    try:
        target = _registry().Quantity(expression)
        if group is None and target.dimensionless:
            raise ValueError(to)
    except Exception as problem:  # Pint raises whatever its parser met: a token, a syntax error
        raise KitError(
            f"no currency or unit {to!r} that figures can be converted to — give an ISO 4217 code "
            "such as 'EUR', or a unit such as 'km', 'kWh' or '°C'"
        ) from problem
    lines: dict[str, tuple[float, float]] = {}
    for unit in {str(unit) for unit in figures["unit"] if known(unit)} & set(units):
        source = _registry().Quantity(units[unit][0])
        if units[unit][1] == group or group is None and source.is_compatible_with(target):
            zero, one = (
                _registry().Quantity(n * source.magnitude, source.units).to(target.units).magnitude
                for n in (0.0, 1.0)
            )
            lines[unit] = ((one - zero) / target.magnitude, zero / target.magnitude)
    cells = enumerate(zip(figures["kind"], figures["unit"], strict=True))
    return {
        row: lines[unit]
        for row, (kind, unit) in cells
        if unit in lines and (kind in MEASURED or unit == "fraction")
    }


def _symbol(name: str) -> str:
    """The table's own symbol of a unit given by its symbol, its short form or its name."""
    a = affixes()
    named = [found.unit for found in (a.signs.get(name), a.words.get(name.lower())) if found]
    names = [name, *named, name.removesuffix("s")]
    return next((found for found in names if found in _conversions()), name)


@cache
def _registry() -> pint.UnitRegistry:
    import pint  # takes a third of a second, for which nobody else should have to wait

    return pint.UnitRegistry()


@cache
def _conversions() -> dict[str, tuple[str, str]]:
    """{symbol: (Pint's expression, the quantity it measures)}."""
    tables = read_toml("conversions").items()
    return {symbol: (rule, group) for group, table in tables for symbol, rule in table.items()}


def _digits(value: float) -> float:
    """A result without the noise of binary fractions: twelve digits."""
    return float(f"{value:.12g}")
