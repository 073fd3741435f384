"""What loading is about: documents, the parts that readers find in files, and problems."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import BinaryIO

PROJECT = Path(__file__).resolve().parent.parent.parent
FACTS = ("title", "date", "author", "source", "language")
MEGABYTE = 1_000_000
LONGEST = 20 * MEGABYTE  # characters in one document: about 3 million words


class KitError(Exception):
    """What the kit raises when it cannot go on: what was looked for, where, and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of a traceback (IPython asks for it by this name)."""
        return [f"{type(self).__name__}: {self}"]


@dataclass(frozen=True, slots=True)
class Document:
    """One document; missing facts are None.  `date` is an ISO day, `path` below the folder."""

    title: str | None
    date: str | None
    author: str | None
    source: str | None
    language: str | None
    words: int
    path: str
    sha256: str
    text: str


@dataclass(slots=True)
class Part:
    """A document as a reader finds it in a file, before its text is cleaned.

    facts : what it says of itself, by the names in `FACTS`; origin : where it says so.
    hints : what the program that wrote the file says of it, of use where nothing else is known.
    name : what tells it from others in the same file, such as its row; None for the only one.
    notes : what went wrong without spoiling the whole, as [problem, advice].
    """

    text: str
    facts: dict[str, str] = field(default_factory=dict)
    origin: str = "its own metadata"
    hints: dict[str, str] = field(default_factory=dict)
    name: str | None = None
    encoding: str | None = None
    notes: list[list[str]] = field(default_factory=list)


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
        return len(self.data) if self.data is not None else self.path.stat().st_size

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What tells whether a file on disk was changed: its size and when it was written."""
        if self.path is None:
            return None
        found = self.path.stat()
        return found.st_size, found.st_mtime_ns

    @cached_property
    def head(self) -> bytes:
        """The first 4,096 bytes; a small file is read as a whole, and once."""
        if self.data is None and self.size <= MEGABYTE:
            self.data = self.path.read_bytes()
        if self.data is not None:
            return self.data[:4096]
        with self.path.open("rb") as file:
            return file.read(4096)

    def open(self) -> BinaryIO:
        return io.BytesIO(self.data) if self.data is not None else self.path.open("rb")

    def check(self, largest: int) -> None:
        """Raises KitError when there are more bytes than `largest`."""
        if self.size > largest:
            raise KitError(f"larger than {largest // MEGABYTE} MB — split it into its documents")

    def read(self) -> bytes:
        return self.data if self.data is not None else self.path.read_bytes()


Parts = Iterator[Part]
