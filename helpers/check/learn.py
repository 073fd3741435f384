"""Learning: the confidence of quotes, fitted to what people found on these documents.

    python -m helpers learn PATH

writes `confidence.json` beside the documents.  `find_quotes` does not know it; `corrected` goes by
it where it is given the path of the documents, as the notebooks and the command line do.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import numpy as np
import pandas as pd

from ..documents import KitError, load
from ..quotes import find_quotes
from ..show import records
from ..text.wording import plural
from .corrections import MISSED, NO_ROW, beside, common, keys_of, last_said, span_of

FILE = "confidence.json"
NEEDED, OF_EACH = 50, 10  # judged rows; right ones and wrong ones


def learned(
    quotes: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> dict[str, float]:
    """A curve from the kit's confidence to the share of rows that people found right.

    A row is right when it is a statement by that speaker and half of its words are right: a
    logistic regression on the log odds (Platt, 1999).  All judged rows count, the least sure too.

    quotes : the table of `find_quotes`, not corrected; corrections : as for `corrected`.

    Returns intercept, slope, rows, and `before` and `after`, the mean squared error (Brier) of the
    kit's confidence and of the curve on rows that it was not fitted to.
    Raises KitError when there are too few rows, and says how many more are needed.
    """
    told, _ = last_said(corrections, documents, "quotes")
    sure, right = [], []
    for key, row in zip(keys_of(quotes, documents), records(quotes), strict=True):
        line = told.get(key)
        if line and line["verdict"] != MISSED:
            same = line["speaker"] == (row["speaker"] or "")
            real = line["verdict"] != NO_ROW["quotes"]
            right.append(real and same and common(span_of(line["words"]), key[1:]) >= 0.5)
            sure.append(row["confidence"])
    wrong = len(right) - sum(right)
    lacking = {"right": OF_EACH - sum(right), "wrong": OF_EACH - wrong}
    more = max(NEEDED - len(right), *lacking.values())
    if more > 0:
        among = [f"{n} {what} ones" for what, n in lacking.items() if n > 0]
        raise KitError(
            f"{plural(len(right), 'judged quote')}, {wrong} of them wrong, are too few to learn "
            f"from — judge {more} more" + f", with {' and '.join(among)}" * bool(among)
        )
    from sklearn.linear_model import LogisticRegression  # takes a second
    from sklearn.model_selection import cross_val_predict

    odds, truth = _odds(sure), np.array(right)
    found = cross_val_predict(LogisticRegression(), odds, truth, method="predict_proba")[:, 1]
    curve = LogisticRegression().fit(odds, truth)
    errors = [float(np.mean((chance - truth) ** 2)) for chance in (np.array(sure), found)]
    weights = float(curve.intercept_[0]), float(curve.coef_[0, 0])
    names = ("intercept", "slope", "rows", "before", "after")
    return dict(zip(names, [*weights, len(right), *errors], strict=True))


def with_own_confidence(quotes: pd.DataFrame, documents: str | Path) -> pd.DataFrame:
    """The quotes table with its confidence by the curve beside the documents, if there is one.

    Raises KitError when that file is damaged.
    """
    path = beside(documents, FILE)
    if "confidence" not in quotes or not path.exists():
        return quotes
    try:
        curve = json.loads(path.read_text("utf-8"))
        score = curve["intercept"] + curve["slope"] * _odds(quotes["confidence"])[:, 0]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise KitError(f"{path} is damaged ({problem}) — learn again, or delete it") from problem
    return quotes.assign(confidence=np.round(1 / (1 + np.exp(-score)), 3))


def main(path: str) -> int:
    """Learns from the corrections beside the documents at a path; gives the exit status.

    Writes only a curve that is better than the kit's on rows that it was not fitted to.
    """
    try:
        documents = load(path)
        curve = learned(find_quotes(documents), documents, path)
        file, partial = beside(path, FILE), beside(path, f".{FILE}.{os.getpid()}")
        errors = (
            f"error {curve['before']:.3f} with the kit's curve, {curve['after']:.3f} with yours"
        )
        if better := curve["after"] < curve["before"]:
            partial.write_text(json.dumps(curve, indent=1) + "\n", "utf-8")
            os.replace(partial, file)
        print(f"{file} was written" if better else "The kit's own curve is as good", f"({errors}).")
    except (KitError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _odds(confidence: object) -> np.ndarray:
    """The log odds, as a column."""
    chances = np.clip(np.asarray(confidence, dtype=float), 0.01, 0.99)
    return np.log(chances / (1 - chances)).reshape(-1, 1)
