"""Name mentions: the names that the reader sees in a text, with the titles in front of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ..text import Doc, dateline_end, read_list, words_in
from ..text.forms import headline_verbs
from . import lists
from .links import Links
from .lists import ORGANISATION, PERSON, UNKNOWN

KINDS = (PERSON, ORGANISATION, UNKNOWN)  # a place may be a state that speaks
SAYING = frozenset(read_list("saying.txt")[""])
HEADLINE_VERBS = words_in("headline_verbs.txt")  # Endorses House Speaker Ann Lee
CAMEL = re.compile(r"(?!Mac|[A-Z][a-z](?![a-z])|Van|Von|Fitz)[A-Z][a-z]+[A-Z][a-z]")  # BuzzFeed
HYPHENS = "-‐‑–"
POSSESSIVE = ("'s", "’s", "'", "’")
POSSESSIVES = [[mark] for mark in POSSESSIVE]
JOINING = (*lists.MARKS, "&", "(")
LINKS = frozenset("of for and & the to on in".split())
NOUNS = ("NOUN", "ADJ", "PROPN")
NO_OFFICE = frozenset("former late new".split())
LONGEST = 14  # words of a name or title


@dataclass(frozen=True, slots=True)
class Mention:
    """A name where it stands; `start` and `end` leave its title out."""

    start: int
    end: int
    words: tuple[str, ...]
    kind: str
    role: str | None
    gender: str | None
    opening: int  # where its title begins

    @property
    def text(self) -> str:
        return " ".join(self.words)


def mentions(note: Doc, links: Links) -> list[Mention]:
    """The names of a text in order; `links` is what the reader says of its words.

    >>> from helpers.reader import read
    >>> from helpers.text import doc_of
    >>> text = "Then Mayor Ann Lee left."
    >>> [(m.text, m.kind, m.role) for m in mentions(doc_of(text), Links(read(text)))]
    [('Ann Lee', 'person', 'Mayor')]
    """
    found: list[Mention] = []
    person = named = 0  # the word behind the last name
    for first, last, kind in _runs(note, links):
        mention = _mention(note, first, last, kind, (person, named))
        dated = dateline_end(note.text, _paragraph(note, note.starts[first]))
        if mention and mention.start >= dated:
            found.append(mention)
        person, named = last + 1 if kind == PERSON else person, last + 1
    votes = Counter((one.text.casefold(), one.kind) for one in found)
    for k, one in enumerate(found):
        kind = max(KINDS, key=lambda kind: votes[one.text.casefold(), kind])
        found[k] = one if one.role or one.gender else replace(one, kind=kind)
    return found


def _paragraph(note: Doc, place: int) -> int:
    """Where the paragraph of a place begins; a line of hard-wrapped text is none."""
    return note.paragraphs[bisect_right(note.paragraphs, (place, len(note.text))) - 1][0]


def _opens(note: Doc, j: int) -> bool:
    """Does a paragraph begin with this word?"""
    return _paragraph(note, note.starts[j]) == note.starts[j]


def _runs(note: Doc, links: Links) -> Iterator[tuple[int, int, str]]:
    """The first and last word and the kind of each run of words that the reader sees as a name."""
    words, starts, ends = note.words, note.starts, note.ends
    seen, first = _joined(note, links.of_words(note)), 0
    for k in range(1, len(words) + 1):
        if k < len(words) and seen[k] == seen[first] is not None and k - first < LONGEST:
            gap, word = starts[k] - ends[k - 1], words[k]
            most = 1 if seen[k] == 0 and len(words[k - 1]) > 2 else 2  # of a lost stop, a comma
            apart = gap > most or gap and not word[0].isalnum() and word not in JOINING
            short = word.isupper() and word.casefold() in lists.letters_of(words[first:k])
            if not (apart or short or _opens(note, k)):  # Harbour Safety Board  HSB
                continue
        if seen[first] is not None:
            yield first, k - 1, KINDS[seen[first]]
        first = k


def _joined(note: Doc, seen: list[int | None]) -> list[int | None]:
    """The same with hyphens, and marks around nicknames, as parts of the names around them."""
    words, starts, ends, verbs = note.words, note.starts, note.ends, headline_verbs(note)
    known = {word for word, kind in zip(words, seen, strict=True) if kind == 0}
    known -= {word.capitalize() for word in words if word.islower()}
    for k, word in enumerate(words):
        if k in verbs:
            seen[k] = None  # Minister Unveils Plan
        elif word[0] == "@" or seen[k] is None and word in known and note.pos[k] in NOUNS:
            seen[k] = 0
    for k in range(1, len(words) - 1):
        before, behind, marked = seen[k - 1], seen[k + 1], words[k] in lists.MARKS
        if before is None or seen[k] == before:
            continue
        many = before == 1 and words[k] != "–" and lists.is_plural(words[k + 1])  # of Film-makers
        if words[k] in HYPHENS and ends[k - 1] == starts[k] and (behind is not None or many):
            seen[k] = seen[k + 1] = before if ends[k] == starts[k + 1] else behind
        elif words[k] == "for" and before == behind == 1:
            seen[k] = 1  # Alliance for Clean Harbours
        elif words[k] == "&" and behind is not None:
            seen[k - 1 : k + 2] = [1] * 3  # Tolliver & Crane
        elif marked and before == behind and "".join(words[k + 3 : k + 4])[:1].isupper():
            seen[k : k + 4] = [before] * 4  # Thomas "Tommy" Ode
        elif words[k] == "." and len(words[k - 1]) == 1 and words[k + 1] in lists.MARKS:
            seen[k] = before
        elif words[k] in POSSESSIVE and behind is not None and lists.is_group(words[k - 1].lower()):
            seen[k] = behind  # the Teachers' Union
    return seen


def _low(word: str) -> str:
    return word.lower().rstrip(".")


def _mention(note: Doc, first: int, last: int, kind: str, after: tuple[int, int]) -> Mention | None:
    words = note.words
    while last > first and (
        words[last] in (*POSSESSIVE, ".")
        or not (words[last][-1].isalnum() or words[last][-1] in ".&")
        or _low(words[last]) in LINKS
    ):
        last -= 1
    while first < last and (
        not words[first][0].isalnum()
        or _low(words[first]) in LINKS
        or kind == PERSON
        and _is_title(words[first])
    ):
        first += 1
    sent = words[first - 1] in ("of", "to") and any(
        map(_is_title, words[max(0, first - 4) : first])
    )
    first += kind == PERSON and sent and last - first > 1  # Ambassador to Zell Ann Lee
    if _is_no_name(note, first, last, kind):
        return None
    k = last + 1
    while kind == PERSON and k + 1 < len(words) and words[k] in lists.PARTICLES:
        k += 1
        last = k if words[k][0].isupper() else last  # Ann Lee de la Vega
    end = note.ends[last]
    while kind == PERSON and last > first and _low(words[last]) in lists.SUFFIXES | {"", "."}:
        last -= 1
    if words[last + 1 : last + 2] in POSSESSIVES and SAYING & set(words[last + 2 : last + 3]):
        last, kind = last + 1, ORGANISATION  # Moody's said
    while _goes_on("".join(words[last + 1 : last + 2]), kind):
        last, kind = last + 1, ORGANISATION
    written = tuple(note.text[note.starts[first] : note.ends[last]].split())
    opening, role, gender = _title(note, first, *after) if kind == PERSON else (first, None, None)
    if CAMEL.match(written[0]) and len(written) == 1 and not role:
        kind = ORGANISATION
    end = max(end, note.ends[last])
    return Mention(note.starts[first], end, written, kind, role, gender, note.starts[opening])


def _is_no_name(note: Doc, first: int, last: int, kind: str) -> bool:
    """Is it a people, a seat in a parliament, a piece of an office (Minister for Fish and Food)?"""
    words, low, some = note.words, _low(note.words[last]), note.words[first : last + 1]
    titles = LINKS if kind == PERSON else LINKS | lists.COURTESY.keys() | lists.ROLES
    assisting = note.pos[first] == "VERB" and first and _is_title(words[first - 1])
    if lists.is_people(low) or len(some) == 1 and (low in titles or assisting):
        return True  # Minister Assisting
    if not any(w[0].isupper() or w[0] == "@" for w in some):
        return True
    before = ["", "", *words[max(0, first - LONGEST) : first]]
    if before[-1 - (before[-1] == "-")] in ("D", "R"):
        return True
    while kind != PERSON and (before[-1][:1].isupper() or before[-1] in ("and", ",")):
        if before[-1].lower() == "for":
            break
        before.pop()
    return before[-1].lower() == "for" and before[-2].lower() in lists.PORTFOLIOS


def _goes_on(word: str, kind: str) -> bool:
    """Does the name of a body go on with a word: Zell Water plc, Harbour Quarterly?"""
    body = kind != PERSON and word.istitle() and _low(word) in lists.PRESS
    return body or _low(word) in lists.COMPANY_FORMS


def _is_title(word: str) -> bool:
    low = _low(word)
    return (low in lists.COURTESY or low in lists.ROLES) and low not in lists.FIRST_NAMES


def _title(note: Doc, first: int, person: int, named: int) -> tuple[int, str | None, str | None]:
    """Where the title of a person begins, the office that it tells, and the gender."""
    words, j = note.words, first
    gender = rank = None
    while j > person and not _opens(note, j):
        low = _low(words[j - 1])
        if low in lists.COURTESY and words[j - 1][0].isupper():
            gender, rank = gender or lists.COURTESY[low], rank or lists.RANKS.get(low)
        elif low not in ("the", "") or j == first:
            break
        j -= 1
    while j < first and words[j].lower() == "the":
        j += 1
    if office := _office(note, j, person, named):
        j, head, last = office
        role = note.text[note.starts[j] : note.ends[last]]
        return j, role, gender or lists.ROLE_GENDER.get(_low(words[head]))
    return j, rank.capitalize() if rank else None, gender


def _office(note: Doc, end: int, person: int, named: int) -> tuple[int, int, int] | None:
    """The first word, the head and the last word of an office: Head of the Zell Bank | Ann Lee."""
    words, pos = note.words, note.pos
    comma = end > person and words[end - 1] == ","
    j = after = end - comma
    head = None
    while j > person and after - j < LONGEST and not _opens(note, j):
        word, low = words[j - 1], _low(words[j - 1])
        if head is None and (low in lists.ROLES or pos[j - 1] != "ADJ" and lists.is_office(word)):
            head = j - 1
        elif head is None:
            if word.islower() and (j == after or low not in LINKS) or not word[0].isalpha():
                break
        elif word in HYPHENS:
            if note.ends[j - 1] < note.starts[j]:
                break
        elif (
            words[head].islower()
            and j <= named
            or low in HEADLINE_VERBS
            or (
                pos[j - 1] not in (NOUNS if word[0].isupper() else NOUNS[:2])
                or word.islower() > words[head].islower()
            )
        ):
            break
        j -= 1
    if head is None:
        return None
    told = j > 0 and pos[j - 1] in ("DET", "PRON", "PART") and words[j - 2].lower() != "in"
    while j < head and (words[j].lower() in NO_OFFICE or not words[j][0].isalpha()):
        if words[j] == "New" and words[j + 1].istitle() and not lists.is_office(words[j + 1]):
            break  # New York Mayor
        j += 1
    return (j, head, after - 1) if told or not comma else None
