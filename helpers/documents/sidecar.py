"""The sidecar: `metadata.csv` in a folder tells what its files do not say of themselves."""

from __future__ import annotations

import csv
import io
from pathlib import PurePosixPath

from .clean import clean, decode
from .facts import field_name, named_facts
from .model import MEGABYTE, KitError, Source
from .places import SIDECARS
from .readers.tables import TEXTS

FILES = ("file", "filename", "file_name", "path", "document", "doc", "name", "id")
LARGEST = 50 * MEGABYTE
CHOICES = frozenset(["themes.toml", "words.toml"])  # the user's, which `choices` reads


class Sidecar:
    """What the tables of metadata in the folders say, by the file that they say it of."""

    def __init__(self) -> None:
        self.rows: dict[str, dict[str, str]] = {}
        self.used: set[str] = set()
        self.places: dict[str, list[str]] = {}

    def take(self, source: Source) -> bool:
        """Reads a table of metadata, passes over `CHOICES`; False when the file is neither."""
        path = PurePosixPath(source.name)
        if path.name.lower() in CHOICES:
            return True
        if path.name.lower() not in SIDECARS:
            return False
        source.check(LARGEST)
        text = clean(decode(source.read())[0])
        header = text.partition("\n")[0]
        mark = max(",;\t|", key=header.count)
        rows = csv.DictReader(io.StringIO(text), delimiter=mark, restkey="")
        fields = {field_name(name): name for name in rows.fieldnames or []}
        if any(name in fields for name in TEXTS):
            return False  # a table of documents that happens to have this name
        column = next((fields[name] for name in FILES if name in fields), None)
        if column is None:
            raise KitError("names no files — give it a column 'file' with the name of each file")
        try:
            found = [
                ((path.parent / row[column].strip().replace("\\", "/")).as_posix(), row)
                for row in rows
                if row[column]
            ]
        except csv.Error as problem:
            raise KitError(f"not a table ({problem}) — save it as CSV") from problem
        for name, row in found:
            self.rows[name] = named_facts(
                {
                    key: value
                    for key, value in row.items()
                    if key != column and isinstance(value, str)
                }
            )
        self.places[source.name] = [name for name, _ in found]
        return True

    def of(self, path: str) -> dict[str, str]:
        """What is said of a file, by its path, or by its path without suffix."""
        path = clean(path)  # as in the table: macOS takes the accents of names apart
        for name in (path, path.rpartition(".")[0]):
            if name in self.rows:
                self.used.add(name)
                return self.rows[name]
        return {}

    def unused(self) -> list[tuple[str, list[str]]]:
        """The names in each table for which there was no file."""
        found = [
            (place, [name for name in names if name not in self.used])
            for place, names in self.places.items()
        ]
        return [(place, names) for place, names in found if names]
