"""Tables with a document in each row, read row by row: CSV, Excel, JSON lines, Parquet."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice

from ..clean import clean, decode
from ..facts import MISSING, column_of, days_come_first, fact_of, field_name, find_day, named_facts
from ..model import BOUNDS, KitError, Part, Parts, Source, open_zip

FIRST = 50  # rows by which the columns are known
LATER = re.compile("modif|updat|chang|access|retriev|download|fetch|crawl|scrap|birth|born|dead")
PROSE = 40  # mean letters in a column of text
WIDEST = 2000  # columns
BATCH = 64  # rows of a Parquet file in memory at a time
SAMPLE = 1_000_000  # bytes by which an encoding is known
LONGEST = 4 * BOUNDS["letters_in_document"]  # letters of a cell, bytes of a line
Row = Mapping[object, object]


def read_csv(source: Source) -> Parts:
    """One document for each row of a CSV or TSV file; the separator is found out."""
    csv.field_size_limit(LONGEST)
    encoding = _encoding(source)
    with source.open() as binary:
        name = "utf-8-sig" if encoding == "utf-8" else encoding
        lines = io.TextIOWrapper(binary, encoding=name, errors="replace", newline="")
        header = lines.readline(SAMPLE)
        mark = "\t" if source.suffix == ".tsv" else separator(header)
        if header.startswith("sep=") and len(header.strip()) == 5:  # Excel's word for it
            mark = header[4]
        else:
            lines.seek(0)
        rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=mark)
        for part in _documents(records(rows), source.columns):
            part.encoding = encoding
            yield part


def read_xlsx(source: Source) -> Parts:
    """One document for each row of each sheet that has a column of text; formulas are not run."""
    import openpyxl

    with source.open() as file, open_zip(file, largest=BOUNDS["bytes_in_office"]):
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            try:
                for part in _documents(records(sheet.iter_rows(values_only=True)), source.columns):
                    if part.name and len(book.worksheets) > 1:
                        part.name = f"{sheet.title}-{part.name}"
                    yield part
            except KitError as problem:
                yield Part("", notes=[f"sheet {sheet.title!r}: {problem}"])


def read_jsonl(source: Source) -> Parts:
    """One document for each line: a JSON object with the text and its facts."""
    broken: list[int] = []

    def objects() -> Iterator[Row]:
        with source.open() as lines:
            for number, line in enumerate(iter(lambda: lines.readline(LONGEST), b""), 1):
                record = _json(line) if line.strip() else {}
                broken.extend([] if isinstance(record, dict) else [number])
                yield record if isinstance(record, dict) else {}

    yield from _documents(objects(), source.columns)
    if broken:
        what = f"{len(broken)} lines are not JSON objects (line {_listed(broken)})"
        yield Part("", notes=[f"{what} — write one object in braces on each line"])


def read_json(source: Source) -> Parts:
    """One document for each object or text in a JSON list, alone or within objects; or just one."""
    found = _json(source.read())
    if found is None:
        raise KitError("not valid JSON — export it again, best as .jsonl or .csv")
    if isinstance(found, list):
        found = [{"text": one} if isinstance(one, str) else one for one in found]
    waiting = deque([found])
    while waiting:
        found = waiting.popleft()
        if isinstance(found, dict) and column_of("text", list(found)) is not None:
            found = [found]
        if isinstance(found, list) and any(isinstance(one, dict) for one in found):
            yield from _documents((one for one in found if isinstance(one, dict)), source.columns)
            return
        waiting.extend(found.values() if isinstance(found, dict) else [])
    raise KitError("holds no list of documents — write a list of objects with a field 'text'")


def read_parquet(source: Source) -> Parts:
    """One document for each row of a Parquet file, some rows at a time."""
    from pyarrow import parquet

    nested = ("list", "struct", "map", "binary", "large_list")
    with source.open() as binary:
        file = parquet.ParquetFile(binary)
        names = [one.name for one in file.schema_arrow if not str(one.type).startswith(nested)]
        batches = file.iter_batches(batch_size=BATCH, columns=names)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from _documents(rows, source.columns)


def separator(header: str) -> str:
    """The mark between the columns of a table, by its first line."""
    return max(",;\t|", key=header.count)


def records(rows: Iterable[Iterable[object]]) -> Iterator[dict[object, object]]:
    """Rows as dictionaries; the first row that is not empty names the columns."""
    header: list[object] = []
    try:
        for row in rows:
            cells = list(islice(row, WIDEST))
            if header:
                yield dict(zip(header, cells, strict=False))
            elif any(map(_shown, cells)):
                header = cells
    except csv.Error as problem:
        raise KitError(f"not a table of rows ({problem}) — open it and save it as CSV") from problem


def _documents(rows: Iterable[Row], columns: Mapping[str, str]) -> Parts:
    """A document for each row; rows without any value are passed over.

    columns : fact, or `text` or `doc` → the name of its column, where the user has named it.
    """
    rows = iter(rows)
    first = list(islice(rows, FIRST))
    chosen, notes = _columns(first, columns)
    text, name = chosen.pop("text"), chosen.pop("doc")
    day_first = days_come_first(_shown(row.get(chosen["date"])) for row in first)
    empty, undated, seen = [], [], set()
    for number, row in enumerate(chain(first, rows), 1):
        words = _shown(row.get(text))
        if not words:
            empty += [number] if any(map(_shown, row.values())) else []
            continue
        facts = named_facts({key: _shown(value) for key, value in row.items() if key != text})
        facts |= {fact: _shown(row.get(key)) for fact, key in chosen.items() if key is not None}
        if written := facts.get("date"):
            facts["date"] = find_day(written, day_first=day_first) or ""
            undated += [] if facts["date"] else [written[:40]]
        called = "" if name is None else _shown(row.get(name))[:80].strip("/")
        called = str(number) if not called or called in seen else called
        seen.add(called)
        yield Part(clean(words), facts, "columns", name=called)
    if undated:
        what = f"{len(undated)} dates are no full days or may be two ({undated[0]!r})"
        notes.append(f"{what} — write them as 2017-11-23")
    if empty:
        what = f"{len(empty)} rows hold no text (row {_listed(empty)})"
        notes.append(f"{what} — fill them in or take them out")
    if notes:
        yield Part("", notes=notes)


def _columns(rows: list[Row], named: Mapping[str, str]) -> tuple[dict[str, object], list[str]]:
    """The columns of the text, the documents' names and days (None: there is none) and of other
    facts: as the user has named them, as their names tell, or, with a note, as their cells do.

    Raises KitError when there is no such column, or none of text.
    """
    if not rows:
        raise KitError("a table without rows — give it a header and one row for each document")
    keys = list(dict.fromkeys(key for row in rows for key in row))
    cells = {key: list(filter(None, (_shown(row.get(key)) for row in rows))) for key in keys}
    known = {field_name(key): key for key in reversed(keys)}
    for column in named.values():
        if field_name(column) not in known:
            what = f"no column {column!r} among {_listed(keys)}"
            raise KitError(f"{what} — give in columns= the names as they stand in the table")
    chosen = {fact: known[field_name(column)] for fact, column in named.items()}
    for kind in ("text", "doc"):
        chosen.setdefault(kind, column_of(kind, keys))
    notes = []
    took = (
        "no column is called {!r}; took {!r}, {} — if that is wrong, name the right column so, or "
        "give columns="
    )
    if chosen["text"] is None:
        best = max(keys, key=lambda key: len("".join(cells[key])), default=None)
        if not cells.get(best) or len("".join(cells[best])) < PROSE * len(cells[best]):
            what = f"no column of text among {_listed(keys)}"
            raise KitError(f"{what} — name the one with the documents 'text', or give columns=")
        chosen["text"] = best
        notes.append(took.format("text", str(best)[:40], "that of the longest"))
    keys.remove(chosen["text"])
    chosen.setdefault("date", next((key for key in keys if fact_of(key) == "date"), None))
    days = [key for key in keys if cells[key] and all(map(_is_day, cells[key]))]
    if chosen["date"] is None and len(days) == 1 and not LATER.search(field_name(days[0])):
        chosen["date"] = days[0]
        notes.append(took.format("date", str(days[0])[:40], "which has days"))
    elif chosen["date"] is None and days:
        what = f"no column is called 'date', but {_listed(days)} have days"
        notes.append(f"{what} — name the day of publication 'date', or give columns=")
    return chosen, notes


def _is_day(cell: str) -> bool:
    return len(cell) < 40 and find_day(cell, day_first=True) is not None


def _shown(value: object) -> str:
    """A cell as text; an empty string where it is missing."""
    if value is None or isinstance(value, dict | bytes):
        return ""
    if isinstance(value, list):
        return ", ".join(map(_shown, value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return "" if text in MISSING else text


def _json(data: bytes) -> object:
    """The value of some JSON; None where it is none."""
    try:
        return json.loads(decode(data)[0])
    except (KitError, ValueError, RecursionError):
        return None


def _encoding(source: Source) -> str:
    """The encoding of a file of any size, by its first piece that is not plain ASCII."""
    with source.open() as file:
        while piece := file.read(SAMPLE):
            if not piece.isascii() or b"\0" in piece:
                return decode(piece)[1]
    return "utf-8"


def _listed(items: list[object]) -> str:
    return ", ".join(map(str, items[:10]))[:200] + (", …" if len(items) > 10 else "")
