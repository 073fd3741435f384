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
    figures, texts = figures.reset_index(drop=True), documents["text"].to_dict()
    spans = {
        doc: split_sentences(str(texts[doc])) for doc in figures["doc"].unique() if doc in texts
    }
    sentences: list[str | None] = []
    for doc, place in zip(figures["doc"], figures["start"], strict=True):
        at = bisect_right(spans.get(doc, []), place, key=lambda span: span[0]) - 1
        sentences.append(in_one_line(str(texts[doc]), spans[doc][at], place) if at >= 0 else None)
    size = figures["high"].fillna(figures["value"]).fillna(figures["low"]).astype("float64")
    means = [figure_label(row) for row in figures.to_dict("records")]
    added = {"means": means, "sentence": sentences}
    table = figures.assign(size=size, **{k: pd.Series(v, dtype=object) for k, v in added.items()})
    return table[COLUMNS]


def in_one_line(text: str, sentence: tuple[int, int], place: int) -> str:
    """A sentence on one line; of a very long one what stands around a place in it."""
    start, end = max(sentence[0], place - AROUND), min(sentence[1], place + AROUND)
    words = " ".join(text[start:end].split())
    return "… " * (start > sentence[0]) + words + " …" * (end < sentence[1])
