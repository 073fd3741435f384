"""Near-duplicates: reprints, updates and shortened versions, which distort every count."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components

from ..text.wording import known
from .corpus import Corpus

__all__ = ["find_duplicates", "keep_earliest"]

SHINGLE = 5  # words
SHORTEST = 20  # words; shorter documents are compared as wholes only
SHARE = 0.6  # of the shorter one's shingles, from which two belong together
AT_ONCE = 10_000  # pairs that are compared, for the sake of memory
FACTORS = np.uint64(0x9E3779B97F4A7C15) ** np.arange(SHORTEST, dtype=np.uint64)  # all odd
COLUMNS = "group doc date source title words earliest like shared jaccard".split()


def find_duplicates(corpus: Corpus) -> pd.DataFrame:
    """The groups of documents that repeat each other, one row a document, the largest group first.

    Two documents belong together when the shorter has at least 60 % of its runs of five words
    (shingles, in the singular and without marks) in the other; so a shortened reprint counts, and
    two reports that quote one speech do not.  Each document is compared with the first one that
    has a shingle of it and with the last one before it, so that time grows with their number.

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
    found, size = _pairs(corpus), len(corpus)
    found = found[found["shared"] >= SHARE]
    links = coo_matrix((found["shared"], (found["at"], found["other"])), (size, size))
    _, group = connected_components(links, directed=False)
    both = pd.concat([found, found.rename(columns={"at": "other", "other": "at"})])
    both = both.sort_values(["shared", "jaccard"], ascending=False, kind="stable")
    table = both.drop_duplicates("at").sort_values("at", ignore_index=True).round(4)
    table["like"] = corpus.documents.index[table["other"]]
    facts = corpus.documents.reindex(columns=["date", "source", "title"]).iloc[table["at"]]
    table[["date", "source", "title"]] = facts.to_numpy(object)
    table["doc"], table["words"] = facts.index, corpus.words[table["at"]]
    table["group"] = group[table["at"]]
    of_group = table.groupby("group")["at"]
    table["size"], table["first"] = of_group.transform("size"), of_group.transform("min")
    table["day"] = [str(day) if known(day) else "9999" for day in table["date"]]
    order, up = ["size", "first", "day", "at"], [False, True, True, True]
    table = table.sort_values(order, ascending=up, ignore_index=True)
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


def _pairs(corpus: Corpus) -> pd.DataFrame:
    """Pairs of documents (at, other) with a shingle in common, and their shares of shingles."""
    words, runs = pd.util.hash_array(corpus.stream), [np.zeros(0, np.uint64)]
    for begin, end in pairwise(corpus.bounds):
        own = words[begin:end]
        length = SHINGLE if len(own) >= SHORTEST else len(own)
        if length:
            own = (sliding_window_view(own, length) * FACTORS[:length]).sum(axis=1)
        runs.append(np.unique(own))
    sizes = np.array([len(own) for own in runs[1:]], int)
    doc = np.repeat(np.arange(len(corpus)), sizes)
    column, _ = pd.factorize(np.concatenate(runs))
    same = pd.Series(doc).groupby(column)
    before = [same.shift(), same.transform("first")]
    pairs = pd.DataFrame({"at": pd.concat(before), "other": np.tile(doc, 2)}).dropna().astype(int)
    pairs = pairs[pairs["at"] < pairs["other"]].drop_duplicates().sort_values(["at", "other"])
    one, other = pairs["at"].to_numpy(), pairs["other"].to_numpy()
    has = csr_matrix((np.ones(len(doc), np.int32), (doc, column)), (len(corpus), len(doc)))
    parts = [slice(first, first + AT_ONCE) for first in range(0, len(one), AT_ONCE)]
    both = [has[one[part]].multiply(has[other[part]]).sum(axis=1) for part in parts]
    common = np.concatenate([[], *(np.asarray(sums).ravel() for sums in both)])
    a, b = sizes[one], sizes[other]
    return pairs.assign(shared=common / np.minimum(a, b), jaccard=common / (a + b - common))
