"""Rows that a run of the command line has found already: its notebooks do not find them again.

`keeping(folder)` opens a keep for this process and for the kernels that it starts.  Without one,
which is always so outside the command line, nothing is kept and nothing is looked up.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from ..documents import PROJECT, english
from .parallel import cores, in_order

__all__ = ["keep_together", "keeping", "kept_or_found", "kit_digest"]

KEEP = "COMMUNIQUE_KEEP"  # the variable that names the folder while a run is at work
BATCH = 60_000  # characters: some seconds of work, which is what an interruption costs
WORTH = 300_000  # characters; for fewer, other processes take longer to start than to work
DEPENDS_ON = ["text", "title", "author", "date", "language"]
COMPILED = {".pyc", ".pyo"}


@contextmanager
def keeping(folder: Path) -> Iterator[None]:
    """While the block runs, rows are taken from a folder where it has them, and kept there.

    folder : where they are kept, in JSON files; it must exist.
    """
    before = os.environ.get(KEEP)
    os.environ[KEEP] = str(folder.resolve())
    try:
        yield
    finally:
        os.environ.pop(KEEP)
        os.environ |= {KEEP: before} if before is not None else {}


def kept_or_found(
    find: Callable[..., list],
    documents: pd.DataFrame,
    *,
    name: str,
    worth: int = WORTH,
    **settings: object,
) -> list:
    """What `find` gives for the documents: from the open keep, or found, on all cores when many.

    What was kept counts only for the very same texts, titles, dates, languages and settings, and
    as long as no byte of the kit has changed; a damaged file counts as none.

    find : takes documents and `settings`, and gives a list with what was found in each, made of
        what JSON can hold (tuples come back as lists); stands at the top of a module of the kit.
    documents : the documents table; name : what the files' names begin with.
    worth : characters; for fewer, other processes take longer to start than to work.

    >>> kept_or_found(lambda some: [[len(text)] for text in some["text"]],
    ...               pd.DataFrame({"text": ["Yes.", "No."]}), name="lengths")
    [[4], [3]]
    """
    folder = os.environ.get(KEEP)
    batches = list(_batches(documents))
    files = [
        Path(folder, f"{name}-{_key(batch, settings)}.json") if folder else None
        for batch in batches
    ]
    kept = [_read(file) for file in files]
    missing = [batch for batch, rows in zip(batches, kept, strict=True) if rows is None]
    letters = sum(len(str(text)) for batch in missing for text in batch["text"])
    found = in_order(find, missing, processes=cores() if letters > worth else 1, **settings)
    results = []
    for file, rows in zip(files, kept, strict=True):
        if rows is None:
            _write(rows := next(found), file)
        results += rows
    return results


def keep_together(
    finds: Sequence[Callable[[pd.DataFrame], object]], documents: pd.DataFrame
) -> None:
    """Lets several calls fill the open keep, all of them for a batch of documents before the next.

    So the calls find again what was read for the one before; called for all documents afterwards,
    each takes its rows from the keep.  Does nothing where no keep is open.

    finds : calls on a documents table that go through `kept_or_found`; other processes get them, so
        they are functions at the top of a module, or `functools.partial` of such.

    >>> keep_together([len], pd.DataFrame({"text": ["Yes.", "No."]}))
    """
    if KEEP in os.environ:
        batches = list(_batches(english(documents)))
        letters = sum(len(str(text)) for batch in batches for text in batch["text"])
        processes = cores() if letters > WORTH else 1
        for _ in in_order(_call_all, batches, processes=processes, finds=finds):
            pass  # what they found lies in the keep


def _call_all(documents: pd.DataFrame, *, finds: Sequence[Callable]) -> None:
    for find in finds:
        find(documents)


@functools.cache
def kit_digest(patterns: tuple[str, ...] = ("helpers/**/*",), *, folder: Path = PROJECT) -> str:
    """The SHA-256 of the kit's code, word lists and models as they are when it is asked first."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
        if path.is_file() and path.suffix not in COMPILED:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _batches(documents: pd.DataFrame) -> Iterator[pd.DataFrame]:
    first, letters = 0, 0
    for place, text in enumerate(documents["text"], 1):
        letters += len(str(text))
        if letters >= BATCH or place == len(documents):
            yield documents.iloc[first:place]
            first, letters = place, 0


def digest_of(table: pd.DataFrame, settings: str) -> str:
    """The SHA-256 of a table's cells and of the settings that they are analysed with."""
    digest = hashlib.sha256(settings.encode("utf-8", "replace"))
    cells = table.astype(object)
    for row in cells.where(cells.notna(), None).itertuples(index=False):
        digest.update(repr(tuple(row)).encode("utf-8", "replace"))
    return digest.hexdigest()


def _key(batch: pd.DataFrame, settings: Mapping[str, object]) -> str:
    return digest_of(batch.reindex(columns=DEPENDS_ON), f"{kit_digest()} {settings}")


def _write(rows: list, path: Path | None) -> None:
    """Writes under another name first, so that a file under its own name is always whole."""
    if path is None:
        return
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8") as file:
            json.dump(rows, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _read(path: Path | None) -> list | None:
    try:
        return json.loads(path.read_text("utf-8")) if path else None
    except (OSError, ValueError):
        return None
