"""The command line: all analyses and notebooks on a folder of documents, and a report.

Exit status: 0 all went well; 1 nothing was analysed, or the results could not be written; 2 wrong
usage; 3 the results are there but a notebook failed; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import time
import tomllib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import pandas as pd

from ..documents import PROJECT, KitError, english, language_name, load, resolve
from ..figures import find_figures
from ..quotes import find_quotes
from ..show import unread
from ..text.wording import plural
from ..themes import find_phrases, find_themes
from ..themes.evidence import join_evidence
from .choices import load_choices, load_themes_for, named_file, settings
from .kept import keep_together, keeping
from .report import save_report
from .results import check_losses, check_place, publish, write_manifest
from .save import save_tables
from .staging import aside_of, mark_done, run_key, stage, still_done, work_of

if TYPE_CHECKING:
    from .notebooks import Executed

SAVED = ("documents", "quotes", "figures", "phrases", "themes")
MOST_LINES = 10  # on documents that were not read, in the summary
Result = TypeVar("Result")


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m helpers PATH --out DIR [--themes FILE.toml] [--force]`; gives the exit status.

    >>> main(["no-such-folder", "--out", "results"])
    1
    """
    asked = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names of files may hold what a terminal cannot show
            stream.reconfigure(errors="replace")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stopped)
    signal.signal(signal.SIGINT, _interrupted)
    try:
        return run(asked.path, asked.out, themes=asked.themes, force=asked.force)
    except KitError as problem:
        status, said = 1, _one_line(problem)
    except OSError as problem:
        status, said = 1, f"The results could not be written: {_one_line(problem)}. {_so(problem)}"
    except KeyboardInterrupt as problem:
        status, said = 130, f"Stopped. {_so(problem)}"
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    print(f"\n{said}", file=sys.stderr)
    return status


def run(path: str, out: str, *, themes: str | None = None, force: bool = False) -> int:
    """Analyses the documents at a path, runs the notebooks, and puts everything into a folder.

    path : a file or folder of documents; it is only read.
    out : the results folder.  It is replaced only when nothing would be lost: see `results`.
    themes : a TOML file with the user's own themes; None takes `themes.toml` beside the documents
        or else the general dictionary.  `words.toml` beside them holds stop words and merges.
    force : replaces the folder in any case, and keeps the old one as `name.previous-1`.

    A run that was interrupted is gone on with by the next one with the same documents, settings
    and kit: quotations found and notebooks run are not found and run again.

    Raises KitError when nothing can be analysed or something would be lost, OSError when the
    results cannot be written.
    """
    source = resolve(path)
    target = check_place(out, source)
    for place in (source, target):
        if str(place) != str(place).encode("utf-8", "replace").decode():
            raise KitError(
                f"the path {_one_line(place)} is not in UTF-8 here and cannot be "
                "written into a notebook — rename it, or set PYTHONUTF8=1"
            )
    own = named_file(themes, "themes") if themes else None
    dictionary, choices = load_themes_for(source, own), load_choices(source)
    documents = _step("documents", lambda: load(source))
    if english(documents).empty:
        others = sorted(map(language_name, documents["language"].dropna().unique()))
        raise KitError(
            f"none of {plural(len(documents), 'document')} is in English, which is all "
            f"that the analyses know ({', '.join(others)}) — mend the language in "
            "metadata.csv if that is wrong"
        )
    sums = dict(zip(documents.index, documents["sha256"], strict=True))
    if not force:
        check_losses(target, sums)
    used = settings(source, themes=own)
    given = {"DOCUMENTS": source, "THEMES": own}
    seen = {name: _seen_from(target / "notebooks", file) for name, file in given.items() if file}
    key = run_key(documents, [used, list(seen.values())])
    with stage(target, key=key) as folder, keeping(work := work_of(folder)):
        done = still_done(folder)
        if done or any(work.glob("*.json")):
            print("going on from where an interrupted run with the same documents stopped")
        tables = {"documents": documents}
        finds = [find_quotes, find_figures, partial(find_phrases, choices=choices)]
        _step("reading", lambda: keep_together(finds, documents))
        tables["quotes"] = _step("quotes", lambda: find_quotes(documents))
        found = {
            "figures": lambda: find_figures(documents, quotes=tables["quotes"]),
            "phrases": lambda: find_phrases(documents, choices=choices),
            "themes": lambda: find_themes(documents, themes=dictionary, choices=choices),
        }
        tables |= {name: _step(name, find) for name, find in found.items()}
        joined = {name: tables[name] for name in ("figures", "themes")}
        tables["evidence"] = join_evidence(documents, tables["quotes"], **joined)
        saved = {name: tables[name] for name in SAVED}
        _step("tables", lambda: save_tables(saved, folder))
        executed = _run_notebooks(folder, seen | {"SAVE_TO": "../plots"}, done=done)
        facts = {
            "kit": kit_version(),
            "date": date.today().isoformat(),
            "documents": sums,
            "settings": used,
            "counts": {name: len(table) for name, table in tables.items()},
            "notebooks": {one.name: one.error or "ok" for one in executed},
        }
        exact = tables["themes"][tables["themes"]["evidence"].map(len) > 0]
        report = folder / "report.html"
        _step("report", lambda: save_report(report, tables | {"themes": exact}, facts=facts))
        write_manifest(folder, facts)
        kept = publish(folder, target, documents=sums, aside=aside_of(folder))
    print("\n" + "\n".join(map(_one_line, _summary(tables, executed, kept))))
    print(f"\nOpen {_one_line(target / 'report.html')}")
    return 0 if executed and not any(one.error for one in executed) else 3


def kit_version() -> str:
    """Name and version of the kit.

    >>> kit_version().split()[0]
    'communique'
    """
    with suppress(metadata.PackageNotFoundError):
        return f"communique {metadata.version('communique')}"
    facts = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))  # not installed
    return f"communique {facts['project']['version']}"


def _run_notebooks(folder: Path, parameters: dict[str, str], *, done: set[str]) -> list[Executed]:
    """Runs the notebooks in a staged folder, but for those that an interrupted run has done."""
    from . import notebooks  # takes two seconds, for which a wrong path should not have to wait

    place = folder / "notebooks"
    place.mkdir(exist_ok=True)

    def once(notebook: Path) -> Executed:
        if notebook.stem in done:
            return notebooks.Executed(notebook.stem)
        executed = notebooks.run_notebook(notebook, place, parameters=parameters)
        if not executed.error:
            mark_done(folder, notebook.stem)
        return executed

    return [
        _step(f"notebook {notebook.stem}", lambda notebook=notebook: once(notebook))
        for notebook in notebooks.find_notebooks()
    ]


def _seen_from(folder: Path, path: Path) -> str:
    """A path relative to a folder, or the whole path where there is no way (another drive)."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return str(path)


def _step(name: str, work: Callable[[], Result]) -> Result:
    """Does one step and says, on one line, what came of it and how long it took."""
    print(f"{name:<26}", end="", flush=True)
    begin = time.monotonic()
    result = work()
    count = f"{len(result):,}" if isinstance(result, (pd.DataFrame, list)) else ""
    error = getattr(result, "error", None) if not count else None
    failed = f"   failed: {error}" if error else ""
    print(f"{count:>8} {time.monotonic() - begin:8.1f} s{failed}", flush=True)
    return result


def _summary(
    tables: dict[str, pd.DataFrame], executed: list[Executed], kept: Path | None
) -> list[str]:
    documents, quotes, themes = (tables[name] for name in ("documents", "quotes", "themes"))
    passages = len(themes[["doc", "paragraph"]].drop_duplicates())
    lines = [
        f"{plural(len(documents), 'document')} read, {int(documents['words'].sum()):,} words",
        f"{plural(len(quotes), 'quote')} of {plural(quotes['speaker'].nunique(), 'speaker')}, "
        f"{int(quotes['speaker'].isna().sum()):,} of unknown speakers",
        plural(len(tables["figures"]), "figure"),
        f"{plural(themes['theme'].nunique(), 'theme')} in {plural(passages, 'passage')}, "
        f"{plural(len(tables['phrases']), 'key phrase')}",
    ]
    problems, missed = documents.attrs["problems"], unread(documents)
    for word, rows in (("not read", missed), ("note", problems.drop(missed.index))):
        some = rows[:MOST_LINES].itertuples()
        lines += [f"{word}: {row.path}: {row.problem}; {row.advice}" for row in some]
        if len(rows) > MOST_LINES:
            lines.append(f"{word}: {len(rows) - MOST_LINES:,} more, which the report lists")
    lines += [f"notebook {one.name} failed: {one.error}" for one in executed if one.error]
    if not executed:
        lines.append(
            "no notebooks were run: there are none beside the kit. Install it from its "
            "folder with pip install -e ."
        )
    return lines + [f"the old folder was kept as {kept}"] * bool(kept)


def _so(problem: BaseException) -> str:
    """What became of the results, and how to go on."""
    notes = (f"{_one_line(note)}." for note in getattr(problem, "__notes__", []))
    return " ".join(["Nothing was changed.", *notes])


def _one_line(words: object) -> str:
    """Words without line ends and without the codes by which a file name could steer a terminal."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(str(words).split()))


def _interrupted(number: int, frame: object) -> NoReturn:
    """Ctrl-C stops the run, which clears up; the second one does not wait for that."""
    signal.signal(signal.SIGINT, _ended)
    raise KeyboardInterrupt


def _ended(number: int, frame: object) -> NoReturn:
    import psutil  # kernels are in groups of their own, which Ctrl-C does not reach

    for child in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            child.kill()
    os._exit(130)


def _stopped(number: int, frame: object) -> NoReturn:
    raise SystemExit(128 + number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers",
        description="Finds who said what, the figures and the themes in news and press releases, "
        "runs every notebook on them and writes tables, plots and a report.",
    )
    add = parser.add_argument
    add("path", metavar="PATH", help="a document or a folder of documents")
    add("--out", metavar="DIR", required=True, help="the folder for the results; made by the run")
    add(
        "--themes",
        metavar="FILE.toml",
        help="your own themes and their words; without it themes.toml beside the documents, "
        "or else the general dictionary of the kit",
    )
    add(
        "--force",
        action="store_true",
        help="replace DIR whatever it holds; the old folder is kept as DIR.previous-1",
    )
    return parser
