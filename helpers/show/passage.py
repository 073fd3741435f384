"""A passage: the paragraphs around one row of a table, with the row marked in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from itertools import count

from markupsafe import Markup

from ..text import paragraphs
from .html import by_style
from .marks import Mark, Rows, Span, mark_up

PARAGRAPH = Markup('<div {}><span {}>{}</span><div {} data-begin="{}">{}</div></div>')


def passage(text: str, row: Mapping[str, object], rows: Rows) -> tuple[Markup, Span]:
    """The paragraphs that a row runs over and the one before them, and where they are in the text.

    The row's words are on a ground, its cue and source underlined; those of the other rows of the
    text, and only those, have a dotted line.  `data-begin` says where a paragraph begins.

    row : of the quotes or figures table; rows : all of that text, as `records` gives them.

    >>> html, place = passage("It grew.", {"start": 0, "end": 2}, [])
    >>> place, "data-begin" in html
    ((0, 8), True)
    """
    own = row["start"], row["end"]
    parts = paragraphs(text)
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
    looks = by_style("para"), by_style("nr"), by_style("words")
    html = [
        PARAGRAPH.format(looks[0], looks[1], number, looks[2], part[0], words)
        for number, part, words in shown
    ]
    return Markup("").join(html), (parts[0][0], parts[-1][1])
