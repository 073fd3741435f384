"""Candidates: all who may be meant by a source: people, bodies, others, and nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .book import Entity
from .certain import certain, labelled
from .links import SURE
from .lists import ARTICLES, COURTESY, POSSESSIVES
from .mentions import PERSON, Mention
from .nesting import Span
from .phrases import Phrase, is_mouthpiece, kind_of, phrase_of
from .sources import own_entity
from .speaker import several
from .stage import Stage

NEAREST = 12  # people and bodies named before
AHEAD = 4
MOST_PEOPLE = 24  # who may hold an office
LINK = re.compile(r"\s+(?:and|&|or|along with|together with)\s+|\s*[,;]\s*(?:and\s+)?|\s{2,}")
AND = re.compile(r",?\s+(?:and|&|along with|together with)\s+")
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
# Of a senator the party and the state, and somebody's age:
ASIDE = re.compile(r"\s+[DRI]\s{0,2}[-–\s]\s?[A-Z][A-Za-z]{1,3}\b|,\s\d\d\b")
MENTIONED = re.compile(
    r"\b(?:who|which|whose|of|for|at|to|with|by|from|in|including|like)\b|such as"
)
NAME = re.compile(r"(?:[Tt]he\s+)?(?:[A-Z][\w.'’-]*\s*)+")
OWNING = ("of", "by", "for")
MOSTLY = 0.6  # of a source are its parts
NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
PRONOUN = "he she it they i we who this other".split()
"""The kinds of pronouns that are told apart."""
SAME = {"him": "he", "his": "he", "her": "she", "hers": "she", "its": "it", "them": "they",
        "their": "they", "theirs": "they", "my": "i", "me": "i", "our": "we", "us": "we",
        "which": "who", "that": "who", "these": "this", "those": "this"}  # fmt: skip


@dataclass(slots=True)
class Source:
    """One source in its place, and what is known of the statement around it."""

    place: int
    phrase: Phrase | None  # None where the text names no source
    pronoun: str | None = None
    label: bool = False  # in front of a turn
    direct: bool = False
    cue: bool = False
    passive: bool = False  # was told, asked whether
    outer: Entity | None = None  # who speaks the quotation in which it stands
    quoted: bool = False  # it stands in a quotation
    content: Sequence[Span] = ()
    people: Sequence[tuple[int, int, Entity, Mention]] = ()  # named in it

    @property
    def names(self) -> list[str]:
        """The capitalised words of the source, in lower case."""
        if self.phrase is None:
            return []
        text, start = self.phrase.text, self.phrase.start
        written = [text[a - start : b - start] for a, b in self.phrase.offsets]
        low = [w.casefold().rstrip(".") for w in written if w[0].isupper()]
        return [w for w in low if w not in COURTESY and w not in ARTICLES]


@dataclass(slots=True)
class Candidate:
    """Somebody who may be the source; `entity` None is nobody."""

    entity: Entity | None
    how: str
    place: int | None = None  # of a noun phrase
    parts: int = 1
    of: Sequence[Entity] = ()  # the parts of several together that the source names


HOWS = ("named", "own", "heard", "phrase", "joint", "owner", "nobody")
Resolve = Callable[[Span], Entity | None]


def candidates(
    stage: Stage, source: Source, *, author: Entity | None, resolve: Resolve
) -> list[Candidate]:
    """Who may be meant; `resolve` finds whom a part of the source means."""
    found: dict[object, Candidate] = {}

    def add(entity: Entity | None, how: str, place: int | None = None, parts: int = 1,
            of: Sequence[Entity] = ()) -> None:  # fmt: skip
        named = entity is not None and stage.counts[id(entity)]
        key = id(entity) if named else entity.name if entity else None
        found.setdefault(key, Candidate(entity, how, place, parts, of))

    phrase = source.phrase
    if source.pronoun == "i" and author is not None and not source.quoted:
        return [Candidate(author, "named")]
    if source.pronoun == "i" and source.outer is not None:
        return [Candidate(source.outer, "named")]
    words = source.names
    if phrase is not None and (source.label or phrase.text in ("Q", "QUESTION")):
        one = labelled(stage, phrase)
        some = one if isinstance(one, list) else [one]
        return [Candidate(e, "own" if k == 0 else "named") if e else Candidate(e, "nobody")
                for k, e in enumerate(some[:MOST_PEOPLE])]  # fmt: skip
    if phrase is not None and not source.pronoun:
        known = any(
            place[0] > phrase.start and not mentioned(stage, phrase, place[0], place[3])
            for place in stage.cast.between(phrase.offsets[phrase.head][1], phrase.end)
        )
        one = None if known else certain(stage, phrase)
        if is_mouthpiece(phrase) and not known and not source.people and (span := phrase.owner()):
            one = resolve(span)
        if one is not None:
            return [Candidate(one, "own")]
    for entity in _sharing(stage, words):
        add(entity, "named")
    alone = phrase is not None and bool(words) and phrase.tags[-1] == "PROPN"
    if not (alone and found and len(words) == len(phrase.words)):
        for entity in _near(stage, source.place):
            add(entity, "named")
        if phrase is not None:
            for entity in _officers(stage, phrase):
                add(entity, "named")
        for event in stage.heard(source.place)[:NEAREST]:
            known = stage.counts[id(event.entity)]
            add(event.entity, "named" if known else "heard", event.place)
        for entity in (source.outer, author):
            if entity is not None:
                add(entity, "named")
    add(None, "nobody")
    if phrase is None:
        return list(found.values())
    if not source.pronoun:
        article = phrase.words[0] in ARTICLES
        bare = len(words) + article == len(phrase.words) and stage.covers(
            *phrase.offsets[phrase.head]
        )
        if not bare:
            add(own_entity(phrase, kind_of(phrase)), "own")
        if is_mouthpiece(phrase) and (span := phrase.owner()) and (owner := resolve(span)):
            add(owner, "owner")
        people = [(a, b) for a, b, _, m in source.people if not mentioned(stage, phrase, a, m)]
        whole = [e for a, _, e, _ in source.people if any(a == start for start, _ in people)]
        if (
            len(whole) > 1
            and AND.search(phrase.text)
            and all(len(e.words) > 1 and stage.kinds(e)[0] > SURE for e in whole)
        ):
            return [Candidate(several(whole), "joint", parts=len(whole), of=whole)]
        cuts = [_parts(stage.note.text, phrase, cut) for cut in (AND, LINK)]
        for spans in (people, *cuts):
            if 1 < len(spans) < 9:
                some = [e for e in map(resolve, spans) if e is not None]
                some = list({e.name: e for e in some}.values())
                linked = AND.search(phrase.text) and len(some) == len(spans)
                if linked and _are_names(stage, phrase, spans, some):
                    return [Candidate(several(some), "joint", parts=len(some), of=some)]
                if len(some) > 1:
                    add(several(some), "joint", parts=len(some), of=some)
    elif source.pronoun in ("it", "they", "who", "this", "he", "she"):
        for entity, place in _phrases_before(stage, source.place):
            add(entity, "phrase", place)
    if source.pronoun in ("they", "we", "this") or phrase.plural:
        for run in stage.runs_before(source.place):
            add(several([e.entity for e in run]), "joint", run[-1].place, len(run))
    return list(found.values())


def mentioned(stage: Stage, phrase: Phrase, place: int, mention: Mention) -> bool:
    """Is somebody only mentioned in a source: Lee in "the driver of Ann Lee"?"""
    head_start, head_end = phrase.offsets[phrase.head]
    if place <= head_start or stage.note.starts[mention.token] <= head_start:
        return False  # the Minister for Trade Ann Lee
    before = stage.note.text[head_end:place].rpartition(",")[2]
    return bool(MENTIONED.search(before))


def _are_names(stage: Stage, phrase: Phrase, spans: Sequence[Span], some: Sequence[Entity]) -> bool:
    """Are the parts of a source nothing but names: "Ann Lee and the Rail Union"?"""
    text = stage.note.text
    return (
        not stage.covers(phrase.start, phrase.end)
        and all(stage.counts[id(entity)] for entity in some)
        and sum(b - a for a, b in spans) > MOSTLY * (phrase.end - phrase.start)
        and all(e.kind == PERSON or len(e.words) > 1 or e.name.isupper() for e in some)
        and all(NAME.fullmatch(text, a, b) for a, b in spans)
    )


def _near(stage: Stage, place: int) -> Iterator[Entity]:
    """The people and bodies that are named around a place, and the most important ones."""
    some = [e.entity for e in stage.before(place)]
    yield from list({id(e): e for e in some}.values())[:NEAREST]
    yield from (e.entity for e in stage.after(place, AHEAD))
    yield from stage.foremost


def _sharing(stage: Stage, words: Sequence[str]) -> Iterator[Entity]:
    """The people and bodies that have a word in common with a source."""
    for word in words:
        yield from stage.by_word.get(word, ())[:NEAREST]


def _officers(stage: Stage, phrase: Phrase) -> Iterator[Entity]:
    for entity in stage.cast.officers:
        if any(phrase.noun in role.lower() for role in entity.roles):
            yield entity


def _phrases_before(stage: Stage, place: int, *, most: int = 8) -> Iterator[tuple[Entity, int]]:
    """The noun phrases in front of a place, the nearest first, back to the sentence before last."""
    note, found, whole = stage.note, 0, 0
    sentence = stage.sentence_of(place)
    k = bisect_left(note.starts, place) - 1
    stop = note.sentences[max(0, sentence - 2)][0] if note.sentences else 0
    while k >= stop and found < most:
        if note.pos[k] not in ("NOUN", "PROPN"):
            k, whole = k - 1, 0
            continue
        last = k
        while (
            k > stop
            and note.words[k].lower() not in ARTICLES | POSSESSIVES
            and (
                note.pos[k - 1] in NOMINAL
                and note.words[k - 1].lower() not in SAME.keys() - POSSESSIVES
                or note.words[k - 1] in ("-", "'s", "’s")
            )
        ):
            k -= 1
        phrase = phrase_of(note, (note.starts[k], note.ends[last]))
        if phrase is not None and phrase.tags[phrase.head] in ("NOUN", "PROPN"):
            yield own_entity(phrase, kind_of(phrase)), note.starts[k]
            found += 1
        if whole and (phrase := phrase_of(note, (note.starts[k], whole))) is not None:
            yield own_entity(phrase, kind_of(phrase)), note.starts[k]  # report of the group
        whole = note.ends[last] if note.words[k - 1].lower() in OWNING else 0
        k -= 2 if whole else 1


def _parts(text: str, phrase: Phrase, cut: re.Pattern[str]) -> list[Span]:
    """The spans of several sources in one: "Ann Lee and Bob Roe", "she and European leaders"."""
    whole = text[phrase.start : phrase.end]
    for aside in (BRACKETS, ASIDE):
        whole = aside.sub(lambda m: "\0" * len(m[0]), whole)
    edges = [0, *(e for m in cut.finditer(whole) for e in m.span()), len(whole)]
    spans = zip(edges[::2], edges[1::2], strict=True)
    kept = [(a, a + len(whole[a:b].rstrip("\0"))) for a, b in spans]
    return [(phrase.start + a, phrase.start + b) for a, b in kept if b > a]
