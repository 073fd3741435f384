"""Trains the ranker of speakers on press texts that were read and marked by hand.

    python -m helpers.training.speakers DATA [--out FILE]

DATA is as for `helpers.training.reader`. The statements are taken as marked, so that only the
choice of the speaker is learned. Takes some minutes on one core, needs `torch`, and gives the same
weights each time. Writes `models/speakers.json`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence

from ..names.candidates import Candidate
from ..names.signs import WEIGHTS, WIDTH, chances
from ..names.speakers import Finder
from ..reader import Attribution, Reading, read
from .gold import attribution_of, records
from .names import alike, plain

HIDDEN = 96
NETS = 3  # their mean is shipped: one alone depends on the order that chance gives its lessons
EPOCHS = 20
BATCH = 64  # sources
RATE = 3e-3
DECAY = 0.3
UNSEEN = 0.2  # the share of the signs that are hidden from each source


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
        quotes = [q for q in record["quotes"] if q["verdict"] == "ok" and q["content"]]
        rows = [(attribution_of(q), q["speaker"]) for q in quotes]
        rows.sort(key=lambda row: (row[0].start, -row[0].end, row[0].cue))
        text = record["text"]
        yield Marked(text, [a for a, _ in rows], [s for _, s in rows], read(text))


def right_ones(some: Sequence[Candidate], names: Sequence[str]) -> np.ndarray:
    """Which candidates are right: those of the very name, else those of one much like it."""
    if not any(names):
        return np.array([one.entity is None for one in some])
    said = [one.entity.name if one.entity else "" for one in some]
    wanted = [plain(name) for name in names if name]
    exact = np.array([plain(one) in wanted for one in said])
    return exact if exact.any() else np.array([any(alike(n, one) for n in names) for one in said])


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


def fit(rows: list[np.ndarray], right: list[np.ndarray]) -> list[np.ndarray]:
    """The weights under which the right candidates of each source are most likely, together."""
    torch.set_num_threads(1)
    every = np.concatenate(rows)
    mean, scale = every.mean(0), 1 / np.maximum(every.std(0), 0.05)
    signs = pad_sequence([torch.from_numpy((one - mean) * scale).float() for one in rows], True)
    good = pad_sequence([torch.from_numpy(one) for one in right], True)
    there = pad_sequence([torch.ones(len(one), dtype=torch.bool) for one in rows], True)
    nets = [_net(signs, good, there, seed) for seed in range(NETS)]
    layers = (
        torch.cat([net[0].weight.T for net in nets], 1),
        torch.cat([net[0].bias for net in nets]),
        torch.cat([net[2].weight[0] for net in nets]) / NETS,
    )
    return [mean, scale, *(layer.detach().numpy() for layer in layers)]


def _net(signs: torch.Tensor, good: torch.Tensor, there: torch.Tensor, seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(WIDTH, HIDDEN), nn.Tanh(), nn.Linear(HIDDEN, 1, bias=False))
    optimizer = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(signs) // BATCH)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, total_iters=steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(signs)).split(BATCH):
            seen = torch.rand(len(batch), 1, WIDTH) >= UNSEEN
            scores = net(signs[batch] * seen)[..., 0].masked_fill(~there[batch], -torch.inf)
            wanted = scores.masked_fill(~good[batch], -torch.inf)
            optimizer.zero_grad()
            (scores.logsumexp(1) - wanted.logsumexp(1)).mean().backward()
            optimizer.step()
            schedule.step()
    return net


def train(documents: Sequence[Marked]) -> list[np.ndarray]:
    """The weights of the ranker, learned twice.

    First the marked speakers are who spoke before, then those that the first weights find.
    """
    learned = [np.zeros(WIDTH), np.ones(WIDTH), np.zeros((WIDTH, 1)), np.zeros(1), np.zeros(1)]
    for told in (True, False):
        rows, right = examples(documents, learned, told=told)
        learned = [one.astype(np.float32) for one in fit(rows, right)]
        print(len(rows), "sources", flush=True)
    return learned


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
