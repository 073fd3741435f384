"""Reads Universal Dependencies treebanks (CoNLL-U): tags and lemmas; GUM's names and mentions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..reader import Span
from .gold import NONE, Gold, Pointer

Word = tuple[int, int, str, str]  # start, end, tag, as written
Mention = tuple[str, str, Span]  # of which entity, its kind, where
KINDS = {"person": "person", "organization": "organisation", "place": "place"}
SPEAKING = ("person", "organization")  # the kinds of mentions that can speak
JOINING = ("of", "the", "and", "&", "for", "-")  # words within a name
ENTITY = re.compile(r"\([^()]*\)?|[^()]+\)")  # "(4-person-new" opens, "4)" closes


@dataclass(frozen=True, slots=True)
class Sentence:
    """The syntactic words of a sentence with their universal tags and lemmas."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]


def rows(block: str) -> Iterator[list[str]]:
    """The cells of each syntactic word; empty nodes and the lines of contractions are left out."""
    for line in block.split("\n"):
        cells = line.split("\t")
        if cells[0].isdigit():
            yield cells


def read_part(folder: Path, part: str) -> list[Sentence]:
    """The sentences of all treebanks of a folder for one part ("train" or "dev")."""
    paths = sorted(folder.glob(f"*{part}.conllu"))
    if not paths:
        raise FileNotFoundError(f"no *{part}.conllu in {folder}")
    return [sentence for path in paths for sentence in read_sentences(path)]


def read_sentences(path: Path) -> list[Sentence]:
    """All sentences of a CoNLL-U file."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        if cells := [row[1:4] for row in rows(block)]:
            words, lemmas, tags = zip(*cells, strict=True)
            found.append(Sentence(words, tags, lemmas))
    return found


def read_gum(path: Path) -> Iterator[Gold]:
    """Yield the documents of GUM: names, and links of pronouns and descriptions to their like."""
    for number, document in enumerate(path.read_text("utf-8").split("# newdoc")[1:]):
        text, words, mentions = _gum_document(document)
        names: dict[int, tuple[int, int, str]] = {}
        for _, kind, (start, end) in sorted(mentions, key=lambda m: m[2][0] - m[2][1]):
            if kind in KINDS and (name := _name_in(words, (start, end))):
                names.setdefault(name[0], (*name, KINDS[kind]))
        seen: dict[str, list[Span]] = defaultdict(list)
        pointers = []
        for entity, kind, span in sorted(mentions, key=lambda m: (m[2][0], -m[2][1])):
            if kind in SPEAKING:
                before = seen[entity]
                pointers.append(Pointer("same", span, tuple(before) or (NONE,), weight=0.5))
                before.append(span)
        yield Gold(f"gum {number}", text, (), tuple(pointers), complete=False,
                   names=tuple(names.values()), every_name=True)  # fmt: skip


def _gum_document(document: str) -> tuple[str, list[Word], list[Mention]]:
    """The text of a document, its words, and who and what it speaks of."""
    text, words, mentions = "", [], []
    opened: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for paragraph in document.split("\n# newpar"):
        text = text.rstrip() + "\n" if text else ""
        for cells in rows(paragraph):
            begin = len(text)
            text += cells[1]
            words.append((begin, len(text), cells[3], cells[1]))
            told = dict(part.partition("=")[::2] for part in cells[9].split("|"))
            for part in ENTITY.findall(told.get("Entity", "")):
                entity, *rest = part.strip("()").split("-")
                if part[0] == "(":
                    opened[entity].append((rest[0], begin))
                if part[-1] == ")" and opened[entity]:
                    kind, start = opened[entity].pop()
                    mentions.append((entity, kind, (start, len(text))))
            if told.get("SpaceAfter") != "No":
                text += " "
    return text, words, mentions


def _name_in(words: list[Word], span: Span) -> Span | None:
    """The name that opens a mention, behind its article: its first run of proper nouns."""
    first = last = None
    for start, end, tag, word in words[bisect_left(words, span[0], key=lambda w: w[0]) :]:
        if end > span[1]:
            break
        if tag == "PROPN" or first is not None and tag == "ADJ" and word[0].isupper():
            first, last = (start if first is None else first), end
        elif tag not in ("DET", "ADJ", "NOUN") if first is None else word not in JOINING:
            break
    return (first, last) if first is not None else None
