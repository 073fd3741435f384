"""Findings: what the tables say, in sentences computed from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ...text.wording import figure_label, known, listed, plural
from ...themes.evidence import UNKNOWN, count_speakers

NOUNS = {
    "money": ("sum of money", "sums of money"),
    "percent": ("percentage",),
    "quantity": ("quantity", "quantities"),
    "count": ("count",),
    "number": ("number",),
    "ordinal": ("ordinal",),
    "date": ("date",),
    "duration": ("duration",),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence, and the rows (positions in one of the tables) that it was made from."""

    text: str
    table: str
    rows: tuple[int, ...] = ()


def find_findings(tables: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Who speaks most, what about, the largest sums, and what is not known; most telling first.

    States counts and never reasons: it cannot see irony, importance or truth.

    tables : quotes, figures, themes and evidence, and claims where they were compared.

    >>> find_findings({"quotes": pd.DataFrame(columns=["doc", "speaker", "kind", "quote"]),
    ...     "figures": pd.DataFrame(columns=["kind"]), "themes": pd.DataFrame(columns=["theme"]),
    ...     "evidence": pd.DataFrame()})[0].text
    'No quotes were found.'
    """
    found = [
        *_contradictions(tables.get("claims"), tables["figures"]),
        _most_quoted(tables["quotes"]),
        *_unknown(tables["quotes"]),
        *_main_themes(tables["themes"]),
        *_theme_of_speaker(tables["evidence"]),
        *_largest_sums(tables["figures"]),
        *_claims(tables["figures"]),
    ]
    return found


def _most_quoted(quotes: pd.DataFrame) -> Finding:
    if not len(quotes):
        return Finding("No quotes were found.", "quotes")
    counts = count_speakers(quotes)
    named = counts[counts["speaker"] != UNKNOWN]
    if not len(named):
        return Finding(
            f"{plural(len(quotes), 'quote')}, and the text names no speaker for any.",
            "quotes",
            tuple(range(len(quotes))),
        )
    top = named.iloc[0]
    ties = named.loc[named["quotes"] == top["quotes"], "speaker"].tolist()
    if len(ties) > 1:
        who = listed(ties) if len(ties) <= 3 else f"{len(ties)} speakers"
        return Finding(
            f"{who} are quoted most: {plural(top['quotes'], 'time')} each, of "
            f"{plural(len(quotes), 'quote')}.",
            "quotes",
            _rows(quotes, "speaker", ties),
        )
    role = f" ({top['role']})" if known(top["role"]) else ""
    return Finding(
        f"{top['speaker']}{role} is quoted most: {top['quotes']:,} of "
        f"{plural(len(quotes), 'quote')}, {top['direct']:,} of them wholly in direct "
        f"speech.",
        "quotes",
        _rows(quotes, "speaker", [top["speaker"]]),
    )


def _unknown(quotes: pd.DataFrame) -> list[Finding]:
    missing = tuple(n for n, speaker in enumerate(quotes["speaker"]) if not known(speaker))
    if not missing or len(missing) == len(quotes):
        return []
    return [
        Finding(
            f"For {plural(len(missing), 'quote')} the text does not say who speaks.",
            "quotes",
            missing,
        )
    ]


def _main_themes(themes: pd.DataFrame) -> list[Finding]:
    if not len(themes):
        return [Finding("No themes were found.", "themes")]
    counts = themes["theme"].value_counts()
    wholes = [name for name in counts.index if str(name).rpartition("/")[0] not in counts]
    names = sorted(wholes, key=lambda name: (-counts[name], str(name)))[:3]
    said = listed([f"“{name}” ({plural(int(counts[name]), 'passage')})" for name in names])
    return [
        Finding(
            f"The main {'theme is' if len(names) == 1 else 'themes are'} {said}.",
            "themes",
            _rows(themes, "theme", names[:1]),
        )
    ]


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
    return [
        Finding(
            f"{speaker} speaks most often of “{theme}”: in {plural(len(rows), 'quote')}.",
            "quotes",
            rows,
        )
    ]


def _contradictions(claims: pd.DataFrame | None, figures: pd.DataFrame) -> list[Finding]:
    """The things of which claims cannot all be right."""
    if claims is None or not (claims["verdict"] == "differs").any():
        return []
    against = claims[claims["verdict"] == "differs"]
    places = set(zip(against["doc"], against["start"], strict=True))
    rows = tuple(
        n
        for n, place in enumerate(zip(figures["doc"], figures["start"], strict=True))
        if place in places
    )
    things = list(dict.fromkeys(f"“{about}”" for about in against["about"]))
    more = f" and {len(things) - 3} more" if len(things) > 3 else ""
    said = ", ".join(things[:3]) + more if more else listed(things)
    return [
        Finding(
            f"Sources contradict each other on {plural(len(things), 'thing')}: {said}.",
            "figures",
            rows,
        )
    ]


def _largest_sums(figures: pd.DataFrame) -> list[Finding]:
    """The largest sum in each of the three currencies that occur most."""
    money = figures.assign(row=range(len(figures)))
    money = money[money["kind"] == "money"]
    if not len(money):
        return []
    size = pd.concat(
        [pd.to_numeric(money[name], errors="coerce") for name in ("value", "high")], axis=1
    ).max(axis=1)
    money = money.assign(size=size).dropna(subset=["size", "unit"])
    counts = money["unit"].value_counts()
    units = sorted(counts.index, key=lambda unit: (-counts[unit], unit))[:3]
    found = []
    for unit in units:
        top = money[money["unit"] == unit].nlargest(1, "size").iloc[0]
        of = f": {top['of']}" if known(top["of"]) else ""
        when = f", {top['when']}" if known(top["when"]) else ""
        who = f", says {top['speaker']}" if known(top["speaker"]) else ""
        what = "The only sum of money" if len(money) == 1 else f"The largest sum in {unit}"
        found.append(
            Finding(
                f"{what} is “{top['text']}” ({figure_label(top)}){of}{when}{who}.",
                "figures",
                (int(top["row"]),),
            )
        )
    return found


def _claims(figures: pd.DataFrame) -> list[Finding]:
    if not len(figures):
        return [Finding("No figures were found.", "figures")]
    said = tuple(n for n, speaker in enumerate(figures["speaker"]) if known(speaker))
    kinds = figures["kind"].value_counts()
    names = sorted(kinds.index, key=lambda kind: (-kinds[kind], kind))
    counted = listed([plural(int(kinds[kind]), *NOUNS.get(kind, (kind,))) for kind in names])
    claims = (
        f"{len(said):,} of them {'is' if len(said) == 1 else 'are'} quoted speakers’ claims"
        if said
        else "none of them is a quoted speaker’s claim"
    )
    return [Finding(f"{plural(len(figures), 'figure')}: {counted}; {claims}.", "figures", said)]


def _rows(table: pd.DataFrame, column: str, values: list[str]) -> tuple[int, ...]:
    return tuple(n for n, value in enumerate(table[column]) if value in values)
