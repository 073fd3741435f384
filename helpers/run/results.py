"""The results folder: written beside its place, moved there when complete, never lost.

A run into `results` writes `.results.communique-new` beside it, which is renamed at the end.  In
`.results.communique` lie a lock and, for the instant of the renaming, the `old` results: whoever
pulls the plug finds old results or new ones, whole.  `run.json` in the results says what was read
and written, so that the next run can tell results, which may be made again, from work that somebody
has put into them, which may not.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock, Timeout

from ..documents import PROJECT, KitError

MANIFEST = "run.json"
# what file managers put there, and JupyterLab, of notebooks that were opened
BESIDE_THE_POINT = {".DS_Store", "Thumbs.db", "desktop.ini", ".ipynb_checkpoints"}


class Place(NamedTuple):
    """Where a run works: the results to be, and the old ones set aside."""

    new: Path
    old: Path


def check_place(out: str | Path, source: Path) -> Path:
    """The full path of a results folder that may safely be made or replaced.

    Raises KitError when the results would lie among the documents or the documents among the
    results, and when the folder is in use as something else (a file, the working folder, files
    that no run has written, …).
    """
    target = Path(out).expanduser().resolve()
    in_use = [place.resolve() for place in (Path.cwd(), Path.home(), PROJECT, Path(sys.prefix))]
    if target.is_relative_to(source):
        wrong = "lies inside the documents and would be read as documents next time"
    elif source.is_relative_to(target):
        wrong = "holds the documents and would be replaced as a whole"
    elif target.exists() and not target.is_dir():
        wrong = "is a file"
    elif os.path.ismount(target) or any(place.is_relative_to(target) for place in in_use):
        wrong = "is in use; only a new folder inside it can be replaced as a whole"
    elif not read_manifest(target) and (others := find_losses(target, {})):
        wrong = f"holds what no run has written ({', '.join(others[:3])})"
    else:
        return target
    raise KitError(f"the results folder {str(out)!r} {wrong} — name one elsewhere, as ../results")


def alone(lock: Path, busy: str) -> AbstractContextManager[object]:
    """The lock, held; raises KitError, which begins with `busy`, where somebody else holds it."""
    try:
        return FileLock(lock, timeout=0).acquire()
    except Timeout:
        raise KitError(f"{busy} — wait until it is done, or name another folder") from None


@contextmanager
def workplace(target: Path) -> Iterator[Place]:
    """The folders in which a run works, with an empty `new` one; they are gone afterwards.

    Raises KitError when another run works there.
    """
    work = target.with_name(f".{target.name}.communique")
    place = Place(work.with_name(f"{work.name}-new"), work / "old")
    work.mkdir(parents=True, exist_ok=True)
    with alone(work / "lock", f"another run writes the results folder {target.name!r}"):
        try:
            _put_back(place, target)
            place.new.mkdir()
            yield place
        finally:
            _put_back(place, target)
            shutil.rmtree(work, ignore_errors=True)
    if work.exists():  # Windows deletes no lock that is held
        shutil.rmtree(work, ignore_errors=True)


def find_losses(target: Path, documents: Mapping[str, str]) -> list[str]:
    """The files that would be lost if new results on these documents replaced a folder.

    Nothing is lost with an empty folder, or one that holds only what an earlier run wrote from the
    very same documents (name → SHA-256) and nobody has changed since.
    """
    run = read_manifest(target)
    outputs = run["outputs"] if run else {}
    lost = [MANIFEST] * bool(run and run["documents"] != dict(documents))
    for path in sorted(target.rglob("*")):
        name, linked = path.relative_to(target).as_posix(), path.is_symlink()
        known = BESIDE_THE_POINT.intersection(path.parts) or run and name == MANIFEST
        if known or path.is_dir() and not linked:
            continue
        if linked or not path.is_file() or file_sha256(path) != outputs.get(name):
            lost.append(name)
    return lost


def up_to_date(target: Path, state: str) -> bool:
    """Whether a folder holds what a run in this state of everything would leave, and no more."""
    run = read_manifest(target)
    return (
        run is not None
        and run.get("state") == state
        and {*run["notebooks"].values()} == {"ok"}
        and all((target / name).exists() for name in run["outputs"])
        and not find_losses(target, run["documents"])
    )


def publish(place: Place, target: Path, *, documents: Mapping[str, str]) -> Path | None:
    """The complete new results take the target's place; nothing that somebody made is lost.

    Old results of the same documents that nobody has changed go; anything else is kept as
    `name.previous-1`.  A run that is killed in the instant between the two renamings leaves the
    old results where the next one finds and puts them back.

    Returns the path under which an old folder was kept, or None.
    """
    for path in place.new.rglob("*"):  # on the disk, and not only on the way there
        if path.is_file():
            with suppress(OSError), path.open("rb+") as file:
                os.fsync(file.fileno())
    aside = _free_name(target) if find_losses(target, documents) else place.old
    if target.exists():
        os.rename(target, aside)
    try:
        os.rename(place.new, target)
    except OSError:
        if aside.exists():
            os.rename(aside, target)
        raise
    if aside == place.old and find_losses(aside, documents):  # put in since it was looked at
        aside = aside.rename(_free_name(target))
    return None if aside == place.old else aside


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """`run.json`: the facts of a run, and the SHA-256 of every file it has written."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    outputs = {path.relative_to(folder).as_posix(): file_sha256(path) for path in files}
    run = json.dumps(dict(facts) | {"outputs": outputs}, indent=1, ensure_ascii=False)
    (folder / MANIFEST).write_text(f"{run}\n", "utf-8")


def read_manifest(folder: Path) -> dict | None:
    """The facts in a folder's `run.json`; None when there is none."""
    try:
        run = json.loads((folder / MANIFEST).read_text("utf-8"))
        return run if {"documents", "outputs"} <= run.keys() else None
    except (OSError, ValueError, AttributeError):
        return None


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put_back(place: Place, target: Path) -> None:
    """Clears up; old results that a stopped run has set aside come back."""
    if place.old.exists() and not target.exists():
        os.rename(place.old, target)
    for folder in (place.old, place.new):
        shutil.rmtree(folder, ignore_errors=True)


def _free_name(target: Path) -> Path:
    number = 1
    while os.path.lexists(path := target.with_name(f"{target.name}.previous-{number}")):
        number += 1
    return path
