"""Themes without a dictionary: the documents' own key phrases, grouped by words and company."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from math import sqrt

import pandas as pd

from ..text import doc_of, words_in
from ..text.forms import body_words, first_names, role_words, singular, stem
from .choices import Choices
from .dictionary import Dictionary
from .phrases import find_phrases

__all__ = ["discover_themes"]

PHRASES_EACH = 25  # key phrases taken from each document
PHRASES_ALL = (60, 120, 240, 480)  # of them, those that are grouped: more while they cover little
A_THEME = 6  # phrases, on average
COVERED = 1 / 3  # share of the passages that the themes should have
ENOUGH = 0.34  # mean likeness to a theme's phrases that lets a phrase join


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


def discover_themes(
    documents: pd.DataFrame, choices: Choices | None = None
) -> tuple[dict[str, list[str]], str]:
    """A theme dictionary made of the documents' own key phrases, and how much it covers in words.

    The best key phrases of all documents, in order of their scores, join the theme whose phrases
    they resemble most, or begin one; phrases are alike when they share the head word or another
    word, or stand in the same passages.  A theme is named by its best phrase; persons, bodies by
    their bare kind ("the ministry") and words of any news ("statement") are left out.  More phrases
    are taken while fewer than a third of the passages have any.
    This is no topic model: it says which phrases go together in these documents, nothing about
    others, and on one article it shows the article's own order, not a finding.
    """
    phrases = find_phrases(documents, top=PHRASES_EACH, choices=choices)
    known: dict[tuple[str, ...], _Phrase] = {}
    left_out = {*words_in("vague_words.txt"), *body_words(), *role_words()}
    for doc, found in phrases.groupby("doc", sort=False):
        text, best = documents.at[doc, "text"], found["score"].iloc[0] or 1.0
        for row in found.itertuples():
            key = tuple(singular(word) for word in row.phrase.split())
            forms = dict.fromkeys(" ".join(text[a:b].split()) for a, b in row.spans)
            words = row.phrase.split()
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
        if best is not None and fits[best] >= ENOUGH:
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
