"""Charts of what sets documents apart: keyness, topics, and the number of topics."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from ..text.wording import plural
from .base import WIDTH, Chart, beside, empty_chart, finish, horizontal, new_figure, styled, wrapped
from .colours import BLUE, GREEN, GREY, INK, ORANGE, PALE, VERMILION

SURE = 0.05  # the largest false discovery rate of a difference that is called sure
FAINT = 0.35  # opacity of what is not


@styled
def plot_keyness(table: pd.DataFrame, *, name: str, rest: str, top: int = 10) -> Chart:
    """Bars to both sides: the terms that set a subset apart, and those of all others.

    Length is G², how sure the difference is; what chance may have made, among so many terms, is
    pale (`p_adjusted` above 0.05).  Beside each bar stand the counts of both sides, and in how
    many documents.

    table : as `find_keyness` gives it.
    name, rest : what the subset and the others are called.
    top : how many terms of either side are drawn.

    >>> plot_keyness(pd.DataFrame(), name="2023", rest="others").title
    'There is nothing to compare: one side has no documents'
    """
    if not len(table):
        return empty_chart("There is nothing to compare: one side has no documents", table)
    drawn = pd.concat([table[table["g2"] > 0][:top], table[table["g2"] <= 0][-top:]])
    sure = table[table["p_adjusted"] <= SURE]
    typical = [f"“{term}”" for term in sure[sure["g2"] > 0]["term"][:3]]
    title = (
        f"Typical of {name}: {', '.join(typical)}"
        if typical
        else f"No word is surely typical of {name}: with {plural(len(table), 'term')} compared, "
        "chance alone makes such differences"
    )
    figure, (axes,) = new_figure(0.75 + 0.27 * len(drawn))
    longest = float(drawn["g2"].abs().max()) or 1.0
    for row, item in enumerate(drawn.itertuples()):
        more = item.g2 > 0
        axes.barh(
            row,
            item.g2,
            height=0.7,
            color=BLUE if more else ORANGE,
            alpha=1 if item.p_adjusted <= SURE else FAINT,
        )
        beside(
            axes,
            item.g2,
            row,
            f"{item.count_a:,} : {item.count_b:,}  in "
            f"{item.documents_a:,} : {item.documents_b:,} documents",
            before=not more,
            soft=True,
        )
        beside(axes, 0, row, wrapped(item.term, 28, lines=1), before=more)
    horizontal(axes, [""] * len(drawn))
    axes.set_xlim(-1.75 * longest, 1.75 * longest)
    ticks = [tick for tick in axes.get_xticks() if abs(tick) <= longest * 1.05]
    axes.set_xticks(ticks, [f"{abs(tick):,.0f}" for tick in ticks])
    axes.set_xlabel("G²: how sure the difference is")
    axes.axvline(0, color=GREY, linewidth=0.8)
    figure.legend(
        handles=[
            Patch(color=BLUE, label=wrapped(name, 44, lines=1)),
            Patch(color=ORANGE, label=wrapped(rest, 44, lines=1)),
            Patch(color=GREY, alpha=FAINT, label="may be chance"),
        ],
        loc="outside lower right",
        ncols=3,
        borderpad=0,
    )
    note = (
        f"Beside each bar: occurrences and documents on either side. {len(sure):,} of "
        f"{plural(len(table), 'term')} differ at a false discovery rate of {SURE:.0%}."
    )
    alt = (
        f"Bars of the terms commoner in {name}: "
        + _named(drawn[drawn["g2"] > 0])
        + (f"; in {rest}: " + _named(drawn[drawn["g2"] <= 0]))
        + "."
    )
    return finish(figure, title=title, note=note, alt=alt, data=table)


def _named(rows: pd.DataFrame) -> str:
    return (
        ", ".join(f"{row.term} ({row.count_a:,} to {row.count_b:,})" for row in rows.itertuples())
        or "none"
    )


@styled
def plot_topics(terms: pd.DataFrame, *, note: str = "") -> Chart:
    """A row for each topic: its terms, how many documents it leads, coherence and stability.

    terms, note : as in `Topics`.

    >>> plot_topics(pd.DataFrame(), note="Topics need at least 100 documents; here are 3.").title
    'Topics need at least 100 documents; here are 3.'
    """
    if not len(terms):
        return empty_chart(note or "No topics were found", terms)
    rows = (
        terms.groupby("topic", sort=False)
        .agg(
            terms=("term", list),
            documents=("documents", "first"),
            coherence=("coherence", "first"),
            stability=("stability", "first"),
        )
        .reset_index()
    )
    weak = rows[(rows["coherence"] <= 0) | (rows["stability"] < 0.5)]
    count = plural(len(rows), "topic")
    title = (
        f"{count}, and all of them hold"
        if not len(weak)
        else f"{count}, and none of them holds: do not build on them"
        if len(weak) == len(rows)
        else f"{len(rows) - len(weak)} of {count} hold; "
        f"{'the other one is' if len(weak) == 1 else f'the other {len(weak)} are'} shaky"
    )
    figure = Figure(figsize=(WIDTH, 0.75 + 0.5 * len(rows)), layout="constrained")
    sizes, coherence, stability = figure.subplots(1, 3, width_ratios=[2, 1, 1])
    sizes.barh(range(len(rows)), rows["documents"], height=0.62, color=BLUE)
    for row, n in enumerate(rows["documents"]):
        beside(sizes, n, row, f"{n:,}")
    horizontal(sizes, [wrapped(", ".join(words), 52, lines=2) for words in rows["terms"]])
    sizes.tick_params(axis="y", labelsize=8.5)
    sizes.set_xlim(0, float(rows["documents"].max()) * 1.2 or 1)
    sizes.set_xlabel("documents it leads")
    for axes, column, least, low in (
        (coherence, "coherence", 0.0, -0.1),
        (stability, "stability", 0.5, 0.0),
    ):
        horizontal(axes, [""] * len(rows))
        axes.axvspan(low, least, color=PALE, alpha=0.6, linewidth=0)
        axes.scatter(
            rows[column],
            range(len(rows)),
            s=46,
            zorder=3,
            color=[
                GREEN if value > least or (value == least and least) else VERMILION
                for value in rows[column]
            ],
        )
        axes.set_xlabel(column)
    coherence.set_xlim(
        min(-0.1, float(rows["coherence"].min()) - 0.05),
        max(0.35, float(rows["coherence"].max()) + 0.05),
    )
    stability.set_xlim(0, 1.05)
    alt = "Topics: " + "; ".join(
        f"{', '.join(row.terms)}: leads {plural(row.documents, 'document')}, coherence "
        f"{row.coherence:.2f}, stability {row.stability:.2f}"
        for row in rows.itertuples()
    )
    said = " ".join(
        filter(
            None,
            [
                "Shaded: words that stand together no more than by chance; fewer than half of the "
                "words come back when documents are left out.",
                note,
            ],
        )
    )
    return finish(figure, title=title, note=said, alt=alt + ".", data=rows)


@styled
def plot_topic_numbers(numbers: pd.DataFrame) -> Chart:
    """Two lines over the number of topics: mean coherence and mean stability.

    numbers : as `compare_topic_numbers` gives them.

    >>> plot_topic_numbers(pd.DataFrame()).title
    'No numbers of topics to compare'
    """
    if not len(numbers):
        return empty_chart(numbers.attrs.get("note") or "No numbers of topics to compare", numbers)
    best = numbers[numbers["suggested"]].iloc[0]
    title = (
        f"{best['topics']} topics are the best compromise: coherence {best['coherence']:.2f}, "
        f"stability {best['stability']:.2f}"
    )
    figure, axes = new_figure(3.4, rows=2)
    places = np.arange(len(numbers))
    for axis, column, colour in zip(axes, ("coherence", "stability"), (BLUE, ORANGE), strict=True):
        axis.plot(places, numbers[column], "o-", color=colour, linewidth=1.8, markersize=5)
        axis.plot(
            places[numbers["suggested"]],
            numbers.loc[numbers["suggested"], column],
            "o",
            markersize=11,
            markerfacecolor="none",
            markeredgecolor=INK,
        )
        axis.set_ylabel(column)
        axis.grid(axis="y")
        axis.margins(y=0.2)
        axis.set_xticks(places, numbers["topics"] if axis is axes[-1] else [])
    axes[-1].set_xlabel("number of topics")
    axes[0].legend(
        handles=[
            Line2D(
                [],
                [],
                marker="o",
                markersize=9,
                markerfacecolor="none",
                color=INK,
                linestyle="",
                label="suggested",
            )
        ],
        loc="best",
    )
    alt = (
        "Lines over the number of topics: "
        + "; ".join(
            f"{row.topics}: coherence {row.coherence:.2f}, stability {row.stability:.2f}"
            for row in numbers.itertuples()
        )
        + "."
    )
    note = (
        "Coherence: do a topic’s words stand together (0 is chance). Stability: which "
        "share of them comes back when documents are left out. Means over the topics."
    )
    return finish(figure, title=title, note=note, alt=alt, data=numbers)
