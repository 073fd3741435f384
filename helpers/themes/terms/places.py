"""Places of words in texts: concordance, dispersion, and which terms stand together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Literal

import pandas as pd

from ...documents import KitError
from ...text.tokens import Annotated, annotate
from ..dictionary import Dictionary, Hit
from .counts import npmi

__all__ = ["concordance", "cooccurrence", "cooccurrence_matrix", "dispersion"]

Unit = Literal["sentence", "paragraph", "document"]

CONCORDANCE = ["doc", "start", "end", "paragraph", "left", "match", "right"]
DISPERSION = ["term", "count", "parts", "parts_with", "dp", "places"]
COOCCURRENCE = ["a", "b", "together", "units_a", "units_b", "units", "npmi", "jaccard"]


def concordance(
    documents: pd.DataFrame,
    pattern: str | Sequence[str],
    *,
    width: int = 60,
    sort: Literal["place", "left", "right"] = "place",
) -> pd.DataFrame:
    """Every occurrence of a word, phrase or wildcard with its context (KWIC), one row each.

    Does not look over the end of a sentence for a phrase; context does cross it, but not the
    end of a paragraph.

    pattern : an entry of a theme dictionary ("road", "invest*", "rule of law"), or a list of them.
    width : characters of context on each side; half a word at the edge is left out.
    sort : in the order of the text, by the words to the left (nearest first) or to the right.

    Returns columns doc, start, end, paragraph, left, match, right.
    Raises KitError for another `sort`.

    >>> concordance(pd.DataFrame({"text": ["All roads lead to Rome."]}), "road").right[0]
    'lead to Rome.'
    """
    if sort not in ("place", "left", "right"):
        raise KitError(f"no order {sort!r} for a concordance; give 'place', 'left' or 'right'")
    rows = []
    for doc, note, hits in _hits(documents, {"": _entries(pattern)}):
        for hit in hits:
            begin, end = note.paragraphs[hit.paragraph]
            rows.append(
                (
                    doc,
                    hit.start,
                    hit.end,
                    hit.paragraph,
                    _context(note.text, max(begin, hit.start - width), hit.start, edge=begin),
                    note.text[hit.start : hit.end],
                    _context(note.text, hit.end, min(end, hit.end + width), edge=end),
                )
            )
    if sort == "left":
        rows.sort(key=lambda row: row[4].lower().split()[::-1])
    if sort == "right":
        rows.sort(key=lambda row: row[6].lower().split())
    return pd.DataFrame(rows, columns=CONCORDANCE)


def dispersion(
    documents: pd.DataFrame,
    terms: Iterable[str] | Mapping[str, Sequence[str]],
    *,
    parts: Unit = "paragraph",
) -> pd.DataFrame:
    """How evenly each term is spread: Gries' DP, and all its places.

    DP is 0 when each part holds as large a share of the term as of all words, and nears 1 when
    one small part holds all (Gries 2008).  A term that does not occur has no DP.

    terms : words, phrases and wildcards, or {label: entries} (a theme dictionary).
    parts : what the texts are divided into: "sentence", "paragraph" or "document".

    Returns columns term, count, parts (their number), parts_with (those that have it), dp,
    places (a list of (doc, start, end)).

    >>> dispersion(pd.DataFrame({"text": ["A road.\\n\\nA road."]}), ["road"]).dp.tolist()
    [0.0]
    """
    lists = _labelled(terms)
    sizes: list[int] = []
    inside: dict[str, Counter[int]] = {label: Counter() for label in lists}
    places: dict[str, list[tuple]] = {label: [] for label in lists}
    for doc, note, hits in _hits(documents, lists):
        number_of = _part_numbers(note, parts)
        base = len(sizes)
        sizes += [0] * (number_of(len(note.text)) + 1 if note.words else 0)
        for start, word in zip(note.starts, note.words, strict=True):
            sizes[base + number_of(start)] += word[0].isalnum()
        for hit in hits:
            inside[hit.theme][base + number_of(hit.start)] += 1
            places[hit.theme].append((doc, hit.start, hit.end))
    rows = []
    for label in lists:
        rows.append(
            (
                label,
                len(places[label]),
                sum(n > 0 for n in sizes),
                len(inside[label]),
                _dp(inside[label], sizes),
                places[label],
            )
        )
    return pd.DataFrame(rows, columns=DISPERSION)


def cooccurrence(
    documents: pd.DataFrame,
    terms: Iterable[str] | Mapping[str, Sequence[str]],
    *,
    unit: Unit = "paragraph",
) -> pd.DataFrame:
    """Which terms stand in the same sentences, paragraphs or documents, the closest first.

    Two terms are together where they stand at two places: a term that only occurs inside the
    other ("trade" in "free trade") is not.

    terms : words, phrases and wildcards, or {label: entries} (a theme dictionary).
    unit : what counts as together.

    Returns one row per pair that occurs: a, b (in the order of `terms`), together (units with
    both), units_a, units_b, units (all), npmi (1 always together, 0 as by chance; missing when
    all units have both), jaccard (units with both by units with either); `attrs["unit"]` is the
    unit.

    >>> table = cooccurrence(pd.DataFrame({"text": ["Road and rail.\\n\\nSea."]}), ["road", "rail"])
    >>> table[["together", "units", "npmi"]].values.tolist()
    [[1.0, 2.0, 1.0]]
    """
    lists = _labelled(terms)
    where: dict[str, dict[tuple, tuple[int, int]]] = {label: {} for label in lists}
    units = 0
    for doc, note, hits in _hits(documents, lists):
        number_of = _part_numbers(note, unit)
        units += number_of(len(note.text)) + 1 if note.words else 0
        for hit in hits:
            place = doc, number_of(hit.start)
            end, start = where[hit.theme].get(place, (hit.end, hit.start))
            where[hit.theme][place] = min(end, hit.end), max(start, hit.start)
    rows = []
    labels = [label for label in lists if where[label]]
    for i, a in enumerate(labels):
        for b in labels[i + 1 :]:
            x, y = len(where[a]), len(where[b])
            n = sum(
                _apart(where[a][place], where[b][place])
                for place in where[a].keys() & where[b].keys()
            )
            if n:
                rows.append((a, b, n, x, y, units, npmi(n, x, y, units), n / (x + y - n)))
    rows.sort(key=lambda row: -row[2])
    table = pd.DataFrame(rows, columns=COOCCURRENCE)
    table.attrs["unit"] = unit
    return table


def _apart(a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two terms have places that do not overlap, by their first ends and last starts."""
    return a[0] <= b[1] or b[0] <= a[1]


def cooccurrence_matrix(pairs: pd.DataFrame, *, value: str = "together") -> pd.DataFrame:
    """The pairs of `cooccurrence` as a square: one row and one column a term, empty where no pair.

    pairs : the table of `cooccurrence`.
    value : its column that fills the cells: "together", "npmi" or "jaccard".

    Returns the matrix, symmetric, terms with the most pairs first, nothing on the diagonal.
    Raises KitError for another column.

    >>> pairs = cooccurrence(pd.DataFrame({"text": ["Road and rail."]}), ["road", "rail"])
    >>> cooccurrence_matrix(pairs).loc["road", "rail"]
    np.float64(1.0)
    """
    if value not in ("together", "npmi", "jaccard"):
        raise KitError(f"no measure {value!r} of pairs; give 'together', 'npmi' or 'jaccard'")
    both = pd.concat([pairs, pairs.rename(columns={"a": "b", "b": "a"})])
    order = (
        both.groupby("a")["together"]
        .sum()
        .sort_index()
        .sort_values(ascending=False, kind="stable")
        .index.tolist()
    )
    matrix = pd.DataFrame(
        float("nan"), index=pd.Index(order, name="a"), columns=pd.Index(order, name="b")
    )
    for a, b, n in zip(both["a"], both["b"], both[value], strict=True):
        matrix.loc[a, b] = float("nan") if n is None else float(n)
    matrix.attrs.update(measure=value, of=pairs.attrs.get("unit", "unit") + "s", columns="term")
    return matrix


def _entries(pattern: str | Sequence[str]) -> list[str]:
    return [pattern] if isinstance(pattern, str) else list(pattern)


def _labelled(terms: Iterable[str] | Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    if isinstance(terms, Mapping):
        return {label: _entries(entries) for label, entries in terms.items()}
    return {term: [term] for term in _entries(terms if isinstance(terms, str) else list(terms))}


def _hits(
    documents: pd.DataFrame, lists: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Annotated, list[Hit]]]:
    dictionary = Dictionary(lists)
    for doc, text in zip(documents.index, documents["text"], strict=True):
        note = annotate(text)
        yield doc, note, dictionary.hits(note)


def _context(text: str, start: int, end: int, *, edge: int) -> str:
    """The text between, on one line, without the half of a word at the side that was cut off."""
    if start < end and edge < start and text[start - 1].isalnum() and text[start].isalnum():
        cut = next((n for n in range(start, end) if text[n].isspace()), end)
        start = cut
    if start < end < edge and text[end].isalnum() and text[end - 1].isalnum():
        cut = next((n for n in range(end - 1, start - 1, -1) if text[n].isspace()), start)
        end = cut
    return " ".join(text[start:end].split())


def _part_numbers(note: Annotated, unit: Unit) -> Callable[[int], int]:
    """What tells the number of the sentence, paragraph or document at a place in the text."""
    if unit == "document":
        return lambda place: 0
    if unit == "paragraph":
        starts = [start for start, _ in note.paragraphs]
    elif unit == "sentence":
        starts = [note.starts[first] for first, _ in note.sentences]
    else:
        raise KitError(f"no unit {unit!r}; give 'sentence', 'paragraph' or 'document'")
    return lambda place: max(0, bisect_right(starts, place) - 1)


def _dp(inside: Counter[int], sizes: Sequence[int]) -> float | None:
    """Gries' DP; None for a term without places."""
    count, total = sum(inside.values()), sum(sizes)
    if not count or not total:
        return None
    return round(sum(abs(inside[n] / count - size / total) for n, size in enumerate(sizes)) / 2, 6)
