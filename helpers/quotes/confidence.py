"""Confidence: the chance that a row of the quotes table is right, measured, not felt."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import pandas as pd

MEASURED = Path(__file__).parents[1] / "models" / "quotes_confidence.json"
LEAST, MOST = 0.02, 0.98  # nothing is impossible, nothing certain


@cache
def measured() -> dict:
    """What `helpers.training.quotes_confidence` measured: weights, reliability, documents, error.

    >>> sorted(measured())
    ['documents', 'error', 'reliability', 'weights']
    """
    return json.loads(MEASURED.read_text(encoding="utf-8"))


def calibrated(finding: float, speaker: float) -> float:
    """The chance that a quote is right, from what its finder and its speaker's resolver claim.

    Two weights and an intercept of a logistic regression (Platt, 1999), fitted on PolNeAR's dev
    part; right is: at least half of the words and the head of the source agree with its annotators.

    >>> calibrated(0.9, 0.9) > calibrated(0.5, 0.9) > calibrated(0.5, 0.4)
    True
    """
    claimed = min(max(finding, LEAST), MOST)
    intercept, slope, voice = measured()["weights"]
    score = intercept + slope * math.log(claimed / (1 - claimed))
    score += voice * math.log(min(max(speaker, LEAST), 1.0))
    return 1 / (1 + math.exp(-score))


def reliability() -> pd.DataFrame:
    """How often rows of a confidence were right, on documents that did not fit the curve.

    Columns: confidence (the mean in its tenth), right (the share), rows.

    >>> reliability().columns.tolist()
    ['confidence', 'right', 'rows']
    """
    return pd.DataFrame(measured()["reliability"], columns=["confidence", "right", "rows"])
