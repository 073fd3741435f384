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
from typing import NamedTuple

import pandas as pd

from ..documents import OWN_FILES, KitError, beside, own_csv, safe
from ..text import Span
from ..text.wording import known

with suppress(ImportError):  # Windows has none
    import fcntl

FIELDS = {"quotes": ["speaker", "words"], "figures": ["value", "unit", "of", "words"]}
COLUMNS = ["sha256", "doc", "table", "start", "end", "verdict", "was", "speaker", "words", "value",
           "unit", "of", "by", "who", "when"]  # fmt: skip
VERDICTS = {
    "quotes": ["right", "wrong", "not a statement", "missed", "complete", "taken back"],
    "figures": ["right", "wrong", "not a figure", "missed", "taken back"],
    "passages": ["complete"],  # no other quote is missing there
}
SAME = [name for name in COLUMNS if name not in ("doc", "was", "by", "when")]
IMPORTED = "INCEpTION"  # `by` of the lines that came home from there
NO_ROW = ("not a statement", "not a figure")  # of quotes, of figures
SPANS = re.compile(r"\d{1,9}-\d{1,9}(?:;\d{1,9}-\d{1,9})*\b")
BLANK = b"\xef\xbb\xbf,; \t\r\n"  # all that a file may hold in which nothing is said
LONGEST = 200  # letters of a row's words, in the file
Key = tuple[str, int, int]  # SHA-256 of the text, first character, end
Line = dict[str, str]


class Said(NamedTuple):
    """What people said of the rows of a table of these documents."""

    name: str  # of the table: quotes or figures
    docs: dict[str, list]  # the documents of each text, by its SHA-256
    keys: list[Key]  # of the rows
    told: dict[Key, Line]  # what holds of a place: the last line, unless it was taken back
    whole: list[Key]  # the passages in which nothing else is missing
    stale: list[Line]  # lines that hold of nothing here, and `why`


def keys_of(table: pd.DataFrame, documents: pd.DataFrame) -> list[Key]:
    """The text, first character and end of each row; another reading of a file is another text."""
    hashes = documents["text"].map(text_sha256)
    return list(zip(table["doc"].map(hashes), table["start"], table["end"], strict=True))


def table_name(table: pd.DataFrame, documents: pd.DataFrame) -> str:
    """quotes or figures; raises KitError for other tables, and those of other documents."""
    if "doc" in table and not set(table["doc"]) <= set(documents.index):
        raise KitError("the table has rows of other documents — give the documents it was made of")
    for name, sign in (("quotes", "quote"), ("figures", "timex")):
        if {"doc", sign} <= set(table.columns):
            return name
    raise KitError("no quotes and no figures — give the table of find_quotes or find_figures")


def read_corrections(documents: str | Path) -> pd.DataFrame:
    """All that people said of rows of these documents, in the order in which they said it.

    documents : the path that `load` was given; the file is in that folder, or beside that file.

    Returns columns sha256 (of the text), doc, table (quotes, figures, passages), start, end (of the
    row as the kit had it), verdict, was, speaker, words ("12-40 it works": place and words; of two
    pieces "12-40;55-60 it … works"), value, unit, of (what is right), by (how the row was chosen),
    who, when (UTC): all words, none missing.
    Raises KitError when the file cannot be read, or is something else.

    >>> len(read_corrections("seeds"))
    0
    """
    return _read(beside(documents, OWN_FILES["corrections"]))[0]


def add_corrections(lines: Sequence[Mapping[str, str]], documents: str | Path) -> None:
    """Adds lines to the corrections beside the documents, all or, when that fails, none.

    Cells that a spreadsheet would compute get an apostrophe; `read_corrections` takes it away.

    lines : as `judged` gives them; documents : the path that `load` was given.
    Raises KitError when the file cannot be written, or is something else.
    """
    path = beside(documents, OWN_FILES["corrections"])
    _, mark = _read(path)  # raises: nothing is added to what is no table of corrections
    rows = io.StringIO(newline="")
    writer = csv.writer(rows, delimiter=mark)
    writer.writerows([safe(line[name]) for name in COLUMNS] for line in lines)
    try:
        with path.open("ab+") as file:
            with suppress(NameError, OSError):  # Windows, and file systems that know no locks
                fcntl.flock(file, fcntl.LOCK_EX)
            file.seek(0)
            before = file.read()
            head = "\ufeff" * (not before) + mark.join(COLUMNS) + "\r\n"
            head = "" if before.strip(BLANK) else head
            open_line = before[-1:] not in (b"\n", b"")  # an editor has left it so
            try:
                file.write(("\r\n" * open_line + head + rows.getvalue()).encode("utf-8", "replace"))
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                os.truncate(path, len(before))
                raise
    except OSError as problem:
        advice = "copy the documents into a folder of your own, or close it where it is open"
        raise KitError(f"{path} cannot be written ({problem.strerror}) — {advice}") from problem


def add_new(lines: Sequence[Line], documents: str | Path) -> list[Line]:
    """Adds the lines that are not among the corrections yet, and gives them."""
    there = set(read_corrections(documents)[SAME].itertuples(index=False, name=None))
    new = [line for line in lines if tuple(line[name] for name in SAME) not in there]
    if new:
        add_corrections(new, documents)
    return new


def last_said(
    table: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> Said:
    """What holds of the rows of a table, as people said it last."""
    if not isinstance(corrections, pd.DataFrame):
        corrections = read_corrections(corrections)
    name, docs = table_name(table, documents), {}
    for doc, text in documents["text"].items():
        docs.setdefault(text_sha256(text), []).append(doc)
    said: dict[str, dict[Key, Line]] = {one: {} for one in VERDICTS}
    stale = []
    for line in corrections.to_dict("records"):
        place = SPANS.fullmatch(f"{line['start']}-{line['end']}")
        worded = not line["words"] or SPANS.match(line["words"])
        if line["verdict"] not in VERDICTS.get(line["table"], ()) or not place or not worded:
            stale.append(line | {"why": "no line of the kit's"})
        elif line["sha256"] in docs:
            said[line["table"]][line["sha256"], int(line["start"]), int(line["end"])] = line
        elif line["table"] == name:
            gone = "has another text now" if line["doc"] in documents.index else "is not here"
            stale.append(line | {"why": f"the document {gone}"})
    told = {key: line for key, line in said[name].items() if line["verdict"] != "taken back"}
    return Said(name, docs, keys_of(table, documents), told, [*said["passages"]], stale)


def cells_of(row: Mapping[str, object]) -> dict[str, str]:
    """What of a row can be corrected, in words; the words of a quote by their place.

    >>> cells_of({"timex": None, "value": 1200.0, "unit": "EUR", "start": 0, "end": 4})
    {'value': '1200', 'unit': 'EUR', 'of': '', 'words': '0-4'}
    """
    numbers = [row.get(name) for name in ("value", "low", "high")]
    value = "–".join(f"{float(number):.12g}" for number in numbers if known(number))
    timex = row.get("timex")
    told = {"words": f"{row['start']}-{row['end']}", "value": timex if known(timex) else value}
    names = FIELDS["quotes" if "quote" in row else "figures"]
    cells = {name: told.get(name, row.get(name)) for name in names}
    return {name: str(cell) if known(cell) else "" for name, cell in cells.items()}


def spans_said(words: str, otherwise: Span) -> list[Span]:
    """The places at the head of corrected words, "12-40;55-60 it … works"; else the other one."""
    spans = SPANS.match(words)
    places = (place.split("-") for place in spans[0].split(";")) if spans else ()
    return [(int(start), int(end)) for start, end in places] or [otherwise]


def in_common(one: Sequence[Span], other: Sequence[Span]) -> float:
    """How much of two places, from the first character to the last, is in both, 0–1."""
    starts, ends = (one[0][0], other[0][0]), (one[-1][1], other[-1][1])
    return max(min(ends) - max(starts), 0) / (max(ends) - min(starts))


def text_sha256(text: object) -> str:
    """The SHA-256 of a text, which offsets hold for."""
    return hashlib.sha256(str(text).encode("utf-8", "surrogatepass")).hexdigest()


def _read(path: Path) -> tuple[pd.DataFrame, str]:
    """The corrections of a file, and the mark between its cells."""
    mark, rows = own_csv(path)
    (line, head), *rest = rows or [(1, COLUMNS)]
    width = len(COLUMNS)
    if head[:width] != COLUMNS:
        what = f"has the columns {','.join(head)[:200]}, not {','.join(COLUMNS)}"
        raise KitError(f"{path}, line {line}: {what} — put them there, or move the file away")
    cells = [[*cells, *[""] * width][:width] for _, cells in rest]
    return pd.DataFrame(cells, columns=COLUMNS, dtype=object), mark
