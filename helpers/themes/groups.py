"""Themes without a dictionary: the documents' own key phrases, grouped by words and company."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from math import sqrt

import pandas as pd

from ..run.choices import Choices
from ..text.forms import first_names, singular, stem
from ..text.tokens import annotate
from ..text.words import Span
from .phrases import find_phrases

__all__ = ["count_groups", "discover_themes", "group_phrases"]

GROUPS = ["theme", "words", "paragraphs", "documents", "weight"]

PHRASES_EACH = 25  # key phrases taken from each document
PHRASES_ALL = 60  # of them, those that are grouped
MOST_THEMES = 10
ENOUGH = 0.34  # mean likeness to a theme's phrases that lets a phrase join

Place = tuple[str, int, int, int]  # document, paragraph, start, end


@dataclass(slots=True)
class Topic:
    """A phrase with its places in all documents."""

    phrase: str
    score: float
    places: list[Place] = field(default_factory=list)
    sentences: set[tuple[str, int]] = field(default_factory=set)

    @property
    def paragraphs(self) -> set[tuple[str, int]]:
        return {(doc, paragraph) for doc, paragraph, _, _ in self.places}


def discover_themes(documents: pd.DataFrame, choices: Choices | None = None) -> list[tuple]:
    """Rows (doc, paragraph, start, end, theme, weight, evidence, probable) of found themes.

    The best key phrases of all documents, in order of their scores, join the theme whose phrases
    they resemble most, or begin one; phrases are alike when they share the head word or another
    word, or stand in the same sentences and paragraphs.  A theme is named by its best phrase;
    persons are left out.
    This is no topic model: it says which phrases go together in these documents, nothing about
    others, and on one article it shows the article's own order, not a finding.
    """
    spans_of: dict[str, list[Span]] = {}
    topics: dict[tuple[str, ...], Topic] = {}
    phrases = find_phrases(documents, top=PHRASES_EACH, choices=choices)
    for doc, found in phrases.groupby("doc", sort=False):
        note = annotate(documents.at[doc, "text"])
        spans_of[doc] = note.paragraphs
        sentences = [note.sentence_span(n) for n in range(len(note.sentences))]
        best = found["score"].iloc[0] or 1.0
        for phrase in found.itertuples():
            if _is_person(phrase.phrase, [note.text[slice(*span)] for span in phrase.spans]):
                continue
            key = tuple(singular(word) for word in phrase.phrase.split())
            topic = topics.setdefault(key, Topic(phrase.phrase, 0.0))
            topic.score += phrase.score / best
            for number, (start, end) in _placed(phrase.spans, sentences):
                topic.sentences.add((doc, number))
                topic.places.append((doc, note.sentence_paragraph[number], start, end))
    best = sorted(topics.values(), key=lambda t: (-t.score, t.phrase))[:PHRASES_ALL]
    rows = []
    for theme in group_phrases(best):
        evidence: dict[tuple[str, int], set[Span]] = defaultdict(set)
        for topic in theme:
            for doc, paragraph, start, end in topic.places:
                evidence[doc, paragraph].add((start, end))
        for (doc, paragraph), spans in evidence.items():
            kept = _outer(sorted(spans, key=lambda span: (span[0], -span[1])))
            rows.append(
                (
                    doc,
                    paragraph,
                    *spans_of[doc][paragraph],
                    theme[0].phrase,
                    float(len(kept)),
                    kept,
                    False,
                )
            )
    order = {doc: number for number, doc in enumerate(documents.index)}
    return sorted(rows, key=lambda row: (order[row[0]], row[1], -row[5], row[4]))


def _is_person(phrase: str, written: list[str]) -> bool:
    """Whether a phrase begins with a first name or is also written as its last word only."""
    words = phrase.split()
    return len(words) > 1 and (words[0].lower() in first_names() or words[-1] in written)


def group_phrases(topics: list[Topic]) -> list[list[Topic]]:
    """The phrases in groups, the best first in each; a phrase alone needs three places."""
    themes: list[list[Topic]] = []
    for topic in topics:
        fits = [sum(_alike(topic, other) for other in theme) / len(theme) for theme in themes]
        best = max(range(len(fits)), key=lambda n: (fits[n], -n), default=None)
        if best is not None and fits[best] >= ENOUGH:
            themes[best].append(topic)
        elif len(themes) < MOST_THEMES:
            themes.append([topic])
    return [theme for theme in themes if len(theme) > 1 or len(theme[0].places) > 2]


def _alike(a: Topic, b: Topic) -> float:
    """0 to about 2: shared words, the head counting most, and shared sentences and paragraphs."""
    words, others = _stems(a.phrase), _stems(b.phrase)
    shared = 0.6 if words[-1] == others[-1] else 0.4 if set(words) & set(others) else 0.0
    return (
        shared
        + 0.7 * _overlap(a.sentences, b.sentences)
        + 0.3 * _overlap(a.paragraphs, b.paragraphs)
    )


def _overlap(a: set, b: set) -> float:
    """0 to 1; to share the only place of both says less than to share many."""
    return len(a & b) / (sqrt(len(a) * len(b)) + 0.5)


def _stems(phrase: str) -> list[str]:
    return [stem(word) for word in phrase.replace("-", " ").lower().split()] or [""]


def _placed(spans: list[Span], sentences: list[Span]) -> list[tuple[int, Span]]:
    """Each span with the number of the sentence it begins in; both are in order."""
    placed, number = [], 0
    for span in sorted(spans):
        while number + 1 < len(sentences) and sentences[number + 1][0] <= span[0]:
            number += 1
        placed.append((number, span))
    return placed


def _outer(spans: list[Span]) -> list[Span]:
    """Sorted spans without those that overlap an earlier one."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def count_groups(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """What each theme is made of: one row a theme, the heaviest first.

    documents : the documents table.
    themes : the table of `find_themes`.

    Returns columns theme; words (its words as written, the commonest first, with their counts);
    paragraphs, documents (how many have it); weight (how many words say so).

    >>> rows = pd.DataFrame({"doc": [0], "theme": ["x"], "evidence": [[(0, 5)]]})
    >>> count_groups(pd.DataFrame({"text": ["Roads!"]}), rows).values.tolist()
    [['x', 'Roads', 1, 1, 1]]
    """
    texts = documents["text"]
    rows = []
    for theme, group in themes.groupby("theme", sort=True):
        words = Counter(
            " ".join(texts[doc][start:end].split())
            for doc, spans in zip(group["doc"], group["evidence"], strict=True)
            for start, end in spans
        )
        listed = ", ".join(f"{word} {n}" if n > 1 else word for word, n in words.most_common(8))
        rows.append((theme, listed, len(group), group["doc"].nunique(), words.total()))
    rows.sort(key=lambda row: (-row[4], str(row[0])))
    return pd.DataFrame(rows, columns=GROUPS)
