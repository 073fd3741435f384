"""Trains the tagger and the table of lemmas: `python -m helpers.training.tagger UD_DIR`.

UD_DIR holds `*train.conllu`.  About three minutes on one core; the same files give the same models,
byte for byte, on the same kind of machine.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from itertools import pairwise
from os.path import commonprefix
from pathlib import Path

import numpy as np

from ..reader.encoder import MODELS
from ..text import read_tables
from ..text import tagger as model
from ..text.lemmas import LONGEST, STRAIGHT, irregular
from .gold import rows_of

SEED = 2017
FOLDS, RUN = 5, 20  # parts of the text, taken from it in turn by so many sentences
FIRST_BITS, SECOND_BITS = 18, 16  # sizes of the two tables, as powers of two
LEAST_COUNT = 3  # a word met less often is treated as unknown
LEAST_SHARE = 0.08  # a tag is in a word's class from this share of its places on
FIRST_CUT, SECOND_CUT = 0.16, 0.1  # weights below are dropped
UNIT = 0.12  # of the stored whole numbers
Step = tuple[int, str]  # letters that go, letters that come instead
LEAST_WORDS = 2  # different words that must speak for an ending; none is learnt from names
LONGEST_STEP = 10  # letters that go and come at most: the rest are slips
Word = tuple[str, str, str]  # as written, lemma, universal tag


def read_sentences(folder: Path) -> list[list[Word]]:
    """The sentences of all treebanks of a folder to learn from."""
    paths = sorted(folder.glob("*train.conllu"))
    if not paths:
        raise FileNotFoundError(f"no *train.conllu in {folder}")
    blocks = (block for path in paths for block in path.read_text("utf-8").split("\n\n"))
    found = ([(form, lemma, tag) for _, form, lemma, tag, *_ in rows_of(block)] for block in blocks)
    return [sentence for sentence in found if sentence]


def lexicon(words: Iterable[Word]) -> dict[str, int]:
    """The class of each frequent word: a number for its usual tag and all its tags."""
    counts: dict[str, Counter] = defaultdict(Counter)
    for word, _, tag in words:
        counts[model.plain_form(word)][tag] += 1
    numbers: dict[tuple, int] = {}
    found = {}
    for form, tags in sorted(counts.items()):
        if tags.total() >= LEAST_COUNT and "\n" not in form:
            often = sorted(tag for tag, n in tags.items() if n / tags.total() > LEAST_SHARE)
            found[form] = numbers.setdefault((usual(tags), *often), len(numbers) + 1)
    return found


def usual(counts: Counter) -> object:
    """The most frequent one; the least of equals."""
    return min(counts, key=lambda one: (-counts[one], one))


Runs = Callable[[np.ndarray], np.ndarray]  # rows of the second table for tags from the first


def features(sentences: list[list[Word]], groups: dict[str, int]) -> tuple[np.ndarray, Runs]:
    """Words as rows of feature numbers: those of the first table, and a call for the second's."""
    words = [word for sentence in sentences for word, _, _ in sentence]
    spans = list(pairwise([0, *np.cumsum([len(one) for one in sentences]).tolist()]))
    types: dict[str, int] = {"": 0}
    numbers = np.array([types.setdefault(word, len(types)) for word in words])
    keys = np.array(
        [model.type_keys(word, groups.get(model.plain_form(word), 0)) for word in types], np.uint64
    )
    at, length = model.places(spans)
    row = model.spread(numbers, at, length, filler=0)
    own = np.stack([keys[:, places] for places in model.OWN], 1)
    own = own[numbers, model.variants_of(words, spans)]
    columns = [model.rows_of(np.concatenate([keys[numbers, model.SHARED], own], 1), 1, FIRST_BITS)]
    for k, offset in enumerate(model.OFFSETS):
        around = keys[row[at + offset], model.NEAR if abs(offset) == 1 else model.FAR]
        columns.append(model.rows_of(around, k + 2, FIRST_BITS))
    padded = (keys[row, model.FORM], keys[row, model.CLASS])
    columns.append(np.stack(model.pair_rows(padded, at, FIRST_BITS), 1))

    def runs(tags: np.ndarray) -> np.ndarray:
        around = model.spread(tags.astype(np.int64), at, length, filler=model.BEYOND)
        return np.stack(model.run_rows(around, padded, at, SECOND_BITS), 1).astype(np.int32)

    return np.concatenate(columns, 1).astype(np.int32), runs


def fit(
    rows: np.ndarray, tags: np.ndarray, *, bits: int, epochs: int, rate: float = 0.1,
    drop: float = 0.2, base: np.ndarray | None = None, start: np.ndarray | None = None,
) -> np.ndarray:  # fmt: skip
    """Softmax regression by AdaGrad in batches, the later epochs averaged.

    `drop` is the share of features hidden at random, `base` scores to add to, `start` a table to
    go on from, whose zeros stay zero.  Words already tagged surely are passed over.
    """
    rng = np.random.default_rng(SEED)
    table = np.zeros((1 << bits, len(model.TAGS)), np.float32) if start is None else start.copy()
    kept = np.ones_like(table, bool) if start is None else start != 0
    squares, total = np.full_like(table, 1e-3), np.zeros_like(table)
    for epoch in range(epochs):
        order = rng.permutation(len(tags))
        for batch in np.split(order, range(256, len(order), 256)):
            seen = np.where(rng.random((len(batch), rows.shape[1])) < drop, 0, rows[batch])
            scores = table[seen].sum(1) + (0 if base is None else base[batch])
            scores = np.exp(scores - scores.max(1, keepdims=True))
            slope = scores / scores.sum(1, keepdims=True)
            slope[np.arange(len(batch)), tags[batch]] -= 1
            unsure = np.abs(slope).max(1) > 0.01
            if unsure.any():
                flat = seen[unsure].ravel()
                sorting = np.argsort(flat, kind="stable")
                touched, cuts = np.unique(flat[sorting], return_index=True)
                change = np.add.reduceat(slope[unsure][sorting // rows.shape[1]], cuts, axis=0)
                squares[touched] += change * change
                change *= rate / np.sqrt(squares[touched])
                table[touched] -= change * kept[touched]
                table[0] = 0
        if epoch >= epochs // 2:
            total += table
    return total / (epochs - epochs // 2)


def train(sentences: list[list[Word]]) -> dict[str, np.ndarray]:
    """The arrays of a model."""
    groups = lexicon(word for sentence in sentences for word in sentence)
    rows, runs = features(sentences, groups)
    tags = np.array([model.TAGS.index(tag) for sentence in sentences for _, _, tag in sentence])
    fold = np.array([k // RUN % FOLDS for k, sentence in enumerate(sentences) for _ in sentence])
    base = np.zeros((len(tags), len(model.TAGS)), np.float32)  # by models that had not seen them
    for seen in (fold != k for k in range(FOLDS)):
        table = fit(rows[seen], tags[seen], bits=FIRST_BITS, epochs=3)
        for some in np.array_split(np.flatnonzero(~seen), 1 + len(seen) // 4096):
            base[some] = table[rows[some]].sum(1, dtype=np.float32)
    first = fit(rows, tags, bits=FIRST_BITS, epochs=4)
    first[np.abs(first) < FIRST_CUT] = 0
    first = fit(rows, tags, bits=FIRST_BITS, epochs=4, start=first)
    second = fit(  # one gentle pass: the second step overfits easily
        runs(base.argmax(1)), tags, bits=SECOND_BITS, epochs=1, rate=0.05, drop=0.1, base=base
    )
    second[np.abs(second) < SECOND_CUT] = 0
    tables = {"first": first, "second": second}
    whole = {name: np.round(table / UNIT).clip(-127, 127) for name, table in tables.items()}
    return {name: table.astype(np.int8) for name, table in whole.items()} | {
        "forms": np.frombuffer("\n".join(groups).encode("utf-8"), np.uint8),
        "groups": np.array(list(groups.values()), np.uint16),
    }


def step_between(form: str, lemma: str) -> Step:
    """How a form becomes its lemma."""
    shared = len(commonprefix([form, lemma]))
    return len(form) - shared, lemma[shared:]


def taken(form: str, step: Step) -> str:
    """What becomes of a form by a step."""
    return form[: len(form) - step[0]] + step[1]


def usual_steps(words: Iterable[Word]) -> dict[str, dict[str, Step]]:
    """The most frequent step of each form, by tag, with the regular forms of every lemma met."""
    counts: dict[str, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for word, lemma, tag in words:
        form, base = (x.translate(STRAIGHT).lower() for x in (word, lemma))
        step = step_between(form, base)
        if step[0] + len(step[1]) <= LONGEST_STEP:
            counts[tag][form][step] += 1
    for tag in ("VERB", "NOUN"):
        frequent = Counter()
        for form, steps in counts[tag].items():
            for step, n in steps.items():
                frequent[taken(form, step)] += n
        for base, n in sorted(frequent.items()):
            if n >= 2 and base.isalpha() and len(base) > 2:
                for form in (base, *inflected(base, tag)):
                    if form not in counts[tag] and (form, tag) not in irregular():
                        counts[tag][form][step_between(form, base)] += 1
    return {
        tag: {form: usual(steps) for form, steps in sorted(forms.items())}
        for tag, forms in sorted(counts.items())
    }


def inflected(base: str, tag: str) -> list[str]:
    """The regular forms of a noun or verb that are sure; an irregular verb has none."""
    if tag == "VERB" and base in {lemma for (_, t), lemma in irregular().items() if t == tag}:
        return []
    rules = read_tables("inflections.toml")[tag]
    match, forms = next((m, f) for pattern, *f in rules if (m := re.fullmatch(pattern, base)))
    return [match.expand(form) for form in forms]


def endings(forms: dict[str, Step], tag: str) -> dict[str, Step]:
    """The fewest endings, and whole words, that give every form its step."""
    votes: dict[str, Counter] = defaultdict(Counter)
    for form, step in forms.items():
        for size in range(min(LONGEST, len(form)) + 1):
            if step[0] <= size or size == 0:
                votes[form[len(form) - size :]][step] += 1
    kept: dict[str, Step] = {}

    def inherited(form: str) -> Step:
        ends = (form[start:] for start in range(len(form) + 1))
        return next((kept[end] for end in ends if end in kept), (0, ""))

    for ending in sorted(votes, key=lambda e: (len(e), e)) if tag != "PROPN" else ():
        best = usual(votes[ending])
        if votes[ending][best] >= LEAST_WORDS and best != inherited(ending):
            kept[ending] = best
    for form, step in forms.items():
        found = irregular().get((form, tag)) or taken(form, inherited(form[-LONGEST:]))
        if found != taken(form, step):
            kept["^" + form] = step
    return kept


def lemma_table(sentences: list[list[Word]]) -> bytes:
    """The endings learnt from sentences as a gzipped table: tag, ending, cut, added."""
    steps = usual_steps(word for sentence in sentences for word in sentence)
    lines = [
        f"{tag}\t{ending}\t{cut}\t{added}\n"
        for tag, forms in steps.items()
        for ending, (cut, added) in sorted(endings(forms, tag).items())
        if not {"\t", "\n"} & set(ending + added)
    ]
    return gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0)


def main(folder: Path) -> None:
    """Train on the training files of a folder and write the models."""
    sentences = read_sentences(folder)
    np.savez_compressed(MODELS / "tagger.npz", **train(sentences))
    (MODELS / "lemmas.txt.gz").write_bytes(lemma_table(sentences))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
