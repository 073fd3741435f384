"""Tiling: boundaries where the vocabulary changes, nowhere else, and always the same."""
from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import load
from helpers.charts import plot_dispersion
from helpers.themes.tiling import Part, find_parts, parts_in

FARM = ("The farm grows wheat.", "Wheat needs a wet field.", "The field lies by the farm.",
        "A tractor ploughs the field.", "The farmer sells the wheat.", "His tractor is old.")
SEA = ("The ship left the harbour.", "Its crew loaded containers.", "The harbour was crowded.",
       "A storm delayed the ship.", "The crew waited out the storm.", "Containers were lost.")
COURT = ("The judge heard two witnesses.", "A witness contradicted the lawyer.",
         "The lawyer asked for a verdict.", "The judge refused.", "A jury will give the verdict.",
         "Witnesses left the court.")


@pytest.mark.parametrize(("pieces", "starts"), [
    pytest.param([FARM, SEA], ["The ship"], id="two subjects"),
    pytest.param([FARM, SEA, COURT], ["The ship", "The judge"], id="three subjects"),
    pytest.param([FARM], [], id="one subject"),
    pytest.param([FARM[:3], SEA[:2]], [], id="a part that is too short"),
])
def test_parts_begin_where_the_vocabulary_changes(pieces: list, starts: list[str]) -> None:
    text = " ".join(sentence for piece in pieces for sentence in piece)
    assert [text[part.start:part.start + len(start)] for part, start in
            zip(parts_in(text)[1:], starts, strict=True)] == starts


def test_from_six_paragraphs_on_boundaries_fall_between_paragraphs() -> None:
    lines = [" ".join(piece[n:n + 2]) for piece in (FARM, SEA) for n in (0, 2, 4)]
    text = "\n\n".join(lines)
    assert [(part.paragraph, part.last_paragraph) for part in parts_in(text)] == [(0, 2), (3, 5)]
    first, second = parts_in(text)
    assert first.depth == 0 < second.depth
    assert {"wheat", "field"} <= set(first.words) and "harbour" in second.words


def test_table_and_picture() -> None:
    documents = load("seeds")
    parts = find_parts(documents)
    assert list(parts.columns) == ["doc", "part", *Part._fields]
    text = documents["text"].iloc[0]
    assert parts["start"].iloc[0] == 0 and parts["end"].iloc[-1] == len(text.rstrip())
    spans = {"x": [(documents.index[0], 0, 9)], "y": [(documents.index[0], 500, 509)]}
    plain, drawn = plot_dispersion(documents, spans), plot_dispersion(documents, spans, parts=parts)
    assert f"vocabulary changes at {len(parts) - 1} dashed" in drawn.caption and "vocabulary" not in plain.caption
    assert drawn.png() != plain.png()
    assert find_parts(documents).equals(parts)


@pytest.mark.parametrize("text", ["", "One.", "...", "One sentence. And another one."])
def test_short_texts_are_one_part_or_none(text: str) -> None:
    assert len(parts_in(text)) == bool(text)
    assert list(find_parts(pd.DataFrame({"text": []})).columns) == ["doc", "part", *Part._fields]


def test_other_languages_are_left_out() -> None:
    documents = pd.DataFrame({"text": ["Hola.", "Hello."], "language": ["es", "en"]})
    assert find_parts(documents)["doc"].tolist() == [1]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*FARM, *SEA, "", "\n\n", '"', "No."]), max_size=40).map(" ".join)
       | st.text())
def test_parts_cover_the_text_in_order(text: str) -> None:
    parts = parts_in(text)
    assert parts == parts_in(text)
    for one, other in zip(parts, parts[1:], strict=False):
        assert 0 <= one.start < one.end <= other.start < other.end <= len(text)
        assert min(one.sentences, other.sentences) >= 3 and other.depth > 0


@pytest.mark.parametrize("text", ["A b. " * 8_000, "word " * 30_000, "x" * 50_000],
                         ids=["sentences", "one sentence", "one word"])
def test_hostile_text_is_no_trouble(text: str) -> None:
    parts_in(text)
