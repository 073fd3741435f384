"""Joining two engines: direct quotations by their marks, everything else by the trained tagger."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter

from ..names.openings import dateline_end
from ..tokens import annotate
from . import finder
from .attribution import Attribution, Span
from .marks import Quotation, quotations
from .reported import VIEWS
from .tagger import tag
from .turns import NO_LABELS

MOST_QUOTED = 0.85  # a content with more of its letters in quotation marks is direct
SAME = 0.5  # of the longer content, so that two findings are one
SURE_ALONE = 0.45  # the confidence a finding of the tagger needs when the rules do not share it
TOPIC = re.compile(  # of these what they are about is told, not what was said: "discussed trade"
    r"\b(?:discuss|debat|address|consider|touch|tackl|explor|dwell|elaborat)(?:e|es|s|ed|ing)?\b",
    re.I)
NO_STATEMENT = re.compile(  # "nobody mentioned him", "she declined to comment"
    r"(?:it|him|her|them|me|us|this|that|these|those|which|whom?|one|(?:to )?comment)\Z", re.I)
NO_SOURCES = frozenset({"the", "a", "an", "there", "most recently", "let"})
CLAUSE = re.compile(r"(?:that|whether|if|how|what|why|who|when|where)\b", re.I)
CUE_EDGES, SOURCE_EDGES = ",:;-–—― ", ",:; "
OPENING, CLOSING = "“”\"«»„‘’'` ,", "“”\"«»‘’'` "  # round direct content, commas of pieces too
Places = list[tuple[int, int, int]]  # start, end, number of the attribution


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


def joined(
    text: str, rules: Sequence[Attribution], tagged: Iterable[Attribution]
) -> list[Attribution]:
    """One list from two: the rules' direct quotations and reports within quotations, and what the
    tagger finds outside quotation marks.

    A direct quotation takes the cue and the source that the tagger has for the same words, where
    it has both; one that only the tagger has is kept.  What the tagger is not sure of counts where
    the rules found the same words.  Kinds are read off the marks.

    >>> joined("He left.", [], [])
    []
    """
    note = annotate(text)
    outer = [q for q in quotations(text, paragraphs=note.paragraphs) if q.depth == 0]
    inner = {q.inner for q in outer}
    rules = [replace(a, kind="direct") if inner.issuperset(a.content) else a for a in rules]
    direct = [a for a in rules if a.kind == "direct"]
    spoken = _places(direct)  # a transcript's turns have no marks
    reach = [0, *accumulate((end for _, end, _ in spoken), max)]
    kept = direct + [
        a for a in rules
        if a.kind != "direct" and (_quoted(a.content, outer) > MOST_QUOTED or all(
            end <= reach[bisect_right(spoken, start, key=itemgetter(0))]
            for start, end in a.content))]
    places, by_rules = _places(kept), _places(rules)
    by_cue = {a.cue: k for k, a in enumerate(kept) if a.cue}
    cues = {span for a in kept for span in a.cue}
    begun = {start for start, _, _ in places}
    for found in tagged:
        content, cue = tuple(found.content), _trimmed(text, found.cue, left=CUE_EDGES)
        source = _trimmed(text, found.source, left=SOURCE_EDGES)
        if not content:
            continue
        if _is_nobody(text, source, cue):
            inner = _overlapping(content, by_rules, rules)
            kept += [rules[inner]] if inner is not None and rules[inner] not in kept else []
            continue
        share = _quoted(content, outer)
        kind = "direct" if share > MOST_QUOTED else "mixed" if share else "indirect"
        agreed = _overlapping(content, by_rules, rules) is not None
        if not agreed and found.confidence < SURE_ALONE or kind == "indirect" and not _states(
                text, content, cue):
            continue
        if kind == "indirect" and not cue and _overlapping(content, places, kept) is not None:
            continue  # a sentence of a transcript's turn
        if kind == "mixed" and not cues.isdisjoint(cue):
            continue  # one cue, one statement: its quotation is there already
        same = _overlapping(content, places, kept, whole=kind != "direct")
        if kind == "direct":
            split, pieces = by_cue.get(cue), _whole(content, outer)
            if (split is not None and len(pieces) > len(kept[split].content)
                    and "\n" not in text[pieces[0][0] : pieces[-1][1]]):
                # “We came,” Ann Lee told us on Monday, “but saw nothing.”
                kept[split] = replace(kept[split], content=pieces)
                same = split
        if same is None:
            if kind == "direct":
                content = _trimmed(text, content, left=OPENING, right=CLOSING) or content
                if content[0][0] in begun:
                    continue  # “We came, Ann Lee said: the rules know better where it ends
            else:
                content = _closed(text, _undated(text, content))
            kept.append(Attribution(content, cue, source, kind, found.confidence))
        elif (kept[same].cue or kept[same].source) and _inside(cue, kept[same].content):
            continue  # told within what is said, as in the turns of a transcript
        elif kind == "direct" and (cue and source or not (kept[same].cue or kept[same].source)):
            kept[same] = replace(kept[same], cue=cue, source=source, confidence=found.confidence)
    for report in rules:  # "In his words, …", which the tagger does not know
        if report.cue and text[slice(*report.cue[0])] in VIEWS and _overlapping(
                report.content, _places(kept), kept) is None:
            share = _quoted(report.content, outer)
            kept.append(replace(report, kind="mixed" if share else "indirect"))
    return sorted(_one_each(kept), key=lambda a: (a.start, -a.end, a.cue))


def _inside(cue: Sequence[Span], content: Sequence[Span]) -> bool:
    return any(a <= start < b for a, b in content for start, _ in cue)


def _is_nobody(text: str, source: tuple[Span, ...], cue: tuple[Span, ...]) -> bool:
    """Is a source none: "the" alone, or a heading such as "Outlook:" without a cue?"""
    words = " ".join(text[start:end] for start, end in source).lower()
    headed = bool(source) and not cue and text[source[-1][1] : source[-1][1] + 1] == ":"
    return words in NO_SOURCES or headed and words in NO_LABELS


def _one_each(kept: list[Attribution]) -> list[Attribution]:
    """No quotation twice: where two direct attributions have a piece in common, the surer one."""
    owner: dict[Span, int] = {}
    for k in sorted(range(len(kept)), key=lambda k: -kept[k].confidence):
        for piece in kept[k].content if kept[k].kind == "direct" else ():
            owner.setdefault(piece, k)
    return [a for k, a in enumerate(kept)
            if a.kind != "direct" or all(owner[piece] == k for piece in a.content)]


def _states(text: str, content: tuple[Span, ...], cue: tuple[Span, ...]) -> bool:
    """Does a report tell what was said, and not only about whom or what?"""
    written = text[content[0][0] : content[-1][1]]
    about = any(TOPIC.search(text, *span) for span in cue) and not CLAUSE.match(written)
    return not (about or NO_STATEMENT.match(written))


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
    if text[max(0, start - 1) : start] in ("", "\n"):
        start = dateline_end(text, start)
    return ((start, end), *content[1:]) if start < end else content[1:] or content


def _closed(text: str, content: tuple[Span, ...]) -> tuple[Span, ...]:
    """Content without a mark at its end that nothing opened: We came at dawn,” she said."""
    closed = []
    for start, end in content:
        written = text[start:end]
        for opening, closing in (("“", "”"), ('"', '"'), ("«", "»")):
            opened = written.count(opening)
            if written.endswith(closing) and (opened % 2 if opening == closing else
                                              written.count(closing) > opened):
                end -= 1
        closed.append((start, end))
    return tuple(closed)


def _places(found: Sequence[Attribution]) -> Places:
    """Every piece of content in order, with the number of its attribution."""
    return sorted((a, b, k) for k, one in enumerate(found) for a, b in one.content)


def _whole(content: Sequence[Span], outer: list[Quotation]) -> tuple[Span, ...]:
    """The quotations, without their marks, that a content has its pieces in."""
    at = (bisect_right(outer, (a + b) // 2, key=lambda q: q.start) - 1 for a, b in content)
    return tuple(sorted({outer[k].inner for k in at if k >= 0}))


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
