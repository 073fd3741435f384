"""Key phrases: the names and noun groups that a text is about, each with every place it occurs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from math import exp
from typing import NamedTuple

import pandas as pd

from ..documents import english
from ..text import Doc, doc_of
from ..text.forms import body_words, role_words, singular, stem
from ..text.words import Span
from ..work import WORTH_IT, kept_or_found
from .candidates import SMALL, Candidate, Key, candidates_of
from .choices import Choices
from .dictionary import Dictionary

__all__ = ["Phrase", "complete_phrases", "find_phrases", "phrase_forms", "phrases_in"]

COLUMNS = "doc phrase score count spans".split()
HEADLINE = 25  # words, at most
CLOSING = frozenset({".", "!", "?", "…", "”", '"', ":"})


class Phrase(NamedTuple):
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
        0.55 for what occurs once,
        0.4 for a single word that a better phrase holds;

    places run from 0 (beginning) to 1 (end).  One in five of the phrases is chosen for how often
    it recurs, whatever its place.  Singular and plural are one phrase, an acronym is one with its
    long form where the text gives it in brackets, a surname one with the full name.
    Does not find phrases with a verb or a preposition (but "of" in a name), nor what the text means
    but does not name.

    text : the text; its beginning counts most.
    title : a headline that is not in `text`; its phrases count as standing at the beginning.
    top : at most so many phrases.
    choices : the user's own stop list and merges, as `load_choices` reads them.

    >>> phrases_in("Road traffic grew. The road traffic report blames lorries.", top=1)[0].phrase
    'Road traffic'
    """
    note = doc_of(text)
    found = candidates_of(note, choices)
    scores, recurring = _scores(found, note, title=title)
    order = sorted(found.values(), key=lambda c: (-scores[c.words], c.first, c.words))
    chosen = order[: top - top // 5]
    rest = order[top - top // 5 :]
    again = sorted(rest, key=lambda c: -recurring[c.words])[: top // 5]
    chosen += [c for c in again if recurring[c.words] > 0]
    chosen += [c for c in rest if c not in chosen][: top - len(chosen)]
    chosen.sort(key=lambda c: (-scores[c.words], c.first, c.words))
    return [
        Phrase(c.shown(text), round(scores[c.words], 4), len(c.spans), sorted(c.spans))
        for c in chosen
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
    rows = [
        (doc, *cells, [tuple(span) for span in spans])
        for doc, own in zip(documents.index, found, strict=True)
        for *cells, spans in own
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def _cells(documents: pd.DataFrame, *, top: int, choices: Choices) -> list[list[Phrase]]:
    """The cells of each document's rows, without its name."""
    titles = documents["title"] if "title" in documents else [None] * len(documents)
    return [
        phrases_in(text, title=_outside(title, text), top=top, choices=choices)
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
    named = phrases.assign(phrase=_one_spelling(phrases))
    total = named.groupby("phrase", sort=True)["score"].sum()
    best = total.sort_values(ascending=False, kind="stable").index[:top]
    forms: dict[str, dict[str, None]] = {phrase: {} for phrase in best}
    texts = documents["text"]
    for doc, phrase, spans in zip(named["doc"], named["phrase"], named["spans"], strict=True):
        if phrase in forms:
            written = (" ".join(texts[doc][start:end].split()) for start, end in spans)
            forms[phrase].update(dict.fromkeys(written))
    return {phrase: list(written) for phrase, written in forms.items()}


def complete_phrases(documents: pd.DataFrame, phrases: pd.DataFrame) -> pd.DataFrame:
    """The phrases with every occurrence in all documents, for counts over many of them.

    `find_phrases` reads each document by itself, so that a phrase has no row where it occurs
    but is not among the document's best.  Here it has one, and one spelling for all documents.
    A surname alone is not looked for in other documents, where it may be somebody else's.

    documents, phrases : the tables of these names.

    Returns the table with rows added whose score is 0, in the order of the documents.

    >>> texts = pd.DataFrame({"text": ["The reef is old.", "A ship hit reefs."]})
    >>> best = find_phrases(texts)
    >>> complete_phrases(texts, best[best["doc"] == 0])[["doc", "phrase", "count"]].values.tolist()
    [[0, 'reef', 1], [1, 'reef', 1]]
    """
    documents = english(documents)
    named = phrases.assign(phrase=_one_spelling(phrases))
    forms = phrase_forms(documents, phrases, top=len(phrases))
    dictionary = Dictionary(
        {
            phrase: [form for form in written if not set(form.split()) < set(phrase.split())]
            for phrase, written in forms.items()
        }
    )
    known = set(zip(named["doc"], named["phrase"], strict=True))
    rows = []
    for doc, text in documents["text"].items():
        places: dict[str, list[Span]] = {}
        for hit in dictionary.hits(doc_of(text)):
            if (doc, hit.theme) not in known:
                places.setdefault(hit.theme, []).append((hit.start, hit.end))
        rows += [(doc, phrase, 0.0, len(spans), spans) for phrase, spans in places.items()]
    table = pd.concat([named, pd.DataFrame(rows, columns=COLUMNS)]) if rows else named
    order = documents.index.get_indexer(table["doc"])
    return table.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def _one_spelling(phrases: pd.DataFrame) -> pd.Series:
    """The phrase of each row, of those that differ in case and number the commonest."""
    counts = phrases.groupby("phrase")["count"].sum().sort_values(ascending=False, kind="stable")
    keys = {phrase: " ".join(singular(word) for word in phrase.split()) for phrase in counts.index}
    shown: dict[str, str] = {}
    for phrase, key in keys.items():
        shown.setdefault(key, phrase)
    return phrases["phrase"].map(lambda phrase: shown[keys[phrase]])


def _outside(title: object, text: str) -> str | None:
    """The title, unless it is missing or stands at the beginning of the text as well."""
    if not isinstance(title, str) or not title.strip():
        return None
    title = " ".join(title.split())
    return None if " ".join(text[: 2 * len(title) + 200].split()).startswith(title) else title


def _scores(
    found: dict[Key, Candidate], note: Doc, *, title: str | None = None
) -> tuple[dict[Key, float], dict[Key, float]]:
    """Two scores of each candidate: by the formula of `phrases_in`, and for what recurs."""
    heading = doc_of(title) if title else None
    in_title = candidates_of(heading).keys() if heading else ()
    words = [*note.words, *(heading.words if heading else ())]
    stems = Counter(stem(singular(word)) for word in words)
    length = max(1, len(note.words))
    body = 0 if heading else headline_end(note)
    bodies = body_words() | role_words()
    scores, recurring, best = {}, {}, Counter[str]()
    for key, c in found.items():
        count, size = len(c.spans), len(key)
        told = [word for word in key if word not in SMALL] or key
        parts = [part for word in told for part in word.split("-")]
        frequency = sum([max([stems[stem(p)] for p in word.split("-")]) for word in told])
        letters = (sum([len(part) for part in parts]) + len(parts) - 1) / len(parts)
        score = frequency / len(told) * (c.whole / count + 0.05) * letters**1.4
        if size == 1:
            score *= 0.7
            if key[0] in bodies:  # "the Organization": short for its full name
                score *= 0.3 if c.names else 0.85
        score *= 1 if count > 1 else 0.55
        recurring[key] = score * count if count > 1 else 0.0
        first = 0 if key in in_title else c.first / length
        after = next((n for n in c.numbers if n >= body), length) / length
        scores[key] = score * exp(-2.5 * first - 1.5 * after)
        for word in key if size > 1 else ():
            best[word] = max(best[word], scores[key])
    for key in scores:
        if len(key) == 1 and best[key[0]] > scores[key]:
            scores[key] *= 0.4
    return scores, recurring


def headline_end(note: Doc) -> int:
    """The number of the first word after a headline: a short first paragraph without full stop."""
    if len(note.paragraphs) < 2 or not note.sentences:
        return 0
    end = bisect_left(note.sentence_paragraph, 1)
    after = note.sentences[end - 1][1] if end else 0
    return after if 0 < after <= HEADLINE and note.words[after - 1] not in CLOSING else 0
