"""The chart of the dates that a text speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DateFormatter, MonthLocator
from matplotlib.lines import Line2D

from ..text.wording import known, plural
from .base import Chart, empty_chart, finish, horizontal, new_figure, styled, wrapped
from .colours import BLUE, GREY, ORANGE, PALE
from .days import days_of, iso_day

FAR = 4  # times the reach of most dates: what lies farther off is drawn as an arrow at the edge
COLUMNS = [
    "timex",
    "text",
    "first",
    "last",
    "year",
    "modifier",
    "mentions",
    "documents",
    "in_quotes",
    "speakers",
]
WORDS = {
    "until": "until",
    "since": "since",
    "over": "after",
    "under": "before",
    "about": "about",
    "at_least": "at the earliest",
    "at_most": "at the latest",
}


@styled
def plot_timeline(figures: pd.DataFrame, documents: pd.DataFrame, *, top: int = 30) -> Chart:
    """The dates that the texts speak of on a calendar: dots for days, bars for longer times.

    A date without a year takes the year nearest to its document's publication date and is drawn
    hollow; where that date is not known either, it stands apart under "year unknown".  Dates
    without any place on a calendar ("Thursday" in a document without a date) and durations are
    counted in the note.  The days on which the documents were published are
    shaded between dashed lines.

    figures : the table of `find_figures`.
    documents : the documents table, for publication dates.
    top : how many different dates are drawn, those mentioned most often.

    >>> plot_timeline(pd.DataFrame({"doc": ["a"], "kind": ["date"], "text": ["May 2016"],
    ...     "timex": ["2016-05"], "modifier": [None], "speaker": ["Li"]}), pd.DataFrame()).title
    'The text speaks of one date, in 2016'
    """
    spoken = figures[figures["kind"] == "date"]
    published = (
        {doc: day for doc, day in documents["date"].items() if known(day)}
        if "date" in documents
        else {}
    )
    table, homeless = _dates(spoken, published)
    if not len(table):
        return empty_chart("No dates with a place on a calendar were found", table)
    often = table.sort_values(["mentions", "first"], ascending=[False, True], kind="stable")
    drawn = often[:top].sort_values(["first", "last", "timex"], kind="stable")
    placed = drawn[drawn["year"] != "unknown"]
    unplaced = drawn[drawn["year"] == "unknown"]
    parts = [part for part in (placed, unplaced) if len(part)]
    heights = [0.6 + 0.33 * len(part) for part in parts]
    figure, axes = new_figure(0.3 + sum(heights), rows=len(parts), ratios=heights)
    for axis, part in zip(axes, parts, strict=True):
        _draw(axis, part, [day for day in map(iso_day, published.values()) if day])
    if len(unplaced):
        axes[-1].xaxis.set_major_locator(MonthLocator())
        axes[-1].xaxis.set_major_formatter(DateFormatter("%b"))
        axes[-1].set_xlabel("year unknown: the text names none and the document has no date")
    quoted = drawn["in_quotes"] > 0
    looks = (
        [("in a quote", ORANGE, ORANGE)] * bool(quoted.any())
        + [("in the text’s own voice", BLUE, BLUE)] * bool((~quoted).any())
        + [("year taken from the document’s date", GREY, "white")]
        * bool((drawn["year"] == "resolved").any())
    )
    figure.legend(
        handles=[
            Line2D(
                [],
                [],
                marker="o",
                linestyle="",
                color=edge,
                markerfacecolor=fill,
                label=label,
                markersize=7,
            )
            for label, edge, fill in looks
        ],
        loc="outside lower right",
        ncols=3,
        borderpad=0,
        columnspacing=1.2,
    )
    alt = (
        "Timeline of dates spoken of: "
        + "; ".join(
            f"{_said(row)} ({_calendar(row)}, {plural(row.mentions, 'mention')})"
            for row in drawn.itertuples()
        )
        + "."
    )
    return finish(
        figure, title=_title(table), note=_note(table, drawn, homeless, top), alt=alt, data=table
    )


def _dates(spoken: pd.DataFrame, published: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """One row per different date, and how many dates have no place on a calendar."""
    groups: dict[tuple, list] = {}
    homeless = 0
    for doc, text, timex, modifier, speaker in zip(
        spoken["doc"],
        spoken["text"],
        spoken["timex"],
        spoken["modifier"],
        spoken["speaker"],
        strict=True,
    ):
        days = days_of(timex, near=published.get(doc))
        if days is None:
            homeless += 1
            continue
        modifier = modifier if known(modifier) else None
        key = (days.first, days.last, days.year == "unknown", modifier or "")
        groups.setdefault(key, []).append((doc, text, timex, days.year, modifier, speaker))
    rows = []
    for (first, last, _, _), found in sorted(groups.items(), key=lambda item: item[0]):
        speakers = sorted({str(item[5]) for item in found if known(item[5])})
        years = {item[3] for item in found}
        rows.append(
            [
                found[0][2],
                found[0][1],
                first,
                last,
                "written" if "written" in years else min(years),
                found[0][4],
                len(found),
                len({item[0] for item in found}),
                sum(known(item[5]) for item in found),
                speakers,
            ]
        )
    return pd.DataFrame(rows, columns=COLUMNS), homeless


def _draw(axes: Axes, dates: pd.DataFrame, published: Sequence[str]) -> None:
    unknown = (dates["year"] == "unknown").all()
    low, high = _reach(dates)
    if unknown:
        low, high = _months_around(low, high)
    pad = max(timedelta(days=2), (high - low) * 0.03)
    low, high = _later(low, -pad), _later(high, pad)
    for row, item in enumerate(dates.itertuples()):
        colour = ORANGE if item.in_quotes else BLUE
        fill = "white" if item.year == "resolved" else colour
        axes.axhline(row, color=PALE, linewidth=0.8, zorder=0)
        middle = item.first + (item.last - item.first) / 2
        if not low <= middle <= high:
            edge = (high - low) * 0.012
            axes.plot(
                [low + edge if middle < low else high - edge],
                [row],
                "<" if middle < low else ">",
                markersize=8,
                color=colour,
                markerfacecolor=fill,
                zorder=3,
            )
        elif (item.last - item.first) / (high - low) > 0.012:
            axes.barh(
                row,
                item.last - item.first + timedelta(days=1),
                left=item.first,
                height=0.42,
                facecolor=fill,
                edgecolor=colour,
                linewidth=1.4,
                zorder=2,
            )
        else:
            axes.plot(
                [middle],
                [row],
                "o",
                markersize=8,
                color=colour,
                markerfacecolor=fill,
                markeredgewidth=1.6,
                zorder=3,
            )
        if item.modifier in ("until", "since", "over", "under") and low <= middle <= high:
            backwards = item.modifier in ("until", "under")
            end = low if backwards else high
            axes.annotate(
                "",
                (item.first if backwards else item.last, row),
                (end, row),
                arrowprops={
                    "arrowstyle": "-",
                    "color": colour,
                    "linewidth": 1.6,
                    "linestyle": (0, (1, 1.2)),
                },
                zorder=1,
            )
    horizontal(axes, [_label(item) for item in dates.itertuples()])
    axes.set_xlim(low, high)
    if not unknown:
        locator = AutoDateLocator(minticks=3, maxticks=9)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        axes.set_xlabel("date")
        shown = [day for day in published if low <= day <= high]
        if shown:
            axes.axvspan(
                min(shown),
                max(shown),
                facecolor=PALE,
                edgecolor=GREY,
                linewidth=1,
                linestyle="--",
                alpha=0.6,
                zorder=0,
            )
            late = (max(shown) - low) / (high - low) > 0.85  # no room at the right
            axes.annotate(
                "published",
                (max(shown), -0.57),
                xytext=(-3 if late else 3, 0),
                va="top",
                ha="right" if late else "left",
                textcoords="offset points",
                fontsize=8,
                color=GREY,
            )


def _reach(dates: pd.DataFrame) -> tuple[date, date]:
    """The days that the axis covers: all dates, or without those that lie far off from most."""
    days = sorted(
        day
        for row in dates.itertuples()
        for day in (row.first, row.last)
        for _ in range(row.mentions)
    )
    early, late = days[len(days) // 6], days[-1 - len(days) // 6]
    room = max((late - early) * FAR, timedelta(days=30))
    near = [day for day in days if _later(early, -room) <= day <= _later(late, room)]
    return near[0], near[-1]


def _label(item: object) -> str:
    """The date as written, with its modifier, and its year where the words do not say it."""
    label = wrapped(_said(item), 26, lines=1)
    if item.year != "unknown" and str(item.first.year) not in label:
        label += f" ({item.first if item.first == item.last else item.first.year})"
    return label + (f"  ×{item.mentions:,}" if item.mentions > 1 else "")


def _said(item: object) -> str:
    return f"{WORDS.get(str(item.modifier), '')} {item.text}".strip()


def _months_around(low: date, high: date) -> tuple[date, date]:
    """Whole months around some days, at least three of them."""
    first = (low.replace(day=1) - timedelta(days=1)).replace(day=1)
    last = (high.replace(day=28) + timedelta(days=35)).replace(day=28)
    return first, last


def _later(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return day


def _title(table: pd.DataFrame) -> str:
    placed = table[table["year"] != "unknown"]
    apart = len(table) - len(placed)
    dates = "one date" if len(table) == 1 else f"{len(table):,} different dates"
    if not len(placed):
        return (
            f"The only date has no year: {table['text'].iloc[0]}"
            if len(table) == 1
            else (f"{dates}, none of them with a year")
        )
    first, last = placed["first"].min().year, placed["last"].max().year
    reach = f"in {first}" if first == last else f"from {first} to {last}"
    return (
        f"The text{'s' if table['documents'].max() > 1 else ''} speak"
        + ("" if table["documents"].max() > 1 else "s")
        + f" of {dates}, {reach}"
        + (f"; {apart:,} without a year" if apart else "")
    )


def _far(drawn: pd.DataFrame) -> int:
    placed = drawn[drawn["year"] != "unknown"]
    if not len(placed):
        return 0
    low, high = _reach(placed)
    return int(((placed["last"] < low) | (placed["first"] > high)).sum())


def _note(table: pd.DataFrame, drawn: pd.DataFrame, homeless: int, top: int) -> str:
    said = [
        f"{plural(int(table['mentions'].sum()), 'mention')} of dates. Dots are days or short "
        "times, bars longer ones."
    ]
    if len(table) > top:
        said.append(f"The {top} most mentioned of {len(table):,} are drawn.")
    far = _far(drawn)
    if far:
        said.append(
            f"{plural(far, 'date')} too far off for the axis "
            f"{'is an arrow' if far == 1 else 'are arrows'} at its edge."
        )
    if homeless:
        said.append(
            f"{plural(homeless, 'date')} without a place on a calendar "
            f"{'is' if homeless == 1 else 'are'} not drawn."
        )
    return " ".join(said)


def _calendar(row: object) -> str:
    if row.year == "unknown":
        days = (
            f"{row.first:%m-%d}"
            if row.first == row.last
            else f"{row.first:%m-%d} to {row.last:%m-%d}"
        )
        return f"{days}, year unknown"
    return str(row.first) if row.first == row.last else f"{row.first} to {row.last}"
