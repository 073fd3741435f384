"""Themes: key phrases, passages by a dictionary, and topics."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache

import pandas as pd
from nltk.stem import PorterStemmer

from .words import percent


@cache
def stem(word: str) -> str:
    return PorterStemmer().stem(word)


def stemmed(phrase: str) -> str:
    """A phrase by the stems of its words, without possessives and hyphens.

    >>> stemmed("The European Union’s climate-changes")
    'the european union climat chang'
    """
    plain = unicodedata.normalize("NFKC", phrase).lower().replace("’", "'").replace("-", " ")
    plain = re.sub(r"(s?)'(?:s\b|(?=\s|$))", r"\1", plain).replace("'", "")
    return " ".join(stem(word.rstrip(".")) for word in re.findall(r"\w+(?:[.&]\w+)*", plain))


def score_phrases(
    gold: Iterable[Mapping], phrases: pd.DataFrame, *, at: int = 10
) -> dict[str, float]:
    """The mean F1 of the first ten key phrases of a document, by their stems.

    gold : `doc` and `phrases`.  phrases : the kit's table, best first.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for doc, phrase in zip(phrases["doc"], phrases["phrase"], strict=True):
        found[doc].append(stemmed(phrase))
    scores = []
    for record in gold:
        wanted = {stemmed(phrase) for phrase in record["phrases"]} - {""}
        first = [phrase for phrase in dict.fromkeys(found[record["doc"]]) if phrase][:at]
        hits = len(wanted & set(first))
        if wanted:
            scores.append(percent(2 * hits, len(wanted) + len(first)))
    return {"phrases at 10": sum(scores) / max(1, len(scores))}


def score_passages(labels: Mapping[str, str], themes: pd.DataFrame) -> dict[str, float]:
    """Documents whose heaviest theme is the right one, by the table of `find_themes`."""
    weights = themes.groupby(["doc", "theme"])["weight"].sum().reset_index()
    weights = weights.sort_values(["doc", "weight", "theme"], ascending=[True, False, True])
    best = weights[weights["weight"] > 0].drop_duplicates("doc").set_index("doc")["theme"].to_dict()
    right = sum(best.get(doc) == label for doc, label in labels.items())
    return {"right theme": percent(right, len(labels))}


def score_topics(labels: Mapping[str, str], topics) -> dict[str, float]:
    """How far topics are the labels (normalised mutual information), and their coherence.

    topics : what `find_topics` gives.
    """
    shares = topics.shares.dropna(how="all")
    pairs = Counter((labels[doc], topic) for doc, topic in shares.idxmax(axis=1).items())
    sides = [Counter(), Counter()]
    for pair, n in pairs.items():
        for side, name in zip(sides, pair, strict=True):
            side[name] += n
    entropy = [-sum(n / len(shares) * math.log(n / len(shares)) for n in s.values()) for s in sides]
    both = sum(
        n / len(shares) * math.log(n * len(shares) / (sides[0][one] * sides[1][two]))
        for (one, two), n in pairs.items()
    )
    coherence = topics.terms.drop_duplicates("topic")["coherence"].mean()
    return {"topics NMI": 2 * both / sum(entropy), "topics coherence": float(coherence)}
