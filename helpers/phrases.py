"""Key phrases: the names and noun groups that a text is about, each with every place it occurs."""
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import exp, sqrt

import pandas as pd

from .forms import generic_words, name_words, singular, stem
from .tokens import Annotated, annotate
from .words import Span

__all__ = ["Phrase", "find_phrases", "phrases_in"]

COLUMNS = ["doc", "phrase", "score", "count", "spans"]
LONGEST = 4  # words in a candidate
LONGEST_NAME = 8  # words in the long form of an acronym
ACRONYM_LETTERS = 5  # "SCO" says as much as a word of so many letters
FRAGMENT = 1e-4  # what occurs only inside one longer phrase comes last
ACRONYM = re.compile(r"\(\s?([A-Z][A-Za-z&]{0,8}[A-Z])s?\s?\)")  # (ADB), (UNESCAP), (R&D)
INSIDE = frozenset({"NOUN", "PROPN", "ADJ"})
BEFORE = frozenset({"DET", "ADJ"})
HYPHENS = frozenset("-‐‑")
CLOSING = frozenset({".", "!", "?", "…", "”", '"', ":"})

Key = tuple[str, ...]  # the words of a phrase, lower case, singular
Unit = tuple[int, int, str, str]  # first word, word after the last, tag, key


@dataclass(frozen=True, slots=True)
class Phrase:
    """A key phrase; `spans` are all its places, `score` compares phrases of one text only."""

    phrase: str
    score: float
    count: int
    spans: list[Span]


@dataclass(slots=True)
class Candidate:
    """A noun group that may become a key phrase, with what speaks for it."""

    words: Key  # its words, lower case, singular
    numbers: list[int] = field(default_factory=list)  # of its first word at each place
    spans: list[Span] = field(default_factory=list)
    full: str = ""  # how it is shown, for a name that is also given in short
    whole: int = 0  # times that it is a whole noun group, not part of a longer one
    names: int = 0  # proper nouns in all its occurrences
    forms: Counter[str] = field(default_factory=Counter)

    @property
    def first(self) -> int:
        return self.numbers[0]


def phrases_in(text: str, *, title: str | None = None, top: int = 15) -> list[Phrase]:
    """The key phrases of one text, best first, each with all its places.

    A phrase is a run of adjectives and nouns that ends in a noun, of at most four words.  Its
    score is the mean frequency of its words in the text (by stem), times

        the share of its occurrences that are not part of a longer phrase,
        the mean length of its words to the power 1.4 (long words are rare and say more),
        exp(-2.5 x place of its first occurrence - 1.5 x the same without the headline),
        0.75 for a single word, 0.55 for what occurs once,
        0.45 for a single word that a better phrase holds;

    places run from 0 (beginning) to 1 (end).  Singular and plural are one phrase, an acronym is
    one with its long form where the text gives it in brackets, a surname one with the full name.
    What occurs only inside one longer phrase comes after all others.
    Does not find phrases with a verb or a preposition, nor what the text means but does not name.

    text : the text; its beginning counts most.
    title : a headline that is not in `text`; its phrases count as standing at the beginning.
    top : at most so many phrases.

    >>> phrases_in("Road traffic grew. The road traffic report blames lorries.", top=1)[0].phrase
    'Road traffic'
    """
    note = annotate(text)
    candidates = candidates_of(note)
    join_names(candidates, note)
    scores = score_candidates(candidates, note, title=title)
    return [Phrase(shown(c), round(score, 4), len(c.spans), sorted(c.spans))
            for c, score in choose(candidates, scores, top=top)]


def find_phrases(documents: pd.DataFrame, *, top: int = 15) -> pd.DataFrame:
    """One row per key phrase: doc, phrase, score, count, spans; best first within a document.

    documents : the documents table; a `title` that is not in the text counts too.
    top : at most so many phrases for each document.

    Returns columns doc; phrase (its commonest form); score (compares phrases of one document
    only); count (its occurrences); spans (all of them, as a list of (start, end)).

    >>> table = find_phrases(pd.DataFrame({"text": ["Road transport needs roads."]}))
    >>> list(table.columns)
    ['doc', 'phrase', 'score', 'count', 'spans']
    """
    rows = [
        (doc, p.phrase, p.score, p.count, p.spans)
        for doc, text in zip(documents.index, documents["text"], strict=True)
        for p in phrases_in(text, top=top)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def candidates_of(note: Annotated) -> dict[Key, Candidate]:
    """Every noun group and every part of one that may stand alone, by its words."""
    found: dict[Key, Candidate] = {}
    for group in _noun_groups(note):
        size = len(group)
        for i in range(size):
            for j in range(i + 1, min(size, i + LONGEST) + 1):
                last = group[j - 1]
                if last[2] == "ADJ" or _cuts_name(group, i, j):
                    continue
                words = tuple(unit[3] for unit in group[i:j])
                candidate = found.get(words)
                if candidate is None:
                    candidate = found[words] = Candidate(words)
                span = note.starts[group[i][0]], note.ends[last[1] - 1]
                candidate.numbers.append(group[i][0])
                candidate.spans.append(span)
                candidate.whole += j - i == size
                candidate.names += sum(unit[2] == "PROPN" for unit in group[i:j])
                candidate.forms[note.text[span[0]:span[1]]] += 1
    return found


def _cuts_name(group: list[Unit], i: int, j: int) -> bool:
    """Whether a cut of the group at i or at j would leave half a name on one side."""
    return (i > 0 and group[i - 1][2] == group[i][2] == "PROPN"
            or j < len(group) and group[j - 1][2] == group[j][2] == "PROPN")


def _noun_groups(note: Annotated) -> Iterator[list[Unit]]:
    """Runs of adjectives and nouns without generic words; none ends in an adjective."""
    tags, generic, in_names = note.pos, generic_words(), name_words()
    for first, after in note.sentences:
        group: list[Unit] = []
        at = first
        while at < after:
            end = _unit_end(note, at, after)
            tag = tags[end - 1]
            if end > at + 1 and tag in ("VERB", "ADV", "NUM"):
                tag = "ADJ"  # "oil-producing", "year-long"
            if tag == "VERB" and at > first and tags[at - 1] in BEFORE and \
                    note.words[at].endswith(("ed", "ing")):
                tag = "ADJ"  # "a devastating storm", "mutual accumulated investments"
            if tag in INSIDE:
                written = note.words[at] if end == at + 1 else \
                    note.text[note.starts[at]:note.ends[end - 1]]
                key = singular(written)
                if key[0].isalnum() and (
                        key not in generic or tag == "PROPN" and key in in_names):
                    group.append((at, end, tag, key))
                    at = end
                    continue
            if group:
                yield from _trimmed(group)
                group = []
            at = end
        if group:
            yield from _trimmed(group)


def _trimmed(group: list[Unit]) -> Iterator[list[Unit]]:
    while group and group[-1][2] == "ADJ":
        group = group[:-1]
    if group:
        yield group


def _unit_end(note: Annotated, at: int, after: int) -> int:
    """Where the word that begins at `at` ends, words joined by hyphens being one."""
    end = at + 1
    while (end + 1 < after and note.words[end] in HYPHENS
           and note.ends[end - 1] == note.starts[end] and note.ends[end] == note.starts[end + 1]):
        end += 2
    return end


def score_candidates(candidates: dict[Key, Candidate], note: Annotated, *,
                     title: str | None = None) -> dict[Key, tuple[float, float]]:
    """Two scores of each candidate: by the formula of `phrases_in`, and for what recurs."""
    stems = Counter(stem(singular(word)) for word in note.words)
    heading = annotate(title) if title else None
    in_title = candidates_of(heading).keys() if heading else ()
    if heading:
        stems.update(stem(singular(word)) for word in heading.words)
    length = max(1, len(note.words))
    body = 0 if heading else headline_end(note)
    scores = {}
    for words, c in candidates.items():
        count, size, form = len(c.spans), len(words), shown(c)
        first = 0 if words in in_title else c.first / length
        after = next((n for n in c.numbers if n >= body), length) / length
        frequency = sum(max(stems[stem(part)] for part in word.split("-")) for word in words) / size
        letters = max(len(form) / size, ACRONYM_LETTERS if form.isupper() else 1)
        score = frequency * (c.whole / count + 0.05) * letters ** 1.4
        score *= (0.75 if size == 1 else 1) * (0.55 if count == 1 else 1)
        scores[words] = (score * exp(-2.5 * first - 1.5 * after),
                         score * sqrt(count) if count > 1 else 0.0)
    return scores


def headline_end(note: Annotated) -> int:
    """The number of the first word after a headline: a short first paragraph without full stop."""
    if len(note.paragraphs) < 2 or not note.sentences:
        return 0
    end = bisect_left(note.sentence_paragraph, 1)
    after = note.sentences[end - 1][1] if end else 0
    return after if 0 < after <= 25 and note.words[after - 1] not in CLOSING else 0


def choose(candidates: dict[Key, Candidate], scores: dict[Key, tuple[float, float]], *,
           top: int) -> list[tuple[Candidate, float]]:
    """The best candidates with their scores: two thirds by the score, one third for recurring."""
    holder: dict[Key, int] = {}  # the largest count of a longer phrase around this one
    for words, c in candidates.items():
        for part in _parts(words):
            if part in candidates:
                holder[part] = max(holder.get(part, 0), len(c.spans))
    chosen: dict[Key, float] = {}
    inside: set[str] = set()  # words of what is chosen
    for number, until in ((0, top - top // 3), (1, top), (0, top)):
        lowered: set[Key] = set()
        queue = [(-scores[words][number] * (1 if len(c.spans) > holder.get(words, 0) else FRAGMENT),
                  c.first, words) for words, c in candidates.items() if scores[words][number] > 0]
        heapify(queue)
        while queue and len(chosen) < until:
            score, first, words = heappop(queue)
            if len(words) == 1 and words[0] in inside and words not in lowered:
                lowered.add(words)
                heappush(queue, (score * 0.45, first, words))
            elif words not in chosen:
                inside.update(words)
                chosen[words] = scores[words][0]
    return sorted(((candidates[words], score) for words, score in chosen.items()),
                  key=lambda pair: (-pair[1], pair[0].first, pair[0].words))


def _parts(words: Key) -> Iterator[Key]:
    """All shorter runs of the words."""
    size = len(words)
    for i in range(size):
        for j in range(i + 1, size + 1):
            if j - i < size:
                yield words[i:j]


def shown(candidate: Candidate) -> str:
    """The commonest written form, of equals the first; a name in full."""
    if candidate.full:
        return candidate.full
    return max(candidate.forms, key=candidate.forms.__getitem__)


def join_names(candidates: dict[Key, Candidate], note: Annotated) -> None:
    """Joins acronyms with their long forms and surnames with full names."""
    for match in ACRONYM.finditer(note.text):
        short = candidates.get((singular(match[1]),))
        long = _long_form(match[1], candidates, note, before=match.start())
        if short and long and short is not long:
            _join(candidates, short, long)
    full: dict[str, Candidate] = {}
    several: set[str] = set()  # surnames of two people
    for c in sorted(candidates.values(), key=lambda c: (len(c.words), c.first)):
        if 2 <= len(c.words) <= 3 and c.names == len(c.spans) * len(c.words):
            surname = c.words[-1]
            known = full.setdefault(surname, c)
            if c.words[-len(known.words):] != known.words:
                several.add(surname)
    for surname, owner in full.items():
        short = candidates.get((surname,))
        if surname not in several and short and short.names == len(short.spans):
            owner.full = shown(owner)
            _join(candidates, short, owner)


def _join(candidates: dict[Key, Candidate], short: Candidate, long: Candidate) -> None:
    del candidates[short.words]
    long.numbers = sorted(long.numbers + short.numbers)
    long.spans += short.spans
    long.whole += short.whole
    long.names += short.names
    long.forms.update(short.forms)


def _long_form(acronym: str, candidates: dict[Key, Candidate], note: Annotated, *,
               before: int) -> Candidate | None:
    """The candidate that ends before the bracket and has the acronym's letters as initials."""
    after = bisect_left(note.starts, before)
    letters = [c.lower() for c in acronym if c.isalpha()]
    for size in range(2, LONGEST_NAME + 1):
        words = tuple(singular(w) for w in note.words[max(0, after - size):after])
        if [w[0] for w in words] == letters and words in candidates:
            return candidates[words]
    return None
