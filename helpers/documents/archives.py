"""Archives, opened with bounds: what would unpack to too much, or elsewhere, is not unpacked."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from .model import MEGABYTE, KitError

LARGEST_ARCHIVE = 2000 * MEGABYTE  # bytes in all, unpacked
LARGEST_OFFICE = 300 * MEGABYTE  # the same for one .docx, .xlsx or .odt
MOST_MEMBERS = 100_000
RATIO = 150  # unpacked to packed; text is seldom packed to less than a twentieth
SMALL = 20 * MEGABYTE  # unpacked, for which the ratio does not matter


def open_zip(file: IO[bytes], *, largest: int = LARGEST_ARCHIVE) -> zipfile.ZipFile:
    """A zip archive, when its table of contents keeps to the bounds.

    A member never unpacks to more than the table says: `zipfile` stops there.

    Raises KitError when it is broken, has too many members, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(file)
    except Exception as problem:  # BadZipFile, zlib.error, …: no common parent
        raise KitError("a damaged archive — make or download it again") from problem
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise KitError(f"holds more than {MOST_MEMBERS:,} files — split it")
    if unpacked > largest:
        raise KitError(
            f"would unpack to {unpacked // MEGABYTE:,} MB, more than the "
            f"{largest // MEGABYTE:,} MB allowed — unpack it yourself if you trust it"
        )
    if unpacked > SMALL and unpacked > RATIO * max(packed, 1):
        raise KitError(
            "would unpack to more than a hundred times its size — unpack it yourself "
            "if you trust it"
        )
    return archive


def members(archive: zipfile.ZipFile) -> Iterator[tuple[str, zipfile.ZipInfo | KitError]]:
    """The visible files of an archive by name, each with what makes it unfit, if anything does."""
    seen: set[str] = set()
    for member in archive.infolist():
        name = member.filename.replace("\\", "/")
        parts = name.split("/")
        if member.is_dir() or hidden(parts):
            continue
        if name.startswith("/") or ".." in parts or ":" in parts[0]:
            yield name, KitError("its name leads out of the archive — rename it and pack it again")
        elif stat.S_ISLNK(member.external_attr >> 16):
            yield name, KitError("a link, not a document — pack the document itself")
        elif member.flag_bits & 1:
            yield name, KitError("needs a password — unpack the archive and load the folder")
        elif name not in seen:
            seen.add(name)
            yield name, member


def hidden(parts: list[str] | tuple[str, ...]) -> bool:
    """Whether a path is a hidden file, in a hidden folder, or what a file manager put there.

    >>> hidden(["news", ".DS_Store"]), hidden(["news", "a.txt"])
    (True, False)
    """
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts
    ) or parts[-1] in ("Thumbs.db", "desktop.ini")


def unpack(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, largest: int) -> bytes:
    """The bytes of a member; raises KitError when they are too many or damaged."""
    if member.file_size > largest:
        raise KitError(f"larger than {largest // MEGABYTE} MB — split it into its documents")
    with opened(archive, member) as file:
        return file.read()


@contextmanager
def opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[IO[bytes]]:
    """A member to read; raises KitError where it, or what is read of it, is damaged."""
    try:
        with archive.open(member) as file:
            yield file
    except KitError:
        raise
    except Exception as problem:  # BadZipFile, zlib.error, LZMAError, …: no common parent
        raise KitError("damaged inside its archive — make the archive again") from problem
