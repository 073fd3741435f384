"""Lines with places on pages become paragraphs in reading order, without what pages repeat."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import ceil
from statistics import median

from ..wrapped import joined, words_of

EDGE = 0.12  # share of a page at its top and bottom where headers and footers stand
GUTTER = 6  # points between two columns
STEP = 4  # points between two places tried for a gutter
FEWEST = 4  # lines that make a column
SPANNING = 0.4  # most lines, of all on the page, that may run across the columns
COLUMN_LETTERS = 14  # mean letters in a column's lines: what has fewer is a table
PAGE_NUMBER = re.compile(
    r"(?:[-–—•|] ?)?(?:page ?|p\. ?)?(\d{1,4})"
    r"(?: ?(?:of|/|\|) ?\d{1,4})?(?: ?[-–—•|])?",
    re.IGNORECASE,
)
DIGITS = re.compile(r"\d+")
BULLET = re.compile(r"[•·▪●◦*–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
ENDED = re.compile(
    r"""[.!?…:;]["'”’»)\]]*$                             # It grew.”
    | [^\W\d][.!?]["'”’»)]*[ ]?[\[(]?[\d.]{1,5}[)\]]?$  # with a footnote mark: grew.12, grew. [3]
""",
    re.VERBOSE,
)


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
                if blocks and _goes_on(blocks[-1][-1], block[0]):
                    blocks[-1] += block
                else:
                    blocks.append(block)
    return [joined(block, known) for block in blocks]


def without_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without page numbers and without lines that recur at the edge of pages.

    A line recurs when it stands at the same height, with other digits at most, on two pages of
    two, or on at least three and a third of all.
    """
    places: Counter[tuple[str, int]] = Counter()
    for page in pages:
        places.update({key for line in page if _at_edge(line) for key in _keys(line)})
    enough = 2 if len(pages) == 2 else max(3, len(pages) / 3)
    return [
        [
            line
            for line in page
            if not (
                _at_edge(line)
                and (max(places[key] for key in _keys(line)) >= enough or _numbers(line, number))
            )
        ]
        for number, page in enumerate(pages, 1)
    ]


def _at_edge(line: Line) -> bool:
    return line.bottom < EDGE * line.page_height or line.top > (1 - EDGE) * line.page_height


def _keys(line: Line) -> list[tuple[str, int]]:
    """What tells a header: its words and its height, to within a few points."""
    text = DIGITS.sub("#", line.text)[:200]
    at = round(line.top / 6)
    return [(text, at), (text, at + 1)]


def _numbers(line: Line, page: int) -> bool:
    """Whether a line is a page number: "Page 3 of 10", or the number of this very page."""
    found = PAGE_NUMBER.fullmatch(line.text)
    return bool(found) and (int(found[1]) == page or not line.text.strip("-–—•| ").isdigit())


def columns_of(lines: list[Line], *, depth: int = 3) -> list[list[Line]]:
    """The lines of a page, column by column in reading order, from top to bottom.

    Lines that run across the columns (a headline, a table) part what is above from what is below.
    """
    lines = sorted(lines, key=lambda line: (round(line.top), line.left))
    gutter = _gutter(lines) if depth and len(lines) >= 2 * FEWEST else None
    if gutter is None:
        return [_rows(lines)] if lines else []
    found: list[list[Line]] = []
    band: list[Line] = []
    across: list[Line] = []
    for line in [*lines, None]:
        if line is not None and (line.right <= gutter + 1 or line.left >= gutter):
            if across:
                found.append(_rows(across))
                across = []
            band.append(line)
            continue
        for side in (
            [one for one in band if one.right <= gutter + 1],
            [one for one in band if one.right > gutter + 1],
        ):
            found += columns_of(side, depth=depth - 1)
        band = []
        across += [line] if line is not None else []
    return found + ([_rows(across)] if across else [])


def _gutter(lines: list[Line]) -> float | None:
    """Where the white space between two columns begins, or None where there is but one."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    best: tuple[float, float] | None = None
    for x in sorted({ceil(line.right / STEP) * STEP for line in lines}):
        if not left + 0.15 * (right - left) < x < right - 0.15 * (right - left):
            continue
        before = [line for line in lines if line.right <= x]
        after = [line for line in lines if line.left >= x]
        across = len(lines) - len(before) - len(after)
        if min(len(before), len(after)) < FEWEST or across > SPANNING * len(lines):
            continue
        edge = max(line.right for line in before)
        if (
            min(line.left for line in after) - edge >= GUTTER
            and _side_by_side(before, after)
            and (best is None or across < best[0])
        ):
            best = (across, edge)
    return best[1] if best else None


def _side_by_side(before: list[Line], after: list[Line]) -> bool:
    """Whether two groups of lines stand beside each other and are text, not a table's cells."""
    top = max(min(line.top for line in side) for side in (before, after))
    bottom = min(max(line.bottom for line in side) for side in (before, after))
    least = min(
        max(line.bottom for line in side) - min(line.top for line in side)
        for side in (before, after)
    )
    letters = min(
        sum(len(line.text) for line in side) / len({round(line.top) for line in side})
        for side in (before, after)
    )
    return bottom - top > 0.4 * least and letters >= COLUMN_LETTERS


def _rows(lines: list[Line]) -> list[Line]:
    """Lines of one column in order; pieces at one height become one line."""
    rows: list[Line] = []
    for line in lines:
        row = rows[-1] if rows else None
        if row and abs(line.top - row.top) < 0.4 * row.height and line.left >= row.right - 1:
            rows[-1] = Line(
                f"{row.text} {line.text}",
                row.left,
                line.right,
                min(row.top, line.top),
                max(row.bottom, line.bottom),
                row.page_height,
            )
        else:
            rows.append(line)
    return rows


def _blocks(lines: list[Line]) -> list[list[str]]:
    """The paragraphs of one column, each as its lines."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    steps = [
        after.top - line.top
        for line, after in zip(lines, lines[1:], strict=False)
        if abs(after.height - line.height) < 0.15 * line.height
    ]
    step = median(steps) if steps else 0.0
    if len(steps) > 2:  # paragraphs of one line each have no step of their own
        step = min(step, sorted(steps)[len(steps) // 4] * 1.15)
    blocks = [[lines[0].text]]
    for line, after in zip(lines, lines[1:], strict=False):
        first = len(after.text.split(" ", 1)[0]) + 2  # letters there would have been room for
        short = right - line.right > first * (line.right - line.left) / len(line.text)
        indented = after.left > max(left, line.left) + 0.6 * after.height
        if (
            after.top - line.top > 1.25 * step + 1
            or abs(after.height - line.height) > 0.15 * line.height
            or BULLET.match(after.text)
            or (short and indented)
            or (_ended(line.text) and (short or indented))
        ):
            blocks.append([after.text])
        else:
            blocks[-1].append(after.text)
    return blocks


def _goes_on(end: str, start: str) -> bool:
    """Whether a paragraph runs on over the end of a column or page."""
    return not _ended(end) and start[:1].islower() and len(end) > 15


def _ended(text: str) -> bool:
    return bool(ENDED.search(text[-30:]))
