"""Openings: which capitalised words begin a name, and which only begin a sentence or a heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from ..text import Doc, dateline_end, read_list
from ..text.forms import headline_verbs
from .links import Links
from .lists import COURTESY, FIRST_NAMES, NOT_NAMES, ORGANISATIONS, ROLES

CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT"})
ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}$")
CAMEL = re.compile(r"(?!Mac|[A-Z][a-z](?![a-z])|Van|Von|Fitz)[A-Z][a-z]+[A-Z][a-z]")  # BuzzFeed
INITIAL = re.compile(r"(?:[A-Z]\.-?)+$|[A-Z]$|(?:Sh|Yu|Zh|Kh|Ch|Ts|Ya|Ye|St)\.$")
SAYING = frozenset(read_list("saying.txt")[""])
STATES = (  # as the press shortens them
    "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb "
    "Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
).split()
PARTY = re.compile(rf"[DRI]\s{{0,2}}[-–\s]\s?(?:[A-Z]{{2}}|{'|'.join(STATES)})\b")  # R-TX
LOUD = 4  # words in capitals, one after the other


class Openings:
    """What the words of a text are elsewhere in it: names, or words that may be small."""

    def __init__(self, note: Doc, links: Links | None = None) -> None:
        self.is_person = links.is_person if links else lambda place: False
        words, pos = note.words, note.pos
        self.note = note
        self.firsts = {a for a, _ in note.sentences}
        self.verbs = headline_verbs(note)
        self.heading = _headlines(note, self.verbs) | _loud(note)
        self.dated: set[int] = set()
        for start, _ in note.paragraphs:
            end = dateline_end(note.text, start)
            self.dated.update(range(*(bisect_left(note.starts, place) for place in (start, end))))
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
        self.surnames = {
            words[k].casefold() for k in inner if words[k - 1].lower().rstrip(".") in given
        }

    def begins(self, i: int) -> bool:
        """May a name begin with a word?"""
        note, word = self.note, self.note.words[i]
        low, pos = word.casefold().rstrip("."), note.pos[i]
        behind = note.words[i + 1] if i + 1 < len(note.words) else "."
        if i in self.dated or i in self.verbs or low == "the" or not word[0].isupper():
            return word[0] == "@" and len(word) > 1
        if low in NOT_NAMES and low not in FIRST_NAMES:
            return low in self.surnames and not behind[0].isdigit()
        if i in self.heading:
            initial = INITIAL.match(behind) and low not in self.small
            named = any(low in some for some in (self.known, FIRST_NAMES, COURTESY, ROLES))
            return bool(initial) or named or self.is_person(note.starts[i])
        if low in COURTESY or low in FIRST_NAMES or word[-1] == "." and INITIAL.match(word):
            return True
        before = note.words[i - 1] if i else ""
        if i not in self.firsts and (before[0].isalnum() or before in (",", "-", "(", "/")):
            return pos not in CLOSED
        if low in self.known and (low not in self.small or low in self.surnames):
            return pos not in CLOSED or low not in SAYING
        short = len(word) < 6 and behind != ":" and bool(ACRONYM.match(word))
        if short or low in SAYING or low in ROLES or low in ORGANISATIONS:
            return short or low not in SAYING
        followed = behind[0].isupper() and note.pos[i + 1] == "PROPN" or behind == "&"
        followed = followed or behind[0].isupper() and behind.lower() in ORGANISATIONS
        return low not in self.small and (
            pos == "PROPN" or followed and pos not in CLOSED | {"ADV"}
        )

    def goes_on(self, i: int, last: str) -> bool:
        """Does a name in a heading, where all words have capitals, go on with a word?"""
        if i in self.verbs:
            return False  # Una Croft Opens Pier
        if i not in self.heading:
            return not PARTY.match(self.note.text, self.note.starts[i])
        low = self.note.words[i].casefold().rstrip(".")
        known = low in self.known or INITIAL.match(self.note.words[i])
        if known or self.is_person(self.note.starts[i]):
            return True
        fresh = low not in self.small and low not in SAYING and low not in ROLES
        named = last in FIRST_NAMES or len(last) == 1
        return last in COURTESY or last in ROLES or fresh and named


def _headlines(note: Doc, verbs: frozenset[int]) -> set[int]:
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
        told = not verbs.isdisjoint(range(a, b))
        if (told or len(long) >= 4) and sum(w[0].isupper() for w in long) >= share * len(long):
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
