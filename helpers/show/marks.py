"""Marks: what was found in a text as spans, and paragraphs as HTML with the marks in them."""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import pandas as pd
from markupsafe import Markup, escape

from ..text import Span, doc_of
from ..text.wording import known, number
from ..themes.evidence import UNKNOWN
from .html import Look, by_style, shown

Rows = list[dict[str, object]]
PARAGRAPH = Markup('<div {}><span {}>{}</span><div {} data-begin="{}">{}</div></div>')
DOUBLE, SINGLE = '"“”„«»', "'‘’"
OF_A_FIGURE = ("value", "low", "high", "unit", "modifier", "of", "timex", "per", "when", "speaker",
               "checked")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked: its place, and how it looks, is called and is explained."""

    start: int
    end: int
    look: str = ""
    who: int | None = None  # as `html.by_style` takes them
    title: str = ""  # the words shown over it
    name: str = ""  # the `id` that links lead to
    row: str = ""  # the `id` of the row that the mark leads to
    before: Markup = Markup("")  # its first piece
    after: Markup = Markup("")  # its last one


Piece = tuple[int, int, int, Mark, bool]  # start, minus its end, order, its mark, is it the first?


def mark_up(text: str, parts: Sequence[Span], marks: Iterable[Mark], *, look: Look) -> list[Markup]:
    """Parts of a text as HTML with marks in it; everything from the text is escaped.

    Marks may lie in each other, cross each other and run over parts: they are cut where they must
    be, and the first piece bears the name.  Marks outside the parts, which are in order, are left
    out.  Takes time in proportion to the text and the pieces.

    >>> from .html import by_class
    >>> mark_up("Prices <rose>.", [(0, 14)], [Mark(7, 13, "figure", name="f1")], look=by_class)
    [Markup('Prices <span id="f1" class="figure">&lt;rose&gt;</span>.')]
    """
    starts = [start for start, _ in parts]
    found: list[list[Piece]] = [[] for _ in parts]
    for order, mark in enumerate(marks):
        first = max(bisect_right(starts, mark.start) - 1, 0)
        first += bool(parts) and parts[first][1] <= mark.start  # it begins behind that part
        for at in range(first, bisect_left(starts, mark.end) if mark.start < mark.end else 0):
            start, end = parts[at]
            piece = (max(mark.start, start), -min(mark.end, end), order, mark, at == first)
            found[at].append(piece)
    return [_nest(text, part, pieces, look) for part, pieces in zip(parts, found, strict=True)]


def _nest(text: str, part: Span, waiting: list[Piece], look: Look) -> Markup:
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
        facts = {
            "id": mark.name * first,
            "title": mark.title,
            "href": f"#{mark.row}" * (tag == "a"),
        }
        told = [(key, shown(value)) for key, value in facts.items() if value]
        written = [Markup('{}="{}"').format(key, value) for key, value in told]
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
    """One line on a row of the quotes or figures table: all of its columns that hold something."""
    return " · ".join(_of_a_quote(row) if "quote" in row else _of_a_figure(row))


def _of_a_quote(row: Mapping[str, object]) -> Iterator[str]:
    """Who, in which role, how, by which cue, how surely."""
    yield speaker_of(row) + (f" ({row['role']})" if known(row.get("role")) else "")
    yield from (str(row[name]) for name in ("speaker_kind", "kind") if known(row.get(name)))
    yield from (f"{name}: {row[name]}" for name in ("cue", "source") if known(row.get(name)))
    if row.get("inferred") is True:
        yield "the text names no source here: inferred"
    if known(row.get("confidence")):
        yield f"confidence {float(row['confidence']):.2f}"
    if known(row.get("checked")):
        yield f"checked: {row['checked']}"


def _of_a_figure(row: Mapping[str, object]) -> Iterator[str]:
    yield str(row.get("kind"))
    for name in OF_A_FIGURE:
        value = row.get(name)
        if known(value):
            yield f"{name}: {number(value) if isinstance(value, float) else value}"


def passage(
    text: str, row: Mapping[str, object], rows: Rows, *, look: str = "words"
) -> tuple[Markup, Span]:
    """The paragraphs that a row runs over and the one before them, and where they are in the text.

    The row's words are on a ground, its cue and source underlined; those of the other rows of the
    text, and only those, have a dotted line; `look` is that of the words.  `data-begin` says where
    a paragraph begins.
    """
    own = row["start"], row["end"]
    parts = doc_of(text).paragraphs  # kept: a table asks for each of its rows
    first = max(bisect_right(parts, own[0], key=lambda part: part[0]) - 2, 0)
    parts = parts[first : bisect_right(parts, own[1] - 1, key=lambda part: part[0])]
    marks = [Mark(*span, "found") for span in row.get("spans") or [own]]
    for layer in ("cue", "source"):
        marks += [Mark(*span, layer, 0) for span in row.get(f"{layer}_spans") or []]
    for other in rows:
        place = other["start"], other["end"]
        spans = (other.get("spans") or [place]) if place != own else []
        marks += [Mark(*span, "quote indirect", 0) for span in spans]
    shown = zip(count(first + 1), parts, mark_up(text, parts, marks, look=by_style), strict=False)
    looks = by_style("para"), by_style("nr"), by_style(look)
    html = [
        PARAGRAPH.format(looks[0], looks[1], number, looks[2], part[0], words)
        for number, part, words in shown
    ]
    return Markup("").join(html), (parts[0][0], parts[-1][1])
