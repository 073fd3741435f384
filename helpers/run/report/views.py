"""What the report shows of one document: its text with marks, and the tables that lead to them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping

import pandas as pd

from ...show.marks import figure_facts, quote_facts
from ...text.tokens import paragraphs
from ...text.wording import figure_label, known, number
from ...themes.evidence import UNKNOWN, count_speakers
from .text import Mark, mark_up

COLOURS = 6  # speakers of a document with a colour of their own; further ones share grey
MOST_PLACES = 12  # of a phrase or a theme's words that are linked in one row
OPENING = re.compile(r"\s*((?:\S{1,40}\s+){8}\S{1,40})(\s)")  # nine words, and it goes on
PREFIX = {"quotes": "q", "figures": "f", "themes": "t", "phrases": "k"}


def document_view(
    number_of: int, document: pd.Series, tables: Mapping[str, pd.DataFrame], *, limit: int
) -> dict[str, object]:
    """A document's facts, its paragraphs as HTML, and its rows, each with a link to its words.

    number_of : its place in the report, from 1; `d3` begins the names of the third's marks.
    document : its row of the documents table.
    tables : its rows of quotes, figures, phrases, themes and evidence.
    limit : how many letters of the text are shown; rows beyond have no link.
    """
    base = f"d{number_of}"
    text = document["text"]
    starts = [start for start, _ in paragraphs(text)]
    looks = _looks(tables["quotes"])
    shown = {
        "quotes": tables["evidence"],
        "figures": tables["figures"],
        "themes": tables["themes"],
        "phrases": _placed(tables["phrases"]),
    }
    rows = {
        name: [
            row
            | {
                "name": f"{base}{PREFIX[name]}{n + 1}",
                "note": str(n + 1),
                "place": _place(row),
                "href": f"#{base}{PREFIX[name]}{n + 1}" if row["start"] < limit else None,
            }
            for n, row in enumerate(_records(table))
        ]
        for name, table in shown.items()
    }
    for row, quote in zip(rows["quotes"], _records(tables["quotes"]), strict=True):
        row |= {name: quote.get(name) for name in ("cue", "source", "cue_spans", "source_spans")}
        row |= {
            "look": looks.get(row["speaker"] or UNKNOWN, "other"),
            "figures": list(row["figures"]),
            "sure": _sure(row["confidence"]),
        }
    for row in rows["figures"]:
        row |= {"means": figure_label(row), "size": size_of(row)}
    for row in rows["themes"]:
        row["words"] = _words(text[:limit], starts, row, "evidence")
        row["href"] = row["href"] and f"#{base}p{row['paragraph'] + 1}"
        row["weight"] = number(round(float(row["weight"]), 3))
    for row in rows["phrases"]:
        row["words"] = _words(text[:limit], starts, row, "spans")
        row["score"] = number(round(float(row["score"]), 2))
    chips: dict[int, list[dict]] = {}
    for row in rows["themes"]:
        chips.setdefault(int(row["paragraph"]), []).append(row)
    return {
        "doc": str(document.name),
        "base": base,
        "cut": len(text) > limit,
        "facts": {
            name: document.get(name) if known(document.get(name)) else None
            for name in ("title", "date", "author", "source", "language", "path")
        },
        "paragraphs": [
            {"n": n + 1, "html": html, "themes": chips.get(n, [])}
            for n, html in enumerate(mark_up(text, _marks(rows), limit=limit))
        ],
        "heading": heading(document),
        "legend": _legend(tables["quotes"], looks),
        **rows,
    }


def heading(document: pd.Series) -> str:
    """A document's title or, where it has none, the words it opens with.

    >>> heading(pd.Series({"title": None, "text": "On Friday, ministers met."}, name="a"))
    'On Friday, ministers met.'
    """
    if known(document.get("title")):
        return str(document["title"])
    first = OPENING.match(document["text"])
    return f"{first[1].rstrip(',;:')}…" if first and first[2] else document["text"].strip()[:120]


def quote_groups(
    tables: Mapping[str, pd.DataFrame], *, most: int, links: Links
) -> list[dict[str, object]]:
    """The first rows of the evidence table, document by document, with links to their words."""
    groups: dict[str, dict[str, object]] = {}
    for position, row in enumerate(_records(tables["evidence"][:most])):
        doc = row["doc"]
        group = groups.setdefault(
            doc,
            {
                "heading": heading(tables["documents"].loc[doc]),
                "href": links.to_document(doc),
                "rows": [],
            },
        )
        group["rows"].append(
            row
            | {
                "href": links.to_row("quotes", position),
                "place": _place(row),
                "sure": _sure(row["confidence"]),
            }
        )
    return list(groups.values())


class Links:
    """Where in the report the words of a table's row are, as the views of its documents say."""

    def __init__(self, tables: Mapping[str, pd.DataFrame], views: Iterable[Mapping]) -> None:
        self._views = {view["doc"]: view for view in views}
        self._rows = {
            name: list(
                zip(tables[name]["doc"], tables[name].groupby("doc").cumcount(), strict=True)
            )
            for name in ("quotes", "figures", "themes")
        }

    def to_document(self, doc: str) -> str | None:
        """The link to a document's text; None when the report does not show it."""
        return f"#{self._views[doc]['base']}" if doc in self._views else None

    def to_row(self, table: str, position: int) -> str | None:
        """The link to the words of a table's row; None when the report does not show them."""
        doc, nth = self._rows[table][position]
        return self._views[doc][table][nth]["href"] if doc in self._views else None


def _marks(rows: Mapping[str, list[dict]]) -> Iterable[Mark]:
    for row in rows["quotes"]:
        title = quote_facts(row)
        for n, (start, end) in enumerate(row["spans"] or [(row["start"], row["end"])]):
            yield Mark(
                start,
                end,
                look=f"quote {row['kind']} {row['look']}",
                title=title,
                **(
                    {}
                    if n
                    else {"name": row["name"], "note": row["note"], "row": row["name"] + "r"}
                ),
            )
        for look in ("cue", "source"):
            for start, end in row[f"{look}_spans"] or []:
                yield Mark(start, end, look=f"{look} {row['look']}")
    for row in rows["figures"]:
        yield Mark(
            row["start"],
            row["end"],
            name=row["name"],
            look="figure",
            title=figure_facts(row),
            row=row["name"] + "r",
        )
    for row in [*rows["themes"], *rows["phrases"]]:
        for word in row["words"]:
            yield Mark(*word["span"], name=word["name"])


def _words(
    text: str, starts: list[int], row: Mapping[str, object], column: str
) -> list[dict[str, object]]:
    """The places in a column of a row, each with its words, its paragraph and a name to link to."""
    return [
        {
            "span": (start, end),
            "name": f"{row['name']}w{n + 1}",
            "text": text[start:end],
            "paragraph": bisect_right(starts, start),
        }
        for n, (start, end) in enumerate(row[column][:MOST_PLACES])
        if end <= len(text)
    ]


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    """The rows of a table; every missing value is None."""
    return [
        {name: value if known(value) else None for name, value in row.items()}
        for row in table.to_dict("records")
    ]


def _placed(phrases: pd.DataFrame) -> pd.DataFrame:
    """Phrases with the place of their first occurrence, as other tables have it."""
    first = [spans[0] if spans else (0, 0) for spans in phrases["spans"]]
    return phrases.assign(start=[start for start, _ in first], end=[end for _, end in first])


def _place(row: Mapping[str, object]) -> str:
    return f"{int(row['start'])}–{int(row['end'])}"


def size_of(figure: Mapping[str, object]) -> str:
    """What a figure is sorted by: its value, of a range the upper end;  where it has none."""
    ends = [figure[name] for name in ("high", "value", "low") if known(figure[name])]
    return repr(float(ends[0])) if ends else ""


def _sure(confidence: object) -> str:
    return "" if confidence is None else f"{float(confidence):.2f}"


def _looks(quotes: pd.DataFrame) -> dict[str, str]:
    """The CSS class of each speaker: colours for those who are quoted most."""
    names = [name for name in count_speakers(quotes)["speaker"] if name != UNKNOWN]
    return {name: f"s{n + 1}" if n < COLOURS else "other" for n, name in enumerate(names)} | {
        UNKNOWN: "unknown"
    }


def _legend(quotes: pd.DataFrame, looks: Mapping[str, str]) -> list[dict[str, object]]:
    counts = count_speakers(quotes)
    return [
        {"name": name, "look": looks[name], "quotes": n}
        for name, n in zip(counts["speaker"], counts["quotes"], strict=True)
    ]
