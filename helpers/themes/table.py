"""Themes: which passages speak of what, with the words that say so."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from ..documents import KitError, english
from ..text import Span, doc_of, paragraphs, words_in
from ..text.forms import body_words, first_names, role_words, singular, stem
from ..work import map_parts
from .choices import Choices
from .corpus import read_corpus
from .dictionary import Dictionary
from .phrases import find_phrases

__all__ = ["find_themes"]

COLUMNS = "doc paragraph start end theme weight evidence".split()
PHRASES_EACH = 25  # key phrases taken from each document
PHRASES_ALL = (60, 120, 240, 480)  # of them, those that are grouped: more while they cover little
A_THEME = 6  # phrases, on average
COVERED = 1 / 3  # share of the passages that the themes should have
JOINS = 0.34  # mean likeness to a theme's phrases that lets a phrase join
ENOUGH_DOCUMENTS = 200  # fewer do not teach which words go with a theme
ENOUGH_PASSAGES = 10  # with hits, for a theme to be guessed
ROUNDS = 2  # once from the hits, once from the guesses; more would drift from the dictionary
SURE = 0.5  # least probability of a guess


def find_themes(
    documents: pd.DataFrame,
    *,
    themes: Mapping[str, Sequence[str]] | None = None,
    choices: Choices | None = None,
) -> pd.DataFrame:
    """One row per paragraph and theme, with the words that say so.

    With a dictionary a row says that the theme's words occur in the paragraph: it may have
    several themes, the one with the most words first, or none.  A word is not understood by its
    context: "bank" is a bank of either kind; an exclusion in the dictionary is the remedy.  From
    200 documents on there are probable themes besides: the one that the paragraph's other words
    suggest, by what the dictionary's hits in all documents teach (see `guess_themes`).  They have
    no evidence, by which `themes[themes["evidence"].map(len) > 0]` leaves them out.
    Without a dictionary the themes are made of the documents' own key phrases: the best join the
    theme whose phrases share a word, or passages, with them, or begin one; `attrs["note"]` says how
    much they cover.  Probable and discovered themes depend on all documents.

    documents : the documents table; those in another language than English are left out.
    themes : {theme: entries}, such as `load_themes(path)` gives; an entry is
        a word, a phrase, a wildcard such as "invest*" or, with a minus before it, an exclusion
        (see the module `dictionary`).  None discovers them.
    choices : the user's stop list and merges, for the phrases of discovered themes.

    Returns columns doc; paragraph (number, from 0); start, end (its characters); theme; weight
    (how many words or phrases of the paragraph say so; where probable, the number of its words
    that are no function words times the probability); evidence (where, as a list of (start, end)).
    Raises KitError when the themes are no mapping, or the entries of one are not a list of words.

    >>> table = find_themes(pd.DataFrame({"text": ["Roads were closed."]}),
    ...                     themes={"transport": ["road"]})
    >>> table[["theme", "weight", "evidence"]].values.tolist()
    [['transport', 1.0, [(0, 5)]]]
    """
    if not (themes is None or isinstance(themes, Mapping)):
        raise KitError(
            f"themes={themes!r:.60} is no dictionary of themes — give "
            '{"theme": ["word", "two words", "begin*"]}, or load_themes("file.toml")'
        )
    documents, given, note = english(documents), themes is not None, ""
    if themes is None:
        themes, note = _discovered(documents, choices)
    Dictionary(themes)  # tells what is wrong with the entries before any work is done
    rows = [row for part in map_parts(_rows, documents, themes=themes) for row in part]
    if given and len(documents) >= ENOUGH_DOCUMENTS:
        rows += _probable(documents, rows, list(themes))
        order = {doc: number for number, doc in enumerate(documents.index)}
        rows.sort(key=lambda row: (order[row[0]], row[1]))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table.attrs["note"] = note
    return table


def _rows(documents: pd.DataFrame, *, themes: Mapping[str, Sequence[str]]) -> list[tuple]:
    dictionary = Dictionary(themes)
    order = {theme: number for number, theme in enumerate(themes)}
    rows = []
    for doc, text in documents["text"].items():
        note = doc_of(text)
        found: dict[tuple[int, str], list[Span]] = defaultdict(list)
        for hit in dictionary.hits(note):
            found[hit.paragraph, hit.theme].append((hit.start, hit.end))
        rows += [
            (doc, paragraph, *note.paragraphs[paragraph], theme, float(len(spans)), spans)
            for (paragraph, theme), spans in sorted(
                found.items(), key=lambda item: (item[0][0], -len(item[1]), order[item[0][1]])
            )
        ]
    return rows


def _probable(
    documents: pd.DataFrame, rows: Sequence[tuple], themes: Sequence[str]
) -> Iterator[tuple]:
    """The row of the probable theme of each passage, by the rows of the dictionary's hits."""
    places = [
        (doc, number, start, end)
        for doc, text in documents["text"].items()
        for number, (start, end) in enumerate(paragraphs(text))
    ]
    texts = [documents.at[doc, "text"][start:end] for doc, _, start, end in places]
    corpus = read_corpus(pd.DataFrame({"text": texts}), phrases=False)
    place_of = {place[:2]: n for n, place in enumerate(places)}
    cells = [(place_of[row[:2]], themes.index(row[4]), len(row[6])) for row in rows]
    hit, theme, times = np.array(cells, int).reshape(-1, 3).T
    hits = csr_matrix((times, (hit, theme)), shape=(len(places), len(themes)))
    best, probability = guess_themes(corpus.counts, hits)
    weights = (probability * corpus.counts.sum(axis=1).A1).round(4).tolist()
    for place, n, weight in zip(places, best, weights, strict=True):
        if n >= 0:
            yield *place, themes[n], weight, []


def guess_themes(bags: csr_matrix, hits: csr_matrix) -> tuple[np.ndarray, np.ndarray]:
    """For each passage the number of its probable theme, -1 for none, and the probability.

    Naive Bayes: the passages with hits teach how often each word goes with each theme (a
    passage counts for its themes by their shares of its hits, and fully from three hits on); the
    passages' words then tell the theme of all, and once more.  Each theme is as likely as
    another beforehand.  Gives one theme even where a passage has two; its probabilities are too
    sure of themselves, as naive Bayes' are.

    bags : a row a passage, a column a word: how often it occurs.
    hits : a row a passage, a column a theme: how often the dictionary hits it; a theme with hits
        in fewer than ten passages is never guessed.
    Source: Nigam et al. 2000 (learning from few labels); Rennie et al. 2003 for log(1 + count).

    >>> bags, hits = csr_matrix([[1, 1, 0], [0, 0, 2]] * 10), csr_matrix([[1, 0], [0, 1]] * 10)
    >>> guess_themes(bags, hits)[0][:2].tolist()
    [0, 1]
    """
    taught = np.flatnonzero(np.bincount(hits.indices, minlength=hits.shape[1]) >= ENOUGH_PASSAGES)
    if len(taught) < 2:
        return np.full(bags.shape[0], -1), np.zeros(bags.shape[0])
    words = bags[:, np.bincount(bags.indices, minlength=bags.shape[1]) > 1].astype(float)
    words.data = np.log1p(words.data)  # without words of one passage, which carry no theme over
    total = np.asarray(hits.sum(axis=1), float)
    share = hits[:, taught].toarray() / np.maximum(total, 1) * np.minimum(1.0, total / 3)
    for _ in range(ROUNDS):
        taught_by = words.T @ share + 1.0
        score = words @ np.log(taught_by / taught_by.sum(axis=0))
        share = np.exp(score - score.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
        share[score.max(axis=1) == 0] = 0.0  # no known word
    best, probability = taught[share.argmax(axis=1)], share.max(axis=1)
    return np.where(probability >= SURE, best, -1), probability


@dataclass
class _Phrase:
    """A phrase of all documents, with its forms, and the passages and sentences that have it."""

    phrase: str
    score: float = 0.0
    forms: dict[str, None] = field(default_factory=dict)
    passages: set[tuple[object, int]] = field(default_factory=set)
    sentences: set[tuple[object, int]] = field(default_factory=set)

    @cached_property
    def stems(self) -> list[str]:
        return [stem(word) for word in self.phrase.replace("-", " ").split()] or [""]


def _discovered(
    documents: pd.DataFrame, choices: Choices | None = None
) -> tuple[dict[str, list[str]], str]:
    """A theme dictionary made of the documents' own key phrases, and how much it covers in words.

    A theme is named by its best phrase; persons, bodies by their bare kind ("the ministry") and
    words of any news ("statement") are left out.  More phrases are taken while fewer than a third
    of the passages have any.
    """
    phrases = find_phrases(documents, top=PHRASES_EACH, choices=choices)
    known: dict[tuple[str, ...], _Phrase] = {}
    left_out = {*words_in("vague_words.txt"), *body_words(), *role_words()}
    for doc, found in phrases.groupby("doc", sort=False):
        text, best = documents.at[doc, "text"], found["score"].iloc[0] or 1.0
        for row in found.itertuples():
            words = row.phrase.split()
            key = tuple(map(singular, words))
            forms = dict.fromkeys(" ".join(text[a:b].split()) for a, b in row.spans)
            if len(words) > 1 and (words[0].lower() in first_names() or words[-1] in forms):
                left_out.add(key[-1])
                continue
            one = known.setdefault(key, _Phrase(row.phrase))
            one.score += row.score / best
            one.forms.update(forms)
    known = {key: one for key, one in known.items() if len(key) > 1 or key[0] not in left_out}
    best = sorted(known.values(), key=lambda p: (-p.score, p.phrase))[: PHRASES_ALL[-1]]
    dictionary = Dictionary({str(n): list(one.forms) for n, one in enumerate(best)})
    total = 0
    for doc, text in documents["text"].items():
        note = doc_of(text)
        total += len(note.paragraphs)
        starts = [note.starts[first] for first, _ in note.sentences]
        for hit in dictionary.hits(note):
            one = best[int(hit.theme)]
            one.passages.add((doc, hit.paragraph))
            one.sentences.add((doc, bisect_right(starts, hit.start)))
    for size in PHRASES_ALL:
        themes = _grouped(best[:size], most=size // A_THEME)
        covered = len({place for theme in themes for one in theme for place in one.passages})
        if covered >= COVERED * total or size >= len(best):
            break
    note = f"{covered:,} of {total:,} passages have one of the {len(themes):,} themes found here."
    if covered < COVERED * total:
        note += " That is less than a third: few phrases of these documents recur."
        note += " A dictionary of your own says more."
    found = {theme[0].phrase: [form for one in theme for form in one.forms] for theme in themes}
    return found, note


def _grouped(phrases: list[_Phrase], *, most: int) -> list[list[_Phrase]]:
    """The phrases in groups, the best first in each; a phrase alone needs three passages."""
    themes: list[list[_Phrase]] = []
    for one in phrases:
        fits = [sum(_alike(one, other) for other in theme) / len(theme) for theme in themes]
        best = max(range(len(fits)), key=lambda n: (fits[n], -n), default=None)
        if best is not None and fits[best] >= JOINS:
            themes[best].append(one)
        elif len(themes) < most:
            themes.append([one])
    return [theme for theme in themes if len(theme) > 1 or len(theme[0].passages) > 2]


def _alike(a: _Phrase, b: _Phrase) -> float:
    """0 to about 1.6: shared words, the head counting most, and shared sentences and passages.

    To share the only one of both says less than to share many.
    """
    shared = 0.6 if a.stems[-1] == b.stems[-1] else 0.4 if set(a.stems) & set(b.stems) else 0.0
    for weight, one, other in ((0.7, a.sentences, b.sentences), (0.3, a.passages, b.passages)):
        shared += weight * len(one & other) / (sqrt(len(one) * len(other)) + 0.5)
    return shared
