"""Heat maps with their numbers in the cells; a single row or column is drawn as bars."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba

from ..themes.evidence import NO_THEME, UNKNOWN
from .bars import bar_chart
from .base import Chart, leading, not_drawn, wrapped
from .colours import BLUE, INK, LIGHT, PALE, VERMILION

ASIDE = [NO_THEME, UNKNOWN]  # rows and columns that are written but not shaded
COLUMNS = 10  # that are drawn at most
ROOMY = 15  # rows: so many may have names of two lines
# by measure: what a cell is, how it is written, its unit
MEASURES = {
    "count": ("{counted}", "{:,.0f}", "{of}"),
    "quotes": ("{counted}", "{:,.0f}", "{of}"),
    "words": ("words of the {counted}", "{:,.0f}", "words"),
    "per_1000": ("{counted}, for each 1,000 words", "{:,.1f}", "{of} per 1,000 words"),
    "share": ("{counted}, as a share of the row’s", "{:.0%}", "of its {of}"),
    "together": ("{counted} that have both", "{:,.0f}", "{of}"),
    "npmi": (
        "NPMI by {of}: 1 always together, 0 as by chance, below 0 (red) apart",
        "{:z.2f}",
        "NPMI",
    ),
    "jaccard": ("{counted} with both, as a share of those with either", "{:z.2f}", "Jaccard"),
}
# by the names of rows and columns: what is counted in short, in full, and how a cell is named
CROSSED = {
    ("theme", "document"): ("words", "words of the theme in the document", "“{}” in {}"),
    ("theme", "speaker"): ("words", "words of the theme in the speaker’s quotes", "“{}” with {}"),
    ("theme", "kind"): ("figures", "figures in paragraphs of the theme", "“{}” beside {}"),
    ("speaker", "theme"): ("quotes", "quotes that use words of the theme", "{} on “{}”"),
    ("document", "theme"): ("words", "words of the theme in the document", "{} on “{}”"),
    ("term", "term"): ("units", "{of}", "“{}” with “{}”"),
    ("row", "column"): ("cases", "{of}", "{} × {}"),
}


def plot_matrix(matrix: pd.DataFrame, *, top: int = 12) -> Chart:
    """A heat map: themes by documents, speakers or kinds of figures, speakers by themes, or terms.

    Blue goes by size, red is below 0; unknown speakers and quotes without a theme are written but
    not shaded.

    matrix : the table of `cross_themes`, `count_theme_speakers`, `count_theme_documents` or
        `cooccurrence_matrix`.
    top : how many rows are drawn, the first ones that are not empty, and at most 10 columns.

    >>> plot_matrix(pd.DataFrame({"Li": [2, 0], "Xu": [1, 1]}, index=["trade", "roads"]))
    Chart('Largest cell: trade × Li, 2 cases')
    """
    square = matrix.attrs.get("columns") == "term"
    names = ("term",) * 2 if square else (matrix.index.name or "document", matrix.columns.name)
    rows, columns = names if names in CROSSED else ("row", "column")
    of, counted, pair = CROSSED[rows, columns]
    of = matrix.attrs.get("of", of)
    said, form, unit = (
        part.replace("{counted}", counted).replace("{of}", of)
        for part in MEASURES[matrix.attrs.get("measure", "count")]
    )
    full = matrix[matrix.fillna(0).any(axis=1)]
    named = full.drop(index=ASIDE, columns=ASIDE, errors="ignore")
    if not named.size or not named.abs().max(axis=None) > 0:
        return Chart(f"No {of} to count in any named cell", matrix.iloc[:0])
    across = named.columns if square else named.sum().nlargest(COLUMNS).index
    drawn = named.loc[:, named.columns.isin(across[:COLUMNS])].iloc[: COLUMNS if square else top]
    shown = full.loc[
        full.index.isin([*drawn.index, *ASIDE]), full.columns.isin([*drawn.columns, *ASIDE])
    ]
    cells = drawn.where(np.tri(*drawn.shape, -1, dtype=bool) | (not square)).stack().dropna()
    cells.index = [pair.format(*names) for names in cells.index]
    amount = f"{form.format(cells.max())} {unit}"
    title = leading("Largest cell", cells, amount[:-1] if amount == f"1 {of}" else amount)
    left = [(len(matrix) - len(shown), rows), (matrix.shape[1] - shown.shape[1], columns)]
    caption = f"{said[0].upper()}{said[1:]}.{not_drawn(*left[: 1 + (not square)])}"
    texts = shown.map(lambda n: form.format(n) if n and pd.notna(n) else "")
    if 1 in shown.shape:
        line = shown.iloc[0] if len(shown) == 1 else shown.iloc[:, 0]
        bars, said = line.fillna(0).to_frame(), [text or "0" for text in texts.to_numpy().flat]
        return bar_chart(bars, title, axis=unit, said=said, caption=caption, data=matrix)
    aside = shown.index.isin(ASIDE)[:, None] | shown.columns.isin(ASIDE)
    depth = np.where(aside, 0, shown.fillna(0) / drawn.abs().max(axis=None))
    told = [
        f"{name}: {', '.join(f'{column} {text}' for column, text in row.items() if text) or 'none'}"
        for name, row in texts.iterrows()
    ]
    return Chart(
        title,
        matrix,
        f"Heat map, {unit}: {'; '.join(told)}.",
        caption,
        1.4 + (0.34 if len(shown) <= ROOMY else 0.24) * len(shown),
        lambda figure: _heat(figure.subplots(), texts, depth),
    )


plot_theme_speakers = plot_matrix  # of `count_theme_speakers`


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
