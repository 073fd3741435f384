"""Name parts: the capitalised words, particles and links that make up one name."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from ..text import Doc
from .lists import (
    COMPANY_FORMS,
    COURTESY,
    FIRST_NAMES,
    NOT_NAMES,
    ORGANISATIONS,
    PARTICLES,
    PRESS,
    ROLES,
    is_role,
)
from .openings import Openings

CONNECTORS = frozenset({"of", "for", "on", "the", "and", "&", "in"})
NICKNAME_MARKS = frozenset("\"“”'‘’")
SENT = frozenset("ambassador envoy representative delegate".split())  # to somewhere
MANY = frozenset({"people", "women", "men", "children"})
LONGEST = 14  # parts of one name


@dataclass(slots=True)
class NamePart:
    text: str
    low: str
    start: int
    end: int
    after: int


def part_at(note: Doc, i: int) -> NamePart:
    """One name word, hyphens kept: Okonjo-Reyes, Secretary-General."""
    words, starts, ends = note.words, note.starts, note.ends
    j = i + 1
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
    initial = len(words[i]) == 1 and words[j + 1 : j + 2] and words[j + 1] in NICKNAME_MARKS
    j += bool(stop and (words[i].lower() in COURTESY or initial))  # "Smt.", and 'C. "Tommy"'
    text = note.text[starts[i] : ends[j - 1]]
    return NamePart(text, text.lower().rstrip("."), starts[i], ends[j - 1], j)


def parts_at(openings: Openings, i: int) -> list[NamePart]:
    """The parts of the name that begins at a word."""
    note = openings.note
    words = note.words
    parts = [part_at(note, i)]
    institutional = False
    while len(parts) < LONGEST and parts[0].text[0] != "@":
        last = parts[-1]
        j = last.after
        if j >= len(words) or not _together(openings, last, j):
            break
        named = last.low in FIRST_NAMES and len(parts) > 1 and parts[-2].low in ROLES
        institutional = not named and (institutional or last.low in ORGANISATIONS)
        if (owned := _of_many(note, last)) is not None:  # the Farmers' Alliance
            parts[-1] = owned
            continue
        word, low = words[j], words[j].lower()
        if last.text.isupper() and len(last.text) > 4 and not word.isupper():
            break  # "SHEFFIELD Mr Bell": a dateline or a heading
        if (nickname := _nickname(openings, j)) is not None and not institutional:
            parts.append(nickname)
        elif (
            word[0].isupper()
            and (note.pos[j] not in ("PRON", "AUX") and low not in NOT_NAMES
                 or low == "may" and last.low in FIRST_NAMES)
            and openings.goes_on(j, last.low)
            or low in PARTICLES
            and any(w[0].isupper() for w in words[j + 1 : j + 3])
        ):  # fmt: skip
            parts.append(part_at(note, j))
        elif low in COMPANY_FORMS and len(parts) > 1:
            parts.append(part_at(note, j))
            break
        elif (
            low in CONNECTORS | {"to"}
            and (
                institutional
                or low == "&"
                or low == "to"
                and any(p.low in SENT for p in parts)
                or low == "of"
                and (last.low in ROLES or last.low in PRESS or _is_body_of(note, i, j))
            )
            and _leads_on(note, j)
        ):
            parts.append(part_at(note, j))
            if words[j + 1].lower() in ("the", "of"):
                parts.append(part_at(note, j + 1))
        else:
            break
    while parts and (
        parts[-1].low in CONNECTORS or parts[-1].low in PARTICLES and parts[-1].text[0].islower()
    ):
        parts.pop()
    return parts


def opens_paragraph(note: Doc, j: int) -> bool:
    """Does a paragraph begin with this word?  A line of hard-wrapped text is none."""
    k = bisect_left(note.paragraphs, (note.starts[j],))
    return k < len(note.paragraphs) and note.paragraphs[k][0] == note.starts[j]


def _together(openings: Openings, last: NamePart, j: int) -> bool:
    """Does a word stand right behind a part, or two blanks behind an initial whose stop is lost?"""
    gap = openings.note.starts[j] - last.end
    lost = len(last.low) == 1 or last.low in COURTESY
    return gap <= (2 if lost else openings.gap) and not opens_paragraph(openings.note, j)


def _of_many(note: Doc, last: NamePart) -> NamePart | None:
    """The plural owner in the name of a body: `Farmers'`, `People's`."""
    k = last.after
    if k + 1 >= len(note.words) or note.words[k + 1].lower() not in ORGANISATIONS:
        return None
    plural = (
        last.low.endswith("s")
        and note.words[k] in ("'", "’")
        or (last.low in MANY and note.words[k] in ("'s", "’s"))
    )
    if not plural or not note.words[k + 1][0].isupper() or note.starts[k] != last.end:
        return None
    text = note.text[last.start : note.ends[k]]
    return NamePart(text, text.lower(), last.start, note.ends[k], k + 1)


def _nickname(openings: Openings, j: int) -> NamePart | None:
    """The nickname in marks in 'Thomas C. "Tommy" Ode'."""
    note, words = openings.note, openings.note.words
    if (
        words[j] not in NICKNAME_MARKS
        or j + 3 >= len(words)
        or words[j + 2] not in NICKNAME_MARKS
        or not (words[j + 1][0].isupper() and words[j + 3][0].isupper())
        or note.starts[j + 3] - note.ends[j + 2] > 1
        or note.starts[j + 1] != note.ends[j]
    ):
        return None
    text = note.text[note.starts[j] : note.ends[j + 2]]
    return NamePart(text, words[j + 1].lower(), note.starts[j], note.ends[j + 2], j + 3)


def _is_body_of(note: Doc, i: int, j: int) -> bool:
    """Is a name with "of" one that acts: "The Circle of Nine voted", not "the Gulf of Ode"?"""
    owned = note.words[i - 1 : i] in (["the"], ["The"])
    if j != i + 1 or not owned or is_role(note.words[i].lower()):
        return False
    k = j + 1
    while k < len(note.words) and note.words[k][0].isupper():
        k += 1
    return j + 1 < k < len(note.words) and note.pos[k] in ("VERB", "AUX")


def _leads_on(note: Doc, j: int) -> bool:
    words = note.words
    k = j + 1 + (words[j].lower() in ("of", "for", "on", "in") and words[j + 1 : j + 2] == ["the"])
    if k >= len(words) or not words[k][0].isupper() or note.pos[k] in ("PRON", "VERB", "AUX"):
        return False
    single = words[k + 1 : k + 2] and words[k + 1].islower()
    return not (words[j] == "and" and single and note.pos[k] == "ADJ")  # and Green candidate Roe
