"""Crossings: how often themes meet documents and kinds of figures, and with which words."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import pandas as pd

from ..documents import KitError, english
from ..text import paragraphs
from .counting import by_size, count_words

__all__ = ["count_coverage", "count_groups", "count_theme_documents", "cross_themes"]

COVERAGE = "doc paragraphs with_theme without words theme_words".split()
GROUPS = "theme words paragraphs documents weight".split()


def cross_themes(
    documents: pd.DataFrame,
    themes: pd.DataFrame,
    *,
    figures: pd.DataFrame | None = None,
    measure: Literal["count", "per_1000", "share"] = "count",
) -> pd.DataFrame:
    """Where themes occur: one row a theme, one column a document, or a kind of figure.

    Counts the words that say so (`evidence`), so probable themes do not count.

    documents, themes : the tables of these names.
    figures : counts the figures in the paragraphs of each theme instead, by their kind.  To stand
        in one paragraph is not to belong together.
    measure : "count"; "per_1000", by the words of the document; "share", of the row's sum.

    Returns the matrix, rows and columns with the largest counts first, documents in their order;
    `attrs` say what is counted (`of`, `columns`, `measure`).
    Raises KitError for another measure, and for figures per 1,000 words.

    >>> texts = pd.DataFrame({"text": ["A road to a road.", "Fish."]}, index=["a", "b"])
    >>> rows = pd.DataFrame({"doc": ["a"], "theme": ["roads"], "evidence": [[(2, 6), (12, 16)]]})
    >>> cross_themes(texts, rows, measure="per_1000").loc["roads"].to_dict()
    {'a': 400.0, 'b': 0.0}
    """
    if measure not in ("count", "share", "per_1000")[: 3 if figures is None else 2]:
        raise KitError(f"no measure {measure!r} here — give 'count', 'share' or 'per_1000'")
    said = _said(themes[themes["doc"].isin(documents.index)])
    if figures is None:
        of, columns = "words", "document"
        sums = said["evidence"].map(len).groupby([said["theme"], said["doc"]]).sum()
        matrix = sums.unstack(fill_value=0).reindex(columns=documents.index, fill_value=0)
    else:
        of, columns = "figures", "kind"
        places = ["doc", "paragraph"]
        both = said[["theme", *places]].merge(figures[["kind", *places]], on=places)
        matrix = pd.crosstab(both["theme"], both["kind"])
        matrix = matrix[by_size(matrix.sum().items())]
    matrix = matrix.loc[by_size(matrix.sum(axis=1).items())].rename_axis(columns=columns)
    if measure == "share":
        matrix = matrix.div(matrix.sum(axis=1), axis="index")
    if measure == "per_1000":
        matrix = 1000 * matrix / [max(1, count_words(text)) for text in documents["text"]]
    matrix.attrs = {"measure": measure, "of": of, "columns": columns}
    return matrix


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
    texts, said = english(documents)["text"], _said(themes)
    places = said[["doc", "evidence"]].explode("evidence").drop_duplicates()["doc"].value_counts()
    table = pd.DataFrame({"doc": texts.index, "paragraphs": [len(paragraphs(t)) for t in texts]})
    covered = said.groupby("doc")["paragraph"].nunique()
    table["with_theme"] = covered.reindex(texts.index, fill_value=0).to_numpy()
    table["without"] = 1 - table["with_theme"] / table["paragraphs"].replace(0, float("nan"))
    table["words"] = [count_words(text) for text in texts]
    table["theme_words"] = places.reindex(texts.index, fill_value=0).to_numpy()
    return table.fillna({"without": 0.0})


def count_groups(documents: pd.DataFrame, themes: pd.DataFrame) -> pd.DataFrame:
    """What each theme is made of: one row a theme, the heaviest first.

    documents, themes : the tables of these names.

    Returns columns theme; words (its words as written, the commonest first, with their counts);
    paragraphs, documents (how many have it); weight (how many words say so).

    >>> rows = pd.DataFrame({"doc": [0], "theme": ["x"], "evidence": [[(0, 5)]]})
    >>> count_groups(pd.DataFrame({"text": ["Roads!"]}), rows).values.tolist()
    [['x', 'Roads', 1, 1, 1]]
    """
    rows = []
    for theme, group in themes.groupby("theme", sort=True):
        places = group[["doc", "evidence"]].explode("evidence").dropna().itertuples(index=False)
        words = Counter(
            " ".join(documents.at[doc, "text"][slice(*span)].split()) for doc, span in places
        )
        listed = ", ".join(f"{word} {n}" if n > 1 else word for word, n in words.most_common(8))
        rows.append((theme, listed, len(group), group["doc"].nunique(), words.total()))
    rows.sort(key=lambda row: -row[4])
    return pd.DataFrame(rows, columns=GROUPS)


def _said(themes: pd.DataFrame) -> pd.DataFrame:
    """The rows with words that say so, without probable themes."""
    return themes[themes["evidence"].map(len) > 0]
