"""Rows that are kept: the same ones, of the same documents and kit only, whatever becomes of the file."""
from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from helpers import cache, find_figures, find_phrases, find_quotes, load, work
from helpers.cache import cache_file, keep, kept
from helpers.documents import PROJECT
from helpers.quotes import table
from helpers.themes.choices import Choices

DOCUMENTS = pd.DataFrame(
    {"text": ["“It works,” Ann Lee said.", "No.", "The minister said that he would not go."],
     "title": ["Works", None, "Mayor Ann Lee speaks"], "date": ["2024-01-01", None, None]},
    index=pd.Index(["a", "b", "c"], name="doc"))


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    """Where rows are kept in this test."""
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def count(folder: Path) -> int:
    with sqlite3.connect(folder / "rows.sqlite") as file:
        return file.execute("SELECT count(*) FROM kept").fetchone()[0]


@pytest.fixture
def analysed(monkeypatch) -> list[str]:
    """The texts that are analysed; the first document makes a batch, the others another."""
    texts: list[str] = []
    once = table.quotes_in

    def quotes_in(text, **told):
        texts.append(text)
        return once(text, **told)
    monkeypatch.setattr(table, "quotes_in", quotes_in)
    monkeypatch.setattr(work, "BATCH", 20)
    return texts


def test_the_same_table_is_found_kept_and_taken(folder, analysed, monkeypatch):
    documents = pd.concat([DOCUMENTS, load("seeds"), load(
        PROJECT / "tests" / "documents" / "2022-03-08_bridge-approved.txt")])
    with monkeypatch.context() as without:
        without.setenv("COMMUNIQUE_CACHE", "off")
        plain = find_quotes(documents)
    assert len(plain) > 8 and not folder.exists()
    first = find_quotes(documents)
    analysed.clear()
    again = find_quotes(documents)
    pd.testing.assert_frame_equal(first, plain)
    pd.testing.assert_frame_equal(again, plain)
    assert again["spans"].tolist() == plain["spans"].tolist()  # tuples, though JSON has none
    assert analysed == [] and count(folder) == 5


@pytest.mark.parametrize(("column", "value"), [
    ("text", "“It works,” Eva Lee said."), ("title", "Fails"), ("title", None), ("author", "Ann Lee"),
    ("date", "2024-01-02"), ("language", "en")])
def test_other_documents_are_analysed(folder, analysed, monkeypatch, column, value):
    find_quotes(DOCUMENTS)
    analysed.clear()
    documents = DOCUMENTS.assign(language=None)
    documents.loc["a", column] = value
    changed = find_quotes(documents)
    assert analysed == documents["text"].tolist()[:1]
    monkeypatch.setenv("COMMUNIQUE_CACHE", "off")
    pd.testing.assert_frame_equal(changed, find_quotes(documents))


def test_of_many_documents_only_what_was_added_or_changed_is_read(folder, analysed):
    documents = pd.DataFrame({"text": [f"“It works,” said Ann Lee of plan {n}." for n in range(30)]})
    find_quotes(documents)
    assert len(analysed) == 30
    analysed.clear()
    documents.loc[30] = "“It failed,” said Bob Roe."
    documents.loc[7, "text"] = "“It worked,” said Ann Lee of plan 7."
    assert find_quotes(documents)["quote"].tolist()[7] == "It worked,"
    assert analysed == [documents["text"][7], documents["text"][30]]


def test_names_of_documents_do_not_matter(folder, analysed):
    find_quotes(DOCUMENTS)
    analysed.clear()
    assert find_quotes(DOCUMENTS.set_axis([7, 8, 9]))["doc"].tolist() == [7, 9]
    assert analysed == []


def test_rows_of_another_kit_go(folder, analysed, monkeypatch):
    find_quotes(DOCUMENTS)
    analysed.clear()
    monkeypatch.setattr(cache, "kit_digest", lambda: "another")
    find_quotes(DOCUMENTS.iloc[:2])
    assert len(analysed) == 2 == count(folder)


@pytest.mark.parametrize("damage", [
    lambda data: data[:len(data) // 2], lambda data: b"\xff" * 5000, lambda data: b"", lambda data: b"SQLite format 3\0" + data[:99],
    lambda data: data.replace(b"\x78\x01", b"\x78\x02")], ids=["half", "nonsense", "empty", "head", "rows"])
def test_a_damaged_file_counts_as_none(folder, analysed, damage):
    first = find_quotes(DOCUMENTS)
    path = folder / "rows.sqlite"
    path.write_bytes(damage(path.read_bytes()))
    for _ in ("found", "found where the file was removed", "kept"):
        pd.testing.assert_frame_equal(find_quotes(DOCUMENTS), first)
    assert 6 <= len(analysed) <= 9
    analysed.clear()
    find_quotes(DOCUMENTS)
    assert analysed == []


def test_nothing_is_kept_where_nothing_can_be(tmp_path, monkeypatch, analysed):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "file"))
    first = find_quotes(DOCUMENTS)
    pd.testing.assert_frame_equal(find_quotes(DOCUMENTS), first)
    assert len(analysed) == 6 and len(list(tmp_path.iterdir())) == 1


@pytest.mark.skipif(os.name == "nt", reason="rights are others there")
def test_nobody_else_may_read_it(folder, tmp_path, monkeypatch):
    find_quotes(DOCUMENTS)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path))
    find_quotes(DOCUMENTS)
    assert stat.S_IMODE((tmp_path / "rows.sqlite").stat().st_mode) == 0o600


def test_it_lies_in_the_users_cache_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("COMMUNIQUE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    if sys.platform == "linux":
        assert cache_file() == tmp_path / "communique" / "rows.sqlite"
    monkeypatch.setenv("COMMUNIQUE_CACHE", "off")
    assert cache_file() is None


def test_what_was_used_longest_ago_goes_first(folder, monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 200_000)
    for number in range(120):
        monkeypatch.setattr(cache, "_today", lambda day=number: day)
        keep([(str(number), [os.urandom(1500).hex()])])
        assert kept(["0"])[0]
    assert not kept(["1"])[0] and kept(["119"])[0] and (folder / "rows.sqlite").stat().st_size < 300_000


WRITER = """
import sys
from helpers.cache import keep, kept
for number in range(int(sys.argv[1]), 100_000):
    keep([(f"{number % 50} {n}", [number % 50] * 500) for n in range(20)])
    if number == int(sys.argv[1]) + 5:
        print("begun", flush=True)
"""


def test_two_writers_and_kill_9_leave_whole_rows(folder):
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(first)], cwd=PROJECT, stdout=subprocess.PIPE)
               for first in (0, 7)]
    for writer in writers:
        assert writer.stdout.readline()
    for writer in writers:
        time.sleep(0.05)
        writer.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
        writer.wait()
        writer.stdout.close()
    keys = [f"{number} {n}" for number in range(50) for n in range(20)]
    found = kept(keys)
    assert sum(rows is not None for rows in found) >= 6 * 20
    assert all(rows in (None, [int(key.split()[0])] * 500) for key, rows in zip(keys, found, strict=True))
    keep([("more", [1])])
    assert kept(["more"]) == [[1]]


def test_workers_find_the_same(folder, monkeypatch):
    """Two processes, which keep what they find as this one does."""
    alone = table._rows(DOCUMENTS)
    monkeypatch.setattr(work, "BATCH", 20)
    monkeypatch.setattr(work, "cores", lambda: 2)
    assert work.kept_or_found(table._rows, DOCUMENTS, name="quotes", worth=10) == alone
    assert count(folder) == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_what_is_found_together_is_what_is_found_alone(folder, monkeypatch, processes):
    documents = DOCUMENTS.assign(language=["en", "de", "en"])
    finds = {"quotes": find_quotes, "figures": find_figures}
    monkeypatch.setattr(work, "BATCH", 20)
    monkeypatch.setattr(work, "WORTH", 0)
    monkeypatch.setattr(work, "cores", lambda: processes)
    with monkeypatch.context() as without:
        without.setenv("COMMUNIQUE_CACHE", "off")
        work.keep_together({"": None}, documents)
        alone = [find(documents) for find in finds.values()]
    work.keep_together(finds, documents)
    assert count(folder) == 6  # two documents, two analyses, and that both were made
    monkeypatch.setattr("helpers.quotes.table.quotes_in", None)
    monkeypatch.setattr("helpers.figures.table.extract", None)
    work.keep_together(finds, documents)
    for find, table_alone in zip(finds.values(), alone, strict=True):
        pd.testing.assert_frame_equal(find(documents), table_alone)


def test_phrases_are_kept_by_their_settings(folder, monkeypatch):
    documents = load("seeds")
    few, without = find_phrases(documents, top=2), find_phrases(documents, choices=Choices(("SCO",)))
    assert "SCO member states" not in set(without["phrase"]) and len(few) == 2
    plain = find_phrases(documents)
    monkeypatch.setattr("helpers.themes.phrases.candidates_of", None)
    pd.testing.assert_frame_equal(find_phrases(documents, top=2), few)
    pd.testing.assert_frame_equal(find_phrases(documents, choices=Choices()), plain)
    pd.testing.assert_frame_equal(find_phrases(documents, choices=Choices(("SCO",))), without)


def test_nothing_of_another_reader_is_kept(folder):
    own = find_quotes(DOCUMENTS)
    assert find_quotes(DOCUMENTS, reader=lambda doc: ([], [])).empty and len(own)
    pd.testing.assert_frame_equal(find_quotes(DOCUMENTS), own)


def test_figures_are_kept_without_their_speakers(folder, monkeypatch):
    documents = pd.concat([load("seeds"), DOCUMENTS.iloc[:1]])
    quotes = find_quotes(documents)
    with monkeypatch.context() as without:
        without.setenv("COMMUNIQUE_CACHE", "off")
        spoken = find_figures(documents, quotes=quotes)
    plain = find_figures(documents, quotes=quotes.iloc[:0])
    assert plain["speaker"].isna().all() and spoken["speaker"].notna().any()
    monkeypatch.setattr("helpers.figures.table.extract", None)
    pd.testing.assert_frame_equal(find_figures(documents, quotes=quotes), spoken)


def test_tables_without_documents_or_quotes_keep_their_columns(folder):
    for documents in (DOCUMENTS.iloc[:0], DOCUMENTS.iloc[1:2], DOCUMENTS.iloc[1:2]):
        assert list(find_quotes(documents)) == table.COLUMNS


class Screen(list):
    """A terminal, or a file, that keeps what is written into it."""

    def __init__(self, terminal: bool) -> None:
        self.isatty = lambda: terminal
        self.write, self.flush = self.append, lambda: None


@pytest.mark.parametrize(("terminal", "worth", "told"), [
    (True, 10, True), (True, 10_000, False), (False, 10, False)], ids=["long work", "short work", "a log"])
def test_long_work_says_how_far_it_is_where_somebody_looks_on(monkeypatch, terminal, worth, told):
    screen = Screen(terminal)
    monkeypatch.setattr(work, "BATCH", 20)
    monkeypatch.setattr(work, "cores", lambda: 1)
    monkeypatch.setattr(sys, "stderr", screen)
    work.kept_or_found(table._rows, DOCUMENTS, name="quotes", worth=worth)
    said = "".join(screen)
    assert ("quotes: " in said and "0/3 [" in said and "\n" not in said) is told or not told and said == ""
