"""A corpus in numbers: each word of many documents as the number of its term, for all counts.

50,000 documents of 500 words are 25 million numbers of four bytes: what a table of tokens would
take gigabytes for.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from ..documents import english
from ..text import doc_of, words_in
from ..text.forms import generic_words, name_words, singular
from ..text.words import split_words
from ..work import map_parts
from .choices import Choices
from .dictionary import Dictionary

__all__ = ["Corpus", "npmi", "read_corpus"]

JOINT = "\N{NO-BREAK SPACE}"  # between the words of a merged name, which is one term
DOTTED = re.compile(r"(?:[A-Z]\.){2,6}[A-Z]?")  # U.S.
CAPITALS = frozenset({"US", "WHO"})  # names that are function words in small letters
LONGEST = 4  # words in a phrase
ENOUGH, ONE_IN = 3, 2000  # documents that have a phrase: 3, and one more for each 2,000
CLOSE, CLOSER = 0.35, 0.5  # least NPMI of two neighbours that are a phrase, or a part of one


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
    pointwise mutual information (Bouma 2009) of 0.35, in a phrase of three and four words of 0.5
    from word to word.  "Trade" and "trade" are one term, and so are singular and plural; "US" is
    not "us".  Does not join a verb's forms, nor tell "may" from "May".

    documents : the documents table; those in another language than English are left out.
    phrases : False counts single words only.
    choices : as `load_choices(path)` reads them: stop words and phrases are not counted, beside
        those of `data/stop_words.txt`, and the forms of a merged name are one term.

    >>> corpus = read_corpus(pd.DataFrame({"text": ["Roads and a road.", "The road."]}))
    >>> corpus.shown[corpus.counts.indices].tolist(), corpus.counts.data.tolist()
    (['road', 'road'], [2, 1])
    """
    documents, choices = english(documents), choices or Choices()
    numbers: dict[str, int] = {}  # of each written form, in order of appearance
    parts, sizes = [np.zeros(0, np.int32)], [0]
    for own, written, lengths in map_parts(_cut, documents, merges=choices.entries):
        mine = [numbers.setdefault(form, len(numbers)) for form in own]
        parts.append(np.array(mine, np.int32)[written])
        sizes += lengths
    forms, written, ends = list(numbers), np.concatenate(parts), np.cumsum(sizes)
    codes, keys = pd.factorize(np.array([_key(form) for form in forms], object))
    key, keep = codes[written], np.array([form[0].isalnum() for form in forms], bool)[written]
    stop, vague = words_in("stop_words.txt"), generic_words()
    barred = {" ".join(map(_key, phrase.split())) for phrase in choices.stop}
    tells = [len(k) > 1 and k[0].isalpha() and k not in stop and k not in barred for k in keys]
    counted, generic = np.array(tells, bool), np.array([k in vague for k in keys], bool)
    place = np.cumsum(keep) - 1  # of each word among the words
    shown: dict[int, str] = {}
    for n in np.argsort(-np.bincount(written, minlength=len(forms)), kind="stable"):
        shown.setdefault(codes[n], forms[n].replace(JOINT, " "))  # of equals the earliest
    names, told = list(keys), [shown[n] for n in range(len(keys))]
    here = keep & counted[key]
    terms, places = [key[here]], [place[here]]
    capital = np.array([form[0].isupper() for form in forms], bool)[written]
    may = counted & np.array([name in name_words() for name in keys], bool)  # "New York"
    free = keep & ((counted & ~generic)[key] | may[key] & capital)
    for phrase, starts in _phrases(key, free, ends).items() if phrases else ():
        name = " ".join(keys[list(phrase)])
        if not any(f" {own} " in f" {name} " for own in barred):
            written_as = [tuple(written[at : at + len(phrase)]) for at in starts]
            told.append(" ".join(forms[n] for n in Counter(written_as).most_common(1)[0][0]))
            terms.append(np.full(len(starts), len(names)))
            places.append(place[starts])
            names.append(name)
    return Corpus(
        documents.drop(columns="text"), np.array(names, object), np.array(told, object),
        np.append(generic, np.zeros(len(names) - len(keys), bool)), key[keep],
        np.append(0, np.cumsum(keep))[ends], np.concatenate(terms), np.concatenate(places),
    )  # fmt: skip


def npmi(both: object, one: object, other: object, total: object) -> np.ndarray:
    """Normalised pointwise mutual information (Bouma 2009): 1 always together, 0 as by chance.

    both, one, other : units with both terms, and with either; total : all units; numbers or arrays.
    Not a number where all units have both, or none has either, which tells nothing.
    """
    both, one, other, total = np.broadcast_arrays(both, one, other, total)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = both / total
        close = np.log(share * total / one * total / other) / -np.log(share)
    return np.where((both == 0) & (one * other > 0), -1.0, close)


def _key(word: str) -> str:
    """The term of a written word: "minister" for "Ministers", "US" for "U.S." and "US"."""
    plain = word.replace(".", "") if DOTTED.fullmatch(word) else word
    return plain if plain in CAPITALS else singular(plain)


def _cut(
    documents: pd.DataFrame, *, merges: Mapping[str, Sequence[str]]
) -> tuple[list[str], np.ndarray, list[int]]:
    """The documents' written forms, each word as a form's number, and how many words each has."""
    dictionary, words, sizes = Dictionary(merges), [], []
    for text in documents["text"]:
        before, at = len(words), 0
        cut = split_words(text)
        for hit in dictionary.hits(doc_of(text)) if merges else ():
            begin, after = (bisect_left(cut, (place,)) for place in (hit.start, hit.end))
            if begin >= at:
                words += [text[a:b] for a, b in cut[at:begin]]
                words.append(hit.theme.replace(" ", JOINT))
                at = after
        words += [text[a:b] for a, b in cut[at:]]
        sizes.append(len(words) - before)
    written, forms = pd.factorize(np.array(words, object))
    return list(forms), written, sizes


def _phrases(key: np.ndarray, free: np.ndarray, ends: np.ndarray) -> dict[tuple, list[int]]:
    """Where each phrase begins, by the terms of its words.

    key : the term of each word and mark; free : which words may stand in a phrase.
    ends : where the documents begin and end.
    """
    size = len(ends) - 1
    doc, enough = np.repeat(np.arange(size), np.diff(ends)), ENOUGH + size // ONE_IN
    pairs = np.flatnonzero(free[:-1] & free[1:] & (doc[:-1] == doc[1:]))
    single = np.bincount(key)
    codes = key[pairs].astype(np.int64) * len(single) + key[pairs + 1]
    codes, number, times = np.unique(codes, return_inverse=True, return_counts=True)
    spread = np.bincount(np.unique(number * size + doc[pairs]) // max(1, size))
    one, other = single[codes // max(1, len(single))], single[codes % max(1, len(single))]
    close = np.where(spread >= enough, npmi(times, one, other, len(key)), 0.0)
    link = np.zeros(len(key) + 1)  # how close each word is to the one before
    link[pairs + 1] = close[number]
    before, after = np.append(0, link[:-1]), np.append(link[1:], 0)
    linked = (link >= CLOSER) | (link >= CLOSE) & (link > before) & (link >= after)
    begins = np.flatnonzero(linked[1:] & ~linked[:-1])
    until = np.flatnonzero(linked[:-1] & ~linked[1:]) + 1
    found: dict[tuple, list[int]] = defaultdict(list)
    for begin, end in zip(begins, until, strict=True):
        if end - begin <= LONGEST:
            found[tuple(key[begin:end].tolist())].append(begin)
    return {phrase: at for phrase, at in found.items() if len({*doc[at]}) >= enough}
