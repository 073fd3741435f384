"""Web pages: the article without navigation, with the metadata that the page states."""
from __future__ import annotations

import re
from html.parser import HTMLParser

from ..clean import decode
from ..dates import find_day
from ..model import MEGABYTE, KitError, Part, Parts, Source
from ..presses import FACTIVA_END, LEXIS_END, LEXIS_HEAD, split_bundle

LARGEST = 10 * MEGABYTE  # characters: the extractor's time and memory grow with the page
CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
BLOCKS = frozenset("p div li h1 h2 h3 h4 h5 h6 blockquote section article table pre dd dt hr main "
                   "figcaption header footer ul ol nav aside body form".split())
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
            self.pieces.append("\n\n" if tag in BLOCKS else "\n" if tag in LINES
                               else " " if tag in CELLS else "")

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


def _dated(html: str, day: str, *, last: str) -> bool:
    """Whether a page states a day: in its metadata or an address, or on a line above its end.

    The extractor takes any day that it finds: "Founded on 5 March 1999" at the foot of the page.
    """
    if any(day.replace("-", mark) in html for mark in ("-", "/", "")):
        return True
    above = visible_text(html).partition(last[:60])[0] if last else ""
    return any(find_day(line) == day for line in above.split("\n") if len(line) < 100)


def _article(html: str) -> Part:
    from trafilatura import bare_extraction

    found = bare_extraction(
        html, with_metadata=True, include_comments=False, include_tables=True, favor_recall=True,
        date_extraction_params={"original_date": True, "extensive_search": False})
    text = found.text if found is not None else ""
    if len((text or "").split()) < 5:  # a page without a known layout: take what is there
        text = visible_text(html)
    lines = [line.strip() for line in (text or "").split("\n")]
    paragraphs = ["\t".join(map(str.strip, line.strip("| ").split("|"))) if line.startswith("| ")
                  else line for line in lines if line.strip("|-:# ")]  # tables come with strokes
    facts = {}
    if found is not None:
        facts = {"title": found.title, "author": found.author, "source": found.sitename}
        if found.date and _dated(html, found.date, last=paragraphs[-1] if paragraphs else ""):
            facts["date"] = found.date
        if facts["author"]:
            facts["author"] = facts["author"].replace("; ", ", ")
    return Part("\n\n".join(paragraphs), {k: v for k, v in facts.items() if v}, "HTML metadata")
