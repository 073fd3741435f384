"""How often the kit is right on these documents, as people have found it."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import pandas as pd

from ..show import records
from .corrections import NO_ROW, last_said, spans_said
from .merge import cells_of

Z, NEAR = 1.96, 0.05  # of a 95 % interval; 5 points
COLUMNS = ["measure", "kind", "right", "of", "share", "low", "high", "more rows for ± 5 points"]
IS_ONE = {"quotes": "is a statement", "figures": "is a figure"}
ROW = ["sha256", "table", "start", "end"]


def error_rates(
    table: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """How many of the checked rows are right, with 95 % intervals.

    Measures: how many rows are a statement (or a figure), by kind; of these how many have the right
    speaker and words (value, unit, of, words); recall: of the statements in passages that were
    checked as a whole, how many the kit has.  The least sure rows say nothing of the others and do
    not count, rows chosen by kind only for their kind.

    table : as `find_quotes` or `find_figures` gives it, not corrected; corrections : those of the
        documents, or the path that `load` was given.

    Returns columns measure, kind, right, of, share, low, high (0–1), more rows for ± 5 points.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> len(error_rates(find_quotes(documents), documents, "seeds"))
    0
    """
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

    The score interval of Wilson, E. B. (1927): Probable inference, the law of succession, and
    statistical inference. Journal of the American Statistical Association 22, 209–212.

    >>> [round(number, 3) for number in wilson(9, 10)]
    [0.9, 0.596, 0.982, 131]
    """
    share, z2 = right / of, Z**2
    spread = share * (1 - share)
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    half = Z * math.sqrt(spread / of + z2 / (4 * of**2)) / (1 + z2 / of)
    enough = spread + math.sqrt(spread**2 + NEAR**2 * (1 - 4 * spread))  # half = NEAR, for n rows
    more = math.ceil(z2 * (enough / (2 * NEAR**2) - 1)) - of
    return share, middle - half, middle + half, max(more, 0)


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
