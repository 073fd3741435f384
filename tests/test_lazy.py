"""The package opens its rooms when somebody goes in: importing it costs nothing."""
from __future__ import annotations

import subprocess
import sys

import pytest

import helpers
from helpers.documents import PROJECT

HEAVY = ["pandas", "numpy", "scipy", "sklearn", "matplotlib", "onnxruntime", "nltk", "nbclient"]


@pytest.mark.parametrize("line", ["import helpers; dir(helpers)", "import contextlib, io, helpers.__main__ as m\nwith contextlib.suppress(SystemExit), contextlib.redirect_stdout(io.StringIO()): m.main(['--help'])\n"],
                         ids=["import", "help"])
def test_nothing_heavy_is_imported_before_it_is_needed(line):
    code = f"{line}\nimport sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_loading_waits_for_no_model():
    code = "from helpers import load; import sys; print([name for name in ('scipy', 'onnxruntime', 'matplotlib') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_the_network_is_loaded_when_it_is_asked():
    code = "from helpers import *; import sys; print([name for name in ('onnxruntime', 'matplotlib', 'sklearn', 'nltk') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr


def test_every_name_can_be_had_and_is_listed():
    assert set(helpers.__all__) <= set(dir(helpers))
    for name in helpers.__all__:
        assert getattr(helpers, name).__name__ == name and getattr(helpers, name) is vars(helpers)[name]
    space: dict[str, object] = {}
    exec("from helpers import *", space)
    assert set(helpers.__all__) <= set(space)


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="'helpers' has no attribute 'find_quote'"):
        helpers.find_quote  # noqa: B018
    with pytest.raises(ImportError):
        exec("from helpers import find_quote")


def test_type_checkers_see_the_same_names_in_the_same_rooms():
    import ast
    tree = ast.parse((PROJECT / "helpers" / "__init__.py").read_text("utf-8"))
    seen = {f".{node.module}": tuple(alias.name for alias in node.names)
            for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.level}
    assert seen == helpers._ROOMS
