"""Where documents are: in a file, a folder with all below it, an archive, a pattern of names."""

from __future__ import annotations

import glob
import os
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from .model import BOUNDS, PROJECT, KitError, Source, check_size, open_zip, told
from .readers import MOST_BYTES

SIDECARS = frozenset(["metadata.csv", "metadata.tsv"])  # see `load`
Found = Iterator[tuple[str, Source | Exception]]


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
    raise KitError(told("no_file", path=str(path)))


def sources(root: Path) -> Found:
    """Every visible file at a place by name, each to be read or with what keeps it from that.

    Tables of metadata come first, the rest in the order of their names.
    """
    folder, files = _files(root)
    inside = os.path.realpath(folder)
    paths = [file.relative_to(folder).as_posix() for file in files]
    names = [path.encode("utf-8", "backslashreplace").decode() for path in paths]  # odd bytes
    named = dict(zip(names, files, strict=True))
    for name in sorted(named, key=lambda name: (os.path.islink(named[name]), _order(name))):
        file = named[name]
        try:
            if file.is_dir() and not file.is_symlink():
                os.listdir(file)  # only those that could not be listed are here
            if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(inside):
                raise KitError(told("link"))
            if not stat.S_ISREG(file.stat().st_mode):
                raise KitError(told("no_regular_file"))
            if file.suffix.lower() == ".zip":
                with file.open("rb") as archive:
                    yield from _inside(archive, "" if file == root else f"{name}/")
            else:
                yield name, Source(name, file)
        except (KitError, OSError) as problem:
            yield name, problem


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
    files = [file for one in found for file in (_below(one) if one.is_dir() else [one])]
    return Path(*fixed), files


def _below(folder: Path) -> Iterator[Path]:
    """Every visible file below a folder, and every folder that is a link or cannot be listed."""
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = [name for name in folders if not _hidden([name])]
        links = [name for name in folders if os.path.islink(os.path.join(place, name))]
        yield from (Path(place, name) for name in [*files, *links] if not _hidden([name]))
    yield from (Path(problem.filename) for problem in closed)


def _inside(file: IO[bytes], prefix: str, depth: int = BOUNDS["depth"]) -> Found:
    """The visible files of an archive, and of archives in it."""
    with open_zip(file) as archive:
        members = [one for one in archive.infolist() if not one.is_dir()]
        named = {one.filename.replace("\\", "/"): one for one in reversed(members)}
        names = sorted((name for name in named if not _hidden(name.split("/"))), key=_order)
        if not names:
            yield prefix.rstrip("/") or ".", KitError(told("empty_archive"))
        if twins := len(members) - len(named):
            yield prefix.rstrip("/") or ".", KitError(told("twins", count=twins))
        for name in names:
            path = prefix + name
            try:
                _check(named[name], name, depth)
                with archive.open(named[name]) as inner:
                    if name.lower().endswith(".zip"):
                        yield from _inside(inner, f"{path}/", depth - 1)
                    else:
                        yield path, Source(path, data=inner.read())
            except KitError as problem:
                yield path, problem
            except Exception:  # BadZipFile, zlib.error, LZMAError, …: no common parent
                yield path, KitError(told("damaged_member"))


def _check(member: zipfile.ZipInfo, name: str, depth: int) -> None:
    """Raises KitError when a file in an archive is not to be unpacked."""
    parts, most = name.split("/"), BOUNDS["bytes_in_member"]
    if name.startswith("/") or ".." in parts or ":" in parts[0]:
        raise KitError(told("leads_out"))
    if stat.S_ISLNK(member.external_attr >> 16):
        raise KitError(told("packed_link"))
    if member.flag_bits & 1:
        raise KitError(told("locked_member"))
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".zip" and depth <= 1:
        raise KitError(told("too_deep"))
    if suffix != ".zip":
        check_size(member.file_size, min(most, MOST_BYTES.get(suffix, most)))


def _hidden(parts: list[str]) -> bool:
    """Whether a path is a hidden file, in a hidden folder, or what a file manager put there.

    >>> _hidden(["news", ".DS_Store"]), _hidden(["news", "a.txt"])
    (True, False)
    """
    hidden = any(part == "__MACOSX" or part.startswith(".") and part.strip(".") for part in parts)
    return hidden or parts[-1] in ("Thumbs.db", "desktop.ini")


def _order(name: str) -> tuple[bool, str]:
    return PurePosixPath(name).name.lower() not in SIDECARS, name
