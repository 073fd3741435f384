"""The noun that a number counts: "45,000 modern looms", "nine of the passengers", "23-page"."""

from __future__ import annotations

import re

from .lexicon import calendar
from .syntax import Sentence

__all__ = ["counted_noun", "head_after"]

SUFFIX = re.compile(r"-\s?(?P<noun>[a-z]{2,}(?:-[a-z]+)?)(?![\w])")
NOT_SUFFIX = frozenset(
    {"and", "or", "to", "the", "in", "of", "fold", "year", "odd", "plus", "ish", "up"}
)
NOMINAL = frozenset({"NOUN", "PROPN"})
_CALENDAR = calendar()
DATED = frozenset(_CALENDAR["months"]) - {"may", "march"} | frozenset(_CALENDAR["weekdays"])
SKIP = frozenset({"ADJ", "ADV", "NUM", "SYM"})
PARTITIVES = frozenset({"of", "out"})
DETERMINERS = frozenset({"the", "these", "those", "its", "his", "her", "their", "our", "my", "your",
                         "all", "such", "this", "that"})  # fmt: skip
GENERIC = frozenset({"percent", "cent", "times", "time", "more", "others", "am", "pm"})
PASSED = frozenset({"more", "other", "additional", "-", "“", '"', "‘", "per", "»", "”"})
MAX_LOOK = 9


def suffix_noun(text: str, end: int) -> tuple[str, int] | None:
    """The noun of a hyphenated count and where it ends: "16-rider", "312-seat", "1,200-strong"."""
    m = SUFFIX.match(text, end)
    if m is None or m["noun"].split("-")[0] in NOT_SUFFIX:
        return None
    return m["noun"].split("-")[0], m.end()


def counted_noun(sentence: Sentence, end: int) -> str | None:
    """The noun counted by the number that ends at `end`, as written, compounds included.

    Passes adjectives and participles, and goes through "of the" and a genitive; gives None where a
    verb, a comma or the sentence's end comes first.
    """
    words, pos = sentence.words, sentence.pos
    start = i = sentence.at(end)
    limit = min(len(words), i + MAX_LOOK)
    partitive = False
    while i < limit:
        low, tag = words[i].lower(), pos[i]
        if low in {"last", "next", "this"} or low.rstrip(".") in DATED:
            return None
        nominal = (tag in NOMINAL or words[i] == "New") and low not in GENERIC
        if nominal and low[0].isalnum() and len(low) > 1:
            step = _beyond(sentence, i, first=i == start)
            if step == 0:
                return _run(sentence, i)
            i += step
        elif tag == "VERB" and i == start and low.endswith("s") and not low.endswith("ss"):
            return words[i]
        elif low in PARTITIVES and (partitive or i < start + 3):
            partitive = True
            i += 1
        elif _passed(sentence, i, start=start, partitive=partitive):
            i += 1
        else:
            return None
    return None


def _beyond(sentence: Sentence, i: int, *, first: bool) -> int:
    """How many words on the counted noun lies where the noun at i is only a part of its name."""
    words, pos = sentence.words, sentence.pos
    single = words[i][-1].lower() != "s"
    if (
        i + 3 < len(words)
        and words[i + 1] == "-"
        and (single or sentence.starts[i + 1] == sentence.ends[i])
        and (pos[i + 2] in {"VERB", "ADJ"} or pos[i + 3] == "NOUN")
    ):
        return 3  # "mail-bomb attacks"
    if not first and words[i - 1] == "-" and pos[i + 1 : i + 2] in (["NOUN"], ["PROPN"], ["ADJ"]):
        return 1  # "middle-income families", "off-duty British soldiers"
    if single and pos[i + 1 : i + 3] == ["ADJ", "NOUN"]:
        return 2  # "five vice presidential picks"
    single = single and pos[i + 2 : i + 3] != ["NUM"]
    shared = single and pos[i + 1 : i + 2] == ["CCONJ"] and pos[i + 3 : i + 4] == ["NOUN"]
    if shared and words[i + 3].endswith("s"):
        return 3  # "Kia and Hyundai vehicles", "amateur and trained astronomers"
    return 0


def _passed(sentence: Sentence, i: int, *, start: int, partitive: bool) -> bool:
    """May the word at i stand between a number and its noun?"""
    words, pos = sentence.words, sentence.pos
    low, tag = words[i].lower(), pos[i]
    after = words[i + 1] if i + 1 < len(words) else ""
    following = pos[i + 1] if after else ""
    if low in PASSED or words[i] == "new" or after == "-" or partitive and low in DETERMINERS:
        return True
    if low in {"(", ")"}:
        return i < start + 3 and (words[i - 1].isdigit() or after.isdigit())
    if tag == "VERB":
        participle = low.endswith(("ed", "ing", "en")) or words[i - 1] == "-"
        return participle and following in {*NOMINAL, "ADJ"}
    if tag == "CCONJ" or low == ",":
        return i > 0 and pos[i - 1] == following == "ADJ"
    return tag in SKIP and low not in GENERIC


def head_after(sentence: Sentence, end: int) -> str | None:
    """The noun that an ordinal stands with: "the second UN ministerial conference"."""
    i = sentence.at(end)
    words, pos = sentence.words, sentence.pos
    limit = min(len(words), i + 8)
    while i < limit:
        low, tag = words[i].lower(), pos[i]
        if tag in NOMINAL:
            return _run(sentence, i)
        if (
            tag in SKIP
            or low in {"-", "and", "“", '"', "‘"}
            or tag == "VERB"
            and low.endswith(("ed", "ing"))
        ):
            i += 1
            continue
        return None
    return None


def _run(sentence: Sentence, i: int, *, depth: int = 0) -> str:
    """The noun compound from word i: nouns side by side; a genitive passes on to its noun."""
    words, pos = sentence.words, sentence.pos
    j = i
    while j + 1 < len(words) and j - i < 5:
        following = words[j + 1]
        if following.lower().rstrip(".") in DATED:
            break
        if following[0].isupper() and words[j].islower() and words[j].endswith("s"):
            break  # "the first questions Calipari fielded"
        if (
            pos[j + 1] in NOMINAL
            and following[0].isalnum()
            and sentence.starts[j + 1] - sentence.ends[j] <= 1
        ):
            j += 1
        elif following in {"'s", "’s", "'", "’"} and j + 2 < len(words):
            k = j + 2
            while k < min(len(words), j + 6) and (
                pos[k] in {"ADJ", "NUM"} or words[k].endswith("ed")
            ):
                k += 1
            if k < len(words) and pos[k] in NOMINAL and k < j + 6:
                return _run(sentence, k, depth=depth + 1) if depth < 3 else words[k]
            break
        else:
            break
    beyond = pos[j + 1 : j + 3]
    if pos[j] == "PROPN" and beyond[:1] == ["ADJ"] and beyond[1:] and beyond[1] in NOMINAL:
        return _run(sentence, j + 2, depth=depth + 1) if depth < 3 else words[j + 2]
    text = []
    for k in range(i, j + 1):
        if k > i and sentence.starts[k] > sentence.ends[k - 1]:
            text.append(" ")
        text.append(words[k])
    return "".join(text)
