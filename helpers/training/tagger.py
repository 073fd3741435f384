"""Trains the tagger and the table of lemmas: `python -m helpers.training.tagger UD_DIR`.

UD_DIR holds `*train.conllu` and, to report scores, `*dev.conllu`.  About three minutes on one core;
the same files give the same models, byte for byte, on the same kind of machine.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..text import tagger as model
from .lemmas import train_lemmas
from .treebank import Sentence, read_part, read_sentences

MODELS = Path(model.__file__).parent / "models"
SEED = 2017
FIRST_BITS, SECOND_BITS = 18, 16  # sizes of the two tables, as powers of two
LEAST_COUNT = 3  # a word met less often is treated as unknown
LEAST_SHARE = 0.08  # a tag is in a word's class from this share of its places on
FIRST_CUT, SECOND_CUT = 0.16, 0.1  # weights below are dropped
STEP = 0.12  # one unit of the stored whole numbers


def lexicon(sentences: Iterable[Sentence]) -> dict[str, int]:
    """The class of each frequent word: a number for its usual tag and all its tags."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for sentence in sentences:
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            counts[model.plain_form(word)][tag] += 1
    numbers: dict[tuple, int] = {}
    found = {}
    for form, tags in sorted(counts.items()):
        total = sum(tags.values())
        if total >= LEAST_COUNT and "\n" not in form:
            usual = min(tags, key=lambda tag: (-tags[tag], tag))
            key = (usual, *sorted(t for t, n in tags.items() if n / total > LEAST_SHARE))
            found[form] = numbers.setdefault(key, len(numbers) + 1)
    return found


def laid_out(sentences: list[Sentence]) -> tuple[list[str], list[tuple[int, int]]]:
    """All words, and the ranges of their numbers that are sentences."""
    ends = np.cumsum([len(sentence.words) for sentence in sentences]).tolist()
    return [word for one in sentences for word in one.words], list(pairwise([0, *ends]))


class Examples(NamedTuple):
    """Words as rows of feature numbers."""

    features: np.ndarray  # words x features: rows of the first table
    tags: np.ndarray
    fold: np.ndarray  # for tags given by a model that has not seen the sentence
    runs: Callable[[np.ndarray], np.ndarray]  # rows of the second table for tags from the first


def examples(sentences: list[Sentence], groups: dict[str, int]) -> Examples:
    """The features and tags of all words."""
    words, spans = laid_out(sentences)
    types: dict[str, int] = {"": 0}
    numbers = np.array([types.setdefault(word, len(types)) for word in words])
    keys = np.array(
        [model.type_keys(word, groups.get(model.plain_form(word), 0)) for word in types], np.uint64
    )
    at, length = model.places(spans)
    row = model.spread(numbers, at, length, filler=0)
    variants = model.variants_of(words, spans)
    own = np.stack([keys[:, places] for places in model.OWN], 1)[numbers, variants]
    columns = [model.rows_of(np.concatenate([keys[numbers, model.SHARED], own], 1), 1, FIRST_BITS)]
    for k, offset in enumerate(model.OFFSETS):
        around = keys[row[at + offset], model.NEAR if abs(offset) == 1 else model.FAR]
        columns.append(model.rows_of(around, k + 2, FIRST_BITS))
    padded = (keys[row, model.FORM], keys[row, model.CLASS])
    columns.append(np.stack(model.pair_rows(padded, at, FIRST_BITS), 1))
    tag_number = {tag: n for n, tag in enumerate(model.TAGS)}
    number = np.repeat(np.arange(len(spans)), [end - start for start, end in spans])

    def runs(tags: np.ndarray) -> np.ndarray:
        around = model.spread(tags.astype(np.int64), at, length, filler=model.BEYOND)
        return np.stack(model.run_rows(around, padded, at, SECOND_BITS), 1).astype(np.int32)

    tags = np.array([tag_number[tag] for sentence in sentences for tag in sentence.tags])
    return Examples(np.concatenate(columns, 1).astype(np.int32), tags, number // 20 % 5, runs)


def score(table: np.ndarray, features: np.ndarray) -> np.ndarray:
    """The score of each tag for each word."""
    chunks = range(0, len(features), 4096)
    return np.concatenate([table[features[i : i + 4096]].sum(1, dtype=np.float32) for i in chunks])


def fit(
    features: np.ndarray,
    tags: np.ndarray,
    *,
    bits: int,
    epochs: int,
    rate: float = 0.1,
    drop: float = 0.2,
    base: np.ndarray | None = None,
    start: np.ndarray | None = None,
) -> np.ndarray:
    """Softmax regression by AdaGrad in batches, the later epochs averaged.

    `drop` is the share of features hidden at random, `base` scores to add to, `start` a table to
    go on from, whose zeros stay zero.  Words already tagged surely are passed over.
    """
    rng = np.random.default_rng(SEED)
    table = np.zeros((1 << bits, len(model.TAGS)), np.float32) if start is None else start.copy()
    kept = None if start is None else (start != 0).astype(np.float32)
    squares, total = np.full_like(table, 1e-3), np.zeros_like(table)
    for epoch in range(epochs):
        order = rng.permutation(len(tags))
        for batch in np.split(order, range(256, len(order), 256)):
            rows = np.where(rng.random((len(batch), features.shape[1])) < drop, 0, features[batch])
            scores = table[rows].sum(1)
            if base is not None:
                scores += base[batch]
            scores = np.exp(scores - scores.max(1, keepdims=True))
            slope = scores / scores.sum(1, keepdims=True)
            slope[np.arange(len(batch)), tags[batch]] -= 1
            unsure = np.abs(slope).max(1) > 0.01
            if not unsure.any():
                continue
            flat = rows[unsure].ravel()
            sorting = np.argsort(flat, kind="stable")
            cuts = np.flatnonzero(np.r_[True, np.diff(flat[sorting]) > 0])
            touched = flat[sorting][cuts]
            change = np.add.reduceat(slope[unsure][sorting // features.shape[1]], cuts, axis=0)
            squares[touched] += change * change
            change *= rate / np.sqrt(squares[touched])
            table[touched] -= change if kept is None else change * kept[touched]
            table[0] = 0
        if epoch >= epochs // 2:
            total += table
    return total / (epochs - epochs // 2)


def rounded(table: np.ndarray, cut: float) -> np.ndarray:
    """The weights as whole multiples of STEP, small ones dropped."""
    kept = np.where(np.abs(table) < cut, 0, table)
    return np.clip(np.round(kept / STEP), -127, 127).astype(np.int8)


def train(sentences: list[Sentence]) -> dict[str, np.ndarray]:
    """The arrays of a model."""
    groups = lexicon(sentences)
    data = examples(sentences, groups)
    base = np.zeros((len(data.tags), len(model.TAGS)), np.float32)
    for fold in range(5):
        seen = data.fold != fold
        table = fit(data.features[seen], data.tags[seen], bits=FIRST_BITS, epochs=3)
        base[~seen] = score(table, data.features[~seen])
    table = fit(data.features, data.tags, bits=FIRST_BITS, epochs=4)
    table[np.abs(table) < FIRST_CUT] = 0
    table = fit(data.features, data.tags, bits=FIRST_BITS, epochs=4, start=table)
    runs = data.runs(base.argmax(1))  # one gentle pass: the second step overfits easily
    second = fit(runs, data.tags, bits=SECOND_BITS, epochs=1, rate=0.05, drop=0.1, base=base)
    forms = "\n".join(groups).encode("utf-8")
    return {
        "first": rounded(table, 0),
        "second": rounded(second, SECOND_CUT),
        "forms": np.frombuffer(forms, np.uint8),
        "groups": np.array(list(groups.values()), np.uint16),
    }


def accuracy(tagger: model.Tagger, sentences: list[Sentence]) -> float:
    """The share of words tagged right."""
    found = tagger.tag(*laid_out(sentences))
    gold = [tag for sentence in sentences for tag in sentence.tags]
    return sum(model.TAGS[n] == tag for n, tag in zip(found, gold, strict=True)) / len(gold)


def main(folder: Path) -> None:
    """Train on the training files of a folder, write the models, print the scores on dev."""
    sentences = read_part(folder, "train")
    trained = train(sentences)
    np.savez_compressed(MODELS / "tagger.npz", **trained)
    train_lemmas(sentences, MODELS / "lemmas.txt.gz")
    for path in sorted(folder.glob("*dev.conllu")):
        right = accuracy(model.Tagger(trained), read_sentences(path))
        print(f"{path.stem}: {100 * right:.2f} % of the tags are right")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
