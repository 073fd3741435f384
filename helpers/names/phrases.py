"""Source phrases: what a source is made of, before anybody is looked up."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from ..text import Doc, Span
from ..text.forms import singular
from . import lists
from .cast import Entity
from .mentions import Mention

OWNING = frozenset("of for from at".split())


@dataclass(frozen=True, slots=True)
class Phrase:
    """A source read from left to right; `words` are lower case, `written` and `text` as written."""

    start: int
    end: int
    text: str
    written: tuple[str, ...]
    words: tuple[str, ...]
    tags: tuple[str, ...]
    offsets: tuple[Span, ...]
    head: int  # the number of the head noun in `words`
    core_end: int  # words up to a comma or relative pronoun

    @property
    def noun(self) -> str:
        return self.words[self.head]

    @property
    def pronoun(self) -> str | None:
        """`he` for "him", too."""
        return lists.PRONOUNS.get(self.words[0]) if len(self.words) == 1 else None

    @property
    def possessor(self) -> str | None:
        """`his` in "his brother"."""
        return self.words[0] if self.words[0] in lists.POSSESSIVES else None

    @property
    def plural(self) -> bool:
        noun, first = self.noun, self.words[0]
        people = lists.is_plural(noun) or lists.is_people(noun)
        return people or first in ("these", "those", "both")

    def owner(self) -> Span | None:
        """The span of the owner: "X's spokesman", "his spokesman", "the website of X"."""
        if self.possessor:
            return self.offsets[0]
        for k, word in enumerate(self.words[: self.core_end - 1]):
            if k < self.head and word in ("'s", "'"):
                return self.offsets[0][0], self.offsets[k - 1][1]
            if k > self.head and word in OWNING:
                return self.offsets[k + 1][0], self.offsets[self.core_end - 1][1]
        return None

    def owns(self, end: int) -> bool:
        """Is whoever is named up to a place the owner of what the head is: Ann Lee's driver?"""
        behind = zip(self.offsets[: self.head], self.words, strict=False)
        return any(start == end and word in ("'s", "'") for (start, _), word in behind)

    def mentions(self, name: Mention) -> bool:
        """Is a name behind the head only mentioned: Ann Lee in "the driver of Ann Lee"?"""
        start, end = self.offsets[self.head]
        before = self.text[end - self.start : max(0, name.start - self.start)].rpartition(",")[2]
        return name.opening > start and not lists.MENTIONING.isdisjoint(before.split())

    def own_words(self) -> str:
        """The phrase as a name: no article, no apposition, no possessive ending."""
        first = int(self.words[0] in lists.ARTICLES and self.core_end > 1)
        last = self.core_end
        while last > first + 1 and self.words[last - 1] in ("'s", "'"):
            last -= 1
        span = slice(self.offsets[first][0] - self.start, self.offsets[last - 1][1] - self.start)
        return " ".join(self.text[span].split())


def phrase_of(note: Doc, span: Span) -> Phrase | None:
    """The words of a span as a source phrase; None where no word lies in it."""
    a = bisect_left(note.ends, span[0] + 1)
    b = bisect_left(note.starts, span[1])
    while a < b and not note.words[a][0].isalnum() and note.words[a][0] not in "@#'’":
        a += 1
    while b > a and not note.words[b - 1][0].isalnum() and note.words[b - 1][0] not in "'’)@":
        b -= 1
    if a >= b:
        return None
    written = tuple(note.words[a:b])
    words = tuple(w.lower().replace("’", "'") for w in written)
    core_end = next((k for k in range(1, b - a) if words[k] in lists.STOPS), b - a)
    offsets = tuple(zip(note.starts[a:b], note.ends[a:b], strict=True))
    start, end = offsets[0][0], offsets[-1][1]
    return Phrase(start, end, note.text[start:end], written, words, tuple(note.pos[a:b]), offsets,
                  _head(words, core_end), core_end)  # fmt: skip


def _head(words: tuple[str, ...], core_end: int) -> int:
    """The last word before the first preposition."""
    end = next((k for k in range(1, core_end) if words[k] in lists.LINKING), core_end)
    while end > 1 and (words[end - 1] in ("'s", "'") or not words[end - 1][0].isalnum()):
        end -= 1
    return end - 1


def kind_of(phrase: Phrase) -> str:
    """What an unnamed source is, by its head noun."""
    noun, one = phrase.noun, singular(phrase.noun)
    if noun == "reports" and not lists.GROUPS.isdisjoint(phrase.words[: phrase.head]):
        return "group"  # media reports
    if noun in lists.DOCUMENTS or one in lists.DOCUMENTS:
        return "document"
    many = one != noun and one in lists.ORGANISATIONS
    if noun in lists.ORGANISATIONS and not many and not lists.is_role(noun):
        return "organisation"
    return "group" if phrase.plural or noun in lists.QUANTITIES else "unnamed"


def is_mouthpiece(phrase: Phrase) -> bool:
    """A website, press service, account or spokesman: what speaks for somebody else."""
    pair = "-".join(phrase.words[max(0, phrase.head - 1) : phrase.head + 1])
    return pair in lists.MOUTHPIECES or phrase.noun in lists.MOUTHPIECES


def own_entity(phrase: Phrase) -> Entity:
    """A source under its own words, for want of a name."""
    words = phrase.own_words()
    gender = lists.ROLE_GENDER.get(phrase.noun)
    return Entity(words, kind_of(phrase), tuple(words.split()), gender=gender)
