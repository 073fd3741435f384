"""Bars: one row a name, from the top down, stacked where there are parts, with words behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from ..text.wording import plural
from .base import Chart, beside, finish, horizontal, new_figure, styled

__all__ = ["bar_chart"]


@styled
def bar_chart(
    rows: pd.DataFrame,
    looks: Mapping[str, dict[str, object]],
    *,
    names: Sequence[str],
    said: Sequence[str],
    axis: str,
    noun: str,
    title: str,
    note: str,
    data: pd.DataFrame,
    each: float = 0.34,
) -> Chart:
    """Horizontal bars with a legend where they have several parts.

    rows : a row a bar, a column a part of it; parts of length 0 leave no trace.
    looks : {column: how its part is drawn}, as matplotlib takes it.
    names : what stands to the left, in one line or two; said : what stands behind each bar.
    axis : what the length is; noun : what the bars are made of, for the words of the chart.
    title, note, data : as `finish` takes them; each : inches for a row.
    """
    figure, (axes,) = new_figure(0.6 + 0.25 * (len(looks) > 1) + each * len(rows))
    ends = np.zeros(len(rows))
    for column, look in looks.items():
        sizes = rows[column].to_numpy(float)
        some = np.flatnonzero(sizes)
        if len(some):
            axes.barh(some, sizes[some], left=ends[some], height=0.68, **{"label": column} | look)
        ends += sizes
    for row, words in enumerate(said):
        beside(axes, ends[row], row, words)
    horizontal(axes, names)
    axes.set_xlim(0, float(ends.max()) * 1.14 or 1)
    if (ends % 1 == 0).all():
        axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel(axis)
    if len(looks) > 1:
        figure.legend(
            *axes.get_legend_handles_labels(),
            loc="outside lower right",
            ncols=5,
            borderpad=0,
            columnspacing=1.4,
        )
    words = (
        said
        if len(looks) < 2
        else [
            plural(int(end), noun)
            + " ("
            + ", ".join(
                f"{rows[column].iat[row]:,} {look.get('label', column)}"
                for column, look in looks.items()
                if rows[column].iat[row]
            )
            + ")"
            for row, end in enumerate(ends)
        ]
    )
    alt = (
        f"Bars of {noun}s: "
        + "; ".join(
            f"{', '.join(name.splitlines())}: {what}"
            for name, what in zip(names, words, strict=True)
        )
        + "."
    )
    return finish(figure, title=title, note=note, alt=alt, data=data)
