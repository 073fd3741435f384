"""Charts of figures: their kinds, the money, and whose figures they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from ..text.wording import known, plural, short_number
from .bars import bar_chart
from .base import Chart, empty_chart, finish, horizontal, new_figure, styled, wrapped
from .colours import BLUE, COLOURS, GREY, ORANGE

KINDS = ["money", "percent", "quantity", "count", "number", "ordinal", "date", "duration"]
VOICES = {
    "quoted": {"color": ORANGE, "label": "in a quote"},
    "text": {"color": BLUE, "label": "in the text’s own voice"},
}
SIGNS = {
    "over": "more than",
    "under": "less than",
    "about": "about",
    "at_least": "at least",
    "at_most": "at most",
    "until": "until",
    "since": "since",
}
EACH = 18  # so many amounts get a row each; more share a row per currency


def plot_figure_kinds(figures: pd.DataFrame) -> Chart:
    """Bars: how many figures of each kind, and how many are a quoted speaker's.

    figures : the table of `find_figures`.

    >>> plot_figure_kinds(pd.DataFrame({"kind": ["money", "date"], "speaker": ["Li", None]})).title
    '1 of 2 figures is a quoted speaker’s claim'
    """
    claimed = figures["speaker"].map(known).astype(bool)
    counts = (
        pd.DataFrame(
            {
                "quoted": figures[claimed]["kind"].value_counts(),
                "text": figures[~claimed]["kind"].value_counts(),
            },
            index=KINDS,
        )
        .fillna(0)
        .astype(int)
        .rename_axis("kind")
        .reset_index()
    )
    counts["figures"] = counts["quoted"] + counts["text"]
    counts = counts[counts["figures"] > 0].sort_values(
        "figures", ascending=False, kind="stable", ignore_index=True
    )
    if not len(counts):
        return empty_chart("No figures were found", counts)
    total, quoted = int(counts["figures"].sum()), int(counts["quoted"].sum())
    title = (
        f"{quoted:,} of {plural(total, 'figure')} "
        f"{'is a quoted speaker’s claim' if quoted == 1 else 'are quoted speakers’ claims'}"
        if quoted
        else f"None of {plural(total, 'figure')} is a quoted speaker’s claim"
    )
    return bar_chart(
        counts,
        VOICES,
        names=list(counts["kind"]),
        said=[f"{n:,}" for n in counts["figures"]],
        axis="number of figures",
        noun="figure",
        title=title,
        note="",
        data=counts,
    )


@styled
def plot_money(figures: pd.DataFrame) -> Chart:
    """Sums of money on a log axis, by currency; ranges are lines from low to high.

    Up to 18 sums get a row each, with what they measure; more share one row per currency.
    Nothing is converted: a place on the axis is a number of units of its own currency.  Sums of
    zero cannot be drawn on a log axis and are counted in the note; negative ones are drawn
    hollow, at their size.

    figures : the table of `find_figures`.

    >>> plot_money(pd.DataFrame(columns=["kind", "low", "high", "value", "unit", "doc", "start",
    ...     "end", "text", "modifier", "of", "when", "speaker"])).title
    'No sums of money were found'
    """
    money = figures[figures["kind"] == "money"].copy()
    low = pd.to_numeric(money["low"], errors="coerce").astype(float)
    high = pd.to_numeric(money["high"], errors="coerce").astype(float)
    value = pd.to_numeric(money["value"], errors="coerce").astype(float)
    money["from"] = low.fillna(high).fillna(value)
    money["to"] = high.fillna(low).fillna(value)
    money["currency"] = [str(unit) if known(unit) else "(no currency)" for unit in money["unit"]]
    ends = money[["from", "to"]].to_numpy(dtype=float)
    fits = (
        np.isfinite(ends).all(axis=1)
        & (ends[:, 0] * ends[:, 1] > 0)
        & (np.abs(ends) < 1e30).all(axis=1)
        & (np.abs(ends) > 1e-6).all(axis=1)
    )
    drawn = money[fits].sort_values(["to", "doc", "start"], ascending=[False, True, True])
    columns = [
        "doc",
        "start",
        "end",
        "text",
        "currency",
        "from",
        "to",
        "modifier",
        "of",
        "when",
        "speaker",
    ]
    if not len(drawn):
        return empty_chart("No sums of money were found", money[columns])
    sizes = drawn["currency"].value_counts()
    currencies = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    largest = drawn.iloc[0]
    title = (
        f"The only sum is {_sum(largest)}"
        if len(drawn) == 1
        else f"Sums run from {_sum(drawn.iloc[-1])} to {_sum(largest)}"
        if len(currencies) == 1
        else f"{plural(len(drawn), 'sum')} in {len(currencies)} currencies, most often in "
        f"{currencies[0]}"
    )
    if len(drawn) == 1 and known(largest["of"]):
        title += f": {largest['of']}"
    colours = {name: COLOURS[min(i, 5)] for i, name in enumerate(currencies)}
    if len(drawn) <= EACH:
        rank = {name: i for i, name in enumerate(currencies)}
        drawn = drawn.assign(rank=drawn["currency"].map(rank)).sort_values(
            ["rank", "to"], ascending=[True, False], kind="stable"
        )
        figure, (axes,) = new_figure(0.7 + 0.5 * len(drawn))
        places = [row + 0.12 for row in range(len(drawn))]
        labels = [wrapped(_sum(row), 32, lines=2) for _, row in drawn.iterrows()]
        for place, (_, row) in enumerate(drawn.iterrows()):
            axes.annotate(
                wrapped(_what(row), 90, lines=1),
                (0, place - 0.18),
                xytext=(3, 0),
                xycoords=("axes fraction", "data"),
                textcoords="offset points",
                va="bottom",
                fontsize=8,
                color=GREY,
            )
    else:
        currencies = currencies[:12]
        drawn = drawn[drawn["currency"].isin(currencies)]
        figure, (axes,) = new_figure(0.7 + 0.62 * len(currencies))
        labels = [f"{name}  ({sizes[name]:,})" for name in currencies]
        places = _spread(drawn, currencies)
    for place, (_, row) in zip(places, drawn.iterrows(), strict=True):
        _draw_sum(axes, place, row, colour=colours[row["currency"]], small=len(drawn) > EACH)
    horizontal(axes, labels)
    axes.set_xscale("log")
    span = np.log10(np.abs(drawn[["from", "to"]].to_numpy(dtype=float)))
    axes.set_xlim(10 ** (np.floor(span.min()) - 0.08), 10 ** (np.ceil(span.max() + 0.02) + 0.08))
    decades = np.ceil(span.max() + 0.02) - np.floor(span.min())
    axes.xaxis.set_major_locator(
        LogLocator(subs=(1, 2, 5) if decades < 2 else (1, 3) if decades < 4 else (1,), numticks=9)
    )
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: short_number(x)))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel(
        "amount, each in its own currency (log scale)"
        if len(sizes) > 1
        else f"amount in {currencies[0]} (log scale)"
    )
    hidden = len(money) - len(drawn)
    note = (
        f"Not drawn: {plural(hidden, 'sum')} (zero, without a value, or in a rarer currency)."
        if hidden
        else ""
    )
    alt = (
        f"{plural(len(drawn), 'sum')} of money on a log axis: "
        + "; ".join(f"{_sum(row)} {_what(row)}".strip() for _, row in drawn.head(30).iterrows())
        + "."
    )
    return finish(
        figure, title=title, note=note, alt=alt, data=drawn[columns].reset_index(drop=True)
    )


def _draw_sum(axes: object, row: float, amount: pd.Series, *, colour: str, small: bool) -> None:
    low, high = sorted((abs(amount["from"]), abs(amount["to"])))
    hollow = amount["from"] < 0
    if high > low:
        axes.plot(
            [low, high],
            [row, row],
            color=colour,
            linewidth=2 if small else 4,
            solid_capstyle="round",
            alpha=0.7,
        )
    axes.plot(
        [low, high] if high > low else [high],
        [row] * (1 + (high > low)),
        "o",
        markersize=5 if small else 9,
        color=colour,
        markerfacecolor="white" if hollow else colour,
        alpha=0.75 if small else 1,
        markeredgewidth=1.2,
    )


def _spread(drawn: pd.DataFrame, currencies: list[str]) -> list[float]:
    """A place in its currency's row for each sum; sums of nearly one size are put side by side."""
    steps = [0.0, -0.1, 0.1, -0.2, 0.2, -0.3, 0.3]
    seen: dict[tuple[str, int], int] = {}
    places = []
    for currency, size in zip(drawn["currency"], drawn["to"], strict=True):
        cell = (currency, int(np.log10(abs(size)) * 12))
        places.append(currencies.index(currency) + steps[seen.get(cell, 0) % len(steps)])
        seen[cell] = seen.get(cell, 0) + 1
    return places


def _sum(row: pd.Series) -> str:
    low, high = row["from"], row["to"]
    amount = short_number(high) if low == high else f"{short_number(low)}–{short_number(high)}"
    sign = SIGNS.get(str(row["modifier"]), "")
    return f"{sign} {amount} {row['currency']}".strip()


def _what(row: pd.Series) -> str:
    facts = [str(row["of"])] if known(row["of"]) else []
    if known(row["when"]):
        facts.append(str(row["when"]))
    return ", ".join(facts)
