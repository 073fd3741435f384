"""Heat maps: coloured cells with their numbers, the columns' names above them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb

from .base import WIDTH, Chart, finish, new_figure, styled, wrapped
from .colours import BLUE, GREY, INK, VERMILION

__all__ = ["heat_chart"]

NOTHING = "·"  # in a cell of 0


@styled
def heat_chart(
    drawn: pd.DataFrame,
    texts: Sequence[Sequence[str]],
    *,
    title: str,
    note: str,
    data: pd.DataFrame,
    apart: np.ndarray | None = None,
    depth: np.ndarray | None = None,
    each: float = 0.36,
) -> Chart:
    """A heat map: blue by size, red below 0, nothing where a cell is missing.

    drawn : the cells, with the names of rows and columns.
    texts : what is written in them.
    title, note, data : as `finish` takes them.
    apart : which cells are grey and have a scale of their own, such as those of unknown speakers.
    depth : 0 for a pale cell to 1 for the full colour; None goes by size.
    each : inches for a row; below 0.3 a name has one line.
    """
    values = drawn.to_numpy(dtype=float)
    apart = np.zeros(values.shape, bool) if apart is None else apart
    across, down = drawn.shape[1], len(drawn)
    letters = round((WIDTH - 2.4) / across * 13)  # that fit over a column
    slanted = letters < max(len(word) for name in drawn for word in f"{name} .".split())
    crowded = slanted and letters < 10
    figure, (axes,) = new_figure(0.5 + each * max(down, 1.5) + 0.9 * slanted)
    cells = _colours(values, apart, _depth(values, apart) if depth is None else depth)
    axes.imshow(cells, aspect="auto")
    for (i, j), bright in np.ndenumerate(cells @ (0.3, 0.59, 0.11)):
        axes.text(
            j,
            i,
            texts[i][j],
            ha="center",
            va="center",
            fontsize=9 if each > 0.3 else 8,
            color="white" if bright < 0.55 else GREY if texts[i][j] == NOTHING else INK,
        )
    axes.set_xticks(
        range(across),
        [
            wrapped(
                name,
                26 if crowded else 22 if slanted else letters,
                lines=1 if crowded else 2 if slanted else 3,
            )
            for name in drawn.columns
        ],
        fontsize=8,
        rotation=40 if slanted else 0,
        ha="left" if slanted else "center",
        rotation_mode="anchor" if slanted else "default",
    )
    axes.set_yticks(
        range(down),
        [
            wrapped(name, 28, lines=2) if each > 0.3 else wrapped(name, 44, lines=1)
            for name in drawn.index
        ],
        fontsize=9 if each > 0.3 else 8,
    )
    axes.xaxis.tick_top()
    axes.spines[:].set_visible(False)
    axes.set_xticks(np.arange(-0.5, across), minor=True)
    axes.set_yticks(np.arange(-0.5, down), minor=True)
    axes.grid(which="minor", color="white", linewidth=2 if each > 0.3 else 1)
    axes.tick_params(which="both", length=0)
    alt = (
        "Heat map: "
        + "; ".join(
            f"{row}: "
            + (
                ", ".join(
                    f"{name} {text}"
                    for name, text in zip(drawn.columns, line, strict=True)
                    if text not in ("", NOTHING)
                )
                or "none"
            )
            for row, line in zip(drawn.index, texts, strict=True)
        )
        + "."
    )
    return finish(figure, title=title, note=note, alt=alt, data=data)


def _depth(values: np.ndarray, apart: np.ndarray) -> np.ndarray:
    size = np.nan_to_num(np.abs(values))
    scale = np.where(apart, size[apart].max(initial=0) or 1, size[~apart].max(initial=0) or 1)
    return np.clip(size / scale, 0, 1) ** 0.7


def _colours(values: np.ndarray, apart: np.ndarray, depth: np.ndarray) -> np.ndarray:
    below = np.nan_to_num(values) < 0
    full = np.where(
        apart[..., None], to_rgb(GREY), np.where(below[..., None], to_rgb(VERMILION), to_rgb(BLUE))
    )
    cells = np.where(depth[..., None] > 0, 1 - depth[..., None] * (1 - full), 0.965)
    return np.where(np.isnan(values)[..., None], 1.0, cells)
