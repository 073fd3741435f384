"""Word, OpenDocument and RTF texts: their paragraphs, without comments and what was struck out."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from ..clean import clean
from ..model import BOUNDS, KitError, Part, Parts, Source, open_zip
from ..presses import split_bundle

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE = (f"{ODF}{name}:1.0}}" for name in ("office", "text", "table"))
DC = "{http://purl.org/dc/elements/1.1/}"
CONTENT = re.compile(r"word/document\d*\.xml|content\.xml")
PARAGRAPHS = {W + "p", TEXT + "p", TEXT + "h"}
ROWS = {W + "tr", TABLE + "table-row"}
CHARACTERS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
CHARACTERS |= {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
LEFT_OUT = {W + "del", W + "moveFrom", MC + "Fallback"}  # removed text, second versions of boxes
LEFT_OUT |= {OFFICE + "annotation", TEXT + "tracked-changes", TEXT + "ruby-text"}
LEFT_OUT |= {TEXT + "note-body", TEXT + "note-citation"}
RTF_INFO = re.compile(r"\{\\(title|author) ([^{}\\]{1,300})\}")


def read_office(source: Source) -> Parts:
    """The paragraphs and table rows of a Word or OpenDocument text.

    Headers, footnotes, comments and what was struck out are left out.  Author and title among its
    properties are hints only, and its dates are the template's.
    """
    with source.open() as file, open_zip(file, largest=BOUNDS["bytes_in_office"]) as archive:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.namelist() and b"encryption-data" in archive.read(manifest):
            raise KitError("needs a password — open it, remove the password and save it")
        main = next(filter(CONTENT.fullmatch, archive.namelist()), "")
        content = _xml(archive, main)
        if content is None:
            raise KitError("not a text document — open it and save it as .docx or .odt")
        styles = _xml(archive, "word/styles.xml")
        meta = None
        with suppress(ParseError):  # damaged properties are no reason to lose the text
            meta = _xml(archive, "docProps/core.xml" if main.startswith("word") else "meta.xml")
    named = styles.iterfind(f"{W}style[{W}name]") if styles is not None else ()
    names = {style.get(W + "styleId"): style.find(W + "name").get(W + "val", "") for style in named}
    titles = {one for one, name in names.items() if name.lower() in ("title", "heading 1")}
    blocks = list(_blocks(content))
    title = next((text for element, text in blocks if text and _is_title(element, titles)), "")
    hints = {}
    if meta is not None:
        creator = (meta.findtext(f".//{DC}creator") or "").removeprefix("python-docx")
        hints = {"title": meta.findtext(f".//{DC}title") or "", "author": creator}
    yield from _parts([text for _, text in blocks], title, hints)


def read_rtf(source: Source) -> Parts:
    """An RTF text, as LexisNexis and older word processors write it."""
    from striprtf.striprtf import rtf_to_text

    raw = source.read().decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,5})", raw[:2000])
    encoding = f"cp{page[1]}" if page else "cp1252"
    try:
        codecs.lookup(encoding)
    except LookupError:
        encoding = "cp1252"
    text = rtf_to_text(raw, encoding=encoding, errors="replace")
    hints = {found[1]: found[2] for found in RTF_INFO.finditer(raw[:20_000])}
    for part in _parts(text.split("\n"), "", hints):
        part.encoding = encoding
        yield part


def _parts(blocks: list[str], title: str, hints: dict[str, str]) -> Parts:
    text = clean("\n\n".join(block.strip() for block in blocks if block.strip()))
    if bundle := split_bundle(text):
        yield from bundle
        return
    yield Part(text, {"title": " ".join(title.split())}, "its title style", hints)


def _xml(archive: ZipFile, name: str) -> Element | None:
    """A file of an archive as XML; entities and what is elsewhere are refused."""
    from defusedxml.ElementTree import fromstring

    return fromstring(archive.read(name)) if name in archive.namelist() else None


def _blocks(root: Element) -> Iterator[tuple[Element, str]]:
    """Paragraphs and rows of tables with their text; a row of one cell is its paragraphs."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one.tag in LEFT_OUT:
            continue
        if one.tag in ROWS:
            cells = [" ".join(_text(cell).split()) for cell in one]
            if sum(map(bool, cells)) > 1:
                yield one, "\t".join(filter(None, cells))
                continue
        elif one.tag in PARAGRAPHS:
            yield one, _text(one)
        waiting.extend(reversed(one))  # in a paragraph: boxes with paragraphs of their own


def _text(element: Element) -> str:
    """The text of a paragraph without its boxes, or of a cell."""
    pieces: list[str] = []
    loose = element.tag.startswith(ODF)  # text stands anywhere, in Word within its `t`
    waiting: list[Element | str] = [element]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            pieces.append(one)
            continue
        if loose and one is not element:
            waiting.append(one.tail or "")
        nested = one.tag in PARAGRAPHS and one is not element
        hidden = one.tag == W + "r" and one.find(f"{W}rPr/{W}vanish") is not None
        if one.tag in LEFT_OUT or hidden or (nested and element.tag in PARAGRAPHS):
            continue
        if nested and pieces:
            pieces.append(" ")
        if one.tag == TEXT + "s":
            pieces.append(" " * min(int(one.get(TEXT + "c") or 1), 100))
        pieces.append(CHARACTERS.get(one.tag, ""))
        waiting.extend(reversed(one))
        if loose or one.tag == W + "t":
            waiting.append(one.text or "")
    return "".join(pieces)


def _is_title(element: Element, titles: set[str]) -> bool:
    style = element.find(f"{W}pPr/{W}pStyle")
    if style is not None:
        return style.get(W + "val") in titles
    name = (element.get(TEXT + "style-name") or "").lower()
    return name == "title" or element.get(TEXT + "outline-level") == "1"
