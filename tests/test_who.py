"""Who is who: the kit suggests, the user decides, and every table goes by it."""
from __future__ import annotations

import csv

import pandas as pd
import pytest

from helpers import KitError, load
from helpers.themes import count_once, load_speakers, save_speakers, suggest_speakers
from helpers.themes.choices import settings
from helpers.themes.speakers import merge_speakers


def said(*rows):
    """A quotes table: document, speaker and role of each row."""
    return pd.DataFrame([[*row, None][:3] for row in rows], columns=["doc", "speaker", "role"]).assign(speaker_kind="person")


def people(folder, lines, encoding="utf-8"):
    (folder / "speakers.csv").write_bytes(lines.encode(encoding))
    return load_speakers(folder)


@pytest.mark.parametrize("lines", [
    "name,other names,role,organisation,merge into\nAnn Lee,A. Lee; the Lee,mayor,Zell,\n",
    "\ufeffName;Other names;Role;Organisation;Merge into\r\nAnn Lee;\"A. Lee; the Lee\";mayor;Zell;\r\n",
    "sep=;\n\nname;role;other names;organisation\n\nAnn  Lee;mayor;\"A. Lee;the Lee\";Zell\n;;;\n",
    "name\tother names\trole\torganisation\nAnn Lee\tA. Lee;the Lee\tmayor\tZell\n",
], ids=["commas", "semicolons of a spreadsheet", "sep= and blank rows", "tabs"])
def test_the_table_is_read_as_spreadsheets_write_it(lines, tmp_path):
    found = people(tmp_path, lines)
    assert set(found) == {"ann lee", "a. lee", "lee"}
    assert set(found.values()) == {("Ann Lee", "mayor", "Zell")}


def test_a_name_on_a_line_is_called_as_the_line_says(tmp_path):
    found = people(tmp_path, "name,other names,role,organisation,merge into\nAnn Lee,Ms. Mayor,mayor,Zell,\nAnnie L.,,,,Ann Lee\nBob Roe,,,,\n")
    table = said(("a", "Ann Lee", "guest"), ("b", "annie  l.", "poet"), ("c", "The Ms. Mayor"), ("d", "Bob Roe", "clerk"), ("e", "Eva Ode"), ("f", None))
    merged = merge_speakers(table, people=found)
    assert merged["speaker"][:5].tolist() == ["Ann Lee"] * 3 + ["Bob Roe", "Eva Ode"] and merged["speaker"].isna()[5]
    assert merged["role"][:4].tolist() == ["mayor"] * 3 + ["clerk"]
    assert merged["organisation"].dropna().tolist() == ["Zell"] * 3 and merged["called"].equals(table["speaker"])


def test_a_line_of_its_own_keeps_apart_what_the_rules_would_join(tmp_path):
    table = said(("a", "Ann Lee"), ("b", "A. Lee"))
    assert merge_speakers(table)["speaker"].nunique() == 1
    assert merge_speakers(table, people=people(tmp_path, "name\nA. Lee\n"))["speaker"].tolist() == ["Ann Lee", "A. Lee"]


def test_merging_may_go_over_several_lines_and_to_a_name_without_one(tmp_path):
    found = people(tmp_path, "name,other names,merge into\nA,,B\nB,Bee,C\nC,,See\nD,,Bee\n")
    assert {form: one.name for form, one in found.items()} == dict.fromkeys(["a", "b", "bee", "c", "d"], "See")


@pytest.mark.parametrize(("lines", "message"), [
    ("name,merge into\nAnn Lee,Bob Roe\nEva Ode,\nBob Roe,Ann Lee\n", "Ann Lee → Bob Roe → Ann Lee is a circle .line 2, 4."),
    ("name,merge into\nAnn Lee,ann lee\n", "Ann Lee → Ann Lee is a circle .line 2."),
    ("name,other names,merge into\nAnn Lee,A. L.,Bob Roe\nBob Roe,,A. L.\n", "Ann Lee → Bob Roe → Ann Lee is a circle"),
    ("name,other names\nAnn Lee,\nBob Roe,The Ann Lee\n", "'ann lee' is on line 2 and on line 3"),
    ('name,role\n"Ann\nLee",mayor\n,mayor\n', "line 4: there is no name"),
    ("speakers,role\nAnn Lee,mayor\n", "line 1: has a column 'speakers'"),
    ("role,organisation\nmayor,Zell\n", "line 1: has no column 'name'"),
    ('name\nAnn Lee\n"Bob\n', "line 3: unexpected end of data"),
])
def test_what_cannot_be_meant_is_told_with_its_line(lines, message, tmp_path):
    with pytest.raises(KitError, match=message):
        people(tmp_path, lines)


def test_a_file_that_is_not_in_utf_8_is_told(tmp_path):
    with pytest.raises(KitError, match="save it as CSV in UTF-8"):
        people(tmp_path, "name\nZoë\n", "latin-1")


TABLE = said(("a", "Rashid Alimov", "chair"), ("b", "Rashid Alimov", "chair"), ("c", "R. Alimov"), ("d", "Rashid Alimow"), ("e", "Bob Roe"),
             ("e", "Bob Row"), ("f", None))


def test_suggestions_join_what_is_sure_and_only_name_what_is_not():
    table = suggest_speakers(TABLE).set_index("name")
    assert table.loc["Rashid Alimov", ["other names", "role", "quotes"]].tolist() == ["R. Alimov", "chair", 3]
    assert table.loc["Rashid Alimow", ["other names", "merge into", "perhaps"]].tolist() == ["", "", "Rashid Alimov"]
    assert (table["merge into"] == "").all() and table.index[0] == "Rashid Alimov"


@pytest.mark.parametrize(("one", "other"), [("Bob Roe", "Roe"), ("Bob Roe", "Roe Bob"), ("Bob M. Roe", "Bob Rowe M"), ("Zoë Ødegård", "Zoe Ødegård")])
def test_a_name_that_is_much_like_one_before_is_asked_about(one, other):
    assert suggest_speakers(said(("a", one), ("b", one), ("c", other)))["perhaps"].tolist() == ["", one]


@pytest.mark.parametrize(("one", "other"), [("Bob Roe", "Eva Roe"), ("Ministry of Trade", "Ministry of Health"), ("Li", "Liu")])
def test_other_names_are_not(one, other):
    assert suggest_speakers(said(("a", one), ("b", one), ("c", other)))["perhaps"].tolist() == ["", ""]


def test_names_that_one_document_keeps_apart_are_not_suggested_as_one():
    assert suggest_speakers(TABLE).set_index("name").loc[["Bob Roe", "Bob Row"], "perhaps"].tolist() == ["", ""]


def test_a_person_is_not_taken_for_a_body_and_unnamed_voices_are_left_out():
    table = said(("a", "Zell Fund"), ("b", "Zell Fundd"), ("c", "a witness")).assign(speaker_kind=["organisation", "person", "unnamed"])
    found = suggest_speakers(table)
    assert found["name"].tolist() == ["Zell Fund", "Zell Fundd"] and (found["perhaps"] == "").all()


def test_a_suggestion_that_nobody_has_edited_changes_nothing(tmp_path):
    save_speakers(suggest_speakers(TABLE), tmp_path)
    assert merge_speakers(TABLE, people=load_speakers(tmp_path))["speaker"].equals(merge_speakers(TABLE)["speaker"])


def test_suggestions_of_a_merged_table_are_those_of_the_documents_names():
    assert suggest_speakers(merge_speakers(TABLE)).equals(suggest_speakers(TABLE))


def test_namesakes_who_are_two_share_no_other_name(tmp_path):
    table = said(("a", "Ann Lee", "mayor of Zell"), ("b", "Ann Lee", "mayor of Ode"))
    save_speakers(suggest_speakers(table), tmp_path)
    assert merge_speakers(table, people=load_speakers(tmp_path))["speaker"].nunique() == 2


def test_a_file_that_is_there_is_never_written_over(tmp_path):
    people(tmp_path, "name\nAnn Lee\n")
    save_speakers(suggest_speakers(TABLE), tmp_path)
    assert (tmp_path / "speakers.csv").read_text() == "name\nAnn Lee\n"


HOSTILE = ["=HYPERLINK(1)", "+1", "@x", "'tis", "-a", 'a,"b"', "＝1", "<b>x</b>"]


def test_no_cell_runs_in_a_spreadsheet_and_all_come_back(tmp_path):
    table = said(*((str(n), name, name) for n, name in enumerate(HOSTILE)))
    path = save_speakers(suggest_speakers(table), tmp_path)
    cells = [cell for row in csv.reader(path.read_text("utf-8-sig").splitlines()) for cell in row]
    assert not any(cell.startswith(("=", "+", "-", "@", "＝")) for cell in cells)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert {(one.name, one.role) for one in load_speakers(tmp_path).values()} == {(name, name) for name in HOSTILE}


def test_a_folder_that_cannot_be_written_is_told(tmp_path, monkeypatch):
    def closed(*_):
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("pathlib.Path.open", closed)
    with pytest.raises(KitError, match="speakers.csv cannot be written .Read-only"):
        save_speakers(suggest_speakers(TABLE), tmp_path)


def test_nobody_gives_an_empty_table(tmp_path):
    table = suggest_speakers(said())
    assert table.empty and load_speakers(save_speakers(table, tmp_path)) == {}


def test_the_file_is_no_document_and_is_recorded_with_the_results(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.", "utf-8")
    assert settings(tmp_path)["speakers"] is None
    people(tmp_path, "name\nAnn Lee\n")
    assert load(tmp_path).index.tolist() == ["a"] and settings(tmp_path / "a.txt")["speakers"]["file"] == "speakers.csv"


def test_counting_once_goes_by_the_file_unless_names_stay_as_written(tmp_path):
    people(tmp_path, "name,merge into\nRashid Alimow,Rashid Alimov\n")
    texts = pd.DataFrame({"text": [f"Text {doc}." for doc in "abcdef"]}, index=list("abcdef"))
    _, merged, said = count_once(texts, TABLE, beside=tmp_path, reprints="kept")
    assert "your files" in said and "Rashid Alimow" not in set(merged["speaker"])
    _, written, said = count_once(texts, TABLE, beside=tmp_path, reprints="kept", names="as written")
    assert "your files" not in said and "Rashid Alimow" in set(written["speaker"])


def test_merges_of_words_reach_speakers_after_the_file_of_speakers(tmp_path):
    (tmp_path / "words.toml").write_text('[merge]\n"Zell Fund" = ["ZF"]\n"Ann Lee" = ["Annie"]\n', "utf-8")
    (tmp_path / "speakers.csv").write_text("name,other names\nAnn Roe,Annie\n", "utf-8")
    people = load_speakers(tmp_path)
    assert (people["zf"].name, people["annie"].name) == ("Zell Fund", "Ann Roe")
