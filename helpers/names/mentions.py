"""Name mentions: the capitalised names of a text with their titles, as people or organisations."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..text import Doc
from ..text.forms import singular
from . import lists
from .links import Links
from .lists import ORGANISATION, PERSON, UNKNOWN
from .openings import ACRONYM, CAMEL, INITIAL, PARTY, Openings
from .parts import CONNECTORS, NamePart, parts_at

GIVEN = lists.FIRST_NAMES.keys() | lists.COURTESY.keys()
STRICT = lists.COURTESY.keys() - lists.FIRST_NAMES.keys() - lists.PARTICLES - lists.ROLES
ALONE = frozenset({"for", "and", "&"})  # behind an office they lead to no name: Minister For Trade
BEHIND_OFFICES = ALONE | {"of", "to"}
NEWSPAPERS = lists.PRESS - frozenset("post sun globe news".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands; `start` and `end` leave its title out."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    role: str | None
    gender: str | None
    token: int  # the number of the first word, its title included
    opening: int  # and where that begins

    @property
    def text(self) -> str:
        return " ".join(self.words)


def mentions(note: Doc, links: Links | None = None) -> list[Mention]:
    """The capitalised names of a text in order; `links` is what the reader says of them.

    Does not catch names in lower case, and takes place and product names for `unknown`.

    >>> from helpers.text import doc_of
    >>> [(m.text, m.kind, m.role) for m in mentions(doc_of("Then Mayor Ann Lee left."))]
    [('Ann Lee', 'person', 'Mayor')]
    """
    openings = Openings(note, links)
    found, i = [], 0
    while i < len(note.words):
        if party := PARTY.match(note.text, note.starts[i]):
            i = max(i + 1, bisect_left(note.starts, party.end()))
        elif openings.begins(i):
            parts = parts_at(openings, i)
            if parts and (mention := _mention(openings, i, parts)):
                found.append(mention)
            i = parts[-1].after if parts else i + 1
        else:
            i += 1
    return found


def _mention(openings: Openings, i: int, parts: Sequence[NamePart]) -> Mention | None:
    note, given, opening = openings.note, openings.is_person, parts[0].start
    at = _last_role(parts)
    role, rest = _span(note, parts[: at + 1]), list(parts[at + 1 :])
    gender = lists.ROLE_GENDER.get(parts[at].low) if role else None
    if role and rest[0].low in BEHIND_OFFICES:
        # In "of Digital Affairs Ann Lee" a given name opens the name; "CEO of Zell Water" has none
        capitals = [k for k in range(1, len(rest))
                    if rest[k].text[0].isupper() and rest[k].low not in CONNECTORS]  # fmt: skip
        body = any(part.low in lists.ORGANISATIONS for part in rest[-2:])
        two = capitals[-2] if len(capitals) >= 3 and not body else 0
        two *= two + 1 in capitals  # no "Minister For Roads, Ports And Fish"
        opened = (k for k in range(2, len(rest) - 1) if rest[k].low in GIVEN)
        k = next(opened, 0) or two or _before_person(openings, rest)
        role = _span(note, [*parts[: at + 1], *rest[:k]]) if k else None
        gender = gender if k else None
        rest = rest[k:] if k else [p for p in rest[1:] if p.low != "the"]
        if not k and (len(rest) < 2 or parts[at + 1].low in ALONE):
            return None
    courtesy = False
    for k in range(len(rest) - 2, 0, -1):
        if rest[k].low in STRICT and rest[0].low not in lists.COURTESY:
            role, rest = _span(note, rest[:k]), rest[k:]  # State Rep. Olga Marchenko
            break
    while len(rest) > 1 and rest[0].low in lists.COURTESY:
        if rest[0].text[-1] != "." and (
            rest[0].low in lists.FIRST_NAMES or rest[0].low in lists.PARTICLES
        ):
            break  # Del Monte
        gender, courtesy = lists.COURTESY[rest[0].low] or gender, True
        role = role or lists.RANKS.get(rest[0].low, "").capitalize() or None
        rest = rest[1:]
    rest = rest[_before_person(openings, rest) :]
    while i in openings.heading and len(rest) > 1 and given(rest[0].start) > given(rest[-1].start):
        rest = rest[:-1]  # Lee Obtains Funding
    end = rest[-1].end
    while len(rest) > 1 and rest[-1].low in lists.SUFFIXES:
        rest = rest[:-1]
    article = i > 0 and note.words[i - 1].lower() == "the"
    if not courtesy and _is_no_name(openings, rest, article=article):
        return None
    titled, last = courtesy or role is not None, rest[-1].low
    kind = _kind(rest, titled=titled)
    if lists.is_people(last) and not courtesy:
        kind = ORGANISATION  # the Australian Greens
    elif kind == ORGANISATION and len(rest) == 1 and last in openings.surnames:
        kind = PERSON  # DODD
    elif kind == PERSON and not titled and (last in NEWSPAPERS or article and last in lists.PRESS):
        kind = ORGANISATION  # the Charlotte Observer
    words = tuple(p.text for p in rest)
    return Mention(rest[0].start, end, words, kind, role, gender, i, opening)


def _span(note: Doc, parts: Sequence[NamePart]) -> str | None:
    return note.text[parts[0].start : parts[-1].end] if parts else None


def _last_role(parts: Sequence[NamePart]) -> int:
    """The last word of a title before a name, -1 for none: Secretary-General | Rashid Alimov."""
    best = -1
    for k, part in enumerate(parts[:-1]):
        if part.low.removeprefix("co-") in lists.ROLES or singular(part.low) in lists.ROLES:
            best = k
        elif part.low in ("of", "and") and best < 0:
            return -1
        elif part.low in lists.FIRST_NAMES and 0 <= best == k - 1:
            break
    rest = parts[best + 1 :]
    body = rest[0].low != "of" and any(p.low in lists.ORGANISATIONS for p in rest)
    return -1 if body else best


def _before_person(openings: Openings, rest: Sequence[NamePart]) -> int:
    """How many words are none of the name: Qualifier Ann Lee."""
    people = [openings.is_person(part.start) for part in rest]
    k = people.index(True) if any(people) else 0
    first = rest[0]
    sure = len(rest) - k > 1 or lists.is_people(first.low + "s")  # Republican Whitlock
    if sure and all(people[k:]) and first.low not in lists.FIRST_NAMES:
        return k
    return int(len(rest) > 1 and first.low == "the")


def _is_no_name(openings: Openings, rest: Sequence[NamePart], *, article: bool) -> bool:
    """Are words that could be a name an office or people: the Secretary General, the Democrats?"""
    last, single = rest[-1].low, len(rest) == 1
    if last in lists.ROLES or last.endswith("-general"):
        given = rest[0].low in lists.FIRST_NAMES and not single  # Howard Dean, James Baker
        return not given and (article or not single or last not in openings.surnames)
    one_of_people = (single or article) and lists.is_people(last + "s")  # the Ohio Republican
    return lists.is_people(last) or one_of_people or single and last in lists.COURTESY


def _kind(parts: Sequence[NamePart], *, titled: bool) -> str:
    lows = [p.low for p in parts]
    if parts[0].text[0] == "@" or titled and len(parts) <= 5:
        return PERSON
    if len(parts) == 1:
        text = parts[0].text
        return ORGANISATION if ACRONYM.match(text) or CAMEL.match(text) else UNKNOWN
    given = lows[0] in lists.FIRST_NAMES
    if any(low in lists.ORGANISATIONS for low in lows[1:]) and not (given and len(parts) == 2):
        return ORGANISATION
    if lows[-1] in lists.COMPANY_FORMS or "&" in lows:
        return ORGANISATION
    if (
        lows[0] in lists.ORGANISATIONS
        or not given
        and (lows[-1] in lists.PLACES or lows[-1] in lists.PRESS)
    ):
        return ORGANISATION
    initial = INITIAL.match(parts[0].text) or any(low in lists.PARTICLES for low in lows[1:-1])
    return PERSON if given or initial and len(parts) <= 4 else UNKNOWN
