"""What was read and what was left out, in a sentence for the top of each notebook."""

from __future__ import annotations

import pandas as pd

from ..documents import english, language_name
from ..text.wording import listed, plural

MOST = 5  # names in the sentence


def left_out(documents: pd.DataFrame) -> str:
    """How many documents were read, and which of them the analyses leave out.

    documents : the documents table; made by hand it has no problems to tell of.

    Raises KitError when this is no table of documents.

    >>> print(left_out(pd.DataFrame({"text": ["Oui.", "Yes."], "language": ["fr", "en"]})))
    2 documents read; 1 is in another language and left out of the analyses: 0 (French).
    """
    spoken = english(documents)
    rest = documents.drop(index=spoken.index)
    parts = [f"{plural(len(documents), 'document')} read"]
    if len(rest):
        named = rest[:MOST]["language"].items()
        names = [f"{doc} ({language_name(code)})" for doc, code in named]
        names += [f"{len(rest) - MOST:,} more"] * (len(rest) > MOST)
        are = "is" if len(rest) == 1 else "are"
        out = f"{len(rest):,} {are} in another language and left out of the analyses"
        parts.append(f"{out}: {listed(names)}")
    if missed := len(unread(documents)):
        parts.append(f"{plural(missed, 'file')} not among them: notebook 01 says why")
    return "; ".join(parts) + "."


def unread(documents: pd.DataFrame) -> pd.DataFrame:
    """The problems of files of which nothing was read; "table.csv#5" is a part of a file."""
    problems = documents.attrs.get("problems", pd.DataFrame({"path": []}))
    read = set(documents["path"].str.split("#").str[0]) if "path" in documents else set()
    return problems[~problems["path"].astype(str).str.split("#").str[0].isin(read)]
