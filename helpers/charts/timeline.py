"""The dates that texts speak of, on a calendar."""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.dates import date2num as number
from matplotlib.figure import Figure

from ..figures.grains import days_of as period_days
from ..text.wording import plural
from .base import Chart, lanes, legend, not_drawn
from .colours import BLUE, ORANGE, PALE

MOST = 25  # different dates that are drawn, those mentioned most often
FAR = 4  # times the reach of most dates: what lies farther off is an arrow at the edge
SPLIT = re.compile(r"(?i)\b(?:fiscal|financial|tax|FY)\b|\d\s?[/–-]\s?[’']?\d\d(?!\d)|\d/\d")
LONG = 3660  # days: a century is drawn, but does not stretch the axis to 2099
WORDS = {"over": "after", "under": "before", "at_least": "from", "at_most": "by"}


def plot_timeline(figures: pd.DataFrame, documents: pd.DataFrame) -> Chart:
    """The dates that the texts speak of on a calendar: dots for short times, bars for longer ones.

    The time in which the documents were published is shaded.  A fiscal year or a season such as
    2016/17 runs from July to June, as the text does not say when it begins.  Durations, vague ones
    ("recently") and dates whose year neither the text nor the document's date says have no place.

    figures : the table of `find_figures`.
    documents : the documents table, for publication dates.

    >>> plot_timeline(pd.DataFrame({"doc": ["a"], "kind": ["date"], "text": ["May 2016"],
    ...     "timex": ["2016-05"], "modifier": [None], "speaker": ["Li"]}), pd.DataFrame())
    Chart('1 date, from 2016 to 2016')
    """
    spoken = figures[figures["kind"] == "date"]
    table = _dates(spoken)
    if not len(table):
        return Chart("No dates with a year were found", table)
    often = table.sort_values(["mentions", "first"], ascending=[False, True], kind="stable")
    drawn = table.loc[sorted(often.index[:MOST])]
    first, last = (np.array([number(day) for day in drawn[end]]) for end in ("first", "last"))
    times = drawn["mentions"].to_numpy() * (last - first < LONG)
    times = times if times.any() else drawn["mentions"].to_numpy()
    low, high = _reach(np.concatenate([first, last + 1]).repeat([*times] * 2))
    place = (first + last + 1) / 2
    early, late = last < low, first > high
    dates = pd.to_datetime(documents.get("date", pd.Series(dtype=str)), errors="coerce")
    published = number(dates.dropna())
    labels = [_label(row) for row in drawn.itertuples()]

    def paint(figure: Figure) -> None:
        axes, rows, own = figure.subplots(), np.arange(len(drawn)), drawn["quoted"].to_numpy() == 0
        for label, colour, some in ("known speaker", ORANGE, ~own), ("no known speaker", BLUE, own):
            near = some & ~early & ~late
            long = last - first > 0.03 * (high - low)
            dots, long = near & ~long, near & long
            axes.barh(rows[long], (last - first)[long] + 1, 0.4, first[long], color=colour)
            axes.scatter(place[dots], rows[dots], color=colour, label=label if some.any() else None)
            for side, edge, marker in (early, low, "<"), (late, high, ">"):
                far = rows[some & side]
                axes.scatter(far * 0 + edge, far, 60, colour, marker=marker, clip_on=False)
        days = published[(published >= low) & (published <= high)]
        if len(days):
            axes.axvspan(min(days), max(days) + 1, color=PALE, zorder=0, label="published")
        legend(axes)
        lanes(axes, labels, width=24)
        axes.grid(axis="x")
        axes.set_xlim(low, high)
        locator = AutoDateLocator(minticks=3, maxticks=6)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))
        axes.set_xlabel("date" + " (arrows: too far off)" * any(early | late))

    vague = len(spoken) - table["mentions"].sum(), "date of no known year", "dates of no known year"
    told = zip(labels, drawn["first"], drawn["last"], strict=True)
    return Chart(
        f"{plural(len(table), 'date', 'different dates')}, from {table['first'].min().year} to "
        f"{table['last'].max().year}",
        table,
        f"Timeline of dates: {'; '.join(f'{label}: {day} to {end}' for label, day, end in told)}.",
        not_drawn((len(table) - MOST, "rarer date"), vague),
        0.9 + 0.34 * len(drawn),
        paint,
    )


def _dates(spoken: pd.DataFrame) -> pd.DataFrame:
    """One row for each different date with a place on the calendar, in its order."""
    told = zip(spoken["timex"], spoken["text"], strict=True)
    days = [days_of(timex, text) for timex, text in told]
    found = spoken.assign(days=days, modifier=spoken["modifier"].fillna(""))
    found = found.dropna(subset="days")
    found = found.assign(first=found["days"].map(min), last=found["days"].map(max))
    counts = {"mentions": ("doc", "size"), "documents": ("doc", "nunique")}
    counts |= {"quoted": ("speaker", "count"), "text": ("text", "first")}
    return found.groupby(["first", "last", "modifier"]).agg(**counts).reset_index()


def _reach(days: np.ndarray) -> tuple[float, float]:
    """The days that the axis covers: all, or without those that lie far off from most."""
    early, late = np.quantile(days, [1 / 6, 5 / 6])
    room = max(FAR * (late - early), 30)
    near = days[(days >= early - room) & (days <= late + room)]
    pad = max(2, 0.04 * np.ptp(near))
    ends = np.clip([near.min() - pad, near.max() + pad], number(date.min), number(date.max))
    return float(ends[0]), float(ends[1])


def _label(row: object) -> str:
    """The date as written, with its modifier, and its year where the words do not say it."""
    label = f"{WORDS.get(row.modifier, row.modifier)} {row.text}".strip()
    if str(row.first.year) not in label:
        label += f" ({row.first if row.first == row.last else row.first.year})"
    return label + f" ×{row.mentions:,}" * (row.mentions > 1)


def days_of(timex: object, text: str = "") -> tuple[date, date] | None:
    """The first and the last day of a TIMEX3 date, or None where it has no place on a calendar.

    text : its words; "2016/17" is one year of twelve months, "2016 to 2017" are two.

    >>> days_of("2016"), days_of("XXXX-11-23"), days_of("PAST_REF")
    ((datetime.date(2016, 1, 1), datetime.date(2016, 12, 31)), None, None)
    """
    split = re.fullmatch(r"(\d{4})/(\d{4})", str(timex))
    if split and int(split[2]) == int(split[1]) + 1 and SPLIT.search(text):
        return date(int(split[1]), 7, 1), date(int(split[2]), 6, 30)
    parts = str(timex)[:64].removeprefix("FY").rstrip("X").split("/")  # "199X", "FY2016"
    parts = [period_days(part) for part in parts]
    if len(parts) > 2 or None in parts:
        return None
    days = parts[0][0], parts[-1][1]
    return days if days[0] <= days[1] else None
