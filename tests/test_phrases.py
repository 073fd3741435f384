"""Key phrases: what a reader would name, how forms are joined, and where they stand."""
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError, load
from helpers.text import doc_of
from helpers.text.forms import singular, stem
from helpers.themes import complete_phrases, find_phrases, phrase_forms
from helpers.themes.candidates import candidates_of
from helpers.themes.phrases import COLUMNS

SEED = load("seeds")["text"].iloc[0]


def phrases_in(text: str, *, title: str | None = None, top: int = 15) -> list:
    """The rows of one text."""
    return list(find_phrases(pd.DataFrame({"text": [text], "title": [title]}), top=top).itertuples())


@pytest.mark.parametrize(("word", "expected"), [
    pytest.param("Roads", "road", id="plain"),
    pytest.param("countries", "country", id="ies"),
    pytest.param("taxes", "tax", id="es"),
    pytest.param("businesses", "business", id="sses"),
    pytest.param("tornadoes", "tornado", id="oes"),
    pytest.param("shoes", "shoe", id="oes that is oe"),
    pytest.param("women", "woman", id="irregular"),
    pytest.param("crises", "crisis", id="Greek"),
    pytest.param("phenomena", "phenomenon", id="Greek neuter"),
    pytest.param("news", "news", id="no plural"),
    pytest.param("economics", "economics", id="a science"),
    pytest.param("crisis", "crisis", id="is"),
    pytest.param("status", "status", id="us"),
    pytest.param("gas", "gas", id="singular in s"),
    pytest.param("bus", "bus", id="short"),
    pytest.param("movies", "movie", id="ie"),
    pytest.param("Texas", "texas", id="name in s"),
    pytest.param("", "", id="empty"),
])
def test_singular(word: str, expected: str) -> None:
    assert singular(word) == expected
    assert singular(expected) == expected


def test_related_words_share_a_stem() -> None:
    assert stem("Investments") == stem("investing") != stem("industry")


@pytest.mark.parametrize("phrase", [
    "economic cooperation", "SCO member states", "transport", "international road transport",
    "Rashid Alimov", "integration",
])
def test_seed_has_the_phrases_a_reader_would_name(phrase: str) -> None:
    assert phrase in [p.phrase for p in phrases_in(SEED)]


@pytest.mark.parametrize("phrase", [
    "Alimov", "first day", "one", "Second", "November", "Nations Office",
])
def test_seed_has_no_fragments_and_no_generic_words(phrase: str) -> None:
    assert phrase not in [p.phrase for p in phrases_in(SEED)]


@pytest.mark.parametrize(("text", "phrase", "written"), [
    pytest.param("The road is long. New roads help. A road is a road.", "road",
                 ["road", "roads", "road", "road"], id="plural and singular"),
    pytest.param("The Asian Development Bank (ADB) lends to Nepal. The ADB also lends to Laos.",
                 "ADB", ["Asian Development Bank", "ADB", "ADB"], id="acronym and long form"),
    pytest.param("The Organization for Security and Co-operation in Europe (OSCE) met. OSCE "
                 "members spoke. The OSCE left.", "OSCE",
                 ["Organization for Security and Co-operation in Europe", "OSCE", "OSCE", "OSCE"],
                 id="acronym and long form with small words"),
    pytest.param("RDB (Reef Development Bank) lends to Orma. Loans of the RDB are cheap.", "RDB",
                 ["RDB", "Reef Development Bank", "RDB"], id="long form in the brackets"),
    pytest.param("Maria Lopez spoke first. Trade matters, Lopez said. Lopez left.", "Maria Lopez",
                 ["Maria Lopez", "Lopez", "Lopez"], id="surname and full name"),
    pytest.param("Ursula von Berg spoke. Von Berg left. The bill of Ursula von Berg grew, said Berg.",
                 "Ursula von Berg", ["Ursula von Berg", "Von Berg", "Ursula von Berg", "Berg"],
                 id="surname with a particle"),
    pytest.param("MINISTERS met. The ministers left.", "ministers", ["MINISTERS", "ministers"],
                 id="capitals at the opening"),
    pytest.param("A free-trade zone opens. The free-trade zone closes.", "free-trade zone",
                 ["free-trade zone", "free-trade zone"], id="hyphen inside"),
    pytest.param("Nobody in the town had expected that the nuclear\npower plant would "
                 "close before the end of winter. A nuclear\npower plant costs less than many say.",
                 "nuclear power plant", ["nuclear\npower plant", "nuclear\npower plant"],
                 id="broken over a line"),
])
def test_forms_are_joined(text: str, phrase: str, written: list[str]) -> None:
    found = {p.phrase: p for p in phrases_in(text)}
    assert phrase in found
    assert [text[start:end] for start, end in found[phrase].spans] == written
    assert found[phrase].count == len(written)


@pytest.mark.parametrize(("text", "held", "part"), [
    pytest.param("The Ministry of Fisheries bought ships. Clerks of the Ministry of Fisheries left.",
                 "Ministry of Fisheries", "Fisheries", id="ministry and what it is for"),
    pytest.param("Orvell & Pike Group plc sells shoes. Orvell & Pike Group plc closes shops.",
                 "Orvell & Pike Group plc", "Orvell", id="company of two names"),
    pytest.param("TARU-7 has spread in the town. Doctors fear TARU-7 and a new wave of TARU-7.", "TARU-7", "", id="a name with a number"),
    pytest.param("The Bank of Meridia raised rates. Shops in Meridia closed. Meridia waits.",
                 "Bank of Meridia", "", id="a part that stands alone as well stays"),
])
def test_parts_of_a_name_yield_to_it(text: str, held: str, part: str) -> None:
    found = [p.phrase for p in phrases_in(text)]
    assert held in found and part not in found
    assert "Meridia" in found or part or "TARU" in held


@pytest.mark.parametrize(("text", "better", "worse"), [
    pytest.param("New canals, the Organization says, are needed. The Organization digs canals.", "canals",
                 "Organization", id="a bare name of a body"),
    pytest.param("ORMA, May 3 (ONA) — Divers found a wreck off Lisk.", "wreck", "ORMA",
                 id="dateline"),
    pytest.param("ORMA, 3 May. /ONA/. Divers found a wreck.", "wreck", "ORMA",
                 id="dateline without a dash"),
    pytest.param("OK: Who builds dams?\n\nRV: We build dams.\n\nOK: All dams?", "dams", "OK",
                 id="initials of who speaks"),
    pytest.param("Divers swam 40 metres to a wreck.", "wreck", "metres", id="unit"),
])
def test_what_tells_little_yields(text: str, better: str, worse: str) -> None:
    found = [p.phrase for p in phrases_in(text)] + [worse]
    assert found.index(better) < found.index(worse)


@pytest.mark.parametrize(("text", "phrase"), [
    pytest.param("Maria Lopez met Juan Lopez. Lopez smiled.", "Lopez", id="two people of a name"),
    pytest.param("The Bank of Laos (ADB) lends.", "ADB", id="letters that are no initials"),
])
def test_forms_are_kept_apart(text: str, phrase: str) -> None:
    assert phrase in [p.phrase for p in phrases_in(text)]


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("Trade Minister Ann Lee resigned.", ("ann", "lee"), id="office and name"),
    pytest.param("They met film star Ann Lee.", ("film", "star"), id="occupation and name"),
    pytest.param("They flew to New York.", ("new", "york"), id="generic word in a name"),
])
def test_candidates_include(text: str, words: tuple[str, ...]) -> None:
    assert words in candidates_of(doc_of(text))


@pytest.mark.parametrize(("text", "words"), [
    pytest.param("They saw Rashid Alimov.", ("rashid",), id="half a name"),
    pytest.param("They paid 5 million dollars last week.", ("week",), id="time"),
    pytest.param("The price of steel, oil rose.", ("steel", "oil"), id="over a comma"),
    pytest.param("It was in steel. Oil prices rose.", ("steel", "oil"), id="over a sentence"),
    pytest.param("The you-must-read-this-now appeal.",
                 ("you-must-read-this-now", "appeal"), id="a sentence in hyphens"),
    pytest.param("They met Miss Lopez.", ("miss", "lopez"), id="form of address"),
    pytest.param("They left their headquarters.", ("headquarter",), id="vague noun"),
])
def test_candidates_exclude(text: str, words: tuple[str, ...]) -> None:
    assert words not in candidates_of(doc_of(text))


@pytest.mark.parametrize(("text", "phrase", "never"), [
    pytest.param("Jan van der Meer met Ana de la Cruz at the docks.", "Jan van der Meer",
                 ["van", "der", "van der", "der Meer", "Meer", "Cruz", "la Cruz", "Ana"], id="pieces of names"),
    pytest.param("Mayor Ann Lee spoke. Director-General Bob Roe left. Ann Lee and Bob Roe danced. Roe sang.", "Ann Lee",
                 ["Mayor Ann Lee", "Director-General Bob Roe"], id="a name with its office, and without"),
    pytest.param("The Minister of Transport Runa Bell spoke. Fish sleep, said Minister of Trade Ottar Zell. Bell and Zell left.", "Runa Bell",
                 ["Transport Runa Bell", "Trade Ottar Zell"], id="a part of an office glued to a name"),
    pytest.param("About ten Germans came to La Orma.", "Germans", ["ten", "ten Germans"], id="a number is no particle"),
    pytest.param("Ferries sail again, Lisk Herald reports.", "Lisk Herald",
                 ["Lisk Herald reports", "reports"], id="a verb that looks like a noun"),
    pytest.param("Orm Vasser confirms sale of old ferry\n\nOrm Vasser confirms the sale.", "Orm Vasser",
                 ["Orm Vasser confirms", "confirms sale"], id="a verb behind a name in a headline"),
    pytest.param("Audit Office publishes report on ferries\n\nThe Audit Office works.", "Audit Office",
                 ["Audit Office publishes", "publishes report", "publishes"], id="a headline's verb"),
    pytest.param("Ministry unveils plan\n\nThe plan has three parts.", "plan",
                 ["Ministry unveils", "unveils plan", "Ministry unveils plan"], id="a headline's verb behind a noun"),
    pytest.param("Zell Bank cuts of 3 per cent hurt.", "Zell Bank cuts", [], id="no headline, no verb"),
    pytest.param("The Minister for Islands Runa Bell spoke of fish.", "Runa Bell", ["Islands Runa Bell"], id="an office with for"),
    pytest.param("FOR IMMEDIATE RELEASE\n\nHarbour fees rise\n\nHarbour fees will rise in Zell.", "Harbour fees",
                 ["IMMEDIATE RELEASE", "RELEASE"], id="what is printed over a release"),
    pytest.param("MODERATOR: Good harbour fees.\n\nMS. OSEI: Low harbour fees.\n\nMODERATOR: Yes.", "harbour fees",
                 ["MODERATOR", "OSEI"], id="labels of turns"),
    pytest.param("The council will change UN rules.", "UN rules", [], id="a noun that looks like a verb"),
    pytest.param("Write to press@orma.test or see www.orma.test/news and https://orma.test for ferry prices.", "ferry prices",
                 ["press@orma.test", "www.orma.test/news", "https://orma.test"], id="addresses"),
])
def test_what_is_no_phrase(text: str, phrase: str, never: list[str]) -> None:
    found = [p.phrase for p in phrases_in(text)]
    assert phrase in found and not set(found) & set(never)


def test_the_first_place_is_behind_a_headline() -> None:
    body = "\n\nA storm came. Nets tore. It rained for days. Then divers left."
    headline, sentence = ({row.phrase: row.score for row in phrases_in(opening + body)}
                          for opening in ("Divers meet", "Divers meet."))
    assert headline["Divers"] < sentence["Divers"] and headline["storm"] > headline["Divers"]


def test_title_outside_the_text_ranks_its_phrases_higher() -> None:
    text = "Steel exports fell. Prices rose. Nobody knows why this is so. Coal output grew."
    plain, titled = ([p.phrase for p in phrases_in(text, title=title)].index("Coal output")
                     for title in (None, "Coal output up"))
    assert titled < plain


def test_words_for_bodies_rank_lower() -> None:
    body = "The {} came at noon. They saw the {} leave."
    scores = [phrases_in(body.replace("{}", word))[0].score for word in ("committee", "sandstorm")]
    assert scores[0] == pytest.approx(0.85 * scores[1], rel=1e-3)


def test_phrase_forms_are_a_dictionary_of_phrases() -> None:
    documents = pd.DataFrame({"text": ["The Reef Trust (RT) met. The RT left.", "Reef Trust!"]})
    forms = phrase_forms(documents, find_phrases(documents), top=1)
    assert forms == {"RT": ["Reef Trust", "RT"]} or forms == {"Reef Trust": ["Reef Trust", "RT"]}
    assert phrase_forms(documents[:0], find_phrases(documents[:0])) == {}


REEFS = pd.DataFrame({"text": [
    "The coral reef is old. A Coral Reef feeds fish.",
    "Divers of many clubs met. They spoke of boats, masks, weather, guides, prices, tides, winds, nets, maps, lamps, "
    "ropes, sails, bays, coasts, islands and whales before they saw coral reefs, and one more coral reef.",
    "Maria Lopez dived. Lopez saw fish.", "Lopez is a town.", "Nada."]},
    index=list("abcde")).assign(language=["en"] * 4 + ["es"])


def test_counts_over_many_documents_count_every_occurrence() -> None:
    best = find_phrases(REEFS, top=3)
    assert "coral reef" not in set(best[best["doc"] == "b"]["phrase"].str.lower())
    table = complete_phrases(REEFS, best)
    assert list(table.columns) == COLUMNS and table["doc"].tolist() == sorted(table["doc"])
    reef = table[table["phrase"].str.lower() == "coral reef"]
    assert reef["phrase"].nunique() == 1 and reef["count"].tolist() == [2, 2]
    assert (table["count"] == table["spans"].map(len)).all()
    for row in table.itertuples():
        assert all(REEFS["text"][row.doc][start:end].strip() for start, end in row.spans)
    assert set(table[table["phrase"] == "Maria Lopez"]["doc"]) == {"c"}, "a surname may be another's"


def test_every_occurrence_of_no_phrases_is_none() -> None:
    assert list(complete_phrases(REEFS, find_phrases(REEFS[:0])).columns) == COLUMNS


def test_table_has_the_columns_and_the_order() -> None:
    table = find_phrases(pd.DataFrame({"text": [SEED, "", SEED]}, index=["b", "a", "c"]))
    assert list(table.columns) == COLUMNS
    assert table["doc"].drop_duplicates().tolist() == ["b", "c"]
    for _, rows in table.groupby("doc"):
        assert rows["score"].is_monotonic_decreasing
        assert len(rows) == 15
    assert (table["count"] == table["spans"].map(len)).all()


def test_missing_title_and_title_inside_change_nothing() -> None:
    plain = find_phrases(pd.DataFrame({"text": [SEED]}))
    titled = pd.DataFrame({"text": [SEED], "title": [None]})
    assert find_phrases(titled).equals(plain)
    titled["title"] = " ".join(SEED.split()[:8])
    assert find_phrases(titled).equals(plain)


def test_no_documents_give_an_empty_table() -> None:
    assert list(find_phrases(pd.DataFrame({"text": []})).columns) == COLUMNS


@pytest.mark.parametrize("top", [0, 1, 4, 100])
def test_top_is_a_limit(top: int) -> None:
    assert len(phrases_in(SEED, top=top)) <= top


@pytest.mark.parametrize("top", [None, "x", -1, 2.5, True])
def test_another_top_is_told(top: object) -> None:
    with pytest.raises(KitError, match="is no number of phrases"):
        phrases_in(SEED, top=top)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from("aAbB sS.-\n()'\"éЖ中1"), max_size=300) | st.text())
def test_any_text(text: str) -> None:
    for phrase in phrases_in(text):
        assert phrase.count == len(phrase.spans) > 0
        assert all(0 <= start < end <= len(text) for start, end in phrase.spans)


@pytest.mark.parametrize("text", ["a-" * 9_000, "steel " * 9_000, "(A) " * 9_000, "B" * 50_000,
                                  "Steel Works " * 5_000],
                         ids=["hyphens", "one noun", "brackets", "one word", "one long name"])
def test_hostile_text_is_no_trouble(text: str) -> None:
    phrases_in(text)
