"""Name mentions: the capitalised names of a text with their titles, as people or organisations."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..tokens import Annotated
from ..words import read_list
from .lists import (
    COURTESY,
    FIRST_NAMES,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    PLACES,
    ROLE_GENDER,
    ROLES,
    SUFFIXES,
)
from .offices import last_role, name_behind_of
from .parts import NamePart, parts_at

CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT"})
ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}$")
INITIAL = re.compile(r"(?:[A-Z]\.-?)+$|[A-Z]$|(?:Sh|Yu|Zh|Kh|Ch|Ts|Ya|Ye|St)\.$")
DESCRIBING = re.compile(r"[A-Z]\w+(?:an|ish|ese|crat|cratic|ton)$|[A-Z.]{2,}$")
RANKS = {"sen": "Senator", "rep": "Representative", "gov": "Governor", "gen": "General",
         "pres": "President", "prof": "Professor", "capt": "Captain", "lt": "Lieutenant",
         "col": "Colonel", "sgt": "Sergeant", "adm": "Admiral", "cllr": "Councillor"}  # fmt: skip
SAYING = frozenset(read_list("saying.txt")[""])

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
    headline = _headline_words(note)
    common = {w for w in words if w.islower()}
    known = {
        words[k]
        for k in range(1, len(words))
        if words[k][0].isupper()
        and note.pos[k] == "PROPN"
        and words[k - 1][0].isalpha()
        and k not in firsts
    }
    i, n = 0, len(words)
    while i < n:
        word = words[i]
        opens = (
            i in firsts
            or i > 0
            and not words[i - 1][0].isalnum()
            and (words[i - 1] not in (",", "-", "(", "/"))
        )
        capital = word[0].isupper() or word[0] == "@" and len(word) > 1
        if not capital or not (
            opens
            and word in known
            and word.lower() not in common
            or _may_start(note, i, common, opens=opens)
        ):
            i += 1
            continue
        parts = parts_at(note, i)
        if i in headline:  # "Lindsey Graham Says Trump Could …": every word has a capital
            parts = parts[: 2 if parts[0].low in FIRST_NAMES else 1]
        mention = _mention(note, i, parts, opens=i in firsts) if parts else None
        if mention is not None:
            found.append(mention)
        i = parts[-1].after if parts else i + 1
    return found


def _headline_words(note: Annotated) -> set[int]:
    """The numbers of the words in sentences where nearly all words have a capital."""
    found: set[int] = set()
    for a, b in note.sentences:
        long = [w for w in note.words[a:b] if w[0].isalpha() and len(w) > 3]
        stopped = note.words[b - 1] in (".", "!", "?", "”", '"')
        if len(long) >= 4 and not stopped and sum(w[0].isupper() for w in long) >= 0.8 * len(long):
            found.update(range(a, b))
    return found


def _may_start(note: Annotated, i: int, common: set[str], *, opens: bool) -> bool:
    word, pos = note.words[i], note.pos[i]
    low = word.lower().rstrip(".")
    if low in NOT_NAMES and low not in FIRST_NAMES:
        return False
    if (
        word[0] == "@"
        or low in COURTESY
        or low in FIRST_NAMES
        or INITIAL.match(word)
        and (word.endswith("."))
    ):
        return True
    if not opens:
        return pos == "PROPN" or pos not in CLOSED
    if low in SAYING:
        return False
    if low in ROLES or low in ORGANISATIONS or _hyphened(note, i):
        return True
    followed = (
        i + 1 < len(note.words) and note.words[i + 1][0].isupper() and (note.pos[i + 1] == "PROPN")
    )
    return low not in common and (
        pos == "PROPN" or followed and pos in ("NOUN", "ADJ", "VERB", "X")
    )


def _hyphened(note: Annotated, i: int) -> bool:
    words = note.words
    return (
        i + 2 < len(words)
        and words[i + 1] == "-"
        and words[i + 2][:1].isupper()
        and (note.ends[i] == note.starts[i + 1])
    )


def _mention(note: Annotated, i: int, parts: list[NamePart], *, opens: bool) -> Mention | None:
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
        if rest[0].low == "of":
            of_name = name_behind_of(rest)
            if of_name is None:  # "CEO of Kestrel Minerals" names the company only
                return _body_behind_of(i, rest, opens=opens)
            role = note.text[parts[0].start : rest[of_name - 1].end]
            rest = rest[of_name:]
    marked = next(
        (
            k
            for k in range(len(rest) - 2, 0, -1)
            if rest[k].low in COURTESY and rest[k].text.endswith(".")
        ),
        0,
    )
    if marked and role is None and rest[0].low not in COURTESY:  # State Rep. Olga Marchenko
        role = note.text[rest[0].start : rest[marked].end]
        rest = rest[marked:]
    while (
        len(rest) > 1
        and rest[0].low in COURTESY
        and (rest[0].text.endswith(".") or rest[0].low not in FIRST_NAMES)
    ):
        gender, courtesy = COURTESY[rest[0].low] or gender, True
        role = role or RANKS.get(rest[0].low)
        rest = rest[1:]
    while len(rest) > 1 and rest[-1].low in SUFFIXES and rest[-1].low != "mp":
        rest = rest[:-1]
    given = next((k for k, p in enumerate(rest[:-1]) if p.low in FIRST_NAMES), 0)
    if given and all(DESCRIBING.match(p.text) for p in rest[:given]):
        rest = rest[given:]  # Republican Donald Trump, Briton Ann Lee
    if (
        rest[-1].low in ROLES
        and not courtesy
        and not _bears(rest)
        or len(rest) == 1
        and rest[0].low in COURTESY
    ):
        return None  # the Secretary General, the Chief Financial Officer
    words = tuple(p.text for p in rest)
    kind = _kind(rest, titled=courtesy or role is not None)
    return Mention(
        rest[0].start, rest[-1].end, words, kind, role, gender, i, parts[-1].after, opens, courtesy
    )


def _bears(rest: list[NamePart]) -> bool:
    """Is an office somebody's family name here: Howard Dean, James Baker?  Or a given name?"""
    return rest[0].low in FIRST_NAMES and (len(rest) > 1 or rest[0].low == "dean")


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
    lows = [p.low for p in parts]
    given = lows[0] in FIRST_NAMES and len(parts) > 1
    if (
        any(low in ORGANISATIONS for low in lows[1:])
        and not (given and len(parts) == 2)
        or (lows[0] in ORGANISATIONS and len(lows) > 1)
    ):
        return ORGANISATION
    if "&" in lows or "of" in lows or "for" in lows or lows[-1] in PLACES and not given:
        return ORGANISATION
    if len(parts) == 1:
        return ORGANISATION if ACRONYM.match(parts[0].text) else UNKNOWN
    if given or INITIAL.match(parts[0].text) and len(parts) <= 4:
        return PERSON
    if len(parts) <= 4 and any(low in PARTICLES for low in lows[1:-1]):
        return PERSON
    return UNKNOWN
