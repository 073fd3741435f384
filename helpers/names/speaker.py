"""A speaker: what is told of the one behind a source."""

from __future__ import annotations

from dataclasses import dataclass

from .book import Entity
from .mentions import ORGANISATION, PERSON, UNKNOWN


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


def several(people: list[Entity]) -> Entity:
    joined = Entity("; ".join(p.name for p in people), "group", ())
    roles = [p.role for p in people if p.role]
    joined.role = "; ".join(roles) if len(roles) == len(people) else None
    return joined


def as_speaker(entity: Entity, confidence: float) -> Speaker:
    kind = entity.kind
    if kind == UNKNOWN:
        kind = PERSON if entity.gender or len(entity.words) == 1 and entity.votes else ORGANISATION
    name = entity.name
    if kind == PERSON and name.isupper() and (len(entity.words) > 1 or len(name) > 3):
        name = name.title()
    return Speaker(name, kind, entity.role, False, confidence)


NOBODY = Speaker(None, confidence=0.8)
