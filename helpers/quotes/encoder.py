"""Reads text with the quotation model: word pieces in, scores for labels and links out.

The encoder (all-MiniLM-L6-v2, fine-tuned, int8) gives every word piece a score for each label of
`LABELS` and four short vectors that say which cue it belongs to and which source a cue has.
`helpers.training.quotes` makes the files in `helpers/models` again.
"""

from __future__ import annotations

import functools
import itertools
import json
import os
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ..tokens import annotate
from .marks import quotations

os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else it keeps a diary in the user's home
import onnxruntime  # reads the line above

MODELS = Path(__file__).parents[1] / "models"
ROLES = ("Cue", "Source<", "Source>", "Source-", "Content<", "Content>", "Content-")
"""`<`: the cue lies to the left, `>`: to the right, `-`: there is none."""
LABELS = ("O", *(f"{prefix}-{role}" for role in ROLES for prefix in "BI"))
WINDOW = 254  # word pieces the encoder sees at once
PART = 144  # word pieces of a longer paragraph that are read as one of its own
OVERLAP = 32  # word pieces that two windows of one long paragraph share
BLOCK = 20_000  # characters handled at once: bounds the memory, whatever the text
RUN = 8  # of one word piece repeated (dot leaders, rules) no more than this is read
START, STOP = 101, 102  # [CLS], [SEP]
PARAGRAPH = 8  # shapes from here on open a paragraph
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


@dataclass(frozen=True)
class Reading:
    """Paragraphs as the encoder read them.

    `tags` (n, labels) are scores; `ask_cue, is_cue, ask_source, is_source` (n, size) are vectors
    whose products score links; `no_cue, no_source` (n,) score the absence of one.
    """

    pieces: Pieces
    tags: np.ndarray
    ask_cue: np.ndarray
    is_cue: np.ndarray
    ask_source: np.ndarray
    is_source: np.ndarray
    no_cue: np.ndarray
    no_source: np.ndarray


@dataclass(frozen=True)
class Model:
    """The encoder, its tokenizer, and the numbers fitted beside it."""

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
        str(folder / "quotes.onnx"),
        options,
        providers=["CPUExecutionProvider"],
        disabled_optimizers=["SkipLayerNormFusion"],  # fused it is slower: 7 %
    )
    tokenizer = Tokenizer.from_file(str(folder / "quotes.tokenizer.json"))
    numbers = json.loads((folder / "quotes.json").read_text(encoding="utf-8"))
    return Model(session, tokenizer, numbers)


def readings(text: str, model: Model, *, size: int = WINDOW) -> Iterator[tuple[int, list[Reading]]]:
    """Yield each block of the text as its offset and the readings of its paragraphs, in order."""
    for begin, end in blocks(text):
        pieces = shortened(split(text[begin:end], model.tokenizer), text[begin:end])
        runs = windows(pieces.shape, size=size)
        yield begin, [_read(pieces, first, last, cuts, model) for first, last, cuts in runs]


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
    """Return the word pieces of a text, long repetitions cut to `RUN`."""
    encoded = tokenizer.encode(SURROGATE.sub("?", text), add_special_tokens=False)
    ids = np.array(encoded.ids, dtype=np.int64)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2)
    shape = np.array(shapes(text, encoded.offsets), dtype=np.int64)
    pieces = Pieces(ids, offsets[:, 0], offsets[:, 1], shape)
    if len(ids) <= RUN:
        return pieces
    kept = np.ones(len(ids), dtype=bool)
    same = np.cumsum(np.concatenate([[0], (ids[1:] == ids[:-1]).astype(np.int64)]))
    kept[RUN:] = (same[RUN:] - same[:-RUN] < RUN) | (shape[RUN:] >= PARAGRAPH)
    return pieces[kept]


def shapes(text: str, offsets: list[tuple[int, int]]) -> list[int]:
    """Return how each piece is written: its letter case, plus 4 after a space, 8 after a line."""
    found, last = [], 0
    for index, (start, end) in enumerate(offsets):
        gap = text[last:start]
        space = 2 if index == 0 or "\n" in gap else 1 if gap else 0
        inside = start > 0 and text[start - 1].isalnum()
        found.append(4 * space + (0 if inside else _case(text[start:end])))
        last = end
    return found


def _case(word: str) -> int:
    if word.isupper() and len(word) > 1:
        return 1
    if word[:1].isupper():
        return 2
    return 3 if any(map(str.isdigit, word)) else 0


def shortened(pieces: Pieces, text: str) -> Pieces:
    """Return the pieces with paragraphs that are too long for the encoder cut into several.

    Cuts lie between sentences, outside quotation marks: read like paragraphs, the parts cost no
    more than others, and links and labels come out better than from windows that overlap.
    """
    heads = np.flatnonzero(pieces.shape >= PARAGRAPH).tolist()
    long = [(a, b) for a, b in itertools.pairwise([*heads, len(pieces)]) if b - a > WINDOW]
    if not long:
        return pieces
    note = annotate(text)
    outer = [q for q in quotations(text, paragraphs=note.paragraphs) if q.depth == 0]
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
            shape[cut] = PARAGRAPH + shape[cut] % 4
            first = cut
    return replace(pieces, shape=shape)


def windows(
    shape: np.ndarray, *, size: int = WINDOW
) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Return runs of whole paragraphs, each with the windows it is read in.

    Short paragraphs are packed into one window of at most `size` pieces; one that is longer than
    `WINDOW`, and so without a place to cut it, is read in windows that overlap.
    """
    heads = np.flatnonzero(np.asarray(shape) >= PARAGRAPH).tolist()
    runs: list[tuple[int, int, list[tuple[int, int]]]] = []
    opened = None
    for first, last in itertools.pairwise([*heads, len(shape)]):
        if opened is not None and last - opened > size:
            runs.append((opened, first, [(opened, first)]))
            opened = None
        if last - first > WINDOW:
            cuts = [(a, a + WINDOW) for a in range(first, last - WINDOW, WINDOW - OVERLAP)]
            runs.append((first, last, [*cuts, (last - WINDOW, last)]))
        elif opened is None:
            opened = first
    if opened is not None:
        runs.append((opened, len(shape), [(opened, len(shape))]))
    return runs


def _read(
    pieces: Pieces, first: int, last: int, cuts: list[tuple[int, int]], model: Model
) -> Reading:
    """Read windows and keep each piece from the one where it has most on both sides."""
    edges = [first, *((b + a) // 2 for (_, b), (a, _) in itertools.pairwise(cuts)), last]
    parts = []
    for (begin, end), (left, right) in zip(cuts, itertools.pairwise(edges), strict=True):
        ids = np.concatenate([[START], pieces.ids[begin:end], [STOP]])[None]
        shape = np.concatenate([[0], pieces.shape[begin:end], [0]])[None]
        tags, links = model.session.run(None, {"ids": ids, "shape": shape})
        ask_cue, is_cue, ask_source, is_source = np.split(links[0], 4, axis=1)
        scale = ask_cue.shape[1] ** 0.5
        inner = slice(left - begin + 1, right - begin + 1)
        ask_cue, ask_source = ask_cue[inner] / scale, ask_source[inner] / scale
        absent = ask_cue @ is_cue[0], ask_source @ is_source[0]
        vectors = (ask_cue, is_cue[inner], ask_source, is_source[inner], *absent)
        parts.append((tags[0, inner], *vectors))
    joined = (np.concatenate(part) for part in zip(*parts, strict=True))
    return Reading(pieces[first:last], *joined)
