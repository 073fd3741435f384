"""Themes: what an entry matches, what files may hold, which passages carry what."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from helpers import KitError, load
from helpers.text import doc_of, paragraphs
from helpers.themes.dictionary import Dictionary, load_themes
from helpers.themes.table import COLUMNS, ENOUGH_DOCUMENTS, find_themes, guess_themes

SEED = load("seeds")["text"].iloc[0]
OWN = {
    "transport": ["transport*", "road", "automobile", "customs"],
    "trade and investment": ["trade", "invest*", "goods", "market integration"],
    "finance": ["bank*", "financ*"],
    "infrastructure": ["infrastructure", "communications", "telecommunications"],
    "institutions": ["SCO", "ESCAP", "secretariat", "organi?ation", "member state"],
}


def themes_in(text: str, themes: dict) -> list:
    return list(find_themes(pd.DataFrame({"text": [text]}), themes=themes).itertuples())


def found(text: str, *entries: str) -> list[str]:
    return [text[hit.start:hit.end] for hit in Dictionary({"x": entries}).hits(doc_of(text))]


@pytest.mark.parametrize(("text", "entries", "expected"), [
    pytest.param("Roads and a road.", ["road"], ["Roads", "road"], id="plural"),
    pytest.param("Good goods.", ["goods"], ["goods"], id="entry in the plural"),
    pytest.param("The road's end.", ["road"], ["road"], id="possessive"),
    pytest.param("Women and a woman.", ["woman"], ["Women", "woman"], id="irregular plural"),
    pytest.param("Broad roadside roadmap.", ["road"], [], id="no part of a word"),
    pytest.param("Investors invest, investing.", ["invest*"], ["Investors", "invest", "investing"],
                 id="wildcard at the end"),
    pytest.param("Divestment, reinvestment.", ["*vestment"], ["Divestment", "reinvestment"],
                 id="wildcard at the beginning"),
    pytest.param("Organisation, organization.", ["organi?ation"], ["Organisation", "organization"],
                 id="one letter"),
    pytest.param("The rule of law, the rule-of-law.", ["rule of law"], ["rule of law", "rule-of-law"],
                 id="phrase with hyphens"),
    pytest.param("E-commerce and e-commerce.", ["e-commerce"], ["E-commerce", "e-commerce"],
                 id="hyphen in the entry"),
    pytest.param("Co-operation and co-operating.", ["co-operat*"], ["Co-operation", "co-operating"],
                 id="hyphen and wildcard"),
    pytest.param("A rule. Of law.", ["rule of law"], [], id="not over a sentence"),
    pytest.param("Trade, union.", ["trade union"], [], id="not over a comma"),
    pytest.param("Foreign direct investments.", ["foreign direct invest*"],
                 ["Foreign direct investments"], id="wildcard in a phrase"),
    pytest.param("WHO asks who.", ["WHO"], ["WHO"], id="capitals"),
    pytest.param("Two NGOs.", ["NGO"], ["NGOs"], id="plural of capitals"),
    pytest.param("Trade unions trade.", ["trade", "-trade union*"], ["trade"], id="exclusion"),
    pytest.param("The road map task force.", ["road", "road map task force", "-road map"],
                 ["road map task force"], id="longer than its exclusion"),
    pytest.param("Central bank.", ["bank", "central bank"], ["Central bank"], id="longest wins"),
    pytest.param("Bank bank.", ["bank", "bank"], ["Bank", "bank"], id="entry given twice"),
    pytest.param("A [road].", ["road"], ["road"], id="brackets around"),
    pytest.param("A road.", ["", " ", "-"], [], id="empty entries"),
    pytest.param("Whatever.", ["*"], ["Whatever"], id="only a star"),
    pytest.param("C++ and a+b.", ["a+*"], ["a+b"], id="no pattern language"),
    pytest.param("Café and cafés.", ["café"], ["Café", "cafés"], id="accents"),
    pytest.param("", ["road"], [], id="empty text"),
])
def test_entries(text: str, entries: list[str], expected: list[str]) -> None:
    assert found(text, *entries) == expected


def test_one_word_may_belong_to_two_themes() -> None:
    themes = {"sea": ["port"], "trade": ["port", "export"]}
    assert [(p.theme, p.weight) for p in themes_in("A port exports.", themes)] == [
        ("trade", 2.0), ("sea", 1.0)]


@pytest.mark.parametrize("themes", [{"x": "road"}, {"x": [1, 2]}])
def test_wrong_entries_are_told(themes: dict) -> None:
    with pytest.raises(KitError, match="'x' is not a list of words"):
        find_themes(pd.DataFrame({"text": ["A road."]}), themes=themes)


@pytest.mark.parametrize("themes", ["own.toml", ["road"], 3, [("x", ["road"])]])
def test_what_is_no_dictionary_is_told(themes: object) -> None:
    with pytest.raises(KitError, match="is no dictionary of themes .* load_themes"):
        find_themes(pd.DataFrame({"text": ["A road."]}), themes=themes)


def test_file_with_parts_and_exclusions(tmp_path: Path) -> None:
    path = tmp_path / "themes.toml"
    path.write_text('security = ["army"]\n[transport]\nwords = ["traffic"]\nnot = ["drug traffic"]\n'
                    '[transport.rail]\nwords = ["railway*"]\n', "utf-8")
    assert load_themes(path) == {
        "security": ["army"], "transport": ["traffic", "-drug traffic", "railway*"],
        "transport/rail": ["railway*"]}


@pytest.mark.parametrize(("content", "message"), [
    pytest.param("x = [", "is not TOML", id="broken"),
    pytest.param('x = "road"', "neither a list", id="text"),
    pytest.param("x = [1]", "not a list of words", id="numbers"),
    pytest.param('[x]\nwords = "road"', "not a list of words", id="text for words"),
    pytest.param('[x]\nword = ["road"]', "'x' has an unknown key 'word'; did you mean `words`", id="misspelt key"),
    pytest.param('[x]\nwords = ["road"]\nNot = ["map"]', "did you mean `not`", id="key in capitals"),
    pytest.param('[x]\nwords = ["road"]\nnote = "mine"', "unknown key 'note'", id="text under another key"),
    pytest.param('[x]\nrail = ["railway"]', r"a part of it is a table \[x.rail\]", id="list for a part"),
])
def test_file_that_cannot_be_read(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(KitError, match=message):
        load_themes(path)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(KitError, match="no theme dictionary"):
        load_themes(tmp_path / "none.toml")
    with pytest.raises(KitError, match="no theme dictionary at 5"):
        load_themes(5)


def test_seed_by_a_users_dictionary() -> None:
    table = find_themes(pd.DataFrame({"text": [SEED]}, index=["seed"]), themes=OWN)
    where = {theme: set(rows["paragraph"]) for theme, rows in table.groupby("theme")}
    assert where == {
        "transport": {5, 6, 7, 8}, "trade and investment": {5, 6, 8, 9}, "finance": {0, 3, 6, 9},
        "infrastructure": {5, 6}, "institutions": {0, 1, 4, 5, 6, 7, 8, 9}}
    road = table[(table["theme"] == "transport") & (table["paragraph"] == 8)].iloc[0]
    assert [SEED[start:end] for start, end in road["evidence"]] == [
        "road", "transport", "automobile", "transportations"]
    assert road["weight"] == 4.0


@pytest.mark.parametrize(("sentence", "theme"), [
    ("The railway carried less freight.", "transport/rail"),
    ("Exports to the single market fell.", "trade"),
    ("Foreign investors stayed away.", "investment"),
    ("The central bank raised interest rates.", "finance"),
    ("The finance minister presented the budget.", "public finance"),
    ("A pipeline and a water supply are planned.", "infrastructure"),
    ("The reactor supplies electricity.", "energy"),
    ("Emissions of greenhouse gases rose.", "environment"),
    ("The WHO warned of an epidemic.", "health"),
    ("Teachers and pupils returned to school.", "education"),
    ("The secretariat serves all member states.", "institutions"),
    ("The army denied the ceasefire.", "security"),
    ("Weavers and farmers await the harvest.", "agriculture"),
])
def test_shipped_dictionary_finds(sentence: str, theme: str) -> None:
    assert theme in [p.theme for p in themes_in(sentence, load_themes())]


@pytest.mark.parametrize(("sentence", "theme"), [
    ("The plan is a road map.", "transport"),
    ("The trade union met.", "trade"),
    ("They used olive oil.", "energy"),
    ("The business environment improved.", "environment"),
    ("They discussed social security.", "security"),
    ("He took a taxi.", "public finance"),
    ("They asked who it was.", "health"),
    ("Envoys met on the Strait of Lisk.", "transport"),
])
def test_shipped_dictionary_does_not_find(sentence: str, theme: str) -> None:
    assert theme not in [p.theme for p in themes_in(sentence, load_themes())]


def test_parts_of_the_shipped_themes_belong_to_the_whole() -> None:
    themes = load_themes()
    for name, entries in themes.items():
        assert entries
        if "/" in name:
            assert set(entries) <= set(themes[name.rpartition("/")[0]])


def test_discovered_themes_of_the_seed() -> None:
    documents = pd.DataFrame({"text": [SEED]}, index=["seed"])
    table = find_themes(documents)
    assert table.equals(find_themes(documents))
    assert "Regional Economic Cooperation" in set(table["theme"])
    assert 3 <= table["theme"].nunique() <= 10
    assert not any("Alimov" in theme for theme in table["theme"])


def test_phrases_with_one_head_are_one_theme() -> None:
    texts = ["Road transport grew. Nobody knew why.", "Rail transport fell. It rained.", "A dairy farm closed.",
             "Road transport pays.", "Rail transport does not.", "The dairy farm was old."]
    themes = find_themes(pd.DataFrame({"text": texts}))
    words = {theme: {" ".join(texts[row.doc][start:end].lower() for start, end in row.evidence) for row in rows.itertuples()}
             for theme, rows in themes.groupby("theme")}
    assert {"road transport", "rail transport"} in words.values()
    assert not any("dairy farm" in said and len(said) > 1 for said in words.values())


NEWS = [
    "The ministry gave information on the tunnel. A statement followed.",
    "Tunnel works cost the country millions, said Ann Lee. The country has information.",
    "A statement of the country named the tunnel works. Lee denied it.",
    "The information in the statement was wrong, said the ministry. Lee laughed.",
]


def test_what_any_news_has_and_people_are_no_themes() -> None:
    found = set(find_themes(pd.DataFrame({"text": NEWS}))["theme"].str.lower())
    assert any("tunnel" in theme for theme in found)
    assert found.isdisjoint({"country", "information", "statement", "ministry", "ann lee", "lee"})


def test_discovered_themes_cover_a_third_of_the_passages() -> None:
    documents = load("tests/documents")
    themes = find_themes(documents)
    passages = sum(len(paragraphs(text)) for text in documents["text"][documents["language"] == "en"])
    assert len(themes[["doc", "paragraph"]].drop_duplicates()) >= passages / 3
    assert f"of {passages} passages have one of" in themes.attrs["note"] and "third" not in themes.attrs["note"]


def test_why_they_do_not_is_said() -> None:
    texts = ["Ann Lee sang. " * 3, "Bob Roe danced.", "It rained.", "They left.", "Eva Ode slept.", "Nobody came."]
    themes = find_themes(pd.DataFrame({"text": texts}))
    assert themes["doc"].nunique() < 2 and "less than a third" in themes.attrs["note"]


def test_probable_themes_come_with_many_documents_only() -> None:
    texts = ["Miners dig ore in the deep pit.", "Deep in the pit they dig.",
             "The striker scored a late goal.", "A late goal was scored."]
    themes = {"mining": ["miner", "ore"], "sport": ["striker"]}
    few, many = (find_themes(pd.DataFrame({"text": texts * n}), themes=themes)
                 for n in (1, ENOUGH_DOCUMENTS // len(texts)))
    assert all(few["evidence"]) and list(many.columns) == COLUMNS
    exact = many["evidence"].map(len) > 0
    assert set(many[exact]["doc"] % 4) == {0, 2}
    probable = many[~exact].drop_duplicates("doc").set_index("doc")["theme"]
    assert probable.loc[:3].tolist() == ["mining", "mining", "sport", "sport"]


def test_a_theme_with_few_hits_is_not_guessed() -> None:
    assert guess_themes(csr_matrix(np.eye(2)), csr_matrix(np.eye(2)))[0].tolist() == [-1, -1]


def test_empty_tables_keep_their_columns() -> None:
    none = pd.DataFrame({"text": []})
    assert list(find_themes(none).columns) == COLUMNS
    assert list(find_themes(none, themes=OWN).columns) == COLUMNS
    assert list(find_themes(pd.DataFrame({"text": ["No."]}), themes={}).columns) == COLUMNS


ENTRIES = st.text(alphabet=st.sampled_from("ab*?- AB."), max_size=8)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("abAB .\n-*s'中"), max_size=200) | st.text(),
       st.lists(ENTRIES, max_size=5))
def test_any_text_and_any_entries(text: str, entries: list[str]) -> None:
    documents = pd.DataFrame({"text": [text]})
    for table in (find_themes(documents, themes={"x": entries}), find_themes(documents)):
        for row in table.itertuples():
            assert 0 <= row.start < row.end <= len(text)
            assert row.weight == len(row.evidence) > 0
            assert all(row.start <= start < end <= row.end for start, end in row.evidence)


@pytest.mark.parametrize("text", ["a " * 20_000, "a-" * 20_000, "a" * 50_000])
def test_hostile_text_is_no_trouble(text: str) -> None:
    found(text, "a a a", "-a a", "a*a*b", "b*")
