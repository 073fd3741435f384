"""Certain: sources that need no judgement, as labels of turns and "the elder" do not."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import read_list
from .book import Entity, letters_of
from .lists import ARTICLES, BODIES, COURTESY, KIN, ORGANISATIONS, ROLES, is_role
from .mentions import ORGANISATION, PERSON, UNKNOWN
from .phrases import Phrase, is_mouthpiece, kind_of
from .sources import own_entity
from .stage import Stage

LABELS = frozenset(read_list("labels.txt")["nobody"])
FROM = re.compile(r"(?:from |of )?(?:the )?", re.I)
NOBODIES = frozenset({"q", "question"})
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
AGED = re.compile(r"[Tt]he (\d{1,3})-year-old\b")
AND = re.compile(r"\s(?:and|&)\s")
AGES = {"elder": max, "older": max, "younger": min}
ORDER = {"former": 0, "latter": -1}
INDEFINITE = frozenset("a an one some many several few most all both my our other others".split())


def labelled(stage: Stage, phrase: Phrase) -> Entity | None | list[Entity]:
    """Whom a label names: `OSEI` of "MR. OSEI (voice-over):", `Ann Lee` of "LEE:", nobody for "Q:".

    An office ("THE CHAIR") is to be judged: a list of its own words and of those who may hold it.
    """
    bare = BRACKETS.sub("", phrase.text)
    written = bare.split(",")[0].split()
    if not written:
        return None
    lows = [w.lower().rstrip(".") for w in written]
    people = [e for e in stage.cast.entities if e.kind == PERSON and len(e.words) > 1]
    if lows == ["a"] and people:  # who answers "Q:" is the one who is named most
        counts = sorted((stage.counts[id(e)] for e in people), reverse=True)
        if len(counts) == 1 or counts[0] > counts[1]:
            return max(people, key=lambda e: stage.counts[id(e)])
    if len(lows) == 1 and lows[0] in NOBODIES:
        house = BRACKETS.search(phrase.text)  # Q (from the Daily Beacon)
        name = FROM.sub("", house[0].strip(" ()[]"), count=1) if house else ""
        return Entity(name, ORGANISATION, tuple(name.split())) if name[:1].isupper() else None
    k = 0
    while k < len(lows) - 1 and (lows[k] in ARTICLES or lows[k] in COURTESY.keys() | ROLES):
        k += 1
    name, words = " ".join(written[k:]), lows[k:]
    own = Entity(name, PERSON, tuple(written[k:]))
    for event in stage.heard(phrase.start):
        if event.entity.name == name:
            return event.entity
    if lows[0] in ARTICLES or is_role(words[-1]) or words[-1] in LABELS | ORGANISATIONS:
        own.kind = "unnamed"
        return own if words[-1] in LABELS else [own, *people]
    some = [e for word in words[-1:] for e in stage.by_word.get(word, ())]
    some = [e for e in some if set(words) <= {w.casefold().rstrip(".") for w in e.words}
            or len(words) == 1 and len(e.words) > 1 and words[0] in letters_of(e)]  # fmt: skip
    heard = {id(e.entity): -n for n, e in enumerate(stage.heard(phrase.start))}
    order = lambda e: (e.kind == PERSON, heard.get(id(e), -99), len(e.words))  # noqa: E731
    one = max(some, key=order, default=own)
    one.kind = PERSON if one.kind == UNKNOWN else one.kind  # who speaks is a person
    return one


def certain(stage: Stage, phrase: Phrase) -> Entity | None:
    """Whom a description can only mean: "the 42-year-old", "the younger Lee", "the latter", a new
    one ("a witness"); None where that is to be judged."""
    words = phrase.words
    if aged := AGED.match(phrase.text):
        return next((p for p in _people(stage, phrase.start) if p.age == int(aged[1])), None)
    if words[0] == "the" and len(words) > 1 and words[1] in AGES:
        people = [p for p in _people(stage, phrase.start) if p.age]
        people = [p for p in people if p.words[-1].casefold() == words[-1] or len(words) == 2]
        return AGES[words[1]](people, key=lambda p: p.age) if len(people) == 2 else None
    if words[0] == "the" and len(words) > 1:
        office, noun = _plain(words[1:]), words[1]
        some = [e for e in stage.cast.officers if any(_plain([r]) == office for r in e.roles)]
        if len(some) == 1 and some[0].kind == PERSON:
            return some[0]  # the Secretary-General, where only one is named
        bodies = [e for e in stage.cast.entities if e.kind == ORGANISATION]
        often = sorted(bodies, key=lambda e: len(e.places), reverse=True)[:2]
        most = [len(e.places) for e in often]
        if len(words) == 2 and noun in BODIES and most and most[0] > max([2, *most[1:]]):
            return often[0]  # the organization, where one body is named most of all
    if words[0] == "the" and words[1:] and words[1] in ORDER and len(words) == 2:
        last = stage.sentence_of(phrase.start) - 1
        some = [e.entity for e in stage.before(phrase.start)[::-1] if e.sentence == last]
        some = list({id(e): e for e in some}.values())
        some = [e for e in some if e.kind == PERSON] or some
        return some[ORDER[words[1]]] if len(some) > 1 else None
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
    if phrase.noun in KIN and phrase.possessor and phrase.core_end == 2:
        return True  # his father
    if "'s" in phrase.words[:head]:
        return written.islower()
    bare = phrase.plural and first not in ("the", "these", "those", "both", "this")
    bare = bare and phrase.possessor is None and (written.islower() or head + 1 < phrase.core_end)
    return first in INDEFINITE or bare


def _people(stage: Stage, place: int) -> list[Entity]:
    """Who is named before a place, the last one first."""
    some = {id(e.entity): e.entity for e in stage.before(place) if e.entity.kind == PERSON}
    return list(some.values())
