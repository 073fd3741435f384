"""Reads GUM: who is meant by a pronoun or description, and the names of people, bodies, places."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path

from ..reader.attribution import Span
from .gold import Gold, Pointer

KINDS = {"person": "person", "organization": "organisation", "place": "place"}
NAMED = ("person", "organization")  # the mentions that can speak


def read_gum(path: Path) -> Iterator[Gold]:
    """Yield the documents of GUM with the links of pronouns and descriptions to what they mean."""
    for number, document in enumerate(path.read_text("utf-8").split("# newdoc")[1:]):
        text, mentions, names = _gum_mentions(document)
        seen: dict[str, list[Span]] = {}
        pointers = []
        for entity, kind, span in sorted(mentions, key=lambda m: (m[2][0], -m[2][1])):
            if kind in NAMED:
                before = seen.setdefault(entity, [])
                pointers.append(Pointer("same", span, tuple(before) or ((0, 0),), weight=0.5))
                before.append(span)
        yield Gold(f"gum {number}", text, (), tuple(pointers), complete=False,
                   names=tuple(names), every_name=True)  # fmt: skip


def _gum_mentions(
    document: str,
) -> tuple[str, list[tuple[str, str, Span]], list[tuple[int, int, str]]]:
    """The text of a document, its mentions (entity, kind, span), and its names of three kinds."""
    text, mentions, opened, words = "", [], {}, []
    for line in document.split("\n"):
        if line.startswith("# newpar") and text:
            text = text.rstrip() + "\n"
        cells = line.split("\t")
        if len(cells) != 10 or "." in cells[0]:
            continue
        if "-" in cells[0]:  # a contraction: its words follow, without text between them
            continue
        begin = len(text)
        text += cells[1]
        words.append((begin, len(text), cells[3], cells[1]))
        misc = dict(part.partition("=")[::2] for part in cells[9].split("|"))
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", misc.get("Entity", "")):
            fields = part.strip("()").split("-")
            if part[0] == "(":
                opened.setdefault(fields[0], []).append((fields[1], begin))
            if part[-1] == ")" and opened.get(fields[0]):
                kind, start = opened[fields[0]].pop()
                mentions.append((fields[0], kind, (start, len(text))))
        if misc.get("SpaceAfter") != "No":
            text += " "
    names: dict[int, tuple[int, int, str]] = {}
    for _, kind, span in sorted(mentions, key=lambda m: m[2][0] - m[2][1]):
        if kind in KINDS and (name := _name_in(words, span)):
            names.setdefault(name[0], (*name, KINDS[kind]))
    return text, mentions, list(names.values())


def _name_in(words: list[tuple[int, int, str, str]], span: Span) -> Span | None:
    """The name that opens a mention, behind its article: its first run of proper nouns."""
    first = last = None
    for start, end, tag, word in words[bisect_left(words, span[0], key=lambda w: w[0]) :]:
        if end > span[1]:
            break
        if tag == "PROPN" or first is not None and tag == "ADJ" and word[0].isupper():
            first, last = (start if first is None else first), end
        elif (
            first is None
            and tag not in ("DET", "ADJ", "NOUN")
            or (first is not None and word not in ("of", "the", "and", "&", "for", "-"))
        ):
            break
    return (first, last) if first is not None else None
