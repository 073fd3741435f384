"""Readers: one function for each format; the table of formats is in `helpers/data/loading.toml`.

Formats whose libraries are large are read in a process of their own, with bounds: a file that makes
a library crash, hang or eat memory costs that process its life and becomes a row of the problems;
the documents before and after it are read.  What passes between the two processes is JSON, one
line for each document.  (`multiprocessing` would run the user's script anew in the process, and
pickle what comes back.)
"""

from __future__ import annotations

import faulthandler
import json
import subprocess
import sys
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from time import monotonic

from ..model import (
    BOUNDS,
    PROJECT,
    RULES,
    KitError,
    Part,
    Parts,
    Source,
    check_size,
    open_zip,
    told,
)

# The library of a format is imported when the first such file is read.
READERS = {suffix: row for names, row in RULES["formats"].items() for suffix in names.split()}
MOST_BYTES = {suffix: most * 1_000_000 for suffix, (_, most, _) in READERS.items()}
UNREAD = {suffix: why for names, why in RULES["unread"].items() for suffix in names.split()}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MISLEADING = {".txt", ".doc", ".docx", ".xls", ".rtf", ".html", ".htm", ".csv", ".text", ""}
# The kit's package is entered without its analyses, which take two seconds to import.
START = """
import sys, types
for name in ("helpers", "helpers.documents", "helpers.text"):
    sys.modules[name] = types.ModuleType(name)
    sys.modules[name].__path__ = [name.replace(".", "/")]
from helpers.documents.readers import serve; serve(float(sys.argv[1]))
"""


def format_of(source: Source) -> str:
    """The suffix of a file's format: that of its name, unless its first bytes say otherwise.

    Databases and web sites hand out ".doc" files that are RTF or HTML, ".txt" files that are PDF.

    Raises KitError, with advice, for formats that are not read.

    >>> format_of(Source("export.DOC", data=b"{\\\\rtf1 Trade grew.}"))
    '.rtf'
    """
    suffix, head = source.suffix, source.head
    if head.startswith(OLD_OFFICE) and suffix in READERS:
        check_size(source.size, MOST_BYTES[".docx"])
        if "EncryptedPackage".encode("utf-16-le") in source.read():
            raise KitError(told("locked"))
        raise KitError(told("old_office"))
    if suffix in MISLEADING:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        if head.startswith(b"%PDF-"):
            return ".pdf"
        if start.startswith(b"{\\rtf"):
            return ".rtf"
        if start.startswith((b"<!doctype html", b"<html")):
            return ".html"
        if head.startswith(b"PK\x03\x04"):
            with source.open() as file, open_zip(file) as archive:
                names = set(archive.namelist())
            suffix = next((RULES["inside"][one] for one in RULES["inside"] if one in names), suffix)
    if suffix in READERS:
        return suffix
    raise KitError(f"{suffix or 'no suffix'}: {UNREAD.get(suffix) or told('unknown_format')}")


def read(source: Source, suffix: str) -> Parts:
    """The documents in a file, by the reader of its format, in this process.

    Raises KitError when nothing can be read; other errors are those of the reader's library.
    """
    module, _, name = READERS[suffix][0].partition(":")
    check_size(source.size, MOST_BYTES[suffix])
    yield from getattr(import_module(f".{module}", __package__), name)(source)


class Apart(AbstractContextManager):
    """A process that reads one file after the other; it starts with the first that needs it."""

    def __init__(self, *, seconds: float = BOUNDS["seconds"]) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None

    def __exit__(self, *error: object) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    def read(self, source: Source, suffix: str) -> Parts:
        """The documents in a file, as `read` gives them; plain text is read here.

        Raises KitError when it cannot be read, takes too long, or breaks its reader.
        """
        if not READERS[suffix][2]:
            yield from read(source, suffix)
            return
        if self.process is None or self.process.poll() is not None:
            self.__exit__()
            command, pipe = [sys.executable, "-c", START, str(self.seconds)], subprocess.PIPE
            self.process = subprocess.Popen(
                command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, cwd=PROJECT
            )
        data, path = (source.data, None) if source.path is None else (b"", str(source.path))
        asked = [source.name, path, len(data), {**source.columns}, suffix]
        problem: str | None = None
        try:
            with suppress(OSError):
                self.process.stdin.write(_line(asked) + data)
                self.process.stdin.flush()
            while problem is None:
                since = monotonic()
                line = self.process.stdout.readline()
                if not line.endswith(b"\n"):
                    late = monotonic() - since >= self.seconds
                    raise KitError(told("late" if late else "broken_off", seconds=self.seconds))
                answer = json.loads(line)
                if isinstance(answer, str):
                    problem = answer
                else:
                    yield Part(**answer)
        finally:
            if problem is None:  # broken, late, or nobody wants the rest
                self.__exit__()
        if problem:
            raise KitError(problem)


def serve(seconds: float) -> None:
    """Reads the files that standard input names, until it ends; answers on standard output, for
    each with its documents and then with what went wrong, which is empty where nothing did.

    A document that takes too long ends the process, even in the midst of a library.
    """
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints is no answer
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit, macOS ignores it
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = BOUNDS["memory"] if hard == resource.RLIM_INFINITY else min(BOUNDS["memory"], hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    for line in sys.stdin.buffer:
        name, path, size, columns, suffix = json.loads(line)
        data = None if path else sys.stdin.buffer.read(size)
        parts = read(Source(name, Path(path) if path else None, data, columns), suffix)
        part, problem = True, ""
        while part and not problem:
            faulthandler.dump_traceback_later(seconds, exit=True)
            try:
                part = next(parts, None)
            except KitError as error:
                problem = str(error)
            except MemoryError:
                problem = told("memory")
            except Exception as error:  # whatever a library raises on a damaged file
                problem = told("damaged", kind=type(error).__name__)
            faulthandler.cancel_dump_traceback_later()
            answers.write(_line(asdict(part)) if part and not problem else _line(problem))
        answers.flush()


def _line(answer: object) -> bytes:
    return json.dumps(answer, default=str).encode("ascii") + b"\n"
