"""Claims side by side: who says which value of a thing, in which sentence, and what differs."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..charts.colours import GREEN, GREY, INK, ORANGE, VERMILION, YELLOW, tint
from ..text.wording import figure_label, known, listed, plural
from .html import LINE, PAPER, Html, element, escaped, page

COLOURS = {"differs": VERMILION, "changed": ORANGE, "agrees": GREEN, "not comparable": "#8a8a8a"}
CELL = "text-align:left;vertical-align:top;padding:6px 14px 6px 0;white-space:normal;"

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
        return Html(page(below=words), words)
    numbers = list(dict.fromkeys(claims["claim"]))
    groups = [claims[claims["claim"] == n].to_dict("records") for n in numbers[: max(things, 0)]]
    differ = claims.loc[claims["verdict"] == "differs", "claim"].nunique()
    below = (
        f"{plural(len(numbers), 'thing')} of which several claims are made; on {differ:,} of "
        "them claims differ"
        + f"; the first {len(groups):,} are shown" * (len(groups) < len(numbers))
        + "."
    )
    body = "".join(_heading(rows) + "".join(map(_claim, rows)) for rows in groups)
    table = element(
        "table",
        f"border-collapse:collapse;width:100%;margin:0;color:{INK};"
        f"font-size:13px;background:{PAPER};table-layout:auto;",
        f"<tbody>{body}</tbody>",
    )
    return Html(
        page(table, below=below, more="overflow-x:auto;"), "\n".join([*map(_plain, groups), below])
    )


def verdicts(rows: list[Mapping[str, object]]) -> str:
    """How the claims on one thing stand to each other, in words.

    >>> verdicts([{"verdict": "differs"}, {"verdict": "differs"}, {"verdict": "agrees"}])
    '2 of 3 differ'
    """
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in COLOURS}
    words = {
        "differs": "differ",
        "changed": "changed",
        "agrees": "agree",
        "not comparable": "not comparable",
    }
    said = [f"{n:,} {words[verdict]}" for verdict, n in counts.items() if n]
    if counts["differs"]:
        return f"{counts['differs']:,} of {len(rows):,} differ"
    return listed(said)


def _heading(rows: list[dict[str, object]]) -> str:
    return (
        f'<tr style="background:{PAPER};color:{INK}">'
        + element(
            "td",
            f"{CELL}padding-top:16px;border-bottom:2px solid {LINE};",
            element("b", f"font-size:15px;color:{INK};", escaped(rows[0]["about"])),
            element("span", f"color:{GREY};padding-left:10px;", escaped(verdicts(rows))),
            colspan="4",
        )
        + "</tr>"
    )


def claim_words(row: Mapping[str, object]) -> dict[str, str]:
    """A claim in words: what it means, whose, when, where else; its sentence around the figure."""
    before, found, after = str(row["sentence"]).partition(" ".join(str(row["text"]).split()))
    repeated = [str(doc) for doc in row.get("repeated_in") or []]
    more = [f"{len(repeated) - 3} more"] if len(repeated) > 3 else []
    dated = known(row["date"]) and str(row["date"]) not in str(row["doc"])
    return {
        "means": figure_label(row),
        "before": before,
        "found": found,
        "after": after,
        "speaker": str(row["speaker"]) if known(row["speaker"]) else "the text itself",
        "when": f"for {row['when']}" if known(row["when"]) else "",
        "date": str(row["date"]) if dated else "",
        "repeated": f"word for word in {listed(repeated[:3] + more)}" if repeated else "",
    }


def _claim(row: Mapping[str, object]) -> str:
    edge, said = f"border-bottom:1px solid {LINE};", claim_words(row)
    colour = COLOURS.get(str(row["verdict"]), GREY)
    tag = element(
        "span",
        f"background:{tint(colour, 0.18)};border-left:4px solid {colour};"
        f"color:{INK};padding:1px 7px;white-space:nowrap;",
        escaped(row["verdict"]),
    )
    small = f"color:{GREY};font-size:12px;padding-top:3px;"
    marked = element(
        "mark", f"background:{tint(YELLOW, 0.55)};color:{INK};", escaped(said["found"])
    ) * bool(said["found"])
    return (
        f'<tr style="background:{PAPER};color:{INK}">'
        + "".join(
            [
                element(
                    "td",
                    f"{CELL}{edge}width:12em;",
                    tag,
                    element("div", small, escaped(row["note"])),
                ),
                element(
                    "td",
                    f"{CELL}{edge}white-space:nowrap;",
                    element("b", f"color:{INK};", escaped(said["means"])),
                    element("div", small, escaped(said["when"])) * bool(said["when"]),
                ),
                element(
                    "td",
                    f"{CELL}{edge}min-width:9em;",
                    escaped(said["speaker"]),
                    element("div", small + "overflow-wrap:anywhere;", escaped(_where(row, said))),
                ),
                element(
                    "td",
                    f"{CELL}{edge}min-width:18em;",
                    escaped(said["before"]),
                    marked,
                    escaped(said["after"]),
                ),
            ]
        )
        + "</tr>"
    )


def _where(row: Mapping[str, object], said: Mapping[str, str]) -> str:
    place = ", ".join(filter(None, [said["date"], str(row["doc"])]))
    return "; ".join(filter(None, [place, said["repeated"]]))


def _plain(rows: list[dict[str, object]]) -> str:
    lines = [f"{rows[0]['about']}: {verdicts(rows)}"]
    for row in rows:
        said = claim_words(row)
        lines.append(
            f"  {row['verdict']}: {said['means']} — {said['speaker']} "
            f"({_where(row, said)}): {row['sentence']}"
        )
    return "\n".join(lines)
