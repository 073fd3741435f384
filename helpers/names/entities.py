"""Entities: the mentions of one person or organisation brought together under the fullest name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from ..tokens import Annotated
from .lists import FIRST_NAMES, ROLE_GENDER, is_role
from .mentions import ORGANISATION, PERSON, UNKNOWN, Mention, mentions, role_before

AGE = re.compile(r"\s*,\s*(?:aged\s+)?(\d{1,3})\b(?!\s*(?:per|%|million|billion|years?\b))")
RELATIVE = re.compile(r"\s*,\s*(?:\d{1,3}\s*,\s*)?(?:who|whose)\b([^,.;\n]{0,80})")
APPOSITION = re.compile(
    r"\s*,\s*(?:\d{1,3}\s*,\s*)?(?:(?:the|a|an|its|their|his|her)\s+)?([^,.;:\n“”\"()]{2,80})(?=[,.;:\n“”\"]|$)"
)
COMPANY_BEHIND = re.compile(r",?\s(?:Inc|Ltd|LLC|LLP|plc|PLC|Corp|GmbH|AG|S\.A|N\.V|Pty)\b")
ACRONYM_BEHIND = re.compile(r"\s*\(\s*(?:the\s+)?[“\"']?([A-Z][A-Za-z&]{1,9})[”\"']?\s*\)")
PATRONYMICS = ("ovna", "evna", "ovich", "evich", "ichna")
SUFFIX = frozenset("plc inc ltd llc corp group holdings company co limited ag gmbh".split())
MOST_NAMESAKES = 40
MALE, FEMALE = "male", "female"
PRONOUN_GENDER = {"he": MALE, "him": MALE, "his": MALE, "himself": MALE,
                  "she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE}  # fmt: skip


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


@dataclass(slots=True)
class Cast:
    """All entities of a document and where they are mentioned, in order."""

    entities: list[Entity]
    places: list[tuple[int, int, Entity, Mention]]  # start, end, who, as what
    _families: dict[str, list[Entity]] = field(default_factory=dict)

    def between(self, start: int, end: int) -> list[tuple[int, int, Entity, Mention]]:
        """The mentions that begin in a stretch of text."""
        a = bisect_left(self.places, start, key=lambda p: p[0])
        b = bisect_left(self.places, end, key=lambda p: p[0])
        return self.places[a:b]


    def namesakes(self, entity: Entity) -> list[Entity]:
        """The other people of the same family name."""
        if not self._families:
            for other in self.entities:
                if other.kind == PERSON and len(other.words) > 1:
                    self._families.setdefault(other.words[-1], []).append(other)
        return [e for e in self._families.get(entity.words[-1], ()) if e is not entity]


def cast_of(note: Annotated, *, title: Annotated | None = None,
            sources: frozenset[int] = frozenset(), quoted: list[tuple[int, int]] | None = None,
            ) -> Cast:
    """The entities of a text; `sources` are the offsets at which a source begins or its name does.

    A surname or given name alone joins the person who bears it; two people of one surname stay
    apart, and a bare surname then means the one mentioned last.
    """
    found = mentions(note)
    heading = mentions(title) if title is not None else []
    titled = {m.words[-1].casefold() for m in found if m.kind == PERSON}
    book = _Book()
    kinds = [_settled(note, m, titled, sources) for m in found]
    named = list(zip(found, kinds, strict=True)) + [(m, m.kind) for m in heading]
    for mention, kind in named:
        if kind == PERSON and len(mention.words) > 1:
            book.join(mention, kind)
    for mention, kind in zip(found, kinds, strict=True):
        if kind == ORGANISATION or kind == UNKNOWN and len(mention.words) > 1:
            book.join(mention, kind)
            if kind == ORGANISATION and (short := ACRONYM_BEHIND.match(
                    note.text, mention.end, mention.end + 40)):
                book.abbreviate(mention, short[1])
    places = []
    for mention, kind in zip(found, kinds, strict=True):
        entity = book.bearer(mention, kind) or book.add(mention, kind)
        entity.places.append(mention.start)
        _learn(note, entity, mention)
        places.append((mention.start, mention.end, entity, mention))
    cast = Cast(book.entities, places)
    _vote(note, cast, quoted or [])
    return cast


class _Book:
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
        for entity in self._called(mention.text.casefold(), "last " + lows[-1],
                                   *(["first " + lows[0][:3]] if kind == ORGANISATION else [])):
            if entity.kind == kind and _same(entity, mention, kind):
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
            e for e in self._called("last " + lows[-1], "first " + lows[0][:3], "short " + lows[0])
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
            return lows[0] == words[-1] or lows[0] in words[-1].split("-") or (
                not mention.courtesy and len(words) > 1 and len(lows[0]) >= 3
                and _given_agree(lows[0], words[0]))
        return words[-len(lows) :] == lows or words[-1] == lows[-1] and _given_agree(
            words[0], lows[0]) or kind == PERSON and lows[0] == words[0] and lows[1].endswith(
            PATRONYMICS)
    if entity.kind == UNKNOWN and kind == UNKNOWN:
        return len(lows) == 1 and len(words) > 1 and words[0] == lows[0] and len(lows[0]) > 3
    if entity.kind == ORGANISATION and kind in (ORGANISATION, UNKNOWN):
        return len(lows) == 1 and lows[0] == (entity.acronym or "").casefold() or (
            words[: len(lows)] == lows and len(lows[0]) > 3) or (
            len(lows) == 1 and _initials(entity.words) == mention.words[0])
    return False


def _settled(note: Annotated, mention: Mention, titled: set[str], sources: set[int]) -> str:
    """The kind of a mention, from what stands around it where its words do not tell."""
    if mention.kind != UNKNOWN:
        return mention.kind
    if COMPANY_BEHIND.match(note.text, mention.end):
        return ORGANISATION
    if len(mention.words) > 1 and mention.words[-1].casefold() in titled:
        return PERSON
    tail = note.text[mention.end : mention.end + 120]
    if 1 < len(mention.words) <= 4:
        if AGE.match(tail) or RELATIVE.match(tail):
            return PERSON
        before = role_before(note, mention.token)
        if before is not None:
            return PERSON
        apposition = APPOSITION.match(tail)
        if apposition and _role_in(apposition[1]):
            return PERSON
        if mention.start in sources and len(mention.words) <= 3:
            return PERSON
    return UNKNOWN


def _role_in(phrase: str) -> str | None:
    """The phrase if it names an office: its head, before any preposition, is one."""
    head = re.split(r"\s(?:of|at|for|in|with|on|from|to|who|and|under)\s", phrase.strip())[0].split()
    return phrase.strip() if head and is_role(head[-1].lower().strip(".")) and len(head) <= 6 else None


def _same(entity: Entity, mention: Mention, kind: str) -> bool:
    a = [w.casefold() for w in entity.words]
    b = [w.casefold() for w in mention.words]
    if a == b:
        return True
    if kind == ORGANISATION:  # Northfield Water, Northfield Water plc
        short, long = sorted((a, b), key=len)
        return long[: len(short)] == short and all(w.strip(".") in SUFFIX for w in long[len(short) :])
    if kind != PERSON:
        return False
    return a[-1] == b[-1] and len(a) > 1 and len(b) > 1 and _given_agree(a[0], b[0])


def _given_agree(a: str, b: str) -> bool:
    """Wes and Wesley, G. and Gopal; not Wesley and Jonah."""
    a, b = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return a == b or len(a) == 1 and b.startswith(a) or len(a) >= 3 and b.startswith(a)


def _initials(words: tuple[str, ...]) -> str:
    return "".join(w[0] for w in words if w[0].isupper())


def _learn(note: Annotated, entity: Entity, mention: Mention) -> None:
    """Role, age, gender and acronym from around one mention."""
    tail = note.text[mention.end : mention.end + 160]
    if entity.kind == ORGANISATION or mention.kind == ORGANISATION:
        if acronym := ACRONYM_BEHIND.match(tail):
            entity.acronym = entity.acronym or acronym[1]
        return
    if entity.kind != PERSON:
        return
    if mention.gender:
        entity.gender = mention.gender
    roles = [mention.role] if mention.role else []
    if mention.role is None and (before := role_before(note, mention.token)):
        roles.append(before[0])
    if age := AGE.match(tail):
        entity.age = entity.age or int(age[1])
    if relative := RELATIVE.match(tail):
        entity.relative += " " + relative[1].lower()
    if (apposition := APPOSITION.match(tail)) and (role := _role_in(apposition[1])):
        roles.append(role)
    for role in roles:
        if role not in entity.roles:
            entity.roles.append(role)
        head = re.split(r"[\s-]", role.lower())[-1]
        entity.gender = entity.gender or ROLE_GENDER.get(head)
    if entity.roles and entity.role is None:
        entity.role = entity.roles[0]


def _vote(note: Annotated, cast: Cast, quoted: list[tuple[int, int]]) -> None:
    """Gender from the pronouns beside a name that stands alone in its sentence, or just before."""
    lows = [w.lower() for w in note.words]
    before: Entity | None = None
    for a, b in note.sentences:
        start, end = note.starts[a], note.ends[b - 1]
        people = [p for p in cast.between(start, end)
                  if p[2].kind != ORGANISATION and not _within(quoted, p[0])]
        alone = people[0][2] if people and all(p[2] is people[0][2] for p in people) else None
        if lows[a] in PRONOUN_GENDER and before is not None and not people and (
                not _within(quoted, start)):
            before.votes[PRONOUN_GENDER[lows[a]]] += 1
        if alone is not None:
            for k in range(a, b):
                if lows[k] in PRONOUN_GENDER and note.starts[k] > people[0][0] and not _within(
                        quoted, note.starts[k]):
                    alone.votes[PRONOUN_GENDER[lows[k]]] += 2 if lows[k] in ("he", "she") else 1
                    break
        before = alone if alone is not None or people else before
    for entity in cast.entities:
        if entity.kind == PERSON and entity.gender is None:
            named = FIRST_NAMES.get(entity.words[0].casefold()) if len(entity.words) > 1 else None
            if named:
                entity.votes[named] += 2
            best = entity.votes.most_common(2)
            if len(best) == 1 or len(best) == 2 and best[0][1] > best[1][1]:
                entity.gender = best[0][0]


def _within(spans: list[tuple[int, int]], place: int) -> bool:
    """Does a place lie in one of these sorted spans?"""
    k = bisect_right(spans, place, key=lambda s: s[0]) - 1
    return k >= 0 and spans[k][1] > place
