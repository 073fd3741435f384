"""Heat maps with their numbers in the cells: themes by documents, speakers, figures, and terms."""

from __future__ import annotations

from textwrap import shorten

import numpy as np
import pandas as pd

from ..text.wording import listed, plural
from ..themes.evidence import NO_THEME, UNKNOWN
from .base import Chart, empty_chart, not_drawn
from .heat import NOTHING, heat_chart

UNITS = {
    "quotes": "Number of quotes",
    "words": "Words in the quotes",
    "share": "Share of the speaker’s quotes",
}
COLUMNS = 12  # that are drawn at most
SCALES = {
    "count": "Number of {of}",
    "per_1000": "{of} per 1,000 words of the {per}",
    "share": "Share of the row’s {of}",
    "together": "Number of {of} that have both",
    "npmi": "NPMI, by {of}: 1 always together, 0 as by chance, below 0 (red) apart",
    "jaccard": "{of} with both by {of} with either",
}
COUNTED = {
    "document": "the theme’s words",
    "speaker": "the theme’s words in quotes",
    "kind": "figures in the theme’s paragraphs, whether or not they belong to it",
}
SIZES = {"document": "document", "speaker": "speaker’s quotes", "kind": "theme’s paragraphs"}


def plot_matrix(matrix: pd.DataFrame, *, top: int = 15) -> Chart:
    """A heat map of themes by documents, speakers or kinds of figures, or of terms by terms.

    matrix : the table of `cross_themes` or of `cooccurrence_matrix`.
    top : how many rows are drawn, the first ones, and at most 12 columns: the note says how many
        are not.

    >>> plot_matrix(pd.DataFrame({"Li": [2, 0]}, index=["trade", "roads"])).title
    '“trade” is heaviest with Li: 2 words'
    """
    if not matrix.size or not np.nansum(np.abs(matrix.to_numpy(dtype=float))):
        return empty_chart("Nothing stands together, so there is no heat map", matrix)
    measure = matrix.attrs.get("measure", "count")
    of, columns = matrix.attrs.get("of", "words"), matrix.attrs.get("columns", "speaker")
    square = columns == "term"
    named = matrix.drop(columns=UNKNOWN, errors="ignore")
    if columns == "document" and matrix.shape[1] > COLUMNS:
        named = named[named.sum().sort_values(ascending=False, kind="stable").index]
    kept = named.columns[: (top if square else COLUMNS - (UNKNOWN in matrix))]
    shown = matrix.loc[matrix.index[:top], [*kept, *([UNKNOWN] * (UNKNOWN in matrix))]]
    values = shown.to_numpy(dtype=float)
    note = SCALES[measure].format(of=COUNTED.get(columns, of), per=SIZES.get(columns, ""))
    note = f"{note[0].upper()}{note[1:]}." + not_drawn(
        (len(matrix) - len(shown), "term" if square else "theme"),
        (0 if square else matrix.shape[1] - shown.shape[1], columns),
    )
    texts = [["" if np.isnan(value) else _cell(value, measure) for value in row] for row in values]
    apart = np.array([[name == UNKNOWN for name in shown.columns]] * len(shown))
    return heat_chart(
        shown,
        texts,
        apart=apart,
        note=note,
        data=matrix,
        title=_finding(named, measure, of, columns),
    )


def plot_theme_speakers(matrix: pd.DataFrame, *, top: int = 20) -> Chart:
    """A heat map: who is quoted on which theme, with the numbers in the cells.

    matrix : the table of `count_theme_speakers`; whole numbers, or shares between 0 and 1.
    top : how many speakers (rows) are drawn, those whose quotes carry most themes first, beside
        the unknown ones; at most 12 columns are drawn.

    >>> plot_theme_speakers(pd.DataFrame({"trade": [2, 0]}, index=["Li", "Xu"])).title
    'Li speaks most of “trade”: 2 quotes'
    """
    if not matrix.size:
        return empty_chart("No quotes, so no speakers on any theme", matrix)
    measure = matrix.attrs.get("measure", "quotes")
    named = matrix.drop(index=UNKNOWN, errors="ignore").drop(columns=NO_THEME, errors="ignore")
    shown = named.iloc[:, : COLUMNS - (NO_THEME in matrix)]
    order = shown.sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    drawn = matrix.loc[
        [*order, *([UNKNOWN] * (UNKNOWN in matrix.index))],
        [*shown.columns, *([NO_THEME] * (NO_THEME in matrix))],
    ]
    left_out = not_drawn(
        (len(matrix) - len(drawn), "speaker"), (matrix.shape[1] - drawn.shape[1], "theme")
    )
    apart = np.array(
        [[name == NO_THEME or who == UNKNOWN for name in drawn.columns] for who in drawn.index]
    )
    note = f"{UNITS[measure]} that use the theme’s words; a quote may use several themes’." + (
        " Grey: no theme or no known speaker, shaded by a scale of its own." * bool(apart.any())
        + left_out
    )
    texts = [[_cell(value, measure) for value in row] for row in drawn.to_numpy(dtype=float)]
    return heat_chart(
        drawn,
        texts,
        apart=apart,
        title=_heaviest(named, measure),
        note=note,
        data=matrix,
        each=0.42,
    )


def _cell(value: float, measure: str) -> str:
    if not value:
        return NOTHING
    if measure == "share":
        return f"{value:.0%}"
    return (
        f"{value:,.0f}"
        if value == round(value)
        else f"{value:,.1f}"
        if (measure == "per_1000")
        else f"{value:.2f}"
    )


def _largest(cells: pd.Series) -> tuple[float, list[tuple[str, str]]]:
    """The largest cell, and the pairs of names that have it."""
    return cells.max(), list(cells.index[cells == cells.max()])


def _finding(named: pd.DataFrame, measure: str, of: str, columns: str) -> str:
    """The largest cell in words; what is equal is said to be."""
    if not named.size:
        return "No speaker is known"
    rates = measure in ("per_1000", "share")
    cells = (named.iloc[:1] if rates else named).stack().dropna()  # small themes have wild rates
    if columns == "term":
        cells = cells[[str(a) < str(b) for a, b in cells.index]]
    most, pairs = _largest(cells)
    one = of[:-1] if of.endswith("s") else of
    size = {
        "count": plural(int(most), one),
        "share": f"{most:.0%}",
        "per_1000": f"{most:.1f} per 1,000 words",
        "together": plural(int(most), one),
    }.get(measure, f"{most:.2f}")
    if len(pairs) > 3:
        return f"No pair stands out: the largest, {size}, is shared by {len(pairs):,}"
    if columns == "term":
        names = listed([f"“{a}” with “{b}”" for a, b in pairs])
        return f"Closest: {names}, {size}" + " each" * (len(pairs) > 1)
    themes = listed([f"“{theme}”" for theme in dict.fromkeys(theme for theme, _ in pairs)])
    where = listed(
        [
            shorten(str(name), 60, placeholder="…")
            for name in dict.fromkeys(name for _, name in pairs)
        ]
    )
    if measure == "share":
        share = {"document": "stand in", "kind": "are of the kind"}.get(columns, "are said by")
        return f"{themes}: {most:.0%} of its {of} {share} {where}"
    if columns == "kind":
        return f"Most figures of one kind stand beside {themes}: {size} of the kind “{where}”"
    joint = "in" if columns == "document" else "with"
    most_of = "most frequent" if rates else "heaviest"
    if len(pairs) > 1:
        each = listed([f"“{theme}” {joint} {name}" for theme, name in pairs])
        return f"Heaviest: {each}, {size} each"
    return f"{themes} is {most_of} {joint} {where}: {size}"


def _heaviest(named: pd.DataFrame, measure: str) -> str:
    """The finding: which speaker is quoted most on which theme; what is equal is said to be."""
    if not named.size or not named.to_numpy().max() > 0:
        return "No quote of a known speaker uses any theme’s words"
    most, pairs = _largest(named.stack())
    size = (
        f"{most:.0%} of the quotes"
        if measure == "share"
        else plural(int(most), "quote" if measure == "quotes" else "word")
    )
    speakers = list(dict.fromkeys(speaker for speaker, _ in pairs))
    if len(speakers) == 1 and len(pairs) <= 3:
        themes = listed([f"“{theme}”" for _, theme in pairs])
        return f"{speakers[0]} speaks most of {themes}: {size}" + " each" * (len(pairs) > 1)
    if len(pairs) <= 3:
        return f"{listed([f'{who} on “{theme}”' for who, theme in pairs])} lead with {size} each"
    return f"No pair stands out: the largest, {size}, is shared by {len(pairs):,}"
