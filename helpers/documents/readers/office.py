"""Word, OpenDocument and RTF texts: their paragraphs, without comments and what was struck out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from ..clean import clean
from ..model import BOUNDS, KitError, Part, Parts, Source, open_zip, told
from ..presses import split_bundle

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE = (f"{ODF}{name}:1.0}}" for name in ("office", "text", "table"))
CONTENT = re.compile(r"word/document\d*\.xml|content\.xml")
PARAGRAPHS = {W + "p", TEXT + "p", TEXT + "h"}
ROWS = {W + "tr", TABLE + "table-row"}
CHARACTERS = {W + "tab": "\t", W + "br": "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
CHARACTERS |= {TEXT + "tab": "\t", TEXT + "line-break": "\n"}
LEFT_OUT = {W + "del", W + "moveFrom", MC + "Fallback"}  # removed text, second versions of boxes
LEFT_OUT |= {OFFICE + "annotation", TEXT + "tracked-changes", TEXT + "ruby-text"}
LEFT_OUT |= {TEXT + "note-body", TEXT + "note-citation"}


def read_office(source: Source) -> Parts:
    """The paragraphs and table rows of a Word or OpenDocument text.

    Headers, footnotes, comments and what was struck out are left out, and so are its properties:
    they are those of a template and of whoever typed it.
    """
    from defusedxml.ElementTree import fromstring

    with source.open() as file, open_zip(file, largest=BOUNDS["bytes_in_office"]) as archive:
        names = archive.namelist()
        manifest = "META-INF/manifest.xml"
        if manifest in names and b"encryption-data" in archive.read(manifest):
            raise KitError(told("locked"))
        main = next(filter(CONTENT.fullmatch, names), None)
        if main is None:
            raise KitError(told("no_text_document"))
        content = fromstring(archive.read(main))  # entities and what is elsewhere are refused
    yield from _parts(_blocks(content))


def read_rtf(source: Source) -> Parts:
    """An RTF text, as LexisNexis and older word processors write it."""
    from striprtf.striprtf import rtf_to_text

    text = rtf_to_text(source.read().decode("latin-1"), errors="replace")
    yield from _parts(text.split("\n"))


def _parts(blocks: Iterable[str]) -> Parts:
    text = clean("\n\n".join(filter(None, map(str.strip, blocks))))
    yield from split_bundle(text) or [Part(text)]


def _blocks(root: Element) -> Iterator[str]:
    """The text of paragraphs and of rows of tables; a row of one cell is its paragraphs."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if one.tag in LEFT_OUT:
            continue
        if one.tag in ROWS:
            cells = [" ".join(_text(cell).split()) for cell in one]
            if sum(map(bool, cells)) > 1:
                yield "\t".join(filter(None, cells))
                continue
        elif one.tag in PARAGRAPHS:
            yield _text(one)
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
