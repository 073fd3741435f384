"""Topics: groups of words that many documents share, with how far each can be trusted."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from ..documents import KitError
from .corpus import Corpus, npmi

__all__ = ["Topics", "find_topics", "topic_coherence"]

ENOUGH = 100  # documents; fewer have no topics, and fewer than 200 only weak ones
EACH = 20  # documents for each topic, at least
TERMS = 10  # that describe a topic
WINDOW = 20  # words that count as near each other
MOST_FEATURES = 20_000
MOST_SAMPLED = 3_000  # documents in a refit
PART_OF_ALL = 0.8  # the share of the documents in a refit
REFITS, FEW = 5, 3  # for the topics that are taken, and for each number that is tried
STANDS_FOR = 0.6  # of its word's weight: from then on the phrase is listed and not the word
NEAR_BEST = 0.01
NUMBERS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)  # of topics that are compared

TERM_COLUMNS = "topic rank term weight coherence stability documents".split()
NUMBER_COLUMNS = "topics coherence stability taken".split()
Tops = list[list[tuple[int, float]]]  # of each topic its terms (numbers in `corpus.keys`), weights


class Topics(NamedTuple):
    """Topics of a corpus.

    terms : columns topic (its three heaviest terms), rank, term, weight (1 is the heaviest term
        of the topic), coherence, stability (0-1), documents (whose largest share it is).
    shares : one row a document, one column a topic, the document's shares (0-1, together 1);
        missing where a document has no term of any topic.
    numbers : what each number of topics would give: columns topics, coherence and stability (means
        over the topics), taken.
    note : why there are none, or what to be careful about; empty when there is nothing to say.
    """

    terms: pd.DataFrame
    shares: pd.DataFrame
    numbers: pd.DataFrame
    note: str = ""


def find_topics(corpus: Corpus, *, number: int | None = None, refits: int = REFITS) -> Topics:
    """The topics of many documents, the commonest first; always the same for the same documents.

    Non-negative matrix factorisation of tf-idf weights of words and phrases (scikit-learn,
    initialised by `nndsvda`).  `coherence` says whether a topic's terms stand near each other
    (see `topic_coherence`); `stability` which share of them comes back when a random four fifths
    of the documents are taken, on average; where it is low, the topic is an accident.  Topics are
    no themes that somebody meant, and another number of them cuts the same documents otherwise.

    number : how many; None tries 2 to 30, on at most 3,000 documents, and takes the smallest number
        whose coherence and stability together are within 0.01 of the best: a suggestion.
    refits : how many random parts are tried for the stability.

    Fewer than 100 documents, or 20 for each topic, give empty tables and a note.
    Raises KitError for a number below 2.

    Source: Lee & Seung 1999; Greene, O'Callaghan & Cunningham 2014 (stability).
    """
    if number is not None and number < 2:
        raise KitError(f"{number} topics cannot be told apart — give 2 or more, or None")
    features, names = _features(corpus)
    numbers, index = pd.DataFrame(columns=NUMBER_COLUMNS), corpus.documents.index
    if note := _too_few(corpus, names, number):
        nothing = pd.DataFrame(index=index, columns=pd.Index([], name="topic"), dtype=float)
        return Topics(pd.DataFrame(columns=TERM_COLUMNS), nothing, numbers, note)
    if number is None:
        some = features[:: max(1, -(-len(corpus) // MOST_SAMPLED))]
        tried = [n for n in NUMBERS if not _too_few(corpus, names, n)]
        found = [_measured(corpus, names, some, _fit(some, n)[0], refits=FEW) for n in tried]
        means = np.array([np.mean(measures[1:], axis=1) for measures in found])
        both = means.sum(axis=1)
        number = tried[int(np.argmax(both >= both.max() - NEAR_BEST))]
        taken = [n == number for n in tried]
        columns = zip(NUMBER_COLUMNS, [tried, *means.T.round(4), taken], strict=True)
        numbers = pd.DataFrame(dict(columns))
    weights, shares = _fit(features, number)
    tops, coherent, steady = _measured(corpus, names, features, weights, refits=refits)
    none = shares.sum(axis=1, keepdims=True) == 0
    sizes = np.bincount(shares.argmax(axis=1)[~none.ravel()], minlength=number)
    order = np.lexsort((-shares.sum(axis=0), -sizes))
    labels, rows = list[str](), []
    for n in order:
        name = " · ".join(corpus.shown[term] for term, _ in tops[n][:3])
        labels.append(f"{name} ({labels.count(name) + 1})" if name in labels else name)
        told = coherent[n], steady[n], sizes[n]
        for rank, (term, weight) in enumerate(tops[n], 1):
            rows.append((labels[-1], rank, corpus.shown[term], round(weight, 4), *told))
    shares = np.where(none, np.nan, shares)[:, order].round(4)
    shares = pd.DataFrame(shares, index, pd.Index(labels, name="topic"))
    few = f"{len(corpus)} documents are few for topics: look at the stability, and read them."
    note = few if len(corpus) < 2 * ENOUGH else ""
    return Topics(pd.DataFrame(rows, columns=TERM_COLUMNS), shares, numbers, note)


def topic_coherence(corpus: Corpus, topics: Sequence[Sequence[int]]) -> list[float]:
    """For each topic, the mean normalised pointwise mutual information of its pairs of terms.

    Two terms are together in a stretch of twenty words, into which each document is cut.  News
    topics that people find clear have 0.05 to 0.3; 0 and less is a mixture.  A phrase stands where
    its first word stands.

    topics : numbers of terms in `corpus.keys`.

    Source: Bouma 2009; Röder, Both & Hinneburg 2015, who found it close to people's judgement.
    """
    wanted = np.unique([term for topic in topics for term in topic]).astype(int)
    here = np.isin(corpus.terms, wanted)
    doc = np.searchsorted(corpus.bounds, corpus.places[here], side="right") - 1
    base = np.concatenate([[0], np.cumsum(-(-corpus.words // WINDOW))])
    window = base[doc] + (corpus.places[here] - corpus.bounds[doc]) // WINDOW
    cells = np.unique(window * len(wanted) + np.searchsorted(wanted, corpus.terms[here]))
    ones = np.ones(len(cells), np.int64)
    has = csr_matrix((ones, np.divmod(cells, len(wanted))), shape=(base[-1], len(wanted)))
    both = (has.T @ has).toarray()
    alone = both.diagonal()
    close = np.nan_to_num(npmi(both, alone[:, None], alone, base[-1]), nan=1.0)
    places = [np.searchsorted(wanted, topic) for topic in topics]
    pairs = [close[np.ix_(own, own)][np.triu_indices(len(own), 1)] for own in places]
    return [round(float(own.mean()), 4) if len(own) else 0.0 for own in pairs]


def _too_few(corpus: Corpus, names: np.ndarray, number: int | None) -> str:
    """What to say where there are too few documents, or too few terms in several; else ""."""
    needed, what = max(ENOUGH, EACH * (number or 2)), f"{number} topics" if number else "Topics"
    if len(corpus) >= needed and len(names) >= TERMS * (number or 2):
        return ""
    what += f" need at least {needed:,} documents that have words in common"
    return f"{what}; here {'is' if len(corpus) == 1 else 'are'} {len(corpus):,}."


def _features(corpus: Corpus) -> tuple[csr_matrix, np.ndarray]:
    """The tf-idf weights, and which terms they are of: neither rare nor in most documents."""
    size = len(corpus)
    spread = np.bincount(corpus.counts.indices, minlength=len(corpus.keys))
    least, most = max(3, min(50, size // 150)), max(3, size // 2)
    names = np.flatnonzero((spread >= least) & (spread <= most) & ~corpus.generic)
    names = np.sort(names[np.argsort(-spread[names], kind="stable")[:MOST_FEATURES]])
    from sklearn.feature_extraction.text import TfidfTransformer  # takes seconds

    own = corpus.counts[:, names]
    own = TfidfTransformer(sublinear_tf=True).fit_transform(own) if own.nnz else own
    return own.tocsr().astype(np.float32), names


def _fit(features: csr_matrix, number: int) -> tuple[np.ndarray, np.ndarray]:
    """Topic × feature weights, and each document's shares of the topics."""
    from sklearn.decomposition import NMF

    model = NMF(number, init="nndsvda", random_state=0, tol=1e-3, max_iter=500)
    # one thread is ten times faster on a busy machine, and gives the same on every one; topics
    # that are not settled after 500 rounds (scikit-learn warns) show it by their stability
    with threadpool_limits(1), warnings.catch_warnings(action="ignore"):
        amounts = model.fit_transform(features)
    amounts *= np.linalg.norm(model.components_, axis=1)
    total = amounts.sum(axis=1, keepdims=True)
    return model.components_, amounts / np.where(total > 0, total, 1)


def _tops(corpus: Corpus, weights: np.ndarray, names: np.ndarray) -> Tops:
    """The terms that describe each topic with their weights, the heaviest being 1.

    No two of them share a word.  A phrase that has most of a word's weight is listed for it:
    "prime minister", not "prime" and "minister".
    """
    words = [corpus.keys[name].split(" ") for name in names]
    favour = np.array([1 if len(own) == 1 else 1 / STANDS_FOR for own in words])
    tops = []
    for row in weights:
        chosen: list[tuple[int, float]] = []
        listed: set[str] = set()
        for n in np.argsort(-row * favour, kind="stable")[: 40 * TERMS]:
            if row[n] > 0 and len(chosen) < TERMS and listed.isdisjoint(words[n]):
                chosen.append((int(names[n]), float(row[n] / row.max())))
                listed.update(words[n])
        tops.append(sorted(chosen, key=lambda pair: -pair[1]))
    return tops


def _measured(
    corpus: Corpus, names: np.ndarray, features: csr_matrix, weights: np.ndarray, *, refits: int
) -> tuple[Tops, list[float], list[float]]:
    """The topics' terms, their coherence, and their stability.

    Stability is the mean share of a topic's terms that the most similar topic of a refit has.
    """
    from scipy.optimize import linear_sum_assignment

    tops = _tops(corpus, weights, names)
    wanted = [{term for term, _ in top} for top in tops]
    size, draw = features.shape[0], np.random.default_rng(0)
    kept = np.zeros(len(tops))
    for _ in range(refits):
        some = draw.choice(size, min(MOST_SAMPLED, int(PART_OF_ALL * size)), replace=False)
        refit, _ = _fit(features[np.sort(some)], len(tops))
        again = [{term for term, _ in top} for top in _tops(corpus, refit, names)]
        shared = np.array([[len(a & b) / max(1, len(a)) for b in again] for a in wanted])
        kept += shared[linear_sum_assignment(-shared)]
    coherent = topic_coherence(corpus, [[term for term, _ in top] for top in tops])
    return tops, coherent, [round(float(share), 4) for share in kept / max(1, refits)]
