"""Terms: their contexts and their company."""
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError, load
from helpers.text import words_in
from helpers.themes.terms import concordance, cooccurrence

SEED = load("seeds")


def table(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"text": texts}, index=pd.Index([f"d{n}" for n in range(len(texts))], name="doc"))


def test_concordance_shows_every_place_with_its_context() -> None:
    rows = concordance(SEED, "transport*")
    assert len(rows) == 7
    for row in rows.itertuples():
        text = SEED["text"][row.doc]
        assert text[row.start:row.end] == row.match
        assert row.match.lower().startswith("transport")
        assert len(row.left) <= 60 and len(row.right) <= 60


@pytest.mark.parametrize(("sort", "expected"), [
    ("place", ["b road z", "a road y", "c road x"]),
    ("left", ["a road y", "b road z", "c road x"]),
    ("right", ["c road x", "a road y", "b road z"]),
])
def test_concordance_is_sorted(sort: str, expected: list[str]) -> None:
    rows = concordance(table("b road z", "a road y", "c road x"), "road", sort=sort)
    assert [f"{r.left} {r.match} {r.right}" for r in rows.itertuples()] == expected


@pytest.mark.parametrize(("text", "left", "right"), [
    pytest.param("Nothing.\n\nThe road ends.\n\nNothing.", "The", "ends.", id="within the paragraph"),
    pytest.param("unbelievably long road indeedlylong", "long", "", id="no half words"),
    pytest.param("road", "", "", id="nothing around"),
    pytest.param("a  b road   c", "a b", "c", id="on one line"),
])
def test_concordance_context(text: str, left: str, right: str) -> None:
    row = concordance(table(text), "road", width=10).iloc[0]
    assert (row["left"], row["right"]) == (left, right)


def own(*words: str) -> dict[str, list[str]]:
    return {word: [word] for word in words}


def test_cooccurrence_units() -> None:
    texts = table("Road and rail. Sea.\n\nSea.", "Road.\n\nRail.")
    by = {unit: cooccurrence(texts, own("road", "rail", "sea"), unit=unit).set_index(["a", "b"])["together"].to_dict()
          for unit in ("sentence", "paragraph", "document")}
    assert by == {
        "sentence": {("road", "rail"): 1},
        "paragraph": {("road", "rail"): 1, ("road", "sea"): 1, ("rail", "sea"): 1},
        "document": {("road", "rail"): 2, ("road", "sea"): 1, ("rail", "sea"): 1}}


@pytest.mark.parametrize(("text", "pairs"), [
    pytest.param("Free trade.", 0, id="only inside the other"),
    pytest.param("Free trade helps trade.", 1, id="inside and outside"),
    pytest.param("Trade, free trade.", 1, id="outside first"),
])
def test_a_term_inside_another_keeps_no_company_with_it(text: str, pairs: int) -> None:
    assert len(cooccurrence(table(text), own("free trade", "trade"))) == pairs


def test_cooccurrence_everywhere_has_no_npmi() -> None:
    assert cooccurrence(table("Road, rail."), own("road", "rail"))["npmi"].isna().all()


@pytest.mark.parametrize("call", [
    lambda: concordance(SEED, "road", sort="size"),
    lambda: cooccurrence(SEED, own("road"), unit="page"),
], ids=["sort", "unit"])
def test_unknown_options_are_told(call) -> None:
    with pytest.raises(KitError, match="no (order|form|unit)"):
        call()


def test_no_documents() -> None:
    none = pd.DataFrame({"text": []})
    for rows in (concordance(none, "a"), cooccurrence(none, own("a", "b"))):
        assert len(rows) == 0 and len(rows.columns) > 3


def test_stop_words_are_lower_case() -> None:
    assert all(word == word.lower() for word in words_in("stop_words.txt"))
    assert "road" not in words_in("stop_words.txt")


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab .\n-'A"), max_size=200) | st.text())
def test_any_text(text: str) -> None:
    documents = table(text, "a b")
    for row in concordance(documents, ["a", "b*"]).itertuples():
        assert documents["text"][row.doc][row.start:row.end] == row.match
    for npmi in cooccurrence(documents, own("a", "b"), unit="sentence")["npmi"].dropna():
        assert -1 <= npmi <= 1 + 1e-9
