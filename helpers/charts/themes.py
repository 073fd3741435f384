"""Charts of themes and phrases: how much, where, by whom."""
from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
from matplotlib.colors import to_rgb
from matplotlib.ticker import MaxNLocator

from ..documents import KitError
from ..evidence import NO_THEME, UNKNOWN
from ..wording import listed, plural
from .base import (
    BLUE,
    COLOURS,
    GREY,
    INK,
    PALE,
    WIDTH,
    Chart,
    empty_chart,
    finish,
    horizontal,
    new_figure,
    style,
    wrapped,
)

UNITS = {"quotes": "Number of quotes", "words": "Words in the quotes",
         "share": "Share of the speaker’s quotes"}


def plot_themes(themes: pd.DataFrame, *, by: Literal["passages", "evidence"] = "passages",
                top: int = 15) -> Chart:
    """Bars: how many passages speak of each theme, the most frequent on top.

    themes : the table of `find_themes`.
    by : "passages" counts passages; "evidence" counts the words that say so.
    top : how many themes are drawn; the note says how many are not.
    Raises KitError for another `by`.

    >>> plot_themes(pd.DataFrame(columns=["doc", "theme", "evidence"])).title
    'No themes were found'
    """
    if by not in ("passages", "evidence"):
        raise KitError(f"no measure {by!r} — give 'passages' or 'evidence'")
    counts = themes[["theme", "doc"]].assign(
        passages=1, words=[len(words) for words in themes["evidence"]]).groupby("theme").agg(
        passages=("passages", "sum"), evidence=("words", "sum"), documents=("doc", "nunique"))
    counts = counts.sort_index().sort_values(by, ascending=False, kind="stable").reset_index()
    if not len(counts):
        return empty_chart("No themes were found", counts)
    unit = "passage" if by == "passages" else "word"
    documents = themes["doc"].nunique()
    leaders = [name for name, n in zip(counts["theme"], counts[by], strict=True)
               if n == counts[by].iloc[0]]
    share = plural(int(counts[by].iloc[0]), unit) + (
        f" in {plural(int(counts['documents'].iloc[0]), 'document')}" if documents > 1 else "")
    title = (f"“{leaders[0]}” is the commonest theme: {share}" if len(leaders) == 1 else
             f"{listed([f'“{name}”' for name in leaders])} are the commonest themes"
             if len(leaders) <= 3 else f"{len(leaders)} themes are equally common: "
             f"{plural(int(counts[by].iloc[0]), unit)} each")
    labels = [f"{n:,}" + (f"  in {plural(d, 'document')}" if documents > 1 else "") for n, d in
              zip(counts[by], counts["documents"], strict=True)]
    return _bars(counts, name="theme", length=by, labels=labels, top=top, title=title,
                 axis=f"number of {unit}s that speak of the theme", noun="theme", note=[])


def plot_phrases(phrases: pd.DataFrame, *, top: int = 15) -> Chart:
    """Bars: the key phrases with the highest scores, and how often each occurs.

    Over several documents a phrase's scores are added up.

    phrases : the table of `find_phrases`.
    top : how many phrases are drawn; the note says how many are not.

    >>> plot_phrases(pd.DataFrame({"doc": ["a"], "phrase": ["free trade"], "score": [2.0],
    ...                            "count": [3]})).title
    '“free trade” says best what the text is about'
    """
    counts = phrases[["phrase", "score", "count", "doc"]].groupby("phrase").agg(
        score=("score", "sum"), count=("count", "sum"), documents=("doc", "nunique"))
    counts = counts.sort_index().sort_values("score", ascending=False, kind="stable")
    counts = counts.reset_index()
    if not len(counts):
        return empty_chart("No key phrases were found", counts)
    documents = phrases["doc"].nunique()
    leading = [f"“{name}”" for name in counts["phrase"][:2]]
    title = (f"{listed(leading)} {'say' if len(leading) > 1 else 'says'} best what "
             f"{'the text is' if documents == 1 else f'the {documents:,} documents are'} about")
    labels = [f"{n:,}×" + (f"  in {plural(d, 'document')}" if documents > 1 else "") for n, d in
              zip(counts["count"], counts["documents"], strict=True)]
    return _bars(counts, name="phrase", length="score", labels=labels, top=top, title=title,
                 axis="score (the higher, the more telling)", noun="phrase",
                 note=["Beside each bar: how often the phrase occurs."])


def _bars(counts: pd.DataFrame, *, name: str, length: str, labels: list[str], top: int,
          title: str, axis: str, noun: str, note: list[str]) -> Chart:
    drawn = counts[:top]
    if len(counts) > top:
        note = [f"The first {top} of {plural(len(counts), noun)}.", *note]
    with style():
        figure, (axes,) = new_figure(0.62 + 0.32 * len(drawn))
        axes.barh(range(len(drawn)), drawn[length], height=0.68, color=BLUE)
        for row, (size, label) in enumerate(zip(drawn[length], labels, strict=False)):
            axes.annotate(label, (size, row), xytext=(4, 0), textcoords="offset points",
                          va="center", fontsize=8.5, color=INK)
        horizontal(axes, [wrapped(label, 34, lines=2) for label in drawn[name]])
        axes.set_xlim(0, float(drawn[length].max()) * 1.14 or 1)
        axes.set_xlabel(axis)
        if (drawn[length] % 1 == 0).all():
            axes.xaxis.get_major_locator().set_params(integer=True)
        alt = (f"Bar chart of {plural(len(drawn), noun)}: " + "; ".join(
            f"{what} {label.strip()}" for what, label in
            zip(drawn[name], labels, strict=False)) + ".")
        return finish(figure, title=title, note=" ".join(note), alt=alt,
                      data=counts)


def plot_theme_speakers(matrix: pd.DataFrame, *, top: int = 20) -> Chart:
    """A heat map: who is quoted on which theme, with the numbers in the cells.

    matrix : the table of `count_theme_speakers`; whole numbers, or shares between 0 and 1.
    top : how many speakers (rows) are drawn, those whose quotes carry most themes first, beside
        the unknown ones; at most 12 columns are drawn.

    >>> plot_theme_speakers(pd.DataFrame({"trade": [2, 0]}, index=["Li", "Xu"])).title
    'Li speaks most of “trade”: 2 quotes'
    """
    if not matrix.size:
        return empty_chart("No quotes, so no speakers on any theme", matrix)
    measure = matrix.attrs.get("measure", "quotes")
    named = matrix.drop(index=UNKNOWN, errors="ignore").drop(columns=NO_THEME, errors="ignore")
    shown = named.iloc[:, :12 - (NO_THEME in matrix)]
    order = shown.sum(axis=1).sort_values(ascending=False, kind="stable").index[:top]
    drawn = matrix.loc[[*order, *([UNKNOWN] * (UNKNOWN in matrix.index))],
                       [*shown.columns, *([NO_THEME] * (NO_THEME in matrix))]]
    values, share = drawn.to_numpy(dtype=float), measure == "share"
    with style():
        letters = round((WIDTH - 2.4) / drawn.shape[1] * 15)  # that fit over a column
        slanted = letters < max(len(word) for name in drawn for word in f"{name} .".split())
        figure, (axes,) = new_figure(0.5 + 0.9 * slanted + 0.42 * max(len(drawn), 1.5))
        cells = _cell_colours(drawn, values)
        axes.imshow(cells, aspect="auto")
        for (i, j), value in np.ndenumerate(values):
            axes.text(j, i, (f"{value:.0%}" if share else f"{value:,.0f}") if value else "·",
                      ha="center", va="center", fontsize=9,
                      color="white" if cells[i, j] @ (0.3, 0.59, 0.11) < 0.55 else
                      INK if value else GREY)
        axes.set_xticks(range(drawn.shape[1]), [
            wrapped(name, 22 if slanted else letters, lines=2 if slanted else 3)
            for name in drawn.columns], fontsize=8, rotation=40 if slanted else 0,
            ha="left" if slanted else "center", rotation_mode="anchor" if slanted else "default")
        axes.set_yticks(range(len(drawn)), [wrapped(name, 28, lines=2) for name in drawn.index])
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        axes.spines[:].set_visible(False)
        axes.set_xticks(np.arange(-0.5, drawn.shape[1]), minor=True)
        axes.set_yticks(np.arange(-0.5, len(drawn)), minor=True)
        axes.grid(which="minor", color="white", linewidth=2)
        axes.tick_params(which="minor", length=0)
        left_out = [plural(n, noun) for n, noun in (
            (len(matrix) - len(drawn), "speaker"), (matrix.shape[1] - drawn.shape[1], "theme"))
            if n]
        note = f"{UNITS[measure]} that use the theme’s words; a quote may use several themes’." + (
            " Grey: no theme or no known speaker, shaded by a scale of its own." if
            {NO_THEME} & set(drawn.columns) or UNKNOWN in drawn.index else "") + (
            f" Not drawn: {listed(left_out)}." if left_out else "")
        alt = "Heat map of speakers and themes: " + "; ".join(
            f"{speaker}: " + (", ".join(f"{theme} {f'{n:.0%}' if share else f'{n:,}'}"
                                        for theme, n in line.items() if n) or "none")
            for speaker, line in drawn.iterrows()) + "."
        return finish(figure, title=_heaviest(named, measure), note=note, alt=alt, data=matrix)


def _cell_colours(drawn: pd.DataFrame, values: np.ndarray) -> np.ndarray:
    """Blue by size; what has no theme or no speaker is grey and has a scale of its own."""
    apart = np.array([[name == NO_THEME or who == UNKNOWN for name in drawn.columns]
                      for who in drawn.index])
    scale = np.where(apart, values[apart].max(initial=0) or 1, values[~apart].max(initial=0) or 1)
    depth = np.clip(values / scale, 0, 1)[..., None] ** 0.8
    colours = np.where(apart[..., None], to_rgb(GREY), to_rgb(BLUE))
    return np.where(depth > 0, 1 - depth * (1 - colours), 0.965)


def _heaviest(named: pd.DataFrame, measure: str) -> str:
    """The finding: which speaker is quoted most on which theme; what is equal is said to be."""
    if not named.size or not named.to_numpy().max() > 0:
        return "No quote of a known speaker uses any theme’s words"
    cells = named.stack()
    most = cells.max()
    pairs = list(cells.index[cells == most])
    size = f"{most:.0%} of the quotes" if measure == "share" else plural(
        int(most), "quote" if measure == "quotes" else "word")
    speakers = list(dict.fromkeys(speaker for speaker, _ in pairs))
    if len(speakers) == 1 and len(pairs) <= 3:
        themes = listed([f"“{theme}”" for _, theme in pairs])
        return f"{speakers[0]} speaks most of {themes}: {size}" + " each" * (len(pairs) > 1)
    if len(pairs) <= 3:
        return f"{listed([f'{who} on “{theme}”' for who, theme in pairs])} lead with {size} each"
    return f"No pair stands out: the largest, {size}, is shared by {len(pairs):,}"


def plot_theme_progress(themes: pd.DataFrame, *, doc: str | None = None, top: int = 8) -> Chart:
    """Where a text turns to what: each theme's weight, paragraph by paragraph, one lane each.

    themes : the table of `find_themes`.
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
        raise KitError(f"no themes in document {doc!r} — documents with themes: "
                       f"{', '.join(map(repr, sorted(set(themes['doc']))[:5]))}")
    table = chosen.groupby(["theme", "paragraph"], as_index=False)["weight"].sum()[columns]
    total = table.groupby("theme")["weight"].sum()
    order = sorted(total.index, key=lambda name: (-total[name], str(name)))
    drawn = order[:top]
    first, last = int(table["paragraph"].min()), int(table["paragraph"].max())
    peak = table.sort_values(["weight", "paragraph"], ascending=[False, True]).iloc[0]
    title = (f"“{peak['theme']}” is strongest in paragraph {peak['paragraph'] + 1}"
             if len(table) > 1 else f"One theme, “{order[0]}”, in paragraph {first + 1}")
    tallest = table["weight"].max() or 1
    with style():
        figure, (axes,) = new_figure(0.62 + 0.42 * len(drawn))
        for row, name in enumerate(drawn):
            line = table[table["theme"] == name]
            axes.bar(line["paragraph"] + 1, -0.8 * line["weight"] / tallest, bottom=row + 0.4,
                     width=0.9 if last - first < 60 else 1, color=COLOURS[row % 6])
            axes.axhline(row + 0.4, color=PALE, linewidth=0.8)
        horizontal(axes, [wrapped(name, 30, lines=2) for name in drawn], grid=False)
        axes.set_ylim(len(drawn) - 0.5, -0.6)
        axes.set_xlim(first + 0.4, last + 1.6)
        axes.xaxis.set_major_locator(MaxNLocator(20, integer=True, min_n_ticks=1))
        axes.set_xlabel("paragraph")
        note = (f"Height: the theme's weight in the paragraph (highest {tallest:.2g})." + (
            f" {len(order) - top:,} lighter themes are not drawn." if len(order) > top else ""))
        alt = f"Themes by paragraph of {doc}: " + "; ".join(
            f"{name} in " + ", ".join(str(n + 1) for n in
                                      table.loc[table["theme"] == name, "paragraph"])
            for name in drawn) + "."
        return finish(figure, title=title, note=note, alt=alt, data=table)
