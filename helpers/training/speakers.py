"""Trains the ranker of speakers on press texts that were read and marked by hand.

    python -m helpers.training.speakers DATA [--out FILE]

DATA holds `real/train.jsonl` and `real/unmarked.jsonl`, as for `helpers.training.reader`; the marks
on the unmarked ones, and invented texts, are in `marked` beside this file. The statements are taken
as marked, so that only the choice of the speaker is learned. Takes a minute on one core, and gives
the same weights each time. Writes `models/speakers.json`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..names.candidates import Candidate
from ..names.ranker import WEIGHTS, chances
from ..names.signs import WIDTH
from ..names.speakers import Finder
from ..reader import Attribution, Reading, read
from .gold import attribution_of, lines_of, read_marks

MARKED = Path(__file__).parent / "marked"
HIDDEN = 32
EPOCHS = 20
BATCH = 64  # sources
RATE = 3e-3
DECAY = 0.3
UNSEEN = 0.2  # the share of the signs that are hidden from each source
ROUNDS = 2  # the first with the marked speakers as those who spoke before, then with found ones
SEEDS = 3  # networks beside each other: their hidden units together are the ranker
TITLES = re.compile(
    r"(?:the|an?|mr|mrs|ms|miss|dr|prof|sir|dame|lord|sen|senator|rep|representative|president"
    r"|prime minister|minister|secretary|governor|gov|mayor|judge|justice|ambassador)\.?\s+(?=\S)",
    re.I,
)


@dataclass
class Marked:
    """A document as it was marked: its statements, and the names that are right for each."""

    text: str
    statements: list[Attribution]
    right: list[list[str]]
    readings: list[Reading]


def marked(records: Iterable[dict]) -> Iterator[Marked]:
    """The documents of some records, with what the reader makes of them."""
    for record in records:
        rows = sorted(
            ((attribution_of(q), q["speaker"]) for q in record["quotes"]
             if q["verdict"] == "ok" and q["content"]),
            key=lambda row: (row[0].start, -row[0].end, row[0].cue),
        )  # fmt: skip
        text = record["text"]
        yield Marked(text, [a for a, _ in rows], [s for _, s in rows], read(text))


def records(data: Path) -> Iterator[dict]:
    """The marked documents to learn from: none that is there to measure with."""
    real = data / "real"
    taken = {record["doc"] for record in lines_of(real / "dev.jsonl")}
    for some in (
        lines_of(real / "train.jsonl"),
        read_marks(MARKED / "releases.jsonl", real / "unmarked.jsonl"),
        lines_of(MARKED / "invented.jsonl"),
        lines_of(MARKED / "seed.jsonl"),
    ):
        yield from (record for record in some if record["doc"] not in taken)


def right_ones(some: Sequence[Candidate], names: Sequence[str]) -> np.ndarray:
    """Which candidates are right: those of the very name, else those of one much like it."""
    if not any(names):
        return np.array([one.entity is None for one in some])
    said = [one.entity.name if one.entity else "" for one in some]
    wanted = [plain(name) for name in names if name]
    exact = np.array([plain(one) in wanted for one in said])
    if exact.any():
        return exact
    return np.array([any(alike(name, one) for name in names if name) for one in said])


def plain(written: str) -> frozenset[str]:
    """The names in a string without case, article and title."""
    found = set()
    for name in written.split(";"):
        name = " ".join(name.replace("’", "'").casefold().split())
        while (match := TITLES.match(name)) is not None:
            name = name[match.end() :]
        found.add(name)
    return frozenset(found - {""})


def alike(one: str, other: str) -> bool:
    """Are all words of one in the other?  Of two names a single word in common will not do."""
    a, b = plain(one), plain(other)
    if len(a) != 1 or len(b) != 1:
        return False
    x, y = (set(re.findall(r"\w+", next(iter(n)))) - {"the", "a", "an"} for n in (a, b))
    names = all(w[0].isupper() for n in (one, other) for w in re.findall(r"\w+", n) if len(w) > 3)
    return bool(x and y) and (x <= y or y <= x) and not (names and min(len(x), len(y)) == 1)


def examples(
    documents: Sequence[Marked], learned: list[np.ndarray], *, told: bool
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The signs of the candidates for each source and which are right.

    `told`: who is marked as the speaker counts as who spoke, else whom `learned` finds.
    """
    rows, right = [], []
    for one in documents:
        finder = Finder(one.text, one.statements, title=None, author=None,
                        readings=one.readings, learned=learned)  # fmt: skip
        for k in finder.order():
            some, signs = finder.ask(k)
            share = chances(signs, learned)
            good = right_ones(some, one.right[k])
            if good.any():
                rows.append(signs)
                right.append(good)
            best = int((share * good if told and good.any() else share).argmax())
            finder.take(k, some[best], float(share[best]))
    return rows, right


def fit(rows: list[np.ndarray], right: list[np.ndarray], *, seed: int) -> list[np.ndarray]:
    """The weights under which the right candidates are most likely (Adam)."""
    chance = np.random.default_rng(seed)
    every = np.concatenate(rows)
    mean, scale = every.mean(0), 1 / np.maximum(every.std(0), 0.05)
    width = every.shape[1]
    net = [chance.normal(0, width**-0.5, (width, HIDDEN)), np.zeros(HIDDEN),
           chance.normal(0, HIDDEN**-0.5, HIDDEN)]  # fmt: skip
    net = [weight.astype(np.float32) for weight in net]
    moments = [[np.zeros_like(w) for w in net] for _ in range(2)]
    scaled = [((one - mean) * scale).astype(np.float32) for one in rows]
    step, steps = 0, EPOCHS * -(-len(rows) // BATCH)
    for _ in range(EPOCHS):
        order = chance.permutation(len(rows))
        for begin in range(0, len(rows), BATCH):
            batch = order[begin : begin + BATCH]
            step += 1
            some = [scaled[k] * (chance.random(width) >= UNSEEN) for k in batch]
            slope = _slopes(net, some, [right[k] for k in batch])
            rate = RATE * (1 - step / steps)
            for k, (weight, change) in enumerate(zip(net, slope, strict=True)):
                moments[0][k] = 0.9 * moments[0][k] + 0.1 * change
                moments[1][k] = 0.999 * moments[1][k] + 0.001 * change**2
                first = moments[0][k] / (1 - 0.9**step)
                second = moments[1][k] / (1 - 0.999**step)
                weight -= rate * (first / (np.sqrt(second) + 1e-8) + DECAY * weight)
    return [mean, scale, *net]


def _slopes(net: list[np.ndarray], rows: list[np.ndarray], right: list[np.ndarray]) -> list:
    """The slopes of the loss: minus the logarithm of the chance of all right candidates."""
    weights, bias, out = net
    every, good = np.concatenate(rows), np.concatenate(right)
    begins = np.cumsum([0, *map(len, rows[:-1])])
    group = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
    hidden = np.tanh(every @ weights + bias)
    scores = hidden @ out
    scores = np.exp(scores - np.maximum.reduceat(scores, begins)[group])
    share = scores / np.add.reduceat(scores, begins)[group]
    goods = np.where(good, scores, 0)
    wanted = goods / np.add.reduceat(goods, begins)[group]
    error = (share - wanted) / len(rows)
    back = np.outer(error, out) * (1 - hidden**2)
    return [every.T @ back, back.sum(0), hidden.T @ error]


def train(documents: Sequence[Marked]) -> list[np.ndarray]:
    """The weights of the ranker: several networks side by side, their scores averaged."""
    learned = _nothing(WIDTH)
    for number in range(ROUNDS):
        rows, right = examples(documents, learned, told=number == 0)
        nets = [fit(rows, right, seed=seed) for seed in range(SEEDS)]
        learned = [*nets[0][:2], np.concatenate([n[2] for n in nets], axis=1),
                   np.concatenate([n[3] for n in nets]),
                   np.concatenate([n[4] for n in nets]) / SEEDS]  # fmt: skip
        learned = [one.astype(np.float32) for one in learned]
        print(number, len(rows), "sources", flush=True)
    return learned


def _nothing(width: int) -> list[np.ndarray]:
    """Weights under which the first candidate is taken."""
    return [np.zeros(width), np.ones(width), np.zeros((width, 1)), np.zeros(1), np.zeros(1)]


def main() -> None:
    """Train and write, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS, help="where the weights go")
    options = parser.parse_args()
    learned = train(list(marked(records(options.data))))
    written = [np.round(one.astype(float), 4).tolist() for one in learned]
    options.out.write_text(json.dumps({"weights": written}), encoding="utf-8")


if __name__ == "__main__":
    main()
