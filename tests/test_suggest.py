"""Suggested words: what goes with a theme, what is left out, and that nothing is added."""
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError, load
from helpers.themes.dictionary import default_themes
from helpers.themes.suggest import COLUMNS, suggest_words

ROADS = ["The road needs asphalt, he said.", "Asphalt covers each road.", "A road of asphalt.",
         "They mended a road with asphalt and an old machine."]
OTHERS = ["Fish swim in the sea.", "A machine cut wood.", "Interest rates rose.",
          "The sea is calm.", "The bank cut interest rates.", "Loans follow interest rates."]
TEXTS = pd.DataFrame({"text": ROADS + OTHERS})


def words(themes: dict, **options: int) -> list[str]:
    return suggest_words(TEXTS, themes=themes, **options)["word"].tolist()


@pytest.mark.parametrize(("themes", "expected"), [
    pytest.param({"roads": ["road"]}, ["asphalt"], id="company"),
    pytest.param({"roads": ["road", "asphalt"]}, [], id="words of the theme are known"),
    pytest.param({"roads": ["road", "asph*"]}, [], id="wildcards of the theme are known"),
    pytest.param({"money": ["bank", "loan"]}, ["interest rates"], id="a pair stands for its words"),
    pytest.param({"money": ["rate"]}, ["interest"], id="no pair with a word of the theme"),
    pytest.param({"x": ["zebra"]}, [], id="a theme that does not occur"),
    pytest.param({}, [], id="no themes"),
])
def test_words_in_the_company_of_a_theme(themes: dict, expected: list[str]) -> None:
    assert words(themes) == expected


@pytest.mark.parametrize("left_out", ["the", "said", "machine", "old", "sea"])
def test_never_suggested(left_out: str) -> None:
    assert left_out not in words({"roads": ["road"]}, minimum=1, top=3)


def test_every_row_has_its_place_and_its_numbers() -> None:
    table = suggest_words(TEXTS, themes={"roads": ["road"]})
    row = table.iloc[0]
    assert list(table.columns) == COLUMNS
    assert (row["count"], row["passages"], row["with_theme"]) == (4, 4, 4)
    assert row["example"] == ROADS[0] and 0 < row["p_adjusted"] < 0.1


@pytest.mark.parametrize(("both", "word", "theme", "neither", "p"), [
    pytest.param(2, 0, 0, 8, 1 / 45, id="both of two in ten"),
    pytest.param(3, 1, 2, 6, 75 / 495, id="three of four"),
])
def test_p_is_the_tail_of_the_hypergeometric_distribution(both: int, word: int, theme: int,
                                                          neither: int, p: float) -> None:
    texts = ["Roads are asphalt."] * both + ["Asphalt."] * word + ["Roads."] * theme + ["It is."] * neither
    row = suggest_words(pd.DataFrame({"text": texts}), themes={"roads": ["road"]}).iloc[0]
    assert row["word"] == "asphalt" and row["p_adjusted"] == pytest.approx(p)


def test_themes_are_not_changed_and_one_article_gives_hardly_anything_sure() -> None:
    themes = default_themes()
    before = {name: list(entries) for name, entries in themes.items()}
    table = suggest_words(load("seeds"), themes=themes)
    assert themes == before
    assert not (table["p_adjusted"] < 0.05).any()


def test_capitals_and_plurals_are_ready_for_the_dictionary() -> None:
    texts = pd.DataFrame({"text": ["A tariff of the WTO on imports."] * 3 + ["It is late."] * 3})
    assert set(suggest_words(texts, themes={"t": ["tariff"]})["word"]) == {"WTO", "imports"}


def test_empty_and_foreign_documents() -> None:
    assert list(suggest_words(TEXTS[:0], themes={"x": ["road"]}).columns) == COLUMNS
    foreign = TEXTS.assign(language="es")
    assert not len(suggest_words(foreign, themes={"roads": ["road"]}))
    with pytest.raises(KitError, match="not a list of words"):
        suggest_words(TEXTS, themes={"x": "road"})


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("ab AB.\n-'中"), max_size=60) | st.text(),
                max_size=4))
def test_any_texts(texts: list[str]) -> None:
    documents = pd.DataFrame({"text": texts})
    table = suggest_words(documents, themes={"x": ["a*"], "y": ["bb"]}, minimum=1)
    for row in table.itertuples():
        assert row.word in row.example.lower() or row.word in row.example
        assert 0 < row.with_theme <= row.passages <= row.count and 0 <= row.p_adjusted <= 1
