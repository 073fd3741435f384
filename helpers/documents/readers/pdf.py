"""PDF: lines with their places on the page; `layout` makes paragraphs of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import LONGEST, KitError, Part, Parts, Source
from .layout import Line, paragraphs_of

MOST_PAGES = 2000
GAP = 1.2  # widths of a line's height: a wider space parts two columns
LINES = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?")  # the last two: a hyphen at a line end
NO_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|rtf|odt|qxd|pptx?)$|^Microsoft Word|^untitled", re.IGNORECASE
)
LIGATURES = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\x02": "-",
        "\ufffe": "-",
    }
)


def read_pdf(source: Source) -> Parts:
    """The text of a PDF in paragraphs; scans have none and are said to be scans."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as problem:
        if "password" in str(problem).lower():
            raise KitError("needs a password — save it without one, or save its text") from problem
        raise KitError("a damaged PDF — make or download it again") from problem
    try:
        count = len(document)
        if count > MOST_PAGES:
            raise KitError(f"more than {MOST_PAGES:,} pages — split it into its documents")
        pages, letters = [], 0
        for number in range(count):
            pages.append(_lines(document, number))
            letters += sum(len(line.text) for line in pages[-1])
            if letters > LONGEST:
                raise KitError(f"more than {LONGEST // 1_000_000} million letters — split it")
        facts = document.get_metadata_dict(skip_empty=True)
    finally:
        document.close()
    empty = [number for number, page in enumerate(pages, 1) if not page]
    if len(empty) == count:
        raise KitError(
            "its pages are pictures (a scan) and hold no text — run text recognition "
            "(OCR) on it, then load it again"
        )
    part = Part("\n\n".join(paragraphs_of(pages)), hints=_hints(facts))
    if empty:
        shown = ", ".join(map(str, empty[:10])) + (", …" if len(empty) > 10 else "")
        part.notes.append(
            [
                f"no text on {len(empty)} of {count} pages ({shown})",
                "if they are scans, run text recognition (OCR)",
            ]
        )
    yield part


def _lines(document, number: int) -> list[Line]:
    """The lines of a page in the order of the file, cut where a wide space parts columns."""
    import pypdfium2

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return []
    try:
        return list(_cut(text_page, page.get_height()))
    finally:
        text_page.close()
        page.close()


def _cut(text_page, height: float) -> Iterator[Line]:
    count = text_page.count_chars()
    text = text_page.get_text_range() if count else ""
    if len(text) != count:  # characters without a letter: put the text together one by one
        from pypdfium2.raw import FPDFText_GetUnicode

        codes = [FPDFText_GetUnicode(text_page, at) for at in range(min(count, LONGEST))]
        text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)
    for found in LINES.finditer(text):
        begin = found.start()
        first = last = None
        previous = None
        for at in range(begin, found.end()):
            if text[at].isspace():
                continue
            if begin < at < found.end() - 1 and not (
                text[at - 1].isspace() or text[at + 1].isspace()
            ):
                continue  # inside a word: its first and last letter tell where it is
            try:
                box = text_page.get_charbox(at, loose=True)
            except Exception:  # a character without a place
                continue
            wide = previous and box[0] - previous[2] > GAP * (previous[3] - previous[1])
            if previous and text[at - 1].isspace() and (wide or box[0] < previous[0]):
                yield _line(text[begin:at], first, previous, height)
                begin, first = at, None
            first = first or box
            previous = last = box
        if first and last:
            yield _line(text[begin : found.end()], first, last, height)


def _line(text: str, first: tuple, last: tuple, height: float) -> Line:
    """A line with its place from the top left corner of the page."""
    return Line(
        " ".join(text.translate(LIGATURES).split()),
        left=first[0],
        right=max(last[2], first[2]),
        top=height - max(first[3], last[3]),
        bottom=height - min(first[1], last[1]),
        page_height=height,
    )


def _hints(facts: dict[str, str]) -> dict[str, str]:
    """Title and author as the program noted them, unless the title is a file name."""
    hints = {"title": facts.get("Title", "").strip(), "author": facts.get("Author", "").strip()}
    if NO_TITLE.search(hints["title"]):
        del hints["title"]
    return hints
