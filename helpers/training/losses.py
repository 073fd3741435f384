"""What the reader is trained for: gold answers, and a teacher's; and which of its parts matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional
from torch.nn.functional import cross_entropy

from ..reader.encoder import LABELS, NAMES, START, STOP, VECTORS
from ..reader.sequence import LEGAL, NEVER
from .examples import UNASKED, Example
from .network import Network

SMOOTHING = 0.05
SHARES = {"label": 0.5, "sequence": 1.0, "inner": 0.5, "names": 1.0, "cue": 0.15, "source": 0.05,
          "first": 0.12, "last": 0.12, "when": 0.08, "same": 0.1, "taught": 2.0}  # fmt: skip
"""The weight of each loss."""
ANSWERS = ("label", "inner", "names", "cue", "source")  # of every piece
QUESTIONS = ("first", "last", "when", "same")  # of places
SEEN = 0.3  # as likely a teacher must find a cue or source to be asked about it
DIGITS = 3  # the shape of a piece with a digit


@dataclass(frozen=True)
class Outputs:
    """What a network says of a batch: scores of the label layers, and pointing of pieces."""

    layers: dict[str, torch.Tensor]  # (rows, pieces, labels)
    vectors: dict[str, torch.Tensor]  # (rows, pieces, size)
    hidden: torch.Tensor  # (rows, 1, pieces): not to be pointed at

    def pointing(self, name: str) -> torch.Tensor:
        """Scores (rows, pieces, pieces) that one piece points to another."""
        asked, answer = (self.vectors[side + name].float() for side in ("ask_", "is_"))
        return asked @ answer.transpose(1, 2) / asked.shape[-1] ** 0.5 + self.hidden


def outputs(network: Network, batch: dict[str, torch.Tensor]) -> Outputs:
    """Read a batch: products in half precision, sums in full."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, links = network(batch["ids"], batch["shape"], batch["mask"])
    counts = {"label": len(LABELS), "inner": len(LABELS), "names": len(NAMES)}
    layers = dict(zip(counts, scores.float().split(list(counts.values()), -1), strict=True))
    vectors = dict(zip(VECTORS, links.float().split(list(VECTORS.values()), -1), strict=True))
    return Outputs(layers, vectors, (1.0 - batch["mask"][:, None, :].float()) * NEVER)


def tensors(items: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Return examples as padded tensors, with the marks at both ends of a window."""
    width = max(map(len, items)) + 2
    names = ("ids", "shape", *ANSWERS)
    rows = {name: np.full((len(items), width), UNASKED) for name in names}
    rows["ids"][:], rows["shape"][:] = 0, 0
    rows["mask"] = np.zeros((len(items), width), dtype=np.int64)
    for row, item in enumerate(items):
        rows["ids"][row, 0], rows["ids"][row, len(item) + 1] = START, STOP
        rows["mask"][row, : len(item) + 2] = 1
        for name in names:
            rows[name][row, 1 : len(item) + 1] = getattr(item, name)
    return {name: torch.from_numpy(values) for name, values in rows.items()}


def sequence_loss(scores: torch.Tensor, label: torch.Tensor, network: Network) -> torch.Tensor:
    """Return the negative log likelihood of the label sequences (linear-chain CRF), summed."""
    steps = torch.where(torch.from_numpy(LEGAL), network.transitions, NEVER)
    there = label >= 0
    label = label.clamp(min=0)
    own = scores.gather(2, label[:, :, None])[:, :, 0] * there
    moves = steps[label[:, :-1], label[:, 1:]] * there[:, 1:]
    gold = own.sum() + moves.sum() + network.first[label[:, 0]].sum()
    total = network.first + scores[:, 0]
    for time in range(1, scores.shape[1]):
        onward = torch.logsumexp(total[:, :, None] + steps, 1) + scores[:, time]
        total = torch.where(there[:, time, None], onward, total)
    return torch.logsumexp(total, 1).sum() - gold


def losses(
    network: Network, items: Sequence[Example], told: Outputs | None = None
) -> dict[str, torch.Tensor]:
    """Return each loss of a batch, summed over the places it is asked at; with what teachers told
    of it also how far that is, as the mean over those places, times the number of pieces."""
    batch = tensors(items)
    said = outputs(network, batch)
    asked_of = said.layers | {name: said.pointing(name) for name in ("cue", "source")}
    found = {
        name: cross_entropy(
            given.flatten(0, 1), batch[name].flatten(), ignore_index=UNASKED, reduction="sum",
            label_smoothing=SMOOTHING if name in ("label", "names") else 0.0,
        ) for name, given in asked_of.items()
    }  # fmt: skip
    whole = [row for row, item in enumerate(items) if item.whole]
    if whole:
        scores, label = said.layers["label"][whole, 1:-1], batch["label"][whole, 1:-1]
        found["sequence"] = sequence_loss(scores, label, network)
    for name in QUESTIONS:
        asked = [(row, one) for row, item in enumerate(items) for one in item.asked
                 if one.name == name]  # fmt: skip
        if asked:
            rows, places = torch.tensor([[row, one.place] for row, one in asked]).T
            chances = said.pointing(name)[rows, places].log_softmax(-1)
            right = torch.full_like(chances, NEVER)
            for line, (_, one) in enumerate(asked):
                right[line, list(one.answers)] = 0.0
            weights = torch.tensor([one.weight for _, one in asked])
            found[name] = -(torch.logsumexp(chances + right, -1) * weights).sum()
    if told is not None:
        found["taught"] = divergence(said, told, batch) * sum(map(len, items))
    return found


def told_by(teachers: Sequence[Network], items: Sequence[Example]) -> Outputs:
    """What teachers say of a batch, in half precision: labels the first, pointers the last."""
    with torch.no_grad():
        first, last = (outputs(one, tensors(items)) for one in (teachers[0], teachers[-1]))
    layers, vectors = ({name: value.half() for name, value in some.items()}
                       for some in (first.layers, last.vectors))  # fmt: skip
    return Outputs(layers, vectors, last.hidden)


def divergence(said: Outputs, told: Outputs, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """How far answers are from some teachers' (Hinton, Vinyals and Dean, 2015).

    Weighed by `SHARES`: labels at every piece, pointers where a part of a statement or a digit
    stands.
    """
    there = batch["mask"].bool()
    there[:, 0] = False
    labels = told.layers["label"].float().softmax(-1)
    cues = labels[..., [LABELS.index("B-Cue"), LABELS.index("I-Cue")]].sum(-1)
    sources = labels[..., [k for k, name in enumerate(LABELS) if name.startswith("B-Source")]]
    spoken = there & (1.0 - labels[..., 0] - cues > SEEN)
    digits = there & (batch["shape"] % 4 == DIGITS)
    asking = {"cue": spoken, "source": there & (cues > SEEN),
              "same": there & (sources.sum(-1) > SEEN),
              "first": digits, "last": digits, "when": digits}  # fmt: skip
    total = torch.zeros(())
    for name, mine in said.layers.items():
        share = SHARES[name] + (name == "label")
        total = total + share * _apart(mine[there], told.layers[name][there])
    for name, rows in asking.items():
        if rows.any():
            total = total + SHARES[name] * _apart(
                said.pointing(name)[rows], told.pointing(name)[rows]
            )
    return total


def _apart(mine: torch.Tensor, theirs: torch.Tensor) -> torch.Tensor:
    theirs = theirs.float().softmax(-1)
    return functional.kl_div(mine.log_softmax(-1), theirs, reduction="batchmean")


def places(items: Sequence[Example]) -> dict[str, float]:
    """Return at how many places each loss is asked, at least 1."""
    count = {name: sum(int((getattr(item, name) != UNASKED).sum()) for item in items)
             for name in ANSWERS}  # fmt: skip
    count["sequence"] = sum(len(item) for item in items if item.whole)
    count["taught"] = sum(map(len, items))
    for name in QUESTIONS:
        count[name] = sum(one.weight for i in items for one in i.asked if one.name == name)
    return {name: max(1, value) for name, value in count.items()}


def narrowed(
    network: Network, batches: Sequence[Sequence[Example]], *, heads: int, inner: int
) -> Network:
    """The network with the heads and inner units of each layer that matter most for its losses.

    Source: the loss's gradient on a gate before each (Michel, Levy and Neubig, NeurIPS 2019).
    """
    network.eval()
    for layer in network.layers:
        across, units = layer.query.out_features // layer.head, layer.wide.out_features
        layer.weigh = [
            torch.ones(across, requires_grad=True),
            torch.ones(units, requires_grad=True),
        ]
    gates = [gate for layer in network.layers for gate in layer.weigh]
    matters = [torch.zeros_like(gate) for gate in gates]
    for items in batches:
        found = losses(network, items)
        total = sum(SHARES[name] * value for name, value in found.items()) / sum(map(len, items))
        for matter, slope in zip(matters, torch.autograd.grad(total, gates), strict=True):
            matter += slope.abs()
    weights = network.state_dict()
    for k, layer in enumerate(network.layers):
        best = matters[2 * k].topk(heads).indices.sort().values
        kept = (best[:, None] * layer.head + torch.arange(layer.head)).flatten()
        units = matters[2 * k + 1].topk(inner).indices.sort().values
        for parts, rows in (("query key value", kept), ("wide", units)):
            for part in parts.split():
                for kind in ("weight", "bias"):
                    name = f"layers.{k}.{part}.{kind}"
                    weights[name] = weights[name][rows]
        for part, columns in (("joined", kept), ("narrow", units)):
            weights[f"layers.{k}.{part}.weight"] = weights[f"layers.{k}.{part}.weight"][:, columns]
    smaller = Network({name: tuple(value.shape) for name, value in weights.items()})
    smaller.load_state_dict(weights)
    return smaller
