"""Evidence: the tables joined, so that each statement carries its themes and its figures.

Everything here counts rows of tables that the analyses have made; nothing reads a text again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

import pandas as pd

from ..documents import KitError
from ..text.words import Span
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

Place = tuple[object, Span, object]  # document, characters, what stands there


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
    words_of = placed(theme_places(themes))
    spans_of = zip(figures["start"].astype(int), figures["end"].astype(int), strict=True)
    figure_of = placed(
        (doc, span, None) for doc, span in zip(figures["doc"], spans_of, strict=True)
    )
    text_of = documents["text"].to_dict()
    rows = []
    for doc, spans, quote in zip(quotes["doc"], quotes["spans"], quotes["quote"], strict=True):
        said, numbers = inside(words_of, doc, spans), inside(figure_of, doc, spans)
        names = list(dict.fromkeys(theme for _, theme in said))
        texts = [text_of[doc][start:end] for (start, end), _ in numbers]
        where = list(dict.fromkeys(span for span, _ in said))
        rows.append((_length(quote), names, texts, where, [span for span, _ in numbers]))
    columns = ["words", "themes", "figures", "theme_spans", "figure_spans"]
    found = pd.DataFrame(rows, columns=columns, index=quotes.index)
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
    Raises KitError for another measure and when the table lacks a column that is needed.

    >>> count_theme_speakers(pd.DataFrame({"speaker": ["Li", None], "words": [9, 5],
    ...     "themes": [["trade", "roads"], []]})).to_dict("index")["(unknown)"]
    {'roads': 0, 'trade': 0, '(no theme)': 1}
    """
    if measure not in ("quotes", "words", "share"):
        raise KitError(f"no measure {measure!r} — give 'quotes', 'words' or 'share'")
    _require(evidence, "evidence", ["speaker", "themes", "words"])
    speakers = evidence["speaker"].astype(object).where(evidence["speaker"].notna(), UNKNOWN)
    said = speakers.value_counts()
    themes = [names or [NO_THEME] for names in evidence["themes"]]
    long = pd.DataFrame({"speaker": speakers, "theme": themes, "words": evidence["words"]})
    long = long.explode("theme").astype({"words": int})
    counted = long.groupby(["speaker", "theme"])["words"]
    matrix = (counted.sum() if measure == "words" else counted.size()).unstack(fill_value=0)
    rows = by_size(said.items(), last=UNKNOWN)
    matrix = matrix.loc[rows, by_size(matrix.sum().items(), last=NO_THEME)]
    if measure == "share":
        matrix = matrix.div(said.reindex(matrix.index), axis="index")
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
    table = quotes.reindex(columns=["doc", "kind", "role", "speaker_kind"]).astype(object)
    table["speaker"] = quotes["speaker"].astype(object).where(quotes["speaker"].notna(), UNKNOWN)
    table["words"] = quotes["quote"].map(_length)
    table["inferred"] = (
        quotes["inferred"].fillna(False).astype(bool) if "inferred" in quotes else False
    )
    counts = table.groupby("speaker").agg(
        speaker_kind=("speaker_kind", _commonest),
        role=("role", _commonest),
        quotes=("doc", "size"),
        **{kind: ("kind", lambda kinds, kind=kind: (kinds == kind).sum()) for kind in KINDS},
        words=("words", "sum"),
        inferred=("inferred", "sum"),
        documents=("doc", "nunique"),
    )
    counts["direct_share"] = counts["direct"] / counts["quotes"]
    counts = counts.loc[by_size(counts["quotes"].items(), last=UNKNOWN)]
    return counts.reset_index().reindex(columns=SPEAKER_COLUMNS)


def theme_places(themes: pd.DataFrame) -> Iterator[Place]:
    """Every word that says so, with its document and its theme."""
    for doc, theme, spans in zip(themes["doc"], themes["theme"], themes["evidence"], strict=True):
        for start, end in spans:
            yield doc, (int(start), int(end)), theme


def placed(places: Iterable[Place]) -> dict[object, list[tuple[Span, object]]]:
    """For each document what lies where, in order, ready for `inside`."""
    found: dict[object, list[tuple[Span, object]]] = {}
    for doc, span, what in places:
        found.setdefault(doc, []).append((span, what))
    for own in found.values():
        own.sort(key=lambda item: item[0])
    return found


def inside(
    places: Mapping[object, list[tuple[Span, object]]], doc: object, spans: Sequence[Span]
) -> list[tuple[Span, object]]:
    """What lies wholly inside one of the spans of a document, in order and without repeats.

    >>> inside(placed([("a", (3, 5), "x"), ("a", (4, 9), "y")]), "a", [(2, 6)])
    [((3, 5), 'x')]
    """
    own, found = places.get(doc, []), set()
    for start, end in spans:
        first, after = (
            bisect_left(own, place, key=lambda item: item[0][0]) for place in (start, end)
        )
        found.update(n for n in range(first, after) if own[n][0][1] <= end)
    return [own[n] for n in sorted(found)]


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
