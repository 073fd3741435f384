"""Heat maps with their numbers in the cells; a single row or column is drawn as bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from ..text import read_tables
from ..themes.evidence import NO_THEME, UNKNOWN
from .bars import bar_chart
from .base import Chart, leading, not_drawn, wrapped
from .colours import BLUE, INK, LIGHT, PALE, VERMILION

ASIDE = [NO_THEME, UNKNOWN]  # rows and columns that are written but not shaded
COLUMNS = 10  # that are drawn at most
ROOMY = 15  # rows: so many may have names of two lines


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
    across = named.sum().nlargest(COLUMNS).index
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

    def paint(figure: Figure) -> None:
        _heat(figure.subplots(), texts, depth)

    return Chart(title, matrix, alt, caption, 1.4 + height * len(shown), paint)


def _heat(axes: Axes, texts: pd.DataFrame, depth: np.ndarray) -> None:
    """Cells with their words, from 1 for full blue to -1 for full red."""
    down, across = texts.shape
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
    names = [wrapped(name, **room) for name in texts.index]
    axes.set_yticks(np.arange(down) + 0.5, names, fontsize=9)
    axes.invert_yaxis()
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
