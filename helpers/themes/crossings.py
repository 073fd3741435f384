"""Crossings: themes by documents, speakers, kinds of figures and each other."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Literal

import numpy as np
import pandas as pd

from ..documents import KitError, english
from ..text.sentences import paragraphs
from .counting import by_size, count_words, npmi
from .evidence import UNKNOWN, inside, placed, theme_places

__all__ = ["count_coverage", "count_theme_documents", "count_theme_pairs", "cross_themes"]

COVERAGE = "doc paragraphs with_theme without words theme_words".split()
PAIRS = "a b together documents_a documents_b documents npmi".split()


def cross_themes(
    documents: pd.DataFrame,
    themes: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    measure: Literal["count", "per_1000", "share"] = "count",
) -> pd.DataFrame:
    """Where and with whom themes occur: one row a theme, one column a document, or what is given.

    Counts the words that say so (`evidence`), so probable themes do not count.

    documents, themes : the tables of these names.
    quotes : crosses themes with speakers instead: counts the theme's words inside the speaker's
        quotes.  Quotes without a known speaker are the last column, "(unknown)".
    figures : crosses themes with kinds of figures instead: counts the figures in the paragraphs
        of the theme.  To stand in one paragraph is not to belong together.
    measure : "count"; "per_1000", by the words of the document, of the speaker's quotes or, for
        figures, of the theme's paragraphs; "share", of the row, which adds up to 1.

    Returns the matrix, rows and columns with the largest counts first, documents in their order;
    `attrs` say what is counted (`of`, `columns`, `measure`).
    Raises KitError for another measure, and when both quotes and figures are given.

    >>> texts = pd.DataFrame({"text": ["A road to a road.", "Fish."]}, index=["a", "b"])
    >>> rows = pd.DataFrame({"doc": ["a"], "theme": ["roads"], "evidence": [[(2, 6), (12, 16)]]})
    >>> cross_themes(texts, rows, measure="per_1000").loc["roads"].to_dict()
    {'a': 400.0, 'b': 0.0}
    """
    if measure not in ("count", "per_1000", "share"):
        raise KitError(f"no measure {measure!r}; give 'count', 'per_1000' or 'share'")
    if quotes is not None and figures is not None:
        raise KitError("themes can be crossed with speakers or with figures; give one of them")
    themes = themes[(themes["evidence"].map(len) > 0) & themes["doc"].isin(documents.index)]
    of, columns, size = "words", "document", Counter[object]()
    if quotes is not None:
        columns = "speaker"
        pairs, size = _by_speaker(documents, themes, quotes)
    elif figures is not None:
        of, columns = "figures", "kind"
        pairs, size = _by_kind(documents, themes, figures)
    else:
        pairs = [(theme, doc) for doc, _, theme in theme_places(themes)]
        if measure == "per_1000":
            size.update({doc: count_words(text) for doc, text in documents["text"].items()})
    table = pd.DataFrame(pairs, columns=["theme", columns])
    matrix = pd.crosstab(table["theme"], table[columns])
    names = by_size(matrix.sum().items(), last=UNKNOWN)
    matrix = matrix.reindex(
        index=by_size(matrix.sum(axis=1).items()),
        columns=list(documents.index) if columns == "document" else names,
        fill_value=0,
    ).rename_axis(index="theme", columns=columns)
    if measure == "share":
        matrix = matrix.div(matrix.sum(axis=1), axis="index")
    if measure == "per_1000":
        axis = "index" if columns == "kind" else "columns"
        words = [max(1, size[name]) for name in getattr(matrix, axis)]
        matrix = 1000 * matrix.div(words, axis=axis)
    matrix.attrs = {"measure": measure, "of": of, "columns": columns}
    return matrix


def _by_speaker(
    documents: pd.DataFrame, themes: pd.DataFrame, quotes: pd.DataFrame
) -> tuple[list[tuple], Counter]:
    """Each word of a theme in a quote, with who speaks, and the words of each speaker's quotes."""
    places, pairs, size = placed(theme_places(themes)), [], Counter()
    for doc, speaker, spans in zip(quotes["doc"], quotes["speaker"], quotes["spans"], strict=True):
        name = speaker if isinstance(speaker, str) else UNKNOWN
        for start, end in spans:
            pairs += [(theme, name) for _, theme in inside(places, doc, [(start, end)])]
            size[name] += count_words(documents.at[doc, "text"][start:end])
    return pairs, size


def _by_kind(
    documents: pd.DataFrame, themes: pd.DataFrame, figures: pd.DataFrame
) -> tuple[list[tuple], Counter]:
    """Each figure in a theme's paragraphs, with its kind, and the words of those paragraphs."""
    kinds = figures.groupby(["doc", "paragraph"])["kind"].agg(list).to_dict()
    pairs, size = [], Counter()
    for row in themes.itertuples():
        pairs += [(row.theme, kind) for kind in kinds.get((row.doc, row.paragraph), ())]
        size[row.theme] += count_words(documents.at[row.doc, "text"][row.start : row.end])
    return pairs, size


def count_theme_documents(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """How often each document uses the words of each theme: one row a document, one column a theme.

    documents : the documents table; those without any theme have a row of zeros.
    themes : the table of `find_themes`; probable themes, which have no evidence, do not count.

    Returns the matrix, the themes of most documents first; a part of a theme ("transport/rail")
    has no column, as its words count for the whole ("transport").

    >>> themes = pd.DataFrame({"doc": ["a"], "theme": ["roads"], "evidence": [[(0, 5)]]})
    >>> count_theme_documents(pd.DataFrame(index=["a", "b"]), themes)["roads"].tolist()
    [1, 0]
    """
    matrix = cross_themes(documents, themes).T.rename_axis(index=documents.index.name)
    matrix = matrix[by_size((matrix > 0).sum().items())]
    return matrix[[name for name in matrix if name.rpartition("/")[0] not in matrix]]


def count_theme_pairs(matrix: pd.DataFrame) -> pd.DataFrame:
    """Which themes or topics share documents, the closest first: one row a pair.

    matrix : a row a document, a column a theme; more than 0 means that the document has it.

    Returns columns a, b, together (documents with both), documents_a, documents_b, documents
    (all), npmi (1 always together, 0 as by chance, -1 never; missing where one is in all or in
    none).  Themes of one dictionary meet often by the choice of their words: read before you
    conclude.

    >>> count_theme_pairs(pd.DataFrame({"rail": [1, 0], "road": [2, 0]}))["npmi"].tolist()
    [1.0]
    """
    has = (matrix.to_numpy() > 0).astype(np.int64)
    both, size = has.T @ has, len(matrix)
    alone = dict(zip(matrix.columns, both.diagonal().tolist(), strict=True))
    rows = []
    for (i, a), (j, b) in combinations(enumerate(matrix.columns), 2):
        told = min(alone[a], alone[b]) > 0 and max(alone[a], alone[b]) < size
        close = round(float(npmi(both[i, j], alone[a], alone[b], size)), 4) if told else None
        rows.append((a, b, int(both[i, j]), alone[a], alone[b], size, close))
    table = pd.DataFrame(rows, columns=PAIRS)
    table.attrs["unit"] = "document"
    return table.sort_values(
        ["npmi", "together"], ascending=False, kind="stable", na_position="last", ignore_index=True
    )


def count_coverage(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """How much of each document the themes cover, and what they leave out: one row a document.

    A large share without a theme means that the dictionary was made for other texts.

    documents, themes : the tables of these names; documents in another language than English
        are left out, as `find_themes` does.

    Returns columns doc, paragraphs, with_theme (paragraphs with a word that says so), without
    (the share of the others, 0-1), words, theme_words (places that say so, each counted once).

    >>> texts = pd.DataFrame({"text": ["A road.\\n\\nFish."]}, index=["a"])
    >>> rows = pd.DataFrame({"doc": ["a"], "paragraph": [0], "theme": ["x"],
    ...                      "evidence": [[(2, 6)]]})
    >>> count_coverage(texts, rows)[["paragraphs", "with_theme", "without"]].values.tolist()
    [[2.0, 1.0, 0.5]]
    """
    said = themes[themes["evidence"].map(len) > 0]
    covered = said.groupby("doc")["paragraph"].nunique()
    places = Counter(doc for doc, _ in {(doc, span) for doc, span, _ in theme_places(said)})
    rows = []
    for doc, text in english(documents)["text"].items():
        number, found = len(paragraphs(text)), int(covered.get(doc, 0))
        without = 1 - found / number if number else 0.0
        rows.append((doc, number, found, without, count_words(text), places[doc]))
    return pd.DataFrame(rows, columns=COVERAGE)
