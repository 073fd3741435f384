"""Candidates: all who may be meant by a source: people, bodies, others, and nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ..text import Span
from ..text.forms import headline_verbs
from . import lists
from .cast import Entity, Mention
from .lists import ORGANISATION, PERSON
from .phrases import Phrase, is_mouthpiece, own_entity, phrase_of
from .stage import Stage

NEAREST = 12  # people and bodies named before
AHEAD = 200  # letters
AND = re.compile(r",?\s+(?:and|&|along with|together with)\s+")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
NAME = re.compile(r"(?:[Tt]he\s+)?(?:[A-Z][\w.'’-]*\s*)+")
MOST_PEOPLE = 24  # who may hold an office
MOSTLY = 0.6  # of a source are its parts
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
BEFORE_NAMES = (lists.ARTICLES, lists.COURTESY, lists.ROLES)
NO_PERSONS = (ORGANISATION, "group", "document")
HOWS = ("named", "own", "phrase", "joint", "nobody")


@dataclass(slots=True)
class Source:
    """One source in its place, and what is known of the statement around it."""

    place: int
    phrase: Phrase | None = None  # None where the text names no source
    label: bool = False  # in front of a turn
    direct: bool = False
    cue: bool = False
    outer: Entity | None = None  # who speaks the quotation in which it stands
    quoted: bool = False  # it stands in a quotation
    content: Sequence[Span] = ()
    people: Sequence[tuple[int, int, Entity, Mention]] = ()  # named in it

    @property
    def pronoun(self) -> str | None:
        return self.phrase.pronoun if self.phrase is not None else None

    @property
    def gender(self) -> str | None:
        """What a courtesy title or a pronoun tells."""
        first = self.phrase.words[0] if self.phrase is not None else ""
        return lists.COURTESY.get(first.rstrip(".")) or lists.PRONOUN_GENDER.get(self.pronoun)

    @property
    def names(self) -> list[str]:
        """The capitalised words of the source, in lower case."""
        written = [] if self.phrase is None else self.phrase.written
        low = [w.casefold().rstrip(".") for w in written if w[0].isupper()]
        return [w for w in low if w not in lists.COURTESY and w not in lists.ARTICLES]


@dataclass(slots=True)
class Candidate:
    """Somebody who may be the source; `entity` None is nobody."""

    entity: Entity | None
    how: str
    place: int | None = None  # of a noun phrase


Resolve = Callable[[Span], Entity | None]


def candidates(
    stage: Stage, source: Source, *, author: Entity | None, resolve: Resolve
) -> list[Candidate]:
    """Who may be meant; `resolve` finds whom a part of the source means."""
    phrase, words = source.phrase, source.names
    if source.pronoun == "i" and (one := source.outer if source.quoted else author):
        return [Candidate(one, "named")]
    if phrase is not None and phrase.words in (("q",), ("question",)):
        return [Candidate(None, "nobody")]
    kin = phrase is not None and phrase.possessor and phrase.noun in lists.KIN
    owned = [p for p in source.people if phrase.owns(p[1]) and not is_mouthpiece(phrase)]
    alone = owned and len(owned) == len(stage.cast.between(phrase.start, phrase.end))
    if alone or kin and not source.people:
        return [Candidate(own_entity(phrase), "own")]  # his father, Ann Lee's driver
    if phrase is not None and source.label:
        return _labelled(stage, source, phrase)
    found: dict[object, Candidate] = {}
    gender = source.gender

    def add(entity: Entity | None, how: str, place: int | None = None) -> None:
        if entity in owners or gender and entity and entity.gender not in (None, gender):
            return  # Bill Ode is no Mrs Ode, and no "she"
        if source.pronoun in lists.PRONOUN_GENDER and entity and entity.kind in NO_PERSONS:
            return
        named = entity is not None and entity.places
        key = id(entity) if named else entity.name if entity else None
        found.setdefault(key, Candidate(entity, how, place))

    described = phrase is not None and not source.pronoun
    owners = [one for _, _, one, _ in owned]
    owner = phrase.owner() if described and not source.people and is_mouthpiece(phrase) else None
    if owner and (one := resolve(owner)) is not None:
        return [Candidate(one, "own")]
    known = [entity for word in words for entity in stage.by_word.get(word, ())[:NEAREST]]
    bare = {word for word in words if word not in lists.ROLES}
    whole = [e for e in known if bare <= {word.casefold().rstrip(".") for word in e.words}]
    for entity in whole if len(bare) > 1 and whole else known:
        add(entity, "named")  # "Ann Lee" is no Bob Lee
    named = phrase is not None and [w for w in phrase.words if w.rstrip(".") not in lists.COURTESY]
    alone = named and words and phrase.tags[-1] == "PROPN" and len(words) == len(named)
    if not (alone and found):
        for entity in _around(stage, source, author):
            add(entity, "named")
    add(None, "nobody")
    if described:
        bare = len(words) + (phrase.words[0] in lists.ARTICLES) == len(phrase.words)
        if not (bare and stage.covers(*phrase.offsets[phrase.head])):
            add(own_entity(phrase), "own")
        for some, sure in _several(stage, source, resolve):
            if sure:
                return [Candidate(several(some), "joint")]
            add(several(some), "joint")
    if source.pronoun in ("it", "they", "who", "this", "he", "she"):
        for entity, place in _phrases_before(stage, source.place):
            add(entity, "phrase", place)
    return list(found.values())


def several(people: Sequence[Entity]) -> Entity:
    roles = [p.role for p in people]
    role = "; ".join(roles) if all(roles) else None
    return Entity("; ".join(p.name for p in people), "group", (), role=role)


def _labelled(stage: Stage, source: Source, phrase: Phrase) -> list[Candidate]:
    """Whom a label names: `OSEI` of "MR. OSEI (voice-over):", `Ann Lee` of "LEE:" or "AL:".

    An office ("THE CHAIR") is to be judged: its own words and those who may hold it.
    """
    if source.people:
        return [Candidate(source.people[0][2], "own")]
    written = BRACKETS.sub("", phrase.text).split(",")[0].split() or [phrase.text]
    lows = [w.lower().rstrip(".") for w in written]
    k = 0
    while k < len(lows) - 1 and any(lows[k] in some for some in BEFORE_NAMES):
        k += 1
    own = Entity(" ".join(written[k:]), PERSON, tuple(written[k:]))
    office = lists.is_role(lows[-1]) or lows[-1] in lists.LABELS | lists.ORGANISATIONS
    office &= not any(low in lists.COURTESY for low in lows[:k])  # DR. LINDQVIST is no -ist
    if office or lows[0] in lists.ARTICLES:
        own.kind = "unnamed"
        people = [e for e in stage.cast.entities if e.kind == PERSON and len(e.words) > 1]
        people = [] if lows[-1] in lists.LABELS else people[:MOST_PEOPLE]
        return [Candidate(own, "own"), *(Candidate(entity, "named") for entity in people)]
    known = stage.by_word.get(lows[-1], ())
    one = max(known, key=lambda e: (e.kind == PERSON, len(e.words)), default=own)
    return [Candidate(one, "own")]


def _around(stage: Stage, source: Source, author: Entity | None) -> Iterator[Entity]:
    """The people and bodies named around a place or most of all, and who has spoken there."""
    place = source.place
    yield from list({id(one): one for _, one in stage.before(place)}.values())[:NEAREST]
    yield from (one for _, _, one, _ in stage.cast.between(place, place + AHEAD))
    yield from stage.foremost
    yield from (one for _, one in stage.heard(place)[:NEAREST])
    yield from (one for one in (source.outer, author) if one is not None)


def _several(stage: Stage, source: Source, resolve: Resolve) -> Iterator[tuple[list[Entity], bool]]:
    """The parts of a source, as "Ann Lee and Bob Roe", and whether they are nothing but names."""
    phrase, text = source.phrase, stage.note.text
    people = [(a, b) for a, b, _, mention in source.people if not phrase.mentions(mention)]
    cuts = [match.span() for match in AND.finditer(text, phrase.start, phrase.end)]
    edges = [phrase.start, *chain(*cuts), phrase.end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    for spans in (people, parts):
        some = [e for e in map(resolve, spans) if e is not None] if 1 < len(spans) < 9 else []
        some = list({e.name: e for e in some}.values())
        whole = sum(b - a for a, b in spans) > MOSTLY * (phrase.end - phrase.start)
        firm = [e for e in some if e.kind == PERSON or len(e.words) > 1 or e.name.isupper()]
        names = firm and all(e.places for e in some)  # no Marks and Spencer
        names = names and all(NAME.fullmatch(text, a, b) for a, b in spans)
        full = spans is people and all(len(e.words) > 1 for e in some)
        sure = full or whole and names and not stage.covers(phrase.start, phrase.end)
        if len(some) > 1:
            yield some, sure and bool(cuts) and len(some) == len(spans)


def _phrases_before(stage: Stage, place: int, *, most: int = 8) -> Iterator[tuple[Entity, int]]:
    """The noun phrases in front of a place, the nearest first, back to the sentence before last."""
    note, k = stage.note, bisect_left(stage.note.starts, place)
    stop = note.sentences[max(0, stage.sentence_of(place) - 2)][0] if note.sentences else 0
    opening, verbs = lists.ARTICLES | lists.POSSESSIVES, headline_verbs(note)
    while k > stop and most:
        k -= 1
        if note.pos[k] not in ("NOUN", "PROPN") or k in verbs:
            continue
        last = k
        while k > stop and note.words[k].lower() not in opening:
            word, pos = note.words[k - 1], note.pos[k - 1]
            alone = word.lower() in lists.PRONOUNS.keys() - lists.POSSESSIVES
            noun = pos in NOMINAL and not alone and k - 1 not in verbs
            if not (noun or word in ("-", "'s", "’s")):
                break
            k -= 1
        phrase = phrase_of(note, (note.starts[k], note.ends[last]))
        if phrase is not None and phrase.tags[phrase.head] in ("NOUN", "PROPN"):
            yield own_entity(phrase), note.starts[k]
            most -= 1
