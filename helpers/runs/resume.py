"""The name under which the work of an interrupted run is found again."""
from __future__ import annotations

import hashlib
import json

import pandas as pd

from ..kept import kit_digest

MADE_OF = ("helpers/**/*", "notebooks/*.ipynb")  # what the results depend on beside the documents


def run_key(documents: pd.DataFrame, settings: object) -> str:
    """Twelve letters and digits that stand for documents, settings and the kit as it is.

    They change with any cell of the documents table, and with any byte of the kit's code, word
    lists, models and notebooks, so that work done before a word list was edited is never used.

    documents : the documents table; settings : whatever JSON can hold.
    """
    digest = hashlib.sha256(json.dumps(settings, sort_keys=True).encode())
    for row in documents.reset_index().astype(object).itertuples(index=False):
        digest.update(repr(tuple(row)).encode("utf-8", "replace"))
    digest.update(kit_digest(MADE_OF).encode())
    return digest.hexdigest()[:12]
