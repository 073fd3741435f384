"""The table of formats: which function reads which file, and what to do with the others."""

from __future__ import annotations

from importlib import import_module

from ..archives import open_zip
from ..model import MEGABYTE, KitError, Parts, Source

# A format is one row: suffixes, the function that reads it, most bytes, whether it is read apart,
# in a process of its own.  Its library is imported when the first such file is read.
FORMATS = (
    (".txt .text", "text:read_text", 20, False),
    (".md .markdown", "text:read_markdown", 20, False),
    (".html .htm .xhtml", "web:read_html", 20, True),
    (".pdf", "pdf:read_pdf", 300, True),
    (".docx .docm", "office:read_docx", 300, True),
    (".odt", "office:read_odt", 300, True),
    (".rtf", "office:read_rtf", 50, True),
    (".eml", "mail:read_eml", 50, True),
    (".csv .tsv", "tables:read_csv", 4000, True),
    (".xlsx .xlsm", "tables:read_xlsx", 300, True),
    (".jsonl .ndjson", "tables:read_jsonl", 4000, True),
    (".json", "tables:read_json", 200, True),
    (".parquet", "tables:read_parquet", 4000, True),
)
READERS = {
    suffix: (function, most * MEGABYTE, apart)
    for suffixes, function, most, apart in FORMATS
    for suffix in suffixes.split()
}
MOST_BYTES = {suffix: most for suffix, (_, most, _) in READERS.items()}
ADVICE = (
    (
        ".doc .dot .wps .wpd .pages",
        "an old or closed word-processor format",
        "open it in its program and save it as .docx",
    ),
    (".xls .xlsb .ods .numbers", "a spreadsheet of another format", "save it as .xlsx or .csv"),
    (".ppt .pptx .odp .key", "slides, not a text", "save them as PDF, or copy their text"),
    (
        ".jpg .jpeg .png .gif .tif .tiff .bmp .webp .heic .svg",
        "a picture",
        "run text recognition (OCR) on it and save the text",
    ),
    (
        ".mp3 .wav .m4a .ogg .flac .mp4 .mov .avi .mkv .webm",
        "a recording",
        "have it transcribed and save the text",
    ),
    (
        ".rar .7z .gz .tgz .tar .bz2 .xz",
        "an archive of another kind",
        "unpack it, or pack its files as .zip",
    ),
    (".msg .mbox .pst", "a mailbox or message of another format", "save the messages as .eml"),
    (".epub .mobi", "an electronic book", "save it as .html or .txt"),
    (
        ".pickle .pkl .rds .rdata .joblib",
        "data that may hold code, which is never run",
        "save it as .csv or .parquet",
    ),
)
UNREAD = {
    suffix: f"{suffix}: {what} — {advice}"
    for suffixes, what, advice in ADVICE
    for suffix in suffixes.split()
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MISLEADING = {".txt", ".doc", ".docx", ".xls", ".rtf", ".html", ".htm", ".csv", ".text", ""}


def format_of(source: Source) -> str:
    """The suffix of a file's format: that of its name, unless its first bytes say otherwise.

    Databases and web sites hand out ".doc" files that are RTF or HTML, ".txt" files that are PDF.

    Raises KitError, with advice, for formats that are not read.

    >>> format_of(Source("export.DOC", data=b"{\\\\rtf1 Trade grew.}"))
    '.rtf'
    """
    suffix, head = source.suffix, source.head
    if head.startswith(OLD_OFFICE) and suffix in READERS:
        source.check(MOST_BYTES[".docx"])
        if "EncryptedPackage".encode("utf-16-le") in source.read():
            raise KitError("needs a password — open it, remove the password and save it")
        raise KitError("an old Office file under a new name — open it and save it in the new form")
    if suffix in MISLEADING:
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        if head.startswith(b"%PDF-"):
            return ".pdf"
        if start.startswith(b"{\\rtf"):
            return ".rtf"
        if start.startswith((b"<!doctype html", b"<html")):
            return ".html"
        if head.startswith(b"PK\x03\x04") and (inside := _office(source)):
            return inside
    if suffix in READERS:
        return suffix
    raise KitError(
        UNREAD.get(suffix)
        or f"{suffix or 'no suffix'}: a format this version does "
        "not read — save it as .txt, .html, .docx or .pdf"
    )


def is_apart(suffix: str) -> bool:
    """Whether files of a format are read in a process of their own."""
    return READERS[suffix][2]


def read(source: Source, suffix: str) -> Parts:
    """The documents in a file, by the reader of its format.

    Raises KitError when nothing can be read; other errors are those of the reader's library.
    """
    function, most, _ = READERS[suffix]
    source.check(most)
    module, _, name = function.partition(":")
    yield from getattr(import_module(f".{module}", __package__), name)(source)


def _office(source: Source) -> str | None:
    with source.open() as file, open_zip(file) as archive:
        names = set(archive.namelist())
    for name, suffix in (
        ("word/document.xml", ".docx"),
        ("xl/workbook.xml", ".xlsx"),
        ("content.xml", ".odt"),
    ):
        if name in names:
            return suffix
    return None
