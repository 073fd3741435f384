"""Notebooks run on documents, with the Python that is running now and without a network."""

from __future__ import annotations

import logging
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import nbformat
from ipykernel.kernelspec import get_kernel_dict
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from traitlets import Unicode

from ..documents import PROJECT

PARAMETER = re.compile(r"^(\w+) =", re.MULTILINE)
APART = {"08_cluster"}  # it measures the machine, not the documents
# No names, and cells are counted from 1; other processes are started by what has a `__spec__`.
RESET = "get_ipython().reset(new_session=True)\n__spec__ = None"


def find_notebooks(folder: Path = PROJECT / "notebooks") -> list[Path]:
    """The notebooks of the kit that a run runs, in the order of their names."""
    return sorted(path for path in folder.glob("*.ipynb") if path.stem not in APART)


def run_notebooks(
    notebooks: Sequence[Path], folder: Path, *, parameters: Mapping[str, object]
) -> Iterator[str | None]:
    """Runs notebooks from top to bottom and leaves them, with their outputs, in a folder.

    They run in one kernel, which is emptied before each, so that imports are paid for once.  It
    works in that folder, so parameters may be paths relative to it; those that a notebook does not
    have are left out.  A cell that fails stops its notebook only: what had been run until then is
    kept, with the error.  Does not limit the time a cell may take.

    Yields for each, when it is done, the error that stopped it in one line, None when none did.
    """
    for name in ("traitlets", "asyncio"):  # what they have to say is in the error
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".", ignore_cleanup_errors=True) as place:
        client = NotebookClient(
            nbformat.v4.new_notebook(),
            timeout=None,
            record_timing=False,
            resources={"metadata": {"path": str(folder)}},
            kernel_manager_class=_this_python(place),
        )
        try:
            for notebook in notebooks:
                yield _run(client, notebook, folder, parameters)
        finally:
            _end(client)


def _run(
    client: NotebookClient, notebook: Path, folder: Path, parameters: Mapping[str, object]
) -> str | None:
    book = error = None
    try:
        book = _prepared(nbformat.read(notebook, as_version=4), parameters)
        reset = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(RESET)])
        with client.setup_kernel(cleanup_kc=False):  # the next notebook wants it
            for client.nb, counted in ((reset, False), (book, True)):
                client.reset_execution_trackers()
                for index, cell in enumerate(client.nb.cells):
                    client.execute_cell(cell, index, store_history=counted)
    except CellExecutionError as problem:
        error = f"{problem.ename}: {problem.evalue} (cell {cell.execution_count})"
    except Exception as problem:  # a broken file, a kernel that died: the others still run
        error = f"{type(problem).__name__}: {problem}"
        _end(client)
    if book:
        _without_widgets(book)
        nbformat.write(book, folder / notebook.name)
    return " ".join(error.split())[:300] if error else None


def _end(client: NotebookClient) -> None:
    """Ends the kernel, if there is one; the next notebook gets another."""
    if client.km and client.km.has_kernel:
        with client.setup_kernel():
            pass


def _prepared(book: NotebookNode, parameters: Mapping[str, object]) -> NotebookNode:
    """A notebook without outputs, with a cell of our parameters after its own."""
    at = 0
    for place, cell in enumerate(book.cells, 1):
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "parameters" in cell.metadata.get("tags", []):
            at, known = place, PARAMETER.findall(cell.source)
    if at:
        lines = [f"{name} = {value!r}" for name, value in parameters.items() if name in known]
        given = nbformat.v4.new_code_cell("\n".join(lines), id="injected-parameters")
        given.metadata["tags"] = ["injected-parameters"]
        book.cells.insert(at, given)
    return book


def _without_widgets(book: NotebookNode) -> None:
    """Leaves what stands there in place of widgets, which are dead without their kernel."""
    book.metadata.pop("widgets", None)
    for output in (output for cell in book.cells for output in cell.get("outputs", [])):
        if "text/html" in output.get("data", {}):
            output.data.pop("application/vnd.jupyter.widget-view+json", None)


def _this_python(place: str) -> type[AsyncKernelManager]:
    """What starts kernels with the interpreter of this process and with this copy of the kit.

    The first "python3" that Jupyter finds by name may be another Python.  The user's IPython
    start-up files are left out, and nothing is written into the home folder.
    """
    paths = [str(PROJECT), *filter(None, [os.environ.get("PYTHONPATH")])]
    quiet = ["--IPKernelApp.log_level=50"]  # what goes wrong in a cell is in its output
    environment = {
        "PYTHONPATH": os.pathsep.join(paths),
        "IPYTHONDIR": place,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TQDM_DISABLE": "1",  # how far it is is nothing to keep
    }

    class ThisPython(AsyncKernelManager):
        kernel_spec = KernelSpec(**get_kernel_dict(quiet), env=environment)
        connection_file = Unicode(os.path.join(place, "kernel.json"))

    return ThisPython
