"""Terms in texts: their contexts, how evenly they are spread, and which stand together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from ..documents import KitError
from ..text import Doc, doc_of
from .counting import npmi
from .dictionary import Dictionary, Hit

__all__ = ["concordance", "cooccurrence", "cooccurrence_matrix", "dispersion"]

Unit = Literal["sentence", "paragraph", "document"]
Terms = Iterable[str] | Mapping[str, Sequence[str]]

CONCORDANCE = "doc start end paragraph left match right".split()
DISPERSION = "term count parts parts_with dp places".split()
COOCCURRENCE = "a b together units_a units_b units npmi jaccard".split()
FIRST_WORD, LAST_WORD = re.compile(r"^\S+"), re.compile(r"\S+$")  # halves, at the edge of a context


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
    entries = [pattern] if isinstance(pattern, str) else pattern
    rows = []
    for doc, note, hits in _hits(documents, {"": entries}):
        for hit in hits:
            begin, end = note.paragraphs[hit.paragraph]
            left = note.text[max(begin, hit.start - width - 1) : hit.start]
            right = note.text[hit.end : min(end, hit.end + width + 1)]
            left = FIRST_WORD.sub("", left) if len(left) > width else left
            right = LAST_WORD.sub("", right) if len(right) > width else right
            left, right = (" ".join(side.split()) for side in (left, right))
            match = note.text[hit.start : hit.end]
            rows.append((doc, hit.start, hit.end, hit.paragraph, left, match, right))
    if sort == "left":
        rows.sort(key=lambda row: row[4].lower().split()[::-1])
    if sort == "right":
        rows.sort(key=lambda row: row[6].lower().split())
    return pd.DataFrame(rows, columns=CONCORDANCE)


def dispersion(documents: pd.DataFrame, terms: Terms, *, parts: Unit = "paragraph") -> pd.DataFrame:
    """How evenly each term is spread: Gries' DP, and all its places.

    DP is 0 when each part holds as large a share of the term as of all words, and nears 1 when
    one small part holds all (Gries 2008).  A term that does not occur has no DP.

    terms : words, phrases and wildcards, or {label: entries} (a theme dictionary).
    parts : what the texts are divided into: "sentence", "paragraph" or "document".

    Returns columns term, count, parts (their number), parts_with (those that have it), dp,
    places (a list of (doc, start, end)).
    Raises KitError for other `parts`.

    >>> dispersion(pd.DataFrame({"text": ["A road.\\n\\nA road."]}), ["road"]).dp.tolist()
    [0.0]
    """
    lists = _labelled(terms)
    sizes: list[int] = []
    inside: dict[str, list[int]] = {label: [] for label in lists}
    places: dict[str, list[tuple]] = {label: [] for label in lists}
    for doc, note, hits in _hits(documents, lists):
        starts, base = _unit_starts(note, parts), len(sizes)
        sizes += [0] * len(starts)
        for start, word in zip(note.starts, note.words, strict=True):
            sizes[base + bisect_right(starts, start) - 1] += word[0].isalnum()
        for hit in hits:
            inside[hit.theme].append(base + bisect_right(starts, hit.start) - 1)
            places[hit.theme].append((doc, hit.start, hit.end))
    size = np.array(sizes, float)
    rows = []
    for label, where in inside.items():
        found = np.bincount(where, minlength=len(size)).astype(float)
        dp = abs(found / len(where) - size / size.sum()).sum() / 2 if where and size.any() else None
        dp = None if dp is None else round(float(dp), 6)
        rows.append((label, len(where), (size > 0).sum(), len(set(where)), dp, places[label]))
    return pd.DataFrame(rows, columns=DISPERSION)


def cooccurrence(
    documents: pd.DataFrame, terms: Terms, *, unit: Unit = "paragraph"
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
    Raises KitError for another unit.

    >>> table = cooccurrence(pd.DataFrame({"text": ["Road and rail.\\n\\nSea."]}), ["road", "rail"])
    >>> table[["together", "units", "npmi"]].values.tolist()
    [[1.0, 2.0, 1.0]]
    """
    lists = _labelled(terms)
    where: dict[str, dict[tuple, tuple[int, int]]] = {label: {} for label in lists}
    units = 0
    for doc, note, hits in _hits(documents, lists):
        starts = _unit_starts(note, unit)
        units += len(starts)
        for hit in hits:  # of each term its first end and its last start, which tell if two overlap
            place = doc, bisect_right(starts, hit.start)
            end, start = where[hit.theme].get(place, (hit.end, hit.start))
            where[hit.theme][place] = min(end, hit.end), max(start, hit.start)
    rows = []
    for a, b in combinations([label for label in lists if where[label]], 2):
        pairs = [(where[a][place], where[b][place]) for place in where[a].keys() & where[b].keys()]
        together = sum(one[0] <= other[1] or other[0] <= one[1] for one, other in pairs)
        if together:
            x, y = len(where[a]), len(where[b])
            close = float(npmi(together, x, y, units))
            rows.append((a, b, together, x, y, units, close, together / (x + y - together)))
    rows.sort(key=lambda row: -row[2])
    table = pd.DataFrame(rows, columns=COOCCURRENCE)
    table.attrs["unit"] = unit
    return table


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


def _labelled(terms: Terms) -> dict[str, list[str]]:
    if isinstance(terms, Mapping):
        return {
            label: [entries] if isinstance(entries, str) else list(entries)
            for label, entries in terms.items()
        }
    return {term: [term] for term in ([terms] if isinstance(terms, str) else terms)}


def _hits(
    documents: pd.DataFrame, lists: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, Doc, list[Hit]]]:
    dictionary = Dictionary(lists)
    for doc, text in zip(documents.index, documents["text"], strict=True):
        note = doc_of(text)
        yield doc, note, dictionary.hits(note)


def _unit_starts(note: Doc, unit: Unit) -> list[int]:
    """Where each sentence, each paragraph or the document begins; its number is that before."""
    if unit == "document":
        return [0] if note.words else []
    if unit == "paragraph":
        return [start for start, _ in note.paragraphs]
    if unit == "sentence":
        return [note.starts[first] for first, _ in note.sentences]
    raise KitError(f"no unit {unit!r}; give 'sentence', 'paragraph' or 'document'")
