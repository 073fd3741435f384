"""Speakers: the one behind each source, as people, organisations, documents, groups, unnamed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ..reader import Attribution, Reading, read
from ..text import Span, doc_of
from .candidates import MOSTLY, Candidate, Source, candidates
from .cast import Cast, Entity, cast_of
from .links import Links
from .lists import BODIES, COURTESY, GROUPS, ORGANISATION, ORGANISATIONS, PERSON, PRESS, UNKNOWN
from .phrases import phrase_of
from .signs import chances, signs, weights
from .stage import Stage

MARKS = re.compile(r"[“”\"\n]")
NO_AUTHORS = ORGANISATIONS | PRESS | GROUPS | {"and", "&"}
MOST_READ = 200  # letters of a source
NEAR = 40  # quotations looked at for those around a place


@dataclass(frozen=True, slots=True)
class Speaker:
    """The one behind a source; `name` is None where nobody is known."""

    name: str | None
    kind: str | None = None  # person, organisation, document, group, unnamed
    role: str | None = None
    inferred: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Named:
    """A name where it stands, as written and as its bearer is called in full."""

    start: int
    end: int
    text: str
    name: str
    kind: str | None  # person, organisation


NOBODY = Speaker(None, confidence=0.8)


def speakers_of(
    text: str,
    attributions: Sequence[Attribution],
    *,
    title: str | None = None,
    author: str | None = None,
    readings: Sequence[Reading] | None = None,
) -> list[Speaker]:
    """The speaker of each attribution of a text, by the fullest name the text has for him or her.

    Surnames, offices ("the minister"), descriptions ("the company"), pronouns, labels of turns, and
    the owners behind a website or a spokesman are weighed by a ranker that was trained on press
    texts; its chance is the speaker's `confidence`.  A quotation without a source is `inferred`.
    Not caught: speakers whose name is in another document.

    Parameters: `text`; `attributions` in the order of the text; `title`, its headline; `author`;
    `readings`, what the reader made of the text, where it is known already.
    Returns one Speaker for each attribution.
    """
    if not attributions:
        return []
    readings = read(text) if readings is None else readings
    return Finder(text, attributions, title=title, author=author, readings=readings).speakers()


def named_in(
    text: str, *, title: str | None = None, readings: Sequence[Reading] | None = None
) -> list[Named]:
    """Every name in a text under the name that `speakers_of` gives to its bearer, in order.

    Not caught: pronouns and offices that stand for a name.  `kind` is None where nothing tells
    whether a name is a person's or an organisation's.

    >>> [(n.text, n.name) for n in named_in("Ann Lee left. Lee smiled.")]
    [('Ann Lee', 'Ann Lee'), ('Lee', 'Ann Lee')]
    """
    links = Links(read(text) if readings is None else readings)
    return [
        Named(start, end, text[start:end], who.name, None if who.kind == UNKNOWN else who.kind)
        for start, end, who, _ in cast_of(doc_of(text), links, title=title).places
    ]


class Finder:
    """Walks over the attributions in order and remembers who spoke."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attribution],
        *,
        title: str | None,
        author: str | None,
        readings: Sequence[Reading],
        learned: list[np.ndarray] | None = None,
    ) -> None:
        links = Links(readings)
        self.note = doc_of(text)
        self.cast = cast_of(self.note, links, title=title)
        self.attributions = attributions
        self.author = _signing(self.cast, author)
        self.around = _around(attributions)
        self.stage = Stage(self.note, self.cast, links)
        self.found: dict[int, Entity | None] = {}
        self.learned = learned or weights()

    def order(self) -> list[int]:
        """The outer statements before those within them."""
        keys = [(len(self.around[k]), _anchor_of(a)) for k, a in enumerate(self.attributions)]
        return sorted(range(len(keys)), key=keys.__getitem__)

    def speakers(self) -> list[Speaker]:
        results: dict[int, Speaker] = {}
        for k in self.order():
            some, rows = self.ask(k)
            share = chances(rows, self.learned)
            results[k] = self.take(k, some[share.argmax()], float(share.max()))
        return [results[k] for k in sorted(results)]

    def ask(self, k: int) -> tuple[list[Candidate], np.ndarray]:
        """Who may have said a statement, and the signs of each."""
        source = self._source_of(k)
        resolve = lambda span: self._part(span, source)  # noqa: E731
        some = candidates(self.stage, source, author=self.author, resolve=resolve)
        return some, signs(self.stage, source, some)

    def take(self, k: int, one: Candidate, share: float) -> Speaker:
        """The speaker of a statement, remembered as who has spoken."""
        attribution, entity = self.attributions[k], one.entity
        self.found[k] = entity
        if entity is None:
            return replace(NOBODY, confidence=share)
        self.stage.remember(_anchor_of(attribution), entity)
        name, kind = entity.name, entity.kind
        if kind == UNKNOWN:
            kind = PERSON if entity.gender else ORGANISATION
        if kind == PERSON and name.isupper() and (len(entity.words) > 1 or len(name) > 3):
            name = name.title()
        return Speaker(name, kind, entity.role, not attribution.source, share)

    def _part(self, span: Span, whole: Source) -> Entity | None:
        """Whom a part of a source means."""
        source = self._source(span, whole)
        if source.phrase is None:
            return None
        named = self.cast.between(*span)
        if len(named) == 1 and named[0][1] - named[0][0] > MOSTLY * (span[1] - span[0]):
            return named[0][2]
        bodies = [e for e in self.cast.entities if e.kind == ORGANISATION and e.places]
        if bodies and source.phrase.noun in BODIES and len(source.phrase.words) < 3:
            return max(bodies, key=lambda e: len(e.places))  # the website of the organisation
        some = candidates(self.stage, source, author=self.author, resolve=lambda _: None)
        return some[int(chances(signs(self.stage, source, some), self.learned).argmax())].entity

    def _source_of(self, k: int) -> Source:
        said, around, text = self.attributions[k], self.around[k], self.note.text
        whole = Source(_anchor_of(said), direct=said.kind == "direct", cue=bool(said.cue))
        whole.content, whole.quoted = said.content, bool(around)
        whole.outer = self.found.get(around[0]) if around else None
        if not said.source:
            return whole
        (start, end), last = said.source[0], said.source[-1]
        if last[1] - start < MOST_READ and not MARKS.search(text, end, last[0]):
            end = last[1]
        opens = any(first == start for first, _ in self.note.paragraphs)
        whole.label = opens and not said.cue and whole.direct
        return self._source((start, end), whole)

    def _source(self, span: Span, whole: Source) -> Source:
        people = [p for p in self.cast.between(*span) if p[2].kind == PERSON]
        return replace(whole, place=span[0], phrase=phrase_of(self.note, span), people=people)


def _anchor_of(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return max(spans[0][0], 0) if spans else 0


def _around(attributions: Sequence[Attribution]) -> list[list[int]]:
    """For each attribution the quotations that it stands in, the narrowest first."""
    result = []
    for k, place in enumerate(map(_anchor_of, attributions)):
        near = set(range(max(0, k - NEAR), min(k + NEAR, len(attributions)))) - {k}
        some = [(b - a, other) for other in near if attributions[other].kind == "direct"
                for a, b in attributions[other].content if a <= place < b]  # fmt: skip
        result.append([other for _, other in sorted(some)])
    return result


def _signing(cast: Cast, author: str | None) -> Entity | None:
    """The person who signs a text, by its author line; None for a body, or several people."""
    words = [w for w in (author or "").split() if w.lower().rstrip(".") not in COURTESY]
    if not 2 <= len(words) <= 4 or set(",;") & set(author) or not words[-1][0].isupper():
        return None
    if {word.lower() for word in words} & NO_AUTHORS:
        return None  # Evening Post Staff
    for entity in cast.entities:
        ends = entity.words[0], entity.words[-1]
        if entity.kind != ORGANISATION and ends == (words[0], words[-1]):
            entity.kind = PERSON
            return entity
    return Entity(" ".join(words), PERSON, tuple(words))
