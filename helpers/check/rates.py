"""How often the kit is right on these documents, as people have found it, and what it learns of it.

    python -m helpers learn PATH

writes `confidence.json` beside the documents.  `find_quotes` does not know it; `corrected` goes by
it where it is given the path of the documents, as the notebooks and the command line do.
"""

from __future__ import annotations

import json
import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd

from ..documents import OWN_FILES, KitError, beside, load
from ..quotes import find_quotes
from ..show import records
from ..text.wording import plural
from .corrections import (
    IMPORTED,
    NO_ROW,
    cells_of,
    in_common,
    last_said,
    read_corrections,
    spans_said,
)

Z, NEAR = 1.96, 0.05  # of a 95 % interval; 5 points
COLUMNS = ["measure", "kind", "right", "of", "share", "low", "high", "more rows for ± 5 points"]
IS_ONE = {"quotes": "is a statement", "figures": "is a figure"}
ROW = ["sha256", "table", "start", "end"]
NEEDED, OF_EACH = 50, 10  # judged rows to learn from; right ones and wrong ones


def error_rates(
    table: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """How many of the checked rows are right, with 95 % intervals.

    Measures: how many rows are a statement (or a figure), by kind; of these how many have the right
    speaker and words (value, unit, of, words); recall: of the statements in passages that were
    checked as a whole, how many the kit has.  The least sure rows, and lines that `import_xmi` has
    added, say nothing of the others and do not count, rows chosen by kind only for their kind.

    table : as `find_quotes` or `find_figures` gives it, not corrected; corrections : those of the
        documents, or the path that `load` was given.

    Returns columns measure, kind, right, of, share, low, high (0–1), more rows for ± 5 points.

    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> len(error_rates(find_quotes(documents), documents, "seeds"))
    0
    """
    if not isinstance(corrections, pd.DataFrame):
        corrections = read_corrections(corrections)
    corrections = corrections[corrections["by"] != IMPORTED]  # nobody drew them, wrong ones most
    name, _, keys, told, whole, _ = last_said(table, documents, corrections)
    rows = dict(zip(keys, records(table), strict=True))
    found: list[tuple[str, str, bool]] = []
    for key in rows.keys() & told.keys():
        row, line = rows[key], told[key]
        is_one = line["verdict"] not in NO_ROW
        found += [(IS_ONE[name], row["kind"], is_one)] * (line["by"] in ("random", row["kind"]))
        if line["by"] == "random":
            found.append((IS_ONE[name], "all", is_one))
            same = {cell: line[cell] == words for cell, words in cells_of(row).items() if is_one}
            if is_one:
                same["words"] = spans_said(line["words"], key[1:]) == [key[1:]]
            found += [(f"right {cell}", "all", right) for cell, right in same.items()]
    for key in rows.keys() | told.keys() if name == "quotes" else ():
        places = ((start, end) for sha256, start, end in whole if sha256 == key[0])
        is_one = key not in told or told[key]["verdict"] not in NO_ROW
        if is_one and any(start <= key[1] < end for start, end in places):
            found.append(("recall", "all", key in rows))
    counts = pd.DataFrame(found, columns=COLUMNS[:3]).groupby(COLUMNS[:2])["right"]
    rates = [[*what, sum(one), len(one), *wilson(sum(one), len(one))] for what, one in counts]
    return pd.DataFrame(rates, columns=COLUMNS)


def wilson(right: int, of: int) -> tuple[float, float, float, int]:
    """The share, the ends of its 95 % interval, and how many more rows make that ± 5 points.

    The score interval of Wilson (1927), J. American Statistical Association 22, 209–212.

    >>> [round(number, 3) for number in wilson(9, 10)]
    [0.9, 0.596, 0.982, 131]
    """
    from scipy.stats import binomtest  # takes its time

    share, ends = right / of, binomtest(right, of).proportion_ci(method="wilson")
    spread = share * (1 - share)
    enough = spread + math.sqrt(spread**2 + NEAR**2 * (1 - 4 * spread))  # for n rows, as wide
    more = math.ceil(Z**2 * (enough / (2 * NEAR**2) - 1)) - of
    return share, float(ends.low), float(ends.high), max(more, 0)


def agreement(corrections: pd.DataFrame) -> pd.DataFrame:
    """How far each two people agree on the rows that both have judged.

    corrections : as `read_corrections` gives them.

    Returns columns one, other, rows, same (the share with the same verdict), kappa (Cohen, 1960),
    alpha (Krippendorff, 1980); of the two 1 is full agreement and 0 is chance.

    >>> from .corrections import read_corrections
    >>> len(agreement(read_corrections("seeds")))
    0
    """
    from nltk.metrics.agreement import AnnotationTask  # takes a second

    kept = corrections[~corrections["verdict"].isin(["complete", "missed"])]
    kept = kept.drop_duplicates([*ROW, "who"], keep="last")
    said = kept[kept["verdict"] != "taken back"].set_index([*ROW, "who"])["verdict"].unstack()
    rows = []
    for pair in combinations(said.columns, 2):
        both = said[list(pair)].dropna()
        if len(both):
            judged = [(who, str(row), both.at[row, who]) for row in both.index for who in pair]
            task = AnnotationTask(judged)
            rows.append([*pair, len(both), task.avg_Ao(), task.kappa(), task.alpha()])
    return pd.DataFrame(rows, columns=["one", "other", "rows", "same", "kappa", "alpha"])


def learned(
    quotes: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> dict[str, float]:
    """A curve from the kit's confidence to the share of rows that people found right.

    A row is right when it is a statement by that speaker and half of its words are right: a
    logistic regression on the log odds (Platt, 1999).  `before` and `after` are the mean squared
    errors (Brier) of the kit's confidence and of the curve on rows that it was not fitted to.

    Raises KitError when there are too few rows, and says how many more are needed.
    """
    said = last_said(quotes, documents, corrections)
    sure, right = [], []
    for key, row in zip(said.keys, records(quotes), strict=True):
        line = said.told.get(key)
        if line and line["verdict"] != "missed":
            real = line["verdict"] not in NO_ROW and line["speaker"] == (row["speaker"] or "")
            spans = spans_said(line["words"], key[1:])
            right.append(real and in_common(spans, [key[1:]]) >= 0.5)
            sure.append(row["confidence"])
    wrong = len(right) - sum(right)
    if (more := max(NEEDED - len(right), OF_EACH - wrong, OF_EACH - sum(right))) > 0:
        what = f"{plural(len(right), 'judged quote')}, {wrong} of them wrong, are too few to learn"
        least = f"{OF_EACH} right and {OF_EACH} wrong ones among all"
        raise KitError(f"{what} from — judge {more} more; there must be {least}")
    from sklearn.linear_model import LogisticRegression  # takes a second
    from sklearn.model_selection import cross_val_predict

    odds, truth, curve = _odds(sure), np.array(right), LogisticRegression()
    found = cross_val_predict(curve, odds, truth, method="predict_proba")[:, 1]
    curve.fit(odds, truth)
    fitted = {"intercept": curve.intercept_[0], "slope": curve.coef_[0, 0], "rows": len(right)}
    errors = {"before": np.square(sure - truth).mean(), "after": np.square(found - truth).mean()}
    return {name: float(fact) for name, fact in (fitted | errors).items()}


def with_own_confidence(quotes: pd.DataFrame, documents: str | Path) -> pd.DataFrame:
    """The quotes table with its confidence by the curve beside the documents, if there is one."""
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
