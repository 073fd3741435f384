"""A sentence as a claim needs it: which verb a figure hangs on, and who or what that verb is of."""

from __future__ import annotations

from functools import cache

from ...text.tokens import Annotated
from ...text.words import read_list

REACH = 8  # words between a figure and its verb
NOMINAL, VERBAL = {"NOUN", "PROPN"}, {"VERB", "AUX"}
PASSED = {"DET", "ADV", "PART", "SYM", "ADJ"}
QUOTES = {'"', "“", "”", "''", "``", "'", "‘", "’"}
RELATIVE = {"who", "which", "that"}
NEGATIONS = {"not", "n't", "n’t", "never"}


@cache
def section(name: str) -> frozenset[str]:
    """The words of one section of `claims.txt`."""
    return frozenset(read_list("claims.txt")[name])


class Clause:
    """A sentence with the figures in it, looked at from one of them; words are given by number.

    note : the annotated text.  number : of the sentence.  masked : the words that are figures.
    """

    def __init__(self, note: Annotated, number: int, masked: set[int]) -> None:
        self.note, self.number, self.masked = note, number, masked
        self.first, self.after = note.sentences[number]

    def word(self, at: int) -> str:
        return self.note.words[at].lower() if self.first <= at < self.after else ""

    def lemma(self, at: int) -> str:
        return self.note.lemmas[at].lower() if self.first <= at < self.after else ""

    def pos(self, at: int) -> str:
        return self.note.pos[at] if self.first <= at < self.after else ""

    def is_one_of(self, at: int, name: str) -> bool:
        """Whether a word or its lemma is in a section of `claims.txt`."""
        return bool({self.word(at), self.lemma(at)} & section(name))

    def passive(self, verb: int) -> bool:
        return self.pos(verb - 1) == "AUX" and self.lemma(verb - 1) == "be"

    def before(self, k: int) -> tuple[int | None, str]:
        """The word that governs what begins at k, and the preposition between them."""
        preposition = ""
        for at in range(k - 1, max(self.first, k - REACH) - 1, -1):
            if at in self.masked:
                return None, ""
            if self.pos(at) == "ADP":
                preposition = preposition or self.word(at)
            elif self.pos(at) in NOMINAL | VERBAL:
                return at, preposition
            elif self.pos(at) not in PASSED and self.word(at) not in QUOTES:
                return None, ""
        return None, ""

    def after_noun(self, end: int) -> int | None:
        """The verb (or what "is" says: "missing") whose subject ends before `end`."""
        at, seen = end, False
        while self.pos(at) in {"AUX", "ADV", "PART"} or self.word(at) in RELATIVE:
            seen = seen or self.pos(at) == "AUX"
            at += 1
        return at if self.pos(at) == "VERB" or seen and self.pos(at) == "ADJ" else None

    def said_by(self, at: int) -> str:
        """The lemma of a verb that tells something, "" for those of saying and thinking."""
        lemma, negated = self.lemma(at), {self.word(at - 1), self.word(at - 2)} & NEGATIONS
        empty = lemma in section("says") | {"be", "have", "do", "get", "make"}
        if self.word(at) == "missing":
            return "missing"
        return "" if negated or empty else lemma

    def complement(self, verb: int) -> frozenset[str]:
        """The nouns of the object or of the place, as far as the next mark or verb."""
        found = []
        for at in range(verb + 1, verb + REACH):
            if self.pos(at) in {"PUNCT", "VERB", "SCONJ", "CCONJ", ""} or at in self.masked:
                break
            if self.pos(at) in NOMINAL:
                found.append(self.lemma(at))
            elif found and self.pos(at) != "ADJ":
                break
        return frozenset(found)

    def subject(self, verb: int) -> frozenset[str]:
        """The noun phrase before a verb group, empty for pronouns and where there is none."""
        at = verb - 1
        while self.pos(at) in {"AUX", "ADV", "PART"}:
            at -= 1
        if self.lemma(at) in section("says"):  # "a bridge that the government says will cost"
            at -= 1
            while self.pos(at) in NOMINAL | {"DET", "ADJ"}:
                at -= 1
        if self.word(at) in RELATIVE:
            at -= 1
            at -= self.word(at) == ","
        if self.word(at) == ")":  # "The Asian Harbour Fund (AHF) employs"
            at = next(
                (
                    left - 1
                    for left in range(at, max(self.first, at - REACH) - 1, -1)
                    if self.word(left) == "("
                ),
                at,
            )
        while True:
            found = []
            while self.pos(at) in NOMINAL | {"ADJ"} and at not in self.masked:
                found.append(self.lemma(at))
                at -= 1
            at -= self.pos(at) == "DET"
            if not found or self.word(at) in {"and", "or"}:
                return frozenset()
            if self.pos(at) != "ADP" or self.pos(at - 1) not in NOMINAL:
                return frozenset(found)
            at -= 1

    def own_subject(self, i: int) -> frozenset[str]:
        """The subject where the table has none: "It will cost 5 billion" after "The bridge …"."""
        verb, _ = self.before(i)
        if verb is None or self.pos(verb) not in VERBAL:
            return frozenset()
        at = verb - 1
        while self.pos(at) in {"AUX", "ADV", "PART"}:
            at -= 1
        if at == self.first and self.word(at) == "it":
            return self._before_it()
        return self.subject(verb)

    def clause_subject(self, anchor: int) -> frozenset[str]:
        """The bridge of "the bridge, which was to open at a cost of 5 billion"."""
        for at in range(anchor - 1, max(self.first, anchor - 10) - 1, -1):
            if self.pos(at) == "VERB":
                return self.subject(at)
            if self.pos(at) in {"PUNCT", "SCONJ"}:
                break
        return frozenset()

    def _before_it(self) -> frozenset[str]:
        """The noun phrase that opens the sentence before and is its subject."""
        words, note = [], self.note
        at = note.sentences[self.number - 1][0] if self.number else self.first
        at += note.pos[at] == "DET"
        while at < self.first and note.pos[at] in NOMINAL | {"ADJ"}:
            words.append(note.lemmas[at].lower())
            at += 1
        return frozenset(words if at < self.first and note.pos[at] in VERBAL else ())
