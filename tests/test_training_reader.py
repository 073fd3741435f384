"""What the reader is trained on: marked texts, answers, house styles; and its confidence."""

from __future__ import annotations

import json
import random

import numpy as np
import pandas as pd
import pytest

from helpers.quotes.confidence import SURE
from helpers.reader import Attribution
from helpers.reader.encoder import LABELS, MODELS, NAMES, load, split
from helpers.training.confidence import COLUMNS, fitted, measure, pairs, same_source, same_speaker
from helpers.training.examples import (
    UNASKED,
    answers,
    edited,
    examples,
    layers,
    other_marks,
    rewrite,
)
from helpers.training.gold import (
    MARKED,
    NEWS,
    Gold,
    Pointer,
    lines_of,
    read_brat,
    read_press,
    records,
)

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
    return read_press(marked())


def test_marks_may_stand_apart_from_their_texts(tmp_path, monkeypatch, gold: Gold) -> None:
    record = marked()
    roof, year = TEXT.index("roof"), TEXT.index("2016")
    record["figures"][0] |= {"of": [[roof, roof + 4]], "when": [[year, year + 4]]}
    del record["text"]
    files = {"real/unmarked.jsonl": {"doc": "a", "text": TEXT}, "marks.jsonl": record,
             "real/dev.jsonl": {"doc": "b"}, "real/train.jsonl": marked() | {"doc": "b"},
             **dict.fromkeys(NEWS, {"doc": "c", "text": "It rained."})}  # fmt: skip
    for name, row in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(row), "utf-8")
    monkeypatch.setattr("helpers.training.gold.MARKED", [tmp_path / "marks.jsonl"])
    assert [read_press(one) for one in records(tmp_path)] == [gold]  # b is there to measure with


def test_the_marked_texts_that_come_along_can_be_read() -> None:
    (invented,) = (path for path in MARKED if path.stem == "invented")
    texts = list(map(read_press, lines_of(invented)))
    assert len(texts) > 90 and all(g.statements or g.pointers for g in texts)
    for gold in texts:
        spans = [s for a in gold.statements for s in (*a.content, *a.cue, *a.source)]
        assert all(gold.text[a:b].strip() == gold.text[a:b] != "" for a, b in spans)


def test_a_report_within_a_quotation_is_of_the_inner_layer(gold: Gold) -> None:
    outer, within = layers(gold.statements)
    assert [TEXT[slice(*a.content[0])] for a in outer] == ["Bob Roe told me it rained."]
    assert [TEXT[slice(*a.content[0])] for a in within] == ["it rained"]
    (example,) = examples(gold, load().tokenizer)
    labels = [LABELS[n] if n != UNASKED else "?" for n in example.rows["inner"]]
    assert labels[:5] == ["?"] * 5 and "B-Content<" in labels and labels[-1] == "?"


def test_amounts_point_to_what_they_measure_and_when(gold: Gold) -> None:
    answered = {p.kind: [TEXT[slice(*s)] for s in p.answers] for p in gold.pointers}
    assert answered == {"of": ["roof"], "when": ["2016"]}
    (example,) = examples(gold, load().tokenizer)
    assert sorted({asked.name for asked in example.asked}) == ["first", "last", "when"]


def test_speakers_are_names_and_capitals_that_nobody_judged_are_not_asked_for(gold: Gold) -> None:
    (example,) = examples(gold, load().tokenizer)
    assert [NAMES[n] for n in example.rows["names"][:2]] == ["B-person", "I-person"]
    assert sorted(TEXT[a:b] for (a, b), _ in gold.names) == ["Ann Lee", "Bob Roe"]


@pytest.mark.parametrize("seed", range(10))
def test_marks_move_along_with_a_rewritten_text(gold: Gold, seed: int) -> None:
    again = gold.moved(*rewrite(gold.text, random.Random(seed)))
    for old, new in zip(gold.statements, again.statements, strict=True):
        for (a, b), (c, d) in zip(old.content, new.content, strict=True):
            assert again.text[c:d].casefold() == TEXT[a:b].casefold()
    assert [p.kind for p in again.pointers] == [p.kind for p in gold.pointers]


def test_an_answer_that_is_none_stays_none() -> None:
    one = Gold("a", "It cost $4.", pointers=(Pointer("when", (8, 10), ((0, 0), (3, 7))),))
    assert one.moved(one.text, lambda span: (span[0] + 2, span[1] + 2)).pointers == (
        Pointer("when", (10, 12), ((0, 0), (5, 9))),
    )


def test_pairs_share_half_of_their_words() -> None:
    found = [Attribution(((0, 7),)), Attribution(((14, 20),))]
    marked = [Attribution(((0, 7),)), Attribution(((9, 12),))]
    assert pairs("It rain, and he left", marked, found) == {0: 0}


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
    rows = [("news", "a", [0.0], k < 90) for k in range(100)]
    rows += [("press", "b", [0.0], k < 5) for k in range(10)]
    assert abs(fitted(pd.DataFrame(rows, columns=COLUMNS))[0] - np.log(0.7 / 0.3)) < 0.01


def test_reliability_is_measured_on_documents_the_curve_has_not_seen() -> None:
    chance = np.random.default_rng(0)
    odds = chance.normal(size=3000)
    right = chance.random(3000) < 1 / (1 + np.exp(-odds))
    rows = [("press" if k % 2 else "news", f"d{k % 60}", [o], bool(r))
            for k, (o, r) in enumerate(zip(odds, right, strict=True))]  # fmt: skip
    found = measure(pd.DataFrame(rows, columns=COLUMNS))
    assert max(found["error"].values()) < 0.06
    assert abs(found["weights"][1] - 1) < 0.2
    shown = sum(count for *_, count in found["reliability"])  # what is not sure enough is no row of a table
    assert 0.5 < shown / 3000 < 1 and min(sure for _, sure, *_ in found["reliability"]) > SURE


def test_training_goes_on_from_the_shipped_reader() -> None:
    torch = pytest.importorskip("torch")
    network = pytest.importorskip("helpers.training.network")
    ids, shape = np.array([[101, 1996, 3664, 2056, 2009, 15520, 1012, 102]]), np.full((1, 8), 4)
    shipped = load().session.run(None, {"ids": ids, "shape": shape})
    with torch.no_grad():
        again = network.begun(MODELS / "reader.onnx").eval()(torch.tensor(ids), torch.tensor(shape))
    for old, new in zip(shipped, again, strict=True):  # whole numbers of one byte against floats
        assert np.corrcoef(old.ravel(), new.numpy().ravel())[0, 1] > 0.99
