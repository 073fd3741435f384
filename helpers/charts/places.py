"""Where in the text: the dispersion (x-ray) plot, and the course of themes by paragraph."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ..documents import KitError
from ..text.wording import plural
from ..themes.evidence import UNKNOWN
from .base import Chart, drawable, lanes, leading, not_drawn
from .colours import COLOURS, GREY, PALE

Spans = Mapping[str, list[tuple[str, int, int]]]


def plot_dispersion(
    documents: pd.DataFrame, spans: pd.DataFrame | Spans, *, top: int = 12
) -> Chart:
    """The x-ray plot: where in the text each theme, phrase or name stands, one lane each.

    Of one document the axis is the text from its first to its last character; several stand side
    by side, each equally wide, in the order of the table.

    documents : the documents table, or some rows of it.
    spans : a *themes* table (its evidence), a *phrases* table (its spans), or a mapping from a
        label to a list of (doc, start, end).
    top : how many lanes are drawn, the fullest first.
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
    table["place"] = table["doc"].map(order) + table["start"] / table["doc"].map(lengths)
    counts = table["label"].value_counts()
    places = table.groupby("label")["place"].agg(list)[counts.index[:top]]
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
    return Chart(
        title,
        table,
        f"Dispersion plot over {plural(len(lengths), 'document')}: {'; '.join(told)}.",
        "A line is one occurrence." + not_drawn((len(counts) - top, "rarer label")),
        0.6 + 0.36 * len(places),
        paint,
    )


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


def plot_theme_progress(
    themes: pd.DataFrame, *, parts: pd.DataFrame | None = None, top: int = 8
) -> Chart:
    """Where a text turns to what: each theme's weight, paragraph by paragraph, one lane each.

    themes : the table of `find_themes`; of several documents the one with most passages is drawn.
    parts : the table of `find_parts`, whose boundaries are drawn as lines.
    top : how many themes are drawn, the heaviest first.

    >>> plot_theme_progress(pd.DataFrame({"doc": ["a", "a"], "theme": ["trade", "roads"],
    ...                                   "paragraph": [0, 4], "weight": [1.0, 3.0]}))
    Chart('Heaviest: “roads” in paragraph 5, weight 3')
    """
    if not len(themes):
        return Chart("No themes were found", themes)
    doc = themes["doc"].mode()[0]
    table = themes[themes["doc"] == doc].groupby(["theme", "paragraph"])["weight"].sum()
    sums = table.groupby("theme").sum().sort_values(ascending=False, kind="stable")
    order, paragraphs = sums.index[:top], table.index.get_level_values("paragraph") + 1
    named = table.set_axis([f"“{theme}” in paragraph {n + 1}" for theme, n in table.index])
    bounds = [] if parts is None else parts.loc[parts["doc"] == doc, "paragraph"][1:] + 0.5

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        for row, name in enumerate(order):
            heights = -0.8 * table[name] / table.max()
            colour = COLOURS[row % len(COLOURS)]
            axes.bar(heights.index + 1, heights, bottom=row + 0.4, width=0.9, color=colour)
            axes.axhline(row + 0.4, color=PALE, linewidth=0.8)
        axes.set_xlim(paragraphs.min() - 0.6, paragraphs.max() + 0.6)
        lanes(axes, order)
        axes.vlines(bounds, -0.6, len(order) - 0.5, color=GREY, linewidth=1, linestyle="dashed")
        axes.xaxis.set_major_locator(MaxNLocator(10, integer=True, min_n_ticks=1))
        axes.set_xlabel("paragraph" + f" of {drawable(doc)}" * (themes["doc"].nunique() > 1))

    told = [f"{name} in {', '.join(str(n + 1) for n in table[name].index)}" for name in order]
    changes = f" The vocabulary changes at {plural(len(bounds), 'dashed line')}." * (
        len(bounds) > 0
    )
    return Chart(
        leading("Heaviest", named, f"weight {table.max():.3g}"),
        table.reset_index(),
        f"Themes by paragraph of {doc}: {'; '.join(told)}.{changes}",
        f"Height: weight in the paragraph.{not_drawn((len(sums) - top, 'lighter theme'))}{changes}",
        0.6 + 0.42 * len(order),
        paint,
    )
