"""Charts of speakers: how much each is quoted, how directly, in which tone, and how surely."""

from __future__ import annotations

import pandas as pd

from ..text.wording import known, listed, plural
from ..themes.evidence import KINDS, UNKNOWN, count_speakers
from .bars import bar_chart
from .base import Chart, empty_chart, finish, new_figure, not_drawn, styled, wrapped
from .colours import BLUE, GREY, ORANGE, PALE, SKY, VERMILION

LOOK = {
    "direct": {"color": BLUE},
    "mixed": {"color": SKY},
    "indirect": {"facecolor": "white", "edgecolor": BLUE, "hatch": "////", "linewidth": 0.8},
}

TONE_LOOK = {
    "neutral": {"color": PALE},
    "positive": {"color": BLUE},
    "negative": {"color": VERMILION},
    "not listed": {"facecolor": "white", "edgecolor": GREY, "linewidth": 0.8},
    "no cue": {"facecolor": "white", "edgecolor": GREY, "hatch": "....", "linewidth": 0.8},
}


def plot_speakers(quotes: pd.DataFrame, *, top: int = 20) -> Chart:
    """Stacked bars: each speaker's quotes, in their own words or through the reporter.

    quotes : the table of `find_quotes`.
    top : how many speakers are drawn; the note says how many are not.  Quotes without a known
        speaker are always drawn, as "(unknown)".

    >>> plot_speakers(pd.DataFrame({"doc": ["a"], "speaker": ["Li"], "kind": ["direct"],
    ...                             "quote": ["Yes."]})).title
    'Li speaks in the only quote, in direct speech'
    """
    counts = count_speakers(quotes)
    if not len(counts):
        return empty_chart("No quotes were found", counts)
    named = counts[counts["speaker"] != UNKNOWN]
    drawn = pd.concat([named[:top], counts[counts["speaker"] == UNKNOWN]], ignore_index=True)
    total = int(counts["quotes"].sum())
    title = _title(named, total)
    rest = named[top:]
    note = plural(len(named), "known speaker") + (
        f"; {len(rest):,} with {plural(int(rest['quotes'].max()), 'quote')} or fewer each are not "
        "drawn."
        if len(rest)
        else "."
    )
    roomy = len(drawn) <= 12  # then each name has its role below it
    said = [
        f"{n:,}  ({plural(int(words), 'word')})"
        for n, words in zip(drawn["quotes"], drawn["words"], strict=True)
    ]
    return bar_chart(
        drawn,
        LOOK,
        names=[_named(row, roomy) for _, row in drawn.iterrows()],
        said=said,
        axis="number of quotes",
        noun="quote",
        title=title,
        note=note,
        data=counts,
        each=0.46 if roomy else 0.34,
    )


def plot_tones(tones: pd.DataFrame, *, top: int = 12) -> Chart:
    """Stacked bars: in which tone the reporter's words introduce each speaker.

    tones : the table of `helpers.themes.speakers.count_tones`.
    top : how many speakers are drawn; quotes without a known speaker are always drawn.

    >>> plot_tones(pd.DataFrame({"speaker": ["Li"], "quotes": [2], "neutral": [1], "positive": [0],
    ...     "negative": [1], "not listed": [0], "no cue": [0]})).title
    'The words that introduce 1 of 2 quotes are neutral'
    """
    if not len(tones):
        return empty_chart("No quotes were found", tones)
    named = tones[tones["speaker"] != UNKNOWN]
    drawn = pd.concat([named[:top], tones[tones["speaker"] == UNKNOWN]], ignore_index=True)
    title = _tone_title(named, tones)
    note = (
        "The tone is the reporting word’s, from a word list: it says how the reporter "
        "introduces a speaker, not what the speaker thinks."
        + not_drawn((len(named) - top, "speaker"))
    )
    return bar_chart(
        drawn,
        TONE_LOOK,
        names=[wrapped(n, 34, lines=1) for n in drawn["speaker"]],
        said=[f"{n:,}" for n in drawn["quotes"]],
        axis="number of quotes",
        noun="quote",
        title=title,
        note=note,
        data=tones,
    )


def _tone_title(named: pd.DataFrame, tones: pd.DataFrame) -> str:
    for tone, verb in (("negative", "doubts"), ("positive", "lends weight to")):
        if len(named) and named[tone].max() > 1:
            first = named.sort_values(tone, ascending=False, kind="stable").iloc[0]
            return (
                f"The reporter {verb} {first['speaker']} most: the words that introduce "
                f"{first[tone]:,} of {first['quotes']:,} quotes are {tone}"
            )
    listed_cues = int(tones[["neutral", "positive", "negative"]].to_numpy().sum())
    if not listed_cues:
        return "No quote is introduced by a word whose tone is known"
    plain = int(tones["neutral"].sum())
    return f"The words that introduce {plain:,} of {listed_cues:,} quotes are neutral"


@styled
def plot_reliability(table: pd.DataFrame) -> Chart:
    """Points: how often quotes of each confidence were right, against the line of perfect measure.

    table : that of `helpers.quotes.confidence.reliability`, one row a level of a set of texts:
        set, confidence (the mean of the level, 0-1), right (the share that was right, 0-1), rows
        (how many were measured).

    >>> plot_reliability(pd.DataFrame({"set": ["press", "press"], "confidence": [0.5, 0.9],
    ...                                "right": [0.5, 0.9], "rows": [10, 30]})).title
    'Confidence is off by 0 percentage points on press texts'
    """
    measured = table[table["rows"] > 0]
    if not len(measured):
        return empty_chart("No confidence was measured", table)
    figure, (axes,) = new_figure(4.2)
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--")
    axes.text(0.98, 0.03, "dashed: right as often as said", color=GREY, fontsize=8.5, ha="right")
    errors, told = [], []
    groups = measured.groupby("set", sort=True)
    for (name, rows), color, marker in zip(groups, (ORANGE, BLUE), ("s", "o"), strict=False):
        gap = (rows["right"] - rows["confidence"]).abs()
        points = f"{100 * (gap * rows['rows']).sum() / rows['rows'].sum():.1f}".removesuffix(".0")
        errors.append(f"{points} percentage points on {name} texts")
        axes.plot(rows["confidence"], rows["right"], color=color, linewidth=1, alpha=0.6)
        axes.scatter(
            rows["confidence"],
            rows["right"],
            color=color,
            marker=marker,
            zorder=2,
            s=20 + 220 * rows["rows"] / rows["rows"].max(),
            label=f"{name} texts",
        )
        told += [f"{name}: at {row.confidence:.2f}, {row.right:.0%} of {row.rows:,}"
                 for row in rows.itertuples()]  # fmt: skip
    axes.legend(loc="upper left", frameon=False, markerscale=0.6)
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1.08)
    axes.set_xlabel("confidence that the kit gave")
    axes.set_ylabel("share that was right")
    axes.grid()
    return finish(
        figure,
        title=f"Confidence is off by {' and '.join(errors)}",
        data=table,
        alt=f"Scatter plot of confidence and share right: {'; '.join(told)}.",
        note="The larger a mark, the more quotes were measured at its level. Above the "
        "line the kit is too modest, below it too sure.",
    )


def _title(named: pd.DataFrame, total: int) -> str:
    """The finding: who is quoted most, and how directly."""
    if not len(named):
        return (
            "The speaker of the only quote is unknown"
            if total == 1
            else f"The speakers of all {total:,} quotes are unknown"
        )
    first = named.iloc[0]
    name, n, direct = first["speaker"], int(first["quotes"]), int(first["direct"])
    ties = list(named.loc[named["quotes"] == n, "speaker"])
    if total == 1:
        kind = next(kind for kind in KINDS if first[kind])
        return f"{name} speaks in the only quote, in {kind} speech"
    if len(ties) > 1:
        who = listed(ties) if len(ties) <= 3 else f"{len(ties):,} speakers"
        return f"{who} are quoted equally often: {n:,} of {total:,} quotes each"
    own = "all of them" if direct == n else f"{direct:,} of them" if direct else "none of them"
    if n == 1:
        return f"{name} speaks in 1 of {total:,} quotes" + ", in direct speech" * direct
    return f"{name} speaks in {n:,} of {total:,} quotes, {own} wholly in direct speech"


def _named(speaker: pd.Series, roomy: bool) -> str:
    role = speaker["role"] if roomy and known(speaker["role"]) else ""
    if not role or speaker["speaker"] == UNKNOWN:
        return wrapped(speaker["speaker"], 34, lines=2)
    return f"{wrapped(speaker['speaker'], 34, lines=1)}\n{wrapped(role, 34, lines=1)}"
