"""Certain: sources that need no judgement, as labels of turns and "the elder" do not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text.words import read_list
from .book import Entity, letters_of
from .lists import ARTICLES, BODIES, COURTESY, KIN, ORGANISATIONS, ROLES, is_role
from .mentions import ORGANISATION, PERSON
from .phrases import Phrase, gender_of, is_mouthpiece, kind_of
from .sources import own_entity
from .stage import Stage

LABELS = frozenset(read_list("labels.txt")["nobody"])
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
AGED = re.compile(r"[Tt]he (\d{1,3})-year-old\b")
AND = re.compile(r"\s(?:and|&)\s")
AGES = {"elder": max, "older": max, "younger": min}
ORDER = {"former": 0, "latter": -1}
INDEFINITE = frozenset("a an one some many several few most all both my our other others".split())


def labelled(stage: Stage, phrase: Phrase) -> Entity | None:
    """Whom a label names: `OSEI` of "MR. OSEI (voice-over):", `Ann Lee` of "LEE:", nobody for "Q:".

    An office ("THE CHAIR") is who is introduced with it, else its own words.
    """
    written = BRACKETS.sub("", phrase.text).split(",")[0].split()
    lows = [w.lower().rstrip(".") for w in written]
    if lows[0] in ("q", "question") and len(lows) == 1:
        return None
    people = [e for e in stage.cast.entities if e.kind == PERSON and len(e.words) > 1]
    if lows == ["a"] and people:
        return max(people, key=lambda e: stage.counts[id(e)])  # who answers "Q:"
    k = 0
    while k < len(lows) - 1 and (lows[k] in ARTICLES or lows[k] in COURTESY.keys() | ROLES):
        k += 1
    name, words = " ".join(written[k:]), lows[k:]
    if is_role(words[-1]) or words[-1] in LABELS | ORGANISATIONS | {"chair", "clerk"}:
        some = [e for e in stage.cast.officers if any(_is(r, words[-1]) for r in e.roles)]
        if len(some) == 1 and k == len(lows) - 1:
            return some[0]
        office = True
    else:
        office = False
        some = [e for word in words[-1:] for e in stage.by_word.get(word, ())]
        some = [e for e in some if set(words) <= {w.casefold().rstrip(".") for w in e.words}
                or len(words) == 1 and len(e.words) > 1 and words[0] in letters_of(e)]  # fmt: skip
        if some:
            heard = {id(e.entity): -n for n, e in enumerate(stage.heard(phrase.start))}
            return max(some, key=lambda e: (e.kind == PERSON, heard.get(id(e), -99), len(e.words)))
    for event in stage.heard(phrase.start):
        if event.entity.name == name:
            return event.entity
    return Entity(name, "unnamed" if office else PERSON, tuple(written[k:]))


def _is(role: str, noun: str) -> bool:
    head = re.split(r"\s(?:of|at|for|in)\s", role.lower())[0]
    return re.split(r"[\s-]", head)[-1] == noun


def certain(stage: Stage, phrase: Phrase, *, named: bool) -> Entity | None:
    """Whom a description can only mean, None where that is to be judged; `named`: it has names."""
    words, noun = phrase.words, phrase.noun
    if aged := AGED.match(phrase.text):
        return next((p for p in _people(stage, phrase.start) if p.age == int(aged[1])), None)
    if words[0] == "the" and len(words) > 1 and words[1] in AGES:
        people = [p for p in _people(stage, phrase.start) if p.age]
        people = [p for p in people if p.words[-1].casefold() == words[-1] or len(words) == 2]
        return AGES[words[1]](people, key=lambda p: p.age) if len(people) == 2 else None
    if words[0] == "the" and len(words) > 1:
        office = _plain(words[1:])
        some = [e for e in stage.cast.officers if any(_plain([r]) == office for r in e.roles)]
        if len(some) == 1 and some[0].kind == PERSON:
            return some[0]  # the Secretary-General, where only one is named
    if named:
        return own_entity(phrase, kind_of(phrase)) if _is_own(phrase) else None
    if words[0] == "the" and words[1:] and words[1] in ORDER and len(words) == 2:
        last = stage.sentence_of(phrase.start) - 1
        some = [e.entity for e in stage.before(phrase.start)[::-1] if e.sentence == last]
        some = list({id(e): e for e in some}.values())
        some = [e for e in some if e.kind == PERSON] or some
        return some[ORDER[words[1]]] if len(some) > 1 else None
    if noun in KIN and words[0] in ("his", "her") and phrase.core_end == 2:
        return _kin(stage, phrase) or own_entity(phrase, kind_of(phrase))
    if words[0] == "the" and len(words) == 2 and is_role(noun):
        for one in _people(stage, phrase.start):
            deeds = [w[:4] for w in one.deeds.split() if len(w) > 3]
            if deeds and all(w in noun for w in deeds):
                return one  # of him "who keeps the books": the bookkeeper
    if words[0] == "the" and words[1:] == (noun,) and noun in ORGANISATIONS:
        bodies = [e for e in stage.by_word.get(noun, ()) if e.kind == ORGANISATION]
        bodies = [e for e in bodies if len(e.words) > 1]
        if len(bodies) == 1 and stage.before(phrase.start):
            return bodies[0]  # the zoo
        bodies = [e for e in stage.cast.entities if e.kind == ORGANISATION]
        often = sorted(bodies, key=lambda e: len(e.places), reverse=True)
        counts = [len(e.places) for e in often[:2]]
        if noun in BODIES and counts and counts[0] > max([2, *counts[1:]]):
            return often[0]  # the organization, where one body is named most of all
    return own_entity(phrase, kind_of(phrase)) if _is_own(phrase) else None


def _plain(words: Sequence[str]) -> str:
    """An office without spaces and hyphens, in lower case."""
    return re.sub(r"\W", "", "".join(words)).lower()


def _is_own(phrase: Phrase) -> bool:
    """Is it somebody new: "a witness", "officials", "Lee's doctor", "one of my neighbours"?"""
    first, head = phrase.words[0], phrase.head
    if phrase.tags[head] not in ("NOUN", "ADJ", "NUM") or first in ("he", "she", "it", "they"):
        return False
    if is_mouthpiece(phrase) or phrase.words[-1] in ("whom", "which", "them"):
        return False
    if AND.search(phrase.text) or phrase.core_end < len(phrase.words):
        return False
    written = phrase.text[phrase.offsets[head][0] - phrase.start]
    if "'s" in phrase.words[:head]:
        return written.islower()
    bare = phrase.plural and first not in ("the", "these", "those", "both", "this")
    bare = bare and phrase.possessor is None and (written.islower() or head + 1 < phrase.core_end)
    return first in INDEFINITE or bare


def _people(stage: Stage, place: int) -> list[Entity]:
    """Who is named before a place, the last one first."""
    some = {id(e.entity): e.entity for e in stage.before(place) if e.entity.kind == PERSON}
    return list(some.values())


def _kin(stage: Stage, phrase: Phrase) -> Entity | None:
    """Of "his brother" the only other one of the family that he belongs to who was named last."""
    gender = "male" if phrase.words[0] == "his" else "female"
    people = _people(stage, phrase.start)
    owner = next((p for p in people if p.gender in (gender, None)), None)
    wanted = gender_of(phrase)
    family: Sequence[Entity] = [
        p for p in people
        if owner and p is not owner and p.words[-1] == owner.words[-1]
        and len(p.words) > 1 and p.gender in (wanted, None)
    ]  # fmt: skip
    return family[0] if len(family) == 1 else None
