"""The network of terms: who stands with whom, on a circle where neighbours are close company."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin, sqrt

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..text.wording import listed, plural
from ..themes.evidence import UNKNOWN
from .base import Chart, empty_chart, finish, new_figure, not_drawn, styled, wrapped
from .colours import BLUE, GREY, INK, ORANGE, tint

COLUMNS = ["a", "b", "together", "units_a", "units_b", "units", "npmi", "jaccard"]
LINES = 60  # that are drawn at most
FEW = 3  # units: so few or fewer are never drawn as thick as can be
BEND = 0.35  # how far from the middle a line's handle lies: 1 is a straight line


@styled
def plot_network(pairs: pd.DataFrame, *, top: int = 18) -> Chart:
    """The network of terms, on a circle: the thicker a line, the more often both stand together.

    Terms are in such an order that close company stands side by side.  Blue lines join what
    stands together more often than by chance (NPMI over 0), grey ones what does not.  The place
    on the circle has no other meaning.

    pairs : the table of `cooccurrence`.
    top : how many terms are drawn, those with the most company first.

    >>> plot_network(pd.DataFrame([["rail", "road", 2, 2, 2, 4, 1.0, 1.0]],
    ...                           columns=COLUMNS)).title
    '“rail” and “road” stand together most: in 2 places'
    """
    if not len(pairs):
        return empty_chart("No two terms stand together", pairs)
    unit = pairs.attrs.get("unit", "place")
    company = pd.concat([pairs.set_index("a")["together"], pairs.set_index("b")["together"]])
    company = company.groupby(level=0).sum().sort_values(ascending=False, kind="stable")
    names = set(company.index[:top])
    drawn = (
        pairs[pairs["a"].isin(names) & pairs["b"].isin(names)]
        .sort_values(["together", "jaccard"], ascending=False, kind="stable")
        .head(LINES)
    )
    sizes = dict(zip(pairs["a"], pairs["units_a"], strict=True)) | dict(
        zip(pairs["b"], pairs["units_b"], strict=True)
    )
    order = _round(drawn)
    place = {name: pi / 2 - 2 * pi * (n + 0.5) / len(order) for n, name in enumerate(order)}
    most = int(drawn["together"].max())
    first = drawn[drawn["together"] == most]
    leaders = [f"“{a}” and “{b}”" for a, b in zip(first["a"], first["b"], strict=True)]
    title = (
        f"{listed(leaders)} stand together most: in {plural(most, unit)}"
        + " each" * (len(leaders) > 1)
        if len(leaders) <= 2
        else f"{len(leaders)} pairs stand together most: in {plural(most, unit)} each"
    )
    figure, (axes,) = new_figure(4.9)
    axes.set_aspect("equal")
    axes.set_axis_off()
    axes.set_xlim(-2.35, 2.35)
    axes.set_ylim(-1.28, 1.28)
    for row in drawn.iloc[::-1].itertuples():
        close = pd.notna(row.npmi) and row.npmi > 0
        strength = row.together / max(most, FEW)
        _line(
            axes,
            place[row.a],
            place[row.b],
            width=0.5 + 5 * strength**1.5,
            colour=tint(BLUE if close else GREY, 0.2 + 0.7 * strength),
        )
    largest = max(sizes[name] for name in order)
    draw_names(
        axes,
        {name: (cos(angle), sin(angle)) for name, angle in place.items()},
        sizes={name: 40 + 240 * sizes[name] / largest for name in order},
        faces=dict.fromkeys(order, ORANGE),
        edges=dict.fromkeys(order, "white"),
    )
    rest = len(company) - len(order)
    note = (
        f"Lines: {unit}s with both, {most:,} for the thickest; blue: more than by chance. "
        f"Circles: {unit}s with the term." + not_drawn((rest, "term"))
    )
    alt = (
        f"Network of {plural(len(order), 'term')}: "
        + "; ".join(
            f"{row.a} with {row.b} in {row.together:,}" for row in drawn.head(20).itertuples()
        )
        + "."
    )
    return finish(figure, title=title, note=note, alt=alt, data=pairs)


def draw_names(
    axes: Axes,
    places: Mapping[str, tuple[float, float]],
    *,
    sizes: Mapping[str, float],
    faces: Mapping[str, str],
    edges: Mapping[str, str],
) -> None:
    """Discs with their names on the outer side; sizes in square points, colours by name."""
    for name, (x, y) in places.items():
        axes.scatter(
            [x],
            [y],
            s=sizes[name],
            color=faces[name],
            edgecolor=edges[name],
            linewidth=1.6,
            zorder=3,
        )
        side = 0 if abs(x) < 0.1 else 1 if x > 0 else -1
        away = sqrt(sizes[name] / pi) + 6
        axes.annotate(
            wrapped(name, 26, lines=3),
            (x, y),
            color=INK,
            fontsize=9,
            zorder=4,
            xytext=(away * side, 0 if abs(y) < 0.85 else away if y > 0 else -away),
            textcoords="offset points",
            ha=("center", "left", "right")[side],
            va="center" if abs(y) < 0.85 else "bottom" if y > 0 else "top",
            style="italic" if name == UNKNOWN else "normal",
        )


def _round(pairs: pd.DataFrame) -> list[str]:
    """The terms in an order in which each stands beside its closest company not yet placed."""
    near: dict[str, dict[str, float]] = {}
    for a, b, together, jaccard in zip(
        pairs["a"], pairs["b"], pairs["together"], pairs["jaccard"], strict=True
    ):
        near.setdefault(a, {})[b] = near.setdefault(b, {})[a] = jaccard * together**0.5
    waiting = sorted(near, key=lambda name: (-sum(near[name].values()), name))
    order = [waiting.pop(0)]
    while waiting:  # at either end of the row
        ends = [
            (near[end].get(name, 0.0), at, name)
            for at, end in ((1, order[-1]), (0, order[0]))
            for name in waiting
        ]
        _, at, name = max(ends, key=lambda item: (item[0], item[1], -waiting.index(item[2])))
        order.insert(len(order) * at, name)
        waiting.remove(name)
    return order


def _line(axes: Axes, one: float, other: float, *, width: float, colour: str) -> None:
    """A line between two places on the circle, bent towards the middle."""
    x, y, u, v = cos(one), sin(one), cos(other), sin(other)
    bent = Path(
        [(x, y), ((x + u) / 2 * BEND, (y + v) / 2 * BEND), (u, v)],
        [Path.MOVETO, Path.CURVE3, Path.CURVE3],
    )
    axes.add_patch(
        PathPatch(
            bent, facecolor="none", edgecolor=colour, linewidth=width, capstyle="round", zorder=1
        )
    )
