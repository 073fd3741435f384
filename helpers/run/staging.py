"""Where a run works: hidden folders beside the results, which the next run can go on with.

A run that is stopped, killed or out of room leaves two of them: `.results.partial-KEY`, which was
to become the results, and `.results.partial-KEY.work` with what had been computed.  The key stands
for the documents, the settings and the kit, so a run with the same key goes on from there, and a
run with any other clears them away.  A lock tells the folders of the dead from those of runs
still at work.
"""

from __future__ import annotations

import glob
import json
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import pandas as pd

from .kept import digest_of, kit_digest
from .results import file_sums

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be deleted there, which serves as well
    fcntl = None  # type: ignore[assignment]

MADE_OF = ("helpers/**/*", "notebooks/*.ipynb")  # what the results depend on beside the documents
WORK, LOCK, MARK, ASIDE = ".work", "lock", ".done", "old"


@contextmanager
def stage(target: Path, *, key: str | None = None) -> Iterator[Path]:
    """A hidden folder beside the target to write results into.

    It is gone when all went well.  When the block raises and something was computed that lies in
    `work_of(folder)`, both folders stay for the next run with the same key, and a note on the
    exception says so.  What dead runs with other keys have left is cleared away first; that of
    live ones is not.

    target : the results folder; key : what the work depends on, as letters and digits; None for
    work that nobody can go on with.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with stage(Path(place, "results")) as folder:
    ...         _ = (folder / "quotes.csv").write_text("half a table")
    ...     list(Path(place).iterdir())
    []
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = _place(target, key or uuid.uuid4().hex[:12])
    for work in target.parent.glob(f".{glob.escape(target.name)}.partial-*{WORK}"):
        if work != work_of(folder) and (held := _lock(work)):
            _remove(work.with_suffix(""), target, held)
    held = _lock(work_of(folder))
    if held is None:  # a run with the same key is at work: this one begins anew, elsewhere
        folder = _place(target, uuid.uuid4().hex[:12])
        held = _lock(work_of(folder))
    _put_back(folder, target)
    if not _computed(folder):
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    except BaseException as problem:
        if key and _computed(folder):
            problem.add_note(
                "The same command goes on from where this run stopped; delete "
                f"{folder.name}* if you do not want to"
            )
            held.close()
        else:
            _remove(folder, target, held)
        raise
    _remove(folder, target, held)


def work_of(folder: Path) -> Path:
    """The folder for what should outlive an interrupted run that works in a staged folder.

    >>> work_of(Path(".results.partial-1")).name
    '.results.partial-1.work'
    """
    return folder.with_name(folder.name + WORK)


def aside_of(folder: Path) -> Path:
    """Where old results are while new ones from a staged folder take their place."""
    return work_of(folder) / ASIDE


def mark_done(folder: Path, notebook: str) -> None:
    """Notes that a notebook went well and what notebooks and plots the staged folder then held."""
    files = {name: sha256 for name, sha256 in file_sums(folder).items() if "/" in name}
    (work_of(folder) / f"{notebook}{MARK}").write_text(json.dumps(files), "utf-8")


def still_done(folder: Path) -> set[str]:
    """The notebooks whose files are all as they were left; other files are deleted."""
    there = file_sums(folder)
    vouched, done = set(), set()
    for mark in work_of(folder).glob(f"*{MARK}"):
        try:
            files = json.loads(mark.read_text("utf-8"))
            good = files.items() <= there.items()
        except (OSError, ValueError, AttributeError):
            good = False
        if good:
            vouched |= set(files)
            done.add(mark.stem)
        else:
            mark.unlink()
    if not done:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
    for name in there.keys() - vouched:
        (folder / name).unlink(missing_ok=True)
    return done


def run_key(documents: pd.DataFrame, settings: object) -> str:
    """Twelve letters and digits that stand for documents, settings and the kit as it is.

    They change with any cell of the documents table, and with any byte of the kit's code, word
    lists, models and notebooks, so that work done before a word list was edited is never used.

    documents : the documents table; settings : whatever JSON can hold.
    """
    made_of = json.dumps(settings, sort_keys=True) + kit_digest(MADE_OF)
    return digest_of(documents.reset_index(), made_of)[:12]


def _place(target: Path, key: str) -> Path:
    return target.with_name(f".{target.name}.partial-{key}")


def _computed(folder: Path) -> bool:
    return any(path.name != LOCK for path in work_of(folder).iterdir())


def _put_back(folder: Path, target: Path) -> None:
    """Old results of a run that was killed while they and the new ones changed places."""
    aside = aside_of(folder)
    if aside.exists() and not target.exists():
        os.rename(aside, target)
    shutil.rmtree(aside, ignore_errors=True)


def _lock(work: Path) -> IO[str] | None:
    """The open lock in a work folder, which ends with the process; None when another has it."""
    path = work / LOCK
    while True:
        work.mkdir(exist_ok=True)
        if fcntl is None:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                return None
        with suppress(FileNotFoundError):  # whoever held it has just deleted it: once more
            file = path.open("w")
            try:
                if fcntl:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return None
            except OSError:  # a file system without locks: nobody will clear us away
                return file
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return file
            file.close()


def _remove(folder: Path, target: Path, held: IO[str]) -> None:
    """Deletes a staged folder with its work, the marks before what they vouch for."""
    _put_back(folder, target)
    for mark in work_of(folder).glob(f"*{MARK}"):
        mark.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)
    if not fcntl:
        held.close()
    shutil.rmtree(work_of(folder), ignore_errors=True)
    held.close()
