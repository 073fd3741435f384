"""Sources: who signs a text, and a source under its own words."""

from __future__ import annotations

from ..text import doc_of
from .entities import Cast, Entity
from .lists import GROUPS, ORGANISATIONS, PRESS
from .mentions import ORGANISATION, PERSON, mentions
from .phrases import Phrase, gender_of


def signing(cast: Cast, author: str | None) -> Entity | None:
    """The person who signs a text, by its author line; None for a body, or several people."""
    names = mentions(doc_of(author)) if author else []
    if len(names) != 1 or names[0].kind == ORGANISATION or len(names[0].words) < 2:
        return None
    words = names[0].words
    if {word.lower() for word in words} & (ORGANISATIONS | PRESS | GROUPS):
        return None  # Evening Post Staff
    for entity in cast.entities:
        if entity.kind != ORGANISATION and (entity.words[0], entity.words[-1]) == (
            words[0],
            words[-1],
        ):
            entity.kind = PERSON
            return entity
    return Entity(names[0].text, PERSON, words, names[0].role)


def own_entity(phrase: Phrase, kind: str) -> Entity:
    """A source under its own words, for want of a name."""
    words = phrase.own_words()
    return Entity(words, kind, tuple(words.split()), gender=gender_of(phrase))
