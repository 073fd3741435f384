"""Findings: what the tables say, in sentences that state what was counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..text import read_tables
from ..text.wording import figure_label, known, listed, plural
from ..themes.evidence import UNKNOWN, count_speakers

MANY = {"money": ("sum of money", "sums of money"), "percent": ("percentage", "percentages")}
MANY |= {"quantity": ("quantity", "quantities")}  # other kinds add an s


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and the rows (positions in one of the tables) that it was made from."""

    text: str
    table: str
    rows: tuple[int, ...] = ()


def measured_scores() -> pd.DataFrame:
    """How good each analysis is: one row a measurement, from `data/methods.toml`.

    Returns columns what (the analysis), measure (with its unit), value, peers (the best that
    others reach, or two people against each other) and set (the texts it was measured on).

    >>> list(measured_scores().columns)
    ['what', 'measure', 'value', 'peers', 'set']
    """
    columns = ["what", "measure", "value", "peers", "set"]
    return pd.DataFrame(read_tables("methods.toml").get("score", []), columns=columns)


def find_findings(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Where claims differ, who is quoted most, on what, the largest sums, and what is not known.

    States counts and never reasons: it cannot see irony, importance or truth.

    tables : quotes, figures, themes and evidence, and claims where they were compared.

    >>> find_findings({"quotes": pd.DataFrame(columns=["doc", "speaker", "kind", "quote"]),
    ...     "figures": pd.DataFrame(columns=["kind"]), "themes": pd.DataFrame(columns=["theme"]),
    ...     "evidence": pd.DataFrame()})[0].text
    'No quotes were found.'
    """
    quotes, figures = tables["quotes"], tables["figures"]
    return [
        *_differences(tables.get("claims"), figures),
        *_speakers(quotes),
        *_themes(tables["themes"]),
        *_theme_of_speaker(tables["evidence"]),
        *_largest_sums(figures),
        *_kinds(figures),
    ]


def _differences(claims: pd.DataFrame | None, figures: pd.DataFrame) -> list[Finding]:
    if claims is None or not (claims["verdict"] == "differs").any():
        return []
    against = claims[claims["verdict"] == "differs"]
    places = set(zip(against["doc"], against["start"], strict=True))
    among = [place in places for place in zip(figures["doc"], figures["start"], strict=True)]
    things = [f"“{about}”" for about in dict.fromkeys(against["about"])]
    more = [f"{len(things) - 3} more"] if len(things) > 3 else []
    said = f"Claims differ on {plural(len(things), 'thing')}: {listed(things[:3] + more)}."
    return [Finding(said, "figures", _where(among))]


def _speakers(quotes: pd.DataFrame) -> list[Finding]:
    if not len(quotes):
        return [Finding("No quotes were found.", "quotes")]
    total = plural(len(quotes), "quote")
    counts = count_speakers(quotes)
    named = counts[counts["speaker"] != UNKNOWN]
    if not len(named):
        said = f"{total}, and no speaker was found for any."
        return [Finding(said, "quotes", tuple(range(len(quotes))))]
    top = named.iloc[0]
    first = named.loc[named["quotes"] == top["quotes"], "speaker"].tolist()
    if len(first) > 1:
        who = listed(first) if len(first) <= 3 else f"{len(first)} speakers"
        said = f"{who} are quoted most: {plural(top['quotes'], 'time')} each, of {total}."
    else:
        role = f" ({top['role']})" if known(top["role"]) else ""
        said = (
            f"{top['speaker']}{role} is quoted most: {top['quotes']:,} of {total}, "
            f"{top['direct']:,} of them wholly in direct speech."
        )
    missing = _where([not known(speaker) for speaker in quotes["speaker"]])
    nobody = f"For {plural(len(missing), 'quote')} no speaker was found."
    return [
        Finding(said, "quotes", _where(quotes["speaker"].isin(first))),
        *[Finding(nobody, "quotes", missing)] * bool(missing),
    ]


def _themes(themes: pd.DataFrame) -> list[Finding]:
    """The three themes with the most passages; parts of a theme stand behind the whole."""
    if not len(themes):
        return [Finding("No themes were found.", "themes")]
    counts = themes["theme"].value_counts()
    wholes = [name for name in counts.index if str(name).rpartition("/")[0] not in counts]
    names = sorted(wholes, key=lambda name: (-counts[name], str(name)))[:3]
    listing = listed([f"“{name}” ({plural(int(counts[name]), 'passage')})" for name in names])
    are = "theme in most passages is" if len(names) == 1 else "themes in most passages are"
    return [Finding(f"The {are} {listing}.", "themes", _where(themes["theme"] == names[0]))]


def _theme_of_speaker(evidence: pd.DataFrame) -> list[Finding]:
    """The pair of a speaker and a theme that occurs most often, when it does so at least twice."""
    if not len(evidence):
        return []
    pairs = evidence[["speaker", "themes"]].assign(row=range(len(evidence))).explode("themes")
    pairs = pairs.dropna(subset=["speaker", "themes"])
    pairs = pairs[pairs["speaker"] != pairs["themes"]]  # discovered themes may be named by people
    groups = pairs.groupby(["speaker", "themes"])["row"].agg(tuple)
    if not len(groups) or max(map(len, groups)) < 2:
        return []
    (speaker, theme), rows = min(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    said = f"{speaker} speaks most often of “{theme}”: in {plural(len(rows), 'quote')}."
    return [Finding(said, "quotes", rows)]


def _largest_sums(figures: pd.DataFrame) -> list[Finding]:
    """The largest sum in each of the three currencies that occur most."""
    money = figures.assign(row=range(len(figures)))
    money = money[money["kind"] == "money"]
    if not len(money):
        return []
    ends = [pd.to_numeric(money[name], errors="coerce") for name in ("value", "high")]
    money = money.assign(size=pd.concat(ends, axis=1).max(axis=1)).dropna(subset=["size", "unit"])
    counts = money["unit"].value_counts()
    found = []
    for unit in sorted(counts.index, key=lambda unit: (-counts[unit], unit))[:3]:
        top = money[money["unit"] == unit].nlargest(1, "size").iloc[0]
        what = "The only sum of money" if len(money) == 1 else f"The largest sum in {unit}"
        said = f"{what} is “{top['text']}” ({figure_label(top)})"
        for before, column in ((": ", "of"), (", ", "when"), (", says ", "speaker")):
            said += f"{before}{top[column]}" if known(top[column]) else ""
        found.append(Finding(f"{said}.", "figures", (int(top["row"]),)))
    return found


def _kinds(figures: pd.DataFrame) -> list[Finding]:
    if not len(figures):
        return [Finding("No figures were found.", "figures")]
    claimed = _where([known(speaker) for speaker in figures["speaker"]])
    kinds = figures["kind"].value_counts()
    names = sorted(kinds.index, key=lambda kind: (-kinds[kind], kind))
    counted = listed([plural(int(kinds[kind]), *MANY.get(kind, (kind,))) for kind in names])
    whose = (
        f"{len(claimed):,} of them {'is' if len(claimed) == 1 else 'are'} quoted speakers’ claims"
        if claimed
        else "none of them is a quoted speaker’s claim"
    )
    return [Finding(f"{plural(len(figures), 'figure')}: {counted}; {whose}.", "figures", claimed)]


def _where(true: Sequence[bool] | pd.Series) -> tuple[int, ...]:
    return tuple(n for n, one in enumerate(true) if one)
