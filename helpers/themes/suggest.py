"""Suggested words: what else stands where a theme's words stand, for you to accept or not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..documents import english
from ..text import doc_of, words_in
from .corpus import read_passages
from .counting import log_likelihood
from .dictionary import Dictionary

__all__ = ["suggest_words"]

COLUMNS = "theme word score p_adjusted count passages with_theme example".split()
CONTEXT = 40  # characters on either side in an example
PART_OF_PHRASE = 0.8  # share of a word's passages in one phrase from which the word is left out


def suggest_words(
    documents: pd.DataFrame, *, themes: Mapping[str, Sequence[str]], top: int = 10, minimum: int = 2
) -> pd.DataFrame:
    """Words that stand in the same paragraphs as a theme's words more often than by chance.

    Nothing is added to any theme: who likes a word writes it into the dictionary.  Never suggested
    are the theme's own words and phrases with them, function words, verbs of saying, and generic
    words ("year", "million").  Phrases are ("interest rates", see `read_corpus`), and then stand
    for the words that hardly occur without each other.  Does not know why words stand together: a
    name that one story repeats goes with its theme as surely as a true word of it, so read the
    example.  In one article hardly anything is sure: look at `p_adjusted`.

    documents : the documents table; those in another language than English are left out.
    themes : {theme: entries}, such as `load_themes(path)` gives.
    top : how many words a theme gets at most.
    minimum : the fewest passages that must hold the word together with the theme.

    Returns, themes in their order and the surest words first, columns theme; word (ready for the
    dictionary); score (G² of the passages with the word and with the theme, Dunning 1993);
    p_adjusted (the probability of so many passages by chance, by Fisher's exact test, times the
    number of words compared); count (of the word); passages (paragraphs that hold it); with_theme
    (those of them that hold the theme's words, too); example (the first such place).
    Raises KitError when the entries of a theme are not a list of words.

    >>> texts = ["The road is closed to lorries.", "A road for lorries.", "Fish swim.", "Fish eat."]
    >>> found = suggest_words(pd.DataFrame({"text": texts}), themes={"transport": ["road"]})
    >>> found[["word", "passages", "with_theme"]].values.tolist()
    [['lorries', 2, 2]]
    """
    from scipy.stats import hypergeom  # takes a second: not for every import

    dictionary = Dictionary(themes)
    places, corpus = read_passages(english(documents))
    hits = [{hit.theme for hit in dictionary.hits(doc_of(text))} for text in places["text"]]
    has = (corpus.counts > 0).astype(int).tocsc()
    total, alone = len(corpus), has.sum(axis=0).A1
    plain = ~corpus.generic & ~np.isin(corpus.keys.astype(str), sorted(words_in("saying.txt")))
    rows = []
    for theme, entries in themes.items():
        own, said = Dictionary({theme: entries}), np.array([theme in found for found in hits], int)
        both, size = has.T @ said, said.sum()
        terms = [
            term
            for term in np.flatnonzero(plain & (both >= minimum))
            if not any(own.hits(doc_of(form)) for form in (corpus.keys[term], corpus.shown[term]))
        ]
        x, y = both[terms], alone[terms]
        score = log_likelihood(x, y - x, size - x, total - size - y + x).round(4)
        p = np.minimum(1.0, hypergeom.sf(x - 1, total, y, size) * len(terms))
        phrases = [(corpus.keys[term].split(), both[term]) for term in terms]
        most: dict[str, int] = {}  # of each word, the most passages that it has in one phrase
        for words, times in phrases:
            for word in words if len(words) > 1 else ():
                most[word] = max(most.get(word, 0), times)
        chosen = [
            n
            for n, (words, times) in enumerate(phrases)
            if x[n] * total > size * y[n]
            and (len(words) > 1 or most.get(words[0], 0) < PART_OF_PHRASE * times)
        ]
        chosen.sort(key=lambda n: (-score[n], corpus.keys[terms[n]]))
        for n in chosen[:top]:
            term = terms[n]
            shown = corpus.shown[term]
            passage = places["text"].iloc[(has[:, [term]].toarray().ravel() * said).argmax()]
            places_of = Dictionary({"": [corpus.keys[term], shown]}).hits(doc_of(passage))
            first = places_of[0].start if places_of else 0
            begin = passage.rfind(" ", 0, max(0, first - CONTEXT)) + 1
            rest = passage.find(" ", first + 2 * CONTEXT)
            example = passage[begin : rest if rest > 0 else None]
            counts = int(corpus.counts[:, [term]].sum()), int(y[n]), int(x[n])
            word = shown if shown.isupper() else shown.lower()
            rows.append((theme, word, score[n], p[n], *counts, " ".join(example.split())))
    return pd.DataFrame(rows, columns=COLUMNS)
