"""Loading: what becomes a document, what its facts are, and what is reported instead."""
from __future__ import annotations

import functools
import hashlib
import os
import textwrap
import zipfile

import pandas as pd
import pytest
import samples
from hypothesis import given, settings
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers import KitError, find_figures, find_phrases, find_quotes, find_themes, load, tokenize
from helpers.documents import DOCUMENT_COLUMNS, PROJECT, clean, decode, resolve
from helpers.documents.clean import unwrapped
from helpers.documents.facts import find_day, first_lines, is_date_line, named_facts, split_head
from helpers.documents.language import language_of

STORY = "The minister spoke to the press in the capital and said that it was good for the country.\n"
LONG = ("The ministers of the three lake provinces agreed on Thursday evening that every ferry company should publish its timetable, and that "
        "the old harbour would be dredged before the summer; the work costs $ 52 million and will take about nine weeks.")
FRENCH = "Le ministre des transports a parlé à la presse hier soir dans la capitale.\n"


def write(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def stories(*names):
    return {name: f"{STORY}This one is called {name}.\n" for name in names}


def problems_of(documents):
    return dict(zip(documents.attrs["problems"]["path"], documents.attrs["problems"]["problem"], strict=True))


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
    assert documents.attrs["origins"].iloc[0].dropna().to_dict() == {"format": "txt", "encoding": "utf-8", "language": "words"}


class TestPlaces:
    def test_a_folder_gives_the_same_names_everywhere(self, tmp_path):
        for folder in ("one", "two"):
            write(tmp_path / folder, stories("b.txt", "a/c.md", "a/c.txt", ".hidden", ".git/x.txt", "__MACOSX/y.txt"))
        names = [list(load(tmp_path / folder).index) for folder in ("one", "two")]
        assert names[0] == names[1] == ["a/c.md", "a/c.txt", "b"]

    def test_one_file_is_a_folder_of_one(self, tmp_path):
        write(tmp_path, stories("story.txt"))
        assert list(load(tmp_path / "story.txt").index) == ["story"]

    def test_an_archive_is_a_folder(self, tmp_path):
        inner = samples.zipped(stories("deep.txt"))
        write(tmp_path, {"news.zip": samples.zipped(stories("a.txt", "in/b.txt", "__MACOSX/in/b.txt") | {"more.zip": inner})})
        assert list(load(tmp_path / "news.zip").index) == ["a", "in/b", "more.zip/deep"]
        assert list(load(tmp_path).index) == ["news.zip/a", "news.zip/in/b", "news.zip/more.zip/deep"]

    def test_a_pattern(self, tmp_path):
        write(tmp_path, stories("a.txt", "b.md", "in/c.txt", "in/more/d.txt"))
        assert list(load(tmp_path / "*.txt").index) == ["a"]
        assert list(load(tmp_path / "**" / "*.txt").index) == ["a", "in/c", "in/more/d"]
        assert load(resolve(tmp_path / "in*")).index.tolist() == ["in/c", "in/more/d"]

    def test_links_out_of_the_folder_are_not_followed_and_are_said(self, tmp_path):
        write(tmp_path, stories("in/good.txt", "out/secret.txt"))
        (tmp_path / "in" / "link.txt").symlink_to(tmp_path / "out" / "secret.txt")
        (tmp_path / "in" / "folder").symlink_to(tmp_path / "out")
        (tmp_path / "in" / "round").symlink_to(tmp_path / "in")
        documents = load(tmp_path / "in")
        assert list(documents.index) == ["good"]
        assert {"link.txt", "folder"} <= set(problems_of(documents))

    def test_links_to_themselves_are_said(self, tmp_path):
        write(tmp_path, stories("good.txt"))
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
        assert "symbolic links" in problems_of(load(tmp_path))["loop.txt"]

    def test_a_file_is_read_before_a_link_to_it(self, tmp_path):
        write(tmp_path, stories("b.txt"))
        (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
        documents = load(tmp_path)
        assert list(documents.index) == ["b"] and problems_of(documents) == {"a.txt": "the same text as b.txt"}

    def test_a_folder_that_cannot_be_listed_is_said(self, tmp_path, monkeypatch):
        write(tmp_path, stories("good.txt", "closed/lost.txt"))

        def refuse(path, then):
            if str(path).endswith("closed"):
                raise PermissionError(13, "Permission denied", str(path))
            return then(path)

        for name in ("scandir", "listdir"):
            monkeypatch.setattr(os, name, functools.partial(refuse, then=getattr(os, name)))
        documents = load(tmp_path)
        assert list(documents.index) == ["good"] and "Permission denied" in problems_of(documents)["closed"]

    def test_an_archive_without_files_is_said(self, tmp_path):
        write(tmp_path, stories("good.txt") | {"none.zip": samples.zipped({})})
        assert problems_of(load(tmp_path)) == {"none.zip": "an empty archive"}

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_files_of_one_name_in_an_archive_are_said(self, tmp_path):
        with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
            for text in (STORY, STORY * 2):
                archive.writestr("a.txt", text)
        documents = load(tmp_path)
        assert documents["text"].tolist() == [STORY]
        assert problems_of(documents) == {"n.zip": "1 files in it have the name of another and are not read"}

    @pytest.mark.parametrize("files", [{}, {"scan.jpg": b"\xff\xd8"}], ids=["empty", "only a picture"])
    def test_nothing_to_read_is_one_clear_error(self, tmp_path, files):
        with pytest.raises(KitError, match="nothing to read"):
            load(write(tmp_path, files))

    @pytest.mark.parametrize("path", ["no-such-folder", "no-such/*.txt", "~nobody-here/x", "bad\0name", ""], ids=repr)
    def test_a_wrong_path_is_a_clear_error(self, path, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(KitError, match="looked in|nothing to read"):
            load(path)


class TestFacts:
    @pytest.mark.parametrize(("name", "text", "facts"), [
        ("2017-11-23_meeting.txt", STORY, {"date": "2017-11-23", "title": None}),
        ("20171123-meeting.txt", STORY, {"date": "2017-11-23"}),
        ("2017-13-45_meeting.txt", STORY, {"date": None}),
        ("a20171123b.txt", STORY, {"date": None}),
        ("x.txt", "Title: A meeting\nDate: 23 November 2017\nAuthor: A. Writer\nSource: Agency\n\n" + STORY,
         {"title": "A meeting", "date": "2017-11-23", "author": "A. Writer", "source": "Agency"}),
        ("x.md", "---\ntitle: \"A meeting\"\ndate: 2017-11-23\nauthors:\n  - Ann Lee\n  - Bo Ek\ntags: [x]\n---\n" + STORY,
         {"title": "A meeting", "date": "2017-11-23", "author": "Ann Lee, Bo Ek"}),
        ("x.md", "# Ministers meet\n\n" + STORY, {"title": "Ministers meet"}),
        ("x.txt", "Ministers meet in the capital\n\n" + STORY, {"title": "Ministers meet in the capital"}),
        ("x.txt", "Title: A\nDate: 2017-11-23\nURL: https://a.example\n\n" + STORY, {"title": "A", "date": "2017-11-23"}),
        ("x.txt", "\n\nTITLE: A\n  and more\nDATE: 2017-11-23\n\n" + STORY, {"title": "A and more", "date": "2017-11-23"}),
        ("x.txt", "Subject: A\nDate: 2017-11-23\n" + STORY + "\nMore.", {"title": "A", "date": "2017-11-23"}),
        ("x.md", "---\ntitle: >\n  A long\n  title\ndate: 2017-11-23\n---\n" + STORY, {"title": "A long title", "date": "2017-11-23"}),
        ("x.txt", "Date: unknown\n\n" + STORY, {"date": None}),
        ("x.txt", "It rained.\n\n" + STORY, {"title": None}),
    ], ids=str)
    def test_facts_of_a_text(self, tmp_path, name, text, facts):
        write(tmp_path, {name: text})
        row = load(tmp_path).iloc[0]
        assert {key: row[key] if pd.notna(row[key]) else None for key in facts} == facts
        assert STORY.strip() in row["text"]

    def test_head_lines_leave_the_text(self, tmp_path):
        write(tmp_path, {"x.txt": "Title: A\nDate: 2017-11-23\n\n" + STORY})
        assert load(tmp_path)["text"].iloc[0] == STORY

    def test_the_order_of_precedence(self, tmp_path):
        table = "file,title,source,date\nx.txt,From the table,,2001-01-01\nin/y,Other,Paper,\ngone.txt,,,\n"
        head = "Title: From the head\nSource: Head\nDate: 2002-02-02\n\n"
        write(tmp_path, {"metadata.csv": table, "x.txt": head + STORY,
                         "2003-03-03.txt": f"From the text\n\nOSLO, May 2, 2004 (Agency) — {STORY}", "in/y.txt": STORY * 2})
        documents = load(tmp_path)
        origins = documents.attrs["origins"]
        assert documents.loc["x", ["title", "source", "date"]].tolist() == ["From the table", "Head", "2001-01-01"]
        assert origins.loc["x", ["title", "source", "date"]].tolist() == ["metadata.csv", "head lines", "metadata.csv"]
        assert documents.loc["2003-03-03", ["title", "source", "date"]].tolist() == ["From the text", "Agency", "2003-03-03"]
        assert origins.loc["2003-03-03", ["title", "date"]].tolist() == ["first lines", "file name"]
        assert documents.loc["in/y", ["title", "source"]].tolist() == ["Other", "Paper"]
        assert problems_of(documents) == {"metadata.csv": "names 1 files that are not here (gone.txt)"}

    @pytest.mark.parametrize(("text", "facts"), [
        ("Ministers meet\n\nBy Ann Lee\n\nText.", {"title": "Ministers meet", "author": "Ann Lee"}),
        ("By Ann Lee and Bo van Ek, staff writers\n\nText.", {"author": "Ann Lee and Bo van Ek"}),
        ("WASHINGTON, D.C., May 2, 2017 /NewsLine/ -- The", {"date": "2017-05-02", "source": "NewsLine"}),
        ("LONDON, 5 May 2017 – The bank", {"date": "2017-05-05"}),
        ("UST-TORGAN, October 17, 2019. /StepInform/. More", {"date": "2019-10-17", "source": "StepInform"}),
        ("FOR IMMEDIATE RELEASE\n\nFees to rise\n\nText.", {"title": "Fees to rise"}),
        ("FOR IMMEDIATE RELEASE\nMay 5, 2026\n\nHarbour Dues Are to Rise by a Tenth in\nMay\n\nText.",
         {"title": "Harbour Dues Are to Rise by a Tenth in May", "date": "2026-05-05"}),
        ("NEWS RELEASE\nEMBARGOED UNTIL 3 MAY\n\nFees to rise\n\nText.", {"title": "Fees to rise"}),
        ("Press release: Fees to rise\n\nText.", {"title": "Fees to rise"}),
        ("Press releases bore us all\n\nText.", {"title": "Press releases bore us all"}),
        ("For immediate release: 3 June 2016\n\nHeadline\n\nText.", {"title": "Headline", "date": "2016-06-03"}),
        ("BANGKOK, November 23 (Agency) — On", {"source": "Agency"}), ("HALMAR, 17 Oct. /Agency/ -- On", {"source": "Agency"}),
        ("ABC NEWS, a broadcaster (UK) — says", {}), ("LONDON. It rained on 5 May 2017. And", {}),
        ("By the time they met it rained.\n\nText.", {}), ("The A. B. said on 5 May 2017: no", {}), ("", {}),
    ], ids=str)
    def test_first_lines(self, text, facts):
        assert first_lines(text) == facts

    @pytest.mark.parametrize(("text", "facts", "rest"), [
        ("---\nSome words.\n---\nText", {}, None), ("Title: A\nText goes on\n\nMore", {}, None),
        ("Note: this\nWarning: that\n\nText", {}, None), ("---\ntitle: 'It''s'\n...\nText", {"title": "It''s"}, "Text"),
        ("Headline: A\nByline: B\n\nText", {"title": "A", "author": "B"}, "Text"),
        ("Title: A\nDate: 2017\nBANGKOK: It rained.\nMore.", {"title": "A", "date": "2017"}, "BANGKOK: It rained.\nMore."),
        ("LEE: Yes.\nEK: No.\nTitle: A\nText", {}, None), ("Title: A\n- one\nText", {}, None),
    ], ids=str)
    def test_split_head(self, text, facts, rest):
        assert split_head(text) == (facts, text if rest is None else rest)

    def test_columns_are_known_by_their_usual_names(self):
        row = {"Headline": "A", "URL": "x", "Published At": "2017", "By-Line": "B", "Newspaper": "nan", "publisher": "C"}
        assert named_facts(row) == {"title": "A", "date": "2017", "author": "B", "source": "C"}

    @pytest.mark.parametrize(("written", "day"), [
        ("2017-11-23", "2017-11-23"), ("2017-11-23T10:15:00+03:00", "2017-11-23"), ("20171123", "2017-11-23"),
        ("23 November 2017", "2017-11-23"), ("Thursday, Nov. 23, 2017", "2017-11-23"), ("November 23rd 2017", "2017-11-23"),
        ("23/11/2017", "2017-11-23"), ("23.11.2017", "2017-11-23"), ("4/4/2017", "2017-04-04"), ("3/4/2017", None), ("3.4.2017", "2017-04-03"), ("4.13.2017", "2017-04-13"),
        ("31 June 2017", None), ("November 2017", None), ("23/11/17", None), ("", None), ("version 2017.11.233", None),
        ("the 2nd of May 2017", "2017-05-02"),
    ], ids=str)
    def test_days(self, written, day):
        assert find_day(written) == day

    @pytest.mark.parametrize(("line", "day"), [
        ("Published: 23 November 2017, 10:15 a.m. EST", "2017-11-23"), ("November 23, 2017 Thursday", "2017-11-23"),
        ("23 November 2017 was a Thursday", None), ("The 23 November 2017", None),
    ], ids=str)
    def test_date_lines(self, line, day):
        assert is_date_line(line) == day


class TestText:
    @pytest.mark.parametrize(("data", "text", "encoding"), [
        ("“Trade”".encode(), "“Trade”", "utf-8"),
        (b"\xef\xbb\xbf" + "“Trade”".encode(), "“Trade”", "utf-8"),
        ("“Trade”".encode("utf-16"), "“Trade”", "utf-16"),
        ("“Trade” grew again".encode("utf-16-le"), "“Trade” grew again", "utf-16-le"),
        ("“Trade”".encode("utf-32"), "“Trade”", "utf-32"),
        ("“Trade” — café".encode("cp1252"), "“Trade” — café", "cp1252"),
        ("It’s “Trade”, he said.".encode("mac-roman"), "It’s “Trade”, he said.", "mac-roman"),
        ("Заявил Алимов: «Торговля растёт»".encode("cp1251"), "Заявил Алимов: «Торговля растёт»", "cp1251"),
        ("Заявил Алимов, торговля растёт".encode("koi8-r"), "Заявил Алимов, торговля растёт", "koi8-r"),
        ("“Trade” — “café” — “naïve”".encode()[:-1], "“Trade” — “café” — “naïve�", "utf-8"),
        (b"", "", "utf-8"),
        ("He said «да, Министр» and left the room".encode("cp1251"), "He said «да, Министр» and left the room", "cp1251"),
    ], ids=lambda value: value if isinstance(value, str) else "")
    def test_decode(self, data, text, encoding):
        assert decode(data) == (text, encoding)

    @pytest.mark.parametrize(("stated", "encoding"), [("iso-8859-1", "cp1252"), ("US-ASCII", "cp1252"), ("utf-8", "cp1252"),
                                                      ("utf-16", "cp1252"), ("cp1250", "cp1250"), ("x-none", "cp1252"), ("hex", "cp1252")])
    def test_what_is_stated_counts_where_it_fits(self, stated, encoding):
        assert decode("“Trade” — café".encode("cp1252"), stated=stated) == ("“Trade” — café", encoding)

    @pytest.mark.parametrize(("words", "encoding"), [("部长星期四表示，渡轮应准时运行。", "gb18030"), ("大臣は木曜日にフェリーは運航すべきだと述べた。", "shift_jis")])
    def test_words_in_no_known_encoding_are_not_read_as_english(self, tmp_path, words, encoding):
        documents = load(write(tmp_path, stories("good.txt") | {"other.txt": (words * 3).encode(encoding)}))
        assert list(documents.index) == ["good"] and "encoding" in problems_of(documents)["other.txt"]

    @pytest.mark.parametrize(("text", "cleaned"), [
        ("a\r\nb\rc\x0bd\u2028e", "a\nb\nc\nd\ne"), ("a\x0cb\u2029c", "a\n\nb\n\nc"), ("cafe\u0301", "café"),
        ("co\u00adop\u200berate\ufeff\u2060\u202e", "cooperate"), ("5\u00a0per\u202fcent", "5\u00a0per\u202fcent"),
        ("\x00\x07\x1b[2Jx\x7f", "[2Jx"), ("\ud800x", "\ufffdx"), ("“a” ‘b’ «c» „d“ ''e''", "“a” ‘b’ «c» „d“ ''e''"),
        ("می\u200cخواهم", "می\u200cخواهم"), ("\ttab and  two spaces ", "\ttab and  two spaces "),
    ], ids=repr)
    def test_clean(self, text, cleaned):
        assert clean(text) == cleaned

    @pytest.mark.parametrize(("text", "kept"), [
        (textwrap.fill(LONG, 60), LONG), (f"{textwrap.fill(LONG, 72)}\n\n{textwrap.fill(LONG, 72)}\n", f"{LONG}\n\n{LONG}\n"),
        (textwrap.fill(LONG.replace("company", "com- pany"), 92), LONG), (LONG + "\nIt rained.\nThen it snowed.", None),
        ("The lake\nlies still\nand the boats\nare gone.", None), ("Roads:\n- the new ring road of the lake\n- the old road to the sea", None),
        ("ANN LEE: When will the ferries run on time?\nBO EK: Soon.\nANN LEE: When?", None),
    ], ids=["a paragraph", "two", "a broken word", "a paragraph on each line", "a poem", "a list", "turns"])
    def test_lines_broken_at_a_width_are_put_together(self, tmp_path, text, kept):
        for suffix in (".txt", ".eml"):
            documents = load(write(tmp_path, {"a" + suffix: ("Subject: A\n\n" if suffix == ".eml" else "") + text}))
            assert documents["text"].iloc[0] == (kept or text)
            (tmp_path / ("a" + suffix)).unlink()

    @settings(max_examples=50, deadline=None)
    @given(st.text(alphabet="a b.-\nB", max_size=400))
    def test_putting_lines_together_keeps_every_letter(self, text):
        letters = str.maketrans("", "", " \n-")
        assert unwrapped(text).translate(letters) == text.translate(letters)

    @settings(max_examples=50, deadline=None)
    @given(st.binary(max_size=400))
    def test_any_bytes_become_text_that_can_be_written(self, data):
        try:
            text = clean(decode(data)[0])
        except KitError as problem:
            assert "encoding that is not known" in str(problem)
            return
        assert "\r" not in text and "\x00" not in text
        assert clean(text) == text
        text.encode("utf-8")

    @settings(max_examples=50, deadline=None)
    @given(st.text(max_size=300))
    def test_any_text_has_a_head_and_a_beginning(self, text):
        facts, rest = split_head(text)
        assert rest in text and set(facts) <= {"title", "date", "author", "source", "language"}
        assert set(first_lines(text)) <= {"title", "date", "author", "source"}
        assert find_day(text) is None or len(find_day(text)) == 10
        assert language_of(text) is None or language_of(text).isalpha()


class TestLanguage:
    @pytest.mark.parametrize(("text", "code"), [
        (STORY, "en"), (FRENCH, "fr"), ("De minister zei donderdag dat de veerboten in het land op tijd moeten varen.", "nl"),
        ("Министр заявил в четверг, что паромы должны ходить по расписанию.", "ru"), ("部长星期四表示，渡轮应准时运行。", "zh"),
        ("Bangkok", "en"), ("Angela Merkel, Emmanuel Macron, Recep Tayyip Erdogan", "en"), ("12, 15; 18", None), ("", None),
        ("Table 1: GDP, 2016, 2017\nKazakhstan 4.5 4.8", "en"), (f"{STORY * 3} « C’est la vie », a dit le ministre.", "en"),
    ], ids=str)
    def test_language_of(self, text, code):
        assert language_of(text) == code

    def test_other_languages_are_loaded_marked_and_not_analysed(self, tmp_path):
        said = "\n“We want trade, and 5 per cent,” said Ann Lee, the minister.\n"
        write(tmp_path, {"good.txt": STORY + said, "autre.txt": FRENCH * 3 + said})
        documents = load(tmp_path)
        assert documents["language"].to_dict() == {"autre": "fr", "good": "en"}
        assert problems_of(documents) == {"autre.txt": "is in French"}
        for call in (find_quotes, find_figures, find_phrases, tokenize, lambda d: find_themes(d, themes={"trade": ["trade"]})):
            assert set(call(documents)["doc"]) == {"good"}
            assert call(documents[documents["language"] == "fr"]).empty

    @pytest.mark.parametrize(("documents", "said"), [
        ("The minister spoke.", "not str \\('The minister spoke.'\\)"), (["a", "b"], "not list"), (None, "not NoneType"),
        (pd.DataFrame({"body": ["It grew."]}), "no column 'text' .*its columns: body"), (pd.DataFrame(), "its columns: none"),
        (pd.DataFrame({"text": ["It grew.", "It fell."]}, index=["a", "a"]), "several documents have the name 'a'"),
        (pd.Series({"text": "It grew."}), "not Series"),
    ], ids=["text", "list", "nothing", "another column", "empty", "one name", "row"])
    def test_what_is_no_table_of_documents_is_told(self, documents, said):
        for call in (find_quotes, find_figures, find_phrases, tokenize, find_themes):
            with pytest.raises(KitError, match=said):
                call(documents)

    def test_a_notebook_shows_one_sentence(self):
        shell = InteractiveShell.instance()
        with capture_output() as shown:
            shell.run_cell("from helpers import load; load('no-such-folder')")
        assert shown.stdout.startswith("KitError: no file or folder 'no-such-folder'") and "Traceback" not in shown.stdout
        assert shown.stdout.count("\n") == 1

    def test_what_somebody_says_of_the_language_counts(self, tmp_path):
        table = "file,language\na.txt,English\nb.txt,French\n"
        documents = load(write(tmp_path, {"metadata.csv": table, "a.txt": FRENCH, "b.txt": STORY}))
        assert documents["language"].to_dict() == {"a": "en", "b": "fr"}
        assert problems_of(documents) == {"b.txt": "is in French"}


class TestProblems:
    def test_what_cannot_be_read_is_a_table_and_the_rest_goes_on(self, tmp_path):
        write(tmp_path, {"good.txt": STORY, "empty.txt": " \n", "marks.txt": "*** --- ***", "scan.png": b"x", "data.txt": b"a\x00b"})
        documents = load(tmp_path)
        assert list(documents.index) == ["good"]
        found = documents.attrs["problems"]
        assert list(found.columns) == ["path", "problem", "advice"]
        assert set(found["path"]) == {"empty.txt", "marks.txt", "scan.png", "data.txt"}
        assert found["advice"].str.len().gt(10).all()

    def test_accents_of_file_names_may_be_apart(self, tmp_path):
        write(tmp_path, {"metadata.csv": "file,title\ncaf\u00e9.txt,Ours\n", "cafe\u0301.txt": STORY})
        assert load(tmp_path)["title"].tolist() == ["Ours"]

    def test_the_same_text_counts_once_and_a_reprint_is_kept(self, tmp_path):
        write(tmp_path, {"a.txt": STORY, "b.md": STORY.replace(" ", "  "), "2017-11-23.txt": STORY * 2, "2017-11-24.txt": STORY * 2})
        documents = load(tmp_path)
        assert list(documents.index) == ["2017-11-23", "2017-11-24", "a"]
        assert problems_of(documents) == {"2017-11-24.txt": "the same text as 2017-11-23.txt", "b.md": "the same text as a.txt"}

    def test_files_that_may_not_be_read(self, tmp_path, monkeypatch):
        write(tmp_path, stories("good.txt", "bad.txt"))
        opened = type(tmp_path).open
        monkeypatch.setattr(type(tmp_path), "open", lambda path, *rest, **more: (_ for _ in ()).throw(
            PermissionError(13, "Permission denied")) if path.name == "bad.txt" else opened(path, *rest, **more))
        assert problems_of(load(tmp_path)) == {"bad.txt": "cannot be opened (Permission denied)"}

    def test_tables_of_two_folders_can_be_joined_and_copied(self, tmp_path):
        write(tmp_path, stories("one/a.txt", "two/b.txt") | {"two/c.png": b"x"})
        one, two = load(tmp_path / "one"), load(tmp_path / "two")
        assert list(pd.concat([one, two]).index) == list(pd.concat([one.copy(), two.copy()]).index) == ["a", "b"]

    def test_names_and_facts_in_no_known_writing_can_be_saved(self, tmp_path):
        row = '{"title": "\\ud800 x", "id": "\\udfff", "text": "' + STORY.strip() + '"}'
        write(tmp_path, {"b.jsonl": row})
        try:
            (tmp_path / "a\udcff.txt").write_text(STORY * 2)
        except (OSError, UnicodeError):
            pytest.skip("the file system takes no such names")
        documents = load(tmp_path)
        documents.to_csv(tmp_path / "out.csv")
        assert list(documents["path"]) == ["a\\udcff.txt", "b.jsonl#\ufffd"] and documents["title"].iloc[1] == "\ufffd x"


@pytest.mark.parametrize(("call", "said"), [
    (lambda d: load(5), "5 is no path"),
    (lambda d: load("seeds", columns="content"), "names no facts"),
    (lambda d: find_themes(d, themes={"trade": 5}), "'trade' is not a list of words"),
    (lambda d: find_figures(d, quotes=find_figures(d)), "no quotes table"),
    (lambda d: find_figures(d, quotes="x"), "no quotes table"),
])
def test_wrong_input_is_told_in_a_sentence(call, said):
    with pytest.raises(KitError, match=said):
        call(pd.DataFrame({"text": ["Ann Lee paid 5,000 soles."]}))


def test_a_currency_that_ends_in_s_is_itself():
    paid = pd.DataFrame({"text": ["Ann Lee paid 5,000 soles and 3 million reais."]})
    assert find_figures(paid)["unit"].tolist() == ["PEN", "BRL"]


def test_a_head_line_that_is_no_usual_one_stays_in_the_text(tmp_path):
    head = "Transcript: Press conference by Dr. Ida Roe, Director of the Agency\nTitle: Measles\nDate: 2025-01-22"
    (tmp_path / "qa.txt").write_text(f"{head}\nURL: https://agency.example/1\n\nDR. ROE: We sang.\n")
    documents = load(tmp_path)
    assert documents["title"].tolist() == ["Measles"]
    assert documents["text"].iloc[0].strip() == "Transcript: Press conference by Dr. Ida Roe, Director of the Agency\n\nDR. ROE: We sang."


def test_a_second_column_of_texts_is_told(tmp_path):
    long = "The bridge opened again on Monday after a long winter of repairs, the town said. " * 3
    (tmp_path / "two.csv").write_text(f"text,content,date\nShort.,{long.replace(',', '')},2025-01-02\n")
    assert "'content' has texts as well as 'text'" in load(tmp_path).attrs["problems"]["problem"].iloc[0]
