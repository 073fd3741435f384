"""Constructions that marks and words decide by themselves, whatever the reader made of them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from itertools import pairwise

from ..reader import Attribution
from ..text import read_pattern

CITED, BEHIND, SIGNATURE, MARKS, TELLING, TOLD = map(
    partial(read_pattern, "quotes_patterns.toml"),
    ("cited", "behind", "signature", "marks", "telling", "told"),
)
WORD = re.compile(r"\w+")
AROUND = 200  # characters
LONGEST_SIGNATURE = 160  # characters


def cited(text: str, one: Attribution) -> Attribution:
    """Who is quoted "as saying" is the source, not who quotes: "It quoted Ann Lee as saying …"."""
    around = max(0, one.start - AROUND), one.end + AROUND
    for match in CITED.finditer(text, *around) if one.cue else ():
        start, end = match.span()
        if start <= one.start <= end or BEHIND.fullmatch(text, one.end, start):
            cue, source = ("was", "whom") if match["was"] else ("verb", "who")
            cut = ((a if b <= start else max(a, end), b) for a, b in one.content)
            if content := tuple((a, b) for a, b in cut if a < b):
                cue_spans = match.span(cue), match.span("as")
                return replace(one, content=content, cue=cue_spans, source=(match.span(source),))
    return one


def unaddressed(text: str, one: Attribution) -> Attribution:
    """Whom somebody tells is no part of what is told: "told | us the dam was safe"."""
    (start, end), *rest = one.content
    cue = text[slice(*one.cue[-1])] if one.cue else ""
    match = TELLING.search(cue) and TOLD.match(text, start, end)
    return replace(one, content=((match.end(), end), *rest)) if match else one


def signed(text: str, one: Attribution) -> Attribution:
    """A quotation without a source, with the name behind a dash below it: “…” — Mayor Ann Lee."""
    if one.kind != "direct" or one.cue or one.source:
        return one
    match = SIGNATURE.match(text, one.end, one.end + LONGEST_SIGNATURE)
    return replace(one, source=(match.span("who"),), signs=()) if match else one


def side_by_side(text: str, one: Attribution) -> list[Attribution]:
    """A statement, without quotations that stand beside its own with nothing between: "A?" "B."."""
    groups = [[one.content[0]]]
    for before, after in pairwise(one.content):
        gap = text[before[1] : after[0]]
        if "\n" in gap or WORD.search(gap) or len(MARKS.findall(gap)) < 2:
            groups[-1].append(after)
        else:
            groups.append([after])
    if len(groups) == 1 or one.kind != "direct" or not one.cue:
        return [one]
    place = one.cue[0][0]
    near = min(groups, key=lambda g: min(abs(g[0][0] - place), abs(g[-1][1] - place)))
    return [
        replace(one, content=tuple(g))
        if g is near
        else replace(one, content=tuple(g), cue=(), source=())
        for g in groups
    ]
