"""Bars, one row a name, stacked where there are parts; and lines of shares over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter

from ..text.wording import known, number, plural
from ..themes.evidence import UNKNOWN, count_speakers
from .base import Chart, lanes, leading, legend, not_drawn, wrapped
from .colours import BLUE, COLOURS, GREEN, GREY, ORANGE, SKY, VERMILION

SURE = 0.05  # the largest false discovery rate of a difference that is called sure
OTHER = "other or unknown"  # sources
Looks = Mapping[str, Mapping[str, object]]
KINDS: Looks = {
    "direct": {"color": BLUE},
    "mixed": {"color": SKY},
    "indirect": {"facecolor": "none", "edgecolor": BLUE, "hatch": "////", "linewidth": 0.8},
}
HOLDS = {"color": GREEN}, {"color": VERMILION}
MOST, SPEAKERS, TERMS = 15, 20, 10  # that are drawn; terms on each side
VOICES: Looks = {"known speaker": {"color": ORANGE}, "no known speaker": {"color": BLUE}}
PANELS = 6  # that are drawn, the commonest first


def bar_chart(
    rows: pd.DataFrame, title: str, data: pd.DataFrame, *, axis: str, caption: str = "",
    looks: Looks | None = None, said: Sequence[str] | None = None,
) -> Chart:  # fmt: skip
    """Horizontal bars, with a legend where they have several parts.

    rows : a row a bar, by its name, and a column a part of it.
    title, data, caption : as in `Chart`; axis : what the length is.
    looks : {column: how its part is drawn, as matplotlib takes it}; None is blue.
    said : what stands behind each bar; None takes its length.
    """
    totals, several = rows.sum(axis=1), len(rows.columns) > 1
    said = [number(total) for total in totals] if said is None else said

    def paint(figure: Figure) -> None:
        axes, ends = figure.subplots(), pd.Series(0, rows.index)
        for part in rows:
            look = (looks or {}).get(part, {"color": BLUE})
            sizes = rows[part].replace(0, float("nan"))  # not even an edge
            label = wrapped(part, 18, lines=1)
            axes.barh(range(len(rows)), sizes, left=ends, height=0.7, label=label, **look)
            ends = ends + rows[part]
        bars = axes.barh(range(len(rows)), totals, height=0)
        axes.bar_label(bars, labels=said, padding=4, fontsize=9)
        lanes(axes, rows.index)
        axes.margins(x=0.12 if (totals >= 0).all() else 0.25)  # room for the words
        axes.set_xlabel(axis)
        axes.locator_params(axis="x", nbins=5, integer=(totals % 1 == 0).all())
        if several:
            legend(axes)

    told = [f"{name}: {words}" for name, words in zip(rows.index, said, strict=True)]
    for n, (_, row) in enumerate(rows.iterrows() if several else ()):
        told[n] += "".join(f", {number(size)} {part}" for part, size in row.items() if size)
    tall = 0.4 if any(len(str(name)) > 22 for name in rows.index) else 0.3
    height = 0.6 + 0.07 * len(rows.columns) + tall * len(rows)
    return Chart(title, data, f"Bars, {axis}: {'; '.join(told)}.", caption, height, paint)


def plot_themes(themes: pd.DataFrame) -> Chart:
    """Bars: how many passages speak of each theme, the most frequent on top.

    themes : the table of `find_themes`.

    >>> plot_themes(pd.DataFrame({"doc": ["a", "a"], "theme": ["trade", "trade"]}))
    Chart('Commonest theme: “trade”, 2 passages')
    """
    if not len(themes):
        return Chart("No themes were found", themes)
    counts = themes.groupby("theme")["doc"].agg(passages="size", documents="nunique")
    counts = counts.sort_values("passages", ascending=False, kind="stable")
    passages = counts["passages"].rename("“{}”".format)
    title = leading("Commonest theme", passages, plural(int(passages.max()), "passage"))
    rest, data = not_drawn((len(counts) - MOST, "theme")), counts.reset_index()
    return bar_chart(counts[["passages"]][:MOST], title, data, axis="passages", caption=rest)


def plot_phrases(phrases: pd.DataFrame) -> Chart:
    """Bars: the key phrases with the highest scores, and how often each occurs.

    Over several documents a phrase's scores, and its occurrences, are added up over those whose
    key phrase it is.

    phrases : the table of `find_phrases`.

    >>> plot_phrases(pd.DataFrame({"doc": ["a"], "phrase": ["free trade"], "score": [2.0],
    ...                            "count": [3]}))
    Chart('Highest score: “free trade”, 2')
    """
    if not len(phrases):
        return Chart("No key phrases were found", phrases)
    groups, many = phrases.groupby("phrase"), phrases["doc"].nunique() > 1
    sums = groups[["score", "count"]].sum().assign(documents=groups["doc"].nunique())
    sums = sums.sort_values("score", ascending=False, kind="stable")
    scores = sums["score"].rename("“{}”".format)
    title = leading("Highest score", scores, f"{scores.max():.3g}")
    said = [f"{row.count}×" + f" in {row.documents:,}" * many for row in sums[:MOST].itertuples()]
    where = ", and in how many documents"
    if not phrases.attrs.get("complete"):
        where = " in the documents whose key phrase it is, and their number"
    rest = not_drawn((len(sums) - MOST, "phrase"))
    caption = f"Beside each bar: how often the phrase occurs{where * many}.{rest}"
    rows, data = sums[["score"]][:MOST], sums.reset_index()
    return bar_chart(rows, title, data, axis="score", said=said, caption=caption)


def plot_speakers(quotes: pd.DataFrame) -> Chart:
    """Stacked bars: each speaker's quotes, in their own words or through the reporter.

    quotes : the table of `find_quotes`.

    >>> plot_speakers(pd.DataFrame({"doc": ["a"], "speaker": ["Li"], "kind": ["direct"],
    ...                             "quote": ["Yes."]}))
    Chart('Most quoted: Li, 1 of 1 quote, direct 1')
    """
    if not len(quotes):
        return Chart("No quotes were found", quotes)
    counts = count_speakers(quotes)
    unknown, total = counts["speaker"] == UNKNOWN, plural(len(quotes), "quote")
    named = counts[~unknown].set_index("speaker")
    title = f"{total}, none of a known speaker"
    if len(named):
        size, own = f"{named['quotes'].max():,} of {total}", f", direct {named['direct'].iloc[0]:,}"
        title = leading("Most quoted", named["quotes"], size, alone=own)
    drawn = pd.concat([counts[~unknown][:SPEAKERS], counts[unknown].assign(role=None)])
    who = zip(drawn["speaker"], drawn["role"], strict=True)
    names = [f"{name}, {role}" if known(role) and len(drawn) < 11 else name for name, role in who]
    rows, rest = drawn[list(KINDS)].set_axis(names), not_drawn((len(named) - SPEAKERS, "speaker"))
    return bar_chart(rows, title, counts, axis="quotes", looks=KINDS, caption=rest)


def plot_figure_kinds(figures: pd.DataFrame) -> Chart:
    """Bars: how many figures of each kind, and how many stand in a known speaker's quotes.

    figures : the table of `find_figures`.

    >>> plot_figure_kinds(pd.DataFrame({"kind": ["money", "date"], "speaker": ["Li", None]}))
    Chart('2 figures, 1 of a known speaker')
    """
    if not len(figures):
        return Chart("No figures were found", figures)
    voice = figures["speaker"].map(lambda speaker: list(VOICES)[not known(speaker)])
    counts = pd.crosstab(figures["kind"], voice).reindex(columns=list(VOICES), fill_value=0)
    counts = counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]
    claimed = counts["known speaker"].sum()
    title = f"{plural(len(figures), 'figure')}, {claimed:,} of a known speaker"
    return bar_chart(counts, title, counts.reset_index(), axis="figures", looks=VOICES)


def plot_periods(periods: pd.DataFrame) -> Chart:
    """Stacked bars: how many documents there are from each period, by source.

    periods : as `count_periods` gives them.

    >>> plot_periods(pd.DataFrame({"period": [], "source": [], "documents": []}))
    Chart('No document has a date')
    """
    if not len(periods):
        return Chart("No document has a date", periods)
    sizes = periods[periods["source"] != ""].groupby("source")["documents"].sum()
    sources = [*sizes.nlargest(len(COLOURS)).index, OTHER]
    table = periods.assign(source=periods["source"].where(periods["source"].isin(sources), OTHER))
    table = table.pivot_table("documents", "period", "source", "sum", fill_value=0)
    table = table[[name for name in sources if name in table]]
    ends = (pd.Period(table.index[n]) for n in (0, -1))
    every = [str(day).replace("Q", "-Q") for day in pd.period_range(*ends)]
    totals, rows = table.sum(axis=1), table.reindex(every, fill_value=0)
    most = f"most from {totals.idxmax()}: {totals.max():,}"
    title = f"{plural(totals.sum(), 'dated document')}, {most}"
    looks = {name: {"color": colour} for name, colour in zip(table, COLOURS, strict=False)}
    looks[OTHER] = {"color": GREY, "alpha": 0.4}
    rest = not_drawn((periods.attrs.get("undated", 0), "undated document"))
    return bar_chart(rows, title, periods, axis="documents", looks=looks, caption=rest)


def plot_keyness(table: pd.DataFrame, *, name: str, rest: str) -> Chart:
    """Bars to both sides: the terms that set a subset apart, and those of all others.

    Length is G², how sure the difference is; what chance may have made, among so many terms, is
    grey (`p_adjusted` above 0.05).

    table : as `keyness` gives it.
    name, rest : what the subset and the others are called.

    >>> plot_keyness(pd.DataFrame(), name="2023", rest="others")
    Chart('Nothing to compare: one side has no documents')
    """
    if not len(table):
        return Chart("Nothing to compare: one side has no documents", table)
    more, sure = table["g2"] > 0, table["p_adjusted"] <= SURE
    drawn = pd.concat([table[more][:TERMS], table[~more][-TERMS:]])
    sides = {name: more & sure, rest: ~more & sure, "may be chance": ~sure}
    rows = pd.DataFrame({side: drawn["g2"].where(where, 0) for side, where in sides.items()})
    looks = {"color": BLUE}, {"color": ORANGE}, {"color": GREY, "alpha": 0.4}
    looks, rows = dict(zip(rows, looks, strict=True)), rows.set_axis(drawn["term"])
    said = [f"{row.count_a:,} : {row.count_b:,}" for row in drawn.itertuples()]
    title = (
        f"{sure.sum():,} of {plural(len(table), 'term')} differ surely between {name} and {rest}"
    )
    left, axis = not_drawn((len(table) - len(drawn), "term")), "G²: how sure the difference is"
    caption = f"Beside each bar: occurrences in {name} and in {rest}. Sure: at a false discovery "
    caption += f"rate of {SURE:.0%}.{left}"
    return bar_chart(rows, title, table, axis=axis, looks=looks, said=said, caption=caption)


def plot_topics(terms: pd.DataFrame, *, note: str = "") -> Chart:
    """Bars: how many documents each topic leads, with its terms, coherence and stability.

    terms, note : as in `Topics`.

    >>> plot_topics(pd.DataFrame(), note="Topics need at least 100 documents.")
    Chart('Topics need at least 100 documents.')
    """
    if not len(terms):
        return Chart(note or "No topics were found", terms)
    topics = terms.groupby("topic", sort=False).first()
    holds = (topics["coherence"] > 0) & (topics["stability"] >= 0.5)
    parts = {"coherent, stable": holds, "not both": ~holds}
    rows = pd.DataFrame({part: topics["documents"].where(one, 0) for part, one in parts.items()})
    facts = topics[["documents", "coherence", "stability"]].itertuples(index=False)
    said = ["{:,} ({:.2f}, {:.2f})".format(*row) for row in facts]
    title = f"{plural(len(topics), 'topic')}, {holds.sum():,} coherent and stable"
    caption = f"In brackets: coherence (above 0?) and stability (at least 0.5?). {note}"
    looks, axis = dict(zip(parts, HOLDS, strict=True)), "documents that the topic leads"
    return bar_chart(rows, title, terms, axis=axis, looks=looks, said=said, caption=caption)


def plot_trends(trends: pd.DataFrame, *, what: str = "theme") -> Chart:
    """A panel for each theme or topic: its share in each period with its interval, and n below.

    trends : as `find_trends` gives them.
    what : what they are called.

    >>> plot_trends(pd.DataFrame({"n": []}))
    Chart('Nothing to follow: no dated document has a theme')
    """
    seen = trends[trends["n"] > 0]
    if not len(seen):
        return Chart(f"Nothing to follow: no dated document has a {what}", seen)
    sums = (seen["share"] * seen["n"]).groupby(seen["name"]).sum()
    names = sums.sort_values(ascending=False, kind="stable").index[:PANELS]
    periods = trends.drop_duplicates("period")["period"]

    def paint(figure: Figure) -> None:
        *panels, below = figure.subplots(len(names) + 1, 1, sharex=True)
        for axes, name in zip(panels, names, strict=True):
            line = trends[trends["name"] == name]
            axes.fill_between(line["period"], line["low"], line["high"], color=BLUE, alpha=0.2)
            axes.plot(line["period"], line["share"], "o-", color=BLUE, markersize=4, clip_on=False)
            axes.set_title(wrapped(name, 50, lines=1), pad=3)
            axes.yaxis.set_major_formatter(PercentFormatter(1, 0))
            axes.yaxis.set_major_locator(MaxNLocator(2))
            axes.set_ylim(0, max(0.05, trends["high"].max()))
        below.bar(line["period"], line["n"], color=GREY)
        below.set_title("documents", pad=3)
        below.yaxis.set_major_locator(MaxNLocator(2, integer=True))
        below.set_xticks(periods[:: -(-len(periods) // 10)])
        below.tick_params(axis="x", rotation=40 * (len(periods) > 5))

    drawn = seen[seen["name"].isin(names)].itertuples()
    told = [f"{row.name}: {row.share:.0%} of {row.n} in {row.period}" for row in drawn]
    alt = f"Shares of documents over time: {'; '.join(told)}."
    caption = "Line: share of the period’s documents; band: interval of 95 in 100."
    caption += not_drawn((len(sums) - PANELS, what))
    return Chart(_change(seen, what), trends, alt, caption, 0.6 + 0.85 * (len(names) + 1), paint)


def _change(seen: pd.DataFrame, what: str) -> str:
    """The largest change whose intervals, in the first and the last period, do not overlap."""
    one, other = seen["period"].iloc[[0, -1]]
    first, last = (seen[seen["period"] == end].set_index("name") for end in (one, other))
    if one == other:
        return f"All dated documents are from {one}"
    change = (last["share"] - first["share"]).abs()
    change = change[(first["low"] > last["high"]) | (last["low"] > first["high"])]
    if not len(change):
        return f"The intervals of {one} and of {other} overlap for every {what}"
    begin, end = first["share"][change.idxmax()], last["share"][change.idxmax()]
    return f"Largest change: “{change.idxmax()}”, {begin:.0%} in {one} and {end:.0%} in {other}"
