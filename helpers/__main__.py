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


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m helpers PATH --out DIR [--themes FILE.toml]`, `… learn PATH`, or `… export`.

    Gives the exit status.

    >>> main(["no-such-folder", "--out", "results"])
    1
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if arguments[:1] == ["export"]:
        from .run.exports import main as export

        return export(arguments[1:])
    parser = _parser()
    asked = parser.parse_args(arguments)
    learns = asked.path[0] == "learn" and not asked.out
    if len(asked.path) != 1 + learns or not (asked.out or learns):
        parser.error("give one PATH and --out DIR, or learn PATH")
    from .documents import KitError  # takes its time, for which --help does not wait
    from .run.run import one_line, run

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # names of files may hold what a terminal cannot show
            stream.reconfigure(errors="replace")
    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stopped)
    signal.signal(signal.SIGINT, _interrupted)
    try:
        if learns:
            from .check.learn import learn

            print(learn(asked.path[1]))
            return 0
        return run(asked.path[0], asked.out, themes=asked.themes)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m helpers",
        usage="%(prog)s PATH --out DIR [--themes FILE.toml]\n"
        "       %(prog)s learn PATH   (fits the confidence of quotes to your corrections)\n"
        "       %(prog)s export PATH --out DIR --format FORMAT   (files for other tools)",
        description="Finds who said what, the figures and the themes in news and press releases, "
        "runs every notebook on them and writes tables, plots and a report.",
    )
    add = parser.add_argument
    add("path", metavar="PATH", nargs="+", help="a document or a folder of documents")
    add("--out", metavar="DIR", help="the folder for the results; made by the run")
    add(
        "--themes",
        metavar="FILE.toml",
        help="your own themes and their words; without it themes.toml beside the documents, "
        "or else the general dictionary of the kit",
    )
    return parser


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # no traceback while the kit is imported
    sys.exit(main())
