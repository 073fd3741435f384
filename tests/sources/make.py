"""Writes the invented documents of `tests/documents` that are not plain text, from those here.

    python tests/sources/make.py [FOLDER]

Needs fpdf2 beside the kit's own libraries.  With the same libraries it gives the same bytes.
"""
from __future__ import annotations

import csv
import io
import json
import sys
import textwrap
import zipfile
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path

import docx
import fpdf
import openpyxl
import pandas as pd

HERE = Path(__file__).parent
MARK = "Invented for Communiqué"
COLUMNS = ["title", "date", "author", "source", "text"]
LONG_AGO = (2024, 3, 1, 12, 0, 0)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360"
    "000000020001e221bc330000000049454e44ae426082")


def story(name: str) -> dict[str, str]:
    """Title, date, author, source and text of a document of this folder."""
    head, _, text = (HERE / f"{name}.txt").read_text("utf-8").partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    return {"author": ""} | {key.lower(): facts[key] for key in facts} | {"text": text.strip()}


def paragraphs(one: dict[str, str]) -> list[str]:
    return one["text"].split("\n\n")


def day(one: dict[str, str], form: str) -> str:
    written = datetime.fromisoformat(one["date"])
    return written.strftime(form).replace("{d}", str(written.day))


def steady(data: bytes) -> bytes:
    """An Office file with one time for all its parts, so that it is the same on every day."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(zipfile.ZipInfo(part.filename, LONG_AGO), old.read(part),
                         zipfile.ZIP_STORED if part.filename == "mimetype" else
                         zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_docx(one: dict[str, str]) -> bytes:
    document = docx.Document()
    about = document.core_properties
    about.title, about.author, about.comments = one["title"], one["author"], MARK
    about.created = about.modified = datetime.fromisoformat(one["date"])
    document.add_heading(one["title"], 0)
    for paragraph in paragraphs(one):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return steady(out.getvalue())


def as_html(one: dict[str, str]) -> bytes:
    body = "\n".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs(one))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<title>{escape(one['title'])} | {escape(one['source'])}</title>
<meta property="og:title" content="{escape(one['title'])}">
<meta property="og:site_name" content="{escape(one['source'])}">
<meta property="article:published_time" content="{one['date']}T06:30:00+01:00">
<meta name="author" content="{escape(one['author'])}">
<meta name="description" content="{MARK}">
<script>window.shares = 12; // this page has 99 trackers</script></head><body>
<nav><a href="/">Home</a> <a href="/business">Business</a> <a href="/sport">Sport</a></nav>
<div class="cookie-banner">We use 14 cookies. <button>Accept all</button></div>
<main><article><h1>{escape(one['title'])}</h1>
{body}
</article></main>
<footer>© 2022 {escape(one['source'])}. <a href="/imprint">Imprint</a></footer></body></html>
""".encode()


def as_pdf(one: dict[str, str]) -> bytes:
    """Pages with a running head, a foot with the page's number, and words cut at line ends."""
    class Report(fpdf.FPDF):
        def header(self) -> None:
            self.set_font("Helvetica", size=9)
            self.cell(0, 8, "National Audit Office - Special report 4/2023", align="R")
            self.ln(14)

        def footer(self) -> None:
            self.set_y(-15)
            self.set_font("Helvetica", size=9)
            self.cell(0, 8, f"{self.page_no()} of 2", align="C")

    report = Report(format=(148, 210))
    report.set_creation_date(datetime.fromisoformat(one["date"] + "T09:00:00+00:00"))
    report.set_title(one["title"])
    report.set_author(one["source"])
    report.set_subject(MARK)
    report.core_fonts_encoding = "cp1252"  # the euro sign
    report.add_page()
    report.set_font("Helvetica", "B", 14)
    report.multi_cell(0, 7, one["title"], new_x="LMARGIN", new_y="NEXT")
    report.ln(4)
    report.set_font("Helvetica", size=11)
    for paragraph in paragraphs(one):
        report.multi_cell(0, 6, paragraph.replace("recommendations", "recommen\u00addations"),
                          align="L", new_x="LMARGIN", new_y="NEXT")
        report.ln(3)
    return bytes(report.output())


def as_rtf(one: dict[str, str]) -> bytes:
    def coded(words: str) -> str:
        return "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in words)

    body = "\n".join(coded(paragraph) + r"\par\par" for paragraph in paragraphs(one))
    created = day(one, r"{\creatim\yr%Y\mo%m\dy%d}")
    return (r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}}" "\n"
            rf"{{\info{{\title {coded(one['title'])}}}{{\company {coded(one['source'])}}}"
            rf"{{\doccomm {coded(MARK)}}}{created}}}" "\n"
            rf"\pard\f0\b {coded(one['title'])}\b0\par\par" f"\n{body}\n}}").encode("ascii")


def as_odt(one: dict[str, str]) -> bytes:
    names = " ".join(f'xmlns:{short}="{long}"' for short, long in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
        "dc": "http://purl.org/dc/elements/1.1/",
        "manifest": "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"}.items())
    body = "".join(f"<text:p>{escape(paragraph)}</text:p>" for paragraph in paragraphs(one))
    kind = "application/vnd.oasis.opendocument.text"
    parts = {
        "mimetype": kind,
        "content.xml": f'<office:document-content {names} office:version="1.3"><office:body>'
                       f'<office:text><text:h text:outline-level="1">{escape(one["title"])}'
                       f"</text:h>{body}</office:text></office:body></office:document-content>",
        "meta.xml": f'<office:document-meta {names} office:version="1.3"><office:meta>'
                    f"<dc:title>{escape(one['title'])}</dc:title>"
                    f"<meta:initial-creator>{escape(one['author'])}</meta:initial-creator>"
                    f"<dc:description>{MARK}</dc:description>"
                    f"<meta:creation-date>{one['date']}T10:00:00</meta:creation-date>"
                    f"</office:meta></office:document-meta>",
        "META-INF/manifest.xml": f'<manifest:manifest {names}><manifest:file-entry '
                                 f'manifest:full-path="/" manifest:media-type="{kind}"/>'
                                 '<manifest:file-entry manifest:full-path="content.xml" '
                                 'manifest:media-type="text/xml"/></manifest:manifest>'}
    return zipped({name: (part if name == "mimetype" else
                          f'<?xml version="1.0" encoding="UTF-8"?>\n{part}').encode()
                   for name, part in parts.items()})


def as_eml(one: dict[str, str]) -> bytes:
    letter = EmailMessage()
    letter["From"] = f'"{one["source"]}" <press@brannock-lindqvist.example>'
    letter["To"] = "newsdesk@courier.example"
    letter["Subject"] = one["title"]
    letter["Date"] = format_datetime(datetime.fromisoformat(one["date"] + "T07:15:00+00:00"))
    letter["Comments"] = MARK
    letter.set_content(one["text"] + "\n")
    letter.add_alternative("".join(f"<p>{escape(p)}</p>\n" for p in paragraphs(one)),
                           subtype="html")
    letter.set_boundary("=====invented=====")
    return letter.as_bytes()


def as_nexis(stories: list[dict[str, str]]) -> bytes:
    """A bundle as LexisNexis used to deliver it."""
    parts = []
    for number, one in enumerate(stories, 1):
        head = [f"{number} of {len(stories)} DOCUMENTS", one["source"], day(one, "%B {d}, %Y %A")]
        body = "\n\n".join(textwrap.fill(p, 76, break_on_hyphens=False) for p in paragraphs(one))
        parts.append("\n\n".join([
            *(line.center(76).rstrip() for line in head), one["title"],
            f"BYLINE: {one['author']}", "SECTION: NEWS; Pg. 3",
            f"LENGTH: {len(one['text'].split())} words", body,
            f"LOAD-DATE: {day(one, '%B {d}, %Y')}", "LANGUAGE: ENGLISH",
            "PUBLICATION-TYPE: Newspaper",
            f"Copyright {one['date'][:4]} {one['source']}\nAll Rights Reserved".center(76)]))
    return ("\n\n\n".join(parts) + "\n").encode()


def as_factiva(stories: list[dict[str, str]]) -> bytes:
    """A bundle as Factiva delivers it."""
    parts = []
    for number, one in enumerate(stories, 1):
        lines = [one["title"], *([f"By {one['author']}"] if one["author"] else []),
                 f"{len(one['text'].split())} words", day(one, "{d} %B %Y"), one["source"],
                 "KESNA", "English", f"Copyright {one['date'][:4]} {one['source']}"]
        parts.append("\n".join(lines) + "\n\n" + one["text"]
                     + f"\n\nDocument KESNA0000{one['date'].replace('-', '')}ejcc{number:05d}")
    return ("\n\n\n".join(parts) + "\n\n\nSearch Summary\n\nText: Halmar bridge\n").encode()


def as_csv(stories: list[dict[str, str]], separator: str = ",") -> bytes:
    out = io.StringIO()
    table = csv.DictWriter(out, COLUMNS, delimiter=separator, lineterminator="\r\n")
    table.writeheader()
    table.writerows(stories)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(stories: list[dict[str, str]]) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator, book.properties.description = MARK, MARK
    book.properties.created = datetime(*LONG_AGO)
    sheet = book.active
    sheet.title = "releases"
    sheet.append(COLUMNS)
    for one in stories:
        sheet.append([datetime.fromisoformat(one[name]) if name == "date" else one[name]
                      for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    now = f"{book.properties.modified:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(out) as file:
        parts = {part: file.read(part) for part in file.namelist()}
    return zipped({name: part.replace(now, b"2024-03-01T12:00:00Z")
                   for name, part in parts.items()})


def as_parquet(stories: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pd.DataFrame(stories, columns=COLUMNS).to_parquet(out, index=False)
    return out.getvalue()


def as_jsonl(stories: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in stories).encode()


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return steady(out.getvalue())


def documents() -> dict[str, bytes]:
    """The name and the bytes of every file that is made."""
    audit = as_pdf(story("2023-05-16_audit-report"))
    russian = (HERE / "2023-06-21_novorechensk.txt").read_text("utf-8").replace("é", "e")
    return {
        "2022-09-20_contract-awarded.docx": as_docx(story("2022-09-20_contract-awarded")),
        "2022-09-24_analysis-who-pays.html": as_html(story("2022-09-24_analysis-who-pays")),
        "2023-05-16_audit-report.pdf": audit,
        "2023-05-16_ministry-reply.rtf": as_rtf(story("2023-05-16_ministry-reply")),
        "2023-06-21_novorechensk.txt": russian.encode("cp1251"),
        "2023-09-15_company-statement.eml": as_eml(story("2023-09-15_company-statement")),
        "2023-11-02_interview-krstova.odt": as_odt(story("2023-11-02_interview-krstova")),
        "nexis/halmar_3_articles.txt": as_nexis([story("2023-09-18_nexis-nine"),
                                                 story("2023-09-19_nexis-shares"),
                                                 story("2023-09-20_nexis-letter")]),
        "factiva/halmar_2_articles.txt": as_factiva([story("2022-10-17_first-pile"),
                                                     story("2023-12-12_achterberg-inquiry")]),
        "mailbox.zip": zipped({f"{name}.txt": (HERE / f"{name}.txt").read_bytes() for name in (
            "2023-07-04_flood-ngo", "2023-08-09_ferry-merger")}),
        "tables/monitoring.csv": as_csv([story("2022-11-10_bank-of-meridia"),
                                         story("2022-07-19_school-buses")]),
        "tables/research.tsv": as_csv([story("2022-12-05_night-shift-study")], "\t"),
        "tables/ministries.xlsx": as_xlsx([story("2023-01-17_tarsa-drought"),
                                           story("2022-04-28_trade-forum")]),
        "tables/courts.jsonl": as_jsonl([story("2023-10-11_court-archive")]),
        "tables/weather.parquet": as_parquet([story("2024-01-08_weather-year")]),
        "unreadable/half_a_report.pdf": audit[:300],
        "unreadable/photo.png": PIXEL,
    }


def write(folder: Path) -> None:
    for name, data in documents().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent / "documents")
