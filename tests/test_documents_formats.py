"""Formats: what becomes of a file of each kind, and what is said of files that cannot be read."""
from __future__ import annotations

import json
from email.message import EmailMessage
from importlib import import_module

import pandas as pd
import pytest
import samples

from helpers import load
from helpers.documents import KitError
from helpers.documents.model import Source
from helpers.documents.readers import MOST_BYTES, READERS, format_of
from helpers.documents.readers.office import MC, W
from helpers.documents.readers.text import plain
from helpers.documents.readers.web import parts_of, visible_text

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FILES = {
    "page.html": samples.html(), "word.docx": samples.word([*samples.STORY, "In Word."]),
    "open.odt": samples.odt([*samples.STORY, "In ODT."]), "rich.rtf": samples.rtf([*samples.STORY, "In RTF."]),
    "mail.eml": samples.eml([*samples.STORY, "By mail."], attached=["release.pdf"]),
    "rows.csv": samples.csv(), "semicolons.csv": samples.csv([r | {"Content": r["Content"] + " ;"} for r in samples.ROWS], mark=";"),
    "rows.tsv": samples.csv([r | {"Content": r["Content"] + " tsv"} for r in samples.ROWS], mark="\t"),
    "rows.xlsx": samples.xlsx([r | {"Content": r["Content"] + " xlsx"} for r in samples.ROWS]),
    "rows.jsonl": samples.jsonl([r | {"Content": r["Content"] + " jsonl"} for r in samples.ROWS]) + b"\nnot json\n",
    "rows.json": json.dumps({"total": 3, "articles": [r | {"Content": r["Content"] + " json"} for r in samples.ROWS]}).encode(),
    "rows.parquet": samples.parquet([r | {"Content": r["Content"] + " parquet"} for r in samples.ROWS]),
    "paper.pdf": samples.pdf([samples.lines_of("Only a PDF says this of the ferries. " * 4)]),
    "misnamed.doc": samples.rtf(["A word processor's old file that is RTF."]),
    "misnamed.txt": samples.pdf([samples.lines_of("A file of text that is a PDF in truth.")]),
    "untitled.csv": b"when;what\n2017;The longest cells are the story, and that is known by their length.\n2018;\n",
    "no_text.csv": b"a,b\n1,2\n", "only_header.csv": b"text,title\n", "broken.docx": samples.word()[:900],
    "scan.pdf": samples.pdf([[]]), "locked.pdf": samples.pdf([samples.lines_of("Secret.")], password="x"),
    "broken.pdf": b"%PDF-1.7 nothing", "old.doc": OLD_OFFICE + b"x" * 600, "renamed.docx": OLD_OFFICE + b"x" * 600,
    "locked.xlsx": OLD_OFFICE + b"x" * 600 + "EncryptedPackage".encode("utf-16-le"), "photo.JPG": b"\xff\xd8",
    "data.pkl": b"\x80\x04", "speech.mp3": b"ID3", "plan.xyz": b"?", "nothing.html": b"<html></html>",
}


@pytest.fixture(scope="module")
def documents(tmp_path_factory):
    folder = tmp_path_factory.mktemp("formats")
    for name, data in FILES.items():
        (folder / name).write_bytes(data)
    return load(folder)


@pytest.mark.parametrize(("doc", "last"), [("word", "In Word."), ("open", "In ODT."), ("rich", "In RTF."), ("mail", "By mail.")])
def test_paragraphs_are_kept_and_marks_are_not_changed(documents, doc, last):
    paragraphs = documents.loc[doc, "text"].strip().split("\n\n")
    assert paragraphs[-4:] == [*samples.STORY, last]


def test_a_page_is_its_article_and_its_metadata(documents):
    row = documents.loc["page"]
    assert row["text"].split("\n\n")[-3:] == list(samples.STORY)
    assert "cookies" not in row["text"] and "World" not in row["text"] and "reserved" not in row["text"]
    assert list(row[["title", "date", "author", "source"]]) == [samples.TITLE, "2017-11-23", "Ann Writer", "Lake News"]
    assert set(documents.attrs["origins"].loc["page", ["title", "date", "author", "source"]]) == {"HTML metadata"}


@pytest.mark.parametrize(("doc", "title", "origin"), [
    ("word", samples.TITLE, "first lines"), ("open", samples.TITLE, "first lines"),
    ("mail", samples.TITLE, "mail headers"), ("rows.csv#r1", "Story 1", "columns"),
])
def test_titles_and_where_they_are_from(documents, doc, title, origin):
    assert documents.loc[doc, "title"] == title
    assert documents.attrs["origins"].loc[doc, "title"] == origin


def test_word_properties_are_no_authors_and_no_dates(documents):
    assert pd.isna(documents.loc["word", "author"]) and pd.isna(documents.loc["word", "date"])


@pytest.mark.parametrize("name", ["rows.csv", "rows.tsv", "rows.xlsx", "rows.jsonl", "rows.json", "rows.parquet"])
def test_each_row_of_a_table_is_a_document(documents, name):
    rows = documents[documents["path"].str.startswith(name + "#")]
    assert list(rows.index) == [f"{name}#r{n}" for n in range(3)] == list(rows["path"])
    assert list(rows["title"]) == ["Story 0", "Story 1", "Story 2"]
    assert list(rows["date"]) == ["2017-11-20", "2017-11-21", "2017-11-22"]
    assert set(rows["source"]) == {"Lake News"} and rows["sha256"].nunique() == 1
    assert rows["text"].iloc[1].startswith(samples.STORY[1])


def test_separators_are_found_out_and_the_text_is_found(documents):
    assert documents.loc["semicolons#r2", "text"] == samples.ROWS[2]["Content"] + " ;"
    assert documents.loc["untitled#1", "text"].startswith("The longest cells")


def test_first_bytes_outdo_the_name(documents):
    assert documents.loc["misnamed.doc", "text"].strip() == "A word processor's old file that is RTF."
    assert documents.loc["misnamed.txt", "text"] == "A file of text that is a PDF in truth."


@pytest.mark.parametrize(("name", "what"), [
    ("scan.pdf", "scan"), ("locked.pdf", "password"), ("broken.pdf", "damaged"), ("broken.docx", "damaged"),
    ("old.doc", "old or closed"), ("renamed.docx", "old Office file"), ("locked.xlsx", "password"), ("photo.JPG", "picture"),
    ("data.pkl", "code"), ("speech.mp3", "recording"), ("plan.xyz", "does not read"), ("no_text.csv", "no column of text"),
    ("only_header.csv", "without rows"), ("mail.eml", "attachments were not read: release.pdf"), ("rows.jsonl", "line 4"),
    ("untitled.csv", "no column is called 'text'"), ("nothing.html", "no text"),
])
def test_problems_say_what_happened_and_what_to_do(documents, name, what):
    problems = documents.attrs["problems"]
    rows = problems[problems["path"] == name]
    assert rows["problem"].str.contains(what).any() and rows["advice"].str.len().gt(10).all()


def test_nothing_else_is_a_problem(documents):
    expected = set(FILES) - {"page.html", "word.docx", "open.odt", "rich.rtf", "rows.csv", "semicolons.csv", "rows.tsv", "rows.xlsx",
                             "rows.json", "rows.parquet", "paper.pdf", "misnamed.doc", "misnamed.txt"}
    assert set(documents.attrs["problems"]["path"]) == expected


TEXT = samples.STORY[0]
BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"


def word(body: str) -> bytes:
    names = f'xmlns:w="{W[1:-1]}" xmlns:mc="{MC[1:-1]}"'
    return samples.changed(samples.word(), "word/document.xml", f"<w:document {names}><w:body>{body}</w:body></w:document>")


def of_word(words: str, hidden: str = "") -> str:
    return f"<w:p><w:r>{hidden}<w:t>{words}</w:t></w:r></w:p>"


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr></w:tbl>"


@pytest.mark.parametrize(("name", "data", "texts"), [
    ("a.docx", word(of_word(TEXT) + table(of_word("1"), of_word("2") + table(of_word("3"), of_word("4")))), [f"{TEXT}\n\n1\t2 3 4"]),
    ("a.docx", word(table(of_word(TEXT) + of_word("Two.") + table(of_word("3"), of_word("4")))), [f"{TEXT}\n\nTwo.\n\n3\t4"]),
    ("a.docx", word(of_word(TEXT) + f"<w:p><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:p>"),
     [f"{TEXT}\n\nIn a box."]),
    ("a.docx", word(of_word(TEXT) + of_word("Unseen.", "<w:rPr><w:vanish/></w:rPr>")), [TEXT]),
    ("a.csv", f"sep=;\nid;text\n1;{TEXT}\n".encode(), [TEXT]),
    ("a.csv", f"text,n,text\n{TEXT},1,Nothing.\n".encode(), [TEXT]),
    ("a.jsonl", json.dumps({"text": TEXT}).encode() + b"\n\xb2\xbf\xb3\xa4\n", [TEXT]),
    ("a.json", json.dumps({"text": TEXT, "tags": [{"a": 1}]}).encode(), [TEXT]),
    ("a.json", json.dumps([TEXT, TEXT + " Two."]).encode(), [TEXT, TEXT + " Two."]),
    ("a.json", json.dumps({"found": {"n": [1], "docs": [{"text": TEXT}]}}).encode(), [TEXT]),
    ("a.json", json.dumps({"2017": [{"text": TEXT}], "2018": [{"text": TEXT + " Two."}]}).encode(), [TEXT, TEXT + " Two."]),
    ("a.eml", b"Subject: A\nContent-Type: text/plain; charset=iso-8859-1\n\n\x93Yes\x94, he said.\n", ["“Yes”, he said.\n"]),
    ("a.html", b"<meta charset=iso-8859-1><p>\x93Yes\x94, he said, and the ferries went.", ["“Yes”, he said, and the ferries went."]),
], ids=["nested table", "table for layout", "box and its second version", "hidden", "Excel's first line", "two columns of one name", "broken line", "one object", "list of texts",
        "deep list", "two lists", "quotation marks in a mail", "quotation marks on a page"])
def test_what_becomes_of(tmp_path, name, data, texts):
    (tmp_path / name).write_bytes(data)
    assert load(tmp_path)["text"].tolist() == texts


TABLE = "Nr;Titel;Artikeltext;{}\n1;A;" + TEXT + " A.;{}\n2;B;" + TEXT + " B.;{}\n"


@pytest.mark.parametrize(("column", "cells", "dates", "note"), [
    ("Erscheinungstag", ("04.03.2021", "05.03.2021"), [None, None], "no column is called 'date', but Erscheinungstag have days"),
    ("Printed", ("March 4, 2021", "2021-03-05"), [None, None], "Printed have days"),
    ("Datum;Abruf", ("04.03.2021;01.02.2022", "05.03.2021;01.02.2022"), [None, None], "Datum, Abruf have days"),
    ("last_updated", ("2021-03-04", "2021-03-05"), [None, None], "last_updated have days"),
    ("Date", ("3/4/2021", "16/4/2021"), ["2021-04-03", "2021-04-16"], None), ("Date", ("3/4/2021", "4/16/2021"), ["2021-03-04", "2021-04-16"], None),
    ("Date", ("3/4/2021", "5/4/2021"), [None, None], "2 dates are no full days or may be two ('3/4/2021')"),
    ("Pub Date", ("2021-03-04", "spring"), ["2021-03-04", None], "1 dates are no full days"), ("Clicks", ("12", "2021"), [None, None], None),
], ids=["another name", "words", "two columns", "of a change", "day first", "month first", "either", "no day", "no column"])
def test_days_in_tables_are_found_or_asked_for(tmp_path, column, cells, dates, note):
    (tmp_path / "a.csv").write_text(TABLE.format(column, *cells), "utf-8")
    documents = load(tmp_path)
    assert [None if pd.isna(day) else day for day in documents["date"]] == dates
    said = " ".join(documents.attrs["problems"]["problem"])
    assert note in said if note else "day" not in said


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "jsonl", "json", "parquet"])
def test_columns_may_be_named(tmp_path, suffix):
    rows = [{"Kennung": f"k{n}", "Teaser": samples.TEXT * 2, "Artikeltext": f"{TEXT} {n}", "Erscheinungstag": f"0{n + 1}.03.2021",
             "Blatt": "Lake News"} for n in range(2)]
    data = json.dumps(rows).encode() if suffix == "json" else getattr(samples, suffix)(rows)
    (tmp_path / f"a.{suffix}").write_bytes(data)
    documents = load(tmp_path, columns={"text": "Artikeltext", "date": "erscheinungstag ", "source": "Blatt", "doc": "Kennung"})
    assert documents["text"].tolist() == [f"{TEXT} 0", f"{TEXT} 1"] and list(documents.index) == ["a#k0", "a#k1"]
    assert documents["date"].tolist() == ["2021-03-01", "2021-03-02"] and set(documents["source"]) == {"Lake News"}
    assert documents.attrs["problems"].empty


@pytest.mark.parametrize(("columns", "said"), [
    ({"text": "Artikel"}, "no column 'Artikel' among Nr, Titel, Artikeltext, Date"), ({"texts": "Artikeltext"}, "did you mean 'text'?"),
    ({"text": 3}, "names of columns"), ({"words": "Nr"}, "text, doc, title, date"),
], ids=str)
def test_columns_that_are_not_there(tmp_path, columns, said):
    (tmp_path / "a.csv").write_text(TABLE.format("Date", "2021-03-04", "2021-03-05"), "utf-8")
    with pytest.raises(KitError, match=said.replace("?", r"\?")):
        load(tmp_path, columns=columns)


def test_rows_without_anything_are_no_problem(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(samples.xlsx([{"text": TEXT, "n": 1}, {"text": None, "n": None}, {"text": None, "n": 3}]))
    assert load(tmp_path).attrs["problems"]["problem"].tolist() == ["1 rows hold no text (row 3)"]


def test_two_columns_of_one_name_are_said(tmp_path):
    rows = [["text", None, "n", "text", None], [TEXT, "a", 1, "Nothing.", "b"]]
    (tmp_path / "a.csv").write_text("\n".join(",".join(str(cell or "") for cell in row) for row in rows), "utf-8")
    assert load(tmp_path).attrs["problems"]["problem"].tolist() == ["two columns are called 'text'; took the first"]


def test_rows_that_are_longer_than_the_header_are_said(tmp_path):
    (tmp_path / "a.csv").write_text(f"id,text\na,{TEXT}\nb,{TEXT} Twice, but broken off,,\n", "utf-8")
    problems = load(tmp_path).attrs["problems"]
    assert problems["problem"].tolist() == ["1 rows have more cells than columns (row 2)"]


def test_a_row_without_words_is_said(tmp_path):
    (tmp_path / "a.csv").write_text(f"text,id\n{TEXT},a\n***,b\n", "utf-8")
    problems = load(tmp_path).attrs["problems"]
    assert problems[["path", "problem"]].values.tolist() == [["a.csv#b", "holds no words"]]


def test_an_empty_file_is_said_to_be_empty(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    (tmp_path / "b.txt").write_text(TEXT)
    assert load(tmp_path).attrs["problems"]["problem"].tolist() == ["an empty file"]


@pytest.mark.parametrize("suffix", READERS)
def test_every_format_has_its_reader(suffix):
    module, _, name = READERS[suffix][0].partition(":")
    assert callable(getattr(import_module(f"helpers.documents.readers.{module}"), name)) and MOST_BYTES[suffix] > 0


@pytest.mark.parametrize(("name", "data", "suffix"), [
    ("a.DOCX", b"PK\x03\x04 broken", KitError), ("a.doc", b"\xef\xbb\xbf <!DOCTYPE html><p>", ".html"),
    ("a.doc", samples.word(), ".docx"), ("a.xls", samples.xlsx(), ".xlsx"), ("a", b"%PDF-1.4", ".pdf"), ("a.txt", b"Plain.", ".txt"),
    ("a.md", b"%PDF-1.4", ".md"), ("a.xls", OLD_OFFICE, KitError),
], ids=str)
def test_format_of(name, data, suffix):
    if suffix is KitError:
        with pytest.raises(KitError):
            format_of(Source(name, data=data))
    else:
        assert format_of(Source(name, data=data)) == suffix


@pytest.mark.parametrize(("marked", "text"), [
    ("# Trade #\n\nIt **grew**.", "Trade\n\nIt grew."), ("[he said](https://a.example/b)", "he said"), ("![a ferry](f.png)Now", "Now"),
    ("> *Quoted* words", "Quoted words"), ("snake_case_word and 2*3*4", "snake_case_word and 2*3*4"), ("* item\n* item", "* item\n* item"),
    ("5 \\* 6", "5 * 6"), ("a\n\n---\n\nb", "a\n\n\n\nb"), ("C# and F #", "C# and F #"), ("<https://a.example>", "https://a.example"),
    ("__init__ and **bold *mixed**", "init and **bold *mixed**"), ('"Trade" -- up', '"Trade" -- up'),
], ids=str)
def test_markdown_marks(marked, text):
    assert plain(marked) == text


@pytest.mark.parametrize(("body", "paragraphs"), [
    ("<div>{}</div><div>{}</div><div>{}</div>", samples.STORY), ("{}<br><br>{}<br><br>{}", samples.STORY),
    ("<p>{}</p><blockquote><p>{}</p></blockquote><ul><li>{}</li></ul>", samples.STORY), ("<font><P>{}<P>{}<P>{}</font>", samples.STORY),
    ("<article><p>{}</p><table><tr><th>Year</th><th>Exports</th></tr><tr><td>2016</td><td>$ 40 million</td></tr></table><p>{}</p><p>{}</p></article>",
     [samples.STORY[0], "Year\tExports", "2016\t$ 40 million", *samples.STORY[1:]]),
    ("<article><p>{}<blockquote><p>{}</p><footer>— <cite>Ann Lee</cite>, minister</footer></blockquote><p>{}</article>",
     [*samples.STORY[:2], "— Ann Lee, minister", samples.STORY[2]]),
    ("<article><p>{}</p><figure><blockquote>{}</blockquote><figcaption>Ann Lee, minister</figcaption></figure><p>{}</p></article>",
     [*samples.STORY[:2], "Ann Lee, minister", samples.STORY[2]]),
    ("<article><p>{}</p><p>{}</p><figure><img src=f.png><figcaption>A ferry.</figcaption></figure><p>{}</p></article>", samples.STORY),
    ("<table width=600><tr><td>{}<p>{}<p>{}</table>", samples.STORY), ("<table><tr><td><div>{}</div><div>{}</div><div>{}</div></table>", samples.STORY),
], ids=["divs", "line breaks", "quotation and list", "old", "table", "quotation with a footer", "quotation in a figure", "picture",
        "table for layout, open", "table for layout"])
def test_pages_of_every_make(body, paragraphs):
    [part] = parts_of(f"<html><head><title>T</title></head><body>{body.format(*samples.STORY)}</body></html>")
    assert part.text.replace("\n- ", "\n").split("\n\n") == list(paragraphs)


@pytest.mark.parametrize(("head", "above", "below", "day"), [
    ('<meta property="article:published_time" content="2017-11-23T10:15Z"><meta property="article:modified_time" content="2019-01-01">',
     '<time datetime="2020-01-01">1 January</time>', "", "2017-11-23"),
    ('<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "headline": "T", "dateModified": '
     '"2018-01-01", "datePublished": "2017-11-23"}</script>', "", "", "2017-11-23"),
    ('<link rel="canonical" href="https://a.example/2017/11/23/t">', "", "", "2017-11-23"),
    ("", "<p class=date>23 November 2017</p>", "© 1999 Lake News", "2017-11-23"),
    ('<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "dateModified": "2018-02-02"}, {"@type": ["ReportageNewsArticle"], '
     '"datePublished": "2017-11-23T04:00"}]}</script><meta property="article:modified_time" content="2018-01-01">', "<p>Updated 2 January 2018</p>", "", "2017-11-23"),
    ('<meta property="article:modified_time" content="2018-01-01">', "<p>Posted on 10:15, 23 November 2017 | Updated 1 January 2018</p>", "", "2017-11-23"),
    ('<script type="application/ld+json">{broken</script>', "<p>Last updated: 1 January 2018. First published November 23, 2017.</p>", "", "2017-11-23"),
    ('<meta itemprop="datePublished" content="2017-11-23">', '<time itemprop="dateModified" datetime="2018-01-01">new</time>', "", "2017-11-23"),
    ('<meta property="article:modified_time" content="2017-11-23">', "", "Report published 5 March 1999", "2017-11-23"),
    ("", "", "Founded on 5 March 1999 by the lake", None), ("", "", "© 2001-2024 Lake News. Updated 1 January 2024", None),
], ids=["published, modified, another", "JSON", "address", "line above", "article in a graph", "published and updated", "updated, published",
        "published in the body", "only changed", "another line below", "change below"])
def test_the_day_of_a_page(head, above, below, day):
    body = "".join(f"<p>{one}</p>" for one in samples.STORY)
    [part] = parts_of(f"<html><head><title>T</title>{head}</head><body><article><h1>T</h1>{above}{body}</article><footer>{below}</footer></body></html>")
    assert part.facts.get("date") == day


LAKE_NEWS = '"publisher": {"@type": "Organization", "name": "Lake News"}'


@pytest.mark.parametrize(("head", "byline", "author"), [
    ('<meta name="author" content="Lake News">', '<p>By <a rel="author" href="/ann">Ann Writer</a></p>', "Ann Writer"),
    ('<meta name="author" content="Lake News Online"><meta property="og:site_name" content="Lake News">',
     '<a rel="author" href="/a">By Ann Writer</a> <a rel="author" href="/b">Bo Ek</a>', "Ann Writer, Bo Ek"),
    ('<script type="application/ld+json">{"@type": "NewsArticle", "author": {"@type": "NewsMediaOrganization", "name": "Lake News"}, '
     + LAKE_NEWS + "}</script>", '<a rel="author" href="/a">Ann Writer</a>', "Ann Writer"),
    ('<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", "author": [{"@type": "Person", "name": "Ann Writer"}, {"@type": "Person", "name": "Bo Ek"}], '
     + LAKE_NEWS + "}</script>", '<a rel="author" href="/a">Ann Writer</a>', "Ann Writer, Bo Ek"),
    ('<meta name="author" content="Ann Writer">', "", "Ann Writer"),
    ('<meta name="author" content="Ann Writer">', "".join(f'<a rel="author" href="/{n}">Name of {n}</a>' for n in "abcdefg"), "Ann Writer"),
], ids=["link", "links", "link and graph", "people in the graph", "meta", "list of authors"])
def test_the_author_of_a_page_is_a_person_before_the_paper(head, byline, author):
    body = "".join(f"<p>{one}</p>" for one in samples.STORY)
    [part] = parts_of(f"<html><head><title>T</title>{head}</head><body><article><h1>T</h1>{byline}{body}</article></body></html>")
    assert part.facts.get("author") == author


def mail(plain: str, html: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "A"
    message.set_content(plain)
    message.add_alternative(html, subtype="html")
    return bytes(message)


MAIL = f"<p>{TEXT}</p><p>It was said at the lake.</p>"


@pytest.mark.parametrize(("plain", "html", "text"), [
    ("", MAIL, TEXT), (" \n\t\n", MAIL, TEXT), ("Your mail program shows no HTML.", MAIL, TEXT), ("Read online: https://a.example/1", MAIL, TEXT),
    (f"{TEXT} In short.", MAIL, f"{TEXT} In short."), ("Yes.", "<p>Yes!</p>", "Yes."), (TEXT, "", TEXT), (TEXT, "<style>p {}</style>", TEXT),
    ("", f"<div>See below.</div><div>-- Forwarded message --<br>From: Ann</div><blockquote>{MAIL}</blockquote>", TEXT),
], ids=["empty", "blank", "stub", "stub with a link", "whole", "short", "no HTML", "HTML without words", "forwarded"])
def test_mails_are_read_in_the_version_that_says_something(tmp_path, plain, html, text):
    (tmp_path / "a.eml").write_bytes(mail(plain, html))
    assert text in load(tmp_path)["text"].iloc[0]


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines"), ("<script>x</script><p>a &amp; b</p>", "a & b"),
    ("<table><tr><td>HD</td><td>Trade</td></tr><tr><td>BY</td></tr></table>", "HD Trade\nBY"), ("", ""),
    ("<script>if (a<b) x = \"it's\"; // </p></script><p>Seen</p>", "Seen"), ("<!-- <p>Unseen</p> --><p title='a > b'>Seen</p>", "Seen"),
    ("<iframe src=x/>Seen", "Seen"), ("<p>Seen<style>p {}", "Seen"), ("2 < 3 and <b class=x>5</b> > 4", "2 < 3 and 5 > 4"),
], ids=str)
def test_visible_text(html, text):
    assert visible_text(html) == text
