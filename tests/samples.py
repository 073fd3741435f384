"""Documents in every format, written by the libraries that write such files; all of it invented."""
from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage

import docx
import openpyxl
import pandas as pd
from fpdf import FPDF

TITLE = "Ferries to run on time"
STORY = ("The ministers agreed on Thursday that trade between the lake provinces should grow by 12 per cent.",
         "“We want the ferries to run on time,” said Ann Lee, the transport minister. “Nothing else matters.”",
         "According to the statistical office, exports of timber rose from $ 40 million to $ 52 million.")
TEXT = "\n\n".join(STORY)
ROWS = [{"id": f"r{n}", "Headline": f"Story {n}", "Pub Date": f"2017-11-2{n}", "Content": f"{STORY[n]} Row {n}.",
         "Newspaper": "Lake News"} for n in range(3)]
ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
       'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"')
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | Lake News</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="Lake News">
<meta name="author" content="Ann Writer"><meta property="article:published_time" content="2017-11-23T10:15Z">
</head><body><nav><a href="/">Home</a> <a href="/world">World</a></nav><div class="cookie-bar">We use cookies.</div>
<article><h1>{title}</h1>{body}</article><footer>Copyright 2017 Lake News. All rights reserved.</footer></body></html>"""


def html(paragraphs=STORY, *, title=TITLE) -> bytes:
    return HTML.format(title=title, body="".join(f"<p>{one}</p>" for one in paragraphs)).encode()


def word(paragraphs=STORY, *, title=TITLE) -> bytes:
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for one in paragraphs:
        document.add_paragraph(one)
    return _saved(document)


def odt(paragraphs=STORY, *, title=TITLE, before="") -> bytes:
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs)
    content = (f"{before}<office:document-content {ODF}><office:body><office:text>"
               f'<text:h text:outline-level="1">{title}</text:h>{body}</office:text></office:body>'
               "</office:document-content>")
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def rtf(paragraphs=STORY) -> bytes:
    body = "\\par\n".join(paragraphs).replace("“", "\\'93").replace("”", "\\'94")
    return ("{\\rtf1\\ansi\\ansicpg1252{\\info{\\title Ferry news}}{\\fonttbl{\\f0 Times;}}\\f0 " + body + "\\par}").encode("ascii")


def eml(paragraphs=STORY, *, attached=()) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = TITLE, "Lake Press Office <press@lake.example>"
    message["Date"] = "Thu, 23 Nov 2017 10:15:00 +0000"
    message.set_content("\n\n".join(paragraphs))
    message.add_alternative(html(paragraphs).decode(), subtype="html")
    for name in attached:
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=name)
    return bytes(message)


def xlsx(rows=ROWS) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    return _saved(book)


def csv(rows=ROWS, *, mark=",") -> bytes:
    return pd.DataFrame(rows).to_csv(index=False, sep=mark).encode()


def jsonl(rows=ROWS) -> bytes:
    return "\n".join(map(json.dumps, rows)).encode()


def parquet(rows=ROWS) -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(rows).to_parquet(buffer)
    return buffer.getvalue()


def zipped(members, *, links=()) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        for name in links:
            link = zipfile.ZipInfo(name)
            link.external_attr = 0o120777 << 16
            archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def changed(archive: bytes, name: str, data: str) -> bytes:
    """A .docx or .xlsx with one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        return zipped({one: data if one == name else old.read(one) for one in old.namelist()})


def pdf(pages, *, size=10, header="", footer="", password="") -> bytes:
    """A PDF of pages of lines, each (x, y, text) in millimetres; `{page}` counts in the footer."""
    document = FPDF()
    if password:
        document.set_encryption("owner", password)
    for number, lines in enumerate(pages, 1):
        document.add_page()
        document.set_font("Times", "", size)
        if header:
            document.text(20, 10, header)
        if footer:
            document.text(100, 288, footer.format(page=number))
        for x, y, text in lines:
            document.text(x, y, text)
    return bytes(document.output())


def lines_of(text: str, *, x=20, y=30, width=46, step=4.2, indent=0.0):
    """Text set in lines of so many letters, words broken with hyphens, as (x, y, text)."""
    lines, line = [], ""
    for item in text.split():
        room = width - len(line) - 2
        if len(line) + 1 + len(item) <= width:
            line = f"{line} {item}".strip()
        elif len(item) > 8 and 4 <= room < len(item) - 3 and "-" not in item:
            lines.append(f"{line} {item[:room]}-")
            line = item[room:]
        else:
            lines.append(line)
            line = item
    return [(x + (0 if n else indent), y + n * step, one) for n, one in enumerate([*lines, line])]


def _saved(thing) -> bytes:
    buffer = io.BytesIO()
    thing.save(buffer)
    return buffer.getvalue()
