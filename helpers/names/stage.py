"""The stage: who is named and heard in a text, where, and how the reader ties places together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict

from ..text import Doc, Span
from .cast import Cast, Entity
from .links import Links
from .lists import MARKS, letters_of

MOST = 60  # names and speakers looked at
FOREMOST = 4  # who are named most


class Stage:
    """Who is named and who has spoken so far in a text that is read from its beginning."""

    def __init__(self, note: Doc, cast: Cast, links: Links) -> None:
        self.note, self.cast, self.links = note, cast, links
        self._sentences = [note.starts[a] for a, _ in note.sentences]
        self._spoken: list[tuple[int, int, Entity]] = []  # the place first
        self.foremost = sorted(cast.entities, key=lambda e: -len(e.places))[:FOREMOST]
        self.by_word: dict[str, list[Entity]] = defaultdict(list)
        for entity in cast.entities:
            keys = {w.casefold().strip(MARKS + ".,") for w in entity.words if w[0].isupper()}
            keys |= {key[:-2] for key in keys if key.endswith(("'s", "’s"))}
            for key in keys | letters_of(entity.words):
                self.by_word[key].append(entity)
        self.spans: dict[int, list[Span]] = defaultdict(list)  # names with their titles
        for _, end, entity, mention in cast.places:
            self.spans[id(entity)].append((mention.opening, end))

    def covers(self, start: int, end: int) -> bool:
        """Does one name hold a stretch of text?"""
        return any(a <= start and end <= b for a, b, *_ in self.cast.between(start - 80, end))

    def sentence_of(self, place: int) -> int:
        return max(0, bisect_right(self._sentences, place) - 1)

    def paragraph_of(self, place: int) -> int:
        numbers = self.note.sentence_paragraph
        return numbers[self.sentence_of(place)] if numbers else 0

    def before(self, place: int) -> list[tuple[int, Entity]]:
        """Where others are named before a place, the nearest first."""
        return [(start, who) for start, _, who, _ in self.cast.between(0, place)[: -MOST - 1 : -1]]

    def remember(self, place: int, entity: Entity) -> None:
        """Somebody speaks at a place."""
        insort(self._spoken, (place, len(self._spoken), entity))

    def heard(self, place: int) -> list[tuple[int, Entity]]:
        """Where others have spoken before a place, the last one first."""
        k = bisect_left(self._spoken, (place,))
        return [(start, who) for start, _, who in self._spoken[max(0, k - MOST) : k][::-1]]
