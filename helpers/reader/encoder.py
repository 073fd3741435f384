"""Reads text with the trained network: word pieces in, scores for labels and links out.

The network (all-MiniLM-L6-v2, fine-tuned, int8) gives every word piece scores for two layers of
`LABELS` (statements, and statements within statements) and short vectors whose products link one
piece to another; `VECTORS` names them. `helpers.training.reader` makes the files again.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
from bisect import bisect_right
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from ..text import Doc, large_view
from ..text.doc import RECENT
from .attribution import Span
from .pieces import QUOTED, SHAPES, START, STOP, WINDOW, Pieces, blocks, split, windows  # noqa: F401

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODELS = Path(__file__).parents[1] / "models"
ROLES = ("Cue", "Source<", "Source>", "Source-", "Content<", "Content>", "Content-")
"""`<`: the cue lies to the left, `>`: to the right, `-`: there is none."""
LABELS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
NAMES = ("O", *(f"{p}-{kind}" for kind in ("person", "organisation", "place") for p in "BI"))
VECTORS = {
    "ask_cue": 96, "is_cue": 96,  # a content or source and its cue
    "ask_source": 96, "is_source": 96,  # a cue and its source
    "ask_first": 64, "is_first": 64,  # an amount and the first word of what it measures
    "ask_last": 64, "is_last": 64,  # ... and the last one
    "ask_when": 48, "is_when": 48,  # an amount and the time it holds for
    "ask_same": 64, "is_same": 64,  # a mention and an earlier one of the same person or body
}  # fmt: skip
"""The vectors of a piece and their sizes: what asks meets what answers."""


@dataclass(frozen=True)
class Reading:
    """Paragraphs as the network read them.

    `tags`, `inner` (n, labels) are scores of the two layers, `names` (n, `NAMES`) of the names of
    people, bodies and places; `vectors` (n, size) by the names of `VECTORS`; `absent` (n,) by the
    name of what asks: the score that nothing answers.
    """

    pieces: Pieces
    tags: np.ndarray
    inner: np.ndarray
    names: np.ndarray
    vectors: dict[str, np.ndarray]
    absent: dict[str, np.ndarray]

    def __getitem__(self, part: slice) -> Reading:
        """The same for some of its pieces."""
        vectors, absent = ({k: v[part] for k, v in some.items()}
                           for some in (self.vectors, self.absent))  # fmt: skip
        layers = (self.tags[part], self.inner[part], self.names[part])
        return Reading(self.pieces[part], *layers, vectors, absent)

    def slim(self) -> Reading:
        """The same with what tells names and same mentions alone, in a fifth of the memory."""
        return replace(self._only("_same"), names=self.names.copy())

    def measuring(self) -> Reading:
        """The same with what amounts measure and their times alone, in half of the memory."""
        return self._only("_first", "_last", "_when")

    def _only(self, *endings: str) -> Reading:
        """Copies of some vectors: a view would keep all that it is a part of."""
        none = np.zeros((0, 0))
        vectors = {k: v.copy() for k, v in self.vectors.items() if k.endswith(endings)}
        absent = {k: v for k, v in self.absent.items() if k.endswith(endings)}
        return Reading(self.pieces, none, none, none, vectors, absent)


@dataclass(frozen=True)
class Model:
    """The network, its tokenizer, and the numbers fitted beside it."""

    session: InferenceSession
    tokenizer: Tokenizer
    numbers: dict


@functools.cache
def load(folder: Path = MODELS) -> Model:
    """Return the model in `folder`, loaded once and run in one thread."""
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else it keeps a diary in the user's home
    import onnxruntime  # reads the line above, and takes its time

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.add_session_config_entry("optimization.enable_gelu_approximation", "1")  # 2 % faster
    session = onnxruntime.InferenceSession(
        str(folder / "reader.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # fused it is slower: 7 %
    )
    tokenizer = Tokenizer.from_file(str(folder / "reader.tokenizer.json"))
    numbers = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    return Model(session, tokenizer, numbers)


class Readings:
    """The readings of a document's paragraphs, in order, each made when it is asked for.

    What amounts need of a reading is kept for the next who asks; of a long document that of the
    last reading alone.
    """

    def __init__(self, doc: Doc) -> None:
        self.model = load()
        self.keeps = len(doc.text) <= RECENT
        self.kept: dict[int, Reading] = {}
        self.parts: list[tuple[Pieces, list[Span]]] = []
        for block in blocks(doc.text):
            pieces = split(doc, self.model.tokenizer, block)
            for first, last, cuts in windows(pieces):
                self.parts.append((pieces[first:last], [(a - first, b - first) for a, b in cuts]))
        self.starts = [int(pieces.start[0]) for pieces, _ in self.parts]

    def whole(self, number: int) -> Reading:
        """All that the network says of a run of paragraphs."""
        reading = _read(*self.parts[number], self.model)
        if not self.keeps:
            self.kept.clear()
        self.kept[number] = reading.measuring()
        return reading

    def at(self, place: int) -> Reading | None:
        """What amounts need of the paragraphs around a place; None before all of them."""
        number = bisect_right(self.starts, place) - 1
        if number >= 0 and number not in self.kept:
            self.whole(number)
        return self.kept.get(number)


readings_of = large_view(Readings)


def _read(pieces: Pieces, cuts: list[Span], model: Model) -> Reading:
    """Read windows and keep each piece from the one where it has most on both sides."""
    edges = [0, *((b + a) // 2 for (_, b), (a, _) in itertools.pairwise(cuts)), len(pieces)]
    layers, linked, nobody = [], [], []
    for (begin, end), (left, right) in zip(cuts, itertools.pairwise(edges), strict=True):
        ids = np.concatenate([[START], pieces.ids[begin:end], [STOP]])[None]
        shape = np.concatenate([[0], pieces.shape[begin:end], [0]])[None]
        scores, links = model.session.run(None, {"ids": ids, "shape": shape})
        layers.append(scores[0, left - begin + 1 : right - begin + 1])
        linked.append(links[0, left - begin + 1 : right - begin + 1])
        nobody.append(np.broadcast_to(links[0, 0], linked[-1].shape))
    scores, links, none = (
        some[0] if len(some) == 1 else np.concatenate(some) for some in (layers, linked, nobody)
    )
    vectors, absent, place = {}, {}, 0
    for name, size in VECTORS.items():
        vectors[name] = links[:, place : place + size]
        if name.startswith("ask"):
            vectors[name] = vectors[name] / size**0.5
            answer = none[:, place + size : place + 2 * size]
            absent[name] = (vectors[name] * answer).sum(axis=1)
        place += size
    layers = np.split(scores, [len(LABELS), 2 * len(LABELS)], axis=1)
    return Reading(pieces, *layers, vectors, absent)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """The log probabilities of scores, those of the last axis against one another."""
    scores = scores - scores.max(-1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(-1, keepdims=True))
