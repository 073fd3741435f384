"""How often the kit is right on these documents, as people have found it."""

from __future__ import annotations

import math
from itertools import combinations, count
from pathlib import Path

import pandas as pd

from ..show import records
from .corrections import COMPLETE, MISSED, NO_ROW, TAKEN_BACK, keys_of, last_said
from .merge import cells_of, table_name

Z, NEAR = 1.96, 0.05  # of a 95 % interval; 5 points
COLUMNS = ["measure", "kind", "right", "of", "share", "low", "high", "more rows for ± 5 points"]


def error_rates(
    table: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """How many of the checked rows are right, with 95 % intervals.

    Measures: how many rows are a statement (or a figure), by kind; of these how many have the right
    speaker and words (value, unit, of); recall: of the statements in passages that were checked as
    a whole, how many the kit has.  The least sure rows say nothing of the others and do not count,
    rows chosen by kind only for their kind.

    table : as `find_quotes` or `find_figures` gives it, not corrected; corrections : those of the
        documents, or the path that `load` was given.

    Returns columns measure, kind, right, of, share, low, high (0–1), more rows for ± 5 points.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> len(error_rates(find_quotes(documents), documents, "seeds"))
    0
    """
    name = table_name(table, documents)
    told, _ = last_said(corrections, documents, name)
    whole = last_said(corrections, documents, "passages")[0] if name == "quotes" else {}
    rows, none = dict(zip(keys_of(table, documents), records(table), strict=True)), NO_ROW[name]
    counts: dict[tuple[str, str], list[bool]] = {}
    for key in rows.keys() & told.keys():
        row, line, cells = rows[key], told[key], cells_of(rows[key])
        is_one, what = line["verdict"] != none, "is a" + none.removeprefix("not a")
        if line["by"] not in ("random", row["kind"]):
            continue
        counts.setdefault((what, row["kind"]), []).append(is_one)
        if line["by"] == "random":
            counts.setdefault((what, "all"), []).append(is_one)
            for cell in cells if is_one else ():
                same = line[cell].split(" ")[0] if cell == "words" else line[cell]
                counts.setdefault((f"right {cell}", "all"), []).append(same == cells[cell])
    for key in rows.keys() | told.keys():
        line = told.get(key, {"verdict": ""})
        if line["verdict"] != none and any(
            key[0] == sha256 and start <= key[1] < end for sha256, start, end in whole
        ):
            counts.setdefault(("recall", "all"), []).append(key in rows)
    table = [[*what, sum(found), len(found), *wilson(sum(found), len(found))]
             for what, found in sorted(counts.items())]  # fmt: skip
    return pd.DataFrame(table, columns=COLUMNS)


def wilson(right: int, of: int) -> tuple[float, float, float, int]:
    """The share, the ends of its 95 % interval, and how many more rows make that ± 5 points.

    The score interval of Wilson, E. B. (1927): Probable inference, the law of succession, and
    statistical inference. Journal of the American Statistical Association 22, 209–212.

    >>> [round(number, 3) for number in wilson(9, 10)]
    [0.9, 0.596, 0.982, 131]
    """

    def interval(n: int) -> tuple[float, float]:
        spread = math.sqrt(share * (1 - share) / n + Z**2 / (4 * n**2))
        return (share + Z**2 / (2 * n)) / (1 + Z**2 / n), Z * spread / (1 + Z**2 / n)

    share = right / of
    middle, half = interval(of)
    more = next(n for n in count() if interval(of + n)[1] <= NEAR)
    return share, middle - half, middle + half, more


def agreement(corrections: pd.DataFrame) -> pd.DataFrame:
    """How far each two people agree on the rows that both have judged.

    corrections : as `read_corrections` gives them.

    Returns columns one, other, rows, same (the share with the same verdict), kappa (Cohen, 1960),
    alpha (Krippendorff, 1980); of the two 1 is full agreement and 0 is chance.

    >>> from .corrections import read_corrections
    >>> len(agreement(read_corrections("seeds")))
    0
    """
    kept = corrections[~corrections["verdict"].isin([COMPLETE, MISSED])]
    kept = kept.drop_duplicates(["sha256", "table", "start", "end", "who"], keep="last")
    kept = kept[kept["verdict"] != TAKEN_BACK]
    said = kept.set_index(["sha256", "table", "start", "end", "who"])["verdict"].unstack()
    rows = []
    for pair in combinations(said.columns, 2):
        both = said[list(pair)].dropna()
        if len(both):
            from nltk.metrics.agreement import AnnotationTask  # takes seconds

            task = AnnotationTask(
                [(who, str(row), both.at[row, who]) for row in both.index for who in pair]
            )
            rows.append([*pair, len(both), task.avg_Ao(), task.kappa(), task.alpha()])
    return pd.DataFrame(rows, columns=["one", "other", "rows", "same", "kappa", "alpha"])
