"""Sums of money, each in its own currency, on one logarithmic axis."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from ..text.wording import figure_label, known, plural, short_number
from .base import Chart, lanes, not_drawn
from .colours import COLOURS

EACH = 18  # so many sums get a row each; more share a row for each currency
SHOWN = ["doc", "start", "end", "text", "from", "to", "currency", "of", "when", "speaker"]


def plot_money(figures: pd.DataFrame) -> Chart:
    """Sums of money on a log axis, by currency; ranges are lines from low to high.

    Up to 18 sums get a row each, with what they measure; more share one row for each currency.
    Nothing is converted: a place on the axis is a number of units of its own currency.  Sums
    without a positive value have no place on it and are counted in the caption.

    figures : the table of `find_figures`.

    >>> plot_money(pd.DataFrame([("money", 4e10, None, None, "USD", "over", None)],
    ...     columns=["kind", "value", "low", "high", "unit", "modifier", "of"]))
    Chart('The only sum of money: > 40 billion USD')
    """
    money = figures[figures["kind"] == "money"]
    sizes = money[["value", "low", "high"]].apply(pd.to_numeric, errors="coerce").astype(float)
    ends = {"from": sizes["low"], "to": sizes["high"]}
    drawn = money.assign(**{name: end.fillna(sizes.max(axis=1)) for name, end in ends.items()})
    drawn["currency"] = money["unit"].where(money["unit"].map(known), "no currency")
    drawn = drawn[(drawn[["from", "to"]] > 1e-6).all(axis=1) & (drawn["to"] < 1e30)]
    if not len(drawn):
        return Chart("No sums of money were found", drawn)
    counts = drawn["currency"].value_counts()
    drawn["rank"] = drawn["currency"].map({name: n for n, name in enumerate(counts.index)})
    drawn = drawn.sort_values(["rank", "to"], ascending=[True, False], kind="stable")
    said = [figure_label(row) for row in drawn.to_dict("records")]
    told = [f"{one}, {of}" if known(of) else one for one, of in zip(said, drawn["of"], strict=True)]
    names, rows = told, np.arange(len(drawn))
    if len(drawn) > EACH:
        names, rows = [f"{name} ({n:,})" for name, n in counts.items()], drawn["rank"].to_numpy()
    title = f"{plural(len(drawn), 'sum')} of money, from {said[-1]} to {said[0]}"
    if len(counts) > 1:
        most = f"{counts.index[0]}: {counts.iloc[0]:,}"
        title = f"{len(drawn):,} sums of money in {len(counts)} currencies, most in {most}"
    title = title if len(drawn) > 1 else f"The only sum of money: {said[0]}"

    def paint(figure: Figure) -> None:
        axes, colours = figure.subplots(), [COLOURS[n % len(COLOURS)] for n in drawn["rank"]]
        axes.hlines(rows, drawn["from"], drawn["to"], colors=colours, linewidth=3, alpha=0.7)
        for end in ends:
            axes.scatter(drawn[end], rows, c=colours, s=45, alpha=0.7)
        lanes(axes, names, width=26)
        axes.set_xscale("log")
        axes.margins(x=0.1)
        axes.xaxis.set_major_locator(LogLocator(numticks=4))
        axes.xaxis.set_major_formatter(lambda x, _: short_number(x))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.grid(axis="x")
        axes.set_xlabel("amount in its own currency (log scale)")

    rest = (len(money) - len(drawn), "sum that is not above 0", "sums that are not above 0")
    alt, height = f"Sums of money on a log axis: {'; '.join(told[:30])}.", 0.6 + 0.4 * len(names)
    return Chart(title, drawn.filter(items=SHOWN), alt, not_drawn(rest), height, paint)
