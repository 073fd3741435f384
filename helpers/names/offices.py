"""Offices: the title or occupation that stands in front of a name."""

from __future__ import annotations

from collections.abc import Sequence

from ..text import Doc
from ..text.forms import singular
from .lists import COURTESY, FIRST_NAMES, ORGANISATIONS, ROLES, SURNAME_FIRST, is_office, is_role
from .parts import NamePart, opens_paragraph

OFFICES_OF = frozenset("managing acting founding outgoing incoming sitting".split())


def role_before(note: Doc, token: int) -> tuple[str, int] | None:
    """The office in front of a name: `team director` in "Her team director, Aldo Petrossi"."""
    j = token - 1
    comma = j >= 0 and note.words[j] == ","
    last = j = j - comma
    if j < 0 or opens_paragraph(note, token):
        return None
    if note.pos[j] == "ADJ" and note.words[j].lower() not in ROLES:
        return None  # the younger Farrow
    if comma and note.words[j] == ")":
        return _office_before_comma(note, j)
    if note.pos[j] not in ("NOUN", "ADJ", "PROPN"):
        return None
    if not is_office(note.words[j]):
        return _office_before_comma(note, j) if comma else _role_with_of(note, j)
    if not comma and j and note.words[j - 1].lower() == "to":
        return None  # "intends to hammer Ann Lee"
    plain = note.words[last].islower()
    while (
        j > 0
        and last - j < 6
        and (
            note.pos[j - 1] in ("NOUN", "ADJ")
            or note.pos[j - 1] == "PROPN"
            and not plain
            or note.words[j - 1] in "-‐"
            or note.words[j - 1].lower() in OFFICES_OF
        )
        and not opens_paragraph(note, j)
    ):
        j -= 1
    if comma and (j == 0 or note.pos[j - 1] not in ("DET", "PRON", "PART")):
        return None
    while j < last and (
        note.words[j] in "-‐"
        or note.pos[j] == "ADJ"
        and note.words[j].lower() in ("former", "late")
    ):
        j += 1
    return note.text[note.starts[j] : note.ends[last]], j


def _role_with_of(note: Doc, last: int) -> tuple[str, int] | None:
    """`Deputy of the assembly` in front of a name."""
    j = last
    while j > 1 and last - j < 7 and note.pos[j] in ("NOUN", "ADJ", "DET", "PROPN", "ADV"):
        if note.words[j - 1].lower() == "of" and is_role(note.words[j - 2].lower()):
            start = j - 2
            return note.text[note.starts[start] : note.ends[last]], start
        j -= 1
    return None


def _office_before_comma(note: Doc, last: int) -> tuple[str, int] | None:
    """`Secretary-General of the Council (CSCC)` in "The Secretary-General of …, Ambassador X"."""
    for j in range(last - 1, max(0, last - 16), -1):
        if note.words[j] in ",.;:" or note.pos[j] == "VERB":
            return None
        if note.words[j].lower() in ("of", "for", "at") and is_role(note.words[j - 1].lower()):
            start = j - 1
            while start > 0 and (
                note.pos[start - 1] in ("NOUN", "ADJ", "PROPN") or note.words[start - 1] in "-‐"
            ):
                start -= 1
            opens = start == 0 or note.words[start - 1].lower() in "the a an 's ’s . ; :".split()
            return (note.text[note.starts[start] : note.ends[j - 1]], start) if opens else None
    return None


def last_role(parts: Sequence[NamePart]) -> int | None:
    """The last word of a title before a name: Secretary-General | Rashid Alimov."""
    best = None
    for k, part in enumerate(parts[:-1]):
        if part.low.removeprefix("co-") in ROLES or singular(part.low) in ROLES:
            best = k
        elif part.low in ("of", "and") and best is None:
            return None
        elif part.low in FIRST_NAMES and best is not None and k == best + 1:
            break
    if best is not None and parts[best + 1].low == "of":
        return best
    rest = parts[best + 1 :] if best is not None else []
    named = len(rest) == 2 and SURNAME_FIRST.match(rest[1].text)  # Minister Park Jin-woo
    if not rest or any(p.low in ORGANISATIONS for p in rest) and not named:
        return None
    return best


def name_behind_of(rest: Sequence[NamePart]) -> int | None:
    """In "of Digital Affairs Aidar Sadykbek" the name is what a given name opens, or two words."""
    for k in range(2, len(rest)):
        if rest[k].low in COURTESY | FIRST_NAMES.keys() and k < len(rest) - 1:
            return k
    capitals = [k for k in range(1, len(rest)) if rest[k].text[0].isupper()]
    body = any(part.low in ORGANISATIONS for part in rest[-2:])  # of the Atomic Watch Agency
    return capitals[-2] if len(capitals) >= 3 and not body else None
