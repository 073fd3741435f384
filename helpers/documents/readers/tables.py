"""Tables with a document in each row, read row by row: CSV, Excel, JSON lines, Parquet."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import chain, islice

from ..archives import LARGEST_OFFICE, open_zip
from ..clean import BYTE_ORDER_MARKS, clean, decode, guess_encoding
from ..dates import days_come_first, find_day
from ..facts import FIELD, MISSING, field_name, named_facts
from ..model import FACTS, LONGEST, KitError, Part, Parts, Source

TEXTS = (
    "text",
    "full_text",
    "fulltext",
    "article_text",
    "body_text",
    "content",
    "body",
    "article",
    "articlebody",
    "article_body",
    "story",
    "transcript",
    "press_release",
    "statement",
    "main_text",
    "speech",
    "message",
    "td",
)
NAMES = ("doc", "doc_id", "document_id", "id", "article_id", "uid", "guid")
FIRST = 50  # rows by which a column of text is known
DAYS = 0.8  # least share of cells that are days in a column of dates
LATER = re.compile("modif|updat|chang|access|retriev|download|fetch|crawl|scrap|birth|born|dead")
PROSE = 40  # mean letters in a column of text
BATCH = 64  # rows of a Parquet file in memory at a time
SAMPLE = 1_000_000  # bytes by which an encoding is known


def read_csv(source: Source) -> Parts:
    """One document for each row of a CSV or TSV file; the separator is found out."""
    csv.field_size_limit(4 * LONGEST)
    encoding = _encoding(source)
    with source.open() as binary:
        lines = io.TextIOWrapper(binary, encoding=encoding, errors="replace", newline="")
        start = lines.read(SAMPLE)
        lines.seek(0)
        header = start.partition("\n")[0]
        mark = "\t" if source.suffix == ".tsv" else max(",;\t|", key=header.count)
        if header.startswith("sep=") and len(header.strip()) == 5:  # Excel's word for it
            mark = header[4]
            lines.readline()
        rows = csv.reader((line.replace("\0", "") for line in lines), delimiter=mark)
        for part in _documents(_records(rows), source.columns):
            part.encoding = encoding.removesuffix("-sig")
            yield part


def read_xlsx(source: Source) -> Parts:
    """One document for each row of each sheet that has a column of text; formulas are not run."""
    import openpyxl

    with source.open() as file, open_zip(file, largest=LARGEST_OFFICE):
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        found, refused = 0, None
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            try:
                for part in _documents(_records(sheet.iter_rows(values_only=True)), source.columns):
                    found += 1
                    if part.name and len(book.worksheets) > 1:
                        part.name = f"{sheet.title}-{part.name}"
                    yield part
            except KitError as problem:
                refused = problem
        if refused and not found:
            raise refused


def read_jsonl(source: Source) -> Parts:
    """One document for each line: a JSON object with the text and its facts."""
    broken: list[int] = []

    def records() -> Iterator[Mapping[object, object]]:
        with source.open() as lines:
            number = 0
            while line := lines.readline(4 * LONGEST):
                number += 1
                if line.strip():
                    try:
                        record = json.loads(decode(line)[0])
                    except (KitError, ValueError, RecursionError):
                        record = None
                    if not isinstance(record, dict):
                        broken.append(number)
                    yield record if isinstance(record, dict) else {}

    yield from _documents(records(), source.columns)
    if broken:
        yield Part(
            "",
            notes=[
                [
                    f"{len(broken)} lines are not JSON objects (line {_some(broken)})",
                    "write one object in braces on each line",
                ]
            ],
        )


def read_json(source: Source) -> Parts:
    """One document for each object or text in a JSON list, alone or within objects; or just one."""
    try:
        found = json.loads(decode(source.read())[0])
    except (ValueError, RecursionError) as problem:
        raise KitError("not valid JSON — export it again, best as .jsonl or .csv") from problem
    if isinstance(found, list):
        found = [{"text": one} if isinstance(one, str) else one for one in found]
    waiting = deque([found])
    while waiting:
        found = waiting.popleft()
        if isinstance(found, dict) and any(field_name(key) in TEXTS for key in found):
            found = [found]
        if isinstance(found, list) and any(isinstance(one, dict) for one in found):
            yield from _documents((one for one in found if isinstance(one, dict)), source.columns)
            return
        waiting.extend(found.values() if isinstance(found, dict) else [])
    raise KitError("holds no list of documents — write a list of objects with a field 'text'")


def read_parquet(source: Source) -> Parts:
    """One document for each row of a Parquet file, some rows at a time."""
    from pyarrow import parquet

    with source.open() as binary:
        file = parquet.ParquetFile(binary)
        schema = file.schema_arrow
        names = [
            name
            for name, kind in zip(schema.names, schema.types, strict=True)
            if not str(kind).startswith(("list", "struct", "map", "binary", "large_list"))
        ]
        batches = file.iter_batches(batch_size=BATCH, columns=names)
        yield from _documents(
            (row for batch in batches for row in batch.to_pylist()), source.columns
        )


def _records(rows: Iterable[Iterable[object]]) -> Iterator[dict[object, object]]:
    """Rows as dictionaries; the first row that is not empty names the columns."""
    header: list[object] = []
    try:
        for row in rows:
            cells = list(row)[:2000]
            if header:
                yield dict(zip(header, cells, strict=False))
            elif any(_shown(cell) for cell in cells):
                header = cells
    except csv.Error as problem:
        raise KitError(f"not a table of rows ({problem}) — open it and save it as CSV") from problem


def _documents(records: Iterable[Mapping[object, object]], columns: Mapping[str, str]) -> Parts:
    """A document for each record; records without any value are passed over.

    columns : fact, or `text` or `doc` → the name of its column, where the user has named it.
    """
    records = iter(records)
    first = list(islice(records, FIRST))
    if not first:
        raise KitError("a table without rows — give it a header and one row for each document")
    keys = list(dict.fromkeys(key for row in first for key in row))
    chosen = {fact: _key(column, keys) for fact, column in columns.items()}
    text, notes = (chosen["text"], []) if "text" in chosen else _text_column(first)
    if "date" not in chosen:
        chosen["date"], note = _date_column(first, [key for key in keys if key != text])
        notes += note
    day_first = days_come_first(_shown(row.get(chosen["date"])) for row in first)
    name = chosen.get("doc") or next(
        (key for wanted in NAMES for key in keys if field_name(key) == wanted), None
    )
    empty: list[int] = []
    undated: list[str] = []
    seen: set[str] = set()
    for number, record in enumerate(chain(first, records), 1):
        words = _shown(record.get(text))
        if not words:
            if any(map(_shown, record.values())):
                empty.append(number)
            continue
        facts = named_facts({key: _shown(value) for key, value in record.items() if key != text})
        facts |= {fact: _shown(record.get(key)) for fact, key in chosen.items() if fact in FACTS}
        if written := facts.get("date"):
            facts["date"] = find_day(written, day_first=day_first) or ""
            undated += [] if facts["date"] else [written[:40]]
        called = _shown(record.get(name))[:80].strip("/") if name is not None else ""
        if not called or called in seen:
            called = str(number)
        seen.add(called)
        yield Part(clean(words), facts, "columns", name=called)
    if undated:
        notes.append(
            [
                f"{len(undated)} dates are no full days or may be two ({undated[0]!r})",
                "write them as 2017-11-23",
            ]
        )
    if empty:
        notes.append(
            [
                f"{len(empty)} rows hold no text (row {_some(empty)})",
                "fill them in or take them out",
            ]
        )
    if notes:
        yield Part("", notes=notes)


def _key(column: str, keys: list[object]) -> object:
    """A column by its name as the user gives it; raises KitError when there is none."""
    for key in keys:
        if str(key).strip() == column or field_name(key) == field_name(column):
            return key
    raise KitError(
        f"no column {column!r} among {_listed(keys)} — give in columns= the names as "
        "they stand in the table"
    )


def _date_column(
    rows: list[Mapping[object, object]], keys: list[object]
) -> tuple[object, list[list[str]]]:
    """The column of publication days, and a note where it was guessed or must be asked for."""
    if named := next((key for key in keys if FIELD.get(field_name(key)) == "date"), None):
        return named, []
    cells = {key: [cell for row in rows if (cell := _shown(row.get(key)))] for key in keys}
    days = [
        key
        for key in keys
        if cells[key]
        and DAYS * len(cells[key])
        <= sum(len(cell) < 40 and find_day(cell, day_first=True) is not None for cell in cells[key])
    ]
    if len(days) == 1 and not LATER.search(field_name(days[0])):
        return days[0], [
            [
                f"no column is called 'date'; took {str(days[0])[:40]!r}, which has days",
                "name the right column 'date', or give columns=, if that is wrong",
            ]
        ]
    return None, [
        [
            f"no column is called 'date', but {_listed(days)} have days",
            "name the day of publication 'date', or give columns=",
        ]
    ] if days else []


def _listed(keys: list[object]) -> str:
    return ", ".join(map(str, keys[:8]))[:200]


def _text_column(rows: list[Mapping[object, object]]) -> tuple[object, list[list[str]]]:
    """The column that holds the documents, and a note where it was guessed."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    for wanted in TEXTS:
        for column in columns:
            if field_name(column) == wanted:
                return column, []
    lengths = {
        column: [len(words) for row in rows if (words := _shown(row.get(column)))]
        for column in columns
    }
    best = max(lengths, key=lambda column: sum(lengths[column]), default=None)
    if best is None or sum(lengths[best]) < PROSE * max(1, len(lengths[best])):
        raise KitError(
            f"no column of text among {_listed(columns)} — name the one with the "
            "documents 'text', or give columns="
        )
    return best, [
        [
            f"no column is called 'text'; took {str(best)[:40]!r}, that of the longest",
            "name the right column 'text', or give columns=, if that is wrong",
        ]
    ]


def _shown(value: object) -> str:
    """A cell as text; an empty string where it is missing."""
    if value is None or isinstance(value, dict | bytes):
        return ""
    if isinstance(value, list):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = str(value).strip()
    return "" if text in MISSING else text


def _encoding(source: Source) -> str:
    """The encoding of a file of any size, which is read once for it, piece by piece."""
    for mark, name in BYTE_ORDER_MARKS:
        if source.head.startswith(mark):
            return "utf-8-sig" if name == "utf-8" else name
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open() as file:
        try:
            while data := file.read(SAMPLE):
                decoder.decode(data)
            return "utf-8" if b"\0" not in source.head else guess_encoding(source.head)
        except UnicodeDecodeError:
            file.seek(0)
            return guess_encoding(file.read(SAMPLE))


def _some(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:10])) + (", …" if len(numbers) > 10 else "")
