"""The book of names: entities by all the words that may call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .lists import FIRST_NAMES, KIN, ORGANISATIONS, PRESS, SHORT_NAMES
from .mentions import ORGANISATION, PERSON, UNKNOWN, Mention

SUFFIX = frozenset("plc inc ltd llc corp group holdings company co limited ag gmbh".split())
PATRONYMICS = ("ovna", "evna", "ovich", "evich", "ichna")
MOST_NAMESAKES = 40
MARKS = "\"“”'‘’"


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
    first: int = 0  # where it is first named in full
    inside: bool = False  # is it named anywhere but at the opening of a sentence?
    kin: bool = False  # and whether that is as somebody's relative: "his daughter, Ivy Roe"
    places: list[int] = field(default_factory=list)
    votes: Counter = field(default_factory=Counter)


class Book:
    """Entities by the words that may call them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by: dict[str, list[Entity]] = {}

    def add(self, mention: Mention, kind: str, *, kin: bool = False) -> Entity:
        entity = Entity(mention.text, kind, mention.words, first=mention.start, kin=kin)
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

    def join(self, mention: Mention, kind: str, *, kin: bool = False) -> None:
        lows = [w.casefold() for w in mention.words]
        if kind == ORGANISATION and len(lows) == 1 and "short " + lows[0] in self._by:
            return
        for k in range(1, len(lows) - 1):  # "Crooked Ann Lee" is Ann Lee
            known = self._by.get(" ".join(lows[k:])) if kind == PERSON else None
            if known and lows[k] in FIRST_NAMES and lows[0] not in FIRST_NAMES:
                self._by.setdefault(" ".join(lows), known)
                return
        for entity in self._by.get("last " + lows[-1], ()) if kind == PERSON else ():
            words = [w.casefold() for w in entity.words]
            suffix = len(words) > len(lows) and words[-len(lows) :] == lows
            if suffix and lows[0] not in FIRST_NAMES:
                self._by.setdefault(" ".join(lows), [entity])  # Guajardo Villarreal
                entity.first = min(entity.first, mention.start)
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
        self.add(mention, kind, kin=kin)

    def bearer(self, mention: Mention, kind: str, *, told: str | None = None) -> Entity | None:
        """The entity that a mention names, `told` being the gender that pronouns beside it tell.

        Of several who bear one surname, it is who is named far more often than the others, else the
        one mentioned last; a relative who was named in full later is not meant.
        """
        lows = [w.casefold() for w in mention.words]
        for exact in self._by.get(" ".join(lows), ())[:1]:
            if not mention.gender or _gender(exact) in (None, mention.gender):
                return exact
        fitting = [
            e
            for e in self._called("last " + lows[-1], "first " + lows[0][:3], "short " + lows[0])
            if _fits(e, mention, lows, kind)
        ]
        if len(lows) == 1:
            fitting = [e for e in fitting if not (e.kin and mention.start < e.first)]
        if mention.gender:
            agreeing = [e for e in fitting if _gender(e) in (None, mention.gender)]
            fitting = agreeing or ([] if kind == PERSON else fitting)
        fitting = [e for e in fitting if e.words[-1].casefold() == lows[-1]] or fitting
        if told and len(fitting) > 1:
            fitting = [e for e in fitting if _gender(e) in (None, told)] or fitting
        if not fitting:
            return None
        often = sorted(fitting, key=_weight, reverse=True)
        if len(often) > 1 and _weight(often[0]) >= max(2, 2 * _weight(often[1])):
            return often[0]
        return max(fitting, key=lambda e: e.places[-1] if e.places else -1)


def _weight(entity: Entity) -> float:
    """How often somebody is named; a relative's surname alone is somebody else's."""
    kin = entity.kin or any(role.split()[-1] in KIN for role in entity.roles)
    return len(entity.places) * (0.4 if kin else 1.0)


def _gender(entity: Entity) -> str | None:
    return entity.gender or FIRST_NAMES.get(entity.words[0].casefold())


def _fits(entity: Entity, mention: Mention, lows: list[str], kind: str) -> bool:
    words = [w.casefold() for w in entity.words]
    if entity.kind == PERSON and kind in (PERSON, UNKNOWN):
        if len(lows) == 1:
            return (
                lows[0] == words[-1]
                or lows[0] in words[-1].split("-")
                or len(words) > 1
                and len(lows[0]) >= 3
                and (
                    words[0] == lows[0] and words[0] not in FIRST_NAMES  # Mr. Han, Han Min-jun
                    if mention.courtesy
                    else any(givens_agree(lows[0], given) for given in givens_of(words))
                )
            )
        return (
            words[-len(lows) :] == lows
            or words[-1] == lows[-1]
            and any(givens_agree(given, lows[0]) for given in givens_of(words))
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
            or len(lows) == 1
            and (
                _initials(entity.words) == mention.words[0]
                or lows[0] == words[-1]
                and (lows[0] in PRESS or lows[0] in ORGANISATIONS)  # the Office
            )
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
    return (
        a[-1] == b[-1]
        and len(a) > 1
        and len(b) > 1
        and any(givens_agree(one, other) for one in givens_of(a) for other in givens_of(b))
    )


def givens_of(words: Sequence[str]) -> list[str]:
    """The names that may stand before the surname alone: the first, and a nickname in marks."""
    return [words[0], *(w.strip(MARKS) for w in words[1:-1] if w[0] in MARKS)]


def givens_agree(a: str, b: str) -> bool:
    """Wes and Wesley, G. and Gopal, Bill and William; not Wesley and Jonah."""
    a, b = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return a == b or b.startswith(a) and len(a) != 2 or (a, b) in SHORT_NAMES


def _initials(words: tuple[str, ...]) -> str:
    return "".join(w[0] for w in words if w[0].isupper())
