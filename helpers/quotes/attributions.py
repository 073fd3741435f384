"""Attributions of a text: what the reader found, put right by quotation marks and labels."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ..reader import Attribution, Found, Reader, Span, read_statements
from ..text import Doc, Quotation, dateline_end, doc_of, quotations
from .confidence import likely
from .constructions import cited, side_by_side, signed, unaddressed
from .turns import Turn, turns_of

LEAST = 0.4  # the chance of being a statement that a finding needs
HALF = 0.5  # of a quotation: who reports that much of it reports it whole
EDGES = ',:;-–—―. \t\n\xa0“”"«»`'  # round sources and cues
OPENING, CLOSING = "“”\"«»„‘’'` \t\n,;:-–—―", "“”\"«»‘’'`, \t\n-–—―"
NOTHING = re.compile(
    r"(?:it|him|her|them|me|us|this|that|so|no\s?one|nobody|nothing|(?:to\s+)?comment)", re.I
)  # is told
STOP = re.compile(r"[.!?…][\"”’']?(?=\s|$)")
WORD = re.compile(r"\w+")
BETWEEN = 6  # words that may stand between two pieces of one quotation, beside cue and source


def read_attributions(text: str, reader: Reader = read_statements) -> Found:
    """Every reported statement of a text, in order, and the readings that tell its speaker.

    >>> [(a.kind, text[slice(*a.source[0])]) for text in ['"It works," said Ms. Ode.']
    ...  for a in read_attributions(text)[0]]
    [('direct', 'Ms. Ode')]
    """
    found, readings = every(text, reader)
    return [one for one in found if likely(one) >= LEAST], readings


def every(text: str, reader: Reader = read_statements) -> Found:
    """All that the reader found, however unlikely."""
    doc = doc_of(text)
    found, readings = reader(doc)
    return finished(doc, quotations(doc), turns_of(doc), found), readings


def finished(
    doc: Doc, marked: Sequence[Quotation], turns: Sequence[Turn], found: Sequence[Attribution]
) -> list[Attribution]:
    """Statements as the reader found them, with whole quotations, turns and kinds.

    A quotation that is reported by half or more is reported whole; a turn is its label's; direct
    quotations that only their own attribution parts are one.
    """
    text = doc.text
    outer = [q for q in marked if q.depth == 0 and _turn_at(turns, q.inner[0]) is None]
    ends = [
        q for q, after in pairwise([*outer, None]) if not (q.closed or after and after.continues)
    ]
    nested = [q for q in marked if q.depth == 1]
    spoken = [Attribution(t.content, (), (t.label,), "direct") for t in turns]
    kept: list[Attribution] = []
    for one in found:
        one = unaddressed(text, cited(text, one))
        turn = _turn_at(turns, one.start)
        if turn is not None:
            if not one.cue or one.source == (turn.label,) or _covers(one, turn):
                continue
            one = replace(one, inner=True)
        around = nested if one.inner else outer
        content = whole(text, _by_paragraph(doc, one.content), around, ends)
        if not content or NOTHING.fullmatch(text, content[0][0], content[-1][1]):
            continue
        kind = kind_of(text, content, around)
        cue = trimmed(text, one.cue, EDGES + '“”"«»`', EDGES + '“”"«»`')
        source = trimmed(text, one.source, EDGES + '“"', EDGES)
        one = replace(one, content=content, cue=cue, source=source, kind=kind)
        kept += side_by_side(text, one)
    told = [a for a in kept if a.inner]
    kept = [signed(text, a) for a in resumed(text, [a for a in kept if not a.inner], outer)] + told
    kept = [a for a in _one_each(spoken + kept) if any(WORD.search(text, *s) for s in a.content)]
    return sorted(kept, key=lambda a: (a.start, -a.end, a.cue))


def _by_paragraph(doc: Doc, content: Sequence[Span]) -> list[Span]:
    """Pieces of content cut where a paragraph ends, without a dateline before them."""
    found = []
    for start, end in content:
        k = max(0, bisect_right(doc.paragraphs, start, key=lambda p: p[0]) - 1)
        while k < len(doc.paragraphs) and doc.paragraphs[k][0] < end:
            a, b = doc.paragraphs[k]
            first = max(start, a)
            first = dateline_end(doc.text, a) if first == a else first
            if first < min(end, b):
                found.append((first, min(end, b)))
            k += 1
    return found


def _turn_at(turns: Sequence[Turn], place: int) -> Turn | None:
    k = bisect_right(turns, place, key=lambda t: t.span[0]) - 1
    return turns[k] if k >= 0 and place < turns[k].span[1] else None


def _covers(one: Attribution, turn: Turn) -> bool:
    """Is a finding the turn itself?"""
    said = sum(b - a for a, b in one.content)
    return said > HALF * sum(b - a for a, b in turn.content) and one.cue[0][0] < turn.content[0][0]


def whole(
    text: str, content: Sequence[Span], around: Sequence[Quotation], ends: Sequence[Quotation] = ()
) -> tuple[Span, ...]:
    """Content with its quotations whole: pieces that lie in marks become what the marks hold.

    ends : quotations that nothing closes; where they end, the reader knows better.
    """
    found: list[Span] = []
    for start, end in content:
        touched = [q for q in _near(around, start, end)]
        if touched and not _words_outside(text, (start, end), touched):
            for q in touched:
                a, b = max(start, q.inner[0]), min(end, q.inner[1])
                if q in ends:
                    a = q.inner[0]
                elif b - a >= HALF * (q.inner[1] - q.inner[0]):
                    a, b = q.inner
                right = '"”»' if (a, b) == q.inner else CLOSING
                found += trimmed(text, [(a, b)], OPENING, right) if a < b else ()
            continue
        for q in touched:
            held = min(end, q.inner[1]) - max(start, q.inner[0]) >= HALF * (q.inner[1] - q.inner[0])
            if q.start < start < q.end:
                start = q.start if held else q.end
            if q.start < end < q.end or end == q.inner[1]:
                end = q.end if held else q.start
        lone = text.count("“", start, end) - text.count("”", start, end)
        right = " \n\t," + ("”" if lone < 0 else "“" if lone > 0 else "")
        right += '"' * (text.count('"', start, end) % 2)
        found += trimmed(text, [(start, end)], " \n\t,;:", right)
    return tuple(sorted(set(found)))


def _near(around: Sequence[Quotation], start: int, end: int) -> list[Quotation]:
    k = max(0, bisect_right(around, start, key=lambda q: q.start) - 1)
    found = []
    while k < len(around) and around[k].start < end:
        if around[k].end > start:
            found.append(around[k])
        k += 1
    return found


def _words_outside(text: str, piece: Span, marked: Sequence[Quotation]) -> bool:
    """Has a piece a word that stands in no quotation marks?"""
    place = piece[0]
    for q in marked:
        if WORD.search(text, place, max(place, q.start)):
            return True
        place = max(place, q.end)
    return bool(WORD.search(text, place, max(place, piece[1])))


def kind_of(text: str, content: Sequence[Span], around: Sequence[Quotation]) -> str:
    """direct where every word stands in marks or marks were lost, mixed where some do."""
    marked = [(piece, _near(around, *piece)) for piece in content]
    if not any(touched for _, touched in marked):
        return "direct" if _unmarked(text, content) else "indirect"
    return "mixed" if any(_words_outside(text, *one) for one in marked) else "direct"


def _unmarked(text: str, content: Sequence[Span]) -> bool:
    """Is a content quoted without marks: a block of its own, or with gaps where marks were?"""
    start, end = content[0][0], content[-1][1]
    before, behind = text[:start][-3:], text[end : end + 3]
    gaps = before.endswith("  ") and behind.startswith("  ")
    colon = text[:start].rstrip()[-1:] == ":" and "\n" in text[start - 3 : start]
    return gaps or colon


def resumed(
    text: str, found: Sequence[Attribution], outer: Sequence[Quotation]
) -> list[Attribution]:
    """Direct quotations in order, those joined that are one: interrupted, or over paragraphs."""
    owner = {span: a for a in found if a.kind == "direct" for span in a.content}
    done: list[Attribution] = []
    last: Attribution | None = None  # the direct quotation before
    rest = [a for a in found if a.kind == "direct"]
    loose = [
        Attribution((q.inner,), kind="direct") for q in outer
        if q.inner not in owner and q.continues
        and not any(a <= q.inner[0] < b for one in found for a, b in one.content)
    ]  # fmt: skip
    carried = {q.inner for q in outer if q.continues}
    for one in sorted(rest + loose, key=lambda a: a.start):
        goes_on = one.content[0] in carried and last is not None
        alone = not one.cue and not one.source
        if last is not None and (goes_on or alone) and _adjoins(text, last, one, goes_on=goes_on):
            content = tuple(sorted({*last.content, *one.content}))
            merged = replace(last, content=content, cue=(*last.cue, *one.cue),
                             source=last.source or one.source)  # fmt: skip
            done[-1] = last = merged
        elif one.signs or not goes_on:
            done.append(one)
            last = one
    return done + [a for a in found if a.kind != "direct"]


def _adjoins(text: str, last: Attribution, one: Attribution, *, goes_on: bool) -> bool:
    """Does nothing but its attribution stand between a quotation and the next one?"""
    start, end = last.end, one.start
    gap = text[start:end]
    if goes_on:
        return "\n\n\n\n" not in gap
    parted = [(a, b) for a, b in (*last.cue, *last.source) if start <= a and b <= end]
    for a, b in parted:
        gap = gap[: a - start] + " " * (b - a) + gap[b - start :]
    if not parted:
        return "\n" in gap and not WORD.search(gap)
    return len(WORD.findall(gap)) <= BETWEEN and len(STOP.findall(gap.strip(OPENING))) <= 1


def trimmed(text: str, spans: Sequence[Span], left: str, right: str) -> tuple[Span, ...]:
    """Spans of whole words without the marks at their ends; what is nothing else goes."""
    found = []
    for start, end in spans:
        while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
            start -= 1  # a piece of a word stands for the word
        while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        written = text[start:end]
        start += len(written) - len(written.lstrip(left))
        end -= len(written) - len(written.rstrip(right))
        if start < end:
            found.append((start, end))
    return tuple(found)


def _one_each(found: Sequence[Attribution]) -> list[Attribution]:
    """No content twice: of two with the same one, that with a cue, then the first."""
    best: dict[tuple[Span, ...], Attribution] = {}
    for one in sorted(found, key=lambda a: (not a.cue, not a.source)):
        best.setdefault(one.content, one)
    return list(best.values())
