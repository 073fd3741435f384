"""Checking: what people say of rows stays, counts in every later table, and can be counted."""
from __future__ import annotations

import json

import openpyxl
import pandas as pd
import pytest

from helpers import KitError, find_figures, find_quotes, load
from helpers.__main__ import main
from helpers.check import (
    add_corrections,
    agreement,
    check_rows,
    corrected,
    error_rates,
    judged,
    read_corrections,
    read_sheet,
    sample,
    save_sheet,
)
from helpers.check.corrections import COLUMNS, keys_of
from helpers.check.rates import learned, wilson
from helpers.documents import PROJECT
from helpers.show import show_text
from helpers.themes.choices import settings

TEXT = ("Mayor Ann Lee spoke on Monday. “The bridge will cost € 12 million,” said Lee.\n\n"
        "“It is <b>far</b> too much,” said Eva Roe. It would open in 2031, Roe added.\n\n"
        "Some 40 people came. Rain fell on the old bridge: a grey day.")
HOSTILE = ["=HYPERLINK(1)", "'70s", "'=1", "'quoted'", "+1", "-1", "@x", "\tx", "＝1", 'a,"b";\n\nc', "\r\nx", "", " x ", "é\u202e<b>"]


@pytest.fixture(scope="module")
def documents():
    other = "The minister said that it rained. Rain, he said, is water."
    return pd.DataFrame({"text": [TEXT, other]}, index=["paper", "other"])


@pytest.fixture(scope="module")
def quotes(documents):
    return find_quotes(documents)


@pytest.fixture(scope="module")
def figures(documents):
    return find_figures(documents)


@pytest.fixture
def rows(quotes, documents):
    """The quotes of the first text, in its order."""
    mine = quotes[quotes["doc"] == "paper"]
    found = sample(mine, documents.head(1))
    return type(found)(mine, quotes, documents, "random")


def after(table, documents, *lines):
    return corrected(table, documents, pd.DataFrame(lines))


class TestSample:
    def test_is_the_same_for_the_same_seed(self, quotes, documents):
        one, two = (sample(quotes, documents, n=3, seed=7).rows for _ in range(2))
        assert one.equals(two) and len(one) == 3

    def test_another_seed_draws_others(self, quotes, documents):
        draws = {tuple(sample(quotes, documents, n=2, seed=seed).rows.index) for seed in range(9)}
        assert len(draws) > 1

    def test_keeps_its_order_when_documents_come_in(self, quotes, documents):
        fewer = quotes[quotes["doc"] == "paper"].reset_index(drop=True)
        before = sample(fewer, documents.head(1)).rows["start"].tolist()
        rows = sample(quotes, documents).rows
        assert rows.loc[rows["doc"] == "paper", "start"].tolist() == before

    def test_takes_the_least_sure_first(self, quotes, documents):
        sure = sample(quotes, documents, by="least sure").rows["confidence"]
        assert sure.is_monotonic_increasing and len(sure) == len(quotes)

    @pytest.mark.parametrize(("name", "by"), [("quotes", "direct"), ("figures", "money")])
    def test_takes_one_kind(self, name, by, documents, request):
        rows = sample(request.getfixturevalue(name), documents, by=by).rows
        assert set(rows["kind"]) == {by}

    @pytest.mark.parametrize(("name", "by"), [("quotes", "money"), ("figures", "least sure")])
    def test_says_what_there_is_to_choose_by(self, name, by, documents, request):
        with pytest.raises(KitError, match="choose random, "):
            sample(request.getfixturevalue(name), documents, by=by)

    def test_of_other_tables_is_refused(self, documents):
        with pytest.raises(KitError, match="find_quotes"):
            sample(pd.DataFrame({"doc": [], "kind": []}), documents)

    @pytest.mark.parametrize("n", [0, -3, 2.5, None])
    def test_of_no_rows_is_refused(self, n, quotes, documents):
        with pytest.raises(KitError, match="is no number of rows"):
            sample(quotes, documents, n=n)

    def test_of_nothing_is_empty(self, quotes, documents):
        assert "0 of 0 rows" in sample(quotes.head(0), documents)._repr_mimebundle_()["text/plain"]

    def test_shows_each_row_marked_in_its_passage(self, rows):
        html = rows._repr_mimebundle_()["text/html"]
        assert "It is &lt;b&gt;far&lt;/b&gt; too much" in html and "<b>far" not in html
        for card, quote in zip(rows.cards, rows.rows["quote"], strict=True):
            assert len(card["fields"]) == 2 and card["fields"]["words"] == quote

    def test_leaves_out_what_was_checked(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "right"))
        assert rows.rows["start"].iloc[0] not in sample(now, documents).rows.query("doc == 'paper'")["start"].tolist()


class TestCorrections:
    def test_come_back_as_they_were(self, tmp_path, rows):
        lines = [judged(rows, 0, "wrong", speaker="X") | {"speaker": cell, "of": cell, "who": cell} for cell in HOSTILE]
        add_corrections(lines[:3], tmp_path)
        add_corrections(lines[3:], tmp_path)
        assert read_corrections(tmp_path).to_dict("records") == lines

    def test_hold_no_formula(self, tmp_path, rows):
        add_corrections([judged(rows, 0, "right") | {"was": cell} for cell in HOSTILE], tmp_path)
        written = pd.read_csv(tmp_path / "corrections.csv", dtype=str, keep_default_na=False)
        assert not written["was"].str.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝")).any()

    def test_are_only_ever_added(self, tmp_path, rows):
        add_corrections([judged(rows, 0, "right")], tmp_path)
        before = (tmp_path / "corrections.csv").read_bytes()
        add_corrections([judged(rows, 0, "wrong", speaker="Eva Roe")], tmp_path)
        assert (tmp_path / "corrections.csv").read_bytes().startswith(before)
        assert len(read_corrections(tmp_path)) == 2

    def test_follow_a_line_that_an_editor_left_open(self, tmp_path, rows):
        add_corrections([judged(rows, 0, "right")], tmp_path)
        file = tmp_path / "corrections.csv"
        file.write_bytes(file.read_bytes().rstrip(b"\r\n"))
        add_corrections([judged(rows, 1, "right")], tmp_path)
        assert read_corrections(tmp_path)["verdict"].tolist() == ["right", "right"]

    @pytest.mark.parametrize("blank", [b"", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\r\n;;;\r\n"])
    def test_begin_anew_in_a_file_that_says_nothing(self, blank, tmp_path, rows):
        (tmp_path / "corrections.csv").write_bytes(blank)
        add_corrections([judged(rows, 0, "right")], tmp_path)
        assert read_corrections(tmp_path)["verdict"].tolist() == ["right"]

    def test_are_read_and_added_to_as_a_spreadsheet_has_saved_them(self, tmp_path, rows):
        line = judged(rows, 0, "wrong", speaker="Ann; Lee")
        add_corrections([line], tmp_path)
        file = tmp_path / "corrections.csv"
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        file.write_text("\n" + table.to_csv(sep=";", index=False), "utf-8-sig")
        add_corrections([line], tmp_path)
        assert read_corrections(tmp_path).to_dict("records") == [line, line]

    @pytest.mark.parametrize("other", [b"name,age\nAnn,3\n", "sha256,dôc\n".encode("latin-1"), b"\xff\xfe",
                                       ",".join(COLUMNS).encode() + b'\n0,a,"never closed\n0,b,'])
    def test_leave_another_file_alone(self, other, tmp_path, rows):
        (tmp_path / "corrections.csv").write_bytes(other)
        with pytest.raises(KitError, match="corrections.csv"):
            add_corrections([judged(rows, 0, "right")], tmp_path)
        assert (tmp_path / "corrections.csv").read_bytes() == other

    def test_are_refused_when_the_folder_is_closed(self, tmp_path, rows, monkeypatch):
        def full(file):
            raise OSError(28, "No space left on device")

        add_corrections([judged(rows, 0, "right")], tmp_path)
        before = (tmp_path / "corrections.csv").read_bytes()
        monkeypatch.setattr("os.fsync", full)
        with pytest.raises(KitError, match="No space left"):
            add_corrections([judged(rows, 1, "right")], tmp_path)
        assert (tmp_path / "corrections.csv").read_bytes() == before

    def test_are_no_documents(self, tmp_path, rows):
        (tmp_path / "a.txt").write_text("It rained.", "utf-8")
        add_corrections([judged(rows, 0, "right")], tmp_path)
        found = load(tmp_path)
        assert found.index.tolist() == ["a"] and found.attrs["problems"].empty

    def test_are_recorded_with_the_results(self, tmp_path, rows):
        (tmp_path / "a.txt").write_text("It rained.", "utf-8")
        assert settings(tmp_path)["corrections"] is None
        add_corrections([judged(rows, 0, "right")], tmp_path / "a.txt")
        assert settings(tmp_path)["corrections"]["file"] == "corrections.csv"


class TestJudged:
    @pytest.mark.parametrize(("verdict", "fields", "why"), [
        ("wrong", {}, "nothing has been changed"), ("missed", {}, "nothing has been changed"),
        ("wrong", {"speaker": "Ann Lee"}, "nothing has been changed"),
        ("wrong", {"words": "never written"}, "not in the document"), ("maybe", {}, "no verdict"),
        ("not a figure", {}, "no verdict"),
    ])
    def test_asks_for_what_is_right(self, verdict, fields, why, rows):
        with pytest.raises(KitError, match=why):
            judged(rows, 0, verdict, **fields)

    @pytest.mark.parametrize("number", [99, -1, "x", None])
    def test_knows_only_rows_that_are_there(self, number, rows):
        with pytest.raises(KitError, match="no row"):
            judged(rows, number, "right")

    @pytest.mark.parametrize("verdict", ["Right ", " RIGHT", "Not  a Statement\n"])
    def test_takes_verdicts_as_people_type_them(self, verdict, rows):
        assert judged(rows, 0, verdict)["verdict"] in ("right", "not a statement")

    def test_takes_no_value_that_is_no_number(self, figures, documents):
        with pytest.raises(KitError, match="is no number"):
            judged(sample(figures, documents, by="money"), 0, "wrong", value="a lot")


class TestCorrectedQuotes:
    def test_without_corrections_are_as_they_were(self, quotes, documents, tmp_path):
        assert corrected(quotes, documents, tmp_path).equals(quotes)
        assert "checked" not in corrected(quotes, documents, tmp_path)

    def test_that_are_right(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "right"))
        assert now.drop(columns="checked").equals(quotes)
        assert now["checked"].dropna().tolist() == ["right"]

    def test_have_the_right_speaker_with_his_role(self, rows, quotes, documents):
        at = rows.rows["speaker"].tolist().index("Eva Roe")
        row = after(quotes, documents, judged(rows, at, "wrong", speaker="Ann Lee")).iloc[at]
        assert (row["speaker"], row["role"], row["speaker_kind"], row["checked"]) == (
            "Ann Lee", "Mayor", "person", "corrected")

    @pytest.mark.parametrize(("speaker", "role", "kind"), [("Bo Ray", "whip", "person"), ("The  Bo Ray", "whip", "person"), ("Di Fox", None, None)])
    def test_have_the_role_of_speakers_csv_where_the_document_has_none(self, speaker, role, kind, tmp_path):
        texts = pd.DataFrame({"text": ["Bo Ray met Ann Lee. It works, said Ann Lee."]}, index=["a"])
        found = find_quotes(texts)
        (tmp_path / "speakers.csv").write_text("name,role\nBo Ray,whip\n", "utf-8")
        add_corrections([judged(sample(found, texts), 0, "wrong", speaker=speaker)], tmp_path)
        row = corrected(found, texts, tmp_path).astype(object).where(lambda cells: cells.notna(), None).iloc[0]
        assert (row["speaker"], row["role"], row["speaker_kind"]) == (speaker, role, kind)

    def test_may_have_no_known_speaker(self, rows, quotes, documents):
        row = after(quotes, documents, judged(rows, 0, "wrong", speaker="")).iloc[0]
        assert pd.isna(row["speaker"]) and pd.isna(row["role"]) and row["checked"] == "corrected"

    def test_have_the_right_words(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "wrong", words="will  cost\n€ 12 million"))
        row = now.iloc[0]
        assert row["quote"] == TEXT[row["start"]:row["end"]] == "will cost € 12 million"
        assert row["spans"] == [(row["start"], row["end"])] and row["paragraph"] == 0

    def test_go_when_they_are_no_statements(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "not a statement"), judged(rows, 1, "right"))
        assert now["start"].tolist() == quotes["start"].tolist()[1:]

    def test_come_when_they_were_missed(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "missed", words="a grey day", speaker="Ann Lee"))
        row = now[now["checked"] == "added"].iloc[0]
        assert (row["quote"], row["speaker"], row["role"], row["paragraph"]) == ("a grey day", "Ann Lee", "Mayor", 2)
        assert TEXT[row["start"]:row["end"]] == row["quote"]
        assert now["doc"].tolist() == ["paper"] * (len(rows.rows) + 1) + ["other"] * (len(quotes) - len(rows.rows))
        assert now.drop(columns="checked").dtypes.equals(quotes.dtypes)

    @pytest.mark.parametrize(("words", "kind"), [("Some 40 people … a grey day", "indirect"), ("Mayor Ann Lee … It is", "mixed"),
                                                 ("The bridge … It is <b>far</b>", "direct")])
    def test_come_in_pieces(self, words, kind, rows, quotes, documents):
        line = judged(rows, 0, "missed", words=words, speaker="Eva Roe")
        row = after(quotes, documents, line).query("checked == 'added'").iloc[0]
        assert (row["quote"], row["kind"], row["speaker"]) == (words, kind, "Eva Roe")
        assert [TEXT[start:end] for start, end in row["spans"]] == words.split(" … ")
        assert (row["start"], row["end"]) == (row["spans"][0][0], row["spans"][1][1])

    def test_may_be_put_into_pieces(self, rows, quotes, documents):
        row = after(quotes, documents, judged(rows, 0, "wrong", words="The bridge … € 12\n million")).iloc[0]
        assert row["quote"] == "The bridge … € 12 million" and len(row["spans"]) == 2

    def test_of_several_pieces_stay_so_when_they_are_right(self):
        texts = pd.DataFrame({"text": ["“It works,” said Ann Lee, “and we all know that.”"]})
        found = find_quotes(texts)
        assert len(found["spans"][0]) == 2
        card = sample(found, texts).cards[0]
        assert card["fields"]["words"] == found["quote"][0]
        now = after(found, texts, judged(sample(found, texts), 0, "wrong", **card["fields"] | {"speaker": "Eva Roe"}))
        assert now["spans"][0] == found["spans"][0] and now["quote"][0] == found["quote"][0]

    def test_have_pieces_that_are_all_in_the_text(self, rows):
        with pytest.raises(KitError, match="“never said” is not in the document"):
            judged(rows, 0, "missed", words="a grey day … never said", speaker="Eva Roe")

    def test_follow_the_last_word(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "not a statement"), judged(rows, 0, "wrong", speaker="Eva Roe"),
                    judged(rows, 1, "wrong", speaker="Nobody"), judged(rows, 1, "taken back"))
        assert now["speaker"].iloc[0] == "Eva Roe"
        assert now["checked"].dropna().tolist() == ["corrected"]

    def test_are_also_those_of_a_file_with_another_name(self, rows, quotes, documents):
        moved = documents.rename(index={"paper": "archive/paper"})
        table = quotes.replace({"doc": {"paper": "archive/paper"}})
        now = after(table, moved, judged(rows, 0, "wrong", speaker="Eva Roe"))
        assert now["speaker"].iloc[0] == "Eva Roe" and now.attrs["stale"].empty

    def test_are_found_again_where_another_kit_reads_other_ends(self, rows, quotes, documents):
        table = quotes.assign(start=quotes["start"] + 2)
        now = after(table, documents, judged(rows, 0, "wrong", speaker="Eva Roe"))
        assert (len(now), now["speaker"].iloc[0], now["start"].iloc[0]) == (len(quotes), "Eva Roe", quotes["start"].iloc[0])

    def test_come_back_where_another_kit_misses_them(self, rows, quotes, documents):
        now = after(quotes.iloc[1:], documents, judged(rows, 0, "right"))
        assert now["quote"].tolist() == quotes["quote"].tolist() and now["checked"].iloc[0] == "added"

    @pytest.mark.parametrize(("text", "doc", "why"), [("It snowed.", "paper", "another text"), (None, None, "not here")])
    def test_of_a_text_that_has_changed_are_listed(self, text, doc, why, rows, quotes, documents):
        changed = documents.drop(index="paper") if text is None else documents.assign(text=[text, documents["text"].iloc[1]])
        table = quotes[quotes["doc"] == "other"].reset_index(drop=True)
        now = after(table, changed, judged(rows, 0, "wrong", speaker="Eva Roe"))
        assert now.equals(table) and why in now.attrs["stale"]["why"].iloc[0]

    @pytest.mark.parametrize("damage", [{"start": "x"}, {"verdict": "?"}, {"table": "?"}, {"words": "9-99999 x"}, {"words": "7"}])
    def test_list_a_damaged_line_and_go_on(self, damage, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "right") | damage, judged(rows, 1, "right"))
        assert len(now.attrs["stale"]) == 1 and now["checked"].dropna().tolist() == ["right"]

    def test_are_not_corrected_twice(self, rows, quotes, documents):
        with pytest.raises(KitError, match="corrected already"):
            after(after(quotes, documents, judged(rows, 0, "right")), documents, judged(rows, 0, "right"))

    def test_of_other_documents_are_refused(self, rows, quotes, documents):
        with pytest.raises(KitError, match="other documents"):
            after(quotes, documents.tail(1), judged(rows, 0, "right"))

    def test_that_were_missed_within_another_stay_two(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "missed", words="bridge will cost € 12 million", speaker="Eva Roe"))
        assert now["speaker"].tolist()[:2] == ["Ann Lee", "Eva Roe"] and len(now) == len(quotes) + 1

    def test_can_be_put_together_with_others(self, rows, quotes, documents):
        now = after(quotes, documents, judged(rows, 0, "right"))
        assert len(pd.concat([now, now.copy()])) == 2 * len(now)


class TestCorrectedFigures:
    @pytest.mark.parametrize(("by", "fields", "expected"), [
        ("money", {"value": "1,500", "unit": "USD"}, {"value": 1500.0, "unit": "USD"}),
        ("money", {"value": "10-15"}, {"low": 10.0, "high": 15.0}),
        ("money", {"of": "the bridge's cost"}, {"of": "the bridge's cost", "value": 12e6}),
        ("date", {"value": "2032"}, {"timex": "2032"}),
    ])
    def test_have_what_is_right(self, by, fields, expected, figures, documents):
        now = after(figures, documents, judged(sample(figures, documents, by=by), 0, "wrong", **fields))
        row = now[now["checked"] == "corrected"].iloc[0]
        assert {name: row[name] for name in expected} == expected
        assert now.drop(columns="checked").dtypes.equals(figures.dtypes)

    @pytest.mark.parametrize(("text", "words", "fields", "expected"), [
        ("Ann paid $5. The old fee of umpteen euros fell.", "umpteen", {"value": "19", "unit": "EUR"}, ("money", 19, "EUR", None)),
        ("Ann paid $5. She has £3m.", "£3m", {}, ("money", 3e6, "GBP", None)),
        ("Ann paid $5. She has £3m.", "£3m", {"value": "4,000,000"}, ("money", 4e6, "GBP", None)),
        ("Ann paid $5. A tenth went.", "A tenth", {"value": "10", "unit": "%"}, ("percent", 10, "%", None)),
        ("Ann paid $5 at Whitsun.", "Whitsun", {"value": "2017-06-04"}, ("date", None, None, "2017-06-04")),
        ("Ann paid $5 for a while.", "a while", {"value": "P3D"}, ("duration", None, None, "P3D")),
        ("Ann paid $5 for masks.", "masks", {"value": "2", "unit": "masks", "of": "her"}, ("count", 2, "masks", None)),
    ])
    def test_come_when_they_were_missed(self, text, words, fields, expected):
        texts = pd.DataFrame({"text": [text]})
        found = find_figures(texts)
        found = found[found["text"] == "$5"].reset_index(drop=True)
        rows = sample(found, texts)
        line = judged(rows, 0, "missed", **rows.cards[0]["fields"] | {"words": words} | fields)
        row = after(found, texts, line).query("checked == 'added'").iloc[0]
        kind, value, unit, timex = expected
        assert (row["kind"], row["text"], text[row["start"]:row["end"]], row["paragraph"]) == (kind, words, words, 0)
        assert (row["value"] if value else None) == value and (row["unit"] or None) == unit and row["timex"] == timex
        assert (row["of"] or None) == fields.get("of")

    def test_stand_in_one_place(self, figures, documents):
        with pytest.raises(KitError, match="one place"):
            judged(sample(figures, documents, by="money"), 0, "missed", words="Some … people")

    def test_need_a_value_where_the_words_have_none(self, figures, documents):
        with pytest.raises(KitError, match="says no value"):
            judged(sample(figures, documents, by="money"), 0, "missed", words="Rain fell")

    def test_have_the_right_words(self, figures, documents):
        now = after(figures, documents, judged(sample(figures, documents, by="money"), 0, "wrong", words="12 million"))
        row = now[now["checked"] == "corrected"].iloc[0]
        assert row["text"] == TEXT[row["start"]:row["end"]] == "12 million" and row["value"] == 12e6

    def test_of_a_line_without_words_stay_where_they_are(self, figures, documents):
        line = judged(sample(figures, documents, by="money"), 0, "wrong", unit="USD") | {"words": ""}
        now = after(figures, documents, line)
        assert now["start"].equals(figures["start"]) and now["unit"][now["checked"] == "corrected"].tolist() == ["USD"]
        back = after(figures[figures["kind"] != "money"].reset_index(drop=True), documents, line)
        assert back["text"][back["checked"] == "added"].tolist() == ["€ 12 million"]

    def test_go_when_they_are_none(self, figures, documents):
        money = sample(figures, documents, by="money")
        assert "money" not in set(after(figures, documents, judged(money, 0, "not a figure"))["kind"])


class TestSheet:
    def filled(self, rows, folder, cells):
        path = save_sheet(rows, folder / "check.xlsx")
        book = openpyxl.load_workbook(path)
        for place, cell in cells.items():
            book["check"][place] = cell
        book.save(path)
        return path

    def test_says_the_same_as_the_panel(self, rows, quotes, documents, tmp_path):
        cells = {"D2": "right", "D3": "wrong", "E3": "Ann Lee", "D4": "not a statement"}
        noted = read_sheet(self.filled(rows, tmp_path, cells), quotes, documents, to=tmp_path, who="Ann")
        lines = [judged(rows, 0, "right", who="Ann"), judged(rows, 1, "wrong", speaker="Ann Lee", who="Ann"),
                 judged(rows, 2, "not a statement", who="Ann")]
        assert noted["noted"].tolist() == ["yes"] * 3
        written = read_corrections(tmp_path).to_dict("records")
        assert [line | {"when": ""} for line in written] == [line | {"when": ""} for line in lines]

    def test_counts_once_when_it_is_read_twice(self, rows, quotes, documents, tmp_path):
        path = self.filled(rows, tmp_path, {"D2": "right"})
        for _ in range(2):
            read_sheet(path, quotes, documents, to=tmp_path, who="Ann")
        assert len(read_corrections(tmp_path)) == 1

    def test_takes_missed_quotes_and_says_what_it_does_not_take(self, rows, quotes, documents, tmp_path):
        cells = {"D2": "missed", "F2": "a grey day", "D3": "wrong"}
        noted = read_sheet(self.filled(rows, tmp_path, cells), quotes, documents, to=tmp_path)
        assert noted["noted"].tolist()[0] == "yes" and "nothing has been changed" in noted["noted"][1]

    def test_offers_the_verdicts_and_runs_nothing(self, documents, tmp_path):
        texts = pd.DataFrame({"text": ["=Ann Lee said: “=1+1 is two.”"]}, index=["=cmd"])
        book = openpyxl.load_workbook(save_sheet(sample(find_quotes(texts), texts), tmp_path / "check.xlsx"))
        offered = book["check"].data_validations.dataValidation[0]
        assert "not a statement" in offered.formula1 and "D2" in offered.sqref
        assert not any(str(cell.value).startswith("=") for row in book["check"] for cell in row)

    def test_leaves_a_filled_one_alone(self, rows, tmp_path):
        path = self.filled(rows, tmp_path, {"D2": "right"})
        assert openpyxl.load_workbook(save_sheet(rows, path))["check"]["D2"].value == "right"

    def test_of_another_make_is_refused(self, quotes, documents, tmp_path):
        (tmp_path / "check.xlsx").write_text("no workbook")
        with pytest.raises(KitError, match="no sheet of save_sheet"):
            read_sheet(tmp_path / "check.xlsx", quotes, documents, to=tmp_path)


class TestPanel:
    @pytest.fixture
    def panel(self, rows, tmp_path):
        pytest.importorskip("anywidget")
        return check_rows(rows, tmp_path, who="Ann")

    def test_writes_down_what_the_page_sends(self, panel, rows, tmp_path):
        start = TEXT.index("It would open")
        panel.take({"row": 1, "verdict": "wrong", "place": [[start, start + 13]], "fields": {"speaker": "Ann Lee", "words": "It would open"}})
        line = read_corrections(tmp_path).iloc[0]
        assert (line["verdict"], line["speaker"], line["who"]) == ("wrong", "Ann Lee", "Ann")
        assert line["words"] == f"{start}-{start + 13} It would open" and panel.given == {"1": "wrong"}

    def test_knows_what_the_same_person_has_said(self, panel, rows, tmp_path):
        panel.take({"row": 1, "verdict": "right", "place": None, "fields": {}})
        assert check_rows(rows, tmp_path, who="Ann").given == {"1": "right"}
        assert check_rows(rows, tmp_path, who="Bob").given == {}
        panel.take({"row": 1, "verdict": "taken back", "place": None, "fields": {}})
        assert check_rows(rows, tmp_path, who="Ann").given == panel.given == {}

    def test_takes_a_quote_in_pieces(self, panel, tmp_path):
        places = [[TEXT.index("It is"), TEXT.index("It is") + 5], [TEXT.index("a grey"), TEXT.index("a grey") + 10]]
        panel.take({"row": 1, "verdict": "missed", "place": places, "fields": {"speaker": "Ann Lee", "words": "It is … a grey day"}})
        assert read_corrections(tmp_path)["words"].iloc[0] == ";".join(f"{a}-{b}" for a, b in places) + " It is … a grey day"
        assert panel.given == {}  # it says nothing of the row that was shown

    def test_says_what_is_missing(self, panel, rows, tmp_path):
        panel.take({"row": 0, "verdict": "wrong", "place": None, "fields": rows.cards[0]["fields"]})
        assert "nothing has been changed" in panel.said and read_corrections(tmp_path).empty

    def test_knows_the_names_of_the_document_and_of_the_user(self, panel, rows, tmp_path):
        assert {"Ann Lee", "Eva Roe"} <= set(panel.names["paper"])
        (tmp_path / "speakers.csv").write_text("name\nZoë Zander\n", "utf-8")
        assert check_rows(rows, tmp_path).names["paper"] == [*panel.names["paper"], "Zoë Zander"]

    def test_stands_as_the_sample_where_no_widget_can(self, panel, rows):
        assert panel._repr_mimebundle_()[0]["text/html"] == rows._repr_mimebundle_()["text/html"]

    def test_is_not_among_the_committed_outputs(self):
        outputs = json.loads((PROJECT / "notebooks" / "07_check.ipynb").read_text("utf-8"))
        written = json.dumps(outputs)
        assert "widget-view" not in written and "the document created a uniform basis" in written.lower()


class TestRates:
    @pytest.mark.parametrize(("right", "of", "low", "high"), [  # Newcombe (1998), table I
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)])
    def test_wilson(self, right, of, low, high):
        assert wilson(right, of)[1:3] == pytest.approx((low, high), abs=1e-4)

    def test_more_rows_are_none_when_there_are_enough(self):
        assert wilson(500, 1000)[3] == 0 and wilson(5, 10)[3] == 371

    def rates(self, quotes, documents, *lines):
        table = error_rates(quotes, documents, pd.DataFrame(lines))
        return {(row.measure, row.kind): (row.right, row.of) for row in table.itertuples()}

    def test_count_statements_speakers_and_words(self, rows, quotes, documents):
        found = self.rates(quotes, documents, judged(rows, 0, "wrong", speaker="X"), judged(rows, 1, "not a statement"),
                           judged(rows, 2, "right"))
        assert found["is a statement", "all"] == (2, 3)
        assert found["right speaker", "all"] == (1, 2) and found["right words", "all"] == (2, 2)
        assert found["is a statement", rows.rows["kind"].iloc[0]][1] >= 1

    def test_leave_out_rows_that_were_not_drawn_by_lot(self, rows, quotes, documents):
        line = judged(rows, 0, "right")
        missed = judged(rows, 0, "missed", words="a grey day", speaker="Ann Lee")
        assert self.rates(quotes, documents, line | {"by": "least sure"}, missed) == {}
        assert self.rates(quotes, documents, line | {"by": "direct"}) == {("is a statement", "direct"): (1, 1)}

    def test_recall_is_that_of_whole_passages(self, rows, quotes, documents):
        last = len(rows.rows) - 1
        line = judged(rows, last, "complete") | {"start": "0", "end": str(len(TEXT))}
        found = self.rates(quotes, documents, line, judged(rows, 0, "missed", words="a grey day", speaker="Ann Lee"))
        assert found == {("recall", "all"): (len(rows.rows), len(rows.rows) + 1)}

    def test_of_figures(self, figures, documents):
        rows = sample(figures, documents, n=3)
        lines = [judged(rows, 0, "right"), judged(rows, 1, "wrong", of="something else"), judged(rows, 2, "not a figure")]
        found = self.rates(figures, documents, *lines)
        assert found["is a figure", "all"] == (2, 3) and found["right of", "all"] == (1, 2)
        assert found["right words", "all"] == (2, 2)

    def test_go_on_without_a_damaged_line(self, rows, quotes, documents):
        found = self.rates(quotes, documents, judged(rows, 0, "right") | {"words": "7"}, judged(rows, 1, "right"))
        assert found["is a statement", "all"] == (1, 1)


class TestLearning:
    """A kit that is too sure: of its rows at 0.9 half are right, and none of those at 0.2."""

    def judged_rows(self, n):
        documents = pd.DataFrame({"text": ["x" * n]}, index=["paper"])
        sure = [0.9 if k % 3 else 0.2 for k in range(n)]
        quotes = pd.DataFrame({"doc": "paper", "start": range(n), "end": range(1, n + 1), "quote": "x", "kind": "direct",
                               "speaker": "Ann Lee", "confidence": sure, "timex": None})
        lines = [{"sha256": keys_of(quotes, documents)[0][0], "doc": "paper", "table": "quotes", "start": str(k), "end": str(k + 1),
                  "verdict": "right", "words": f"{k}-{k + 1} x", "speaker": "Ann Lee" if k % 3 == 1 else "Eva Roe"} for k in range(n)]
        return quotes, documents, pd.DataFrame(lines)

    def test_asks_for_more_rows(self):
        with pytest.raises(KitError, match="30 judged quotes, 20 of them wrong, .* judge 20 more"):
            learned(*self.judged_rows(30))

    def test_fits_the_confidence(self, tmp_path):
        quotes, documents, corrections = self.judged_rows(90)
        curve = learned(quotes, documents, corrections)
        assert curve["after"] < curve["before"] and curve["rows"] == 90
        (tmp_path / "confidence.json").write_text(json.dumps(curve))
        now = corrected(quotes, documents, tmp_path)["confidence"]
        assert now[quotes["confidence"] == 0.9].iloc[0] == pytest.approx(0.5, abs=0.05)
        assert now[quotes["confidence"] == 0.2].iloc[0] < 0.1

    def test_command_says_what_is_needed(self, tmp_path, capsys):
        (tmp_path / "a.txt").write_text("Ann Lee said that it rained.", "utf-8")
        assert main(["learn", str(tmp_path)]) == 1 and "judge 50 more" in capsys.readouterr().err
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

    def test_command_writes_the_file(self, tmp_path, capsys, monkeypatch):
        quotes, documents, corrections = self.judged_rows(90)
        (tmp_path / "a.txt").write_text("It rained.", "utf-8")
        monkeypatch.setattr("helpers.check.rates.load", lambda path: documents)
        monkeypatch.setattr("helpers.check.rates.find_quotes", lambda documents: quotes)
        add_corrections(corrections.reindex(columns=COLUMNS, fill_value="").to_dict("records"), tmp_path)
        assert main(["learn", str(tmp_path)]) == 0 and "was written" in capsys.readouterr().out
        assert load(tmp_path).index.tolist() == ["a"]

    @pytest.mark.parametrize("damage", ["{", "[]", '{"slope": "x"}'])
    def test_damaged_file_is_named(self, damage, quotes, documents, tmp_path):
        (tmp_path / "confidence.json").write_text(damage)
        with pytest.raises(KitError, match="confidence.json is damaged"):
            corrected(quotes, documents, tmp_path)


class TestAgreement:
    def test_of_two_people(self):
        # twenty rows: both right 9, both wrong 5, apart 6: kappa (14/20 - .51) / .49
        pairs = [("right", "right")] * 9 + [("wrong", "wrong")] * 5 + [("right", "wrong")] * 3 + [("wrong", "right")] * 3
        lines = [{"sha256": "0", "table": "quotes", "start": str(n), "end": "99", "who": who, "verdict": verdict}
                 for n, pair in enumerate(pairs) for who, verdict in zip(("Ann", "Bob"), pair, strict=True)]
        found = agreement(pd.DataFrame(lines)).iloc[0]
        assert found["rows"] == 20 and found["same"] == pytest.approx(0.7)
        assert found["kappa"] == pytest.approx((0.7 - 0.52) / 0.48) and 0.3 < found["alpha"] < 0.45

    def test_is_full_where_all_say_the_same(self, rows):
        lines = [judged(rows, n, "right", who=who) for n in (0, 1) for who in ("Ann", "Bob")]
        assert agreement(pd.DataFrame(lines))[["same", "kappa", "alpha"]].iloc[0].tolist() == [1, 1, 1]

    def test_of_one_person_is_none(self, rows):
        assert agreement(pd.DataFrame([judged(rows, 0, "right")])).empty


@pytest.mark.parametrize(("text", "value"), [("It opened on 2 May 2017.", "banana"), ("It took three days.", "5 days"),
                                             ("It cost $5.", "1e999"), ("It cost $5.", "nan"), ("It cost $5.", "15–10")])
def test_nonsense_is_no_correction(text, value):
    documents = pd.DataFrame({"text": [text]})
    rows = sample(find_figures(documents), documents)
    with pytest.raises(KitError, match="is no "):
        judged(rows, 0, "wrong", value=value)


class TestCommand:
    @pytest.mark.parametrize("asked", [[], ["a"], ["a", "b", "--out", "c"], ["learn"], ["learn", "a", "b"], ["learn", "a", "--out", "b"]])
    def test_says_how_it_is_called(self, asked, capsys):
        with pytest.raises(SystemExit, match="2"):
            main(asked)
        assert "learn PATH" in capsys.readouterr().err

    def test_names_a_path_that_is_not_there(self, capsys):
        assert main(["learn", "no-such-folder"]) == 1 and "no-such-folder" in capsys.readouterr().err


def test_what_was_corrected_is_marked_where_it_is_shown(rows, quotes, figures, documents):
    def shown(*lines):
        return show_text(documents, "paper", quotes=after(quotes, documents, *lines), figures=after(figures, documents, *lines))

    wrong = judged(rows, 0, "wrong", speaker="Eva Roe")
    money = judged(sample(figures, documents, by="money"), 0, "wrong", unit="USD")
    assert "✎" not in shown(judged(rows, 0, "right")).html and "checked: right" in shown(judged(rows, 0, "right")).html
    for line in (wrong, money):
        html = shown(line).html
        whole = html.split("<details")[0]  # each layer comes again alone
        assert whole.count("✎") == 2 and "✎ corrected by a person" in html and "checked: corrected" in html
