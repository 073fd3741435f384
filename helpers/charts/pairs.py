"""Pairs: heat maps of rows and columns, arcs between names, confidence beside its share right."""

from __future__ import annotations

from functools import partial

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from ..text import read_tables
from ..text.wording import listed, plural
from ..themes.evidence import NO_THEME, UNKNOWN
from .bars import bar_chart
from .base import Chart, lanes, leading, legend, not_drawn, wrapped
from .colours import BLUE, COLOURS, GREY, INK, LIGHT, ORANGE, PALE, VERMILION

ASIDE = [NO_THEME, UNKNOWN]  # rows and columns that are written but not shaded
ACROSS = 10  # that are drawn at most
ROOMY = 15  # rows: so many may have names of two lines
TERMS, LINKS, PAIRS = 15, 60, 12  # that are drawn at most
FEW = 3  # so few or fewer are never drawn as thick as can be
BEND = {True: -0.8, False: 1.0}  # downwards and upwards: both to the right, and apart


def plot_matrix(matrix: pd.DataFrame, *, top: int = 12) -> Chart:
    """A heat map: themes by documents, speakers or kinds of figures, or speakers by themes.

    Blue goes by size, red is below 0; unknown speakers and quotes without a theme are written but
    not shaded.

    matrix : the table of `cross_themes`, `count_theme_speakers` or `count_theme_documents`.
    top : how many rows are drawn, the first ones that are not empty, and at most 10 columns.

    >>> plot_matrix(pd.DataFrame({"Li": [2, 0], "Xu": [1, 1]}, index=["trade", "roads"]))
    Chart('Largest cell: trade × Li, 2 cases')
    """
    words = read_tables("charts.toml")
    rows, columns = matrix.index.name or "document", matrix.columns.name
    if f"{rows} × {columns}" not in words["crossed"]:
        rows, columns = "row", "column"
    of, counted, pair = words["crossed"][f"{rows} × {columns}"]
    of = matrix.attrs.get("of", of)
    said, form, unit = (
        part.replace("{counted}", counted).replace("{of}", of)
        for part in words["measures"][matrix.attrs.get("measure", "count")]
    )
    full = matrix[matrix.fillna(0).any(axis=1)]
    named = full.drop(index=ASIDE, columns=ASIDE, errors="ignore")
    if not named.size or not named.abs().max(axis=None) > 0:
        return Chart(f"No {of} to count in any named cell", matrix.iloc[:0])
    across = named.sum().nlargest(ACROSS).index
    drawn = named.loc[:, named.columns.isin(across)].iloc[:top]
    asides = (full.index.isin([*drawn.index, *ASIDE]), full.columns.isin([*drawn.columns, *ASIDE]))
    shown = full.loc[asides]
    cells = drawn.stack().dropna()
    cells.index = [pair.format(*names) for names in cells.index]
    amount = f"{form.format(cells.max())} {unit}"
    title = leading("Largest cell", cells, amount[:-1] if amount == f"1 {of}" else amount)
    left = [(len(matrix) - len(shown), rows), (matrix.shape[1] - shown.shape[1], columns)]
    caption = f"{said[0].upper()}{said[1:]}.{not_drawn(*left)}"
    texts = shown.map(lambda n: form.format(n) if n and pd.notna(n) else "")
    if 1 in shown.shape:
        line = shown.iloc[0] if len(shown) == 1 else shown.iloc[:, 0]
        bars, said = line.fillna(0).to_frame(), [text or "0" for text in texts.to_numpy().flat]
        return bar_chart(bars, title, matrix, axis=unit, said=said, caption=caption)
    aside = shown.index.isin(ASIDE)[:, None] | shown.columns.isin(ASIDE)
    depth = np.where(aside, 0, shown.fillna(0) / drawn.abs().max(axis=None))
    told = [
        f"{name}: {', '.join(f'{column} {text}' for column, text in row.items() if text) or 'none'}"
        for name, row in texts.iterrows()
    ]
    alt, height = f"Heat map, {unit}: {'; '.join(told)}.", 0.34 if len(shown) <= ROOMY else 0.24
    paint = partial(_heat, texts, depth)
    return Chart(title, matrix, alt, caption, 1.4 + height * len(shown), paint)


def _heat(texts: pd.DataFrame, depth: np.ndarray, figure: Figure) -> None:
    """Cells with their words, from 1 for full blue to -1 for full red."""
    axes, (down, across) = figure.subplots(), texts.shape
    colours = np.where((depth < 0)[..., None], to_rgba(VERMILION), to_rgba(BLUE))
    colours[..., 3] = np.abs(depth) ** 0.7
    axes.pcolormesh(colours, edgecolor=PALE, linewidth=0.8)
    for (i, j), share in np.ndenumerate(colours[..., 3]):
        look = {"ha": "center", "va": "center", "color": LIGHT if share > 0.85 else INK}
        axes.text(j + 0.5, i + 0.5, texts.iat[i, j], fontsize=9, **look)
    slanted = max(len(str(name)) for name in texts) * across > 40
    turn = {"rotation": 40, "ha": "left", "rotation_mode": "anchor"} if slanted else {}
    names = [wrapped(name, 20 if slanted else 40, lines=1) for name in texts]
    axes.set_xticks(np.arange(across) + 0.5, names, **turn)
    room = {"width": 22, "lines": 2} if down <= ROOMY else {"width": 34, "lines": 1}
    axes.set_yticks(np.arange(down) + 0.5, [wrapped(x, **room) for x in texts.index], fontsize=9)
    axes.invert_yaxis()
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)


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
    paint = partial(_arcs, sizes, links.assign(n=links["together"], colour=colours), {}, "-")
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
    told = [f"{row.a} names {row.b} {plural(int(row.n), 'time')}" for row in links.itertuples()]
    title = leading("Most often named", received, plural(int(received.max()), "time"))
    caption = (
        "From a speaker to those whom the quotes name; in brackets: how often one is named. Grey "
        f"discs do not speak in these quotes.{not_drawn((len(edges) - len(links), 'pair'))}"
    )
    arcs, alt = links.assign(colour=links["a"].map(colours)), f"Arrows: {'; '.join(told)}."
    paint = partial(_arcs, sizes, arcs, colours, "-|>")
    return Chart(title, edges, alt, caption, 0.3 + 0.36 * len(sizes), paint)


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
