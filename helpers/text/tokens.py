"""The tokens table."""

from __future__ import annotations

from array import array
from itertools import repeat

import numpy as np
import pandas as pd

from ..documents import english
from ..work import map_parts
from .doc import docs_of

COLUMNS = ["doc", "paragraph", "sentence", "start", "end", "token", "lemma", "pos"]
NUMBERS = frozenset({"paragraph", "sentence", "start", "end"})


def tokenize(documents: pd.DataFrame) -> pd.DataFrame:
    """One row per word of the documents, in order.

    Columns: doc, paragraph and sentence (numbered from 0 within the document), start, end, token,
    lemma, pos (universal tag).  A missing text has no words.  Documents in another language than
    English (`language`) are left out.

    >>> table = tokenize(pd.DataFrame({"text": ["The ministers agreed."]}, index=["a"]))
    >>> table[["token", "lemma", "pos"]].values[1:3].tolist()
    [['ministers', 'minister', 'NOUN'], ['agreed', 'agree', 'VERB']]
    """
    return pd.concat(map_parts(_tokens, english(documents)), ignore_index=True)


def _tokens(documents: pd.DataFrame) -> pd.DataFrame:
    columns = {name: array("i") if name in NUMBERS else [] for name in COLUMNS}
    forms: dict[object, object] = {}  # each kept once: 28 million words have half a million forms
    for name, doc in zip(documents.index.tolist(), docs_of(documents["text"]), strict=True):
        sizes = [after - first for first, after in doc.sentences]
        cells = (
            repeat(name, len(doc.words)),
            np.repeat(np.array(doc.sentence_paragraph, np.int32), sizes).tolist(),
            np.repeat(np.arange(len(sizes)), sizes).tolist(),
            *(doc.starts, doc.ends),
            *(map(forms.setdefault, some, some) for some in (doc.words, doc.lemmas, doc.pos)),
        )
        for column, values in zip(columns.values(), cells, strict=True):
            column.extend(values)
    types = {name: np.int64 if name in NUMBERS else object for name in COLUMNS}
    return pd.DataFrame({name: pd.Series(columns[name], dtype=types[name]) for name in COLUMNS})
