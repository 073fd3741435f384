"""Terms in texts: their contexts, and which of them stand together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from ..documents import KitError
from ..text import doc_of
from .corpus import npmi
from .dictionary import Dictionary

__all__ = ["concordance", "cooccurrence", "count_pairs"]

CONCORDANCE = "doc start end paragraph left match right".split()
COOCCURRENCE = "a b together units_a units_b units npmi jaccard".split()
SORTS = {  # a concordance
    "place": lambda row: 0,
    "left": lambda row: row[4].lower().split()[::-1],
    "right": lambda row: row[6].lower().split(),
}


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
    if sort not in SORTS:
        raise KitError(f"no order {sort!r} for a concordance; give 'place', 'left' or 'right'")
    dictionary, rows = Dictionary({"": [pattern] if isinstance(pattern, str) else pattern}), []
    for doc, text in documents["text"].items():
        note = doc_of(text)
        for _, paragraph, start, end in dictionary.hits(note):
            first, last = note.paragraphs[paragraph]
            left, right = text[max(first, start - width - 1) : start], text[end:last]
            left = re.sub(r"^\S+", "", left) if len(left) > width else left  # half a word
            right = re.sub(r"\S+$", "", right[: width + 1]) if len(right) > width else right
            left, right = (" ".join(side.split()) for side in (left, right))
            rows.append((doc, start, end, paragraph, left, text[start:end], right))
    return pd.DataFrame(sorted(rows, key=SORTS[sort]), columns=CONCORDANCE)


def cooccurrence(
    documents: pd.DataFrame,
    terms: Mapping[str, Sequence[str]],
    *,
    unit: Literal["sentence", "paragraph", "document"] = "paragraph",
) -> pd.DataFrame:
    """Which terms stand in the same sentences, paragraphs or documents, as `count_pairs` says.

    A term that only occurs inside another one ("trade" in "free trade") does not stand with it.

    terms : {label: entries}, a theme dictionary such as `phrase_forms` gives.
    unit : what counts as together; `attrs["unit"]` of the table is it.
    Raises KitError for another unit.

    >>> texts = pd.DataFrame({"text": ["Road and rail.\\n\\nSea."]})
    >>> table = cooccurrence(texts, {"road": ["road"], "rail": ["rail"]})
    >>> table[["together", "units", "npmi"]].values.tolist()
    [[1.0, 2.0, 1.0]]
    """
    if unit not in ("sentence", "paragraph", "document"):
        raise KitError(f"no unit {unit!r}; give 'sentence', 'paragraph' or 'document'")
    dictionary, numbers = Dictionary(terms), {label: n for n, label in enumerate(terms)}
    size, cells = 0, []
    for text in documents["text"]:
        note, until = doc_of(text), 0
        starts = {
            "document": [0][: len(note.words)],
            "paragraph": [start for start, _ in note.paragraphs],
            "sentence": [note.starts[first] for first, _ in note.sentences],
        }[unit]
        for hit in dictionary.hits(note):
            if hit.end > until:  # the words of no longer term
                cells.append((size + bisect_right(starts, hit.start) - 1, numbers[hit.theme]))
                until = hit.end
        size += len(starts)
    has = np.zeros((size, len(terms)), bool)
    has[tuple(np.array(cells, int).reshape(-1, 2).T)] = True
    return count_pairs(pd.DataFrame(has, columns=list(terms)), unit=unit)


def count_pairs(matrix: pd.DataFrame, *, unit: str = "document") -> pd.DataFrame:
    """Which terms, themes or topics share units: one row a pair, those with most units first.

    matrix : a row a unit, a column a term; more than 0 means that the unit has it, so that
        `count_theme_documents` gives one.
    unit : what a row is.

    Returns the pairs that occur: a, b (in the order of the columns), together (units with both),
    units_a, units_b, units (all), npmi (1 always together, 0 as by chance; missing when all units
    have both), jaccard (units with both by units with either).  Themes of one dictionary meet
    often by the choice of their words: read before you conclude.

    >>> count_pairs(pd.DataFrame({"rail": [1, 0], "road": [2, 0]}))["npmi"].tolist()
    [1.0]
    """
    has, size = csr_matrix(matrix.to_numpy() > 0).astype(int), len(matrix)
    both = (has.T @ has).toarray()
    i, j = np.nonzero(np.triu(both, 1))
    x, y, together = both[i, i], both[j, j], both[i, j]
    cells = [together, x, y, size, npmi(together, x, y, size), together / (x + y - together)]
    columns = [matrix.columns[i], matrix.columns[j], *cells]
    table = pd.DataFrame(dict(zip(COOCCURRENCE, columns, strict=True)))
    table.attrs["unit"] = unit
    return table.sort_values("together", ascending=False, kind="stable", ignore_index=True)
