"""A corpus in numbers: each word of the documents as the number of its term, once for all counts.

50,000 documents of 500 words are 25 million numbers of four bytes: what a table of tokens would
take gigabytes for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from ...documents import english
from ...run.choices import Choices
from ...run.parallel import map_parts
from ...text.forms import generic_words, name_words, singular
from ...text.tokens import Annotated, annotate
from ...text.words import split_words
from ..dictionary import Dictionary
from ..terms import stop_words
from .phrases import Joined, join_phrases

__all__ = ["Corpus", "key_of", "read_corpus"]

MARK = -1  # stands for marks, and between documents
JOINT = "\N{NO-BREAK SPACE}"  # between the words of a merged name, which is one term
DOTTED = re.compile(r"(?:[A-Z]\.){2,6}[A-Z]?")  # U.S.
CAPITALS = frozenset({"US", "WHO"})  # names that are function words in small letters

Cut = tuple[list[str], np.ndarray, list[int]]  # written forms, their numbers, words by document


@dataclass(frozen=True, eq=False)
class Corpus:
    """The documents as numbers; all counts are made from it.

    documents : what is known of them: the documents table without its texts.
    keys : each term in lower case and singular; a phrase's words are joined by blanks.
    shown : each term in its commonest written form.
    counted : which terms are counted: no function words, numbers or single letters.
    generic : which of them tell of any text ("week", "large"): see `data/generic_words.txt`.
    plain, plain_bounds : the term of each word, -1 for marks; document n lies between bounds n
        and n + 1.
    stream, bounds : the same with phrases joined.
    """

    documents: pd.DataFrame
    keys: np.ndarray
    shown: np.ndarray
    counted: np.ndarray
    generic: np.ndarray
    plain: np.ndarray
    plain_bounds: np.ndarray
    stream: np.ndarray
    bounds: np.ndarray
    phrases: int

    def __len__(self) -> int:
        return len(self.documents)

    @cached_property
    def words(self) -> np.ndarray:
        """How many words each document has, marks not counted."""
        running = np.concatenate([[0], np.cumsum(self.plain >= 0, dtype=np.int64)])
        return np.diff(running[self.plain_bounds])

    @cached_property
    def counts(self) -> csr_matrix:
        """How often each document has each term that is counted; a phrase's words count, too."""
        counted = np.append(self.counted, False)  # a mark, -1, is the last
        words = counted[self.plain]
        phrases = counted[self.stream] & (self.stream >= self.singles)
        return self._matrix(self.plain, words, self.plain_bounds) + self._matrix(
            self.stream, phrases, self.bounds
        )

    @property
    def singles(self) -> int:
        """How many terms are single words; they stand before the phrases."""
        return len(self.keys) - self.phrases

    def _matrix(self, terms: np.ndarray, wanted: np.ndarray, bounds: np.ndarray) -> csr_matrix:
        running = np.concatenate([[0], np.cumsum(wanted, dtype=np.int64)])
        found = csr_matrix(
            (np.ones(running[-1], np.int32), terms[wanted], running[bounds]),
            shape=(len(self), len(self.keys)),
        )
        found.sum_duplicates()
        return found


def read_corpus(
    documents: pd.DataFrame, *, phrases: bool = True, choices: Choices | None = None
) -> Corpus:
    """The documents in numbers: their words in the singular, and phrases joined to one term.

    A phrase is two to four neighbouring words that stand together in at least three documents,
    much more often than by chance (see `join_phrases`).  "Trade" and "trade" are one term, and
    so are singular and plural; "US" is not "us".  Does not join a verb's forms, nor tell "may"
    from "May".

    documents : the documents table; those in another language than English are left out.
    phrases : False counts single words only.
    choices : the user's `words.toml`, as `load_choices(path)` reads it: its stop words and phrases
        are not counted, beside `stop_words()`, and the forms of a merged name are one term.

    >>> corpus = read_corpus(pd.DataFrame({"text": ["Roads and a road.", "The road."]}))
    >>> corpus.shown[corpus.counts.indices].tolist(), corpus.counts.data.tolist()
    (['road', 'road'], [2, 1])
    """
    documents, choices = english(documents), choices or Choices()
    forms, written, sizes = _merged(map_parts(cut_words, documents, merges=choices.entries))
    barred = {tuple(map(key_of, phrase.split())) for phrase in choices.stop}
    keys: dict[str, int] = {}
    key = np.array(
        [keys.setdefault(key_of(form), len(keys)) if form[0].isalnum() else MARK for form in forms]
        or [MARK],
        np.int32,
    )
    plain = key[written]
    bounds = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    names = list(keys)
    counted = np.array(
        [
            len(name) > 1
            and name[0].isalpha()
            and name not in stop_words()
            and (name,) not in barred
            for name in names
        ],
        bool,
    )
    generic = np.array([name in generic_words() for name in names], bool)
    named = np.array([name in name_words() for name in names], bool)
    single = words = Joined(plain, written, bounds, counted & ~generic, counted & named, forms, [])
    if phrases:
        words = join_phrases(words)
    for first, second in words.parts:
        names.append(f"{names[first]} {names[second]}")
    shown = _commonest(single, 0) + _commonest(words, len(keys))
    new = np.array([barred.isdisjoint(_runs(name.split(" "))) for name in names[len(keys) :]], bool)
    return Corpus(
        documents.drop(columns="text"),
        np.array(names, object),
        np.array([form.replace(JOINT, " ") for form in shown], object),
        np.append(counted, new),
        np.append(generic, np.zeros(len(new), bool)),
        plain,
        bounds,
        words.stream,
        words.bounds,
        len(new),
    )


def key_of(word: str) -> str:
    """The term of a written word.

    >>> [key_of(word) for word in ("Ministers", "U.S.", "US", "us")]
    ['minister', 'US', 'US', 'us']
    """
    if word in CAPITALS:
        return word
    if DOTTED.fullmatch(word):
        plain = word.replace(".", "")
        return plain if plain in CAPITALS else plain.lower()
    return singular(word)


def cut_words(documents: pd.DataFrame, *, merges: Mapping[str, Sequence[str]]) -> Cut:
    """The documents' written forms in order of appearance, and each word as a form's number.

    merges : names with all their forms; where one stands, the name stands as one word.
    """
    numbers: dict[str, int] = {}
    parts, sizes = [], []
    dictionary = Dictionary(merges)
    for text in documents["text"]:
        words = (
            _with_names(annotate(text), dictionary)
            if merges
            else [text[start:end] for start, end in split_words(text)]
        )
        parts.append(np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int32))
        sizes.append(len(words))
    return list(numbers), np.concatenate(parts or [np.zeros(0, np.int32)]), sizes


def _with_names(note: Annotated, dictionary: Dictionary) -> list[str]:
    """The words of a text, each merged name as one."""
    words, at = [], 0
    for hit in dictionary.hits(note):
        begin = bisect_left(note.starts, hit.start)
        if begin >= at:
            words += [*note.words[at:begin], hit.theme.replace(" ", JOINT)]
            at = bisect_left(note.starts, hit.end)
    return words + note.words[at:]


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    """All runs of neighbouring words."""
    return {tuple(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)}


def _merged(cuts: list[Cut]) -> Cut:
    """The parts of a corpus as one: each form has one number, in order of appearance."""
    numbers: dict[str, int] = {}
    parts = []
    for forms, written, _ in cuts:
        mine = np.array([numbers.setdefault(form, len(numbers)) for form in forms] or [0], np.int32)
        parts.append(mine[written])
    return list(numbers), np.concatenate(parts), list(chain.from_iterable(cut[2] for cut in cuts))


def _commonest(words: Joined, first: int) -> list[str]:
    """The most frequent written form of each term from the first on, of equals the earliest."""
    shown, base = [""] * (len(words.able) - first), max(1, len(words.forms))
    here = words.stream >= first
    pairs, times = np.unique(
        words.stream[here].astype(np.int64) * base + words.written[here], return_counts=True
    )
    order = np.lexsort((pairs, -times, pairs // base))
    terms, at = np.unique(pairs[order] // base, return_index=True)
    for term, pair in zip(terms.tolist(), pairs[order[at]].tolist(), strict=True):
        shown[term - first] = words.forms[pair % base]
    return shown
