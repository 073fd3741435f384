"""Cast: the people and bodies of a text, each under its fullest name, and where they are named."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..text import Doc
from . import lists
from .links import SURE, Links
from .lists import ORGANISATION, PERSON, UNKNOWN
from .mentions import Mention, mentions
from .parts import opens_paragraph

SUFFIX = lists.COMPANY_FORMS | lists.COMPANIES | {"group", "holdings", "company"}
CLAUSE = re.compile(r",?\s(?:whom?|which|that|whose|where|when)\s")  # "a man who is a critic"
POSSESSOR = re.compile(r"^[^,]{1,60}['’]s\s(?=\w)")  # "the ministry's chief medical officer"
APPOSITION = re.compile(
    r"\s*,\s*(?:\d{1,3}\s*,\s*)?(?:(?:who\sis|the|a|an|its|their|his|her|now)\s+)*"
    r"([^,.;:\n“”\"()]{2,160})(?=[,.;:\n“”\"(]|$)"
)
LISTED = re.compile(
    r"""^\s*-?\s*["“]([A-Z][\w'’-]+),\s([A-Z][\w.'’ -]{1,30})["”]\s*$""", re.MULTILINE
)
MOST_NAMESAKES = 40


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
            return {lows[-1], *family, *givens, *short}
        if len(lows) == 1:
            return set()
        calls = {lows[0]} if len(lows[0]) > 3 and not lows[-1][-1].isdigit() else set()
        if self.kind == ORGANISATION:
            calls |= {low for low in lows[1:] if low in lists.ORGANISATIONS}  # the Office
            calls |= {letters.upper() for letters in lists.letters_of(self.words)}
        return calls


@dataclass(slots=True)
class Cast:
    """All entities of a document and where they are mentioned, in order."""

    entities: list[Entity]
    places: list[tuple[int, int, Entity, Mention]]  # start, end, who, as what

    def between(self, start: int, end: int) -> list[tuple[int, int, Entity, Mention]]:
        """The mentions that begin in a stretch of text."""
        a = bisect_left(self.places, start, key=lambda p: p[0])
        b = bisect_left(self.places, end, key=lambda p: p[0])
        return self.places[a:b]


class Book:
    """Entities by the names and words that may call them."""

    def __init__(self) -> None:
        self.entities: list[Entity] = []
        self._named: dict[str, Entity] = {}
        self._called: dict[str, list[Entity]] = {}

    def _enter(self, entity: Entity) -> None:
        self._named.setdefault(entity.name.casefold(), entity)
        for word in entity.calls():
            some = self._called.setdefault(word, [])
            if entity not in some[-MOST_NAMESAKES:]:
                some.append(entity)

    def add(self, mention: Mention, kind: str) -> Entity:
        entity = Entity(mention.text, kind, mention.words, gender=mention.gender)
        self.entities.append(entity)
        self._enter(entity)
        return entity

    def join(self, mention: Mention, kind: str) -> None:
        """Enters a name, or makes it one more name of somebody who is known."""
        lows = [w.casefold() for w in mention.words]
        if kind == ORGANISATION and len(lows) == 1 and lows[0].upper() in self._called:
            return
        entity = self._named.get(mention.text.casefold())
        if entity is None:
            like = self._called.get(lows[-1] if kind == PERSON else lows[0], ())
            entity = next((e for e in like if e.kind == kind and _same(e, lows)), None)
        if entity is None:
            entity = self.add(mention, kind)
        elif len(mention.text) > len(entity.name):
            entity.name, entity.words = mention.text, mention.words
        self._named.setdefault(mention.text.casefold(), entity)
        self._enter(entity)

    def bearer(self, mention: Mention, kind: str) -> Entity | None:
        """The entity that a mention names: of several who bear one surname the last mentioned."""
        lows = [w.casefold() for w in mention.words]
        exact = self._named.get(" ".join(lows))
        fitting = [exact] if exact else []
        if not exact and len(lows) == 1:
            words = {lows[0], mention.text if mention.text.isupper() else lows[0]}
            fitting = [
                e
                for word in sorted(words)
                for e in self._called.get(word, ())[-MOST_NAMESAKES:]
                if e.kind == PERSON or kind != PERSON and e.kind in (ORGANISATION, kind)
            ]
        if mention.gender:
            fitting = [e for e in fitting if e.gender in (None, mention.gender)]
        fitting = [e for e in fitting if e.words[-1].casefold() == lows[-1]] or fitting
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


def cast_of(note: Doc, *, title: Doc | None = None, links: Links | None = None) -> Cast:
    """The entities of a text; `links` is what the reader says of its names.

    A surname or given name alone joins the person who bears it; two people of one surname stay
    apart, and a bare surname then means the one mentioned last.
    """
    found = mentions(note, links)
    kinds = _kinds(found, links)
    heading = mentions(title) if title is not None else []
    named = [*zip(found, kinds, strict=True), *((m, m.kind) for m in heading)]
    book = Book()
    plain = lambda n: (n[0].words[0].lower() not in lists.FIRST_NAMES, -len(n[0].words))  # noqa: E731
    for mention, kind in sorted(named, key=plain):  # "Ann Lee" before "Crooked Ann Lee"
        if kind == PERSON and len(mention.words) > 1:
            book.join(mention, kind)
    for mention, kind in sorted(zip(found, kinds, strict=True), key=lambda m: m[1] == UNKNOWN):
        if kind == ORGANISATION or kind == UNKNOWN and len(mention.words) > 1:
            book.join(mention, kind)
    places = []
    for mention, kind in zip(found, kinds, strict=True):
        entity = book.bearer(mention, kind) or book.add(mention, kind)
        entity.places.append(mention.start)
        _learn(note, entity, mention)
        places.append((mention.start, mention.end, entity, mention))
    _turn_round(note.text, book.entities)
    return Cast(book.entities, places)


def _kinds(found: Sequence[Mention], links: Links | None) -> list[str]:
    """What each mention names; where its words do not tell, by other mentions and the reader."""
    bodies = {m.words[:-1] for m in found
              if m.kind == ORGANISATION and m.words[-1].lower().strip(".") in SUFFIX}  # fmt: skip
    surnames = {m.words[-1].casefold() for m in found if m.kind == PERSON}
    kinds = []
    for mention in found:
        alone, last = len(mention.words) == 1, mention.words[-1].casefold() in surnames
        if alone and last and mention.text.isupper():
            kind = PERSON  # DODD
        elif mention.kind != UNKNOWN or mention.words in bodies:
            kind = ORGANISATION if mention.words in bodies else mention.kind
        else:
            sure = links is not None and links.kinds([(mention.start, mention.end)])[0] > SURE
            kind = PERSON if sure or last and not alone else UNKNOWN
        kinds.append(kind)
    return kinds


def _turn_round(text: str, known: list[Entity]) -> None:
    """Full names for those of whom but the surname is known, from "Lee, Ann" in a list."""
    for match in LISTED.finditer(text):
        family = [e for e in known if e.words[-1].casefold() == match[1].casefold()]
        if len(family) == 1 and len(family[0].words) == 1 and family[0].kind != ORGANISATION:
            family[0].words = (match[2], match[1])
            family[0].name, family[0].kind = f"{match[2]} {match[1]}", PERSON


def _role_before(note: Doc, token: int) -> str | None:
    """The office in front of a name: `team director` in "Her team director, Aldo Petrossi"."""
    words, pos = note.words, note.pos
    comma = token > 0 and words[token - 1] == ","
    last = j = token - 1 - comma
    if j < 0 or opens_paragraph(note, token) or not lists.is_office(words[j]):
        return None
    if pos[j] == "ADJ" and words[j].lower() not in lists.ROLES:
        return None  # the younger Farrow
    kinds = ("NOUN", "ADJ") if words[j].islower() else ("NOUN", "ADJ", "PROPN")
    while j > 0 and last - j < 6 and (pos[j - 1] in kinds or words[j - 1] in "-‐"):
        if opens_paragraph(note, j):
            break
        j -= 1
    if comma and (j == 0 or pos[j - 1] not in ("DET", "PRON", "PART")):
        return None
    while j < last and words[j].lower() in ("former", "late", "-", "‐"):
        j += 1
    return note.text[note.starts[j] : note.ends[last]]


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
    roles = [mention.role] if mention.role else []
    if mention.role is None or note.words[mention.token - 1] == ",":
        before = _role_before(note, mention.token)
        roles = [before] + roles if before else roles
    apposition = APPOSITION.match(note.text, mention.end, mention.end + 200)
    if apposition and (role := _role_in(apposition[1])):
        roles.append(role)
    for role in (" ".join(role.split()) for role in roles):
        if role not in entity.roles:
            entity.roles.append(role)
        entity.gender = entity.gender or lists.ROLE_GENDER.get(lists.head_of(role))
    if len(entity.words) > 1 and entity.gender is None:
        entity.gender = lists.FIRST_NAMES.get(entity.words[0].casefold())
    entity.role = entity.roles[0] if entity.roles else None
