"""Turns: what is said behind a label, in transcripts and interviews: "WS: Wild bees, yes."."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial

from ..reader import Span
from ..text import Doc, read_pattern, words_in

LABEL, MARKS, ASIDE = map(
    partial(read_pattern, "quotes_patterns.toml"), ("label", "turn_mark", "aside")
)
MOSTLY = 0.6  # of the paragraphs have a label: the text is a transcript
NO_LABELS = words_in("labels.txt", "")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says behind a label, paragraph by paragraph."""

    label: Span
    content: tuple[Span, ...]

    @property
    def span(self) -> Span:
        return self.label[0], self.content[-1][1]


def turns_of(doc: Doc) -> list[Turn]:
    """The turns of a text whose labels come back or are in capitals; [] where it has none.

    In a transcript (most paragraphs have a label) a paragraph without one carries the turn before
    on; an aside such as "(Laughter.)" does not.
    """
    found: dict[int, tuple[Span, Span]] = {}
    names: Counter[str] = Counter()
    called: dict[int, str] = {}
    for number, (start, end) in enumerate(doc.paragraphs):
        match = LABEL.match(doc.text, start, end)
        if (
            match is None
            or match["name"].lower() in NO_LABELS
            or (match["mark"] == "." and match["name"] not in "QA")
        ):
            continue
        if match["open"] and doc.text[end - 1] in "\"”'":
            end -= 2 if doc.text[end - 2 : end] == "''" else 1
        if end > match.end():
            found[number] = match.span("label"), (match.end(), end)
            called[number] = match["name"]
        names[match["name"]] += 1
    capitals = {name for name in names if name.isupper()}
    kept = {name for name in names if names[name] > 1}
    if len(capitals) >= 2 and sum(names[name] for name in capitals) >= 2:
        kept |= capitals
    if not kept:
        return []
    if not 3 <= len(found) >= MOSTLY * len(doc.paragraphs) and not _are_talk(doc, found):
        families = {name.split()[-1] for name in kept}  # "Spokesperson Lena Ode:", then shorter
        return [
            Turn(label, (said,))
            for k, (label, said) in found.items()
            if called[k] in kept or called[k].split()[-1] in families
        ]
    return _with_later_paragraphs(doc, found)


def _are_talk(doc: Doc, found: dict[int, tuple[Span, Span]]) -> bool:
    """Is everything behind the first label talk, though a turn has many paragraphs?"""
    capitals = sum(doc.text[slice(*label)].split(",")[0].isupper() for label, _ in found.values())
    return len(found) >= 4 and capitals >= 0.8 * len(found)


def _with_later_paragraphs(doc: Doc, found: dict[int, tuple[Span, Span]]) -> list[Turn]:
    turns: list[Turn] = []
    going = False
    for number, (start, end) in enumerate(doc.paragraphs):
        if number in found:
            label, said = found[number]
            turns.append(Turn(label, (said,)))
            going = True
        elif ASIDE.fullmatch(doc.text, start, end):
            continue
        elif going and doc.text[end - 1] in '.?!…—-"”' and number < max(found):
            marks = MARKS.findall(doc.text, start, end)
            if len(marks) % 2 and doc.text.startswith(marks[0], start):
                start += len(marks[0])  # "And it rained.
            turns[-1] = Turn(turns[-1].label, (*turns[-1].content, (start, end)))
        else:
            going = False
    return turns
