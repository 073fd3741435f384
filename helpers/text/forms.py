"""Forms of one word as one: number, and the stem that related words share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from .data import read_list, words_in
from .lemmas import irregular

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
    if low.endswith("oes") and len(low) > 5:
        return low[:-2]
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
    return _stemmer()(word)


@cache
def _stemmer() -> Callable[[str], str]:
    from nltk.stem import PorterStemmer  # takes a second, for which `load` should not have to wait

    return PorterStemmer().stem


def generic_words() -> frozenset[str]:
    """The words of `data/generic_words.txt`, which never stand in a key phrase."""
    return words_in("generic_words.txt")


def name_words() -> frozenset[str]:
    """Those generic words that may be part of a name, such as "New York", "Second Conference"."""
    return words_in("generic_words.txt", "vague", "adjective")


def role_words() -> frozenset[str]:
    """The offices and occupations of `data/roles.txt`."""
    return words_in("roles.txt", "any", "male", "female")


def body_words() -> frozenset[str]:
    """What bodies are called, from `data/organisations.txt`: "ministry", "bank", "committee"."""
    return words_in("organisations.txt", "companies", "public")


def first_names() -> frozenset[str]:
    """The first names of `data/first_names.txt`."""
    return words_in("first_names.txt")


@cache
def _irregular() -> dict[str, str]:
    """Plural → singular, from `data/irregular_nouns.txt` and `data/plurals.txt`."""
    known = {form: lemma for (form, tag), lemma in irregular().items() if tag == "NOUN"}
    return known | dict(line.split() for line in read_list("plurals.txt")[""])
