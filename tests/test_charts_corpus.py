"""Charts of many documents: titles say what was counted, hostile names are drawn, empty tables are sentences."""
from __future__ import annotations

import pandas as pd
import pytest

from helpers.charts import plot_keyness, plot_matrix, plot_periods, plot_topics, plot_trends
from helpers.themes import count_periods, find_trends
from helpers.themes.keyness import COLUMNS as KEYNESS
from helpers.themes.topics import TERM_COLUMNS

SIZE = 60
DOCUMENTS = pd.DataFrame({
    "date": [f"20{21 + n // 30}-06-{1 + n % 28:02}" for n in range(SIZE)],
    "source": [f"Paper {n % 9} of a very long name indeed" for n in range(SIZE)]}, index=[f"d{n}" for n in range(SIZE)])
MATRIX = pd.DataFrame({"$trade_1$": [3] * 30 + [0] * 30, "roads 中 " + "long " * 30: [1, 0] * 30,
                       "<b>": [0] * 60}, index=DOCUMENTS.index).rename_axis(columns="theme")


def keyness_table(p: float) -> pd.DataFrame:
    return pd.DataFrame([("bridge", 20.0, 2.0, p, 9, 1, 3.0, 0.4, 5, 1),
                         ("$ferry", -9.0, -1.0, 0.6, 1, 4, 0.3, 1.0, 1, 3)], columns=KEYNESS)


def topic_table(coherence: float, stability: float) -> pd.DataFrame:
    rows = [(topic, rank, f"{topic}{rank}", 1 / rank, c, s, 9) for topic, c, s in (
        ("a", 0.2, 0.9), ("b", coherence, stability)) for rank in range(1, 4)]
    return pd.DataFrame(rows, columns=TERM_COLUMNS)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(("chart", "title", "said"), [
    pytest.param(lambda: plot_periods(count_periods(DOCUMENTS)), "60 dated documents, most from 2021-06: 30",
                 "2021-07: 0; 2021-08: 0", id="periods"),
    pytest.param(lambda: plot_periods(count_periods(DOCUMENTS[:30].assign(source=None))),
                 "30 dated documents, most from 2021-06: 30", "2021-06: 30.", id="one period"),
    pytest.param(lambda: plot_keyness(keyness_table(0.01), name="A", rest="B"),
                 "1 of 2 terms differ surely between A and B", "bridge: 9 : 1, 20 A; $ferry: 1 : 4, -9 may be chance", id="keyness"),
    pytest.param(lambda: plot_keyness(keyness_table(0.2), name="A", rest="B"),
                 "0 of 2 terms differ surely between A and B", "bridge: 9 : 1, 20 may be chance", id="chance"),
    pytest.param(lambda: plot_topics(topic_table(0.1, 0.8)), "2 topics, 2 coherent and stable", "9 (0.20, 0.90)", id="topics"),
    pytest.param(lambda: plot_topics(topic_table(-0.1, 0.8)), "2 topics, 1 coherent and stable", "b: 9 (-0.10, 0.80), 9 not both", id="a shaky one"),
    pytest.param(lambda: plot_trends(find_trends(DOCUMENTS, MATRIX)),
                 "Largest change: “$trade_1$”, 100% in 2021-06 and 0% in 2022-06", "$trade_1$: 100% of 30 in 2021-06", id="a change"),
    pytest.param(lambda: plot_trends(find_trends(DOCUMENTS, MATRIX[[MATRIX.columns[1]]])),
                 "The intervals of 2021-06 and of 2022-06 overlap for every theme", "50% of 30 in 2021-06", id="no change"),
    pytest.param(lambda: plot_trends(find_trends(DOCUMENTS[:30], MATRIX[:30])),
                 "All dated documents are from 2021-06", "100% of 30", id="one period only"),
    pytest.param(lambda: plot_matrix(MATRIX[29:32]), "Largest cell: d29 on “$trade_1$”, 3 words", "d29: $trade_1$ 3; d30: roads", id="documents"),
    pytest.param(lambda: plot_matrix(MATRIX[:31].set_axis(["same title"] * 31), top=30),
                 "Largest cell: 30 alike, 3 words each", "same title: $trade_1$ 3, roads", id="documents of one title"),
])
def test_the_title_is_what_was_counted(chart, title: str, said: str) -> None:
    drawn = chart()
    assert drawn.title == title and said in drawn.alt
    assert drawn.png().startswith(b"\x89PNG") and drawn.svg()


def test_the_caption_says_what_is_not_drawn() -> None:
    periods = count_periods(DOCUMENTS.assign(date=[None] * 2 + DOCUMENTS["date"].tolist()[2:]))
    assert plot_periods(periods).caption == " Not drawn: 2 undated documents."
    wide = pd.DataFrame([[1] * 9] * 6, columns=list("abcdefghi"), index=DOCUMENTS.index[:6])
    assert "Not drawn: 3 themes." in plot_trends(find_trends(DOCUMENTS, wide)).caption
    assert plot_trends(find_trends(DOCUMENTS, wide), what="topic").caption.endswith(" 3 topics.")
    many = pd.concat([keyness_table(0.2)] * 20, ignore_index=True)
    assert plot_keyness(many, name="A", rest="B").caption.endswith("Not drawn: 20 terms.")


@pytest.mark.parametrize("chart", [
    lambda: plot_periods(count_periods(DOCUMENTS[:0])), lambda: plot_keyness(pd.DataFrame(columns=KEYNESS), name="A", rest="B"),
    lambda: plot_topics(pd.DataFrame(columns=TERM_COLUMNS), note="Topics need more."),
    lambda: plot_trends(find_trends(DOCUMENTS, MATRIX[:0])), lambda: plot_trends(find_trends(DOCUMENTS, pd.DataFrame())),
    lambda: plot_matrix(MATRIX[:0]), lambda: plot_matrix(MATRIX * 0)])
def test_an_empty_table_is_a_sentence(chart) -> None:
    drawn = chart()
    assert drawn.title and not drawn.alt and not drawn.data.size
    assert "<img" not in drawn._repr_mimebundle_()["text/html"]
