"""The command line: all analyses and notebooks on a folder of documents, and a report.

Exit status: 0 all went well; 1 nothing was analysed, or the results could not be written; 2 wrong
usage; 3 the results are there but a notebook failed; 130 stopped with Ctrl-C.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

USAGE = """%(prog)s PATH --out DIR [--themes FILE]
       %(prog)s learn PATH   (fits the confidence of quotes to your corrections)
       %(prog)s export PATH --out DIR --format FORMAT   (files for other tools)
       %(prog)s import-xmi FILE EXPORTED PATH   (takes home what was corrected in INCEpTION)
       %(prog)s cluster PATH --out DIR [--scheduler ADDRESS | --workers N]   (Parquet, by Dask)"""
WORDS = {
    "": ("path", "--out", "--themes"),
    "learn": ("path",),
    "export": ("path", "--out", "--format"),
    "import-xmi": ("file", "exported", "path"),
    "cluster": ("path", "--out", "--scheduler", "--workers"),
}
OPTIONAL = ("--themes", "--scheduler", "--workers")
MEANING = {
    "path": "a document or a folder of documents",
    "file": "what INCEpTION gave out: an XMI, or a zip or folder of it",
    "exported": "the folder that an export as xmi has made",
    "--out": "the folder for the results; made by the run",
    "--themes": "your own themes; without it themes.toml beside the documents, or else the kit's",
    "--format": "webanno, brat, xmi or conllu",
    "--scheduler": "tcp://HOST:PORT of Dask's; without it workers are started here",
    "--workers": "how many are started here; without it one for each core",
}
FORMATS = ("webanno", "brat", "xmi", "conllu")


def main(arguments: Sequence[str] | None = None) -> int:
    """What `--help` says; gives the exit status.

    >>> main(["no-such-folder", "--out", "results"])
    1
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    word = given.pop(0) if given and given[0] in WORDS else ""
    said = "Finds who said what, the figures and the themes in news and press releases, runs every "
    said += "notebook on them and writes tables, plots and a report."
    parser = argparse.ArgumentParser(prog="python -m helpers", usage=USAGE, description=said)
    for name in WORDS[word]:
        must = {"required": name not in OPTIONAL} if name.startswith("-") else {}
        must |= {"--format": {"choices": FORMATS}, "--workers": {"type": int}}.get(name, {})
        parser.add_argument(name, metavar=name.strip("-").upper(), help=MEANING[name], **must)
    asked = parser.parse_args(given)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names of files may hold what a terminal cannot show
            stream.reconfigure(errors="replace")
    from .documents import KitError  # takes its time, for which --help does not wait
    from .run.run import one_line

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stopped)
    signal.signal(signal.SIGINT, _interrupted)
    try:
        return _done(word, asked)
    except KitError as problem:
        status, said = 1, [problem]
    except OSError as problem:
        status, said = 1, [f"The results could not be written: {problem}.", _unchanged()]
    except KeyboardInterrupt:
        status, said = 130, ["Stopped.", _unchanged()]
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    print(f"\n{' '.join(map(one_line, said))}", file=sys.stderr)
    return status


def _done(word: str, asked: argparse.Namespace) -> int:
    """Does what was asked, and says what came of it."""
    if word == "learn":
        from .check.rates import learn

        print(learn(asked.path))
    elif word == "cluster":
        from .cluster import share_out

        print(share_out(asked.path, asked.out, scheduler=asked.scheduler, workers=asked.workers))
    elif word == "export":
        from .run.exports import export_path

        export_path(asked.path, asked.out, format=asked.format)
    elif word == "import-xmi":
        from .check import import_xmi
        from .documents import load

        told = import_xmi(asked.file, asked.exported, load(asked.path), asked.path)
        said = told[["doc", "verdict", "was", "words", "why"]].to_string(index=False)
        print(said if len(told) else "Nothing else was changed there.")
    else:
        from .run.run import run

        return run(asked.path, asked.out, themes=asked.themes)
    return 0


def _unchanged() -> str:
    """What became of the results, and how to go on."""
    from .cache import cache_file

    goes_on = "; the same command takes up what this run has read" if cache_file() else ""
    return f"Nothing was changed{goes_on}."


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


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while the kit is imported
    sys.exit(main())
