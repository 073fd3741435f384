"""Forms of one word as one: number, and the stem that related words share."""
from __future__ import annotations

from functools import lru_cache

from nltk.stem import PorterStemmer

from .words import read_list

__all__ = ["generic_words", "name_words", "singular", "stem"]

_PORTER = PorterStemmer()
UNCHANGED = ("ss", "us", "is", "ics", "news", "'s")


@lru_cache(maxsize=200_000)
def singular(word: str) -> str:
    """The word in lower case and singular; a word that has no plural stays as it is.

    Goes by the ending and a list of irregular plurals, so that "Laos" becomes "lao": good for
    comparing words, not for showing them.

    >>> [singular(word) for word in ("Roads", "countries", "women", "crisis", "gas", "gases")]
    ['road', 'country', 'woman', 'crisis', 'gas', 'gas']
    """
    low = word.lower().replace("’", "'")
    known = _irregular().get(low)
    if known is not None:
        return known
    if len(low) < 4 or not low.endswith("s") or low.endswith(UNCHANGED):
        return low
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("sses", "shes", "ches", "xes", "zes")):
        return low[:-2]
    return low[:-1]


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """Porter's stem in lower case: related words are one, such as "economy" and "economies".

    Joins too much at times ("organ" and "organisation"): for counting, never for showing.

    >>> stem("Investments") == stem("investing")
    True
    """
    return _PORTER.stem(word)


@lru_cache(maxsize=1)
def generic_words() -> frozenset[str]:
    """The words of `data/generic_words.txt`, which never stand in a key phrase."""
    return frozenset(word for words in read_list("generic_words.txt").values() for word in words)


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """Those generic words that may be part of a name, such as "New York", "Second Conference"."""
    lists = read_list("generic_words.txt")
    return frozenset(word for section in ("vague", "adjective") for word in lists[section])


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    """Plural → singular, from `data/plurals.txt`."""
    return {plural: one for line in read_list("plurals.txt")[""]
            for plural, _, one in [line.partition(" ")]}
