"""Tables for notebooks: full text, wrapped and left-aligned."""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real

import pandas as pd

from ..charts.colours import GREY, INK
from ..documents import KitError
from ..text.wording import known, number, plural
from .html import LINE, PAPER, SHADE, Html, element, escaped, page, sorting_script

CELL = f"padding:5px 12px 5px 0;border-bottom:1px solid {LINE};vertical-align:top;line-height:1.45;"
LONGEST = 4000  # letters in a cell; longer texts are cut and say so
HIDDEN = {"spans", "cue_spans", "source_spans", "theme_spans", "figure_spans", "evidence"}


def show_table(
    frame: pd.DataFrame,
    *,
    rows: int = 50,
    columns: Sequence[str] | None = None,
    caption: str = "",
    sort: str = "",
    sortable: bool = False,
) -> Html:
    """A table to read: full texts wrapped, numbers right-aligned, missing values a dash.

    Lists of places (`spans` and the like) are left out unless they are asked for in `columns`.
    Where all rows are of one document, its name stands below the table and not in every row.
    Paragraphs are shown under "¶", counted from 1 as in the reading view; the column `paragraph`
    of the table itself counts from 0.  Shares and scores keep four decimals at most.

    frame : any table, empty ones too; its index is shown unless it is a plain row count.
    rows : how many rows to show; the line below says how many there are.
    columns : which columns, in which order; None means all but lists of places.
    caption : a line above the table.
    sort : the column to sort by before rows are cut, "-value" for the largest first; missing
        values stay last.
    sortable : whether a click on a column's name sorts the rows that are shown.  Where scripts do
        not run, as in a notebook that is not trusted, the table looks the same and stays as it is.

    Returns an Html that notebooks display.
    Raises KitError when a column is asked for that the table does not have.

    >>> show_table(pd.DataFrame({"speaker": ["Li", None], "quotes": [1200, 3]})).text
    '  speaker quotes\\n0      Li  1,200\\n1       —      3'
    """
    by = sort.removeprefix("-")
    asked = [*(columns or ()), *filter(None, [by])]
    if missing := [c for c in asked if c not in frame.columns]:
        raise KitError(
            f"no column {', '.join(map(repr, missing))} — the table has "
            f"{', '.join(map(str, frame.columns))}"
        )
    if by:
        counted = isinstance(frame.index, pd.RangeIndex)
        frame = frame.sort_values(
            by,
            ascending=by == sort,
            kind="stable",
            na_position="last",
            ignore_index=counted,
            key=lambda cells: (
                cells
                if cells.dtype != object
                else cells.map(lambda cell: cell_words(cell, by).casefold(), na_action="ignore")
            ),
        )
    shown = frame if columns is None else frame[list(columns)]
    keep = [i for i, name in enumerate(shown.columns) if columns is not None or name not in HIDDEN]
    shown = shown.iloc[: max(rows, 0), keep]
    single = "doc" in shown and columns is None and len(frame) > 1 and frame["doc"].nunique() == 1
    if single:
        shown = shown.drop(columns="doc")
    if not isinstance(frame.index, pd.RangeIndex):
        shown = shown.rename_axis([name or "" for name in frame.index.names]).reset_index(
            allow_duplicates=True
        )
    numeric = [
        pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
        for kind in shown.dtypes
    ]
    names = ["¶" if name == "paragraph" else str(name) for name in shown.columns]
    keys = [
        [
            _key(value) if right and sortable else ""
            for value, right in zip(row, numeric, strict=True)
        ]
        for row in shown.itertuples(index=False, name=None)
    ]
    cells = [
        [cell_words(value, name) for value, name in zip(row, shown.columns, strict=True)]
        for row in shown.itertuples(index=False, name=None)
    ]
    looks = [_look([row[i] for row in cells], right) for i, right in enumerate(numeric)]
    head = "".join(
        element(
            "th",
            f"{CELL}text-align:{'right' if right else 'left'};color:{GREY};"
            f"font-weight:600;white-space:nowrap;border-bottom:2px solid {LINE};"
            f"background:{PAPER};",
            escaped(name),
        )
        for name, right in zip(names, numeric, strict=True)
    )
    body = "".join(
        f'<tr style="background:{SHADE if at % 2 else PAPER};color:{INK}">'
        + "".join(
            element("td", CELL + look, escaped(cell), **{"data-value": key})
            for look, cell, key in zip(looks, row, keys[at], strict=True)
        )
        + "</tr>"
        for at, row in enumerate(cells)
    )
    place = f"all of document {frame['doc'].iloc[0]}" if single else ""
    below = "; ".join(filter(None, [_count(len(shown), len(frame)), place]))
    html = page(
        *([element("div", "font-weight:600;padding:2px 0 6px;", escaped(caption))] * bool(caption)),
        element(
            "table",
            f"border-collapse:collapse;table-layout:auto;width:auto;margin:0;"
            f"color:{INK};background:{PAPER};font-size:13px;",
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>",
            **{"data-sortable": "yes" * sortable},
        ),
        *([f"<script>{sorting_script()}</script>"] * sortable),
        below=below,
        more="overflow-x:auto;",
    )
    plain = pd.DataFrame(cells, columns=names).to_string() if cells else " ".join(names)
    return Html(html, "\n".join(filter(None, [caption, plain, below])))


def _key(value: object) -> str:
    """A number as a script reads it, so that 1,200 stands behind 3."""
    return repr(float(value)) if known(value) else ""


def cell_words(value: object, name: object = "") -> str:
    """A cell in words; paragraphs, named so, are counted from 1.

    >>> cell_words([(3, 9)]), cell_words(0, "paragraph"), cell_words(None)
    ('3–9', '1', '—')
    """
    if isinstance(value, list | tuple | set):
        items = sorted(value, key=str) if isinstance(value, set) else value
        if len(items) == 2 and all(isinstance(item, int) for item in items):
            return f"{items[0]}–{items[1]}"
        return "; ".join(cell_words(item) for item in items) or "—"
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return "yes" if value else "no"
    if not known(value):
        return "—"
    if isinstance(value, Real):
        return number(float(value) + (name == "paragraph"))
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text):,} letters in all)"


def _look(cells: list[str], right: bool) -> str:
    """The style of a column's cells: the longer its texts, the more room it claims."""
    if right:
        return "text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;"
    longest = max(map(len, cells), default=0)
    if longest <= 12:
        return "text-align:left;white-space:pre;"
    least = 26 if longest > 120 else 14 if longest > 40 else 7
    return (
        "text-align:left;white-space:pre-wrap;overflow-wrap:break-word;max-width:46em;"
        f"min-width:{least}em;"
    )


def _count(shown: int, total: int) -> str:
    if not total:
        return "no rows"
    return f"{shown:,} of {plural(total, 'row')}" if shown < total else ""
