"""Verdicts: which claims are on one matter, and whether they can all be right."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date as Date

from ...text.wording import figure_label, known, number, plural
from .clause import CASUALTIES, EVENTS, Claim

LOOSE = {"level", "rises", "falls"}  # what is said of many things in one text
LATER = "published"
DAYS = 7  # between publications: later figures may be news, not contradictions
RELATED = 0.2  # share of names, weighted by rarity, that tells two texts of one matter
CLOSE = 0.4  # and that lets "the damage" of both be the same damage
PART = 1.5  # times: casualties that differ more may be those of one of two places
NEIGHBOURS = 40  # claims on a thing that each is compared with


class Matter:
    """How surely two texts are on one matter, 0 to 1, by the names that both use; rare ones count
    more.

    names : the names of each text.
    """

    def __init__(self, names: Mapping[object, frozenset[str]]) -> None:
        counts = Counter(name for found in names.values() for name in found)
        self.names = names
        self.weights = {name: math.log((len(names) + 1) / n) for name, n in counts.items()}

    def shared(self, one: object, two: object) -> float:
        first, second = self.names[one], self.names[two]
        if one == two or len(first & second) < 3:
            return float(one == two)
        both, *each = (
            math.fsum(self.weights[name] for name in sorted(names))
            for names in (first & second, first, second)
        )
        return both / min(each)


def judged(group: list[Claim], matter: Matter) -> list[list[dict[str, object]]]:
    """The rows of the claims of a group that belong together, in order of time, with verdicts."""
    group.sort(
        key=lambda claim: (claim.row["date"] or "", str(claim.row["doc"]), claim.row["start"])
    )
    told = Counter((claim.row["doc"], claim.number, claim.voice) for claim in group)
    company: dict[int, list[tuple[Claim, str]]] = defaultdict(list)
    earlier: dict[int, int] = {}  # another claim that a claim belongs with

    def part(n: int) -> int:
        while n in earlier:
            n = earlier[n]
        return n

    for n, one in enumerate(group):
        for m, two in enumerate(group[n + 1 : n + 1 + NEIGHBOURS], n + 1):
            # "seven on the British side and two on the French" are two things
            twice = max(told[one.row["doc"], one.number, one.voice] for one in (one, two)) > 1
            if not twice and _one_matter(one, two, matter.shared(one.row["doc"], two.row["doc"])):
                why = _apart(one, two)
                company[n].append((two, why))
                company[m].append((one, why))
                first, last = sorted((part(n), part(m)))
                earlier |= {last: first} if first < last else {}
    rows: dict[int, list[dict[str, object]]] = defaultdict(list)
    for n in sorted(company):
        rows[part(n)].append(group[n].row | _verdict(group[n], company[n]))
    return list(rows.values())


def _one_matter(one: Claim, two: Claim, related: float) -> bool:
    """Whether two sentences speak of one thing, since "the unemployment rate" may be anybody's."""
    here = one.row["doc"] == two.row["doc"]
    disputed = (one.reckoner or two.reckoner) and one.voice != two.voice
    alone = one.voice == two.voice or not one.voice or not two.voice
    if related < RELATED or here and one.number == two.number and alone and not disputed:
        return False
    if here and disputed or one.said in EVENTS:
        return True  # "the government speaks of 31 dead, the society has counted 58"
    if one.said in CASUALTIES and one.proper != two.proper and not _ratio(one, two) <= PART:
        return False
    shared, unnamed = one.nouns & two.nouns, not one.proper or not two.proper
    named = bool(one.proper & two.proper)
    if one.said in LOOSE and not one.names() & two.names():
        return (related >= CLOSE if unnamed else named) and (disputed or len(shared) > here)
    return bool(one.thing.keys() & two.thing.keys() or shared and (unnamed or named))


def _apart(one: Claim, two: Claim) -> str:
    """Why two claims on one thing do not contradict each other whatever they say, or ""."""
    first, second = _time(one), _time(two)
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


def _time(claim: Claim) -> str:
    """When a claim holds; what something will cost holds now, though it opens in 2026."""
    time = str(claim.row["when"]) if known(claim.row["when"]) else ""
    planned = claim.said == "cost" and time[:4].isdigit() and claim.row["date"] is not None
    return "" if planned and time[:4] > claim.row["date"][:4] else time


def _is_now(claim: Claim) -> bool:
    time = _time(claim)
    return not time or _days(time, claim.row["date"]) <= DAYS


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
    return facts | {
        "verdict": "not comparable",
        "note": max((why for _, why in company), key=lambda why: why.startswith(LATER)),
    }


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
    dated = one.row["kind"] == "date"
    return (
        max(low, high) / min(low, high) if 0 < min(low, high) < math.inf and not dated else math.nan
    )
