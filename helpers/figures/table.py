"""The figures table: a map of the extractor over documents, with the speakers of the quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date as Date
from operator import attrgetter

import pandas as pd

from ..documents import KitError, english
from ..work import kept_or_found
from .extract import extract
from .model import Figure

COLUMNS = ["doc", "start", "end", "paragraph", "text", "kind", "value", "low", "high", "unit",
           "modifier", "of", "timex", "per", "when", "speaker", "rule"]  # fmt: skip
_FIELDS = [f.name for f in fields(Figure)]
_VALUES = attrgetter(*_FIELDS)


def figures_in(
    text: str, *, date: str | Date | None = None, quotes: pd.DataFrame | None = None
) -> list[Figure]:
    """Every figure of a text, left to right and normalised.

    Money, percentages, quantities, counts, ordinals, dates and durations.

    Not figures: numbers in names and identifiers, phone numbers, versions, scores, clock times
    without a date, "one of". Relative dates need `date` and are left out without it.

    Parameters: `date`, the text's own day (ISO or a date); `quotes`, this text's rows of the quotes
    table, whose speakers the figures in them get.

    >>> [(f.text, f.value, f.unit, f.modifier) for f in figures_in("It exceeded $ 40 billion.")]
    [('$ 40 billion', 40000000000.0, 'USD', 'over')]
    """
    return list(_spoken(extract(text, day_of(date)), quotes))


def find_figures(documents: pd.DataFrame, *, quotes: pd.DataFrame | None = None) -> pd.DataFrame:
    """The figures table of the documents, one row per figure, with whose claim each is.

    Columns: `doc, start, end, paragraph, text, kind, value, low, high, unit, modifier, of, timex,
    per, when, speaker, rule` as in the documentation of the tables. Does not convert currencies
    or units. Documents in another language than English (`language`) are left out.

    Parameters: `documents`, a table with `text` and, where known, `date`; `quotes`, the quotes
    table of the same documents, whose speakers the figures in them get; without it `speaker` is
    missing.

    >>> import pandas as pd
    >>> find_figures(pd.DataFrame({"text": ["Trade grew by 5 per cent."]}))["value"].tolist()
    [5.0]
    """
    documents = english(documents)
    if not (quotes is None or isinstance(quotes, pd.DataFrame) and {"doc", "spans"} <= set(quotes)):
        raise KitError("quotes= is no quotes table — give that of find_quotes")
    by_doc = {} if quotes is None else dict(tuple(quotes.groupby("doc", sort=False)))
    found = kept_or_found(_unspoken, documents, name="figures", worth=2_000_000)
    rows = [
        (doc, *_VALUES(figure))
        for doc, cells in zip(documents.index, found, strict=True)
        for figure in _spoken((Figure(*some) for some in cells), by_doc.get(doc))
    ]
    table = pd.DataFrame(rows, columns=["doc", *_FIELDS])[COLUMNS]
    kinds = dict.fromkeys(("value", "low", "high"), "float64")
    table = table.astype(kinds | dict.fromkeys(("start", "end", "paragraph"), "int64"))
    for name in ("unit", "modifier", "of", "timex", "per", "when", "speaker"):
        table[name] = table[name].astype("object").where(table[name].notna(), None)
    return table


def _unspoken(documents: pd.DataFrame) -> list[list[tuple]]:
    """The cells of each document's figures, which need no quotes."""
    days = documents["date"] if "date" in documents.columns else [None] * len(documents)
    return [
        [_VALUES(figure) for figure in extract(str(text), day_of(day))]
        for text, day in zip(documents["text"], days, strict=True)
    ]


def day_of(day: object) -> Date | None:
    """The date, or None where the table has none."""
    try:
        return Date.fromisoformat(str(day)[:10])  # also of a datetime, a NaT, a NaN
    except ValueError:
        return None


def _spoken(figures: Iterable[Figure], quotes: pd.DataFrame | None) -> Iterable[Figure]:
    """The figures, left to right, with the speaker of the narrowest quote around each."""
    said = [] if quotes is None else zip(quotes["spans"], quotes["speaker"], strict=True)
    spans = [(start, -end, speaker) for pieces, speaker in said for start, end in pieces]
    spans.sort(key=lambda span: span[:2], reverse=True)
    around: list[tuple] = []  # the quotes that the figure may stand in, the narrowest last
    for f in figures:
        while spans and spans[-1][0] <= f.start:
            around.append(spans.pop())
        around = [span for span in around if -span[1] >= f.end]
        speaker = around[-1][2] if around else None
        yield f if speaker is None or pd.isna(speaker) else replace(f, speaker=str(speaker))
