"""Tables as CSV files and a workbook that spreadsheets open right and that run nothing there."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import escape
from itertools import chain
from pathlib import Path

import pandas as pd

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet computes a cell that begins with one

LONGEST, MOST_ROWS = 32_767, 1_048_576  # what a cell and a sheet of a workbook hold
CUT = "… (cut)"
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # by XML

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" '
    'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)


def save_tables(tables: Mapping[str, pd.DataFrame], folder: str | Path) -> list[Path]:
    """One CSV file for each table, `folder/name.csv`; gives the files, in order.

    tables : name → table, as `save_table` takes it.
    folder : where to; it is made when it is not there.

    Raises OSError when a file cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in save_tables({"figures": pd.DataFrame({"value": [2.5]})}, folder)]
    ['figures.csv']
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    paths = [place / f"{name}.csv" for name in tables]
    for path, table in zip(paths, tables.values(), strict=True):
        save_table(table, path)
    return paths


def save_table(table: pd.DataFrame, path: str | Path) -> None:
    """A table as a CSV file: commas, UTF-8 with a byte order mark, a header line.

    A named index (`doc`) becomes the first column and `text` the last.  Lists of places are
    written as "12-40; 55-60" (first character, end exclusive), other lists as "a; b"; missing is
    empty.  Text that a spreadsheet would take for a formula gets an apostrophe before it; numbers
    stay numbers, negative ones too.  Line ends inside a cell are kept, in quotation marks.  Does
    not shorten long texts: spreadsheets hold 32,767 characters in a cell, other programs more.

    table : any table of the kit, empty ones too.
    path : the file to write; an old one is replaced.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder, "quotes.csv")
    ...     save_table(pd.DataFrame({"spans": [[(12, 40), (55, 60)]], "quote": ["=1+1"]}), path)
    ...     path.read_text("utf-8-sig").splitlines()
    ['spans,quote', "12-40; 55-60,'=1+1"]
    """
    _cells(table).to_csv(
        path, index=False, encoding="utf-8-sig", lineterminator="\r\n", errors="replace"
    )


def save_workbook(tables: Mapping[str, pd.DataFrame], path: str | Path) -> Path:
    """One .xlsx file with a sheet for each table; gives the file, the same bytes for the same.

    Cells are those of the CSV files.  What a sheet cannot hold is cut, and says so: texts to
    32,767 characters, with "… (cut)" at the end, and tables to 1,048,576 rows, with a last row "…
    more rows are in the CSV file".  Control characters, which the format forbids, are left out.

    tables : name → table, as `save_table` takes it; path : the file to write.

    Raises OSError when the file cannot be written.

    Source: ECMA-376, Office Open XML, of which it writes the least that makes a workbook.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = pd.DataFrame({"quote": ["=1+1"], "value": [2.5]})
    ...     path = save_workbook({"quotes": table}, Path(folder, "results.xlsx"))
    ...     pd.read_excel(path, sheet_name="quotes").to_dict("records")
    [{'quote': "'=1+1", 'value': 2.5}]
    """
    whole = io.BytesIO()  # a disk that is full meets one plain write, not a zip half closed
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:

        def add(name: str, root: str, *parts: str) -> None:
            part = zipfile.ZipInfo(name)  # of 1980: no clock
            part.compress_type = zipfile.ZIP_DEFLATED
            inside = "".join(parts)
            book.writestr(part, f"{HEAD}<{root}>{inside}</{root.split()[0]}>")

        add(
            "[Content_Types].xml",
            f'Types xmlns="{PACKAGE}/content-types"',
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/>',
            _part("/xl/workbook.xml", "sheet.main"),
            *(_part(f"/xl/sheet{n}.xml", "worksheet") for n in range(1, len(tables) + 1)),
        )
        add(
            "_rels/.rels",
            f'Relationships xmlns="{PACKAGE}/relationships"',
            _link(1, "officeDocument", "xl/workbook.xml"),
        )
        add(
            "xl/_rels/workbook.xml.rels",
            f'Relationships xmlns="{PACKAGE}/relationships"',
            *(_link(n, "worksheet", f"sheet{n}.xml") for n in range(1, len(tables) + 1)),
        )
        add(
            "xl/workbook.xml",
            f'workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"',
            "<sheets>",
            *(
                f'<sheet name="{escape(name)}" sheetId="{n}" r:id="r{n}"/>'
                for n, name in enumerate(tables, 1)
            ),
            "</sheets>",
        )
        for n, table in enumerate(tables.values(), 1):
            add(
                f"xl/sheet{n}.xml",
                f'worksheet xmlns="{SHEET}"',
                FROZEN,
                "<sheetData>",
                *_rows(_cells(table)),
                "</sheetData>",
            )
    Path(path).write_bytes(whole.getvalue())
    return Path(path)


def _part(name: str, kind: str) -> str:
    return (
        f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
    )


def _link(n: int, kind: str, target: str) -> str:
    return f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _rows(cells: pd.DataFrame) -> Iterator[str]:
    """The rows of a sheet, the names of the columns first."""
    letters = [
        chr(65 + n) if n < 26 else chr(64 + n // 26) + chr(65 + n % 26)
        for n in range(cells.shape[1])
    ]
    full = len(cells) > MOST_ROWS - 2
    rows = chain(
        [cells.columns],
        cells[: MOST_ROWS - 2].itertuples(index=False, name=None),
        [["… more rows are in the CSV file"]] * full,
    )
    for n, row in enumerate(rows, 1):
        yield (
            f'<row r="{n}">'
            + "".join(
                [
                    f'<c r="{letter}{n}"{_fitting(cell)}</c>'
                    for letter, cell in zip(letters, row, strict=False)
                    if cell != ""
                ]
            )
            + "</row>"
        )


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it stands in a file: readable cells, `doc` first, `text` of documents last."""
    flat = table.reset_index() if table.index.name else table
    order = [column for column in flat.columns if column != "text" or not table.index.name]
    order += [column for column in flat.columns if column not in order]
    return pd.DataFrame(
        {column: [readable(cell) for cell in flat[column]] for column in order},
        columns=order,
        dtype=object,
    )


def _fitting(cell: str | int | float) -> str:
    """A cell as the sheet's file has it, from the end of its reference on."""
    if isinstance(cell, bool):
        return f' t="b"><v>{cell:d}</v>'
    if not isinstance(cell, str) and math.isfinite(cell):
        return f"><v>{cell!r}</v>"
    words = FORBIDDEN.sub("", str(cell)).encode("utf-8", "replace").decode()
    words = words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is>'


def readable(cell: object) -> str | int | float:
    """What a cell looks like in a file: text without formulas, numbers without ".0".

    >>> readable(4e10), readable(-3.25), readable(None), readable([(12, 40), (55, 60)])
    (40000000000, -3.25, '', '12-40; 55-60')
    >>> readable("@import"), readable(["road", "rail"])
    ("'@import", 'road; rail')
    """
    if isinstance(cell, str):
        return "'" + cell if cell.startswith(FORMULA_STARTS) else cell
    if isinstance(cell, (list, tuple)):
        return readable(
            "; ".join(f"{one[0]}-{one[1]}" if isinstance(one, tuple) else str(one) for one in cell)
        )
    if cell is None or cell is pd.NA or cell is pd.NaT:
        return ""
    if isinstance(cell, float) or getattr(getattr(cell, "dtype", None), "kind", "") == "f":
        number = float(cell)
        if math.isnan(number):
            return ""
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if isinstance(cell, int) or getattr(getattr(cell, "dtype", None), "kind", "") in "iub":
        return cell.item() if hasattr(cell, "item") else cell
    return readable(str(cell))
