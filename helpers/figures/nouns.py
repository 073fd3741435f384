"""The noun that a number counts: "45,000 modern looms", "nine of the passengers", "23-page"."""

from __future__ import annotations

import re

from helpers.figures.lexicon import calendar
from helpers.figures.syntax import Sentence

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
MAX_LOOK = 9


def suffix_noun(text: str, end: int) -> tuple[str, int] | None:
    """The noun of a hyphenated count and where it ends: "16-rider", "312-seat", "1,200-strong"."""
    m = SUFFIX.match(text, end)
    if m is None or m["noun"].split("-")[0] in NOT_SUFFIX:
        return None
    return m["noun"].split("-")[0], m.end()


def counted_noun(sentence: Sentence, end: int, *, plural: bool = True) -> str | None:
    """The noun counted by the number that ends at `end`, as written, compounds included.

    Passes adjectives and participles, and goes through "of the" and a genitive; gives None where a
    verb, a comma or the sentence's end comes first.
    """
    i = sentence.at(end)
    words, pos = sentence.words, sentence.pos
    start_at, limit = i, min(len(words), i + MAX_LOOK)
    partitive = False
    while i < limit:
        low, tag = words[i].lower(), pos[i]
        if tag in NOMINAL and low not in GENERIC and low[0].isalnum():
            if i + 2 < len(words) and words[i + 1] == "-" and pos[i + 2] in {"VERB", "ADJ"}:
                i += 3
                continue
            if i > start_at and words[i - 1] == "-" and pos[i + 1 : i + 2] in (["NOUN"], ["PROPN"]):
                i += 1
                continue  # "middle-income families"
            shared = pos[i + 1 : i + 4] == ["CCONJ", "PROPN", "NOUN"] and low[-1] != "s"
            if tag == "PROPN" and shared and words[i + 3].endswith("s"):
                return words[i + 3]  # "Kia and Hyundai vehicles"
            return _run(sentence, i)
        if low in {"last", "next", "this"}:
            return None
        if (
            tag == "VERB"
            and plural
            and low.endswith("s")
            and not low.endswith("ss")
            and i == sentence.at(end)
        ):
            return words[i]
        if low in PARTITIVES and not partitive and i < sentence.at(end) + 3:
            partitive = True
        elif (
            low in {"(", ")"}
            and i < sentence.at(end) + 3
            and (words[i - 1].isdigit() or words[min(i + 1, limit - 1)].isdigit())
            or low in {"more", "other", "additional", "new", "-", "“", '"', "‘", "per", "»", "”"}
            or partitive
            and (low in DETERMINERS or tag in {"DET", "PRON"})
            and low in DETERMINERS
            or tag in SKIP
            and low not in GENERIC
            or tag == "VERB"
            and low.endswith(("ed", "ing", "en"))
            and i + 1 < limit
            and (pos[i + 1] in NOMINAL or pos[i + 1] == "ADJ")
            or tag == "ADP"
            and partitive
            and low == "of"
            or tag == "CCONJ"
            and i > 0
            and pos[i - 1] == "ADJ"
            and i + 1 < limit
            and pos[i + 1] == "ADJ"
            or tag == "PUNCT"
            and low == ","
            and pos[i - 1] == "ADJ"
            and i + 1 < limit
            and pos[i + 1] == "ADJ"
        ):
            pass
        else:
            return None
        i += 1
    return None


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
