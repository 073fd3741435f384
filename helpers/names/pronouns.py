"""Pronouns: whom he, she, it and they mean, by gender, nearness, subjects and who spoke last."""

from __future__ import annotations

from ..tokens import Annotated
from .entities import Cast, Entity
from .genders import PRONOUN_GENDER
from .lists import ORGANISATIONS, is_role
from .mentions import ORGANISATION, PERSON, UNKNOWN
from .phrases import Phrase
from .scene import Scene

Span = tuple[int, int]
FARTHEST = 9  # sentences


def scene_of(note: Annotated, cast: Cast) -> Scene:
    """The scene of a text, its pronouns followed as they come."""
    return Scene(
        note,
        cast,
        person=lambda scene, place, gender: best_person(scene, place, gender, ahead=False),
        relative=relative_of,
    )


def owner_of(scene: Scene, phrase: Phrase) -> Entity | None:
    """Whose "its statement", "her spokesman" is."""
    word = phrase.words[0]
    if word in ("his", "her"):
        return best_person(scene, phrase.start, PRONOUN_GENDER[word])
    return best_body(scene, phrase.start, plural=word == "their")


def relative_of(
    scene: Scene, place: int, holder_gender: str | None, gender: str | None
) -> Entity | None:
    """The only other bearer of the family name of whoever "his" or "her" means."""
    holder = best_person(scene, place, holder_gender)
    if holder is None or holder.kind != PERSON or len(holder.words) < 2:
        return None
    family = [
        e
        for e in scene.cast.namesakes(holder)
        if not (gender and e.gender and e.gender != gender) and e.places[:1] < [place]
    ]
    return family[0] if len(family) == 1 else None


def antecedent(
    scene: Scene,
    phrase: Phrase,
    *,
    outer: Entity | None = None,
    told_of: frozenset[int] = frozenset(),
) -> Entity | None:
    """Whom a pronoun stands for; None where nobody fits.  `told_of`: ids of those it speaks of."""
    word = phrase.words[0]
    if word in PRONOUN_GENDER:
        gender = PRONOUN_GENDER[word]
        return best_person(scene, phrase.start, gender, outer=outer, told_of=told_of)
    if word in ("it", "its", "they", "their", "them", "this", "these", "those"):
        return best_body(scene, phrase.start, plural=word not in ("it", "its", "this"))
    return None


def best_person(
    scene: Scene,
    place: int,
    gender: str | None,
    *,
    topical: bool = False,
    outer: Entity | None = None,
    told_of: frozenset[int] = frozenset(),
    ahead: bool = True,
) -> Entity | None:
    """The person of that gender who is most on stage at a place.

    `topical` looks for the subject spoken about, as descriptions do, not for who spoke last;
    `outer` speaks the quotation in which the pronoun stands, and would say "I" of himself; those
    whom a statement names (`told_of`) hardly make it: "People like Roe win, he said".
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
            or gender not in (None, entity.gender or gender)
            or entity.kind == UNKNOWN
            and (entity.name.isupper() or entity.words[-1].lower() in ORGANISATIONS)
        ):
            continue  # nor a heading, an acronym or the House
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
        if key in told_of:
            score *= 0.4
        people[key] = entity
        scores[key] = max(scores.get(key, 0.0), score) + 0.02
    if scores:
        best = max(scores, key=lambda key: scores[key])
        return people[best]
    for event in scene.after(place) if ahead else ():
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
        if event.subject and kind == ORGANISATION and not plural:
            return event.entity
        if event.spoke and kind == UNKNOWN:
            return event.entity
    return None
