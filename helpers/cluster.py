"""Past one machine: the tables of any number of documents, made by many workers, with Dask.

Documents are read here, one after the other, and cut into parts.  Each part goes to a worker, which
makes its tables by the same calls as everybody, and comes back to be written.  What the manifest
names is not done again, so that the same call goes on after whatever stopped it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import TYPE_CHECKING
from unittest.mock import patch

import pandas as pd

from .cache import FOLDER, kit_digest
from .documents import PROBLEM_COLUMNS, KitError, Reading, load_parts, read_manifest, resolve
from .run import parts as written
from .themes.choices import load_themes_for
from .work import bar, cores

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

__all__ = ["find_tables", "load_parts", "local_cluster", "measure_scaling"]

MEMORY = 2_000_000_000  # bytes of a worker started here, which is ended when it takes more
PATIENCE = 10  # seconds to wait for a scheduler, and for a worker


def find_tables(
    path: str | Path, out: str | Path, *, tables: Sequence[str] = written.USUAL,
    themes: Mapping[str, Sequence[str]] | None = None, columns: Mapping[str, str] | None = None,
    scheduler: str | None = None, workers: int | None = None, most: int = 500,
) -> pd.DataFrame:  # fmt: skip
    """Makes tables of all documents at a path, part by part, in a folder of Parquet files.

    `load_parts(out, "quotes")` is the plain call's table, row for row, and `load(out)` gives the
    documents, here and in the notebooks.  Only the probable themes, which depend on all documents,
    are left out.  A document on which a call fails, or which takes more memory than a worker has,
    is a row of the table `problems`.  Called again it makes what is missing or has changed; what
    failed is tried again when its part's file in `problems` is deleted.

    path, columns : as for `load`; out : a folder for the tables.
    tables : some of quotes, figures (with speakers where quotes are made), phrases, themes, tokens.
    themes : {theme: entries}; None takes `themes.toml` beside the documents, or the kit's own.
    scheduler : address of a Dask scheduler ("tcp://10.0.0.7:8786"); None starts one for this call.
        It and its workers (`dask worker ADDRESS --nthreads 1 --memory-limit 2GB`) have this kit.
    workers : how many to start for this call; None: one a core.  Each imports the user's script
        anew, so that there the call stands below `if __name__ == "__main__":`.
    most : documents of a part, which is what an interruption costs.

    Returns a row for each part: part (the name of its files), number, documents, words, rows
    ({table: how many}), seconds (of a worker), new (made by this call); `attrs["reading"]`: seconds
    until all documents were read, `attrs["seconds"]`: until all was done.
    Raises KitError when Dask, the scheduler, its workers or the documents cannot be had or go away,
    and when the folder is in use.
    """
    if unknown := sorted({*tables} - written.CALLS.keys()):
        raise KitError(f"no table {', '.join(unknown)} — there are {', '.join(written.CALLS)}")
    source, begin, reading = resolve(path), time.monotonic(), Reading(most=float("inf"))
    if read_manifest(source)[0]:
        raise KitError(f"{str(path)!r} holds tables made of documents — give the documents")
    if "themes" in tables and themes is None:
        themes = load_themes_for(source)
    settings = {"tables": [name for name in written.CALLS if name in tables], "themes": themes}
    asked = {"kit": kit_digest(), **settings, "themes": written.sha256_of([str(themes)])}
    work = partial(written.analyse_part, settings=settings, kit=asked["kit"])
    opened = written.open_folder(out, source)
    with opened as (folder, spool), _connected(scheduler, workers) as client:
        documents = bar("reading", of=reading.documents(path, columns))
        parts = written.cut_documents(documents, spool, settings=settings, most=most)
        read = time.monotonic() - begin
        loading = pd.DataFrame(reading.problems, columns=PROBLEM_COLUMNS)
        written.write_part(loading, folder / "problems" / "loading.parquet")
        new = written.begin_parts(folder, parts, asked)
        files = (spool / f"{part['number']}.parquet" for part in new)
        given = (pd.read_parquet(file).set_index("doc") for file in files)
        with bar("analysing", sum(part["documents"] for part in new)) as shown:
            for number, documents, (made, problems, seconds) in _shared_out(client, work, given):
                made["documents"] = documents.reset_index()
                if problems:
                    made["problems"] = pd.DataFrame(problems, columns=PROBLEM_COLUMNS)
                written.add_part(folder, new[number] | {"seconds": round(seconds, 3)}, made)
                shown.update(len(documents))
        written.clear_parts(folder, ["documents", "problems", *written.CALLS])
    table = pd.DataFrame([*read_manifest(folder)[1].values()])
    table["new"] = table["part"].isin([part["part"] for part in new])
    table.attrs = {"reading": read, "seconds": time.monotonic() - begin}
    return table


@contextmanager
def local_cluster(workers: int | None = None) -> Iterator[LocalCluster]:
    """A scheduler and workers on this machine, of one thread each, that answer nobody else.

    workers : how many; None: one a core.  `dashboard_link` of what it gives shows them at work.
    Raises KitError when Dask is not installed.
    """
    dask, distributed = _dask()
    here = {"host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
    here |= {"threads_per_worker": 1, "memory_limit": MEMORY}
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(n_workers=workers or cores(), **here) as cluster,
    ):
        yield cluster


def measure_scaling(
    path: str | Path, *, workers: Sequence[int] = (1, 2, 4), most: int = 20
) -> pd.DataFrame:
    """How much faster more workers on this machine are: everything anew for each number of them.

    path, most : as for `find_tables`; workers : the numbers that are tried.

    Returns a row for each number: workers, documents, words, reading and seconds as `attrs` of
    `find_tables` (with workers that have started), work (seconds of all workers together).
    """
    rows, one = [], pd.DataFrame({"text": ["Ann Lee said that 5 per cent agreed."]})
    asked = {"settings": {"tables": written.USUAL, "themes": {}}, "kit": kit_digest()}
    for number in workers:
        nothing_kept = patch.dict(os.environ, {FOLDER: "off"})
        with TemporaryDirectory() as out, nothing_kept, local_cluster(number) as cluster:
            with cluster.get_client() as client:
                client.run(written.analyse_part, one, **asked)  # loads the models
            made = find_tables(path, out, scheduler=cluster.scheduler_address, most=most)
        sums = made[["documents", "words"]].sum().to_dict()
        rows.append({"workers": number, **sums, **made.attrs, "work": made["seconds"].sum()})
    return pd.DataFrame(rows)


def _dask() -> tuple[ModuleType, ModuleType]:
    try:
        import dask
        import distributed
    except ImportError as problem:
        what = f"this needs Dask ({problem})"
        raise KitError(f"{what} — in the kit's folder: pip install -e '.[cluster]'") from None
    return dask, distributed


@contextmanager
def _connected(address: str | None, workers: int | None) -> Iterator[Client]:
    """A client of a scheduler that has workers."""
    dask, distributed = _dask()
    with ExitStack() as stack:
        at = address or stack.enter_context(local_cluster(workers)).scheduler_address
        limits = {"distributed.admin.large-graph-warning-threshold": "1GB"}  # of long documents
        stack.enter_context(dask.config.set(limits))
        try:
            client = stack.enter_context(distributed.Client(at, timeout=PATIENCE))
        except (OSError, ValueError) as problem:
            what = f"no Dask scheduler answers at {at} ({problem})"
            raise KitError(f"{what} — start one: dask scheduler; or mend this address") from None
        _wait_for_workers(client)
        yield client


def _wait_for_workers(client: Client) -> None:
    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TimeoutError:
        at = client.scheduler.address
        how = f"start some with `dask worker {at} --nthreads 1 --memory-limit 2GB`"
        raise KitError(f"the scheduler at {at} has no workers — {how}, and call again") from None


def _shared_out(
    client: Client, work: Callable[[pd.DataFrame], written.Found], given: Iterable[pd.DataFrame]
) -> Iterator[tuple[int, pd.DataFrame, written.Found]]:
    """What the workers find, with its number and documents, in the order in which they are done.

    Two parts a worker are under way, which bounds memory here and at the scheduler.
    """
    from distributed import CancelledError, wait
    from distributed.scheduler import KilledWorker

    def send(documents: pd.DataFrame) -> Future:
        return client.submit(work, documents, pure=False)

    def found_in(future: Future, documents: pd.DataFrame) -> written.Found:
        try:
            return future.result()
        except KilledWorker:
            found, last = written.spared(lambda some: send(some).result(), documents, KilledWorker)
        what = "nothing: ends a worker, most often for want of memory"
        rows = [[documents["path"][doc], what, "split it, or give workers more"] for doc in last]
        return found[0], found[1] + rows, found[2]

    numbered, sent = enumerate(given), {}
    try:
        while True:
            more = 2 * len(client.nthreads()) + 1 - len(sent)
            for number, documents in islice(numbered, max(0, more)):
                sent[send(documents)] = number, documents
            if not sent:
                return
            try:
                done, _ = wait([*sent], timeout=6 * PATIENCE, return_when="FIRST_COMPLETED")
            except TimeoutError:  # either it is hard or nobody is there to do it
                _wait_for_workers(client)
                continue
            for future in done:
                number, documents = sent.pop(future)
                yield number, documents, found_in(future, documents)
    except (ImportError, RuntimeError) as problem:
        what = f"the scheduler or its workers cannot run the kit ({problem})"
        raise KitError(f"{what} — install it for them as it is installed here") from problem
    except (CancelledError, OSError) as problem:
        what = "the scheduler went away; what is done is kept"
        raise KitError(f"{what} — start it again and give the same command") from problem


def share_out(
    path: str, out: str, *, scheduler: str | None = None, workers: int | None = None
) -> str:
    """`python -m helpers cluster PATH --out DIR`: all tables of the documents at a path.

    Returns how many rows and parts were made.  Raises what `find_tables` raises.
    """
    with nullcontext() if scheduler else local_cluster(workers) as cluster:
        if cluster:
            print(f"to watch it: {cluster.dashboard_link}", flush=True)
        made = find_tables(path, out, scheduler=scheduler or cluster.scheduler_address)
    rows = pd.DataFrame(made["rows"].tolist()).sum().astype(int).to_string()
    return f"{rows}\n{made['new'].sum()} of {len(made)} parts made in {made.attrs['seconds']:.0f} s"
