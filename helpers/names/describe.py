"""Descriptions: whom "the minister", "the 22-year-old", "his brother", "the company" mean."""

from __future__ import annotations

import re
from bisect import bisect_left

from ..forms import singular
from .entities import Entity
from .genders import PRONOUN_GENDER
from .lists import (
    AGENCIES,
    ALIKE,
    BODIES,
    COMPANIES,
    EPITHETS,
    HEADS,
    KIN,
    ORGANISATIONS,
    PLAIN_PEOPLE,
    PRESS,
    RANKS,
    TOP,
    is_of_people,
    is_role,
)
from .mentions import ORGANISATION, PERSON, UNKNOWN
from .phrases import Phrase, gender_of, is_kin
from .pronouns import best_body, best_person, relative_of
from .scene import Scene

Span = tuple[int, int]
Found = tuple[Entity, float]
GENERIC = PRESS | BODIES
PARTIES = {"gop": "republican", "democrat": "democratic", "tory": "conservative"}
PARTIES |= {p: p for p in "republican democratic libertarian green labour liberal".split()}
LOWER = frozenset({"deputy", "vice", "assistant", "acting", "former", "shadow"})
STATE_HEADS = {  # what "the head of state" and "the head of government" are elsewhere
    ("of", "state"): frozenset("president king queen monarch emperor emir sultan".split()),
    ("of", "government"): frozenset("premier chancellor minister".split()),
}
ORDER = {"former": 0, "first": 0, "latter": -1, "second": -1}
GENERAL = re.compile(r"\b(attorney|solicitor|surgeon|consul|inspector|governor)[ -]general\b")
AGES = {"elder": max, "older": max, "eldest": max, "oldest": max, "younger": min, "youngest": min}


def described(scene: Scene, phrase: Phrase) -> Found | None:
    """The entity that a description without a name points to, or None."""
    if not phrase.definite:
        return _headline_office(scene, phrase)
    if phrase.age is not None:
        return _aged(scene, phrase)
    if len(phrase.words) == 2 and phrase.words[1] in ORDER:
        return _former(scene, phrase)
    if phrase.possessor in ("my", "our", "your"):
        return None
    if is_kin(phrase) and phrase.possessor in ("his", "her"):
        return _relative(scene, phrase)
    if phrase.nationality:
        found = best_person(scene, phrase.start, None, topical=True)
        return (found, 0.6) if found is not None else None
    noun = phrase.noun
    if noun != singular(noun):
        return None
    if is_role(noun) or is_of_people(noun):
        found = _office(scene, phrase, noun)
        return found or (None if scene.is_quoted(phrase.start) else _nameless(scene, phrase))
    return _body(scene, phrase, noun) if noun in ORGANISATIONS | GENERIC else None


# ---------------------------------------------------------------- people
def _office(scene: Scene, phrase: Phrase, noun: str) -> Found | None:
    """So "the Secretary General": the person with that office who was mentioned last."""
    wanted = _words(" ".join((*phrase.modifiers, noun)))
    best: tuple[float, Entity] | None = None
    on_stage = {id(e.entity): e.entity for e in scene.before(phrase.start)}
    for entity in (*on_stage.values(), *scene.cast.officers):
        if entity.kind != PERSON:
            continue
        fit = max((_role_fit(role, wanted, phrase, noun) for role in entity.roles), default=0.0)
        fit = max(fit, _deed_fit(entity.relative, noun))
        gender = gender_of(phrase)
        if gender and entity.gender and gender != entity.gender:
            continue
        if not fit or _rival(entity, phrase):
            continue
        k = bisect_left(entity.places, phrase.start)
        near = entity.places[k - 1] if k else -(10**6)
        score = fit + near / 10**7 - (0.3 if near < 0 else 0.0)
        if best is None or score > best[0]:
            best = score, entity
    if best is None or best[0] < 0.45 and noun in EPITHETS:
        return None  # "the nominee" is nobody's running mate
    return best[1], 0.85 if best[0] >= 0.9 else 0.7


def _headline_office(scene: Scene, phrase: Phrase) -> Found | None:
    """An office without an article, as headlines have it: "Senator from Zell says"."""
    if phrase.tags[0] not in ("NOUN", "PROPN", "ADJ") or not is_role(phrase.noun):
        return None
    found = _office(scene, phrase, phrase.noun)
    return found if found is not None and found[1] > 0.8 else None


def _words(phrase: str) -> list[str]:
    one = GENERAL.sub(r"\1general", phrase.lower())  # "the attorney general" is no City Attorney
    return [RANKS.get(w, w) for w in re.split(r"[^\w]+", one) if w]


def _role_fit(role: str, wanted: list[str], phrase: Phrase, noun: str) -> float:
    """1 where the office is the same, less where only its kind is, 0 where it is another."""
    head_part = re.split(r"\s(?:of|at|for|in)\s", role.lower())[0]
    have = _words(head_part)
    last = wanted[-1]
    if have[-1] == last or have[-1] in wanted[-2:]:
        if LOWER & set(have) and not LOWER & set(wanted):
            return 0.3  # the deputy is not the minister, unless nobody else is there
        others = set(wanted) - {last} - PARTIES.keys()
        mine = set(have) - {last} - PARTIES.keys()
        if others and mine and not others & set(_words(role)):
            return 0.5 if len(others) == 1 and next(iter(others)) in ("former", "veteran") else 0.0
        return 1.0
    if have[-1] in ALIKE.get(last, ()):
        return 0.9 if len(wanted) == 1 else 0.6
    behind = phrase.words[phrase.head + 1 :]
    if noun in HEADS and have[-1] in STATE_HEADS.get(behind[:2], ()):
        return 0.95
    if noun in HEADS and (have[-1] in TOP or have[-1] == "general" and have[0] in TOP):
        told = [w for w in (*phrase.modifiers, *behind) if len(w) > 4]
        letters = "".join(w[0] for w in role.split() if w[0].isupper()).lower()
        if any(w[:5] in role.lower() for w in told) or any(
            w in letters for w in phrase.modifiers if len(w) > 1
        ):
            return 0.8  # "the ESCAP chief" beside "Secretary of the Economic and Social …"
        plain = all(tag in ("PROPN", "ADJ") for tag in phrase.tags[1 : phrase.head])
        return 0.4 if not behind and plain else 0.0
    return 0.0


def _deed_fit(relative: str, noun: str) -> float:
    """So "who directs" fits the director, "who keeps the books" the bookkeeper."""
    words = [w[:4] for w in _words(relative) if len(w) > 3]
    return 0.9 if words and sum(w in noun for w in words) >= max(1, len(words) - 1) else 0.0


def _nameless(scene: Scene, phrase: Phrase) -> Found | None:
    """A new word for the only person who is known by no office: "the claimant"."""
    if phrase.head + 1 < phrase.core_end and phrase.words[phrase.head + 1] not in ("'s", "'"):
        return None  # "the representative of the Federated Atolls" is somebody else
    if "'s" in phrase.words[: phrase.head]:
        return None  # "Bob Roe's doctor"
    gender = gender_of(phrase)
    placed = all(tag == "PROPN" for tag in phrase.tags[1 : phrase.head])  # the Ohio Republican
    if phrase.noun in EPITHETS or phrase.noun in PLAIN_PEOPLE and placed:
        found = best_person(
            scene, phrase.start, gender, topical=True, told_of=_others(scene, phrase)
        )
        return (found, 0.5) if found is not None else None
    if phrase.modifiers and phrase.words[0] == "the":
        return None
    known = {}
    for event in scene.before(phrase.start):
        entity = event.entity
        if entity.kind == PERSON and not entity.roles:
            known[id(entity)] = entity
    return (next(iter(known.values())), 0.5) if len(known) == 1 else None


def _rival(entity: Entity, phrase: Phrase) -> bool:
    """Do the offices of somebody name another party than a description does?"""
    mine = {PARTIES[w] for w in phrase.words if w in PARTIES}
    theirs = {PARTIES[w] for role in entity.roles for w in role.lower().split() if w in PARTIES}
    return bool(mine and theirs) and not mine & theirs


def _others(scene: Scene, phrase: Phrase) -> frozenset[int]:
    """The ids of people whom an epithet hardly means.

    Those of another party than it names, relatives, and the subject of its own sentence: "the
    senator turned on Roe after the Zell tycoon said".
    """
    rivals = {id(e) for e in scene.cast.officers if _rival(e, phrase)}
    here = scene.sentence_of(phrase.start)
    return frozenset(
        rivals
        | {
            id(e.entity)
            for e in scene.before(phrase.start)
            if any(role.split()[-1] in KIN for role in e.entity.roles)
            or e.sentence == here
            and (e.spoke or e.subject)
        }
    )


def _aged(scene: Scene, phrase: Phrase) -> Found | None:
    for event in scene.before(phrase.start):
        if event.entity.age == phrase.age:
            return event.entity, 0.95
    found = best_person(scene, phrase.start, gender_of(phrase), topical=True)
    return (found, 0.7) if found is not None else None


def by_age(scene: Scene, phrase: Phrase) -> Entity | None:
    """So "the elder", "the younger Farrow": of the two whose ages are told."""
    choose = next((AGES[w] for w in phrase.words[1:2] if w in AGES), None)
    if choose is None or not phrase.definite:
        return None
    family = phrase.words[-1] if len(phrase.words) > 2 else None
    aged: dict[int, Entity] = {}
    for event in scene.before(phrase.start):
        entity = event.entity
        if (
            entity.kind == PERSON
            and entity.age
            and (family is None or entity.words[-1].casefold() == family)
        ):
            aged.setdefault(id(entity), entity)
    people = [p for p in aged.values() if p.words[-1] == next(iter(aged.values())).words[-1]]
    return choose(people, key=lambda e: e.age) if len(people) > 1 else None


def _former(scene: Scene, phrase: Phrase) -> Found | None:
    before = scene.sentence_of(phrase.start) - 1
    events = [e for e in reversed(scene.before(phrase.start)) if e.sentence == before]
    named = list({id(e.entity): e.entity for e in events}.values())
    people = [entity for entity in named if entity.kind == PERSON]
    people = people if len(people) > 1 else named  # not the town they met in
    return (people[ORDER[phrase.words[1]]], 0.7) if len(people) > 1 else None


def _relative(scene: Scene, phrase: Phrase) -> Found | None:
    """So "his brother": another of the same family name, when the text has exactly one who fits."""
    found = relative_of(scene, phrase.start, PRONOUN_GENDER.get(phrase.words[0]), gender_of(phrase))
    return (found, 0.85) if found is not None else None


# ---------------------------------------------------------------- organisations
def _body(scene: Scene, phrase: Phrase, noun: str) -> Found | None:
    """For "the zoo", "the Council", "the company" the body so named, or the one on stage."""
    before = [
        e
        for e in scene.before(phrase.start)
        if e.entity.kind in (ORGANISATION, UNKNOWN)
        and (len(e.entity.words) != 1 or e.entity.words[0].lower() not in ORGANISATIONS)
    ]
    modifiers = {m for m in phrase.modifiers if m[0].isalpha()}
    for event in before:
        lows = [w.casefold() for w in event.entity.words]
        if noun in lows[-2:] and len(lows) > 1 and modifiers <= set(lows):
            return event.entity, 0.9
    for entity in scene.cast.bodies:
        lows = {w.casefold() for w in entity.words}
        if noun in lows and len(lows) > 1 and modifiers <= lows:
            return entity, 0.75
    if noun not in GENERIC or modifiers:
        return None
    counts: dict[int, float] = {}
    bodies: dict[int, Entity] = {}
    for event in before:
        entity = event.entity
        lows = {w.casefold() for w in entity.words}
        if entity.kind == UNKNOWN and not (event.subject or len(entity.places) > 1):
            continue
        score = 1.0 + 0.5 * event.subject + 0.5 * event.spoke
        score += 1.0 * bool(noun in COMPANIES and lows & COMPANIES)
        if noun in COMPANIES and lows & ORGANISATIONS and not lows & COMPANIES:
            score *= 0.2
        if noun in PRESS:
            if not lows & PRESS:
                continue
        elif noun == "agency":
            score += 2.0 * bool(lows & AGENCIES)
        counts.setdefault(id(entity), 0.5 * len(entity.places))
        counts[id(entity)] += score * 0.95 ** (scene.sentence_of(phrase.start) - event.sentence)
        bodies[id(entity)] = entity
    if counts:
        return bodies[max(counts, key=lambda key: counts[key])], 0.65
    if noun in PRESS:
        return None
    found = best_body(scene, phrase.start, plural=False)
    return (found, 0.5) if found is not None else None
