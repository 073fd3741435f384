"""Where documents are: in a file, a folder with all below it, an archive, a pattern of names."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from .archives import hidden, members, open_zip, opened, unpack
from .model import MEGABYTE, PROJECT, KitError, Source
from .readers import MOST_BYTES

SIDECARS = frozenset(["metadata.csv", "metadata.tsv"])  # see `sidecar`
DEEPEST = 2  # archives inside archives
LARGEST_INSIDE = 300 * MEGABYTE  # bytes of one file in an archive, which is held in memory


def resolve(path: str | Path) -> Path:
    """The file or folder meant by a path: below the working folder, else below the kit's folder.

    A pattern ("news/*.txt") that fits something there stays a pattern.

    Raises KitError when it is in neither.

    >>> resolve("seeds").name
    'seeds'
    """
    try:
        asked = Path(path).expanduser()
    except RuntimeError:  # "~nobody": no such user
        asked = Path(path)
    for found in (asked, PROJECT / asked):
        try:
            if found.exists():
                return found.resolve()
            if glob.has_magic(str(path)) and next(glob.iglob(str(found), recursive=True), None):
                return Path(os.path.abspath(found))
        except (OSError, ValueError):  # a name that no file can have
            continue
    raise KitError(
        f"no file or folder {str(path)!r} — looked in the working folder and in the "
        f"kit's own folder; give the path of a document or of a folder of documents"
    )


def sources(root: Path) -> Iterator[tuple[str, Source | KitError]]:
    """Every visible file at a place by name, each to be read or with what keeps it from that.

    Tables of metadata come first, the rest in the order of their names.
    """
    folder, files = _files(root)
    inside = os.path.realpath(folder)
    named = {_whole(file.relative_to(folder).as_posix()): file for file in files}
    for name in sorted(named, key=lambda name: (os.path.islink(named[name]), _order(name))):
        file = named[name]
        try:
            if file.is_dir() and not file.is_symlink():
                os.listdir(file)  # only those that could not be listed are here
            if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(inside):
                raise KitError("a link to another place, which is not followed — put a copy here")
            if not stat.S_ISREG(file.stat().st_mode):
                raise KitError("no regular file — put a copy of its contents here")
            if file.suffix.lower() == ".zip":
                with file.open("rb") as archive:
                    yield from _inside(archive, "" if file == root else f"{name}/", DEEPEST)
            else:
                yield name, Source(name, file)
        except KitError as problem:
            yield name, problem
        except OSError as problem:
            yield name, cannot_open(problem)


def _files(root: Path) -> tuple[Path, list[Path]]:
    """The files at a place, and the folder that their names are given from."""
    if root.is_file():
        return root.parent, [root]
    if root.is_dir():
        return root, list(_below(root))
    fixed = list(root.parts[:-1])  # a pattern: the folder is what stands before its first sign
    while any(map(glob.has_magic, fixed)):
        fixed.pop()
    found = {Path(name) for name in glob.iglob(str(root), recursive=True)}
    return Path(*fixed), [
        file for one in found for file in (_below(one) if one.is_dir() else [one])
    ]


def _whole(name: str) -> str:
    """A file's name as a table can hold it: bytes that are no UTF-8 are spelled out."""
    return name.encode("utf-8", "backslashreplace").decode()


def _order(name: str) -> tuple[bool, str]:
    return PurePosixPath(name).name.lower() not in SIDECARS, name


def cannot_open(problem: OSError) -> KitError:
    return KitError(
        f"cannot be opened ({problem.strerror or problem}) — check that it is there "
        "and that you may read it"
    )


def _below(folder: Path) -> Iterator[Path]:
    """Every visible file below a folder, and every folder that is a link or cannot be listed."""
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not hidden([name])]
        for name in files:
            if not hidden([name]):
                yield Path(place, name)
        for name in folders:
            if os.path.islink(os.path.join(place, name)):
                yield Path(place, name)
    yield from (Path(problem.filename) for problem in closed)


def _inside(file, prefix: str, depth: int) -> Iterator[tuple[str, Source | KitError]]:
    with open_zip(file) as archive:
        found = sorted(members(archive), key=lambda found: _order(found[0]))
        if not found:
            yield prefix.rstrip("/") or ".", KitError("an empty archive — pack its files again")
        for name, member in found:
            name = prefix + name
            try:
                if isinstance(member, KitError):
                    raise member
                suffix = Path(name).suffix.lower()
                if suffix == ".zip":
                    if depth <= 1:
                        raise KitError("an archive too deep inside archives — unpack it")
                    with opened(archive, member) as inner:
                        yield from _inside(inner, f"{name}/", depth - 1)
                else:
                    most = min(LARGEST_INSIDE, MOST_BYTES.get(suffix, LARGEST_INSIDE))
                    yield name, Source(name, data=unpack(archive, member, largest=most))
            except KitError as problem:
                yield name, problem
