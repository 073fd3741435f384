"""The noun that a number counts: "45,000 modern looms", "nine of the passengers"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from ..text import doc_of
from .lexicon import calendar

NOMINAL = frozenset({"NOUN", "PROPN"})
DATED = frozenset(calendar()["months"]) - {"may", "march"} | frozenset(calendar()["weekdays"])
STOPPING = DATED | {"last", "next", "this"}
SKIP = frozenset({"ADJ", "ADV", "NUM", "SYM"})
DETERMINERS = frozenset("the these those its his her their our my your all such this that".split())
GENERIC = frozenset({"percent", "cent", "times", "time", "more", "others", "am", "pm"})
PASSED = frozenset({"more", "other", "additional", "-", "“", '"', "‘", "per", "»", "”"})
GENITIVES = frozenset({"'s", "’s", "'", "’"})
MAX_LOOK = 9  # words


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence with their places in the text and their tags."""

    start: int
    words: list[str]
    starts: list[int]
    ends: list[int]
    pos: list[str]

    def at(self, place: int) -> int:
        """The number of the first word that ends after `place`."""
        return bisect_right(self.ends, place)

    def tag(self, i: int) -> str:
        """The tag of a word, "" outside the sentence."""
        return self.pos[i] if 0 <= i < len(self.pos) else ""


class Syntax:
    """The sentences and paragraphs of a text by place."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.doc = doc_of(text)
        self._ranges = [(a, b) for a, b in self.doc.sentences if a < b]
        self._firsts = [self.doc.starts[a] for a, _ in self._ranges]
        self._paragraphs = [start for start, _ in self.doc.paragraphs]
        self._sentence = cache(self._cut)

    def paragraph(self, place: int) -> int:
        """The number of the paragraph at `place`, from 0."""
        return max(0, bisect_right(self._paragraphs, place) - 1)

    def alone(self, start: int, end: int) -> bool:
        """Is what stands there the whole paragraph?"""
        first, last = self.doc.paragraphs[self.paragraph(start)]
        around = self.text[max(first, start - 99) : start] + self.text[end : min(last, end + 99)]
        return not around.strip(" .\n\t")

    def number(self, place: int) -> int:
        """The number of the sentence at `place`."""
        return max(0, bisect_right(self._firsts, place) - 1)

    def sentence(self, place: int) -> Sentence:
        """The tagged sentence at `place`."""
        return self._sentence(self.number(place))

    def _cut(self, number: int) -> Sentence:
        here, doc = slice(*self._ranges[number]), self.doc
        starts = doc.starts[here]
        return Sentence(starts[0], doc.words[here], starts, doc.ends[here], doc.pos[here])


def counted_noun(sentence: Sentence, end: int) -> str | None:
    """The noun counted by the number that ends at `end`, as written, compounds included.

    Passes adjectives and participles, and goes through "of the" and a genitive; gives None where a
    verb, a comma or the sentence's end comes first.
    """
    words, pos = sentence.words, sentence.pos
    start = i = sentence.at(end)
    partitive = False
    while i < min(len(words), start + MAX_LOOK):
        low, tag = words[i].lower(), pos[i]
        if low.rstrip(".") in STOPPING:
            return None
        nominal = (tag in NOMINAL or words[i] == "New") and low not in GENERIC
        if nominal and low[0].isalnum() and len(low) > 1:
            step = _beyond(sentence, i, first=i == start)
            if step == 0:
                return _run(sentence, i)
            i += step
        elif tag == "VERB" and i == start and low.endswith("s") and not low.endswith("ss"):
            return words[i]
        elif low in {"of", "out"} and (partitive or i < start + 3):
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
    hyphen = i + 3 < len(words) and words[i + 1] == "-"
    hyphen = hyphen and (single or sentence.starts[i + 1] == sentence.ends[i])
    if hyphen and (pos[i + 2] in {"VERB", "ADJ"} or pos[i + 3] == "NOUN"):
        return 3  # "mail-bomb attacks"
    if not first and words[i - 1] == "-" and sentence.tag(i + 1) in {"NOUN", "PROPN", "ADJ"}:
        return 1  # "middle-income families", "off-duty British soldiers"
    if single and pos[i + 1 : i + 3] == ["ADJ", "NOUN"]:
        return 2  # "five vice presidential picks"
    shared = single and sentence.tag(i + 1) == "CCONJ" and sentence.tag(i + 3) == "NOUN"
    if shared and pos[i + 2] != "NUM" and words[i + 3].endswith("s"):
        return 3  # "Kia and Hyundai vehicles", "amateur and trained astronomers"
    return 0


def _passed(sentence: Sentence, i: int, *, start: int, partitive: bool) -> bool:
    """May the word at i stand between a number and its noun?"""
    words, low, tag = sentence.words, sentence.words[i].lower(), sentence.pos[i]
    after, following = "".join(words[i + 1 : i + 2]), sentence.tag(i + 1)
    if low in PASSED or words[i] == "new" or after == "-" or partitive and low in DETERMINERS:
        return True
    if low in {"(", ")"}:
        return i < start + 3 and (words[i - 1].isdigit() or after.isdigit())
    if tag == "VERB":
        participle = low.endswith(("ed", "ing", "en")) or words[i - 1] == "-"
        return participle and following in {*NOMINAL, "ADJ"}
    if tag == "CCONJ" or low == ",":
        return sentence.tag(i - 1) == following == "ADJ"
    return tag in SKIP and low not in GENERIC


def head_after(sentence: Sentence, end: int) -> str | None:
    """The noun that an ordinal stands with: "the second UN ministerial conference"."""
    first = sentence.at(end)
    for i in range(first, min(len(sentence.words), first + MAX_LOOK - 1)):
        low, tag = sentence.words[i].lower(), sentence.pos[i]
        if tag in NOMINAL:
            return _run(sentence, i)
        participle = tag == "VERB" and low.endswith(("ed", "ing"))
        if tag not in SKIP and not participle and low not in {"-", "and", "“", '"', "‘"}:
            break
    return None


def _run(sentence: Sentence, i: int, *, depth: int = 0) -> str:
    """The noun compound from word i: nouns side by side; a genitive passes on to its noun."""
    words, j = sentence.words, i
    while j + 1 < len(words) and j - i < 5:
        following = words[j + 1]
        if following in GENITIVES and depth < 4:
            k = j + 2
            while k < min(len(words), j + 6) and (
                sentence.tag(k) in {"ADJ", "NUM"} or words[k].endswith("ed")
            ):
                k += 1
            if sentence.tag(k) in NOMINAL:
                return _run(sentence, k, depth=depth + 1)
            break
        asked = following[0].isupper() and words[j].islower() and words[j].endswith("s")
        beside = sentence.starts[j + 1] - sentence.ends[j] <= 1 and following[0].isalnum()
        dated = following.lower().rstrip(".") in DATED
        if asked or dated or not beside or sentence.tag(j + 1) not in NOMINAL:
            break  # "the first questions Calipari fielded"
        j += 1
    if (
        [*sentence.pos[j : j + 2]] == ["PROPN", "ADJ"]
        and sentence.tag(j + 2) in NOMINAL
        and depth < 4
    ):
        return _run(sentence, j + 2, depth=depth + 1)  # "Dataproducts common shares"
    apart = [
        False,
        *(s > e for s, e in zip(sentence.starts[i + 1 :], sentence.ends[i:], strict=False)),
    ]
    return "".join(" " * gap + word for word, gap in zip(words[i : j + 1], apart, strict=False))
