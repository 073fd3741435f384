"""How often texts are gone over: orders of magnitude of the cost, by counting and never by time."""
from __future__ import annotations

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from helpers import find_figures, find_phrases, find_quotes, find_themes, tokenize
from helpers.reader import encoder
from helpers.reader.sequence import LABELS, label
from helpers.text import doc as docs
from helpers.themes.speakers import names_of

TEXTS = [path.read_text("utf-8") for path in sorted((Path(__file__).parent / "documents").glob("2022-03-*.*"))]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the network reads, a text is cut into words, and a model is loaded."""
    counts: Counter[str] = Counter()

    def count(module: object, name: str) -> None:
        function = getattr(module, name)

        def counted(*given: object) -> object:
            counts[name] += 1
            return function(*given)
        monkeypatch.setattr(module, name, counted)

    monkeypatch.setenv("COMMUNIQUE_CACHE", "off")
    count(encoder, "_read")
    count(docs, "cut_words")
    return counts


def copies(number: int, of: str) -> pd.DataFrame:
    return pd.DataFrame({"text": [f"{text}\n\nCopy {n} of {of}." for n in range(number) for text in TEXTS]})


def test_all_analyses_together_cut_and_read_a_text_once(calls: Counter[str]) -> None:
    documents = copies(1, "the first")
    quotes = find_quotes(documents)
    read = calls["_read"]
    find_figures(documents, quotes=quotes)
    for find in (names_of, find_phrases, tokenize):
        find(documents)
    find_themes(documents, themes={"roads": ["bridge"]})
    windows = sum(len(encoder.Readings(docs.doc_of(text)).parts) for text in documents["text"])
    assert calls["_read"] == read == windows
    assert calls["cut_words"] < 2 * len(documents)  # a term of a dictionary may be cut, too


def test_twice_the_documents_are_read_twice_as_often_with_one_model(calls: Counter[str]) -> None:
    find_quotes(copies(2, "the second"))
    once = calls["_read"]
    find_quotes(copies(4, "the third"))
    assert calls["_read"] == 3 * once
    assert encoder.load.cache_info().misses == 1


def test_windows_of_a_text_are_labelled_together(monkeypatch: pytest.MonkeyPatch) -> None:
    import numpy as np

    products = Counter()
    multiply = np.matmul
    monkeypatch.setattr(np, "matmul", lambda *given, **named: products.update(["all"]) or multiply(*given, **named))
    readings = [encoder.Readings(docs.Doc(text)).whole(0) for text in TEXTS]
    numbers = encoder.load().numbers
    assert len(list(label(readings, numbers))) == len(readings)
    assert products["all"] < max(len(one.pieces) for one in readings)
    assert readings[0].tags.shape[1] == len(LABELS)
