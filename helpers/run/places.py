"""Places in the report: the name of each document, paragraph, row and mark that links lead to.

The third document is named `d3`, its second paragraph `d3p2`, its quotes `d3q1`, `d3q2`, ….
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

PREFIX = {"quotes": "q", "figures": "f", "themes": "t", "phrases": "k"}
MADE_OF = {"evidence": "quotes", "claims": "figures"}  # the same rows, with more beside them
MOST_TEXTS = 100  # documents shown in full: with more, a browser is slow to open the page
MOST_LETTERS = 400_000  # in all the texts shown


def shown_in_full(documents: pd.DataFrame) -> dict[object, int]:
    """The first documents, each with the number of letters there is room for.

    >>> shown_in_full(pd.DataFrame({"text": ["It grew.", "It fell."]}))
    {0: 400000, 1: 399992}
    """
    shown, room = {}, MOST_LETTERS
    for doc, text in documents["text"][:MOST_TEXTS].items():
        if room > 0:
            shown[doc] = room
        room -= len(text)
    return shown


def linked(table: pd.DataFrame, prefix: str, letters: Mapping[object, int]) -> pd.DataFrame:
    """The table with the `name` of each row, that of its document (`base`) and a link (`href`).

    The link leads to its mark, of a theme to its paragraph.  Empty where the text is not shown.

    prefix : of the names, as in PREFIX; letters : as `shown_in_full` gives them.
    """
    base = table["doc"].map({doc: f"d{n}" for n, doc in enumerate(letters, 1)})
    start = table["start"] if "start" in table else table["spans"].map(lambda spans: spans[0][0])
    name = base + prefix + (table.groupby("doc").cumcount() + 1).astype(str)
    to = base + "p" + (table["paragraph"] + 1).astype(str) if prefix == "t" else name
    href = ("#" + to + "w1" * (prefix == "k")).where(start < table["doc"].map(letters).fillna(0))
    return table.assign(base=base, name=name.fillna(""), href=href.fillna(""))


def passages(
    tables: Mapping[str, pd.DataFrame], counted: Mapping[str, pd.DataFrame]
) -> dict[str, list[str]]:
    """For each row of the saved tables the name of its place in the report, "" where it has none.

    A row that the report does not count (a probable theme, …) leads to its paragraph.

    tables : as they are saved; counted : as `report_html` takes them.
    """
    letters = shown_in_full(counted["documents"])
    numbers = {doc: f"d{n}" for n, doc in enumerate(letters, 1)}
    found = {"documents": [numbers.get(doc, "") for doc in tables["documents"].index]}
    for name, table in tables.items():
        if (of := MADE_OF.get(name, name)) in PREFIX:
            keys = ["doc", "phrase" if of == "phrases" else "start", *["theme"] * (of == "themes")]
            known = linked(counted[of], PREFIX[of], letters).set_index(keys)["href"].to_dict()
            otherwise = linked(table, "k" if of == "phrases" else "t", letters)["href"]
            places = zip(table.set_index(keys).index, otherwise, strict=True)
            found[name] = [known.get(key, other).lstrip("#") for key, other in places]
    return found
