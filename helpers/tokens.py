"""Paragraphs, sentences, words, tags and lemmas of texts, and their hand-over to NLTK."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import pandas as pd
from nltk.tag.api import TaggerI
from nltk.tokenize.api import TokenizerI

from .lemmas import lemmas_of
from .sentences import paragraphs, sentence_ranges
from .tagger import tags_of
from .words import Span, split_words

__all__ = [
    "Annotated", "NewsSentenceTokenizer", "NewsTagger", "NewsTokenizer", "annotate", "paragraphs",
    "split_sentences", "split_words", "tokenize",
]

BATCH = 32                            # documents tagged together
COLUMNS = ["doc", "paragraph", "sentence", "start", "end", "token", "lemma", "pos"]


@dataclass(frozen=True)
class Annotated:
    """A text and its words, sentences and paragraphs; tags and lemmas come when first asked for."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[Span]             # ranges of word numbers, the end exclusive
    paragraphs: list[Span]            # ranges of characters
    sentence_paragraph: list[int]     # the paragraph number of each sentence, from 0

    @cached_property
    def pos(self) -> list[str]:
        """The universal part-of-speech tag of each word."""
        return tags_of(self.words, self.sentences)

    @cached_property
    def lemmas(self) -> list[str]:
        """The dictionary form of each word."""
        return lemmas_of(self.words, self.pos)

    def sentence_span(self, number: int) -> Span:
        """The characters of a sentence."""
        first, after = self.sentences[number]
        return self.starts[first], self.ends[after - 1]


@lru_cache(maxsize=64)
def annotate(text: str) -> Annotated:
    """A text cut into paragraphs, sentences and words; the last few texts are remembered.

    >>> [annotate("It grew. He said so.").words[a:b] for a, b in annotate("It grew.").sentences]
    [['It', 'grew', '.']]
    """
    spans = split_words(text)
    words = [text[start:end] for start, end in spans]
    parts = paragraphs(text)
    sentences, numbers = sentence_ranges(text, words, spans=spans, parts=parts)
    return Annotated(
        text=text, words=words, starts=[s for s, _ in spans], ends=[e for _, e in spans],
        sentences=sentences, paragraphs=parts, sentence_paragraph=numbers,
    )


def split_sentences(text: str) -> list[Span]:
    """The place of each sentence; none runs over the end of a paragraph.

    >>> text = '"Will it work?" Mr. X asked. It did.'
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['"Will it work?" Mr. X asked.', 'It did.']
    """
    note = annotate(text)
    return [note.sentence_span(number) for number in range(len(note.sentences))]


def annotate_all(texts: Sequence[str]) -> list[Annotated]:
    """Many texts annotated and tagged together, which is faster for short ones.

    Each text's result is the same as alone: a tag depends on its sentence only.
    """
    notes = [annotate(text) for text in texts]
    waiting = [note for note in notes if "pos" not in note.__dict__]
    words = list(chain.from_iterable(note.words for note in waiting))
    sentences: list[Span] = []
    begun = 0
    for note in waiting:
        sentences += [(begun + start, begun + end) for start, end in note.sentences]
        begun += len(note.words)
    tags = tags_of(words, sentences)
    begun = 0
    for note in waiting:
        note.__dict__["pos"] = tags[begun:begun + len(note.words)]   # what `pos` would compute
        begun += len(note.words)
    return notes


def tokenize(documents: pd.DataFrame) -> pd.DataFrame:
    """One row per word of the documents, in order.

    Columns: doc, paragraph and sentence (numbered from 0 within the document), start, end, token,
    lemma, pos (universal tag).  A missing text has no words.

    >>> table = tokenize(pd.DataFrame({"text": ["The ministers agreed."]}, index=["a"]))
    >>> table[["token", "lemma", "pos"]].values[1:3].tolist()
    [['ministers', 'minister', 'NOUN'], ['agreed', 'agree', 'VERB']]
    """
    columns: dict[str, list] = {name: [] for name in COLUMNS}
    texts = [text if isinstance(text, str) else "" for text in documents["text"]]
    docs = documents.index.tolist()
    for first in range(0, len(docs), BATCH):
        some = slice(first, first + BATCH)
        for doc, note in zip(docs[some], annotate_all(texts[some]), strict=True):
            columns["doc"] += [doc] * len(note.words)
            for number, (begin, after) in enumerate(note.sentences):
                columns["sentence"] += [number] * (after - begin)
                columns["paragraph"] += [note.sentence_paragraph[number]] * (after - begin)
            columns["start"] += note.starts
            columns["end"] += note.ends
            columns["token"] += note.words
            columns["lemma"] += note.lemmas
            columns["pos"] += note.pos
    numbers = {"paragraph", "sentence", "start", "end"}
    return pd.DataFrame({
        name: pd.Series(values, dtype="int64" if name in numbers else object)
        for name, values in columns.items()
    })


class NewsTokenizer(TokenizerI):
    """Our words behind NLTK's tokenizer interface."""

    def tokenize(self, s: str) -> list[str]:
        return list(annotate(s).words)

    def span_tokenize(self, s: str) -> Iterator[Span]:
        yield from split_words(s)


class NewsSentenceTokenizer(TokenizerI):
    """Our sentences behind NLTK's tokenizer interface."""

    def tokenize(self, s: str) -> list[str]:
        return [s[start:end] for start, end in split_sentences(s)]

    def span_tokenize(self, s: str) -> Iterator[Span]:
        yield from split_sentences(s)


class NewsTagger(TaggerI):
    """Our universal part-of-speech tags behind NLTK's tagger interface."""

    def tag(self, tokens: list[str]) -> list[tuple[str, str]]:
        return list(zip(tokens, tags_of(list(tokens), [(0, len(tokens))]), strict=True))

    def tag_sents(self, sentences: list[list[str]]) -> list[list[tuple[str, str]]]:
        sizes = [len(sentence) for sentence in sentences]
        bounds = [(sum(sizes[:k]), sum(sizes[: k + 1])) for k in range(len(sizes))]
        tags = tags_of(list(chain.from_iterable(sentences)), bounds)
        return [
            list(zip(sentence, tags[start:end], strict=True))
            for sentence, (start, end) in zip(sentences, bounds, strict=True)
        ]
