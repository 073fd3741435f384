"""The network of who speaks of whom, drawn on a circle so that every name can be read."""

from __future__ import annotations

import math

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from ..text.wording import listed, plural
from ..themes.evidence import UNKNOWN
from .base import Chart, empty_chart, finish, new_figure, styled
from .colours import COLOURS, GREY
from .network import draw_names

SMALL, LARGE = 70, 900  # square points: the smallest and the largest disc
THIN, THICK = 1.0, 7.0  # points: the thinnest and the thickest arrow
FEW = 5  # mentions: so many or fewer are never drawn as large as can be


@styled
def plot_mentions(edges: pd.DataFrame, *, top: int = 14) -> Chart:
    """Arrows on a circle: whose quotes name whom; the disc grows with how often one is named.

    edges : the table of `helpers.themes.speakers.count_mentions`.
    top : how many names are drawn, those of the most frequent pairs; the note says how many are
        not.  Quotes without a known speaker speak from a grey disc, "(unknown)".

    >>> plot_mentions(pd.DataFrame({"speaker": ["Lee"], "of": ["Roe"], "of_kind": ["person"],
    ...                             "mentions": [3], "documents": [1]})).title
    'Roe is named most: 3 times, by Lee alone'
    """
    if not len(edges):
        return empty_chart("No quote names anybody but its speaker", edges)
    shown = _shown(edges, top)
    drawn = edges[edges["speaker"].isin(shown) & edges["of"].isin(shown)]
    received = edges.groupby("of")["mentions"].sum()
    order = _around(shown, drawn)
    note = (
        "An arrow runs from a speaker to those whom the quotes name; its width counts the "
        "mentions. White discs do not speak in these quotes. "
    )
    left_out = len(set(edges["speaker"]) | set(edges["of"])) - len(shown)
    if left_out:
        note += f"{plural(left_out, 'rarer name')} not drawn. "
    unknown = int(edges.loc[edges["speaker"] == UNKNOWN, "mentions"].sum())
    if unknown:
        note += f"{plural(unknown, 'mention')} by unknown speakers."
    figure, (axes,) = new_figure(1.5 if len(order) < 3 else min(6.2, 2.2 + 0.34 * len(order)))
    _draw(axes, order, drawn, received)
    alt = (
        "Network of mentions: "
        + "; ".join(
            f"{row.speaker} names {row.of} {plural(int(row.mentions), 'time')}"
            for row in drawn.head(25).itertuples()
        )
        + "."
    )
    return finish(figure, title=_title(edges, received), note=note, alt=alt, data=edges)


def _shown(edges: pd.DataFrame, top: int) -> list[str]:
    """The names of the most frequent pairs, "(unknown)" beyond the count and last."""
    names: list[str] = []
    for row in edges.itertuples():
        new = [n for n in (row.speaker, row.of) if n not in names and n != UNKNOWN]
        if len(names) + len(new) <= top:
            names += new
    named = edges[edges["of"].isin(names)]
    return names + [UNKNOWN] * bool((named["speaker"] == UNKNOWN).any())


def _title(edges: pd.DataFrame, received: pd.Series) -> str:
    most = int(received.max())
    names = sorted(received.index[received == most])
    if most == 1 and len(names) > 1:
        return f"{len(names):,} names come up in others’ quotes, each of them once"
    if len(names) > 1:
        who = listed(names) if len(names) < 4 else f"{len(names):,} names"
        return f"{who} are named most: {plural(most, 'time')} each"
    speakers = edges.loc[edges["of"] == names[0], "speaker"]
    known = [s for s in speakers if s != UNKNOWN]
    by = (
        f"by {known[0]} alone"
        if len(speakers) == 1 and known
        else f"by {plural(len(known), 'known speaker')}"
        if known
        else "by unknown speakers only"
    )
    return f"{names[0]} is named most: {plural(most, 'time')}, {by}"


def _around(names: list[str], edges: pd.DataFrame) -> list[str]:
    """Names in a round: the two most frequent face each other, the others stand near their ties."""
    ties: dict[frozenset[str], int] = {}
    for row in edges.itertuples():
        pair = frozenset((row.speaker, row.of))
        ties[pair] = ties.get(pair, 0) + int(row.mentions)
    order, facing, rest = names[:1], names[1:2], names[2:]
    while rest:
        best = max(
            rest,
            key=lambda n: (
                ties.get(frozenset((order[-1], n)), 0),
                ties.get(frozenset((order[0], n)), 0),
                -rest.index(n),
            ),
        )
        order.append(best)
        rest.remove(best)
    middle = (len(order) + 1) // 2
    return order[:middle] + facing + order[middle:]


def _draw(axes: Axes, order: list[str], edges: pd.DataFrame, received: pd.Series) -> None:
    start = math.pi if len(order) < 3 else math.pi / 2
    angles = [start - 2 * math.pi * k / len(order) for k in range(len(order))]
    wide = 1.9 if len(order) < 8 else 1.35  # an ellipse leaves the names their room
    place = {n: (wide * math.cos(a), math.sin(a)) for n, a in zip(order, angles, strict=True)}
    talkers = [n for n in order if n in set(edges["speaker"]) and n != UNKNOWN]
    colour = {n: COLOURS[k % len(COLOURS)] for k, n in enumerate(talkers)} | {UNKNOWN: GREY}
    most, top = max(FEW, int(edges["mentions"].max())), max(FEW, int(received.max()))
    size = {n: SMALL + (LARGE - SMALL) * received.get(n, 0) / top for n in order}
    for row in edges.itertuples():
        width = THIN + (THICK - THIN) * row.mentions / most
        radius = [math.sqrt(size[n] / math.pi) + 2 for n in (row.speaker, row.of)]
        axes.add_patch(
            FancyArrowPatch(
                place[row.speaker],
                place[row.of],
                connectionstyle="arc3,rad=0.16",
                zorder=1,
                arrowstyle=f"Simple,tail_width={width},head_width={width + 6}"
                f",head_length={width + 5}",
                shrinkA=radius[0],
                shrinkB=radius[1],
                mutation_scale=1,
                linewidth=0,
                color=colour[row.speaker],
                alpha=0.3 if row.speaker == UNKNOWN else 0.6,
            )
        )
    draw_names(
        axes,
        place,
        sizes=size,
        faces={n: colour.get(n, "white") for n in order},
        edges={n: colour.get(n, GREY) for n in order},
    )
    axes.set_axis_off()
    axes.set_xlim(-wide - 1.1, wide + 1.1)
    high = 0.5 if len(order) < 3 else 1.3
    axes.set_ylim(-high, high)
