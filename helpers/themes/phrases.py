"""Key phrases: the names and noun groups that a text is about, each with every place it occurs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from math import exp

import pandas as pd

from ..documents import english
from ..run.choices import Choices
from ..run.kept import kept_or_found
from ..run.parallel import WORTH_IT
from ..text.forms import body_words, role_words, singular, stem
from ..text.tokens import Annotated, annotate
from ..text.words import Span
from .candidates import Candidate, Key, candidates_of

__all__ = ["Phrase", "find_phrases", "phrase_forms", "phrases_in"]

COLUMNS = ["doc", "phrase", "score", "count", "spans"]
ACRONYM_LETTERS = 5  # "SCO" says as much as a word of so many letters
LONG_WORD = 15  # longer ones are as good as such
HELD = 0.4  # a single word that a better phrase holds
FRAGMENT = 1e-4  # what occurs only inside one longer phrase comes last
CLOSING = frozenset({".", "!", "?", "…", "”", '"', ":"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key phrase; `spans` are all its places, `score` compares phrases of one text only."""

    phrase: str
    score: float
    count: int
    spans: list[Span]


def phrases_in(
    text: str, *, title: str | None = None, top: int = 15, choices: Choices | None = None
) -> list[Phrase]:
    """The key phrases of one text, best first, each with all its places.

    A phrase is a run of adjectives and nouns that ends in a noun, of at most four words.  Its
    score is the mean frequency of its words in the text (by stem), times

        the share of its occurrences that are not part of a longer phrase,
        the mean length of its words to the power 1.4 (long words are rare and say more),
        exp(-2.5 x place of its first occurrence - 1.5 x the same without the headline),
        0.7 for a single word, 0.85 besides for one that names a body or an office ("ministry"),
        0.3 where it is written as a name ("the Organization", short for the full one),
        0.5 for a name in two parts ("Ministry of Transport"),
        0.7 for more than three words,
        0.55 for what occurs once, 0.7 besides where that is in the headline,
        0.4 for a single word that a better phrase holds;

    places run from 0 (beginning) to 1 (end).  Singular and plural are one phrase, an acronym is
    one with its long form where the text gives it in brackets, a surname one with the full name.
    What occurs only inside one longer phrase comes after all others.
    Does not find phrases with a verb or a preposition (but "of" in a name), nor what the text means
    but does not name.

    text : the text; its beginning counts most.
    title : a headline that is not in `text`; its phrases count as standing at the beginning.
    top : at most so many phrases.
    choices : the user's own stop list and merges, as `load_choices` reads them.

    >>> phrases_in("Road traffic grew. The road traffic report blames lorries.", top=1)[0].phrase
    'Road traffic'
    """
    note = annotate(text)
    candidates = candidates_of(note, choices)
    scores = score_candidates(candidates, note, title=title)
    return [
        Phrase(c.shown(text), round(score, 4), len(c.spans), sorted(c.spans))
        for c, score in choose(candidates, scores, top=top)
    ]


def find_phrases(
    documents: pd.DataFrame, *, top: int = 15, choices: Choices | None = None
) -> pd.DataFrame:
    """One row per key phrase: doc, phrase, score, count, spans; best first within a document.

    documents : the documents table; a `title` that is not in the text counts too.
    top : at most so many phrases for each document.
    choices : the user's own stop list and merges, as `load_choices` reads them.

    Documents in another language than English (`language`) are left out.
    Returns columns doc; phrase (its commonest form); score (compares phrases of one document
    only); count (its occurrences); spans (all of them, as a list of (start, end)).

    >>> table = find_phrases(pd.DataFrame({"text": ["Road transport needs roads."]}))
    >>> list(table.columns)
    ['doc', 'phrase', 'score', 'count', 'spans']
    """
    documents = english(documents)
    found = kept_or_found(
        _cells, documents, name="phrases", worth=WORTH_IT, top=top, choices=choices or Choices()
    )
    return pd.DataFrame(
        [
            (doc, *cells, [tuple(span) for span in spans])
            for doc, own in zip(documents.index, found, strict=True)
            for *cells, spans in own
        ],
        columns=COLUMNS,
    )


def _cells(documents: pd.DataFrame, *, top: int, choices: Choices) -> list[list[tuple]]:
    """The cells of each document's rows, without its name."""
    titles = documents["title"] if "title" in documents else [None] * len(documents)
    return [
        [
            (p.phrase, p.score, p.count, p.spans)
            for p in phrases_in(text, title=_outside(title, text), top=top, choices=choices)
        ]
        for text, title in zip(documents["text"], titles, strict=True)
    ]


def phrase_forms(
    documents: pd.DataFrame, phrases: pd.DataFrame, *, top: int = 15
) -> dict[str, list[str]]:
    """The best phrases of all documents with the forms in which they are written.

    It is a theme dictionary of phrases: `cooccurrence`, `dispersion` and `concordance` take it.

    documents, phrases : the tables of these names.
    top : how many phrases; scores of the same phrase in several documents are added up.

    >>> texts = pd.DataFrame({"text": ["Maria Lopez spoke. Lopez left."]})
    >>> phrase_forms(texts, find_phrases(texts))
    {'Maria Lopez': ['Maria Lopez', 'Lopez']}
    """
    total = phrases.groupby("phrase", sort=True)["score"].sum()
    best = total.sort_values(ascending=False, kind="stable").index[:top]
    forms: dict[str, dict[str, None]] = {phrase: {} for phrase in best}
    texts = documents["text"]
    for doc, phrase, spans in zip(phrases["doc"], phrases["phrase"], phrases["spans"], strict=True):
        if phrase in forms:
            forms[phrase].update(
                dict.fromkeys(" ".join(texts[doc][start:end].split()) for start, end in spans)
            )
    return {phrase: list(written) for phrase, written in forms.items()}


def _outside(title: object, text: str) -> str | None:
    """The title, unless it is missing or stands at the beginning of the text as well."""
    if not isinstance(title, str) or not title.strip():
        return None
    title = " ".join(title.split())
    return None if " ".join(text[: 2 * len(title) + 200].split()).startswith(title) else title


def score_candidates(
    candidates: dict[Key, Candidate], note: Annotated, *, title: str | None = None
) -> dict[Key, tuple[float, float]]:
    """Two scores of each candidate: by the formula of `phrases_in`, and for what recurs."""
    stems = Counter(stem(singular(word)) for word in note.words)
    heading = annotate(title) if title else None
    in_title = candidates_of(heading).keys() if heading else ()
    if heading:
        stems.update(stem(singular(word)) for word in heading.words)
    length = max(1, len(note.words))
    body = 0 if heading else headline_end(note)
    bodies = body_words() | role_words()
    scores = {}
    for words, c in candidates.items():
        count, size = len(c.spans), len(words)
        parts = [part for word in words for part in (word.split("-") if "-" in word else (word,))]
        first = 0 if words in in_title else c.first / length
        after = next((n for n in c.numbers if n >= body), length) / length
        frequency = (
            sum(
                [
                    stems[stem(word)]
                    if "-" not in word
                    else max([stems[stem(part)] for part in word.split("-")])
                    for word in words
                ]
            )
            / size
        )
        letters = (sum([len(part) for part in parts]) + len(parts) - 1) / len(parts)
        if size == 1 and letters < ACRONYM_LETTERS and note.text[slice(*c.spans[0])].isupper():
            letters = ACRONYM_LETTERS
        score = frequency * (c.whole / count + 0.05) * min(letters, LONG_WORD) ** 1.4
        score *= 0.7 if size == 1 or size > 3 else 1
        if size == 1 and words[0] in bodies:  # "the Organization": short for its full name
            score *= 0.3 if c.names else 0.85
        score *= 0.5 if c.linked else 1
        score *= 1 if count > 1 else 0.55 * 0.7 if c.first < body else 0.55
        scores[words] = (
            score * exp(-2.5 * first - 1.5 * after),
            score * count if count > 1 else 0.0,
        )
    return scores


def headline_end(note: Annotated) -> int:
    """The number of the first word after a headline: a short first paragraph without full stop."""
    if len(note.paragraphs) < 2 or not note.sentences:
        return 0
    end = bisect_left(note.sentence_paragraph, 1)
    after = note.sentences[end - 1][1] if end else 0
    return after if 0 < after <= 25 and note.words[after - 1] not in CLOSING else 0


def choose(
    candidates: dict[Key, Candidate], scores: dict[Key, tuple[float, float]], *, top: int
) -> list[tuple[Candidate, float]]:
    """The best candidates with their scores: four fifths by the score, one for what recurs."""
    holder: dict[Key, int] = {}  # the largest count of a longer phrase around this one
    for words, c in candidates.items():
        for part in _parts(words):
            if part in candidates:
                holder[part] = max(holder.get(part, 0), len(c.spans))
    chosen: dict[Key, float] = {}
    inside: set[str] = set()  # words of what is chosen
    for number, until in ((0, top - top // 5), (1, top), (0, top)):
        lowered: set[Key] = set()
        queue = [
            (
                -scores[words][number] * (1 if len(c.spans) > holder.get(words, 0) else FRAGMENT),
                c.first,
                words,
            )
            for words, c in candidates.items()
            if scores[words][number] > 0
        ]
        heapify(queue)
        while queue and len(chosen) < until:
            score, first, words = heappop(queue)
            held = len(words) == 1 and words[0] in inside
            if held and number == 0 and words not in lowered:
                lowered.add(words)
                heappush(queue, (score * HELD, first, words))
            elif words not in chosen:
                inside.update(words)
                chosen[words] = scores[words][0] * (HELD if held else 1)
    return sorted(
        ((candidates[words], score) for words, score in chosen.items()),
        key=lambda pair: (-pair[1], pair[0].first, pair[0].words),
    )


def _parts(words: Key) -> Iterator[Key]:
    """All shorter runs of the words."""
    size = len(words)
    for i in range(size):
        for j in range(i + 1, size + 1):
            if j - i < size:
                yield words[i:j]
