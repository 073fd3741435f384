"""Candidates: all who may be meant by a source: people, bodies, others, and nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from ..text import Span
from ..text.forms import headline_verbs
from . import lists
from .cast import Entity, Mention
from .links import SURE
from .lists import ORGANISATION, PERSON, UNKNOWN
from .phrases import PRONOUNS, Phrase, is_mouthpiece, own_entity, phrase_of
from .stage import Stage

NEAREST = 12  # people and bodies named before
AHEAD = 4
MOST_NAMED = 40  # places of names
MOST_PEOPLE = 24  # who may hold an office
AND = re.compile(r",?\s+(?:and|&|along with|together with)\s+")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
NAME = re.compile(r"(?:[Tt]he\s+)?(?:[A-Z][\w.'’-]*\s*)+")
MOSTLY = 0.6  # of a source are its parts
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
INDEFINITE = frozenset("a an one some many several few most all both my our other others".split())
BEFORE_NAMES = (lists.ARTICLES, lists.COURTESY, lists.ROLES)
CALLED_SO = frozenset("agency association bank party union".split())  # bodies with it in their name
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
        if self.phrase is None:
            return []
        text, start = self.phrase.text, self.phrase.start
        written = [text[a - start : b - start] for a, b in self.phrase.offsets]
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
    if phrase is not None and (source.label or phrase.text in ("Q", "QUESTION")):
        return _labelled(stage, source, phrase)
    found: dict[object, Candidate] = {}
    gender = source.gender

    def add(entity: Entity | None, how: str, place: int | None = None) -> None:
        if gender and entity and entity.gender not in (None, gender):
            return  # Bill Ode is no Mrs Ode, and no "she"
        if source.pronoun in lists.PRONOUN_GENDER and entity and entity.kind in NO_PERSONS:
            return
        named = entity is not None and stage.counts[id(entity)]
        key = id(entity) if named else entity.name if entity else None
        found.setdefault(key, Candidate(entity, how, place))

    described = phrase is not None and not source.pronoun
    if described:
        if _is_new(phrase):
            return [Candidate(own_entity(phrase), "own")]
        if phrase.words[0] == "the" and (one := _only(stage, phrase)):
            return [Candidate(one, "own")]
        speaks_for = not source.people and is_mouthpiece(phrase)
        if speaks_for and (span := phrase.owner()) and (one := resolve(span)) is not None:
            return [Candidate(one, "own")]
    for word in words:
        for entity in stage.by_word.get(word, ())[:NEAREST]:
            add(entity, "named")
    alone = phrase is not None and bool(words) and phrase.tags[-1] == "PROPN"
    if not (alone and found and len(words) == len(phrase.words)):
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
    if source.pronoun in ("they", "we") or described and phrase.plural:
        for some in _pairs(stage, source.place):
            add(several(some), "joint")
    if source.pronoun in ("it", "they", "who", "this", "he", "she"):
        for entity, place in _phrases_before(stage, source.place):
            add(entity, "phrase", place)
    return list(found.values())


def _only(stage: Stage, phrase: Phrase) -> Entity | None:
    """Who alone holds an office ("the Secretary-General"), the body named most ("the company")."""
    plain = lambda words: re.sub(r"\W", "", "".join(words)).lower()  # noqa: E731
    office = plain(phrase.words[1:])
    holds = [e for e in stage.cast.entities if office and office in map(plain, e.roles)]
    if len(holds) == 1 or phrase.noun not in lists.BODIES or len(phrase.words) > 2:
        return holds[0] if len(holds) == 1 else None
    bodies = [e for e in stage.cast.entities if _fits(e, phrase.noun)]
    one, *others = sorted(bodies, key=lambda e: -len(e.places))[:2] or [None]
    return one if one and len(one.places) > max([2, *(len(e.places) for e in others)]) else None


def _fits(entity: Entity, noun: str) -> bool:
    """May a body be called so: the company for Zell Water plc, no union for it?"""
    lows = {w.casefold().strip(".") for w in entity.words}
    special = lists.ORGANISATIONS - lists.COMPANIES - lists.COMPANY_FORMS
    return entity.kind == ORGANISATION and (
        noun in lows or noun not in CALLED_SO and lows.isdisjoint(special)
    )


def several(people: Sequence[Entity]) -> Entity:
    joined = Entity("; ".join(p.name for p in people), "group", ())
    roles = [p.role for p in people if p.role]
    joined.role = "; ".join(roles) if len(roles) == len(people) else None
    return joined


def _labelled(stage: Stage, source: Source, phrase: Phrase) -> list[Candidate]:
    """Whom a label names: `OSEI` of "MR. OSEI (voice-over):", `Ann Lee` of "LEE:", nobody for "Q:".

    An office ("THE CHAIR") is to be judged: its own words and those who may hold it.
    """
    written = BRACKETS.sub("", phrase.text).split(",")[0].split()
    behind = [p for p in source.people if "," in stage.note.text[phrase.start : p[0]]]
    if behind and behind == list(source.people):
        return [Candidate(behind[0][2], "own")]  # "Minister for Schools, Ms Karin Holm"
    lows = [w.lower().rstrip(".") for w in written]
    people = [e for e in stage.cast.entities if e.kind == PERSON and len(e.words) > 1]
    if lows in ([], ["q"], ["question"]):
        return [Candidate(None, "nobody")]
    if lows == ["a"] and people:  # who answers "Q:" is the one who is named most
        return [Candidate(max(people, key=lambda e: stage.counts[id(e)]), "own")]
    k = 0
    while k < len(lows) - 1 and any(lows[k] in some for some in BEFORE_NAMES):
        k += 1
    name, words = " ".join(written[k:]), lows[k:]
    own = Entity(name, PERSON, tuple(written[k:]))
    heard = [event.entity for event in stage.heard(phrase.start)]
    office = lists.is_role(words[-1]) or words[-1] in lists.LABELS | lists.ORGANISATIONS
    office &= not any(low in lists.COURTESY for low in lows[:k])  # DR. LINDQVIST is no -ist
    if office or lows[0] in lists.ARTICLES:
        own.kind = "unnamed"
        people = [] if words[-1] in lists.LABELS else people[:MOST_PEOPLE]
        return [Candidate(own, "own"), *(Candidate(entity, "named") for entity in people)]
    some = [
        e for e in stage.by_word.get(words[-1], ())
        if set(words) <= {w.casefold().rstrip(".") for w in e.words}
        or len(words) == 1 and len(e.words) > 1 and words[0] in lists.letters_of(e.words)
    ]  # fmt: skip
    last = {id(entity): -n for n, entity in reversed(list(enumerate(heard)))}
    order = lambda e: (e.kind == PERSON, last.get(id(e), -99), len(e.words))  # noqa: E731
    one = max(some, key=order, default=own)
    one.kind = PERSON if one.kind == UNKNOWN else one.kind  # who speaks is a person
    return [Candidate(one, "own")]


def _is_new(phrase: Phrase) -> bool:
    """Is it somebody new: "a witness", "officials", "Lee's doctor", "one of my neighbours"?"""
    first, head = phrase.words[0], phrase.head
    if phrase.tags[head] not in ("NOUN", "ADJ", "NUM") or first in ("he", "she", "it", "they"):
        return False
    if phrase.noun in lists.KIN and phrase.possessor and phrase.words[2:] in ((), (",", "who")):
        return True  # his father
    known = phrase.core_end < len(phrase.words) or phrase.words[-1] in ("whom", "which", "them")
    if known or is_mouthpiece(phrase) or AND.search(phrase.text):
        return False
    small = phrase.text[phrase.offsets[head][0] - phrase.start].islower()
    if "'s" in phrase.words[:head]:
        return small
    bare = phrase.plural and first not in ("the", "these", "those", "both", "this")
    bare = bare and phrase.possessor is None and (small or head + 1 < phrase.core_end)
    return first in INDEFINITE or bare


def _around(stage: Stage, source: Source, author: Entity | None) -> Iterator[Entity]:
    """The people and bodies named around a place or most of all, and who has spoken there."""
    place = source.place
    yield from list({id(e.entity): e.entity for e in stage.before(place)}.values())[:NEAREST]
    yield from (e.entity for e in stage.after(place, AHEAD))
    yield from stage.foremost
    yield from (event.entity for event in stage.heard(place)[:NEAREST])
    yield from (entity for entity in (source.outer, author) if entity is not None)


def _several(stage: Stage, source: Source, resolve: Resolve) -> Iterator[tuple[list[Entity], bool]]:
    """The parts of a source, as "Ann Lee and Bob Roe", and whether they are nothing but names."""
    phrase, text = source.phrase, stage.note.text
    people = [(a, b) for a, b, _, mention in source.people if not phrase.mentions(mention)]
    cuts = [match.span() for match in AND.finditer(text, phrase.start, phrase.end)]
    edges = [phrase.start, *chain(*cuts), phrase.end]
    parts = list(zip(edges[::2], edges[1::2], strict=True))
    for spans in (people, parts):
        if not 1 < len(spans) < 9:
            continue
        some = [e for e in map(resolve, spans) if e is not None]
        some = list({e.name: e for e in some}.values())
        sure = all(NAME.fullmatch(text, a, b) for a, b in spans)
        sure = sure and sum(b - a for a, b in spans) > MOSTLY * (phrase.end - phrase.start)
        sure = sure and all(
            stage.counts[id(e)] and (e.kind == PERSON or len(e.words) > 1 or e.name.isupper())
            for e in some
        )
        sure = sure and not stage.covers(phrase.start, phrase.end)
        full = spans is people and all(len(e.words) > 1 and stage.kinds(e)[0] > SURE for e in some)
        sure = bool(cuts) and len(some) == len(spans) and (full or sure)
        if len(some) > 1:
            yield some, sure


def _pairs(stage: Stage, place: int, *, most: int = 3) -> Iterator[list[Entity]]:
    """Those named side by side before a place, the nearest first: Ann Lee and Bob Roe."""
    k = bisect_left(stage.places, place)
    named = stage.cast.places[max(0, k - MOST_NAMED) : k]
    for (_, _, other, mention), (_, end, one, _) in pairwise(named[::-1]):
        if AND.fullmatch(stage.note.text, end, mention.opening) and one is not other and most:
            yield [one, other]
            most -= 1


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
            alone = word.lower() in PRONOUNS.keys() - lists.POSSESSIVES
            noun = pos in NOMINAL and not alone and k - 1 not in verbs
            if not (noun or word in ("-", "'s", "’s")):
                break
            k -= 1
        phrase = phrase_of(note, (note.starts[k], note.ends[last]))
        if phrase is not None and phrase.tags[phrase.head] in ("NOUN", "PROPN"):
            yield own_entity(phrase), note.starts[k]
            most -= 1
