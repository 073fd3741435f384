"""Claims side by side: who says which value of a thing, in which sentence, and what differs."""
from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from ..wording import figure_label, known, listed, plural
from .html import GREY, INK, LINE, PAPER, SANS, Html, element, escaped, tint

COLOURS = {"differs": "#D55E00", "changed": "#E69F00", "agrees": "#009E73",
           "not comparable": "#8a8a8a"}
CELL = "text-align:left;vertical-align:top;padding:6px 14px 6px 0;white-space:normal;"

NOTHING = "No claims that could be compared were found."
ALONE = (f"{NOTHING} In one document there is seldom anything to compare: give a folder of "
         "several on one matter, such as tests/documents.")


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
        return Html(element("div", f"{SANS};font-size:13px;color:{GREY};background:{PAPER};"
                            "padding:8px 10px;", words), words)
    numbers = list(dict.fromkeys(claims["claim"]))
    groups = [claims[claims["claim"] == n].to_dict("records") for n in numbers[:max(things, 0)]]
    differ = claims.loc[claims["verdict"] == "differs", "claim"].nunique()
    below = (f"{plural(len(numbers), 'thing')} of which several claims are made; on {differ:,} of "
             "them claims differ" + f"; the first {len(groups):,} are shown" * (
                 len(groups) < len(numbers)) + ".")
    body = "".join(_heading(rows) + "".join(map(_claim, rows)) for rows in groups)
    page = element(
        "div", f"{SANS};font-size:13px;line-height:1.45;color:{INK};background:{PAPER};"
        "padding:6px 10px;overflow-x:auto;",
        element("table", f"border-collapse:collapse;width:100%;margin:0;color:{INK};font-size:13px;"
                f"background:{PAPER};table-layout:auto;", f"<tbody>{body}</tbody>"),
        element("div", f"color:{GREY};padding:8px 0 2px;", escaped(below)))
    return Html(page, "\n".join([*(_plain(rows) for rows in groups), below]))


def verdicts(rows: list[Mapping[str, object]]) -> str:
    """How the claims on one thing stand to each other, in words.

    >>> verdicts([{"verdict": "differs"}, {"verdict": "differs"}, {"verdict": "agrees"}])
    '2 of 3 differ'
    """
    counts = {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in COLOURS}
    words = {"differs": "differ", "changed": "changed", "agrees": "agree",
             "not comparable": "not comparable"}
    said = [f"{n:,} {words[verdict]}" for verdict, n in counts.items() if n]
    if counts["differs"]:
        return f"{counts['differs']:,} of {len(rows):,} differ"
    return listed(said)


def _heading(rows: list[dict[str, object]]) -> str:
    return f'<tr style="background:{PAPER};color:{INK}">' + element(
        "td", f"{CELL}padding-top:16px;border-bottom:2px solid {LINE};",
        element("b", f"font-size:15px;color:{INK};", escaped(rows[0]["about"])),
        element("span", f"color:{GREY};padding-left:10px;", escaped(verdicts(rows))),
        colspan="4") + "</tr>"


def _claim(row: Mapping[str, object]) -> str:
    edge = f"border-bottom:1px solid {LINE};"
    colour = COLOURS.get(str(row["verdict"]), GREY)
    tag = element("span", f"background:{tint(colour, 0.18)};border-left:4px solid {colour};"
                  f"color:{INK};padding:1px 7px;white-space:nowrap;", escaped(row["verdict"]))
    small = f"color:{GREY};font-size:12px;padding-top:3px;"
    when = element("div", small, escaped(f"for {row['when']}")) * bool(known(row["when"]))
    return f'<tr style="background:{PAPER};color:{INK}">' + "".join([
        element("td", f"{CELL}{edge}width:12em;", tag, element("div", small, escaped(row["note"]))),
        element("td", f"{CELL}{edge}white-space:nowrap;",
                element("b", f"color:{INK};", escaped(figure_label(row))), when),
        element("td", f"{CELL}{edge}min-width:9em;", escaped(_who(row)),
                element("div", small + "overflow-wrap:anywhere;", escaped(_where(row)))),
        element("td", f"{CELL}{edge}min-width:18em;", _marked(row))]) + "</tr>"


def _marked(row: Mapping[str, object]) -> str:
    """The sentence with the figure marked in it."""
    figure = " ".join(str(row["text"]).split())
    before, found, after = str(row["sentence"]).partition(figure)
    if not found:
        return escaped(before)
    return escaped(before) + element("mark", f"background:{tint('#F0E442', 0.55)};color:{INK};",
                                     escaped(found)) + escaped(after)


def _who(row: Mapping[str, object]) -> str:
    return str(row["speaker"]) if known(row["speaker"]) else "the text itself"


def _where(row: Mapping[str, object]) -> str:
    repeated = row.get("repeated_in") or []
    more = f"; word for word in {listed([str(doc) for doc in repeated[:3]])}" if repeated else ""
    more += f" and {len(repeated) - 3} more" if len(repeated) > 3 else ""
    date = f"{row['date']}, " if known(row["date"]) and str(row["date"]) not in str(row["doc"]) \
        else ""
    return f"{date}{row['doc']}{more}"


def _plain(rows: list[dict[str, object]]) -> str:
    lines = [f"{rows[0]['about']}: {verdicts(rows)}"]
    return "\n".join(lines + [
        f"  {row['verdict']}: {figure_label(row)} — {_who(row)} ({_where(row)}): {row['sentence']}"
        for row in rows])
