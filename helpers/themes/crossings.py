"""Crossings: themes by documents, by speakers and by kinds of figures, in three measures."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import pandas as pd

from ..documents import KitError, english
from ..text.sentences import paragraphs
from .terms import count_words

__all__ = ["count_coverage", "cross_themes"]

Measure = Literal["count", "per_1000", "share"]
MEASURES = ("count", "per_1000", "share")
COVERAGE = ["doc", "paragraphs", "with_theme", "without", "words", "theme_words"]
NOBODY = "(unknown)"  # the column of quotes whose speaker is missing


def cross_themes(
    documents: pd.DataFrame,
    themes: pd.DataFrame,
    *,
    quotes: pd.DataFrame | None = None,
    figures: pd.DataFrame | None = None,
    measure: Measure = "count",
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
    if measure not in MEASURES:
        raise KitError(f"no measure {measure!r}; give 'count', 'per_1000' or 'share'")
    if quotes is not None and figures is not None:
        raise KitError("themes can be crossed with speakers or with figures; give one of them")
    if quotes is not None:
        counts, size, of, columns = *_speakers(documents, themes, quotes), "words", "speaker"
    elif figures is not None:
        counts, size, of, columns = *_figures(documents, themes, figures), "figures", "kind"
    else:
        counts, size, of, columns = *_documents(documents, themes), "words", "document"
    across, down = Counter(), Counter()
    for (theme, name), n in counts.items():
        down[theme] += n
        across[name] += n
    rows = sorted(down, key=lambda theme: (-down[theme], str(theme)))
    names = (
        list(documents.index)
        if columns == "document"
        else sorted(across, key=lambda name: (name == NOBODY, -across[name], str(name)))
    )
    scale = {
        "count": lambda theme, name: 1,
        "share": lambda theme, name: down[theme],
        "per_1000": lambda theme, name: size[theme if columns == "kind" else name] / 1000,
    }
    matrix = pd.DataFrame(
        [
            [counts[theme, name] / (scale[measure](theme, name) or 1) for name in names]
            for theme in rows
        ],
        index=pd.Index(rows, name="theme"),
        columns=pd.Index(names, name=columns),
    )
    if measure == "count":
        matrix = matrix.astype(int)
    matrix.attrs.update(measure=measure, of=of, columns=columns)
    return matrix


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
    documents = english(documents)
    found: dict[object, tuple[set[int], set[tuple[int, int]]]] = {
        doc: (set(), set()) for doc in documents.index
    }
    for doc, paragraph, evidence in zip(
        themes["doc"], themes["paragraph"], themes["evidence"], strict=True
    ):
        if evidence and doc in found:
            found[doc][0].add(paragraph)
            found[doc][1].update(evidence)
    rows = []
    for doc, text in zip(documents.index, documents["text"], strict=True):
        number, (covered, places) = len(paragraphs(text)), found[doc]
        rows.append(
            (
                doc,
                number,
                len(covered),
                1 - len(covered) / number if number else 0.0,
                count_words(text),
                len(places),
            )
        )
    return pd.DataFrame(rows, columns=COVERAGE)


def _documents(documents: pd.DataFrame, themes: pd.DataFrame) -> tuple[Counter, Counter]:
    """The themes' words in each document, and the words of each document."""
    counts: Counter = Counter()
    for doc, theme, evidence in zip(
        themes["doc"], themes["theme"], themes["evidence"], strict=True
    ):
        if evidence:
            counts[theme, doc] += len(evidence)
    return counts, Counter(
        {
            doc: count_words(text)
            for doc, text in zip(documents.index, documents["text"], strict=True)
        }
    )


def _speakers(
    documents: pd.DataFrame, themes: pd.DataFrame, quotes: pd.DataFrame
) -> tuple[Counter, Counter]:
    """The themes' words in each speaker's quotes, and the words of the quotes."""
    places: dict[object, list[tuple[int, int, str]]] = {}
    for doc, theme, evidence in zip(
        themes["doc"], themes["theme"], themes["evidence"], strict=True
    ):
        places.setdefault(doc, []).extend((start, end, theme) for start, end in evidence)
    counts: Counter = Counter()
    size: Counter = Counter()
    texts = documents["text"]
    for doc, speaker, spans in zip(quotes["doc"], quotes["speaker"], quotes["spans"], strict=True):
        name = speaker if isinstance(speaker, str) else NOBODY
        for first, after in spans:
            size[name] += count_words(texts[doc][first:after])
            counts.update(
                (theme, name)
                for start, end, theme in places.get(doc, ())
                if first <= start and end <= after
            )
    return counts, size


def _figures(
    documents: pd.DataFrame, themes: pd.DataFrame, figures: pd.DataFrame
) -> tuple[Counter, Counter]:
    """The figures of each kind in each theme's paragraphs, and the words of those paragraphs."""
    kinds: dict[tuple, list[str]] = {}
    for doc, paragraph, kind in zip(
        figures["doc"], figures["paragraph"], figures["kind"], strict=True
    ):
        kinds.setdefault((doc, paragraph), []).append(kind)
    counts: Counter = Counter()
    size: Counter = Counter()
    texts = documents["text"]
    for row in themes[themes["evidence"].map(len) > 0].itertuples():
        size[row.theme] += count_words(texts[row.doc][row.start : row.end])
        counts.update((row.theme, kind) for kind in kinds.get((row.doc, row.paragraph), ()))
    return counts, size
