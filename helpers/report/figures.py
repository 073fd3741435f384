"""What the report shows of figures over all documents: claims side by side, and a list to sort."""
from __future__ import annotations

import pandas as pd

from ..claims import checklist
from ..show.claims import verdicts
from ..wording import figure_label, known, listed
from .views import Links, size_of

LOOKS = {"differs": "differs", "changed": "changed", "agrees": "agrees"}


def claim_groups(claims: pd.DataFrame, figures: pd.DataFrame, *, most: int, links: Links
                 ) -> list[dict[str, object]]:
    """The first things of which several claims are made, each with its claims and their places.

    claims : the table of `compare_claims`; figures : the table that it was made from.
    """
    rows = {(row.doc, row.start): at for at, row in enumerate(figures.itertuples())}
    groups: dict[int, list[dict[str, object]]] = {}
    for row in claims[claims["claim"] <= most].to_dict("records"):
        before, found, after = str(row["sentence"]).partition(" ".join(str(row["text"]).split()))
        repeated = [str(doc) for doc in row["repeated_in"][:3]]
        groups.setdefault(row["claim"], []).append(row | {
            "means": figure_label(row), "size": size_of(row), "look": LOOKS.get(row["verdict"], ""),
            "when": row["when"] if known(row["when"]) else None,
            "speaker": row["speaker"] if known(row["speaker"]) else None,
            "date": row["date"] if known(row["date"]) and row["date"] not in str(row["doc"])
            else None,
            "before": before, "found": found, "after": after,
            "repeated": listed(repeated) + " and others" * (len(row["repeated_in"]) > 3),
            "href": links.to_row("figures", rows[row["doc"], row["start"]])})
    return [{"about": found[0]["about"], "verdicts": verdicts(found), "rows": found}
            for found in groups.values()]


def figure_rows(figures: pd.DataFrame, documents: pd.DataFrame, *, most: int, links: Links
                ) -> list[dict[str, object]]:
    """The first figures of all documents, each with its sentence and a link to its place."""
    table = checklist(figures[:most], documents)
    return [{name: value if known(value) else None for name, value in row.items()} | {
        "size": repr(float(row["size"])) if known(row["size"]) else "",
        "href": links.to_row("figures", at)} for at, row in enumerate(table.to_dict("records"))]
