"""What the report shows of figures over all documents: claims side by side, and a list to sort."""

from __future__ import annotations

import pandas as pd

from ...figures.claims import checklist
from ...show.claims import claim_words, verdicts
from ...text.wording import known
from .views import Links, size_of


def claim_groups(
    claims: pd.DataFrame, figures: pd.DataFrame, *, most: int, links: Links
) -> list[dict[str, object]]:
    """The first things of which several claims are made, each with its claims and their places.

    claims : the table of `compare_claims`; figures : the table that it was made from.
    """
    rows = {(row.doc, row.start): at for at, row in enumerate(figures.itertuples())}
    groups: dict[int, list[dict[str, object]]] = {}
    for row in claims[claims["claim"] <= most].to_dict("records"):
        groups.setdefault(row["claim"], []).append(
            row
            | claim_words(row)
            | {
                "size": size_of(row),
                "look": row["verdict"] if row["verdict"] != "not comparable" else "",
                "href": links.to_row("figures", rows[row["doc"], row["start"]]),
            }
        )
    return [
        {"about": found[0]["about"], "verdicts": verdicts(found), "rows": found}
        for found in groups.values()
    ]


def figure_rows(
    figures: pd.DataFrame, documents: pd.DataFrame, *, most: int, links: Links
) -> list[dict[str, object]]:
    """The first figures of all documents, each with its sentence and a link to its place."""
    table = checklist(figures[:most], documents)
    return [
        {name: value if known(value) else None for name, value in row.items()}
        | {
            "size": repr(float(row["size"])) if known(row["size"]) else "",
            "href": links.to_row("figures", at),
        }
        for at, row in enumerate(table.to_dict("records"))
    ]
