"""Noun groups: runs of adjectives and nouns, with names whole and without what is no group."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ..text import Doc, dateline_end
from ..text.forms import body_words, generic_words, name_words, role_words, singular
from ..text.words import read_list

__all__ = ["Unit", "noun_groups", "one_name", "particles"]

INSIDE = frozenset({"NOUN", "PROPN", "ADJ"})
MODIFIERS = frozenset({"VERB", "ADV", "NUM"})  # tags of the last word: "oil-producing"
BEFORE = frozenset({"DET", "ADJ"})
HYPHENS = frozenset("-‐‑")
MOST_HYPHENS = 3  # in a word: "state-of-the-art"; more make a sentence of it
ADDRESS = re.compile(r"@|://|^www\.|\w\.\w+/")  # press@orma.gov, www.orma.gov, orma.gov/news
LABEL = re.compile(r"[A-Z][A-Z&]{0,5}:\s|[A-Z]{3}[A-Z .'’-]{0,40}, (?:\w{3,9}\.? )?\d")  # "WS: "


class Unit(NamedTuple):
    """A word of a noun group, or several joined by hyphens."""

    first: int
    after: int
    tag: str
    key: str


def one_name(one: Unit, other: Unit) -> bool:
    """Whether a cut between two neighbours would leave half a name on either side."""
    return one.tag == other.tag == "PROPN" and one.key not in role_words()


def noun_groups(note: Doc) -> Iterator[list[Unit]]:
    """Runs of adjectives and nouns behind datelines, without generic words or a last adjective."""
    in_names, openings = _in_names(note), {start for start, _ in note.paragraphs}
    for opening, after in note.sentences:
        first, start = opening, note.starts[opening]
        if start in openings:
            label = LABEL.match(note.text, start)
            end = label.end() if label else dateline_end(note.text, start)
            first = bisect_left(note.starts, end, first)
        group: list[Unit] = []
        at = first
        while at < after:
            end = _unit_end(note, at, after)
            unit = _unit(
                note, at, end, opens=at == first, closes=end == after, named=end - 1 in in_names
            )
            if group and (unit is None or _wide_gap(note, at)):
                yield from _trimmed(group, note, (first, after))
                group = []
            if unit is not None:
                group.append(unit)
            at = end
        yield from _trimmed(group, note, (first, after))


def _unit(note: Doc, at: int, end: int, *, opens: bool, closes: bool, named: bool) -> Unit | None:
    """The words from `at` to `end` as one, or None when they stand in no noun group.

    opens, closes : whether they begin or end the sentence; named : whether they belong to a name.
    """
    words, tag = note.words, "PROPN" if named else note.pos[end - 1]
    if tag not in INSIDE:
        if not (end > at + 1 and tag in MODIFIERS) and not (
            tag == "VERB"
            and not opens
            and note.pos[at - 1] in BEFORE
            and words[at].endswith(("ed", "ing"))
        ):
            return None
        tag = "ADJ"  # "oil-producing", "year-long"; "a devastating storm"
    written = words[at] if end == at + 1 else note.text[note.starts[at] : note.ends[end - 1]]
    key = singular(written)
    if (
        not (key[0].isalpha() or named)
        or key.count("-") > MOST_HYPHENS
        or ADDRESS.search(key)
        or key in {"a", "i"}
    ):
        return None
    if key in generic_words():  # stays in a name: "New York", "Second Ministerial Conference"
        named |= tag == "PROPN" or (
            not opens and not closes and written[0].isupper() and note.pos[end] == "PROPN"
        )
        if not named or key not in name_words():
            return None
    return Unit(at, end, tag, key)


def _in_names(note: Doc) -> set[int]:
    """The words of names in parts: Ursula von der Leyen, Ministry of Transport."""
    words, found, links, bodies = note.words, set(), particles(), body_words()
    for at, word in enumerate(words):
        end = at
        while end < len(words) and words[end] in links and note.pos[end] != "NUM":
            end += 1
        before = words[at - 1] if at else "."
        if end == at and word == "&" or word == "of" and singular(before) in bodies:
            end = at + 1 + (words[at + 1 : at + 2] == ["the"])
        joins = end > at and (word in links or before[0].isupper())
        if joins and end < len(words) and words[end][0].isupper():
            found.update(range(at - before[0].isupper(), end + 1))
    return found


@lru_cache(maxsize=1)
def particles() -> frozenset[str]:
    return frozenset(read_list("titles.txt")["particles"])


@lru_cache(maxsize=1)
def _reports() -> frozenset[str]:
    """Verbs of saying as they stand after a source: "Azernews reports"."""
    return frozenset(line.split()[0] + "s" for line in read_list("cues.txt")["verbs"])


def _wide_gap(note: Doc, at: int) -> bool:
    """Whether more than a blank or a line's end stands before the word: "steel    prices"."""
    start, end = note.ends[at - 1], note.starts[at]
    return end > start + 1 and "\n" not in note.text[start:end]


def _trimmed(group: list[Unit], note: Doc, sentence: tuple[int, int]) -> Iterator[list[Unit]]:
    """The group without adjectives at its end, and without a verb: "…, Azernews reports."."""
    if len(group) > 1 and note.words[group[-1].first] in _reports():
        begin, end = group[0].first, group[-1].after
        opens = begin == sentence[0] or note.words[begin - 1] in {",", "”", '"', "’", "'"}
        if opens and (end >= sentence[1] or note.words[end] in {".", ",", ":"}):
            group = group[:-1]
    while group and group[-1].tag == "ADJ":
        group = group[:-1]
    if group:
        yield group


def _unit_end(note: Doc, at: int, after: int) -> int:
    """Where the word that begins at `at` ends, words joined by hyphens being one."""
    end = at + 1
    while (
        end + 1 < after
        and note.words[end] in HYPHENS
        and note.ends[end - 1] == note.starts[end]
        and note.ends[end] == note.starts[end + 1]
    ):
        end += 2
    return end
