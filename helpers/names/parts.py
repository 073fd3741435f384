"""Name parts: the capitalised words, particles and links that make up one name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from ..text import Doc
from ..text.forms import singular
from . import lists
from .openings import SAYING, Openings

CONNECTORS = frozenset({"of", "for", "on", "the", "and", "&", "in", "to"})
SENT = frozenset("ambassador envoy representative delegate".split())  # to somewhere
POSSESSIVE = ("'s", "’s", "'", "’")
LONGEST = 14  # parts of one name


@dataclass(slots=True)
class NamePart:
    """One word of a name, hyphens kept; `after` is the number of the word behind it."""

    text: str
    low: str
    start: int
    end: int
    after: int


def part_at(note: Doc, i: int) -> NamePart:
    """One name word: Okonjo-Reyes, Secretary-General; in marks a nickname: "Tommy"."""
    words, starts, ends = note.words, note.starts, note.ends
    j = i + 1 + 2 * (words[i] in lists.MARKS)
    while (
        j + 1 < len(words)
        and words[j] in "-‐‑–"
        and ends[j - 1] == starts[j]
        and ends[j] == starts[j + 1]
        and words[j + 1][0].isalpha()
        and (words[j] != "–" or words[j + 1][0].isupper())
    ):
        j += 2
    stop = words[j : j + 1] == ["."] and ends[j - 1] == starts[j]
    j += stop and (words[i].lower() in lists.COURTESY or len(words[i]) == 1)  # "Smt.", 'C. "Tommy"'
    if j + 1 < len(words) and words[j] in POSSESSIVE:
        said = words[j] in POSSESSIVE[:2] and words[j + 1] in SAYING  # Moody's said
        j += said or _is_of_members(words[i].lower(), words[j + 1])
    text = note.text[starts[i] : ends[j - 1]]
    return NamePart(text, text.strip(lists.MARKS).lower().rstrip("."), starts[i], ends[j - 1], j)


def _is_of_members(owner: str, body: str) -> bool:
    """Is it a body of its members: the Teachers' Union, the People's Bank?"""
    one = singular(owner)
    members = owner in lists.GROUPS or one != owner and lists.is_role(one)
    return members and body[0].isupper() and body.lower() in lists.ORGANISATIONS


def parts_at(openings: Openings, i: int) -> list[NamePart]:
    """The parts of the name that begins at a word."""
    note, words = openings.note, openings.note.words
    parts = [part_at(note, i)]
    while len(parts) < LONGEST and parts[0].text[0] != "@":
        last, j = parts[-1], parts[-1].after
        if j >= len(words) or not _together(openings, last, j):
            break
        if words[j].isupper() and words[j].casefold() in lists.letters_of([p.text for p in parts]):
            break  # Harbour Safety Board  HSB
        if _joins(openings, parts, j):
            parts.append(part_at(note, j))
        elif words[j].lower() in CONNECTORS and _links(note, parts, j):
            parts.append(part_at(note, j))
            if words[j + 1].lower() in ("the", "of"):
                parts.append(part_at(note, j + 1))
        else:
            if words[j].lower() in lists.COMPANY_FORMS and len(parts) > 1:
                parts.append(part_at(note, j))
            break
    while parts and (
        parts[-1].low in CONNECTORS
        or parts[-1].low in lists.PARTICLES
        and parts[-1].text[0].islower()
    ):
        parts.pop()
    return parts


def opens_paragraph(note: Doc, j: int) -> bool:
    """Does a paragraph begin with this word?  A line of hard-wrapped text is none."""
    k = bisect_left(note.paragraphs, (note.starts[j],))
    return k < len(note.paragraphs) and note.paragraphs[k][0] == note.starts[j]


def _together(openings: Openings, last: NamePart, j: int) -> bool:
    """Does a word stand right behind a part, or two blanks behind an initial whose stop is lost?"""
    note = openings.note
    gap = note.starts[j] - last.end
    lost = len(last.low) == 1 or last.low in lists.COURTESY
    if gap > (2 if lost else openings.gap) or opens_paragraph(note, j):
        return False
    # "SHEFFIELD Mr Bell" is a dateline or a heading:
    return not (last.text.isupper() and len(last.text) > 4 and not note.words[j].isupper())


def _joins(openings: Openings, parts: Sequence[NamePart], j: int) -> bool:
    """Is a word one more word of the name: with a capital, a particle, a nickname in marks?"""
    note, words, last = openings.note, openings.note.words, parts[-1].low
    word, low, behind = words[j], words[j].lower(), words[j + 1 : j + 4]
    if word[0].isupper():
        may = low not in lists.NOT_NAMES and note.pos[j] not in ("PRON", "AUX")
        may = may or low == "may" and last in lists.FIRST_NAMES
        return may and openings.goes_on(j, last)
    if low in lists.PARTICLES:
        return any(w[0].isupper() for w in behind[:2])
    nickname = word in lists.MARKS and len(behind) == 3 and behind[1] in lists.MARKS
    return (
        nickname and behind[0].istitle() and behind[2].istitle() and last not in lists.ORGANISATIONS
    )


def _links(note: Doc, parts: Sequence[NamePart], j: int) -> bool:
    """Does a small word link what is before it in a name to what is behind it?"""
    words, last = note.words, parts[-1].low
    low = words[j].lower()
    body = any(part.low in lists.ORGANISATIONS for part in parts) and last not in lists.FIRST_NAMES
    sent = low == "to" and any(part.low in SENT for part in parts)
    titled = low == "of" and (last in lists.ROLES or last in lists.PRESS)
    if not (body and low != "to" or low == "&" or sent or titled):
        return False
    k = j + 1 + (low != "and" and words[j + 1 : j + 2] == ["the"])
    return k < len(words) and words[k][0].isupper() and note.pos[k] not in ("PRON", "VERB", "AUX")
