"""Near-duplicates: reprints, updates and shortened versions, which distort every count."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from ..text.wording import known
from .corpus import Corpus

__all__ = ["find_duplicates", "keep_earliest"]

SHINGLE = 5  # words
SHORTEST = 20  # words; shorter documents are compared as wholes only
AT_ONCE = 10_000  # pairs that are compared, for the sake of memory
FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd: its powers tell apart what stands where
COLUMNS = "group doc date source title words earliest like shared jaccard".split()


def find_duplicates(corpus: Corpus, *, share: float = 0.6) -> pd.DataFrame:
    """The groups of documents that repeat each other, one row a document, the largest group first.

    Two documents belong together when the shorter has at least `share` of its runs of five words
    (shingles, in the singular and without marks) in the other; so a shortened reprint counts, and
    two reports that quote one speech do not.  Each document is compared with the first one that
    has a shingle of it and with the last one before it, not with all: a text with a thousand
    reprints gives two thousand pairs and not half a million.  Time grows with the number of
    documents.

    share : 0-1.

    Returns columns group (from 1); doc; date, source and title, where known; words; earliest (True
    for one in each group: by date, undated last, then in the order of the documents); like (the
    document of the group that it shares most with); shared (the share of the shorter one's
    shingles that both have) and jaccard (of all shingles of both) with that.

    >>> text = " ".join(f"word{n}" for n in range(60))
    >>> from helpers.themes import read_corpus
    >>> documents = pd.DataFrame({"text": [text, text + " more", "Other."]}, index=["a", "b", "c"])
    >>> find_duplicates(read_corpus(documents))[["doc", "earliest", "like"]].values.tolist()
    [['a', True, 'b'], ['b', False, 'a']]
    """
    one, other, shared, jaccard = _pairs(corpus)
    alike = shared >= share
    one, other, shared, jaccard = one[alike], other[alike], shared[alike], jaccard[alike]
    size = len(corpus)
    _, group = connected_components(coo_matrix((alike[alike], (one, other)), (size, size)), False)
    table = pd.DataFrame(
        {
            "at": np.concatenate([one, other]),
            "like": corpus.documents.index[np.concatenate([other, one])],
            "shared": np.tile(shared, 2).round(4),
            "jaccard": np.tile(jaccard, 2).round(4),
        }
    )
    table = table.sort_values(["shared", "jaccard"], ascending=False, kind="stable")
    table = table.drop_duplicates("at").sort_values("at", ignore_index=True)
    facts = corpus.documents.reindex(columns=["date", "source", "title"]).iloc[table["at"]]
    table[["date", "source", "title"]] = facts.to_numpy(object)
    table["doc"], table["words"] = facts.index, corpus.words[table["at"]]
    table["group"] = group[table["at"]]
    table["size"] = table.groupby("group")["at"].transform("size")
    table["first"] = table.groupby("group")["at"].transform("min")
    table["day"] = [str(day) if known(day) else "9999" for day in table["date"]]
    table = table.sort_values(
        ["size", "first", "day", "at"], ascending=[False, True, True, True], ignore_index=True
    )
    table["group"] = pd.factorize(table["group"])[0] + 1
    table["earliest"] = ~table["group"].duplicated()
    return table[COLUMNS]


def keep_earliest(documents: pd.DataFrame, duplicates: pd.DataFrame) -> pd.DataFrame:
    """The documents without all but the earliest of each group of `find_duplicates`.

    >>> documents = pd.DataFrame({"text": ["x", "x"]}, index=["a", "b"])
    >>> keep_earliest(documents, pd.DataFrame({"doc": ["a", "b"], "earliest": [True, False]}))
      text
    a    x
    """
    later = duplicates.loc[~duplicates["earliest"].astype(bool), "doc"]
    kept = documents[~documents.index.isin(later)]
    kept.attrs = documents.attrs
    return kept


def _pairs(corpus: Corpus) -> tuple[np.ndarray, ...]:
    """Pairs of documents with a shingle in common; their shares of the shorter's and of all."""
    doc, number, sizes = _shingles(corpus)
    order = np.lexsort((doc, number))
    doc, number = doc[order], number[order]
    new = np.append(True, number[1:] != number[:-1])[: len(doc)]
    opens = np.maximum.accumulate(np.where(new, np.arange(len(doc)), 0))
    again = np.flatnonzero(~new)  # where another document has the shingle, too
    codes = [
        doc[place].astype(np.int64) * len(corpus) + doc[again]
        for place in (again - 1, opens[again])
    ]
    one, other = np.divmod(np.unique(np.concatenate(codes)), max(1, len(corpus)))
    column = np.unique(number, return_inverse=True)[1]
    has = csr_matrix((np.ones(len(doc), np.int32), (doc, column)), (len(corpus), len(doc)))
    both = [np.zeros(0, int)]
    for first in range(0, len(one), AT_ONCE):
        some = slice(first, first + AT_ONCE)
        both.append(np.asarray(has[one[some]].multiply(has[other[some]]).sum(axis=1)).ravel())
    common, a, b = np.concatenate(both), sizes[one], sizes[other]
    return one, other, common / np.minimum(a, b), common / (a + b - common)


def _shingles(corpus: Corpus) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The different shingles of each document: its number, the shingle's, and how many it has."""
    words = (corpus.stream.astype(np.uint64) + np.uint64(1)) * FACTOR
    words = (words ^ (words >> np.uint64(31))) * FACTOR  # spread over 64 bits as if at random
    found = []
    for begin, end in zip(corpus.bounds[:-1], corpus.bounds[1:], strict=True):
        own = words[begin:end]
        length = SHINGLE if len(own) >= SHORTEST else max(1, len(own))
        runs = np.zeros(max(0, len(own) - length + 1), np.uint64)
        for n in range(length):
            runs = runs * FACTOR + own[n : n + len(runs)]
        found.append(np.unique(runs))
    sizes = np.array([len(own) for own in found], int)
    return np.repeat(np.arange(len(found)), sizes), np.concatenate([*found, words[:0]]), sizes
