"""Marks: what was found in a text as spans, and a paragraph cut into pieces between their ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

import pandas as pd

from ..text.wording import known, number
from ..themes.evidence import UNKNOWN

Rows = list[dict[str, object]]
Span = tuple[int, int]
Spanned = TypeVar("Spanned")
DOUBLE, SINGLE = '"“”„«»', "'‘’"


@dataclass(frozen=True)
class Mark:
    """A span to be marked: `layer` says how it looks, `facts` is the row it comes from."""

    start: int
    end: int
    layer: str  # quote, cue, source, figure, theme or phrase
    facts: Mapping[str, object] = field(repr=False)
    first: bool = True  # whether this is the first of the spans of its row


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same marks all along; of each layer the innermost counts."""

    start: int
    end: int
    marks: dict[str, Mark]
    themes: tuple[str, ...] = ()


def rows_of(table: pd.DataFrame | None, doc: str) -> Rows:
    """The rows of one document as mappings; none where there is no table."""
    if table is None or not len(table):
        return []
    return table[table["doc"] == doc].to_dict("records")


def marks_of(text: str, *, quotes: Rows, figures: Rows, themes: Rows, phrases: Rows) -> list[Mark]:
    """All marks of a document, in the order of their places, outer ones before inner ones.

    The marks of quotes take in the quotation marks around them, which their spans leave out.
    """
    marks = [
        Mark(int(start), int(end), layer, row, first=at == 0)
        for layer, rows, column in (
            ("quote", quotes, "spans"),
            ("cue", quotes, "cue_spans"),
            ("source", quotes, "source_spans"),
            ("theme", themes, "evidence"),
            ("phrase", phrases, "spans"),
        )
        for row in rows
        for at, (start, end) in enumerate(row.get(column) or [])
    ]
    marks = [
        replace(mark, start=start, end=end)
        for mark in marks
        for start, end in [
            _with_marks(text, mark.start, mark.end)
            if mark.layer == "quote"
            else (mark.start, mark.end)
        ]
    ]
    marks += [Mark(int(row["start"]), int(row["end"]), "figure", row) for row in figures]
    return sorted(
        (mark for mark in marks if mark.start < mark.end),
        key=lambda mark: (mark.start, -mark.end, mark.layer),
    )


def _with_marks(text: str, start: int, end: int) -> Span:
    """A span and the quotation marks next to it; single ones only in pairs, as "’" may be "'s"."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before in SINGLE and after in SINGLE and before and after:
        return start - 1, end + 1
    return (start - (before != "" and before in DOUBLE), end + (after != "" and after in DOUBLE))


def by_paragraph(marks: Sequence[Spanned], parts: Sequence[Span]) -> list[list[Spanned]]:
    """For each paragraph the marks (anything with a start and an end) that reach into it."""
    starts = [start for start, _ in parts]
    found: list[list[Spanned]] = [[] for _ in parts]
    for mark in marks:
        index = max(bisect_right(starts, mark.start) - 1, 0)
        while index < len(parts) and parts[index][0] < mark.end:
            if parts[index][1] > mark.start:
                found[index].append(mark)
            index += 1
    return found


def pieces_of(marks: Sequence[Mark], span: Span) -> Iterator[Piece]:
    """The span of a paragraph cut wherever a mark begins or ends; linear in the marks.

    >>> [(p.start, p.end, sorted(p.marks)) for p in pieces_of(
    ...     [Mark(2, 9, "quote", {}), Mark(4, 6, "figure", {})], (0, 10))]
    [(0, 2, []), (2, 4, ['quote']), (4, 6, ['figure', 'quote']), (6, 9, ['quote']), (9, 10, [])]
    """
    begin, stop = span
    changes: dict[int, tuple[list[int], list[int]]] = {begin: ([], []), stop: ([], [])}
    for index, mark in enumerate(marks):
        changes.setdefault(max(mark.start, begin), ([], []))[0].append(index)
        changes.setdefault(min(mark.end, stop), ([], []))[1].append(index)
    active: dict[str, dict[int, None]] = {}
    places = sorted(changes)
    for place, after in zip(places, places[1:], strict=False):
        for index in changes[place][1]:
            active[marks[index].layer].pop(index, None)
        for index in changes[place][0]:
            active.setdefault(marks[index].layer, {})[index] = None
        inner = {layer: marks[next(reversed(on))] for layer, on in active.items() if on}
        themes = dict.fromkeys(
            str(marks[index].facts.get("theme")) for index in active.get("theme", {})
        )
        yield Piece(place, after, inner, tuple(themes))


def tooltip(piece: Piece) -> str:
    """All the facts about a piece, one line for each mark."""
    lines = []
    if figure := piece.marks.get("figure"):
        lines.append(figure_facts(figure.facts))
    for layer, mark in piece.marks.items():
        if layer in ("cue", "source"):
            lines.append(f"{layer} of what {speaker_of(mark.facts)} says")
        elif layer == "quote":
            lines.append(quote_facts(mark.facts))
        elif layer == "phrase":
            lines.append(f"key phrase: {mark.facts.get('phrase')}")
    if piece.themes:
        lines.append(f"theme: {', '.join(piece.themes)}")
    return "\n".join(line[:400] for line in lines)


def speaker_of(row: Mapping[str, object]) -> str:
    """The speaker's name, or "(unknown)"."""
    return str(row["speaker"]) if known(row.get("speaker")) else UNKNOWN


def quote_facts(row: Mapping[str, object]) -> str:
    """One line on a quote: who, in which role, how, by which cue, how surely."""
    facts = [speaker_of(row) + (f" ({row['role']})" if known(row.get("role")) else "")]
    facts += [str(row[name]) for name in ("speaker_kind", "kind") if known(row.get(name))]
    facts += [f"{name}: {row[name]}" for name in ("cue", "source") if known(row.get(name))]
    if row.get("inferred") is True:
        facts.append("the text names no source here: inferred")
    if known(row.get("confidence")):
        facts.append(f"confidence {float(row['confidence']):.2f}")
    return " · ".join(facts)


def figure_facts(row: Mapping[str, object]) -> str:
    """One line on a figure: all of its columns that hold something."""
    facts = [str(row.get("kind"))]
    names = ("value", "low", "high", "unit", "modifier", "of", "timex", "per", "when", "speaker")
    for name in names:
        value = row.get(name)
        if known(value):
            facts.append(f"{name}: {number(float(value)) if isinstance(value, float) else value}")
    return " · ".join(facts)
