"""Pronouns: whom he, she, it and they mean, by gender, nearness, subjects and who spoke last."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace

from ..tokens import Annotated
from .entities import Cast, Entity
from .genders import PRONOUN_GENDER
from .lists import ROLE_GENDER, is_role
from .mentions import ORGANISATION, PERSON, UNKNOWN
from .phrases import Phrase

Span = tuple[int, int]
FARTHEST = 9  # sentences
MOST = 60  # events looked at


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
    """Who has been on stage so far, in a text read from the beginning."""

    def __init__(self, note: Annotated, cast: Cast, quoted: list[Span]) -> None:
        self.note, self.cast = note, cast
        self._sentence_starts = [note.starts[a] for a, _ in note.sentences]
        self._quoted_starts = [s for s, _ in quoted]
        self._quoted_ends = _running_maximum(quoted)
        self.events = [
            self._event(start, entity, spoke=False, token=mention.token, after=mention.after)
            for start, _, entity, mention in cast.places
        ]
        self.events += self._kin_events()
        self.events.sort(key=lambda e: e.place)
        self.places = [e.place for e in self.events]
        self.spoken: list[Event] = []
        for k, event in enumerate(self.events):
            self.events[k] = self._as_relative(event)

    def sentence_of(self, place: int) -> int:
        return bisect_right(self._sentence_starts, place) - 1

    def is_quoted(self, place: int) -> bool:
        k = bisect_right(self._quoted_starts, place) - 1
        return k >= 0 and self._quoted_ends[k] > place

    def paragraph_of(self, place: int) -> int:
        sentence = self.sentence_of(place)
        return self.note.sentence_paragraph[sentence] if sentence >= 0 else 0

    def remember(self, place: int, entity: Entity, *, quote: int | None) -> None:
        """The entity speaks at this place."""
        event = Event(place, entity, self.sentence_of(place), True, quote is not None, True)
        k = bisect_right([e.place for e in self.spoken[-30:]], place)
        self.spoken.insert(max(0, len(self.spoken) - 30) + k, event)

    def before(self, place: int) -> list[Event]:
        """Mentions and speakers before a place, the nearest first."""
        k = bisect_left(self.places, place)
        spoken = [e for e in self.spoken[-40:] if e.place < place]
        events = self.events[max(0, k - MOST) : k] + spoken
        return sorted(events, key=lambda e: e.place, reverse=True)[:MOST]

    def after(self, place: int, count: int = 12) -> list[Event]:
        k = bisect_left(self.places, place)
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

    def owner(self, phrase: Phrase) -> Entity | None:
        """Whose "its statement", "her spokesman" is."""
        word = phrase.words[0]
        if word in ("his", "her"):
            return best_person(self, phrase.start, PRONOUN_GENDER[word], within=None)
        return best_body(self, phrase.start, plural=word == "their")

    def _event(self, place: int, entity: Entity, *, spoke: bool, token: int, after: int) -> Event:
        note = self.note
        sentence = self.sentence_of(place)
        first = note.sentences[sentence][0] if sentence >= 0 else 0
        subject = token - first <= 2
        if after < len(note.words):
            low, pos = note.words[after].lower(), note.pos[after]
            subject = subject or pos in ("VERB", "AUX") and not low.endswith("ing")
            if low in (",", "(") and note.pos[max(0, token - 1)] != "ADP" and token - first <= 8:
                subject = True
        if token and note.words[token - 1].lower() in (
            "of",
            "for",
            "by",
            "with",
            "to",
            "from",
            "in",
        ):
            subject = False
        return Event(place, entity, sentence, subject, self.is_quoted(place), spoke)

    def _as_relative(self, event: Event) -> Event:
        """So "His wife" on stage is the other Brightwater, where there is just one."""
        words = event.entity.words
        if (
            event.entity.kind != "unnamed"
            or len(words) < 2
            or words[0].lower() not in ("his", "her")
        ):
            return event
        found = relative_of(
            self, event.place, PRONOUN_GENDER[words[0].lower()], event.entity.gender
        )
        return replace(event, entity=found) if found is not None else event

    def _kin_events(self) -> list[Event]:
        """Gendered common nouns: "my mother", "a policeman"."""
        note, found = self.note, []
        for k in range(1, len(note.words)):
            word = note.words[k]
            if (
                word in ROLE_GENDER
                and note.pos[k] == "NOUN"
                and note.pos[k - 1] in ("DET", "PRON", "ADJ")
            ):
                start = k - 1
                text = note.text[note.starts[start] : note.ends[k]]
                if note.words[start].lower() in ("the", "a", "an"):
                    text = word
                entity = Entity(text, "unnamed", tuple(text.split()), gender=ROLE_GENDER[word])
                found.append(
                    self._event(note.starts[start], entity, spoke=False, token=start, after=k + 1)
                )
        return found


def relative_of(
    scene: Scene, place: int, holder_gender: str | None, gender: str | None
) -> Entity | None:
    """The only other bearer of the family name of whoever "his" or "her" means."""
    holder = best_person(scene, place, holder_gender, within=None)
    if holder is None or holder.kind != PERSON or len(holder.words) < 2:
        return None
    family = [
        e for e in scene.cast.namesakes(holder) if not (gender and e.gender and e.gender != gender)
    ]
    return family[0] if len(family) == 1 else None


def antecedent(
    scene: Scene, phrase: Phrase, *, within: Span | None, outer: Entity | None = None
) -> Entity | None:
    """Whom a pronoun stands for; None where nobody fits."""
    word = phrase.words[0]
    if word in PRONOUN_GENDER:
        return best_person(scene, phrase.start, PRONOUN_GENDER[word], within=within, outer=outer)
    if word in ("it", "they", "them", "this", "these", "those"):
        return best_body(scene, phrase.start, plural=word not in ("it", "this"))
    return None


def best_person(
    scene: Scene,
    place: int,
    gender: str | None,
    *,
    within: Span | None,
    topical: bool = False,
    outer: Entity | None = None,
) -> Entity | None:
    """The person of that gender who is most on stage at a place.

    `topical` looks for the subject spoken about, as descriptions do, not for who spoke last;
    `outer` speaks the quotation in which the pronoun stands, and would say "I" of himself.
    """
    paragraph = scene.paragraph_of(place)
    sentence = scene.sentence_of(place)
    quoted = scene.is_quoted(place)
    scores: dict[int, float] = {}
    people: dict[int, Entity] = {}
    last_spoke = next((e for e in scene.before(place) if e.spoke and not e.quoted), None)
    for event in scene.before(place):
        entity = event.entity
        distance = sentence - event.sentence
        if (
            distance > FARTHEST
            or entity is outer
            or entity.kind in (ORGANISATION, "document", "group")
        ):
            continue
        if entity.gender and gender and entity.gender != gender:
            continue
        if entity.kind == UNKNOWN and entity.name.isupper():
            continue  # a heading or an acronym
        if (
            entity.kind == "unnamed"
            and not entity.gender
            and not (event.spoke and any(is_role(w.lower()) for w in entity.words))
        ):
            continue
        score = 0.72**distance * (1.6 if event.subject else 1.0)
        score *= 1.25 if entity.gender else 0.8
        score *= 0.35 if entity.kind == UNKNOWN else 0.6 if entity.kind == "unnamed" else 1.0
        if event.quoted != quoted:
            score *= 0.45
        if scene.paragraph_of(event.place) != paragraph:
            score *= 0.85
        if event.spoke and not topical:
            score *= 1.15
        if not topical and last_spoke is not None and entity is last_spoke.entity and distance <= 3:
            score *= 1.2
        key = id(entity)
        people[key] = entity
        scores[key] = max(scores.get(key, 0.0), score) + 0.02
    if scores:
        best = max(scores, key=lambda key: scores[key])
        return people[best]
    for event in scene.after(place):
        if (
            event.entity.kind == PERSON
            and event.entity.gender in (gender, None)
            and not event.quoted
        ):
            return event.entity
    return None


def best_body(scene: Scene, place: int, *, plural: bool) -> Entity | None:
    """The organisation, document or group that spoke last or was last a subject."""
    sentence = scene.sentence_of(place)
    for event in scene.before(place):
        distance = sentence - event.sentence
        if distance > 3:
            return None
        kind = event.entity.kind
        if event.spoke and kind in (ORGANISATION, "group" if plural else "document"):
            return event.entity
        if event.subject and kind == ORGANISATION and distance >= 1 and not plural:
            return event.entity
        if event.spoke and kind == UNKNOWN:
            return event.entity
    return None


def _running_maximum(spans: list[Span]) -> list[int]:
    ends, top = [], 0
    for _, end in spans:
        top = max(top, end)
        ends.append(top)
    return ends
