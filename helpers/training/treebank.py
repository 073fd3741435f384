"""Sentences of Universal Dependencies treebanks (CoNLL-U files)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """The syntactic words of a sentence with their universal tags and lemmas."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]


def read_sentences(path: Path) -> list[Sentence]:
    """All sentences of a CoNLL-U file; empty nodes and the lines of contractions are left out."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line[:1].isdigit()]
        rows = [row for row in rows if row[0].isdigit()]
        if rows:
            words, lemmas, tags = zip(*(row[1:4] for row in rows), strict=True)
            found.append(Sentence(words, tags, lemmas))
    return found


def read_part(folder: Path, part: str) -> list[Sentence]:
    """The sentences of all treebanks of a folder for one part ("train" or "dev")."""
    paths = sorted(folder.glob(f"*{part}.conllu"))
    if not paths:
        raise FileNotFoundError(f"no *{part}.conllu in {folder}")
    return [sentence for path in paths for sentence in read_sentences(path)]
