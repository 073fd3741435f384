"""The fact-checker's list: each figure with what it means and the sentence it stands in."""

from __future__ import annotations

from bisect import bisect_right

import pandas as pd

from ...documents import KitError
from ...text import split_sentences
from ...text.wording import figure_label

AROUND = 500  # letters of a sentence to either side of a figure
COLUMNS = "text means size kind of when speaker sentence doc paragraph start end".split()


def checklist(figures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The figures one a row with their sentences, ready to be sorted and checked.

    figures : the table of `find_figures`, or some of its rows.
    documents : the documents that it was made from.

    Returns columns text (as written), means (in plain words: "> 40 billion USD"), size (the value
    to sort by, of a range its upper end), kind, of, when, speaker, sentence (on one line), doc,
    paragraph, start, end; rows in the order of *figures*.
    Raises KitError when the figures have no places.

    >>> from helpers import find_figures
    >>> documents = pd.DataFrame({"text": ["It grew. It cost over 5 euros."]}, index=["a"])
    >>> checklist(find_figures(documents), documents)[["means", "sentence"]].values.tolist()
    [['> 5 EUR', 'It cost over 5 euros.']]
    """
    if missing := [name for name in ("doc", "start", "text", "kind") if name not in figures]:
        raise KitError(f"no column {', '.join(missing)} — give the table of find_figures")
    texts = documents["text"].to_dict()
    figures = figures.reset_index(drop=True)
    sentences: list[str | None] = [None] * len(figures)
    for doc, places in figures.groupby("doc", sort=False)["start"]:
        spans = split_sentences(str(texts[doc])) if doc in texts else []
        starts = [start for start, _ in spans]
        for row, place in places.items():
            at = bisect_right(starts, place) - 1
            if at >= 0:
                sentences[row] = in_one_line(str(texts[doc]), spans[at], int(place))
    size = figures["high"].fillna(figures["value"]).fillna(figures["low"]).astype("float64")
    return figures.assign(
        means=pd.Series([figure_label(row) for row in figures.to_dict("records")], dtype=object),
        size=size,
        sentence=pd.Series(sentences, dtype=object),
    )[COLUMNS]


def in_one_line(text: str, sentence: tuple[int, int], place: int) -> str:
    """A sentence on one line; of a very long one what stands around a place in it.

    >>> in_one_line("It cost\\n5 euros.", (0, 17), 8)
    'It cost 5 euros.'
    """
    start, end = max(sentence[0], place - AROUND), min(sentence[1], place + AROUND)
    words = " ".join(text[start:end].split())
    return "… " * (start > sentence[0]) + words + " …" * (end < sentence[1])
