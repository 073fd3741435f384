"""Themes and topics by document and over time, with how many documents a share rests on."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from ...documents import KitError
from ..terms import npmi

__all__ = ["count_periods", "count_theme_documents", "count_theme_pairs", "find_trends", "wilson"]

Period = Literal["month", "quarter", "year"]
FREQUENCIES = {"month": "M", "quarter": "Q", "year": "Y"}
MOST_PERIODS = 24  # that a chart can show
ENOUGH_EACH = 3  # documents in a period, on average
Z = 1.959964  # 95 in 100
DRAWS = 1000

TREND_COLUMNS = ["period", "begins", "name", "n", "documents", "share", "low", "high"]
PERIOD_COLUMNS = ["period", "begins", "source", "documents"]
PAIR_COLUMNS = ["a", "b", "together", "documents_a", "documents_b", "documents", "npmi"]


def count_theme_documents(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """How often each document uses the words of each theme: one row a document, one column a theme.

    documents : the documents table; those without any theme have a row of zeros.
    themes : the table of `find_themes`; probable themes, which have no evidence, do not count.

    Returns the matrix, the themes of most documents first; a part of a theme ("transport/rail")
    has no column, as its words count for the whole ("transport").

    >>> themes = pd.DataFrame({"doc": ["a"], "theme": ["roads"], "evidence": [[(0, 5)]]})
    >>> count_theme_documents(pd.DataFrame(index=["a", "b"]), themes)["roads"].tolist()
    [1, 0]
    """
    hits = np.array([len(words) for words in themes["evidence"]], np.int64)
    doc, names = documents.index.get_indexer(themes["doc"]), sorted(set(themes["theme"]))
    column = pd.Index(names).get_indexer(themes["theme"])
    cells = np.zeros((len(documents), len(names)), np.int64)
    here = doc >= 0
    np.add.at(cells, (doc[here], column[here]), hits[here])
    matrix = pd.DataFrame(cells, index=documents.index, columns=pd.Index(names, name="theme"))
    matrix = matrix[sorted(names, key=lambda name: (-(matrix[name] > 0).sum(), name))]
    matrix = matrix.loc[:, matrix.any()]
    return matrix[[name for name in matrix if name.rpartition("/")[0] not in matrix]]


def count_theme_pairs(matrix: pd.DataFrame) -> pd.DataFrame:
    """Which themes or topics share documents, the closest first: one row a pair.

    matrix : a row a document, a column a theme; more than 0 means that the document has it.

    Returns columns a, b, together (documents with both), documents_a, documents_b, documents
    (all), npmi (1 always together, 0 as by chance, -1 never; missing where one is in all or in
    none).  Themes of one dictionary meet often by the choice of their words: read before you
    conclude.

    >>> count_theme_pairs(pd.DataFrame({"rail": [1, 0], "road": [2, 0]}))["npmi"].tolist()
    [1.0]
    """
    has = csr_matrix(matrix.to_numpy() > 0).astype(np.int64)
    both, size = (has.T @ has).toarray(), len(matrix)
    names, alone = list(matrix.columns), both.diagonal()
    rows = []
    for i, j in zip(*np.triu_indices(len(names), 1), strict=True):
        n, x, y = int(both[i, j]), int(alone[i]), int(alone[j])
        close = npmi(n, x, y, size) if x and y and max(x, y) < size else None
        rows.append((names[i], names[j], n, x, y, size, None if close is None else round(close, 4)))
    table = pd.DataFrame(rows, columns=PAIR_COLUMNS)
    return table.sort_values(
        ["npmi", "together"], ascending=False, kind="stable", na_position="last"
    ).reset_index(drop=True)


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
    source = documents.get("source", pd.Series("", documents.index)).astype(object)
    found = pd.DataFrame(
        {
            "period": pd.PeriodIndex(days, freq=FREQUENCIES[by]),
            "source": source.reindex(days.index).fillna("").astype(str),
        }
    )
    sizes = found.groupby(["period", "source"], sort=True).size()
    rows = [
        (_label(period, by), period.start_time.date().isoformat(), name, int(n))
        for (period, name), n in sizes.items()
    ]
    table = pd.DataFrame(rows, columns=PERIOD_COLUMNS)
    table.attrs.update(by=by, undated=undated)
    return table


def find_trends(
    documents: pd.DataFrame,
    matrix: pd.DataFrame,
    *,
    by: Period | None = None,
    measure: Literal["documents", "mean"] = "documents",
    seed: int = 0,
) -> pd.DataFrame:
    """How common each theme or topic is in each period, with the interval of 95 in 100.

    documents : the documents table; those without a `date` are left out.
    matrix : a row a document, a column a theme or topic, as `count_theme_documents` gives it or
        as `Topics.shares` is.
    by : "month", "quarter" or "year"; None takes the shortest that gives at most 24 periods with
        three documents on average.
    measure : "documents" is the share of the documents that have any of it, with Wilson's
        interval; "mean" is the mean of the cells, with a bootstrap interval.
    seed : of the bootstrap.

    The intervals say what chance could do if the documents were drawn at random from many alike;
    they say nothing of documents that were never collected.

    Returns columns period ("2023-Q4"), begins (its first day), name, n (documents in the period),
    documents (those with any of it), share, low, high (0-1, missing where n is 0); its
    `attrs["by"]` is the period taken.
    Raises KitError for another period or measure.

    >>> documents = pd.DataFrame({"date": ["2023-05-01", "2023-05-09"]}, index=["a", "b"])
    >>> table = find_trends(documents, pd.DataFrame({"roads": [2, 0]}, index=["a", "b"]))
    >>> table[["period", "n", "share", "low", "high"]].values.tolist()
    [['2023', 2, 0.5, 0.0945, 0.9055]]
    """
    if by not in (None, *FREQUENCIES) or measure not in ("documents", "mean"):
        raise KitError(
            f"no period {by!r} or measure {measure!r} — give 'month', 'quarter' or "
            "'year', and 'documents' or 'mean'"
        )
    days = _days(documents).reindex(matrix.index)
    matrix, days = matrix[days.notna()], days.dropna()
    by = by or _best_period(days)
    found = pd.PeriodIndex(days, freq=FREQUENCIES[by])
    draw = np.random.default_rng(seed)
    rows = []
    for period in pd.period_range(found.min(), found.max()) if len(days) else ():
        cells = matrix.to_numpy(float)[found == period]
        cells = cells[~np.isnan(cells).any(axis=1)]
        has, n = (cells > 0).sum(axis=0), len(cells)
        share, low, high = wilson(has, n) if measure == "documents" else _bootstrapped(cells, draw)
        begins = period.start_time.date().isoformat()
        rows += [
            (_label(period, by), begins, name, n, int(k), *limits)
            for name, k, *limits in zip(
                matrix.columns, has, share.round(4), low.round(4), high.round(4), strict=True
            )
        ]
    table = pd.DataFrame(rows, columns=TREND_COLUMNS)
    table.attrs["by"] = by
    return table


def _days(documents: pd.DataFrame) -> pd.Series:
    dates = documents["date"] if "date" in documents else pd.Series(None, documents.index)
    return pd.to_datetime(dates, errors="coerce", format="%Y-%m-%d")


def _label(period: pd.Period, by: str) -> str:
    return f"{period.year}-Q{period.quarter}" if by == "quarter" else str(period)


def wilson(successes: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Shares with Wilson's interval of 95 in 100, which is right for few and for rare cases, too.

    Source: Wilson 1927.

    >>> [float(x.round(3)[0]) for x in wilson(np.array([0]), 10)]
    [0.0, 0.0, 0.278]
    """
    if not n:
        return (np.full(len(successes), np.nan),) * 3
    share = np.asarray(successes) / n
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z / (1 + Z * Z / n) * np.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    return share, np.maximum(0.0, middle - half), np.minimum(1.0, middle + half)


def _bootstrapped(
    cells: np.ndarray, draw: np.random.Generator
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Column means with the middle 95 in 100 of the means of random draws of as many rows."""
    n = len(cells)
    if not n:
        return (np.full(cells.shape[1], np.nan),) * 3
    times = draw.multinomial(n, np.full(n, 1 / n), size=DRAWS)
    low, high = np.quantile(times @ cells / n, [0.025, 0.975], axis=0)
    return cells.mean(axis=0), low, high


def _best_period(days: pd.Series) -> Period:
    """The shortest period that neither makes too many columns nor leaves them almost empty."""
    for by, frequency in FREQUENCIES.items():
        if len(days):
            found = pd.PeriodIndex(days, freq=frequency)
            number = len(pd.period_range(found.min(), found.max()))
            if number <= MOST_PERIODS and len(days) >= ENOUGH_EACH * number:
                return by  # type: ignore[return-value]
    return "year"
