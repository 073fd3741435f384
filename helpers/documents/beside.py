"""What the user keeps beside the documents: which files, where, and CSV that is safe to open."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from .model import KitError, told
from .places import resolve

OWN_FILES = {
    "themes": "themes.toml",
    "words": "words.toml",
    "speakers": "speakers.csv",
    "corrections": "corrections.csv",
    "confidence": "confidence.json",
}  # none of them is a document; what a run went by is recorded with its results
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")  # a spreadsheet computes a cell that begins with one
NEUTRAL = re.compile(f"^'(?=['{re.escape(''.join(FORMULA_STARTS))}])")  # what `safe` has put there


def beside(documents: str | Path, name: str) -> Path:
    """A file in the folder of the documents, or beside the file that they are.

    documents : the path that `load` was given; name : of the file, which need not be there.

    >>> beside("seeds", OWN_FILES["words"]).name
    'words.toml'
    """
    path = resolve(documents)
    return next(place for place in (path, *path.parents) if place.is_dir()) / name


def safe(cell: object) -> str:
    """A cell that no spreadsheet computes; `own_csv` gives it back as it was.

    >>> safe("=1+1"), safe("'tis"), safe("Lee")
    ("'=1+1", "''tis", 'Lee')
    """
    words = str(cell)
    return "'" + words if words.startswith((*FORMULA_STARTS, "'")) else words


def bare(cell: str) -> str:
    """What a cell said before `safe`."""
    return NEUTRAL.sub("", cell)


def own_csv(path: Path) -> tuple[str, list[tuple[int, list[str]]]]:
    """The separator of a CSV file of the user's, and its rows with the lines where they begin.

    Commas, semicolons or tabs, as the spreadsheet has it; blank rows are passed over.  Where there
    is no file there are no rows.
    Raises KitError, which names the line, when it is no CSV in UTF-8.
    """
    rows, line = [], 1
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        first = next(filter(str.strip, text.splitlines()), "")
        mark = max(",;\t", key=first.count)
        if first.startswith("sep="):  # Excel's word for it
            mark, text = first[4:5] or mark, text.replace(first, "", 1)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
        for cells in reader:
            rows += [(line, [*map(bare, cells)])] * any(map(str.strip, cells))
            line = reader.line_num + 1
    except (OSError, UnicodeError) as error:
        raise KitError(told("unreadable_csv", path=path, error=error)) from error
    except csv.Error as error:
        raise KitError(told("broken_csv", path=path, line=line, error=error)) from error
    return mark, rows
