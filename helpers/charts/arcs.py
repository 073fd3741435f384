"""Arcs between names in a column: who stands with whom, and who speaks of whom."""

from __future__ import annotations

from functools import partial

import pandas as pd
from matplotlib.figure import Figure

from ..text.wording import plural
from ..themes.evidence import UNKNOWN
from .base import Chart, lanes, leading, not_drawn
from .colours import BLUE, COLOURS, GREY, ORANGE

TERMS, LINKS, PAIRS = 15, 60, 12  # that are drawn at most
FEW = 3  # so few or fewer are never drawn as thick as can be
BEND = {True: -0.8, False: 1.0}  # downwards and upwards: both to the right, and apart


def plot_network(pairs: pd.DataFrame) -> Chart:
    """Arcs between terms: the thicker an arc, the more often both stand together.

    pairs : the table of `cooccurrence`.

    >>> plot_network(pd.DataFrame([["rail", "road", 2, 2, 3, 1.0, 1.0]], columns=["a", "b",
    ...     "together", "units_a", "units_b", "npmi", "jaccard"]))
    Chart('Most often together: “rail” and “road”, 2 units')
    """
    if not len(pairs):
        return Chart("No two terms stand together", pairs)
    unit = pairs.attrs.get("unit", "unit")
    turned = {"a": "b", "b": "a", "units_a": "units_b", "units_b": "units_a"}
    ends = pd.concat([pairs, pairs.rename(columns=turned)]).groupby("a")
    company = ends["together"].sum().sort_values(ascending=False, kind="stable").index
    sizes = ends["units_a"].first()[company[:TERMS]]
    links = pairs[pairs["a"].isin(sizes.index) & pairs["b"].isin(sizes.index)]
    links = links.sort_values(["together", "jaccard"], ascending=False, kind="stable")[:LINKS]
    names = ["“{}” and “{}”".format(*pair) for pair in pairs[["a", "b"]].itertuples(index=False)]
    together = pairs["together"].set_axis(names)
    told = [f"{row.a} with {row.b} {row.together:,}" for row in links[:20].itertuples()]
    colours = (links["npmi"] > 0).map({True: BLUE, False: GREY})
    title = leading("Most often together", together, plural(int(together.max()), unit))
    alt = f"Arcs between {plural(len(sizes), 'term')}, in {unit}s: {'; '.join(told)}."
    caption = (
        f"Arcs: {unit}s with both; blue: more than by chance. Discs and brackets: {unit}s with "
        f"the term.{not_drawn((len(company) - TERMS, 'term'))}"
    )
    arcs = links.assign(n=links["together"], colour=colours)
    paint = partial(_arcs, sizes, arcs, {}, "-")
    return Chart(title, pairs, alt, caption, 0.3 + 0.36 * len(sizes), paint)


def plot_mentions(edges: pd.DataFrame) -> Chart:
    """Arrows between names: whose quotes name whom; the disc grows with how often one is named.

    edges : the table of `helpers.themes.speakers.count_mentions`.

    >>> plot_mentions(pd.DataFrame({"speaker": ["Lee"], "of": ["Roe"], "mentions": [3]}))
    Chart('Most often named: Roe, 3 times')
    """
    if not len(edges):
        return Chart("No quote names anybody but its speaker", edges)
    links = edges.rename(columns={"speaker": "a", "of": "b", "mentions": "n"})[:PAIRS]
    received = edges.groupby("of")["mentions"].sum()
    names = pd.unique(links[["a", "b"]].to_numpy().ravel())
    sizes = received.reindex(names, fill_value=0).sort_values(ascending=False, kind="stable")
    talkers = [name for name in links["a"].unique() if name != UNKNOWN]
    colours = dict.fromkeys(names, GREY)
    colours |= {name: COLOURS[n % len(COLOURS)] for n, name in enumerate(talkers)}
    arcs = links.assign(colour=links["a"].map(colours))
    told = [f"{row.a} names {row.b} {plural(int(row.n), 'time')}" for row in links.itertuples()]
    title = leading("Most often named", received, plural(int(received.max()), "time"))
    caption = (
        "From a speaker to those whom the quotes name; in brackets: how often one is named. Grey "
        f"discs do not speak in these quotes.{not_drawn((len(edges) - len(links), 'pair'))}"
    )
    paint = partial(_arcs, sizes, arcs, colours, "-|>")
    return Chart(
        title, edges, f"Arrows: {'; '.join(told)}.", caption, 0.3 + 0.36 * len(sizes), paint
    )


def _arcs(
    sizes: pd.Series, links: pd.DataFrame, colours: dict[str, str], arrow: str, figure: Figure
) -> None:
    """Names with discs of their sizes, joined by arcs from a to b, as thick as n says."""
    axes, order, most = figure.subplots(), list(sizes.index), max(FEW, links["n"].max())
    for link in links[::-1].itertuples():
        a, b = order.index(link.a), order.index(link.b)
        shape = {"arrowstyle": arrow, "connectionstyle": f"arc3,rad={BEND[a < b]}"}
        shape |= {"shrinkA": 7, "shrinkB": 7, "mutation_scale": 12, "color": link.colour}
        shape |= {"linewidth": 0.7 + 4 * link.n / most, "alpha": 0.3 + 0.6 * link.n / most}
        axes.annotate("", (0, b), (0, a), arrowprops=shape)
    discs, faces = 30 + 150 * sizes / (sizes.max() or 1), [colours.get(x, ORANGE) for x in order]
    axes.scatter([0] * len(order), range(len(order)), discs, faces, zorder=3, clip_on=False)
    lanes(axes, [f"{name} ({size:,})" for name, size in sizes.items()], width=26)
    axes.tick_params(axis="y", pad=9)
    axes.set_xlim(0, 1)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
