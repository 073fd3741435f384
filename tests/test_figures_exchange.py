"""Converting money with the user's own rates."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.figures import convert, find_figures

NO_QUOTES = pd.DataFrame(columns=["doc", "spans", "speaker"])


def table() -> pd.DataFrame:
    text = "It paid €10 and between $3 and $4, then £5, and rose 7 per cent."
    return find_figures(pd.DataFrame({"text": [text]}), quotes=NO_QUOTES)


def test_money_is_converted_by_the_given_rates_only() -> None:
    got = convert(table(), to="USD", rates={"EUR": 1.1})
    assert got["unit"].tolist() == ["USD", "USD", "GBP", "%"]
    assert got["value"].tolist()[0] == pytest.approx(11)
    assert (got["low"][1], got["high"][1]) == (3, 4)
    assert got.attrs["unconverted"] == ["GBP"]


def test_the_given_table_is_not_changed() -> None:
    before = table()
    convert(before, to="EUR", rates={"USD": 0.9})
    pd.testing.assert_frame_equal(before, table())


def test_a_rate_must_be_positive() -> None:
    with pytest.raises(ValueError, match="GBP"):
        convert(table(), to="USD", rates={"GBP": 0})
