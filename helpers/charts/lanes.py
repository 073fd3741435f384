"""Lanes: a row with a name for each sum of money, each date, and each word in its places."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, MaxNLocator, NullFormatter, PercentFormatter

from ..documents import KitError
from ..figures.anchor import days_of as period_days
from ..text.wording import figure_label, known, plural, short_number
from ..themes.evidence import UNKNOWN
from .base import Chart, lanes, leading, legend, not_drawn
from .colours import BLUE, COLOURS, ORANGE, PALE

MOST_SUMS = 18  # so many sums get a row each; more share a row for each currency
SUMS = ["doc", "start", "end", "text", "from", "to", "currency", "of", "when", "speaker"]
LANES = 12  # that are drawn, the fullest first
Spans = Mapping[str, list[tuple[str, int, int]]]
MOST_DATES = 25  # different dates that are drawn, those mentioned most often
FAR = 4  # times the reach of most dates: what lies farther off is an arrow at the edge
SPLIT = re.compile(r"(?i)\b(?:fiscal|financial|tax|FY)\b|\d\s?[/–-]\s?[’']?\d\d(?!\d)|\d/\d")
LONG = 3660  # days: a century is drawn, but does not stretch the axis to 2099
WORDS = {"over": "after", "under": "before", "at_least": "from", "at_most": "by"}


def plot_money(figures: pd.DataFrame) -> Chart:
    """Sums of money on a log axis, by currency; ranges are lines from low to high.

    Up to 18 sums get a row each, with what they measure; more share one row for each currency.
    Nothing is converted: a place on the axis is a number of units of its own currency.  Sums
    without a positive value have no place on it and are counted in the caption.

    figures : the table of `find_figures`.

    >>> plot_money(pd.DataFrame([("money", 4e10, None, None, "USD", "over", None)],
    ...     columns=["kind", "value", "low", "high", "unit", "modifier", "of"]))
    Chart('The only sum of money: > 40 billion USD')
    """
    money = figures[figures["kind"] == "money"]
    sizes = money[["value", "low", "high"]].apply(pd.to_numeric, errors="coerce").astype(float)
    ends = {"from": sizes["low"], "to": sizes["high"]}
    drawn = money.assign(**{name: end.fillna(sizes.max(axis=1)) for name, end in ends.items()})
    drawn["currency"] = money["unit"].where(money["unit"].map(known), "no currency")
    drawn = drawn[(drawn[["from", "to"]] > 1e-6).all(axis=1) & (drawn["to"] < 1e30)]
    if not len(drawn):
        return Chart("No sums of money were found", drawn)
    counts = drawn["currency"].value_counts()
    drawn["rank"] = drawn["currency"].map({name: n for n, name in enumerate(counts.index)})
    drawn = drawn.sort_values(["rank", "to"], ascending=[True, False], kind="stable")
    said = [figure_label(row) for row in drawn.to_dict("records")]
    told = [f"{one}, {of}" if known(of) else one for one, of in zip(said, drawn["of"], strict=True)]
    names, rows = told, np.arange(len(drawn))
    if len(drawn) > MOST_SUMS:
        names, rows = [f"{name} ({n:,})" for name, n in counts.items()], drawn["rank"].to_numpy()
    title = f"{plural(len(drawn), 'sum')} of money, from {said[-1]} to {said[0]}"
    if len(counts) > 1:
        most = f"{counts.index[0]}: {counts.iloc[0]:,}"
        title = f"{len(drawn):,} sums of money in {len(counts)} currencies, most in {most}"
    title = title if len(drawn) > 1 else f"The only sum of money: {said[0]}"

    def paint(figure: Figure) -> None:
        axes, colours = figure.subplots(), [COLOURS[n % len(COLOURS)] for n in drawn["rank"]]
        axes.hlines(rows, drawn["from"], drawn["to"], colors=colours, linewidth=3, alpha=0.7)
        for end in ends:
            axes.scatter(drawn[end], rows, c=colours, s=45, alpha=0.7)
        lanes(axes, names, width=26)
        axes.set_xscale("log")
        axes.margins(x=0.1)
        axes.xaxis.set_major_locator(LogLocator(numticks=4))
        axes.xaxis.set_major_formatter(lambda x, _: short_number(x))
        axes.xaxis.set_minor_formatter(NullFormatter())
        axes.grid(axis="x")
        axes.set_xlabel("amount in its own currency (log scale)")

    rest = (len(money) - len(drawn), "sum that is not above 0", "sums that are not above 0")
    alt, height = f"Sums of money on a log axis: {'; '.join(told[:30])}.", 0.6 + 0.4 * len(names)
    return Chart(title, drawn.filter(items=SUMS), alt, not_drawn(rest), height, paint)


def plot_dispersion(documents: pd.DataFrame, spans: pd.DataFrame | Spans) -> Chart:
    """The x-ray plot: where in the text each theme, phrase or name stands, one lane each.

    Of one document the axis is the text from its first to its last character; several stand side
    by side, each equally wide, in the order of the table.

    documents : the documents table, or some rows of it.
    spans : a *themes* table (its evidence), a *phrases* table (its spans), or a mapping from a
        label to a list of (doc, start, end).
    Raises KitError for another table.

    >>> plot_dispersion(pd.DataFrame({"text": ["Free trade."]}, index=["a"]),
    ...                 {"trade": [("a", 5, 10)]})
    Chart('Most occurrences: “trade”, 1')
    """
    lengths = documents["text"].str.len()
    table = pd.DataFrame(_occurrences(spans), columns=["label", "doc", "start", "end"])
    table = table[table["doc"].isin(lengths.index)].reset_index(drop=True)
    if not len(table):
        return Chart("None of the words occurs in the text", table)
    part = table["start"] / table["doc"].map(lengths).astype(float)
    table["place"] = lengths.index.get_indexer(table["doc"]) + part
    counts = table["label"].value_counts()
    places = table.groupby("label")["place"].agg(list)[counts.index[:LANES]]
    named = counts.drop(UNKNOWN, errors="ignore").rename("“{}”".format)
    title = f"{plural(len(table), 'occurrence')}, none of a known name"
    if len(named):
        within = table.loc[table["label"].map("“{}”".format) == named.index[0], "doc"].nunique()
        alone = f", in {within:,} of {len(lengths):,} documents" * (len(lengths) > 1)
        title = leading("Most occurrences", named, f"{named.iloc[0]:,}", alone=alone)

    def paint(figure: Figure) -> None:
        axes, rows, wide = figure.subplots(), range(len(places)), len(lengths)
        colours = [COLOURS[row % len(COLOURS)] for row in rows]
        axes.hlines(rows, 0, wide, color=PALE, linewidth=0.8)
        axes.vlines(range(1, wide), -0.6, len(places) - 0.4, color=PALE, linewidth=0.5)
        axes.eventplot(list(places), lineoffsets=rows, linelengths=0.7, colors=colours)
        lanes(axes, [f"{label} ({counts[label]:,})" for label in places.index])
        axes.set_xlim(-0.005 * wide, 1.005 * wide)
        axes.set_xlabel("documents, in the order of the table")
        axes.xaxis.set_major_locator(MaxNLocator(8, integer=wide > 1))
        if wide == 1:
            axes.xaxis.set_major_formatter(PercentFormatter(1))
            axes.set_xlabel(f"place in the text, of {lengths.iloc[0]:,} characters")

    told = [f"{name}: {plural(counts[name], 'occurrence')}" for name in places.index]
    alt = f"Dispersion plot over {plural(len(lengths), 'document')}: {'; '.join(told)}."
    caption = "A line is one occurrence." + not_drawn((len(counts) - LANES, "rarer label"))
    return Chart(title, table, alt, caption, 0.6 + 0.36 * len(places), paint)


def _occurrences(spans: pd.DataFrame | Spans) -> list[tuple[str, str, int, int]]:
    if not isinstance(spans, pd.DataFrame):
        return [(label, *place) for label, places in spans.items() for place in places]
    for name, where in ("theme", "evidence"), ("phrase", "spans"):
        if {name, where} <= set(spans):
            found = spans[[name, "doc", where]].explode(where).dropna(subset=where)
            return [(label, doc, *place) for label, doc, place in found.itertuples(index=False)]
    what = "neither a themes nor a phrases table"
    raise KitError(f"{what} — give one of them, or a mapping from a label to (doc, start, end)s")


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
    drawn = table.loc[sorted(often.index[:MOST_DATES])]
    first, last = (np.array([date2num(day) for day in drawn[end]]) for end in ("first", "last"))
    times = drawn["mentions"].to_numpy() * (last - first < LONG)
    times = times if times.any() else drawn["mentions"].to_numpy()
    low, high = _reach(np.concatenate([first, last + 1]).repeat([*times] * 2))
    place = (first + last + 1) / 2
    early, late = last < low, first > high
    dates = pd.to_datetime(documents.get("date", pd.Series(dtype=str)), errors="coerce")
    published, labels = date2num(dates.dropna()), [_label(row) for row in drawn.itertuples()]

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
    years = f"from {table['first'].min().year} to {table['last'].max().year}"
    title = f"{plural(len(table), 'date', 'different dates')}, {years}"
    alt = f"Timeline of dates: {'; '.join(f'{label}: {day} to {end}' for label, day, end in told)}."
    caption = not_drawn((len(table) - MOST_DATES, "rarer date"), vague)
    return Chart(title, table, alt, caption, 0.9 + 0.34 * len(drawn), paint)


def _dates(spoken: pd.DataFrame) -> pd.DataFrame:
    """One row for each different date with a place on the calendar, in its order."""
    days = [days_of(*told) for told in zip(spoken["timex"], spoken["text"], strict=True)]
    found = spoken.assign(days=days, modifier=spoken["modifier"].fillna("")).dropna(subset="days")
    found = found.assign(first=found["days"].map(min), last=found["days"].map(max))
    counts = {"mentions": ("doc", "size"), "documents": ("doc", "nunique")}
    counts |= {"quoted": ("speaker", "count"), "text": ("text", "first")}
    return found.groupby(["first", "last", "modifier"], as_index=False).agg(**counts)


def _reach(days: np.ndarray) -> tuple[float, float]:
    """The days that the axis covers: all, or without those that lie far off from most."""
    early, late = np.quantile(days, [1 / 6, 5 / 6])
    room = max(FAR * (late - early), 30)
    near = days[(days >= early - room) & (days <= late + room)]
    pad = max(2, 0.04 * np.ptp(near))
    low, high = date2num([date.min, date.max])
    return max(low, near.min() - pad), min(high, near.max() + pad)


def _label(row: object) -> str:
    """The date as written, with its modifier, and its year where the words do not say it."""
    label = f"{WORDS.get(row.modifier, row.modifier)} {row.text}".strip()
    if str(row.first.year) not in label:
        label += f" ({row.first if row.first == row.last else row.first.year})"
    return label + f" ×{row.mentions:,}" * (row.mentions > 1)


def days_of(timex: object, text: str = "") -> tuple[date, date] | None:
    """The first and the last day of a TIMEX3 date, or None where it has no place on a calendar.

    text : its words; "2016/17" is one year of twelve months, "2016 to 2017" are two.
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
