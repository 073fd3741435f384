"""Dictionary forms of words, by tag: irregular forms first, then the longest learnt ending.

The endings are learnt by `python -m helpers.training.tagger`; see `models/tagger.md`.
"""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

from .data import read_list

STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'"})
LONGEST = 7  # letters of an ending; a whole word is written "^word"
AFTER_HER = frozenset({"NOUN", "PROPN", "ADJ", "NUM"})


@lru_cache(maxsize=1)
def _endings() -> dict[str, tuple[int, str]]:
    """The learnt endings, as {"VERB pped": (3, "")}: how many letters go, what comes instead."""
    raw = files("helpers").joinpath("models", "lemmas.txt.gz").read_bytes()
    found = {}
    for line in gzip.decompress(raw).decode("utf-8").splitlines():
        tag, ending, cut, added = line.split("\t")
        found[f"{tag} {ending}"] = int(cut), added
    return found


@lru_cache(maxsize=1)
def irregular() -> dict[tuple[str, str], str]:
    """{(form, tag): lemma} of the irregular verbs and nouns."""
    found: dict[tuple[str, str], str] = {}
    for line in read_list("irregular_verbs.txt")[""]:
        base, *forms = line.replace("/", " ").split()
        for form in forms:
            found.setdefault((form, "VERB"), base)
    for line in read_list("irregular_nouns.txt")[""]:
        singular, plural = line.split()
        found.setdefault((plural, "NOUN"), singular)
    return found


@lru_cache(maxsize=200_000)
def lemma_of(word: str, tag: str) -> str:
    """The dictionary form of a word with this universal tag: lower case but for proper nouns.

    >>> lemma_of("accompanied", "VERB"), lemma_of("n’t", "PART"), lemma_of("Bangkok", "PROPN")
    ('accompany', 'not', 'Bangkok')
    """
    form = word.translate(STRAIGHT)
    low = form if tag == "PROPN" else form.lower()
    endings = _endings()
    step = endings.get(f"{tag} ^{low.lower()}")
    if step is None:
        if known := irregular().get((low, tag)):
            return known
        if (1 < len(word) <= 5 and word.isupper()) or not low[-1:].isalpha() or "." in low:
            return low  # GPS, re-, un.org: no endings
        for size in range(min(LONGEST, len(low)), -1, -1):
            step = endings.get(f"{tag} {low[len(low) - size :].lower()}")
            if step is not None:
                break
    cut, added = step or (0, "")
    if cut >= len(low) and not added or cut > len(low):
        return low
    lemma = low[: len(low) - cut] + added
    return "I" if lemma == "i" and tag == "PRON" else lemma


def lemmas_of(words: Sequence[str], tags: Sequence[str]) -> list[str]:
    """The dictionary form of each word with its tag."""
    lemmas = list(map(lemma_of, words, tags))
    for i, tag in enumerate(tags):
        if tag == "PRON" and words[i].lower() == "her":  # her trade, to her
            lemmas[i] = "her" if tags[i + 1 : i + 2] and tags[i + 1] in AFTER_HER else "she"
    return lemmas
