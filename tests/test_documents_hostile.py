"""Whatever is fed to the readers: a document or a problem, soon, in bounded memory, and nothing else."""
from __future__ import annotations

import json
import os
import zipfile

import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import KitError, load
from helpers.documents import readers
from helpers.documents.model import BOUNDS, Source
from helpers.documents.readers import MOST_BYTES, READERS, Apart, format_of, read
from helpers.documents.readers.text import plain

STORY = "The minister said on Thursday that the ferries should run on time. "
LAUGH = ("<?xml version='1.0'?><!DOCTYPE l [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)) + "]>")
OUTSIDE = "<!DOCTYPE l [<!ENTITY i SYSTEM 'file:///etc/passwd'>]>"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, *, before: str = "") -> bytes:
    return samples.changed(samples.word(), "word/document.xml", f"{before}<w:document {W}><w:body>{body}</w:body></w:document>")


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def sheet(cell: str, *, before: str = "") -> bytes:
    xml = f"{before}<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData><row>{cell}</row></sheetData></worksheet>"
    return samples.changed(samples.xlsx(), "xl/worksheets/sheet1.xml", xml)


FILES = {
    "laugh.docx": word(paragraph("&i;"), before=LAUGH), "laugh.odt": samples.odt(["&i;"], before=LAUGH),
    "laugh.xlsx": sheet("<c t='inlineStr'><is><t>&i;</t></is></c>", before=LAUGH),
    "outside.docx": word(paragraph(STORY + "&i;"), before=OUTSIDE), "outside.odt": samples.odt([STORY, "&i;"], before=OUTSIDE),
    "properties.docx": samples.changed(samples.word([STORY, "Properties."]), "docProps/core.xml", "<x/>"),
    "deep.docx": word("<w:p>" * 20_000 + "</w:p>" * 20_000), "deep.odt": samples.odt(["<text:span>" * 9000 + STORY + "</text:span>" * 9000]),
    "bomb.docx": word(paragraph("a" * 25_000_000)), "bomb.zip": samples.zipped({"a.txt": b"0" * 21_000_000}),
    "names.zip": samples.zipped({"../up.txt": STORY, "/root.txt": STORY, "C:/drive.txt": STORY, "a/../../b.txt": STORY, "good.txt": STORY + "Zip."},
                                links=["link.txt"]),
    "deep.html": b"<html><body>" + b"<div>" * 20_000 + STORY.encode() + b"Deep.", "huge.html": f"<p class='{'x' * 300_000}'>{STORY * 5}HTML.</p>".encode(),
    "lt.html": b"<html>" + b"<" * 100_000, "entity.html": f"<!DOCTYPE html [<!ENTITY a 'aaa'>]><html><p>&a; {STORY * 5}</p>".encode(),
    "deep.jsonl": b"[" * 100_000 + b"\n" + json.dumps({"text": STORY + "JSONL."}).encode(), "deep.json": b"[" * 100_000,
    "deep.rtf": b"{\\rtf1 " + b"{" * 20_000 + STORY.encode() + b"RTF." + b"}" * 20_000, "wide.csv": ("c," * 50_000 + "\n" + "x," * 50_000).encode(),
    "nul.csv": b"text\n" + b"\0" * 1000 + STORY.encode() + b"NUL.\n", "open.csv": b'text\n"' + STORY.encode() * 2 + b"Unclosed.",
    "header.eml": b"Subject: " + b"=?utf-8?q?a?= " * 20_000 + b"\n\n" + STORY.encode() + b"Mail.",
    "parts.eml": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(500)) + b"\n" + STORY.encode(),
    "spaces.txt": b" " * 1_000_000 + STORY.encode() + b"Spaces.", "good.txt": STORY.encode(),
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return load(folder)


def test_all_that_is_sound_is_read(documents):
    assert {"huge", "deep.html", "deep#2", "deep.rtf", "open#1", "properties", "header", "spaces", "good", "names.zip/good"} <= set(documents.index)


def test_no_entity_is_expanded_and_no_file_is_fetched(documents):
    assert not documents["text"].str.contains("lol|root:|aaa").any()
    assert {"laugh.docx", "laugh.odt", "laugh.xlsx", "outside.odt"} <= set(documents.attrs["problems"]["path"])


@pytest.mark.parametrize(("path", "what"), [
    ("bomb.docx", "too many times its size"), ("bomb.zip", "too many times its size"), ("names.zip/../up.txt", "out of the archive"),
    ("names.zip//root.txt", "out of the archive"), ("names.zip/C:/drive.txt", "out of the archive"), ("names.zip/a/../../b.txt", "out of the archive"),
    ("names.zip/link.txt", "a link"), ("deep.docx", "no text"), ("lt.html", "no text"), ("deep.json", "not valid JSON"), ("wide.csv", "no column"), ("nul.csv", "encoding"),
])
def test_the_rest_is_said(documents, path, what):
    problems = documents.attrs["problems"]
    assert problems.loc[problems["path"] == path, "problem"].str.contains(what).any()


def test_archives_inside_archives_end(tmp_path):
    data = samples.zipped({"a.txt": STORY})
    for _ in range(4):
        data = samples.zipped({"n.zip": data})
    (tmp_path / "n.zip").write_bytes(data)
    with pytest.raises(KitError, match="too deep"):
        load(tmp_path)


@pytest.mark.parametrize(("limit", "value", "what"), [("members", 1, "more than 1 files"), ("bytes_without_ratio", 0, None)])
def test_bounds_of_archives(tmp_path, monkeypatch, limit, value, what):
    monkeypatch.setitem(BOUNDS, limit, value)
    (tmp_path / "n.zip").write_bytes(samples.zipped({"a.txt": STORY, "b.txt": STORY + "Two."}))
    if what:
        with pytest.raises(KitError, match=what):
            load(tmp_path)
    else:
        assert len(load(tmp_path)) == 2


def test_an_archive_that_lies_about_sizes_unpacks_to_no_more(tmp_path):
    data = bytearray(samples.zipped({"a.txt": STORY * 1000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24:at + 28] = (100).to_bytes(4, "little")  # what the table says of its size
    (tmp_path / "n.zip").write_bytes(data)
    try:
        assert load(tmp_path)["text"].str.len().max() <= 100
    except KitError as problem:
        assert "damaged" in str(problem)


def test_files_of_more_bytes_than_allowed_are_said(tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        os.truncate(file.fileno(), MOST_BYTES[".txt"] + 1)
    with pytest.raises(KitError, match="larger than 20 MB"):
        load(tmp_path)


def test_a_row_that_is_too_long_is_said_and_the_others_are_read(tmp_path, monkeypatch):
    monkeypatch.setitem(BOUNDS, "letters_in_document", 2 * len(STORY))
    rows = [{"text": f"{STORY} {n}."} for n in range(3)]
    rows[1]["text"] *= 9
    (tmp_path / "a.csv").write_bytes(samples.csv(rows))
    (tmp_path / "b.jsonl").write_bytes(samples.jsonl([{"text": "Again. " + row["text"]} for row in rows]))
    documents = load(tmp_path)
    assert list(documents.index) == ["a#1", "a#3", "b#1", "b#3"]
    assert documents.attrs["problems"]["path"].tolist() == ["a.csv#2", "b.jsonl#2"]


class TestApart:
    """The process in which files are read by large libraries."""

    def test_a_slow_file_holds_up_nobody(self):
        source = Source("slow.csv", data=b"text\n" + STORY.encode() * 5_000)
        with Apart(seconds=0.001) as slow, pytest.raises(KitError, match="takes more than 0.001 seconds"):
            list(slow.read(source, ".csv"))

    def test_a_dead_process_is_a_problem_and_the_next_file_is_read(self):
        source = Source("a.csv", data=b"text\n" + STORY.encode())
        with Apart() as reader:
            assert len(list(reader.read(source, ".csv"))) == 1
            first = reader.process
            first.kill()
            first.wait()
            assert len(list(reader.read(source, ".csv"))) == 1
            assert reader.process is not first
        assert reader.process is None

    def test_whoever_stops_halfway_gets_no_wrong_answers_later(self):
        many = Source("many.csv", data=b"text\n" + "".join(f"{STORY} {n}\n" for n in range(50)).encode())
        with Apart() as reader:
            assert next(iter(reader.read(many, ".csv"))).text.endswith("0")
            assert [part.text for part in reader.read(Source("b.csv", data=b"text\n" + STORY.encode()), ".csv")] == [STORY.strip()]

    def test_text_needs_no_process(self, tmp_path, monkeypatch):
        monkeypatch.setattr(readers.subprocess, "Popen", None)
        (tmp_path / "a.txt").write_text(STORY)
        (tmp_path / "b.md").write_text("# " + STORY * 2)
        assert len(load(tmp_path)) == 2


WRITERS = {".html": samples.html, ".docx": samples.word, ".odt": samples.odt, ".rtf": samples.rtf, ".eml": samples.eml, ".csv": samples.csv,
           ".xlsx": samples.xlsx, ".jsonl": samples.jsonl, ".json": samples.jsonl, ".parquet": samples.parquet,
           ".pdf": lambda: samples.pdf([samples.lines_of(STORY)])}
SOUND = {suffix: writer() for suffix, writer in WRITERS.items()}


@pytest.fixture(scope="module")
def reader():
    with Apart() as process:
        yield process


def damaged(data: bytes):
    """The bytes of a sound file with some of them changed, cut out or doubled."""
    places = st.integers(0, max(0, len(data) - 1))
    change = st.tuples(places, st.integers(0, 40), st.binary(max_size=8))
    return st.lists(change, max_size=4).map(lambda changes: _changed(data, changes))


def _changed(data: bytes, changes) -> bytes:
    for at, cut, more in changes:
        data = data[:at] + more + data[at + cut:]
    return data


@pytest.mark.parametrize("suffix", WRITERS)
def test_damaged_files_are_documents_or_problems(reader, suffix):
    @settings(max_examples=25, deadline=None)
    @given(st.one_of(damaged(SOUND[suffix]), st.binary(max_size=300)))
    def check(data):
        try:
            for part in reader.read(Source("x" + suffix, data=data), suffix):
                assert isinstance(part.text, str)
        except KitError as problem:
            assert " — " in str(problem)

    check()


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([*READERS, "", ".doc", ".xyz"]))
def test_any_first_bytes_have_a_format_or_a_problem(data, suffix):
    try:
        assert format_of(Source("x" + suffix, data=data)) in READERS
    except KitError as problem:
        assert " — " in str(problem)


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)), st.sampled_from([".txt", ".md"]))
def test_any_bytes_of_text_are_a_document_or_a_problem(data, suffix):
    try:
        parts = list(read(Source("x" + suffix, data=data), suffix))
    except KitError:
        return
    assert all("\r" not in part.text for part in parts)


@pytest.mark.parametrize("unit", ["[", "![", "[a](", "*a", "_ ", "**", "> ", "- ", "# ", "#", "<http://a", "\\", "`", "[a]: b ", " ", "=", "a* *"], ids=repr)
def test_marks_without_end_take_time_in_proportion(unit):
    """Would take a minute if it did not."""
    assert plain(unit * 50_000 + "x") is not None
    assert plain("# a" + unit * 50_000 + "b") is not None


def test_headers_inside_archives_may_be_broken(tmp_path):
    """Every byte of the headers of a zip in a zip, one after the other."""
    inner = samples.zipped({"i.txt": STORY + "Inside."})
    data = samples.zipped({"n.zip": inner, "t.txt": STORY})
    headers = [*range(data.index(b"n.zip") - 30, data.index(b"n.zip") + 40), *range(data.index(b"t.txt") - 30, data.index(b"t.txt"))]
    for at in headers:
        (tmp_path / "a.zip").write_bytes(data[:at] + bytes([data[at] ^ 0xff]) + data[at + 1:])
        try:
            documents = load(tmp_path)
        except KitError:
            continue
        assert len(documents) == 2 or len(documents.attrs["problems"])


@pytest.mark.skipif(os.name == "nt", reason="folders are opened here")
@pytest.mark.parametrize("depth", range(13, 20))
def test_a_path_deeper_than_the_system_allows(tmp_path, depth):
    """With 255 letters in a name, the folder, the file in it, or both are out of reach."""
    (tmp_path / "a.txt").write_text(STORY)
    place = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d" * 250, dir_fd=place)
        above, place = place, os.open("d" * 250, os.O_RDONLY, dir_fd=place)
        os.close(above)
    os.close(os.open("x" * 250 + ".txt", os.O_WRONLY | os.O_CREAT, dir_fd=place))
    os.close(place)
    documents = load(tmp_path)
    assert list(documents.index) == ["a"] and len(documents.attrs["problems"]) == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20).filter(lambda name: name[:1] != "\0"), st.binary(max_size=50)), max_size=5), st.integers(0, 200))
def test_any_archive_is_listed_or_refused(tmp_path_factory, members, cut):
    path = tmp_path_factory.mktemp("zip") / "n.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in dict(members).items():
            try:
                archive.writestr(name or "x", data)
            except (UnicodeError, ValueError):
                return
    path.write_bytes(path.read_bytes()[:-cut or None])
    try:
        load(path)
    except KitError as problem:
        assert "nothing to read" in str(problem)
