"""Scores: how often the kit was right on texts with known answers, from one list."""

from __future__ import annotations

import pandas as pd

from ..text import read_tables

COLUMNS = ["what", "measure", "value", "peers", "set"]


def measured_scores() -> pd.DataFrame:
    """How good each analysis is: one row a measurement, from `data/methods.toml`.

    Returns columns what (the analysis), measure (with its unit), value, peers (the best that
    others reach, or two people against each other) and set (the texts it was measured on).

    >>> list(measured_scores().columns)
    ['what', 'measure', 'value', 'peers', 'set']
    """
    return pd.DataFrame(methods().get("score", []), columns=COLUMNS)


def methods() -> dict[str, list[dict[str, str]]]:
    """How the analyses work, their limits, their scores and terms, as `data/methods.toml` has them.

    >>> sorted(methods())
    ['part', 'score', 'term']
    """
    return read_tables("methods.toml")
