"""Work on many documents: on several processor cores, and only on those that are not kept.

Processes share out documents, not analyses.  A worker is joblib's: a fresh Python that imports the
kit and nothing of the caller's, so it starts in the same way from a notebook, a script and the
command line, on every system.

What was found in a document is kept (see `cache`), so that the next call finds it there.  Work that
takes more than a few seconds shows how far it is, in a terminal and in a notebook.
"""

from __future__ import annotations

import builtins
import functools
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

import pandas as pd

from .cache import cache_file, keep, kept, keys_of
from .documents import KitError, english

if TYPE_CHECKING:
    from tqdm import tqdm

__all__ = [
    "CORES", "WORTH_IT", "bar", "cores", "in_order", "keep_together", "kept_or_found", "map_parts",
]  # fmt: skip

BATCH = 60_000  # characters: some seconds of work, which is what an interruption costs
WORTH = 300_000  # characters to read; for fewer, workers take longer to start than to work
WORTH_IT = 4_000_000  # the same where words and tags are enough
MOST = 8  # workers, each of which takes about 250 MB
CORES = "LOKY_MAX_CPU_COUNT"  # the variable, joblib's, that says how many cores may be used
IDLE = 60  # seconds without work after which a worker ends, should nobody be left to end it

Result = TypeVar("Result")


def cores() -> int:
    """How many processor cores this process may use; `LOKY_MAX_CPU_COUNT` may say fewer."""
    from joblib.externals.loky import cpu_count  # takes its time

    return cpu_count()


def map_parts(
    function: Callable[..., Result], documents: pd.DataFrame, **settings: object
) -> list[Result]:
    """What a function gives for the documents, part by part, in the order of the documents.

    One part when the texts have fewer than 4 million characters; otherwise all cores share them.
    The function takes a documents table and the settings, and stands at the top of a module of the
    kit; what it gives for a document must not depend on the others.

    >>> map_parts(len, pd.DataFrame({"text": ["a", "b"]}))
    [2]
    """
    if _letters(documents) <= WORTH_IT:
        return [function(documents, **settings)]
    parts = _batches(documents, WORTH_IT // 10)
    results = in_order(function, parts, processes=cores(), **settings)
    return list(_told(results, parts, name="documents", worth=WORTH_IT))


def in_order(
    function: Callable[..., Result],
    parts: Sequence[pd.DataFrame],
    *,
    processes: int,
    **settings: object,
) -> Iterator[Result]:
    """What a function, as for `map_parts`, gives for each part, in order, as soon as it is there.

    Raises what the function raises, and KitError when the system has ended a process.
    """
    work = functools.partial(function, **settings)
    if processes < 2 or len(parts) < 2:
        yield from map(work, parts)
        return
    from joblib.externals.loky import BrokenProcessPool, ProcessPoolExecutor  # takes its time

    workers = min(processes, len(parts), MOST)
    pool = ProcessPoolExecutor(workers, timeout=IDLE, env={"OMP_NUM_THREADS": "1"})
    mask = getattr(signal, "pthread_sigmask", lambda how, signals: set())  # not on Windows
    try:
        before = mask(signal.SIG_BLOCK, {signal.SIGINT})  # workers are born deaf to Ctrl-C
        try:
            results = pool.map(work, parts)
        finally:
            mask(signal.SIG_SETMASK, before)
        yield from results
    except BrokenProcessPool:
        raise KitError(
            "a process that worked on a part of the documents was ended by the system, most often "
            "for want of memory — close other programs, or take fewer documents at a time"
        ) from None
    finally:  # also when one has failed or the user has had enough
        pool.shutdown(kill_workers=True)


def kept_or_found(
    find: Callable[..., list],
    documents: pd.DataFrame,
    *,
    name: str,
    worth: int = WORTH,
    **settings: object,
) -> list:
    """What `find` gives for the documents: as it was kept, or found, on all cores when many.

    What was kept counts only for the very same text, title, author, date, language and settings,
    and as long as no file of the kit has changed.

    find : as for `map_parts`; gives a list with what was found in each document, made of what JSON
        can hold (tuples come back as lists).  name : of the analysis.  worth : characters; for
        fewer, other processes take longer to start than to work.

    >>> kept_or_found(lambda some: [[len(text)] for text in some["text"]],
    ...               pd.DataFrame({"text": ["Yes.", "No."]}), name="lengths")
    [[4], [3]]
    """
    keys = keys_of(documents, name, settings) if cache_file() else []
    results = kept(keys) if keys else [None] * len(documents)
    missing = [place for place, rows in enumerate(results) if rows is None]
    batches = _batches(documents.iloc[missing], BATCH)
    processes = cores() if sum(map(_letters, batches)) > worth else 1
    found = in_order(find, batches, processes=processes, **settings)
    for batch, rows in zip(batches, _told(found, batches, name=name, worth=worth), strict=True):
        places, missing = missing[: len(batch)], missing[len(batch) :]
        for place, own in zip(places, rows, strict=True):
            results[place] = own
        if keys:
            keep((keys[place], results[place]) for place in places)
    return results


def keep_together(
    finds: Mapping[str, Callable[[pd.DataFrame], object]], documents: pd.DataFrame
) -> None:
    """Lets several calls keep their rows, all of them for a batch of documents before the next.

    So the calls find again what was read for the one before; called for all documents afterwards,
    each takes its rows from what was kept.  Does nothing where nothing is kept.

    finds : name with all settings → call on a documents table that goes through `kept_or_found`.
    """
    if cache_file():
        work = functools.partial(_call_all, finds=list(finds.values()))
        kept_or_found(work, english(documents), name=f"reading {list(finds)}")


def _call_all(documents: pd.DataFrame, *, finds: Sequence[Callable]) -> list[list]:
    for find in finds:
        find(documents)
    return [[]] * len(documents)


def _told(
    results: Iterator[Result], parts: Sequence[pd.DataFrame], *, name: str, worth: int
) -> Iterator[Result]:
    """The results as they come; where that takes seconds and somebody looks on, under a bar."""
    if len(parts) < 2 or sum(map(_letters, parts)) < worth / 2:
        yield from results
        return
    with bar(name.split()[0], sum(map(len, parts))) as shown:
        for part, result in zip(parts, results, strict=True):
            yield result
            shown.update(len(part))


def bar(what: str, total: int | None = None, *, of: Iterable | None = None) -> tqdm:
    """A bar that says how many documents are done, where somebody looks on.

    of : what is worked on, when it is run through; otherwise `update` tells how many are done.

    >>> list(bar("reading", of=["a", "b"]))
    ['a', 'b']
    """
    from tqdm.auto import tqdm  # takes its time

    watched = hasattr(builtins, "get_ipython") or sys.stderr.isatty()
    hidden = {"disable": True} if not watched or os.environ.get("TQDM_DISABLE") else {}
    return tqdm(of, total=total, desc=what, unit=" documents", leave=False, **hidden)


def _letters(documents: pd.DataFrame) -> int:
    return sum(len(text) for text in documents["text"] if isinstance(text, str))


def _batches(documents: pd.DataFrame, size: int) -> list[pd.DataFrame]:
    """The documents in parts of so many characters, without what `load` has noted on all."""
    bare = documents.copy(deep=False)
    bare.attrs = {}
    before = bare["text"].astype(str).str.len().cumsum().shift(fill_value=0)
    return [part for _, part in bare.groupby((before // size).to_numpy(), sort=False)]
