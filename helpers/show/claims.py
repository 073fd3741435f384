"""Claims side by side: who says which value of a thing, in which sentence, and what differs."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from ..charts.colours import COLOURS, GREEN, ORANGE, VERMILION
from ..text.wording import figure_label, known, listed, plural
from .html import Html, macros, page, written
from .marks import Rows, records

VERDICTS = {  # the verdict of a claim → the verb of several, and the colour
    "differs": ("differ", COLOURS.index(VERMILION) + 1),
    "changed": ("changed", COLOURS.index(ORANGE) + 1),
    "agrees": ("agree", COLOURS.index(GREEN) + 1),
    "not comparable": ("not comparable", 0),
}
NOTHING = "No claims that could be compared were found."
ALONE = (
    f"{NOTHING} In one document there is seldom anything to compare: give a folder of "
    "several on one matter, such as tests/documents."
)


def show_claims(claims: pd.DataFrame, *, things: int = 20) -> Html:
    """Each thing of which several claims are made, with the claims below it, one a row.

    A row holds the verdict and its reason, the figure, whose claim it is, and the sentence with
    the figure marked in it.

    claims : the table of `compare_claims`, or some of its rows.
    things : how many things to show; the line below says how many there are.

    Returns an Html that notebooks display.

    >>> show_claims(pd.DataFrame({"claim": []})).text
    'No claims that could be compared were found.'
    """
    if not len(claims):
        words = ALONE if claims.attrs.get("documents") == 1 else NOTHING
        if compared := claims.attrs.get("things", 0):  # the rows of all of them were taken out
            words = f"Several claims are made of {plural(compared, 'thing')}, none of these here."
        return page("", "", below=words)
    groups, total = claim_groups(claims, things=things), claims["claim"].nunique()
    differ = claims.loc[claims["verdict"] == "differs", "claim"].nunique()
    below = f"{plural(total, 'thing')} of which several claims are made; on {differ:,} of them "
    below += "claims differ" + f"; the first {len(groups):,} are shown" * (len(groups) < total)
    said = written("claims.j2", groups=groups).rstrip()
    return page(macros("claims", groups), said, below=f"{below}.")


def claim_groups(claims: pd.DataFrame, *, things: int) -> list[dict[str, object]]:
    """The first things of which several claims are made, each with its claims in words."""
    numbers = list(dict.fromkeys(claims["claim"]))[: max(things, 0)]
    groups = [records(claims[claims["claim"] == number]) for number in numbers]
    return [{"about": rows[0]["about"], **_in_words(rows)} for rows in groups]


def _in_words(rows: Rows) -> dict[str, object]:
    """How the claims on one thing stand to each other, and what each of them means."""
    counts = Counter(row["verdict"] for row in rows)
    said = listed([f"{counts[one]:,} {VERDICTS[one][0]}" for one in VERDICTS if counts[one]])
    for row in rows:
        ends = [row[name] for name in ("high", "value", "low") if known(row[name])]
        docs = [*map(str, row.get("repeated_in") or [])]
        docs[3:] = [f"{len(docs) - 3} more"] * (len(docs) > 3)
        row |= {
            "who": VERDICTS.get(row["verdict"], ("", 0))[1],
            "means": figure_label(row),
            "size": repr(float(ends[0])) if ends else "",  # what it is sorted by
            "when": f"for {row['when']}" if row["when"] else "",
            "repeated": f"word for word in {listed(docs)}" if docs else "",
        }
    differ = f"{counts['differs']:,} of {len(rows):,} differ"
    return {"verdicts": differ if counts["differs"] else said, "rows": rows}
