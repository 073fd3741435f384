"""Charts of themes and phrases: how much, and where in the text."""

from __future__ import annotations

import pandas as pd
from matplotlib.ticker import MaxNLocator

from ..documents import KitError
from ..text.wording import listed, plural
from .bars import bar_chart
from .base import Chart, empty_chart, finish, horizontal, new_figure, not_drawn, styled, wrapped
from .colours import BLUE, COLOURS, INK, PALE


def plot_themes(themes: pd.DataFrame, *, top: int = 15) -> Chart:
    """Bars: how many passages speak of each theme, the most frequent on top.

    themes : the table of `find_themes`.
    top : how many themes are drawn; the note says how many are not.

    >>> plot_themes(pd.DataFrame(columns=["doc", "theme", "evidence"])).title
    'No themes were found'
    """
    counts = themes.groupby("theme").agg(passages=("doc", "size"), documents=("doc", "nunique"))
    counts = counts.sort_index().sort_values("passages", ascending=False, kind="stable")
    counts = counts.reset_index()
    if not len(counts):
        return empty_chart("No themes were found", counts)
    documents, most = themes["doc"].nunique(), int(counts["passages"].iloc[0])
    leaders = [f"“{name}”" for name in counts.loc[counts["passages"] == most, "theme"]]
    share = plural(most, "passage") + (
        f" in {plural(int(counts['documents'].iloc[0]), 'document')}" if documents > 1 else ""
    )
    title = (
        f"{leaders[0]} is the commonest theme: {share}"
        if len(leaders) == 1
        else f"{listed(leaders)} are the commonest themes"
        if len(leaders) <= 3
        else f"{len(leaders)} themes are equally common: {plural(most, 'passage')} each"
    )
    labels = [
        f"{n:,}" + (f"  in {plural(d, 'document')}" if documents > 1 else "")
        for n, d in zip(counts["passages"], counts["documents"], strict=True)
    ]
    return _bars(
        counts,
        "theme",
        length="passages",
        said=labels,
        top=top,
        title=title,
        axis="number of passages that speak of the theme",
    )


def plot_phrases(phrases: pd.DataFrame, *, top: int = 15) -> Chart:
    """Bars: the key phrases with the highest scores, and how often each occurs.

    Over several documents a phrase's scores are added up.

    phrases : the table of `find_phrases`.
    top : how many phrases are drawn; the note says how many are not.

    >>> plot_phrases(pd.DataFrame({"doc": ["a"], "phrase": ["free trade"], "score": [2.0],
    ...                            "count": [3]})).title
    '“free trade” says best what the text is about'
    """
    counts = (
        phrases[["phrase", "score", "count", "doc"]]
        .groupby("phrase")
        .agg(score=("score", "sum"), count=("count", "sum"), documents=("doc", "nunique"))
    )
    counts = counts.sort_index().sort_values("score", ascending=False, kind="stable")
    counts = counts.reset_index()
    if not len(counts):
        return empty_chart("No key phrases were found", counts)
    documents = phrases["doc"].nunique()
    leading = [f"“{name}”" for name in counts["phrase"][:2]]
    title = (
        f"{listed(leading)} {'say' if len(leading) > 1 else 'says'} best what "
        f"{'the text is' if documents == 1 else f'the {documents:,} documents are'} about"
    )
    labels = [
        f"{n:,}×" + (f"  in {plural(d, 'document')}" if documents > 1 else "")
        for n, d in zip(counts["count"], counts["documents"], strict=True)
    ]
    return _bars(
        counts,
        "phrase",
        length="score",
        said=labels,
        top=top,
        title=title,
        axis="score (the higher, the more telling)",
        note=" Beside each bar: how often the phrase occurs.",
    )


def _bars(
    counts: pd.DataFrame,
    noun: str,
    *,
    length: str,
    said: list[str],
    top: int,
    title: str,
    axis: str,
    note: str = "",
) -> Chart:
    first = f"The first {top} of {plural(len(counts), noun)}." * (len(counts) > top)
    return bar_chart(
        counts[:top],
        {length: {"color": BLUE}},
        said=said[:top],
        axis=axis,
        noun=noun,
        names=[wrapped(name, 34, lines=2) for name in counts[noun][:top]],
        title=title,
        note=f"{first}{note}".strip(),
        data=counts,
    )


@styled
def plot_theme_progress(
    themes: pd.DataFrame, *, doc: str | None = None, top: int = 8, parts: pd.DataFrame | None = None
) -> Chart:
    """Where a text turns to what: each theme's weight, paragraph by paragraph, one lane each.

    themes : the table of `find_themes`.
    parts : the table of `find_parts`, whose boundaries are drawn as lines.
    doc : the document to follow; None takes the one with the most passages.
    top : how many themes are drawn, the heaviest first.
    Raises KitError when the document has no rows although others have.

    >>> plot_theme_progress(pd.DataFrame({"doc": ["a", "a"], "theme": ["trade", "roads"],
    ...                                   "paragraph": [0, 4], "weight": [1.0, 3.0]})).title
    '“roads” is strongest in paragraph 5'
    """
    columns = ["theme", "paragraph", "weight"]
    if not len(themes):
        return empty_chart("No themes were found", pd.DataFrame(columns=columns))
    if doc is None:
        sizes = themes["doc"].value_counts()
        doc = min(sizes.index[sizes == sizes.max()])
    chosen = themes[themes["doc"] == doc]
    if not len(chosen):
        raise KitError(
            f"no themes in document {doc!r} — documents with themes: "
            f"{', '.join(map(repr, sorted(set(themes['doc']))[:5]))}"
        )
    table = chosen.groupby(["theme", "paragraph"], as_index=False)["weight"].sum()[columns]
    total = table.groupby("theme")["weight"].sum()
    order = sorted(total.index, key=lambda name: (-total[name], str(name)))
    drawn = order[:top]
    first, last = int(table["paragraph"].min()), int(table["paragraph"].max())
    peak = table.sort_values(["weight", "paragraph"], ascending=[False, True]).iloc[0]
    title = (
        f"“{peak['theme']}” is strongest in paragraph {peak['paragraph'] + 1}"
        if len(table) > 1
        else f"One theme, “{order[0]}”, in paragraph {first + 1}"
    )
    tallest = table["weight"].max() or 1
    figure, (axes,) = new_figure(0.62 + 0.42 * len(drawn))
    for row, name in enumerate(drawn):
        line = table[table["theme"] == name]
        axes.bar(
            line["paragraph"] + 1,
            -0.8 * line["weight"] / tallest,
            bottom=row + 0.4,
            width=0.9 if last - first < 60 else 1,
            color=COLOURS[row % 6],
        )
        axes.axhline(row + 0.4, color=PALE, linewidth=0.8)
    horizontal(axes, [wrapped(name, 30, lines=2) for name in drawn], grid=False)
    axes.set_ylim(len(drawn) - 0.5, -0.6)
    bounds = _bounds(parts, doc)
    axes.vlines(bounds, -0.6, len(drawn) - 0.5, color=INK, linewidth=1.1, linestyle=(0, (4, 3)))
    axes.set_xlim(first + 0.4, last + 1.6)
    axes.xaxis.set_major_locator(MaxNLocator(20, integer=True, min_n_ticks=1))
    axes.set_xlabel("paragraph")
    rest = len(order) - len(drawn)
    note = (
        f"The document {doc}. " * (themes["doc"].nunique() > 1)
        + f"Height: the theme's weight in the paragraph (highest {tallest:.2g})."
        + not_drawn((rest, "lighter theme"))
        + " Dashed: the vocabulary changes here." * bool(bounds)
    )
    alt = (
        f"Themes by paragraph of {doc}: "
        + "; ".join(
            f"{name} in "
            + ", ".join(str(n + 1) for n in table.loc[table["theme"] == name, "paragraph"])
            for name in drawn
        )
        + "."
        + (f" Its vocabulary changes at {plural(len(bounds), 'place')}." if bounds else "")
    )
    return finish(figure, title=title, note=note, alt=alt, data=table)


def _bounds(parts: pd.DataFrame | None, doc: str) -> list[float]:
    """Where a document's parts begin, on an axis of paragraphs counted from 1."""
    if parts is None:
        return []
    own = parts[parts["doc"] == doc]
    return [
        paragraph + (1.0 if paragraph == before else 0.5)
        for before, paragraph in zip(own["last_paragraph"], own["paragraph"][1:], strict=False)
    ]
