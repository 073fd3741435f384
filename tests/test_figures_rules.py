"""The rules that stand as rows: each reads its own example, and each figure names its row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers.figures import figures_in
from helpers.figures.rules import read_toml

DAY = "2016-11-17"
EXAMPLES = [
    (name, row["example"]) for name, row in read_toml("date_rules").items() if "example" in row
]
TEXT = """In May 2016 Ann Roe, 46, paid $ 40 billion, €3 and five rupees for 38 km, up 5 per cent from a year
earlier. The second of nine islands lost a third of its 2,000 people in two hours; three times it was 6. The first
nine months of 2015 and the weeks after last Friday were wet. Half of them left. It cost 5 6 7 8."""


@pytest.mark.parametrize(("name", "example"), EXAMPLES, ids=[row[0] for row in EXAMPLES])
def test_every_rule_of_dates_reads_its_example(name: str, example: str) -> None:
    text, _, timex = example.rpartition(" = ")
    found = [(f.rule, f.timex) for f in figures_in(f"It was {text}.", date=DAY)]
    assert (f"date_rules.{name}", timex) in found


def test_every_rule_of_dates_has_an_example() -> None:
    assert len(EXAMPLES) == len(read_toml("date_rules")) - 1  # months in a range end as the range


LETTERS = sorted(sign for row in read_toml("currencies").values() for column in ("before", "tight")
                 for sign in row.get(column, []) if sign[-1].isalpha())


@pytest.mark.parametrize("sign", LETTERS)
@pytest.mark.parametrize("lead", ["", "It lent "])
def test_every_sign_in_letters_may_touch_its_number(sign: str, lead: str) -> None:
    rows = read_toml("currencies").items()
    code = next(c for c, row in rows if sign in row.get("before", []) + row.get("tight", []))
    (found,) = figures_in(f"{lead}{sign}45m to its own bank.")
    assert (found.text, found.value, found.unit) == (f"{sign}45m", 45e6, code)


@pytest.mark.parametrize("text", ["the Kr85 isotope", "Fr12", "form-Tk4", "xKSh45", "A320neo"])
def test_letters_that_touch_a_number_are_not_always_a_sign(text: str) -> None:
    assert not [f for f in figures_in(f"It was {text} again.") if f.kind == "money"]


def _row(table: dict, key: str) -> object:
    """The row of that dotted key, in a table or in one of its groups."""
    head, _, rest = key.partition(".")
    inner = [t[key] for t in table.values() if isinstance(t, dict) and key in t]
    if key in table or inner:
        return table.get(key) or inner[0]
    return _row(table[head], rest) if rest and head in table else None


def test_the_rule_of_a_figure_leads_to_one_row() -> None:
    seed = Path(__file__).parent.parent / "seeds"
    texts = [TEXT, *(p.read_text("utf-8") for p in sorted(seed.rglob("*.txt")))]
    for figure in (f for text in texts for f in figures_in(text, date=DAY)):
        file, _, key = figure.rule.partition(".")
        assert re.fullmatch("[a-z_]+", file) and _row(read_toml(file), key), figure
