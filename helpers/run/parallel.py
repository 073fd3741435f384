"""Large tables of documents on several processor cores, row for row as on one.

A worker is a fresh Python that imports the kit and nothing of the caller's, so it starts in the
same way from a notebook, a script and the command line, on every system.
"""

from __future__ import annotations

import importlib
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import Any, TypeVar

import pandas as pd

from ..documents import PROJECT, KitError

__all__ = ["cores", "in_order", "map_parts"]

WORTH_IT = 4_000_000  # characters; for fewer, the workers take longer to start than to work
PART = 250  # documents that a worker is given at a time
MOST = 8  # workers, each of which takes about 250 MB
SERVE = "from helpers.run.parallel import serve; serve()"

Result = TypeVar("Result")


def cores() -> int:
    """How many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def map_parts(
    function: Callable[..., Result],
    documents: pd.DataFrame,
    *,
    processes: int | None = None,
    **settings: object,
) -> list[Result]:
    """What a function gives for the documents, part by part, in the order of the documents.

    function : takes a documents table and `settings`; stands at the top of a module of the kit.
        What it gives for a document must not depend on the others.
    documents : the documents table.
    processes : how many processes; None takes all cores when the texts have more than 4 million
        characters, and this process alone otherwise.

    Raises what the function raises.

    >>> map_parts(len, pd.DataFrame({"text": ["a", "b"]}))
    [2]
    """
    if processes is None:
        letters = sum(len(text) for text in documents["text"] if isinstance(text, str))
        processes = cores() if letters > WORTH_IT else 1
    if processes < 2 or len(documents) <= PART:
        return [function(documents, **settings)]
    parts = [documents.iloc[first : first + PART] for first in range(0, len(documents), PART)]
    return list(in_order(function, parts, processes=processes, **settings))


def in_order(
    function: Callable[..., Result],
    parts: Sequence[pd.DataFrame],
    *,
    processes: int,
    **settings: object,
) -> Iterator[Result]:
    """What a function gives for each part, in their order, each as soon as it is there.

    function, settings : as for `map_parts`; parts : documents tables.
    processes : how many processes; 1 is this one alone.

    Raises what the function raises, and KitError when the system has ended a process.

    >>> list(in_order(len, [pd.DataFrame({"text": ["a", "b"]})], processes=4))
    [2]
    """
    if processes < 2 or len(parts) < 2:
        for part in parts:
            yield function(part, **settings)
        return
    workers = [_start() for _ in range(min(processes, len(parts), MOST))]
    free: SimpleQueue[subprocess.Popen] = SimpleQueue()

    def ask(part: pd.DataFrame) -> Result:
        worker = free.get()
        try:
            sent = part.copy(deep=False)
            sent.attrs = {}
            _send(worker.stdin, sent)
            good, result = pickle.load(worker.stdout)
        except (EOFError, OSError):
            raise KitError(
                "a process that worked on a part of the documents was ended by the "
                "system, most often for want of memory — close other programs, or "
                "take fewer documents at a time"
            ) from None
        finally:
            free.put(worker)
        if not good:
            raise result
        return result

    with ThreadPoolExecutor(len(workers)) as threads:
        try:
            for worker in workers:
                _send(worker.stdin, (function.__module__, function.__qualname__, settings))
                free.put(worker)
            yield from threads.map(ask, parts)
        finally:  # also when one has failed or the user has had enough
            threads.shutdown(wait=False, cancel_futures=True)
            for worker in workers:
                worker.kill()
                worker.wait()
            threads.shutdown()
            for worker in workers:
                worker.stdout.close()
                with suppress(OSError):  # what was not sent yet
                    worker.stdin.close()


def _start() -> subprocess.Popen:
    paths = os.pathsep.join(filter(None, [str(PROJECT), os.environ.get("PYTHONPATH")]))
    return subprocess.Popen(
        [sys.executable, "-c", SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is ours
        env=os.environ | {"PYTHONPATH": paths, "OMP_NUM_THREADS": "1"},
    )


def _send(stream: Any, what: object) -> None:
    pickle.dump(what, stream, protocol=pickle.HIGHEST_PROTOCOL)
    stream.flush()


def _received(stream: Any) -> Iterator[Any]:
    while True:
        try:
            yield pickle.load(stream)
        except EOFError:
            return


def serve() -> None:
    """What a worker does: reads its task, then parts, and answers each with its result."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr  # nobody may print between the answers
    messages = _received(sys.stdin.buffer)
    module, name, settings = next(messages)
    function = getattr(importlib.import_module(module), name)
    for part in messages:
        try:
            _send(answers, (True, function(part, **settings)))
        except Exception as problem:
            _send(answers, (False, problem))
