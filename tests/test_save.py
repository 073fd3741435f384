"""CSV files and workbooks: read back they are the same, and no spreadsheet computes them."""
from __future__ import annotations

import csv
import io

import handmade
import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.show.save import FORMULA_STARTS, readable, save_tables

CELLS = [
    ("a plain word", "Alimov", "Alimov"),
    ("a formula", "=HYPERLINK(1)", "'=HYPERLINK(1)"),
    ("a plus", "+7 495", "'+7 495"),
    ("a minus in text", "-3.2 °C", "'-3.2 °C"),
    ("an at sign", "@night_nurse", "'@night_nurse"),
    ("a tab", "\t=1", "'\t=1"),
    ("a carriage return", "\r=1", "'\r=1"),
    ("a wide equals sign", "＝1+1", "'＝1+1"),
    ("an equals sign later on", "a=b", "a=b"),
    ("a typographic minus", "−3.2", "−3.2"),
    ("a quotation", '"No," he said', '"No," he said'),
    ("an empty text", "", ""),
    ("a negative number", -3.25, -3.25),
    ("a whole number", 4e10, 40000000000),
    ("a number of numpy", np.float64(0.5), 0.5),
    ("a whole number of numpy", np.int64(7), 7),
    ("truth", True, True),
    ("nothing", None, ""),
    ("not a number", float("nan"), ""),
    ("no number of pandas", pd.NA, ""),
    ("infinity", float("inf"), float("inf")),
    ("places", [(12, 40), (55, 60)], "12-40; 55-60"),
    ("no places", [], ""),
    ("names", ["road", "rail"], "road; rail"),
    ("names that begin like a formula", ["=1", "b"], "'=1; b"),
]


@pytest.mark.parametrize(("cell", "expected"), [row[1:] for row in CELLS],
                         ids=[row[0] for row in CELLS])
def test_cells(cell, expected):
    assert readable(cell) == expected
    assert type(readable(cell)) is type(expected)


def written(table: pd.DataFrame, path) -> tuple[bytes, list[dict[str, str]]]:
    save_tables({path.stem: table}, path.parent)
    data = path.read_bytes()
    return data, list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class TestFiles:
    def test_begin_with_a_byte_order_mark_and_end_lines_as_spreadsheets_do(self, tmp_path):
        data, _ = written(handmade.quotes(), tmp_path / "quotes.csv")
        assert data.startswith(b"\xef\xbb\xbfdoc,") and data.count(b"\r\n") == 9

    def test_quotes_come_back(self, tmp_path):
        _, rows = written(handmade.quotes(), tmp_path / "quotes.csv")
        first = rows[0]
        assert first["spans"] == f"{first['start']}-{first['end']}"
        assert handmade.text()[int(first["start"]):int(first["end"])] == first["quote"]

    def test_numbers_stay_numbers(self, tmp_path):
        table = pd.DataFrame({"value": [-3.2, 4e10, None], "unit": ["°C", "USD", None]})
        data, _ = written(table, tmp_path / "figures.csv")
        assert data.decode("utf-8-sig").split() == ["value,unit", "-3.2,°C", "40000000000,USD", ","]

    def test_documents_are_named_first_and_their_text_is_last(self, tmp_path):
        _, (row,) = written(handmade.documents(), tmp_path / "documents.csv")
        assert list(row)[0] == "doc" and list(row)[-1] == "text"
        assert row["text"] == handmade.text()

    def test_a_name_cannot_be_a_formula(self, tmp_path):
        table = pd.DataFrame({"text": ["x"]}, index=pd.Index(["=cmd|' /C calc'!A0"], name="doc"))
        _, (row,) = written(table, tmp_path / "documents.csv")
        assert row["doc"] == "'=cmd|' /C calc'!A0"

    def test_empty_tables_keep_their_columns(self, tmp_path):
        data, rows = written(handmade.empty(handmade.FIGURE_COLUMNS), tmp_path / "figures.csv")
        assert not rows
        assert data.decode("utf-8-sig").strip().split(",") == handmade.FIGURE_COLUMNS

    def test_one_file_for_each_table(self, tmp_path):
        paths = save_tables({"quotes": handmade.quotes(), "figures": handmade.figures()}, tmp_path)
        assert [path.name for path in paths] == ["quotes.csv", "figures.csv", "results.xlsx"]
        assert all(path.exists() for path in paths)

    def test_halves_of_characters_do_not_stop_it(self, tmp_path):
        _, (row,) = written(pd.DataFrame({"quote": ["a\ud800b"]}, dtype=object), tmp_path / "quotes.csv")
        assert row["quote"] == "a?b"


class TestWorkbook:
    def sheets(self, tables: dict[str, pd.DataFrame], path) -> dict[str, list[list]]:
        book = openpyxl.load_workbook(save_tables(tables, path)[-1])
        assert not any(cell.data_type == "f" for sheet in book for row in sheet for cell in row)
        return {sheet.title: [[cell.value for cell in row] for row in sheet] for sheet in book}

    def test_has_a_sheet_for_each_table_with_the_cells_of_the_csv_files(self, tmp_path):
        tables = {"quotes": handmade.quotes(), "figures": handmade.empty(handmade.FIGURE_COLUMNS)}
        sheets = self.sheets(tables, tmp_path)
        assert list(sheets) == ["quotes", "figures"]
        assert sheets["figures"] == [handmade.FIGURE_COLUMNS]
        _, rows = written(handmade.quotes(), tmp_path / "quotes.csv")
        assert [[str(cell) for cell in row] for row in sheets["quotes"][1:]] == [
            ["None" if cell == "" else cell for cell in row.values()] for row in rows]

    @pytest.mark.parametrize(("cell", "expected"), [
        ("=1+1", "'=1+1"), ("@x", "'@x"), (-3.2, -3.2), ("a\x00\x1bb", "ab"), ("a\ud800", "a?"),
        (float("inf"), "inf"), ("x" * 32_767, "x" * 32_767),
        ("x" * 32_768, "x" * 32_760 + "… (cut)")], ids=[
        "a formula", "an at sign", "a number", "control characters", "half a character",
        "infinity", "the longest text", "a longer text"])
    def test_cells(self, tmp_path, cell, expected):
        table = pd.DataFrame({"quote": [cell]}, dtype=object)
        assert self.sheets({"quotes": table}, tmp_path)["quotes"] == [["quote"], [expected]]

    def test_its_head_stays_in_sight_and_words_stay_words(self, tmp_path):
        table = pd.DataFrame({"quote": ["<a & 'b'>\n  c"], "known": [True], "value": [0]})
        sheet = openpyxl.load_workbook(save_tables({"a&b": table}, tmp_path)[-1])["a&b"]
        assert sheet.freeze_panes == "A2"
        assert [cell.value for cell in sheet[2]] == ["<a & 'b'>\n  c", True, 0]

    def test_is_made_to_be_read(self, tmp_path):
        table = pd.DataFrame({"doc": ["a", "b"], "quote": ["No.", "word " * 40], "text": ["x " * 2000, "y"]})
        sheet = openpyxl.load_workbook(save_tables({"t": table}, tmp_path)[-1])["t"]
        assert sheet.auto_filter.ref == "A1:C3" and all(cell.font.b for cell in sheet[1])
        widths = [sheet.column_dimensions[letter].width for letter in "ABC"]
        assert widths[0] < 12 and widths[1] == widths[2] < 60
        assert [cell.alignment.wrap_text for cell in sheet[3]] == [None, True, None]  # no whole documents
        assert {cell.alignment.vertical for row in sheet for cell in row} == {"top"}

    def test_rows_lead_to_their_passage_in_the_report(self, tmp_path):
        table = pd.DataFrame({"start": [1, 2, 3], "doc": ["a", "=b", "c"]})
        path = save_tables({"t": table, "u": table}, tmp_path, links={"t": ["d1q1", "", "d2q1"]})[-1]
        book = openpyxl.load_workbook(path)
        links = [row[1].hyperlink for row in book["t"].iter_rows(min_row=2)]
        assert [link and (link.target, link.location) for link in links] == [
            ("report.html", "d1q1"), None, ("report.html", "d2q1")]
        assert [row[1].value for row in book["t"].iter_rows(min_row=2)] == ["a", "'=b", "c"]
        assert not any(cell.hyperlink for row in book["u"] for cell in row)

    def test_says_when_a_sheet_is_full(self, tmp_path, monkeypatch):
        monkeypatch.setattr("helpers.show.save.MOST_ROWS", 4)
        table = pd.DataFrame({"value": [1, 2, 3]})
        assert self.sheets({"t": table}, tmp_path)["t"] == [
            ["value"], [1], [2], ["… more rows are in the CSV file"]]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=4))
def test_any_text_comes_back_and_none_is_a_formula(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("csv") / "quotes.csv"
    _, rows = written(pd.DataFrame({"quote": texts, "end": 1}), path)
    for text, row in zip(texts, rows, strict=True):
        assert not row["quote"].startswith(FORMULA_STARTS)
        assert row["quote"] in (text, "'" + text)
