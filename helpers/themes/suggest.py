"""Suggested words: what else stands where a theme's words stand, for you to accept or not."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, lgamma

import pandas as pd

from ..documents import english
from ..text.forms import generic_words, singular
from ..text.tokens import Annotated, annotate
from ..text.words import read_list
from .dictionary import Dictionary
from .terms import log_likelihood, npmi, stop_words

__all__ = ["suggest_words"]

COLUMNS = [
    "theme",
    "word",
    "score",
    "npmi",
    "p_adjusted",
    "count",
    "passages",
    "with_theme",
    "doc",
    "start",
    "end",
    "example",
]
CONTEXT = 40  # characters on either side in an example
PART_OF_PHRASE = 0.8  # share of a word's passages in one phrase from which the word is left out

Place = tuple[object, int, int]  # document, start, end
Word = tuple[int, tuple[str, ...], int, int]  # paragraph, singular words, start, end


@dataclass(slots=True)
class _Term:
    """A word or pair of words, with what is counted of it."""

    count: int = 0
    passages: int = 0
    forms: Counter[str] = field(default_factory=Counter)
    together: Counter[int] = field(default_factory=Counter)  # passages with a theme's words
    example: dict[int, Place] = field(default_factory=dict)  # the first such place


def suggest_words(
    documents: pd.DataFrame, *, themes: Mapping[str, Sequence[str]], top: int = 10, minimum: int = 2
) -> pd.DataFrame:
    """Words that stand in the same paragraphs as a theme's words more often than by chance.

    Nothing is added to any theme: who likes a word writes it into the dictionary.  Never suggested
    are the theme's own words and pairs with them, function words, verbs of saying, and generic
    words ("year", "million").  Pairs of neighbouring words are ("interest rate"), and then stand
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
    documents = english(documents)
    dictionary = Dictionary(themes)
    terms: dict[tuple[str, ...], _Term] = defaultdict(_Term)
    of_theme: Counter[int] = Counter()
    taken: set[tuple[int, tuple[str, ...]]] = set()  # what a theme's entries match already
    total = 0
    number_of = {theme: number for number, theme in enumerate(dictionary.themes)}
    for doc, text in zip(documents.index, documents["text"], strict=True):
        note = annotate(text)
        total += len(note.paragraphs)
        said: dict[int, set[int]] = defaultdict(set)
        covered: dict[int, set[int]] = defaultdict(set)  # theme → where its hits begin
        for hit in dictionary.hits(note):
            said[hit.paragraph].add(number_of[hit.theme])
            covered[number_of[hit.theme]].update(range(hit.start, hit.end))
        of_theme.update(number for numbers in said.values() for number in numbers)
        _count(note, doc, said=said, covered=covered, terms=terms, taken=taken)
    company: dict[int, list[tuple[tuple[str, ...], _Term]]] = defaultdict(list)
    for key, term in terms.items():
        for number, times in term.together.items():
            if times >= minimum and not any(
                (number, part) in taken for part in (key, *((word,) for word in key))
            ):
                company[number].append((key, term))
    texts = documents["text"]
    rows = [
        row
        for number, theme in enumerate(dictionary.themes)
        for row in _ranked(theme, number, company[number], passages=of_theme[number], total=total)[
            :top
        ]
    ]
    return pd.DataFrame(
        [(*row[:-1], *row[-1], _example(texts[row[-1][0]], *row[-1][1:])) for row in rows],
        columns=COLUMNS,
    )


def _count(
    note: Annotated,
    doc: object,
    *,
    said: Mapping[int, set[int]],
    covered: Mapping[int, set[int]],
    terms: dict[tuple[str, ...], _Term],
    taken: set[tuple[int, tuple[str, ...]]],
) -> None:
    """Adds the words and pairs of one document to the terms."""
    seen: set[tuple[int, tuple[str, ...]]] = set()
    for paragraph, key, start, end in _words(note):
        term = terms[key]
        term.count += 1
        term.forms[note.text[start:end]] += 1
        first = (paragraph, key) not in seen
        seen.add((paragraph, key))
        term.passages += first
        for number in said.get(paragraph, ()):
            term.together[number] += first
            term.example.setdefault(number, (doc, start, end))
            if start in covered[number]:
                taken.add((number, key))


def _words(note: Annotated) -> Iterator[Word]:
    """The content words of a text and the pairs of neighbouring ones."""
    left_out = stop_words() | generic_words() | frozenset(read_list("saying.txt")[""])
    for (first, after), paragraph in zip(note.sentences, note.sentence_paragraph, strict=True):
        last: tuple[str, int, int] | None = None
        for at in range(first, after):
            word, start, end = note.words[at], note.starts[at], note.ends[at]
            key = singular(word)
            if (
                len(word) < 3
                and not word.isupper()
                or not word[0].isalpha()
                or (word.lower() in left_out or key in left_out)
            ):
                last = None
                continue
            yield paragraph, (key,), start, end
            if last and note.text[last[2] : start] == " ":
                yield paragraph, (last[0], key), last[1], end
            last = key, start, end


def _ranked(
    theme: str,
    number: int,
    compared: Sequence[tuple[tuple[str, ...], _Term]],
    *,
    passages: int,
    total: int,
) -> list[tuple]:
    """The words that go with one theme, the surest first, without those that a phrase covers."""
    rows, parts = [], {}
    for key, term in compared:
        both, alone = term.together[number], term.passages - term.together[number]
        if both * total <= passages * term.passages:
            continue
        score = log_likelihood(both, alone, passages - both, total - passages - alone)
        p = min(1.0, _chance(both, term.passages, passages, total) * len(compared))
        rows.append(
            (
                key,
                theme,
                _written(key, term),
                round(score, 4),
                round(npmi(both, term.passages, passages, total) or 0.0, 4),
                p,
                term.count,
                term.passages,
                both,
                term.example[number],
            )
        )
        if len(key) == 2:
            for part in key:
                parts[part] = max(parts.get(part, 0), both)
    kept = [
        row for row in rows if len(row[0]) == 2 or parts.get(row[0][0], 0) < PART_OF_PHRASE * row[8]
    ]
    return [row[1:] for row in sorted(kept, key=lambda row: (-row[3], row[0]))]


def _chance(both: int, one: int, other: int, total: int) -> float:
    """The probability that at least `both` of `total` passages have two words that are strangers.

    one, other : the passages with either word (Fisher's exact test, one-sided); `both` is more
        than expected, so that the terms of the sum fall.
    """

    def ways(n: int, k: int) -> float:
        return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)

    term = exp(ways(other, both) + ways(total - other, one - both) - ways(total, one))
    found, k = 0.0, both
    while term > found * 1e-12 and k <= min(one, other):
        found += term
        term *= (other - k) * (one - k) / ((k + 1) * (total - other - one + k + 1))
        k += 1
    return min(1.0, found)


def _written(key: tuple[str, ...], term: _Term) -> str:
    """As it goes into a dictionary: capitals stay, singular where the texts have it."""
    forms = Counter()
    for form, n in term.forms.items():
        forms[form if form.isupper() else form.lower()] += n
    plain = " ".join(key)
    return plain if plain in forms else max(forms, key=lambda form: (forms[form], form))


def _example(text: str, start: int, end: int) -> str:
    """The word between some of what stands around it, on one line."""
    left, right = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    before = left.rpartition("\n")[2].split(" ", 1)[-1] if start > CONTEXT else left
    after = right.partition("\n")[0].rsplit(" ", 1)[0] if end + CONTEXT < len(text) else right
    return " ".join(f"{before}{text[start:end]}{after}".split())
