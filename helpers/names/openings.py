"""Openings: which capitalised words begin a name, and which only begin a sentence or a heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from ..text import Doc, dateline_end, read_list
from .links import Links
from .lists import COURTESY, FIRST_NAMES, NOT_NAMES, ORGANISATIONS, ROLES, is_of_people

CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT"})
ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}$")
CAMEL = re.compile(r"(?!Mac|[A-Z][a-z](?![a-z])|Van|Von|Fitz)[A-Z][a-z]+[A-Z][a-z]")  # BuzzFeed
INITIAL = re.compile(r"(?:[A-Z]\.-?)+$|[A-Z]$|(?:Sh|Yu|Zh|Kh|Ch|Ts|Ya|Ye|St)\.$")
NATION = re.compile(r"[A-Z]\w+(?:an|ish|ese|ch)$")
MONTHS_BEFORE = frozenset(
    "in of on since until till by early late last next this mid from to through for during "
    "before after every each and or".split()
)
SAYING = frozenset(read_list("saying.txt")[""])
PARTY = re.compile(r"[DRI]\s{0,2}[-–\s]\s?[A-Z]{2}\b")  # of a senator, and the state: R-TX
LOUD = 4  # words in capitals, one after the other


class Openings:
    """What the words of a text are elsewhere in it: names, or words that may be small."""

    def __init__(self, note: Doc, links: Links | None = None) -> None:
        self.is_person = links.is_person if links else lambda place: False
        words, pos = note.words, note.pos
        self.note = note
        self.firsts = {a for a, _ in note.sentences}
        self.heads = {start for start, _ in note.paragraphs}
        self.heading = _headlines(note) | _loud(note)
        self.dated = _dated(note)
        self.gap = 2 if note.text.count("  ") > len(words) / 3 else 1  # blanks between two words
        self.small = {w for w in words if w.islower()}
        inner = [
            k
            for k in range(1, len(words))
            if words[k][0].isupper() and pos[k] == "PROPN" and k not in self.heading
        ]
        self.known = {
            words[k].casefold() for k in inner if words[k - 1][0].isalpha() and k not in self.firsts
        }
        given = FIRST_NAMES.keys() | COURTESY.keys()
        before = [words[k - 1].lower().rstrip(".") for k in inner]
        self.surnames = {words[k].casefold() for k, w in zip(inner, before, strict=True)
                         if w in given}  # fmt: skip
        self.alone = {  # names of one word
            words[k]
            for k in inner
            if not words[k - 1][0].isupper() and not words[min(k + 1, len(words) - 1)][0].isupper()
        }
        self.houses = {  # Moody's said
            words[k]
            for k in range(len(words) - 2)
            if words[k + 1] in ("'s", "’s") and words[k][0].isupper() and words[k + 2] in SAYING
        }
        self.pairs = {
            (words[k - 1], words[k])
            for k in inner
            if words[k - 1][0].isupper() and self.firsts.isdisjoint((k - 1, k))
        }

    def opens(self, i: int) -> bool:
        """Does a sentence begin with a word, or what a quotation mark or a bracket holds?"""
        before = self.note.words[i - 1] if i else ""
        return i in self.firsts or not before[0].isalnum() and before not in (",", "-", "(", "/")

    def begins(self, i: int) -> bool:
        """May a name begin with a word?"""
        note, word = self.note, self.note.words[i]
        low, pos = word.casefold().rstrip("."), note.pos[i]
        if (
            i in self.dated
            or low == "the"
            or not word[0].isupper()
            and (word[0] != "@" or len(word) == 1)
        ):
            return False
        if low in NOT_NAMES and low not in FIRST_NAMES:
            return low in self.surnames and not self._is_month(i)
        if i in self.heading:
            behind = note.words[i + 1] if i + 1 < len(note.words) else ""
            initial = INITIAL.match(behind) and low not in self.small
            if initial or self.is_person(note.starts[i]):
                return True
            return any(low in some for some in (self.known, FIRST_NAMES, COURTESY, ROLES))
        if word[0] == "@" or low in COURTESY or low in FIRST_NAMES or CAMEL.match(word):
            return True
        if INITIAL.match(word) and word.endswith("."):
            return True
        if not self.opens(i):
            return pos == "PROPN" or pos not in CLOSED
        if low in self.known and (low not in self.small or low in self.surnames):
            return pos not in CLOSED or low not in SAYING
        behind = note.words[i + 1 : i + 2]
        if (word, *behind) in self.pairs:
            return True
        if len(word) < 6 and ACRONYM.match(word) and behind != [":"]:
            return True
        if low in SAYING:
            return False
        if low in ROLES or low in ORGANISATIONS:
            return True
        next_pos = note.pos[i + 1] if behind else ""
        followed = bool(behind) and (
            behind[0][0].isupper()
            and (next_pos == "PROPN" or behind[0].lower() in ORGANISATIONS)
            or behind == ["&"]
        )
        return low not in self.small and (
            pos == "PROPN" or followed and pos in ("NOUN", "ADJ", "VERB", "X")
        )

    def goes_on(self, i: int, last: str) -> bool:
        """Does a name in a heading, where all words have capitals, go on with a word?"""
        if PARTY.match(self.note.text, self.note.starts[i]):
            return False
        if i not in self.heading:
            return True
        low = self.note.words[i].casefold().rstrip(".")
        if low in self.known or INITIAL.match(self.note.words[i]):
            return True
        if self.is_person(self.note.starts[i]):
            return True
        fresh = low not in self.small and low not in SAYING and low not in ROLES
        named = last in FIRST_NAMES or len(last) == 1
        return last in COURTESY or last in ROLES or fresh and named

    def describes(self, i: int) -> bool:
        """Is a capitalised word the adjective or noun of a people or party: "the Republican"?"""
        word = self.note.words[i]
        low = word.casefold()
        return (
            low not in self.surnames
            and low not in FIRST_NAMES
            and (is_of_people(low) or self.note.pos[i] == "ADJ" and bool(NATION.match(word)))
        )

    def _is_month(self, i: int) -> bool:
        """Is "May" the month here, by the words beside it?"""
        before = self.note.words[i - 1].lower() if i else ""
        behind = self.note.words[i + 1] if i + 1 < len(self.note.words) else ""
        return before in MONTHS_BEFORE or behind[:1].isdigit() or before[:1].isdigit()


def _headlines(note: Doc) -> set[int]:
    """The numbers of the words in sentences where nearly all words have a capital."""
    found: set[int] = set()
    alone = Counter(note.sentence_paragraph)
    for (a, b), paragraph in zip(note.sentences, note.sentence_paragraph, strict=True):
        long = [
            w
            for w, pos in zip(note.words[a:b], note.pos[a:b], strict=True)
            if w[0].isalpha() and len(w) > 3 and not (w.islower() and pos in CLOSED)
        ]
        stopped = note.words[b - 1][-1] in '.!?”"'
        share = 0.8 if not stopped else 0.95 if alone[paragraph] == 1 else 2
        if len(long) >= 4 and sum(w[0].isupper() for w in long) >= share * len(long):
            found.update(range(a, b))
    return found


def _loud(note: Doc) -> set[int]:
    """The numbers of the words in runs of words in capitals."""
    found: set[int] = set()
    run: list[int] = []
    for k, word in enumerate([*note.words, "end"]):
        if word.isupper():
            run.append(k)
        elif word[0].isalnum():
            found.update(run if len(run) >= LOUD else ())
            run = []
    return found


def _dated(note: Doc) -> set[int]:
    """The numbers of the words in datelines, which name nobody who speaks."""
    found: set[int] = set()
    for start, _ in note.paragraphs:
        first = bisect_left(note.starts, start)
        found.update(range(first, bisect_left(note.starts, dateline_end(note.text, start), first)))
    return found
