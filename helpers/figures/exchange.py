"""Money in one currency, with the rates that the user gives and no others."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

__all__ = ["convert"]

_VALUES = ["value", "low", "high"]


def convert(figures: pd.DataFrame, *, to: str, rates: Mapping[str, float]) -> pd.DataFrame:
    """The figures table with its money in one currency, by the given rates.

    Rows in a currency without a rate stay as they are; their codes are in
    `attrs["unconverted"]`. Does not know rates of its own, does not follow dates and does not touch
    other units.

    Parameters: `to`, an ISO 4217 code; `rates`, how many units of `to` one unit of each other
    currency buys (`{"EUR": 1.08}` for `to="USD"`). Raises ValueError for a rate that is not
    positive.

    >>> table = pd.DataFrame({"kind": ["money"], "unit": ["EUR"], "value": [10.0], "low": [None],
    ...                       "high": [None]})
    >>> convert(table, to="USD", rates={"EUR": 1.1})["value"].tolist()
    [11.0]
    """
    bad = sorted(code for code, rate in rates.items() if not rate > 0)
    if bad:
        raise ValueError(f"rates must be positive numbers; look at {', '.join(bad)}")
    known = {**rates, to: 1.0}
    out = figures.copy()
    money = (out["kind"] == "money").to_numpy(dtype=bool)
    rated = money & out["unit"].isin(list(known)).to_numpy(dtype=bool)
    factors = out.loc[rated, "unit"].map(known).astype("float64")
    for column in _VALUES:
        out[column] = out[column].astype("float64")
        out.loc[rated, column] = (out.loc[rated, column] * factors).round(10)
    out.loc[rated, "unit"] = to
    out.attrs["unconverted"] = sorted(set(out.loc[money & ~rated, "unit"].dropna()))
    return out
