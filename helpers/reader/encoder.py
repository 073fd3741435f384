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
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ..text.marks import Quotation, quotations
from ..text.tokens import annotate

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else it keeps a diary in the user's home
import onnxruntime  # reads the line above

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
WINDOW = 254  # word pieces the network sees at once
PART = 144  # word pieces of a longer paragraph that are read as one of its own
OVERLAP = 32  # word pieces that two windows of one long paragraph share
BLOCK = 20_000  # characters handled at once: bounds the memory, whatever the text
RUN = 8  # of one word piece repeated (dot leaders, rules) no more than this is read
START, STOP, COLON = 101, 102, 1024  # [CLS], [SEP], ":"
PARAGRAPH = 8  # shapes from here on open a paragraph
QUOTED = 12  # added to the shape of a piece that stands in quotation marks
SHAPES = 24
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Pieces:
    """Word pieces of a text: vocabulary ids, places in the text, and how each is written."""

    ids: np.ndarray
    start: np.ndarray
    end: np.ndarray
    shape: np.ndarray

    def __getitem__(self, part: slice) -> Pieces:
        return Pieces(self.ids[part], self.start[part], self.end[part], self.shape[part])

    def __len__(self) -> int:
        return len(self.ids)

    @functools.cached_property
    def opens(self) -> np.ndarray:
        """Whether each piece opens a paragraph."""
        return self.shape % QUOTED >= PARAGRAPH


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
        """The same with what tells names and same mentions alone, in a tenth of the memory."""
        none = np.zeros((0, 0))
        same = {name: self.vectors[name].astype(np.float16) for name in ("ask_same", "is_same")}
        absent = {"ask_same": self.absent["ask_same"]}
        return replace(self, tags=none, inner=none, vectors=same, absent=absent)


@dataclass(frozen=True)
class Model:
    """The network, its tokenizer, and the numbers fitted beside it."""

    session: onnxruntime.InferenceSession
    tokenizer: Tokenizer
    numbers: dict


@functools.cache
def load(folder: Path = MODELS) -> Model:
    """Return the model in `folder`, loaded once and run in one thread."""
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


def readings(text: str, model: Model, *, places: Sequence[int] | None = None) -> Iterator[Reading]:
    """Yield the readings of a text's paragraphs in order; offsets count from the text's begin.

    places : offsets in order; only what is read together with one of them is read at all.
    """
    for begin, end in blocks(text):
        if places is not None and bisect_left(places, begin) == bisect_left(places, end):
            continue
        pieces = split(text[begin:end], model.tokenizer)
        for first, last, cuts in windows(pieces):
            if places is not None:
                edges = begin + int(pieces.start[first]), begin + int(pieces.end[last - 1])
                if bisect_left(places, edges[0]) == bisect_left(places, edges[1]):
                    continue
            reading = _read(pieces, first, last, cuts, model)
            there = reading.pieces
            moved = replace(there, start=there.start + begin, end=there.end + begin)
            yield replace(reading, pieces=moved)


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the text in parts of at most `BLOCK` characters, cut at paragraphs where it can be."""
    begin = 0
    while begin < len(text):
        end = min(begin + BLOCK, len(text))
        if end < len(text):
            middle = begin + BLOCK // 2
            cut = max(text.rfind("\n", middle, end), -1)
            cut = cut if cut >= 0 else text.rfind(" ", middle, end)
            end = cut + 1 if cut >= 0 else end
        yield begin, end
        begin = end


def split(text: str, tokenizer: Tokenizer) -> Pieces:
    """Return the word pieces of a text, long repetitions cut to `RUN`, paragraphs to `WINDOW`."""
    encoded = tokenizer.encode(SURROGATE.sub("?", text), add_special_tokens=False)
    ids = np.array(encoded.ids, dtype=np.int64)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    note = annotate(text)
    outer = [q for q in quotations(text, paragraphs=note.paragraphs) if q.depth == 0]
    heads = [start for start, _ in note.paragraphs]
    shape = np.array(shapes(text, encoded.offsets, heads), dtype=np.int64)
    shape[inside(offsets, outer)] += QUOTED
    pieces = Pieces(ids, offsets[:, 0], offsets[:, 1], shape)
    if len(ids) > RUN:
        kept = np.ones(len(ids), dtype=bool)
        same = np.cumsum(np.concatenate([[0], (ids[1:] == ids[:-1]).astype(np.int64)]))
        kept[RUN:] = (same[RUN:] - same[:-RUN] < RUN) | pieces.opens[RUN:]
        pieces = pieces[kept]
    return shortened(pieces, text, outer)


def shapes(text: str, offsets: Sequence[tuple[int, int]], heads: Sequence[int]) -> list[int]:
    """Return how each piece is written: its letter case, plus 4 after a space, 8 at a paragraph."""
    found, last = [], 0
    for index, (start, end) in enumerate(offsets):
        opens = bisect_right(heads, start) > bisect_right(heads, last) if index else True
        space = 2 if opens else 1 if start > last else 0
        within = start > 0 and text[start - 1].isalnum()
        found.append(4 * space + (0 if within else _case(text[start:end])))
        last = end
    return found


def _case(word: str) -> int:
    if word.isupper() and len(word) > 1:
        return 1
    if word[:1].isupper():
        return 2
    return 3 if any(map(str.isdigit, word)) else 0


def inside(offsets: np.ndarray, outer: Sequence[Quotation]) -> np.ndarray:
    """Return whether each piece stands in quotation marks."""
    if not outer:
        return np.zeros(len(offsets), dtype=bool)
    starts, ends = (np.array(side) for side in zip(*((q.start, q.end) for q in outer), strict=True))
    before = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    return (before >= 0) & (offsets[:, 0] < ends[before])


def shortened(pieces: Pieces, text: str, outer: Sequence[Quotation]) -> Pieces:
    """Return the pieces with paragraphs that are too long for the network cut into several.

    Cuts lie between sentences, outside quotation marks: read like paragraphs, the parts cost no
    more than others, and links and labels come out better than from windows that overlap.
    """
    heads = np.flatnonzero(pieces.opens).tolist()
    long = [(a, b) for a, b in itertools.pairwise([*heads, len(pieces)]) if b - a > WINDOW]
    if not long:
        return pieces
    note = annotate(text)
    free = []
    for number in range(len(note.sentences)):
        place = note.sentence_span(number)[0]
        before = bisect_left(outer, place, key=lambda q: q.start) - 1
        if before < 0 or outer[before].end <= place:
            free.append(place)
    begins = np.searchsorted(pieces.start, free).tolist()
    shape = pieces.shape.copy()
    for first, last in long:
        size = (last - first) // -((first - last) // PART)  # of parts about equally long
        while last - first > PART:
            near = bisect_right(begins, first + size) - 1
            cut = next((k for k in begins[max(near, 0) : near + 2] if k > first), last)
            if cut >= last:
                break
            quoted = shape[cut] // QUOTED * QUOTED
            shape[cut] = quoted + PARAGRAPH + shape[cut] % 4
            first = cut
    return replace(pieces, shape=shape)


def windows(pieces: Pieces, *, size: int = WINDOW) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Return runs of whole paragraphs, each with the windows it is read in.

    Short paragraphs are packed into one window of at most `size` pieces; one that is longer than
    `WINDOW`, and so without a place to cut it, is read in windows that overlap.
    """
    heads = np.flatnonzero(pieces.opens).tolist()
    runs: list[tuple[int, int, list[tuple[int, int]]]] = []
    opened = None
    for first, last in itertools.pairwise([*heads, len(pieces)]):
        if opened is not None and last - opened > size:
            runs.append((opened, first, [(opened, first)]))
            opened = None
        if last - first > WINDOW:
            cuts = [(a, a + WINDOW) for a in range(first, last - WINDOW, WINDOW - OVERLAP)]
            runs.append((first, last, [*cuts, (last - WINDOW, last)]))
        elif opened is None:
            opened = first
    if opened is not None:
        runs.append((opened, len(pieces), [(opened, len(pieces))]))
    return runs


def _read(
    pieces: Pieces, first: int, last: int, cuts: list[tuple[int, int]], model: Model
) -> Reading:
    """Read windows and keep each piece from the one where it has most on both sides."""
    edges = [first, *((b + a) // 2 for (_, b), (a, _) in itertools.pairwise(cuts)), last]
    places = list(itertools.accumulate(VECTORS.values(), initial=0))
    labels, vectors, absent = [], {k: [] for k in VECTORS}, {}
    for (begin, end), (left, right) in zip(cuts, itertools.pairwise(edges), strict=True):
        ids = np.concatenate([[START], pieces.ids[begin:end], [STOP]])[None]
        shape = np.concatenate([[0], pieces.shape[begin:end], [0]])[None]
        scores, links = model.session.run(None, {"ids": ids, "shape": shape})
        kept = slice(left - begin + 1, right - begin + 1)
        labels.append(scores[0, kept])
        for (name, size), place in zip(VECTORS.items(), places, strict=False):
            found = links[0, :, place : place + size]
            if name.startswith("ask"):
                asked = found[kept] / size**0.5
                answer = links[0, 0, place + size : place + 2 * size]
                absent.setdefault(name, []).append(asked @ answer)
                vectors[name].append(asked)
            else:
                vectors[name].append(found[kept])
    joined = ({k: np.concatenate(parts) for k, parts in some.items()} for some in (vectors, absent))
    layers = np.split(np.concatenate(labels), [len(LABELS), 2 * len(LABELS)], axis=1)
    return Reading(pieces[first:last], *layers, *joined)
