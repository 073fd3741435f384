"""Evidence: the tables joined, so that each statement carries its themes and its figures.

Everything here counts rows of tables that the analyses have made; nothing reads a text again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from ..documents import KitError

UNKNOWN = "(unknown)"  # the row of quotes whose speaker is missing
NO_THEME = "(no theme)"  # the column of quotes in which no theme's words occur
KINDS = ["direct", "mixed", "indirect"]

EVIDENCE_COLUMNS = [
    "doc",
    "start",
    "end",
    "paragraph",
    "date",
    "speaker",
    "speaker_kind",
    "role",
    "kind",
    "quote",
    "themes",
    "figures",
    "words",
    "inferred",
    "confidence",
    "spans",
    "theme_spans",
    "figure_spans",
]
SPEAKER_COLUMNS = [
    "speaker",
    "speaker_kind",
    "role",
    "quotes",
    *KINDS,
    "direct_share",
    "words",
    "inferred",
    "documents",
]

Spans = list[tuple[int, int]]


def join_evidence(
    documents: pd.DataFrame, quotes: pd.DataFrame, *, figures: pd.DataFrame, themes: pd.DataFrame
) -> pd.DataFrame:
    """Who says what, about which themes, with which figures: one row per quote.

    A theme belongs to a quote when words that say so (its `evidence`) lie inside the quote's
    spans; a passage that merely stands around the quote is not enough.  A theme row without such
    words, a probable theme, never counts.  A figure belongs to a quote when all of it
    lies inside one of the spans.  Does not see themes that the reporter names outside the quote,
    nor figures in the frame around it; nested quotes each carry what lies in both.

    documents, quotes, figures, themes : the tables of the same names; empty ones are welcome.

    Returns columns doc, start, end, paragraph, speaker, speaker_kind, role, kind, inferred,
    confidence, quote, spans as in *quotes*; date (of the document, or missing); words (number of
    words in the quote); themes (list of names, in order of their first word); figures (list of
    texts); theme_spans, figure_spans (where those words and figures lie).  Row order is that of
    *quotes*.
    Raises KitError when a table lacks a column that is needed.

    >>> from helpers import load
    >>> table = pd.DataFrame(columns=["doc", "start", "end", "paragraph", "theme", "evidence"])
    >>> len(join_evidence(load("seeds"), table.assign(spans=[], quote=[]), figures=table,
    ...                   themes=table))
    0
    """
    _require(quotes, "quotes", ["doc", "start", "end", "quote", "spans"])
    _require(figures, "figures", ["doc", "start", "end"])
    _require(themes, "themes", ["doc", "theme", "evidence"])
    words_of = _places(
        (doc, (start, end), theme)
        for doc, theme, evidence in zip(
            themes["doc"], themes["theme"], themes["evidence"], strict=True
        )
        for start, end in evidence
    )
    figure_of = _places(
        (doc, (start, end), None)
        for doc, start, end in zip(figures["doc"], figures["start"], figures["end"], strict=True)
    )
    text_of = documents["text"].to_dict()
    rows = []
    for doc, spans, quote in zip(quotes["doc"], quotes["spans"], quotes["quote"], strict=True):
        said = _inside(words_of.get(doc, ([], [])), spans)
        numbers = [span for span, _ in _inside(figure_of.get(doc, ([], [])), spans)]
        text = text_of.get(doc, "")
        rows.append(
            [
                _length(quote),
                list(dict.fromkeys(theme for _, theme in said)),
                [text[start:end] for start, end in numbers],
                list(dict.fromkeys(span for span, _ in said)),
                numbers,
            ]
        )
    found = pd.DataFrame(
        rows,
        columns=["words", "themes", "figures", "theme_spans", "figure_spans"],
        index=quotes.index,
    )
    dates = documents.get("date", pd.Series(index=documents.index, dtype=object))
    found["date"] = [dates.get(doc) for doc in quotes["doc"]]
    return pd.concat([quotes, found], axis=1).reindex(columns=EVIDENCE_COLUMNS)


def count_theme_speakers(
    evidence: pd.DataFrame, *, measure: Literal["quotes", "words", "share"] = "quotes"
) -> pd.DataFrame:
    """How often each speaker is quoted on each theme: one row a speaker, one column a theme.

    A quote on two themes counts for both, so rows do not add up to a speaker's quotes.  Quotes
    without a known speaker are the last row, "(unknown)", and quotes without any theme the last
    column, "(no theme)"; both are left out where there are none.

    evidence : the table of `join_evidence`.
    measure : "quotes" counts quotes; "words" counts their words; "share" is the part of the
        speaker's quotes that touch the theme, 0-1.

    Returns the matrix, most quoted speakers and most frequent themes first; its
    `attrs["measure"]` says what is counted.
    Raises KitError for another measure.

    >>> count_theme_speakers(pd.DataFrame({"speaker": ["Li", None], "words": [9, 5],
    ...     "themes": [["trade", "roads"], []]})).to_dict("index")["(unknown)"]
    {'roads': 0, 'trade': 0, '(no theme)': 1}
    """
    if measure not in ("quotes", "words", "share"):
        raise KitError(f"no measure {measure!r} — give 'quotes', 'words' or 'share'")
    _require(evidence, "evidence", ["speaker", "themes", "words"])
    speakers = _speakers(evidence["speaker"])
    long = pd.DataFrame(
        {
            "speaker": speakers,
            "theme": [t or [NO_THEME] for t in evidence["themes"]],
            "n": evidence["words"] if measure == "words" else 1,
        }
    )
    long = long.explode("theme")
    matrix = (
        long.pivot_table(index="speaker", columns="theme", values="n", aggfunc="sum", fill_value=0)
        if len(long)
        else pd.DataFrame()
    )
    matrix.index.name, matrix.columns.name = "speaker", "theme"
    said = speakers.value_counts()
    matrix = matrix.loc[
        _ordered(matrix.index, said, UNKNOWN), _ordered(matrix.columns, matrix.sum(), NO_THEME)
    ]
    matrix = (
        matrix.div(said.reindex(matrix.index), axis=0) if measure == "share" else matrix.astype(int)
    )
    matrix.attrs["measure"] = measure
    return matrix


def count_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """How much each speaker is quoted and how directly: one row a speaker, most quoted first.

    A speaker is a name: two people of one name are one row, one person under two names is two.
    Quotes without a known speaker are the last row, "(unknown)", and never folded into others.

    quotes : the table of `find_quotes`.

    Returns columns speaker, speaker_kind and role (the most frequent one, or missing), quotes,
    direct, mixed, indirect (numbers of quotes), direct_share (direct ÷ quotes, 0-1), words
    (words in all the quotes), inferred (quotes whose speaker the text does not name), documents.

    >>> count_speakers(pd.DataFrame({"doc": ["a", "a"], "speaker": ["Li", "Li"],
    ...     "kind": ["direct", "indirect"], "quote": ["Yes.", "that it rains"]})
    ...     )[["quotes", "direct_share", "words"]].to_dict("records")
    [{'quotes': 2, 'direct_share': 0.5, 'words': 4}]
    """
    _require(quotes, "quotes", ["doc", "speaker", "kind", "quote"])
    if not len(quotes):
        return pd.DataFrame({column: [] for column in SPEAKER_COLUMNS})
    table = quotes.reindex(
        columns=["speaker", "doc", "kind", "quote", "role", "speaker_kind", "inferred"]
    ).astype(object)
    heard: dict[str, list[tuple]] = {}
    for row in table.where(table.notna(), None).itertuples(index=False):
        heard.setdefault(UNKNOWN if row.speaker is None else row.speaker, []).append(row)
    rows = []
    for speaker, said in heard.items():
        kinds = Counter(row.kind for row in said)
        rows.append(
            [
                speaker,
                _commonest(row.speaker_kind for row in said),
                _commonest(row.role for row in said),
                len(said),
                *(kinds[k] for k in KINDS),
                kinds["direct"] / len(said),
                sum(_length(row.quote) for row in said),
                sum(bool(row.inferred) for row in said),
                len({row.doc for row in said}),
            ]
        )
    rows.sort(key=lambda row: (row[0] == UNKNOWN, -row[3], str(row[0])))
    return pd.DataFrame(rows, columns=SPEAKER_COLUMNS)


def _require(table: pd.DataFrame, name: str, columns: list[str]) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise KitError(
            f"the {name} table has no column {', '.join(missing)} — it has "
            f"{', '.join(map(str, table.columns)) or 'none'}; give the table of the "
            f"contract"
        )


def _places(
    items: Iterable[tuple[str, tuple[int, int], object]],
) -> dict[str, tuple[list[int], list[tuple[tuple[int, int], object]]]]:
    """For each document the starts, sorted, and what lies there: ready for bisection."""
    found: dict[str, list[tuple[tuple[int, int], object]]] = {}
    for doc, (start, end), what in items:
        found.setdefault(doc, []).append(((int(start), int(end)), what))
    for places in found.values():
        places.sort(key=lambda item: item[0])
    return {doc: ([span[0] for span, _ in places], places) for doc, places in found.items()}


def _inside(places: tuple[list[int], list], spans: Spans) -> list[tuple[tuple[int, int], object]]:
    """What lies wholly inside one of the spans, in order and without repeats."""
    starts, items = places
    found = {}
    for start, end in spans:
        for index in range(bisect_left(starts, start), bisect_left(starts, end)):
            if items[index][0][1] <= end:
                found[index] = items[index]
    return [found[index] for index in sorted(found)]


def _length(quote: object) -> int:
    """The number of words; the " … " between the pieces of a split quotation is none."""
    return sum(any(map(str.isalnum, word)) for word in str(quote).split())


def _speakers(column: pd.Series) -> pd.Series:
    return column.astype(object).where(column.notna(), UNKNOWN)


def _commonest(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _ordered(names: pd.Index, size: pd.Series, last: str) -> list[str]:
    """Names by size, then alphabet; the one that stands for the rest at the end."""
    return sorted(names, key=lambda name: (name == last, -size.get(name, 0), str(name)))
