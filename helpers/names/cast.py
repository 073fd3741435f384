"""Cast: the people and bodies of a text, each under its fullest name, and where they are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..reader import read
from ..text import Doc, doc_of
from . import lists
from .links import Links
from .lists import ORGANISATION, PERSON, UNKNOWN
from .mentions import Mention, mentions

SUFFIX = lists.COMPANY_FORMS | lists.COMPANIES | {"group", "holdings", "company"}
CLAUSE = re.compile(r",?\s(?:whom?|which|that|whose|where|when)\s")  # "a man who is a critic"
POSSESSOR = re.compile(r"^[^,]{1,60}['’]s\s(?=\w)")  # "the ministry's chief medical officer"
APPOSITION = re.compile(
    r"\s*,\s*(?:\d{1,3}\s*,\s*)?(?:(?:who\sis|is|the|a|an|its|their|his|her|now)\s+)*"
    r"((?:\b(?:[A-Z]\.){2,}|[^,.;:\n“”\"()]){2,160})(?=[,.;:\n“”\"(]|$)"
)
MOST_NAMESAKES = 40
INITIALS = "initials "  # before those of a person, as AL of Ann Lee


@dataclass(slots=True)
class Entity:
    """One person, body, document or group of a text."""

    name: str
    kind: str
    words: tuple[str, ...]
    role: str | None = None
    roles: list[str] = field(default_factory=list)
    gender: str | None = None
    places: list[int] = field(default_factory=list)

    def calls(self) -> set[str]:
        """The single words that may mean it: in lower case, its letters in capitals."""
        lows = [w.casefold() for w in self.words]
        if self.kind == PERSON:
            middle = [w for w in lows[1:-1] if len(w) > 2 and w[0] not in lists.MARKS]
            givens = lists.givens_of(lows) if len(lows) > 1 else []
            family = {w for w in middle if w not in lists.FIRST_NAMES and w not in lists.PARTICLES}
            short = {low for given in givens for low in lists.SHORT_NAMES.get(given, ())}
            short |= {given[:n] for given in givens for n in range(3, len(given))}  # Wes
            particle = next((k for k in range(1, len(lows)) if lows[k] in lists.PARTICLES), -1)
            initials = {INITIALS + "".join(w[0] for w in self.words)} if len(lows) > 1 else set()
            return {" ".join(lows[particle:]), lows[-1], *family, *givens, *short, *initials}
        if len(lows) == 1:
            return set()
        plain = all(low.strip(".") in SUFFIX | lists.ORGANISATIONS for low in lows[1:])
        calls = {lows[0]} if len(lows[0]) > 3 and plain else set()
        if self.kind == ORGANISATION:
            calls |= {low for low in lows if low in lists.ORGANISATIONS}  # the Office
            calls |= {letters.upper() for letters in lists.letters_of(self.words)}
        return calls


class Cast:
    """All entities of a document by the names and words that call them, and where, in order."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self.places: list[tuple[int, int, Entity, Mention]] = []  # start, end, who, as what
        self._named: dict[str, Entity] = {}
        self._called: dict[str, list[Entity]] = defaultdict(list)

    def between(self, start: int, end: int) -> list[tuple[int, int, Entity, Mention]]:
        """The mentions that begin in a stretch of text."""
        a = bisect_left(self.places, start, key=lambda p: p[0])
        b = bisect_left(self.places, end, key=lambda p: p[0])
        return self.places[a:b]

    def add(self, mention: Mention) -> Entity:
        given = mention.words[0].casefold() if len(mention.words) > 1 else None
        gender = lists.FIRST_NAMES.get(given) if mention.kind == PERSON else None
        self.entities.append(Entity(mention.text, mention.kind, mention.words, gender=gender))
        self._enter(self.entities[-1])
        return self.entities[-1]

    def _enter(self, entity: Entity) -> None:
        self._named.setdefault(entity.name.casefold(), entity)
        for word in entity.calls():
            if entity not in self._called[word][-MOST_NAMESAKES:]:
                self._called[word].append(entity)

    def join(self, mention: Mention) -> None:
        """Enters a name, or makes it one more name of somebody who is known."""
        lows, kind = [w.casefold() for w in mention.words], mention.kind
        like = self._called.get(lows[-1] if kind == PERSON else lows[0], ())
        like = (e for e in like if e.kind == kind and _same(e, lows))
        entity = self._named.get(mention.text.casefold()) or next(like, None) or self.add(mention)
        if len(mention.text) > len(entity.name):
            entity.name, entity.words = mention.text, mention.words
        self._named.setdefault(mention.text.casefold(), entity)
        self._enter(entity)

    def bearer(self, mention: Mention) -> Entity | None:
        """The entity that a mention names: of several who bear one surname the last mentioned."""
        low, last = mention.text.casefold(), mention.words[-1].casefold()
        initials = INITIALS + mention.text if mention.kind == PERSON else low
        called = [e for key in (low, mention.text, initials)
                  for e in self._called.get(key, ())[-MOST_NAMESAKES:]
                  if e.kind == PERSON or mention.kind != PERSON]  # fmt: skip
        fitting = [self._named[low]] if low in self._named else called
        if mention.gender:
            fitting = [e for e in fitting if e.gender in (None, mention.gender)]
        fitting = [e for e in fitting if e.words[-1].casefold() == last] or fitting
        return max(fitting, key=lambda e: e.places[-1] if e.places else -1, default=None)


def _same(entity: Entity, lows: Sequence[str]) -> bool:
    words = [w.casefold() for w in entity.words]
    if words == lows:
        return True
    if entity.kind == ORGANISATION:  # Northfield Water, Northfield Water plc
        short, long = sorted((words, lows), key=len)
        behind = long[len(short) :]
        return long[: len(short)] == short and all(w.strip(".") in SUFFIX for w in behind)
    if entity.kind != PERSON or words[-1] != lows[-1]:
        return False
    mine, theirs = lists.givens_of(words), lists.givens_of(lows)
    return any(lists.givens_agree(one, other) for one in mine for other in theirs)


def cast_of(note: Doc, links: Links, *, title: str | None = None) -> Cast:
    """The entities of a text; `links` is what the reader says of its names.

    A surname or given name alone joins the person who bears it; two people of one surname stay
    apart, and a bare surname then means the one mentioned last.
    """
    found = mentions(note, links)
    heading = mentions(doc_of(title), Links(read(title))) if title else []
    cast = Cast()
    plain = lambda m: (m.words[0].lower() not in lists.FIRST_NAMES, -len(m.words))  # noqa: E731
    people = [one for one in (*found, *heading) if one.kind == PERSON]
    others = [one for one in found if one.kind != PERSON]
    for mention in (*sorted(people, key=plain), *others):  # "Ann Lee" before "Crooked Ann Lee"
        if len(mention.words) > 1 and mention.words[0].lower() not in lists.PARTICLES:
            cast.join(mention)
    for mention in found:
        low = mention.text.casefold()
        if not (known := cast.bearer(mention)) and low in lists.ORGANISATIONS - lists.COMPANIES:
            continue  # "the Organization" of a text that names none
        entity = known or cast.add(mention)
        entity.places.append(mention.start)
        _learn(note, entity, mention)
        cast.places.append((mention.start, mention.end, entity, mention))
    return cast


def _role_in(phrase: str) -> str | None:
    """The phrase if it names an office: its head, before any preposition, is one."""
    phrase = POSSESSOR.sub("", CLAUSE.split(phrase.strip())[0]).removesuffix(" and")
    head = lists.PLACED.split(phrase, maxsplit=1)[0].split()
    return phrase if head and len(head) <= 6 and lists.is_office(head[-1].strip(".")) else None


def _learn(note: Doc, entity: Entity, mention: Mention) -> None:
    """Role and gender from around one mention."""
    if mention.kind == PERSON and entity.kind == UNKNOWN:
        entity.kind = PERSON  # "Obama Speaks", and then "President Obama"
    if entity.kind != PERSON:
        return
    entity.gender = entity.gender or mention.gender
    roles = [mention.role] if mention.role else []
    apposition = APPOSITION.match(note.text, mention.end, mention.end + 200)
    if apposition and (role := _role_in(apposition[1])):
        roles.append(role)
    for role in (" ".join(role.split()) for role in roles):
        if role not in entity.roles:
            entity.roles.append(role)
        entity.gender = entity.gender or lists.ROLE_GENDER.get(lists.head_of(role))
    entity.role = entity.roles[0] if entity.roles else None
