"""The book of names: entities by all the words that may call them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from .mentions import ORGANISATION, PERSON, UNKNOWN, Mention

SUFFIX = frozenset("plc inc ltd llc corp group holdings company co limited ag gmbh".split())
PATRONYMICS = ("ovna", "evna", "ovich", "evich", "ichna")
MOST_NAMESAKES = 40


@dataclass(slots=True)
class Entity:
    """One person or organisation of a document."""

    name: str
    kind: str
    words: tuple[str, ...]
    role: str | None = None
    roles: list[str] = field(default_factory=list)
    gender: str | None = None
    age: int | None = None
    acronym: str | None = None
    relative: str = ""  # "keeps the books", lower case
    places: list[int] = field(default_factory=list)
    votes: Counter = field(default_factory=Counter)


class Book:
    """Entities by the words that may call them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by: dict[str, list[Entity]] = {}

    def add(self, mention: Mention, kind: str) -> Entity:
        entity = Entity(mention.text, kind, mention.words)
        self.entities.append(entity)
        lows = [w.casefold() for w in mention.words]
        keys = {" ".join(lows), "last " + lows[-1], "first " + lows[0][:3]}
        keys |= {"last " + part for part in lows[-1].split("-")}
        if kind == ORGANISATION and len(lows) > 2:
            keys.add("short " + _initials(mention.words).casefold())
        for key in keys:
            self._by.setdefault(key, []).append(entity)
        return entity

    def abbreviate(self, mention: Mention, acronym: str) -> None:
        entity = self._by[mention.text.casefold()][0]
        entity.acronym = entity.acronym or acronym
        self._by.setdefault("short " + acronym.casefold(), []).append(entity)

    def _called(self, *keys: str) -> list[Entity]:
        found: list[Entity] = []
        for key in keys:
            found += [e for e in self._by.get(key, ())[-MOST_NAMESAKES:] if e not in found]
        return found

    def join(self, mention: Mention, kind: str) -> None:
        lows = [w.casefold() for w in mention.words]
        if kind == ORGANISATION and len(lows) == 1 and "short " + lows[0] in self._by:
            return
        for entity in self._called(
            mention.text.casefold(),
            "last " + lows[-1],
            *(["first " + lows[0][:3]] if kind != PERSON else []),
        ):
            if (entity.kind == kind or ORGANISATION == entity.kind != PERSON != kind) and _same(
                entity, mention, entity.kind
            ):
                if len(mention.text) > len(entity.name):
                    entity.name, entity.words = mention.text, mention.words
                self._by.setdefault(mention.text.casefold(), [entity])
                return
        self.add(mention, kind)

    def bearer(self, mention: Mention, kind: str) -> Entity | None:
        """The entity that a mention names: of several, the one mentioned last."""
        lows = [w.casefold() for w in mention.words]
        exact = self._by.get(" ".join(lows))
        if exact:
            return exact[0]
        fitting = [
            e
            for e in self._called("last " + lows[-1], "first " + lows[0][:3], "short " + lows[0])
            if _fits(e, mention, lows, kind)
        ]
        if mention.gender:
            agreeing = [e for e in fitting if e.gender in (None, mention.gender)]
            fitting = agreeing or ([] if kind == PERSON else fitting)
        fitting = [e for e in fitting if e.words[-1].casefold() == lows[-1]] or fitting
        return max(fitting, key=lambda e: e.places[-1] if e.places else -1) if fitting else None


def _fits(entity: Entity, mention: Mention, lows: list[str], kind: str) -> bool:
    words = [w.casefold() for w in entity.words]
    if entity.kind == PERSON and kind in (PERSON, UNKNOWN):
        if len(lows) == 1:
            return (
                lows[0] == words[-1]
                or lows[0] in words[-1].split("-")
                or (
                    not mention.courtesy
                    and len(words) > 1
                    and len(lows[0]) >= 3
                    and _given_agree(lows[0], words[0])
                )
            )
        return (
            words[-len(lows) :] == lows
            or words[-1] == lows[-1]
            and _given_agree(words[0], lows[0])
            or kind == PERSON
            and lows[0] == words[0]
            and lows[1].endswith(PATRONYMICS)
        )
    if entity.kind == UNKNOWN and kind == UNKNOWN:
        return len(lows) == 1 and len(words) > 1 and words[0] == lows[0] and len(lows[0]) > 3
    if entity.kind == ORGANISATION and kind in (ORGANISATION, UNKNOWN):
        return (
            len(lows) == 1
            and lows[0] == (entity.acronym or "").casefold()
            or (words[: len(lows)] == lows and len(lows[0]) > 3)
            or (len(lows) == 1 and _initials(entity.words) == mention.words[0])
        )
    return False


def _same(entity: Entity, mention: Mention, kind: str) -> bool:
    a = [w.casefold() for w in entity.words]
    b = [w.casefold() for w in mention.words]
    if a == b:
        return True
    if kind == ORGANISATION:  # Northfield Water, Northfield Water plc
        short, long = sorted((a, b), key=len)
        return long[: len(short)] == short and all(
            w.strip(".") in SUFFIX for w in long[len(short) :]
        )
    if kind != PERSON:
        return False
    return a[-1] == b[-1] and len(a) > 1 and len(b) > 1 and _given_agree(a[0], b[0])


def _given_agree(a: str, b: str) -> bool:
    """Wes and Wesley, G. and Gopal; not Wesley and Jonah."""
    a, b = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return a == b or len(a) == 1 and b.startswith(a) or len(a) >= 3 and b.startswith(a)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(w[0] for w in words if w[0].isupper())
