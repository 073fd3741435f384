"""Web pages: the article without navigation, with the metadata that the page states."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from ..clean import decode
from ..dates import find_day
from ..model import MEGABYTE, KitError, Part, Parts, Source
from ..presses import FACTIVA_END, LEXIS_END, LEXIS_HEAD, split_bundle
from .stated import authors, published

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LARGEST = 10 * MEGABYTE  # characters: the extractor's time and memory grow with the page
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
BLOCKS = frozenset(
    "p div li h1 h2 h3 h4 h5 h6 blockquote section article table pre dd dt hr main "
    "figcaption header footer ul ol nav aside body form".split()
)
LINES = frozenset(["br", "tr"])
CELLS = frozenset(["td", "th"])
SILENT = frozenset(["script", "style", "noscript", "template", "title", "svg", "iframe", "object"])
MANY_LINES = re.compile(r"\n{3,}")


def read_html(source: Source) -> Parts:
    """The article on a page; or, in an export of a press database, every article."""
    data = source.read()
    stated = CHARSET.search(data[:4096])
    html, encoding = decode(data, stated=stated[1].decode("ascii", "ignore") if stated else "")
    if len(html) > LARGEST:
        raise KitError(f"a page of more than {LARGEST // MEGABYTE} MB — save the article alone")
    for part in parts_of(html):
        part.encoding = encoding
        yield part


def parts_of(html: str) -> list[Part]:
    """The documents in a page's HTML."""
    if "Document" in html or "DOCUMENT" in html:
        text = visible_text(html)
        if any(mark.search(text) for mark in (FACTIVA_END, LEXIS_HEAD, LEXIS_END)):
            return split_bundle(text) or []
    return [_article(html)]


def visible_text(html: str) -> str:
    """Everything a browser would show, block by block, without judging what is the article.

    >>> visible_text("<title>x</title><p>Trade<br>grew</p>")
    'Trade\\ngrew'
    """
    parser = _Visible()
    parser.feed(html)
    parser.close()
    lines = [line.strip() for line in "".join(parser.pieces).split("\n")]
    return MANY_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Visible(HTMLParser):
    """Collects what is shown; unlike a tree, it bears any depth and any missing end tag."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self.silent: str | None = None  # the element within which nothing is shown

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.silent is None:
            self.silent = tag if tag in SILENT else None
            self.pieces.append(
                "\n\n" if tag in BLOCKS else "\n" if tag in LINES else " " if tag in CELLS else ""
            )

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == self.silent:
            self.silent = None
        elif self.silent is None and tag in BLOCKS:
            self.pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if self.silent is None:
            self.pieces.append(" ".join(data.split("\n")))


def _dated(html: str, day: str, above: list[str]) -> bool:
    """Whether a page states a day: in its metadata or an address, or on a line above its end.

    The extractor takes any day that it finds: "Founded on 5 March 1999" at the foot of the page.
    """
    return any(day.replace("-", mark) in html for mark in ("-", "/", "")) or any(
        find_day(line) == day for line in above if len(line) < 100
    )


def _mend(tree: HtmlElement) -> None:
    """Gives other names to elements that the extractor would drop or run together.

    These are the footer of a quotation, a quotation in a figure, and tables that only lay out a
    page: those with a cell of several paragraphs.
    """
    for element in tree.xpath(
        "//blockquote//footer | //blockquote//header | //figure[.//blockquote or .//q]//figcaption"
    ):
        element.tag = "p"
    for element in tree.xpath("//figure[.//blockquote or .//q]"):
        element.tag = "div"
    for table in tree.xpath("//table[.//td[count(p) > 1 or count(div) > 1]]"):
        for element in table.iter("table", "tbody", "tr", "td", "th"):
            element.tag = "div"


def _article(html: str) -> Part:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:  # no markup at all
        return Part(visible_text(html))
    _mend(tree)
    found = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = found.text if found is not None else ""
    if len((text or "").split()) < 5:  # a page without a known layout: take what is there
        text = visible_text(html)
    lines = [line.strip() for line in (text or "").split("\n")]
    paragraphs = [
        "\t".join(map(str.strip, line.strip("| ").split("|"))) if line.startswith("| ") else line
        for line in lines
        if line.strip("|-:# ")
    ]  # tables come with strokes
    facts, hints = {}, {}
    if found is not None:
        guessed = (found.author or "").split("; ")
        people, bodies = authors(tree, guessed, outlet=found.sitename or "")
        facts = {"title": found.title, "author": ", ".join(people), "source": found.sitename}
        hints = {"author": ", ".join(bodies)}  # counts where no byline names anybody
        last = paragraphs[-1][:60] if paragraphs else ""
        above = visible_text(html).partition(last)[0].split("\n") if last else []
        day = published(tree, above)
        if day is None and found.date and _dated(html, found.date, above):
            day = found.date
        facts["date"] = day
    return Part(
        "\n\n".join(paragraphs),
        {k: v for k, v in facts.items() if v},
        "HTML metadata",
        {k: v for k, v in hints.items() if v},
    )
