"""Joining two engines: direct quotations by their marks, everything else by another finder."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from ..tokens import annotate
from .attribution import Attribution, Span
from .marks import Quotation, quotations

MOST_QUOTED = 0.85  # a content with more of its letters in quotation marks is direct
SAME = 0.5  # of the longer content, so that two findings are one


class Tagged(Protocol):
    """What a tagger gives: spans of one attribution and its confidence."""

    content: Sequence[Span]
    cue: Sequence[Span]
    source: Sequence[Span]
    confidence: float


def joined(text: str, rules: Sequence[Attribution], tagged: Iterable[Tagged]) -> list[Attribution]:
    """One list from two: the rules' direct quotations and reports within quotations, and what the
    tagger finds outside quotation marks.

    A direct quotation without cue and source takes those the tagger has for the same words; one
    that only the tagger has is kept.  Kinds are read off the marks.

    >>> joined("He left.", [], [])
    []
    """
    note = annotate(text)
    outer = [q for q in quotations(text, paragraphs=note.paragraphs) if q.depth == 0]
    kept = [a for a in rules if a.kind == "direct" or _quoted(a.content, outer) > MOST_QUOTED]
    places = sorted((a, b, k) for k, found in enumerate(kept) for a, b in found.content)
    for found in tagged:
        content = tuple(found.content)
        if not content:
            continue
        share = _quoted(content, outer)
        same = _overlapping(content, places, kept) if share > MOST_QUOTED else None
        if same is not None:
            if not kept[same].cue and not kept[same].source:
                kept[same] = replace(
                    kept[same],
                    cue=tuple(found.cue),
                    source=tuple(found.source),
                    confidence=found.confidence,
                )
            continue
        kind = "direct" if share > MOST_QUOTED else "mixed" if share else "indirect"
        if kind == "direct":
            content = _bare(text, content)
        kept.append(
            Attribution(content, tuple(found.cue), tuple(found.source), kind, found.confidence)
        )
    return sorted(kept, key=lambda a: (a.start, -a.end, a.cue))


def _quoted(content: Sequence[Span], outer: list[Quotation]) -> float:
    """The share of a content that lies in quotation marks."""
    inside = total = 0
    for start, end in content:
        total += end - start
        k = max(0, bisect_right(outer, start, key=lambda q: q.start) - 1)
        while k < len(outer) and outer[k].start < end:
            inside += max(0, min(end, outer[k].end) - max(start, outer[k].start))
            k += 1
    return inside / total if total else 0.0


def _overlapping(
    content: Sequence[Span], places: list[tuple[int, int, int]], kept: list[Attribution]
) -> int | None:
    """The kept attribution with most of the same words."""
    shared: dict[int, int] = {}
    for start, end in content:
        k = max(0, bisect_right(places, (start, end, len(kept))) - 3)
        while k < len(places) and places[k][0] < end:
            common = min(end, places[k][1]) - max(start, places[k][0])
            if common > 0:
                shared[places[k][2]] = shared.get(places[k][2], 0) + common
            k += 1
    if not shared:
        return None
    best = max(shared, key=lambda k: (shared[k], -k))
    size = max(sum(b - a for a, b in content), sum(b - a for a, b in kept[best].content))
    within = shared[best] >= SAME * sum(b - a for a, b in content)
    return best if within or shared[best] >= SAME * size else None


def _bare(text: str, content: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without outer quotation marks, spaces and commas between."""
    bare = []
    for start, end in content:
        while start < end and text[start] in "“”\"«»„‘’'` ,":
            start += 1
        while end > start and text[end - 1] in "“”\"«»‘’'` ":
            end -= 1
        if start < end:
            bare.append((start, end))
    return tuple(bare) or tuple(content)
