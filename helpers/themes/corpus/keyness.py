"""Keyness: which words and phrases set some documents apart from others."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np
import pandas as pd
from scipy.special import erfc, xlogy

from ...documents import KitError
from ...run.choices import Choices
from .reading import Corpus, read_corpus

__all__ = ["adjusted", "find_keyness", "keyness"]

COLUMNS = [
    "term",
    "g2",
    "log_ratio",
    "p_adjusted",
    "count_a",
    "count_b",
    "per_1000_a",
    "per_1000_b",
    "documents_a",
    "documents_b",
]


def find_keyness(
    corpus: Corpus, subset: Collection[str], *, minimum: int = 3, spread: int = 1
) -> pd.DataFrame:
    """Which terms set a subset (a) of the documents apart from all others (b), the strongest first.

    G² says how sure it is that the shares differ, the log ratio how much; a word that one
    document repeats is no trait of the group, so look at `documents_a` too.  Thousands of terms
    are compared at once: `p_adjusted` is the false discovery rate (Benjamini & Hochberg 1995), so
    that of all rows up to 0.05 about one in twenty would be chance, if words came singly.  They
    come in clusters, a document at a time, so it is a sieve, not a proof.

    subset : names of documents, such as `select_documents` gives.
    minimum : a term's least count in both together.
    spread : the least number of documents, in both together, that must have it.

    Returns columns term; g2 (negative when the term is commoner in `b`; Dunning 1993, on the two
    counts and the rest); log_ratio (Hardie 2014: each step is twice the share; a count of 0 is
    taken as 0.5); p_adjusted; count_, per_1000_ and documents_ of a and b.  A phrase's words are
    counted by themselves, too; `data/generic_words.txt` ("week", "large") are left out.  Without
    documents on one side there are no rows.

    >>> documents = pd.DataFrame({"text": ["We trade. " * 9, "We talk. " * 9]}, index=["a", "b"])
    >>> find_keyness(read_corpus(documents), ["a"]).term.tolist()
    ['trade', 'talk']
    """
    inside = corpus.documents.index.isin(list(subset))
    if not inside.any() or inside.all():
        return pd.DataFrame(columns=COLUMNS)
    counts = [corpus.counts[rows] for rows in (inside, ~inside)]
    x, y = (np.asarray(side.sum(axis=0)).ravel().astype(float) for side in counts)
    has = [np.bincount(side.indices, minlength=len(corpus.keys)) for side in counts]
    total_a, total_b = (max(1, int(corpus.words[rows].sum())) for rows in (inside, ~inside))
    rows = np.flatnonzero((x + y >= minimum) & (has[0] + has[1] >= spread) & ~corpus.generic)
    x, y = x[rows], y[rows]
    g2 = _g2(x, total_a, y, total_b)
    ratio = np.log2(np.where(x > 0, x, 0.5) / total_a) - np.log2(np.where(y > 0, y, 0.5) / total_b)
    more = x * total_b >= y * total_a
    table = pd.DataFrame(
        {
            "term": corpus.shown[rows],
            "g2": np.where(more, g2, -g2),
            "log_ratio": ratio,
            "p_adjusted": adjusted(erfc(np.sqrt(g2 / 2))),
            "count_a": x.astype(int),
            "count_b": y.astype(int),
            "per_1000_a": 1000 * x / total_a,
            "per_1000_b": 1000 * y / total_b,
            "documents_a": has[0][rows],
            "documents_b": has[1][rows],
        },
        columns=COLUMNS,
    )
    order = np.lexsort((table["term"].astype(str), -table["g2"]))
    return table.iloc[order].reset_index(drop=True)


def keyness(
    a: pd.DataFrame,
    b: pd.DataFrame,
    *,
    minimum: int = 3,
    spread: int = 1,
    choices: Choices | None = None,
) -> pd.DataFrame:
    """The same for two documents tables, such as yours and a reference corpus; see `find_keyness`.

    choices : the user's stop list and merges, as for `read_corpus`.

    >>> one, other = (pd.DataFrame({"text": [t * 9]}) for t in ("We trade. ", "We talk. "))
    >>> keyness(one, other)["log_ratio"].round(2).tolist()
    [4.17, -4.17]
    """
    if "text" not in a or "text" not in b:
        raise KitError("keyness compares two documents tables — one of them has no column `text`")
    both = pd.concat([a, b], keys=["a", "b"])
    both.index = pd.Index([" ".join(map(str, name)) for name in both.index], name="doc")
    corpus = read_corpus(both, choices=choices)
    return find_keyness(corpus, both.index[: len(a)], minimum=minimum, spread=spread)


def adjusted(p: np.ndarray) -> np.ndarray:
    """P values as false discovery rates: the share of chance among all that are no larger.

    Source: Benjamini & Hochberg 1995.

    >>> adjusted(np.array([0.01, 0.02, 0.9])).round(3).tolist()
    [0.03, 0.03, 0.9]
    """
    order = np.argsort(-p, kind="stable")
    rate = np.minimum.accumulate(p[order] * len(p) / np.arange(len(p), 0, -1))
    found = np.empty(len(p))
    found[order] = np.minimum(rate, 1.0)
    return found


def _g2(x: np.ndarray, total_a: int, y: np.ndarray, total_b: int) -> np.ndarray:
    """The log-likelihood ratio of the tables [[x, total_a - x], [y, total_b - y]]."""
    total, value = total_a + total_b, np.zeros(len(x))
    for cell, row, column in (
        (x, total_a, x + y),
        (total_a - x, total_a, total - x - y),
        (y, total_b, x + y),
        (total_b - y, total_b, total - x - y),
    ):
        value += xlogy(cell, np.where(cell > 0, cell, 1.0) * total / np.maximum(row * column, 1e-9))
    return np.maximum(0.0, 2 * value)
