"""The command line: what it leaves, what it says, and its exit status."""
from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import handmade
import nbformat
import pandas as pd
import pytest

from helpers import find_quotes, load
from helpers.__main__ import main
from helpers.check import add_corrections, judged, sample
from helpers.documents import PROJECT
from helpers.quotes import table as quotes_table
from helpers.run import notebooks, run
from helpers.run.results import read_manifest

PARAMETERS = """DOCUMENTS = "seeds"  # a document or a folder
THEMES = None  # a TOML file
SAVE_TO = None  # a folder for the plots"""
LOAD = """import sys
from pathlib import Path
from helpers import load
documents = load(DOCUMENTS)
print(len(documents), documents["words"].sum(), THEMES and Path(THEMES).read_text())"""
KEPT = """from helpers.quotes import table
table.quotes_in = None
print(len(table.find_quotes(documents)) > 4)"""
PLOT = """Path(SAVE_TO).mkdir(exist_ok=True)
Path(SAVE_TO, "plot.svg").write_text("<svg/>");"""
WHO = """import helpers
print(Path(sys.executable).samefile(Path(Path(SAVE_TO, "python").read_text())))
print(Path(helpers.__file__).parent.name)"""


def write_notebook(path: Path, *cells: str, parameters: str = PARAMETERS) -> Path:
    code = [nbformat.v4.new_code_cell(cell) for cell in (parameters, *cells)]
    code[0].metadata["tags"] = ["parameters"]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(nbformat.v4.new_notebook(cells=code, metadata={"kernelspec": kernel}), path)
    return path


def printed(path: Path) -> str:
    cells = nbformat.read(path, as_version=4).cells
    return "".join(output.text for cell in cells if cell.cell_type == "code"
                   for output in cell.outputs if output.output_type == "stream")


def counted(path: Path) -> list[int]:
    """The numbers of the cells that were run, the one of the given parameters among them."""
    cells = nbformat.read(path, as_version=4).cells
    return [cell.execution_count for cell in cells if cell.cell_type == "code"]


@pytest.fixture
def documents(tmp_path) -> Path:
    folder = tmp_path / "press releases"
    folder.mkdir()
    shutil.copy(next((PROJECT / "seeds").glob("*.txt")), folder)
    return folder


@pytest.fixture(autouse=True)
def quick(tmp_path, monkeypatch):
    """Hand-made tables, no notebooks and a report of one line, in a working folder of its own."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    names = {"quotes": handmade.quotes, "figures": handmade.figures, "phrases": handmade.phrases,
             "themes": handmade.themes}
    for name, table in names.items():
        monkeypatch.setattr(run, f"find_{name}", lambda documents, table=table, **_: table().assign(
            doc=documents.index[0]))
    monkeypatch.setattr(run, "names_of", lambda documents: None)
    monkeypatch.setattr(notebooks, "find_notebooks", list)
    monkeypatch.setattr(run, "report_html", lambda tables, *, facts: "<p>")


class TestCorrections:
    def test_are_in_the_tables(self, documents, monkeypatch, capsys):
        texts, once = [], quotes_table.quotes_in
        monkeypatch.setattr(quotes_table, "quotes_in", lambda text, **facts: texts.append(text) or once(text, **facts))
        monkeypatch.setattr(run, "find_quotes", find_quotes)
        monkeypatch.setenv("COMMUNIQUE_CACHE", "off")
        loaded = load(documents)
        add_corrections([judged(sample(find_quotes(loaded), loaded), 0, "wrong", speaker="Eva Roe")], documents)
        texts.clear()
        assert main([str(documents), "--out", "results"]) == 3  # there are no notebooks
        assert len(texts) == 1  # what methods.md says goes by the same table
        quotes = pd.read_csv("results/quotes.csv", encoding="utf-8-sig")
        assert quotes.loc[quotes["checked"] == "corrected", "speaker"].tolist() == ["Eva Roe"]
        assert read_manifest(Path("results"))["settings"]["corrections"]["file"] == "corrections.csv"
        assert "1 checked row in the tables." in capsys.readouterr().out


class TestResults:
    def test_are_the_tables_of_the_contract(self, documents, capsys):
        main([str(documents), "--out", "results"])
        assert {path.name for path in Path("results").iterdir()} == {
            "documents.csv", "quotes.csv", "figures.csv", "phrases.csv", "themes.csv", "claims.csv",
            "evidence.csv", "speakers.csv", "problems.csv", "corrections.csv", "codebook.csv",
            "results.xlsx", "notebooks", "report.html", "methods.md", "run.json"}
        quotes = pd.read_csv("results/quotes.csv", encoding="utf-8-sig")
        assert list(quotes.columns) == handmade.QUOTE_COLUMNS and len(quotes) == 8
        said = capsys.readouterr().out
        assert "1 document read, 471 words" in said and "No reprints set aside; 2 speakers, none merged." in said
        assert "is quoted most: 7 of 8 quotes" in said

    def test_the_manifest_says_what_was_done(self, documents, tmp_path):
        main([str(documents), "--out", "results"])
        facts = read_manifest(Path("results"))
        assert facts["kit"].startswith("communique ") and facts["counts"]["quotes"] == 8
        assert str(tmp_path) not in json.dumps(facts)

    def test_the_documents_are_not_touched(self, documents):
        before = [(path, path.stat().st_mtime_ns, path.read_bytes())
                  for path in sorted(documents.iterdir())]
        main([str(documents), "--out", "results"])
        assert before == [(path, path.stat().st_mtime_ns, path.read_bytes())
                          for path in sorted(documents.iterdir())]

    def test_are_replaced_by_the_next_run_on_the_same_documents(self, documents):
        assert [main([str(documents), "--out", "results"]) for _ in range(2)] == [3, 3]
        assert [path.name for path in Path().iterdir()] == ["results"]

    def test_of_other_documents_are_kept(self, documents, capsys):
        main([str(documents), "--out", "results"])
        (documents / "new.txt").write_text("The minister said that roads are open again today.")
        before = Path("results/run.json").read_bytes()
        assert main([str(documents), "--out", "results"]) == 3
        assert "the former results were kept as" in capsys.readouterr().out
        assert Path("results.previous-1/run.json").read_bytes() == before
        assert len(read_manifest(Path("results"))["documents"]) == 2

    def test_with_something_of_the_users_are_kept(self, documents, capsys):
        main([str(documents), "--out", "results"])
        Path("results/quotes.csv").write_text("checked by hand")
        Path("results/my notes.txt").write_text("mine")
        assert main([str(documents), "--out", "results"]) == 3
        assert "results.previous-1" in capsys.readouterr().out
        assert Path("results.previous-1/quotes.csv").read_text() == "checked by hand"
        assert Path("results.previous-1/my notes.txt").read_text() == "mine"
        assert not Path("results/my notes.txt").exists()

    def test_stay_where_nothing_has_changed(self, documents, monkeypatch, capsys):
        monkeypatch.setattr(notebooks, "find_notebooks", lambda: [Path("00.ipynb")])
        monkeypatch.setattr(notebooks, "run_notebooks", lambda *_, **__: (None for _ in "1"))

        def made() -> bool:
            """Runs, and says whether results were made."""
            capsys.readouterr()
            assert main([str(documents), "--out", "results"]) == 0
            return "Nothing has changed" not in capsys.readouterr().out
        assert [made(), made()] == [True, False]
        Path("results/quotes.csv").unlink()
        assert [made(), made()] == [True, False]
        (documents / "metadata.csv").write_text("file,source\n*.txt,The Post\n")
        assert [made(), made()] == [True, False]
        (documents / "words.toml").write_text('stop = ["road"]')
        assert [made(), made()] == [True, False]
        assert [path.name for path in Path().iterdir()] == ["results"]


class TestRefusals:
    @pytest.mark.parametrize("arguments", [[], ["seeds"], ["--out", "x"],
                                           ["seeds", "--out", "x", "--what"]])
    def test_wrong_usage(self, arguments, capsys):
        with pytest.raises(SystemExit) as stopped:
            main(arguments)
        assert stopped.value.code == 2 and "usage: python -m helpers" in capsys.readouterr().err

    def test_nothing_there(self, capsys):
        assert main(["no-such-folder", "--out", "results"]) == 1
        said = capsys.readouterr().err
        assert "no-such-folder" in said and "Traceback" not in said
        assert list(Path().iterdir()) == []

    def test_nothing_readable(self, tmp_path, capsys):
        (tmp_path / "empty").mkdir()
        (tmp_path / "empty" / "picture.xyz").write_bytes(b"\x00\x01")
        assert main([str(tmp_path / "empty"), "--out", "results"]) == 1
        assert "picture.xyz" in capsys.readouterr().err

    def test_documents_in_another_language(self, tmp_path, capsys):
        (tmp_path / "a.txt").write_text("Le ministre des transports a parlé à la presse hier soir dans la capitale.")
        assert main([str(tmp_path / "a.txt"), "--out", "results"]) == 1
        said = capsys.readouterr().err.strip()
        assert said.startswith("none of 1 document is in English") and "(French)" in said and "\n" not in said
        assert list(Path().iterdir()) == []

    @pytest.mark.skipif(sys.platform != "linux", reason="names are text there")
    def test_a_path_that_is_not_in_utf_8(self, documents, tmp_path, capsys):
        folder = os.fsdecode(bytes(tmp_path) + b"/caf\xe9")
        documents.rename(folder)
        assert main([folder, "--out", "results"]) == 1
        assert "not in UTF-8" in capsys.readouterr().err

    def test_themes_that_are_not_there(self, documents, capsys):
        assert main([str(documents), "--out", "results", "--themes", "mine.toml"]) == 1
        assert "no file of themes 'mine.toml'" in capsys.readouterr().err

    def test_no_words(self, tmp_path, capsys):
        (tmp_path / "dots.txt").write_text("… !")
        assert main([str(tmp_path / "dots.txt"), "--out", "results"]) == 1
        assert "holds no text" in capsys.readouterr().err

    def test_results_among_the_documents(self, documents, capsys):
        assert main([str(documents), "--out", str(documents / "results")]) == 1
        assert "inside the documents" in capsys.readouterr().err
        assert len(list(documents.iterdir())) == 1

    @pytest.mark.parametrize("content", [None, "transport = ["], ids=["none", "broken"])
    def test_themes_that_cannot_be_read(self, documents, content, capsys):
        if content:
            Path("themes.toml").write_text(content)
        assert main([str(documents), "--out", "results", "--themes", "themes.toml"]) == 1
        assert "themes.toml" in capsys.readouterr().err and not Path("results").exists()

    def test_names_cannot_steer_the_terminal(self, tmp_path, capsys):
        main(["evil\x1b[2J\nname", "--out", "results"])
        assert "\x1b" not in capsys.readouterr().err


def test_problems_are_in_the_summary(documents, capsys):
    (documents / "scan.xyz").write_bytes(b"\x00")
    (documents / "table.csv").write_text(f"id,Meldung\n1,{'The minister said that roads are open. ' * 3}\n")
    main([str(documents), "--out", "results"])
    said = capsys.readouterr().out
    assert "not read: scan.xyz: " in said
    assert "note: table.csv: no column is called 'text'; took 'Meldung'" in said and "not read: table.csv" not in said


class TestNotebooks:
    def test_run_on_the_documents_in_the_results(self, documents, tmp_path, monkeypatch, capsys):
        """One run for all: a kernel takes its time to start."""
        (tmp_path / "themes.toml").write_text('transport = ["road"]')
        monkeypatch.setattr(run, "find_quotes", find_quotes)  # those of the run, not made by hand
        monkeypatch.setenv("COMMUNIQUE_CACHE", str(tmp_path / "cache"))
        kit = [write_notebook(tmp_path / "00_good.ipynb", LOAD, KEPT, PLOT),
               write_notebook(tmp_path / "01_bad.ipynb", "1 / 0", parameters='DOCUMENTS = "seeds"'),
               tmp_path / "02_broken.ipynb",
               write_notebook(tmp_path / "03_dies.ipynb", "import os\nos._exit(1)"),
               write_notebook(tmp_path / "04_last.ipynb", "print('documents' in globals())")]
        kit[2].write_text("{")
        monkeypatch.setattr(notebooks, "find_notebooks", lambda: kit)
        status = main([str(documents), "--out", "results", "--themes",
                           str(tmp_path / "themes.toml")])
        assert status == 3
        said = capsys.readouterr().out
        assert "notebook 01_bad failed: ZeroDivisionError: division by zero" in said
        assert "notebook 02_broken failed: " in said
        good = Path("results/notebooks/00_good.ipynb")
        assert printed(good) == '1 471 transport = ["road"]\nTrue\n'
        assert Path("results/plots/plot.svg").exists()
        assert sorted(path.name for path in Path("results/notebooks").iterdir()) == [
            "00_good.ipynb", "01_bad.ipynb", "03_dies.ipynb", "04_last.ipynb"]
        assert printed(Path("results/notebooks/04_last.ipynb")) == "False\n" and counted(good) == [1, 2, 3, 4, 5]
        text = good.read_text()
        assert str(tmp_path) not in text and "start_time" not in text
        states = read_manifest(Path("results"))["notebooks"]
        assert states["00_good"] == states["04_last"] == "ok" and "ZeroDivisionError" in states["01_bad"]
        assert "died" in states["03_dies"].lower() and "NameError" not in str(states)

    def test_run_one_after_the_other_as_if_each_was_alone(self, tmp_path):
        """In one kernel, which a plain import must not have to notice."""
        kit = [write_notebook(tmp_path / f"{n}.ipynb", "import os\nprint(os.getpid(), 'mine' in globals())\nmine = 1")
               for n in range(2)]
        (tmp_path / "out").mkdir()
        assert list(notebooks.run_notebooks(kit, tmp_path / "out", parameters={})) == [None, None]
        (first, known), (second, still) = (printed(tmp_path / "out" / path.name).split() for path in kit)
        assert first == second and known == still == "False"
        assert counted(tmp_path / "out" / "0.ipynb") == counted(tmp_path / "out" / "1.ipynb") == [1, None, 2]

    def test_use_this_python_and_this_kit_whatever_jupyter_finds_first(self, tmp_path, monkeypatch):
        tmp_path = tmp_path / "{x} \U0001f4f0 }{"  # no template fills braces in
        tmp_path.mkdir()
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("LANG", "C")
        other = tmp_path / "jupyter" / "kernels" / "python3"
        other.mkdir(parents=True)
        (other / "kernel.json").write_text(json.dumps(
            {"argv": ["no-such-python", "{connection_file}"], "display_name": "another",
             "language": "python"}))
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
        monkeypatch.setenv("HOME", str(tmp_path / "no" / "home"))
        monkeypatch.setenv("MPLBACKEND", "no-such-backend")
        (tmp_path / "python").write_text(sys.executable)
        notebook = write_notebook(tmp_path / "00.ipynb", "import sys\nfrom pathlib import Path", WHO)
        assert list(notebooks.run_notebooks(
            [notebook], Path().resolve(), parameters={"SAVE_TO": str(tmp_path), "UNKNOWN": 1})) == [None]
        assert printed(Path("00.ipynb")) == "True\nhelpers\n"
        assert not (tmp_path / "no").exists() and len(list(Path().iterdir())) == 3
