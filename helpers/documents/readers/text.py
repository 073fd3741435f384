"""Plain text and Markdown."""

from __future__ import annotations

import re

from ..clean import clean, decode
from ..facts import split_head
from ..model import KitError, Part, Parts, Source
from ..presses import split_bundle

BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
FENCE = re.compile(r"^[ \t]*(?:```|~~~).*$", re.MULTILINE)
PICTURE = re.compile(r"!\[[^\[\]\n]{0,500}\]\([^()\n]{0,2000}\)")
LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,100}\])")
BRACKETED = re.compile(r"<(https?://[^\s<>]{1,2000})>")
DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]{1,100}\]:[ \t]+\S+.*$", re.MULTILINE)
HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(\S.*)$", re.MULTILINE)
QUOTED = re.compile(r"^ {0,3}>[ \t]?", re.MULTILINE)
RULE = re.compile(r"^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:[*_=]){3,}[ \t]*$", re.MULTILINE)
STRONG = re.compile(r"(?<![\w*_])(\*\*|__)(?=\S)([^\n*_]{1,1000}?)(?<=\S)\1(?![\w*_])")
EMPHASIS = re.compile(r"(?<![\w*_\\])([*_])(?=\S)([^\n*_]{1,1000}?)(?<=\S)\1(?![\w*_])")
ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")


def read_text(source: Source) -> Parts:
    """A text, in any common encoding, with or without head lines; or a press database's export."""
    text, encoding = text_of(source)
    for part in split_bundle(text) or [Part(text)]:
        yield with_head(part, encoding)


def read_markdown(source: Source) -> Parts:
    """A Markdown text without its marks: what a reader of the finished page would see."""
    text, encoding = text_of(source)
    part = with_head(Part(text), encoding)
    if heading := HEADING.match(part.text.lstrip("\n")):
        part.facts.setdefault("title", plain(_heading(heading)))
    part.text = plain(part.text).lstrip("\n")
    yield part


def text_of(source: Source) -> tuple[str, str]:
    """The clean text of a file and its encoding; raises KitError when it holds no text."""
    data = source.read()
    text, encoding = decode(data)
    if not encoding.startswith("utf-16") and not encoding.startswith("utf-32"):
        strange = len(BINARY.findall(data, 0, 65536))
        if b"\x00" in data[:65536] or strange > len(data[:65536]) / 50:
            raise KitError("holds binary data, not text — save the document as plain text (.txt)")
    return clean(text), encoding


def with_head(part: Part, encoding: str) -> Part:
    """The part with the facts of its head lines, which leave its text."""
    facts, text = split_head(part.text)
    if facts:
        part.text, part.origin = text, "head lines" if not part.facts else part.origin
        part.facts = facts | part.facts
    part.encoding = encoding
    return part


def plain(text: str) -> str:
    """Markdown without its marks; tables, lists and code stay as they are written.

    >>> plain("# Trade\\n\\nIt **grew**, [he said](https://a.example).")
    'Trade\\n\\nIt grew, he said.'
    """
    for pattern, kept in (
        (FENCE, ""),
        (PICTURE, ""),
        (LINK, r"\1"),
        (BRACKETED, r"\1"),
        (DEFINITION, ""),
        (HEADING, _heading),
        (QUOTED, ""),
        (RULE, ""),
        (STRONG, r"\2"),
        (EMPHASIS, r"\2"),
        (ESCAPED, r"\1"),
    ):
        text = pattern.sub(kept, text)
    return text


def _heading(found: re.Match[str]) -> str:
    """A heading's words, without the marks that may close it: "# Trade #"."""
    words = found[1].rstrip()
    bare = words.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else words
