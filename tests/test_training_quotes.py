"""What the quotation model is trained on: brat files, answers, house styles."""

from __future__ import annotations

import random

import numpy as np
import pytest

from helpers.quotes.encoder import LABELS, load, split
from helpers.training.quotes_confidence import measure
from helpers.training.quotes_data import UNASKED, Attribution, answers, read_brat
from helpers.training.quotes_fit import calibration_error, logistic
from helpers.training.quotes_styles import edited, other_marks, rewrite

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
    assert edited(text, [], other_marks(text, marks))[0] == expected


@pytest.mark.parametrize("seed", range(20))
def test_rewriting_keeps_the_words_of_spans(seed: int) -> None:
    text = "“We go,” Mr. Alder said. “Soon.”\nThe Mayor told Boston ''no'' and said \"yes.\""
    words = ("We go", "said", "Alder", "Soon", "Boston", "yes", "The")
    spans = [{"content": ((at := text.index(word), at + len(word)),)} for word in words]
    moved_text, moved = rewrite(text, spans, random.Random(seed))
    for word, one in zip(words, moved, strict=True):
        ((start, end),) = one["content"]
        assert moved_text[start:end].casefold() == word.casefold()


def test_a_logistic_curve_on_clear_data_is_calibrated() -> None:
    chance = np.random.default_rng(0)
    features = chance.normal(size=(4000, 1))
    right = chance.random(4000) < 1 / (1 + np.exp(-2 * features[:, 0]))
    weights = logistic(features, right)
    sure = 1 / (1 + np.exp(-(weights[0] + features @ weights[1:])))
    assert calibration_error(sure, right) < 0.03


def test_reliability_is_measured_on_documents_the_curve_has_not_seen() -> None:
    chance = np.random.default_rng(0)
    odds = chance.normal(size=3000)
    right = chance.random(3000) < 1 / (1 + np.exp(-odds))
    rows = np.stack([chance.integers(0, 10, 3000), odds, np.zeros(3000), right], 1)
    found = measure(rows, documents=10)
    assert found["error"] < 0.05
    assert abs(found["weights"][1] - 1) < 0.2
    assert sum(count for _, _, count in found["reliability"]) == 3000
