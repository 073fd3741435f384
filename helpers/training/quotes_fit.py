"""Fits the few numbers beside the quotation model on PolNeAR's dev part, and scores the whole.

Linking weights by coordinate search; confidence by a logistic curve fitted on half of the
documents and checked on the other half. Scores are in per cent.
"""

from __future__ import annotations

import bisect
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..quotes.attribution import Attribution, Span
from ..quotes.encoder import Model, Reading, readings
from ..quotes.tagger import attributions, described

WORD = re.compile(r"[^\W_]+(?:['’.,\-][^\W_]+)*")
AFTER_HEAD = frozenset("of who in for from at with whose that which on to by and including".split())
LEAST = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5)
GRID = {
    "skipped": (0.0, 1.0, 2.0, 3.0, 4.0, 6.0),
    "side": (0.0, 1.0, 2.0, 4.0),
    "mix": (0.0, 0.25, 0.5, 1.0),
    "sourceless": (-1.0, 0.0, 1.0),
}
"""What is tried for each weight of `helpers.quotes.tagger`, in this order."""


@dataclass(frozen=True)
class Case:
    """An annotated document as the encoder read it: blocks of readings with their offsets."""

    name: str
    words: tuple[Span, ...]
    text: str
    gold: tuple[Attribution, ...]
    blocks: tuple[tuple[int, list[Reading]], ...]


def read_cases(
    documents: Sequence[tuple[str, str, list[Attribution]]], model: Model, *, size: int
) -> list[Case]:
    """Return the documents as the model reads them, once for all trials."""
    return [
        Case(
            name,
            tuple(match.span() for match in WORD.finditer(text)),
            text,
            tuple(gold),
            tuple(readings(text, model, size=size)),
        )
        for name, text, gold in documents
    ]


def predict(case: Case, numbers: dict) -> list[Attribution]:
    """Return the attributions found in a case."""
    return [
        one
        for begin, block in case.blocks
        for one in attributions(block, numbers, text=case.text, begin=begin)
    ]


def score(cases: Sequence[Case], numbers: dict) -> dict[str, float]:
    """Return exact content F1, attribution F1 (half the content and the source's head agree), and
    the share of right sources where the content agrees."""
    exact = right = agreed = sourced = well_sourced = predicted = wanted = 0
    for case in cases:
        found = predict(case, numbers)
        pairs = paired(case, found)
        predicted += len(found)
        wanted += len(case.gold)
        agreed += len(pairs)
        for gold, one in pairs:
            exact += _words(case, gold.content) == _words(case, one.content)
            same = same_source(case, gold.source, one.source)
            right += same
            sourced += bool(gold.source)
            well_sourced += bool(gold.source) and same
    both = max(1, predicted + wanted)
    return {
        "content exact": 200 * exact / both,
        "attribution": 200 * right / both,
        "source accuracy": 100 * well_sourced / max(1, sourced),
    }


def _words(case: Case, spans: Sequence[Span]) -> frozenset[int]:
    """Return the words whose middle lies in the spans."""
    middles = [a + b for a, b in case.words]
    inner = (
        range(bisect.bisect_left(middles, 2 * a), bisect.bisect_left(middles, 2 * b))
        for a, b in spans
    )
    return frozenset(index for part in inner for index in part)


def paired(case: Case, found: Sequence[Attribution]) -> list[tuple[Attribution, Attribution]]:
    """Return gold and found attributions whose contents share at least half of their words."""
    golds = [_words(case, gold.content) for gold in case.gold]
    offers = []
    for column, one in enumerate(found):
        words = _words(case, one.content)
        for row, gold in enumerate(golds):
            if words & gold and 2 * len(words & gold) >= len(words | gold):
                offers.append((-len(words & gold) / len(words | gold), row, column))
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for _, row, column in sorted(offers):
        if row not in rows and column not in columns:
            rows.add(row)
            columns.add(column)
            pairs.append((case.gold[row], found[column]))
    return pairs


def same_source(case: Case, gold: Sequence[Span], found: Sequence[Span]) -> bool:
    """Tell whether two sources share a head: the last word, or that of the first noun group."""
    if not gold or not found:
        return not gold and not found
    return bool(_heads(case, gold) & _heads(case, found))


def _heads(case: Case, spans: Sequence[Span]) -> set[int]:
    words = sorted(_words(case, spans))
    if not words:
        return set()
    head = words[0]
    for word in words[1:]:
        gap = case.text[case.words[head][1] : case.words[word][0]]
        if re.search(r"[,;:()\[\]—–]", gap) or case.text[slice(*case.words[word])] in AFTER_HEAD:
            break
        head = word
    return {head, words[-1]}


def fit_weights(
    cases: Sequence[Case], numbers: dict, *, grid: dict[str, tuple[float, ...]] = GRID
) -> dict:
    """Return the numbers with the weights that score best, one after the other."""
    best = numbers
    top = _merit(cases, best)
    for name, values in grid.items():
        for value in values:
            trial = {**best, name: value}
            merit = _merit(cases, trial)
            if merit > top + 1e-9:
                best, top = trial, merit
    return best


def _merit(cases: Sequence[Case], numbers: dict) -> float:
    scores = score(cases, numbers)
    return scores["content exact"] + scores["attribution"]


def fit_confidence(cases: Sequence[Case], numbers: dict) -> tuple[dict, float]:
    """Return the numbers with a confidence curve, and its calibration error on unseen documents.

    The curve is fitted on all documents. For the error they are halved by a hash of their names,
    and each half is judged by the curve of the other.
    """
    halves = [_judged([case for case in cases if _half(case) == half], numbers) for half in (0, 1)]
    sure = [_curve(logistic(*halves[1 - half]), halves[half][0]) for half in (0, 1)]
    features, right = (np.concatenate(both) for both in zip(*halves, strict=True))
    weights = [round(float(weight), 4) for weight in logistic(features, right)]
    return {**numbers, "confidence": weights}, calibration_error(np.concatenate(sure), right)


def _half(case: Case) -> int:
    return hashlib.sha256(case.name.encode()).digest()[0] % 2


def _curve(weights: np.ndarray, features: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(weights[0] + features @ weights[1:])))


def _judged(cases: Sequence[Case], numbers: dict) -> tuple[np.ndarray, np.ndarray]:
    """Return the features of all attributions found, and whether each is right."""
    rows = []
    for case in cases:
        pairs = [
            pair
            for begin, block in case.blocks
            for pair in described(block, numbers, text=case.text, begin=begin)
        ]
        right = {
            id(one)
            for gold, one in paired(case, [one for one, _ in pairs])
            if same_source(case, gold.source, one.source)
        }
        rows += [(features, id(one) in right) for one, features in pairs]
    features, right = zip(*rows, strict=True)
    return np.array(features), np.array(right)


def logistic(features: np.ndarray, right: np.ndarray, *, ridge: float = 1.0) -> np.ndarray:
    """Return intercept and weights of a logistic regression (Newton's method, ridge penalty)."""
    rows = np.concatenate([np.ones((len(features), 1)), features], axis=1)
    weights = np.zeros(rows.shape[1])
    penalty = ridge * np.diag([0.0, *np.ones(rows.shape[1] - 1)])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-np.clip(rows @ weights, -30, 30)))
        slope = rows.T @ (right - sure) - penalty @ weights
        bend = (rows * (sure * (1 - sure))[:, None]).T @ rows + penalty
        weights = weights + np.linalg.solve(bend + 1e-6 * np.eye(len(bend)), slope)
    return weights


def calibration_error(sure: np.ndarray, right: np.ndarray, *, bins: int = 10) -> float:
    """Return the expected calibration error: the mean gap of confidence and share right, by bin."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [
        abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean()
        for b in range(bins)
        if (place == b).any()
    ]
    return float(sum(gaps))
