"""The making of the tagger and of the table of lemmas, on a handful of invented sentences."""
from __future__ import annotations

import gzip

import numpy as np
import pytest

from helpers.text.tagger import TAGS, Tagger
from helpers.training import tagger as training
from helpers.training.lemmas import plurals, step_between, train_lemmas, verb_forms
from helpers.training.treebank import read_part

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
    monkeypatch.setattr(training, "STEP", 0.01)
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
    sentences = read_part(folder, "train")
    first, second = training.train(sentences), training.train(sentences)
    assert all(np.array_equal(first[name], second[name]) for name in first)
    assert first["first"].dtype == np.int8
    found = Tagger(first).tag(["The", "bank", "built", "roads", "."], [(0, 5)])
    assert [TAGS[n] for n in found] == ["DET", "NOUN", "VERB", "NOUN", "PUNCT"]
    assert training.accuracy(Tagger(first), sentences) > 0.99


def test_no_files_is_said(tmp_path):
    with pytest.raises(FileNotFoundError, match="train.conllu"):
        read_part(tmp_path, "train")


def test_table_of_lemmas(folder, tmp_path):
    train_lemmas(read_part(folder, "train"), tmp_path / "lemmas.txt.gz")
    rows = gzip.decompress((tmp_path / "lemmas.txt.gz").read_bytes()).decode().splitlines()
    assert "NOUN\ts\t1\t" in rows and "VERB\ted\t2\t" in rows


@pytest.mark.parametrize(("form", "lemma", "step"), [
    ("countries", "country", (3, "y")), ("went", "go", (4, "go")), ("the", "the", (0, "")),
])
def test_steps(form, lemma, step):
    assert step_between(form, lemma) == step


@pytest.mark.parametrize(("base", "expected"), [
    ("agree", "agrees agreed agreeing"), ("make", ""), ("note", "notes noted noting"),
    ("carry", "carries carried carrying"), ("stop", "stops stopped stopping"),
    ("visit", "visits"), ("reach", "reaches reached reaching"), ("die", "dies died dying"),
])
def test_verb_forms(base, expected):
    assert " ".join(verb_forms(base)) == expected


@pytest.mark.parametrize(("base", "expected"), [
    ("country", "countries"), ("bank", "banks"), ("church", "churches"), ("potato", "potatoes"),
    ("bus", ""),
])
def test_plurals(base, expected):
    assert " ".join(plurals(base)) == expected
