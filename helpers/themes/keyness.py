"""Keyness: which words and phrases set some documents apart from others."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import rel_entr

from ..documents import KitError
from .choices import Choices
from .corpus import read_corpus

__all__ = ["keyness", "select_documents"]

COLUMNS = (
    "term g2 log_ratio p_adjusted count_a count_b per_1000_a per_1000_b documents_a documents_b"
).split()
OFTEN = 3  # a term's least count


def keyness(
    a: pd.DataFrame, b: pd.DataFrame, *, spread: int = 1, choices: Choices | None = None
) -> pd.DataFrame:
    """Which terms set the documents of one table (a) apart from another's, the strongest first.

    G² says how sure it is that the shares differ, the log ratio how much; a word that one
    document repeats is no trait of the group, so look at `documents_a` too.  Thousands of terms
    are compared at once: `p_adjusted` is the false discovery rate (Benjamini & Hochberg 1995), so
    that of all rows up to 0.05 about one in twenty would be chance, if words came singly.  They
    come in clusters, a document at a time, so it is a sieve, not a proof.

    a, b : documents tables, such as a part of yours and the rest, or yours and a reference corpus.
    spread : the least number of documents, in both together, that must have a term.
    choices : the user's stop list and merges, as for `read_corpus`.

    Returns columns term; g2 (negative when the term is commoner in `b`; Dunning 1993, on the two
    counts and the rest); log_ratio (Hardie 2014: each step is twice the share; a count of 0 is
    taken as 0.5); p_adjusted; count_, per_1000_ and documents_ of a and b.  A phrase's words are
    counted by themselves, too; `data/generic_words.txt` ("week", "large") are left out.  Without
    documents on one side there are no rows.
    Raises KitError when one of them is no table of documents.

    >>> one, other = (pd.DataFrame({"text": [t * 9]}) for t in ("We trade. ", "We talk. "))
    >>> keyness(one, other)["log_ratio"].round(2).tolist()
    [4.17, -4.17]
    """
    if "text" not in a or "text" not in b:
        raise KitError("keyness compares two documents tables — one of them has no column `text`")
    corpus = read_corpus(pd.concat([a, b], ignore_index=True), choices=choices)
    first = corpus.documents.index < len(a)
    sides = [corpus.counts[np.flatnonzero(rows)] for rows in (first, ~first)]
    x, y = (side.sum(axis=0).A1.astype(float) for side in sides)
    has = [np.bincount(side.indices, minlength=len(corpus.keys)) for side in sides]
    rows = np.flatnonzero((x + y >= OFTEN) & (has[0] + has[1] >= spread) & ~corpus.generic)
    if first.all() or not first.any() or not len(rows):
        return pd.DataFrame(columns=COLUMNS)
    total_a, total_b = (max(1, int(corpus.words[side].sum())) for side in (first, ~first))
    x, y = x[rows], y[rows]
    g2 = _g2(x, total_a - x, y, total_b - y)
    from scipy.stats import chi2, false_discovery_control  # takes a second: not for every import

    cells = [
        corpus.shown[rows],
        np.where(x * total_b >= y * total_a, g2, -g2),
        np.log2(np.maximum(x, 0.5) / total_a * total_b / np.maximum(y, 0.5)),
        false_discovery_control(chi2.sf(g2, 1)),
        *(x.astype(int), y.astype(int), 1000 * x / total_a, 1000 * y / total_b),
        *(has[0][rows], has[1][rows]),
    ]
    table = pd.DataFrame(dict(zip(COLUMNS, cells, strict=True))).sort_values("term")
    return table.sort_values("g2", ascending=False, kind="stable", ignore_index=True)


def _g2(a: object, b: object, c: object, d: object) -> np.ndarray:
    """G² of the tables [[a, b], [c, d]] (Dunning 1993); 0 when nothing is surprising."""
    a, b, c, d = cells = np.array(np.broadcast_arrays(a, b, c, d), float)
    products = np.array(
        [(a + b) * (a + c), (a + b) * (b + d), (c + d) * (a + c), (c + d) * (b + d)]
    )
    return np.maximum(0.0, 2 * rel_entr(cells, products / np.maximum(cells.sum(0), 1)).sum(0))


def select_documents(
    documents: pd.DataFrame, rule: str | None = None
) -> tuple[pd.DataFrame, str, str]:
    """The documents that a rule describes, and what to call them and the others.

    documents : the documents table.
    rule : a condition on its columns as pandas' `DataFrame.query` takes it: "date >= '2023-05'",
        "source == 'The Post'", "text.str.contains('bridge')", joined by "and", "or", "not"; what is
        missing counts as "".  None takes the later half of the dated documents, or where fewer
        than two days are known, those of the commonest source.

    Raises KitError for a rule that pandas cannot follow.

    >>> documents = pd.DataFrame({"text": ["The bridge fell.", "Rain."]}, index=["a", "b"])
    >>> select_documents(documents, "text.str.contains('bridge')")[0].index.tolist()
    ['a']
    """
    cells = documents.astype(object).where(documents.notna(), "")
    name, rest = f"documents where {rule}", "the others"
    if rule is None:
        cells = cells.reindex(columns=["date", "source"], fill_value="")
        days, sources = (cells[column][cells[column] != ""] for column in cells)
        days = sorted(days)
        if days and days[0] != days[-1]:
            middle = max(days[len(days) // 2], next(day for day in days if day > days[0]))
            rule, name = "date >= @middle", f"documents since {middle}"
            rest = f"documents before {middle}"
        elif len(sources):
            source = sources.mode()[0]
            rule, name = "source == @source", f"documents from {source}"
        else:
            return documents[:0], "no documents", "all documents"
    try:
        chosen = cells.query(rule, engine="python").index
    except Exception as error:  # of many kinds: whatever the condition makes Python stumble over
        raise KitError(
            f"the rule {rule!r} cannot be followed ({error}) — write it on the columns "
            f"{', '.join(map(str, documents))}, such as \"text.str.contains('bridge')\""
        ) from error
    return documents.loc[chosen], name, rest
