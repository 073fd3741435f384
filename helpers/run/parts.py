"""A folder of tables in parts: documents are cut, parts begun, analysed, written, cleared away.

`load_parts` reads it.  A file comes into its place as a whole, and a part into the manifest when
all its files are in theirs: whoever pulls the plug finds it finished or not begun.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

import pandas as pd

from ..cache import keys_of, kit_digest
from ..documents import MANIFEST, ORIGIN, PART, KitError, doc_names, documents_table, read_manifest
from ..figures import find_figures
from ..quotes import find_quotes
from ..text.tokens import tokenize
from ..themes import find_phrases, find_themes
from ..work import CORES, keep_together
from .results import alone

USUAL = ("quotes", "figures", "phrases", "themes")
CALLS = dict(zip(USUAL, (find_quotes, find_figures, find_phrases, find_themes), strict=True))
CALLS["tokens"] = tokenize
LETTERS = 1_000_000  # of a part, unless its last document is longer
CUT = 256  # one text in so many ends a part, so that a new document does not shift all others
Part = dict[str, object]
Result = TypeVar("Result")
Found = tuple[dict[str, pd.DataFrame], list[list[str]], float]  # tables, problems, seconds


@contextmanager
def open_folder(out: str | Path, source: Path) -> Iterator[tuple[Path, Path]]:
    """The folder for the tables, made where need be, and in it one for what is being read.

    out : the folder asked for; source : the documents, as `documents.resolve` gives them.

    Raises KitError when it holds something else, or documents, or when another call works there.
    """
    folder = Path(out).expanduser().resolve()
    if folder.is_relative_to(source) or source.is_relative_to(folder):
        wrong = "and the documents lie in one another"
    elif folder.exists() and not folder.is_dir():
        wrong = "is a file"
    elif not read_manifest(folder)[0] and {*folder.glob("[!.]*")} - {folder / "problems"}:
        wrong = "holds what no such call has written"
    else:
        wrong = ""
    if wrong:
        raise KitError(f"the folder {str(out)!r} {wrong} — name a new one elsewhere, as ../tables")
    folder.mkdir(parents=True, exist_ok=True)
    spool = folder / ".reading"
    with alone(folder / ".lock", f"another call writes into {str(folder)!r}"):
        try:
            rmtree(spool, ignore_errors=True)  # of a call that was killed
            spool.mkdir()
            yield folder, spool
        finally:
            rmtree(spool, ignore_errors=True)


def cut_documents(
    documents: Iterable[tuple], spool: Path, *, settings: Mapping, most: int
) -> list[Part]:
    """What is known of each part, when all documents have been read into files in `spool`.

    documents : as `Reading.documents` gives them; settings : of the calls; most : documents a part.

    Gives part (its name: the same for the same documents, settings and kit), number, documents,
    words, content (SHA-256).  A part's documents lie in `spool`, in the file of its number.
    """
    paths, parts = [], []
    for number, read in enumerate(_lots(documents, most)):
        table = documents_table(read, [document["path"] for document, _ in read])
        origins = table.attrs.pop("origins").add_prefix(ORIGIN)
        content = [*keys_of(table, "parts", settings), table.drop(columns="text").to_csv()]
        sums = {"documents": len(table), "words": int(table["words"].sum())}
        parts.append({"number": number, **sums, "content": sha256_of(content)})
        paths += table["path"].tolist()
        write_part(table.join(origins), spool / f"{number}.parquet")
    names = iter(doc_names(paths))  # which takes them all, as two may be alike
    for part in parts:
        file = spool / f"{part['number']}.parquet"
        own = pd.Index(list(islice(names, part["documents"])), name="doc")
        part["part"] = sha256_of([part["content"], *own])[:24]
        write_part(pd.read_parquet(file).set_index(own).reset_index(), file)
    return parts


def _lots(documents: Iterable[tuple], most: int) -> Iterator[list]:
    """Documents in lots; where one ends depends on a few before it, not on all."""
    lot, letters = [], 0
    for read in documents:
        text = read[0]["text"]
        lot.append(read)
        letters += len(text)
        mark = len(lot) >= most / 4 and zlib.crc32(text.encode("utf-8", "replace")) % CUT == 0
        if mark or len(lot) >= most or letters >= LETTERS:
            yield lot
            lot, letters = [], 0
    yield from [lot] if lot else []


def begin_parts(folder: Path, parts: Sequence[Part], asked: Part) -> list[Part]:
    """Begins a manifest with those parts that are there; gives the others, which are to be made.

    asked : what its first line says; the kit and the tables are in it.
    """
    _, there = read_manifest(folder)
    lines, new = [asked | {"parts": len(parts)}], []
    for part in parts:
        done = there.get(part["part"], {"rows": {}})
        files = [folder / table / f"{part['part']}.parquet" for table in done["rows"]]
        if files and all(file.exists() for file in files):
            lines.append(done | part)
        else:
            new.append(part)
    half = folder / f"{MANIFEST}.half"
    half.write_text("".join(f"{json.dumps(line)}\n" for line in lines), "utf-8")
    _into_place(half)
    return new


def add_part(folder: Path, part: Part, tables: Mapping[str, pd.DataFrame]) -> None:
    """Writes the tables of a part, and then into the manifest that they are there."""
    for name, table in tables.items():
        write_part(table, folder / name / f"{part['part']}.parquet")
    part = part | {"rows": {name: len(table) for name, table in tables.items()}}
    with (folder / MANIFEST).open("a", encoding="utf-8") as file:
        file.write(f"{json.dumps(part)}\n")
        file.flush()
        os.fsync(file.fileno())


def write_part(table: pd.DataFrame, file: Path) -> None:
    """Writes a table as a Parquet file, which is there as a whole or not at all."""
    file.parent.mkdir(exist_ok=True)
    half = file.with_name(f"{file.name}.half")
    table.to_parquet(half, index=False)
    _into_place(half)


def clear_parts(folder: Path, tables: Iterable[str]) -> None:
    """Takes away, of these tables, the files of parts that the manifest does not name."""
    _, parts = read_manifest(folder)
    for file in (file for table in tables for file in (folder / table).glob("*.parquet*")):
        name, _, suffix = file.name.partition(".")
        if PART.fullmatch(name) and (name not in parts or suffix != "parquet"):
            file.unlink()


def analyse_part(documents: pd.DataFrame, *, settings: Mapping, kit: str) -> Found:
    """The tables of a part, what went wrong as rows of problems, and how many seconds it took.

    It is a worker's work, and done on one core.  A document on which a call fails has no rows in
    that call's table.  settings : tables (names in `CALLS`) and themes; kit : that of the asker.

    Raises KitError when this is another kit.
    """
    if kit_digest() != kit:
        what = "a worker has another version of the kit, of Python or of a package under it"
        raise KitError(f"{what} — install the same for all")
    os.environ[CORES] = "1"
    begin, found, problems = time.monotonic(), {}, []
    calls = CALLS | {"themes": partial(_exact_themes, themes=settings["themes"])}
    calls = {name: calls[name] for name in settings["tables"]}
    with suppress(Exception):  # which the calls will meet again
        keep_together({name: calls[name] for name in USUAL[:3] if name in calls}, documents)
    for name, call in calls.items():
        if name == "figures":
            call = partial(call, quotes=found.get("quotes"))
        found[name], failed = spared(call, documents, Exception)
        for doc, problem in failed.items():
            what = f"no {name}: {type(problem).__name__}: {problem}"[:500]
            problems.append([documents["path"][doc], what, "read it by eye, and report it"])
    return found, problems, time.monotonic() - begin


def _exact_themes(documents: pd.DataFrame, *, themes: Mapping) -> pd.DataFrame:
    table = find_themes(documents, themes=themes)
    return table[table["evidence"].map(len) > 0].reset_index(drop=True)


def spared(
    call: Callable[[pd.DataFrame], Result], documents: pd.DataFrame, error: type[Exception]
) -> tuple[Result, dict[str, Exception]]:
    """What a call gives for all documents but those that it fails on, and how it fails on these.

    error : what counts as failing.  Documents are halved until those that fail are alone.

    >>> documents = pd.DataFrame({"n": [1, 0]}, index=["a", "b"])
    >>> found, failed = spared(lambda some: [1 // n for n in some["n"]], documents, Exception)
    >>> len(found), list(failed)
    (1, ['b'])
    """
    failed: dict[str, Exception] = {}
    try:
        return call(documents), failed
    except error as problem:
        if len(documents) == 1:
            failed = {documents.index[0]: problem}
    half = len(documents) // 2
    for some in (documents.iloc[:half], documents.iloc[half:]) if half else ():
        failed |= spared(call, some, error)[1]
    return call(documents.drop(index=list(failed))), failed


def sha256_of(words: Iterable[str]) -> str:
    """The SHA-256 of words, as hexadecimal digits."""
    return hashlib.sha256("\n".join(words).encode("utf-8", "replace")).hexdigest()


def _into_place(half: Path) -> None:
    with half.open("rb+") as written:
        os.fsync(written.fileno())  # on the disk before its name is
    os.replace(half, half.with_suffix(""))
