"""Concordances: every occurrence in its context, one line each, each opening its place."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping

import pandas as pd

from ..documents import KitError
from ..text.sentences import paragraphs
from ..text.wording import plural
from .html import Html, macros, page

NEEDED = ("doc", "left", "match", "right")
SPACE = re.compile(r"\s+")
LONGEST = 2000  # letters of a paragraph that are shown


def show_concordance(
    table: pd.DataFrame, *, documents: pd.DataFrame | None = None, rows: int = 100
) -> Html:
    """Every occurrence in its context, one line each, the matches below each other.

    table : columns doc, start, end, left, match, right, as `concordance` gives them.
    documents : the documents table; a click on a line, or Enter, then opens the paragraph that it
        is from, with the match marked.
    rows : how many lines to show; the line below says how many there are.

    Returns an Html that notebooks display.
    Raises KitError when a column is missing.

    >>> print(show_concordance(pd.DataFrame({"doc": ["a"], "left": ["of "], "match": ["trade"],
    ...                                      "right": ["."]})).text.strip())
    of [trade].                                         a
    1 line
    """
    if missing := [name for name in NEEDED if name not in table.columns]:
        what = f"no column {', '.join(missing)}"
        raise KitError(f"{what} — give a table of `concordance`: {', '.join(NEEDED)}, start, end")
    texts = {} if documents is None else documents["text"].to_dict()
    single = len(set(table["doc"])) == 1 and "paragraph" in table
    lines, plain = [], []
    for row in table.head(max(rows, 0)).to_dict("records"):
        left, match, right = (SPACE.sub(" ", str(row[side])) for side in NEEDED[1:])
        place = f"{row['doc']}:{row['start']}" if "start" in row else str(row["doc"])
        number, around = _around(texts.get(row["doc"]), row)
        lines.append(
            {"left": left, "match": match, "n": number, "text": around}
            | {"right": " " * right[:1].isalnum() + right}
            | {"place": f"¶ {row['paragraph'] + 1}" if single else place}
        )
        plain.append(f"{left[-40:]:>40}[{match}]{right[:40]:<40}  {place}".rstrip())
    many = plural(len(table), "line") if len(table) else "no lines"
    below = f"{len(lines):,} of {many}" if len(lines) < len(table) else many
    hint = "; click a line to read its paragraph" * (bool(texts) and bool(lines))
    return page(macros("concordance", lines), "\n".join(plain), below=below + hint)


def _around(text: str | None, row: Mapping[str, object]) -> tuple[int, tuple[str, str, str] | None]:
    """The paragraph around a match: its number, and what is before, in and after the match."""
    if text is None or "end" not in row:
        return 0, None
    start, end = int(row["start"]), int(row["end"])
    parts = paragraphs(text) or [(0, len(text))]
    number = max(1, bisect_right([begin for begin, _ in parts], start))
    begin, stop = parts[number - 1]
    begin, stop = max(begin, start - LONGEST // 2), min(stop, end + LONGEST // 2)
    return number, (text[begin:start], text[start:end], text[end:stop])
