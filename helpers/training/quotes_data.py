"""Makes training examples for the quotation model from a PolNeAR folder.

A folder holds `text/*.txt` and `attributions/<document>_<annotator>.ann` (brat standoff); where a
document has several annotators, the first by name is taken.
"""

from __future__ import annotations

import bisect
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from ..quotes.attribution import Attribution, Span
from ..quotes.encoder import LABELS, WINDOW, Pieces, split, windows
from .quotes_styles import rewrite

INDEX = {label: index for index, label in enumerate(LABELS)}
UNASKED = -100  # a place where no answer is learned
REWRITTEN = 0.28  # share of documents shown in another house style
PACKED = (254, 254, 254, 200, 120, 40)  # pieces that paragraphs are packed to, drawn by document
SPAN = re.compile(r"(T\d+)\t(Source|Cue|Content) ([\d ;]+)(?:\t|$)")
EVENT = re.compile(r"E\d+\t(.+)")


@dataclass(frozen=True)
class Example:
    """A window of word pieces with what is to be learned of each.

    `cue`: place of the cue of a content or source (counted from 1, 0 for none); `source`: at the
    first piece of a cue, place of the first piece of its source.
    """

    ids: np.ndarray
    shape: np.ndarray
    label: np.ndarray
    cue: np.ndarray
    source: np.ndarray

    def __len__(self) -> int:
        return len(self.ids)


def read_polnear(folder: Path) -> Iterator[tuple[str, str, list[Attribution]]]:
    """Yield name, text and attributions of each annotated document, by name."""
    files: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        files.setdefault(path.stem.rpartition("_")[0], path)
    for name, path in sorted(files.items()):
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        yield name, text, read_brat(path.read_bytes().decode("utf-8"))


def read_brat(annotation: str) -> list[Attribution]:
    """Return the attributions of a brat file that have a content, in order of position."""
    spans: dict[str, list[Span]] = {}
    events = []
    for line in annotation.split("\n"):
        if match := SPAN.match(line):
            places = [tuple(map(int, piece.split())) for piece in match[3].split(";")]
            spans[match[1]] = [(a, b) for a, b in places]
        elif match := EVENT.match(line):
            events.append([argument.split(":") for argument in match[1].split()])
    found = []
    for event in events:
        roles: dict[str, list[Span]] = {"Content": [], "Cue": [], "Source": []}
        for role, name in event:
            roles.setdefault(role.rstrip("0123456789"), []).extend(spans.get(name, []))
        content, cue, source = (tuple(sorted(roles[r])) for r in ("Content", "Cue", "Source"))
        if content:
            found.append(Attribution(content, cue, source))
    return sorted(found, key=lambda a: a.content)


def examples(
    text: str, attributions: list[Attribution], tokenizer: Tokenizer, *, size: int = WINDOW
) -> list[Example]:
    """Return the windows of a document, paragraphs packed to `size` pieces, with their answers."""
    pieces = split(text, tokenizer)
    label, cue, source = answers(pieces, attributions)
    found = []
    for _, _, cuts in windows(pieces.shape, size=size):
        for a, b in cuts:
            here = [_inside(places[a:b], a, b) for places in (cue, source)]
            found.append(Example(pieces.ids[a:b], pieces.shape[a:b], label[a:b], *here))
    return found


def _inside(places: np.ndarray, first: int, last: int) -> np.ndarray:
    """Return places counted from a window's first piece; those outside it are not asked for."""
    reachable = (places > first) & (places <= last)
    return np.where(places <= 0, places, np.where(reachable, places - first, UNASKED))


def answers(
    pieces: Pieces, attributions: list[Attribution]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return label, place of the cue and place of the source for each word piece.

    Of attributions inside one another the inner one is learned; a source that two cues share
    belongs to the nearer one, and each of the cues points to it.
    """
    starts, ends = pieces.start.tolist(), pieces.end.tolist()

    def inner(span: Span) -> range:
        first = last = bisect.bisect_left(starts, span[0])
        while last < len(ends) and ends[last] <= span[1]:
            last += 1
        return range(first, last)

    label = np.zeros(len(pieces), dtype=np.int64)
    cue_of, source_of = np.full(len(pieces), UNASKED), np.full(len(pieces), UNASKED)
    jobs: list[tuple[Span, str, int]] = []
    sources: dict[Span, tuple[int, str, int]] = {}
    for one in attributions:
        cue = one.cue[0] if one.cue else None
        head = inner(cue)[0] + 1 if cue and inner(cue) else 0
        jobs += [(span, "Content" + _side(span, cue), head) for span in one.content]
        jobs += [(span, "Cue", UNASKED) for span in one.cue]
        for span in one.source:
            offer = (_gap(span, cue), _side(span, cue), head)
            sources[span] = min(sources.get(span, offer), offer, key=lambda o: o[0])
        if cue and head:
            near = sorted((s for s in one.source if inner(s)), key=lambda s: _gap(s, cue))
            source_of[head - 1] = inner(near[0])[0] + 1 if near else 0
    jobs += [(span, "Source" + side, head) for span, (_, side, head) in sources.items()]
    for span, role, head in sorted(jobs, key=lambda job: (job[0][0], -job[0][1])):
        for count, place in enumerate(inner(span)):
            label[place] = INDEX[("I-" if count else "B-") + role]
            cue_of[place] = head
    for place, one in enumerate(label):  # what an inner attribution broke off begins anew
        if one and one % 2 == 0 and (place == 0 or label[place - 1] not in (one, one - 1)):
            label[place] = one - 1
    return label, cue_of, source_of


def _side(span: Span, cue: Span | None) -> str:
    return "-" if cue is None else ">" if cue[0] >= span[1] else "<"


def _gap(span: Span, cue: Span | None) -> int:
    return 10**9 if cue is None else max(cue[0] - span[1], span[0] - cue[1], 0)


def batches(
    documents: list[tuple[str, str, list[Attribution]]],
    tokenizer: Tokenizer,
    *,
    seed: int,
    pieces: int = 16 * WINDOW,
) -> list[list[Example]]:
    """Return an epoch: documents, some in another style, in shuffled batches of like lengths."""
    chance = random.Random(seed)
    items: list[Example] = []
    for _, text, attributions in documents:
        spans = [{"content": a.content, "cue": a.cue, "source": a.source} for a in attributions]
        if chance.random() < REWRITTEN:
            text, spans = rewrite(text, spans, chance)
        moved = [Attribution(**span) for span in spans]
        items += examples(text, moved, tokenizer, size=chance.choice(PACKED))
    chance.shuffle(items)
    items.sort(key=lambda item: len(item) + 12 * chance.random())
    found: list[list[Example]] = [[]]
    for item in items:
        if len(found[-1]) == 16 or (len(found[-1]) + 1) * len(item) > pieces:
            found.append([])
        found[-1].append(item)
    chance.shuffle(found)
    return [batch for batch in found if batch]
