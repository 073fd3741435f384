"""Learning: the confidence of quotes, fitted to what people found on these documents.

    python -m helpers learn PATH

writes `confidence.json` beside the documents.  `find_quotes` does not know it; `corrected` goes by
it where it is given the path of the documents, as the notebooks and the command line do.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

from ..documents import OWN_FILES, KitError, beside, load
from ..quotes import find_quotes
from ..show import records
from ..text.wording import plural
from .corrections import NO_ROW, in_common, last_said, spans_said

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
    said = last_said(quotes, documents, corrections)
    sure, right = [], []
    for key, row in zip(said.keys, records(quotes), strict=True):
        line = said.told.get(key)
        if line and line["verdict"] != "missed":
            spans, own = spans_said(line["words"], key[1:]), [key[1:]]
            real = line["verdict"] not in NO_ROW and line["speaker"] == (row["speaker"] or "")
            right.append(real and in_common(spans, own) >= 0.5)
            sure.append(row["confidence"])
    wrong = len(right) - sum(right)
    if (more := max(NEEDED - len(right), OF_EACH - wrong, OF_EACH - sum(right))) > 0:
        what = f"{plural(len(right), 'judged quote')}, {wrong} of them wrong, are too few to learn"
        least = f"{OF_EACH} right and {OF_EACH} wrong ones among all"
        raise KitError(f"{what} from — judge {more} more; there must be {least}")
    from sklearn.linear_model import LogisticRegression  # takes a second
    from sklearn.model_selection import cross_val_predict

    odds, truth = _odds(sure), np.array(right)
    found = cross_val_predict(LogisticRegression(), odds, truth, method="predict_proba")[:, 1]
    curve = LogisticRegression().fit(odds, truth)
    return {
        "intercept": float(curve.intercept_[0]),
        "slope": float(curve.coef_[0, 0]),
        "rows": len(right),
        "before": float(np.mean((np.array(sure) - truth) ** 2)),
        "after": float(np.mean((found - truth) ** 2)),
    }


def with_own_confidence(quotes: pd.DataFrame, documents: str | Path) -> pd.DataFrame:
    """The quotes table with its confidence by the curve beside the documents, if there is one.

    Raises KitError when that file is damaged.
    """
    path = beside(documents, OWN_FILES["confidence"])
    if "confidence" not in quotes or not path.exists():
        return quotes
    try:
        curve = json.loads(path.read_text("utf-8"))
        score = curve["intercept"] + curve["slope"] * _odds(quotes["confidence"])[:, 0]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise KitError(f"{path} is damaged ({problem}) — learn again, or delete it") from problem
    return quotes.assign(confidence=np.round(1 / (1 + np.exp(-score)), 3))


def learn(path: str) -> str:
    """Learns from the corrections beside the documents at a path; says what came of it.

    Writes only a curve that is better than the kit's on rows that it was not fitted to.
    Raises KitError as `learned` does, OSError when the file cannot be written.
    """
    documents = load(path)
    curve = learned(find_quotes(documents), documents, path)
    errors = f"error {curve['before']:.3f} with the kit's curve, {curve['after']:.3f} with yours"
    if curve["after"] >= curve["before"]:
        return f"The kit's own curve is as good ({errors})."
    file = beside(path, OWN_FILES["confidence"])
    file.write_text(json.dumps(curve, indent=1) + "\n", "utf-8")
    return f"{file} was written ({errors})."


def _odds(confidence: object) -> np.ndarray:
    """The log odds, as a column."""
    chances = np.clip(np.asarray(confidence, dtype=float), 0.01, 0.99)
    return np.log(chances / (1 - chances)).reshape(-1, 1)
