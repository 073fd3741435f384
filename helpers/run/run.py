"""A run: all analyses and notebooks on a folder of documents, and a report, in one folder."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import pandas as pd

from ..cache import keys_of
from ..check import corrected, read_corrections
from ..documents import PROJECT, KitError, english, language_name, load, resolve
from ..figures import find_figures
from ..figures.claims import compare_claims
from ..quotes import find_quotes
from ..show import records, unread, written
from ..show.save import save_tables
from ..text.wording import plural
from ..themes import count_once, find_phrases, find_themes, load_speakers
from ..themes.choices import load_choices, load_themes_for, settings
from ..themes.evidence import join_evidence
from ..themes.speakers import names_of
from ..work import keep_together
from .findings import find_findings
from .report import passages, report_html
from .results import check_place, file_sha256, publish, up_to_date, workplace, write_manifest
from .tables import Tables, every_table, methods_text

Result = TypeVar("Result")


def run(path: str, out: str, *, themes: str | None = None) -> int:
    """Analyses the documents at a path, runs the notebooks, and puts everything into a folder.

    path : a file or folder of documents; it is only read.
    out : the results folder.  Where a new one would lose something, the old one is kept as
        `name.previous-1`; where nothing has changed since it was made, it stays as it is.
    themes : a TOML file with the user's own themes; None takes `themes.toml` beside the documents
        or else the general dictionary.  It goes by `words.toml` and `speakers.csv`, too.

    Documents that have been read before, by whichever run or notebook, are not read again.

    Returns the exit status: 0, or 3 when a notebook failed.
    Raises KitError when nothing can be analysed or the folder is no place for results, OSError
    when they cannot be written.
    """
    source = resolve(path)
    target = check_place(out, source)
    for place in (source, target):
        if str(place) != str(place).encode("utf-8", "replace").decode():
            what = "is not in UTF-8 here and cannot be written into a notebook"
            raise KitError(f"the path {place} {what} — rename it, or set PYTHONUTF8=1")
    used, corrections = settings(source, themes=themes), read_corrections(source)
    load_themes_for(source, themes)  # what is wrong with the user's files is said before the work
    load_speakers(source)
    documents = _step("documents", lambda: load(source))
    if english(documents).empty:
        others = ", ".join(sorted(map(language_name, documents["language"].dropna().unique())))
        what = f"none of {plural(len(documents), 'document')} is in English, which is all that the"
        advice = "mend the language in metadata.csv if that is wrong"
        raise KitError(f"{what} analyses know ({others}) — {advice}")
    given = {"DOCUMENTS": source} | ({"THEMES": resolve(themes)} if themes else {})
    given = {name: _seen_from(target / "notebooks", file) for name, file in given.items()}
    state, goal = _state(documents, used | given), f"\nOpen {one_line(target / 'report.html')}"
    with workplace(target) as place:
        if up_to_date(target, state):
            print("\nNothing has changed since these results were made.", goal, sep="\n")
            return 0
        folder = place.new
        found, uncorrected = _tables(documents, source, themes)
        counted, said = _counted_once(found, source)
        saved = every_table(found, counted, corrections)
        _step("tables", lambda: save_tables(saved, folder, links=passages(saved, counted)))
        errors = _run_notebooks(folder / "notebooks", given | {"SAVE_TO": "../plots"})
        facts = {
            "kit": kit_version(),
            "date": date.today().isoformat(),
            "state": state,
            "documents": documents["sha256"].to_dict(),
            "settings": used,
            "counts": {name: len(table) for name, table in found.items()},
            "counted": said,
            "notebooks": {name: error or "ok" for name, error in errors.items()},
        }
        page = _step("report", lambda: report_html(counted, facts=facts))
        how = methods_text(found, counted, uncorrected, facts=facts, corrections=corrections)
        for name, text in (("report.html", page), ("methods.md", how)):
            (folder / name).write_text(text, "utf-8", errors="replace")
        write_manifest(folder, facts)
        kept = publish(place, target, documents=facts["documents"])
    _say(found, counted=said, findings=find_findings(counted), errors=errors, kept=kept)
    print(goal)
    return 0 if errors and not any(errors.values()) else 3


def kit_version() -> str:
    """Name and version of the kit."""
    try:
        return f"communique {metadata.version('communique')}"
    except metadata.PackageNotFoundError:
        return "communique (not installed)"


def one_line(words: object) -> str:
    """Words without line ends and without the codes by which a file name could steer a terminal.

    >>> one_line("a\\x1b[2J\\nb")
    'a�[2J b'
    """
    return "".join(c if c.isprintable() else "�" for c in " ".join(str(words).split()))


def _tables(documents: pd.DataFrame, source: Path, themes: str | None) -> tuple[Tables, Tables]:
    """All tables, quotes and figures as the user corrected them; and these as the kit found them.

    The documents are read once, batch by batch, for all calls.
    """
    own = {"choices": load_choices(source)}
    checked = partial(corrected, documents=documents, corrections=source)
    finds = {"quotes": find_quotes, "figures": find_figures, "names": names_of}
    finds |= {f"phrases {own}": partial(find_phrases, **own)}
    _step("reading", lambda: keep_together(finds, documents))
    found, bare = {"documents": documents}, {}
    bare["quotes"] = _step("quotes", lambda: find_quotes(documents))
    found["quotes"] = checked(bare["quotes"])
    bare["figures"] = _step("figures", lambda: find_figures(documents, quotes=found["quotes"]))
    found["figures"] = checked(bare["figures"])
    found["phrases"] = _step("phrases", lambda: find_phrases(documents, **own))
    dictionary = load_themes_for(source, themes)
    found["themes"] = _step("themes", lambda: find_themes(documents, themes=dictionary, **own))
    return found, bare


def _counted_once(found: Tables, source: Path) -> tuple[dict[str, pd.DataFrame], str]:
    """The tables for the report: each report once, one name for one speaker; and in words, how."""
    documents, quotes, said = count_once(found["documents"], found["quotes"], beside=source)
    called = zip(quotes["doc"], quotes["called"], strict=True)
    names = dict(zip(called, quotes["speaker"], strict=True))
    counted = {
        name: found[name][found[name]["doc"].isin(documents.index)].reset_index(drop=True)
        for name in ("figures", "phrases", "themes")
    }
    figures, themes = counted["figures"], counted["themes"]
    spoken = zip(figures["doc"], figures["speaker"], strict=True)
    figures["speaker"] = [names.get((doc, name), name) for doc, name in spoken]
    counted["themes"] = themes = themes[themes["evidence"].map(len) > 0]  # no probable ones
    evidence = join_evidence(documents, quotes, figures=figures, themes=themes)
    counted |= {"documents": documents, "quotes": quotes, "evidence": evidence}
    return counted | {"claims": compare_claims(figures, documents)}, said


def _run_notebooks(folder: Path, parameters: Mapping[str, str]) -> dict[str, str | None]:
    """Runs the notebooks into a folder; gives the error that stopped each, or None."""
    from . import notebooks  # takes two seconds, for which a wrong path should not have to wait

    folder.mkdir()
    paths = notebooks.find_notebooks()
    with closing(notebooks.run_notebooks(paths, folder, parameters=parameters)) as runs:
        return {path.stem: _step(f"notebook {path.stem}", lambda: next(runs)) for path in paths}


def _state(documents: pd.DataFrame, used: Mapping[str, object]) -> str:
    """The digest of all that results depend on: documents, settings, the kit and its notebooks."""
    facts = [documents.drop(columns="text").to_csv(), documents.attrs["problems"].to_csv()]
    books = map(file_sha256, sorted((PROJECT / "notebooks").glob("*.ipynb")))
    whole = "\n".join([*keys_of(documents, "run", used), *facts, *books])
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def _seen_from(folder: Path, path: Path) -> str:
    """A path relative to a folder, or the whole path where there is no way (another drive)."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return str(path)


def _step(name: str, work: Callable[[], Result]) -> Result:
    """Does one step and says, on one line, what came of it and how long it took.

    In a terminal a bar may take the line while the step is at work.
    """
    again, end = (f"{name:<26}", "\r") if sys.stdout.isatty() else ("", "")
    print(f"{name:<26}", end=end, flush=True)
    begin = time.monotonic()
    result = work()
    count = f"{len(result):,}" if isinstance(result, (pd.DataFrame, list)) else ""
    failed = f"   failed: {result}" if isinstance(result, str) and name != "report" else ""
    print(f"{again}{count:>8} {time.monotonic() - begin:8.1f} s{failed}", flush=True)
    return result


def _say(tables: Tables, **facts: object) -> None:
    """What was read and found, the user's corrections among it, and what went wrong."""
    some = [tables[name] for name in ("quotes", "figures")]
    held = sum(int(table["checked"].notna().sum()) for table in some if "checked" in table)
    stale = sum(len(table.attrs.get("stale", ())) for table in some)
    problems, missed = tables["documents"].attrs["problems"], unread(tables["documents"])
    told = {"missed": records(missed), "notes": records(problems.drop(missed.index))} | facts
    said = written("summary.j2", documents=tables["documents"], held=held, stale=stale, **told)
    print("", *map(one_line, said.splitlines()), sep="\n")
