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
from .lists import GROUPS, ORGANISATION, ORGANISATIONS, PERSON, PRESS, UNKNOWN
from .mentions import mentions
from .phrases import phrase_of
from .signs import chances, signs, weights
from .stage import Stage

MARKS = re.compile(r"[“”\"\n]")
MOST_READ = 200  # letters of a source
DEEPEST = 12  # quotations looked at for those around a place


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
    cast = cast_of(doc_of(text), title=doc_of(title) if title else None, links=links)
    return [
        Named(start, end, text[start:end], who.name, None if who.kind == UNKNOWN else who.kind)
        for start, end, who, _ in cast.places
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
        self.cast = cast_of(self.note, title=doc_of(title) if title else None, links=links)
        self.attributions = attributions
        self.author = _signing(self.cast, author)
        self.around = _around(attributions)
        quoted = [span for a in attributions if a.kind == "direct" for span in a.content]
        self.stage = Stage(self.note, self.cast, links, quoted)
        self.found: dict[int, Entity | None] = {}
        self.learned = learned or weights()

    def order(self) -> list[int]:
        """The outer statements before those within them."""
        depth, said = self.around, self.attributions
        return sorted(range(len(said)), key=lambda k: (len(depth[k]), _anchor_of(said[k]), k))

    def speakers(self) -> list[Speaker]:
        results: dict[int, Speaker] = {}
        for k in self.order():
            some, rows = self.ask(k)
            share = chances(rows, self.learned)
            best = int(share.argmax())
            results[k] = self.take(k, some[best], float(share[best]))
        return [results[k] for k in range(len(self.attributions))]

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
        self.stage.remember(_anchor_of(attribution), entity, quoted=bool(self.around[k]))
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
        if len(named) == 1 and (
            named[0][2].kind == PERSON
            and len(named[0][2].words) > 1
            or named[0][1] - named[0][0] > MOSTLY * (span[1] - span[0])
        ):
            return named[0][2]
        some = candidates(self.stage, source, author=self.author, resolve=lambda _: None)
        return some[int(chances(signs(self.stage, source, some), self.learned).argmax())].entity

    def _source_of(self, k: int) -> Source:
        attribution, around = self.attributions[k], self.around[k]
        whole = Source(_anchor_of(attribution), content=attribution.content)
        whole.direct, whole.cue = attribution.kind == "direct", bool(attribution.cue)
        whole.quoted = bool(around)
        whole.outer = self.found.get(around[0]) if around else None
        if not attribution.source:
            return whole
        span, last = attribution.source[0], attribution.source[-1]
        if last[1] - span[0] < MOST_READ and not MARKS.search(self.note.text, span[1], last[0]):
            span = span[0], last[1]
        opens = any(start == span[0] for start, _ in self.note.paragraphs)
        whole.label = opens and not attribution.cue and whole.direct
        return self._source(span, whole)

    def _source(self, span: Span, whole: Source) -> Source:
        people = [p for p in self.cast.between(*span) if p[2].kind == PERSON]
        return replace(whole, place=span[0], phrase=phrase_of(self.note, span), people=people)


def _anchor_of(attribution: Attribution) -> int:
    spans = attribution.source or attribution.cue or attribution.content
    return max(spans[0][0], 0) if spans else 0


def _around(attributions: Sequence[Attribution]) -> list[list[int]]:
    """For each attribution the quotations that it stands in, the narrowest first."""
    spans = [(start, -end, k) for k, a in enumerate(attributions) if a.kind == "direct"
             for start, end in a.content]  # fmt: skip
    spans.sort(reverse=True)
    result: list[list[int]] = [[] for _ in attributions]
    opened: list[tuple[int, int]] = []
    for place, k in sorted((_anchor_of(a), k) for k, a in enumerate(attributions)):
        while spans and spans[-1][0] <= place:
            _, end, other = spans.pop()
            opened.append((-end, other))
        while opened and opened[-1][0] <= place:
            opened.pop()
        nearest = opened[: -DEEPEST - 1 : -1]
        result[k] = [other for end, other in nearest if other != k and end > place]
    return result


def _signing(cast: Cast, author: str | None) -> Entity | None:
    """The person who signs a text, by its author line; None for a body, or several people."""
    names = mentions(doc_of(author)) if author else []
    words = names[0].words if len(names) == 1 and names[0].kind != ORGANISATION else ()
    if len(words) < 2 or {word.lower() for word in words} & (ORGANISATIONS | PRESS | GROUPS):
        return None  # Evening Post Staff
    for entity in cast.entities:
        ends = entity.words[0], entity.words[-1]
        if entity.kind != ORGANISATION and ends == (words[0], words[-1]):
            entity.kind = PERSON
            return entity
    return Entity(names[0].text, PERSON, words, names[0].role)
