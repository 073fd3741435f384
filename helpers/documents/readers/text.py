"""Plain text and Markdown."""

from __future__ import annotations

import re

from ..clean import clean, decode
from ..facts import split_head
from ..model import RULES, Part, Parts, Source
from ..presses import split_bundle

MARKS = [(re.compile(mark, re.MULTILINE), kept) for mark, kept in RULES["markdown"].items()]
HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+\S.*")


def read_text(source: Source) -> Parts:
    """A text, in any common encoding, with or without head lines; or a press database's export."""
    text, encoding = decode(source.read())
    text = clean(text)
    for part in split_bundle(text) or [Part(text)]:
        yield _with_head(part, encoding)


def read_markdown(source: Source) -> Parts:
    """A Markdown text without its marks: what a reader of the finished page would see."""
    text, encoding = decode(source.read())
    part = _with_head(Part(clean(text)), encoding)
    if heading := HEADING.match(part.text.lstrip("\n")):
        part.facts.setdefault("title", plain(heading[0]))
    part.text = plain(part.text).lstrip("\n")
    yield part


def _with_head(part: Part, encoding: str) -> Part:
    """The part with the facts of its head lines, which leave its text."""
    facts, part.text = split_head(part.text)
    part.origin = "head lines" if facts and not part.facts else part.origin
    part.facts = facts | part.facts
    part.encoding = encoding
    return part


def plain(text: str) -> str:
    """Markdown without its marks; tables, lists and code stay as they are written.

    >>> plain("# Trade\\n\\nIt **grew**, [he said](https://a.example).")
    'Trade\\n\\nIt grew, he said.'
    """
    for pattern, kept in MARKS:
        text = pattern.sub(kept, text)
    return text
