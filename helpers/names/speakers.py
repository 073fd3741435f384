"""Speakers: the one behind each source, as people, organisations, documents, groups, unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from ..reader import Reading, read
from ..text import Doc, doc_of
from .candidates import MOSTLY, PRONOUN, SAME, Candidate, Source, candidates
from .entities import Cast, Entity, cast_of
from .links import Links
from .mentions import PERSON, UNKNOWN
from .nesting import Attributed, Span, anchor_of, enclosing
from .phrases import phrase_of
from .ranker import chances, weights
from .signs import signs
from .sources import signing
from .speaker import NOBODY, Named, Speaker, as_speaker
from .stage import Stage

OWNED = re.compile(r"(?:['’]s|,|\band) (?=[A-Z])")
PASSIVE = re.compile(r"\b(?:was|were|is|are|been|being|be|[Aa]sked|[Pp]ressed)\b")
MARKS = re.compile(r"[“”\"\n]")
MOST_READ = 200  # letters of a source
DEEPEST = 5  # reports within reports


def speakers_of(
    text: str,
    attributions: Sequence[Attributed],
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
    text: str,
    attributions: Sequence[Attributed],
    *,
    title: str | None = None,
    readings: Sequence[Reading] | None = None,
) -> list[Named]:
    """Every name in a text under the name that `speakers_of` gives to its bearer, in order.

    Not caught: pronouns and offices that stand for a name.  `kind` is None where nothing tells
    whether a name is a person's or an organisation's.

    >>> [(n.text, n.name) for n in named_in("Ann Lee left. Lee smiled.", [])]
    [('Ann Lee', 'Ann Lee'), ('Lee', 'Ann Lee')]
    """
    links = Links(read(text) if readings is None else readings)
    _, cast = _cast(text, attributions, title, links)
    return [
        Named(start, end, text[start:end], who.name, None if who.kind == UNKNOWN else who.kind)
        for start, end, who, _ in cast.places
    ]


def _cast(
    text: str, attributions: Sequence[Attributed], title: str | None, links: Links
) -> tuple[Doc, Cast]:
    note = doc_of(text)
    starts = {a.source[0][0] for a in attributions if a.source}
    starts |= {  # in "NBC's Dan Chin" somebody is named behind the owner, too
        start + owned.end()
        for a in attributions
        for start, end in a.source
        for owned in OWNED.finditer(text[start : min(end, start + MOST_READ)])
    }
    quoted = sorted(span for a in attributions if a.kind == "direct" for span in a.content)
    cast = cast_of(
        note,
        title=doc_of(title) if title else None,
        sources=frozenset(starts),
        quoted=quoted,
        links=links,
    )
    return note, cast


class Finder:
    """Walks over the attributions in order and remembers who spoke."""

    def __init__(
        self,
        text: str,
        attributions: Sequence[Attributed],
        *,
        title: str | None,
        author: str | None,
        readings: Sequence[Reading],
        learned: list[np.ndarray] | None = None,
    ) -> None:
        links = Links(readings)
        self.note, self.cast = _cast(text, attributions, title, links)
        self.attributions = attributions
        self.author = signing(self.cast, author)
        self.enclosing = enclosing(attributions)
        self.stage = Stage(self.note, self.cast, links)
        self.found: dict[int, Entity | None] = {}
        self.learned = learned or weights()

    def order(self) -> list[int]:
        """The outer statements before those within them."""
        key = lambda k: (self._depth(k), anchor_of(self.attributions[k]), k)  # noqa: E731
        return sorted(range(len(self.attributions)), key=key)

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
        source = self.source(k)
        resolve = lambda span: self.part(span, source)  # noqa: E731
        some = candidates(self.stage, source, author=self.author, resolve=resolve)
        return some, signs(self.stage, source, some, author=self.author)

    def part(self, span: Span, whole: Source) -> Entity | None:
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
        share = chances(signs(self.stage, source, some, author=self.author), self.learned)
        return some[int(share.argmax())].entity

    def take(self, k: int, one: Candidate, share: float) -> Speaker:
        attribution, entity = self.attributions[k], one.entity
        self.found[k] = entity
        if entity is None:
            return replace(NOBODY, confidence=share)
        self.stage.remember(anchor_of(attribution), entity, quoted=self._outer(k) is not None)
        return replace(as_speaker(entity, share), inferred=not attribution.source)

    def source(self, k: int) -> Source:
        attribution = self.attributions[k]
        outer = self._outer(k)
        whole = Source(
            place=anchor_of(attribution),
            phrase=None,
            direct=attribution.kind == "direct",
            cue=bool(attribution.cue),
            passive=any(PASSIVE.search(self.note.text, a, b) for a, b in attribution.cue),
            outer=self.found.get(outer) if outer is not None else None,
            quoted=outer is not None,
            content=attribution.content,
        )
        if not attribution.source:
            return whole
        span, last = attribution.source[0], attribution.source[-1]
        if last[1] - span[0] < MOST_READ and not MARKS.search(self.note.text, span[1], last[0]):
            span = span[0], last[1]
        opens = any(start == span[0] for start, _ in self.note.paragraphs)
        whole.label = opens and not attribution.cue and whole.direct
        return self._source(span, whole)

    def _source(self, span: Span, whole: Source) -> Source:
        phrase = phrase_of(self.note, span)
        pronoun = None
        if phrase is not None and phrase.pronoun:
            pronoun = SAME.get(phrase.pronoun, phrase.pronoun)
            pronoun = pronoun if pronoun in PRONOUN else "other"
        people: dict[int, tuple] = {}
        for place in self.cast.between(*span):
            if place[2].kind == PERSON:
                people.setdefault(id(place[2]), place)
        return replace(
            whole, place=span[0], phrase=phrase, pronoun=pronoun, people=list(people.values())
        )

    def _around(self, k: int) -> Iterator[int]:
        """The attributions that one stands in, the narrowest first."""
        for _ in range(DEEPEST):
            outer = self.enclosing[k]
            if outer is None:
                return
            yield outer
            k = outer

    def _depth(self, k: int) -> int:
        return sum(self.attributions[outer].kind == "direct" for outer in self._around(k))

    def _outer(self, k: int) -> int | None:
        return next((o for o in self._around(k) if self.attributions[o].kind == "direct"), None)
