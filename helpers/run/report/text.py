"""Reading views: a text as HTML in which every mark has a name that links can lead to."""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from ...show.marks import by_paragraph
from ...text.tokens import paragraphs

UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked: its place, and how it looks, is called and is explained.

    name : the `id` that links lead to.  look : CSS classes.  title : the words shown over it.
    row : the `id` of the row that the mark leads to; note : the small number before it that does
        so; without one the mark itself is the link.
    """

    start: int
    end: int
    name: str = ""
    look: str = ""
    title: str = ""
    note: str = ""
    row: str = ""


def mark_up(text: str, marks: Iterable[Mark], *, limit: int | None = None) -> list[Markup]:
    """The paragraphs of a text as HTML with marks in it; everything from the text is escaped.

    Marks may lie in each other, cross each other and run over paragraphs: they are cut where they
    must be, and the first piece bears the name and the note.  Marks outside the text's
    paragraphs are left out.  Takes time in proportion to the text and the pieces.

    text : the document's text; marks : in any order.
    limit : how many of its characters are shown; None shows all.

    >>> mark_up("Prices <rose>.", [Mark(7, 13, name="f1", look="figure")])
    [Markup('Prices <span id="f1" class="figure">&lt;rose&gt;</span>.')]
    """
    stop = len(text) if limit is None else limit
    places = [(start, min(end, stop)) for start, end in paragraphs(text) if start < stop]
    begun: set[int] = set()  # the marks of which a piece was written
    written = []
    for (start, end), found in zip(places, by_paragraph(list(marks), places), strict=True):
        pieces = [
            (max(mark.start, start), min(mark.end, end), mark, id(mark) not in begun)
            for mark in found
            if mark.start < mark.end
        ]
        begun.update(map(id, found))
        written.append(_nest(text, (start, end), pieces))
    return written


def shown(words: object) -> str:
    """Words without the characters that HTML cannot hold.

    >>> shown("a\\x00b")
    'a\ufffdb'
    """
    return UNSEEN.sub("\ufffd", str(words))


def _nest(text: str, place: tuple[int, int], pieces: list[tuple[int, int, Mark, bool]]) -> Markup:
    """One paragraph: the longest mark outermost; of two that cross, the later one is cut.

    A link never lies in another one, which HTML does not allow.
    """
    waiting = [
        (start, -end, order, mark, first) for order, (start, end, mark, first) in enumerate(pieces)
    ]
    heapq.heapify(waiting)
    out: list[Markup] = []
    opened: list[tuple[int, str]] = []
    position = place[0]

    def write_to(stop: int) -> None:
        nonlocal position
        while opened and opened[-1][0] <= stop:
            end, tag = opened.pop()
            out.append(escape(shown(text[position:end])) + Markup(f"</{tag}>"))
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
        linked = mark.row and not mark.note and all(tag != "a" for _, tag in opened)
        out.append(_opening(mark, "a" if linked else "span", first))
        opened.append((end, "a" if linked else "span"))
    write_to(place[1])
    return Markup("").join(out)


def _opening(mark: Mark, tag: str, first: bool) -> Markup:
    facts = [
        ("id", mark.name if first else ""),
        ("class", mark.look),
        ("title", mark.title),
        ("href", f"#{mark.row}" if tag == "a" else ""),
    ]
    opening = Markup("<{}{}>").format(
        tag,
        Markup("").join(
            Markup(' {}="{}"').format(key, shown(value)) for key, value in facts if value
        ),
    )
    if first and mark.row and mark.note:
        opening += Markup('<a class="note" href="#{}">{}</a>').format(mark.row, mark.note)
    return opening
