"""Findings: what the tables say, in the sentences of `data/findings.j2`, which state counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from ..show import records
from ..show.html import plain_templates
from ..text import read_tables
from ..themes.evidence import UNKNOWN, by_size, count_speakers

Facts = tuple[str, str, Sequence[bool], Mapping[str, object]]  # sentence, table, its rows, facts


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
    ...     "figures": pd.DataFrame(columns=["doc", "start", "kind", "value", "high", "speaker"]),
    ...     "themes": pd.DataFrame(columns=["theme"]),
    ...     "evidence": pd.DataFrame(columns=["speaker", "themes"])})[0].text
    'No quotes were found.'
    """
    quotes, figures, themes = (tables[name] for name in ("quotes", "figures", "themes"))
    facts = [
        *_differences(tables.get("claims", figures[:0].assign(verdict="", about="")), figures),
        *_speakers(quotes),
        *_themes(themes, tables["evidence"]),
        *_figures(figures),
    ]
    say = plain_templates().get_template("findings.j2").module
    said = [(str(getattr(say, name)(**some)).strip(), *rest) for name, *rest, some in facts]
    return [
        Finding(_stopped(text), table, tuple(n for n, one in enumerate(rows) if one))
        for text, table, rows in said
        if text
    ]


def _differences(claims: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Facts]:
    against = claims[claims["verdict"] == "differs"]
    places = set(zip(against["doc"], against["start"], strict=True))
    rows = [place in places for place in zip(figures["doc"], figures["start"], strict=True)]
    yield "differ", "figures", rows, {"things": [f"“{one}”" for one in against["about"].unique()]}


def _speakers(quotes: pd.DataFrame) -> Iterator[Facts]:
    counts = count_speakers(quotes)
    named = counts[counts["speaker"] != UNKNOWN]
    first = named[named["quotes"] == named["quotes"].max()]
    rows = quotes["speaker"].isin(first["speaker"]) if len(named) else [True] * len(quotes)
    yield "speakers", "quotes", rows, {"total": len(quotes), "first": records(first)}
    missing = quotes["speaker"].isna() & bool(len(named))
    yield "nobody", "quotes", missing, {"quotes": int(missing.sum())}


def _themes(themes: pd.DataFrame, evidence: pd.DataFrame) -> Iterator[Facts]:
    """The three themes with the most passages, parts behind the whole, and who speaks of one."""
    counts = themes["theme"].value_counts()
    wholes = [name for name in counts.index if str(name).rpartition("/")[0] not in counts]
    top = [(name, int(counts[name])) for name in by_size(counts[wholes].items())[:3]]
    yield "themes", "themes", themes["theme"] == (top or [("", 0)])[0][0], {"top": top}
    pairs = evidence[["speaker", "themes"]].assign(row=range(len(evidence))).explode("themes")
    pairs = pairs.dropna(subset=["speaker", "themes"])
    pairs = pairs[pairs["speaker"] != pairs["themes"]]  # discovered themes may be named by people
    groups = pairs.groupby(["speaker", "themes"])["row"].agg(set)
    for who, theme in by_size((pair, len(rows)) for pair, rows in groups.items() if len(rows) > 1)[
        :1
    ]:
        rows = groups[who, theme]
        about = {"speaker": who, "theme": theme, "quotes": len(rows)}
        yield "speaks", "quotes", [n in rows for n in range(len(evidence))], about


def _figures(figures: pd.DataFrame) -> Iterator[Facts]:
    """The largest sum in each of the three currencies that occur most, and the kinds of figures."""
    ends = [pd.to_numeric(figures[name], errors="coerce") for name in ("value", "high")]
    money = figures.assign(size=pd.concat(ends, axis=1).max(axis=1), row=range(len(figures)))
    money = money[money["kind"] == "money"].dropna(subset=["size"])
    for unit in by_size(money.get("unit", money["kind"]).value_counts().items())[:3]:
        [top] = records(money[money["unit"] == unit].nlargest(1, "size"))
        rows = [n == top["row"] for n in range(len(figures))]
        yield "sum", "figures", rows, {"top": top, "alone": len(money) == 1}
    kinds = figures["kind"].value_counts()
    counts = [(kind, int(kinds[kind])) for kind in by_size(kinds.items())]
    claimed = figures["speaker"].notna()
    yield "kinds", "figures", claimed, {"counts": counts, "claimed": int(claimed.sum())}


def _stopped(sentence: str) -> str:
    """With one stop at its end: a name may have brought its own, as "Inc." does."""
    return sentence[:-1] if sentence.endswith("..") else sentence
