"""Charts of speakers: how much each is quoted, and how directly."""
from __future__ import annotations

import pandas as pd

from ..evidence import KINDS, UNKNOWN, count_speakers
from ..wording import known, listed, plural
from .base import BLUE, INK, SKY, Chart, empty_chart, finish, horizontal, new_figure, style, wrapped

LOOK = {"direct": {"color": BLUE}, "mixed": {"color": SKY},
        "indirect": {"facecolor": "white", "edgecolor": BLUE, "hatch": "////", "linewidth": 0.8}}


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
        "drawn." if len(rest) else ".")
    roomy = len(drawn) <= 12  # then each name has its role below it
    with style():
        figure, (axes,) = new_figure(0.85 + (0.46 if roomy else 0.34) * len(drawn))
        left = pd.Series(0, index=drawn.index)
        for kind in KINDS:
            axes.barh(range(len(drawn)), drawn[kind], left=left, height=0.68, label=kind,
                      **LOOK[kind])
            left = left + drawn[kind]
        for row, (n, words) in enumerate(zip(drawn["quotes"], drawn["words"], strict=True)):
            axes.annotate(f"{n:,}  ({plural(int(words), 'word')})", (left[row], row),
                          xytext=(5, 0), textcoords="offset points", va="center", fontsize=8.5,
                          color=INK)
        horizontal(axes, [_named(row, roomy) for _, row in drawn.iterrows()])
        axes.set_xlim(0, float(drawn["quotes"].max()) * 1.2)
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("number of quotes")
        figure.legend(*axes.get_legend_handles_labels(), loc="outside lower right", ncols=3,
                      borderpad=0, columnspacing=1.4)
        alt = f"Stacked bar chart of {plural(len(drawn), 'speaker')}: " + "; ".join(
            f"{row['speaker']}: {plural(int(row['quotes']), 'quote')} ("
            + ", ".join(f"{row[kind]:,} {kind}" for kind in KINDS if row[kind]) + ")"
            for _, row in drawn.iterrows()) + "."
        return finish(figure, title=title, note=note, alt=alt, data=counts)


def _title(named: pd.DataFrame, total: int) -> str:
    """The finding: who is quoted most, and how directly."""
    if not len(named):
        return ("The speaker of the only quote is unknown" if total == 1 else
                f"The speakers of all {total:,} quotes are unknown")
    first = named.iloc[0]
    name, n, direct = first["speaker"], int(first["quotes"]), int(first["direct"])
    ties = list(named.loc[named["quotes"] == n, "speaker"])
    if total == 1:
        kind = next(kind for kind in KINDS if first[kind])
        return f"{name} speaks in the only quote, in {kind} speech"
    if len(ties) > 1:
        who = listed(ties) if len(ties) <= 3 else f"{len(ties):,} speakers"
        return f"{who} are quoted equally often: {n:,} of {total:,} quotes each"
    own = ("all of them" if direct == n else f"{direct:,} of them" if direct else "none of them")
    if n == 1:
        return f"{name} speaks in 1 of {total:,} quotes" + ", in direct speech" * direct
    return f"{name} speaks in {n:,} of {total:,} quotes, {own} wholly in direct speech"


def _named(speaker: pd.Series, roomy: bool) -> str:
    role = speaker["role"] if roomy and known(speaker["role"]) else ""
    if not role or speaker["speaker"] == UNKNOWN:
        return wrapped(speaker["speaker"], 34, lines=2)
    return f"{wrapped(speaker['speaker'], 34, lines=1)}\n{wrapped(role, 34, lines=1)}"
