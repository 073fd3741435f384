"""Tables with a document in each row, read row by row: CSV, Excel, JSON lines, Parquet."""

from __future__ import annotations

import csv
import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice

from ..clean import clean, decode
from ..facts import MISSING, column_of, days_come_first, field_name, find_day, named_facts
from ..model import BOUNDS, KitError, Part, Parts, Source, open_zip, told, words

FIRST = 50  # rows by which the columns are known
PROSE = 40  # mean letters in a column of text
WIDEST = 2000  # columns
BATCH = 64  # rows of a Parquet file in memory at a time
LONGEST = 4 * BOUNDS["letters_in_document"]  # letters of a cell, bytes of a line
LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
Row = Mapping[object, object]


def read_csv(source: Source) -> Parts:
    """One document for each row of a CSV or TSV file; the separator is found out."""
    text, encoding = decode(source.read())
    notes: list[str] = []
    rows = csv_rows(text, notes, mark="\t" if source.suffix == ".tsv" else "")
    for part in _documents(rows, source.columns, notes):
        part.encoding = encoding
        yield part


def read_xlsx(source: Source) -> Parts:
    """One document for each row of each sheet that has a column of text; formulas are not run."""
    import openpyxl

    with source.open() as file, open_zip(file, largest=BOUNDS["bytes_in_office"]):
        book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        for sheet in book.worksheets:
            sheet.reset_dimensions()  # what a file says of its size may be wrong
            notes: list[str] = []
            rows = records(sheet.iter_rows(values_only=True), notes)
            try:
                for part in _documents(rows, source.columns, notes):
                    if part.name and len(book.worksheets) > 1:
                        part.name = f"{sheet.title}-{part.name}"
                    yield part
            except KitError as problem:
                yield Part("", notes=[f"sheet {sheet.title!r}: {problem}"])


def read_json(source: Source) -> Parts:
    """One document for each object or text in the lists of a JSON file, for each line that is an
    object, or just one."""
    data, notes = source.read(), []
    found = _json(data)
    if found is None:  # JSON lines
        found = [_json(line) if line.strip() else {} for line in data.splitlines()]
        broken = [number for number, one in enumerate(found, 1) if not isinstance(one, dict)]
        if len(broken) == len(found):
            raise KitError(told("no_json"))
        if broken:
            notes.append(told("broken_json", count=len(broken), lines=_listed(broken)))
        found = [one if isinstance(one, dict) else {} for one in found]
    if isinstance(found, list):
        found = [{"text": one} if isinstance(one, str) else one for one in found]
    waiting, rows = deque([found]), []
    while waiting:
        found = waiting.popleft()
        if isinstance(found, dict) and column_of("text", list(found)) is None:
            waiting.extend(found.values())
        else:
            listed = found if isinstance(found, list) else [found]
            rows += [one for one in listed if isinstance(one, dict)]
    if not rows:
        raise KitError(told("no_list"))
    yield from _documents(rows, source.columns, notes)


def read_parquet(source: Source) -> Parts:
    """One document for each row of a Parquet file, some rows at a time."""
    from pyarrow import parquet

    nested = ("list", "struct", "map", "binary", "large_list")
    with source.open() as binary:
        file = parquet.ParquetFile(binary)
        names = [one.name for one in file.schema_arrow if not str(one.type).startswith(nested)]
        batches = file.iter_batches(batch_size=BATCH, columns=names)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from _documents(rows, source.columns, [])


def csv_rows(text: str, notes: list[str], *, mark: str = "") -> Iterator[Row]:
    """The rows of a CSV text, by its separator or the one that its first line has most of.

    notes : takes what went wrong, as `records` does.
    """
    csv.field_size_limit(LONGEST)
    first, _, rest = text.partition("\n")
    if first.startswith("sep=") and len(first.strip()) == 5:  # Excel's word for it
        mark, text = first[4], rest
    lines = (found[0] for found in LINE.finditer(text))  # one at a time: a copy would be large
    return records(csv.reader(lines, delimiter=mark or max(",;\t|", key=first.count)), notes)


def records(rows: Iterable[Iterable[object]], notes: list[str]) -> Iterator[Row]:
    """Rows as dictionaries; the first row that is not empty names the columns.

    notes : takes the names that several columns have, of which the first keeps it, and the rows
        that have more cells than there are columns.
    """
    header: list[object] = []
    longer: list[int] = []
    number = 0
    try:
        for row in rows:
            cells = list(islice(row, WIDEST))
            if header:
                number += 1
                longer += [number] if any(map(_shown, cells[len(header) :])) else []
                yield dict(zip(header, cells, strict=False))
            elif any(map(_shown, cells)):
                for name in cells:
                    twin = name in header
                    header.append(f"{name} ({len(header) + 1})" if twin else name)
                    if twin and _shown(name):
                        notes.append(told("twin_columns", name=name))
    except csv.Error as error:
        raise KitError(told("no_rows", error=error)) from error
    if longer:
        notes.append(told("longer_rows", count=len(longer), rows=_listed(longer)))


def _documents(rows: Iterable[Row], columns: Mapping[str, str], notes: list[str]) -> Parts:
    """A document for each row; rows without any value are passed over.

    columns : fact, or `text` or `doc` → the name of its column, where the user has named it.
    notes : what is wrong with the table so far.
    """
    rows = iter(rows)
    first = list(islice(rows, FIRST))
    chosen = _columns(first, columns, notes)
    text, name = chosen.pop("text"), chosen.pop("doc")

    def facts_of(row: Row) -> dict[str, str]:
        facts = named_facts({key: _shown(value) for key, value in row.items() if key != text})
        return facts | {fact: _shown(row.get(key)) for fact, key in chosen.items()}

    days = [facts_of(row).get("date", "") for row in first]
    day_first = days_come_first(days)
    if not any(days) and (others := [key for key in first[0] if _are_days(first, key)]):
        notes.append(told("unnamed_days", columns=_listed(others)))
    empty, undated, seen = [], [], set()
    for number, row in enumerate(chain(first, rows), 1):
        written = _shown(row.get(text))
        if not written:
            empty += [number] if any(map(_shown, row.values())) else []
            continue
        facts = facts_of(row)
        if day := facts.get("date"):
            facts["date"] = find_day(day, day_first=day_first) or ""
            undated += [] if facts["date"] else [day[:40]]
        called = "" if name is None else _shown(row.get(name))[:80].strip("/")
        called = str(number) if not called or called in seen else called
        seen.add(called)
        yield Part(clean(written), facts, "columns", name=called)
    if undated:
        notes.append(told("no_days", count=len(undated), first=undated[0]))
    if empty:
        notes.append(told("empty_rows", count=len(empty), rows=_listed(empty)))
    if notes:
        yield Part("", notes=notes)


def _columns(
    rows: list[Row], named: Mapping[str, str], notes: list[str]
) -> dict[str, object | None]:
    """The columns of the text, of the documents' names (None: there is none) and of what the user
    has named; where no name tells, with a note, the longest cells are the text.

    Raises KitError when there is no such column, or none of text.
    """
    if not rows:
        raise KitError(told("no_header"))
    keys = list(dict.fromkeys(key for row in rows for key in row))
    known = {field_name(key): key for key in reversed(keys)}
    for column in named.values():
        if field_name(column) not in known:
            raise KitError(told("no_such_column", column=column, columns=_listed(keys)))
    chosen = {kind: column_of(kind, keys) for kind in ("text", "doc")}
    chosen |= {fact: known[field_name(column)] for fact, column in named.items()}
    usual = [key for key in keys if field_name(key) in words("text", "columns")]
    for key in usual if chosen["text"] in usual else ():
        if key != chosen["text"] and any(len(_shown(row.get(key))) > PROSE for row in rows):
            notes.append(told("two_texts", other=str(key)[:40], taken=chosen["text"]))
    if chosen["text"] is None:
        cells = {key: list(filter(None, (_shown(row.get(key)) for row in rows))) for key in keys}
        best = max(keys, key=lambda key: len("".join(cells[key])), default=None)
        if not cells.get(best) or len("".join(cells[best])) < PROSE * len(cells[best]):
            raise KitError(told("no_texts", columns=_listed(keys)))
        chosen["text"] = best
        notes.append(told("longest_taken", taken=str(best)[:40]))
    return chosen


def _are_days(rows: list[Row], key: object) -> bool:
    cells = list(filter(None, (_shown(row.get(key)) for row in rows)))
    return bool(cells) and all(len(one) < 40 and find_day(one, day_first=True) for one in cells)


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


def _listed(items: list[object]) -> str:
    return ", ".join(map(str, items[:10]))[:200] + (", …" if len(items) > 10 else "")
