"""Openings: which capitalised words begin a name, and which only begin a sentence or a headline."""

from __future__ import annotations

import re
from collections import Counter

from ..tokens import Annotated
from ..words import read_list
from .lists import COURTESY, FIRST_NAMES, NOT_NAMES, ORGANISATIONS, ROLES, is_of_people
from .parts import NamePart

CLOSED = frozenset({"PRON", "DET", "ADP", "CCONJ", "SCONJ", "AUX", "PART", "INTJ", "PUNCT"})
ACRONYM = re.compile(r"[A-Z][A-Z&.]{1,7}$")
CAMEL = re.compile(r"(?!Mac|[A-Z][a-z](?![a-z])|Van|Von|Fitz)[A-Z][a-z]+[A-Z][a-z]")  # BuzzFeed
INITIAL = re.compile(r"(?:[A-Z]\.-?)+$|[A-Z]$|(?:Sh|Yu|Zh|Kh|Ch|Ts|Ya|Ye|St)\.$")
HYPHENED = re.compile(r"\w{1,40}-[A-Z]")  # Wealth-X
NATION = re.compile(r"[A-Z]\w+(?:an|ish|ese|ch)$")
BEFORE_MONTHS = frozenset(
    "in of on since until till by early late last next this mid from to through for during "
    "before after every each and or".split()
)
SAYING = frozenset(read_list("saying.txt")[""])
DATELINE = re.compile(
    r"""(?: [A-Z]{3}[A-Z .'’-]{0,40}                              # PORT SALINE
          | [A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,2}(?=,[ ]\d)     # Lindvar, 20 September
        )
        (?:[,(/][^—–―\n]{0,60}?)?[ ]?                             # , June 3. (AP)
        (?:(?:[—–―]|--)[ ]?|[ ]-[ ])""",
    re.VERBOSE,
)


def dateline_end(text: str, start: int) -> int:
    """Where the dateline that opens a paragraph ends; `start` where there is none.

    >>> dateline_end("PORT SALINE (AP) — It rained.", 0)
    19
    """
    match = DATELINE.match(text, start)
    return match.end() if match else start


def headline_words(note: Annotated) -> set[int]:
    """The numbers of the words in sentences where nearly all words have a capital."""
    found: set[int] = set()
    alone = Counter(note.sentence_paragraph)
    for (a, b), paragraph in zip(note.sentences, note.sentence_paragraph, strict=True):
        long = [
            w
            for w, pos in zip(note.words[a:b], note.pos[a:b], strict=True)
            if w[0].isalpha() and len(w) > 3 and not (w.islower() and pos in CLOSED)
        ]
        stopped = note.words[b - 1][-1] in ".!?”\""
        share = 0.8 if not stopped else 0.95 if alone[paragraph] == 1 else 2
        if len(long) >= 4 and sum(w[0].isupper() for w in long) >= share * len(long):
            found.update(range(a, b))
    return found


def headline_name(parts: list[NamePart], pairs: set[tuple[str, str]]) -> int:
    """How many words of a headline's run of capitals are the name that opens it."""
    count = 1
    while count < len(parts) and (parts[count - 1].text, parts[count].text) in pairs:
        count += 1
    alone = count == 1 and len(parts) > 1
    if alone and (parts[0].low in FIRST_NAMES or parts[1].low in ORGANISATIONS):
        return 1 if parts[1].low in SAYING else 2
    return count


def describes(note: Annotated, i: int, surnames: set[str]) -> bool:
    """Is a capitalised word the adjective or noun of a people or party: "the Republican"?"""
    word = note.words[i]
    return (
        word not in surnames
        and word.lower() not in FIRST_NAMES
        and (is_of_people(word.lower()) or note.pos[i] == "ADJ" and bool(NATION.match(word)))
    )


def _is_month(note: Annotated, i: int) -> bool:
    """Is "May" the month here, by the words beside it?"""
    before = note.words[i - 1].lower() if i else ""
    behind = note.words[i + 1] if i + 1 < len(note.words) else ""
    return before in BEFORE_MONTHS or behind[:1].isdigit() or before[:1].isdigit()


def may_start(
    note: Annotated, i: int, common: set[str], surnames: set[str], *, opens: bool
) -> bool:
    word, pos = note.words[i], note.pos[i]
    low = word.lower().rstrip(".")
    if note.words[i - 1 : i] == ["°"]:
        return False  # "9.7 °C. Ode said"
    if low in NOT_NAMES and low not in FIRST_NAMES:
        return word in surnames and not _is_month(note, i)
    if (
        word[0] == "@"
        or low in COURTESY
        or low in FIRST_NAMES
        or CAMEL.match(word)
        or opens
        and len(word) < 6
        and ACRONYM.match(word)
        and note.words[i + 1 : i + 2] != [":"]
        or INITIAL.match(word)
        and word.endswith(".")
    ):
        return True
    if not opens:
        return pos == "PROPN" or pos not in CLOSED
    if low in SAYING:
        return False
    if low in ROLES or low in ORGANISATIONS or HYPHENED.match(note.text, note.starts[i]):
        return True
    behind = [word[0].isupper() for word in note.words[i + 1 : i + 3]]
    followed = (
        behind[:1] == [True]
        and (
            note.pos[i + 1] == "PROPN"
            or behind == [True, True]  # Hands Across Water
            or note.words[i + 1].lower() in ORGANISATIONS  # British Government
        )
        or note.words[i + 1 : i + 2] == ["&"]
    )
    return low not in common and (
        pos == "PROPN" or followed and pos in ("NOUN", "ADJ", "VERB", "X")
    )


def is_verb_before(note: Annotated, i: int, known: set[str]) -> bool:
    """Is a sentence's first word no part of the known name behind it: "Dismissing Ode was …"?"""
    return (
        (note.pos[i] in ("ADV", "SCONJ") or note.words[i].endswith("ing"))
        and note.words[i] not in known
        and i + 1 < len(note.words)
        and note.words[i + 1] in known
        and note.words[i].lower() not in FIRST_NAMES
    )
