"""Formats whose libraries are large are read in a process of their own, with bounds.

A file that makes a library crash, hang or eat memory costs that process its life and becomes a
row of the problems; the documents before and after it are read.  What passes between the two
processes is JSON, one line for each document.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from ..model import PROJECT, KitError, Part, Parts, Source

SECONDS = 60.0  # for a document; a table may take as long for each row
MOST_MEMORY = 4_000_000_000  # bytes of address space, where the system can limit it
PACKAGE = Path(__file__).resolve().parent.parent.parent.name
# The kit's package is entered without its analyses, which take two seconds to import.
START = f"""
import sys, types
for name, path in (({PACKAGE!r}, sys.argv[1]), ({PACKAGE + ".documents"!r}, sys.argv[2])):
    sys.modules[name] = types.ModuleType(name); sys.modules[name].__path__ = [path]
from {PACKAGE}.documents.readers.apart import serve; serve()
"""


class Apart:
    """A process that reads one file after the other; it starts with the first one."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *error: object) -> None:
        self._end()

    def read(self, source: Source, suffix: str) -> Parts:
        """The documents in a file, as `table.read` gives them.

        Raises KitError when it cannot be read, takes too long, or breaks its reader.
        """
        process = self._started()
        watch = _Watch(process, self.seconds)
        data = None if source.data is None else base64.b64encode(source.data).decode()
        path = str(source.path or "")
        asked = {
            "name": source.name,
            "suffix": suffix,
            "path": path,
            "data": data,
            "columns": dict(source.columns),
        }
        done = False
        try:
            with suppress(OSError):
                process.stdin.write(json.dumps(asked).encode() + b"\n")
                process.stdin.flush()
            while True:
                watch.since = time.monotonic()
                line = process.stdout.readline()
                watch.since = None
                if not line.endswith(b"\n"):
                    raise KitError(
                        f"takes more than {self.seconds:g} seconds to read — save its text as .txt"
                        if watch.late
                        else "its reader broke off: damaged or too large — open and save it again"
                    )
                answer = json.loads(line)
                if "part" not in answer:
                    done = True
                    if answer.get("error"):
                        raise KitError(answer["error"])
                    return
                yield Part(**answer["part"])
        finally:
            watch.over.set()
            if not done:  # broken, late, or nobody wants the rest
                self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self.process is None or self.process.poll() is not None:
            self._end()
            package = PROJECT / PACKAGE
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, str(package), str(package / "documents")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT,
                env=os.environ | {"PYTHONIOENCODING": "utf-8"},
            )
        return self.process

    def _end(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None


def serve() -> None:
    """Reads the files that standard input names, until it ends; answers on standard output."""
    from .table import read

    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    _limit_memory()
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        data = base64.b64decode(asked["data"]) if asked["data"] is not None else None
        source = Source(
            asked["name"], Path(asked["path"]) if asked["path"] else None, data, asked["columns"]
        )
        answer: dict[str, object] = {}
        try:
            for part in read(source, asked["suffix"]):
                answers.write(_line({"part": asdict(part)}))
        except KitError as problem:
            answer = {"error": str(problem)}
        except MemoryError:
            answer = {"error": "needs too much memory — split it into its documents"}
        except Exception as problem:  # whatever a library raises on a damaged file
            answer = {
                "error": f"damaged, or not what its name says ({type(problem).__name__}) "
                "— open it in its program and save it again"
            }
        answers.write(_line(answer))
        answers.flush()


def _line(answer: dict[str, object]) -> bytes:
    return json.dumps(answer, ensure_ascii=True, default=str).encode("ascii") + b"\n"


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limit, macOS ignores it
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(MOST_MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


class _Watch(threading.Thread):
    """Kills a process when somebody has waited for its answer for too long."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        super().__init__(daemon=True)
        self.process, self.seconds = process, seconds
        self.since: float | None = None  # when the waiting began; None while nobody waits
        self.over = threading.Event()
        self.late = False
        self.start()

    def run(self) -> None:
        while not self.over.wait(min(1.0, self.seconds / 2)):
            since = self.since
            if since is not None and time.monotonic() - since > self.seconds:
                self.late = True
                self.process.kill()
                return
