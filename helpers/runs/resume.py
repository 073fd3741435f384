"""Work that a run keeps while it goes on, so that an interrupted one need not begin again."""
from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from ..documents import PROJECT

BATCH = 10_000  # words: some seconds of work, which is what an interruption costs
MADE_OF = ("helpers/**/*", "notebooks/*.ipynb")  # what the results depend on beside the documents
COMPILED = {".pyc", ".pyo"}


def run_key(documents: pd.DataFrame, settings: object) -> str:
    """Twelve letters and digits that stand for documents, settings and the kit as it is.

    They change with any cell of the documents table, and with any byte of the kit's code, word
    lists, models and notebooks, so that work done before a word list was edited is never used.

    documents : the documents table; settings : whatever JSON can hold.
    """
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for row in documents.reset_index().astype(object).itertuples(index=False):
        digest.update(repr(tuple(row)).encode("utf-8", "replace"))
    for path in sorted({path for pattern in MADE_OF for path in PROJECT.glob(pattern)}):
        if path.is_file() and path.suffix not in COMPILED:
            digest.update(path.relative_to(PROJECT).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def in_batches(find: Callable[[pd.DataFrame], pd.DataFrame], documents: pd.DataFrame,
               folder: Path, *, name: str) -> pd.DataFrame:
    """The table that `find(documents)` gives, found in batches that are kept in a folder.

    Batches that the folder holds already are taken from there.  For analyses in which a document's
    rows do not depend on the other documents.

    find : gives a table with a range as its index; documents : the documents table.
    folder : where batches are kept, one JSON file each; name : what their names begin with.
    """
    columns: list[str] = []
    rows: list[list[object]] = []
    for number, batch in enumerate(_batches(documents)):
        path = folder / f"{name}-{number}.json"
        kept = _read(path)
        if kept is None:
            table = find(batch)
            cells = table.astype(object).where(table.notna(), None)
            kept = {"columns": list(table.columns), "rows": cells.to_numpy().tolist()}
            _write(kept, path)
        columns = kept["columns"]
        rows += [[_with_places(cell) for cell in row] for row in kept["rows"]]
    return pd.DataFrame(rows, columns=columns) if rows else find(documents.iloc[:0])


def _batches(documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    first, words = 0, 0
    for place, more in enumerate(documents["words"], 1):
        words += int(more)
        if words >= BATCH or place == len(documents):
            yield documents.iloc[first:place]
            first, words = place, 0


def _with_places(cell: object) -> object:
    """JSON knows no tuples: [[12, 40]] was [(12, 40)]."""
    return [tuple(one) if isinstance(one, list) else one for one in cell] if isinstance(
        cell, (list, tuple)) else cell


def _write(kept: dict, path: Path) -> None:
    """Writes under another name first, so that a file under its own name is always whole."""
    partial = path.with_suffix(".partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            json.dump(kept, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _read(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None
