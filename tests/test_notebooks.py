"""Guards for the notebooks: what a reader meets before the first cell has run."""
from __future__ import annotations

import ast
import json
import re

import pytest

from helpers.documents import PROJECT
from helpers.run.notebooks import find_notebooks, run_notebooks

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
NAMES = ["00_start_here", "01_documents", "02_themes", "03_quotes", "04_figures", "05_evidence", "06_many_documents", "07_check", "08_cluster"]
MACHINE_PATH = re.compile(r"(?<![\w./-])(?:/(?:home|root|Users|work|tmp|usr|opt|var|private)/|[A-Z]:\\\\)[\w.\\/-]+")
FORBIDDEN = {"def ": r"^\s*def ", "class": r"^\s*class ", "!pip": r"^\s*[!%]\s*pip", "a warning filter": r"filterwarnings",
             "nltk.download": r"nltk\.download", "a loop": r"^\s*for "}


def notebook(path):
    return json.loads(path.read_text("utf-8"))


def code_cells(path):
    return [cell for cell in notebook(path)["cells"] if cell["cell_type"] == "code"]


def source(cell):
    return "".join(cell["source"])


def test_all_are_there():
    assert [path.stem for path in NOTEBOOKS][:len(NAMES)] == NAMES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestEach:
    def test_opens_with_its_question(self, path):
        first = notebook(path)["cells"][0]
        assert first["cell_type"] == "markdown" and source(first).startswith("# ")

    def test_has_one_parameters_cell_that_names_the_documents(self, path):
        tagged = [cell for cell in code_cells(path) if "parameters" in cell["metadata"].get("tags", [])]
        assert len(tagged) == 1
        assert re.search(r'^DOCUMENTS = "(?:seeds|tests/documents)"', source(tagged[0]), re.MULTILINE)
        assert all("#" in line for line in source(tagged[0]).splitlines() if "=" in line)

    def test_every_parameter_is_read(self, path):
        cells = code_cells(path)
        tagged = next(cell for cell in cells if "parameters" in cell["metadata"].get("tags", []))
        rest = "\n".join(source(cell) for cell in cells if cell is not tagged)
        for name in re.findall(r"^(\w+) =", source(tagged), re.MULTILINE):
            assert re.search(rf"\b{name}\b", rest), name

    def test_cells_are_short(self, path):
        lengths = sorted(len(source(cell).splitlines()) for cell in code_cells(path))
        assert lengths[-1] <= 15
        assert lengths[len(lengths) // 2] <= 4

    def test_says_what_was_left_out_where_it_loads(self, path):
        assert re.search(r"left_out\((documents|read)\)", next(source(cell) for cell in code_cells(path) if "load(DOCUMENTS)" in source(cell)))

    def test_is_no_crowd_of_cells_and_names(self, path):
        cells = code_cells(path)
        imports = [node for cell in cells for node in ast.walk(ast.parse(source(cell)))
                   if isinstance(node, ast.Import | ast.ImportFrom)]
        assert len(cells) <= 20 and sum(len(node.names) for node in imports) <= 8

    @pytest.mark.parametrize("what", FORBIDDEN)
    def test_holds_no_program(self, path, what):
        assert not [source(cell) for cell in code_cells(path)
                    if re.search(FORBIDDEN[what], source(cell), re.MULTILINE)]

    def test_names_its_kernel(self, path):
        assert notebook(path)["metadata"]["kernelspec"]["name"] == "python3"

    def test_was_run_from_top_to_bottom(self, path):
        counts = [cell["execution_count"] for cell in code_cells(path)]
        assert counts == list(range(1, len(counts) + 1))

    def test_outputs_are_clean(self, path):
        for cell in code_cells(path):
            for output in cell["outputs"]:
                assert output["output_type"] != "error"
                assert output.get("name") != "stderr"
            assert not MACHINE_PATH.search(json.dumps(cell["outputs"]))
            assert not {"execution", "papermill"} & set(cell["metadata"])

    def test_pictures_have_a_text_for_those_who_cannot_see_them(self, path):
        shown = [output["data"] for cell in code_cells(path) for output in cell["outputs"] if "data" in output]
        for data in shown:
            if "image/png" in data:
                assert re.search(r'<img [^>]*alt="[^"]{20,}', "".join(data["text/html"]))


# corpora in which something that the seed has is missing
CORPORA = {
    "nothing to find": {"a.txt": "Rain fell."},
    "several, of many kinds": {
        "a.txt": "SMITH: Was it dark that night?\n\nJONES: It was very dark.\n\nSMITH: For how long was it?",
        "b.md": "# A heading\n\n“We came to see it all.”\n\nSome 40 people and 12% of voters agreed in 2016.",
        "c.txt": "Le ministre a parlé à la presse hier soir de la guerre.",
        "d/2019-05-03_e.txt": "Title: $x$ <b>&\nSource: Agency\n\nAnn Lee claimed that <i>trade</i> rose to $3bn on Friday.",
    },
}


@pytest.mark.parametrize("corpus", CORPORA)
@pytest.mark.parametrize("path", find_notebooks(), ids=lambda path: path.stem)
def test_runs_on_other_documents(path, corpus, tmp_path):
    for name, text in CORPORA[corpus].items():
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_text(text, "utf-8")
    (tmp_path / "out").mkdir()
    parameters = {"DOCUMENTS": str(tmp_path / "in"), "SAVE_TO": str(tmp_path)}
    assert list(run_notebooks([path], tmp_path / "out", parameters=parameters)) == [None]
