"""What a run keeps for its notebooks: the same rows, of the same documents and kit only."""
from __future__ import annotations

import os

import pandas as pd
import pytest

from helpers import find_figures, find_phrases, find_quotes, load, work
from helpers.documents import PROJECT
from helpers.quotes import table
from helpers.themes.choices import Choices

DOCUMENTS = pd.DataFrame(
    {"text": ["“It works,” Ann Lee said.", "No.", "The minister said that he would not go."],
     "title": ["Works", None, "Mayor Ann Lee speaks"], "date": ["2024-01-01", None, None]},
    index=pd.Index(["a", "b", "c"], name="doc"))


@pytest.fixture
def analysed(monkeypatch) -> list[str]:
    """The texts that are analysed; the first document makes a batch, the others another."""
    texts: list[str] = []
    once = table.quotes_in

    def quotes_in(text, *, title, author):
        texts.append(text)
        return once(text, title=title, author=author)
    monkeypatch.setattr(table, "quotes_in", quotes_in)
    monkeypatch.setattr(work, "BATCH", 20)
    return texts


def test_the_same_table_is_found_kept_and_taken(tmp_path, analysed):
    documents = pd.concat([DOCUMENTS, load("seeds"), load(
        PROJECT / "tests" / "documents" / "2022-03-08_bridge-approved.txt")])
    plain = find_quotes(documents)
    assert len(plain) > 8 and not list(tmp_path.iterdir())
    with work.keeping(tmp_path):
        first = find_quotes(documents)
        analysed.clear()
        again = find_quotes(documents)
    pd.testing.assert_frame_equal(first, plain)
    pd.testing.assert_frame_equal(again, plain)
    assert again["spans"].tolist() == plain["spans"].tolist()  # tuples, though JSON has none
    assert analysed == [] and len(list(tmp_path.iterdir())) == 5


@pytest.mark.parametrize(("column", "value"), [
    ("text", "“It works,” Eva Lee said."), ("title", "Fails"), ("title", None), ("author", "Ann Lee"),
    ("date", "2024-01-02"), ("language", "en")])
def test_other_documents_are_analysed(tmp_path, analysed, column, value):
    with work.keeping(tmp_path):
        find_quotes(DOCUMENTS)
        analysed.clear()
        documents = DOCUMENTS.assign(language=None)
        documents.loc["a", column] = value
        changed = find_quotes(documents)
    assert analysed == documents["text"].tolist()[:1]
    pd.testing.assert_frame_equal(changed, find_quotes(documents))


def test_names_of_documents_do_not_matter(tmp_path, analysed):
    with work.keeping(tmp_path):
        find_quotes(DOCUMENTS)
        analysed.clear()
        assert find_quotes(DOCUMENTS.set_axis([7, 8, 9]))["doc"].tolist() == [7, 9]
    assert analysed == []


def test_another_kit_finds_for_itself(tmp_path, analysed, monkeypatch):
    with work.keeping(tmp_path):
        find_quotes(DOCUMENTS)
        analysed.clear()
        monkeypatch.setattr(work, "kit_digest", lambda: "another")
        find_quotes(DOCUMENTS)
    assert len(analysed) == 3


@pytest.mark.parametrize("damage", [lambda data: data[:len(data) // 2], lambda data: b"\xff", lambda data: b""])
def test_damaged_files_are_found_again(tmp_path, analysed, damage):
    with work.keeping(tmp_path):
        first = find_quotes(DOCUMENTS)
        for path in tmp_path.iterdir():
            path.write_bytes(damage(path.read_bytes()))
        for _ in ("found", "kept"):
            pd.testing.assert_frame_equal(find_quotes(DOCUMENTS), first)
    assert len(analysed) == 6


def test_a_keep_ends_with_its_block(tmp_path, analysed):
    with pytest.raises(ZeroDivisionError), work.keeping(tmp_path):
        1 / 0  # noqa: B018
    assert work.KEEP not in os.environ
    find_quotes(DOCUMENTS)
    assert not list(tmp_path.iterdir())


def test_workers_find_the_same(tmp_path, monkeypatch):
    """Two processes, which keep what they find as this one does."""
    alone = table._rows(DOCUMENTS)
    monkeypatch.setattr(work, "BATCH", 20)
    monkeypatch.setattr(work, "cores", lambda: 2)
    with work.keeping(tmp_path):
        assert work.kept_or_found(table._rows, DOCUMENTS, name="quotes", worth=10) == alone
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_found_together_is_what_is_found_alone(tmp_path, monkeypatch, processes):
    documents = DOCUMENTS.assign(language=["en", "de", "en"])
    alone = [find(documents) for find in (find_quotes, find_figures)]
    monkeypatch.setattr(work, "BATCH", 20)
    monkeypatch.setattr(work, "WORTH", 0)
    monkeypatch.setattr(work, "cores", lambda: processes)
    work.keep_together([find_quotes], documents)
    assert not list(tmp_path.iterdir())
    with work.keeping(tmp_path):
        work.keep_together([find_quotes, find_figures], documents)
        assert len(list(tmp_path.glob("quotes-*"))) == len(list(tmp_path.glob("figures-*"))) == 2
        monkeypatch.setattr("helpers.quotes.table.quotes_in", None)
        monkeypatch.setattr("helpers.figures.table.extract", None)
        for find, table_alone in zip((find_quotes, find_figures), alone, strict=True):
            pd.testing.assert_frame_equal(find(documents), table_alone)


def test_phrases_are_kept_by_their_settings(tmp_path, monkeypatch):
    documents = load("seeds")
    few, without = find_phrases(documents, top=2), find_phrases(documents, choices=Choices(("SCO",)))
    assert "SCO member states" not in set(without["phrase"]) and len(few) == 2
    with work.keeping(tmp_path):
        plain = find_phrases(documents)
        pd.testing.assert_frame_equal(find_phrases(documents, top=2), few)
        pd.testing.assert_frame_equal(find_phrases(documents, choices=Choices(("SCO",))), without)
        monkeypatch.setattr("helpers.themes.phrases.candidates_of", None)
        pd.testing.assert_frame_equal(find_phrases(documents, choices=Choices()), plain)
        pd.testing.assert_frame_equal(find_phrases(documents, choices=Choices(("SCO",))), without)


def test_figures_are_kept_without_their_speakers(tmp_path, monkeypatch):
    documents = pd.concat([load("seeds"), DOCUMENTS.iloc[:1]])
    quotes = find_quotes(documents)
    plain, spoken = find_figures(documents, quotes=quotes.iloc[:0]), find_figures(
        documents, quotes=quotes)
    assert plain["speaker"].isna().all() and spoken["speaker"].notna().any()
    with work.keeping(tmp_path):
        find_figures(documents, quotes=quotes.iloc[:0])
        monkeypatch.setattr("helpers.figures.table.extract", None)
        pd.testing.assert_frame_equal(find_figures(documents, quotes=quotes), spoken)


def test_tables_without_documents_or_quotes_keep_their_columns(tmp_path):
    with work.keeping(tmp_path):
        for documents in (DOCUMENTS.iloc[:0], DOCUMENTS.iloc[1:2], DOCUMENTS.iloc[1:2]):
            assert list(find_quotes(documents)) == table.COLUMNS
