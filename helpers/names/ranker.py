"""The ranker: a small trained network that weighs the candidates for a source."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np

WEIGHTS = Path(__file__).parents[1] / "models" / "speakers.json"


@cache
def weights() -> list[np.ndarray]:
    """What `helpers.training.speakers` learned: mean, scale, and two layers."""
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return [np.array(one, dtype=np.float32) for one in read["weights"]]


def chances(rows: np.ndarray, learned: list[np.ndarray]) -> np.ndarray:
    """The chance of each candidate, one a row, to be whom the source means."""
    mean, scale, first, bias, second = learned
    scores = np.tanh((rows - mean) * scale @ first + bias) @ second
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()
