"""Name parts: the capitalised words, particles and links that make up one name."""

from __future__ import annotations

from dataclasses import dataclass

from ..tokens import Annotated
from .lists import COURTESY, NOT_NAMES, ORGANISATIONS, PARTICLES, ROLES

CONNECTORS = frozenset({"of", "for", "on", "the", "and", "&", "in"})
COMPANY_SUFFIXES = frozenset({"plc", "ltd", "inc", "llc", "llp", "gmbh"})
LONGEST = 14  # parts of one name


@dataclass(slots=True)
class NamePart:
    text: str
    low: str
    start: int
    end: int
    after: int


def part_at(note: Annotated, i: int) -> NamePart:
    """One name word, hyphens kept: Okonjo-Reyes, Secretary-General."""
    words, starts, ends = note.words, note.starts, note.ends
    j = i + 1
    while (
        j + 1 < len(words)
        and words[j] in "-‐‑–"
        and ends[j - 1] == starts[j]
        and (ends[j] == starts[j + 1])
        and words[j + 1][0].isalpha()
    ):
        j += 2
    if (
        j < len(words)
        and words[j] == "."
        and ends[j - 1] == starts[j]
        and (words[i].lower() in COURTESY)
    ):
        j += 1  # "Smt."
    text = note.text[starts[i] : ends[j - 1]]
    return NamePart(text, text.lower().rstrip("."), starts[i], ends[j - 1], j)


def parts_at(note: Annotated, i: int) -> list[NamePart]:
    words, text = note.words, note.text
    parts = [part_at(note, i)]
    if parts[0].text[0] == "@":
        return parts
    institutional = False
    while len(parts) < LONGEST:
        last = parts[-1]
        j = last.after
        if j >= len(words) or not _together(text, last.end, note.starts[j]):
            break
        institutional = institutional or last.low in ORGANISATIONS
        word, low = words[j], words[j].lower()
        if last.text.isupper() and len(last.text) > 4 and not word.isupper():
            break  # "SHEFFIELD Mr Bell": a dateline or a heading
        if (
            word[0].isupper()
            and note.pos[j] not in ("PRON", "AUX")
            and low not in NOT_NAMES
            or (
                low in PARTICLES
                and len(words) > j + 1
                and (
                    words[j + 1][0].isupper()
                    or words[j + 1].lower() in PARTICLES
                    and len(words) > j + 2
                    and words[j + 2][0].isupper()
                )
            )
        ):
            parts.append(part_at(note, j))
        elif low in COMPANY_SUFFIXES and len(parts) > 1:
            parts.append(part_at(note, j))
            break
        elif (
            low in CONNECTORS
            and (institutional or low == "&" or low == "of" and last.low in ROLES)
            and _leads_on(note, j)
        ):
            parts.append(part_at(note, j))
            if words[j + 1].lower() in ("the", "of"):
                parts.append(part_at(note, j + 1))
        else:
            break
    while parts and (
        parts[-1].low in CONNECTORS
        or parts[-1].low in PARTICLES
        and (not parts[-1].text[0].isupper())
    ):
        parts.pop()
    return parts


def _together(text: str, end: int, start: int) -> bool:
    return start - end <= 1 and "\n" not in text[end:start]


def _leads_on(note: Annotated, j: int) -> bool:
    words = note.words
    k = j + 1
    if (
        words[j].lower() in ("of", "for", "on", "in", "and")
        and k < len(words)
        and (words[k].lower() == "the")
    ):
        k += 1
    return k < len(words) and words[k][0].isupper() and note.pos[k] not in ("PRON", "VERB", "AUX")
