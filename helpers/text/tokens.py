"""Paragraphs, sentences, words, tags and lemmas of texts; `nltk_bridge` hands them to NLTK."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, repeat

import numpy as np
import pandas as pd

from ..documents import english
from ..run.parallel import map_parts
from .lemmas import lemmas_of
from .sentences import paragraphs, sentence_ranges
from .tagger import tags_of
from .words import Places, Span, cut_words, split_words

__all__ = ["Annotated", "annotate", "paragraphs", "split_sentences", "split_words", "tokenize"]

TOGETHER = 100_000  # letters of the texts that are tagged together
LARGE = 1_000_000  # letters of a text of which only the last is remembered
COLUMNS = ["doc", "paragraph", "sentence", "start", "end", "token", "lemma", "pos"]
NUMBERS = frozenset({"paragraph", "sentence", "start", "end"})


@dataclass(frozen=True)
class Annotated:
    """A text and its words, sentences and paragraphs; tags and lemmas come when first asked for."""

    text: str
    words: list[str]
    starts: Places
    ends: Places
    sentences: list[Span]  # ranges of word numbers, the end exclusive
    paragraphs: list[Span]  # ranges of characters
    sentence_paragraph: list[int]  # the paragraph number of each sentence, from 0

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


def annotate(text: str) -> Annotated:
    """A text cut into paragraphs, sentences and words; the last few texts are remembered.

    >>> [annotate("It grew. He said so.").words[a:b] for a, b in annotate("It grew.").sentences]
    [['It', 'grew', '.']]
    """
    return (_last_few if len(text) < LARGE else _last)(text)


def _annotated(text: str) -> Annotated:
    words, starts, ends = cut_words(text)
    parts = paragraphs(text)
    sentences, numbers = sentence_ranges(words, starts=starts, ends=ends, parts=parts)
    return Annotated(
        text=text,
        words=words,
        starts=starts,
        ends=ends,
        sentences=sentences,
        paragraphs=parts,
        sentence_paragraph=numbers,
    )


_last_few, _last = lru_cache(maxsize=64)(_annotated), lru_cache(maxsize=1)(_annotated)


def split_sentences(text: str) -> list[Span]:
    """The place of each sentence; none runs over the end of a paragraph.

    >>> text = '"Will it work?" Mr. X asked. It did.'
    >>> [text[start:end] for start, end in split_sentences(text)]
    ['"Will it work?" Mr. X asked.', 'It did.']
    """
    note = annotate(text)
    return [note.sentence_span(number) for number in range(len(note.sentences))]


def annotate_all(texts: Iterable[str]) -> Iterator[Annotated]:
    """Many texts annotated and tagged, some of them together, which is faster for short ones.

    Each text's result is the same as alone: a tag depends on its sentence only.
    """
    notes: list[Annotated] = []
    letters = 0
    for text in texts:
        notes.append(annotate(text))
        letters += len(text)
        if letters >= TOGETHER:
            yield from _tagged(notes)
            notes, letters = [], 0
    yield from _tagged(notes)


def _tagged(notes: list[Annotated]) -> list[Annotated]:
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
        note.__dict__["pos"] = tags[begun : begun + len(note.words)]  # what `pos` would compute
        begun += len(note.words)
    return notes


def tokenize(documents: pd.DataFrame) -> pd.DataFrame:
    """One row per word of the documents, in order.

    Columns: doc, paragraph and sentence (numbered from 0 within the document), start, end, token,
    lemma, pos (universal tag).  A missing text has no words.  Documents in another language than
    English (`language`) are left out.

    >>> table = tokenize(pd.DataFrame({"text": ["The ministers agreed."]}, index=["a"]))
    >>> table[["token", "lemma", "pos"]].values[1:3].tolist()
    [['ministers', 'minister', 'NOUN'], ['agreed', 'agree', 'VERB']]
    """
    parts = map_parts(_token_columns, english(documents))
    found: dict[str, np.ndarray] = {}
    for name in COLUMNS:
        columns = [part.pop(name) for part in parts]
        if name in NUMBERS:
            found[name] = np.concatenate(columns, dtype=np.int64)
        else:  # each form is kept once: 28 million words have half a million forms
            forms: dict[object, int] = {}
            codes = [
                np.array([*(forms.setdefault(form, len(forms)) for form in own), 0], np.int32)[code]
                for own, code in columns
            ]
            written = np.empty(len(forms), object)
            written[:] = list(forms)
            found[name] = written[np.concatenate(codes)]
    return pd.DataFrame(
        {name: pd.Series(cells, dtype=cells.dtype, copy=False) for name, cells in found.items()},
        copy=False,
    )


def _token_columns(documents: pd.DataFrame) -> dict[str, np.ndarray | tuple[list, np.ndarray]]:
    """The columns of the documents' words: numbers as they are, forms with a number for each."""
    texts = (text if isinstance(text, str) else "" for text in documents["text"])
    forms: dict[str, dict[object, int]] = {name: {} for name in COLUMNS if name not in NUMBERS}
    columns: dict[str, list[np.ndarray]] = {name: [np.zeros(0, np.int32)] for name in COLUMNS}

    def add(name: str, values: Iterable) -> None:
        if name in forms:
            known = forms[name]
            values = [known.setdefault(form, len(known)) for form in values]
        columns[name].append(np.asarray(values, np.int32))

    for doc, note in zip(documents.index.tolist(), annotate_all(texts), strict=True):
        sizes = [after - begin for begin, after in note.sentences]
        add("doc", repeat(doc, len(note.words)))
        add("paragraph", np.repeat(np.array(note.sentence_paragraph, np.int32), sizes))
        add("sentence", np.repeat(np.arange(len(sizes), dtype=np.int32), sizes))
        for name, values in (
            ("start", note.starts),
            ("end", note.ends),
            ("token", note.words),
            ("lemma", note.lemmas),
            ("pos", note.pos),
        ):
            add(name, values)
    packed = {name: np.concatenate(values) for name, values in columns.items()}
    return {
        name: (list(forms[name]), packed[name]) if name in forms else packed[name]
        for name in COLUMNS
    }
