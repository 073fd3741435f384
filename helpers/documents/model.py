"""What loading is about: files with their bounds, what readers find in them, and problems."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO

from ..text.data import read_pattern, read_tables

PROJECT = Path(__file__).resolve().parent.parent.parent
RULES = read_tables("loading.toml")
BOUNDS: dict[str, int] = RULES["bounds"]
FACTS = tuple(RULES["facts"])
MEGABYTE = 1_000_000


class KitError(Exception):
    """What the kit raises when it cannot go on: what was looked for, where, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback (IPython asks for it by this name)."""
        return [f"{type(self).__name__}: {self}"]


@dataclass(slots=True)
class Part:
    """A document as a reader finds it in a file, before its text is cleaned.

    facts : what it says of itself, by the names in `FACTS`; origin : where it says so.
    name : what tells it from others in the same file, such as its row; None for the only one.
    notes : what went wrong without spoiling the whole, as "problem — advice".
    """

    text: str
    facts: dict[str, str] = field(default_factory=dict)
    origin: str = "its own metadata"
    name: str | None = None
    encoding: str | None = None
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.facts = {name: value for name, value in self.facts.items() if value}


@dataclass
class Source:
    """A file to read: on disk, or, from an archive, in memory."""

    name: str  # its path below the folder, with "/" between parts
    path: Path | None = None
    data: bytes | None = None
    columns: Mapping[str, str] = field(default_factory=dict)  # of a table: fact → its column

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.name).suffix.lower()

    @cached_property
    def size(self) -> int:
        return self.path.stat().st_size if self.data is None else len(self.data)

    @cached_property
    def head(self) -> bytes:
        """The first 4,096 bytes; a small file is read as a whole, and once."""
        if self.data is None and self.size <= MEGABYTE:
            self.data = self.path.read_bytes()
        with self.open() as file:
            return file.read(4096)

    def open(self) -> BinaryIO:
        return self.path.open("rb") if self.data is None else io.BytesIO(self.data)

    def read(self) -> bytes:
        return self.path.read_bytes() if self.data is None else self.data


Parts = Iterator[Part]
pattern = partial(read_pattern, "loading.toml")


def told(problem: str, **values: object) -> str:
    """A problem of `helpers/data/loading.toml` in words: what is wrong — what to do."""
    return RULES["problems"][problem].format_map(values)


def check_size(size: int, largest: int) -> None:
    """Raises KitError when a file has more bytes than `largest`."""
    if size > largest:
        raise KitError(told("too_large", most=largest // MEGABYTE))


def words(name: str, table: str = "words") -> tuple[str, ...]:
    """A list of words of `helpers/data/loading.toml`."""
    return tuple(RULES[table][name].split())


def open_zip(file: IO[bytes], *, largest: int = BOUNDS["bytes_in_archive"]) -> zipfile.ZipFile:
    """A zip archive, when its table of contents keeps to the bounds.

    A member never unpacks to more than the table says: `zipfile` stops there.

    Raises KitError when it is broken, has too many members, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(file)
    except Exception as problem:  # BadZipFile, zlib.error, …: no common parent
        raise KitError(told("damaged_archive")) from problem
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if len(members) > BOUNDS["members"]:
        raise KitError(told("many_members", most=BOUNDS["members"]))
    dense = unpacked > max(BOUNDS["bytes_without_ratio"], BOUNDS["ratio"] * packed)
    if dense or unpacked > largest:
        why = "unpacks_too_far" if unpacked > largest else "unpacks_too_dense"
        raise KitError(told(why, size=unpacked // MEGABYTE, most=largest // MEGABYTE))
    return archive
