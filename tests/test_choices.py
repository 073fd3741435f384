"""Choices: the user's own stop list and merges, where they are found, and the record of them."""
from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers import KitError, find_phrases
from helpers.themes.choices import Choices, load_choices, load_themes_for, settings

TEXT = ("The Lake Basin Forum met in Orma. LBF members approved the press service report. The "
        "Forum will meet again, the LBF press service said. Water levels fell; water levels "
        "will fall again, the forum expects.")
OWN = 'stop = ["press service"]\n[merge]\n"Lake Basin Forum" = ["LBF", "the Forum"]\n'


def phrases_in(choices: Choices | None = None) -> list:
    return list(find_phrases(pd.DataFrame({"text": [TEXT]}), choices=choices).itertuples())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "words.toml").write_text(OWN, "utf-8")
    (tmp_path / "themes.toml").write_text('water = ["lake", "water"]\n', "utf-8")
    return tmp_path


def test_stop_words_leave_and_merged_names_are_one() -> None:
    chosen = Choices(("press service",), {"Lake Basin Forum": ("LBF", "the Forum")})
    found = {p.phrase: p for p in phrases_in(choices=chosen)}
    assert not any("press service" in phrase.lower() for phrase in found)
    forum = found["Lake Basin Forum"]
    assert [TEXT[start:end] for start, end in forum.spans] == [
        "Lake Basin Forum", "LBF", "The Forum", "LBF", "the forum"]
    assert forum.count == 5 and not {"Forum", "LBF"} & set(found)
    assert "LBF" in {p.phrase for p in phrases_in()}


@pytest.mark.parametrize("stop", ["Water Level", "WATER LEVELS", "water"])
def test_stop_words_in_any_number_and_case(stop: str) -> None:
    assert "water levels" in {p.phrase.lower() for p in phrases_in()}
    assert not any("water levels" in p.phrase.lower()
                   for p in phrases_in(choices=Choices((stop,))))


@pytest.mark.parametrize("place", ["", "a.txt"], ids=["folder", "one document of it"])
def test_files_beside_the_documents_are_found(folder: Path, place: str) -> None:
    chosen = load_choices(folder / place)
    assert chosen == Choices(("press service",), {"Lake Basin Forum": ("LBF", "the Forum")})
    assert load_themes_for(folder / place) == {"water": ["lake", "water"]}
    used = settings(folder / place)
    assert used["words"]["file"] == "words.toml" and len(used["themes"]["sha256"]) == 64
    assert used["stop"] == ["press service"]
    assert used["merge"] == {"Lake Basin Forum": ["LBF", "the Forum"]}


def test_nothing_is_chosen_without_files(tmp_path: Path) -> None:
    assert load_choices(tmp_path) == Choices()
    assert "transport" in load_themes_for(tmp_path)
    assert settings(tmp_path)["words"] is None
    documents = pd.DataFrame({"text": [TEXT]})
    assert find_phrases(documents, choices=Choices()).equals(find_phrases(documents))


@pytest.mark.parametrize(("content", "message"), [
    pytest.param("stop = [", "is not TOML", id="broken"),
    pytest.param('stop = "a"', "a list of words", id="text for a list"),
    pytest.param("stop = [1]", "a list of words", id="numbers"),
    pytest.param('merge = ["a"]', "a list of words", id="list for a table"),
    pytest.param('[merge]\na = "b"', "a list of words", id="text for forms"),
    pytest.param('[merge]\nA = ["B"]\nB = ["A"]', "counts 'B' as 'A' and as 'B'", id="circle"),
    pytest.param('[merge]\nA = ["x"]\nB = ["X y", "X"]\nC = ["x Y"]', "counts 'x Y' as 'B' and as 'C'", id="one form of two"),
    pytest.param("stopp = []", "it holds stopp", id="misspelt"),
])
def test_a_file_that_cannot_be_used_is_told(folder: Path, content: str, message: str) -> None:
    (folder / "words.toml").write_text(content, "utf-8")
    with pytest.raises(KitError, match=message):
        load_choices(folder)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    for call, what in ((load_choices, "word lists"), (load_themes_for, "themes")):
        with pytest.raises(KitError, match=f"no file of {what} 'nothing-here.toml'"):
            call(tmp_path, "nothing-here.toml")
