"""A list to choose the documents from: the folders near by that hold some."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ..documents import OWN_FILES, PROJECT, READERS
from ..text.wording import plural

if TYPE_CHECKING:
    from ipywidgets import Dropdown

DEEPEST = 3  # folders below the working folder and the kit's own
MOST = 50  # folders in the list
CODE = frozenset(["helpers", "node_modules", "notebooks"])  # no documents of anybody's
_picked: dict[str, str] = {}  # what was asked for → what was picked, as long as the kernel runs


def folders(root: Path | None = None) -> dict[str, int]:
    """Folders with documents, as a path to load, each with its number of files; at most MOST.

    root : where to look, at most DEEPEST folders down; None: in the working and the kit's folder.
    Hidden folders, results of the kit and what lies below a folder that was found are left out.

    >>> folders()["seeds"]
    1
    """
    found: dict[str, int] = {}
    for top in [root] if root else [Path.cwd(), PROJECT]:
        for place, below, files in os.walk(top):
            path = Path(place).relative_to(top)
            documents = [name for name in files if _is_document(name)]
            own = "report.html" in files or any(name.endswith(".py") for name in files)
            if path.parts and documents and not own and len(found) < MOST:
                named = path if top == PROJECT else Path(place)  # `load` knows the kit's own folder
                found.setdefault(str(named), len(documents))
            done = len(path.parts) == DEEPEST or "report.html" in files
            below[:] = [] if done or (path.parts and documents) else sorted(filter(_is_open, below))
    return found


def _is_document(name: str) -> bool:
    kept = name.startswith(".") or name in OWN_FILES.values()
    return Path(name).suffix.lower() in READERS and not kept


def _is_open(folder: str) -> bool:
    return folder not in CODE and folder[0] not in "._" and not folder.endswith(".egg-info")


def pick_documents(documents: str) -> Dropdown:
    """A drop-down list of the folders near by that hold documents; its `value` is the one chosen.

    The choice is kept as long as the kernel runs, so that *Run All* goes on with it.

    documents : the path that the first cell asks for, chosen until another one is.

    >>> pick_documents("seeds").value
    'seeds'
    """
    from ipywidgets import Dropdown  # takes its time

    class Folders(Dropdown):
        """Where there are no widgets its labels stand."""

        def _repr_mimebundle_(self, **asked: object) -> dict[str, object]:
            words = "Documents: " + "; ".join(label for label, _ in self.options)
            static = {"text/plain": words, "text/html": f"<p>{escape(words)}</p>"}
            return super()._repr_mimebundle_(**asked) | static

    near = {path: f"{path} ({plural(n, 'file')})" for path, n in folders().items()}
    shown = {documents: str(documents)} | near
    last = _picked.get(documents)
    widget = Folders(
        options=[(label, path) for path, label in shown.items()],
        value=last if last in shown else documents,
        description="Documents",
    )
    widget.observe(lambda change: _picked.update({documents: change["new"]}), names="value")
    return widget
