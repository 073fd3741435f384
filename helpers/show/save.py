"""Tables as CSV files and a workbook that spreadsheets open right and that run nothing there."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from ..documents import FORMULA_STARTS
from ..text.wording import known

LONGEST = 32_767  # what a cell of a workbook holds
MOST_ROWS = 100_000  # of a sheet, which would hold ten times as many and take minutes to be written
MOST_LINKS = 65_530  # a sheet holds no more
REPORT = "report.html"
WIDEST, MOST_WRAPPED = 46, 1_200  # characters: of a column; of a cell that is wrapped in it
SAMPLE = 500  # rows by which the width of a column goes
HEAD, LINK = Font(bold=True), Font(color="0563C1", underline="single")
TOP, WRAPPED = Alignment(vertical="top"), Alignment(vertical="top", wrap_text=True)
CUT = "… (cut)"
Links = Mapping[str, Sequence[str]]
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # by XML


def save_tables(
    tables: Mapping[str, pd.DataFrame], folder: Path, *, links: Links | None = None
) -> list[Path]:
    """`name.csv` for each table and `results.xlsx` with all of them, in a folder that is there.

    Commas, UTF-8 with a byte order mark, a header line.  A named index (`doc`) becomes the first
    column and `text` the last.  Lists of places are written as "12-40; 55-60" (first character, end
    exclusive), other lists as "a; b"; missing is empty.  Text that a spreadsheet would take for a
    formula gets an apostrophe before it; numbers stay numbers, negative ones too.  Line ends inside
    a cell are kept, in quotation marks.

    tables : name → any table of the kit, empty ones too; links : as for `save_workbook`.

    Returns the files; raises OSError when one cannot be written.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = pd.DataFrame({"spans": [[(12, 40), (55, 60)]], "quote": ["=1+1"]})
    ...     path, book = save_tables({"quotes": table}, Path(folder))
    ...     path.read_text("utf-8-sig").splitlines()
    ['spans,quote', "12-40; 55-60,'=1+1"]
    """
    how = {"encoding": "utf-8-sig", "lineterminator": "\r\n", "errors": "replace"}
    paths = [folder / f"{name}.csv" for name in tables]
    for path, table in zip(paths, tables.values(), strict=True):
        _cells(table).to_csv(path, index=False, **how)
    return [*paths, save_workbook(tables, folder / "results.xlsx", links=links)]


def save_workbook(
    tables: Mapping[str, pd.DataFrame], path: str | Path, *, links: Links | None = None
) -> Path:
    """One .xlsx file with a sheet for each table, its cells as those of the CSV files.

    Each sheet has a head that stays in sight and filters; columns are as wide as what they hold,
    and long words are wrapped, but not whole documents.

    tables : name → any table of the kit; links : name → for each row the name of its passage in
        the `report.html` beside the file, which `doc` then leads to; "" for none.

    What is too much for a sheet is cut, and says so: texts to 32,767 letters, with "… (cut)" at the
    end, and tables to 100,000 rows, with a last row "… more rows are in the CSV file".  Control
    characters, which the format forbids, are left out.

    Returns the file; raises OSError when it cannot be written.
    """
    book = Workbook(write_only=True)
    for name, table in tables.items():
        cells = _cells(table[: MOST_ROWS - 2])
        columns = list(cells.columns)
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        places = dict(enumerate((links or {}).get(name, ())[:MOST_LINKS]))
        looks = [_look(sheet, cells, at) for at in range(len(columns))]
        sheet.append([_written(sheet, head, TOP, HEAD) for head in columns])
        for n, row in enumerate(cells.itertuples(index=False, name=None)):
            written = [_written(sheet, *pair) for pair in zip(row, looks, strict=True)]
            if places.get(n):
                at = columns.index("doc")
                written[at] = _written(sheet, row[at], TOP, LINK)
                written[at].hyperlink = Hyperlink(ref="", target=REPORT, location=places[n])
            sheet.append(written)
        if len(table) > len(cells):
            sheet.append(["… more rows are in the CSV file"])
        last = get_column_letter(max(len(columns), 1))
        sheet.auto_filter.ref = f"A1:{last}{len(cells) + 1}"
    book.save(path)
    return Path(path)


def _look(sheet: Worksheet, cells: pd.DataFrame, at: int) -> Alignment:
    """Sets the width of a column; gives the alignment of its cells."""
    longest = max((len(str(cell)) for cell in cells.iloc[:SAMPLE, at]), default=0)
    width = max(longest, len(cells.columns[at]) + 3) + 2  # beside the head stands its filter
    sheet.column_dimensions[get_column_letter(at + 1)].width = min(width, WIDEST)
    return WRAPPED if width > WIDEST and longest <= MOST_WRAPPED else TOP


def _written(
    sheet: Worksheet, value: object, look: Alignment, font: Font | None = None
) -> WriteOnlyCell:
    """A cell as a sheet can hold it."""
    if isinstance(value, str) or not math.isfinite(value):
        words = FORBIDDEN.sub("", str(value)).encode("utf-8", "replace").decode()
        value = words if len(words) <= LONGEST else words[: LONGEST - len(CUT)] + CUT
    cell = WriteOnlyCell(sheet, None if value == "" else value)
    cell.alignment = look
    if font:
        cell.font = font
    return cell


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    """The table as it stands in a file: readable cells, `doc` first, `text` of documents last."""
    flat = table.reset_index() if table.index.name else table
    last = [column for column in flat.columns if column == "text" and table.index.name]
    order = [column for column in flat.columns if column not in last] + last
    cells = {column: [readable(cell) for cell in flat[column]] for column in order}
    return pd.DataFrame(cells, columns=order, dtype=object)


def readable(cell: object) -> str | int | float:
    """What a cell looks like in a file: text without formulas, numbers without ".0".

    >>> readable(4e10), readable(-3.25), readable(None), readable([(12, 40), (55, 60)])
    (40000000000, -3.25, '', '12-40; 55-60')
    >>> readable("@import"), readable(["road", "rail"])
    ("'@import", 'road; rail')
    """
    cell = cell.item() if hasattr(cell, "item") else cell  # of numpy
    if isinstance(cell, str):
        return "'" + cell if cell.startswith(FORMULA_STARTS) else cell
    if isinstance(cell, (list, tuple)):
        places = (f"{one[0]}-{one[1]}" if isinstance(one, tuple) else str(one) for one in cell)
        return readable("; ".join(places))
    if not known(cell):
        return ""
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < 1e15 else cell
    return cell if isinstance(cell, int) else readable(str(cell))
