"""Entities: the mentions of one person or organisation brought together under the fullest name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import accumulate

from ..text import Doc
from .book import SUFFIX, Book, Entity
from .genders import PRONOUN_GENDER, settle_genders
from .links import SURE, Links
from .lists import COMPANIES, FIRST_NAMES, KIN, PLACES, ROLE_GENDER, ROLES, is_office
from .mentions import ORGANISATION, PERSON, UNKNOWN, Mention, mentions
from .offices import role_before

CLAUSE = re.compile(  # "a minister who is a critic of …"
    r",?\s(?:who|whom|which|that|whose|where|when)\s"
)
PLACED = re.compile(r"\s(?:of|at|for|in|with|on|from|to|who|and|under)\s")
BODY_WITH_AND = re.compile(r"(?:[A-Z][\w-]{0,40}\s){1,3}and\s(?:[A-Z][\w-]{0,40}\s){1,2}[a-z]+\Z")
POSSESSOR = re.compile(r"^[^,]{1,60}['’]s\s(?=\w)")  # "the ministry's chief medical officer"
AGE = re.compile(r"\s*,\s*(?:aged\s+)?(\d{1,3})\b(?!\s*(?:per|%|million|billion|years?\b))")
RELATIVE = re.compile(r"\s*,\s*(?:\d{1,3}\s*,\s*)?(?:who|whose)\b([^,.;\n]{0,80})")
WHO = re.compile(r",\s(?:\d{1,3}\s?,\s)?whom?\s")
HOLDS = re.compile(  # who is now her deputy
    r"\s(?:is|serves\sas|works\sas)\s(?:now\s|also\s|currently\s)?"
    r"(?:the\s|an?\s|its\s|their\s|his\s|her\s)?(.{2,80})"
)
APPOSITION = re.compile(
    r"\s*,\s*(?:\d{1,3}\s*,\s*)?(?:(?:the|a|an|its|their|his|her)\s+)?"
    r"([^,.;:\n“”\"()]{2,160})(?=[,.;:\n“”\"(]|$)"
)
COMPANY_BEHIND = re.compile(
    r",?\s(?:Inc|Ltd|LLC|LLP|plc|PLC|Corp|GmbH|AG|S\.A|N\.V|Pty"
    r"|CEO|CFO|shares|stock|employees|customers|stores)\b"
)
ACRONYM_BEHIND = re.compile(r"\s*\(\s*(?:the\s+)?[“\"']?([A-Z][A-Za-z&]{1,9})[”\"']?\s*\)")
LISTED = re.compile(
    r"""^\s*-?\s*["“]([A-Z][\w'’-]+),\s([A-Z][\w.'’ -]{1,30})["”]\s*$""", re.MULTILINE
)
MOST_LOOKED_AT = 150


@dataclass(slots=True)
class Cast:
    """All entities of a document and where they are mentioned, in order."""

    entities: list[Entity]
    places: list[tuple[int, int, Entity, Mention]]  # start, end, who, as what
    quoted: Callable[[int], bool]  # does a place lie in direct speech?
    officers: list[Entity] = field(default_factory=list)  # people with an office, the first ones

    def between(self, start: int, end: int) -> list[tuple[int, int, Entity, Mention]]:
        """The mentions that begin in a stretch of text."""
        a = bisect_left(self.places, start, key=lambda p: p[0])
        b = bisect_left(self.places, end, key=lambda p: p[0])
        return self.places[a:b]


def cast_of(
    note: Doc,
    *,
    title: Doc | None = None,
    sources: frozenset[int] = frozenset(),
    quoted: list[tuple[int, int]] | None = None,
    links: Links | None = None,
) -> Cast:
    """The entities of a text; `sources` are the offsets at which a source begins or its name does.

    A surname or given name alone joins the person who bears it; two people of one surname stay
    apart, and a bare surname then means the one mentioned last.
    """
    found = mentions(note, links)
    heading = mentions(title) if title is not None else []
    spoken = {  # {name of one word that speaks: where it does so first}
        m.text.casefold(): m.start
        for m in reversed(found)
        if len(m.words) == 1 and m.start in sources
    }
    titled = {m.words[-1].casefold() for m in found if _tells_surname(note, m, spoken)}
    often = Counter(m.text.casefold() for m in found)
    book = Book()
    bodies = {
        " ".join(w for w in m.words if w.casefold().strip(".") not in SUFFIX).casefold()
        for m in found
        if m.kind == ORGANISATION or COMPANY_BEHIND.match(note.text, m.end)
    }
    bodies |= {m.role[:-4].casefold() for m in found if m.role and m.role.endswith(" CEO")}
    firms = {m.words[:1] for m in found if m.words[1:] and m.words[-1].lower() in COMPANIES}
    told = [
        links is not None and m.words not in firms and links.kinds([(m.start, m.end)])[0] > SURE
        for m in found
    ]
    kinds = [
        ORGANISATION
        if m.kind == UNKNOWN and m.text.casefold() in bodies
        else PERSON
        if sure and m.kind == UNKNOWN and not _follows_company(note, m)
        else _settled(note, m, titled, sources if not (links and links.named) else frozenset())
        for m, sure in zip(found, told, strict=True)
    ]
    named = list(zip(found, kinds, strict=True)) + [(m, m.kind) for m in heading]
    plain = sorted(  # "Crooked Ann Lee" after "Ann Lee"
        enumerate(named),
        key=lambda n: (n[1][0].words[0].lower() not in FIRST_NAMES, -len(n[1][0].words)),
    )
    for number, (mention, kind) in plain:
        if kind == PERSON and len(mention.words) > 1:
            book.join(mention, kind, kin=number < len(found) and _is_kin(note, mention))
    for mention, kind in sorted(zip(found, kinds, strict=True), key=lambda m: m[1] == UNKNOWN):
        if kind == ORGANISATION or kind == UNKNOWN and len(mention.words) > 1:
            bare = mention.words[0].casefold()
            rare = often[bare] >= 2 * often[mention.text.casefold()]
            if kind == UNKNOWN and bare in spoken and rare:
                if book.bearer(mention, kind) is None:
                    book.add(mention, kind, alone=True)  # "Castell said" means no Castell Bus
                continue
            book.join(mention, kind)
            if kind == ORGANISATION and (
                short := ACRONYM_BEHIND.match(note.text, mention.end, mention.end + 40)
            ):
                book.abbreviate(mention, short[1])
    for mention, kind in zip(found, kinds, strict=True):
        if mention.gender and len(mention.words) == 1 and book.bearer(mention, kind) is None:
            book.add(mention, kind).gender = mention.gender  # "Mr. Ode" beside Mary Ode only
    places = []
    for mention, kind in zip(found, kinds, strict=True):
        told = _told_gender(note, mention) if len(mention.words) == 1 else None
        entity = book.bearer(mention, kind, told=told) or book.add(mention, kind)
        entity.places.append(mention.start)
        _learn(note, entity, mention)
        places.append((mention.start, mention.end, entity, mention))
    known = book.entities
    _turn_round(note.text, known)
    cast = Cast(
        known, places, _within(quoted or []), [e for e in known if e.roles][:MOST_LOOKED_AT]
    )
    settle_genders(note, cast.entities, cast.between, cast.quoted)
    return cast


def _turn_round(text: str, known: list[Entity]) -> None:
    """Full names for those of whom but the surname is known, from "Lee, Ann" in a list."""
    for match in LISTED.finditer(text):
        family = [e for e in known if e.words[-1].casefold() == match[1].casefold()]
        if len(family) == 1 and len(family[0].words) == 1 and family[0].kind != ORGANISATION:
            family[0].words = (match[2], match[1])
            family[0].name, family[0].kind = f"{match[2]} {match[1]}", PERSON


def _within(spans: list[tuple[int, int]]) -> Callable[[int], bool]:
    """Whether a place lies in one of some sorted spans."""
    starts, ends = [s for s, _ in spans], list(accumulate((end for _, end in spans), max))

    def inside(place: int) -> bool:
        k = bisect_right(starts, place) - 1
        return k >= 0 and ends[k] > place

    return inside


def _is_kin(note: Doc, mention: Mention) -> bool:
    """Is somebody named as a relative: "his daughter, Ivy Roe"?"""
    k = mention.token - 1
    k -= k >= 0 and note.words[k] == ","
    return k >= 0 and note.words[k].lower() in KIN


def _told_gender(note: Doc, mention: Mention) -> str | None:
    """The gender of the first he or she behind a name, before any other name in the sentence."""
    for k in range(mention.after, min(mention.after + 12, len(note.words))):
        if note.words[k] in PRONOUN_GENDER and note.words[k] != "him":
            return PRONOUN_GENDER[note.words[k]]
        if note.pos[k] == "PROPN" or note.words[k] in '.!?;“”"':
            return None
    return None


def _settled(note: Doc, mention: Mention, titled: set[str], sources: set[int]) -> str:
    """The kind of a mention, from what stands around it where its words do not tell."""
    loud = len(mention.words) == 1 and mention.text.isupper()
    if loud and mention.text.casefold() in titled:
        return PERSON  # DODD
    if mention.kind != UNKNOWN:
        return mention.kind
    if len(mention.words) > 1 and mention.words[-1].casefold() in titled:
        return PERSON
    tail = note.text[mention.end : mention.end + 120]
    if len(mention.words) > 1 and _is_company(note, mention, tail):
        return ORGANISATION
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
    elif mention.token and is_office(note.words[mention.token - 1]) or _is_somebody(note, mention):
        return PERSON  # "her grandson Kit"
    return UNKNOWN


def _tells_surname(note: Doc, mention: Mention, spoken: dict[str, int]) -> bool:
    """Is the last word of a name a person's: by its kind, or as it speaks alone later on?"""
    later = mention.start < spoken.get(mention.words[-1].casefold(), 0)
    return (
        mention.kind == PERSON
        or _is_somebody(note, mention)
        or mention.kind == UNKNOWN
        and 1 < len(mention.words) < 4
        and later
    )


def _is_somebody(note: Doc, mention: Mention) -> bool:
    """Is a single name told to be a person's: "Tulov, who"?"""
    (name, *others) = mention.words
    placed = name.lower() in PLACES or note.words[mention.token - 1 : mention.token] == [","]
    return not others and not placed and bool(WHO.match(note.text, mention.end))  # not: , Ohio, who


def _follows_company(note: Doc, mention: Mention) -> bool:
    k = mention.token - 2
    return k >= 0 and note.words[k + 1] == "," and note.words[k].lower() in COMPANIES - ROLES


def _is_company(note: Doc, mention: Mention, tail: str) -> bool:
    """Is a body told beside the name: "The main contractor, Brannock Lind", "Lind, the insurer"?"""
    if _follows_company(note, mention):
        return True
    apposition = APPOSITION.match(tail)
    head = PLACED.split(apposition[1], maxsplit=1)[0].split() if apposition else []
    return bool(head) and head[-1].lower() in COMPANIES - ROLES


def _role_in(phrase: str) -> str | None:
    """The phrase if it names an office: its head, before any preposition, is one."""
    phrase = POSSESSOR.sub("", CLAUSE.split(phrase.strip())[0])
    if phrase.startswith(("who ", "which ", "whose ")):
        return None
    head = PLACED.split(phrase, maxsplit=1)[0].split()
    phrase = phrase.removesuffix(" and")
    if BODY_WITH_AND.match(phrase):
        head = phrase.split()
    if not head or len(head) > 6 or "him" in head or "her" in head:
        return None  # "called her a master at it"
    return phrase if is_office(head[-1].strip(".")) else None


def _learn(note: Doc, entity: Entity, mention: Mention) -> None:
    """Role, age, gender and acronym from around one mention."""
    if mention.kind == PERSON and entity.kind == UNKNOWN:
        entity.kind = PERSON  # "Obama Speaks", and then "President Obama"
    tail = note.text[mention.end : mention.end + 200]
    if entity.kind == ORGANISATION or mention.kind == ORGANISATION:
        if acronym := ACRONYM_BEHIND.match(tail):
            entity.acronym = entity.acronym or acronym[1]
        return
    if entity.kind != PERSON:
        return
    if mention.gender:
        entity.gender = mention.gender
    roles = [mention.role] if mention.role else []
    before = role_before(note, mention.token)
    if before is not None and (mention.role is None or note.words[mention.token - 1] == ","):
        roles.insert(0, before[0])
        if note.words[mention.token - 1] == ",":  # with its "of …", for "the leader of the club"
            roles.append(note.text[note.starts[before[1]] : note.ends[mention.token - 2]])
    if age := AGE.match(tail):
        entity.age = entity.age or int(age[1])
    relative = RELATIVE.match(tail)
    office = HOLDS.match(relative[1]) if relative else None
    if office and (role := _role_in(office[1])):
        roles.append(role)
    if (apposition := APPOSITION.match(tail)) and (role := _role_in(apposition[1])):
        roles.append(role)
    for role in (" ".join(role.split()) for role in roles):
        if role not in entity.roles:
            entity.roles.append(role)
        head = re.split(r"[\s-]", role.lower())[-1]
        entity.gender = entity.gender or ROLE_GENDER.get(head)
    if entity.roles and entity.role is None:
        entity.role = entity.roles[0]
