"""Speakers of many documents: one name each, of whom they speak, in which tone; and their charts."""
from __future__ import annotations

import pandas as pd
import pytest

from helpers import find_quotes
from helpers.charts import plot_mentions, plot_reliability, plot_tones
from helpers.quotes.confidence import reliability
from helpers.themes.speakers import (
    EDGE_COLUMNS,
    MENTION_COLUMNS,
    TONES,
    count_mentions,
    count_tones,
    find_mentions,
    merge_speakers,
)

TEXTS = {
    "a": "Mayor Ann B. Lee met Bob Roe of the Zell Fund. “Roe is late,” said Lee. “She is rude,” said Roe.",
    "b": "Ann Lee claimed that the Zell Fund was empty. “Nobody told me that Lee knew.”",
    "c": "“Ann Lee said that Bob Roe had lied,” said Eva Ode.",
}


@pytest.fixture(scope="module")
def documents():
    return pd.DataFrame({"text": list(TEXTS.values())}, index=list(TEXTS))


@pytest.fixture(scope="module")
def quotes(documents):
    return merge_speakers(find_quotes(documents))


def test_merge_keeps_rows_and_what_the_document_called_them(documents, quotes):
    plain = find_quotes(documents)
    assert quotes["called"].equals(plain["speaker"])
    assert list(quotes["start"]) == list(plain["start"])
    assert set(quotes.loc[quotes["called"] == "Ann Lee", "speaker"]) == {"Ann B. Lee"}
    assert quotes["speaker"].isna().equals(plain["speaker"].isna())


def test_mentions_are_where_they_say(documents, quotes):
    mentions = find_mentions(documents, quotes)
    assert list(mentions.columns) == MENTION_COLUMNS
    for row in mentions.itertuples():
        assert documents.loc[row.doc, "text"][row.start:row.end] == row.text


def test_who_speaks_of_whom(documents, quotes):
    mentions = find_mentions(documents, quotes)
    pairs = set(zip(mentions["doc"], mentions["speaker"], mentions["of"], strict=True))
    assert ("a", "Ann B. Lee", "Bob Roe") in pairs
    assert ("b", "Ann B. Lee", "Zell Fund") in pairs
    assert ("c", "Ann B. Lee", "Bob Roe") in pairs  # the inner speaker's words
    assert ("c", "Eva Ode", "Ann B. Lee") in pairs  # the outer one names her
    assert ("c", "Eva Ode", "Bob Roe") not in pairs
    assert not any(speaker == of for _, speaker, of in pairs)


def test_unknown_speakers_stay_apart(documents, quotes):
    quotes = quotes.assign(speaker=None, called=None)
    edges = count_mentions(find_mentions(documents, quotes))
    assert set(edges["speaker"]) == {"(unknown)"}
    assert "5 mentions by unknown speakers" in " ".join(
        text.get_text().replace("\n", " ") for text in plot_mentions(edges).figure.texts)


def test_tones_add_up(quotes):
    tones = count_tones(quotes)
    assert (tones[TONES].sum(axis=1) == tones["quotes"]).all()
    assert tones["quotes"].sum() == len(quotes)
    assert tones.set_index("speaker").loc["Ann B. Lee", "negative"] >= 1


def test_nothing_gives_empty_tables_and_calm_pictures(documents):
    none = merge_speakers(find_quotes(pd.DataFrame({"text": ["Rain fell."]})))
    mentions = find_mentions(documents, none)
    assert list(mentions.columns) == MENTION_COLUMNS and not len(mentions)
    assert list(count_mentions(mentions).columns) == EDGE_COLUMNS
    assert plot_mentions(count_mentions(mentions)).title == "No quote names anybody but its speaker"
    assert plot_tones(count_tones(none)).title == "No quotes were found"
    assert plot_reliability(reliability()[:0]).title == "No confidence was measured"


def edges(*rows):
    return pd.DataFrame(rows, columns=EDGE_COLUMNS)


@pytest.mark.parametrize(("table", "title"), [
    (edges(("Lee", "Roe", "person", 3, 1)), "Roe is named most: 3 times, by Lee alone"),
    (edges(("Lee", "Roe", "person", 2, 1), ("Ode", "Roe", "person", 1, 1)),
     "Roe is named most: 3 times, by 2 known speakers"),
    (edges(("Lee", "Roe", "person", 2, 1), ("Roe", "Lee", "person", 2, 1)),
     "Lee and Roe are named most: 2 times each"),
    (edges(("Lee", "Roe", "person", 1, 1), ("Roe", "Lee", "person", 1, 1)),
     "2 names come up in others’ quotes, each of them once"),
    (edges(("(unknown)", "Lee", "person", 2, 1)), "Lee is named most: 2 times, by unknown speakers only"),
])
def test_the_network_says_its_finding(table, title):
    chart = plot_mentions(table)
    assert chart.title == title
    assert "names" in chart.alt and chart.png() == plot_mentions(table).png()


def test_many_names_leave_some_undrawn():
    many = edges(*((f"A{k}", f"B{k}", "person", 40 - k, 1) for k in range(30)))
    assert "46 rarer names not drawn" in " ".join(
        text.get_text().replace("\n", " ") for text in plot_mentions(many).figure.texts)


def test_the_tones_say_whom_the_reporter_doubts():
    table = pd.DataFrame([["Lee", 5, 3, 0, 2, 0, 0], ["Roe", 9, 9, 0, 0, 0, 0]],
                         columns=["speaker", "quotes", *TONES])
    assert plot_tones(table).title == ("The reporter doubts Lee most: the words that introduce 2 of 5 "
                                       "quotes are negative")


def test_reliability_measures_the_gap():
    chart = plot_reliability(pd.DataFrame({"set": ["press"] * 2, "confidence": [0.5, 0.9], "right": [0.4, 0.9], "rows": [10, 30]}))
    assert chart.title == "Confidence is off by 2.5 percentage points on press texts"
