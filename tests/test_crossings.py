"""Crossings: themes by documents, speakers and figures, and the pictures of them."""
from __future__ import annotations

import pandas as pd
import pytest

from helpers import KitError, find_figures, find_quotes, find_themes, load
from helpers.charts import plot_matrix, plot_network
from helpers.themes.evidence import COVERAGE, count_coverage, cross_themes
from helpers.themes.terms import cooccurrence

TEXTS = pd.DataFrame({"text": ["Roads and rail.\n\nA road costs 5 million dollars.", "Fish.", ""]},
                     index=["a", "b", "c"])
OWN = {"roads": ["road"], "rail": ["rail"], "sea": ["fish"]}
THEMES = find_themes(TEXTS, themes=OWN)
FIGURES = pd.DataFrame({"doc": ["a"], "paragraph": [1], "kind": ["money"]})


@pytest.mark.parametrize(("options", "expected"), [
    pytest.param({}, {"roads": [2, 0, 0], "rail": [1, 0, 0], "sea": [0, 1, 0]}, id="documents"),
    pytest.param({"measure": "per_1000"}, {"roads": [222.2, 0, 0], "rail": [111.1, 0, 0],
                                           "sea": [0, 1000, 0]}, id="documents per 1,000"),
    pytest.param({"measure": "share"}, {"roads": [1, 0, 0], "rail": [1, 0, 0], "sea": [0, 1, 0]},
                 id="documents as shares"),
    pytest.param({"figures": FIGURES}, {"roads": [1]}, id="figures"),
    pytest.param({"figures": FIGURES, "measure": "share"}, {"roads": [1]}, id="figures as shares"),
])
def test_crossings(options: dict, expected: dict) -> None:
    matrix = cross_themes(TEXTS, THEMES, **options)
    assert {theme: [round(n, 1) for n in row] for theme, row in
            zip(matrix.index, matrix.to_numpy().tolist(), strict=True)} == expected


def test_names_and_order_of_a_crossing() -> None:
    assert cross_themes(TEXTS, THEMES).columns.tolist() == ["a", "b", "c"]
    assert cross_themes(TEXTS, THEMES).index.tolist() == ["roads", "rail", "sea"]
    assert cross_themes(TEXTS, THEMES, figures=FIGURES).attrs == {"measure": "count", "of": "figures"}


def test_wrong_options_are_told() -> None:
    with pytest.raises(KitError, match="no measure 'lines'"):
        cross_themes(TEXTS, THEMES, measure="lines")
    with pytest.raises(KitError, match="no measure 'per_1000'"):
        cross_themes(TEXTS, THEMES, figures=FIGURES, measure="per_1000")


def test_probable_themes_do_not_count() -> None:
    guess = THEMES.assign(evidence=[[]] * len(THEMES))
    assert not cross_themes(TEXTS, guess).size
    assert count_coverage(TEXTS, guess)["with_theme"].sum() == 0


def test_coverage() -> None:
    table = count_coverage(TEXTS, THEMES)
    assert list(table.columns) == COVERAGE
    assert table["paragraphs"].tolist() == [2, 1, 0]
    assert table["without"].tolist() == [0, 0, 0]
    assert table["theme_words"].tolist() == [3, 1, 0]
    roads = count_coverage(TEXTS, THEMES[THEMES["theme"] == "rail"])
    assert roads["without"].tolist() == [0.5, 1.0, 0.0]


@pytest.mark.parametrize(("options", "title"), [
    ({}, "Largest cell: “roads” in a, 2 words"),
    ({"figures": FIGURES}, "Largest cell: “roads” beside money, 1 figure"),
    ({"measure": "per_1000"}, "Largest cell: “sea” in b, 1,000.0 words per 1,000 words"),
])
def test_heat_map_titles(options: dict, title: str) -> None:
    assert plot_matrix(cross_themes(TEXTS, THEMES, **options)).title == title


def test_pictures_of_nothing_are_calm() -> None:
    none = THEMES[:0]
    assert plot_matrix(cross_themes(TEXTS, none)).title.startswith("No ")
    pairs = cooccurrence(TEXTS, {"zebra": ["zebra"], "lion": ["lion"]})
    assert plot_network(pairs).title == "No two terms stand together"


def test_network_of_terms() -> None:
    texts = pd.DataFrame({"text": ["Road, rail.\n\nRoad, rail, sea.\n\nSea."]})
    pairs = cooccurrence(texts, {name: [name] for name in ("road", "rail", "sea")})
    assert plot_network(pairs).title == "Most often together: “road” and “rail”, 2 paragraphs"
    assert plot_network(pairs).png() == plot_network(pairs).png()


def test_hostile_names_are_drawn() -> None:
    terms = ["$x^2$ " + "very " * 30 + "long", "<b>", "中文"]
    pairs = pd.DataFrame([(a, b, 1, 1, 1, 2, 1.0, 1.0) for a in terms for b in terms if a < b],
                         columns=["a", "b", "together", "units_a", "units_b", "units", "npmi",
                                  "jaccard"])
    assert plot_network(pairs).png()


def test_the_seed_end_to_end() -> None:
    documents = load("seeds")
    quotes = find_quotes(documents)
    themes = find_themes(documents, themes=OWN | {"states": ["SCO"]})
    figures = find_figures(documents, quotes=quotes)
    assert cross_themes(documents, themes).loc["states"].tolist() == [8]
    assert "money" in cross_themes(documents, themes, figures=figures).columns
