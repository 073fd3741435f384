"""Evidence: the tables joined, so that each statement carries its themes and its figures.

Everything here counts rows of tables that the analyses have made; nothing reads a text again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import pandas as pd

from ..documents import KitError
from ..text import Span
from .counting import by_size

UNKNOWN = "(unknown)"  # the row of quotes whose speaker is missing
NO_THEME = "(no theme)"  # the column of quotes in which no theme's words occur
KINDS = ["direct", "mixed", "indirect"]

EVIDENCE_COLUMNS = (
    "doc start end paragraph date speaker speaker_kind role kind quote themes figures words "
    "inferred confidence spans theme_spans figure_spans"
).split()
SPEAKER_COLUMNS = (
    f"speaker speaker_kind role quotes {' '.join(KINDS)} direct_share words inferred documents"
).split()

Place = tuple[int, int, object]  # characters, what stands there


def join_evidence(
    documents: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    themes: pd.DataFrame,
    figures: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Who says what, about which themes, with which figures: one row per quote.

    A theme belongs to a quote when words that say so (its `evidence`) lie inside the quote's
    spans; a passage that merely stands around the quote is not enough.  A theme row without such
    words, a probable theme, never counts.  A figure belongs to a quote when all of it
    lies inside one of the spans.  Does not see themes that the reporter names outside the quote,
    nor figures in the frame around it; nested quotes each carry what lies in both.

    documents, quotes, themes, figures : the tables of the same names; empty ones are welcome.

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
    figures = pd.DataFrame(columns=["doc", "start", "end"]) if figures is None else figures
    _require(quotes, "quotes", ["doc", "start", "end", "quote", "spans"])
    _require(figures, "figures", ["doc", "start", "end"])
    _require(themes, "themes", ["doc", "theme", "evidence"])
    words_of, figures_of = _places(themes, "theme"), _places(figures)
    rows = []
    for doc, spans, quote in zip(quotes["doc"], quotes["spans"], quotes["quote"], strict=True):
        said, numbers = (_inside(found.get(doc, []), spans) for found in (words_of, figures_of))
        text, length = documents.at[doc, "text"], _length(quote)
        names = list(dict.fromkeys(theme for *_, theme in said))
        where = list(dict.fromkeys((start, end) for start, end, _ in said))
        amounts = [(start, end) for start, end, _ in numbers]
        rows.append((length, names, [text[start:end] for start, end in amounts], where, amounts))
    columns = ["words", "themes", "figures", "theme_spans", "figure_spans"]
    found = pd.DataFrame(rows, columns=columns, index=quotes.index)
    dates = documents.get("date", pd.Series(index=documents.index, dtype=object))
    found["date"] = [dates.get(doc) for doc in quotes["doc"]]
    return pd.concat([quotes, found], axis=1).reindex(columns=EVIDENCE_COLUMNS)


def count_theme_speakers(evidence: pd.DataFrame) -> pd.DataFrame:
    """How many of each speaker's quotes touch each theme: one row a speaker, one column a theme.

    A quote on two themes counts for both, so rows do not add up to a speaker's quotes.  Quotes
    without a known speaker are the last row, "(unknown)", and quotes without any theme the last
    column, "(no theme)"; both are left out where there are none.

    evidence : the table of `join_evidence`.

    Returns the matrix, most quoted speakers and most frequent themes first.
    Raises KitError when the table lacks a column that is needed.

    >>> count_theme_speakers(pd.DataFrame({"speaker": ["Li", None],
    ...     "themes": [["trade", "roads"], []]})).to_dict("index")["(unknown)"]
    {'roads': 0, 'trade': 0, '(no theme)': 1}
    """
    _require(evidence, "evidence", ["speaker", "themes"])
    speakers = _speakers(evidence)
    themes = pd.Series([names or [NO_THEME] for names in evidence["themes"]], evidence.index)
    long = pd.DataFrame({"speaker": speakers, "theme": themes}).explode("theme")
    matrix = pd.crosstab(long["speaker"], long["theme"])
    rows = by_size(speakers.value_counts().items(), last=UNKNOWN)
    matrix = matrix.loc[rows, by_size(matrix.sum().items(), last=NO_THEME)]
    matrix.attrs["measure"] = "quotes"
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
    table = quotes.reindex(columns=["doc", "kind", "role", "speaker_kind", "inferred"])
    table = table.assign(speaker=_speakers(quotes), words=quotes["quote"].map(_length))
    table["inferred"] = table["inferred"].eq(True)
    own = table.groupby("speaker")
    counts = own[["speaker_kind", "role"]].agg(_commonest).join(own.size().rename("quotes"))
    counts = counts.join(own[["words", "inferred"]].sum()).join(own["doc"].nunique())
    counts = counts.rename(columns={"doc": "documents"}).join(
        pd.crosstab(table["speaker"], table["kind"]).reindex(columns=KINDS, fill_value=0)
    )
    counts["direct_share"] = counts["direct"] / counts["quotes"]
    counts = counts.loc[by_size(counts["quotes"].items(), last=UNKNOWN)]
    return counts.reset_index().reindex(columns=SPEAKER_COLUMNS)


def _speakers(table: pd.DataFrame) -> pd.Series:
    return table["speaker"].astype(object).where(table["speaker"].notna(), UNKNOWN)


def _places(table: pd.DataFrame, named: str | None = None) -> dict[object, list[Place]]:
    """For each document where a theme's words or its figures stand, in order."""
    found: dict[object, list[Place]] = {}
    spans = zip(table["start"], table["end"], strict=True) if named is None else table["evidence"]
    names = [None] * len(table) if named is None else table[named]
    for doc, own, name in zip(table["doc"], spans, names, strict=True):
        for start, end in [own] if named is None else own:
            found.setdefault(doc, []).append((int(start), int(end), name))
    return {doc: sorted(own, key=lambda place: place[:2]) for doc, own in found.items()}


def _inside(places: Sequence[Place], spans: Sequence[Span]) -> list[Place]:
    """The places that lie wholly inside one of the spans, in order and without repeats."""
    found = set()
    for start, end in spans:
        first, after = (bisect_left(places, at, key=lambda place: place[0]) for at in (start, end))
        found.update(n for n in range(first, after) if places[n][1] <= end)
    return [places[n] for n in sorted(found)]


def _require(table: pd.DataFrame, name: str, columns: list[str]) -> None:
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise KitError(
            f"the {name} table has no column {', '.join(missing)} — it has "
            f"{', '.join(map(str, table.columns)) or 'none'}; give the table of the contract"
        )


def _length(quote: object) -> int:
    """The number of words; the " … " between the pieces of a split quotation is none."""
    return sum(any(map(str.isalnum, word)) for word in str(quote).split())


def _commonest(values: pd.Series) -> str | None:
    counts = values.dropna().value_counts()
    return by_size(counts.items())[0] if len(counts) else None
