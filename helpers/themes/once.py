"""Each report once and each speaker once: the same choice for every count over many documents."""

from __future__ import annotations

from typing import Literal, NamedTuple

import pandas as pd

from ..documents import KitError
from ..text.wording import plural
from .choices import Choices
from .corpus import read_corpus
from .duplicates import find_duplicates, keep_earliest
from .speakers import merge_speakers

__all__ = ["Once", "count_once"]


class Once(NamedTuple):
    """The documents and their quotes that are counted, and in a sentence what was done to them."""

    documents: pd.DataFrame
    quotes: pd.DataFrame
    said: str


def count_once(
    documents: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    choices: Choices | None = None,
    reprints: Literal["set aside", "kept"] = "set aside",
    names: Literal["merged", "as written"] = "merged",
) -> Once:
    """The documents without reprints, and their quotes with one name for one speaker.

    documents, quotes : the tables of these names.
    choices : the user's `words.toml`; its [merge] joins speakers, too (see `merge_speakers`).
    reprints : "set aside" keeps the earliest of each group of `find_duplicates`; "kept" all.
    names : "merged" across documents as by `merge_speakers`; "as written" leaves each document
        its own.

    Returns (documents, quotes, said); `said` is for the top of a notebook or report.
    Raises KitError for another choice.

    >>> texts = pd.DataFrame({"text": ["Ann Lee sang.", "Ann Lee sang.", "Bob Roe did."]})
    >>> quotes = pd.DataFrame({"doc": [0, 1, 2], "speaker": ["Ann Lee", "Ann Lee", "Bob Roe"],
    ...                        "speaker_kind": "person", "role": None})
    >>> count_once(texts, quotes).said
    '1 reprint set aside; 2 speakers, none merged.'
    """
    if reprints not in ("set aside", "kept") or names not in ("merged", "as written"):
        raise KitError(
            f"no choice {reprints!r} of reprints or {names!r} of names — give 'set aside' or "
            "'kept', and 'merged' or 'as written'"
        )
    if reprints == "set aside":
        kept = keep_earliest(documents, find_duplicates(read_corpus(documents, phrases=False)))
        quotes = quotes[quotes["doc"].isin(kept.index)].reset_index(drop=True)
        gone = len(documents) - len(kept)
        documents, said = kept, f"{plural(gone, 'reprint') if gone else 'no reprints'} set aside"
    else:
        said = "reprints counted like other documents"
    before = quotes["speaker"].nunique()
    if names == "merged":
        quotes = merge_speakers(quotes, choices=choices)
        merged = max(0, before - quotes["speaker"].nunique())
        how = f"{merged or 'none'} merged"
    else:
        quotes, how = quotes.assign(called=quotes["speaker"]), "named as each document names them"
    said += f"; {plural(quotes['speaker'].nunique(), 'speaker')}, {how}."
    return Once(documents, quotes, said[0].upper() + said[1:])
