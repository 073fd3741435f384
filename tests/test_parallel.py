"""Work on several cores: the same rows in the same order, and errors that are told."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import psutil
import pytest

from helpers import KitError, work
from helpers.documents import PROJECT
from helpers.themes import read_corpus
from helpers.themes.terms import concordance
from helpers.work import in_order, map_parts

TEXTS = ["Road transport needs good roads.", "The bank raised rates.", "", "Who knows? Trade did."]
DOCUMENTS = pd.DataFrame({"text": [f"{text} Number {n}." for n, text in enumerate(TEXTS * 3)]})


def test_the_corpus_is_the_same_as_on_one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = read_corpus(DOCUMENTS)
    monkeypatch.setattr(work, "WORTH_IT", 10)
    monkeypatch.setattr(work, "cores", lambda: 2)
    again = read_corpus(DOCUMENTS)
    assert (again.counts != alone.counts).nnz == 0 and again.shown.tolist() == alone.shown.tolist()
    assert again.stream.tolist() == alone.stream.tolist()


def test_an_error_of_a_worker_is_raised_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "WORTH_IT", 10)
    monkeypatch.setattr(work, "cores", lambda: 2)
    with pytest.raises(KitError, match="no order 'up'"):
        map_parts(concordance, DOCUMENTS, pattern="road", sort="up")


def test_results_come_in_the_order_of_the_parts() -> None:
    parts = [DOCUMENTS.iloc[:n] for n in (5, 1, 3, 2, 4)]
    lengths = in_order(len, parts, processes=2)
    assert [next(lengths) for _ in range(4)] == [5, 1, 3, 2]
    lengths.close()  # whoever has had enough leaves no process behind


def end(part: pd.DataFrame) -> None:
    os._exit(9)


def test_a_worker_that_the_system_ends_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent))
    with pytest.raises(KitError, match="memory"):
        list(in_order(end, [DOCUMENTS, DOCUMENTS], processes=2))


def test_few_documents_are_worked_on_here() -> None:
    assert map_parts(len, DOCUMENTS) == [len(DOCUMENTS)]
    assert map_parts(len, DOCUMENTS.iloc[:0]) == [0]


SCRIPT = """
import sys
import pandas as pd
from helpers.work import in_order
print("once", flush=True)
for _ in in_order({}, [pd.DataFrame({{"text": ["a"]}})] * 3, processes=2):
    print("a part", flush=True)
"""


def script(tmp_path: Path, function: str) -> subprocess.Popen:
    """A script of the user's, which nobody has told to guard its main part."""
    (tmp_path / "slow.py").write_text("import os, time\n\ndef down(part):\n    open(f'begun-{os.getpid()}', 'w').close()\n    time.sleep(600)\n")
    (tmp_path / "mine.py").write_text(f"import slow\n{SCRIPT.format(function)}")
    paths = os.pathsep.join([str(PROJECT), str(tmp_path)])
    return subprocess.Popen([sys.executable, "mine.py"], cwd=tmp_path, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, env=os.environ | {"PYTHONPATH": paths},
                            start_new_session=True)


def test_workers_know_nothing_of_the_callers_script(tmp_path: Path) -> None:
    said, wrong = script(tmp_path, "len").communicate(timeout=200)
    assert said.split("\n") == ["once", *["a part"] * 3, ""] and wrong == ""


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="Ctrl-C goes to a group of processes")
def test_ctrl_c_leaves_no_worker_and_only_the_callers_traceback(tmp_path: Path) -> None:
    running = script(tmp_path, "slow.down")
    begin = time.monotonic()
    while len(list(tmp_path.glob("begun-*"))) < 2 and time.monotonic() < begin + 200:
        time.sleep(0.1)
    workers = [psutil.Process(int(path.name.partition("-")[2])) for path in tmp_path.glob("begun-*")]
    assert len(workers) == 2
    os.killpg(running.pid, signal.SIGINT)
    _, wrong = running.communicate(timeout=200)
    # joblib's resource tracker may add a warning that its folder is already gone
    assert wrong.count("Traceback") == 1 and "KeyboardInterrupt" in wrong.splitlines()
    assert not [one for one in workers if one.is_running() and one.status() != "zombie"]
