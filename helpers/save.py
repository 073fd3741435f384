"""Tables as CSV files that spreadsheets open right and that cannot run anything there."""
from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet computes a cell that begins with one


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
    flat = table.reset_index() if table.index.name else table
    order = [column for column in flat.columns if column != "text" or not table.index.name]
    order += [column for column in flat.columns if column not in order]
    cells = pd.DataFrame({column: [readable(cell) for cell in flat[column]] for column in order},
                         columns=order, dtype=object)
    cells.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\r\n", errors="replace")


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
        return readable("; ".join(f"{one[0]}-{one[1]}" if isinstance(one, tuple) else str(one)
                                  for one in cell))
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
