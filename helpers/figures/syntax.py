"""Sentences, words and tags of a text where the figures stand; only those sentences are tagged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ..text.tagger import tags_of
from ..text.tokens import annotate

__all__ = ["Sentence", "Syntax"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence with their places in the text and their tags."""

    number: int
    start: int
    end: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    pos: list[str]

    def at(self, place: int) -> int:
        """The number of the first word that ends after `place`."""
        return bisect_right(self.ends, place)


class Syntax:
    """Tagged sentences on demand.  `prepare` the places first: they are tagged in one go."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.doc = annotate(text)
        self._firsts = [self.doc.starts[a] for a, b in self.doc.sentences if a < b]
        self._ranges = [(a, b) for a, b in self.doc.sentences if a < b]
        self._paragraphs = [start for start, _ in self.doc.paragraphs]
        self._tagged: dict[int, Sentence] = {}

    def paragraph(self, place: int) -> int:
        """The number of the paragraph at `place`, from 0."""
        return max(0, bisect_right(self._paragraphs, place) - 1)

    def paragraph_text(self, place: int) -> str:
        """The paragraph at `place`, at most 400 characters to either side."""
        start, end = self.doc.paragraphs[self.paragraph(place)]
        return self.text[max(start, place - 400) : min(end, place + 400)]

    def number(self, place: int) -> int:
        """The number of the sentence at `place`."""
        return max(0, bisect_right(self._firsts, place) - 1)

    def prepare(self, places: Iterable[int]) -> None:
        """Tag the sentences at these places."""
        wanted = sorted({self.number(p) for p in places} - set(self._tagged))
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        for number in wanted:
            a, b = self._ranges[number]
            spans.append((len(words), len(words) + b - a))
            words.extend(self.doc.words[a:b])
        tags = tags_of(words, spans) if words else []
        for number, (start, end) in zip(wanted, spans, strict=True):
            a, b = self._ranges[number]
            self._tagged[number] = Sentence(
                number, self.doc.starts[a], self.doc.ends[b - 1], self.doc.words[a:b],
                self.doc.starts[a:b], self.doc.ends[a:b], list(tags[start:end]),
            )  # fmt: skip

    def before(self, sentence: Sentence) -> Sentence | None:
        """The tagged sentence before this one in the same paragraph."""
        number = sentence.number - 1
        if number < 0 or self.paragraph(self._firsts[number]) != self.paragraph(sentence.start):
            return None
        return self.sentence(self._firsts[number])

    def sentence(self, place: int) -> Sentence:
        """The tagged sentence at `place`."""
        number = self.number(place)
        if number not in self._tagged:
            self.prepare([place])
        return self._tagged.get(number) or Sentence(0, 0, 0, [], [], [], [])
