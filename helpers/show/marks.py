"""Marks: what was found in a text as spans, and paragraphs as HTML with the marks in them."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
from markupsafe import Markup, escape

from ..text.wording import known, number
from ..themes.evidence import UNKNOWN
from .html import Look, shown

Rows = list[dict[str, object]]
Span = tuple[int, int]
DOUBLE, SINGLE = '"“”„«»', "'‘’"
OF_A_FIGURE = ("value", "low", "high", "unit", "modifier", "of", "timex", "per", "when", "speaker",
               "checked")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked: its place, and how it looks, is called and is explained.

    look, who : as `html.by_style` takes them.  title : the words shown over it.
    name : the `id` that links lead to; row : the `id` of the row that the mark leads to.
    before, after : what stands before its first piece and after its last one.
    """

    start: int
    end: int
    look: str = ""
    who: int | None = None
    title: str = ""
    name: str = ""
    row: str = ""
    before: Markup = Markup("")
    after: Markup = Markup("")


def mark_up(text: str, parts: Sequence[Span], marks: Iterable[Mark], *, look: Look) -> list[Markup]:
    """Parts of a text as HTML with marks in it; everything from the text is escaped.

    Marks may lie in each other, cross each other and run over parts: they are cut where they must
    be, and the first piece bears the name.  Marks outside the parts are left out.  Takes time in
    proportion to the text and the pieces.

    parts : spans, most often paragraphs, in order; marks : in any order.

    >>> from .html import by_class
    >>> mark_up("Prices <rose>.", [(0, 14)], [Mark(7, 13, "figure", name="f1")], look=by_class)
    [Markup('Prices <span id="f1" class="figure">&lt;rose&gt;</span>.')]
    """
    starts = [start for start, _ in parts]
    found: list[list[tuple[int, int, int, Mark, bool]]] = [[] for _ in parts]
    for order, mark in enumerate(marks):
        index = max(bisect_right(starts, mark.start) - 1, 0)
        first = True
        while index < len(parts) and parts[index][0] < mark.end and mark.start < mark.end:
            start, end = parts[index]
            if end > mark.start:
                piece = (max(mark.start, start), -min(mark.end, end), order, mark, first)
                found[index].append(piece)
                first = False
            index += 1
    return [_nest(text, part, pieces, look) for part, pieces in zip(parts, found, strict=True)]


def _nest(text: str, part: Span, waiting: list[tuple[int, int, int, Mark, bool]], look: Look):
    """One part: the longest mark outermost; of two that cross, the later one is cut.

    A link never lies in another one, which HTML does not allow.
    """
    heapq.heapify(waiting)
    out: list[Markup] = []
    opened: list[tuple[int, str, Mark]] = []
    position = part[0]

    def write_to(stop: int) -> None:
        nonlocal position
        while opened and opened[-1][0] <= stop:
            end, tag, mark = opened.pop()
            out.append(escape(shown(text[position:end])) + Markup(f"</{tag}>"))
            out.append(mark.after if end == mark.end else Markup(""))
            position = end
        out.append(escape(shown(text[position:stop])))
        position = stop

    while waiting:
        start, minus_end, order, mark, first = heapq.heappop(waiting)
        write_to(start)
        end = -minus_end
        if opened and end > opened[-1][0]:
            heapq.heappush(waiting, (opened[-1][0], -end, order, mark, False))
            end = opened[-1][0]
        free = all(tag != "a" for _, tag, _ in opened)
        tag = "a" if mark.row and not mark.before and free else "span"
        facts = [
            ("id", mark.name if first else ""),
            ("title", mark.title),
            ("href", f"#{mark.row}" if tag == "a" else ""),
        ]
        written = [Markup('{}="{}"').format(key, shown(value)) for key, value in facts if value]
        written += [look(mark.look, mark.who)] if mark.look else []
        out.append(mark.before if first and free else Markup(""))
        out.append(Markup("<{}>").format(Markup(" ").join([Markup(tag), *written])))
        opened.append((end, tag, mark))
    write_to(part[1])
    return Markup("").join(out)


def records(table: pd.DataFrame | None, doc: object = None) -> Rows:
    """The rows of a table, or of one document in it, as mappings; what is missing is None."""
    if table is None or not len(table):
        return []
    rows = table if doc is None else table[table["doc"] == doc]
    return [
        {name: value if known(value) else None for name, value in row.items()}
        for row in rows.to_dict("records")
    ]


def with_marks(text: str, start: int, end: int) -> Span:
    """A span and the quotation marks next to it; single ones only in pairs, as "’" may be "'s".

    >>> with_marks("“Go.” and", 1, 4), with_marks("it's so", 3, 7)
    ((0, 5), (3, 7))
    """
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    if before in SINGLE and after in SINGLE and before and after:
        return start - 1, end + 1
    return (start - (before != "" and before in DOUBLE), end + (after != "" and after in DOUBLE))


def speaker_of(row: Mapping[str, object]) -> str:
    """The speaker's name, or "(unknown)"."""
    return str(row["speaker"]) if known(row.get("speaker")) else UNKNOWN


def row_facts(row: Mapping[str, object]) -> str:
    """One line on a row of the quotes or figures table."""
    return quote_facts(row) if "quote" in row else figure_facts(row)


def quote_facts(row: Mapping[str, object]) -> str:
    """One line on a quote: who, in which role, how, by which cue, how surely."""
    facts = [speaker_of(row) + (f" ({row['role']})" if known(row.get("role")) else "")]
    facts += [str(row[name]) for name in ("speaker_kind", "kind") if known(row.get(name))]
    facts += [f"{name}: {row[name]}" for name in ("cue", "source") if known(row.get(name))]
    if row.get("inferred") is True:
        facts.append("the text names no source here: inferred")
    if known(row.get("confidence")):
        facts.append(f"confidence {float(row['confidence']):.2f}")
    facts += [f"checked: {row['checked']}"] if known(row.get("checked")) else []
    return " · ".join(facts)


def figure_facts(row: Mapping[str, object]) -> str:
    """One line on a figure: all of its columns that hold something."""
    facts = [str(row.get("kind"))]
    for name in OF_A_FIGURE:
        value = row.get(name)
        if known(value):
            facts.append(f"{name}: {number(float(value)) if isinstance(value, float) else value}")
    return " · ".join(facts)
