"""Work on many documents: on several processor cores, and kept while a run needs it again.

Processes share out documents, not analyses.  A worker is joblib's: a fresh Python that imports the
kit and nothing of the caller's, so it starts in the same way from a notebook, a script and the
command line, on every system.

`keeping(folder)` opens a keep for this process and for the kernels that it starts: rows that one
call has found are there for the next.  Without one, which is always so outside the command line,
nothing is kept and nothing is looked up.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TypeVar

import pandas as pd

from .documents import PROJECT, KitError, english

__all__ = [
    "WORTH_IT",
    "cores",
    "in_order",
    "keep_together",
    "keeping",
    "kept_or_found",
    "map_parts",
]

KEEP = "COMMUNIQUE_KEEP"  # the variable that names the folder while a run is at work
BATCH = 60_000  # characters: some seconds of work, which is what an interruption costs
WORTH = 300_000  # characters to read; for fewer, workers take longer to start than to work
WORTH_IT = 4_000_000  # the same where words and tags are enough
PART = 250  # documents that a worker is given at a time where words and tags are enough
MOST = 8  # workers, each of which takes about 250 MB
IDLE = 60  # seconds without work after which a worker ends, should nobody be left to end it
DEPENDS_ON = ["text", "title", "author", "date", "language"]
COMPILED = {".pyc", ".pyo"}

Result = TypeVar("Result")


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_parts(
    function: Callable[..., Result], documents: pd.DataFrame, **settings: object
) -> list[Result]:
    """What a function gives for the documents, part by part, in the order of the documents.

    One part when the texts have fewer than 4 million characters; otherwise all cores share them.

    function : takes a documents table and `settings`; stands at the top of a module of the kit.
        What it gives for a document must not depend on the others.

    Raises what the function raises.

    >>> map_parts(len, pd.DataFrame({"text": ["a", "b"]}))
    [2]
    """
    if len(documents) <= PART or _letters(documents) <= WORTH_IT:
        return [function(documents, **settings)]
    parts = [documents.iloc[first : first + PART] for first in range(0, len(documents), PART)]
    return list(in_order(function, parts, processes=cores(), **settings))


def in_order(
    function: Callable[..., Result],
    parts: Sequence[pd.DataFrame],
    *,
    processes: int,
    **settings: object,
) -> Iterator[Result]:
    """What a function gives for each part, in their order, each as soon as it is there.

    function, settings : as for `map_parts`; parts : documents tables.
    processes : how many processes; 1 is this one alone.

    Raises what the function raises, and KitError when the system has ended a process.

    >>> list(in_order(len, [pd.DataFrame({"text": ["a", "b"]})], processes=4))
    [2]
    """
    work = functools.partial(function, **settings)
    if processes < 2 or len(parts) < 2:
        yield from map(work, parts)
        return
    from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor  # takes its time

    workers = min(processes, len(parts), MOST)
    pool = ProcessPoolExecutor(workers, timeout=IDLE, env={"OMP_NUM_THREADS": "1"})
    mask = getattr(signal, "pthread_sigmask", lambda how, signals: set())  # not on Windows
    try:
        before = mask(signal.SIG_BLOCK, {signal.SIGINT})  # workers are born deaf to Ctrl-C
        try:
            results = pool.map(work, map(_bare, parts))
        finally:
            mask(signal.SIG_SETMASK, before)
        yield from results
    except BrokenProcessPool:
        raise KitError(
            "a process that worked on a part of the documents was ended by the system, most often "
            "for want of memory — close other programs, or take fewer documents at a time"
        ) from None
    finally:  # also when one has failed or the user has had enough
        pool.shutdown(kill_workers=True)


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

    What was kept counts only for the very same text, title, author, date, language and settings,
    and as long as no byte of the kit has changed; a damaged file counts as none.

    find : takes documents and `settings`, and gives a list with what was found in each, made of
        what JSON can hold (tuples come back as lists); stands at the top of a module of the kit.
    documents : the documents table; name : what the files' names begin with.
    worth : characters; for fewer, other processes take longer to start than to work.

    >>> kept_or_found(lambda some: [[len(text)] for text in some["text"]],
    ...               pd.DataFrame({"text": ["Yes.", "No."]}), name="lengths")
    [[4], [3]]
    """
    folder = os.environ.get(KEEP)
    keys = _keys(documents, settings) if folder else [None] * len(documents)
    files = [key and Path(folder, f"{name}-{key}.json") for key in keys]
    results = [_read(file) for file in files]
    missing = [place for place, rows in enumerate(results) if rows is None]
    batches = _batches(documents.iloc[missing])
    processes = cores() if sum(map(_letters, batches)) > worth else 1
    found = in_order(find, batches, processes=processes, **settings)
    for place, rows in zip(missing, chain.from_iterable(found), strict=True):
        _write(rows, files[place])
        results[place] = rows
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
        documents = english(documents)
        processes = cores() if _letters(documents) > WORTH else 1
        for _ in in_order(_call_all, _batches(documents), processes=processes, finds=finds):
            pass  # what they found lies in the keep


def _call_all(documents: pd.DataFrame, *, finds: Sequence[Callable]) -> None:
    for find in finds:
        find(documents)


@functools.cache
def kit_digest(folder: Path = PROJECT) -> str:
    """The SHA-256 of the kit's code, word lists and models as they are when it is asked first."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob("helpers/**/*")):
        if path.is_file() and path.suffix not in COMPILED:
            digest.update(path.relative_to(folder).as_posix().encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _letters(documents: pd.DataFrame) -> int:
    return sum(len(text) for text in documents["text"] if isinstance(text, str))


def _bare(part: pd.DataFrame) -> pd.DataFrame:
    """A part without what `load` has noted on all documents."""
    sent = part.copy(deep=False)
    sent.attrs = {}
    return sent


def _batches(documents: pd.DataFrame) -> list[pd.DataFrame]:
    batches, first, letters = [], 0, 0
    for place, text in enumerate(documents["text"], 1):
        letters += len(str(text))
        if letters >= BATCH or place == len(documents):
            batches.append(documents.iloc[first:place])
            first, letters = place, 0
    return batches


def _keys(documents: pd.DataFrame, settings: Mapping[str, object]) -> list[str]:
    """For each document the SHA-256 of all that its rows depend on."""
    begin = hashlib.sha256(f"{kit_digest()} {settings}".encode("utf-8", "replace"))
    cells = documents.reindex(columns=DEPENDS_ON).astype(object)
    keys = []
    for row in cells.where(cells.notna(), None).itertuples(index=False):
        digest = begin.copy()
        digest.update(repr(tuple(row)).encode("utf-8", "replace"))
        keys.append(digest.hexdigest())
    return keys


def _write(rows: list, path: Path | None) -> None:
    """Writes under another name first, so that a file under its own name is always whole."""
    if path is None:
        return
    partial = path.with_suffix(f".{os.getpid()}.partial")
    try:
        partial.write_text(json.dumps(rows), "utf-8")
        os.replace(partial, path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise


def _read(path: Path | None) -> list | None:
    try:
        return json.loads(path.read_text("utf-8")) if path else None
    except (OSError, ValueError):
        return None
