"""Charts of many documents: titles say the finding, empty tables are calm, hostile names are drawn."""
from __future__ import annotations

import pandas as pd
import pytest

from helpers.charts.corpus import plot_periods, plot_theme_documents, plot_theme_pairs, plot_trends
from helpers.charts.topics import plot_keyness, plot_topic_numbers, plot_topics
from helpers.themes.corpus import count_periods, count_theme_pairs, find_trends
from helpers.themes.corpus.keyness import COLUMNS as KEYNESS
from helpers.themes.corpus.topics import NUMBER_COLUMNS, TERM_COLUMNS

SIZE = 60
DOCUMENTS = pd.DataFrame({
    "date": [f"20{21 + n // 30}-06-{1 + n % 28:02}" for n in range(SIZE)],
    "source": [f"Paper {n % 9}" for n in range(SIZE)]}, index=[f"d{n}" for n in range(SIZE)])
MATRIX = pd.DataFrame({"$trade_1$": [3] * 30 + [0] * 30, "roads 中 " + "long " * 30: [1, 0] * 30,
                       "<b>": [0] * 60}, index=DOCUMENTS.index)


def keyness_table(p: float) -> pd.DataFrame:
    return pd.DataFrame([("bridge", 20.0, 2.0, p, 9, 1, 3.0, 0.4, 5, 1),
                         ("$ferry", -9.0, -1.0, 0.6, 1, 4, 0.3, 1.0, 1, 3)], columns=KEYNESS)


def topic_table(coherence: float, stability: float) -> pd.DataFrame:
    rows = [(topic, rank, f"{topic}{rank}", 1 / rank, c, s, 9) for topic, c, s in (
        ("a", 0.2, 0.9), ("b", coherence, stability)) for rank in range(1, 4)]
    return pd.DataFrame(rows, columns=TERM_COLUMNS)


@pytest.mark.parametrize(("chart", "title"), [
    pytest.param(lambda: plot_periods(count_periods(DOCUMENTS)),
                 "60 dated documents from 2021-06 to 2022-06, the most from 2021-06 (30)", id="periods"),
    pytest.param(lambda: plot_periods(count_periods(DOCUMENTS[:30])), "30 dated documents from 2021-06", id="one period"),
    pytest.param(lambda: plot_keyness(keyness_table(0.01), name="A", rest="B"), "Typical of A: “bridge”", id="keyness"),
    pytest.param(lambda: plot_keyness(keyness_table(0.2), name="A", rest="B"),
                 "No word is surely typical of A: with 2 terms compared, chance alone makes such differences", id="chance"),
    pytest.param(lambda: plot_topics(topic_table(0.1, 0.8)), "2 topics, and all of them hold", id="topics"),
    pytest.param(lambda: plot_topics(topic_table(-0.1, 0.8)), "1 of 2 topics hold; the other one is shaky", id="a shaky one"),
    pytest.param(lambda: plot_topic_numbers(pd.DataFrame([(2, 0.1, 0.9, False), (3, 0.2, 0.9, True)], columns=NUMBER_COLUMNS)),
                 "3 topics are the best compromise: coherence 0.20, stability 0.90", id="numbers"),
    pytest.param(lambda: plot_trends(find_trends(DOCUMENTS, MATRIX)),
                 "“$trade_1$” falls from 100% in 2021-06 to 0% in 2022-06", id="a change"),
    pytest.param(lambda: plot_trends(find_trends(DOCUMENTS, MATRIX[[MATRIX.columns[1]]])),
                 "No theme differs between 2021-06 and 2022-06 by more than chance could make", id="no change"),
    pytest.param(lambda: plot_trends(find_trends(DOCUMENTS[:30], MATRIX[:30])),
                 "All dated documents are from 2021-06: nothing to compare", id="nothing to compare"),
    pytest.param(lambda: plot_theme_documents(MATRIX.drop(columns=MATRIX.columns[0])[1:]),
                 "“roads 中 " + "long " * 29 + "long ” is in 29 of 59 documents; 30 have no theme at all", id="documents"),
    pytest.param(lambda: plot_theme_pairs(count_theme_pairs(MATRIX.assign(sea=MATRIX["$trade_1$"]))),
                 "“$trade_1$” and “sea” go together most: 30 documents with both", id="pairs"),
])
def test_the_title_is_the_finding(chart, title: str) -> None:
    drawn = chart()
    assert drawn.title.replace("□", "中") == " ".join(title.split())
    assert len(drawn.alt) > 30 and drawn.png().startswith(b"\x89PNG")


@pytest.mark.parametrize("chart", [
    lambda: plot_periods(count_periods(DOCUMENTS[:0])), lambda: plot_keyness(pd.DataFrame(columns=KEYNESS), name="A", rest="B"),
    lambda: plot_topics(pd.DataFrame(columns=TERM_COLUMNS), note="Topics need more."), lambda: plot_theme_pairs(count_theme_pairs(MATRIX[:0])),
    lambda: plot_topic_numbers(pd.DataFrame(columns=NUMBER_COLUMNS)), lambda: plot_trends(find_trends(DOCUMENTS, MATRIX[:0])),
    lambda: plot_theme_documents(MATRIX[:0]), lambda: plot_theme_documents(MATRIX * 0)])
def test_empty_tables_are_calm(chart) -> None:
    drawn = chart()
    assert drawn.title and drawn.alt.startswith("An empty chart")
