"""Suggested words: what else stands where a theme's words stand, for you to accept or not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..documents import english
from ..text import doc_of, paragraphs
from ..text.words import Span, read_list, split_words
from .corpus import Corpus, read_corpus
from .counting import log_likelihood, npmi
from .dictionary import Dictionary

__all__ = ["suggest_words"]

COLUMNS = (
    "theme word score npmi p_adjusted count passages with_theme doc start end example"
).split()
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
    dictionary); score (G² of the passages with the word and with the theme, Dunning 1993); npmi
    (1 always together, 0 as by chance); p_adjusted (the probability of so many passages by chance,
    by Fisher's exact test, times the number of words compared); count (of the word); passages
    (paragraphs that hold it); with_theme (those of them that hold the theme's words, too); doc,
    start, end, example (the first such place).
    Raises KitError when the entries of a theme are not a list of words.

    >>> texts = ["The road is closed to lorries.", "A road for lorries.", "Fish swim.", "Fish eat."]
    >>> found = suggest_words(pd.DataFrame({"text": texts}), themes={"transport": ["road"]})
    >>> found[["word", "passages", "with_theme"]].values.tolist()
    [['lorries', 2, 2]]
    """
    texts = english(documents)["text"]
    dictionary = Dictionary(themes)
    places = [(doc, start, end) for doc, text in texts.items() for start, end in paragraphs(text)]
    passages = [texts[doc][start:end] for doc, start, end in places]
    corpus = read_corpus(pd.DataFrame({"text": passages}, dtype=object))
    said = np.zeros((len(passages), len(dictionary.themes)), int)
    numbers = {theme: number for number, theme in enumerate(dictionary.themes)}
    for row, passage in zip(said, passages, strict=True):
        for hit in dictionary.hits(doc_of(passage)):
            row[numbers[hit.theme]] = 1
    has = corpus.counts.astype(bool).astype(int).tocsc()
    counts, alone = (np.asarray(cells.sum(axis=0)).ravel() for cells in (corpus.counts, has))
    saying = frozenset(read_list("saying.txt")[""])
    plain = np.array([key not in saying for key in corpus.keys], bool) & ~corpus.generic
    rows = []
    for theme, number in numbers.items():
        both = has.T @ said[:, number]
        own = Dictionary({theme: themes[theme]})
        terms = [
            term
            for term in np.flatnonzero(plain & (both >= minimum))
            if not any(own.hits(doc_of(form)) for form in (corpus.keys[term], corpus.shown[term]))
        ]
        ranked = _ranked(corpus, terms, both, alone, size=int(said[:, number].sum()))
        for term, *measured in ranked[:top]:
            passage = min(n for n in has[:, [term]].nonzero()[0] if said[n, number])
            doc, begin, _ = places[passage]
            start, end = (begin + at for at in _place(corpus, term, passage, passages[passage]))
            shown = corpus.shown[term]
            word = shown if shown.isupper() else shown.lower()
            found = (int(counts[term]), int(alone[term]), int(both[term]), doc, start, end)
            rows.append((theme, word, *measured, *found, _example(texts[doc], start, end)))
    return pd.DataFrame(rows, columns=COLUMNS)


def _ranked(
    corpus: Corpus, terms: Sequence[int], both: np.ndarray, alone: np.ndarray, *, size: int
) -> list[tuple]:
    """The terms that go with a theme, the surest first: term, score, NPMI, p.

    both, alone : the passages of each term that have the theme, and all of them.
    size : the passages of the theme.
    """
    from scipy.stats import hypergeom  # takes a second: not for every import

    total, both, alone = len(corpus), both[terms], alone[terms]
    score = log_likelihood(both, alone - both, size - both, total - size - alone + both).round(4)
    close = np.nan_to_num(npmi(both, alone, size, total)).round(4)
    p = np.minimum(1.0, hypergeom.sf(both - 1, total, alone, size) * len(terms))
    words = [corpus.keys[term].split(" ") for term in terms]
    parts: Counter[str] = Counter()  # of each word, the most passages that it has in one phrase
    for own, n in zip(words, both.tolist(), strict=True):
        for word in own if len(own) > 1 else ():
            parts[word] = max(parts[word], n)
    rows = [
        (term, float(score[n]), float(close[n]), float(p[n]))
        for n, term in enumerate(terms)
        if both[n] * total > size * alone[n]
        and (len(words[n]) > 1 or parts[words[n][0]] < PART_OF_PHRASE * both[n])
    ]
    return sorted(rows, key=lambda row: (-row[1], corpus.keys[row[0]]))


def _place(corpus: Corpus, term: int, passage: int, text: str) -> Span:
    """Where a passage has a term first, in its characters."""
    first = corpus.bounds[passage]
    places = corpus.places[corpus.terms == term]
    at = int(min(places[places >= first]) - first)
    words = [span for span in split_words(text) if text[span[0]].isalnum()]
    return words[at][0], words[at + corpus.keys[term].count(" ")][1]


def _example(text: str, start: int, end: int) -> str:
    """The word between some of what stands around it, on one line."""
    left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    before = left.rpartition("\n")[2].split(" ", 1)[-1] if start > CONTEXT else left
    after = right.partition("\n")[0].rsplit(" ", 1)[0] if end + CONTEXT < len(text) else right
    return " ".join(f"{before}{text[start:end]}{after}".split())
