"""The figures of the seed article, all eight and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.figures import figures_in

SEED = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))

GOLD = [
    ("November 23", "date", None, None, "{}-11-23"),
    ("Second", "ordinal", 2, "Ministerial Conference", None),
    ("first", "ordinal", 1, "day", None),
    ("2016", "date", None, None, "2016"),
    ("$ 40 billion", "money", 40e9, "USD", None),
    ("second", "ordinal", 2, "conference", None),
    ("21 to 24 November", "date", None, None, "{}-11-21/{}-11-24"),
    ("2030", "date", None, None, "2030"),
]


@pytest.mark.parametrize(("date", "year"), [(None, "XXXX"), ("2017-11-23", "2017")])
def test_the_seed_has_these_eight_figures(date: str | None, year: str) -> None:
    found = figures_in(SEED.read_text(encoding="utf-8"), date=date)
    assert [(f.text, f.kind, f.value, f.unit, f.timex) for f in found] == [
        (text, kind, value, unit, timex and timex.format(year, year))
        for text, kind, value, unit, timex in GOLD
    ]
    money, until = found[4], found[7]
    assert (money.modifier, money.when) == ("over", "2016")
    assert money.of == "mutual accumulated investments of the SCO member states"
    assert until.modifier == "until"
