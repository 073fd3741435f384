"""The stage: who is named and heard in a text, where, and how the reader ties places together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ..text import Doc, Span
from .cast import Cast, Entity
from .links import Links
from .lists import MARKS, letters_of

MOST = 60  # events looked at
LOOKED_AT = 6  # places of a name
FOREMOST = 4  # who are named most


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody is named, or speaks."""

    place: int
    entity: Entity
    sentence: int
    paragraph: int
    quoted: bool


class Stage:
    """Who is named and who has spoken so far in a text that is read from its beginning."""

    def __init__(self, note: Doc, cast: Cast, links: Links, quoted: Sequence[Span]) -> None:
        self.note, self.cast, self.links = note, cast, links
        self._sentences = [note.starts[a] for a, _ in note.sentences]
        quoted = sorted(quoted)
        opens, closes = [a for a, _ in quoted], list(accumulate((b for _, b in quoted), max))
        self.events = []
        for start, _, entity, _ in cast.places:
            k = bisect_right(opens, start) - 1
            self.events.append(self._event(start, entity, k >= 0 and closes[k] > start))
        self.places = [event.place for event in self.events]
        self.spoken: list[tuple[int, int, Event]] = []  # the place first
        self.counts = Counter(id(e.entity) for e in self.events)
        self.foremost = sorted(cast.entities, key=lambda e: -self.counts[id(e)])[:FOREMOST]
        self.by_word: dict[str, list[Entity]] = {}
        for entity in cast.entities:
            keys = {w.casefold().strip(MARKS + ".") for w in entity.words if w[0].isupper()}
            keys |= {key[:-2] for key in keys if key.endswith(("'s", "’s"))}
            for key in keys | letters_of(entity.words):
                self.by_word.setdefault(key, []).append(entity)
        self.spans: dict[int, list[tuple[int, int]]] = {}  # names with their titles
        for _, end, entity, mention in cast.places:
            self.spans.setdefault(id(entity), []).append((mention.opening, end))
        self._kinds: dict[int, tuple[float, ...]] = {}

    def _event(self, place: int, entity: Entity, quoted: bool) -> Event:
        return Event(place, entity, self.sentence_of(place), self.paragraph_of(place), quoted)

    def kinds(self, entity: Entity) -> tuple[float, ...]:
        """How sure the reader is that somebody is a person, a body, a place."""
        key = id(entity)
        if key not in self._kinds:
            self._kinds[key] = self.links.kinds(self.spans.get(key, ())[:LOOKED_AT])
        return self._kinds[key]

    def covers(self, start: int, end: int) -> bool:
        """Does one name hold a stretch of text?"""
        return any(a <= start and end <= b for a, b, *_ in self.cast.between(start - 80, end))

    def sentence_of(self, place: int) -> int:
        return max(0, bisect_right(self._sentences, place) - 1)

    def paragraph_of(self, place: int) -> int:
        numbers = self.note.sentence_paragraph
        return numbers[self.sentence_of(place)] if numbers else 0

    def before(self, place: int) -> list[Event]:
        """The names before a place, the nearest first."""
        k = bisect_left(self.places, place)
        return self.events[max(0, k - MOST) : k][::-1]

    def after(self, place: int, count: int) -> list[Event]:
        k = bisect_left(self.places, place)
        return self.events[k : k + count]

    def remember(self, place: int, entity: Entity, *, quoted: bool) -> None:
        """Somebody speaks at a place."""
        insort(self.spoken, (place, len(self.spoken), self._event(place, entity, quoted)))

    def heard(self, place: int) -> list[Event]:
        """Who has spoken before a place, the last one first."""
        k = bisect_left(self.spoken, (place,))
        return [event for _, _, event in self.spoken[max(0, k - MOST) : k][::-1]]
