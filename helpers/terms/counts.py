"""Words in numbers: frequency, keyness, and the company that words keep."""
from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from functools import lru_cache
from math import erfc, log, log2, sqrt
from typing import Literal

import pandas as pd

from ..documents import KitError
from ..tokens import annotate
from ..words import read_list

__all__ = ["collocations", "count_terms", "keyness", "stop_words"]

Form = Literal["word", "lemma"]

COUNTS = ["term", "count", "per_1000", "documents"]
KEYNESS = ["term", "g2", "log_ratio", "p_adjusted", "count_a", "count_b", "per_1000_a",
           "per_1000_b", "documents_a", "documents_b"]
COLLOCATIONS = ["term", "with", "count", "expected", "g2", "mi", "log_dice"]


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """The function words of `data/stop_words.txt`.

    >>> "the" in stop_words()
    True
    """
    return frozenset(read_list("stop_words.txt")[""])


def count_terms(documents: pd.DataFrame, *, form: Form = "word",
                stop: Collection[str] | None = None) -> pd.DataFrame:
    """The frequency list: term, count, per_1000 (of all words), documents; commonest first.

    form : "word" counts words in lower case, "lemma" dictionary forms (which needs tagging).
    stop : words left out; None takes `stop_words()`, `()` leaves none out.

    >>> count_terms(pd.DataFrame({"text": ["Roads, roads and bridges."]})).head(1).values.tolist()
    [['roads', 2, 500.0, 1]]
    """
    counts, spread, total = _count(documents, form)
    left_out = stop_words() if stop is None else frozenset(stop)
    rows = [(term, n, 1000 * n / total, spread[term]) for term, n in counts.items()
            if term not in left_out]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=COUNTS)


def keyness(a: pd.DataFrame, b: pd.DataFrame, *, form: Form = "word", minimum: int = 3,
            stop: Collection[str] | None = None) -> pd.DataFrame:
    """Which words set documents `a` apart from documents `b`, the strongest first.

    G² says how sure it is that the shares differ, the log ratio how much; a word that one
    document repeats is no trait of the group, so look at `documents_a` too.  Thousands of words
    are compared at once: `p_adjusted` allows for that (Bonferroni), but not for the fact that
    words come in clusters, so take it as a sieve, not as proof.

    a, b : documents tables, such as one source's and all others'.
    minimum : a word's least count in both together.

    Returns columns term; g2 (negative when the word is commoner in `b`; Dunning 1993, on the
    two counts and the rest); log_ratio (Hardie 2014: each step is twice the share; a count of
    0 is taken as 0.5); p_adjusted; count_, per_1000_ and documents_ of a and b.

    >>> one, other = (pd.DataFrame({"text": [t * 9]}) for t in ("We trade. ", "We talk. "))
    >>> keyness(one, other).term.tolist()
    ['trade', 'talk']
    """
    (n_a, d_a, total_a), (n_b, d_b, total_b) = (_count(x, form) for x in (a, b))
    left_out = stop_words() if stop is None else frozenset(stop)
    terms = [t for t in sorted(n_a.keys() | n_b.keys())
             if t not in left_out and n_a[t] + n_b[t] >= minimum]
    rows = []
    for term in terms:
        x, y = n_a[term], n_b[term]
        g2 = _g2(x, total_a - x, y, total_b - y)
        ratio = log2(((x or 0.5) / max(total_a, 1)) / ((y or 0.5) / max(total_b, 1)))
        p = min(1.0, erfc(sqrt(g2 / 2)) * len(terms))
        more = x * total_b >= y * total_a
        rows.append((term, g2 if more else -g2, ratio, p, x, y, 1000 * x / max(total_a, 1),
                     1000 * y / max(total_b, 1), d_a[term], d_b[term]))
    rows.sort(key=lambda row: (-row[1], row[0]))
    return pd.DataFrame(rows, columns=KEYNESS)


def collocations(documents: pd.DataFrame, node: str | None = None, *, window: int = 5,
                 minimum: int = 2, stop: Collection[str] | None = None) -> pd.DataFrame:
    """Which words keep company more than chance would have it, the surest first.

    node : a word; the table then holds its company only.  None compares all pairs.
    window : how many words apart, to the left or right, within a sentence.
    minimum : the least number of times together.

    Returns columns term, with (in a pair without a node, the word that comes first in the
    alphabet is `term`), count (times together), expected (by chance: the neighbours of both by
    all neighbours), g2 (log-likelihood, negative when they avoid each other),
    mi (log2 of count by expected: favours rare words), log_dice (at most 14; does not depend on
    the size of the texts, Rychlý 2008).

    >>> text = "Free trade helps. They want free trade."
    >>> collocations(pd.DataFrame({"text": [text]}), "trade").head(1)[["with", "count"]].values
    array([['free', 2]], dtype=object)
    """
    left_out = stop_words() if stop is None else frozenset(stop)
    wanted = node.lower() if node else None
    single: Counter[str] = Counter()
    near: Counter[str] = Counter()  # neighbours of all a word's occurrences
    pairs: Counter[tuple[str, str]] = Counter()
    for text in documents["text"]:
        note = annotate(text)
        for first, after in note.sentences:
            words = [w.lower() for w in note.words[first:after] if w[0].isalnum()]
            single.update(words)
            for i, word in enumerate(words):
                near[word] += min(i, window) + min(len(words) - 1 - i, window)
                if word in left_out and word != wanted:
                    continue
                for other in words[i + 1:i + 1 + window]:
                    if other != word and (other not in left_out or other == wanted) and (
                            wanted is None or wanted in (word, other)):
                        pairs[min(word, other), max(word, other)] += 1
    total = sum(near.values())
    rows = []
    for (word, other), n in pairs.items():
        if n < minimum:
            continue
        if other == wanted:
            word, other = other, word
        x, y = near[word], near[other]
        expected = x * y / total
        g2 = _g2(n, x - n, y - n, total - x - y + n)
        rows.append((word, other, n, expected, g2 if n >= expected else -g2, log2(n / expected),
                     14 + log2(2 * n / (single[word] + single[other]))))
    rows.sort(key=lambda row: (-row[4], row[0], row[1]))
    return pd.DataFrame(rows, columns=COLLOCATIONS)


def _count(documents: pd.DataFrame, form: Form) -> tuple[Counter[str], Counter[str], int]:
    """How often each word occurs, in how many documents, and the number of all words."""
    if form not in ("word", "lemma"):
        raise KitError(f"no form {form!r} of words; give 'word' or 'lemma'")
    counts: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for text in documents["text"]:
        note = annotate(text)
        forms = note.words if form == "word" else note.lemmas
        own = Counter(f.lower() for f, word in zip(forms, note.words, strict=True)
                      if word[0].isalnum())
        counts.update(own)
        spread.update(own.keys())
    return counts, spread, sum(counts.values())


def _g2(a: float, b: float, c: float, d: float) -> float:
    """The log-likelihood ratio of the table [[a, b], [c, d]]; 0 when nothing is surprising."""
    total, value = a + b + c + d, 0.0
    for cell, row, column in ((a, a + b, a + c), (b, a + b, b + d),
                              (c, c + d, a + c), (d, c + d, b + d)):
        if cell > 0:
            value += cell * log(cell * total / (row * column))
    return max(0.0, 2 * value)
