"""Trains the ranker of speakers on press texts that were read and marked by hand.

    python -m helpers.training.speakers DATA

DATA is as for `helpers.training.reader`. The statements are taken as marked, so that only the
choice of the speaker is learned. Takes some minutes on one core, needs `torch`, and gives the same
weights each time. Writes `models/speakers.json`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pad_sequence

from ..names.candidates import Candidate
from ..names.signs import WEIGHTS, WIDTH, chances
from ..names.speakers import Finder
from ..reader import Reading, read
from .confidence import alike, plain
from .gold import attribution_of, records

HIDDEN = 96
NETS = 3  # their mean is shipped: one alone depends on the order that chance gives its lessons
EPOCHS = 20
BATCH = 64  # sources
RATE = 3e-3
DECAY = 0.3
UNSEEN = 0.2  # the share of the signs that are hidden from each source


def right_ones(some: Sequence[Candidate], names: Sequence[str]) -> np.ndarray:
    """Which candidates are right: those of the very name, else those of one much like it."""
    if not any(names):
        return np.array([one.entity is None for one in some])
    said = [one.entity.name if one.entity else "" for one in some]
    wanted = [plain(name) for name in names if name]
    exact = np.array([plain(one) in wanted for one in said])
    return exact if exact.any() else np.array([any(alike(n, one) for n in names) for one in said])


def examples(
    documents: Sequence[tuple[dict, list[Reading]]], learned: list[np.ndarray], *, told: bool
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The signs of the candidates for each source of marked and read texts, and which are right.

    `told`: who is marked as the speaker counts as who spoke, else whom `learned` finds.
    """
    rows, right = [], []
    for record, readings in documents:
        quotes = [q for q in record["quotes"] if q["verdict"] == "ok" and q["content"]]
        said = [(attribution_of(quote), quote["speaker"]) for quote in quotes]
        said.sort(key=lambda one: (one[0].start, -one[0].end, one[0].cue))
        finder = Finder(record["text"], [one for one, _ in said], title=None, author=None,
                        readings=readings, learned=learned)  # fmt: skip
        for k in finder.order():
            some, signs = finder.ask(k)
            share = chances(signs, learned)
            good = right_ones(some, said[k][1])
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
    return [one.astype(np.float32) for one in (mean, scale, *(a.detach().numpy() for a in layers))]


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


def main(data: Path) -> None:
    """Learn twice: first the marked speakers are who spoke before, then those that are found."""
    documents = [(record, read(record["text"])) for record in records(data)]
    learned = [np.zeros(WIDTH), np.ones(WIDTH), np.zeros((WIDTH, 1)), np.zeros(1), np.zeros(1)]
    for told in (True, False):
        rows, right = examples(documents, learned, told=told)
        learned = fit(rows, right)
        print(len(rows), "sources", flush=True)
    written = [np.round(one.astype(float), 4).tolist() for one in learned]
    WEIGHTS.write_text(json.dumps({"weights": written}), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
