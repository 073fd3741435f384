"""Name mentions: the capitalised names of a text with their titles, as people or organisations."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from ..text import Doc
from .links import Links
from .lists import (
    COURTESY,
    FIRST_NAMES,
    LINKING,
    ORGANISATIONS,
    PARTICLES,
    PLACES,
    PRESS,
    RANKS,
    ROLE_GENDER,
    ROLES,
    SUFFIXES,
    SURNAME_FIRST,
    is_of_people,
    is_people,
    is_role,
)
from .offices import last_role, name_behind_of
from .openings import ACRONYM, CAMEL, INITIAL, PARTY, Openings
from .parts import NamePart, parts_at

DESCRIBING = re.compile(r"[A-Z]\w+(?:an|ish|ese|crat|cratic|ton)$|[A-Z.]{2,}$")
WITHIN = LINKING | {"&", "without"}  # in the name of a body: Hands Across Water
NEWSPAPERS = PRESS - frozenset("post sun globe news".split())
PERSON, ORGANISATION, UNKNOWN = "person", "organisation", "unknown"


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands; `start` and `end` leave its title out."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    role: str | None
    gender: str | None
    token: int  # the first word, its title included
    after: int  # the word behind it
    opens: bool  # begins its sentence
    courtesy: bool = False  # "Mr", "Dr."
    heading: bool = False  # stands where all words have capitals

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
    words, found = note.words, []
    i, n = 0, len(words)
    while i < n:
        if party := PARTY.match(note.text, note.starts[i]):
            i = max(i + 1, bisect_left(note.starts, party.end()))
            continue
        if not openings.begins(i):
            i += 1
            continue
        parts = parts_at(openings, i)
        if (body := _body_before_name(note, i, parts)) is not None:
            parts = parts[:body]
        if (
            len(parts) == 2
            and parts[0].low not in FIRST_NAMES
            and is_of_people(parts[0].low)
            and parts[1].text in openings.alone
            and parts[1].low not in ORGANISATIONS
        ):
            parts, i = parts[1:], i + 1  # Republican Whitlock
        mention = _mention(openings, i, parts) if parts else None
        if mention and not (mention.text == words[i] and openings.describes(i)):
            found.append(
                _with_s(note, mention) if mention.words[-1] in openings.houses else mention
            )
        i = parts[-1].after if parts else i + 1
    return found


def _body_before_name(note: Doc, i: int, parts: list[NamePart]) -> int | None:
    """How many words are the body in "representative of the Foreign Ministry Ann Lee"."""
    k = i - 1 - (note.words[i - 1 : i] == ["the"])
    if k < 1 or note.words[k].lower() != "of" or not is_role(note.words[k - 1].lower()):
        return None
    ends = [n + 1 for n, part in enumerate(parts) if part.low in ORGANISATIONS]
    if (
        not ends
        or ends[-1] != len(parts) - 2
        and not (len(parts) - ends[-1] > 2 and parts[ends[-1]].low in FIRST_NAMES)
    ):
        return None
    return ends[-1] if parts[ends[-1]].text[0].isupper() else None


def _with_s(note: Doc, mention: Mention) -> Mention:
    """So `Moody's`, where the text has "Moody's said"."""
    k = mention.after
    if note.words[k : k + 1] not in (["'s"], ["’s"]):
        return mention
    words = (*mention.words[:-1], mention.words[-1] + note.words[k])
    kind = ORGANISATION if mention.kind == UNKNOWN else mention.kind
    return replace(mention, end=note.ends[k], words=words, kind=kind, after=k + 1)


def _mention(openings: Openings, i: int, parts: list[NamePart]) -> Mention | None:
    note, opens, after = openings.note, i in openings.firsts, parts[-1].after
    heading = i in openings.heading
    gender, courtesy, role, rest = None, False, None, list(parts)

    def made(rest: list[NamePart], end: int, kind: str) -> Mention:
        words = tuple(p.text for p in rest)
        return Mention(rest[0].start, end, words, kind, role, gender, i, after, opens, courtesy,
                       heading)  # fmt: skip

    if rest[0].text[0] == "@":
        return made(rest, rest[0].end, PERSON)
    at = last_role(rest)
    if at is not None:
        role = note.text[rest[0].start : rest[at].end]
        gender = ROLE_GENDER.get(rest[at].low)
        rest = rest[at + 1 :]
        if rest[0].low in ("of", "to"):
            of_name = name_behind_of(rest)
            if of_name is None:  # "CEO of Kestrel Minerals" names the company only
                role, gender = None, None
                named = [p for p in rest[1:] if p.low != "the"]
                kind = _kind(named, titled=False) if len(named) > 1 else UNKNOWN
                kind = UNKNOWN if kind == PERSON else kind
                return made(named, named[-1].end, kind) if len(named) > 1 else None
            role = note.text[parts[0].start : rest[of_name - 1].end]
            rest = rest[of_name:]
    for k in range(len(rest) - 2, 0, -1):
        if rest[k].low in COURTESY and rest[k].text.endswith(".") and rest[0].low not in COURTESY:
            role = note.text[rest[0].start : rest[k].end]  # State Rep. Olga Marchenko
            rest = rest[k:]
            break
    while (
        len(rest) > 1
        and rest[0].low in COURTESY
        and (
            rest[0].text.endswith(".")
            or rest[0].low not in FIRST_NAMES
            and rest[0].low not in PARTICLES  # Del Monte
        )
    ):
        gender, courtesy = COURTESY[rest[0].low] or gender, True
        role = role or RANKS.get(rest[0].low, "").capitalize() or None
        rest = rest[1:]
    while (
        len(rest) > 2
        and rest[0].low not in FIRST_NAMES
        and (
            not openings.is_person(rest[0].start)
            and all(openings.is_person(p.start) for p in rest[1:])
        )
    ):
        rest = rest[1:]  # Qualifier Ann Lee
    while (
        heading
        and len(rest) > 1
        and openings.is_person(rest[0].start)
        and (not openings.is_person(rest[-1].start))
    ):
        rest = rest[:-1]  # Lee Obtains Funding
    while len(rest) > 1 and "-" in rest[0].text and is_role(rest[0].low.rpartition("-")[2]):
        rest = rest[1:]  # Oscar-winner Castell
    if len(rest) > 1 and rest[0].low == "the":
        rest = rest[1:]
    end = rest[-1].end
    while len(rest) > 1 and rest[-1].low in SUFFIXES:
        rest = rest[:-1]
    given = next((k for k, p in enumerate(rest[:-1]) if p.low in FIRST_NAMES), 0)
    if given and all(DESCRIBING.match(p.text) for p in rest[:given]):
        rest = rest[given:]  # Republican Donald Trump, Briton Ann Lee
    article = i > 0 and note.words[i - 1].lower() == "the"
    last, single = rest[-1], len(rest) == 1
    known = last.low in openings.surnames
    if not courtesy and (
        (last.low in ROLES or last.low.endswith("-general"))
        and not (rest[0].low in FIRST_NAMES and not single)  # Howard Dean, James Baker
        and not (known and single and not article)
        or single
        and last.low in COURTESY  # "Mr. King"
        or is_people(last.low)
        and not (len(rest) == 2 and is_of_people(rest[0].low))  # Virginia Democrats
    ):
        return None  # the Secretary General, the Chief Financial Officer
    if article and len(rest) == 2 and is_of_people(last.low):
        return None  # the Virginia Democrat
    kind = _kind(rest, titled=courtesy or role is not None)
    if is_people(last.low) and not courtesy:
        kind = ORGANISATION  # the Australian Greens
    if kind == ORGANISATION and single and known:
        kind = PERSON  # DODD
    if kind == PERSON and role is None and not courtesy and article:
        noun = after < len(note.words) and note.pos[after] in ("NOUN", "PROPN", "PART")
        if last.low in PRESS or not noun:
            kind = ORGANISATION  # the Charlotte Observer, the Grace Foundation; the Ann Lee plan
    elif kind == PERSON and last.low in NEWSPAPERS and role is None:
        kind = ORGANISATION
    return made(rest, end, kind)


def _kind(parts: list[NamePart], *, titled: bool) -> str:
    if titled and len(parts) <= 5:
        return PERSON
    if len(parts) == 2 and SURNAME_FIRST.match(parts[1].text):
        return PERSON  # Park Jin-woo
    lows = [p.low for p in parts]
    given = lows[0] in FIRST_NAMES and len(parts) > 1
    if (
        any(low in ORGANISATIONS for low in lows[1:])
        and not (given and len(parts) == 2)
        or (lows[0] in ORGANISATIONS and len(lows) > 1)
    ):
        return ORGANISATION
    if WITHIN & set(lows) or not given and (lows[-1] in PLACES or lows[-1] in PRESS):
        return ORGANISATION
    if len(parts) == 1:
        text = parts[0].text
        return ORGANISATION if ACRONYM.match(text) or CAMEL.match(text) else UNKNOWN
    if given or INITIAL.match(parts[0].text) and len(parts) <= 4:
        return PERSON
    if len(parts) <= 4 and any(low in PARTICLES for low in lows[1:-1]):
        return PERSON
    return UNKNOWN
