"""Many documents in numbers: words and phrases, coherence, topics and how many of them."""
from __future__ import annotations

from itertools import combinations
from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError
from helpers.themes import Corpus, find_topics, read_corpus
from helpers.themes.choices import Choices
from helpers.themes.topics import ENOUGH, TERM_COLUMNS, WINDOW, topic_coherence

SUBJECTS = {
    "sea": "ship harbour cargo crew anchor tide deck captain sailor pier lighthouse freight",
    "farm": "wheat harvest barn tractor field cattle orchard seed plough farmer crop meadow",
    "stage": "actor theatre curtain applause script rehearsal costume drama audience opera ballet role",
}


def table(*texts: str, **columns: list) -> pd.DataFrame:
    return pd.DataFrame({"text": list(texts), **columns})


def collection(size: int = 150) -> pd.DataFrame:
    """Documents on one of three subjects each, with words that all subjects share."""
    draw = np.random.default_rng(7)
    names = list(SUBJECTS)
    words = {name: words.split() for name, words in SUBJECTS.items()}
    common = "report people town plan money story".split()
    texts = [" ".join(draw.choice(words[names[n % 3]], 30)) + ". "
             + " ".join(draw.choice(common, 10)) + "." for n in range(size)]
    return pd.DataFrame({"text": texts, "subject": [names[n % 3] for n in range(size)]},
                        index=pd.Index([f"d{n}" for n in range(size)], name="doc"))


def counted(corpus: Corpus, row: int = 0) -> dict[str, int]:
    cells = corpus.counts[row]
    return dict(zip(corpus.shown[cells.indices].tolist(), cells.data.tolist(), strict=True))


@pytest.mark.parametrize(("text", "expected"), [
    pytest.param("Roads and a road, the ROAD.", {"Roads": 3}, id="number and case, first form of equals"),
    pytest.param("In 2016, 40 t; a b c.", {}, id="no numbers, no letters"),
    pytest.param("The US told us of the U.S. army.", {"US": 2, "told": 1, "army": 1}, id="a name in capitals"),
    pytest.param("Who left? The WHO left the U.K. with UK ministers and a minister.",
                 {"left": 2, "WHO": 1, "U.K.": 2, "ministers": 2}, id="dots, capitals and numbers"),
    pytest.param("Co-operation, e-mail.", {"Co-operation": 1, "e-mail": 1}, id="hyphens"),
    pytest.param("", {}, id="empty"),
])
def test_terms(text: str, expected: dict[str, int]) -> None:
    assert counted(read_corpus(table(text))) == expected


OTHERS = [f"Other{n} words{n} stand{n} here{n} as filling{n} matter{n}." for n in range(30)]


@pytest.mark.parametrize(("choices", "expected"), [
    pytest.param(Choices(("Sluice Gates",)), {"sluice": 1, "gate": 1, "LBF": 2, "Forum": 1, "water": 1},
                 id="a phrase is left out, its words are not"),
    pytest.param(Choices(("water", "lbf")), {"sluice gates": 1, "sluice": 1, "gate": 1, "Forum": 1}, id="words"),
    pytest.param(Choices((), {"Lake Basin Forum": ("LBF", "the Forum")}),
                 {"sluice gates": 1, "sluice": 1, "gate": 1, "Lake Basin Forum": 3, "water": 1}, id="a merged name"),
])
def test_the_users_choices(choices: Choices, expected: dict[str, int]) -> None:
    text = "LBF of the Forum: water of LBF at the sluice gates."
    corpus = read_corpus(table(text, *["At the sluice gates."] * 3, *OTHERS), choices=choices)
    assert {name.replace("gates", "gate") if " " not in name else name: n
            for name, n in counted(corpus).items()} == expected



@pytest.mark.parametrize("phrase", [
    pytest.param("interest rates", id="two words"), pytest.param("European Central Bank", id="three words"),
    pytest.param("New York", id="a generic word in a name")])
def test_phrases_are_joined(phrase: str) -> None:
    texts = [f"The {phrase} end{n}x." for n in range(5)] + OTHERS
    corpus = read_corpus(table(*texts))
    assert counted(corpus) == {phrase: 1, "end0x": 1} | dict.fromkeys(phrase.split(), 1), "the words count, too"
    assert phrase not in read_corpus(table(*texts), phrases=False).shown


@pytest.mark.parametrize("sentence", [
    pytest.param("Interest, rates.", id="a mark between"),
    pytest.param("Interest of rates.", id="a function word between"),
    pytest.param("Last week.", id="generic words"),
])
def test_what_is_no_phrase(sentence: str) -> None:
    corpus = read_corpus(table(*[sentence] * 4, *OTHERS))
    assert not [name for name in counted(corpus) if " " in name]


def test_a_phrase_needs_three_documents_and_stays_inside_one() -> None:
    assert "grand piano" not in read_corpus(table("Grand piano. Grand piano. Grand piano.")).keys
    assert "grand piano" not in read_corpus(table(*["piano then a grand", *OTHERS] * 9)).keys
    assert "grand piano" in read_corpus(table(*["a grand piano"] * 3, *OTHERS)).keys


def test_words_are_counted_without_marks_and_other_languages_left_out() -> None:
    corpus = read_corpus(table("One, two.", "Rien du tout.", language=["en", "fr"]))
    assert corpus.words.tolist() == [2]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("abAB .\n-'éS中1"), max_size=60) | st.text(max_size=40), max_size=5))
def test_any_text_is_read(texts: list[str]) -> None:
    corpus = read_corpus(pd.DataFrame({"text": texts}, dtype=object))
    assert len(corpus) == corpus.counts.shape[0] == len(corpus.words) == len(texts)
    assert corpus.bounds[-1] == len(corpus.stream) and corpus.counts.shape[1] == len(corpus.shown)
    assert all(corpus.shown[corpus.terms])


def test_coherence_is_the_mean_npmi_of_windows() -> None:
    texts = ["alpha beta gamma " * 6, "alpha delta", "beta " * 15 + "delta epsilon", "gamma"]
    corpus = read_corpus(table(*texts), phrases=False)
    wanted = ["alpha", "beta", "gamma", "delta"]
    windows = [set(words[n:n + WINDOW]) for words in map(str.split, texts)
               for n in range(0, len(words), WINDOW)]
    values = []
    for a, b in combinations(wanted, 2):
        both, one, other = (sum(need <= w for w in windows) / len(windows) for need in ({a, b}, {a}, {b}))
        values.append(log(both / (one * other)) / -log(both) if both else -1)
    numbers = [int(np.flatnonzero(corpus.keys == name)[0]) for name in wanted]
    assert topic_coherence(corpus, [numbers]) == [pytest.approx(np.mean(values), abs=1e-4)]


def test_topics_are_the_subjects() -> None:
    documents = collection()
    topics = find_topics(read_corpus(documents), number=3)
    best = topics.shares.idxmax(axis=1)
    assert pd.crosstab(best, documents["subject"]).to_numpy().astype(bool).sum() == 3
    assert topics.terms.groupby("topic").size().tolist() == [10] * 3
    assert set(topics.terms["term"]) <= {word for words in SUBJECTS.values() for word in words.split()}
    assert (topics.terms["stability"] > 0.6).all() and topics.terms["weight"].between(0, 1).all()
    assert np.allclose(topics.shares.sum(axis=1), 1, atol=1e-3)
    assert "few" in topics.note


def test_the_same_documents_give_the_same_topics() -> None:
    first, second = (find_topics(read_corpus(collection(120)), number=2, refits=1) for _ in range(2))
    pd.testing.assert_frame_equal(first.terms, second.terms)
    pd.testing.assert_frame_equal(first.shares, second.shares)


def test_the_number_of_topics_is_suggested() -> None:
    numbers = find_topics(read_corpus(collection()), refits=1).numbers
    assert numbers["topics"].tolist() == [2, 3], "for more there are too few documents"
    both = numbers["coherence"] + numbers["stability"]
    assert numbers["taken"].tolist() == [False, True] and both[1] >= both.max() - 0.01
    assert not len(find_topics(read_corpus(collection()), number=3, refits=1).numbers)


@pytest.mark.parametrize("size", [0, 1, ENOUGH - 1])
def test_too_few_documents_are_told_kindly(size: int) -> None:
    corpus = read_corpus(collection().iloc[:size])
    topics = find_topics(corpus)
    assert f"at least {ENOUGH}" in topics.note and f"{size}" in topics.note
    assert list(topics.terms.columns) == TERM_COLUMNS and topics.shares.shape == (size, 0)
    assert not len(topics.numbers)


def test_documents_without_words_in_common_have_no_topics() -> None:
    corpus = read_corpus(table(*[f"w{n}x" for n in range(ENOUGH)]))
    assert not len(find_topics(corpus).terms)


def test_one_topic_is_no_choice() -> None:
    with pytest.raises(KitError, match="2 or more"):
        find_topics(read_corpus(table("Word.")), number=1)


def test_a_document_without_terms_has_no_shares() -> None:
    documents = pd.concat([collection(120), pd.DataFrame({"text": ["Nothing of it."]}, index=["odd"])])
    assert find_topics(read_corpus(documents), number=2, refits=0).shares.loc["odd"].isna().all()
