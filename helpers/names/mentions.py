"""Name mentions: the capitalised names of a text with their titles, as people or organisations."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace

from ..tokens import Annotated
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
from .openings import (
    ACRONYM,
    CAMEL,
    INITIAL,
    SAYING,
    dateline_end,
    describes,
    headline_name,
    headline_words,
    is_verb_before,
    may_start,
)
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

    @property
    def text(self) -> str:
        return " ".join(self.words)


def mentions(note: Annotated) -> list[Mention]:
    """The capitalised names of a text in order.

    Does not catch names in lower case, and takes place and product names for `unknown`.

    >>> from helpers.tokens import annotate
    >>> [(m.text, m.kind, m.role) for m in mentions(annotate("Then Mayor Ann Lee left."))]
    [('Ann Lee', 'person', 'Mayor')]
    """
    firsts = {a for a, _ in note.sentences}
    words, found = note.words, []
    headline = headline_words(note)
    common = {w for w in words if w.islower()}
    known = {
        words[k]
        for k in range(1, len(words))
        if words[k][0].isupper()
        and note.pos[k] == "PROPN"
        and words[k - 1][0].isalpha()
        and k not in firsts
    }
    pairs = {
        (words[k - 1], words[k])
        for k in range(1, len(words))
        if words[k] in known and k not in headline and k - 1 not in headline
    }
    inside = {  # "Judicial Watch", which is one at the opening of a sentence, too
        (words[k - 1], words[k])
        for k in range(1, len(words))
        if words[k] in known
        and words[k - 1][0].isupper()
        and firsts.isdisjoint((k - 1, k))
        and headline.isdisjoint((k - 1, k))
    }
    surnames = {b for a, b in pairs if a.lower() in FIRST_NAMES}
    alone = {
        words[k]
        for k in range(1, len(words) - 1)
        if note.pos[k] == "PROPN"
        and not (words[k - 1][0].isupper() or words[k + 1][0].isupper())
    }
    houses = {
        words[k]
        for k in range(len(words) - 2)
        if words[k + 1] in ("'s", "’s") and words[k][0].isupper() and words[k + 2] in SAYING
    }
    i, n, dated = 0, len(words), _dated(note)
    while i < n:
        word = words[i]
        opens = (
            i in firsts
            or not words[i - 1][0].isalnum()
            and words[i - 1] not in (",", "-", "(", "/")
        )
        capital = word[0].isupper() or word[0] == "@" and len(word) > 1
        if i in dated or not capital or not (
            opens
            and word in known
            and word.lower() not in common
            or opens
            and note.pos[i] in ("ADJ", "NOUN")
            and (word, *words[i + 1 : i + 2]) in inside
            or may_start(note, i, common, surnames, opens=opens)
            and not (opens and is_verb_before(note, i, known))
        ):
            i += 1
            continue
        parts = parts_at(note, i)
        if (body := _body_before_name(note, i, parts)) is not None:
            parts = parts[:body]
        if i in headline:  # "Lindsey Graham Says Trump Could …": every word has a capital
            parts = parts[: headline_name(parts, pairs)]
        if (
            len(parts) == 2
            and parts[0].low not in FIRST_NAMES
            and is_of_people(parts[0].low)
            and parts[1].text in alone
        ):
            parts, i = parts[1:], i + 1  # Republican Whitlock
        mention = _mention(note, i, parts, surnames, opens=i in firsts) if parts else None
        if mention and not (mention.text == words[i] and describes(note, i, surnames)):
            found.append(_with_s(note, mention) if mention.words[-1] in houses else mention)
        i = parts[-1].after if parts else i + 1
    return found


def _body_before_name(note: Annotated, i: int, parts: list[NamePart]) -> int | None:
    """How many words are the body in "representative of the Foreign Ministry Ann Lee"."""
    k = i - 1 - (note.words[i - 1 : i] == ["the"])
    if k < 1 or note.words[k].lower() != "of" or not is_role(note.words[k - 1].lower()):
        return None
    ends = [n + 1 for n, part in enumerate(parts) if part.low in ORGANISATIONS]
    if not ends or ends[-1] != len(parts) - 2 and not (
        len(parts) - ends[-1] > 2 and parts[ends[-1]].low in FIRST_NAMES
    ):
        return None
    return ends[-1] if parts[ends[-1]].text[0].isupper() else None


def _dated(note: Annotated) -> set[int]:
    """The numbers of the words in datelines, which name nobody who speaks."""
    found: set[int] = set()
    for start, _ in note.paragraphs:
        first = bisect_left(note.starts, start)
        found.update(range(first, bisect_left(note.starts, dateline_end(note.text, start), first)))
    return found


def _with_s(note: Annotated, mention: Mention) -> Mention:
    """So `Moody's`, where the text has "Moody's said"."""
    k = mention.after
    if note.words[k : k + 1] not in (["'s"], ["’s"]):
        return mention
    words = (*mention.words[:-1], mention.words[-1] + note.words[k])
    kind = ORGANISATION if mention.kind == UNKNOWN else mention.kind
    return replace(mention, end=note.ends[k], words=words, kind=kind, after=k + 1)


def _mention(
    note: Annotated, i: int, parts: list[NamePart], surnames: set[str], *, opens: bool
) -> Mention | None:
    gender, courtesy, role, rest = None, False, None, list(parts)
    if rest[0].text[0] == "@":
        return Mention(
            rest[0].start, rest[0].end, (rest[0].text,), PERSON, None, None, i, rest[0].after, opens
        )
    at = last_role(rest)
    if at is not None:
        role = note.text[rest[0].start : rest[at].end]
        gender = ROLE_GENDER.get(rest[at].low)
        rest = rest[at + 1 :]
        if rest[0].low in ("of", "to"):
            of_name = name_behind_of(rest)
            if of_name is None:  # "CEO of Kestrel Minerals" names the company only
                return _body_behind_of(i, rest, opens=opens)
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
    while len(rest) > 1 and "-" in rest[0].text and is_role(rest[0].low.rpartition("-")[2]):
        rest = rest[1:]  # Oscar-winner Castell
    end = rest[-1].end
    while len(rest) > 1 and rest[-1].low in SUFFIXES:
        rest = rest[:-1]
    given = next((k for k, p in enumerate(rest[:-1]) if p.low in FIRST_NAMES), 0)
    if given and all(DESCRIBING.match(p.text) for p in rest[:given]):
        rest = rest[given:]  # Republican Donald Trump, Briton Ann Lee
    article = i > 0 and note.words[i - 1].lower() == "the"
    if (
        (rest[-1].low in ROLES or rest[-1].low.endswith("-general"))
        and not courtesy
        and not (rest[0].low in FIRST_NAMES and len(rest) > 1)  # Howard Dean, James Baker
        and not (rest[-1].text in surnames and len(rest) == 1 and not article)
        or len(rest) == 1
        and rest[0].low in COURTESY
        and not courtesy  # "Mr. King"
    ):
        return None  # the Secretary General, the Chief Financial Officer
    if is_people(rest[-1].low) and not courtesy:
        return None  # Virginia Democrats
    if article and len(rest) == 2 and is_of_people(rest[1].low):
        return None  # the Virginia Democrat
    words = tuple(p.text for p in rest)
    kind = _kind(rest, titled=courtesy or role is not None)
    if kind == PERSON and role is None and not courtesy:
        behind = parts[-1].after
        noun = behind < len(note.words) and note.pos[behind] in ("NOUN", "PROPN", "PART")
        if rest[-1].low in PRESS and article or rest[-1].low in NEWSPAPERS:
            kind = ORGANISATION  # the Charlotte Observer
        elif article and not noun:
            kind = ORGANISATION  # the Grace Foundation, but: the Ann Lee plan
    return Mention(
        rest[0].start, end, words, kind, role, gender, i, parts[-1].after, opens, courtesy
    )


def _body_behind_of(i: int, rest: list[NamePart], *, opens: bool) -> Mention | None:
    named = [p for p in rest[1:] if p.low != "the"]
    if len(named) < 2:
        return None
    kind = _kind(named, titled=False)
    words = tuple(p.text for p in named)
    kind = UNKNOWN if kind == PERSON else kind
    return Mention(
        named[0].start, named[-1].end, words, kind, None, None, i + 2, named[-1].after, opens
    )


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
