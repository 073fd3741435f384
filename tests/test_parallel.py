"""Work on several cores: the same rows in the same order, and errors that are told."""
from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest

from helpers import KitError
from helpers.run import parallel
from helpers.run.parallel import in_order, map_parts
from helpers.themes.corpus import read_corpus
from helpers.themes.terms import concordance

TEXTS = ["Road transport needs good roads.", "The bank raised rates.", "", "Who knows? Trade did."]
DOCUMENTS = pd.DataFrame({"text": [f"{text} Number {n}." for n, text in enumerate(TEXTS * 3)]})


def test_the_corpus_is_the_same_as_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read_corpus(DOCUMENTS)
    monkeypatch.setattr(parallel, "PART", 5)
    monkeypatch.setattr(parallel, "WORTH_IT", 10)
    monkeypatch.setattr(parallel, "cores", lambda: 2)
    again = read_corpus(DOCUMENTS)
    assert (again.counts != alone.counts).nnz == 0 and again.shown.tolist() == alone.shown.tolist()
    assert again.plain.tolist() == alone.plain.tolist()


def test_an_error_of_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "PART", 5)
    with pytest.raises(KitError, match="no order 'up'"):
        map_parts(concordance, DOCUMENTS, processes=2, pattern="road", sort="up")


def test_results_come_in_the_order_of_the_parts() -> None:
    parts = [DOCUMENTS.iloc[:n] for n in (5, 1, 3, 2, 4)]
    lengths = in_order(len, parts, processes=2)
    assert [next(lengths) for _ in range(4)] == [5, 1, 3, 2]
    lengths.close()  # whoever has had enough leaves no process behind


def end(part: pd.DataFrame) -> None:
    os._exit(9)


def test_a_worker_that_the_system_ends_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with pytest.raises(KitError, match="memory"):
        list(in_order(end, [DOCUMENTS, DOCUMENTS], processes=2))


def test_few_documents_are_worked_on_here() -> None:
    assert map_parts(len, DOCUMENTS, processes=8) == [len(DOCUMENTS)]
    assert map_parts(len, DOCUMENTS.iloc[:0]) == [0]
