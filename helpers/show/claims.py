"""Claims side by side: who says which value of a thing, in which sentence, and what differs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..charts.colours import COLOURS, GREEN, ORANGE, VERMILION
from ..text.wording import figure_label, known, listed, plural
from .html import Html, macros, page

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
    total = claims["claim"].nunique()
    groups = claim_groups(claims, things=things)
    differ = claims.loc[claims["verdict"] == "differs", "claim"].nunique()
    below = (
        f"{plural(total, 'thing')} of which several claims are made; on {differ:,} of "
        "them claims differ"
        + f"; the first {len(groups):,} are shown" * (len(groups) < total)
        + "."
    )
    lines = []
    for group in groups:
        lines.append(f"{group['about']}: {group['verdicts']}")
        for row in group["rows"]:
            where = ", ".join(filter(None, [row["date"], row["doc"]]))
            where = "; ".join(filter(None, [where, row["repeated"]]))
            said = f"{row['means']} — {row['speaker']} ({where}): {row['sentence']}"
            lines.append(f"  {row['verdict']}: {said}")
    return page(macros("claims", groups), "\n".join(lines), below=below)


def claim_groups(claims: pd.DataFrame, *, things: int) -> list[dict[str, object]]:
    """The first things of which several claims are made, each with its claims in words."""
    numbers = list(dict.fromkeys(claims["claim"]))[: max(things, 0)]
    groups = [claims[claims["claim"] == n].to_dict("records") for n in numbers]
    return [
        {
            "about": rows[0]["about"],
            "verdicts": verdicts(rows),
            "rows": [_in_words(row) for row in rows],
        }
        for rows in groups
    ]


def verdicts(rows: list[Mapping[str, object]]) -> str:
    """How the claims on one thing stand to each other, in words.

    >>> verdicts([{"verdict": "differs"}, {"verdict": "differs"}, {"verdict": "agrees"}])
    '2 of 3 differ'
    """
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS}
    if counts["differs"]:
        return f"{counts['differs']:,} of {len(rows):,} differ"
    return listed([f"{n:,} {VERDICTS[verdict][0]}" for verdict, n in counts.items() if n])


def size_of(figure: Mapping[str, object]) -> str:
    """What a figure is sorted by: its value, of a range the upper end; "" where it has none."""
    ends = [figure[name] for name in ("high", "value", "low") if known(figure[name])]
    return repr(float(ends[0])) if ends else ""


def _in_words(row: Mapping[str, object]) -> dict[str, object]:
    """A claim in words: what it means, whose, when, where else; its sentence around the figure."""
    before, found, after = str(row["sentence"]).partition(" ".join(str(row["text"]).split()))
    repeated = [str(doc) for doc in row.get("repeated_in") or []]
    more = [f"{len(repeated) - 3} more"] if len(repeated) > 3 else []
    dated = known(row["date"]) and str(row["date"]) not in str(row["doc"])
    return {
        "verdict": str(row["verdict"]),
        "who": VERDICTS.get(str(row["verdict"]), ("", 0))[1],
        "note": row["note"],
        "means": figure_label(row),
        "size": size_of(row),
        "when": f"for {row['when']}" if known(row["when"]) else "",
        "speaker": str(row["speaker"]) if known(row["speaker"]) else "the text itself",
        "doc": str(row["doc"]),
        "start": row.get("start"),
        "href": "",
        "date": str(row["date"]) if dated else "",
        "repeated": f"word for word in {listed(repeated[:3] + more)}" if repeated else "",
        "sentence": row["sentence"],
        "before": before,
        "found": found,
        "after": after,
    }
