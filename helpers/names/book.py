"""The book of names: entities by all the words that may call them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from .lists import COMPANY_FORMS, FIRST_NAMES, KIN, ORGANISATIONS, PARTICLES, SHORT_NAMES
from .mentions import ORGANISATION, PERSON, Mention

SUFFIX = COMPANY_FORMS | {"group", "holdings", "company"}
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
    first: int = 0  # where it is first named in full
    kin: bool = False  # and whether that is as somebody's relative: "his daughter, Ivy Roe"
    places: list[int] = field(default_factory=list)
    votes: Counter = field(default_factory=Counter)


class Book:
    """Entities by the words that may call them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._by: dict[str, list[Entity]] = {}

    def add(self, mention: Mention, kind: str, *, kin: bool = False, alone: bool = False) -> Entity:
        """A new entity; `alone` is who can be called by nothing less than the whole name."""
        entity = Entity(mention.text, kind, mention.words, first=mention.start, kin=kin)
        self.entities.append(entity)
        lows = [w.casefold() for w in mention.words]
        keys = {" ".join(lows)}
        if not alone:
            keys |= {"last " + lows[-1], "first " + lows[0][:3]}
            keys |= {"last " + low for low in _surnames(lows)} if kind == PERSON else set()
        if kind == ORGANISATION and len(lows) > 1:
            keys |= {"short " + letters for letters in letters_of(entity)}
            keys |= {"last " + low for low in lows[1:] if low in ORGANISATIONS}
        for key in keys:
            self._by.setdefault(key, []).append(entity)
        return entity

    def abbreviate(self, mention: Mention, acronym: str) -> None:
        entity = self._by[mention.text.casefold()][0]
        entity.acronym = acronym
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
        for entity in self._by.get("last " + lows[-1], ()) if kind == PERSON else ():
            short, long = sorted(([w.casefold() for w in entity.words], lows), key=len)
            if len(short) < len(long) and long[-len(short) :] == short:
                self._by.setdefault(" ".join(lows), [entity])  # Guajardo Villarreal
                entity.first = min(entity.first, mention.start)
                return  # so is "Crooked Ann Lee" Ann Lee
        for entity in self._called(
            mention.text.casefold(),
            "last " + lows[-1],
            *(["first " + lows[0][:3]] if kind != PERSON else []),
        ):
            if (entity.kind == kind or entity.kind == ORGANISATION and kind != PERSON) and _same(
                entity, mention
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
            if len(lows) == 1 and _fits(e, mention, kind)
            if not (e.kin and mention.start < e.first)
        ]
        if mention.gender:
            fitting = [e for e in fitting if _gender(e) in (None, mention.gender)]
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


def _fits(entity: Entity, mention: Mention, kind: str) -> bool:
    """May a name of one word call an entity?"""
    words, (word,) = [w.casefold() for w in entity.words], mention.words
    low = word.casefold()
    if entity.kind == PERSON:
        if low == words[-1] or len(words) == 1 or low in _surnames(words):
            return low == words[-1] or len(words) > 1
        if len(low) < 3 or mention.courtesy:  # Xi Jinping; Mr. Han, Han Min-jun
            return words[0] == low and low not in FIRST_NAMES
        givens = givens_of(words)  # the Hill is no Hillary
        return low in givens or low in FIRST_NAMES and any(givens_agree(low, g) for g in givens)
    called = words[0] == low and len(low) > 3 and not entity.words[-1][-1].isdigit()  # a flight
    if entity.kind == ORGANISATION and kind != PERSON:
        return (
            called
            or low == (entity.acronym or "").casefold()
            or word.isupper()
            and low in letters_of(entity)
            or low in words[1:]
            and low in ORGANISATIONS  # the Office
        )
    return called and entity.kind == kind and len(words) > 1


def _surnames(words: Sequence[str]) -> list[str]:
    """The earlier family names: `sheinbaum` of Claudia Sheinbaum Pardo."""
    middle = [word for word in words[1:-1] if len(word) > 2 and word[0] not in MARKS]
    return [word for word in middle if word not in FIRST_NAMES and word not in PARTICLES]


def _same(entity: Entity, mention: Mention) -> bool:
    a = [w.casefold() for w in entity.words]
    b = [w.casefold() for w in mention.words]
    if a == b:
        return True
    if entity.kind == ORGANISATION:  # Northfield Water, Northfield Water plc
        short, long = sorted((a, b), key=len)
        return long[: len(short)] == short and all(
            w.strip(".") in SUFFIX for w in long[len(short) :]
        )
    return entity.kind == PERSON and any(
        givens_agree(one, other) for one in givens_of(a) for other in givens_of(b)
    )


def givens_of(words: Sequence[str]) -> list[str]:
    """The names that may stand before the surname alone: the first, and a nickname in marks."""
    return [words[0], *(w.strip(MARKS) for w in words[1:-1] if w[0] in MARKS)]


def givens_agree(a: str, b: str) -> bool:
    """Wes and Wesley, G. and Gopal, Bill and William; not Wesley and Jonah."""
    a, b = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return a == b or b.startswith(a) and len(a) != 2 or (a, b) in SHORT_NAMES


def letters_of(entity: Entity) -> set[str]:
    """What may abbreviate a name: `gm` and `gmc` of General Motors Corp."""
    words = [w for w in entity.words if w[0].isupper()]
    bare = [w for w in words if w.casefold().strip(".") not in COMPANY_FORMS]
    found = {
        "".join(c for w in some for c in w if c.isupper()).casefold() for some in (words, bare)
    }
    return {w for w in found | {(entity.acronym or "").casefold()} if len(w) > 1}
