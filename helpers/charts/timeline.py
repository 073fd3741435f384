"""The dates that texts speak of, on a calendar."""

from __future__ import annotations

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
# the first and the last month of each, counted from January of its year
SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "AU": (9, 11), "WI": (12, 14)}
WORDS = {"over": "after", "under": "before", "at_least": "from", "at_most": "by"}


def plot_timeline(figures: pd.DataFrame, documents: pd.DataFrame) -> Chart:
    """The dates that the texts speak of on a calendar: dots for short times, bars for longer ones.

    The time in which the documents were published is shaded.  Durations, vague ones ("recently")
    and dates whose year neither the text nor the document's date says have no place.

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
    low, high = _reach(np.concatenate([first, last + 1]).repeat([*drawn["mentions"]] * 2))
    place = (first + last + 1) / 2
    early, late = place < low, place > high
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

    years = f"from {table['first'].min().year} to {table['last'].max().year}"
    title = f"{plural(len(table), 'date', 'different dates')}, {years}"
    rows = zip(labels, drawn["first"], drawn["last"], strict=True)
    alt = f"Timeline of dates: {'; '.join(f'{label}: {day} to {end}' for label, day, end in rows)}."
    vague = len(spoken) - table["mentions"].sum(), "date of no known year", "dates of no known year"
    caption = not_drawn((len(table) - MOST, "rarer date"), vague)
    return Chart(title, table, alt, caption, 0.9 + 0.34 * len(drawn), paint)


def _dates(spoken: pd.DataFrame) -> pd.DataFrame:
    """One row for each different date with a place on the calendar, in its order."""
    found = spoken.assign(days=spoken["timex"].map(days_of), modifier=spoken["modifier"].fillna(""))
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


def days_of(timex: object) -> tuple[date, date] | None:
    """The first and the last day of a TIMEX3 date, or None where it has no place on a calendar.

    >>> days_of("2016"), days_of("XXXX-11-23"), days_of("PAST_REF")
    ((datetime.date(2016, 1, 1), datetime.date(2016, 12, 31)), None, None)
    """
    parts = [_period(part) for part in str(timex)[:64].split("/")]
    if len(parts) > 2 or None in parts:
        return None
    days = parts[0][0], parts[-1][1]
    return days if days[0] <= days[1] else None


def _period(value: str) -> tuple[date, date] | None:
    """First and last day; fiscal years are years, decades and centuries may end in X."""
    year, _, part = value.removeprefix("FY").partition("T")[0].partition("-")
    if part not in SEASONS or not year.isdecimal():
        return period_days(f"{year}-{part}" if part else year.rstrip("X"))
    months = [period_days(f"{int(year) + n // 13}-{(n - 1) % 12 + 1:02}") for n in SEASONS[part]]
    return (months[0][0], months[1][1]) if all(months) else None
