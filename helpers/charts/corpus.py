"""Charts of many documents: when they appeared, what changes, and what goes with what."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ..text.wording import plural
from .base import WIDTH, Chart, empty_chart, finish, new_figure, not_drawn, styled, wrapped
from .colours import BLUE, COLOURS, GREY, INK, PALE
from .heat import heat_chart

MOST_SOURCES = 6  # with a colour of their own
ENOUGH = 3  # documents with both themes that make them a pair to speak of
MOST_LABELS = 12  # on the axis of time


@styled
def plot_periods(periods: pd.DataFrame) -> Chart:
    """Columns: how many documents there are from each period, by source.

    periods : as `count_periods` gives them.

    >>> plot_periods(pd.DataFrame({"period": [], "source": [], "documents": []})).title
    'No document has a date'
    """
    undated = periods.attrs.get("undated", 0)
    if not len(periods):
        return empty_chart("No document has a date", periods)
    sizes = periods.groupby("source")["documents"].sum()
    leading = sorted((name for name in sizes.index if name), key=lambda name: (-sizes[name], name))[
        :MOST_SOURCES
    ]
    named = periods["source"].where(periods["source"].isin(leading), "other or unknown")
    table = periods.assign(source=named).pivot_table(
        index="period", columns="source", values="documents", aggfunc="sum", fill_value=0
    )
    table = table.reindex(_between(periods), fill_value=0)
    table = table[[*leading, *(set(table.columns) - set(leading))]]
    totals = table.sum(axis=1)
    title = f"{plural(int(totals.sum()), 'dated document')} from {totals.index[0]}" + (
        f" to {totals.index[-1]}, the most from {totals.idxmax()} ({totals.max():,})"
        if len(totals) > 1
        else ""
    )
    figure, (axes,) = new_figure(2.6 + 0.2 * (len(table.columns) > 3))
    below = np.zeros(len(table))
    for colour, source in zip([*COLOURS[: len(leading)], PALE], table, strict=False):
        axes.bar(
            range(len(table)),
            table[source],
            bottom=below,
            width=0.82,
            color=colour,
            label=wrapped(source, 34, lines=1),
            edgecolor="white",
            linewidth=0.6,
        )
        below += table[source].to_numpy()
    _time_axis(axes, list(table.index))
    axes.set_ylabel("documents")
    axes.yaxis.get_major_locator().set_params(integer=True)
    if len(table.columns) > 1:
        figure.legend(loc="outside lower left", ncols=3, borderpad=0, fontsize=8)
    note = f"{plural(undated, 'document')} without a date: not drawn." if undated else ""
    alt = "Documents by period: " + ", ".join(f"{period} {n}" for period, n in totals.items()) + "."
    return finish(figure, title=title, note=note, alt=alt, data=periods)


@styled
def plot_trends(trends: pd.DataFrame, *, top: int = 6, what: str = "theme") -> Chart:
    """A panel for each theme or topic: its share in each period with its interval, and n below.

    trends : as `find_trends` gives them.
    top : how many are drawn, the commonest first.
    what : what they are called.

    >>> plot_trends(pd.DataFrame({"n": []})).title
    'Nothing to follow over time: no dated document has a theme'
    """
    if not len(trends) or not trends["n"].sum():
        return empty_chart(f"Nothing to follow over time: no dated document has a {what}", trends)
    periods = trends.drop_duplicates("period")[["period", "n"]].reset_index(drop=True)
    means = (
        trends.assign(sum=trends["share"].fillna(0) * trends["n"])
        .groupby("name", sort=False)["sum"]
        .sum()
    )
    drawn = sorted(means.index, key=lambda name: -means[name])[:top]
    lines = {name: trends[trends["name"] == name].reset_index(drop=True) for name in drawn}
    across, down = 2 if len(drawn) > 1 else 1, -(-len(drawn) // 2)
    figure = Figure(figsize=(WIDTH, 0.9 + 1.25 * down), layout="constrained")
    grid = figure.subplots(
        down + 1,
        across,
        squeeze=False,
        sharex=True,
        sharey="row",
        height_ratios=[1] * down + [0.45],
    )
    most = float(np.nanmax([line["high"].max() for line in lines.values()]))
    for number, name in enumerate(drawn):
        axes, line = grid[number // across, number % across], lines[name]
        seen = line["n"] > 0
        x = np.flatnonzero(seen)
        axes.fill_between(
            x, line["low"][seen], line["high"][seen], color=BLUE, alpha=0.15, linewidth=0
        )
        axes.vlines(x, line["low"][seen], line["high"][seen], color=BLUE, alpha=0.45)
        axes.plot(x, line["share"][seen], "o-", color=BLUE, markersize=4, linewidth=1.4)
        axes.set_title(wrapped(name, 48, lines=1), fontsize=9, loc="left", color=INK, pad=3)
        axes.set_ylim(0, min(1.0, most) * 1.04)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:.0%}")
        axes.yaxis.get_major_locator().set_params(nbins=3)
        axes.grid(axis="y")
    for axes in grid[:down].ravel()[len(drawn) :]:
        axes.set_visible(False)
    for axes in grid[down]:
        axes.bar(range(len(periods)), periods["n"], color=GREY, width=0.7)
        axes.yaxis.get_major_locator().set_params(integer=True, nbins=2)
        _time_axis(axes, list(periods["period"]))
    grid[down, 0].set_ylabel("n", rotation=0, labelpad=10)
    alt = (
        f"Shares of {what}s over time: "
        + "; ".join(
            f"{name}: "
            + ", ".join(
                f"{row.period} {row.share:.0%} of {row.n}"
                for row in lines[name].itertuples()
                if row.n
            )
            for name in drawn
        )
        + "."
    )
    note = (
        "Line: share of the period’s documents. Band: interval of 95 in 100. Grey: "
        "documents in the period (n)."
        + (f" The {top} commonest of {plural(len(means), what)}." if len(means) > top else "")
    )
    return finish(figure, title=_change(trends, what), note=note, alt=alt, data=trends)


def _change(trends: pd.DataFrame, what: str) -> str:
    """The finding: the largest change whose intervals, first and last period, do not overlap."""
    kept = trends[trends["n"] > 0]
    first, last = (
        kept[kept["period"] == kept["period"].iloc[n]].set_index("name") for n in (0, -1)
    )
    if kept["period"].nunique() < 2:
        return f"All dated documents are from {kept['period'].iloc[0]}: nothing to compare"
    apart = (first["low"] > last["high"]) | (last["low"] > first["high"])
    change = (last["share"] - first["share"])[apart]
    if not len(change):
        return (
            f"No {what} differs between {kept['period'].iloc[0]} and {kept['period'].iloc[-1]} "
            "by more than chance could make"
        )
    name = change.abs().idxmax()
    return (
        f"“{name}” {'rises' if change[name] > 0 else 'falls'} from "
        f"{first.loc[name, 'share']:.0%} in {kept['period'].iloc[0]} to "
        f"{last.loc[name, 'share']:.0%} in {kept['period'].iloc[-1]}"
    )


def plot_theme_documents(
    matrix: pd.DataFrame, *, titles: pd.Series | None = None, top: int = 30, themes: int = 12
) -> Chart:
    """A heat map: how much each document has of each theme, in the order of the table.

    matrix : as `count_theme_documents` gives it.
    titles : what to call the documents, by name; None takes their names.
    top, themes : how many documents (those with most hits) and themes (the first) are drawn.

    >>> plot_theme_documents(pd.DataFrame()).title
    'No document has any theme'
    """
    if not matrix.size or not matrix.to_numpy().any():
        return empty_chart("No document has any theme", matrix)
    total = matrix.sum(axis=1)
    kept = total[total > 0].sort_values(ascending=False, kind="stable").index[:top]
    drawn = matrix.loc[matrix.index.isin(kept), matrix.columns[:themes]]
    has = (matrix > 0).sum()
    leading, without = has.index[has == has.max()], int((total == 0).sum())
    title = (
        (f"“{leading[0]}” is" if len(leading) == 1 else f"{plural(len(leading), 'theme')} are")
        + f" in {int(has.max()):,} of {plural(len(matrix), 'document')}"
        + (f"; {without:,} {'has' if without == 1 else 'have'} no theme at all" if without else "")
    )
    note = "In the cells: words and phrases that say so." + not_drawn(
        (len(matrix) - len(drawn), "document"), (matrix.shape[1] - drawn.shape[1], "theme")
    )
    names = [
        str(titles.get(doc))
        if titles is not None and isinstance(titles.get(doc), str)
        else str(doc)
        for doc in drawn.index
    ]
    texts = [[f"{n:,}" if n else "" for n in row] for row in drawn.to_numpy()]
    return heat_chart(drawn.set_axis(names), texts, title=title, note=note, data=matrix, each=0.25)


def plot_theme_pairs(pairs: pd.DataFrame, *, top: int = 12) -> Chart:
    """A triangle: which themes share documents more, or less, often than by chance.

    pairs : as `count_theme_pairs` gives them.
    top : how many themes are drawn, those in most documents.

    >>> plot_theme_pairs(pd.DataFrame({"together": []})).title
    'No two themes share a document'
    """
    if not len(pairs) or not pairs["together"].any():
        return empty_chart("No two themes share a document", pairs)
    sizes = dict(zip(pairs["a"], pairs["documents_a"], strict=True)) | dict(
        zip(pairs["b"], pairs["documents_b"], strict=True)
    )
    names = sorted(sizes, key=lambda name: (-sizes[name], name))[:top]
    place = {name: number for number, name in enumerate(names)}
    cells = np.full((len(names), len(names)), np.nan)
    depth = np.zeros_like(cells)
    written = [[""] * len(names) for _ in names]
    for row in pairs.itertuples():
        if row.a in place and row.b in place:
            low, high = sorted((place[row.a], place[row.b]))
            cells[high, low] = npmi = 0.0 if pd.isna(row.npmi) else row.npmi
            known = max(row.together, row.documents_a * row.documents_b / row.documents)
            depth[high, low] = abs(npmi) * min(1.0, known / (2 * ENOUGH))
            written[high][low] = f"{row.together}"
    close = pairs[pairs["together"] >= ENOUGH].dropna(subset="npmi")
    title = (
        f"“{close.iloc[0]['a']}” and “{close.iloc[0]['b']}” go together most: "
        f"{plural(int(close.iloc[0]['together']), 'document')} with both"
        if len(close)
        else f"No two themes share {ENOUGH} documents"
    )
    drawn = pd.DataFrame(
        cells[1:, :-1],
        columns=names[:-1],
        index=[f"{name} ({sizes[name]:,})" for name in names[1:]],
    )
    return heat_chart(
        drawn,
        [row[:-1] for row in written[1:]],
        depth=depth[1:, :-1],
        title=title,
        data=pairs,
        note="In the cells: documents with both; in brackets: documents "
        "with the theme. Blue: together more often than by chance, red: less; pale "
        "where few documents say so.",
    )


def _between(periods: pd.DataFrame) -> list[str]:
    """All periods from the first to the last, those without documents as well."""
    by = {"month": "M", "quarter": "Q", "year": "Y"}[periods.attrs.get("by", "year")]
    found = pd.period_range(periods["period"].iloc[0], periods["period"].iloc[-1], freq=by)
    return [f"{p.year}-Q{p.quarter}" if by == "Q" else str(p) for p in found]


def _time_axis(axes: Axes, periods: list[str]) -> None:
    step = -(-len(periods) // MOST_LABELS)
    axes.set_xticks(
        range(0, len(periods), step),
        periods[::step],
        fontsize=8,
        rotation=0 if len(periods) < 8 else 40,
        rotation_mode="anchor",
        ha="center" if len(periods) < 8 else "right",
    )
    axes.set_xlim(-0.6, len(periods) - 0.4)
