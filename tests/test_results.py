"""The results folder: replaced only when nothing is lost, and in one step."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.documents import PROJECT, KitError
from helpers.run import results
from helpers.run.results import workplace

DOCUMENTS = {"a": "1" * 64}


def finished(folder: Path, *, documents=DOCUMENTS, words: str = "old") -> Path:
    """A results folder as a run leaves it."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "quotes.csv").write_text(words)
    (folder / "notebooks" / "00.ipynb").write_text("{}")
    results.write_manifest(folder, {"documents": dict(documents)})
    return folder


def run_into(target: Path, *, documents=DOCUMENTS, words: str = "new", meanwhile=lambda: None) -> Path | None:
    with workplace(target) as place:
        finished(place.new, documents=documents, words=words)
        meanwhile()
        return results.publish(place, target, documents=documents)


def interrupted(target: Path) -> None:
    """Leaves what a run leaves that is killed."""
    work = target.with_name(f".{target.name}.communique")
    for folder in (work, target.with_name(f"{work.name}-new")):
        folder.mkdir()
        (folder / "half").write_text("half a table")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


class TestPlace:
    def source(self, tmp_path):
        (tmp_path / "docs" / "inner").mkdir(parents=True)
        return tmp_path / "docs"

    @pytest.mark.parametrize("out", ["docs", "docs/results", "docs/inner", "."], ids=[
        "the documents themselves", "inside the documents", "a folder of documents", "around them"])
    def test_among_the_documents_is_refused(self, tmp_path, out):
        source = self.source(tmp_path)
        with pytest.raises(KitError, match="name one elsewhere"):
            results.check_place(tmp_path / out, source)

    def test_through_a_link_too(self, tmp_path):
        source = self.source(tmp_path)
        (tmp_path / "link").symlink_to(source, target_is_directory=True)
        with pytest.raises(KitError):
            results.check_place(tmp_path / "link" / "results", source)

    @pytest.mark.parametrize("place", [Path.home(), Path("/"), PROJECT, Path(sys.prefix)],
                             ids=["home", "root", "the kit", "Python"])
    def test_what_is_in_use_is_refused(self, tmp_path, place):
        with pytest.raises(KitError):
            results.check_place(place, self.source(tmp_path))

    def test_the_working_folder_is_refused(self, tmp_path, monkeypatch):
        (tmp_path / "here").mkdir()
        monkeypatch.chdir(tmp_path / "here")
        with pytest.raises(KitError, match="new folder inside"):
            results.check_place(".", self.source(tmp_path))

    def test_a_file_is_refused(self, tmp_path):
        (tmp_path / "notes.txt").write_text("x")
        with pytest.raises(KitError, match="is a file"):
            results.check_place(tmp_path / "notes.txt", self.source(tmp_path))

    def test_what_no_run_has_written_is_refused(self, tmp_path):
        source = self.source(tmp_path)
        (tmp_path / "thesis").mkdir()
        assert results.check_place(tmp_path / "thesis", source)
        (tmp_path / "thesis" / "chapter.txt").write_text("mine")
        with pytest.raises(KitError, match=r"no run has written \(chapter.txt\)"):
            results.check_place(tmp_path / "thesis", source)

    def test_a_new_folder_beside_is_fine(self, tmp_path):
        assert results.check_place(tmp_path / "new" / "er", self.source(tmp_path)).name == "er"


class TestLosses:
    def change(self, folder: Path, what: str) -> None:
        if what == "a file changed":
            (folder / "quotes.csv").write_text("mine")
        elif what == "a file added":
            (folder / "notes.txt").write_text("mine")
        elif what == "a notebook edited in JupyterLab":
            (folder / "notebooks" / "00.ipynb").write_text("my")
        elif what == "the manifest edited":
            path = folder / "run.json"
            path.write_text(path.read_text().replace('"a"', '"b"'))
        elif what == "a link put in":
            (folder / "link").symlink_to(folder / "quotes.csv")
        elif what == "a file replaced by a link":
            (folder / "quotes.csv").rename(folder.parent / "quotes.csv")
            (folder / "quotes.csv").symlink_to(folder.parent / "quotes.csv")

    @pytest.mark.parametrize("what", [
        "a file changed", "a file added", "a notebook edited in JupyterLab", "the manifest edited",
        "a link put in", "a file replaced by a link"])
    def test_work_of_others_is_seen(self, tmp_path, what):
        folder = finished(tmp_path / "results")
        self.change(folder, what)
        assert results.find_losses(folder, DOCUMENTS)

    def test_results_of_other_documents_are_seen(self, tmp_path):
        folder = finished(tmp_path / "results")
        assert results.find_losses(folder, {"b": "2" * 64}) == ["run.json"]
        assert results.find_losses(folder, DOCUMENTS | {"b": "2" * 64})
        assert results.find_losses(folder, {"a": "3" * 64})

    def test_nothing_is_lost_with_results_of_the_same_documents(self, tmp_path):
        folder = finished(tmp_path / "results")
        (folder / ".DS_Store").write_text("x")
        (folder / "notebooks" / ".ipynb_checkpoints").mkdir()
        (folder / "notebooks" / ".ipynb_checkpoints" / "00-checkpoint.ipynb").write_text("{}")
        (folder / "quotes.csv").unlink()
        assert results.find_losses(folder, DOCUMENTS) == []

    def test_nothing_is_lost_where_nothing_is(self, tmp_path):
        (tmp_path / "empty").mkdir()
        assert results.find_losses(tmp_path / "empty", {}) == []
        assert results.find_losses(tmp_path / "none", {}) == []


class TestPublish:
    def test_new(self, tmp_path):
        assert run_into(tmp_path / "deep" / "results") is None
        assert (tmp_path / "deep" / "results" / "quotes.csv").read_text() == "new"
        assert names(tmp_path / "deep") == ["results"]

    def test_an_empty_folder_is_filled(self, tmp_path):
        (tmp_path / "results").mkdir()
        assert run_into(tmp_path / "results") is None
        assert names(tmp_path) == ["results"]

    def test_old_results_of_the_same_documents_are_replaced(self, tmp_path):
        finished(tmp_path / "results")
        assert run_into(tmp_path / "results") is None
        assert (tmp_path / "results" / "quotes.csv").read_text() == "new"
        assert names(tmp_path) == ["results"]

    def test_anything_else_is_kept_under_the_next_free_name(self, tmp_path):
        for number in (1, 2):
            finished(tmp_path / f"results.previous-{number}", words="older")
        finished(tmp_path / "results", words="mine", documents={"z": "9" * 64})
        kept = run_into(tmp_path / "results")
        assert kept == tmp_path / "results.previous-3"
        assert (kept / "quotes.csv").read_text() == "mine"
        assert (tmp_path / "results" / "quotes.csv").read_text() == "new"
        assert names(tmp_path) == ["results", *(f"results.previous-{n}" for n in (1, 2, 3))]

    def test_what_somebody_adds_during_the_run_is_kept(self, tmp_path):
        target = finished(tmp_path / "results")
        kept = run_into(target, meanwhile=lambda: (target / "notes.txt").write_text("mine"))
        assert (kept / "notes.txt").read_text() == "mine"

    def test_what_somebody_adds_in_the_last_instant_is_kept(self, tmp_path, monkeypatch):
        target = finished(tmp_path / "results")
        rename = results.os.rename

        def and_then(source, goal):
            rename(source, goal)
            if source == target:
                (goal / "notes.txt").write_text("mine")
        monkeypatch.setattr(results.os, "rename", and_then)
        assert (run_into(target) / "notes.txt").read_text() == "mine"
        assert (target / "quotes.csv").read_text() == "new"

    def test_old_results_come_back_when_the_new_ones_cannot_be_moved(self, tmp_path, monkeypatch):
        target = finished(tmp_path / "results")
        rename = results.os.rename

        def refused(source, goal):
            if source.name == ".results.communique-new":
                raise PermissionError(13, "in use")
            rename(source, goal)
        monkeypatch.setattr(results.os, "rename", refused)
        with pytest.raises(PermissionError):
            run_into(target)
        assert (target / "quotes.csv").read_text() == "old" and names(tmp_path) == ["results"]


class TestWorkplace:
    def test_half_results_do_not_stay(self, tmp_path):
        with pytest.raises(KeyboardInterrupt), workplace(tmp_path / "results") as place:
            (place.new / "quotes.csv").write_text("half a table")
            raise KeyboardInterrupt
        assert names(tmp_path) == []

    @pytest.mark.parametrize("new", [True, False], ids=["after the new ones came", "before"])
    def test_old_results_set_aside_by_a_killed_run_come_back_or_go(self, tmp_path, new):
        interrupted(tmp_path / "results")
        old = tmp_path / ".results.communique" / "old"
        old.mkdir()
        (old / "quotes.csv").write_text("old")
        if new:
            (tmp_path / "results").mkdir()
        with workplace(tmp_path / "results"):
            pass
        assert names(tmp_path) == ["results"]
        assert names(tmp_path / "results") == ([] if new else ["quotes.csv"])

    def test_a_second_run_into_the_same_folder_is_refused(self, tmp_path):
        code = ("import sys\nfrom pathlib import Path\nfrom helpers.run.results import workplace\n"
                "with workplace(Path(sys.argv[1])):\n    pass\n")
        with workplace(tmp_path / "results") as place:
            told = subprocess.run([sys.executable, "-c", code, tmp_path / "results"], cwd=PROJECT,
                                  capture_output=True, text=True)
            assert "another run writes the results folder 'results'" in told.stderr
            with workplace(tmp_path / "others"):
                assert place.new.exists()
        assert names(tmp_path) == []

    def test_the_next_run_clears_up_after_a_killed_one(self, tmp_path):
        (tmp_path / "results").mkdir()
        code = ("import os, signal, sys\nfrom pathlib import Path\nfrom helpers.run.results import workplace\n"
                "with workplace(Path(sys.argv[1])) as place:\n"
                "    (place.new / 'quotes.csv').write_text('half')\n"
                "    os.kill(os.getpid(), signal.SIGKILL)\n")
        subprocess.run([sys.executable, "-c", code, tmp_path / "results"], cwd=PROJECT)
        assert names(tmp_path) == [".results.communique", ".results.communique-new", "results"]
        with workplace(tmp_path / "results") as place:
            assert names(place.new) == []
        assert names(tmp_path) == ["results"]

    @pytest.mark.skipif(os.name == "nt", reason="the name is not allowed there")
    def test_names_are_taken_literally(self, tmp_path):
        with workplace(tmp_path / "r[12]*") as first, workplace(tmp_path / "r1x"):
            assert first.new.exists()


def test_a_manifest_names_every_file_and_no_machine(tmp_path):
    run = results.read_manifest(finished(tmp_path / "results"))
    assert list(run["outputs"]) == ["notebooks/00.ipynb", "quotes.csv"]
    assert str(tmp_path) not in (tmp_path / "results" / "run.json").read_text()
