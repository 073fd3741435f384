"""Spans of a text as sets of its words, so that a quotation mark or a comma more is no mistake."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

Spans = Iterable[Sequence[int]]
WORD = re.compile(r"(?:[^\W_]+['’.,-])*[^\W_]+")
BREAK = re.compile(r"[][,;:()—–]")  # ends the first noun group of a source
ENDS_GROUP = frozenset(
    "of who in for from at with whose that which on to by and including familiar close working "
    "speaking".split()
)
TITLES = frozenset(
    "the a an mr mrs ms miss mx dr prof professor sir dame lord lady madam sen senator rep "
    "representative congressman congresswoman president vice-president minister deputy "
    "secretary-general secretary chancellor governor gov mayor judge justice general gen colonel "
    "col captain capt lieutenant lt sergeant sgt major admiral ambassador councillor councilor rev "
    "reverend bishop king queen prince princess sheikh chairman chairwoman chair".split()
)
TITLES_OF_TWO = frozenset({"vice president", "prime minister", "secretary general"})


class Words:
    """The words of a text, by number."""

    def __init__(self, text: str) -> None:
        found = list(WORD.finditer(text))
        self.text = text
        self.starts, self.ends = [m.start() for m in found], [m.end() for m in found]

    def inside(self, spans: Spans) -> frozenset[int]:
        """The words of which half the letters lie in the spans; of signs alone their places, < 0."""
        spans = [(max(0, start), min(end, len(self.text))) for start, end in spans]
        letters: Counter[int] = Counter()
        for start, end in spans:
            for n in range(bisect_left(self.ends, start + 1), bisect_left(self.starts, end)):
                letters[n] += min(end, self.ends[n]) - max(start, self.starts[n])
        words = [n for n, size in letters.items() if 2 * size >= self.ends[n] - self.starts[n]]
        signs = (at for start, end in spans for at in range(start, end))
        return frozenset(words or (~at for at in signs if not self.text[at].isspace()))

    def heads(self, words: frozenset[int]) -> frozenset[int]:
        """The last word of a source, and of its first noun group."""
        order = sorted(n for n in words if n >= 0)
        if not order:
            return words
        last = order[0]
        for n in order[1:]:
            between = self.text[self.ends[last] : self.starts[n]]
            word = self.text[self.starts[n] : self.ends[n]].lower()
            if n != last + 1 or BREAK.search(between) or word in ENDS_GROUP:
                break
            last = n
        return frozenset({last, order[-1]})


def overlap(one: frozenset[int], two: frozenset[int]) -> float:
    """The share of words that two sets have in common (Jaccard)."""
    return len(one & two) / len(one | two) if one & two else 0.0


def plain(name: str | None) -> str:
    """A name without case, marks at its ends, articles and titles.

    >>> plain("the Prime Minister Dr. Ann Roe’s,")
    "ann roe's"
    """
    words = " ".join((name or "").replace("’", "'").split()).strip(" .,;:'\"“”").casefold().split()
    while len(words) > 1:
        two = len(words) > 2 and " ".join(words[:2]).rstrip(".") in TITLES_OF_TWO
        if not two and words[0].removesuffix(".") not in TITLES:
            break
        words = words[1 + two :]
    return " ".join(words)


def names(written: str | None) -> frozenset[str]:
    """The speakers of "Ann Roe; Li Wu"."""
    return frozenset(filter(None, map(plain, (written or "").split(";"))))


def content_words(text: str | None) -> list[str]:
    """The words of a phrase without articles."""
    return [w for w in re.findall(r"\w+", (text or "").casefold()) if w not in {"the", "a", "an"}]


def word_f1(one: str | None, two: str | None) -> float:
    """How many words two phrases share, 0 to 1."""
    first, second = Counter(content_words(one)), Counter(content_words(two))
    return 2 * (first & second).total() / max(1, first.total() + second.total())


def f1(right: float, gold: float, found: float) -> float:
    """The harmonic mean of precision and recall, in per cent."""
    return 200 * right / (gold + found) if gold + found else 0.0


def percent(part: float, whole: float) -> float:
    return 100 * part / whole if whole else 0.0
