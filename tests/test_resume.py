"""Interrupted runs: old or new results, whole, at whatever moment; and the next run goes on."""
from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import handmade
import pandas as pd
import pytest

from helpers.__main__ import main
from helpers.cache import kit_digest
from helpers.documents import PROJECT
from helpers.run import notebooks, run
from helpers.run.results import find_losses, read_manifest

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="runs are forked here")


@pytest.fixture
def documents(tmp_path, monkeypatch) -> Path:
    """Four documents, hand-made tables that say which documents were analysed, no notebooks."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(4):
        shutil.copy(next((PROJECT / "seeds").glob("*.txt")), folder / f"{number}.txt")
        (folder / f"{number}.txt").write_text(f"Report {number}.\n\n{handmade.text()}", "utf-8")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "cache"))
    for name in ("figures", "phrases", "themes"):
        monkeypatch.setattr(run, f"find_{name}", lambda documents, name=name, **_: getattr(
            handmade, name)())
    monkeypatch.setattr(run, "count_once", lambda documents, quotes, *, beside: (
        documents, quotes.assign(called=quotes["speaker"]), "All are counted."))
    monkeypatch.setattr("helpers.quotes.table._rows", found)
    monkeypatch.setattr("helpers.work.BATCH", 1)
    monkeypatch.setattr("helpers.cache.kit_digest", lambda: "the kit")
    monkeypatch.setattr(run, "names_of", lambda documents: None)
    monkeypatch.setattr(run, "corrected", lambda table, **_: table)
    monkeypatch.setattr(run, "passages", lambda saved, counted: {})
    monkeypatch.setattr(notebooks, "find_notebooks", list)
    monkeypatch.setattr(run, "report_html", lambda tables, *, facts: "new")
    return folder


def found(documents: pd.DataFrame) -> list[list]:
    with open("../analysed", "a") as file:
        file.writelines(f"{doc}\n" for doc in documents.index)
    rows = handmade.quotes().drop(columns="doc").astype(object)
    return [rows.where(rows.notna(), None).to_numpy().tolist() for _ in documents.index]


def analysed() -> list[str]:
    """The documents that have been analysed since it was asked last."""
    path = Path("../analysed")
    docs = path.read_text().split() if path.exists() else []
    path.unlink(missing_ok=True)
    return docs


def results_of(documents: Path) -> int:
    return main([str(documents), "--out", "results"])


def forked(work: Callable[[], object]) -> int:
    """Runs something in a copy of this process; gives its pid."""
    pid = os.fork()
    if pid:
        return pid
    status = 70
    try:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: SIM115
        signal.alarm(60)
        status = work()
    except SystemExit as stopped:
        status = stopped.code
    finally:
        os._exit(status)


def status_of(pid: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def killed_before(change: int, documents: Path) -> Callable[[], int]:
    """A run in which the process is killed before its nth change to the disk; 0 only counts."""
    count = 0

    def hook(event: str, arguments: tuple) -> None:
        nonlocal count
        if event in CHANGES or event == "open" and isinstance(
                arguments[2], int) and arguments[2] & WRITING:
            count += 1
            if count == change:
                os.kill(os.getpid(), signal.SIGKILL)

    def work() -> int:
        sys.addaudithook(hook)
        status = results_of(documents)
        return status if change else count
    return work


def only_results() -> bool:
    return [path.name for path in Path().iterdir()] == ["results"]


def test_a_run_killed_at_any_change_to_the_disk_leaves_old_or_new_results(documents, monkeypatch):
    """At every fifth change, and at each of the last ones, when old and new change places."""
    with monkeypatch.context() as old:
        old.setattr(run, "report_html", lambda tables, *, facts: "old")
        assert results_of(documents) == 3
    sums = read_manifest(Path("results"))["documents"]
    shutil.copytree("results", "../old")
    last = status_of(forked(killed_before(0, documents)))
    assert last > 40 and Path("results/report.html").read_text() == "new"
    shutil.rmtree("results")
    shutil.copytree("../old", "results")
    seen, aside = [], 0
    for change in [*range(1, last - 25, 7), *range(last - 25, last + 9)]:
        status = status_of(forked(killed_before(change, documents)))
        assert status == -9 or status == 3 and seen[-1] == "new"  # what is kept saves changes
        place = Path("results")
        if not place.exists():  # killed between two renamings: the next run puts them back
            place = Path(".results.communique/old")
            aside += 1
        assert find_losses(place, sums) == []
        seen.append(Path(place, "report.html").read_text())
        if status == 3:
            break
    assert {*seen} == {"old", "new"} and seen == sorted(seen, reverse=True) and 0 < aside < 4
    assert results_of(documents) == 3 and only_results()


@pytest.fixture
def plots(monkeypatch) -> dict[str, str]:
    """Two notebooks, each with a plot, that say what is in `words`."""
    words = {"say": "old"}

    def run_notebooks(notebooks, folder, *, parameters):
        (folder.parent / "plots").mkdir(exist_ok=True)
        for notebook in notebooks:
            for path in (folder / notebook.name, folder.parent / "plots" / f"{notebook.stem}.png"):
                path.write_text(words["say"])
            yield None
    monkeypatch.setattr("helpers.cache.kit_digest", lambda: f"the kit that says {words['say']}")
    monkeypatch.setattr(notebooks, "find_notebooks", lambda: [Path("00.ipynb"), Path("01.ipynb")])
    monkeypatch.setattr(notebooks, "run_notebooks", run_notebooks)
    monkeypatch.setattr(run, "report_html", lambda tables, *, facts: words["say"])
    return words


SAYING = ["notebooks/00.ipynb", "notebooks/01.ipynb", "plots/00.png", "plots/01.png", "report.html"]


def said() -> set[str]:
    return {Path("results", name).read_text() for name in SAYING}


@pytest.mark.parametrize("before", [True, False], ids=["old results", "no results"])
def test_the_run_after_one_killed_at_any_step_of_the_exchange_leaves_whole_results(documents, plots, before):
    assert results_of(documents) == 0 and said() == {"old"}
    shutil.copytree("results", "../old")
    plots["say"] = "new"

    def begin() -> None:
        for left in Path().iterdir():
            shutil.rmtree(left) if left.is_dir() else left.unlink()
        if before:
            shutil.copytree("../old", "results")
    for _ in ("rows are kept", "changes are counted"):
        begin()
        last = status_of(forked(killed_before(0, documents)))
    killed = 0
    for change in range(last, last - 24, -1):
        begin()
        killed += status_of(forked(killed_before(change, documents))) == -9
        assert results_of(documents) == 0 and only_results()
        assert said() == {"new"} and len(list(Path("results").rglob("*"))) == len(list(Path("../old").rglob("*")))
    assert killed > 20


def test_a_second_ctrl_c_leaves_no_child_behind(documents, monkeypatch):
    def slow(*_, **__):
        child = subprocess.Popen(["sleep", "60"], start_new_session=True)
        Path("../child").write_text(str(child.pid))
        while True:  # what clears up, and takes its time
            try:
                time.sleep(60)
            except KeyboardInterrupt:
                Path("../once").touch()
    monkeypatch.setattr(run, "report_html", slow)
    pid = forked(lambda: results_of(documents))
    for sign in ("../child", "../once"):
        for _ in range(3000):
            if Path(sign).exists() and (sign == "../once" or Path(sign).read_text()):
                break
            time.sleep(0.01)
        else:
            raise AssertionError(f"{sign} did not come")
        os.kill(pid, signal.SIGINT)
    assert status_of(pid) == 130
    child = int(Path("../child").read_text())
    for _ in range(500):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
            break
        time.sleep(0.01)
    else:
        raise AssertionError("the child is still there")


def test_ctrl_c_in_the_first_second_shows_no_traceback(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(  # interrupts the import of the first analysis
        "import os, signal, sys\nclass Finder:\n    def find_spec(self, name, *_):\n"
        "        if name == 'helpers.figures.claims':\n            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n")
    done = subprocess.run([sys.executable, "-m", "helpers", "seeds", "--out", str(tmp_path / "out")], cwd=PROJECT,
                          env=os.environ | {"PYTHONPATH": str(tmp_path)}, capture_output=True, text=True)
    assert done.returncode == -signal.SIGINT and done.stderr == ""


def test_the_next_run_goes_on(documents, monkeypatch):
    analysed()

    def stopped(documents):
        if documents.index[0] == "2":
            os.kill(os.getpid(), signal.SIGKILL)
        return found(documents)
    with monkeypatch.context() as deadly:
        deadly.setattr("helpers.quotes.table._rows", stopped)
        assert status_of(forked(lambda: results_of(documents))) == -9
    assert analysed() == ["0", "1"] and not Path("results").exists()
    assert results_of(documents) == 3
    assert analysed() == ["2", "3"] and only_results()
    assert pd.read_csv("results/quotes.csv")["doc"].tolist() == [
        number for number in range(4) for _ in range(8)]


@pytest.mark.parametrize("change", ["a document", "a date"])
def test_work_for_something_else_is_not_taken(documents, change, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(run, "find_themes", lambda *_, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            results_of(documents)
    assert analysed() == ["0", "1", "2", "3"]
    if change == "a document":
        (documents / "3.txt").write_text("The minister said that the roads are open again.")
    else:
        (documents / "3.txt").rename(documents / "2023-01-01_3.txt")
    results_of(documents)
    assert len(analysed()) == 1 and only_results()


def test_a_stopped_notebook_is_run_anew_with_what_was_read(documents, monkeypatch):
    kit = [Path("00_good.ipynb"), Path("01_bad.ipynb"), Path("02_last.ipynb")]
    ran = []

    def run_notebooks(notebooks, folder, *, parameters):
        for notebook in notebooks:
            ran.append(notebook.stem)
            if notebook.stem == "02_last" and ran.count("02_last") == 1:
                raise KeyboardInterrupt
            (folder / notebook.name).write_text("{}")
            yield "no" if "bad" in notebook.stem else None
    monkeypatch.setattr(notebooks, "find_notebooks", lambda: kit)
    monkeypatch.setattr(notebooks, "run_notebooks", run_notebooks)
    assert [results_of(documents) for _ in range(2)] == [130, 3]
    assert analysed() == ["0", "1", "2", "3"]
    assert read_manifest(Path("results"))["notebooks"] == {
        "00_good": "ok", "01_bad": "no", "02_last": "ok"}
    assert len(list(Path("results/notebooks").iterdir())) == 3 and only_results()


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143),
                                              (signal.SIGKILL, -9)],
                         ids=["Ctrl-C", "terminated", "killed"])
def test_a_stopped_run_leaves_the_old_results(documents, monkeypatch, sent, status):
    results_of(documents)
    before = Path("results/run.json").read_bytes()

    def wait(*_, **__):
        Path("../waiting").touch()
        time.sleep(60)
    with monkeypatch.context() as slow:
        slow.setattr(run, "report_html", wait)
        pid = forked(lambda: results_of(documents))
    while not Path("../waiting").exists():
        time.sleep(0.01)
    os.kill(pid, sent)
    assert status_of(pid) == status and Path("results/run.json").read_bytes() == before
    analysed()
    assert results_of(documents) == 3 and analysed() == [] and only_results()


@pytest.mark.parametrize("room", [0, 1_000, 5_000, 8_000, 12_000])
def test_a_full_disk_leaves_the_old_results(documents, room, capfd):
    """A limit on the size of a file fails a write in its middle, as a full disk does."""
    results_of(documents)
    before = Path("results/run.json").read_bytes()

    def limited() -> int:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        return results_of(documents)
    assert status_of(forked(limited)) == 1
    assert Path("results/run.json").read_bytes() == before
    assert results_of(documents) == 3 and only_results()


def test_an_interrupted_run_says_how_to_go_on(documents, monkeypatch, capsys):
    def full(*_, **__):
        raise OSError(28, "No space left on device")
    monkeypatch.setattr(run, "save_tables", full)
    assert results_of(documents) == 1
    said = capsys.readouterr().err
    assert "No space left on device" in said and "takes up what this run has read" in said


def test_a_changed_list_or_model_is_another_kit(tmp_path):
    digests = []
    for name, words in [("saying.txt", "said"), ("saying.txt", "told"), ("saying.txt", "told\ntold"),
                        ("model.onnx", "one"), ("model.onnx", "two"), ("more.pyc", "compiled")]:
        (tmp_path / "helpers").mkdir(exist_ok=True)
        (tmp_path / "helpers" / name).write_text(words)
        kit_digest.cache_clear()
        digests.append(kit_digest(tmp_path))
        time.sleep(0.01)  # the grain of a file's time
    kit_digest.cache_clear()
    assert len(set(digests)) == 5 and digests[4] == digests[5]


def test_a_copy_of_the_kit_is_the_same_kit_whenever_it_was_made(tmp_path):
    digests = []
    for copy in ("one", "other"):
        (tmp_path / copy / "helpers").mkdir(parents=True)
        (tmp_path / copy / "helpers" / "saying.txt").write_text("said")
        os.utime(tmp_path / copy / "helpers" / "saying.txt", (len(copy), len(copy)))
        digests.append(kit_digest(tmp_path / copy))
    kit_digest.cache_clear()
    assert digests[0] == digests[1]  # machines of a cluster ask it of each other
