"""Loading: what becomes a document, what its facts are, and what is reported instead."""
from __future__ import annotations

import hashlib

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import KitError, load
from helpers.documents import DOCUMENT_COLUMNS, PROJECT, decode

STORY = "The minister spoke to the press in the capital and said that it was good for the country.\n"


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def test_the_seed_is_the_users_own_file():
    documents = load("seeds")
    file = PROJECT / "seeds" / "000_bffb73331b704f91.txt"
    assert list(documents.index) == ["000_bffb73331b704f91"]
    assert list(documents.columns) == DOCUMENT_COLUMNS
    assert documents.index.name == "doc"
    assert documents["text"].iloc[0] == file.read_text("utf-8")
    assert documents["sha256"].iloc[0] == hashlib.sha256(file.read_bytes()).hexdigest()
    assert documents["sha256"].iloc[0].startswith("41b74b8e3e99fb96badb")
    assert documents.attrs["problems"].empty


def test_a_folder_gives_the_same_names_everywhere(tmp_path):
    for folder in ("one", "two"):
        write(tmp_path / folder, {"b.txt": STORY, "a/c.md": STORY, "a/c.txt": STORY, ".hidden": "x"})
    names = [list(load(tmp_path / folder).index) for folder in ("one", "two")]
    assert names[0] == names[1] == ["a/c.md", "a/c.txt", "b"]


def test_one_file_is_a_folder_of_one(tmp_path):
    write(tmp_path, {"story.txt": STORY})
    assert list(load(tmp_path / "story.txt").index) == ["story"]


@pytest.mark.parametrize(("name", "text", "facts"), [
    ("2017-11-23_meeting.txt", STORY, {"date": "2017-11-23", "title": None}),
    ("2017-13-45_meeting.txt", STORY, {"date": None}),
    ("x.txt", "Title: A meeting\nDate: 2017-11-23\nAuthor: A. Writer\nSource: Agency\n\n" + STORY,
     {"title": "A meeting", "date": "2017-11-23", "author": "A. Writer", "source": "Agency"}),
    ("x.md", "---\ntitle: \"A meeting\"\ndate: 2017-11-23\ntags: x\n---\n" + STORY,
     {"title": "A meeting", "date": "2017-11-23"}),
    ("x.md", "# Ministers meet\n\n" + STORY, {"title": "Ministers meet"}),
    ("x.txt", "Ministers meet in the capital\n\n" + STORY, {"title": "Ministers meet in the capital"}),
    ("x.txt", "Date: unknown\n\n" + STORY, {"date": None}),
    ("x.txt", "It rained.\n\n" + STORY, {"title": None}),
], ids=str)
def test_facts_come_from_the_head(tmp_path, name, text, facts):
    write(tmp_path, {name: text})
    row = load(tmp_path).iloc[0]
    assert {key: row[key] if pd.notna(row[key]) else None for key in facts} == facts
    assert STORY.strip() in row["text"]


def test_head_lines_leave_the_text(tmp_path):
    write(tmp_path, {"x.txt": "Title: A\nDate: 2017-11-23\n\n" + STORY})
    assert load(tmp_path)["text"].iloc[0] == STORY


@pytest.mark.parametrize(("data", "text"), [
    ("“Trade”".encode(), "“Trade”"),
    (b"\xef\xbb\xbf" + "“Trade”".encode(), "“Trade”"),
    ("“Trade”".encode("utf-16"), "“Trade”"),
    ("“Trade” — café".encode("cp1252"), "“Trade” — café"),
    ("Заявил Алимов: «Торговля растёт»".encode("cp1251"), "Заявил Алимов: «Торговля растёт»"),
    (b"a\r\nb\rc", "a\nb\nc"),
    ("cafe\u0301".encode(), "café"),
], ids=["utf-8", "mark", "utf-16", "cp1252", "cp1251", "line ends", "composed"])
def test_decode(data, text):
    assert decode(data) == text


@given(st.binary(max_size=400))
def test_decode_survives_any_bytes(data):
    assert "\r" not in decode(data)


def test_what_cannot_be_read_is_a_table_and_the_rest_goes_on(tmp_path):
    write(tmp_path, {"good.txt": STORY, "empty.txt": " \n", "scan.pdf": b"%PDF", "data.txt": b"a\x00b"})
    documents = load(tmp_path)
    assert list(documents.index) == ["good"]
    found = documents.attrs["problems"]
    assert list(found.columns) == ["path", "problem", "advice"]
    assert set(found["path"]) == {"empty.txt", "scan.pdf", "data.txt"}
    assert found["advice"].str.len().gt(10).all()


def test_another_language_is_said(tmp_path):
    write(tmp_path, {"good.txt": STORY, "autre.txt": "Le ministre a parlé à la presse hier soir.\n"})
    documents = load(tmp_path)
    assert pd.isna(documents.loc["autre", "language"]) and documents.loc["good", "language"] == "en"
    assert list(documents.attrs["problems"]["path"]) == ["autre.txt"]


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    write(tmp_path, {"in/good.txt": STORY, "out/secret.txt": STORY})
    (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out" / "secret.txt")
    assert list(load(tmp_path / "in").index) == ["good"]


@pytest.mark.parametrize("files", [{}, {"scan.pdf": b"%PDF"}], ids=["empty", "only pdf"])
def test_nothing_to_read_is_one_clear_error(tmp_path, files):
    with pytest.raises(KitError, match="nothing to read"):
        load(write(tmp_path, files))


def test_a_wrong_path_is_a_clear_error():
    with pytest.raises(KitError, match="no-such-folder.*looked in"):
        load("no-such-folder")


def test_tables_of_two_folders_can_be_joined(tmp_path):
    write(tmp_path, {"one/a.txt": STORY, "two/b.txt": STORY, "two/c.pdf": b"%PDF"})
    both = pd.concat([load(tmp_path / "one"), load(tmp_path / "two")])
    assert list(both.index) == ["a", "b"]
