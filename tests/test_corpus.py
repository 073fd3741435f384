"""The invented documents of `tests/documents`: what `load` finds in them, and that they agree."""
from __future__ import annotations

import re
import unicodedata

import pytest

from helpers import load
from helpers.documents import PROJECT

DOCUMENTS = PROJECT / "tests" / "documents"
SOURCES = PROJECT / "tests" / "sources"
BRIDGE = {"bridge-approved": "1.9 billion", "contract-awarded": "1.24 billion",
          "audit-report": "2.6 billion", "ministry-reply": "2.3 billion",
          "minister-to-assembly": "3.1 billion", "counting-the-bridge": "3.4bn"}


@pytest.fixture(scope="module")
def documents():
    return load(DOCUMENTS)


def test_every_file_is_read_or_is_a_problem(documents):
    problems = documents.attrs["problems"].set_index("path")["problem"]
    files = {path.relative_to(DOCUMENTS).as_posix() for path in DOCUMENTS.rglob("*")
             if path.is_file()}
    unread = {"copy_of_span-collapse_update.txt", "unreadable/half_a_report.pdf",
              "unreadable/photo.png"}
    read = {re.sub(r"#\d+$|(?<=\.zip)/.*", "", path) for path in documents["path"]}
    assert read == files - unread
    assert set(problems.index) == unread | {"2023-03-30_desaladora.txt",
                                            "2023-06-21_novorechensk.txt"}
    assert "the same text as" in problems["copy_of_span-collapse_update.txt"]
    assert len(documents) == 32


def test_dates_languages_and_titles_are_found(documents):
    assert documents["date"].min() == "2022-03-08" and documents["date"].max() == "2024-02-27"
    assert documents["date"].notna().all() and documents["title"].notna().all()
    assert documents["language"].value_counts().to_dict() == {"en": 30, "es": 1, "ru": 1}
    assert documents["source"].notna().sum() >= 25


@pytest.mark.parametrize("path", sorted(SOURCES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_document_in_another_format_has_the_text_it_was_made_from(documents, path):
    """Every paragraph, with nothing of menus, page heads and fields among the words."""
    head, _, text = path.read_text("utf-8").partition("\n\n")
    title = head.split("\n")[0].removeprefix("Title: ")
    (found,) = documents["text"][documents["title"] == title]
    for mark in (found, text):
        assert unicodedata.is_normalized("NFC", mark)
    words = text.split()
    assert " ".join(found.split()).removeprefix(title).split()[-len(words):] == words
    assert len(found.split()) <= len(words) + len(title.split())


def test_the_bridge_costs_what_its_speakers_say(documents):
    for name, cost in BRIDGE.items():
        (text,) = documents["text"][documents.index.str.contains(name)]
        assert cost in text


def test_all_are_marked_as_invented():
    for path in DOCUMENTS.rglob("*.*"):
        if path.suffix in (".txt", ".md", ".html", ".csv", ".tsv", ".jsonl"):
            raw = path.read_bytes()
            text = raw.decode("cp1251" if "novorechensk" in path.name else "utf-8")
            assert "nvented for Communiqué" in text or "invented)" in text
