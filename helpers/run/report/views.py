"""What the report shows of one document: its text with marks, and the rows that lead to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

import pandas as pd

from ...show import Rows, by_class, heading, records, size_of, speaker_of, text_view
from ...text import paragraphs
from ...text.wording import figure_label, known, number

MOST_PLACES = 12  # of a phrase or a theme's words that are linked in one row
OPENING = re.compile(r"\s*((?:\S{1,40}\s+){8}\S{1,40})(\s)")  # nine words, and it goes on
PREFIX = {"quotes": "q", "figures": "f", "themes": "t", "phrases": "k"}


def document_view(
    number_of: int, document: pd.Series, tables: Mapping[str, pd.DataFrame], *, limit: int
) -> dict[str, object]:
    """A document's facts, its text as the macro `reading` takes it, and its rows with links.

    number_of : its place in the report, from 1; `d3` begins the names of the third's marks.
    document : its row of the documents table.
    tables : its rows of quotes, figures, phrases, themes and evidence.
    limit : how many letters of the text are shown; rows beyond have no link.
    """
    base = f"d{number_of}"
    rows: dict[str, Rows] = {
        name: [
            row | {"name": f"{base}{prefix}{n}", "href": f"#{base}{prefix}{n}"}
            for n, row in enumerate(records(tables[name]), 1)
        ]
        for name, prefix in PREFIX.items()
    }
    text = text_view(document, rows, look=by_class, letters=limit, base=base)
    for row, joined in zip(rows["quotes"], records(tables["evidence"]), strict=True):
        row |= quote_row(joined) | {"who": text["numbers"][speaker_of(row)]}
    for row in rows["figures"]:
        row |= {"means": figure_label(row), "size": size_of(row)}
    starts = [start for start, _ in paragraphs(document["text"])]
    for name, column in (("themes", "evidence"), ("phrases", "spans")):
        for row in rows[name]:
            row["words"] = [
                {
                    "name": f"{row['name']}w{n}",
                    "text": document["text"][start:end],
                    "paragraph": bisect_right(starts, start),
                }
                for n, (start, end) in enumerate(row[column][:MOST_PLACES], 1)
                if end <= limit
            ]
    for row in rows["themes"]:
        row |= {"href": f"#{base}p{row['paragraph'] + 1}", "weight": round(float(row["weight"]), 3)}
    for row in rows["phrases"]:
        row["score"] = number(round(float(row["score"]), 2))
    for row in (*rows["quotes"], *rows["figures"], *rows["themes"]):
        row |= {"place": f"{row['start']}–{row['end']}"}
        row["href"] *= row["start"] < limit
    return {
        "doc": document.name,
        "base": base,
        "facts": {
            name: document.get(name) if known(document.get(name)) else None
            for name in ("date", "author", "source", "path")
        },
        "heading": title_of(document),
        "text": text,
        **rows,
    }


def quote_row(row: Mapping[str, object]) -> dict[str, object]:
    """What a row of the evidence table adds to a quote, and what the report shows of any quote."""
    sure = row["confidence"]
    return {
        "themes": row["themes"],
        "figures": row["figures"],
        "place": f"{row['start']}–{row['end']}",
        "sure": "" if sure is None else f"{float(sure):.2f}",
    }


def title_of(document: pd.Series) -> str:
    """A document's title or, where it has none, the words it opens with.

    >>> title_of(pd.Series({"title": None, "text": "On Friday, ministers met."}, name="a"))
    'On Friday, ministers met.'
    """
    first = OPENING.match(document["text"])
    goes_on = first and first[2]
    return heading(
        document, f"{first[1].rstrip(',;:')}…" if goes_on else document["text"].strip()[:120]
    )


def rows_in(views: Iterable[Mapping], table: pd.DataFrame, name: str) -> Rows:
    """The rows of a table as the views of their documents have them; `{}` where there is none."""
    shown = {view["doc"]: iter(view[name]) for view in views}
    return [next(shown[doc]) if doc in shown else {} for doc in table["doc"]]
