"""Key phrases: the names and noun groups that a text is about, each with every place it occurs."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from math import exp
from numbers import Integral

import pandas as pd

from ..documents import KitError, english
from ..text import Doc, Span, doc_of
from ..text.forms import body_words, role_words, singular, stem
from ..work import WORTH_IT, kept_or_found
from .candidates import SMALL, Candidate, Key, candidates_of
from .choices import Choices
from .dictionary import Dictionary

__all__ = ["complete_phrases", "find_phrases", "phrase_forms"]

COLUMNS = "doc phrase score count spans".split()
Row = tuple[str, float, int, list[Span]]  # the cells of a row, without its document
HEADLINE = 25  # words, at most
CLOSING = frozenset({".", "!", "?", "…", "”", '"', ":"})


def find_phrases(
    documents: pd.DataFrame, *, top: int = 15, choices: Choices | None = None
) -> pd.DataFrame:
    """The key phrases of each document, one a row, best first, with all their places.

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
    Does not find phrases with a verb or a preposition (but "of" in a name).

    documents : the documents table; those in another language than English are left out.  A `title`
        that is not in the text counts as standing at the beginning.
    top : at most so many phrases for each document.
    choices : the user's own stop list and merges, as `load_choices` reads them.

    Returns columns doc; phrase (its commonest form); score (compares phrases of one document
    only); count (its occurrences); spans (all of them, as a list of (start, end)).
    Raises KitError for another `top` than 0, 1, 2, …

    >>> documents = pd.DataFrame({"text": ["Road traffic grew. The road traffic is slow."]})
    >>> find_phrases(documents, top=1)[["phrase", "count"]].values.tolist()
    [['Road traffic', 2]]
    """
    if not isinstance(top, Integral) or isinstance(top, bool) or top < 0:
        raise KitError(f"top={top!r} is no number of phrases — give 0 or more, such as 15")
    documents, settings = english(documents), {"top": int(top), "choices": choices or Choices()}
    found = kept_or_found(_cells, documents, name="phrases", worth=WORTH_IT, **settings)
    rows = [(doc, *row) for doc, own in zip(documents.index, found, strict=True) for row in own]
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["spans"] = [[tuple(span) for span in spans] for spans in table["spans"]]
    return table


def phrase_forms(
    documents: pd.DataFrame, phrases: pd.DataFrame, *, top: int = 15
) -> dict[str, list[str]]:
    """The best phrases of all documents with the forms in which they are written.

    It is a theme dictionary of phrases: `cooccurrence` and `concordance` take it.

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
    chosen = named[named["phrase"].isin(best)].explode("spans")
    for doc, phrase, span in zip(chosen["doc"], chosen["phrase"], chosen["spans"], strict=True):
        forms[phrase][" ".join(documents.at[doc, "text"][slice(*span)].split())] = None
    return {phrase: list(written) for phrase, written in forms.items()}


def complete_phrases(documents: pd.DataFrame, phrases: pd.DataFrame) -> pd.DataFrame:
    """The phrases with every occurrence in all documents, for counts over many of them.

    `find_phrases` reads each document by itself, so that a phrase has no row where it occurs
    but is not among the document's best.  Here it has one, and one spelling for all documents.
    A surname alone is not looked for in other documents, where it may be somebody else's.

    documents, phrases : the tables of these names.

    Returns the table with rows added whose score is 0, in the order of the documents; its
    `attrs["complete"]` is True.

    >>> texts = pd.DataFrame({"text": ["The reef is old.", "A ship hit reefs."]})
    >>> best = find_phrases(texts)
    >>> complete_phrases(texts, best[best["doc"] == 0])[["doc", "phrase", "count"]].values.tolist()
    [[0, 'reef', 1], [1, 'reef', 1]]
    """
    documents, named = english(documents), phrases.assign(phrase=_one_spelling(phrases))
    forms = phrase_forms(documents, phrases, top=len(phrases))
    for phrase, written in forms.items():
        forms[phrase] = [one for one in written if not set(one.split()) < set(phrase.split())]
    dictionary, known = Dictionary(forms), set(zip(named["doc"], named["phrase"], strict=True))
    places: dict[tuple, list[Span]] = defaultdict(list)
    for doc, text in documents["text"].items():
        for hit in dictionary.hits(doc_of(text)):
            if (doc, hit.theme) not in known:
                places[doc, hit.theme].append((hit.start, hit.end))
    rows = [(*place, 0.0, len(spans), spans) for place, spans in places.items()]
    table = pd.concat([named, pd.DataFrame(rows, columns=COLUMNS)]) if rows else named
    order = documents.index.get_indexer(table["doc"])
    table = table.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    table.attrs["complete"] = True
    return table


def _one_spelling(phrases: pd.DataFrame) -> pd.Series:
    """The phrase of each row, of those that differ in case and number the commonest."""
    keys = phrases["phrase"].map(lambda phrase: " ".join(map(singular, phrase.split())))
    counts = phrases.groupby([keys.rename("key"), "phrase"], sort=False)["count"].sum()
    best = counts.sort_values(ascending=False, kind="stable").index.to_frame(index=False)
    return keys.map(best.drop_duplicates("key").set_index("key")["phrase"])


def _cells(documents: pd.DataFrame, *, top: int, choices: Choices) -> list[list[Row]]:
    """The cells of each document's rows, without its name."""
    both = documents.reindex(columns=["text", "title"]).itertuples(index=False)
    return [_phrases_in(doc_of(text), _outside(title, text), top, choices) for text, title in both]


def _phrases_in(note: Doc, title: str | None, top: int, choices: Choices) -> list[Row]:
    found = candidates_of(note, choices)
    _score(found, note, title=title)
    order = sorted(found.values(), key=lambda c: (-c.score, c.spans[0][0], c.words))
    first, rest = order[: top - top // 5], order[top - top // 5 :]
    again = sorted(rest, key=lambda c: -c.recurring)[: top // 5]
    best = [*first, *(c for c in again if len(c.spans) > 1), *rest]
    chosen = list(dict.fromkeys(c.words for c in best))[:top]
    kept = (c for c in order if c.words in chosen)
    return [(c.shown(note.text), round(c.score, 4), len(c.spans), c.spans) for c in kept]


def _outside(title: object, text: str) -> str | None:
    """The title, unless it is missing or stands at the beginning of the text as well."""
    title = " ".join(title.split()) if isinstance(title, str) else ""
    beginning = " ".join(text[: 2 * len(title) + 200].split())
    return None if beginning.startswith(title) else title


def _score(found: dict[Key, Candidate], note: Doc, *, title: str | None) -> None:
    """Gives each candidate its scores: by the formula of `find_phrases`, and for what recurs."""
    heading = doc_of(title or "")
    in_title = candidates_of(heading)
    stems = Counter(stem(singular(word)) for word in note.words + heading.words)
    length = max(1, len(note.words))
    body = 0 if title else _headline_end(note)
    bodies = body_words() | role_words()
    best: dict[str, float] = defaultdict(float)  # of each word, among the phrases that hold it
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
        c.recurring = score * count
        first = 0 if key in in_title else bisect_left(note.starts, c.spans[0][0]) / length
        again = next((start for start, _ in c.spans if start >= body), len(note.text))
        after = bisect_left(note.starts, again) / length
        c.score = score * exp(-2.5 * first - 1.5 * after)
        for word in key if size > 1 else ():
            best[word] = max(best[word], c.score)
    for key, c in found.items():
        if len(key) == 1 and best[key[0]] > c.score:
            c.score *= 0.4


def _headline_end(note: Doc) -> int:
    """Where the text behind a headline begins: a short first paragraph without full stop."""
    if len(note.paragraphs) < 2:
        return 0
    (start, end), (after, _) = note.paragraphs[:2]
    words = note.text[start:end].split()
    return after if len(words) <= HEADLINE and words[-1][-1] not in CLOSING else 0
