"""Where a run works: left for the next run when it is interrupted, cleared away otherwise."""
from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.documents import PROJECT
from helpers.run.staging import aside_of, stage, work_of


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def interrupted(target: Path, *, key: str | None = "k1", work: str | None = "half") -> str:
    """What a run leaves that Ctrl-C stops; gives the notes on the exception."""
    with pytest.raises(KeyboardInterrupt) as stopped, stage(target, key=key) as folder:
        (folder / "quotes.csv").write_text("half a table")
        if work:
            (work_of(folder) / "quotes-0.json").write_text(work)
        raise KeyboardInterrupt
    return "".join(getattr(stopped.value, "__notes__", []))


class TestResume:
    def test_the_next_run_with_the_same_key_goes_on(self, tmp_path):
        said = interrupted(tmp_path / "results")
        assert "goes on" in said and ".results.partial-k1" in said
        with stage(tmp_path / "results", key="k1") as folder:
            assert (work_of(folder) / "quotes-0.json").read_text() == "half"
            assert (folder / "quotes.csv").exists()
        assert names(tmp_path) == []

    @pytest.mark.parametrize("key", ["k2", None])
    def test_a_run_with_another_key_clears_up(self, tmp_path, key):
        interrupted(tmp_path / "results")
        with stage(tmp_path / "results", key=key) as folder:
            assert names(work_of(folder)) == ["lock"] and names(folder) == []
        assert names(tmp_path) == []

    @pytest.mark.parametrize(("key", "work"), [("k1", None), (None, "half")], ids=[
        "nothing was computed", "nobody could go on"])
    def test_nothing_stays_when(self, tmp_path, key, work):
        assert interrupted(tmp_path / "results", key=key, work=work) == ""
        assert names(tmp_path) == []

    def test_what_lies_in_the_place_of_staged_results_is_not_taken_for_work(self, tmp_path):
        (tmp_path / ".results.partial-k1").mkdir()
        (tmp_path / ".results.partial-k1" / "quotes.csv").write_text("old")
        with stage(tmp_path / "results", key="k1") as folder:
            assert names(folder) == []

    @pytest.mark.parametrize("key", ["k1", "k2"])
    @pytest.mark.parametrize("new", [True, False], ids=["after the new ones came", "before"])
    def test_old_results_set_aside_by_a_killed_run_come_back_or_go(self, tmp_path, key, new):
        interrupted(tmp_path / "results")
        old = aside_of(tmp_path / ".results.partial-k1")
        old.mkdir()
        (old / "quotes.csv").write_text("old")
        if new:
            (tmp_path / "results").mkdir()
        with stage(tmp_path / "results", key=key):
            pass
        assert names(tmp_path) == ["results"]
        assert names(tmp_path / "results") == ([] if new else ["quotes.csv"])

    def test_two_runs_with_the_same_key_do_not_share_a_folder(self, tmp_path):
        with stage(tmp_path / "results", key="k1") as first:
            with stage(tmp_path / "results", key="k1") as second:
                assert first != second
            assert first.exists() and work_of(first).exists()
        assert names(tmp_path) == []


class TestStage:
    def test_nothing_is_left_of_a_run_that_fails(self, tmp_path):
        with pytest.raises(ZeroDivisionError), stage(tmp_path / "results") as folder:
            (folder / "quotes.csv").write_text("half")
            raise ZeroDivisionError
        assert names(tmp_path) == []

    def test_the_next_run_clears_up_after_a_killed_one(self, tmp_path):
        (tmp_path / "results").mkdir()
        code = ("import os, signal, sys\nfrom pathlib import Path\nfrom helpers.run.staging import stage\n"
                "with stage(Path(sys.argv[1])) as folder:\n"
                "    (folder / 'quotes.csv').write_text('half')\n"
                "    os.kill(os.getpid(), signal.SIGKILL)\n")
        subprocess.run([sys.executable, "-c", code, tmp_path / "results"], cwd=PROJECT)
        assert len(names(tmp_path)) == 3
        with stage(tmp_path / "results"):
            pass
        assert names(tmp_path) == ["results"]

    def test_a_run_at_work_is_left_alone(self, tmp_path):
        with stage(tmp_path / "results") as first:
            with stage(tmp_path / "results"):
                assert first.exists()
            assert first.exists()
        assert names(tmp_path) == []

    def test_folders_that_only_look_like_leftovers_are_left_alone(self, tmp_path):
        (tmp_path / ".results.partial-mine").mkdir()
        with stage(tmp_path / "results"):
            pass
        assert names(tmp_path) == [".results.partial-mine"]

    @pytest.mark.skipif(os.name == "nt", reason="the name is not allowed there")
    def test_names_are_taken_literally(self, tmp_path):
        with stage(tmp_path / "r[12]*") as first, stage(tmp_path / "r1x"):
            assert first.exists()
