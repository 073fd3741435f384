"""Source phrases: what a source is made of, before anybody is looked up."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from ..text import Doc
from ..text.forms import singular
from .lists import (
    ARTICLES,
    DOCUMENTS,
    GROUPS,
    LINKING,
    MOUTHPIECES,
    ORGANISATIONS,
    POSSESSIVES,
    QUANTITIES,
    ROLE_GENDER,
    TIME_NOUNS,
    is_people,
    is_plural,
    is_role,
)

PRONOUNS = frozenset(
    "he she it they we i you him her them us me who which that himself herself "
    "his hers its their theirs my our your this these those".split()
)
OWNING = frozenset("of for from at".split())
BEFORE_TIMES = frozenset({"last", "next", "past", "late", "early"})
QUOTING = re.compile(r"[“”\"]")


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
    def pronoun(self) -> str | None:
        return self.words[0] if len(self.words) == 1 and self.words[0] in PRONOUNS else None

    @property
    def possessor(self) -> str | None:
        """`his` in "his brother"."""
        return self.words[0] if self.words[0] in POSSESSIVES else None

    @property
    def modifiers(self) -> tuple[str, ...]:
        first = 1 if self.words[0] in ARTICLES | POSSESSIVES else 0
        return self.words[first : self.head]

    @property
    def plural(self) -> bool:
        return is_plural(self.noun) or self.words[0] in ("these", "those", "both")

    def owner(self) -> tuple[int, int] | None:
        """The span of the owner: "X's spokesman", "his spokesman", "the website of X"."""
        if self.possessor:
            return self.offsets[0]
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
        words = " ".join(self.text[base : self.offsets[last - 1][1] - self.start].split())
        if self.words[:2] == ("one", "of") and self.words[2:3] and self.words[2] in POSSESSIVES:
            return singular(words.split()[-1])  # one of my neighbours
        odd = words.count("“") != words.count("”") or words.count('"') % 2
        return QUOTING.sub("", words) if odd else words  # The “experts


def phrase_of(note: Doc, span: tuple[int, int]) -> Phrase | None:
    """The words of a span as a source phrase; None where no word lies in it."""
    a = bisect_left(note.ends, span[0] + 1)
    b = bisect_left(note.starts, span[1])
    b = _without_time(note, a, b)
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


def _without_time(note: Doc, a: int, b: int) -> int:
    """Where the words of a source end: "The Government today", "polls in May" without the time."""
    k = b - 1
    if k > a and note.words[k].lower() in TIME_NOUNS and note.words[k] != "march":
        while k - 1 > a and (
            note.words[k - 1].lower() in BEFORE_TIMES or note.pos[k - 1] in ("ADP", "DET", "NUM")
        ):
            k -= 1
        verb = note.pos[k - 1] == "VERB" and note.words[k - 1].islower()
        return b if verb else k  # "a poll released last week" is whole
    return b


def _core_end(words: tuple[str, ...], tags: tuple[str, ...]) -> int:
    for k in range(1, len(words)):
        if words[k] in (",", "(", "who", "which", "whose", "that", ";", "—", "–", "―", "--"):
            return k
        if words[k] == "being" and tags[k - 1] in ("NOUN", "PROPN"):
            return k
        if (
            tags[k] == "VERB"
            and words[k].endswith(("ed", "ing"))
            and tags[k - 1] in ("NOUN", "PROPN")
            and k + 1 < len(words)
            and not (tags[k - 1] == "PROPN" and tags[k + 1] == "NOUN")  # the Times tracking poll
        ):
            return k
    return len(words)


def _head(words: tuple[str, ...], tags: tuple[str, ...], core_end: int) -> int:
    """The last word before the first preposition."""
    end = next((k for k in range(1, core_end) if words[k] in LINKING), core_end)
    while end > 1 and (words[end - 1] in ("'s", "'") or not words[end - 1][0].isalnum()):
        end -= 1
    if 1 < end < core_end and tags[end - 2 : end] == ("NOUN", "ADJ"):
        end -= 1  # people close to it
    return end - 1


def kind_of(phrase: Phrase) -> str:
    """What an unnamed source is, by its head noun."""
    noun = phrase.noun
    if noun in QUANTITIES and phrase.words[phrase.head + 1 : phrase.head + 2] == ("of",):
        noun = _counted(phrase) or noun
    if noun in ("percent", "per cent"):
        return "group"
    one = singular(noun)
    if noun in DOCUMENTS or one in DOCUMENTS:
        return "document"
    if noun in ORGANISATIONS and not is_role(noun) and not (one != noun and one in ORGANISATIONS):
        return "organisation"
    if (
        noun in GROUPS
        or is_people(noun)
        or is_plural(noun)
        or phrase.words[0] in ("those", "these")
    ):
        return "group"
    return "unnamed"


def _counted(phrase: Phrase) -> str | None:
    """So `growers` of "a chorus of prominent growers in Zell"."""
    found = None
    for k in range(phrase.head + 2, phrase.core_end):
        if phrase.words[k] in LINKING:
            break
        if phrase.tags[k] in ("NOUN", "PROPN"):
            found = phrase.words[k]
    return found


def is_mouthpiece(phrase: Phrase) -> bool:
    """A website, press service, account or spokesman: what speaks for somebody else."""
    pair = "-".join(phrase.words[max(0, phrase.head - 1) : phrase.head + 1])
    return pair in MOUTHPIECES or phrase.noun in MOUTHPIECES


def gender_of(phrase: Phrase) -> str | None:
    return ROLE_GENDER.get(phrase.noun)
