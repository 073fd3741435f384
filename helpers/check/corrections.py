"""Corrections: what people found to be true of rows, in one plain file beside the documents.

Each line of `corrections.csv` says of one place in one text, known by its SHA-256, what stands
there: so it outlives new names of files and new versions of the kit.  Lines are added and never
changed; the last one on a place counts.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pandas as pd

from ..documents import KitError, resolve
from ..show.save import FORMULA_STARTS

with suppress(ImportError):  # Windows has none
    import fcntl

FILE = "corrections.csv"
FIELDS = {"quotes": ["speaker", "words"], "figures": ["value", "unit", "of"], "passages": []}
COLUMNS = ["sha256", "doc", "table", "start", "end", "verdict", "was", *sum(FIELDS.values(), []),
           "by", "who", "when"]  # fmt: skip
NO_ROW = {"quotes": "not a statement", "figures": "not a figure"}
WRONG, MISSED, COMPLETE, TAKEN_BACK = "wrong", "missed", "complete", "taken back"
VERDICTS = {
    "quotes": ["right", WRONG, NO_ROW["quotes"], MISSED, COMPLETE, TAKEN_BACK],
    "figures": ["right", WRONG, NO_ROW["figures"], TAKEN_BACK],
    "passages": [COMPLETE],
}
SPAN = re.compile(r"(\d{1,9})-(\d{1,9})\b")
PLACE = re.compile(r"\d{1,9}")
NEUTRAL = re.compile(f"^'(?=['{re.escape(''.join(FORMULA_STARTS))}])")  # what `safe` has put there
Key = tuple[str, int, int]  # SHA-256 of the text, first character, end
Line = dict[str, str]


def text_sha256(text: object) -> str:
    """The SHA-256 of a text, which offsets hold for (a file may be read anew in another way).

    >>> text_sha256("It grew.")[:8]
    '2ffb6a1a'
    """
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()


def keys_of(table: pd.DataFrame, documents: pd.DataFrame) -> list[Key]:
    """The text, first character and end of each row of a table: what corrections know it by."""
    hashes = table["doc"].map(documents["text"].map(text_sha256))
    return list(zip(hashes, table["start"], table["end"], strict=True))


def read_corrections(documents: str | Path) -> pd.DataFrame:
    """All that people said of rows of these documents, in the order in which they said it.

    documents : the path that `load` was given; the file is in that folder, or beside that file.

    Returns columns sha256 (of the text), doc, table (quotes, figures, passages), start, end (of the
    row as the kit had it), verdict, was, speaker, words ("12-40 it works": place and words), value,
    unit, of (what is right), by (how the row was chosen), who, when (UTC): all words, none missing.
    Raises KitError when the file cannot be read, or is something else.

    >>> len(read_corrections("seeds"))
    0
    """
    path, width = beside(documents, FILE), len(COLUMNS)
    try:
        written = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        head, *rest = list(csv.reader(io.StringIO(written, newline=""), strict=True)) or [COLUMNS]
    except (OSError, UnicodeError, csv.Error) as problem:
        raise KitError(f"{path} cannot be read ({problem}) — save it as CSV in UTF-8") from problem
    if head[:width] != COLUMNS:
        what = f"begins with the columns {','.join(head)[:200]}, not {','.join(COLUMNS)}"
        raise KitError(f"{path} {what} — save it with commas, or move it away")
    cells = [[*map(bare, line), *[""] * width][:width] for line in rest if any(line)]
    return pd.DataFrame(cells, columns=COLUMNS, dtype=object)


def add_corrections(lines: Sequence[Mapping[str, str]], documents: str | Path) -> None:
    """Adds lines to the corrections beside the documents, all or, when that fails, none.

    Cells that a spreadsheet would compute get an apostrophe; `read_corrections` takes it away.

    lines : as `judged` gives them; documents : the path that `load` was given.
    Raises KitError when the file cannot be written, or is something else.
    """
    path = beside(documents, FILE)
    read_corrections(documents)  # raises: nothing is added to what is no table of corrections
    rows = io.StringIO(newline="")
    csv.writer(rows).writerows([safe(line[name]) for name in COLUMNS] for line in lines)
    try:
        with path.open("ab+") as file:
            with suppress(NameError, OSError):  # Windows, and file systems that know no locks
                fcntl.flock(file, fcntl.LOCK_EX)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1, 0))
            open_line = file.read() not in (b"\n", b"")  # an editor has left it so
            head = "\r\n" * open_line if size else "\ufeff" + ",".join(COLUMNS) + "\r\n"
            try:
                file.write((head + rows.getvalue()).encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(path, size)
                raise
    except OSError as problem:
        advice = "copy the documents into a folder of your own, or close it where it is open"
        raise KitError(f"{path} cannot be written ({problem.strerror}) — {advice}") from problem


def last_said(
    corrections: pd.DataFrame | str | Path, documents: pd.DataFrame, table: str
) -> tuple[dict[Key, Line], list[Line]]:
    """What holds of the places of these texts, and the lines that hold of none, with `why`.

    corrections : as `read_corrections` gives them, or the path that `load` was given.
    """
    if not isinstance(corrections, pd.DataFrame):
        corrections = read_corrections(corrections)
    texts = set(documents["text"].map(text_sha256))
    told: dict[Key, Line] = {}
    stale = []
    for line in corrections.to_dict("records"):
        ends = line["start"], line["end"]
        known = line["verdict"] in VERDICTS.get(line["table"], ())
        if not known or not all(map(PLACE.fullmatch, ends)):
            stale.append(line | {"why": "no line of the kit's"})
        elif line["table"] == table and line["sha256"] not in texts:
            gone = "has another text now" if line["doc"] in documents.index else "is not here"
            stale.append(line | {"why": f"the document {gone}"})
        elif line["table"] == table:
            told[line["sha256"], int(ends[0]), int(ends[1])] = line
    return {key: line for key, line in told.items() if line["verdict"] != TAKEN_BACK}, stale


def span_of(words: str) -> tuple[int, int]:
    """The place at the head of corrected words; raises KitError where there is none."""
    if not (span := SPAN.match(words)):
        raise KitError("its words have no place in the text")
    return int(span[1]), int(span[2])


def common(one: tuple[int, int], other: tuple[int, int]) -> float:
    """How much of two places is in both, 0–1.

    >>> common((0, 10), (5, 10)), common((0, 5), (5, 10))
    (0.5, 0.0)
    """
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(both, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def safe(cell: object) -> str:
    """A cell that no spreadsheet computes; `bare` gives it back as it was."""
    words = str(cell)
    return "'" + words if words.startswith((*FORMULA_STARTS, "'")) else words


def bare(cell: str) -> str:
    """What a cell said before `safe`."""
    return NEUTRAL.sub("", cell)


def beside(documents: str | Path, name: str) -> Path:
    """A file in the folder of the documents, or beside the file that they are."""
    path = resolve(documents)
    return next(place for place in (path, *path.parents) if place.is_dir()) / name
