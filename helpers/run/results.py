"""The results folder: written beside its place, moved there when complete, never lost.

A run works in a hidden folder beside the one that was asked for (see `staging`), which is renamed
at the end: whoever pulls the plug finds the old results or the new ones, whole.
`run.json` in the results says what was read and written, so that the next run can tell results,
which may be made again, from work that somebody has put into them, which may not.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ..documents import PROJECT, KitError

MANIFEST = "run.json"
BESIDE_THE_POINT = {".DS_Store", "Thumbs.db", "desktop.ini"}  # put there by file managers
CHECKPOINTS = ".ipynb_checkpoints"  # JupyterLab copies a notebook there when it opens it


def check_place(out: str | Path, source: Path) -> Path:
    """The full path of a results folder that may safely be made or replaced.

    out : the folder asked for; source : the documents, as `documents.resolve` gives them.

    Raises KitError when the results would lie among the documents or the documents among the
    results, and when the folder is in use as something else (a file, the working folder, …).

    >>> check_place("results", PROJECT / "seeds").name
    'results'
    """
    target = Path(out).expanduser().resolve()
    if target == source or target.is_relative_to(source):
        raise KitError(
            f"the results folder {str(out)!r} lies inside the documents and would be "
            "read as documents next time — name one outside, such as --out results"
        )
    if source.is_relative_to(target):
        raise KitError(
            f"the documents lie inside the results folder {str(out)!r}, which a run "
            "replaces as a whole — name another one, such as --out results"
        )
    if target.exists() and not target.is_dir():
        raise KitError(f"{str(out)!r} is a file — name a folder for the results")
    in_use = (Path.cwd(), Path.home(), PROJECT, Path(sys.prefix))
    if os.path.ismount(target) or any(place.resolve().is_relative_to(target) for place in in_use):
        raise KitError(
            f"{str(out)!r} is in use and cannot be replaced as a whole — name a new "
            "folder inside it, such as --out results"
        )
    return target


def find_losses(target: Path, documents: Mapping[str, str]) -> list[str]:
    """What would be lost if a folder were replaced by new results on these documents.

    Nothing is lost by replacing an empty folder, or one that holds only what an earlier run wrote
    from the very same documents and nobody has changed since.

    target : the folder, which need not exist; documents : name of each document → its SHA-256.

    >>> find_losses(PROJECT / "seeds", {})
    ['000_bffb73331b704f91.txt (not written by the kit)']
    """
    run = read_manifest(target)
    outputs = run["outputs"] if run else {}
    lost = []
    if run and run["documents"] != dict(documents):
        lost.append(f"the results of other documents ({_some(list(run['documents']))})")
    for path in sorted(target.rglob("*")):
        name = path.relative_to(target).as_posix()
        if path.is_dir() and not path.is_symlink() or run and name == MANIFEST:
            continue
        if path.name in BESIDE_THE_POINT:
            continue
        written = outputs.get(name)
        if path.parent.name == CHECKPOINTS and not path.is_symlink():
            written = outputs.get(name.replace(f"{CHECKPOINTS}/", "").replace("-checkpoint", ""))
        if written is None:
            lost.append(f"{name} (not written by the kit)")
        elif path.is_symlink() or not path.is_file() or file_sha256(path) != written:
            lost.append(f"{name} (changed since the kit wrote it)")
    return lost


def check_losses(target: Path, documents: Mapping[str, str]) -> None:
    """Raises KitError, naming what would be lost, when a folder must not simply be replaced."""
    lost = find_losses(target, documents)
    if lost:
        raise KitError(
            f"the folder {target.name!r} holds what would be lost: {_some(lost)} — "
            f"name another folder, or give --force, which keeps the old one as "
            f"{target.name}.previous-{_next(target)}"
        )


def publish(
    folder: Path, target: Path, *, documents: Mapping[str, str], aside: Path
) -> Path | None:
    """A complete staged folder takes the target's place; nothing that somebody made is lost.

    Old results of the same documents that nobody has changed are moved to `aside`, to be deleted
    by the caller; anything else is kept as `name.previous-1`.  A run that is killed in the instant
    between the two renamings leaves the old results there.

    folder, target, aside : on one file system; nothing lies at `aside`.
    documents : name of each document → its SHA-256.

    Returns the path under which an old folder was kept, or None.
    """
    _settle(folder)
    old = None
    if target.exists():
        if not any(target.iterdir()):
            target.rmdir()
        elif find_losses(target, documents):
            old = _move_to_free_name(target, target)
        else:
            os.rename(target, old := aside)
    try:
        os.rename(folder, target)
    except OSError:
        if old:
            os.rename(old, target)
        raise
    if old == aside and find_losses(aside, documents):  # put in since it was looked at
        return _move_to_free_name(aside, target)
    return None if old == aside else old


def file_sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file in a folder, by its path in it."""
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    return {path.relative_to(folder).as_posix(): file_sha256(path) for path in paths}


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """`run.json`: the facts of a run, and the SHA-256 of every file it has written."""
    run = dict(facts) | {"outputs": file_sums(folder)}
    run["seal"] = _seal(run)
    (folder / MANIFEST).write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n", "utf-8")


def read_manifest(folder: Path) -> dict | None:
    """The facts in a folder's `run.json`; None when there is none or somebody has edited it."""
    try:
        run = json.loads((folder / MANIFEST).read_text("utf-8"))
        return run if run["seal"] == _seal(run) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _settle(folder: Path) -> None:
    """Waits until a folder's files are on the disk, and not only on their way there."""
    for path in folder.rglob("*"):
        if path.is_file():
            with suppress(OSError), path.open("rb+") as file:
                os.fsync(file.fileno())


def _seal(run: Mapping[str, object]) -> str:
    facts = {key: value for key, value in run.items() if key != "seal"}
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _some(names: list[str], most: int = 5) -> str:
    shown = "; ".join(names[:most])
    return f"{shown}; and {len(names) - most} more" if len(names) > most else shown


def _next(target: Path) -> int:
    number = 1
    while os.path.lexists(target.with_name(f"{target.name}.previous-{number}")):
        number += 1
    return number


def _move_to_free_name(folder: Path, target: Path) -> Path:
    """Renames a folder to the first free `target.previous-N`."""
    while True:
        free = target.with_name(f"{target.name}.previous-{_next(target)}")
        with suppress(FileExistsError):
            os.rename(folder, free)
            return free
