"""Universal part-of-speech tags by a small hashed linear model, scored for a whole text at once.

Two steps: the first sees words only; the second adds the tags that the first gave to the
neighbours.  What a word says by itself is summed up once for each word type and remembered.
The weights are made by `python -m helpers.training.tagger`; see `models/tagger.md`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from threading import Lock
from zlib import crc32

import numpy as np

from .data import read_tables
from .words import Span

TAGS = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)
BEYOND = len(TAGS)  # the tag beyond the ends of a sentence
PADDING = 3  # empty places between sentences
BLOCK = 20_000  # words scored together, which takes half a kilobyte for each
VARIANTS = 3  # a word inside a sentence, opening one, in a headline
OFFSETS = (-1, 1, -2, 2)
SHARED = slice(0, 12)  # numbers of a word's own features in `type_keys`
OWN = tuple(slice(12 + 6 * variant, 18 + 6 * variant) for variant in range(VARIANTS))
NEAR, FAR, FORM, CLASS = slice(30, 35), slice(35, 37), 37, 38
MOST_TYPES = 200_000  # word types remembered before starting afresh
OPENING_MARKS = frozenset('"“‘«(:—–') | {"``", "''"}
SAME = str.maketrans("’`‘“”„«»―123456789", "''" + '"' * 6 + "—" + "0" * 9)

TABLES = read_tables("tagger.toml")  # features of words, pairs of words, runs of tags
FEATURES = "\n".join(TABLES["features"])


def plain_form(word: str) -> str:
    """Lower case, digits as 0, one kind of apostrophe and of quotation mark."""
    return word.lower().translate(SAME)


def shape_of(word: str) -> str:
    """The kinds of characters in a word, repeats joined: Xx, X, x, 0, x-x; marks as they are."""
    found = ""
    for c in word[:24].translate(SAME):
        kind = "X" if c.isupper() else "x" if c.isalpha() else c
        if not found.endswith(kind):
            found += kind
    return found


def rows_of(keys: np.ndarray, salt: int, bits: int) -> np.ndarray:
    """Rows of a table of 2**bits for feature numbers, other rows for each salt; 0 stays row 0."""
    mixed = (keys + np.uint64(salt * 0x1F123BB5)) * np.uint64(0x9E3779B97F4A7C15)
    return np.where(keys == 0, 0, (mixed >> np.uint64(64 - bits)).astype(np.int64))


def type_keys(word: str, group: int) -> list[int]:
    """All that a word says, as feature numbers in the order of the slices below.

    `group` is the word's class in the lexicon, 0 when it is not there.
    """
    word = word.replace("\n", " ")
    low, shape = plain_form(word), shape_of(word)
    n, end, case = len(low), low[-3:], shape[:2] if word[:1].isalpha() else shape[:1]
    values = {"low": low, "size": min(n, 9), "end": end, "ending": low[-2:], "shape": shape}
    values |= {"case": case, "group": group, "new": not group}
    values |= {f"s{k}": f"s{k}|{low[-k:]}" if n > k else "" for k in range(1, 6)}
    values |= {letter: f"{letter}|{low}" if group else "" for letter in "wnm"}
    values |= {f"W{k}": f"W|{word}|{k > 0}" if group else "u" for k in (0, 1)}
    values["y"] = f"y|{low[low.rindex('-') :]}" if "-" in low[1:-1] else ""
    values["f"] = f"f|{low}" if group else f"f|{end}|{case}"
    names = FEATURES.format_map(values).encode("utf-8", "replace").split(b"\n")
    return [crc32(name) + 1 if name else 0 for name in names]


def variants_of(words: Sequence[str], sentences: Sequence[Span]) -> np.ndarray:
    """0 inside a sentence, 1 where one opens (a capital says little), 2 in a headline."""
    found = np.zeros(len(words), np.int64)
    for start, end in sentences:
        capitals = others = 0
        opens = True
        for i in range(start, end):
            word = words[i]
            first = word[0]
            if first.islower():
                opens = False
                others += len(word) > 3
            elif first.isupper():
                if opens:
                    found[i] = 1
                    opens = False
                capitals += 1
            elif word in OPENING_MARKS:
                opens = True
        if capitals >= 3 and others <= 0.25 * capitals:
            found[start:end] = 2
    return found


def places(sentences: Sequence[Span]) -> tuple[np.ndarray, int]:
    """Where words stand when empty places part their sentences, and how long that row is."""
    sizes = np.array([end - start for start, end in sentences], np.int64)
    number = np.repeat(np.arange(len(sizes)), sizes)
    words = int(sizes.sum())
    return np.arange(words) + PADDING * (number + 1), words + PADDING * (len(sizes) + 1)


def spread(values: np.ndarray, at: np.ndarray, length: int, *, filler: int) -> np.ndarray:
    """Values at their places in a row of empty places."""
    row = np.full(length, filler, values.dtype)
    row[at] = values
    return row


def pair_rows(parts: tuple[np.ndarray, np.ndarray], at: np.ndarray, bits: int) -> list[np.ndarray]:
    """Table rows of the pairs of words, from the padded forms and classes."""
    return [
        rows_of(
            parts[k][at + i] * np.uint64(0x100000001B3) + parts[m][at + j] * np.uint64(31), n, bits
        )
        for n, ((i, k), (j, m)) in enumerate(TABLES["pairs"], start=11)
    ]


def run_rows(
    tags: np.ndarray, parts: tuple[np.ndarray, np.ndarray], at: np.ndarray, bits: int
) -> list[np.ndarray]:
    """Table rows of the runs of tags, from the padded tags, forms and classes."""
    around = {offset: tags[at + offset].astype(np.uint64) for offset in range(-3, 4)}
    found = []
    for n, (offsets, *joined) in enumerate(TABLES["runs"], start=101):
        keys = np.full(len(at), n, np.uint64)
        for offset in offsets:
            keys = keys * np.uint64(BEYOND + 2) + around[offset]
        for part in joined:
            keys = keys * np.uint64(0x100000001B3) + parts[part][at]
        found.append(rows_of(keys, n, bits))
    return found


class Tagger:
    """The trained model with its memory of word types."""

    def __init__(self, model: dict[str, np.ndarray]) -> None:
        self.first, self.second = model["first"], model["second"]
        self.bits = [len(table).bit_length() - 1 for table in (self.first, self.second)]
        forms = model["forms"].tobytes().decode("utf-8").split("\n")
        self.groups = dict(zip(forms, model["groups"].tolist(), strict=True))
        self.lock = Lock()
        self.forget()

    def forget(self) -> None:
        """Start the memory of word types afresh; type 0 is the empty place."""
        self.types: dict[str, int] = {"": 0}
        self.own = np.zeros((1024, VARIANTS, len(TAGS)), np.int16)
        self.side = np.zeros((1024, len(OFFSETS), len(TAGS)), np.int16)
        self.parts = np.zeros((2, 1024), np.uint64)
        self._learn([""], 0)

    def _learn(self, words: list[str], begin: int) -> None:
        """Sum up what new word types say; their numbers count on from `begin`."""
        while begin + len(words) > len(self.own):
            self.own, self.side = (
                np.concatenate([table, np.zeros_like(table)]) for table in (self.own, self.side)
            )
            self.parts = np.concatenate([self.parts, np.zeros_like(self.parts)], axis=1)
        groups = [self.groups.get(plain_form(word), 0) for word in words]
        keys = np.array(
            [type_keys(word, group) for word, group in zip(words, groups, strict=True)], np.uint64
        )
        new = slice(begin, begin + len(words))
        self.parts[:, new] = keys[:, FORM], keys[:, CLASS]
        for k, offset in enumerate(OFFSETS):
            self.side[new, k] = self._summed(keys[:, NEAR if abs(offset) == 1 else FAR], k + 2)
        shared = self._summed(keys[:, SHARED], 1)
        for variant in range(VARIANTS):
            self.own[new, variant] = shared + self._summed(keys[:, OWN[variant]], 1)
        for number, (word, group) in enumerate(zip(words, groups, strict=True), start=begin):
            if not group and word and not word[0].isalnum() and (fixed := _mark_tag(word)):
                self.own[number, :, TAGS.index(fixed)] += 10_000

    def _summed(self, keys: np.ndarray, salt: int) -> np.ndarray:
        """The sums of the weights of features, a row of them for each word."""
        return self.first[rows_of(keys, salt, self.bits[0])].sum(1, dtype=np.int16)

    def _numbers(self, words: Sequence[str]) -> np.ndarray:
        if len(self.types) > MOST_TYPES:
            self.forget()
        types = self.types
        new = sorted(set(words).difference(types))
        for first in range(0, len(new), 2000):
            some = new[first : first + 2000]
            begin = len(types)
            self._learn(some, begin)
            types.update(zip(some, range(begin, begin + len(some)), strict=True))
        return np.fromiter(map(types.__getitem__, words), np.int64, len(words))

    def tag(self, words: Sequence[str], sentences: Sequence[Span]) -> np.ndarray:
        """The number of each word's tag; `sentences` are consecutive ranges of word numbers."""
        at, length = places(sentences)
        variants = variants_of(words, sentences)
        with self.lock:
            row = spread(self._numbers(words), at, length, filler=0)
            return np.concatenate(
                [self._block(row, at, variants, first) for first in range(0, len(words), BLOCK)]
            )

    def _block(
        self, row: np.ndarray, at: np.ndarray, variants: np.ndarray, first: int
    ) -> np.ndarray:
        """The tags of a block of words; the second step needs those of three words around it."""
        begin = max(0, first - PADDING)
        words = slice(begin, first + BLOCK + PADDING)
        row = row[at[words][0] - PADDING : at[words][-1] + PADDING + 1]
        at = at[words] - at[words][0] + PADDING
        scores = self.own[row[at], variants[words]].astype(np.int32)
        for k, offset in enumerate(OFFSETS):
            scores += self.side[row[at + offset], k]
        parts = (self.parts[0][row], self.parts[1][row])
        for rows in pair_rows(parts, at, self.bits[0]):
            scores += self.first[rows]
        tags = spread(scores.argmax(1), at, len(row), filler=BEYOND)
        for rows in run_rows(tags, parts, at, self.bits[1]):
            scores += self.second[rows]
        return scores.argmax(1)[first - begin : first - begin + BLOCK]


def _mark_tag(word: str) -> str | None:
    """The tag of a word of marks only that the lexicon lacks."""
    if any(c.isalnum() for c in word):
        return None
    return "SYM" if unicodedata.category(word[0]).startswith("S") else "PUNCT"


@lru_cache(maxsize=1)
def tagger() -> Tagger:
    """The shipped model, read once."""
    with files("helpers").joinpath("models", "tagger.npz").open("rb") as file:
        return Tagger(dict(np.load(file, allow_pickle=False)))


def tags_of(words: Sequence[str], sentences: Sequence[Span]) -> list[str]:
    """The universal part-of-speech tag of each word.

    `sentences` are consecutive ranges of word numbers that cover all words.  About 97 words in
    100 of news are tagged right; most mistakes are nouns for names, nouns for verbs and
    adjectives for participles, and the reverse.

    >>> tags_of(["Prices", "rose", "."], [(0, 3)])
    ['NOUN', 'VERB', 'PUNCT']
    """
    if not words:
        return []
    return [TAGS[number] for number in tagger().tag(words, sentences).tolist()]
