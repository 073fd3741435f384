"""Joining two engines: direct quotations by their marks, everything else by the trained tagger."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from ..tokens import Annotated, annotate
from . import finder
from .attribution import Attribution, Span
from .lexicon import nominal_forms, verb_forms
from .marks import Quotation, quotations
from .tagger import tag

MOST_QUOTED = 0.85  # a content with more of its letters in quotation marks is direct
SAME = 0.5  # of the longer content, so that two findings are one
SURE_ALONE = 0.4  # the confidence that a finding of the tagger needs when the rules do not share it
SUBORDINATORS = frozenset("that whether if how what why who when where which to".split())
NOUNS, VERBS = frozenset(["NOUN", "PROPN", "PRON", "NUM"]), frozenset(["VERB", "AUX"])
WORD = re.compile(r"\w+")
DATELINE = re.compile(  # "PORT SALINE (AP) — ", "LAGOS, 3 June – "
    r"[A-Z]{3}[A-Z .'’-]{0,40}(?:[,(][^—–\n]{0,40})?\s*(?:—|–|--)\s*")
CUE_EDGES, SOURCE_EDGES = ",:;— ", ",:; "
OPENING, CLOSING = "“”\"«»„‘’'` ,", "“”\"«»‘’'` "  # round direct content, commas of pieces too
Places = list[tuple[int, int, int]]  # start, end, number of the attribution


class Tagged(Protocol):
    """What a tagger gives: spans of one attribution and its confidence."""

    content: Sequence[Span]
    cue: Sequence[Span]
    source: Sequence[Span]
    confidence: float


def attributions(text: str) -> list[Attribution]:
    """Every reported statement of a text with its cue and source, in order.

    >>> [(a.kind, text[slice(*a.source[0])]) for text in ['"It works," said Ms. Ode.']
    ...  for a in attributions(text)]
    [('direct', 'Ms. Ode')]
    """
    return list(_attributions(text))


@lru_cache(maxsize=128)
def _attributions(text: str) -> tuple[Attribution, ...]:
    """Remembered, since the figures table asks for the same quotes again."""
    return tuple(joined(text, finder.attributions(text), tag(text)))


def joined(text: str, rules: Sequence[Attribution], tagged: Iterable[Tagged]) -> list[Attribution]:
    """One list from two: the rules' direct quotations and reports within quotations, and what the
    tagger finds outside quotation marks.

    A direct quotation takes the cue and the source that the tagger has for the same words, where
    it has both; one that only the tagger has is kept.  What the tagger is not sure of counts where
    the rules found the same words, and a report without a clause ("they discussed trade") where
    the cue is a word of saying that takes an object.  Kinds are read off the marks.

    >>> joined("He left.", [], [])
    []
    """
    note = annotate(text)
    outer = [q for q in quotations(text, paragraphs=note.paragraphs) if q.depth == 0]
    kept = [a for a in rules if a.kind == "direct" or _quoted(a.content, outer) > MOST_QUOTED]
    places, by_rules = _places(kept), _places(rules)
    cues = {span for a in kept for span in a.cue}
    for found in tagged:
        content, cue = tuple(found.content), _trimmed(text, found.cue, left=CUE_EDGES)
        source = _trimmed(text, found.source, left=SOURCE_EDGES)
        if not content:
            continue
        share = _quoted(content, outer)
        kind = "direct" if share > MOST_QUOTED else "mixed" if share else "indirect"
        agreed = _overlapping(content, by_rules, rules) is not None
        if not agreed and (found.confidence < SURE_ALONE or kind == "indirect" and cue and not (
                _is_clause(note, content[0]) or _takes_object(text, cue))):
            continue
        if kind == "mixed" and not cues.isdisjoint(cue):
            continue  # one cue, one statement: its quotation is there already
        same = _overlapping(content, places, kept, whole=kind != "direct")
        if same is None:
            content = (_trimmed(text, content, left=OPENING, right=CLOSING) or content
                       if kind == "direct" else _undated(text, content))
            kept.append(Attribution(content, cue, source, kind, found.confidence))
        elif kind == "direct" and (cue and source or not (kept[same].cue or kept[same].source)):
            kept[same] = replace(kept[same], cue=cue, source=source, confidence=found.confidence)
    return sorted(kept, key=lambda a: (a.start, -a.end, a.cue))


def _is_clause(note: Annotated, content: Span) -> bool:
    """Does a subordinator open it, or a subject come before a verb that can be finite?

    Two words are no report: "she declined to comment".
    """
    first, after = (bisect_left(note.starts, place) for place in content)
    subject = False
    if after - first < 3:
        return False
    for k in range(first, after):
        word, tag_ = note.words[k].lower(), note.pos[k]
        if k == first and word in SUBORDINATORS:
            return True
        if subject and tag_ in VERBS and not word.endswith("ing"):
            reduced = word.endswith("ed") and k + 1 < after and note.pos[k + 1] == "ADP"
            if not reduced:  # "the issues related to trade" has no finite verb
                return True
        subject = subject or tag_ in NOUNS
    return False


def _takes_object(text: str, cue: Sequence[Span]) -> bool:
    """Is there a word of saying among the cue's whose object is what was said?"""
    words = [word.lower() for a, b in cue for word in WORD.findall(text[a:b])]
    return any(word == "according" or word in nominal_forms()
               or any("n" in entry.frames for entry, _ in verb_forms().get(word, ()))
               for word in words)


def _trimmed(text: str, spans: Sequence[Span], *, left: str, right: str = "") -> tuple[Span, ...]:
    """Spans without the marks at their ends; at the right the same as at the left if none given."""
    trimmed = []
    for start, end in spans:
        written = text[start:end]
        start += len(written) - len(written.lstrip(left))
        end -= len(written) - len(written.rstrip(right or left))
        if start < end:
            trimmed.append((start, end))
    return tuple(trimmed)


def _undated(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Content without the dateline before it."""
    start, end = content[0]
    dateline = DATELINE.match(text, start, min(end, start + 120))
    if dateline and (start == 0 or text[start - 1] == "\n"):
        start = dateline.end()
    return ((start, end), *content[1:]) if start < end else content


def _places(found: Sequence[Attribution]) -> Places:
    """Every piece of content in order, with the number of its attribution."""
    return sorted((a, b, k) for k, one in enumerate(found) for a, b in one.content)


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
    content: Sequence[Span], places: Places, kept: Sequence[Attribution], *, whole: bool = False
) -> int | None:
    """The number of the attribution with most of the same words; `whole`: not of one within it."""
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
    within = not whole and shared[best] >= SAME * sum(b - a for a, b in content)
    return best if within or shared[best] >= SAME * size else None
