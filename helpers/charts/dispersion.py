"""The dispersion chart, or x-ray plot: where in the text the words of each label occur."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from ..documents import KitError
from ..text.sentences import paragraphs
from ..text.wording import plural
from .base import Chart, empty_chart, finish, horizontal, new_figure, styled, wrapped
from .colours import COLOURS, PALE

ALL = "all through the text"


@styled
def plot_dispersion(
    documents: pd.DataFrame,
    spans: pd.DataFrame | Mapping[str, list],
    *,
    doc: str | None = None,
    top: int = 12,
    verb: str = "occurs",
) -> Chart:
    """The x-ray plot: where in the text each theme, phrase or word occurs, one lane each.

    With several documents they are laid end to end, in the order of the documents table.

    documents : the documents table, for lengths and paragraphs.
    spans : a *themes* table (its evidence), a *phrases* table (its spans), or a mapping from a
        label to a list of (doc, start, end).
    doc : only this document; None means all of them.
    top : how many lanes; the note says how many are not drawn.
    verb : what the labels do, for the title: speakers speak.
    Raises KitError when the document is not in the table.

    >>> plot_dispersion(pd.DataFrame({"text": ["Free trade."]}, index=["a"]),
    ...                 {"trade": [("a", 5, 10)]}).title
    '“trade” occurs once, 45% of the way through'
    """
    if doc is not None and doc not in documents.index:
        raise KitError(
            f"no document {doc!r} — the table has {len(documents)}, such as "
            f"{', '.join(map(repr, documents.index[:3]))}"
        )
    texts = documents["text"] if doc is None else documents.loc[[doc], "text"]
    lengths = np.array([len(text) for text in texts], dtype=float)
    begins = dict(
        zip(
            texts.index,
            np.concatenate([[0], np.cumsum(lengths)[:-1]]) if len(lengths) else [],
            strict=True,
        )
    )
    places = pd.DataFrame(
        [row for row in _occurrences(spans) if row[1] in begins],
        columns=["label", "doc", "start", "end"],
    )
    total = lengths.sum()
    if not len(places) or not total:
        return empty_chart("None of the words occurs in the text", places)
    places["place"] = [
        (begins[d] + s) / total for d, s in zip(places["doc"], places["start"], strict=True)
    ]
    counts = places["label"].value_counts()
    order = sorted(counts.index, key=lambda label: (-counts[label], str(label)))
    places = places.sort_values(["label", "place"], ignore_index=True)
    drawn = order[:top]
    lanes = dict(iter(places[places["label"].isin(drawn)].groupby("label")["place"]))
    single = len(texts) == 1
    title = f"“{order[0]}” {verb} {_times(int(counts[order[0]]))}, {_where(lanes[order[0]])}"
    if not single:
        within = places.loc[places["label"] == order[0], "doc"].nunique()
        title = (
            f"“{order[0]}” {verb} {_times(int(counts[order[0]]))} in {within:,} of "
            f"{plural(len(texts), 'document')}"
        )
    elif spread := [label for label in drawn[1:] if _where(lanes[label]) == ALL]:
        title += f"; “{spread[0]}” {ALL}"
    unit = "paragraph" if single else "document"
    borders = (
        np.array([start for start, _ in paragraphs(texts.iloc[0])]) / total
        if single
        else np.array(list(begins.values())) / total
    )
    figure, (axes,) = new_figure(0.62 + 0.36 * len(drawn))
    for row, label in enumerate(drawn):
        axes.axhline(row, color=PALE, linewidth=0.8, zorder=0)
        axes.vlines(
            lanes[label], row - 0.36, row + 0.36, linewidth=1.6, color=COLOURS[row % 6], zorder=2
        )
    if len(borders) <= 200:
        axes.vlines(borders, -0.6, len(drawn) - 0.4, color=PALE, linewidth=0.8, zorder=0)
    horizontal(
        axes, [f"{wrapped(label, 30, lines=2)}  ({counts[label]:,})" for label in drawn], grid=False
    )
    axes.set_xlim(-0.005, 1.005)
    ticks = _apart(borders, 0.035 if len(borders) < 100 else 0.055)
    axes.set_xticks(borders[ticks], [f"{n + 1:,}" for n in ticks])
    axes.set_xlabel(f"{unit} (the width is the length of the text: {int(total):,} characters)")
    note = f"Each line is one occurrence; vertical lines begin a {unit}." + (
        f" {len(order) - top:,} rarer labels are not drawn." if len(order) > top else ""
    )
    alt = (
        f"Dispersion plot over {plural(len(borders), unit)}: "
        + "; ".join(
            f"{label}: {plural(int(counts[label]), 'occurrence')}, {_where(lanes[label])}"
            for label in drawn
        )
        + "."
    )
    return finish(figure, title=title, note=note, alt=alt, data=places)


def _occurrences(spans: pd.DataFrame | Mapping[str, list]) -> list[tuple[str, str, int, int]]:
    if isinstance(spans, pd.DataFrame):
        name, where = ("theme", "evidence") if "theme" in spans else ("phrase", "spans")
        if name not in spans or where not in spans:
            raise KitError(
                "neither a themes nor a phrases table — give one of them, or a "
                "mapping from a label to a list of (doc, start, end)"
            )
        return [
            (label, doc, start, end)
            for label, doc, found in zip(spans[name], spans["doc"], spans[where], strict=True)
            for start, end in found
        ]
    return [(label, doc, start, end) for label, found in spans.items() for doc, start, end in found]


def _times(n: int) -> str:
    return "once" if n == 1 else "twice" if n == 2 else f"{n:,} times"


def _apart(places: np.ndarray, gap: float) -> list[int]:
    """The numbers of rising places that keep a gap, the first one first."""
    chosen, last = [], -1.0
    for index, place in enumerate(places):
        if place - last >= gap:
            chosen.append(index)
            last = place
    return chosen


def _where(places: pd.Series) -> str:
    first, last = places.min(), places.max()
    if len(places) == 1:
        return "at the very beginning" if first < 0.01 else f"{first:.0%} of the way through"
    if last - first >= 0.5:
        return ALL if first < 0.25 and last > 0.75 else "over half of the text"
    return f"between {first:.0%} and {last:.0%} of the way through"
