"""Tables in parts, as `helpers.cluster` makes them: a folder a table, a Parquet file a part.

`manifest.jsonl` says in its first line what was asked, and in each other line what was done with
one part; what it does not name is not there.  `helpers/run/parts.py` writes them.
"""

from __future__ import annotations

import json
import re
from contextlib import suppress
from pathlib import Path

import pandas as pd

from .model import KitError

MANIFEST = "manifest.jsonl"
ORIGIN = "origin_"  # before the names of the columns that say where a fact of a document is from
PART = re.compile("[0-9a-f]{24}")  # the name of a part
Part = dict[str, object]


class Problems(pd.DataFrame):
    """A table that may live in `attrs`: pandas compares attrs with ==, which must give one bool."""

    @property
    def _constructor(self) -> type[Problems]:
        return Problems

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return isinstance(other, pd.DataFrame) and self.equals(other)

    __hash__ = None  # type: ignore[assignment]


def load_parts(folder: str | Path, table: str = "documents") -> pd.DataFrame:
    """A table of a folder that `helpers.cluster` has made, as the plain call gives it.

    folder : the folder; table : "documents", "problems", or an analysis that was made there.

    `documents` come with their `attrs`; `problems` are those of reading and of the analyses.  It is
    held in memory as a whole: of a large one read the Parquet files in `folder/table`.
    Raises KitError when the folder is none of these, has no such table, or is not finished.
    """
    folder = Path(folder).expanduser()
    asked, parts = read_manifest(folder)
    if not asked:
        raise KitError(f"{str(folder)!r} has no {MANIFEST} — give a folder of helpers.cluster")
    if table not in (names := ["documents", "problems", *asked["tables"]]):
        raise KitError(f"no table {table!r} in {str(folder)!r} — it has {', '.join(names)}")
    made = [name for name, part in parts.items() if table in part["rows"]]
    made = ["loading", *made] if table == "problems" else made
    files = [folder / table / f"{name}.parquet" for name in made]
    if len(parts) < asked["parts"] or not all(file.exists() for file in files):
        what = f"{str(folder)!r} is not finished: {len(parts)} of {asked['parts']} parts are there"
        raise KitError(f"{what} — give the command again, which goes on where it stopped")
    found = _joined(files)
    if table != "documents":
        return found
    found = found.set_index("doc")
    origins = found[[name for name in found if name.startswith(ORIGIN)]]
    found = found.drop(columns=list(origins))
    found.attrs["origins"] = Problems(origins.rename(columns=lambda name: name[len(ORIGIN) :]))
    found.attrs["problems"] = Problems(load_parts(folder, "problems"))
    return found


def read_manifest(folder: Path) -> tuple[Part, dict[str, Part]]:
    """What was asked, and {part: what was done with it} in the order of the documents.

    Both are empty where there is no manifest of ours; a line that was broken off does not count.
    """
    try:
        lines = (folder / MANIFEST).read_text("utf-8").splitlines()
        asked, parts = json.loads(lines[0]), {}
        if not {"kit", "parts", "tables"} <= asked.keys():
            return {}, {}
        for line in lines[1:]:
            with suppress(ValueError):
                part = json.loads(line)
                parts[part["part"]] = part
        parts = dict(sorted(parts.items(), key=lambda item: item[1]["number"]))
    except (OSError, ValueError, IndexError, AttributeError, KeyError, TypeError):
        return {}, {}
    return asked, {name: part for name, part in parts.items() if PART.fullmatch(name)}


def _joined(files: list[Path]) -> pd.DataFrame:
    """The rows of Parquet files, in columns of the types that one table of them all would have.

    A column is of strings where one file has some; Parquet's lists are made lists of pairs again.
    """
    from pyarrow import parquet  # takes its time

    tables = list(map(parquet.read_table, files))
    tables = [table for table in tables if table.num_rows] or tables[:1]
    types = [
        {one["name"]: one["numpy_type"] for one in table.schema.pandas_metadata["columns"]}
        for table in tables
    ]
    columns = {}
    for name in tables[0].column_names:
        kinds = {one[name] for one in types}
        kind = "str" if "str" in kinds else min(kinds)
        values = [value for table in tables for value in table[name].to_pylist()]
        if kind == "object":
            values = [[*map(tuple, one)] if isinstance(one, list) else one for one in values]
        columns[name] = pd.Series(values, dtype=kind)
    return pd.DataFrame(columns)
