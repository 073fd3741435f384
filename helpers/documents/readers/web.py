"""Web pages: the article without navigation, with what the page states of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import TYPE_CHECKING

from ..clean import decode
from ..facts import find_day
from ..model import BOUNDS, MEGABYTE, RULES, KitError, Part, Parts, Source, pattern, words
from ..presses import MARK, split_bundle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{2,30})""", re.IGNORECASE)
TAG, SAID = pattern("tag"), pattern("said_published")
BLOCKS = frozenset(words("blocks", "html"))
SPACE = dict.fromkeys(BLOCKS, "\n\n") | {"br": "\n", "tr": "\n", "td": " ", "th": " "}
FEWEST = 5  # words of an article; a page with fewer has a layout that is not known
ARTICLE = re.compile(r"Article|Posting|Report|Release")  # types of schema.org
PUBLISHED = frozenset(words("published", "html"))
NAME = re.compile(r"(?:By[ ]+)?([^\W\d_][^\d@/|]{1,60})", re.IGNORECASE)
MOST_AUTHORS = 6  # more links to authors belong to a list of articles
SHORT = 100  # letters of a line that may tell a day


def read_html(source: Source) -> Parts:
    """The article on a page; or, in an export of a press database, every article."""
    data = source.read()
    stated = CHARSET.search(data[:4096])
    html, encoding = decode(data, stated=stated[1].decode("ascii", "ignore") if stated else "")
    if len(html) > BOUNDS["letters_on_page"]:
        most = BOUNDS["letters_on_page"] // MEGABYTE
        raise KitError(f"a page of more than {most} MB — save the article alone")
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
    facts, hints = {}, {}
    if found:
        outlet, guessed = found.sitename or "", (found.author or "").split("; ")
        people, bodies = authors(tree, guessed, outlet=outlet)
        day = _day(tree, html, found.date, paragraphs[-1][:60] if paragraphs else "")
        facts = {"title": found.title, "author": ", ".join(people), "source": outlet, "date": day}
        hints = {"author": ", ".join(bodies)}  # counts where no byline names anybody
    return Part("\n\n".join(paragraphs), facts, "HTML metadata", hints)


def _day(tree: HtmlElement, html: str, guessed: str | None, last: str) -> str | None:
    """The day on which a page was published, never that of its last change; None where it is not
    stated as such: in JSON-LD, a `<meta>` or `<time>`, or in words ("Published 4 March 2021").

    guessed : what the extractor found, which counts where the page has it in its metadata or an
        address, or on a line above its end: not "Founded on 5 March 1999" at the foot of the page.
    last : how the last paragraph begins.
    """
    above = visible_text(html).partition(last)[0].split("\n") if last else []
    short = [line for line in above if len(line) < SHORT]
    stated = [str(node["datePublished"]) for node in _nodes(tree) if "datePublished" in node]
    for element in tree.iter("meta", "time"):
        names = {element.get(key, "").strip().lower() for key in ("name", "property", "itemprop")}
        if names & PUBLISHED or element.get("pubdate") is not None:
            stated.append(element.get("content") or element.get("datetime") or "")
    stated += [found[0] for line in short for found in SAID.finditer(line)]
    in_head = guessed and any(guessed.replace("-", mark) in html for mark in ("-", "/", ""))
    if in_head or (guessed and guessed in map(find_day, short)):
        stated.append(guessed)
    return next(filter(None, map(find_day, stated)), None)


def authors(tree: HtmlElement, guessed: list[str], *, outlet: str) -> tuple[list[str], list[str]]:
    """The people who wrote a page, and the bodies that are named as its author.

    guessed : authors found by other means, which count where the page names nobody as a person.
    outlet : the name of the site.
    """
    people, bodies = [], [outlet]
    for node in _nodes(tree):
        bodies += [name for name, _ in _named(node.get("publisher"))]
        for name, kind in _named(node.get("author")):
            (bodies if "Organization" in kind else people).append(name)
    bodies = [body.casefold() for body in bodies if body]
    links = tree.xpath("//a[@rel='author'] | //*[@itemprop='author']")
    named = [NAME.fullmatch(" ".join(element.text_content().split())) for element in links]
    linked = [found[1] for found in named if found]

    def person(name: str) -> bool:
        low = name.casefold()
        return not any(low.startswith(body) or body.startswith(low) for body in bodies)

    for names in (people, linked if len(linked) <= MOST_AUTHORS else [], guessed):
        if kept := list(filter(person, dict.fromkeys(names))):
            return kept, []
    return [], guessed


def _nodes(tree: HtmlElement) -> list[dict]:
    """The objects in a page's JSON-LD, also those in a `@graph`; articles come first."""
    found = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                found += _objects(json.loads(script.text or ""))
            except (ValueError, RecursionError):
                continue
    return sorted(found, key=lambda node: not ARTICLE.search(str(node.get("@type"))))


def _objects(value: object, depth: int = 4) -> Iterator[dict]:
    if isinstance(value, dict):
        yield value
        value = [value[key] for key in ("@graph", "mainEntity", "hasPart") if key in value]
    if isinstance(value, list) and depth:
        for one in value:
            yield from _objects(one, depth - 1)


def _named(value: object) -> Iterator[tuple[str, str]]:
    """Name and type of the people or bodies in a value of JSON-LD."""
    for one in value if isinstance(value, list) else [value]:
        about = one if isinstance(one, dict) else {"name": one}
        name = about.get("name")
        if isinstance(name, str) and NAME.fullmatch(name := " ".join(name.split())):
            yield name, str(about.get("@type"))
