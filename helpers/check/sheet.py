"""The same sample as a sheet, to fill in where widgets cannot run, and to read back."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..documents import KitError, bare, safe
from ..show.save import save_workbook
from .corrections import (
    COLUMNS,
    FIELDS,
    VERDICTS,
    add_corrections,
    keys_of,
    read_corrections,
    table_name,
)
from .sample import Sample, judged

WIDTHS = {"n": 5, "row": 40, "passage": 80, "verdict": 16, "words": 60}
KEY = ["by", "sha256", "start", "end"]  # hidden columns


def save_sheet(sample: Sample, path: str | Path = "check.xlsx") -> Path:
    """A workbook with each row of a sample in its passage, to be filled in.

    The column `verdict` offers a list; for "wrong", and "missed" (in a copy of a row of the same
    document), the cells beside it are changed to what is right.

    path : the file to write; one that is there is left as it is, since it may be filled in.
    Raises KitError when it cannot be written.
    """
    if Path(path).exists():
        return Path(path)
    columns = ["n", "row", "passage", "verdict", *FIELDS[sample.name], *KEY]
    rows = []
    for n, (card, key) in enumerate(zip(sample.cards, sample.keys, strict=True), 1):
        words = sample.text_of(card["doc"])[card["begin"] : card["stop"]]
        said = [*map(safe, card["fields"].values()), sample.by, *map(str, key)]
        rows.append([n, card["facts"], words, "", *said])
    try:
        save_workbook({"check": pd.DataFrame(rows, columns=columns)}, path)
        book = load_workbook(path)
        sheet = book["check"]
        offered = DataValidation(type="list", formula1=f'"{",".join(VERDICTS[sample.name])}"')
        offered.add("D2:D9999")
        sheet.add_data_validation(offered)
        for at, column in enumerate(columns, 1):
            look = sheet.column_dimensions[get_column_letter(at)]
            look.width, look.hidden = WIDTHS.get(column, 24), column in KEY
        book.save(path)
    except OSError as problem:
        raise KitError(f"{path} cannot be written ({problem.strerror}) — name another") from problem
    return Path(path)


def read_sheet(
    path: str | Path, table: pd.DataFrame, documents: pd.DataFrame, *, to: str | Path, who: str = ""
) -> pd.DataFrame:
    """Adds what was filled into a sheet to the corrections; what they hold already counts once.

    path : the workbook; table, documents : what its sample was taken from.
    to : the path that `load` was given; who : who has filled it in.

    Returns a row for each verdict: columns n, verdict, noted (yes, or why not).
    Raises KitError when it is no such workbook, or the corrections cannot be written.
    """
    try:
        filled = pd.read_excel(path, sheet_name="check", dtype=str, keep_default_na=False)
        filled = filled[filled["verdict"].str.strip() != ""].map(bare).to_dict("records")
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise KitError(f"{path} is no sheet of save_sheet ({problem}) — save as .xlsx") from problem
    places = {tuple(map(str, key)): at for at, key in enumerate(keys_of(table, documents))}
    fields = FIELDS[table_name(table, documents)]
    compared = [name for name in COLUMNS if name != "when"]
    there = set(read_corrections(to)[compared].itertuples(index=False, name=None))
    noted = []
    for row in filled:
        try:
            place = tuple(row.get(name) for name in KEY[1:])
            if place not in places:
                raise KitError("the text has changed, or the kit finds no such row now")
            one = Sample(table.iloc[[places[place]]], table, documents, row["by"])
            given = {name: row[name] for name in fields if name in row}
            line = judged(one, 0, row["verdict"], who=who, **given)
            if tuple(line[name] for name in compared) not in there:
                add_corrections([line], to)
            said = "yes"
        except KitError as problem:
            said = str(problem)
        noted.append([row["n"], row["verdict"], said])
    return pd.DataFrame(noted, columns=["n", "verdict", "noted"])
