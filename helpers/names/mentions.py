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
    ROLE_GENDER,
    ROLES,
    SUFFIXES,
    is_role,
)

CONNECTORS = frozenset({"of", "for", "on", "the", "and", "&", "in"})
CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT"})
ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}$")
INITIAL = re.compile(r"(?:[A-Z]\.-?)+$|[A-Z]$|(?:Sh|Yu|Zh|Kh|Ch|Ts|Ya|Ye|St)\.$")
DESCRIBING = re.compile(r"[A-Z]\w+(?:an|ish|ese|crat|cratic|ton)$|[A-Z.]{2,}$")
SAYING = frozenset(read_list("saying.txt")[""])
LONGEST = 14  # parts of one name

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


@dataclass(slots=True)
class _Part:
    text: str
    low: str
    start: int
    end: int
    after: int


def mentions(note: Annotated) -> list[Mention]:
    """The capitalised names of a text in order.

    Does not catch names in lower case, and takes place and product names for `unknown`.

    >>> from ..tokens import annotate
    >>> [(m.text, m.kind, m.role) for m in mentions(annotate("Then Mayor Ann Lee left."))]
    [('Ann Lee', 'person', 'Mayor')]
    """
    firsts = {a for a, _ in note.sentences}
    words, found = note.words, []
    common = {w for w in words if w.islower()}
    i, n = 0, len(words)
    while i < n:
        word = words[i]
        if not (word[0].isupper() or word[0] == "@" and len(word) > 1) or not _may_start(
                note, i, common, opens=i in firsts or i and not words[i - 1][0].isalnum()
                and words[i - 1] not in (",", "-", "(", "/")):
            i += 1
            continue
        parts = _parts(note, i)
        mention = _mention(note, i, parts, opens=i in firsts) if parts else None
        if mention is not None:
            found.append(mention)
        i = parts[-1].after if parts else i + 1
    return found


def _may_start(note: Annotated, i: int, common: set[str], *, opens: bool) -> bool:
    word, pos = note.words[i], note.pos[i]
    low = word.lower().rstrip(".")
    if low in NOT_NAMES and low not in FIRST_NAMES:
        return False
    if word[0] == "@" or low in COURTESY or low in FIRST_NAMES or INITIAL.match(word) and (
            word.endswith(".")):
        return True
    if not opens:
        return pos == "PROPN" or pos not in CLOSED
    if low in SAYING:
        return False
    if low in ROLES or low in ORGANISATIONS or _hyphened(note, i):
        return True
    followed = i + 1 < len(note.words) and note.words[i + 1][0].isupper() and (
        note.pos[i + 1] == "PROPN")
    return low not in common and (pos == "PROPN" or followed and pos not in CLOSED)


def _hyphened(note: Annotated, i: int) -> bool:
    words = note.words
    return i + 2 < len(words) and words[i + 1] == "-" and words[i + 2][:1].isupper() and (
        note.ends[i] == note.starts[i + 1])


def _part(note: Annotated, i: int) -> _Part:
    """One name word, hyphens kept: Okonjo-Reyes, Secretary-General."""
    words, starts, ends = note.words, note.starts, note.ends
    j = i + 1
    while j + 1 < len(words) and words[j] in "-‐‑–" and ends[j - 1] == starts[j] and (
            ends[j] == starts[j + 1]) and words[j + 1][0].isalpha():
        j += 2
    if j < len(words) and words[j] == "." and ends[j - 1] == starts[j] and (
            words[i].lower() in COURTESY):
        j += 1  # "Smt."
    text = note.text[starts[i] : ends[j - 1]]
    return _Part(text, text.lower().rstrip("."), starts[i], ends[j - 1], j)


def _parts(note: Annotated, i: int) -> list[_Part]:
    words, text = note.words, note.text
    parts = [_part(note, i)]
    if parts[0].text[0] == "@":
        return parts
    institutional = False
    while len(parts) < LONGEST:
        last = parts[-1]
        j = last.after
        if j >= len(words) or not _together(text, last.end, note.starts[j]):
            break
        institutional = institutional or last.low in ORGANISATIONS or last.low in ROLES
        word, low = words[j], words[j].lower()
        if word[0].isupper() and note.pos[j] not in ("PRON", "AUX") and low not in NOT_NAMES:
            parts.append(_part(note, j))
        elif low in PARTICLES and len(words) > j + 1 and (
                words[j + 1][0].isupper() or words[j + 1].lower() in PARTICLES and len(words) > j + 2
                and words[j + 2][0].isupper()):
            parts.append(_part(note, j))
        elif low in CONNECTORS and (institutional or low == "&") and _leads_on(note, j):
            parts.append(_part(note, j))
            if words[j + 1].lower() in ("the", "of"):
                parts.append(_part(note, j + 1))
        else:
            break
    while parts and (parts[-1].low in CONNECTORS or parts[-1].low in PARTICLES and (
            not parts[-1].text[0].isupper())):
        parts.pop()
    return parts


def _together(text: str, end: int, start: int) -> bool:
    return start - end <= 1 and "\n" not in text[end:start]


def _leads_on(note: Annotated, j: int) -> bool:
    words = note.words
    k = j + 1
    if words[j].lower() in ("of", "for", "on", "in", "and") and k < len(words) and (
            words[k].lower() == "the"):
        k += 1
    return k < len(words) and words[k][0].isupper() and note.pos[k] not in ("PRON", "VERB", "AUX")


def _mention(note: Annotated, i: int, parts: list[_Part], *, opens: bool) -> Mention | None:
    gender, courtesy, role, rest = None, False, None, list(parts)
    if rest[0].text[0] == "@":
        return Mention(rest[0].start, rest[0].end, (rest[0].text,), PERSON, None, None, i,
                       rest[0].after, opens)
    at = _last_role(rest)
    if at is not None:
        role = note.text[rest[0].start : rest[at].end]
        gender = ROLE_GENDER.get(rest[at].low)
        rest = rest[at + 1 :]
        if rest[0].low == "of":
            of_name = _name_behind_of(rest)
            if of_name is None:
                return None
            role = note.text[parts[0].start : rest[of_name - 1].end]
            rest = rest[of_name:]
    while len(rest) > 1 and rest[0].low in COURTESY and (
            rest[0].text.endswith(".") or rest[0].low not in FIRST_NAMES):
        gender, courtesy = COURTESY[rest[0].low] or gender, True
        rest = rest[1:]
    while len(rest) > 1 and rest[-1].low in SUFFIXES and rest[-1].low != "mp":
        rest = rest[:-1]
    given = next((k for k, p in enumerate(rest[:-1]) if p.low in FIRST_NAMES), 0)
    if given and all(DESCRIBING.match(p.text) for p in rest[:given]):
        rest = rest[given:]  # Republican Donald Trump, Briton Ann Lee
    if rest[-1].low in ROLES and not courtesy or len(rest) == 1 and rest[0].low in COURTESY:
        return None  # the Secretary General, the Chief Financial Officer
    words = tuple(p.text for p in rest)
    kind = _kind(rest, titled=courtesy or role is not None)
    return Mention(rest[0].start, rest[-1].end, words, kind, role, gender, i, parts[-1].after,
                   opens, courtesy)


def _last_role(parts: list[_Part]) -> int | None:
    """The last word of a title before a name: Secretary-General | Rashid Alimov."""
    best = None
    for k, part in enumerate(parts[:-1]):
        if part.low in ROLES or part.low.endswith(("secretary-general", "director-general")):
            best = k
        elif part.low in ("of", "and") and best is None:
            return None
        elif part.low in FIRST_NAMES and best is not None and k == best + 1:
            break
    if best is None or any(p.low in ORGANISATIONS for p in parts[best + 1 :]):
        return None
    return best


def _name_behind_of(rest: list[_Part]) -> int | None:
    """In "of Digital Affairs Aidar Sadykbek" the name is what a given name opens, or two words."""
    for k in range(2, len(rest)):
        if rest[k].low in COURTESY and k < len(rest) - 1 and rest[k].low not in FIRST_NAMES:
            return k
        if rest[k].low in FIRST_NAMES and k < len(rest) - 1:
            return k
    capitals = [k for k in range(1, len(rest)) if rest[k].text[0].isupper()]
    return capitals[-2] if len(capitals) >= 3 else None


def _kind(parts: list[_Part], *, titled: bool) -> str:
    if titled and len(parts) <= 5:
        return PERSON
    lows = [p.low for p in parts]
    given = lows[0] in FIRST_NAMES and len(parts) > 1
    if any(low in ORGANISATIONS for low in lows[1:]) and not (given and len(parts) == 2) or (
            lows[0] in ORGANISATIONS and len(lows) > 1):
        return ORGANISATION
    if "&" in lows or "of" in lows or "for" in lows:
        return ORGANISATION
    if len(parts) == 1:
        return ORGANISATION if ACRONYM.match(parts[0].text) else UNKNOWN
    if given or INITIAL.match(parts[0].text) and len(parts) <= 4:
        return PERSON
    if len(parts) <= 4 and any(low in PARTICLES for low in lows[1:-1]):
        return PERSON
    return UNKNOWN


def role_before(note: Annotated, token: int) -> tuple[str, int] | None:
    """The office in front of a name: `team director` in "Her team director, Aldo Petrossi"."""
    j = token - 1
    comma = j >= 0 and note.words[j] == ","
    if comma:
        j -= 1
    last = j
    if comma and j >= 0 and note.words[j] == ")":
        return _office_before_comma(note, j)
    if j < 0 or note.pos[j] not in ("NOUN", "ADJ", "PROPN"):
        return None
    if not is_role(note.words[j].lower()):
        return _office_before_comma(note, j) if comma else _role_with_of(note, j)
    while j > 0 and last - j < 6 and (
            note.pos[j - 1] in ("NOUN", "ADJ", "PROPN") or note.words[j - 1] in "-‐"
            ) and note.words[j - 1][0] not in ",.;" and not note.words[j - 1][0].isdigit():
        j -= 1
    if comma and not (j > 0 and (note.pos[j - 1] in ("DET", "PRON", "PART")
                                 or note.words[j - 1].lower() in ("the", "a", "an", "'s", "’s"))):
        return None
    while j < last and (note.words[j] in "-‐" or note.pos[j] == "ADJ" and note.words[j].lower() in (
            "former", "late")):
        j += 1
    return note.text[note.starts[j] : note.ends[last]], j


def _role_with_of(note: Annotated, last: int) -> tuple[str, int] | None:
    """`Deputy of the assembly` in front of a name."""
    j = last
    if note.pos[last] == "DET" or note.words[last].lower() == "of":
        return None  # the representative of the | Federated Atolls
    while j > 1 and last - j < 7 and note.pos[j] in ("NOUN", "ADJ", "DET", "PROPN", "ADV"):
        if note.words[j - 1].lower() == "of" and is_role(note.words[j - 2].lower()):
            start = j - 2
            return note.text[note.starts[start] : note.ends[last]], start
        j -= 1
    return None


def _office_before_comma(note: Annotated, last: int) -> tuple[str, int] | None:
    """`Secretary-General of the Council (CSCC)` in "The Secretary-General of …, Ambassador X"."""
    for j in range(last - 1, max(0, last - 16), -1):
        if note.words[j] in ",.;:" or note.pos[j] == "VERB":
            return None
        if note.words[j].lower() in ("of", "for", "at") and is_role(note.words[j - 1].lower()):
            start = j - 1
            while start > 0 and (note.pos[start - 1] in ("NOUN", "ADJ", "PROPN")
                                 or note.words[start - 1] in "-‐"):
                start -= 1
            opens = start == 0 or note.words[start - 1].lower() in ("the", "a", "an", "'s", "’s") or (
                note.words[start - 1] in ".;:")
            return (note.text[note.starts[start] : note.ends[j - 1]], start) if opens else None
    return None
