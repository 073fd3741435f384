"""The reader: its reading of any text, its decoding, what it finds, what amounts measure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.reader import Attribution, encoder, measures, read, read_statements
from helpers.reader import pieces as pieces_of
from helpers.reader.encoder import LABELS, NAMES, VECTORS, Reading
from helpers.reader.pieces import RUN, Pieces
from helpers.reader.sequence import LEGAL, Part, best_path, label, parts
from helpers.reader.statements import link, nearest
from helpers.text.doc import Doc


def tag(text: str) -> list[Attribution]:
    return read_statements(text)[0]


SEED = next((Path(__file__).parents[1] / "seeds").glob("*.txt"))
INDEX = {label: index for index, label in enumerate(LABELS)}

ODD_TEXTS = {
    "empty": "",
    "white space": " \t\n  ",
    "new lines only": "\n" * 50_000,
    "one letter": "a",
    "quotation marks only": '"' * 50_000,
    "one endless word": "a" * 100_000,
    "digits only": "7" * 100_000,
    "control characters": "\x00\x01\x7f He said \x00 so.",
    "lone surrogates": 'He said: "\ud800 fine \udfff".',
    "emoji and combining marks": "👩‍👩‍👧 said e\u0301e\u0301 “yes” 👍🏽.",
    "other scripts": "Он сказал: «Да». 他说：“好”。 قال: نعم",
    "carriage returns": "She said yes.\r\n\r\nHe said no.\r",
    "a quotation never closed": 'He said: "' + "we will go on and on, " * 200,
}


@pytest.mark.parametrize("text", ODD_TEXTS.values(), ids=ODD_TEXTS.keys())
def test_odd_texts_give_valid_spans(text: str) -> None:
    assert_valid(text)


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=300))
def test_any_text_gives_valid_spans(text: str) -> None:
    assert_valid(text)


WORDS = st.sampled_from(
    ['"', "“", "”", "''", ",", ".", "\n", "said", "told", "He", "Ms. Alder", "that", "bridge", "—"]
)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, max_size=80).map(" ".join))
def test_any_run_of_quoting_words_gives_valid_spans(text: str) -> None:
    assert_valid(text)


def assert_valid(text: str) -> None:
    found = tag(text)
    for one in found:
        assert one.content
        for spans in (one.content, one.cue, one.source):
            assert list(spans) == sorted(spans)
            assert all(0 <= start < end <= len(text) for start, end in spans)
            assert all(text[start:end].strip() for start, end in spans)


def test_a_text_gives_the_same_attributions_again() -> None:
    text = SEED.read_text(encoding="utf-8")
    assert tag(text) == tag(text)


CLEAR = [
    (
        "The minister said the bridge would open in May.",
        "the bridge would open in May",
        "said",
        "The minister",
    ),
    ("“We are ready,” said Nora Alder.", "We are ready", "said", "Nora Alder"),
    ('"We are ready," Alder said.', "We are ready", "said", "Alder"),
    ("''We are ready,'' Ms. Alder said.", "We are ready", "said", "Ms. Alder"),
    (
        "According to the report, prices fell by 3 percent.",
        "prices fell by 3 percent",
        "According to",
        "the report",
    ),
]


@pytest.mark.parametrize(("text", "content", "cue", "source"), CLEAR)
def test_clear_attributions_are_found(text: str, content: str, cue: str, source: str) -> None:
    (one,) = tag(text)
    written = [
        " ".join(text[a:b] for a, b in spans) for spans in (one.content, one.cue, one.source)
    ]
    assert content in written[0]
    assert written[1:] == [cue, source]


@pytest.mark.parametrize(
    "text",
    ["The bridge is 300 metres long.", "Trains run daily.", "Prices rose 3 percent in May."],
)
def test_plain_statements_are_not_attributions(text: str) -> None:
    assert tag(text) == []


def test_the_seed_has_its_statements() -> None:
    text = SEED.read_text(encoding="utf-8")
    found = [" … ".join(text[a:b] for a, b in one.content) for one in tag(text)]
    wanted = [
        "continuing turbulence of the world economy",
        "To give impetus to its restoration",
        "economic interconnectedness of the SCO member states",
        "Today, the SCO participants concentrate",
        "is provided by a system of multilateral mechanisms",
        "the special significance of the implementation",
        "The document created a uniform basis",
        "this as one of the priorities of joint work",
    ]
    assert sum(any(words in content for content in found) for words in wanted) >= 7


def test_blocks_join_to_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces_of, "BLOCK", 10)
    for text in ("", "abc", "one two\nthree four five\nsix", "x" * 35, "a b " * 20):
        cuts = list(pieces_of.blocks(text))
        assert "".join(text[a:b] for a, b in cuts) == text
        assert all(0 < b - a <= 10 for a, b in cuts)


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        ([], []),
        ([100, 100, 100], [(0, 200), (200, 300)]),
        ([254], [(0, 254)]),
        ([10, 600, 10], [(0, 10), (10, 610), (610, 620)]),
    ],
)
def test_windows_hold_whole_paragraphs(lengths: list[int], expected: list[tuple[int, int]]) -> None:
    shape = np.concatenate([np.zeros(0), *([8] + [4] * (n - 1) for n in lengths)])
    runs = pieces_of.windows(Pieces(shape, shape, shape, shape))
    assert [(first, last) for first, last, _ in runs] == expected
    for first, last, cuts in runs:
        assert cuts[0][0] == first and cuts[-1][1] == last
        assert all(b - a <= pieces_of.WINDOW for a, b in cuts)
        assert all(a < before for (_, before), (a, _) in zip(cuts, cuts[1:], strict=False))


SPEECH = "The mayor said the bridge would open in May. "
TALE = "The river was low and the boats lay still. "


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        (TALE * 10, 1),
        (TALE * 60, 5),
        (TALE * 10 + "\n" + TALE * 60, 6),
        ("“" + TALE * 60 + "” she said.", 1),  # a quotation is left whole
        (TALE * 10 + "“" + TALE * 20 + "” she said. " + TALE * 30, 5),
        ("low " * 600, 1),
    ],
    ids=["empty", "short", "long", "short and long", "quotation", "quotation within", "no stop"],
)
def test_long_paragraphs_are_read_in_parts(text: str, parts: int) -> None:
    pieces = pieces_of.split(text, encoder.load().tokenizer)
    begins = pieces.start[pieces.opens].tolist()
    assert len(begins) == parts
    assert all(k == 0 or text[:k].rstrip(" \n")[-1] in ".”" for k in begins)


def test_a_long_paragraph_gives_what_its_sentences_give() -> None:
    found = tag((SPEECH + TALE) * 30)
    assert {k + 15 for k in range(0, 30 * 88, 88)} <= {one.start for one in found}
    assert sum(one.source == ((one.start - 15, one.start - 6),) for one in found) >= 27


def test_long_repetitions_are_cut() -> None:
    pieces = pieces_of.split("Contents " + ". " * 500 + "12", encoder.load().tokenizer)
    assert len(pieces) == 1 + RUN + 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He saw NATO", [8 + 2, 4, 4 + 1]),
        ("a\n“B 5”", [8, 12 + 8, 12 + 2, 12 + 4 + 3, 12]),
    ],
)
def test_shapes_tell_case_gap_and_quotation_marks(text: str, expected: list[int]) -> None:
    assert pieces_of.split(text, encoder.load().tokenizer).shape.tolist() == expected


def test_a_line_end_within_a_sentence_opens_no_paragraph() -> None:
    wrapped = "\n".join(["The mayor told the council that the bridge would be open"] * 5)
    assert pieces_of.split(wrapped, encoder.load().tokenizer).opens.sum() == 1


def test_only_what_is_asked_for_is_read() -> None:
    text = "\n\n".join(["The river was low and the boats lay still. " * 12] * 6)
    readings = encoder.Readings(Doc(text))
    one = readings.at(len(text) // 2)
    assert one.pieces.start[0] <= len(text) // 2 < one.pieces.end[-1]
    assert len(readings.kept) == 1 < len(read(text))


def test_best_path_is_legal_and_ends_with_its_own_length() -> None:
    rng = np.random.default_rng(0)
    readings = [_reading(rng.normal(size=(n, len(LABELS)))) for n in (1, 7, 40, 3)]
    blank = np.zeros((len(LABELS), len(LABELS))).tolist()
    numbers = {"transitions": blank, "first": [0.0] * len(LABELS)}
    for reading, (path, marginals) in zip(readings, label(readings, numbers), strict=True):
        assert len(path) == len(reading.pieces)
        assert LABELS[path[0]][0] != "I"
        assert all(LEGAL[a, b] for a, b in zip(path, path[1:], strict=False))
        assert np.allclose(np.exp(marginals).sum(1), 1, atol=1e-6)


def test_parts_are_runs_of_one_label() -> None:
    path = [INDEX[x] for x in ("B-Source>", "I-Source>", "B-Cue", "O", "B-Content<", "B-Content<")]
    assert parts(np.array(path)) == [
        Part("Source", ">", 0, 2),
        Part("Cue", "", 2, 3),
        Part("Content", "<", 4, 5),
        Part("Content", "<", 5, 6),
    ]


LINKS = {"skipped": 0.0, "side": 0.0, "paragraph": 4.0, "mix": 1.0, "sourceless": 0.0}


def test_two_cues_may_share_a_source() -> None:
    # "Source Cue Content Cue Content": both cues ask for the source at 0.
    reading = _reading(np.zeros((5, len(LABELS))))
    vectors = reading.vectors
    vectors["ask_source"][[1, 3], 0] = 5
    vectors["is_source"][0, 0] = 5
    vectors["ask_cue"][:3, 1] = vectors["is_cue"][1, 1] = 5
    vectors["ask_cue"][4, 2] = vectors["is_cue"][3, 2] = 5
    found = [Part("Source", ">", 0, 1), Part("Cue", "", 1, 2), Part("Content", "<", 2, 3)]
    found += [Part("Cue", "", 3, 4), Part("Content", "<", 4, 5)]
    groups = link(reading, found, LINKS)
    assert [(g.cue, g.source, g.content) for g in groups] == [
        (found[1], found[0], [found[2]]),
        (found[3], found[0], [found[4]]),
    ]


def test_a_content_without_a_cue_stands_alone() -> None:
    reading = _reading(np.zeros((3, len(LABELS))))
    reading.absent["ask_cue"][:] = 9
    found = [Part("Cue", "", 0, 1), Part("Content", "-", 2, 3)]
    (group,) = link(reading, found, LINKS)
    assert (group.cue, group.source, group.content) == (None, None, [found[1]])


def test_within_a_statement_parts_go_to_the_next_cue_on_their_side() -> None:
    found = [Part("Source", ">", 0, 1), Part("Cue", "", 1, 2), Part("Content", "<", 2, 4),
             Part("Content", ">", 5, 7), Part("Cue", "", 7, 8), Part("Content", "-", 9, 10)]  # fmt: skip
    assert [(g.cue, g.source, g.content) for g in nearest(found)] == [
        (found[1], found[0], [found[2]]), (found[4], None, [found[3]]), (None, None, [found[5]]),
    ]  # fmt: skip


def test_the_best_path_of_a_stretch_opens_with_no_inner_label() -> None:
    scores = np.zeros((4, len(LABELS)))
    scores[:, INDEX["I-Cue"]] = 5
    path, chances = best_path(scores)
    assert [LABELS[k] for k in path] == ["B-Cue", "I-Cue", "I-Cue", "I-Cue"]
    assert np.allclose(np.exp(chances).sum(1), 1)


MEASURED = [
    ("The bridge will cost $40 million.", "$40 million", "bridge"),
    ("Exports of copper rose 12 percent in 2016.", "12 percent", "Exports of copper"),
    ("The company posted a loss of €3 million.", "€3 million", "loss"),
    ("Spending on schools reached $9 billion last year.", "$9 billion", "Spending on schools"),
]


@pytest.mark.parametrize(("text", "amount", "of"), MEASURED)
def test_what_an_amount_measures(text: str, amount: str, of: str) -> None:
    start = text.index(amount)
    found = measures(text)((start, start + len(amount)), [])
    assert text[slice(*found.of)] == of
    assert 0 < found.of_sure <= 1


def test_a_time_is_only_one_of_those_offered() -> None:
    text = "In 2016 trade grew by 5 percent."
    start, year = text.index("5 percent"), (3, 7)
    asked = measures(text)
    assert asked((start, start + 9), [year]).when == 0
    assert asked((start, start + 9), []).when is None


def test_an_amount_that_is_not_read_has_no_answer() -> None:
    assert measures("")((0, 0), []) is None


def _reading(tags: np.ndarray) -> Reading:
    count = len(tags)
    places = np.arange(count)
    shape = np.array([8] + [4] * (count - 1))
    vectors = {name: np.zeros((count, 4)) for name in VECTORS}
    absent = {name: np.zeros(count) for name in VECTORS if name.startswith("ask")}
    blank = np.zeros((count, len(NAMES)))
    return Reading(
        Pieces(places, places, places + 1, shape), tags, tags * 0, blank, vectors, absent
    )
