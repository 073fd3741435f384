"""The noun that a number counts: "45,000 modern looms", "nine of the passengers"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from ..text import doc_of
from ..text.tagger import tags_of
from .lexicon import calendar

__all__ = ["Sentence", "Syntax", "counted_noun", "head_after"]

NOMINAL = frozenset({"NOUN", "PROPN"})
DATED = frozenset(calendar()["months"]) - {"may", "march"} | frozenset(calendar()["weekdays"])
STOPPING = DATED | {"last", "next", "this"}
SKIP = frozenset({"ADJ", "ADV", "NUM", "SYM"})
DETERMINERS = frozenset({"the", "these", "those", "its", "his", "her", "their", "our", "my", "your",
                         "all", "such", "this", "that"})  # fmt: skip
GENERIC = frozenset({"percent", "cent", "times", "time", "more", "others", "am", "pm"})
PASSED = frozenset({"more", "other", "additional", "-", "“", '"', "‘", "per", "»", "”"})
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


class Syntax:
    """Tagged sentences on demand.  `prepare` the places first: they are tagged in one go."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.doc = doc_of(text)
        self._ranges = [(a, b) for a, b in self.doc.sentences if a < b]
        self._firsts = [self.doc.starts[a] for a, _ in self._ranges]
        self._paragraphs = [start for start, _ in self.doc.paragraphs]
        self._tagged: dict[int, Sentence] = {}

    def paragraph(self, place: int) -> int:
        """The number of the paragraph at `place`, from 0."""
        return max(0, bisect_right(self._paragraphs, place) - 1)

    def paragraph_text(self, place: int) -> str:
        """The paragraph at `place`, at most 400 characters to either side."""
        start, end = self.doc.paragraphs[self.paragraph(place)]
        return self.text[max(start, place - 400) : min(end, place + 400)]

    def number(self, place: int) -> int:
        """The number of the sentence at `place`."""
        return max(0, bisect_right(self._firsts, place) - 1)

    def prepare(self, places: Iterable[int]) -> None:
        """Tag the sentences at these places."""
        wanted = sorted({self.number(p) for p in places} - set(self._tagged))
        words: list[str] = []
        spans: list[tuple[int, int]] = []
        for a, b in (self._ranges[number] for number in wanted):
            spans.append((len(words), len(words) + b - a))
            words.extend(self.doc.words[a:b])
        tags = tags_of(words, spans) if words else []
        for number, (start, end) in zip(wanted, spans, strict=True):
            here = slice(*self._ranges[number])
            starts, ends = self.doc.starts[here], self.doc.ends[here]
            tagged = Sentence(starts[0], self.doc.words[here], starts, ends, list(tags[start:end]))
            self._tagged[number] = tagged

    def sentence(self, place: int) -> Sentence:
        """The tagged sentence at `place`."""
        number = self.number(place)
        if number not in self._tagged and self._ranges:
            self.prepare([place])
        return self._tagged.get(number) or Sentence(0, [], [], [], [])


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
    if not first and words[i - 1] == "-" and pos[i + 1 : i + 2] in (["NOUN"], ["PROPN"], ["ADJ"]):
        return 1  # "middle-income families", "off-duty British soldiers"
    if single and pos[i + 1 : i + 3] == ["ADJ", "NOUN"]:
        return 2  # "five vice presidential picks"
    shared = single and pos[i + 1 : i + 2] == ["CCONJ"] and pos[i + 3 : i + 4] == ["NOUN"]
    if shared and pos[i + 2] != "NUM" and words[i + 3].endswith("s"):
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
    first = sentence.at(end)
    for i in range(first, min(len(sentence.words), first + MAX_LOOK - 1)):
        low, tag = sentence.words[i].lower(), sentence.pos[i]
        if tag in NOMINAL:
            return _run(sentence, i)
        participle = tag == "VERB" and low.endswith(("ed", "ing"))
        if tag not in SKIP and not participle and low not in {"-", "and", "“", '"', "‘"}:
            return None
    return None


def _run(sentence: Sentence, i: int, *, depth: int = 0) -> str:
    """The noun compound from word i: nouns side by side; a genitive passes on to its noun."""
    words, pos = sentence.words, sentence.pos
    j, k = i, 0
    while j + 1 < len(words) and j - i < 5:
        following = words[j + 1]
        if following in {"'s", "’s", "'", "’"}:
            k = j + 2
            while k < min(len(words), j + 6) and (
                pos[k] in {"ADJ", "NUM"} or words[k][-2:] == "ed"
            ):
                k += 1
            k = k if k < min(len(words), j + 6) and pos[k] in NOMINAL else 0
            break
        asked = following[0].isupper() and words[j].islower() and words[j].endswith("s")
        beside = sentence.starts[j + 1] - sentence.ends[j] <= 1 and following[0].isalnum()
        dated = following.lower().rstrip(".") in DATED
        if asked or dated or not beside or pos[j + 1] not in NOMINAL:
            break  # "the first questions Calipari fielded"
        j += 1
    if not k and pos[j] == "PROPN" and pos[j + 1 : j + 2] == ["ADJ"] and pos[j + 2 : j + 3]:
        k = j + 2 if pos[j + 2] in NOMINAL else 0
    if k:
        return _run(sentence, k, depth=depth + 1) if depth < 3 else words[k]
    start = sentence.starts[i]
    return "".join(
        " " * (s > e) + w
        for w, s, e in zip(
            words[i : j + 1], sentence.starts[i : j + 1], [start, *sentence.ends[i:j]], strict=True
        )
    )
