"""Source phrases: what a source is made of, before anybody is looked up."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ..tokens import Annotated
from .lists import (
    DOCUMENTS,
    GROUPS,
    KIN,
    MOUTHPIECES,
    ORGANISATIONS,
    ROLE_GENDER,
    is_plural,
    is_role,
)

PRONOUNS = frozenset(
    "he she it they we i you him her them us me who which that himself herself "
    "this these those".split()
)
POSSESSIVES = frozenset("his her its their my our your".split())
ARTICLES = frozenset({"the", "a", "an"})
PREPOSITIONS = frozenset("of at for from in with on by to against behind under near within".split())
OWNING = frozenset("of for from at".split())
NAMED = frozenset(
    {
        "called",
        "named",
        "known",
        "dubbed",
        "nicknamed",
        "itself",
        "himself",
        "herself",
        "themselves",
        "as",
        "calling",
    }
)
AGED = re.compile(r"(\d{1,3})-year-old$")
NATION = re.compile(r"[A-Z]\w+(?:an|ish|ese|iard|ch)$")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source read from left to right; words are lower case, `text` is as written."""

    start: int
    end: int
    text: str
    words: tuple[str, ...]
    tags: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    head: int  # the number of the head noun in `words`
    core_end: int  # words up to a comma, relative pronoun or participle

    @property
    def noun(self) -> str:
        return self.words[self.head]

    @property
    def definite(self) -> bool:
        return self.words[0] == "the" or self.words[0] in POSSESSIVES or "'s" in self.words

    @property
    def pronoun(self) -> str | None:
        return self.words[0] if len(self.words) == 1 and self.words[0] in PRONOUNS else None

    @property
    def possessor(self) -> str | None:
        """`his` in "his brother"."""
        return self.words[0] if self.words[0] in POSSESSIVES and len(self.words) > 1 else None

    @property
    def modifiers(self) -> tuple[str, ...]:
        first = 1 if self.words[0] in ARTICLES | POSSESSIVES else 0
        return self.words[first : self.head]

    @property
    def age(self) -> int | None:
        joined = "".join(self.words[1 : self.core_end])
        match = AGED.match(joined)
        return int(match[1]) if match else None

    @property
    def nationality(self) -> bool:
        word = self.text.split()[-1]
        return len(self.words) == 2 and self.definite and bool(NATION.match(word))

    def owner(self) -> tuple[int, int] | None:
        """The span of the owner: "X's spokesman", "the website of X", "spokesman for X"."""
        for k in range(self.head):
            if self.words[k] in ("'s", "'"):
                return self.offsets[0][0], self.offsets[k - 1][1]
        for k in range(self.head + 1, self.core_end - 1):
            if self.words[k] in OWNING:
                return self.offsets[k + 1][0], self.offsets[self.core_end - 1][1]
        return None

    def own_words(self) -> str:
        """The phrase as a name: no article, no apposition, no participle, no possessive ending."""
        first = 1 if self.words[0] in ARTICLES and self.core_end > 1 else 0
        last = self.core_end
        while last > first + 1 and self.words[last - 1] in ("'s", "'"):
            last -= 1
        base = self.offsets[first][0] - self.start
        return self.text[base : self.offsets[last - 1][1] - self.start]


def phrase_of(note: Annotated, span: tuple[int, int]) -> Phrase | None:
    """The words of a span as a source phrase; None where no word lies in it."""
    a = bisect_left(note.ends, span[0] + 1)
    b = bisect_left(note.starts, span[1])
    while a < b and not note.words[a][0].isalnum() and note.words[a][0] not in "@#'’":
        a += 1
    while b > a and not note.words[b - 1][0].isalnum() and note.words[b - 1][0] not in "'’)@":
        b -= 1
    if a >= b:
        return None
    words = tuple(w.lower().replace("’", "'") for w in note.words[a:b])
    tags = tuple(note.pos[a:b])
    core_end = _core_end(words, tags)
    return Phrase(
        note.starts[a],
        note.ends[b - 1],
        note.text[note.starts[a] : note.ends[b - 1]],
        words,
        tags,
        tuple(zip(note.starts[a:b], note.ends[a:b], strict=True)),
        _head(words, tags, core_end),
        core_end,
    )


def _core_end(words: tuple[str, ...], tags: tuple[str, ...]) -> int:
    for k in range(1, len(words)):
        if words[k] in (",", "(", "who", "which", "whose", "that", ";", "—", "–"):
            return k
        if (
            tags[k] == "VERB"
            and words[k].endswith(("ed", "ing"))
            and tags[k - 1] in ("NOUN", "PROPN")
            and k + 1 < len(words)
        ):
            return k
    return len(words)


def _head(words: tuple[str, ...], tags: tuple[str, ...], core_end: int) -> int:
    """The last word before the first preposition."""
    end = next((k for k in range(1, core_end) if words[k] in PREPOSITIONS), core_end)
    while end > 1 and (words[end - 1] in ("'s", "'") or not words[end - 1][0].isalnum()):
        end -= 1
    return end - 1


def kind_of(phrase: Phrase) -> str:
    """What an unnamed source is, by its head noun."""
    noun = phrase.noun
    if noun in DOCUMENTS:
        return "document"
    if noun in ORGANISATIONS and not is_role(noun):
        return "organisation"
    if noun in GROUPS or is_plural(noun):
        return "group"
    return "unnamed"


def singular(noun: str) -> str:
    if noun.endswith("men"):
        return noun[:-3] + "man"
    return noun[:-1] if is_plural(noun) and noun not in GROUPS else noun


def is_mouthpiece(phrase: Phrase) -> bool:
    """A website, press service, account or spokesman: what speaks for somebody else."""
    pair = "-".join(phrase.words[max(0, phrase.head - 1) : phrase.head + 1])
    if phrase.noun in ("service", "office", "release"):
        return pair in (
            "press-service",
            "press-office",
            "press-release",
            "media-office",
            "information-service",
            "media-service",
        )
    return phrase.noun in MOUTHPIECES


def is_kin(phrase: Phrase) -> bool:
    return phrase.noun in KIN


def gender_of(phrase: Phrase) -> str | None:
    return ROLE_GENDER.get(phrase.noun)
