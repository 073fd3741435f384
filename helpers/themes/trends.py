"""Documents, themes and topics over time, with how many documents a share rests on."""

from __future__ import annotations

import numpy as np
import pandas as pd

__all__ = ["count_periods", "find_trends"]

MOST_PERIODS = 24  # that a chart can show
ENOUGH_EACH = 3  # documents in a period, on average
Z = 1.959964  # 95 in 100

TREND_COLUMNS = "period name n documents share low high".split()


def count_periods(documents: pd.DataFrame) -> pd.DataFrame:
    """How many documents there are from each period and source: one row for each of both.

    documents : the documents table; those without a `date` are left out.

    Returns columns period (as for `find_trends`), source ("" where it is missing), documents; its
    `attrs["undated"]` is the number of documents left out.

    >>> count_periods(pd.DataFrame({"date": ["2023-05-01", None]}))[["period", "documents"]].values
    array([['2023', 1]], dtype=object)
    """
    days = _days(documents)
    undated, days = int(days.isna().sum()), days.dropna()
    source = documents.get("source", pd.Series("", documents.index)).reindex(days.index)
    source = source.astype(object).where(source.notna(), "").astype(str)
    sizes = source.groupby([_periods(days), source]).size()
    table = sizes.rename_axis(["period", "source"]).reset_index(name="documents")
    table["period"] = _shown(table["period"])
    table.attrs["undated"] = undated
    return table


def find_trends(documents: pd.DataFrame, matrix: pd.DataFrame) -> pd.DataFrame:
    """How common each theme or topic is in each period, with the interval of 95 in 100.

    documents : the documents table; those without a `date` are left out.
    matrix : a row a document, a column a theme or topic, as `count_theme_documents` gives it; a
        document has what is more than 0.  Rows with missing cells are left out.

    Periods are months, quarters or years: the shortest that give at most 24 of them with three
    documents on average.  The intervals (Wilson 1927: right for few and for rare cases, too) say
    what chance could do if the documents were drawn at random from many alike; they say nothing of
    documents that were never collected.

    Returns columns period ("2023-Q4"), name, n (documents in the period), documents (those that
    have it), share, low, high (0-1, missing where n is 0).

    >>> documents = pd.DataFrame({"date": ["2023-05-01", "2023-05-09"]}, index=["a", "b"])
    >>> table = find_trends(documents, pd.DataFrame({"roads": [2, 0]}, index=["a", "b"]))
    >>> table[["period", "n", "share", "low", "high"]].values.tolist()
    [['2023', 2, 0.5, 0.0945, 0.9055]]
    """
    matrix = matrix.dropna()
    days = _days(documents).reindex(matrix.index)
    matrix, days = matrix[days.notna()], days.dropna()
    if matrix.empty:
        return pd.DataFrame(columns=TREND_COLUMNS)
    found = _periods(days)
    every = pd.period_range(found.min(), found.max())
    has = (matrix > 0).groupby(found).sum().reindex(every, fill_value=0)
    table = has.stack().rename_axis(["period", "name"]).reset_index(name="documents")
    n = table["n"] = table["period"].map(found.value_counts()).fillna(0).astype(int)
    share = table["share"] = table["documents"] / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    table["low"], table["high"] = (middle - half).clip(lower=0), (middle + half).clip(upper=1)
    table["period"] = _shown(table["period"])
    return table[TREND_COLUMNS].round(4)


def _days(documents: pd.DataFrame) -> pd.Series:
    dates = documents["date"] if "date" in documents else pd.Series(None, documents.index)
    return pd.to_datetime(dates, errors="coerce", format="%Y-%m-%d")


def _periods(days: pd.Series) -> pd.PeriodIndex:
    """The period of each day: the shortest that neither makes many periods nor empties them."""
    for frequency in "MQY":  # month, quarter, year
        found = pd.PeriodIndex(days, freq=frequency)
        number = len(pd.period_range(found.min(), found.max())) if len(days) else 0
        if number <= MOST_PERIODS and len(days) >= ENOUGH_EACH * number:
            break
    return found


def _shown(periods: pd.Series) -> list[str]:
    return [str(period).replace("Q", "-Q") for period in periods]
