"""Turns: speech that no quotation mark shows, in transcripts, interviews and block quotations."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from ..tokens import Annotated
from ..words import read_list
from .clauses import DASHES, Item, Unit, reach
from .cues import cues_of
from .lexicon import verb_forms
from .marks import Quotation
from .nouns import right_end
from .subjects import source_of

Span = tuple[int, int]
LABEL = re.compile(
    r"""(?P<open>["“]|''|``)?(?P<label>
          [QA](?=[:.])                                     # Q: How did you begin?
        | @\w{1,30}(?=:)                                   # @night_nurse: Day five.
        | [A-Z][\w.'’-]{0,24}(?:\ (?:[A-Z(][\w.'’)-]{0,24}|of|the|and|de|van|von|al)){0,5}
        )
        (?P<mark>[:.])[ \t]+(?=\S)""",
    re.VERBOSE,
)
MARKS = re.compile(r"[\"“”]|''|``")
MOSTLY = 0.6  # of the paragraphs have a label: the text is a transcript
NO_LABELS = frozenset(read_list("labels.txt")[""])


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says behind a label: "WS: Wild bees, yes."."""

    label: Span
    content: Span
    paragraph: int
    goes_on: bool = False  # a paragraph without a label, in a transcript


def turns_of(note: Annotated) -> dict[int, Turn]:
    """{paragraph number: its turn}, where the text has labels that come back or are in capitals."""
    found: dict[int, Turn] = {}
    names: Counter[str] = Counter()
    for number, (start, end) in enumerate(note.paragraphs):
        match = LABEL.match(note.text, start, end)
        if (
            match is None
            or match["label"].lower() in NO_LABELS
            or (match["mark"] == "." and match["label"] not in "QA")
        ):
            continue
        if match["open"] and note.text[end - 1] in "\"”'":
            end -= 2 if note.text[end - 2 : end] == "''" else 1
        if end > match.end():
            found[number] = Turn(match.span("label"), (match.end(), end), number)
        names[match["label"]] += 1
    capitals = {name for name in names if name.isupper()}
    if sum(names[name] for name in capitals) >= 2 and len(capitals) >= 2:
        kept = capitals | {name for name in names if names[name] > 1}
    else:
        kept = {name for name in names if names[name] > 1}
    if kept and 3 <= len(found) >= MOSTLY * len(note.paragraphs):
        return _with_later_paragraphs(note, found)
    families = {
        name.split()[-1] for name in kept
    }  # "Spokesperson Lena Ortmann:" once, then shorter
    return {
        k: t
        for k, t in found.items()
        if (label := note.text[slice(*t.label)]) in kept or label.split()[-1] in families
    }


def _with_later_paragraphs(note: Annotated, turns: dict[int, Turn]) -> dict[int, Turn]:
    """The turns of a transcript and the paragraphs that carry them on: "(Laughter)" does not."""
    last: Turn | None = None
    found, end_of_talk = {}, max(turns)
    for number, (start, end) in enumerate(note.paragraphs):
        if number in turns:
            last = turns[number]
            found[number] = last
        elif last is not None and note.text[end - 1] in ".?!…" and number < end_of_talk:
            marks = MARKS.findall(note.text, start, end)
            if len(marks) % 2 and note.text.startswith(marks[0], start):
                start += len(marks[0])  # "And it rained.
            found[number] = Turn(last.label, (start, end), number, goes_on=True)
        else:
            last = None
    return found


def interrupted(quote: Quotation, items: list[Item]) -> tuple[list[Span], Span, Span] | None:
    """The Russian house style: "Nadezhda is right, - replied Sadykbek. - By the end …".

    Gives (content spans, cue, source) where a reporting verb and a name stand between dashes inside
    the quotation marks.
    """
    forms = verb_forms()
    for k in range(1, len(items) - 2):
        if items[k].low not in DASHES or items[k - 1].low not in (",", "?", "!", ".", "…"):
            continue
        verb = k + 1
        after = end = right_end(items, verb + 1, apposition=False)
        if items[verb].low not in forms or items[verb].capital or end == verb + 1:
            continue
        while after < len(items) and items[after].low in (".", ","):
            after += 1
        comma = items[k - 1].low == ","
        content = [(quote.inner[0], items[k - 1 - comma].end)]
        if after < len(items) and items[after].low not in DASHES:
            continue
        if after + 1 < len(items):
            content.append((items[after + 1].start, quote.inner[1]))
        return content, reach(items, (verb, verb + 1)), reach(items, (verb + 1, end))
    return None


def announces(unit: Unit) -> tuple[Span | None, Span] | None:
    """(cue, source) of a sentence that ends with a colon and so announces a quotation."""
    items = unit.items
    if items[-1].low != ":":
        return None
    for cue in reversed(cues_of(items)):
        source = source_of(items, cue)
        if source is None and cue.start == 0:  # "Stated Stone:"
            end = right_end(items, cue.end)
            source = (cue.end, end) if cue.end < end == len(items) - 1 else None
        if source is not None and "q" in cue.frames:
            return reach(items, (cue.start, cue.end)), reach(items, source)
    first = 1 if items[0].low in ("from", "by") else 0
    end = right_end(items, first)
    if end == len(items) - 1 and items[first].capital and items[end - 1].capital:
        return None, reach(items, (first, end))
    return None
