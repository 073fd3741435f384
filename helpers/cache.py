"""Rows that analyses have found, kept for the next call, notebook and run, whoever makes it.

One SQLite file in the user's cache folder, which can be deleted at any time.  `COMMUNIQUE_CACHE`
names another folder; `COMMUNIQUE_CACHE=off` keeps nothing.  A key stands for all that rows depend
on: the document, the settings, the kit and the packages under it.  Where the file cannot be opened
or written, or is damaged, nothing is kept and everything is found anew.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import sqlite3
import sys
import time
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import pandas as pd

from .documents import PROJECT

FOLDER = "COMMUNIQUE_CACHE"  # the variable that names the folder, or says "off"
FILE = "rows.sqlite"
MOST_BYTES = 1_000_000_000  # beyond these, what was used longest ago goes
PATIENCE = 20  # seconds to wait for another process that is writing
DEPENDS_ON = ["text", "title", "author", "date", "language"]
BENEATH = ("nltk", "numpy", "onnxruntime", "pint", "tokenizers")  # packages that shape rows
COMPILED = {".pyc", ".pyo"}
EMPTY = """
BEGIN IMMEDIATE;
DROP TABLE IF EXISTS kept;
CREATE TABLE kept (key TEXT PRIMARY KEY, used INTEGER, rows BLOB);
CREATE INDEX by_use ON kept (used);
PRAGMA user_version = {};
COMMIT;
"""

Result = TypeVar("Result")


def cache_file() -> Path | None:
    """Where rows are kept; None when they are not to be."""
    folder = os.environ.get(FOLDER)
    if folder == "off":
        return None
    if not folder:
        from platformdirs import user_cache_dir

        folder = user_cache_dir("communique", appauthor=False)
    return Path(folder, FILE)


def keys_of(documents: pd.DataFrame, name: str, settings: Mapping[str, object]) -> list[str]:
    """For each document the SHA-256 of all that its rows depend on, with the settings' `repr`."""
    begin = hashlib.sha256(f"{kit_digest()} {name} {settings}".encode("utf-8", "replace"))
    cells = documents.reindex(columns=DEPENDS_ON).astype(object)
    keys = []
    for row in cells.where(cells.notna(), None).itertuples(index=False):
        digest = begin.copy()
        digest.update(repr(tuple(row)).encode("utf-8", "replace"))
        keys.append(digest.hexdigest())
    return keys


def kept(keys: Sequence[str]) -> list[list | None]:
    """For each key the rows that are kept under it, or None."""
    return _with_file(functools.partial(_read, keys)) or [None] * len(keys)


def keep(rows: Iterable[tuple[str, list]]) -> None:
    """Keeps rows, made of what JSON can hold, each under its key: all of them or none."""
    today = _today()
    packed = [(key, today, zlib.compress(json.dumps(some).encode(), 1)) for key, some in rows]
    _with_file(functools.partial(_write, packed))


@functools.cache
def kit_digest(folder: Path = PROJECT) -> str:
    """The SHA-256 of the kit's code, word lists and models as they are when it is asked first.

    The versions of Python and of the packages that shape rows count, too.  It takes 30 ms, and two
    machines with the same kit have the same one, as `cluster` asks of its workers.
    """
    digest = hashlib.sha256(" ".join([sys.version, *map(metadata.version, BENEATH)]).encode())
    for path in sorted(folder.glob("helpers/**/*")):
        if path.is_file() and path.suffix not in COMPILED:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _with_file(work: Callable[[sqlite3.Connection], Result]) -> Result | None:
    """What the work gives with the open file, in one transaction; None where there is no file."""
    if (file := cache_file()) is None:
        return None
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))  # nobody else's to read
        with closing(sqlite3.connect(file, timeout=PATIENCE)) as connection, connection:
            connection.execute("PRAGMA synchronous = OFF")  # zlib tells what a power cut spoils
            version = zlib.crc32(kit_digest().encode()) >> 1  # rows of another kit are of no use
            if connection.execute("PRAGMA user_version").fetchone()[0] != version:
                connection.executescript(EMPTY.format(version))
            return work(connection)
    except (OSError, sqlite3.OperationalError):  # no room, no permission, locked for too long
        return None
    except sqlite3.DatabaseError:
        for damaged in (file.with_name(f"{FILE}-journal"), file):
            with suppress(OSError):
                damaged.unlink()
        return None


def _read(keys: Sequence[str], connection: sqlite3.Connection) -> list[list | None]:
    today, found, older = _today(), [], []
    for key in keys:
        ask = connection.execute("SELECT used, rows FROM kept WHERE key = ?", [key])
        used, packed = ask.fetchone() or (today, None)
        try:
            found.append(packed and json.loads(zlib.decompress(packed)))
        except (ValueError, TypeError, zlib.error):
            found.append(None)
        if used != today:
            older.append((today, key))
    connection.executemany("UPDATE kept SET used = ? WHERE key = ?", older)
    return found


def _write(packed: Sequence[tuple], connection: sqlite3.Connection) -> None:
    connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", packed)
    pragmas = ("page_count", "freelist_count", "page_size")
    pages, free, size = (connection.execute(f"PRAGMA {one}").fetchone()[0] for one in pragmas)
    if (pages - free) * size > MOST_BYTES:
        connection.execute(
            "DELETE FROM kept WHERE rowid IN (SELECT rowid FROM kept ORDER BY used, rowid "
            "LIMIT (SELECT 1 + count(*) / 5 FROM kept))"
        )


def _today() -> int:
    return int(time.time() // 86_400)
