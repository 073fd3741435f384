"""Lines: shares over time, and how far the confidence of a quote can be trusted."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ..text.wording import listed
from .base import Chart, legend, not_drawn, wrapped
from .colours import BLUE, COLOURS, GREY

PANELS = 6  # that are drawn, the commonest first


def plot_trends(trends: pd.DataFrame, *, what: str = "theme") -> Chart:
    """A panel for each theme or topic: its share in each period with its interval, and n below.

    trends : as `find_trends` gives them.
    what : what they are called.

    >>> plot_trends(pd.DataFrame({"n": []}))
    Chart('Nothing to follow: no dated document has a theme')
    """
    seen = trends[trends["n"] > 0]
    if not len(seen):
        return Chart(f"Nothing to follow: no dated document has a {what}", seen)
    sums = (seen["share"] * seen["n"]).groupby(seen["name"]).sum()
    names = sums.sort_values(ascending=False, kind="stable").index[:PANELS]
    periods = trends.drop_duplicates("period")["period"]

    def paint(figure: Figure) -> None:
        *panels, below = figure.subplots(len(names) + 1, 1, sharex=True)
        for axes, name in zip(panels, names, strict=True):
            line = trends[trends["name"] == name]
            axes.fill_between(line["period"], line["low"], line["high"], color=BLUE, alpha=0.2)
            axes.plot(line["period"], line["share"], "o-", color=BLUE, markersize=4, clip_on=False)
            axes.set_title(wrapped(name, 50, lines=1), pad=3)
            axes.yaxis.set_major_formatter(PercentFormatter(1, 0))
            axes.yaxis.set_major_locator(MaxNLocator(2))
            axes.set_ylim(0, max(0.05, trends["high"].max()))
        below.bar(line["period"], line["n"], color=GREY)
        below.set_title("documents", pad=3)
        below.yaxis.set_major_locator(MaxNLocator(2, integer=True))
        below.set_xticks(periods[:: -(-len(periods) // 10)])
        below.tick_params(axis="x", rotation=40 * (len(periods) > 5))

    told = [
        f"{row.name}: {row.share:.0%} of {row.n} in {row.period}"
        for row in seen[seen["name"].isin(names)].itertuples()
    ]
    alt = f"Shares of documents over time: {'; '.join(told)}."
    caption = "Line: share of the period’s documents; band: interval of 95 in 100."
    caption += not_drawn((len(sums) - PANELS, what))
    return Chart(_change(seen, what), trends, alt, caption, 0.6 + 0.85 * (len(names) + 1), paint)


def _change(seen: pd.DataFrame, what: str) -> str:
    """The largest change whose intervals, in the first and the last period, do not overlap."""
    one, other = seen["period"].iloc[[0, -1]]
    first, last = (seen[seen["period"] == end].set_index("name") for end in (one, other))
    if one == other:
        return f"All dated documents are from {one}"
    change = (last["share"] - first["share"]).abs()
    change = change[(first["low"] > last["high"]) | (last["low"] > first["high"])]
    if not len(change):
        return f"The intervals of {one} and of {other} overlap for every {what}"
    begin, end = first["share"][change.idxmax()], last["share"][change.idxmax()]
    return f"Largest change: “{change.idxmax()}”, {begin:.0%} in {one} and {end:.0%} in {other}"


def plot_reliability(table: pd.DataFrame) -> Chart:
    """Points: how often quotes of each confidence were right, against the line of perfect measure.

    table : that of `helpers.quotes.confidence.reliability`.

    >>> plot_reliability(pd.DataFrame({"set": ["press", "press"], "confidence": [0.5, 0.9],
    ...                                "right": [0.4, 0.9], "rows": [10, 30]}))
    Chart('Confidence and share right differ by 2.5 points on press texts')
    """
    measured = table[table["rows"] > 0]
    if not len(measured):
        return Chart("No confidence was measured", table)
    gap = 100 * (measured["right"] - measured["confidence"]).abs() * measured["rows"]
    sums = measured.assign(gap=gap).groupby("set")[["gap", "rows"]].sum()
    errors = [f"{row.gap / row.rows:.1f} points on {row.Index} texts" for row in sums.itertuples()]

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--")
        for colour, (name, rows) in zip(COLOURS, measured.groupby("set"), strict=False):
            said, right = rows["confidence"], rows["right"]
            sizes = 15 + 150 * rows["rows"] / rows["rows"].max()
            axes.plot(said, right, color=colour, linewidth=1)
            axes.scatter(said, right, sizes, colour, label=f"{name} texts")
        legend(axes)
        axes.set(xlim=(0, 1), ylim=(0, 1.08), xlabel="confidence", ylabel="share that was right")
        axes.grid()

    told = [
        f"{row.set}: at {row.confidence:.2f}, {row.right:.0%} of {row.rows:,}"
        for row in measured.itertuples()
    ]
    title = f"Confidence and share right differ by {listed(errors)}"
    alt = f"Scatter plot of confidence and share right: {'; '.join(told)}."
    caption = "Larger discs: more quotes measured. Dashed: right as often as said."
    return Chart(title, table, alt, caption, 3.6, paint)
