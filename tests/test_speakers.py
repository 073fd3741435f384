"""Speakers of many documents: one name each, of whom they speak; and their charts.  See `test_who` for the user's say."""
from __future__ import annotations

import pandas as pd
import pytest

from helpers import KitError, find_quotes
from helpers.charts import plot_mentions
from helpers.themes import count_once
from helpers.themes.speakers import count_mentions, merge_speakers

EDGE_COLUMNS = "speaker of of_kind mentions documents".split()
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


LONG = "The fund of the harbour will pay for a new pier, a crane and two tugs before the winter storms begin. "


@pytest.mark.parametrize(("choice", "docs", "speakers", "said"), [
    ({}, ["a", "c"], {"Ann Lee", "Zell Fund"}, "1 reprint set aside; 2 speakers, 1 merged; your files say who is who."),
    ({"reprints": "kept"}, ["a", "b", "c"], {"Ann Lee", "Zell Fund"},
     "Reprints counted like other documents; 2 speakers, 1 merged; your files say who is who."),
    ({"names": "as written"}, ["a", "c"], {"Ann Lee", "ZF", "Zell Fund"},
     "1 reprint set aside; 3 speakers, named as each document names them."),
])
def test_reports_and_speakers_are_counted_once(choice, docs, speakers, said, tmp_path):
    (tmp_path / "speakers.csv").write_text("name,other names\nZell Fund,ZF\n", "utf-8")
    texts = pd.DataFrame({"text": [LONG * 2, LONG * 2 + "More soon.", "The ZF met. Nobody else did."]}, index=["a", "b", "c"])
    table = pd.DataFrame({"doc": ["a", "a", "b", "c"], "speaker": ["Zell Fund", "Ann Lee", "Ann Lee", "ZF"],
                          "speaker_kind": ["organisation", "person", "person", "organisation"], "role": None})
    documents, quotes, told = count_once(texts, table, beside=tmp_path, **choice)
    assert list(documents.index) == docs and set(quotes["doc"]) == set(docs)
    assert set(quotes["speaker"]) == speakers and told == said
    assert "called" in quotes


def test_nothing_is_counted_once_too():
    none = pd.DataFrame({"text": []}), find_quotes(pd.DataFrame({"text": []}))
    assert count_once(*none)[2] == "No reprints set aside; 0 speakers, none merged."
    with pytest.raises(KitError, match="no choice 'gone' of reprints"):
        count_once(*none, reprints="gone")


def test_who_speaks_of_whom(documents, quotes):
    def pairs(doc):
        some = count_mentions(documents.loc[[doc]], quotes[quotes["doc"] == doc])
        return set(zip(some["speaker"], some["of"], strict=True))
    assert ("Ann B. Lee", "Bob Roe") in pairs("a")
    assert ("Ann B. Lee", "Zell Fund") in pairs("b")
    assert ("Ann B. Lee", "Bob Roe") in pairs("c")  # the inner speaker's words
    assert ("Eva Ode", "Ann B. Lee") in pairs("c")  # the outer one names her
    assert ("Eva Ode", "Bob Roe") not in pairs("c")
    table = count_mentions(documents, quotes)
    assert not (table["speaker"] == table["of"]).any() and list(table.columns) == EDGE_COLUMNS
    assert table["mentions"].is_monotonic_decreasing and (table["documents"] <= table["mentions"]).all()


def test_unknown_speakers_stay_apart(documents, quotes):
    edges = count_mentions(documents, quotes.assign(speaker=None, called=None))
    assert set(edges["speaker"]) == {"(unknown)"}
    chart = plot_mentions(edges)
    assert "(unknown) names" in chart.alt and "unknown" not in chart.title


def test_nothing_gives_empty_tables_and_calm_pictures(documents):
    none = count_mentions(documents, merge_speakers(find_quotes(pd.DataFrame({"text": ["Rain fell."]}))))
    assert list(none.columns) == EDGE_COLUMNS and not len(none)
    assert plot_mentions(none).title == "No quote names anybody but its speaker"


def edges(*rows):
    return pd.DataFrame(rows, columns=EDGE_COLUMNS)


@pytest.mark.parametrize(("table", "title"), [
    (edges(("Lee", "Roe", "person", 3, 1)), "Most often named: Roe, 3 times"),
    (edges(("Lee", "Roe", "person", 2, 1), ("Ode", "Roe", "person", 1, 1)), "Most often named: Roe, 3 times"),
    (edges(("Lee", "Roe", "person", 2, 1), ("Roe", "Lee", "person", 2, 1)), "Most often named: Lee and Roe, 2 times each"),
    (edges(*(("Lee", name, "person", 1, 1) for name in "abcd")), "Most often named: 4 alike, 1 time each"),
    (edges(("(unknown)", "Lee", "person", 2, 1)), "Most often named: Lee, 2 times"),
])
def test_the_network_says_its_finding(table, title):
    chart = plot_mentions(table)
    assert chart.title == title
    assert "names" in chart.alt and chart.png() == plot_mentions(table).png()


def test_many_names_leave_some_undrawn():
    many = edges(*((f"A{k}", f"B{k}", "person", 40 - k, 1) for k in range(30)))
    assert plot_mentions(many).caption.endswith("Not drawn: 18 pairs.")
