"""What a web page states of itself: when it was published and who wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..dates import WRITTEN, find_day

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ARTICLE = re.compile(r"Article|Posting|Report|Release")  # types of schema.org
PUBLISHED = frozenset(
    """article:published_time og:article:published_time article:published
    og:published_time datepublished date_published pubdate publishdate publish-date publish_date
    publication_date publication-date published_at published-date dc.date dc.date.issued dc.issued
    dc.date.created dcterms.date dcterms.issued dcterms.created citation_publication_date
    parsely-pub-date sailthru.date article.published release_date""".split()
)
SAID = re.compile(
    rf"(?<!\w)(?:published|posted|issued|released|first\s+aired)\b"
    rf"[\s:,|–—-]{{0,4}}(?:on\s+|at\s+)?(?=(?:\d\d?[:.]\d\d\S*[\s,]+)?({WRITTEN}))",
    re.IGNORECASE,
)
NAME = re.compile(r"(?:By[ ]+)?([^\W\d_][^\d@/|]{1,60})", re.IGNORECASE)
MOST_AUTHORS = 6  # more links to authors belong to a list of articles


def published(tree: HtmlElement, lines: list[str]) -> str | None:
    """The day on which a page was published, never that of its last change; None where it is not
    stated as such: in JSON-LD, a `<meta>` or `<time>`, or in words ("Published 4 March 2021").

    lines : what is seen above the end of the article.
    """
    stated = [str(node["datePublished"]) for node in nodes(tree) if "datePublished" in node]
    for element in tree.iter("meta", "time"):
        names = {element.get(key, "").strip().lower() for key in ("name", "property", "itemprop")}
        if names & PUBLISHED or element.get("pubdate") is not None:
            stated.append(element.get("content") or element.get("datetime") or "")
    stated += [found[1] for line in lines if len(line) < 100 for found in SAID.finditer(line)]
    return next((day for day in map(find_day, stated) if day), None)


def authors(tree: HtmlElement, guessed: list[str], *, outlet: str) -> tuple[list[str], list[str]]:
    """The people who wrote a page, and the bodies that are named as its author.

    guessed : authors found by other means, which count where the page names nobody as a person.
    outlet : the name of the site.
    """
    people, bodies = [], [outlet]
    for node in nodes(tree):
        bodies += [name for name, _ in _named(node.get("publisher"))]
        for name, kind in _named(node.get("author")):
            (bodies if "Organization" in kind else people).append(name)
    bodies = [body.casefold() for body in bodies if body]

    def person(name: str) -> bool:
        low = name.casefold()
        return not any(low.startswith(body) or body.startswith(low) for body in bodies)

    linked = [
        found[1]
        for element in tree.xpath("//a[@rel='author'] | //*[@itemprop='author']")
        if (found := NAME.fullmatch(" ".join(element.text_content().split())))
    ]
    linked = linked if len(linked) <= MOST_AUTHORS else []
    for names in (people, linked, guessed):
        if kept := [name for name in dict.fromkeys(names) if person(name)]:
            return kept, []
    return [], guessed


def nodes(tree: HtmlElement) -> list[dict]:
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


def _named(value: object) -> list[tuple[str, str]]:
    """Name and type of the people or bodies in a value of JSON-LD."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        about = one if isinstance(one, dict) else {"name": one}
        name = about.get("name")
        if isinstance(name, str) and NAME.fullmatch(name := " ".join(name.split())):
            found.append((name, str(about.get("@type"))))
    return found
