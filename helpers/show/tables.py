"""Tables for notebooks, full text, wrapped and left-aligned, and what stands above them all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from numbers import Real

import pandas as pd
from markupsafe import Markup

from ..documents import KitError, english, language_name
from ..text import doc_of
from ..text.wording import known, listed, number, plural
from .html import Column, Html, macros, page
from .marks import passage, records

LONGEST = 4000  # letters in a cell; longer texts are cut and say so
HIDDEN = {"spans", "cue_spans", "source_spans", "theme_spans", "figure_spans", "evidence"}
LOOKS = ((12, "short"), (40, "medium"), (120, "long"))  # letters of a column's longest cell
MOST = 5  # names in the sentence on what was left out
FOLD = Markup('<details><summary style="cursor:pointer">¶ {}</summary>{}</details>')
BEGIN = re.compile(r' data-begin="\d+"')
UNBROKEN = 16  # letters without a blank that need not stay on one line


def show_table(
    frame: pd.DataFrame,
    *,
    rows: int = 50,
    columns: Sequence[str] | None = None,
    caption: str = "",
    sort: str = "",
    sortable: bool = False,
    documents: pd.DataFrame | None = None,
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
    documents : the documents table; with it each row that has a place in one opens its passage, the
        words marked, with a click or the Enter key.

    Returns an Html that notebooks display.
    Raises KitError when a column is asked for that the table does not have.

    >>> show_table(pd.DataFrame({"speaker": ["Li", None], "quotes": [1200, 3]})).text
    '  speaker quotes\\n0      Li  1,200\\n1       —      3'
    """
    by = sort.removeprefix("-")
    asked = [*(columns or ()), *filter(None, [by])]
    if missing := [c for c in asked if c not in frame.columns]:
        what = f"no column {', '.join(map(repr, missing))}"
        raise KitError(f"{what} — the table has {', '.join(map(str, frame.columns))}")
    frame = _sorted(frame, by, ascending=by == sort) if by else frame
    table = frame.loc[:, ~frame.columns.isin(HIDDEN)] if columns is None else frame[list(columns)]
    table = table.iloc[: max(rows, 0)]
    single = "doc" in table and columns is None and len(frame) > 1 and frame["doc"].nunique() == 1
    if single:
        table = table.drop(columns="doc")
    if not isinstance(frame.index, pd.RangeIndex):
        table = table.rename_axis([name or "" for name in frame.index.names])
        table = table.reset_index(allow_duplicates=True)
    names = ["¶" if name == "paragraph" else str(name) for name in table.columns]
    heads, cells = [], [{} for _ in range(len(table))]
    for at, name in enumerate(table.columns):
        column = table.iloc[:, at]
        kind = column.dtype
        right = pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)
        by = f"by{at}" if right and sortable else ""
        for row, value in zip(cells, column, strict=True):
            row[at] = cell_words(value, name)
            if by:  # as a script reads it, so that 1,200 stands behind 3
                row[by] = repr(float(value)) if known(value) else ""
        look = "n" if right else _look([row[at] for row in cells])
        heads.append(Column(names[at], at, look, by=by))
    if documents is not None and len(table) and "doc" in frame and {"start", "spans"} & {*frame}:
        heads.append(Column("in the text", "passage", "long"))
        for row, told in zip(cells, records(frame.iloc[: len(table)]), strict=True):
            row["passage"] = _fold(documents["text"].get(told["doc"]), told)
    place = f"all of document {frame['doc'].iloc[0]}" if single else ""
    below = "; ".join(filter(None, [_count(len(table), len(frame)), place]))
    plain = pd.DataFrame([[row[at] for at in range(len(names))] for row in cells], columns=names)
    text = "\n".join(filter(None, [caption, plain.to_string() if cells else " ".join(names)]))
    inner = macros("table", heads, cells, sortable)
    return page(inner, text, below=below, caption=caption, sortable=sortable)


def _fold(text: object, row: dict[str, object]) -> Markup:
    """The passage of a row behind "¶ 3"; empty where its document is not there."""
    spans = row.get("spans") or row.get("evidence") or []
    place = {"start": row.get("start"), "end": row.get("end")}
    if place["start"] is None and spans:  # a phrase, by its first place
        place, spans = dict(zip(("start", "end"), spans[0], strict=True)), spans[:1]
    if not isinstance(text, str) or place["start"] is None:
        return Markup("")
    shown, (begin, end) = passage(text, row | place | {"spans": spans}, (), look="cell")
    number = sum(stop <= place["start"] for _, stop in doc_of(text).paragraphs) + 1
    shown = Markup(BEGIN.sub("", shown))  # for the panel that checks rows
    return FOLD.format(number, shown) if end - begin <= 2 * LONGEST else Markup(f"¶ {number}")


def _sorted(frame: pd.DataFrame, by: str, *, ascending: bool) -> pd.DataFrame:
    """The rows in order, words by their letters in any case; missing values last."""

    def key(cells: pd.Series) -> pd.Series:
        if cells.dtype != object:
            return cells
        return cells.map(lambda cell: cell_words(cell, by).casefold(), na_action="ignore")

    counted = isinstance(frame.index, pd.RangeIndex)
    return frame.sort_values(
        by, ascending=ascending, kind="stable", na_position="last", ignore_index=counted, key=key
    )


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


def _look(cells: list[str]) -> str:
    """The longer the texts of a column, the more room it claims; what has no blanks is broken."""
    longest = max(map(len, cells), default=0)
    if longest > UNBROKEN and not any(" " in cell.strip() for cell in cells):
        return "code"
    return next((look for most, look in LOOKS if longest <= most), "said")


def _count(shown: int, total: int) -> str:
    if not total:
        return "no rows"
    return f"{shown:,} of {plural(total, 'row')}" if shown < total else ""


def left_out(documents: pd.DataFrame) -> str:
    """How many documents were read, and which of them the analyses leave out.

    documents : the documents table; made by hand it has no problems to tell of.

    Raises KitError when this is no table of documents.

    >>> print(left_out(pd.DataFrame({"text": ["Oui.", "Yes."], "language": ["fr", "en"]})))
    2 documents read; 1 is in another language and left out of the analyses: 0 (French).
    """
    spoken = english(documents)
    rest = documents.drop(index=spoken.index)
    parts = [f"{plural(len(documents), 'document')} read"]
    if len(rest):
        named = rest[:MOST]["language"].items()
        names = [f"{doc} ({language_name(code)})" for doc, code in named]
        names += [f"{len(rest) - MOST:,} more"] * (len(rest) > MOST)
        are = "is" if len(rest) == 1 else "are"
        out = f"{len(rest):,} {are} in another language and left out of the analyses"
        parts.append(f"{out}: {listed(names)}")
    if missed := len(unread(documents)):
        parts.append(f"{plural(missed, 'file')} not among them: notebook 01 says why")
    return "; ".join(parts) + "."


def unread(documents: pd.DataFrame) -> pd.DataFrame:
    """The problems of files of which nothing was read; "table.csv#5" is a part of a file."""
    problems = documents.attrs.get("problems", pd.DataFrame({"path": []}))
    read = set(documents["path"].str.split("#").str[0]) if "path" in documents else set()
    return problems[~problems["path"].astype(str).str.split("#").str[0].isin(read)]
