"""Claims on the same thing side by side, and whether they can all be right."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date as Date

import pandas as pd

from ...documents import KitError
from ...text import docs_of
from ...text.wording import figure_label, known, number, plural
from .clause import CASUALTIES, EVENTS, Claim, claims_in, head_of, nouns_of, things_of

COLUMNS = (
    "claim verdict ratio note about doc date speaker text kind modifier value low high unit when "
    "sentence repeated_in start end paragraph"
).split()
NEEDED = "doc start end text kind value low high unit modifier of when timex speaker".split()
VERDICTS = ["differs", "changed", "agrees", "not comparable"]
LOOSE = {"level", "rises", "falls"}  # what is said of many things in one text
LATER = "published"
DAYS = 7  # between publications: later figures may be news, not contradictions
SHARED = 3  # names that tell two texts of one matter, and
RELATED = 0.2  # their part of the names of the text that has fewer
NEIGHBOURS = 40  # claims on a thing that each is compared with


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
    notes = dict(zip(docs, docs_of(str(documents["text"][doc]) for doc in docs), strict=True))
    names = {doc: nouns_of(note, 0, len(note.words), {"PROPN"}) for doc, note in notes.items()}
    claims = _unrepeated(
        claim for doc, note in notes.items() for claim in claims_in(note, rows[doc])
    )
    parts = [part for group in _groups(claims) if (part := _judged(group, names))]
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
        others = {str(claim.row["doc"])} if first.row["doc"] != claim.row["doc"] else set()
        first.row["repeated_in"] = first.row.get("repeated_in", set()) | others
    return list(kept.values())


def _groups(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims on the same thing together; a shorter name joins the only longer one it fits.

    "The bridge" fits "the Halmar Bridge"; where little else can be meant, "the buses" fit "the
    school buses", and what opens need not be named.
    """
    found: dict[tuple, dict[frozenset[str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        kind, unit, per = (claim.row.get(name) for name in ("kind", "unit", "per"))
        unit = (
            "%"
            if unit == "fraction"
            else kind == "date" or kind not in {"count", "number"} and unit
        )
        found[claim.said, unit, str(per or "")][frozenset(claim.thing)].append(claim)
    for (said, *_), things in found.items():
        order = sorted(things, key=len)
        for n, thing in enumerate(order):
            longer = [other for other in order[n + 1 :] if thing < other]
            fits = [other for other in longer if _fits(said, things[thing], things[other])]
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


def _judged(group: list[Claim], names: dict[object, frozenset[str]]) -> list[dict[str, object]]:
    """The rows of the claims of a group that have company, in order of time, with verdicts."""
    group.sort(key=lambda one: (one.row["date"] or "", str(one.row["doc"]), one.row["start"]))
    told = Counter((one.row["doc"], one.number, one.voice) for one in group)
    company: dict[int, list[tuple[Claim, str]]] = defaultdict(list)
    for n, one in enumerate(group):
        for m, two in enumerate(group[n + 1 : n + 1 + NEIGHBOURS], n + 1):
            # "seven on the British side and two on the French" are two things
            twice = max(told[c.row["doc"], c.number, c.voice] for c in (one, two)) > 1
            mine, other = names[one.row["doc"]], names[two.row["doc"]]
            both = len(mine & other)
            related = both >= max(SHARED, RELATED * min(len(mine), len(other)))
            if (
                not twice
                and (related or one.row["doc"] == two.row["doc"])
                and _one_matter(one, two)
            ):
                why = _apart(one, two)
                company[n].append((two, why))
                company[m].append((one, why))
    return [group[n].row | _verdict(group[n], company[n]) for n in sorted(company)]


def _one_matter(one: Claim, two: Claim) -> bool:
    """Whether two sentences speak of one thing, since "the unemployment rate" may be anybody's."""
    here = one.row["doc"] == two.row["doc"]
    disputed = (one.reckoner or two.reckoner) and one.voice != two.voice
    alone = one.voice == two.voice or not one.voice or not two.voice
    if here and one.number == two.number and alone and not disputed:
        return False
    if here and disputed or one.said in EVENTS:
        return True  # "the government speaks of 31 dead, the society has counted 58"
    shared, unnamed = one.nouns & two.nouns, not one.proper or not two.proper
    named = bool(one.proper & two.proper)
    if one.said in LOOSE and not one.names() & two.names():
        return (unnamed or named) and (disputed or len(shared) > here)
    return bool(one.thing.keys() & two.thing.keys() or shared and (unnamed or named))


def _apart(one: Claim, two: Claim) -> str:
    """Why two claims on one thing do not contradict each other whatever they say, or ""."""
    first, second = one.time, two.time
    if first != second and not ("" in (first, second) and _is_now(one) and _is_now(two)):
        return "for another time" if first and second else "the time is not given for both"
    same_voice = one.row["doc"] == two.row["doc"] and one.voice == two.voice
    if same_voice and not (first and len(one.thing.keys() & two.thing.keys()) > 1):
        return "the same voice, which may speak of two times or parts"
    if (one.row["date"] is None) != (two.row["date"] is None):
        return "the date of one document is not known"
    days = _days(one.row["date"], two.row["date"])
    if DAYS < days < math.inf and not (first and first == second):
        return f"{LATER} {plural(int(days), 'day')} apart"
    return ""


def _is_now(claim: Claim) -> bool:
    return not claim.time or _days(claim.time, claim.row["date"]) <= DAYS


def _days(one: str | None, two: str | None) -> float:
    try:
        return abs((Date.fromisoformat(str(one)) - Date.fromisoformat(str(two))).days)
    except ValueError:
        return math.inf


def _verdict(claim: Claim, company: list[tuple[Claim, str]]) -> dict[str, object]:
    comparable = [other for other, why in company if not why]
    later = [other for other, why in company if why.startswith(LATER)]
    others = comparable or later * (claim.said not in CASUALTIES)  # a toll rises
    against = [other for other in others if not claim.extent.meets(other.extent)]
    about = claim.name if claim.said in {"level", claim.name} else f"{claim.name} ({claim.said})"
    facts = {"about": about, "sentence": claim.sentence, "ratio": math.nan}
    if against:
        farthest = max(against, key=lambda other: _ratio(claim, other))
        ratio, verdict = _ratio(claim, farthest), "differs" if comparable else "changed"
        return facts | {"verdict": verdict, "ratio": ratio, "note": _note(claim, farthest, ratio)}
    if comparable:
        bound = claim.extent.bound or all(other.extent.bound for other in comparable)
        note = "a bound, not a value" if bound else "within what is written"
        return facts | {"verdict": "agrees", "note": note}
    note = max((why for _, why in company), key=lambda why: why.startswith(LATER))
    return facts | {"verdict": "not comparable", "note": note}


def _note(claim: Claim, other: Claim, ratio: float) -> str:
    days = _days(claim.row["date"], other.row["date"])
    sign = "×" if other.extent.low > claim.extent.low else "÷"
    times = f" ({sign} {number(round(ratio, 2))})" if not math.isnan(ratio) else ""
    apart = f", {plural(int(days), 'day')} apart" if DAYS < days < math.inf else ""
    who = other.row["speaker"] if known(other.row["speaker"]) else other.row["doc"]
    return f"{who}: {figure_label(other.row)}{times}{apart}"


def _ratio(one: Claim, two: Claim) -> float:
    """How many times the smaller of two claims the larger is, by what was said of each nearest."""
    first, second = sorted((one.extent, two.extent), key=lambda extent: extent.low)
    low = first.high if math.isnan(first.said) else first.said
    high = second.low if math.isnan(second.said) else second.said
    fits = 0 < min(low, high) < math.inf and one.row["kind"] != "date"
    return max(low, high) / min(low, high) if fits else math.nan
