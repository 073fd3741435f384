"""Speakers: the one behind each source, as people, organisations, documents, groups, unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from ..tokens import Annotated, annotate
from .describe import by_age, described
from .entities import Cast, Entity, cast_of
from .genders import PRONOUN_GENDER
from .mentions import PERSON, UNKNOWN
from .nesting import Attributed, anchor_of, enclosing
from .phrases import Phrase, is_house_organ, is_mouthpiece, kind_of, phrase_of
from .pronouns import antecedent, best_body, owner_of, scene_of
from .sources import (
    interviewee,
    is_turn_letter,
    labelled,
    names_in,
    noun_before,
    own_entity,
    signing,
)
from .speaker import NOBODY, Named, Speaker, as_speaker, several

Span = tuple[int, int]
NAMING = re.compile(
    r"\b(?:calling (?:it|him|her|them)sel(?:f|ves)|called|named|known as|dubbed)\s+$"
)
OWNED = re.compile(r"(?:['’]s|,|\band) (?=[A-Z])")
UNKNOWN_ALONE = frozenset(  # no words of its own
    "i me we us you he him his she her it its they them their who which that whose".split()
)
MOST_READ = 200  # letters of a source
DEEPEST = 5  # reports within reports


def speakers_of(
    text: str,
    attributions: Sequence[Attributed],
    *,
    title: str | None = None,
    author: str | None = None,
) -> list[Speaker]:
    """The speaker of each attribution of a text, by the fullest name the text has for him or her.

    Surnames, titles ("the minister"), descriptions ("the 54-year-old"), pronouns, initials before
    a colon, and the owners behind a website or a spokesman are followed up; a quotation without a
    source takes the speaker of its neighbour and is then `inferred`.  An "I" outside quotations is
    the person who signs the text.  Not caught: descriptions
    that only general knowledge ties to a name, and speakers whose name is in another document.

    Parameters: `text`; `attributions` in the order of the text; `title`, its headline; `author`.
    Returns one Speaker for each attribution.
    """
    note, cast = _cast(text, attributions, title)
    return _Finder(note, cast, attributions, title=title, author=author).speakers()


def named_in(
    text: str, attributions: Sequence[Attributed], *, title: str | None = None
) -> list[Named]:
    """Every name in a text under the name that `speakers_of` gives to its bearer, in order.

    Not caught: pronouns and offices that stand for a name.  `kind` is None where nothing tells
    whether a name is a person's or an organisation's.

    >>> [(n.text, n.name) for n in named_in("Ann Lee left. Lee smiled.", [])]
    [('Ann Lee', 'Ann Lee'), ('Lee', 'Ann Lee')]
    """
    _, cast = _cast(text, attributions, title)
    return [
        Named(start, end, text[start:end], who.name, None if who.kind == UNKNOWN else who.kind)
        for start, end, who, _ in cast.places
    ]


def _cast(
    text: str, attributions: Sequence[Attributed], title: str | None
) -> tuple[Annotated, Cast]:
    note = annotate(text)
    starts = {a.source[0][0] for a in attributions if a.source}
    starts |= {  # in "NBC's Dan Chin" somebody is named behind the owner, too
        start + owned.end()
        for a in attributions
        for start, end in a.source
        for owned in OWNED.finditer(text[start : min(end, start + MOST_READ)])
    }
    quoted = sorted(span for a in attributions if a.kind == "direct" for span in a.content)
    cast = cast_of(
        note, title=annotate(title) if title else None, sources=frozenset(starts), quoted=quoted
    )
    return note, cast


class _Finder:
    """Walks over the attributions in order and remembers who spoke."""

    def __init__(
        self,
        note: Annotated,
        cast: Cast,
        attributions: Sequence[Attributed],
        *,
        title: str | None,
        author: str | None,
    ) -> None:
        self.note, self.cast, self.attributions, self.title = note, cast, attributions, title
        self.author = signing(cast, author)
        self.enclosing = enclosing(attributions)
        self.scene = scene_of(note, cast)
        self.found: dict[int, Entity | None] = {}
        self.told_of: frozenset[int] = frozenset()  # whom the statement in hand names
        self.unnamed: dict[str, Entity] = {}

    def speakers(self) -> list[Speaker]:
        order = sorted(
            range(len(self.attributions)),
            key=lambda k: (self._depth(k), anchor_of(self.attributions[k]), k),
        )
        results: dict[int, Speaker] = {}
        for k in order:
            results[k] = self._speaker(k)
        return [results[k] for k in range(len(self.attributions))]

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

    def _speaker(self, k: int) -> Speaker:
        attribution = self.attributions[k]
        if not attribution.source:
            return self._without_source(k)
        span = (attribution.source[0][0], attribution.source[-1][1])
        if is_turn_letter(self.note, span):
            return self._lettered(k, span)
        within = self._outer_quote(k)
        outer = self.found.get(within) if within is not None else None
        self.told_of = frozenset(
            id(p[2]) for a, b in attribution.content for p in self.cast.between(a, b)
        )
        entity, confidence = self.who(span, outer=outer)
        self.found[k] = entity
        if entity is None:
            return NOBODY
        if entity is not self.author or self.note.text[slice(*span)] != "I":
            self.scene.remember(anchor_of(attribution), entity, quote=within)
        return as_speaker(entity, confidence)

    def _lettered(self, k: int, span: Span) -> Speaker:
        """`A:` is whoever is interviewed, where the text says so; `Q:` nobody in particular."""
        if self.note.text[slice(*span)] == "Q":
            return NOBODY
        self.found[k] = entity = self.answering
        if entity is None:
            return NOBODY
        return replace(as_speaker(entity, 0.75), kind=PERSON, inferred=True)

    @cached_property
    def answering(self) -> Entity | None:
        sources = (a.source[0] for a in self.attributions if a.source)
        first = min(span[0] for span in sources if is_turn_letter(self.note, span))
        return interviewee(self.note, self.cast, first, title=self.title)

    def _outer_quote(self, k: int) -> int | None:
        return next((o for o in self._around(k) if self.attributions[o].kind == "direct"), None)

    def _without_source(self, k: int) -> Speaker:
        """A quotation that nobody is named for: its neighbour's speaker, or nobody."""
        attribution = self.attributions[k]
        if attribution.kind != "direct" or attribution.cue or self.enclosing[k] is not None:
            return NOBODY
        entity = self.scene.nearest_speaker(attribution.content[0][0])
        self.found[k] = entity
        if entity is None:
            return NOBODY
        return replace(as_speaker(entity, 0.55), inferred=True)

    # ------------------------------------------------------------ one source
    def who(
        self, span: Span, *, outer: Entity | None = None, depth: int = 0
    ) -> tuple[Entity | None, float]:
        """The entity that a source phrase means, and how sure that is."""
        phrase = phrase_of(self.note, span)
        if phrase is None or depth > 3:
            return None, 0.3
        label = labelled(self.note, self.cast, phrase)
        if label is not None:
            return self.unnamed.setdefault(label.name.casefold(), label), 0.9
        if phrase.pronoun:
            if phrase.words[0] in ("i", "we") and outer is not None:
                return outer, 0.9
            if phrase.words[0] == "i" and self.author and not self.scene.is_quoted(phrase.start):
                return self.author, 0.85
            if phrase.words[0] in ("who", "which", "that"):
                before = noun_before(self.note, phrase.start)
                return self.who(before, outer=outer, depth=depth + 1)
            found = antecedent(self.scene, phrase, outer=outer, told_of=self.told_of)
            if found is not None:
                if found.kind == UNKNOWN and phrase.words[0] in PRONOUN_GENDER:
                    found.kind, found.gender = PERSON, PRONOUN_GENDER[phrase.words[0]]
                return found, 0.75
            if phrase.words[0] in ("it", "its", "they", "their"):
                subject = self.scene.subject_before(phrase.start, self.who_named)
                if subject is not None and subject.kind != PERSON:
                    return subject, 0.6
            return (None if phrase.words[0] in UNKNOWN_ALONE else self._own(phrase, "unnamed")), 0.5
        return self._noun(phrase, depth=depth)

    def who_named(self, span: Span) -> Entity | None:
        """The entity of a noun phrase that is no source: for antecedents."""
        phrase = phrase_of(self.note, span)
        if phrase is None:
            return None
        return self._noun(phrase, depth=2)[0]

    def _noun(self, phrase: Phrase, *, depth: int) -> tuple[Entity | None, float]:
        ranked = by_age(self.scene, phrase)
        if ranked is not None:
            return ranked, 0.8
        if phrase.nationality and (found := described(self.scene, phrase)):
            return found
        people, organisations = names_in(self.note, self.cast, phrase)
        if phrase.words[0] == "both" and people and organisations:
            return several(people + organisations), 0.9
        for named in (people, organisations):
            if len(named) > 1:
                return several(named), 0.9
        if people:
            return people[0], 0.95
        for start, _, entity, _ in self.cast.between(phrase.start, phrase.end)[-1:]:
            if NAMING.search(phrase.text[: start - phrase.start]):
                return entity, 0.9
        if is_mouthpiece(phrase):
            owner = self._owner(phrase, depth=depth)
            if owner is None and is_house_organ(phrase):
                owner = best_body(self.scene, phrase.start, plural=False)
            if owner is not None:
                return owner, 0.75
        if organisations:
            return organisations[0], 0.95
        return described(self.scene, phrase) or (self._own(phrase, kind_of(phrase)), 0.85)

    def _owner(self, phrase: Phrase, *, depth: int) -> Entity | None:
        if phrase.possessor in ("its", "their", "his", "her"):
            return owner_of(self.scene, phrase)
        span = phrase.owner()
        if span is not None:
            return self.who(span, depth=depth + 1)[0]
        names = [p for p in self.cast.between(phrase.start, phrase.offsets[phrase.head][0])]
        return names[0][2] if names else None

    def _own(self, phrase: Phrase, kind: str) -> Entity:
        key = phrase.own_words().casefold()
        return self.unnamed.setdefault(key, own_entity(phrase, kind))
