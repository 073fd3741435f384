"""Where in the text: the dispersion (x-ray) plot."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ..documents import KitError
from ..text.wording import plural
from ..themes.evidence import UNKNOWN
from .base import Chart, lanes, leading, not_drawn
from .colours import COLOURS, PALE

LANES = 12  # that are drawn, the fullest first
Spans = Mapping[str, list[tuple[str, int, int]]]


def plot_dispersion(documents: pd.DataFrame, spans: pd.DataFrame | Spans) -> Chart:
    """The x-ray plot: where in the text each theme, phrase or name stands, one lane each.

    Of one document the axis is the text from its first to its last character; several stand side
    by side, each equally wide, in the order of the table.

    documents : the documents table, or some rows of it.
    spans : a *themes* table (its evidence), a *phrases* table (its spans), or a mapping from a
        label to a list of (doc, start, end).
    Raises KitError for another table.

    >>> plot_dispersion(pd.DataFrame({"text": ["Free trade."]}, index=["a"]),
    ...                 {"trade": [("a", 5, 10)]})
    Chart('Most occurrences: “trade”, 1')
    """
    lengths = documents["text"].str.len()
    table = pd.DataFrame(_occurrences(spans), columns=["label", "doc", "start", "end"])
    table = table[table["doc"].isin(lengths.index)].reset_index(drop=True)
    if not len(table):
        return Chart("None of the words occurs in the text", table)
    order = pd.Series(range(len(lengths)), lengths.index)
    part = table["start"] / table["doc"].map(lengths).astype(float)
    table["place"] = table["doc"].map(order).astype(float) + part
    counts = table["label"].value_counts()
    places = table.groupby("label")["place"].agg(list)[counts.index[:LANES]]
    named = counts.drop(UNKNOWN, errors="ignore").rename("“{}”".format)
    title = f"{plural(len(table), 'occurrence')}, none of a known name"
    if len(named):
        within = table.loc[table["label"].map("“{}”".format) == named.index[0], "doc"].nunique()
        alone = f", in {within:,} of {len(lengths):,} documents" * (len(lengths) > 1)
        title = leading("Most occurrences", named, f"{named.iloc[0]:,}", alone=alone)

    def paint(figure: Figure) -> None:
        axes, rows, wide = figure.subplots(), range(len(places)), len(lengths)
        colours = [COLOURS[row % len(COLOURS)] for row in rows]
        axes.hlines(rows, 0, wide, color=PALE, linewidth=0.8)
        axes.vlines(range(1, wide), -0.6, len(places) - 0.4, color=PALE, linewidth=0.5)
        axes.eventplot(list(places), lineoffsets=rows, linelengths=0.7, colors=colours)
        lanes(axes, [f"{label} ({counts[label]:,})" for label in places.index])
        axes.set_xlim(-0.005 * wide, 1.005 * wide)
        axes.set_xlabel("documents, in the order of the table")
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
        if wide == 1:
            axes.xaxis.set_major_locator(MaxNLocator(5))
            axes.xaxis.set_major_formatter(PercentFormatter(1))
            axes.set_xlabel(f"place in the text, of {lengths.iloc[0]:,} characters")

    told = [f"{name}: {plural(counts[name], 'occurrence')}" for name in places.index]
    alt = f"Dispersion plot over {plural(len(lengths), 'document')}: {'; '.join(told)}."
    caption = "A line is one occurrence." + not_drawn((len(counts) - LANES, "rarer label"))
    return Chart(title, table, alt, caption, 0.6 + 0.36 * len(places), paint)


def _occurrences(spans: pd.DataFrame | Spans) -> list[tuple[str, str, int, int]]:
    if not isinstance(spans, pd.DataFrame):
        return [(label, *place) for label, places in spans.items() for place in places]
    for name, where in ("theme", "evidence"), ("phrase", "spans"):
        if {name, where} <= set(spans):
            found = spans[[name, "doc", where]].explode(where).dropna(subset=where)
            return [(label, doc, *place) for label, doc, place in found.itertuples(index=False)]
    raise KitError(
        "neither a themes nor a phrases table — give one of them, or a mapping from a label to a "
        "list of (doc, start, end)"
    )
