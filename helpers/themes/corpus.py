"""A corpus in numbers: each word of many documents as the number of its term, for all counts.

50,000 documents of 500 words are 25 million numbers of four bytes: what a table of tokens would
take gigabytes for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from ..documents import english
from ..text import Doc, doc_of, paragraphs
from ..text.forms import generic_words, name_words, singular
from ..text.words import split_words
from ..work import map_parts
from .choices import Choices
from .counting import npmi, stop_words
from .dictionary import Dictionary

__all__ = ["Corpus", "read_corpus", "read_passages"]

JOINT = "\N{NO-BREAK SPACE}"  # between the words of a merged name, which is one term
DOTTED = re.compile(r"(?:[A-Z]\.){2,6}[A-Z]?")  # U.S.
CAPITALS = frozenset({"US", "WHO"})  # names that are function words in small letters
LONGEST = 4  # words in a phrase
ENOUGH, ONE_IN = 3, 2000  # documents that have a phrase: 3, and one more for each 2,000
CLOSE, CLOSER = 0.35, 0.5  # least NPMI of two neighbours that are a phrase, or a part of one

Cut = tuple[list[str], np.ndarray, list[int]]  # written forms, their numbers, words by document


@dataclass(frozen=True, eq=False)
class Corpus:
    """The documents as numbers; all counts are made from it.

    documents : what is known of them: the documents table without its texts.
    keys, shown : each term in lower case and singular, and in its commonest written form; a
        phrase's words are joined by blanks.
    generic : which terms tell of any text ("week", "large"): see `data/generic_words.txt`.
    stream, bounds : the term of each word, marks left out; document n lies between bounds n and
        n + 1.
    terms, places : each occurrence of a term that is counted (no function words, numbers or single
        letters), and the number of its first word in the stream; phrases count beside their words.
    """

    documents: pd.DataFrame
    keys: np.ndarray
    shown: np.ndarray
    generic: np.ndarray
    stream: np.ndarray
    bounds: np.ndarray
    terms: np.ndarray
    places: np.ndarray

    def __len__(self) -> int:
        return len(self.documents)

    @property
    def words(self) -> np.ndarray:
        """How many words each document has."""
        return np.diff(self.bounds)

    @cached_property
    def counts(self) -> csr_matrix:
        """How often each document has each term."""
        doc = np.searchsorted(self.bounds, self.places, side="right") - 1
        ones = np.ones(len(doc), np.int32)
        return csr_matrix((ones, (doc, self.terms)), shape=(len(self), len(self.keys)))


def read_corpus(
    documents: pd.DataFrame, *, phrases: bool = True, choices: Choices | None = None
) -> Corpus:
    """The documents in numbers: their words in the singular, and phrases as terms of their own.

    A phrase is two to four neighbouring words, no mark or function word between them, that stand
    together in at least three documents and much more often than by chance: with a normalised
    pointwise mutual information (Bouma 2009: 0 is chance, 1 is always together) of 0.35, in a
    phrase of three and four words of 0.5 from word to word.  "Trade" and "trade" are one term,
    and so are singular and plural; "US" is not "us".  Does not join a verb's forms, nor tell "may"
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
    forms, written, sizes = _as_one(map_parts(_cut, documents, merges=choices.entries))
    codes, keys = pd.factorize(np.array([_key(form) for form in forms], object))
    key, keep = codes[written], np.array([form[0].isalnum() for form in forms], bool)[written]
    barred = {" ".join(map(_key, phrase.split())) for phrase in choices.stop}
    counted = np.array([_counts(name) and name not in barred for name in keys], bool)
    generic = np.array([name in generic_words() for name in keys], bool)
    place = np.cumsum(keep) - 1  # of each word among the words
    ends = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
    here = keep & counted[key]
    terms, places = [key[here]], [place[here]]
    shown = _commonest(key, written[:, None], forms, size=len(keys))
    names = list(keys)
    if phrases:
        capital = np.array([form[0].isupper() for form in forms], bool)[written]
        may = counted & np.array([name in name_words() for name in keys], bool)  # "New York"
        free = keep & ((counted & ~generic)[key] | may[key] & capital)
        for runs in _phrases(key, free, ends):
            rows, number = np.unique(key[runs], axis=0, return_inverse=True)
            number = number.ravel()
            found = [" ".join(row) for row in keys[rows]]
            left_out = [any(f" {own} " in f" {name} " for own in barred) for name in found]
            stays = ~np.array(left_out, bool)[number]
            shown += _commonest(number, written[runs], forms, size=len(found))
            terms.append(len(names) + number[stays])
            places.append(place[runs[stays, 0]])
            names += found
    return Corpus(
        documents.drop(columns="text"),
        np.array(names, object),
        np.array(shown, object),
        np.append(generic, np.zeros(len(names) - len(keys), bool)),
        key[keep],
        np.concatenate([[0], np.cumsum(keep)])[ends],
        np.concatenate(terms),
        np.concatenate(places),
    )


def read_passages(documents: pd.DataFrame, *, phrases: bool = True) -> tuple[pd.DataFrame, Corpus]:
    """Each paragraph of the documents by itself: doc, paragraph, start, end, text; and in numbers.

    >>> read_passages(pd.DataFrame({"text": ["One.\\n\\nTwo."]}))[0]["start"].tolist()
    [0, 6]
    """
    rows = [
        (doc, number, start, end, text[start:end])
        for doc, text in documents["text"].items()
        for number, (start, end) in enumerate(paragraphs(text))
    ]
    places = pd.DataFrame(rows, columns="doc paragraph start end text".split())
    return places, read_corpus(places[["text"]], phrases=phrases)


def _key(word: str) -> str:
    """The term of a written word: "minister" for "Ministers", "US" for "U.S." and "US"."""
    plain = word.replace(".", "") if DOTTED.fullmatch(word) else word
    return plain if plain in CAPITALS else singular(plain)


def _counts(name: str) -> bool:
    return len(name) > 1 and name[0].isalpha() and name not in stop_words()


def _cut(documents: pd.DataFrame, *, merges: Mapping[str, Sequence[str]]) -> Cut:
    """The documents' written forms in order of appearance, and each word as a form's number.

    merges : names with all their forms; where one stands, the name stands as one word.
    """
    dictionary, parts = Dictionary(merges), []
    for text in documents["text"]:
        words = (
            _with_names(doc_of(text), dictionary)
            if merges
            else [text[start:end] for start, end in split_words(text)]
        )
        written, forms = pd.factorize(np.array(words, object))
        parts.append((list(forms), written.astype(np.int32), [len(words)]))
    return _as_one(parts)


def _as_one(cuts: Sequence[Cut]) -> Cut:
    """Parts of a corpus as one: each form has one number, in order of appearance."""
    numbers: dict[str, int] = {}
    parts, sizes = [np.zeros(0, np.int32)], []
    for forms, written, own in cuts:
        mine = [numbers.setdefault(form, len(numbers)) for form in forms]
        parts.append(np.array(mine, np.int32)[written])
        sizes += own
    return list(numbers), np.concatenate(parts), sizes


def _with_names(note: Doc, dictionary: Dictionary) -> list[str]:
    """The words of a text, each merged name as one."""
    words, at = [], 0
    for hit in dictionary.hits(note):
        begin = bisect_left(note.starts, hit.start)
        if begin >= at:
            words += [*note.words[at:begin], hit.theme.replace(" ", JOINT)]
            at = bisect_left(note.starts, hit.end)
    return words + note.words[at:]


def _phrases(key: np.ndarray, free: np.ndarray, ends: np.ndarray) -> Iterator[np.ndarray]:
    """The places of each phrase's words, a row an occurrence, for two, three and four words.

    key : the term of each word and mark; free : which words may stand in a phrase.
    ends : where the documents begin and end.
    """
    size = len(ends) - 1
    doc = np.repeat(np.arange(size), np.diff(ends))

    def spread(number: np.ndarray, places: np.ndarray) -> np.ndarray:
        """Which of the numbers stand in enough documents."""
        once = np.unique(number.astype(np.int64) * size + doc[places]) // size
        return np.bincount(once) >= ENOUGH + size // ONE_IN

    pairs = np.flatnonzero(free[:-1] & free[1:] & (doc[:-1] == doc[1:]))
    if not len(pairs):
        return
    single = np.bincount(key)
    codes = key[pairs].astype(np.int64) * len(single) + key[pairs + 1]
    codes, number, times = np.unique(codes, return_inverse=True, return_counts=True)
    one, other = single[codes // len(single)], single[codes % len(single)]
    close = np.where(spread(number, pairs), npmi(times, one, other, len(key)), 0.0)
    link = np.zeros(len(key) + 1)  # how close each word is to the one before
    link[pairs + 1] = close[number]
    before, after = np.append(0, link[:-1]), np.append(link[1:], 0)
    linked = (link >= CLOSER) | (link >= CLOSE) & (link > before) & (link >= after)
    begins = np.flatnonzero(linked[1:] & ~linked[:-1])
    lengths = np.flatnonzero(linked[:-1] & ~linked[1:]) - begins + 1
    for length in range(2, LONGEST + 1):
        runs = begins[lengths == length, None] + np.arange(length)
        if len(runs):
            number = np.unique(key[runs], axis=0, return_inverse=True)[1].ravel()
            yield runs[spread(number, runs[:, 0])[number]]


def _commonest(
    number: np.ndarray, written: np.ndarray, forms: Sequence[str], *, size: int
) -> list[str]:
    """The most frequent written form of each numbered term, of equals the earliest.

    written : a row an occurrence: the numbers of the forms of its words.
    """
    table = pd.DataFrame(written).assign(term=number)
    counts = table.groupby(["term", *range(written.shape[1])], sort=False).size()
    best = counts.sort_values(ascending=False, kind="stable").index.to_frame(index=False)
    shown = [""] * size
    for term, *row in best.drop_duplicates("term").to_numpy().tolist():
        shown[term] = " ".join(forms[n] for n in row).replace(JOINT, " ")
    return shown
