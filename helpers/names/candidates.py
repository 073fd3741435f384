"""Candidates: all who may be meant by a source: people, bodies, others, and nobody."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..words import read_list
from .book import letters_of
from .entities import Entity
from .lists import ARTICLES, COURTESY, ORGANISATIONS, POSSESSIVES, ROLES, is_role
from .mentions import ORGANISATION, PERSON
from .nesting import Span
from .phrases import Phrase, is_mouthpiece, kind_of, phrase_of
from .sources import own_entity
from .speaker import several
from .stage import Stage

NEAREST = 12  # people and bodies named before
AHEAD = 4
LINK = re.compile(r"\s+(?:and|&|or|along with|together with)\s+|\s*[,;]\s*(?:and\s+)?|\s{2,}")
AND = re.compile(r",?\s+(?:and|&|along with|together with)\s+")
LABELS = frozenset(read_list("labels.txt")["nobody"])
BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
# Of a senator the party and the state, and somebody's age:
ASIDE = re.compile(r"\s+[DRI]\s{0,2}[-–\s]\s?[A-Z][A-Za-z]{1,3}\b|,\s\d\d\b")
NAME = re.compile(r"(?:[Tt]he\s+)?(?:[A-Z][\w.'’-]*\s*)+")
AGED = re.compile(r"[Tt]he (\d{1,3})-year-old\b")
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
    outer: Entity | None = None  # who speaks the quotation in which it stands
    quoted: bool = False  # it stands in a quotation
    content: Sequence[Span] = ()
    people: Sequence[tuple[int, int, Entity]] = ()  # named in it

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
        key = id(entity) if how in ("named", "heard") else (entity.name if entity else None)
        found.setdefault(key, Candidate(entity, how, place, parts, of))

    phrase = source.phrase
    behind = stage.note.text[phrase.end : phrase.end + 1] if phrase is not None else ""
    if phrase is not None and phrase.text == "Q" and behind in (":", "."):
        return [Candidate(None, "nobody")]
    if source.pronoun == "i" and author is not None and not source.quoted:
        return [Candidate(author, "named")]
    words = source.names
    if behind == ":" and len(words) == 1 and phrase.text.isupper():  # WS: Wendeline Strobach
        for entity in stage.by_word.get(words[0], ()):
            if entity.kind == PERSON and len(entity.words) > 1 and words[0] in letters_of(entity):
                return [Candidate(entity, "named")]
    if phrase is not None and (aged := AGED.match(phrase.text)):
        for event in stage.before(phrase.start):
            if event.entity.age == int(aged[1]):
                return [Candidate(event.entity, "named")]
    if phrase is not None and phrase.words[0] == "the" and phrase.words[1:] == (phrase.noun,):
        named = stage.by_word.get(phrase.noun, ()) if phrase.noun in ORGANISATIONS else ()
        bodies = [e for e in named if len(e.words) > 1 and e.kind == ORGANISATION]
        if len(bodies) == 1 and stage.before(phrase.start):
            return [Candidate(bodies[0], "named")]  # the zoo
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
            named = stage.counts[id(event.entity)]
            add(event.entity, "named" if named else "heard", event.place)
        for entity in (source.outer, author):
            if entity is not None:
                add(entity, "named")
    add(None, "nobody")
    if phrase is None:
        return list(found.values())
    if not source.pronoun:
        bare = len(words) == len(phrase.words) and stage.covers(*phrase.offsets[phrase.head])
        if not bare or source.label:
            add(_labelled(phrase) if source.label else own_entity(phrase, kind_of(phrase)), "own")
        if is_mouthpiece(phrase) and (span := phrase.owner()) and (owner := resolve(span)):
            add(owner, "owner")
        people = [(start, end) for start, end, _ in source.people]
        cuts = [_parts(stage.note.text, phrase, cut) for cut in (AND, LINK)]
        for spans in (people, *cuts):
            if 1 < len(spans) < 9:
                some = [e for e in map(resolve, spans) if e is not None]
                some = list({e.name: e for e in some}.values())
                linked = not source.label and AND.search(phrase.text) and len(some) == len(spans)
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


def _are_names(stage: Stage, phrase: Phrase, spans: Sequence[Span], some: Sequence[Entity]) -> bool:
    """Are the parts of a source nothing but names: "Ann Lee and the Rail Union"?"""
    text = stage.note.text
    return (
        not stage.covers(phrase.start, phrase.end)
        and all(stage.counts[id(entity)] for entity in some)
        and sum(b - a for a, b in spans) > MOSTLY * (phrase.end - phrase.start)
        and all(NAME.fullmatch(text, a, b) for a, b in spans)
    )


def _labelled(phrase: Phrase) -> Entity:
    """Whom a label names: `OSEI` of "MR. OSEI (voice-over):", `Ann Lee` of "ANN LEE, HOST:"."""
    written = BRACKETS.sub("", phrase.text).split(",")[0].split()
    while len(written) > 1 and written[0].lower().rstrip(".") in COURTESY.keys() | ROLES:
        written = written[1:]
    low = written[0].lower()
    kind = "unnamed" if is_role(low) or low in LABELS else PERSON
    return Entity(" ".join(written), kind, tuple(written))


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
    note, found = stage.note, 0
    sentence = stage.sentence_of(place)
    k = bisect_left(note.starts, place) - 1
    stop = note.sentences[max(0, sentence - 2)][0] if note.sentences else 0
    while k >= stop and found < most:
        if note.pos[k] not in ("NOUN", "PROPN"):
            k -= 1
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
        if phrase is not None:
            yield own_entity(phrase, kind_of(phrase)), note.starts[k]
            found += 1
        k -= 1


def _parts(text: str, phrase: Phrase, cut: re.Pattern[str]) -> list[Span]:
    """The spans of several sources in one: "Ann Lee and Bob Roe", "she and European leaders"."""
    whole = text[phrase.start : phrase.end]
    for aside in (BRACKETS, ASIDE):
        whole = aside.sub(lambda m: "\0" * len(m[0]), whole)
    edges = [0, *(e for m in cut.finditer(whole) for e in m.span()), len(whole)]
    spans = zip(edges[::2], edges[1::2], strict=True)
    kept = [(a, a + len(whole[a:b].rstrip("\0"))) for a, b in spans]
    return [(phrase.start + a, phrase.start + b) for a, b in kept if b > a]
