"""Large tables of documents on several processor cores, row for row as on one.

A worker is joblib's: a fresh Python that imports the kit and nothing of the caller's, so it starts
in the same way from a notebook, a script and the command line, on every system.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

import pandas as pd

from ..documents import KitError

__all__ = ["cores", "in_order", "map_parts"]

WORTH_IT = 4_000_000  # characters; for fewer, the workers take longer to start than to work
PART = 250  # documents that a worker is given at a time
MOST = 8  # workers, each of which takes about 250 MB
IDLE = 60  # seconds without work after which a worker ends, should nobody be left to end it

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
    work = partial(function, **settings)
    if processes < 2 or len(parts) < 2:
        yield from map(work, parts)
        return
    from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor  # takes its time

    pool = ProcessPoolExecutor(
        min(processes, len(parts), MOST),
        timeout=IDLE,
        initializer=_leave_ctrl_c_to_us,
        env={"OMP_NUM_THREADS": "1"},
    )
    try:
        with _ctrl_c_held():  # workers keep it held, which would reach them as well
            results = pool.map(work, map(_bare, parts))
        yield from results
    except BrokenProcessPool:
        raise KitError(
            "a process that worked on a part of the documents was ended by the system, most often "
            "for want of memory — close other programs, or take fewer documents at a time"
        ) from None
    finally:  # also when one has failed or the user has had enough
        pool.shutdown(kill_workers=True)


def _bare(part: pd.DataFrame) -> pd.DataFrame:
    """A part without what `load` has noted on all documents."""
    sent = part.copy(deep=False)
    sent.attrs = {}
    return sent


@contextmanager
def _ctrl_c_held() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_ctrl_c_to_us() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
