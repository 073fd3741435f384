"""The scene: who is mentioned, meant and heard in a text, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter

from ..tokens import Annotated
from .entities import Cast, Entity
from .genders import PRONOUN_GENDER
from .lists import ARTICLES, ROLE_GENDER
from .mentions import PERSON

Span = tuple[int, int]
PLACE = attrgetter("place")
MOST = 60  # events looked at
Person = Callable[["Scene", int, str], Entity | None]
Relative = Callable[["Scene", int, str | None, str | None], Entity | None]


@dataclass(frozen=True, slots=True)
class Event:
    """Somebody is mentioned or speaks."""

    place: int
    entity: Entity
    sentence: int
    subject: bool
    quoted: bool
    spoke: bool


class Scene:
    """Who has been on stage so far, in a text read from the beginning.

    `person` finds whom a pronoun of a gender stands for at a place, `relative` the only relative of
    a gender of whoever "his" or "her" means there.
    """

    def __init__(self, note: Annotated, cast: Cast, *, person: Person, relative: Relative) -> None:
        self.note, self.cast, self._person = note, cast, person
        self._sentence_starts = [note.starts[a] for a, _ in note.sentences]
        self.events = [
            self._event(entity, token=mention.token, after=mention.after, place=start)
            for start, _, entity, mention in cast.places
        ]
        self.events += self._kin_events() + self._office_events()
        self.events.sort(key=PLACE)
        self.spoken: list[Event] = []
        self._meant: list[Event] = []  # whom the pronouns so far stand for
        self._waiting: list[int] = []  # numbers of the pronouns to come, the next one last
        for k, event in enumerate(self.events):
            self.events[k] = self._as_relative(event, relative)
        self._waiting = [
            k
            for k in reversed(range(len(note.words)))
            if note.words[k].lower() in PRONOUN_GENDER
            and note.words[k].lower() != "him"
            and not self.is_quoted(note.starts[k])
        ]

    def sentence_of(self, place: int) -> int:
        return bisect_right(self._sentence_starts, place) - 1

    def is_quoted(self, place: int) -> bool:
        return self.cast.quoted(place)

    def paragraph_of(self, place: int) -> int:
        sentence = self.sentence_of(place)
        return self.note.sentence_paragraph[sentence] if sentence >= 0 else 0

    def remember(self, place: int, entity: Entity, *, quote: int | None) -> None:
        """The entity speaks at this place."""
        event = Event(place, entity, self.sentence_of(place), True, quote is not None, True)
        self.spoken.insert(bisect_right(self.spoken, place, key=PLACE), event)

    def before(self, place: int) -> list[Event]:
        """Mentions, pronouns and speakers before a place, the nearest first."""
        while self._waiting and self.note.starts[self._waiting[-1]] < place:
            self._follow(self._waiting.pop())
        found: list[Event] = []
        for events in (self.events, self._meant, self.spoken):
            k = bisect_left(events, place, key=PLACE)
            found += events[max(0, k - MOST) : k]
        told = {e.place for e in found if e.spoke}
        found = [e for e in found if e.spoke or e.place not in told]
        return sorted(found, key=PLACE, reverse=True)[:MOST]

    def _follow(self, k: int) -> None:
        """A pronoun keeps on stage whom it stands for."""
        gender = PRONOUN_GENDER[self.note.words[k].lower()]
        entity = self._person(self, self.note.starts[k], gender)
        if entity is not None:
            self._meant.append(self._event(entity, token=k, after=k + 1))

    def after(self, place: int, count: int = 12) -> list[Event]:
        k = bisect_left(self.events, place, key=PLACE)
        return self.events[k : k + count]

    def nearest_speaker(self, place: int) -> Entity | None:
        """Who a quotation without a source belongs to: the last speaker, or the last subject."""
        paragraph = self.paragraph_of(place)
        for event in self.before(place):
            near = paragraph - self.paragraph_of(event.place)
            if near > 2:
                return None
            if event.quoted:
                continue
            if event.spoke or event.subject and event.entity.kind == PERSON:
                return event.entity
        return None

    def subject_before(self, place: int, name: Callable[[Span], Entity | None]) -> Entity | None:
        """The entity of the noun phrase that opens the sentence before."""
        note = self.note
        number = self.sentence_of(place)
        for sentence in (number - 1, number - 2):
            if sentence < 0:
                return None
            a, b = note.sentences[sentence]
            while a < b and (note.pos[a] in ("CCONJ", "ADV", "PUNCT", "SCONJ")):
                a += 1
            if a < b and note.pos[a] == "ADP":
                continue
            k = a
            while k < b and (
                note.pos[k] in ("DET", "ADJ", "NOUN", "PROPN", "NUM")
                or note.words[k] in ("-", "'s", "’s", "of")
            ):
                k += 1
            if k > a:
                return name((note.starts[a], note.ends[k - 1]))
        return None

    def _event(self, entity: Entity, *, token: int, after: int, place: int | None = None) -> Event:
        note = self.note
        place = note.starts[token] if place is None else place
        sentence = self.sentence_of(place)
        first = note.sentences[sentence][0] if sentence >= 0 else 0
        subject = token - first <= 2
        if after < len(note.words):
            low, pos = note.words[after].lower(), note.pos[after]
            subject = subject or pos in ("VERB", "AUX") and not low.endswith("ing")
            if low in (",", "(") and note.pos[max(0, token - 1)] != "ADP" and token - first <= 8:
                subject = True
        k = token - 1
        if k > 0 and note.pos[k] == "DET":
            k -= 1  # "A report by the Audit Office found …"
        if k >= 0 and note.pos[k] == "ADP":
            subject = False
        return Event(place, entity, sentence, subject, self.is_quoted(place), spoke=False)

    def _as_relative(self, event: Event, relative: Relative) -> Event:
        """So "His wife" on stage is the other Brightwater, where there is just one."""
        words = event.entity.words
        if event.entity.kind != "unnamed" or words[0].lower() not in ("his", "her"):
            return event
        found = relative(self, event.place, PRONOUN_GENDER[words[0].lower()], event.entity.gender)
        return replace(event, entity=found) if found is not None else event

    def _kin_events(self) -> list[Event]:
        """Gendered common nouns: "my mother", "a policeman"."""
        note, found = self.note, []
        for k in range(1, len(note.words)):
            word, before = note.words[k], note.pos[k - 1]
            if word in ROLE_GENDER and note.pos[k] == "NOUN" and before in ("DET", "PRON", "ADJ"):
                article = note.words[k - 1].lower() in ARTICLES
                text = word if article else note.text[note.starts[k - 1] : note.ends[k]]
                entity = Entity(text, "unnamed", tuple(text.split()), gender=ROLE_GENDER[word])
                found.append(self._event(entity, token=k - 1, after=k + 1))
        return found

    def _office_events(self) -> list[Event]:
        """So "the president", where one person has that office or is named far more than others."""
        holders: dict[str, list[Entity]] = {}
        for entity in (e for e in self.cast.officers if e.kind == PERSON):
            for office in {role.lower().split()[-1] for role in entity.roles}:
                holders.setdefault(office, []).append(entity)
        for some in holders.values():
            some.sort(key=lambda entity: -len(entity.places))
            if len(some) > 1 and len(some[0].places) < 3 * len(some[1].places):
                some.clear()
        note, found = self.note, []
        for k in range(1, len(note.words)):
            if note.words[k - 1].lower() == "the" and note.pos[k] in ("NOUN", "PROPN"):
                who = holders.get(note.words[k].lower(), ())
                if who:
                    found.append(self._event(who[0], token=k - 1, after=k + 1))
        return found
