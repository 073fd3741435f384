"""Paragraphs, sentences, words, tags and lemmas."""
from __future__ import annotations

from itertools import pairwise

import nltk
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
from nltk.tag.api import TaggerI
from nltk.tokenize.api import TokenizerI

from helpers.text.doc import (
    RECENT,
    Doc,
    doc_of,
    docs_of,
    known,
    large_view,
    recent,
    split_sentences,
    view,
)
from helpers.text.lemmas import lemma_of
from helpers.text.nltk_bridge import NewsSentenceTokenizer, NewsTagger, NewsTokenizer
from helpers.text.sentences import paragraphs
from helpers.text.tokens import tokenize
from helpers.text.words import split_words

COLUMNS = ["doc", "paragraph", "sentence", "start", "end", "token", "lemma", "pos"]


def cut(text: str, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


# ---------------------------------------------------------------- words
WORDS = {
    "not": ("We don't, can't and won’t.", "We|do|n't|,|ca|n't|and|wo|n’t|."),
    "cannot": ("You cannot; I'm gonna.", "You|can|not|;|I|'m|gon|na|."),
    "possessive": ("China's and the states' trade", "China|'s|and|the|states|'|trade"),
    "curly possessive": ("Iran’s “plan”", "Iran|’s|“|plan|”"),
    "capitals": ("WE DON'T SAY IT'S SO", "WE|DO|N'T|SAY|IT|'S|SO"),
    "hyphens split": ("a two-year-old state-run firm", "a|two|-|year|-|old|state|-|run|firm"),
    "hyphens kept": ("e-mail, co-operation, re-elect", "e-mail|,|co-operation|,|re-elect"),
    "region-wide splits": ("trans-regional, region-wide", "trans-regional|,|region|-|wide"),
    "names with apostrophes": ("O'Brien, N’Diaye, Sana'a", "O'Brien|,|N’Diaye|,|Sana'a"),
    "titles": ("Mr. X and Dr. Y", "Mr.|X|and|Dr.|Y"),
    "initials": ("Sh. Karimov, J. K. Rowling, J.-P. Roy",
                 "Sh.|Karimov|,|J.|K.|Rowling|,|J.|-|P.|Roy"),
    "letter at an end": ("Plan B. The end.", "Plan|B|.|The|end|."),
    "acronyms with stops": ("the U.S. and the U.N.-led team", "the|U.S.|and|the|U.N.|-|led|team"),
    "number sign": ("No. 5 said no.", "No.|5|said|no|."),
    "established": ("(est. 1990)", "(|est.|1990|)"),
    "Latin": ("e.g. this, i.e. that, etc.", "e.g.|this|,|i.e.|that|,|etc."),
    "unknown before a comma": ("San Jose, Cal., said", "San|Jose|,|Cal.|,|said"),
    "hours": ("at 10:30 a.m.", "at|10:30|a.m."),
    "thousands": ("1,234.5 or 1,200-strong", "1,234.5|or|1,200|-|strong"),
    "fractions and dates": ("1/2 on 11-20-2000", "1/2|on|11-20-2000"),
    "number and unit": ("$40bn, 2.5m, 10am, 5%", "$|40|bn|,|2.5|m|,|10|am|,|5|%"),
    "US dollars": ("US$1.2 and $ 40", "US$|1.2|and|$|40"),
    "ranges": ("2016-17, 5–10", "2016|-|17|,|5|–|10"),
    "ordinals and decades": ("the 21st in the 1990s, the '90s",
                             "the|21st|in|the|1990s|,|the|'90s"),
    "letters and digits": ("the G20, an A320neo, COVID-19",
                           "the|G20|,|an|A320neo|,|COVID|-|19"),
    "ampersand": ("AT&T and R&D", "AT&T|and|R&D"),
    "addresses": ("See https://un.org/a?b=1, www.un.org. Write to press@un.org.",
                  "See|https://un.org/a?b=1|,|www.un.org|.|Write|to|press@un.org|."),
    "domain": ("on bbc.co.uk.", "on|bbc.co.uk|."),
    "missing blank is no domain": ("It fell.The bank", "It|fell|.|The|bank"),
    "tags and names": ("#COP28 @UN", "#COP28|@UN"),
    "dashes": ("so -- or — so...", "so|--|or|—|so|..."),
    "typewriter quotes": ("''Yes'' ``no''", "''|Yes|''|``|no|''"),
    "accents apart": ("cafe\u0301s open", "cafe\u0301s|open"),
}


@pytest.mark.parametrize(("text", "expected"), WORDS.values(), ids=WORDS)
def test_words(text, expected):
    assert cut(text, split_words(text)) == expected.split("|")


# ---------------------------------------------------------------- sentences
SENTENCES = {
    "plain": "It grew. | He left. | Why? | So!",
    "closing quotes": '"It works." | He left. | “So.” | Then (it fell.) | Yes.',
    "dash attribution after a comma": '"It works", — Alimov noted. | Then he left.',
    "dash attribution after a mark": '"It works!" — said the minister. | "We go on."',
    "question and its speaker": '"Will it work?" Mr. Green asked. | It did.',
    "question, verb first": "“Will it work?” asked Mr. Green. | It did.",
    "question, title as speaker": '"Who?" the Prime Minister of India said. | "I."',
    "question, then another sentence": '"Will it work?" | Nobody knew.',
    "lower case after a mark": '"So what?" said Harry. | "Stop!" he cried.',
    "initials": "Sh. Karimov met Yu. Petrov and Zh. Tolebaev. | They agreed.",
    "initials before and": "The sisters Ada G. and Mona H. Pell ran it. | They gave.",
    "several initials": "J. K. Rowling wrote it. | J.K. Rowling left.",
    "established": "The firm (est. 1990) grew. | It hired.",
    "footnote marks": "It fell.[3] | It rose. [4] | It stood.",
    "country before a name": "The U.S. Senate met.",
    "country at an end": "He lives in the U.S. | He works.",
    "number sign": "See No. 5 and Art. 7. | The end.",
    "number sign, small": "Ring no. 12 first. | Trams nos. 4 and 5 stop there, see fig. 2 of vol. 3.",
    "a plain no": "The reply was no. | Six judges left. | Was it a no? | It was no. | So they say.",
    "months": "On Nov. 3 it fell. | On Dec. 5 it rose.",
    "months at an end": "The strike began on 4 Oct. | Trains stopped. | It ended in Dec. | Nurses won.",
    "months inside": "On 4 Oct. Mr. Hale resigned. | The Oct. Revolution film ran in Nov. 2019.",
    "hours": "At 5 p.m. Friday it shut. | It opens at 9 a.m. | The rest waits.",
    "hours at an end": "Polls close at 8 p.m. | Counting goes on. | She rose at 6 a.m. | Mrs. Hale slept.",
    "hours inside": "By 8 p.m. Mr. Hale had lost. | It shut at 8 p.m. Moscow time on May 3.",
    "hours before their noun": "They took the 8 p.m. Lufthansa flight. | It left at 9 p.m. CET.",
    "measures at an end": "The wall is 9 ft. | Guards watch it. | It lasts 40 min. | Rain fell.",
    "firms": "Acme Inc. reported a loss. | Its rival is Best Corp. | The loss fell.",
    "et cetera at an end": "They mend roofs, doors, etc. | Neighbours help.",
    "et cetera": "Trade, transport, etc. | They grew, i.e. they did well, etc. again.",
    "ellipsis": "Well... | He went on ... and on. | It is… | Then he came.",
    "words left out": "It was wrong. ... | We know that.",
    "list numbers": "1. First thing. | 2. Second thing.",
    "numbers": "It rose by 5.2 per cent. | 12 people left in 1945. | It cost $5. | So.",
    "letters": "Plan B. | The end.",
    "bracket": "(He left. | She stayed.) | Then it rained.",
    "typewriter quotes": "''It is so,'' he said. | ''Yes.'' | Then she left.",
    "quoted word": 'He said "no". | She said "yes".',
    "degrees": "Dr. Smith, Ph.D., of St. Paul, Minn., met Gov. Brown. | The end.",
    "papers": "See Fig. 2, p. 5, and cf. Smith vs. Jones.",
    "exclamation in a name": "Yahoo! Inc. said so. | Jeb! was better.",
    "lower-case writer": "i faxed it this morning. | they had no time.",
    "missing blank": "It fell.| The bank rose.",
    "addresses": "Visit www.un.org. | Write to press@un.org. | Thanks.",
    "heading without a stop": "Trade grows\n | Trade grew in May.",
    "lower-case paragraph": "It grew.\n\n | the minister said so.",
}


@pytest.mark.parametrize("marked", SENTENCES.values(), ids=SENTENCES)
def test_sentences(marked):
    text = marked.replace(".| ", ".").replace(" | ", " ").replace("\n ", "\n")
    expected = [part.strip() for part in marked.split("|")]
    assert cut(text, split_sentences(text)) == expected


# ---------------------------------------------------------------- paragraphs
SPREAD = ("The council met on Monday to hear what the repairs to the old\n\nstone bridge would cost "
          "and how long the ferry would have to run\n\nin its place.\n\nThe second hearing will be "
          "held in the hall of the school on\n\nFriday.")
WRAPPED = (
    "The ministers of the member states met in the capital on\n"
    "Thursday and spoke about trade, transport and investment in the\n"
    "region, according to a statement that the secretariat published\n"
    "after the talks.\n"
    "They will meet again in the spring, when the new agreement on\n"
    "road transport is to be signed by all of the states.\n"
)
SOFT = (  # lines of all lengths end in the midst of sentences
    "The ferry fees will\nrise in May, the Minister for Islands and Ports,\nAnn Hull, said today.\n\n"
    "\"The new fees are\nfair to the people who live there and to those\nwho visit the islands in the summer.\n\n"
    "\"The Islands\nPrivate Ferry Company carries most of\nthem, and it has asked for higher fees for\nyears.\n\n"
    "Ms Hull said the\nLake Fund would pay for\nthe rest.\n"
)
PARAGRAPHS = {
    "lines broken anywhere": (SOFT, [part.strip() for part in SOFT.split("\n\n")]),
    "blank line": ("One.\n\nTwo.", ["One.", "Two."]),
    "blank line with blanks": ("One.\n \t\nTwo.", ["One.", "Two."]),
    "single line ends": ("One.\nTwo.\nThree.", ["One.", "Two.", "Three."]),
    "Windows": ("One.\r\nTwo.\r\n\r\nThree.", ["One.", "Two.", "Three."]),
    "trimmed": ("\n\n  One. \n\n\n  Two.\n", ["One.", "Two."]),
    "empty": ("", []),
    "only white space": (" \n\t\n ", []),
    "lines parted by blank lines": (SPREAD, [
        SPREAD[: SPREAD.index("\n\nThe second")], SPREAD[SPREAD.index("The second"):]]),
    "paragraphs of one line each": (
        "Repairs to the old stone bridge\n\nThe mayor spoke.\n\nthe end", [
            "Repairs to the old stone bridge", "The mayor spoke.", "the end"]),
    "hard-wrapped": (WRAPPED, [WRAPPED[: WRAPPED.index("They")].strip(),
                               WRAPPED[WRAPPED.index("They"):].strip()]),
    "one broken line": ("The ministers of all the states met on\nthursday in the capital.",
                        ["The ministers of all the states met on\nthursday in the capital."]),
    "short lines are not joined": ("Contents\nintroduction\ntrade", ["Contents", "introduction",
                                                                       "trade"]),
    "bullets": ("The ministers agreed on three things in the talks\n- trade\n- transport",
                ["The ministers agreed on three things in the talks", "- trade", "- transport"]),
}


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS)
def test_paragraphs(text, expected):
    assert cut(text, paragraphs(text)) == expected


# ---------------------------------------------------------------- tags and lemmas
TAGGED = {
    "plain": ("The ministers signed a new agreement in Bangkok.",
              "DET NOUN VERB DET ADJ NOUN ADP PROPN PUNCT"),
    "contraction": ("It doesn't work.", "PRON AUX PART VERB PUNCT"),
    "money": ("It exceeded $ 40 billion in 2016.", "PRON VERB SYM NUM NUM ADP NUM PUNCT"),
    "curly quotes": ("“It grew,” he said.", "PUNCT PRON VERB PUNCT PUNCT PRON VERB PUNCT"),
    "possessive or verb": ("China's trade grew and it's good.",
                           "PROPN PART NOUN VERB CCONJ PRON AUX ADJ PUNCT"),
    "unknown marks": ("Trade ✈ grew", "NOUN SYM VERB"),
}


@pytest.mark.parametrize(("text", "expected"), TAGGED.values(), ids=TAGGED)
def test_tags(text, expected):
    assert doc_of(text).pos == expected.split()


@pytest.mark.parametrize(("word", "tag", "expected"), [
    ("said", "VERB", "say"), ("was", "AUX", "be"), ("’s", "AUX", "be"), ("n’t", "PART", "not"),
    ("ca", "AUX", "can"), ("wo", "AUX", "will"), ("States", "PROPN", "State"),
    ("Alimov", "PROPN", "Alimov"), ("Biggs", "PROPN", "Biggs"), ("countries", "NOUN", "country"),
    ("analyses", "NOUN", "analysis"), ("children", "NOUN", "child"), ("better", "ADJ", "good"),
    ("provoking", "VERB", "provoke"), ("applauded", "VERB", "applaud"), ("stopped", "VERB", "stop"),
    ("relied", "VERB", "rely"), ("overthrown", "VERB", "overthrow"), ("GPS", "NOUN", "gps"),
    ("phone", "VERB", "phone"), ("The", "DET", "the"), ("an", "DET", "a"), ("them", "PRON", "they"),
    ("www.visits.org", "NOUN", "www.visits.org"), ("I", "PRON", "I"), ("2016", "NUM", "2016"),
])
def test_lemmas(word, tag, expected):
    assert lemma_of(word, tag) == expected


def test_her_is_two_words():
    assert doc_of("I met her.").lemmas[2] == "she"
    assert doc_of("They saw her new plan.").lemmas[2] == "her"


def test_tags_do_not_depend_on_other_documents():
    texts = ["The first text grew.", "Officials said so. They left.", "", "Ms. Lee agreed."]
    assert [doc.pos for doc in docs_of(texts)] == [Doc(text).pos for text in texts]


# ---------------------------------------------------------------- what is found once
def test_a_view_is_found_once_for_each_document():
    asked = []
    longest = view(lambda doc: asked.append(doc.text) or max(doc.words, key=len))
    assert [longest("So it grew."), longest(doc_of("So it grew.")), longest("Yes.")] == ["grew", "grew", "Yes"]
    assert asked == ["So it grew.", "Yes."]


def test_what_is_remembered_is_bounded_by_letters(monkeypatch):
    monkeypatch.setattr(known, "most", 60_000)
    monkeypatch.setattr(recent, "most", 30_000)
    asked = []
    size = large_view(lambda doc: asked.append(doc.text) or len(doc.text))
    texts = [f"{n} " * 1000 for n in range(10, 25)]                  # of 3,000 letters
    first = doc_of(texts[0])
    assert [size(text) for text in texts for _ in range(2)] == [3000] * 30
    assert asked == texts                                            # each once while it is recent
    assert doc_of(texts[0]) is first and not first.large
    assert sum(map(len, recent.docs)) == 30_000
    for n in range(30, 60):
        doc_of(f"{n} " * 1000)
    assert doc_of(texts[0]) is not first
    assert sum(map(len, known.docs)) <= 60_000


def test_a_large_view_of_a_long_text_is_not_kept():
    doc = Doc("x " * RECENT)
    assert large_view(len_of_words)(doc) == RECENT
    assert not doc.large


def len_of_words(doc):
    return len(doc.words)


# ---------------------------------------------------------------- the table
def test_table_of_tokens():
    documents = pd.DataFrame({"text": ["It grew. So did they.\n\nTrade grew.", "", "Yes."]},
                             index=["a", "b", "c"])
    table = tokenize(documents)
    assert list(table.columns) == COLUMNS
    assert table["doc"].unique().tolist() == ["a", "c"]
    assert table["sentence"].tolist() == [0] * 3 + [1] * 4 + [2] * 3 + [0] * 2
    assert table["paragraph"].tolist() == [0] * 7 + [1] * 3 + [0] * 2
    for doc, start, end, token in table[["doc", "start", "end", "token"]].itertuples(index=False):
        assert documents.at[doc, "text"][start:end] == token


@pytest.mark.parametrize("texts", [[], ["", " \n"], [None]], ids=["none", "empty", "missing"])
def test_table_of_nothing_keeps_its_columns(texts):
    table = tokenize(pd.DataFrame({"text": texts}))
    assert list(table.columns) == COLUMNS
    assert table.empty


# ---------------------------------------------------------------- any text
MARKS = st.sampled_from([
    *".,:;!?'\"’‘“”«»()[]-–—…$€%&@#/_*^ \n\t\r\u00a0\u00ad\u0301\u2028\ud800", "...", "''", "\r\n",
    "n't", "'s", "can't", "Mr.", "U.S.", "No. 5", "St", "1,234.5", "www.", "http://", "a@b.c", "[3]",
    "He", "said", "A", "x", "É", "語", "ß", "٣",
])
TEXTS = st.one_of(st.text(max_size=200), st.lists(MARKS, max_size=60).map("".join))


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_any_text_is_covered_in_order(text):
    note = doc_of(text)
    assert [text[s:e] for s, e in zip(note.starts, note.ends, strict=True)] == note.words
    assert all(e <= s for e, s in zip(note.ends, note.starts[1:], strict=False))
    inside = [i for s, e in zip(note.starts, note.ends, strict=True) for i in range(s, e)]
    assert [i for i in inside if text[i].isspace()] == []
    assert len(inside) == sum(not c.isspace() for c in text)
    assert len(note.pos) == len(note.lemmas) == len(note.words)
    assert all(note.lemmas)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_sentences_and_paragraphs_nest(text):
    note = doc_of(text)
    assert [i for a, b in note.sentences for i in range(a, b)] == list(range(len(note.words)))
    assert all(a < b for a, b in note.sentences)
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in note.paragraphs)
    assert all(b <= c for (_, b), (c, _) in pairwise(note.paragraphs))
    for number, (a, b) in zip(note.sentence_paragraph, note.sentences, strict=True):
        start, end = note.paragraphs[number]
        assert start <= note.starts[a] and note.ends[b - 1] <= end


@pytest.mark.parametrize("unit", [
    "a", ".", '"', "“", "\n", "1", "1-", "1,", "a.", "A.", "a-", "a'", "n't", "!", " ", "\u0301", "(",
    '."', ".)", ". ", "… ", "a@", "http://", "w.", "co-", "&a", "\r", "[1]", "-", "'", "@", "é", ". (",
], ids=repr)
def test_a_long_run_of_anything_survives(unit):
    text = unit * (60_000 // len(unit))
    note = doc_of(text)
    assert sum(map(len, note.words)) == len("".join(text.split()))


# ---------------------------------------------------------------- the hand-over to NLTK
STORY = (
    "The member states signed an agreement on road transport. Road transport grew, the minister "
    "said. The member states want better road transport and new railways."
)


def test_tokenizers_are_those_of_nltk():
    words, sentences = NewsTokenizer(), NewsSentenceTokenizer()
    assert isinstance(words, TokenizerI) and isinstance(sentences, TokenizerI)
    assert words.tokenize("It's so.") == ["It", "'s", "so", "."]
    assert list(words.span_tokenize("It's so.")) == [(0, 2), (2, 4), (5, 7), (7, 8)]
    assert sentences.tokenize("It grew. He left.") == ["It grew.", "He left."]
    assert list(words.span_tokenize_sents(["a b", "c"])) == [[(0, 1), (2, 3)], [(0, 1)]]


def test_tagger_is_one_of_nltk():
    tagger = NewsTagger()
    assert isinstance(tagger, TaggerI)
    assert tagger.tag(["He", "left", "."]) == [("He", "PRON"), ("left", "VERB"), (".", "PUNCT")]
    assert tagger.tag_sents([["Trade", "grew"], [], ["So"]])[0] == tagger.tag(["Trade", "grew"])
    assert tagger.tag([]) == []


def test_nltk_text_frequencies_and_concordance():
    text = nltk.Text(NewsTokenizer().tokenize(STORY))
    assert nltk.FreqDist(word.lower() for word in text)["transport"] == 3
    assert [line.left[-1] for line in text.concordance_list("transport")] == ["road", "Road", "road"]


def test_nltk_collocations_without_any_download():
    words = [word.lower() for word in NewsTokenizer().tokenize(STORY) if word.isalpha()]
    finder = BigramCollocationFinder.from_words(words)
    finder.apply_freq_filter(2)
    best = finder.nbest(BigramAssocMeasures.likelihood_ratio, 2)
    assert set(best) == {("road", "transport"), ("member", "states")}


def test_nltk_chunker_reads_our_tags():
    chunker = nltk.RegexpParser("NP: {<DET>?<ADJ>*<NOUN|PROPN>+}")
    (sentence,) = NewsSentenceTokenizer().tokenize("The member states signed a new agreement.")
    tree = chunker.parse(NewsTagger().tag(NewsTokenizer().tokenize(sentence)))
    chunks = [" ".join(word for word, _ in t.leaves()) for t in tree.subtrees() if t.label() == "NP"]
    assert chunks == ["The member states", "a new agreement"]
