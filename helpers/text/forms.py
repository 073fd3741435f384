"""Forms of one word as one: number, and the stem that related words share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache, partial

from .data import read_list, words_in
from .doc import Doc, view
from .lemmas import irregular

UNCHANGED = ("ss", "us", "is", "ics", "news", "'s")
PLURALS = (  # ending, what stands for it, least letters of the word
    ("ies", "y", 5), ("oes", "o", 6), ("sses", "ss", 4), ("shes", "sh", 4), ("ches", "ch", 4),
    ("xes", "x", 4), ("zes", "z", 4), ("s", "", 4),
)  # fmt: skip
generic_words = partial(words_in, "generic_words.txt")  # never stand in a key phrase
name_words = partial(words_in, "generic_words.txt", "vague", "adjective")  # but in names: New York
role_words = partial(words_in, "roles.txt", "any", "male", "female")  # offices and occupations
body_words = partial(words_in, "organisations.txt", "companies", "public")  # ministry, bank
first_names = partial(words_in, "first_names.txt")
OBJECTS = frozenset("NOUN PROPN ADJ DET PRON NUM SCONJ".split())  # open what is behind a verb


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
    for ending, singular, least in () if low.endswith(UNCHANGED) else PLURALS:
        if low.endswith(ending) and len(low) >= least:
            return low.removesuffix(ending) + singular
    return low


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


@view
def headline_verbs(doc: Doc) -> frozenset[int]:
    """The numbers of the words that are a headline's verb, which its tag seldom tells.

    >>> headline_verbs("Audit Office Publishes Report")
    frozenset({2})
    """
    known, found = words_in("headline_verbs.txt"), set[int]()
    for first, after in doc.sentences:
        if doc.words[after - 1][-1] not in ".!?…":
            inner = range(first + 1, after - 1)
            verbs = (
                k for k in inner if doc.words[k].lower() in known and doc.words[k - 1].isalpha()
            )
            found.update(k for k in [next(verbs, 0)] if k and doc.pos[k + 1] in OBJECTS)
    return frozenset(found)


@cache
def _irregular() -> dict[str, str]:
    """Plural → singular, from `data/irregular_nouns.txt` and `data/plurals.txt`."""
    known = {form: lemma for (form, tag), lemma in irregular().items() if tag == "NOUN"}
    return known | dict(line.split() for line in read_list("plurals.txt")[""])
