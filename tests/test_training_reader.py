"""What the reader is trained on: marked texts, answers, house styles; and its confidence."""

from __future__ import annotations

import json
import random

import numpy as np
import pytest

from helpers.reader import Attribution
from helpers.reader.encoder import LABELS, NAMES, load, split
from helpers.training.confidence import Row, fitted, measure, pairs, same_source
from helpers.training.examples import UNASKED, answers, examples, layers
from helpers.training.gold import (
    MARKED,
    Gold,
    Pointer,
    lines_of,
    read_brat,
    read_marks,
    read_press,
    with_silver,
)
from helpers.training.names import same_speaker
from helpers.training.styles import edited, other_marks, rewrite

BRAT = """T1\tSource 0 10\tThe report
T2\tCue 11 15\tsays
T3\tContent 16 20;25 30\tthis that
T4\tAttribution 11 15\tsays
E1\tAttribution:T4 Source:T1 Cue:T2 Content:T3
E2\tAttribution:T4 Source:T1
"""


def test_brat_events_with_a_content_are_read() -> None:
    assert read_brat(BRAT) == [Attribution(((16, 20), (25, 30)), ((11, 15),), ((0, 10),))]


def test_answers_point_to_cue_and_source() -> None:
    text = "The mayor outlined plans and vowed help"
    source, plans, help_ = (0, 9), (19, 24), (35, 39)
    found = [Attribution((plans,), ((10, 18),), (source,))]
    found += [Attribution((help_,), ((29, 34),), (source,))]
    label, cue, origin = answers(split(text, load().tokenizer), found)
    assert [LABELS[one] for one in label] == [
        "B-Source>", "I-Source>", "B-Cue", "B-Content<", "O", "B-Cue", "B-Content<",
    ]  # fmt: skip
    assert cue.tolist() == [3, 3, UNASKED, 3, UNASKED, UNASKED, 6]
    assert origin.tolist() == [UNASKED, UNASKED, 1, UNASKED, UNASKED, 1, UNASKED]


@pytest.mark.parametrize(
    ("text", "marks", "expected"),
    [
        ('"A," he said. "B."', ("“", "”"), "“A,” he said. “B.”"),
        ("''A,'' he said.", ("«", "»"), "«A,» he said."),
        ("“A,” he said.", ("``", "''"), "``A,'' he said."),
        ("It's the '90s.", ("“", "”"), "It's the '90s."),
    ],
)
def test_other_marks(text: str, marks: tuple[str, str], expected: str) -> None:
    assert edited(text, other_marks(text, marks))[0] == expected


@pytest.mark.parametrize("seed", range(20))
def test_rewriting_keeps_the_words_of_spans(seed: int) -> None:
    text = "“We go,” Mr. Alder said. “Soon.”\nThe Mayor told Boston ''no'' and said \"yes.\""
    words = ("We go", "said", "Alder", "Soon", "Boston", "yes", "The")
    moved_text, move = rewrite(text, random.Random(seed))
    for word in words:
        at = text.index(word)
        start, end = move((at, at + len(word)))
        assert moved_text[start:end].casefold() == word.casefold()


TEXT = "Ann Lee said: “Bob Roe told me it rained.” The roof cost $40 million in 2016."


def marked() -> dict:
    def at(words: str) -> list[int]:
        return [TEXT.index(words), TEXT.index(words) + len(words)]

    quote = {"kind": "direct", "who": "person", "verdict": "ok"}
    outer = quote | {"content": [at("Bob Roe told me it rained.")], "cue": [at("said")],
                     "source": [at("Ann Lee")], "speaker": ["Ann Lee"]}  # fmt: skip
    inner = quote | {"content": [at("it rained")], "cue": [at("told")], "source": [at("Bob Roe")],
                     "speaker": ["Bob Roe"], "kind": "indirect"}  # fmt: skip
    figure = {"start": at("$40 million")[0], "end": at("$40 million")[1], "of": ["roof"],
              "when": ["2016"], "verdict": "ok"}  # fmt: skip
    return {"doc": "a", "set": "press", "text": TEXT, "complete": True, "quotes": [outer, inner],
            "figures": [figure]}  # fmt: skip


@pytest.fixture
def gold() -> Gold:
    (one,) = read_press([marked()])
    return one


def test_marks_may_stand_apart_from_their_texts(tmp_path, gold: Gold) -> None:
    record = marked()
    quotes = [[q[k] for k in ("kind", "content", "cue", "source", "speaker", "who")]
              for q in record["quotes"]]  # fmt: skip
    roof, year = TEXT.index("roof"), TEXT.index("2016")
    place = [record["figures"][0]["start"], record["figures"][0]["end"]]
    figures = [[place, [[roof, roof + 4]], [[year, year + 4]]]]
    marks, texts = tmp_path / "marks.jsonl", tmp_path / "texts.jsonl"
    marks.write_text(json.dumps({"doc": "a", "quotes": quotes, "figures": figures}), "utf-8")
    texts.write_text(json.dumps({"doc": "a", "text": TEXT}), "utf-8")
    assert list(read_press(read_marks(marks, [texts]))) == [gold]


def test_the_marked_texts_that_come_along_can_be_read() -> None:
    texts = list(read_press(lines_of(MARKED / "invented.jsonl")))
    assert len(texts) > 90 and all(g.statements or g.pointers for g in texts)
    for gold in texts:
        spans = [s for a in gold.statements for s in (*a.content, *a.cue, *a.source)]
        assert all(gold.text[a:b].strip() == gold.text[a:b] != "" for a, b in spans)


def test_a_report_within_a_quotation_is_of_the_inner_layer(gold: Gold) -> None:
    outer, within = layers(gold.statements)
    assert [TEXT[slice(*a.content[0])] for a in outer] == ["Bob Roe told me it rained."]
    assert [TEXT[slice(*a.content[0])] for a in within] == ["it rained"]
    (example,) = examples(gold, load().tokenizer)
    labels = [LABELS[n] if n != UNASKED else "?" for n in example.inner]
    assert labels[:5] == ["?"] * 5 and "B-Content<" in labels and labels[-1] == "?"


def test_amounts_point_to_what_they_measure_and_when(gold: Gold) -> None:
    answered = {p.kind: [TEXT[slice(*s)] for s in p.answers] for p in gold.pointers}
    assert answered == {"of": ["roof"], "when": ["2016"]}
    (example,) = examples(gold, load().tokenizer)
    assert sorted({asked.name for asked in example.asked}) == ["first", "last", "when"]


def test_speakers_are_names_and_capitals_that_nobody_judged_are_not_asked_for(gold: Gold) -> None:
    (example,) = examples(gold, load().tokenizer)
    assert [NAMES[n] for n in example.names[:2]] == ["B-person", "I-person"]
    assert sorted(TEXT[a:b] for a, b, _ in gold.names) == ["Ann Lee", "Bob Roe"]


@pytest.mark.parametrize("seed", range(10))
def test_marks_move_along_with_a_rewritten_text(gold: Gold, seed: int) -> None:
    again = gold.moved(*rewrite(gold.text, random.Random(seed)))
    for old, new in zip(gold.statements, again.statements, strict=True):
        for (a, b), (c, d) in zip(old.content, new.content, strict=True):
            assert again.text[c:d].casefold() == TEXT[a:b].casefold()
    assert [p.kind for p in again.pointers] == [p.kind for p in gold.pointers]


def test_an_answer_that_is_none_stays_none() -> None:
    one = Gold("a", "It cost $4.", (), (Pointer("when", (8, 10), ((0, 0),)),))
    assert one.moved(one.text, lambda span: (span[0] + 2, span[1] + 2)).pointers == (
        Pointer("when", (10, 12), ((0, 0),)),
    )


def test_silver_names_leave_marked_ones_alone(gold: Gold) -> None:
    found = [(0, 7, "organisation"), (18, 25, "place"), (44, 48, None)]
    silver = {"names": {"a": found}, "amounts": {"a": [{"start": 63, "end": 74, "of": "roof", "when": []}]}}
    (one,) = with_silver([gold], silver, weight=0)
    assert one.every_name and one.pointers == gold.pointers
    assert one.names == gold.names and one.doubtful == ((44, 48),)
    (other,) = with_silver([gold], silver, weight=0.5)
    assert [(p.kind, p.weight) for p in other.pointers[-2:]] == [("of", 0.5), ("when", 0.5)]


def test_pairs_share_half_of_their_words() -> None:
    found = [Attribution(((0, 7),)), Attribution(((14, 20),))]
    assert pairs("It rain, and he left", [[(0, 7)], [(9, 12)]], found) == {0: 0}


@pytest.mark.parametrize(("ways", "name", "same"), [
    (["Ann Lee"], "Mr. Ann Lee", True), (["Ann Lee"], "Lee", False), (["report"], "new report", True),
    (["Ann Lee; Bob Roe"], "Bob Roe; Ann Lee", True), (["Ann Lee"], None, False),
    ([""], None, True), (["Susan Lee"], "Lee", False), (["the Hon. Joan Roe"], "Roe", False),
])  # fmt: skip
def test_same_speaker(ways: list[str], name: str | None, same: bool) -> None:
    assert same_speaker(ways, name) is same


def test_sources_with_one_head_are_the_same() -> None:
    text = "the mayor of Zell, the mayor"
    assert same_source(text, [(0, 17)], [(4, 9)]) and not same_source(text, [(0, 17)], [])


def test_a_curve_weighs_both_sets_the_same() -> None:
    rows = [Row("news", "a", [0.0], k < 90) for k in range(100)]
    rows += [Row("press", "b", [0.0], k < 5) for k in range(10)]
    assert abs(fitted(rows)[0] - np.log(0.7 / 0.3)) < 0.01


def test_reliability_is_measured_on_documents_the_curve_has_not_seen() -> None:
    chance = np.random.default_rng(0)
    odds = chance.normal(size=3000)
    right = chance.random(3000) < 1 / (1 + np.exp(-odds))
    rows = [Row("press" if k % 2 else "news", f"d{k % 60}", [o], bool(r))
            for k, (o, r) in enumerate(zip(odds, right, strict=True))]  # fmt: skip
    found = measure(rows)
    assert max(found["error"].values()) < 0.06
    assert abs(found["weights"][1] - 1) < 0.2
    assert sum(count for *_, count in found["reliability"]) == 3000
