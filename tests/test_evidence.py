"""Evidence: quotes with the themes and figures inside them, and the counts made from that."""
from __future__ import annotations

import handmade as h
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.documents import KitError
from helpers.themes.evidence import (
    EVIDENCE_COLUMNS,
    NO_THEME,
    SPEAKER_COLUMNS,
    UNKNOWN,
    count_speakers,
    count_theme_speakers,
    join_evidence,
)

TEXT = "0123456789" * 10


def joined(spans, *, figures=(), themes=()):
    """The evidence row of one quote; figures are spans, themes are (name, passage, evidence)."""
    quotes = pd.DataFrame([["d", spans[0][0], spans[-1][1], 0, "direct", "a quote", spans, "Li"]],
                          columns=["doc", "start", "end", "paragraph", "kind", "quote", "spans",
                                   "speaker"])
    return join_evidence(
        pd.DataFrame({"text": [TEXT]}, index=["d"]), quotes,
        figures=pd.DataFrame([["d", *span] for span in figures], columns=["doc", "start", "end"]),
        themes=pd.DataFrame([["d", *passage, name, words] for name, passage, words in themes],
                            columns=["doc", "start", "end", "theme", "evidence"])).iloc[0]


@pytest.mark.parametrize(("spans", "theme", "expected"), [
    pytest.param([(10, 30)], ("trade", (0, 50), [(12, 17)]), ["trade"], id="inside"),
    pytest.param([(10, 30)], ("trade", (0, 50), [(10, 30)]), ["trade"], id="the whole quote"),
    pytest.param([(10, 30)], ("trade", (0, 50), [(40, 45)]), [], id="beside the quote"),
    pytest.param([(10, 30)], ("trade", (0, 50), [(28, 33)]), [], id="half inside"),
    pytest.param([(10, 20), (40, 50)], ("trade", (0, 50), [(42, 44)]), ["trade"], id="2nd piece"),
    pytest.param([(10, 20), (40, 50)], ("trade", (0, 50), [(25, 30)]), [], id="between pieces"),
    pytest.param([(10, 30)], ("trade", (0, 50), []), [], id="no words and a wider passage"),
    pytest.param([(10, 30)], ("trade", (12, 20), []), [], id="no words, passage inside"),
])
def test_a_theme_belongs_to_a_quote_that_holds_its_words(spans, theme, expected):
    assert joined(spans, themes=[theme])["themes"] == expected


@pytest.mark.parametrize(("figure", "inside"), [
    pytest.param((12, 15), True, id="inside"), pytest.param((10, 30), True, id="all of it"),
    pytest.param((5, 12), False, id="begins before"), pytest.param((28, 31), False, id="ends after"),
    pytest.param((30, 35), False, id="right after"),
])
def test_a_figure_belongs_to_a_quote_that_holds_all_of_it(figure, inside):
    row = joined([(10, 30)], figures=[figure])
    assert row["figure_spans"] == [figure] * inside
    assert row["figures"] == [TEXT[slice(*figure)]] * inside


def test_themes_stand_once_in_the_order_of_their_first_words():
    row = joined([(0, 60)], themes=[("b", (0, 60), [(30, 32), (2, 4)]), ("a", (0, 60), [(9, 11)])])
    assert row["themes"] == ["b", "a"]
    assert row["theme_spans"] == [(2, 4), (9, 11), (30, 32)]


def test_the_seed_says_who_speaks_of_what_with_which_figures():
    table = join_evidence(h.documents(), h.quotes(), figures=h.figures(), themes=h.themes())
    assert list(table.columns) == EVIDENCE_COLUMNS
    assert [row for row in table["figures"] if row] == [["first"], ["2016", "$ 40 billion"]]
    today = table[table["quote"].str.startswith("Today")].iloc[0]
    assert set(today["themes"]) == {"infrastructure", "transport", "trade and investment"}
    for row in table.itertuples():
        assert all(any(a <= start and end <= b for a, b in row.spans)
                   for start, end in row.theme_spans + row.figure_spans)


def test_the_documents_date_comes_along():
    dated = h.documents().assign(date="2017-11-24")
    table = join_evidence(dated, h.quotes(), figures=h.figures(), themes=h.themes())
    assert set(table["date"]) == {"2017-11-24"}


def test_documents_made_by_hand_need_only_text():
    table = join_evidence(h.documents()[["text"]], h.quotes(), figures=h.figures(),
                          themes=h.themes())
    assert table["date"].isna().all()


def test_empty_tables_give_empty_tables_with_all_columns():
    none = join_evidence(h.documents(), h.empty(h.QUOTE_COLUMNS), themes=h.empty(h.THEME_COLUMNS),
                         figures=h.empty(h.FIGURE_COLUMNS))
    assert list(none.columns) == EVIDENCE_COLUMNS
    assert count_theme_speakers(none).empty
    assert list(count_speakers(h.empty(h.QUOTE_COLUMNS)).columns) == SPEAKER_COLUMNS


@pytest.mark.parametrize("table", ["quotes", "figures", "themes"])
def test_a_table_of_another_kind_is_refused_with_its_name(table):
    tables = {"quotes": h.quotes(), "figures": h.figures(), "themes": h.themes(),
              table: pd.DataFrame({"x": [1]})}
    with pytest.raises(KitError, match=f"the {table} table has no column"):
        join_evidence(h.documents(), tables["quotes"], figures=tables["figures"],
                      themes=tables["themes"])


SAID = pd.DataFrame({
    "doc": ["a", "a", "b", "b"], "speaker": ["Li", None, "Li", "Xu"],
    "kind": ["direct", "indirect", "mixed", "indirect"], "role": [None, "guard", "mayor", None],
    "speaker_kind": ["person"] * 4, "inferred": [True, False, False, False],
    "quote": ["Yes.", "that it rains", "It … will rain", "x"], "words": [1, 3, 3, 1],
    "themes": [["trade"], ["trade", "roads"], ["trade"], []]})


def test_unknown_speakers_are_their_own_last_row():
    counts = count_speakers(SAID)
    assert list(counts["speaker"]) == ["Li", "Xu", UNKNOWN]
    li = counts.iloc[0]
    assert (li["quotes"], li["direct"], li["mixed"], li["direct_share"]) == (2, 1, 1, 0.5)
    assert (li["words"], li["inferred"], li["documents"], li["role"]) == (4, 1, 2, "mayor")


def test_speakers_and_themes_are_counted():
    matrix = count_theme_speakers(SAID)
    assert list(matrix.index) == ["Li", "Xu", UNKNOWN]
    assert list(matrix.columns) == ["trade", "roads", NO_THEME]
    assert matrix.to_numpy().tolist() == [[2, 0, 0], [0, 0, 1], [1, 1, 0]]


SPAN = st.tuples(st.integers(0, 90), st.integers(1, 10)).map(lambda s: (s[0], s[0] + s[1]))


@given(quotes=st.lists(st.lists(SPAN, min_size=1, max_size=3), max_size=5),
       words=st.lists(SPAN, max_size=8), figures=st.lists(SPAN, max_size=8))
@settings(max_examples=60, deadline=None)
def test_what_is_joined_lies_inside_and_nothing_inside_is_lost(quotes, words, figures):
    said = pd.DataFrame([["d", s[0][0], s[-1][1], "q", s, "Li"] for s in quotes],
                        columns=["doc", "start", "end", "quote", "spans", "speaker"])
    table = join_evidence(
        pd.DataFrame({"text": [TEXT]}, index=["d"]), said,
        figures=pd.DataFrame([["d", *f] for f in figures], columns=["doc", "start", "end"]),
        themes=pd.DataFrame([["d", 0, 100, "t", [w]] for w in words],
                            columns=["doc", "start", "end", "theme", "evidence"]))
    for spans, row in zip(quotes, table.itertuples(), strict=True):
        def inside(span, spans=spans):
            return any(a <= span[0] and span[1] <= b for a, b in spans)
        assert sorted(row.figure_spans) == sorted(f for f in figures if inside(f))
        assert set(row.theme_spans) == {w for w in words if inside(w)}
