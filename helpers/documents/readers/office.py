"""Word, OpenDocument and RTF texts: their paragraphs, without comments and what was struck out."""

from __future__ import annotations

import io
import re
from contextlib import suppress

from ..archives import LARGEST_OFFICE, open_zip
from ..clean import clean
from ..model import KitError, Part, Parts, Source
from ..presses import split_bundle

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHARACTERS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
TITLES = {"title", "heading1", "heading 1"}
OFFICE, TEXT = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "text")
)
DC = "{http://purl.org/dc/elements/1.1/}"
LEFT_OUT = {
    W + "del",
    W + "moveFrom",
    MC + "Fallback",  # removed text, second versions of boxes
    OFFICE + "annotation",
    TEXT + "tracked-changes",
    TEXT + "note-body",
    TEXT + "note-citation",
    TEXT + "ruby-text",
}
RTF_INFO = re.compile(r"\{\\(title|author) ([^{}\\]{1,300})\}")
MANIFEST = "META-INF/manifest.xml"


def read_docx(source: Source) -> Parts:
    """A Word document's paragraphs and table rows; headers, footnotes and comments are left out.

    Author and title among its properties are hints only, and its dates are the template's.
    """
    import docx

    data = source.read()
    with open_zip(io.BytesIO(data), largest=LARGEST_OFFICE):
        document = docx.Document(io.BytesIO(data))
    blocks, title = [], ""
    styles = {style.style_id: (style.name or "").lower() for style in document.styles}
    for element, text in _docx_blocks(document.element.body):
        blocks.append(text)
        style = element.find(f"{W}pPr/{W}pStyle")
        name = styles.get(style.get(W + "val")) if style is not None else None
        title = title or (text if name in TITLES else "")
    hints: dict[str, str | None] = {}
    with suppress(Exception):  # damaged properties are no reason to lose the text
        properties = document.core_properties
        hints = {"title": properties.title, "author": properties.author}
    yield from _parts(blocks, title, hints)


def read_odt(source: Source) -> Parts:
    """An OpenDocument text's paragraphs; comments and what was struck out are left out."""
    from defusedxml.ElementTree import fromstring

    with source.open() as file, open_zip(file, largest=LARGEST_OFFICE) as archive:
        names = archive.namelist()
        if "content.xml" not in names:
            raise KitError("not an OpenDocument text — open it and save it as .docx or .odt")
        if MANIFEST in names and b"encryption-data" in archive.read(MANIFEST):
            raise KitError("needs a password — open it, remove the password and save it")
        content = fromstring(archive.read("content.xml"))
        meta = fromstring(archive.read("meta.xml")) if "meta.xml" in names else None
    blocks, title = [], ""
    for element, text in _odt_blocks(content):
        blocks.append(text)
        style = (element.get(TEXT + "style-name") or "").lower()
        first = element.tag == TEXT + "h" and element.get(TEXT + "outline-level") == "1"
        title = title or (text if first or style == "title" else "")
    hints = (
        {
            name: meta.findtext(f".//{DC}{tag}")
            for name, tag in (("title", "title"), ("author", "creator"))
        }
        if meta is not None
        else {}
    )
    yield from _parts(blocks, title, hints)


def read_rtf(source: Source) -> Parts:
    """An RTF text, as LexisNexis and older word processors write it."""
    from striprtf.striprtf import rtf_to_text

    raw = source.read().decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,5})", raw[:2000])
    encoding = f"cp{page[1]}" if page else "cp1252"
    try:
        "".encode(encoding)
    except LookupError:
        encoding = "cp1252"
    text = rtf_to_text(raw, encoding=encoding, errors="replace")
    hints = {found[1]: found[2] for found in RTF_INFO.finditer(raw[:20_000])}
    for part in _parts(text.split("\n"), "", hints):
        part.encoding = encoding
        yield part


def _parts(blocks: list[str], title: str, hints: dict[str, str | None]) -> Parts:
    text = clean("\n\n".join(block.strip() for block in blocks if block.strip()))
    if bundle := split_bundle(text):
        yield from bundle
        return
    title = " ".join(title.split())
    yield Part(
        text,
        {"title": title} if title else {},
        "its title style",
        {name: value for name, value in hints.items() if value and value != "python-docx"},
    )


def _docx_blocks(body):
    """Paragraphs and rows of tables with their text; a row of one cell is its paragraphs."""
    waiting = [body]
    while waiting:
        one = waiting.pop()
        if one.tag == W + "tr":
            cells = [" ".join(_docx_text(child).split()) for child in one]
            if sum(map(bool, cells)) > 1:
                yield one, "\t".join(filter(None, cells))
                continue
        elif one.tag in LEFT_OUT:
            continue
        elif one.tag == W + "p":
            yield one, _docx_text(one)
        waiting.extend(reversed(one))  # in a paragraph: boxes with paragraphs of their own


def _docx_text(element) -> str:
    pieces: list[str] = []
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one.tag == W + "t":
            pieces.append(one.text or "")
        elif one.tag in CHARACTERS:
            pieces.append(CHARACTERS[one.tag])
        elif one.tag not in LEFT_OUT and not (
            one.tag == W + "p"
            and one is not element
            and element.tag == W + "p"
            or one.tag == W + "r"
            and one.find(f"{W}rPr/{W}vanish") is not None
        ):
            if one.tag == W + "p" and pieces:
                pieces.append(" ")
            waiting.extend(reversed(one))
    return "".join(pieces)


def _odt_blocks(root):
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in (TEXT + "p", TEXT + "h"):
            yield element, _odt_text(element)
        elif element.tag not in LEFT_OUT:
            waiting.extend(reversed(element))


def _odt_text(element) -> str:
    pieces: list[str] = []
    waiting: list = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if one is not element and one.tail:
            waiting.append(one.tail)
        if one.tag in LEFT_OUT:
            continue
        if one.tag == TEXT + "s":
            pieces.append(" " * min(int(one.get(TEXT + "c") or 1), 100))
        elif one.tag in (TEXT + "tab", TEXT + "line-break"):
            pieces.append("\t" if one.tag.endswith("tab") else "\n")
        waiting.extend(reversed(one))
        if one.text:
            waiting.append(one.text)
    return "".join(pieces)
