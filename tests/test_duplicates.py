"""Near-duplicates: what belongs together, which is the earliest, and that none is missed."""
from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.themes import find_duplicates, keep_earliest, read_corpus
from helpers.themes.duplicates import COLUMNS

WORDS = np.array([f"{a}{b}" for a in "bdfgklmnprst" for b in ("ana", "elo", "iru", "osi", "uva", "ate", "ombo", "ink")])


def story(seed: int, size: int = 200) -> list[str]:
    return np.random.default_rng(seed).choice(WORDS, size).tolist()


def found(*texts: list[str] | str, **columns: list) -> pd.DataFrame:
    documents = pd.DataFrame({"text": [t if isinstance(t, str) else " ".join(t) for t in texts], **columns})
    return find_duplicates(read_corpus(documents))


@pytest.mark.parametrize("other", [
    pytest.param(story(1), id="the same"),
    pytest.param([w.upper() for w in story(1)], id="in capitals"),
    pytest.param([w + "," for w in story(1)], id="with marks"),
    pytest.param(story(1)[:120], id="cut short"),
    pytest.param(story(1) + story(2, 60), id="made longer"),
    pytest.param(["changed" if n % 60 == 9 else w for n, w in enumerate(story(1))], id="a few words changed"),
])
def test_what_belongs_together(other: list[str]) -> None:
    assert found(story(1), story(3), other)["doc"].tolist() == [0, 2]


@pytest.mark.parametrize("other", [
    pytest.param(story(2), id="another story"),
    pytest.param(story(1)[:70] + story(2, 130), id="one long quotation in common"),
    pytest.param(story(1)[::-1], id="the same words in another order"),
    pytest.param("", id="empty"),
    pytest.param("Correction.", id="a word"),
])
def test_what_does_not(other: list[str] | str) -> None:
    assert not len(found(story(1), other))


def test_short_documents_are_compared_as_wholes() -> None:
    assert found("No comment.", "No comment!", "No comment today.", "Comment: no.")["doc"].tolist() == [0, 1]


def test_the_earliest_is_by_date_then_by_order() -> None:
    table = found(story(1), story(1), story(1)[:-9], story(1), date=["2023-05-02", None, "2023-05-01", "2023-05-01"])
    assert table["doc"].tolist() == [2, 3, 0, 1]
    assert table["earliest"].tolist() == [True, False, False, False]
    assert set(table["group"]) == {1} and table["words"].tolist() == [191, 200, 200, 200]


def test_shares_are_of_the_runs_of_five_words() -> None:
    row = found(story(1, 100), story(1, 104)).iloc[0]
    assert (row["shared"], row["jaccard"], row["like"]) == (1.0, 0.96, 1)


def test_groups_chain_and_come_largest_first() -> None:
    long = story(5, 300)
    table = found(story(9), story(9), long[:200], long[60:260], long[100:300])
    assert table.groupby("group")["doc"].apply(list).tolist() == [[2, 3, 4], [0, 1]]


def test_hardly_any_is_missed() -> None:
    draw = np.random.default_rng(3)
    texts = []
    for n in range(60):
        one = story(100 + n, 150)
        other = list(one)
        for place in draw.integers(150, size=int(draw.integers(1, 9))):
            other[place] = "changed"
        texts += [one, other]
    table = found(*texts)
    exact = sum(_shared(texts[n], texts[n + 1]) >= 0.6 for n in range(0, len(texts), 2))
    assert len(table) == 2 * exact and exact > 50
    assert all(abs(a - b) == 1 for a, b in zip(table["doc"], table["like"], strict=True))


def _shared(a: list[str], b: list[str]) -> float:
    one, other = ({tuple(t[n:n + 5]) for n in range(len(t) - 4)} for t in (a, b))
    return len(one & other) / min(len(one), len(other))


def test_a_thousand_reprints_are_one_group() -> None:
    table = found(*[story(1, 40) for _ in range(1000)])
    assert len(table) == 1000 and set(table["group"]) == {1}


def test_only_the_earliest_is_kept() -> None:
    documents = pd.DataFrame({"text": [" ".join(story(n)) for n in (1, 2, 1)]}, index=["a", "b", "c"])
    documents.attrs["problems"] = "kept"
    kept = keep_earliest(documents, find_duplicates(read_corpus(documents)))
    assert list(kept.index) == ["a", "b"] and kept.attrs == documents.attrs
    assert keep_earliest(documents, find_duplicates(read_corpus(documents.iloc[:1]))).equals(documents)


def test_empty_tables_keep_their_columns() -> None:
    assert list(found().columns) == COLUMNS == list(found("One.").columns)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("ab .\n"), max_size=200), max_size=6))
def test_any_texts_are_compared(texts: list[str]) -> None:
    table = found(*texts)
    assert table["shared"].between(0.6, 1).all() and table.groupby("group")["earliest"].sum().eq(1).all()
    assert not table["doc"].duplicated().any()
