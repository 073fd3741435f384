"""Figures in another currency or unit: by rates that the user gives, and by Pint."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from ..documents import KitError
from ..text.wording import known, listed
from .lexicon import currencies, read_toml, units

if TYPE_CHECKING:
    import pint

__all__ = ["convert"]

AMOUNTS = ["value", "low", "high"]
MEASURED = {"quantity", "percent", "number", "count", "duration"}
BY_COUNT = {"fraction"}  # the only unit of a count that is no noun: "3 cups" are counted things
Rates = Mapping[str | tuple[str, str], float]
Change = Callable[[float], float]


def convert(figures: pd.DataFrame, to: str = "USD", *, rates: Rates | None = None) -> pd.DataFrame:
    """The figures table with what can be converted given in one currency or unit.

    Money needs `rates`: the kit knows none, and reads none off the text.  A rate may hold for a
    time: of `{"EUR": 1.08, ("EUR", "2016"): 1.11}` a figure whose `when` is 2016, 2016-Q3 or
    2016-05-09 takes the second, all others the first; the narrowest time that holds the figure's
    wins, and a `when` that runs over two years takes the rate without a time.  Units of
    measurement (miles, °F, kWh, barrels a day) need no rates.  Both ends of a range are converted,
    nothing is averaged, and `text`, `modifier` and `timex` stay as the document has them.

    Does not tell differences of temperature from temperatures: "2 °C warmer" is left for you.
    "Tons" count as the tonnes that the table says they are, barrels as barrels of oil.

    figures : the table of `find_figures`.
    to : an ISO 4217 code, a unit as the table writes it or in words ("km", "miles", "kWh"), or
        one that Pint knows ("furlong/day").
    rates : how many units of `to` one unit of each other currency buys, in all or at a time.

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
    money = to in currencies() or any(to == _parts(key)[0] for key in rates or {})
    symbol = to if money else _symbol(to)
    changes = _by_rates(figures, to, rates or {}) if money else _by_units(figures, symbol)
    out = figures.copy()
    for name in [*AMOUNTS, "unit"]:
        out[name] = out[name].astype("object" if name == "unit" else "float64")
        if f"original_{name}" not in out:
            out[f"original_{name}"] = out[name]
    cells = {name: out[name].tolist() for name in [*AMOUNTS, "unit"]}
    size = len(out)
    cells["converted"] = list(out["converted"]) if "converted" in out else [False] * size
    cells["rate"] = list(out["rate"]) if "rate" in out else [float("nan")] * size
    for row, change in changes.items():
        for name in AMOUNTS:
            cells[name][row] = _digits(change(cells[name][row]))
        # how many new units one old one is; none where zero is not zero (temperatures)
        factor = _digits(change(1.0)) if change(0.0) == 0 else float("nan")
        before = cells["rate"][row]
        cells["rate"][row] = factor * before if known(before) else factor
        cells["unit"][row], cells["converted"][row] = symbol, True
    out = out.assign(**cells)
    left = out.loc[(out["kind"] == "money") & (out["unit"] != to), "unit"] if money else []
    out.attrs["unconverted"] = sorted({str(unit) for unit in left if known(unit)})
    return out


def _by_rates(figures: pd.DataFrame, to: str, rates: Rates) -> dict[int, Change]:
    """For each row of money that has a rate, by position, what makes `to` of its amount."""
    fits = {k: isinstance(v, int | float) and 0 < v < float("inf") for k, v in rates.items()}
    bad = [str(key) for key, right in fits.items() if not right]
    if bad:
        raise KitError(f"rates must be positive numbers — look at {listed(bad)}")
    table = {_parts(key): float(rate) for key, rate in rates.items()} | {(to, ""): 1.0}
    found: dict[int, Change] = {}
    missing: set[str] = set()
    for row, (kind, unit, when) in enumerate(_columns(figures, "kind", "unit", "when")):
        if kind != "money" or not known(unit):
            continue
        rate = _rate(table, str(unit), str(when) if known(when) else "")
        if rate is None:
            missing.add(f"{unit} ({when})" if known(when) else str(unit))
        else:
            found[row] = lambda value, rate=rate: value * rate
    if missing and not any(figures["unit"].iat[row] != to for row in found):
        first = sorted(missing)[0][:3]
        raise KitError(
            f"no rates to {to} for {listed(sorted(missing)[:12])} — give how many {to} one unit of "
            f"each buys, such as rates={{{first!r}: 1.25}}, or for one time "
            f"{{({first!r}, '2016'): 1.25}}"
        )
    return found


def _columns(figures: pd.DataFrame, *names: str) -> Iterable[tuple]:
    return zip(*(figures[name] for name in names), strict=True)


def _parts(key: str | tuple[str, str]) -> tuple[str, str]:
    """A key of the rates as currency and time, "" for all times."""
    return (key, "") if isinstance(key, str) else (str(key[0]), str(key[1]))


def _rate(table: Mapping[tuple[str, str], float], unit: str, when: str) -> float | None:
    """The rate for the narrowest time that holds `when`: 2016-05-09, 2016-05, 2016-Q2, 2016."""
    year, *rest = when.split("-") if "/" not in when else [""]
    month = rest[0] if rest and rest[0].isdigit() else ""
    quarter = f"{year}-Q{(int(month) + 2) // 3}" if month else year
    times = [when, f"{year}-{month}", quarter, year, ""]
    return next((table[unit, time] for time in times if (unit, time) in table), None)


def _by_units(figures: pd.DataFrame, to: str) -> dict[int, Change]:
    """For each row of the kind of quantity that `to` measures, what makes `to` of its amount."""
    target, group = _measures(to)
    changes: dict[str, Change] = {}
    for unit in {str(unit) for unit in figures["unit"] if known(unit)} & set(_conversions()):
        own, its_group = _conversions()[unit]
        source = _registry().Quantity(own)
        if its_group == group or group is None and source.is_compatible_with(target):
            changes[unit] = _change(source, target)
    return {
        row: changes[unit]
        for row, (kind, unit) in enumerate(_columns(figures, "kind", "unit"))
        if kind in MEASURED and unit in changes and (kind != "count" or unit in BY_COUNT)
    }


def _change(source: pint.Quantity, target: pint.Quantity) -> Change:
    if source.units == target.units and source.magnitude == target.magnitude:
        return lambda value: value
    make = _registry().Quantity
    return lambda value: (
        make(value * source.magnitude, source.units).to(target.units).magnitude / target.magnitude
    )


def _symbol(name: str) -> str:
    """The table's own symbol of a unit given by its symbol, its short form or its name."""
    names = [name, units().short.get(name), units().words.get(name.lower()), name.removesuffix("s")]
    return next((found for found in names if found in _conversions()), name)


def _measures(to: str) -> tuple[pint.Quantity, str | None]:
    """One of a unit for Pint, and the group of units that it belongs to (None: any of its size)."""
    expression, group = _conversions().get(to, (to, None))
    try:
        found = _registry().Quantity(expression)
        if group is None and found.dimensionless:
            raise ValueError(to)
    except Exception as problem:  # Pint raises whatever its parser met: a token, a syntax error
        raise KitError(
            f"no currency or unit {to!r} that figures can be converted to — give an ISO 4217 code "
            "such as 'EUR', or a unit such as 'km', 'kWh', '°C' or 'barrels/day'"
        ) from problem
    return found, group


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
