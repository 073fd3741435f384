"""Web pages: the article without navigation, with what the page states of itself."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

from ..clean import decode
from ..facts import find_day
from ..model import BOUNDS, MEGABYTE, RULES, KitError, Part, Parts, Source, pattern, told, words
from ..presses import MARK, split_bundle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
TAG, SAID = pattern("tag"), pattern("said_published")
BLOCKS = frozenset(words("blocks", "html"))
SPACE = dict.fromkeys(BLOCKS, "\n\n") | {"br": "\n", "tr": "\n", "td": " ", "th": " "}
FEWEST = 5  # words of an article; a page with fewer has a layout that is not known
STATED = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
NAME = re.compile(r"(?:By[ ]+)?([^\W\d_][^\d@/|]{1,60})", re.IGNORECASE)
MOST_AUTHORS = 6  # more links to authors belong to a list of articles
SHORT = 100  # letters of a line that may tell a day


def read_html(source: Source) -> Parts:
    """The article on a page; or, in an export of a press database, every article."""
    data = source.read()
    stated = CHARSET.search(data[:4096])
    html, encoding = decode(data, stated=stated[1].decode("ascii", "ignore") if stated else "")
    if len(html) > BOUNDS["letters_on_page"]:
        raise KitError(told("long_page", most=BOUNDS["letters_on_page"] // MEGABYTE))
    for part in parts_of(html):
        part.encoding = encoding
        yield part


def parts_of(html: str) -> list[Part]:
    """The documents in a page's HTML."""
    if "document" in html.lower() and MARK.search(text := visible_text(html)):
        return split_bundle(text) or []
    return [_article(html)]


def visible_text(html: str) -> str:
    """Everything a browser would show, block by block, without judging what is the article.

    It bears any depth and any missing end tag.

    >>> visible_text("<title>x</title><p>Trade<br>grew</p>")
    'Trade\\ngrew'
    """

    def space(found: re.Match[str]) -> str:
        tag = (found["tag"] or "").lower()
        return SPACE.get(tag, "") if tag in BLOCKS or not found["end"] else ""

    text = unescape(TAG.sub(space, html.replace("\n", " ")))
    lines = [line.strip() for line in text.split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip()


def _article(html: str) -> Part:
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(html)
    if tree is None:  # no markup at all
        return Part(visible_text(html))
    for path, tag in RULES["html"]["mended"].items():
        for element in tree.xpath(path):
            element.tag = tag
    found = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = (found.text or "") if found else ""
    if len(text.split()) < FEWEST:
        text = visible_text(html)
    paragraphs = [
        "\t".join(map(str.strip, line.strip("| ").split("|"))) if line.startswith("| ") else line
        for line in map(str.strip, text.split("\n"))
        if line.strip("|-:# ")
    ]  # tables come with strokes
    facts = {}
    if found:
        outlet, named = found.sitename or "", (found.author or "").split("; ")
        people = max(_linked(tree), named, key=len)  # a link names a person, "author" a paper, too
        people = [name for name in people if not _alike(name, outlet)]
        day = _day(html, found.date, paragraphs[-1][:60] if paragraphs else "")
        facts = {"title": found.title, "author": ", ".join(people), "source": outlet, "date": day}
    return Part("\n\n".join(paragraphs), facts, "HTML metadata")


def _day(html: str, guessed: str | None, last: str) -> str | None:
    """The day on which a page was published: the first that its JSON-LD states, then one in words
    ("Published 4 March 2021"), then what the extractor found, if it is in the page's metadata or an
    address, or on a line above its end: not "Founded on 5 March 1999" at the foot of the page.

    last : how the last paragraph begins.
    """
    above = visible_text(html).partition(last)[0].split("\n") if last else []
    short = [line for line in above if len(line) < SHORT]
    stated = STATED.findall(html) + [found[0] for line in short for found in SAID.finditer(line)]
    in_head = guessed and any(guessed.replace("-", mark) in html for mark in ("-", "/", ""))
    if in_head or (guessed and guessed in map(find_day, short)):
        stated.append(guessed)
    return next(filter(None, map(find_day, stated)), None)


def _linked(tree: HtmlElement) -> list[str]:
    """The authors whose names a page marks as such; none where it lists those of many articles."""
    marked = tree.xpath("//a[@rel='author'] | //*[@itemprop='author']")
    named = [NAME.fullmatch(" ".join(element.text_content().split())) for element in marked]
    names = list(dict.fromkeys(found[1] for found in named if found))
    return names if len(names) <= MOST_AUTHORS else []


def _alike(name: str, outlet: str) -> bool:
    name, outlet = name.casefold(), outlet.casefold()
    return bool(outlet) and (name.startswith(outlet) or outlet.startswith(name))
