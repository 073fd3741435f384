"""The stage: who is named and heard in a text, where, and how the reader ties places together."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ..text import Doc
from .book import letters_of
from .entities import Cast, Entity
from .links import Links
from .lists import FIRST_NAMES
from .mentions import ORGANISATION, PERSON

MOST = 60  # events looked at
LOOKED_AT = 6  # places of a name
FOREMOST = 4  # who are named most
MARKS = "\"“”'‘’."
BESIDE = re.compile(r"[^.;:“”\"]{0,70}(?:\band\b|&)[^.;:“”\"]{0,50}|\s?,\s?")


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody is named, or speaks."""

    place: int
    entity: Entity
    sentence: int
    paragraph: int
    subject: bool
    quoted: bool


class Stage:
    """Who is named and who has spoken so far in a text that is read from its beginning."""

    def __init__(self, note: Doc, cast: Cast, links: Links) -> None:
        self.note, self.cast, self.links = note, cast, links
        self._sentences = [note.starts[a] for a, _ in note.sentences]
        self.events = [
            self._event(entity, start, mention.token, mention.after)
            for start, _, entity, mention in cast.places
        ]
        self.places = [event.place for event in self.events]
        self.spoken: list[tuple[int, int, Event]] = []  # the place first
        self.counts = Counter(id(e.entity) for e in self.events)
        people = Counter({k: n for k, n in self.counts.items() if k in self._people()})
        self.people = max(1, sum(people.values()))
        self.rank = {key: k for k, (key, _) in enumerate(people.most_common())}
        self.longer = _dominated(cast.entities)
        self.foremost = sorted(cast.entities, key=lambda e: -self.counts[id(e)])[:FOREMOST]
        self.by_word: dict[str, list[Entity]] = {}
        for entity in cast.entities:
            keys = {w.casefold().strip(MARKS) for w in entity.words if w[0].isupper()}
            keys |= {key[:-2] for key in keys if key.endswith(("'s", "’s"))}
            for key in keys | letters_of(entity):
                self.by_word.setdefault(key, []).append(entity)
        self.spans: dict[int, list[tuple[int, int]]] = {}
        for _, end, entity, mention in cast.places:
            k = mention.token
            while k > 0 and mention.token - k < 6 and note.pos[k - 1] in ("DET", "ADJ", "NOUN"):
                k -= 1
            self.spans.setdefault(id(entity), []).append((note.starts[k], end))
        self._kinds: dict[int, tuple[float, ...]] = {}
        self.runs = self._runs()

    def _runs(self) -> list[list[Event]]:
        """Runs of people who are named side by side."""
        found: list[list[Event]] = []
        run: list[Event] = []
        stop = -1
        for event, (start, end, entity, _) in zip(self.events, self.cast.places, strict=True):
            if entity.kind == PERSON or run and len(entity.words) > 1:
                beside = (
                    run
                    and event.paragraph == run[-1].paragraph
                    and BESIDE.fullmatch(self.note.text, stop, start)
                )
                if beside and all(entity is not e.entity for e in run):
                    run.append(event)
                else:
                    found += [run] if len(run) > 1 else []
                    run = [event] if entity.kind == PERSON else []
                stop = end
        return found + ([run] if len(run) > 1 else [])

    def runs_before(self, place: int, *, most: int = 3) -> list[list[Event]]:
        some = [run for run in self.runs if run[-1].place < place]
        return some[-most:][::-1] + some[:1]

    def _people(self) -> set[int]:
        return {id(e) for e in self.cast.entities if e.kind == PERSON}

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

    def after(self, place: int, count: int = 4) -> list[Event]:
        k = bisect_left(self.places, place)
        return self.events[k : k + count]

    def remember(self, place: int, entity: Entity, *, quoted: bool) -> None:
        """Somebody speaks at a place."""
        sentence = self.sentence_of(place)
        event = Event(place, entity, sentence, self.paragraph_of(place), True, quoted)
        insort(self.spoken, (place, len(self.spoken), event))

    def heard(self, place: int) -> list[Event]:
        """Who has spoken before a place, the last one first."""
        k = bisect_left(self.spoken, (place,))
        return [event for _, _, event in self.spoken[max(0, k - MOST) : k][::-1]]

    def _event(self, entity: Entity, place: int, token: int, after: int) -> Event:
        note, sentence = self.note, self.sentence_of(place)
        first = note.sentences[sentence][0]
        subject = token - first <= 2
        if after < len(note.words) and not subject:
            low, pos = note.words[after].lower(), note.pos[after]
            subject = pos in ("VERB", "AUX") and not low.endswith("ing")
            subject = subject or low in (",", "(") and token - first <= 8
        k = token - 1 - (token > 0 and note.pos[token - 1] == "DET")
        if k >= 0 and note.pos[k] == "ADP":
            subject = False
        paragraph = note.sentence_paragraph[sentence]
        return Event(place, entity, sentence, paragraph, subject, self.cast.quoted(place))


def _dominated(entities: Sequence[Entity]) -> set[int]:
    """Those of whom a fuller name is known."""
    by_last: dict[str, int] = {}
    for entity in entities:
        if entity.kind != ORGANISATION or len(entity.words) > 1:
            last = entity.words[-1].casefold()
            by_last[last] = max(by_last.get(last, 0), len(entity.words))
    return {
        id(e)
        for e in entities
        if len(e.words) < by_last.get(e.words[-1].casefold(), 0)
        and not (len(e.words) > 1 and e.words[0].casefold() in FIRST_NAMES)
    }
