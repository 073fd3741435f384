"""Claims on the same thing side by side, and whether they can all be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from ...documents import KitError
from ...text import docs_of
from ...text.wording import known
from .clause import Claim, claims_in, head_of, nouns_of, things_of
from .verdicts import LOOSE, Matter, judged

COLUMNS = (
    "claim verdict ratio note about doc date speaker text kind modifier value low high unit when "
    "sentence repeated_in start end paragraph"
).split()
NEEDED = "doc start end text kind value low high unit modifier of when timex speaker".split()
VERDICTS = ["differs", "changed", "agrees", "not comparable"]


def compare_claims(figures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """All figures that are claimed of the same thing, side by side, and whether they agree.

    Two amounts are of the same thing when they have the same kind and unit, count or measure the
    same thing (`of`, or the counted noun, by its lemmas) and the same is said of it: "was 5",
    "rose by 5" and "cost 5" are three things.  A number that somebody "puts at" is of the thing of
    the figure before it.  Two days are of the same thing when it opens, begins, ends or is founded
    on them.  Figures of two documents must come from documents on one matter, which share names.
    A sentence that other documents repeat word for word is one claim.  What is compared is what
    the words leave possible: "40" meets "39.8", "more than 40" meets 45, ranges meet where they
    overlap.

    Rather misses a contradiction than invents one.  Does not see things under different names
    ("workers", "men"), things named by pronouns, figures that only a reader can add up, and
    figures in tables; does not know who is right.

    figures, documents : the tables of these names, of the same documents.

    Returns one row for each claim on a thing of which there are at least two, contradictions
    first: claim (the number of the thing), verdict, ratio (how many times the farthest claim that
    it contradicts is larger or smaller), note (why), about (the thing in words), doc, date
    (published), speaker, text, kind, modifier, value, low, high, unit, when, sentence, repeated_in
    (other documents with the same sentence), start, end, paragraph.  verdict is `differs` when the
    claim and another on the same time cannot both be right, `changed` when they could not but were
    published more than 7 days apart, `agrees` when it fits all the others, `not comparable` when
    the others hold for other times or nobody can tell.  `attrs["documents"]` is how many were
    compared, `attrs["things"]` on how many things there are several claims.
    Raises KitError when a table lacks a column.

    >>> documents = pd.DataFrame({"text": ["The Halmar Bridge will cost 2 billion euros, Ann Roe "
    ...     "said. But Li Wu said that the Halmar Bridge would cost at least 3 billion euros."]})
    >>> from helpers import find_figures, find_quotes
    >>> figures = find_figures(documents, quotes=find_quotes(documents))
    >>> compare_claims(figures, documents)["verdict"].tolist()
    ['differs', 'differs']
    """
    for name, table, columns in (("figures", figures, NEEDED), ("documents", documents, ["text"])):
        if missing := [column for column in columns if column not in table.columns]:
            raise KitError(
                f"the {name} table has no column {', '.join(missing)} — "
                f"give the table of {'find_figures' if name == 'figures' else 'load'}"
            )
    rows: dict[object, list[dict[str, object]]] = defaultdict(list)
    dates = documents["date"].to_dict() if "date" in documents else {}
    for row in figures.to_dict("records"):
        date = dates.get(row["doc"])
        rows[row["doc"]].append(row | {"date": str(date) if known(date) else None})
    docs = [doc for doc in documents.index if doc in rows]
    names, claims = {}, []
    notes = docs_of(str(documents["text"][doc]) for doc in docs)
    for doc, note in zip(docs, notes, strict=True):
        names[doc] = nouns_of(note, 0, len(note.words), {"PROPN"})
        claims += claims_in(note, rows[doc])
    matter = Matter(names)
    parts = [part for group in _groups(_unrepeated(claims)) for part in judged(group, matter)]
    parts.sort(key=lambda part: (-len(part), str(part[0]["doc"])))
    parts.sort(key=lambda part: min(VERDICTS.index(row["verdict"]) for row in part))
    found = []
    for thing, part in enumerate(parts, 1):
        called = [row["about"] for row in part]
        about = max(called, key=lambda name: (called.count(name), len(name)))
        facts = {"claim": thing, "about": about}
        found += [row | facts | {"repeated_in": sorted(row["repeated_in"])} for row in part]
    table = pd.DataFrame(found, columns=COLUMNS)
    table = table.astype({name: "float64" for name in ("ratio", "value", "low", "high")})
    table.attrs |= {"documents": len(documents), "things": len(parts)}
    return table


def _unrepeated(claims: Iterable[Claim]) -> list[Claim]:
    """Each claim once, with the documents that repeat its sentence; the earliest is kept."""
    kept: dict[tuple, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.row["date"] or "9999"):
        key = claim.sentence, claim.row["text"], claim.said, frozenset(claim.thing)
        first = kept.setdefault(key, claim)
        first.row.setdefault("repeated_in", set())
        if first.row["doc"] != claim.row["doc"]:
            first.row["repeated_in"].add(str(claim.row["doc"]))
    return list(kept.values())


def _groups(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims on the same thing together; a shorter name joins the only longer one it fits.

    "The bridge" fits "the Halmar Bridge"; where little else can be meant, "the buses" fit "the
    school buses", and what opens need not be named.
    """
    found: dict[tuple, dict[frozenset[str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        kind, unit, per = (claim.row.get(name) for name in ("kind", "unit", "per"))
        fraction = unit == "fraction"
        unit = "%" if fraction else kind == "date" or kind not in {"count", "number"} and unit
        found[claim.said, unit, str(per or "")][frozenset(claim.thing)].append(claim)
    for (said, *_), things in found.items():
        order = sorted(things, key=len)
        for n, thing in enumerate(order):
            fits = [
                other
                for other in order[n + 1 :]
                if thing < other and _fits(said, things[thing], things[other])
            ]
            if fits and all(other <= fits[-1] for other in fits):
                things[fits[-1]] += things.pop(thing)
    return [group for things in found.values() for group in things.values()]


def _fits(said: str, short: list[Claim], long: list[Claim]) -> bool:
    """Whether what a longer name has more is names, or tells which "buses" of the same head."""
    more = long[0].thing.keys() - short[0].thing.keys()
    if said == "opening" or short[0].thing and more <= set().union(*(c.names() for c in long)):
        return True
    same = {head_of(claim.name) for claim in short} & {head_of(claim.name) for claim in long}
    return said not in LOOSE and bool(same) and more <= things_of(long[0].name).keys()
