"""Past one machine: the same tables as everybody's, in parts, whoever is killed meanwhile."""
from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import helpers as kit
from helpers import cluster
from helpers.__main__ import main as command
from helpers.cache import kit_digest
from helpers.documents import PROJECT, Reading
from helpers.run import parts as written

pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[cluster]'")

SAMPLES = PROJECT / "tests" / "documents"
THEMES = {"money": ["price*", "cost*"], "transport": ["bridge", "road*"]}
WAIT = 90  # seconds, at most, on a busy machine; nothing is measured by it


def until(true, process=None):
    """Waits until something is true; says what a process said when that is not to be."""
    end = time.monotonic() + WAIT
    while not (found := true()):
        assert time.monotonic() < end and (process is None or process.poll() is None), "nothing came"
        time.sleep(0.05)
    return found


class Machines:
    """A scheduler and workers in processes of their own, which a test may kill."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.processes, self.file = folder, [], folder / "scheduler.json"
        self.paths = os.pathsep.join([str(PROJECT), str(Path(__file__).parent)])

    def start(self, *command: str) -> subprocess.Popen:
        quiet = {"cwd": self.folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen([sys.executable, "-m", *command], env=os.environ | {"PYTHONPATH": self.paths}, **quiet)
        self.processes.append(process)
        return process

    def scheduler(self) -> subprocess.Popen:
        self.file.unlink(missing_ok=True)
        command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
        process = self.start(*command, "--scheduler-file", str(self.file))
        until(lambda: self.file.exists() and self.file.read_text().endswith("}"), process)
        return process

    def worker(self) -> subprocess.Popen:
        return self.start("distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard")

    @property
    def address(self) -> str:
        return json.loads(self.file.read_text())["address"]


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    some = Machines(tmp_path_factory.mktemp("machines"))
    some.scheduler()
    some.worker()
    yield some
    for process in some.processes:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def made(machines, tmp_path_factory):
    """The folder that was made of the sample documents, and what was said of its parts."""
    folder = tmp_path_factory.mktemp("made")
    parts = cluster.find_tables(SAMPLES, folder, tables=[*written.CALLS], themes=THEMES, scheduler=machines.address, most=8)
    return folder, parts


def done(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text().splitlines()[1:]]


def write(folder: Path, texts: list[str]) -> Path:
    folder.mkdir(exist_ok=True)
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text)
    return folder


def same(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(one, other)
    cells = [[list(map(repr, row)) for row in table.itertuples()] for table in (one, other)]
    assert cells[0] == cells[1]


class TestTables:
    def test_are_those_of_the_plain_calls(self, made):
        documents = kit.load(SAMPLES)
        quotes = kit.find_quotes(documents)
        plain = {"quotes": quotes, "figures": kit.find_figures(documents, quotes=quotes), "phrases": kit.find_phrases(documents),
                 "themes": kit.find_themes(documents, themes=THEMES), "tokens": kit.tokenize(documents)}
        assert len(made[1]) >= 4 and set(plain) == set(written.CALLS)
        for name, table in plain.items():
            same(cluster.load_parts(made[0], name), table)

    def test_the_folder_is_opened_like_the_documents(self, made):
        read, again = kit.load(SAMPLES), kit.load(made[0])
        same(again, read)
        for name in ("problems", "origins"):
            same(pd.DataFrame(again.attrs[name]), pd.DataFrame(read.attrs[name]))

    def test_the_manifest_says_what_is_in_each_part(self, made):
        folder, parts = made
        asked = json.loads((folder / "manifest.jsonl").read_text().splitlines()[0])
        assert asked["parts"] == len(parts) and asked["tables"] == [*written.CALLS] and len(asked["kit"]) == 64
        for part in done(folder):
            files = {name: folder / name / f"{part['part']}.parquet" for name in part["rows"]}
            assert {name: len(pd.read_parquet(file)) for name, file in files.items()} == part["rows"]
            assert part["rows"]["documents"] == part["documents"] <= 8 and len(part["content"]) == 64


class TestAgain:
    def again(self, machines, source, folder, **settings):
        return cluster.find_tables(source, folder, tables=["figures"], scheduler=machines.address, most=2, **settings)

    def test_only_what_is_new_missing_or_broken_is_made(self, machines, tmp_path):
        source, folder = write(tmp_path / "in", [f"It cost {n} million euros." for n in range(6)]), tmp_path / "out"
        assert self.again(machines, source, folder)["new"].tolist() == [True] * 3
        assert not self.again(machines, source, folder)["new"].any()
        (source / "003.txt").write_text("It cost nothing in 2016.")
        (folder / "figures" / "mine.parquet").write_text("left alone")
        assert self.again(machines, source, folder)["new"].tolist() == [False, True, False]
        same(cluster.load_parts(folder, "figures"), kit.find_figures(kit.load(source)))
        assert len([*folder.glob("figures/*")]) == 4  # the former second part is gone
        first, _, last = sorted(done(folder), key=lambda part: part["number"])
        (folder / "figures" / f"{first['part']}.parquet").unlink()
        manifest = folder / "manifest.jsonl"
        kept = [line for line in manifest.read_text().splitlines() if last["part"] not in line]
        manifest.write_text("\n".join([*kept, json.dumps(last)[:-9]]))  # the plug was pulled
        with pytest.raises(kit.KitError, match="not finished: 2 of 3 parts .* again"):
            kit.load(folder)
        assert self.again(machines, source, folder)["new"].tolist() == [True, False, True]
        same(kit.load(folder), kit.load(source))

    def test_twins_keep_their_names_and_other_settings_make_all_anew(self, machines, tmp_path):
        source, folder = write(tmp_path / "in", ["It rose by 5%.", "It fell by 6%.", "It was 7%."]), tmp_path / "out"
        (source / "000.md").write_text("Once it was 8%.")
        assert len(self.again(machines, source, folder)) == 2
        assert kit.load(folder).index.tolist() == ["000.md", "000.txt", "001", "002"]
        assert cluster.load_parts(folder, "figures")["doc"].tolist() == ["000.md", "000.txt", "001", "002"]
        parts = cluster.find_tables(source, folder, tables=["themes"], themes={"fall": ["fell"]}, scheduler=machines.address)
        assert parts["new"].all() and not [*folder.glob("figures/*")]
        with pytest.raises(kit.KitError, match="no table 'figures'.*themes"):
            cluster.load_parts(folder, "figures")

    def test_a_new_document_moves_few_borders(self):
        reads = [({"text": f"Text {n}."}, []) for n in range(4000)]
        lots, more = ([tuple(one["text"] for one, _ in lot) for lot in written._lots(some, 200)]
                      for some in (reads, [({"text": "New."}, []), *reads]))
        assert max(map(len, lots)) <= 200 and len(set(lots) - set(more)) <= 3
        assert [text for lot in lots for text in lot] == [one["text"] for one, _ in reads]

    def test_parts_are_bounded_by_letters(self):
        lots = [*written._lots([({"text": "long " * 100_000}, []) for _ in range(5)], 500)]
        assert [len(lot) for lot in lots] == [2, 2, 1]


class TestKilled:
    TEXTS = [path.read_text("utf-8", "ignore") for path in sorted(SAMPLES.glob("*.txt"))]
    SCRIPT = "import sys; from helpers.cluster import find_tables as f; f(*sys.argv[1:3], scheduler=sys.argv[3], tables=['quotes'], most=3)"

    def command(self, machines, source, folder):
        command = [sys.executable, "-c", self.SCRIPT, str(source), str(folder), machines.address]
        return subprocess.Popen(command, cwd=PROJECT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def begun(self, folder, process):
        """The parts that are there as soon as there are some."""
        manifest = folder / "manifest.jsonl"
        until(lambda: manifest.exists() and manifest.read_text().count("\n") > 1, process)
        return {part["part"] for part in done(folder)}

    @pytest.fixture
    def many(self, tmp_path):
        """So many documents that there are some parts."""
        texts = [f"On day {n} all was said.\n\n{text}" for n in range(3) for text in self.TEXTS[:8]]
        return write(tmp_path / "in", texts)

    def test_a_worker_and_the_other_goes_on(self, machines, many, tmp_path):
        victim = machines.worker()
        process = self.command(machines, many, tmp_path / "out")
        self.begun(tmp_path / "out", process)
        os.kill(victim.pid, signal.SIGKILL)
        _, wrong = process.communicate(timeout=WAIT)
        assert process.returncode == 0, wrong
        assert [path.name for path in tmp_path.glob("out/problems/*")] == ["loading.parquet"]
        assert len(kit.load(tmp_path / "out")) == len(kit.load(many))

    def test_the_scheduler_and_the_same_command_goes_on(self, many, tmp_path):
        own = Machines(tmp_path)
        try:
            scheduler, _ = own.scheduler(), own.worker()
            process = self.command(own, many, tmp_path / "out")
            first = self.begun(tmp_path / "out", process)
            os.kill(scheduler.pid, signal.SIGKILL)
            _, wrong = process.communicate(timeout=WAIT)
            assert process.returncode == 1 and "went away; what is done is kept — start it again" in wrong
            kept = {path: path.stat().st_mtime_ns for part in first for path in tmp_path.glob(f"out/*/{part}.parquet")}
            assert kept
            own.scheduler(), own.worker()
            process = self.command(own, many, tmp_path / "out")
            _, wrong = process.communicate(timeout=WAIT)
            assert process.returncode == 0, wrong
            assert {path: path.stat().st_mtime_ns for path in kept} == kept
            assert len(kit.load(tmp_path / "out")) == len(kit.load(many))
        finally:
            for process in own.processes:
                process.kill()
                process.wait()


def hungry(documents: pd.DataFrame) -> written.Found:
    """Work that takes more memory than there is for one of the texts."""
    if "hungry" in set(documents["text"]):
        taken = bytearray(os.urandom(1_000_000) * 800)
        time.sleep(WAIT + len(taken) % 2)
    return {"lengths": documents["text"].map(len).rename("length").reset_index()}, [], 0.0


def test_as_many_workers_are_started_as_were_asked_for():
    with cluster.local_cluster(1) as one:
        assert len(one.workers) == 1


def test_the_command_line_says_what_was_made(machines, tmp_path, capsys):
    assert command(["cluster", "seeds", "--out", str(tmp_path / "out"), "--scheduler", machines.address]) == 0
    said = capsys.readouterr().out.split()
    assert said[-8:-4] == ["1", "of", "1", "parts"] and said[said.index("documents") + 1] == "1"
    assert command(["cluster", "seeds", "--out", "seeds"]) == 1 and "lie in one another" in capsys.readouterr().err


class TestDocuments:
    def test_one_that_fails_is_a_row_of_the_problems(self, monkeypatch):
        def fails(documents):
            if documents["text"].str.contains("bad").any():
                raise RecursionError("too deep")
            return kit.find_phrases(documents)

        monkeypatch.setitem(written.CALLS, "phrases", fails)
        texts = ["Trade grew by 5%.", "A bad road cost 7 euros.", "Prices rose.", "A bad day.", "The end came in 2016."]
        documents = pd.DataFrame({"text": texts, "path": [f"{n}.txt" for n in range(5)]}, index=pd.Index([*"abcde"], name="doc"))
        settings = {"tables": ["figures", "phrases"], "themes": None}
        found, problems, _ = written.analyse_part(documents, settings=settings, kit=kit_digest())
        assert [row[:2] for row in problems] == [[f"{n}.txt", "no phrases: RecursionError: too deep"] for n in (1, 3)]
        same(found["figures"], kit.find_figures(documents))
        same(found["phrases"], kit.find_phrases(documents.loc[["a", "c", "e"]]))

    def test_one_that_takes_too_much_memory_is_one_too(self, monkeypatch):
        import dask
        import distributed
        monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(PROJECT), str(Path(__file__).parent)]))
        parts = [pd.DataFrame({"text": texts, "path": "a.txt"}, index=pd.Index(texts, name="doc")) for texts in (["small", "hungry"], ["other"])]
        limits = {"threads_per_worker": 1, "memory_limit": 500_000_000, "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0", "silence_logs": 50}
        with (dask.config.set({"distributed.scheduler.allowed-failures": 0}), distributed.LocalCluster(1, **limits) as own,
              own.get_client() as client):
            results = {number: found for number, _, found in cluster._shared_out(client, hungry, parts)}
        assert results[0][0]["lengths"]["doc"].tolist() == ["small"] and results[1][0]["lengths"]["length"].tolist() == [5]
        assert results[1][1] == [] and [row[:2] for row in results[0][1]] == [["a.txt", "nothing: ends a worker, most often for want of memory"]]


class TestErrors:
    @pytest.mark.parametrize(("settings", "said"), [
        ({"tables": ["quote"]}, "no table quote — there are quotes, figures"),
        ({"scheduler": "tcp://127.0.0.1:9"}, r"no Dask scheduler answers at tcp://127.0.0.1:9 .* — start one"),
        ({"scheduler": "nonsense://here"}, "no Dask scheduler answers at nonsense://here"),
        ({"out": "."}, "lie in one another — name a new one"),
        ({"out": "../used"}, "holds what no such call has written — name a new one"),
        ({"out": "in.txt"}, "is a file"),
    ])
    def test_bad_input_is_told(self, settings, said, tmp_path, monkeypatch):
        monkeypatch.setattr(cluster, "PATIENCE", 1)
        source = write(tmp_path / "in", ["Trade grew."])
        write(tmp_path / "used", ["mine"])
        (tmp_path / "in.txt").write_text("")
        out = {".": source, "../used": tmp_path / "used", "in.txt": tmp_path / "in.txt"}.get(settings.pop("out", None), tmp_path / "out")
        with pytest.raises(kit.KitError, match=said):
            cluster.find_tables(source, out, **settings)

    def test_dask_that_is_not_installed(self, tmp_path, monkeypatch):
        monkeypatch.setitem(sys.modules, "distributed", None)
        with pytest.raises(kit.KitError, match=r"needs Dask .* pip install -e '\.\[cluster\]'"):
            cluster.find_tables("seeds", tmp_path / "out")

    def test_two_calls_in_one_folder(self, tmp_path):
        with written.open_folder(tmp_path / "out", PROJECT / "seeds"), pytest.raises(kit.KitError, match="another call writes"):
            cluster.find_tables("seeds", tmp_path / "out", scheduler="tcp://127.0.0.1:9")

    def test_a_scheduler_without_workers(self, tmp_path, monkeypatch):
        monkeypatch.setattr(cluster, "PATIENCE", 3)
        own = Machines(tmp_path)
        try:
            own.scheduler()
            with pytest.raises(kit.KitError, match="has no workers — start some with `dask worker tcp://127"):
                cluster.find_tables("seeds", tmp_path / "out", scheduler=own.address)
        finally:
            own.processes[0].kill()
            own.processes[0].wait()

    def test_a_worker_with_another_kit(self):
        with pytest.raises(kit.KitError, match="another version of the kit"):
            written.analyse_part(pd.DataFrame({"text": []}), settings={}, kit="other")

    def test_a_folder_of_others(self, tmp_path):
        (tmp_path / "manifest.jsonl").write_text('{"text": "Their own rows."}\n')
        assert kit.load(tmp_path)["text"].tolist() == ["Their own rows."]
        with pytest.raises(kit.KitError, match="no manifest.jsonl of helpers.cluster|has no manifest"):
            cluster.load_parts(tmp_path)

    def test_tables_are_no_documents(self, made, tmp_path):
        with pytest.raises(kit.KitError, match="holds tables made of documents — give the documents"):
            cluster.find_tables(made[0], tmp_path)

    def test_a_manifest_names_no_file_elsewhere(self, made, tmp_path):
        head = (made[0] / "manifest.jsonl").read_text().splitlines()[0]
        line = json.dumps({"part": "../../secret", "number": 0, "rows": {"documents": 1}})
        (tmp_path / "manifest.jsonl").write_text(f"{head}\n{line}\n")
        with pytest.raises(kit.KitError, match="0 of"):
            cluster.load_parts(tmp_path)


def test_reading_alone_keeps_no_text():
    reading = Reading(most=float("inf"))
    read = [document for document, _ in reading.documents(SAMPLES)]
    assert len(read) == len(kit.load(SAMPLES)) and not any(document["text"] in str(reading.texts) for document in read)
