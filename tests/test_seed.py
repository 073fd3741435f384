"""The seed article's gold: every quotation and every figure in full, and nothing else."""
from __future__ import annotations

import pandas as pd
import pytest

from helpers import find_figures, find_phrases, find_quotes, find_themes, load

ALIMOV = "Rashid Alimov"
# kind, content as written, cue, source as written, speaker
QUOTES = [
    ("indirect", "On the first day, speaking before the participants of the conference, Rashid Alimov "
     "presented detailed information on the cooperation of the SCO member states in the economic field, "
     "indicating this as one of the priorities of joint work within the Organization",
     "according to", "the website of the organization", "SCO"),
    ("mixed", "the \"continuing turbulence of the world economy, representing one of the most serious "
     "challenges to the modern world.\"", "recalled", "He", ALIMOV),
    ("direct", "To give impetus to its restoration, to ensure economic and financial stability, to support a "
     "stable dynamic, balanced and inclusive growth in the context of the progress of economic globalization "
     "is possible only through broad international cooperation", "noted", "Alimov", ALIMOV),
    ("indirect", "that the economic interconnectedness of the SCO member states is determined by their "
     "geographical proximity, as well as by agreements and joint development programs",
     "stressed", "the Secretary General", ALIMOV),
    ("direct", "Today, the SCO participants concentrate on projects related to the development of "
     "infrastructure, transport, communications, and are searching for new forms and methods of regional "
     "economic interaction. This contributes to the steady growth of mutual accumulated investments of the "
     "SCO member states, which in 2016 exceeded $ 40 billion", "Said", "Alimov", ALIMOV),
    ("indirect", "that economic cooperation within the framework of the SCO is provided by a system of "
     "multilateral mechanisms of relevant ministries and departments in the field of customs and transport, "
     "trade and investment, banking and finance, agriculture, communications and telecommunications",
     "also noted", ALIMOV, ALIMOV),
    ("indirect", "the special significance of the implementation of the Agreement of the SCO member states on "
     "the creation of favorable conditions for international road transport, which laid the foundation for the "
     "implementation of a large multilateral trans-regional transport project", "recalled", "Alimov", ALIMOV),
    ("direct", "The document created a uniform basis for the implementation of international road transport, "
     "and its main routes form a region-wide system of automobile goods and passenger transportations. The "
     "principal point is that the states that are not members of the SCO can freely join the agreement, some "
     "of which are of great practical interest", "noted", "the Secretary-General", ALIMOV),
]
# text, kind, value, unit, modifier, of, timex, when, speaker; and which occurrence of the text it is
FIGURES = [
    ("November 23", "date", None, None, None, None, "XXXX-11-23", None, None),
    ("Second", "ordinal", 2, None, None, None, None, None, None),
    ("first", "ordinal", 1, None, None, None, None, None, "SCO"),  # in the website's statement
    ("2016", "date", None, None, None, None, "2016", None, ALIMOV),
    ("$ 40 billion", "money", 40_000_000_000, "USD", "over",
     "mutual accumulated investments of the SCO member states", None, "2016", ALIMOV),
    ("second", "ordinal", 2, None, None, None, None, None, None),
    ("21 to 24 November", "date", None, None, None, None, "XXXX-11-21/XXXX-11-24", None, None),
    ("2030", "date", None, None, "until", None, "2030", None, None),
]
FIGURE_COLUMNS = ["text", "kind", "value", "unit", "modifier", "of", "timex", "when", "speaker"]
PHRASES = ["economic cooperation", "SCO member states", "international road transport", "transport"]


@pytest.fixture(scope="module")
def documents():
    return load("seeds")


@pytest.fixture(scope="module")
def text(documents):
    return documents["text"].iloc[0]


def missing_as_none(values):
    return [None if pd.isna(value) else value for value in values]


def test_every_quote_and_no_other(documents, text):
    quotes = find_quotes(documents)
    found = [(row.kind, text[row.start:row.end], row.cue, row.source) for row in quotes.itertuples()]
    assert found == [gold[:4] for gold in QUOTES]
    starts = [text.index(gold[1]) for gold in QUOTES]
    assert list(quotes["start"]) == starts
    assert list(quotes["end"]) == [start + len(gold[1]) for start, gold in zip(starts, QUOTES, strict=True)]
    assert list(quotes["paragraph"]) == [1, 2, 3, 4, 5, 6, 7, 8]


def test_every_speaker_by_full_name(documents):
    quotes = find_quotes(documents)
    assert list(quotes["speaker"]) == [gold[4] for gold in QUOTES]
    assert set(quotes["speaker_kind"][1:]) == {"person"}
    assert set(quotes["role"][1:]) == {"Secretary-General"}
    assert quotes["speaker_kind"].iloc[0] != "person"
    assert not quotes["inferred"].any()


def test_cues_and_sources_are_traced(documents, text):
    for row in find_quotes(documents).itertuples():
        assert " ".join(text[s:e] for s, e in row.cue_spans) == row.cue
        assert " ".join(text[s:e] for s, e in row.source_spans) == row.source


def test_every_figure_and_no_other(documents, text):
    figures = find_figures(documents, quotes=find_quotes(documents))
    found = [tuple(missing_as_none(row)) for row in figures[FIGURE_COLUMNS].itertuples(index=False)]
    expected = [tuple(gold) for gold in FIGURES]
    without_units = [row[:3] + ((row[3],) if row[1] == "money" else (None,)) + row[4:] for row in found]
    without_of = [row[:5] + ((row[5],) if row[1] == "money" else (None,)) + row[6:] for row in without_units]
    assert without_of == expected
    position = 0
    for gold, start, end in zip(FIGURES, figures["start"], figures["end"], strict=True):
        assert start >= position and text[start:end] == gold[0]
        position = end
    assert figures["start"].iloc[6] == text.index("21 to 24 November")


def test_dates_are_full_when_the_documents_date_is_given(documents):
    figures = find_figures(documents.assign(date="2017-11-24"))
    dates = figures.loc[figures["kind"] == "date", "timex"]
    assert list(dates) == ["2017-11-23", "2016", "2017-11-21/2017-11-24", "2030"]


def test_key_phrases_are_those_a_reader_would_name(documents):
    phrases = [phrase.lower() for phrase in find_phrases(documents)["phrase"]]
    named = [name for name in PHRASES if any(name.lower() in phrase for phrase in phrases)]
    assert named == PHRASES


def test_a_dictionary_of_ones_own_finds_its_passages(documents, text):
    mine = {"transport": ["transport", "road"], "trade and investment": ["trade", "invest*"],
            "finance": ["financ*", "bank*"], "institutions": ["Secretariat", "ministries"]}
    themes = find_themes(documents, themes=mine)
    where = themes.groupby("theme")["paragraph"].agg(set).to_dict()
    assert where["transport"] >= {5, 6, 7, 8}
    assert where["trade and investment"] >= {5, 6}
    assert where["finance"] >= {3, 6, 9}
    assert where["institutions"] >= {0, 6}
    for row in themes.itertuples():
        assert row.evidence and all(row.start <= s < e <= row.end for s, e in row.evidence)


@pytest.mark.parametrize("call", [find_quotes, find_figures, find_phrases, find_themes])
def test_the_same_table_every_time(documents, call):
    pd.testing.assert_frame_equal(call(documents), call(documents))
