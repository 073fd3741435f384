"""Documents, themes and topics over time, with how many documents a share rests on."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from ..documents import KitError

__all__ = ["count_periods", "find_trends"]

Period = Literal["month", "quarter", "year"]
FREQUENCIES = {"month": "M", "quarter": "Q", "year": "Y"}
MOST_PERIODS = 24  # that a chart can show
ENOUGH_EACH = 3  # documents in a period, on average
Z = 1.959964  # 95 in 100

TREND_COLUMNS = "period begins name n documents share low high".split()
PERIOD_COLUMNS = "period begins source documents".split()


def count_periods(documents: pd.DataFrame, *, by: Period | None = None) -> pd.DataFrame:
    """How many documents there are from each period and source: one row for each of both.

    documents : the documents table; those without a `date` are left out.
    by : as for `find_trends`.

    Returns columns period, begins, source ("" where it is missing), documents; its `attrs["by"]`
    is the period taken and `attrs["undated"]` the number of documents left out.

    >>> count_periods(pd.DataFrame({"date": ["2023-05-01", None]}))[["period", "documents"]].values
    array([['2023', 1]], dtype=object)
    """
    days = _days(documents)
    undated, days = int(days.isna().sum()), days.dropna()
    by = by or _best_period(days)
    source = documents.get("source", pd.Series("", documents.index)).reindex(days.index)
    source = source.astype(object).where(source.notna(), "").astype(str)
    sizes = source.groupby([pd.PeriodIndex(days, freq=FREQUENCIES[by]), source]).size()
    rows = [(*_named(period, by), name, int(n)) for (period, name), n in sizes.items()]
    table = pd.DataFrame(rows, columns=PERIOD_COLUMNS)
    table.attrs.update(by=by, undated=undated)
    return table


def find_trends(
    documents: pd.DataFrame, matrix: pd.DataFrame, *, by: Period | None = None
) -> pd.DataFrame:
    """How common each theme or topic is in each period, with the interval of 95 in 100.

    documents : the documents table; those without a `date` are left out.
    matrix : a row a document, a column a theme or topic, as `count_theme_documents` gives it; a
        document has what is more than 0.  Rows with missing cells are left out.
    by : "month", "quarter" or "year"; None takes the shortest that gives at most 24 periods with
        three documents on average.

    The intervals (Wilson 1927: right for few and for rare cases, too) say what chance could do if
    the documents were drawn at random from many alike; they say nothing of documents that were
    never collected.

    Returns columns period ("2023-Q4"), begins (its first day), name, n (documents in the period),
    documents (those that have it), share, low, high (0-1, missing where n is 0); its
    `attrs["by"]` is the period taken.
    Raises KitError for another period.

    >>> documents = pd.DataFrame({"date": ["2023-05-01", "2023-05-09"]}, index=["a", "b"])
    >>> table = find_trends(documents, pd.DataFrame({"roads": [2, 0]}, index=["a", "b"]))
    >>> table[["period", "n", "share", "low", "high"]].values.tolist()
    [['2023', 2, 0.5, 0.0945, 0.9055]]
    """
    if by not in (None, *FREQUENCIES):
        raise KitError(f"no period {by!r} — give 'month', 'quarter' or 'year'")
    matrix = matrix.dropna()
    days = _days(documents).reindex(matrix.index)
    matrix, days = matrix[days.notna()], days.dropna()
    by = by or _best_period(days)
    found = pd.PeriodIndex(days, freq=FREQUENCIES[by])
    rows = []
    for period in pd.period_range(found.min(), found.max()) if len(days) else ():
        cells = matrix.to_numpy()[found == period]
        has, n = (cells > 0).sum(axis=0), len(cells)
        limits = _wilson(has, n) if n else np.full((3, cells.shape[1]), np.nan)
        for name, k, *own in zip(matrix.columns, has, *np.round(limits, 4), strict=True):
            rows.append((*_named(period, by), name, n, int(k), *own))
    table = pd.DataFrame(rows, columns=TREND_COLUMNS)
    table.attrs["by"] = by
    return table


def _days(documents: pd.DataFrame) -> pd.Series:
    dates = documents["date"] if "date" in documents else pd.Series(None, documents.index)
    return pd.to_datetime(dates, errors="coerce", format="%Y-%m-%d")


def _named(period: pd.Period, by: str) -> tuple[str, str]:
    """A period as it is shown, and its first day."""
    name = f"{period.year}-Q{period.quarter}" if by == "quarter" else str(period)
    return name, period.start_time.date().isoformat()


def _wilson(successes: np.ndarray, n: int) -> np.ndarray:
    """Shares with Wilson's interval of 95 in 100."""
    share = successes / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return np.array([share, np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)])


def _best_period(days: pd.Series) -> Period:
    """The shortest period that neither makes too many columns nor leaves them almost empty."""
    for by, frequency in FREQUENCIES.items() if len(days) else ():
        found = pd.PeriodIndex(days, freq=frequency)
        number = len(pd.period_range(found.min(), found.max()))
        if number <= MOST_PERIODS and len(days) >= ENOUGH_EACH * number:
            return by  # type: ignore[return-value]
    return "year"
