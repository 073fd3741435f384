"""PDF: lines with their places on the page become paragraphs in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil
from statistics import median

from ..clean import joined, words_of
from ..model import BOUNDS, KitError, Part, Parts, Source, pattern, told

GAP = 1.2  # widths of a line's height: a wider space parts two columns
LINES = re.compile("[^\r\n\x02\ufffe]+[\x02\ufffe]?")  # the last two: a hyphen at a line end
PAGE_NUMBER = pattern("page_number")
BULLET, ENDED = pattern("bullet"), pattern("ended")
LIGATURES = dict(
    zip(map(ord, "ﬀﬁﬂﬃﬄﬅﬆ\x02\ufffe"), "ff fi fl ffi ffl st st - -".split(), strict=True)
)
EDGE = 0.12  # share of a page at its top and bottom where headers and footers stand
STEP = 4  # points between two places tried for a gutter
WORD = re.compile(r"\S+")
FEWEST = 4  # lines that make a column
SPANNING = 0.4  # most lines, of all on the page, that may run across the columns
COLUMN_LETTERS = 14  # mean letters in a column's lines: what has fewer is a table
DIGITS = re.compile(r"\d+")


@dataclass(slots=True)
class Line:
    """A line of text and its place on the page, in points from the top left corner."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    page_height: float

    @property
    def height(self) -> float:
        return max(self.bottom - self.top, 1.0)


def read_pdf(source: Source) -> Parts:
    """The text of a PDF in paragraphs; scans have none and are said to be scans."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(source.read())
    except pypdfium2.PdfiumError as problem:
        locked = "password" in str(problem).lower()
        raise KitError(told("locked_pdf" if locked else "damaged_pdf")) from problem
    count = len(document)
    if count > BOUNDS["pages"]:
        raise KitError(told("many_pages", most=BOUNDS["pages"]))
    pages = [list(_lines(document, number)) for number in range(count)]
    empty = [str(number) for number, page in enumerate(pages, 1) if not page]
    if len(empty) == count:
        raise KitError(told("scan"))
    part = Part("\n\n".join(paragraphs_of(pages)))
    if empty:
        shown = ", ".join(empty[:10]) + (", …" if len(empty) > 10 else "")
        part.notes.append(told("empty_pages", count=len(empty), pages=count, shown=shown))
    yield part


def _lines(document, number: int) -> Iterator[Line]:
    """The lines of a page in the order of the file, cut where a wide space parts columns."""
    from pypdfium2 import PdfiumError, raw

    try:
        page = document[number]
        text_page = page.get_textpage()
    except PdfiumError:
        return
    height = page.get_height()
    letters = range(min(text_page.count_chars(), BOUNDS["letters_in_document"]))
    codes = (raw.FPDFText_GetUnicode(text_page, at) for at in letters)
    text = "".join(chr(code) if 0 < code < 0x110000 else " " for code in codes)

    def box(at: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top of a letter, from the bottom left corner of the page."""
        with suppress(PdfiumError):  # a character without a place
            return text_page.get_charbox(at, loose=True)
        return None

    def line(words: str, first: tuple, last: tuple) -> Line:
        top, bottom = height - max(first[3], last[3]), height - min(first[1], last[1])
        words = " ".join(words.translate(LIGATURES).split())
        return Line(words, first[0], max(last[2], first[2]), top, bottom, height)

    for found in LINES.finditer(text):
        begin, boxes = found.start(), []
        for word in WORD.finditer(text, *found.span()):
            ends = box(word.start()), box(word.end() - 1)
            if None in ends:
                continue
            step = ends[0][0] - boxes[-1][2] if boxes else 0
            if boxes and (step > GAP * (boxes[-1][3] - boxes[-1][1]) or ends[0][0] < boxes[-1][0]):
                yield line(text[begin : word.start()], boxes[0], boxes[-1])
                begin, boxes = word.start(), []
            boxes += ends
        if boxes:
            yield line(text[begin : found.end()], boxes[0], boxes[-1])


def paragraphs_of(pages: list[list[Line]]) -> list[str]:
    """The paragraphs of a document: columns in order, headers and footers gone, hyphens joined.

    Does not know tables, footnotes or text around pictures; text that runs in other directions
    than from left to right comes out in the order of the file.
    """
    pages = without_edges(pages)
    known = words_of([line.text for page in pages for line in page])
    blocks: list[list[str]] = []
    for page in pages:
        for column in columns_of(page):
            for block in _blocks(column):
                end = blocks[-1][-1] if blocks else ""
                open_end = len(end) > 15 and not ENDED.search(end[-30:])
                if open_end and block[0][:1].islower():
                    blocks[-1] += block  # a paragraph that runs on over the end of a column or page
                else:
                    blocks.append(block)
    return [joined(block, known) for block in blocks]


def without_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without lines that recur at the edge of pages.

    A line recurs when it stands at the same height, with other digits at most, on two pages of
    two, or on at least three and a third of all.
    """
    places = Counter(key for page in pages for key in {one for line in page for one in _keys(line)})
    enough = 2 if len(pages) == 2 else max(3, len(pages) / 3)

    def goes(line: Line, page: int) -> bool:
        keys, found = _keys(line), PAGE_NUMBER.fullmatch(line.text)
        numbers = found and (found["word"] or found["of"] or int(found["number"]) == page)
        return bool(keys) and (max(places[key] for key in keys) >= enough or bool(numbers))

    return [
        [line for line in page if not goes(line, number)] for number, page in enumerate(pages, 1)
    ]


def _keys(line: Line) -> list[tuple[str, int]]:
    """What tells a header: its words and its height, to within a few points; none in a page."""
    if line.bottom >= EDGE * line.page_height and line.top <= (1 - EDGE) * line.page_height:
        return []
    text, at = DIGITS.sub("#", line.text)[:200], round(line.top / 6)
    return [(text, at), (text, at + 1)]


def columns_of(lines: list[Line], *, depth: int = 3) -> list[list[Line]]:
    """The lines of a page, column by column in reading order, from top to bottom.

    Lines that run across the columns (a headline, a table) part what is above from what is below.
    """
    lines = sorted(lines, key=lambda line: (round(line.top), line.left))
    gutter = _gutter(lines) if depth and len(lines) >= 2 * FEWEST else None
    if gutter is None:
        return [_rows(lines)] if lines else []
    found: list[list[Line]] = []
    for across, band in groupby(lines, lambda line: line.left < gutter < line.right - 1):
        sides: tuple[list[Line], list[Line]] = ([], [])
        for line in band:
            sides[line.right > gutter + 1 and not across].append(line)
        for side in sides:
            found += columns_of(side, depth=0 if across else depth - 1)
    return found


def _gutter(lines: list[Line]) -> float | None:
    """Where the white space between two columns begins, or None where there is but one."""
    found: list[tuple[int, float]] = []
    for at in sorted({ceil(line.right / STEP) * STEP for line in lines}):
        sides = [x for x in lines if x.right <= at], [x for x in lines if x.left >= at]
        across = len(lines) - sum(map(len, sides))
        enough = min(map(len, sides)) >= FEWEST and across <= SPANNING * len(lines)
        if enough and _side_by_side(*sides):
            found.append((across, max(line.right for line in sides[0])))
    return min(found)[1] if found else None


def _side_by_side(*sides: list[Line]) -> bool:
    """Whether two groups of lines stand beside each other and are text, not a table's cells."""
    spans = [(min(x.top for x in side), max(x.bottom for x in side)) for side in sides]
    shared = min(bottom for _, bottom in spans) - max(top for top, _ in spans)
    text = all(
        sum(len(line.text) for line in side) >= COLUMN_LETTERS * len({round(x.top) for x in side})
        for side in sides
    )
    return text and shared > 0.4 * min(bottom - top for top, bottom in spans)


def _rows(lines: list[Line]) -> list[Line]:
    """Lines of one column in order; pieces at one height become one line."""
    rows: list[Line] = []
    for line in lines:
        row = rows[-1] if rows else None
        if row and abs(line.top - row.top) < 0.4 * row.height and line.left >= row.right - 1:
            top, bottom = min(row.top, line.top), max(row.bottom, line.bottom)
            words = f"{rows.pop().text} {line.text}"
            line = Line(words, row.left, line.right, top, bottom, row.page_height)
        rows.append(line)
    return rows


def _blocks(lines: list[Line]) -> list[list[str]]:
    """The paragraphs of one column, each as its lines."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = sorted(b.top - a.top for a, b in pairwise(lines) if _same_size(a, b))
    step = median(steps) if steps else 0.0
    if len(steps) > 2:  # paragraphs of one line each have no step of their own
        step = min(step, steps[len(steps) // 4] * 1.15)
    blocks = [[lines[0].text]]
    for line, after in pairwise(lines):
        first = len(after.text.split(" ", 1)[0]) + 2  # letters there would have been room for
        short = right - line.right > first * (line.right - line.left) / len(line.text)
        indented = after.left > max(left, line.left) + 0.6 * after.height
        if (
            after.top - line.top > 1.25 * step + 1
            or not _same_size(line, after)
            or BULLET.match(after.text)
            or (short and indented)
            or ((short or indented) and ENDED.search(line.text[-30:]))
        ):
            blocks.append([])
        blocks[-1].append(after.text)
    return blocks


def _same_size(line: Line, after: Line) -> bool:
    return abs(after.height - line.height) < 0.15 * line.height
