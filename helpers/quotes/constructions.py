"""Constructions that marks and words decide by themselves, whatever the reader made of them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from ..reader import Attribution

CITED = re.compile(  # quoted Ann Lee as saying it rained; Ann Lee was quoted by the paper as saying
    r"(?P<who>[^.;]*?)\s*\b(?P<as>as\s+(?:saying|telling\s+\w+|stating|noting|adding|warning))\b[\s,:]*"
)
WHO, AS = r"(?P<who>[^.;:,\n“”\"]{2,80}?)", r"\s+(?P<as>as\s+saying)"
QUOTED = (
    # Ann Lee was quoted by the paper as saying
    rf"{WHO}\s+(?P<cue>(?:was|were|is|are|been)\s+(?:quoted|cited))\b"
    rf"(?:\s+by\s[^.;\n“”\"]{{2,60}}?)?{AS}",
    # the paper quoted Ann Lee as saying
    rf"\b(?P<cue>quot(?:ed|es|ing)|cit(?:ed|es|ing))\s+{WHO}{AS}",
)
BEFORE = [re.compile(rf"{quoted}[\s,:“\"]*$") for quoted in QUOTED]
BEHIND = [
    re.compile(rf"[”\"’']{{1,2}}\s*{QUOTED[0]}"),
    re.compile(rf"[”\"’']{{1,2}}[^.;\n“”\"]{{0,60}}?{QUOTED[1]}"),
]
AROUND = 200  # characters
TAIL = re.compile(r",\s+(?P<who>he|she|they|[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3})$")
LONGEST_TAIL, LONGEST_SIGNATURE = 60, 160  # characters
SIGNATURE = re.compile(
    r"[”\"’'».]{0,2}\s{0,4}[—–―-]{1,2}[ ]?(?P<who>[A-Z][^\n“”\"]{2,120}?)[.]?[ ]*(?=\n|\Z)"
)
WORD = re.compile(r"\w+")
MARKS = re.compile(r"[“”\"«»„‘’`]|''")


def cited(text: str, one: Attribution) -> Attribution:
    """Who is quoted "as saying" is the source, not who quotes: "It quoted Ann Lee as saying …".

    The pieces before "as saying", or in it, are the source; what follows, or is quoted, is said.
    """
    begin, end = one.start, one.end
    found = []
    if "as saying" in text[max(0, begin - AROUND) : end + AROUND]:
        found += [quoted.search(text, max(0, begin - AROUND), begin) for quoted in BEFORE]
        found += [quoted.match(text, end, end + AROUND) for quoted in BEHIND]
    for match in filter(None, found):
        if one.cue:
            cue = match.span("cue"), match.span("as")
            return replace(one, cue=cue, source=(match.span("who"),))
    for k, (start, end) in enumerate(one.content):
        match = CITED.match(text, start, end)
        if match and one.cue:
            who = match.span("who") if match["who"].strip() else one.content[0]
            said = (match.end(), end) if match.end() < end else None
            rest = [s for n, s in enumerate(one.content) if n != k and s != who]
            content = tuple(sorted([*rest, *([said] if said else [])]))
            if content and who[0] < who[1] and who not in content:
                cue = tuple(sorted((*one.cue, match.span("as"))))
                return replace(one, content=content, cue=cue, source=(who,))
    return one


def unclosed(text: str, one: Attribution) -> Attribution:
    """A speaker whom a mark that nothing closes has put into the content: “We came, she | said."""
    start, end = one.content[-1]
    before_cue = one.kind == "direct" and one.cue and not text[end : one.cue[0][0]].strip()
    match = TAIL.search(text, max(start, end - LONGEST_TAIL), end) if before_cue else None
    if match is None:
        return one
    content = (*one.content[:-1], (start, match.start() + 1))
    return replace(one, content=content, source=(match.span("who"),))


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
