"""The making of the tagger and of the table of lemmas, on a handful of invented sentences."""
from __future__ import annotations

import gzip

import numpy as np
import pytest

from helpers.text.tagger import TAGS, Tagger
from helpers.training import tagger as training
from helpers.training.tagger import inflected, lemma_table, read_sentences, step_between

LINES = [
    "The|the|DET minister|minister|NOUN signed|sign|VERB agreements|agreement|NOUN .|.|PUNCT",
    "A|a|DET bank|bank|NOUN opened|open|VERB offices|office|NOUN .|.|PUNCT",
    "The|the|DET states|state|NOUN built|build|VERB a|a|DET road|road|NOUN .|.|PUNCT",
    "Alimov|Alimov|PROPN opened|open|VERB the|the|DET road|road|NOUN .|.|PUNCT",
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(training, "FIRST_BITS", 12)
    monkeypatch.setattr(training, "SECOND_BITS", 10)
    monkeypatch.setattr(training, "FIRST_CUT", 0.0)                  # few steps, small weights
    monkeypatch.setattr(training, "UNIT", 0.01)
    blocks = []
    for line in LINES * 30:
        rows = [word.split("|") for word in line.split()]
        blocks.append("\n".join(
            [f"# text = {line}", "1-2\tignored\t_" + "\t_" * 7]
            + [f"{n}\t{w}\t{lemma}\t{tag}" + "\t_" * 6 for n, (w, lemma, tag) in enumerate(rows, 1)]
        ))
    (tmp_path / "x-train.conllu").write_text("\n\n".join(blocks) + "\n\n", "utf-8")
    return tmp_path


def test_training_learns_and_repeats_itself(folder):
    sentences = read_sentences(folder)
    first, second = training.train(sentences), training.train(sentences)
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert first["first"].dtype == np.int8
    found = Tagger(first).tag(["The", "bank", "built", "roads", "."], [(0, 5)])
    assert [TAGS[n] for n in found] == ["DET", "NOUN", "VERB", "NOUN", "PUNCT"]


def test_no_files_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="train.conllu"):
        read_sentences(tmp_path)


def test_table_of_lemmas(folder, tmp_path):
    table = lemma_table(read_sentences(folder))
    rows = gzip.decompress(table).decode().splitlines()
    assert "NOUN\ts\t1\t" in rows and "VERB\ted\t2\t" in rows


@pytest.mark.parametrize(("form", "lemma", "step"), [
    ("countries", "country", (3, "y")), ("went", "go", (4, "go")), ("the", "the", (0, "")),
])
def test_steps(form, lemma, step):
    assert step_between(form, lemma) == step


@pytest.mark.parametrize(("base", "tag", "expected"), [
    ("agree", "VERB", "agrees agreed agreeing"), ("make", "VERB", ""), ("note", "VERB", "notes noted noting"),
    ("carry", "VERB", "carries carried carrying"), ("stop", "VERB", "stops stopped stopping"),
    ("visit", "VERB", "visits"), ("reach", "VERB", "reaches reached reaching"), ("die", "VERB", "dies died dying"),
    ("talk", "VERB", "talks talked talking"), ("country", "NOUN", "countries"), ("bank", "NOUN", "banks"),
    ("church", "NOUN", "churches"), ("potato", "NOUN", "potatoes"), ("bus", "NOUN", ""), ("make", "NOUN", "makes"),
])
def test_regular_forms(base, tag, expected):
    assert " ".join(inflected(base, tag)) == expected
