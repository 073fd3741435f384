"""Where a run works: a hidden folder beside the results, which the next run can go on with.

A run that is stopped, killed or out of room leaves two hidden folders beside its results:
`.results.partial-KEY`, which was to become the results, and `.results.partial-KEY.work` with what
had been computed.  The key stands for the documents, the settings and the kit, so a run with the
same key goes on from there, and a run with any other clears them away.  A lock tells the folders
of the dead from those of runs still at work.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

try:
    import fcntl
except ImportError:  # Windows: an open file cannot be deleted there, which serves as well
    fcntl = None  # type: ignore[assignment]


@contextmanager
def stage(target: Path, *, key: str | None = None) -> Iterator[Path]:
    """A hidden folder beside the target to write results into.

    It is gone when all went well.  When the block raises and something lies in `work_of(folder)`,
    both folders stay for the next run with the same key, and a note on the exception says so.
    What dead runs with other keys have left is cleared away first; that of live ones is not.

    target : the results folder; key : what the work depends on, as letters and digits; None for
    work that nobody can go on with.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(target, keep=key)
    folder = _place(target, key or uuid.uuid4().hex[:12])
    held = _lock(folder)
    if held is None:  # a run with the same key is at work: this one begins anew, elsewhere
        folder = _place(target, uuid.uuid4().hex[:12])
        held = _lock(folder)
    work = work_of(folder)
    work.mkdir(exist_ok=True)
    if not any(work.iterdir()):
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    try:
        yield folder
    except BaseException as problem:
        if key and any(work.iterdir()):
            problem.add_note(
                f"The same command goes on from where this run stopped; delete "
                f"{folder.name}* if you do not want to"
            )
            if held:
                held.close()
            raise
        _remove(folder, held)
        raise
    _remove(folder, held)


def work_of(folder: Path) -> Path:
    """The folder for what should outlive an interrupted run that works in a staged folder.

    >>> work_of(Path(".results.partial-1")).name
    '.results.partial-1.work'
    """
    return folder.with_name(folder.name + ".work")


def _place(target: Path, key: str) -> Path:
    return target.with_name(f".{target.name}.partial-{key}")


def _lock(folder: Path) -> IO[str] | None:
    """The open lock of a staged folder, which ends with the process; None when another has it."""
    path = folder.with_name(folder.name + ".lock")
    while True:
        if fcntl is None:
            with suppress(FileNotFoundError):
                try:
                    path.unlink()
                except OSError:
                    return None
        file = path.open("w")
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.close()
                return None
            except OSError:  # a file system without locks: nobody will clear us away
                return file
            with suppress(OSError):
                if not os.path.samestat(os.fstat(file.fileno()), path.stat()):
                    file.close()
                    continue  # whoever held it has just deleted it
            if not path.exists():
                file.close()
                continue
        return file


def _remove(folder: Path, held: IO[str] | None) -> None:
    """Deletes a staged folder with its work, its lock last."""
    for place in (folder, work_of(folder)):
        shutil.rmtree(place, ignore_errors=True)
    path = folder.with_name(folder.name + ".lock")
    if fcntl:
        path.unlink(missing_ok=True)
    if held:
        held.close()
    path.unlink(missing_ok=True)


def _clear_leftovers(target: Path, *, keep: str | None) -> None:
    """Deletes the staged folders of dead runs: nobody holds their locks any more."""
    for path in target.parent.glob(f".{_literal(target.name)}.partial-*.lock"):
        folder = path.with_suffix("")
        if keep and folder == _place(target, keep):
            continue
        held = _lock(folder)
        if held:
            _remove(folder, held)


def _literal(name: str) -> str:
    """A name as a glob pattern that matches only itself."""
    return "".join(f"[{c}]" if c in "[*?" else c for c in name)
