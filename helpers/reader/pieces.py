"""Word pieces: a document cut into what the network reads, with where and how each is written."""

from __future__ import annotations

import functools
import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from tokenizers import Tokenizer

from ..text import Doc, doc_of, quotations, split_sentences, view
from .attribution import Span

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


def blocks(text: str) -> Iterator[Span]:
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


def split(doc: Doc | str, tokenizer: Tokenizer, block: Span | None = None) -> Pieces:
    """Return the word pieces of a document or of a block of it, with their places in the document.

    Long repetitions are cut to `RUN` pieces, paragraphs to `WINDOW`.
    """
    doc = doc_of(doc) if isinstance(doc, str) else doc
    begin, end = block or (0, len(doc.text))
    text = SURROGATE.sub("?", doc.text[begin:end])
    encoded = tokenizer.encode(text, add_special_tokens=False)
    ids = np.array(encoded.ids, dtype=np.int64)
    offsets = np.array(encoded.offsets, dtype=np.int64).reshape(-1, 2) + begin
    quoted = touching(_quoted(doc), begin, end)
    heads = [start for start, _ in touching(doc.paragraphs, begin, end)]
    shape = np.array(shapes(doc.text, offsets.tolist(), heads), dtype=np.int64)
    shape[inside(offsets, quoted)] += QUOTED
    pieces = Pieces(ids, offsets[:, 0], offsets[:, 1], shape)
    if len(ids) > RUN:
        kept = np.ones(len(ids), dtype=bool)
        same = np.cumsum(np.concatenate([[0], (ids[1:] == ids[:-1]).astype(np.int64)]))
        kept[RUN:] = (same[RUN:] - same[:-RUN] < RUN) | pieces.opens[RUN:]
        pieces = pieces[kept]
    return shortened(pieces, doc, (begin, end))


@view
def _quoted(doc: Doc) -> list[Span]:
    return [(q.start, q.end) for q in quotations(doc) if q.depth == 0]


def touching(spans: Sequence[Span], begin: int, end: int) -> Sequence[Span]:
    """Return those of some spans, apart and in order, that have a part between two places."""
    first = bisect_right(spans, begin, key=lambda span: span[1])
    return spans[first : bisect_left(spans, end, key=lambda span: span[0])]


def shapes(text: str, offsets: Sequence[Span], heads: Sequence[int]) -> list[int]:
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


def inside(offsets: np.ndarray, quoted: Sequence[Span]) -> np.ndarray:
    """Return whether each piece stands in quotation marks."""
    if not quoted:
        return np.zeros(len(offsets), dtype=bool)
    starts, ends = np.array(quoted).T
    before = np.searchsorted(starts, offsets[:, 0], side="right") - 1
    return (before >= 0) & (offsets[:, 0] < ends[before])


def shortened(pieces: Pieces, doc: Doc, block: Span) -> Pieces:
    """Return the pieces with paragraphs that are too long for the network cut into several.

    Cuts lie between sentences, outside quotation marks: read like paragraphs, the parts cost no
    more than others, and links and labels come out better than from windows that overlap.
    """
    heads = np.flatnonzero(pieces.opens).tolist()
    long = [(a, b) for a, b in itertools.pairwise([*heads, len(pieces)]) if b - a > WINDOW]
    if not long:
        return pieces
    quoted = _quoted(doc)
    free = []
    for place, _ in touching(split_sentences(doc), *block):
        before = bisect_left(quoted, place, key=lambda span: span[0]) - 1
        if before < 0 or quoted[before][1] <= place:
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


def windows(pieces: Pieces, *, size: int = WINDOW) -> list[tuple[int, int, list[Span]]]:
    """Return runs of whole paragraphs, each with the windows it is read in.

    Short paragraphs are packed into one window of at most `size` pieces; one that is longer than
    `WINDOW`, and so without a place to cut it, is read in windows that overlap.
    """
    heads = np.flatnonzero(pieces.opens).tolist()
    runs: list[tuple[int, int, list[Span]]] = []
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
