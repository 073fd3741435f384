"""Near-duplicates: reprints, updates and shortened versions, which distort every count."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from ...text.wording import known
from .reading import Corpus

__all__ = ["find_duplicates", "keep_earliest"]

SHINGLE = 5  # words
BANDS, ROWS = 50, 2  # of the MinHash signature
SHORTEST = 20  # words; shorter documents are compared as wholes only

COLUMNS = [
    "group",
    "doc",
    "date",
    "source",
    "title",
    "words",
    "earliest",
    "like",
    "shared",
    "jaccard",
]


def find_duplicates(corpus: Corpus, *, share: float = 0.6) -> pd.DataFrame:
    """The groups of documents that repeat each other, one row a document, the largest group first.

    Two documents belong together when the shorter has at least `share` of its runs of five words
    (shingles, in the singular and without marks) in the other; so a shortened reprint counts, and
    two reports that quote one speech do not.  Candidates are found by MinHash signatures of 100
    numbers (Broder 1997), then all their shingles are compared.  Of pairs that share a third of
    all their shingles (`jaccard`) 997 in 1,000 are found, of those that share a fifth 87 in 100;
    a short extract from a long report may be missed.  Time grows with the number of documents.

    share : 0-1.

    Returns columns group (from 1); doc; date, source and title, where known; words; earliest (True
    for one in each group: by date, undated last, then in the order of the documents); like (the
    document of the group that it shares most with); shared (the share of the shorter one's
    shingles that both have) and jaccard (of all shingles of both) with that.

    >>> text = " ".join(f"word{n}" for n in range(60))
    >>> from helpers.themes.corpus import read_corpus
    >>> documents = pd.DataFrame({"text": [text, text + " more", "Other."]}, index=["a", "b", "c"])
    >>> find_duplicates(read_corpus(documents))[["doc", "earliest", "like"]].values.tolist()
    [['a', True, 'b'], ['b', False, 'a']]
    """
    shingles = _shingles(corpus)
    pairs = [(a, b, *_overlap(shingles[a], shingles[b])) for a, b in _candidates(shingles)]
    pairs = [pair for pair in pairs if pair[2] >= share]
    if not pairs:
        return pd.DataFrame(columns=COLUMNS)
    first, second = np.array([pair[:2] for pair in pairs]).T
    _, group = connected_components(
        coo_matrix((np.ones(len(pairs)), (first, second)), shape=(len(corpus), len(corpus))),
        directed=False,
    )
    best: dict[int, tuple[float, float, int]] = {}
    for a, b, shared, jaccard in pairs:
        for one, other in ((a, b), (b, a)):
            if one not in best or (shared, jaccard) > best[one][:2]:
                best[one] = (shared, jaccard, other)
    return _table(corpus, group, best)


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


def _shingles(corpus: Corpus) -> list[np.ndarray]:
    """The different shingles of each document as sorted numbers of 64 bits."""
    words = corpus.plain[corpus.plain >= 0].astype(np.uint64)
    bounds = np.concatenate([[0], np.cumsum(corpus.words)])
    mixed = _mixed(words + np.uint64(1))
    size = max(0, len(words) - SHINGLE + 1)
    runs = np.zeros(size, np.uint64)
    for n in range(SHINGLE):
        runs = _mixed(runs + mixed[n : n + size])
    found = []
    for begin, end in zip(bounds[:-1].tolist(), bounds[1:].tolist(), strict=True):
        if end - begin >= SHORTEST:
            found.append(np.unique(runs[begin : end - SHINGLE + 1]))
        else:  # one shingle: the whole
            whole = mixed[begin:end] * np.arange(1, end - begin + 1, dtype=np.uint64)
            found.append(
                _mixed(whole.sum(dtype=np.uint64, keepdims=True)) if end > begin else runs[:0]
            )
    return found


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Numbers spread over 64 bits as if at random (the finish of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _candidates(shingles: list[np.ndarray]) -> list[tuple[int, int]]:
    """Pairs of documents that agree in a band of their signatures, each once, in order.

    A document is paired with the first and with the one before it that agree, not with all, so
    that a text with a thousand reprints gives two thousand pairs and not half a million.
    """
    docs = np.flatnonzero([len(found) for found in shingles])
    if len(docs) < 2:
        return []
    begins = np.concatenate([[0], np.cumsum([len(shingles[doc]) for doc in docs])[:-1]])
    high = np.concatenate([shingles[doc] for doc in docs])
    high = (high >> np.uint64(32)).astype(np.uint32)
    masks = np.random.default_rng(0).integers(0, 2**32, (BANDS, ROWS), dtype=np.uint32)
    pairs: set[tuple[int, int]] = set()
    for band in masks:
        key = np.zeros(len(docs), np.uint64)
        for mask in band:  # the shingle that is nearest to a random number stands for the document
            nearest = np.minimum.reduceat(high ^ mask, begins)
            key = _mixed(key + nearest.astype(np.uint64) + np.uint64(1))
        order = np.argsort(key, kind="stable")
        same = np.flatnonzero(key[order][1:] == key[order][:-1]) + 1
        starts = np.maximum.accumulate(
            np.where(np.append(True, key[order][1:] != key[order][:-1]), np.arange(len(docs)), 0)
        )
        for place in same.tolist():
            one = int(docs[order[place]])
            for other in (docs[order[place - 1]], docs[order[starts[place]]]):
                pairs.add((min(one, int(other)), max(one, int(other))))
    return sorted(pairs)


def _overlap(a: np.ndarray, b: np.ndarray) -> tuple[float, float]:
    """The share of the shorter one's shingles that both have, and of all shingles of both."""
    shared = len(np.intersect1d(a, b, assume_unique=True))
    return shared / min(len(a), len(b)), shared / (len(a) + len(b) - shared)


def _table(
    corpus: Corpus, group: np.ndarray, best: dict[int, tuple[float, float, int]]
) -> pd.DataFrame:
    facts = corpus.documents.reindex(columns=["date", "source", "title"])
    names = corpus.documents.index
    dates = [str(day) if known(day) else "9999" for day in facts["date"]]
    members: dict[int, list[int]] = {}
    for doc in sorted(best):
        members.setdefault(int(group[doc]), []).append(doc)
    rows = []
    ordered = sorted(members.values(), key=lambda docs: (-len(docs), docs[0]))
    for number, docs in enumerate(ordered, 1):
        docs.sort(key=lambda doc: (dates[doc], doc))
        rows += [
            (
                number,
                names[doc],
                *facts.iloc[doc],
                int(corpus.words[doc]),
                doc == docs[0],
                names[best[doc][2]],
                round(best[doc][0], 4),
                round(best[doc][1], 4),
            )
            for doc in docs
        ]
    return pd.DataFrame(rows, columns=COLUMNS)
