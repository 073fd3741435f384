"""Words and sentences against a Universal Dependencies treebank (CoNLL-U)."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .words import f1, percent


@dataclass
class Tree:
    """A document with the text as printed; places of its sentences and words."""

    doc: str
    text: str = ""
    sentences: list[tuple[int, int]] = field(default_factory=list)
    openings: set[int] = field(default_factory=set)  # sentences that open a paragraph
    words: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)  # tag and lemma


def read_trees(path: Path) -> list[Tree]:
    """The documents of a file; sentences of a paragraph are joined by a blank."""
    trees: list[Tree] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        facts = dict(
            line[2:].split(" = ", 1) for line in lines if re.match(r"# \S+( id)? = ", line)
        )
        if "text" not in facts:
            continue
        named = [line for line in lines if line.startswith("# newdoc")]
        if named or not trees:
            trees.append(Tree(named[0].partition("=")[2].strip() if named else "1"))
        tree, text = trees[-1], facts["text"]
        opens = not tree.text or any(re.match(r"# newpar(?!_)", line) for line in lines)
        tree.text += ("\n\n" if opens else " ") * bool(tree.text)
        base = len(tree.text)
        tree.text += text
        tree.sentences.append((base + len(text) - len(text.lstrip()), base + len(text.rstrip())))
        if opens:
            tree.openings.add(tree.sentences[-1][0])
        cells = [line.split("\t") for line in lines if line[:1].isdigit()]
        for start, end, tag, lemma in placed(text, cells):
            tree.words[base + start, base + end] = tag, lemma
    return trees


def placed(text: str, rows: list[list[str]]) -> Iterator[tuple[int, int, str, str]]:
    """(start, end, tag, lemma) of each word; those of a contraction share out its letters."""
    at = 0
    last, until = 0, 0  # word of the contraction, and its end
    for number, form, lemma, tag, *_ in rows:
        if "-" in number:
            at = text.index(form, at)
            last, until = int(number.partition("-")[2]), at + len(form)
        elif "." not in number:
            within = int(number) <= last
            at = at if within else text.index(form, at)
            end = until if int(number) == last else at + len(form)
            end = min(end, until) if within else end
            yield at, end, tag, lemma
            at = end


def score_words(trees: list[Tree], tokens) -> dict[str, float]:
    """Sentence starts inside a paragraph and words: F1; tags and lemmas of the words found.

    tokens : the kit's table.
    """
    c: Counter = Counter()
    rows = defaultdict(list)
    for row in tokens.to_dict("records"):
        rows[row["doc"]].append(row)
    for tree in trees:
        found = rows[tree.doc]
        firsts = {}
        for row in found:
            firsts.setdefault((row["paragraph"], row["sentence"]), row["start"])
        starts = set(firsts.values()) - tree.openings
        gold = {start for start, _ in tree.sentences} - tree.openings
        got = {(row["start"], row["end"]): row for row in found}
        both = tree.words.keys() & got.keys()
        c["gold starts"] += len(gold)
        c["starts"] += len(starts)
        c["same starts"] += len(gold & starts)
        c["gold words"] += len(tree.words)
        c["words"] += len(got)
        c["same words"] += len(both)
        for place in both:
            tag, lemma = tree.words[place]
            c["tags"] += got[place]["pos"] == tag
            c["lemmas"] += str(got[place]["lemma"]).casefold() == lemma.casefold()
    return {
        "sentences": f1(c["same starts"], c["gold starts"], c["starts"]),
        "words": f1(c["same words"], c["gold words"], c["words"]),
        "tags": percent(c["tags"], c["same words"]),
        "lemmas": percent(c["lemmas"], c["same words"]),
    }
