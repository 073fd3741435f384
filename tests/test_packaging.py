"""How the kit is installed and cited: README, Binder, Codespaces and CITATION.cff say the same."""
from __future__ import annotations

import json
import os
import re
import tomllib

import yaml

from helpers.documents import PROJECT
from helpers.text import read_tables

README = (PROJECT / "README.md").read_text("utf-8")
PACKAGE = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
INSTALL = re.compile(r"pip install (.+?)(?: &&|\n|$)")


def installed(text: str) -> str:
    (what,) = INSTALL.findall(text)
    return what


class TestElsewhere:
    def test_binder_installs_what_readme_installs(self):
        first = re.search(r"```sh\n(.*?)```", README, re.DOTALL)[1]
        script = PROJECT / ".binder" / "postBuild"
        assert installed(script.read_text()) == installed(first) == "-e ."
        assert script.read_text().startswith("#!") and os.access(script, os.X_OK)

    def test_codespaces_make_the_environment_of_readme(self):
        container = json.loads((PROJECT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
        command = container["postCreateCommand"]
        assert f"```sh\n{command} && " in README
        python = container["customizations"]["vscode"]["settings"]["python.defaultInterpreterPath"]
        assert python.removeprefix("${containerWorkspaceFolder}/") == ".venv/bin/python"

    def test_both_have_a_python_that_the_kit_can_use(self):
        least = PACKAGE["requires-python"].removeprefix(">=")
        container = json.loads((PROJECT / ".devcontainer" / "devcontainer.json").read_text("utf-8"))
        assert (PROJECT / ".binder" / "runtime.txt").read_text().strip() == f"python-{least}"
        assert container["image"].startswith(f"python:{least}-")


class TestCitation:
    def test_names_version_and_authors_once_for_all(self):
        cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))
        preferred = cited["preferred-citation"]
        for entry in (cited, preferred):
            assert entry["version"] == PACKAGE["version"]
            assert entry["authors"] == [{"name": "Communiqué developers"}]
            assert entry["title"] == cited["title"] and entry["type"] == "software"
        assert str(preferred["date-released"]).startswith(str(preferred["year"]))

    def test_is_the_sentence_of_methods(self):
        cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text("utf-8"))["preferred-citation"]
        sentence = f"{cited['authors'][0]['name']} ({cited['year']}). {cited['title']} (version {{version}})"
        assert read_tables("methods.toml")["citation"].startswith(sentence)
