"""Concordances: every occurrence in its context, one line each, each opening its place."""

from __future__ import annotations

import re

import pandas as pd

from ..charts.colours import GREY, INK, YELLOW
from ..documents import KitError
from ..text.sentences import paragraphs
from ..text.wording import plural
from .html import LINE, PAPER, SHADE, Html, element, escaped, page

NEEDED = ("doc", "left", "match", "right")
SPACE = re.compile(r"\s+")
LONGEST = 2000  # letters of a paragraph that are shown


def show_concordance(
    table: pd.DataFrame, *, documents: pd.DataFrame | None = None, rows: int = 100
) -> Html:
    """Every occurrence in its context, one line each, the matches below each other.

    table : columns doc, start, end, left, match, right, as `concordance` gives them.
    documents : the documents table; a click on a line then opens the paragraph that it is from,
        with the match marked.
    rows : how many lines to show; the line below says how many there are.

    Returns an Html that notebooks display.
    Raises KitError when a column is missing.

    >>> print(show_concordance(pd.DataFrame({"doc": ["a"], "left": ["of "], "match": ["trade"],
    ...                                      "right": ["."]})).text.strip())
    of [trade].                                         a
    1 line
    """
    if missing := [name for name in NEEDED if name not in table.columns]:
        raise KitError(
            f"no column {', '.join(missing)} — give a table of `concordance`: doc, "
            f"start, end, left, match, right"
        )
    texts = {} if documents is None else documents["text"].to_dict()
    single = len(set(table["doc"])) == 1
    lines, plain = [], []
    for at, row in enumerate(table.head(max(rows, 0)).to_dict("records")):
        left, match, right = (SPACE.sub(" ", str(row[side])) for side in NEEDED[1:])
        place = f"{row['doc']}:{row['start']}" if "start" in row else str(row["doc"])
        short = (
            f"¶ {row['paragraph'] + 1}"
            if single and "paragraph" in row
            else place
            if len(place) <= 24
            else f"{place[:12]}…{place[-9:]}"
        )
        line = _line(left, match, right, place=short, title=place, dark=at % 2 == 1)
        text = texts.get(row["doc"])
        if text is None or "end" not in row:
            lines.append(line)
        else:
            shown = element("summary", "list-style:none;cursor:pointer;", line)
            lines.append(element("details", "margin:0;", shown, _paragraph(text, row)))
        plain.append(f"{left[-40:]:>40}[{match}]{right[:40]:<40}  {place}".rstrip())
    many = plural(len(table), "line") if len(table) else "no lines"
    below = f"{len(lines):,} of {many}" if len(lines) < len(table) else many
    hint = "; click a line to read its paragraph" * (bool(texts) and bool(lines))
    return Html(page(*lines, below=below + hint), "\n".join([*plain, below]))


def _line(left: str, match: str, right: str, *, place: str, title: str, dark: bool) -> str:
    """One line: the context cut at its outer ends, the match in the middle."""
    one = "white-space:pre;overflow:hidden;min-width:0;"
    # The left context is cut at its beginning: a right-to-left box with left-to-right text.
    # A blank at its end would stand at its beginning then, and is made of padding.
    return element(
        "div",
        f"display:grid;grid-template-columns:minmax(0,11fr) minmax(0,13fr) 7.5em;"
        f"background:{SHADE if dark else PAPER};color:{INK};padding:2px 0;line-height:1.5;",
        element(
            "span",
            f"{one}text-align:right;direction:rtl;"
            f"padding-right:{5 if left.endswith(' ') or left and match else 0}px;",
            element("span", "direction:ltr;unicode-bidi:embed;", escaped(left.strip())),
        ),
        element(
            "span",
            f"{one}text-overflow:ellipsis;",
            element("b", "", escaped(match)),
            escaped((" " if right[:1].isalnum() else "") + right),
        ),
        element(
            "span",
            f"{one}color:{GREY};font-size:11px;padding-left:10px;text-align:right;",
            escaped(place),
            title=title,
        ),
    )


def _paragraph(text: str, row: dict) -> str:
    """The paragraph around a match, with the match marked."""
    start, end = int(row["start"]), int(row["end"])
    parts = paragraphs(text)
    number = max((n for n, (begin, _) in enumerate(parts) if begin <= start), default=0)
    begin, stop = parts[number] if parts else (0, len(text))
    begin, stop = max(begin, start - LONGEST // 2), min(stop, end + LONGEST // 2)
    return element(
        "div",
        f"color:{INK};background:{PAPER};border-left:4px solid {LINE};margin:4px 0 8px 14px;"
        "padding:2px 0 2px 12px;max-width:56em;line-height:1.6;white-space:pre-line;",
        element("span", f"color:{GREY};font-size:11px;", escaped(f"¶ {number + 1}  ")),
        escaped(text[begin:start]),
        element(
            "mark", f"color:{INK};background:{YELLOW};padding:0 2px;", escaped(text[start:end])
        ),
        escaped(text[end:stop]),
    )
