"""How an interrupted run is gone on with: its name, and the notebooks that need not run again.

A notebook that went well leaves a mark, which vouches for every file of notebooks and plots by its
SHA-256.  What was staged may be gone, half deleted, or the *old* results, if the run was killed
while old and new changed places; so a mark counts only where each of its files is as it was left.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd

from .kept import kit_digest
from .results import file_sha256
from .staging import work_of

MADE_OF = ("helpers/**/*", "notebooks/*.ipynb")  # what the results depend on beside the documents


MARK = ".done"


def mark_done(folder: Path, notebook: str) -> None:
    """Notes that a notebook has run in a staged folder and what the folder then held."""
    files = {
        path.relative_to(folder).as_posix(): file_sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.parent != folder
    }
    (work_of(folder) / f"{notebook}{MARK}").write_text(json.dumps(files), "utf-8")


def still_done(folder: Path) -> set[str]:
    """The notebooks whose files are all there; files for which none of them vouches are deleted."""
    vouched: dict[str, str] = {}
    done = set()
    for mark in sorted(work_of(folder).glob(f"*{MARK}")):
        try:
            files = json.loads(mark.read_text("utf-8"))
            good = all(file_sha256(folder / name) == sha256 for name, sha256 in files.items())
        except (OSError, ValueError, AttributeError):
            good = False
        if good:
            vouched |= files
            done.add(mark.stem)
        else:
            mark.unlink()
    if not done:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(exist_ok=True)
    for path in [path for path in folder.rglob("*") if not path.is_dir() or path.is_symlink()]:
        if path.relative_to(folder).as_posix() not in vouched:
            path.unlink()
    return done


def run_key(documents: pd.DataFrame, settings: object) -> str:
    """Twelve letters and digits that stand for documents, settings and the kit as it is.

    They change with any cell of the documents table, and with any byte of the kit's code, word
    lists, models and notebooks, so that work done before a word list was edited is never used.

    documents : the documents table; settings : whatever JSON can hold.
    """
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for row in documents.reset_index().astype(object).itertuples(index=False):
        digest.update(repr(tuple(row)).encode("utf-8", "replace"))
    digest.update(kit_digest(MADE_OF).encode())
    return digest.hexdigest()[:12]
