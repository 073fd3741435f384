"""Confidence: the chance that a row of the quotes table is right, measured, not felt."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import pandas as pd

from ..names import Speaker
from ..reader import FEATURES, Attribution

MEASURED = Path(__file__).parents[1] / "models" / "quotes_confidence.json"
SURE = 0.3
"""The least confidence of a row: those below half of the F1, about 75, lower it (Lipton, Elkan
and Narayanaswamy, 2014)."""
READ = (*FEATURES, "direct", "mixed")
"""What tells whether a finding of the reader is a statement: its numbers, and its kind."""
SIGNS = ("read", "unread", "direct", "mixed", "speaker", "inferred", "nobody")
"""What tells whether a row is right: the chance of its statement, its kind, and its speaker."""


@cache
def measured() -> dict:
    """What `helpers.training.confidence` measured: weights, reliability, documents, error.

    >>> sorted(measured())
    ['documents', 'error', 'read', 'reliability', 'weights']
    """
    return json.loads(MEASURED.read_text(encoding="utf-8"))


def read_signs(found: Attribution) -> list[float]:
    """The numbers named in `READ` for a statement that the reader found."""
    return [*found.signs, float(found.kind == "direct"), float(found.kind == "mixed")]


def signs(found: Attribution, speaker: Speaker) -> list[float]:
    """The numbers named in `SIGNS` for a statement and its speaker."""
    chance = min(max(likely(found), 0.01), 0.99)
    named = math.log(min(max(speaker.confidence, 0.02), 1.0))
    kinds = [float(found.kind == kind) for kind in ("direct", "mixed")]
    told = [float(speaker.inferred), float(speaker.name is None)]
    return [math.log(chance / (1 - chance)), float(not found.signs), *kinds, named, *told]


def likely(found: Attribution) -> float:
    """The chance that a finding is a statement, right in half of its words; 1 for a turn."""
    return _logistic(measured()["read"], read_signs(found)) if found.signs else 1.0


def calibrated(found: Attribution, speaker: Speaker) -> float:
    """The chance that a row is right: a statement, half of its words right, and its speaker.

    A logistic regression (Platt, 1999) on press texts and news that the reader had not seen.
    """
    return _logistic(measured()["weights"], signs(found, speaker))


def _logistic(weights: list[float], numbers: list[float]) -> float:
    score = weights[0] + sum(w * s for w, s in zip(weights[1:], numbers, strict=True))
    return 1 / (1 + math.exp(-min(max(score, -30.0), 30.0)))


def reliability() -> pd.DataFrame:
    """How often rows of a confidence were right, on documents that did not fit the curve.

    Columns: set (press, news), confidence (the mean in its tenth), right (the share), rows.

    >>> reliability().columns.tolist()
    ['set', 'confidence', 'right', 'rows']
    """
    return pd.DataFrame(measured()["reliability"], columns=["set", "confidence", "right", "rows"])
