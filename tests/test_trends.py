"""Themes by document and over time, and what sets some documents apart."""
from __future__ import annotations

from math import erfc, log, log2, sqrt

import numpy as np
import pandas as pd
import pytest

from helpers import KitError, find_themes
from helpers.themes import (
    count_periods,
    count_theme_documents,
    find_trends,
    keyness,
    select_documents,
)
from helpers.themes.keyness import COLUMNS as KEYNESS
from helpers.themes.terms import count_pairs
from helpers.themes.trends import TREND_COLUMNS

TEXTS = ["Roads and railways.", "A road. A ship.", "Nothing here.", "A ship sails."]
DOCUMENTS = pd.DataFrame({
    "text": TEXTS, "date": ["2023-01-05", "2023-02-01", None, "2023-02-20"], "words": [3, 4, 2, 3],
    "source": ["Post", "Post", None, "Evening Star"]}, index=pd.Index(list("abcd"), name="doc"))
THEMES = find_themes(DOCUMENTS, themes={"land": ["road", "railway"], "land/rail": ["railway"], "sea": ["ship"]})


def days(*dates: str | None) -> pd.DataFrame:
    return pd.DataFrame({"date": list(dates)}, index=[f"d{n}" for n in range(len(dates))])


def flags(documents: pd.DataFrame, *values: float) -> pd.DataFrame:
    return pd.DataFrame({"theme": list(values)}, index=documents.index)


def test_themes_by_document() -> None:
    matrix = count_theme_documents(DOCUMENTS, THEMES)
    assert list(matrix.columns) == ["land", "sea"] and matrix.to_numpy().tolist() == [[2, 0], [1, 1], [0, 0], [0, 1]]


def test_probable_themes_do_not_count() -> None:
    themes = pd.DataFrame({"doc": ["a"], "theme": ["land"], "evidence": [[]]})
    assert count_theme_documents(DOCUMENTS, themes).shape == (4, 0)


def test_pairs() -> None:
    row = count_pairs(count_theme_documents(DOCUMENTS, THEMES)).iloc[0]
    assert row.tolist()[:6] == ["land", "sea", 1, 2, 2, 4] and row["npmi"] == 0.0
    assert not len(count_pairs(pd.DataFrame(index=["a"])))


@pytest.mark.parametrize(("dates", "by"), [
    pytest.param(["2023-01-01", "2023-01-09", "2023-01-30", "2023-02-01", "2023-02-02", "2023-02-03"], "month", id="dense"),
    pytest.param([f"202{y}-0{m}-01" for y in (1, 2, 3, 4) for m in (1, 4, 5, 6, 7, 8)], "year", id="thin"),
    pytest.param([f"202{y}-{m:02}-{d:02}" for y in (0, 1, 2) for m in range(1, 13) for d in (1, 9)], "quarter", id="between"),
    pytest.param([f"{y}-03-01" for y in range(1950, 2020)], "year", id="decades")])
def test_the_period_is_chosen(dates: list, by: str) -> None:
    documents = days(*dates)
    shape = {"year": r"\d{4}", "quarter": r"\d{4}-Q[1-4]", "month": r"\d{4}-\d\d"}[by]
    assert find_trends(documents, flags(documents, *[1] * len(dates)))["period"].str.fullmatch(shape).all()


def test_trends_count_documents_with_wilsons_interval() -> None:
    documents = days(*["2023-01-05"] * 3, *["2023-02-01"] * 4)
    table = find_trends(documents, flags(documents, 1, 1, 1, 0, 2, 0, 1)).set_index("period")
    assert table.loc["2023-01", ["n", "documents", "share"]].tolist() == [3, 3, 1.0]
    assert table.loc["2023-02", ["n", "documents", "share"]].tolist() == [4, 2, 0.5]
    assert (table["low"] <= table["share"]).all() and (table["share"] <= table["high"]).all()


def test_a_period_without_documents_is_a_gap() -> None:
    documents = days(*["2023-01-01", "2023-03-01"] * 5)
    table = find_trends(documents, flags(documents, *[1, 0] * 5))
    assert table["n"].tolist() == [5, 0, 5] and table["share"].isna().tolist() == [False, True, False]


def test_documents_with_missing_cells_are_left_out() -> None:
    documents = days(*["2023-01-01"] * 30)
    table = find_trends(documents, flags(documents, *[np.nan], *[1.0] * 29))
    assert table[["n", "share"]].to_numpy().tolist() == [[29, 1.0]]


@pytest.mark.parametrize(("k", "n", "low", "high"), [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0)])
def test_wilson(k: int, n: int, low: float, high: float) -> None:
    documents = days(*["2023-01-01"] * n)
    row = find_trends(documents, flags(documents, *[1] * k, *[0] * (n - k))).iloc[0]
    assert row[["share", "low", "high"]].tolist() == pytest.approx([k / n, low, high], abs=1e-4)


def test_periods_by_source() -> None:
    table = count_periods(DOCUMENTS)
    assert table[["period", "source", "documents"]].to_numpy().tolist() == [
        ["2023-Q1", "Evening Star", 1], ["2023-Q1", "Post", 2]]
    assert table.attrs == {"undated": 1}
    assert not len(count_periods(pd.DataFrame({"text": ["x"]})))


def test_keyness_by_hand() -> None:
    one, other = (pd.DataFrame({"text": [text]}) for text in ("trade " * 30 + "talk " * 70, "trade " * 10 + "talk " * 90))
    rows = keyness(one, other).set_index("term")
    g2 = 2 * sum(o * log(o / e) for o, e in ((30, 20), (70, 80), (10, 20), (90, 80)))
    assert rows.loc["trade", "g2"] == pytest.approx(g2) and rows.loc["talk", "g2"] == pytest.approx(-g2)
    assert rows.loc["trade", "log_ratio"] == pytest.approx(log2(3))
    assert rows.loc["trade", "p_adjusted"] == pytest.approx(erfc(sqrt(g2 / 2)))
    assert rows.loc["trade"].tolist()[3:] == [30, 10, 300.0, 100.0, 1, 1]
    assert list(rows.index) == ["trade", "talk"]


def test_keyness_leaves_out_what_is_rare_generic_or_in_one_document() -> None:
    documents = pd.DataFrame({"text": ["Steel week, steel, steel; glass.", "Steel glass glass, week week.", "Wood."]}, index=list("abc"))
    sides = documents[:1], documents[1:]
    assert set(keyness(*sides)["term"]) == {"Steel", "glass"} or set(keyness(*sides)["term"]) == {"steel", "glass"}
    assert list(keyness(*sides, spread=3).columns) == KEYNESS and not len(keyness(*sides, spread=3))


def test_keyness_leaves_out_other_languages() -> None:
    one = pd.DataFrame({"text": ["Steel. " * 9, "Acero. " * 9], "language": ["en", "es"]})
    assert keyness(one, one)["term"].tolist() == ["Steel"]
    assert not len(keyness(one, one[1:]))


def test_equal_groups_do_not_differ() -> None:
    same = pd.DataFrame({"text": ["We trade with them and trade again, trade ever."]})
    assert (keyness(same, same)["g2"].abs() < 1e-9).all()
    assert not len(keyness(same.iloc[:0], same)) and not len(keyness(same, same.iloc[:0]))
    with pytest.raises(KitError, match="no column `text`"):
        keyness(pd.DataFrame(), same)


def test_false_discovery_rates_grow_with_the_number_of_terms() -> None:
    one, other = (pd.DataFrame({"text": [text]}) for text in ("trade " * 30 + "talk " * 70, "trade " * 10 + "talk " * 30 + "ship " * 60))
    rows = keyness(one, other)
    p = np.sort([erfc(sqrt(abs(g2) / 2)) for g2 in rows["g2"]])
    assert np.sort(rows["p_adjusted"]) == pytest.approx(np.minimum.accumulate((p * 3 / [1, 2, 3])[::-1])[::-1])


@pytest.mark.parametrize(("rule", "docs"), [
    ("source.str.contains('Post')", "ab"), ("source == 'Evening Star'", "d"), ("source == 'Star'", ""),
    ("text.str.contains('SHIP', case=False)", "bd"), ("date.str.startswith('2023')", "abd"), ("date >= '2023-02'", "bd"),
    ("'2023-01' <= date < '2023-02' or source == 'Evening Star'", "ad"), ("index == index", "abcd"), (None, "bd")])
def test_subsets(rule: str | None, docs: str) -> None:
    subset, name, rest = select_documents(DOCUMENTS, rule)
    assert "".join(subset.index) == docs and name and rest
    assert list(subset.columns) == list(DOCUMENTS.columns)


@pytest.mark.parametrize("rule", ["bridges", "colour == 'red'", "date soon", "", "source =", "text.str.contains('(')", "1 + 1"])
def test_wrong_subsets_are_told(rule: str) -> None:
    with pytest.raises(KitError, match="cannot be followed"):
        select_documents(DOCUMENTS, rule)


def test_without_days_the_commonest_source_is_taken() -> None:
    def chosen(documents: pd.DataFrame) -> list:
        return select_documents(documents)[0].index.tolist()
    assert chosen(DOCUMENTS.assign(date=None)) == ["a", "b"]
    assert chosen(DOCUMENTS[["text"]]) == []
    assert chosen(DOCUMENTS.assign(date=["2023-01-01"] * 3 + ["2023-01-02"])) == ["d"]


def test_nothing_to_follow_has_the_columns_too() -> None:
    assert list(find_trends(pd.DataFrame(), pd.DataFrame()).columns) == TREND_COLUMNS
