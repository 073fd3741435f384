"""Verdicts: which claims on a thing speak of one matter, and whether they can all be right."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date as Date

from ...text.wording import figure_label, known, number, plural
from .extent import Extent
from .topics import CASUALTIES, Topic

LATER = "published"
LOOSE = {"level", "rises", "falls"}  # what is said of many things in one text
DAYS = 7  # between publications: later figures may be news, not contradictions
RELATED = 0.2  # share of names, weighted by rarity, that tells two texts of one matter
CLOSE = 0.4  # and that lets "the damage" of both be the same damage
PART = 1.5  # times: casualties that differ more may be those of one of two places
NEIGHBOURS = 40  # claims on a thing that each is compared with
Verdict = tuple[str, float, str]


@dataclass(slots=True)
class Claim:
    """A figure with its place in the table, what it is about and what it leaves possible."""

    row: dict[str, object]
    topic: Topic
    extent: Extent
    sentence: str
    date: str | None
    context: frozenset[str]  # nouns and names of the sentence
    names: frozenset[str]  # names of the sentence, without that of the speaker
    repeated: list[str]

    @property
    def voice(self) -> tuple[str, str]:
        speaker = self.row["speaker"]
        return str(self.row["doc"]), str(speaker) if known(speaker) else ""


def judged(
    group: list[Claim], related: Callable[[Claim, Claim], float]
) -> list[list[tuple[Claim, Verdict]]]:
    """The claims of a group that belong together, in order of time, each with its verdict."""
    group.sort(key=lambda claim: (claim.date or "", str(claim.row["doc"]), claim.row["start"]))
    company: dict[int, list[tuple[Claim, str]]] = defaultdict(list)
    parts = list(range(len(group)))  # the first of those that each belongs with

    def part(n: int) -> int:
        while parts[n] != n:
            parts[n] = n = parts[parts[n]]
        return n

    for n, one in enumerate(group):
        for m in range(n + 1, min(n + 1 + NEIGHBOURS, len(group))):
            two = group[m]
            if _one_matter(one, two, related(one, two)):
                why = _apart(one, two)
                company[n].append((two, why))
                company[m].append((one, why))
                low, high = sorted((part(n), part(m)))
                parts[high] = low
    found: dict[int, list[tuple[Claim, Verdict]]] = defaultdict(list)
    for n in sorted(company):
        found[part(n)].append((group[n], _verdict(group[n], company[n])))
    return list(found.values())


def _one_matter(one: Claim, two: Claim, related: float) -> bool:
    """Whether two sentences speak of one thing, since "the unemployment rate" may be anybody's."""
    first, second = one.topic, two.topic
    same_text = one.row["doc"] == two.row["doc"]
    if related < RELATED or same_text and first.sentence == second.sentence:
        return False
    shared = one.context & two.context
    named = one.names and two.names
    if first.said in CASUALTIES and one.names != two.names and not _ratio(one, two) <= PART:
        return False
    if first.said in LOOSE:
        if first.names & second.names:
            return True
        if named and not one.names & two.names or not named and related < CLOSE:
            return False
        return len(shared) > same_text
    told = 1 + len(first.thing & second.thing) + len(first.more)
    return told > 1 or len(shared) >= 1 and (not named or bool(one.names & two.names))


def _apart(one: Claim, two: Claim) -> str:
    """Why two claims on one thing do not contradict each other whatever they say, or ""."""
    times = [_time(claim) for claim in (one, two)]
    now = [
        not time or _near(time, claim.date) for time, claim in zip(times, (one, two), strict=True)
    ]
    if times[0] != times[1] and not (all(now) and "" in times):
        return "for another time" if all(times) else "the time is not given for both"
    if one.voice == two.voice and not (times[0] and len(one.topic.thing & two.topic.thing) > 1):
        return "the same voice, which may speak of two times or parts"
    if (one.date is None) != (two.date is None):
        return "the date of one document is not known"
    days = _days(one.date, two.date)
    if days is not None and days > DAYS and not (times[0] and times[0] == times[1]):
        return f"{LATER} {plural(days, 'day')} apart"
    return ""


def _time(claim: Claim) -> str:
    """When a claim holds; what something will cost holds now, though it opens in 2026."""
    time = str(claim.row["when"]) if known(claim.row["when"]) else ""
    planned = claim.topic.said == "cost" and time[:4].isdigit() and claim.date is not None
    return "" if planned and time[:4] > claim.date[:4] else time


def _near(time: object, published: str | None) -> bool:
    """Whether a day that a text speaks of is about its own day of publication."""
    days = _days(str(time), published)
    return days is not None and days <= DAYS


def _days(one: str | None, two: str | None) -> int | None:
    try:
        return abs((Date.fromisoformat(str(one)) - Date.fromisoformat(str(two))).days)
    except ValueError:
        return None


def _verdict(claim: Claim, company: list[tuple[Claim, str]]) -> Verdict:
    comparable = [other for other, why in company if not why]
    later = [
        other
        for other, why in company
        if why.startswith(LATER) and claim.topic.said not in CASUALTIES
    ]
    for kind, others in (("differs", comparable), ("changed", later)):
        against = [other for other in others if not claim.extent.meets(other.extent)]
        if against:
            ratio, farthest = max(
                ((_ratio(claim, other), other) for other in against),
                key=lambda pair: -1.0 if math.isnan(pair[0]) else pair[0],
            )
            return kind, ratio, _against(claim, farthest, ratio)
        if others and kind == "differs":
            bound = claim.extent.bound or all(other.extent.bound for other in others)
            return "agrees", math.nan, "a bound, not a value" if bound else "within what is written"
    reasons = [why for _, why in company]
    return "not comparable", math.nan, max(reasons, key=lambda why: why.startswith(LATER))


def _against(claim: Claim, other: Claim, ratio: float) -> str:
    row = other.row
    sign = "×" if other.extent.low > claim.extent.low else "÷"
    times = f" ({sign} {number(round(ratio, 2))})" if not math.isnan(ratio) else ""
    days = _days(claim.date, other.date)
    apart = f", {plural(days, 'day')} apart" if days and days > DAYS else ""
    who = row["speaker"] if known(row["speaker"]) else row["doc"]
    return f"{who}: {figure_label(row)}{times}{apart}"


def _ratio(one: Claim, two: Claim) -> float:
    """How many times the smaller of two claims the larger is, by what was said of each nearest."""
    first, second = sorted((one, two), key=lambda claim: claim.extent.low)
    low, high = _said(first.row, "high"), _said(second.row, "low")
    return max(low, high) / min(low, high) if 0 < min(low, high) < math.inf else math.nan


def _said(row: Mapping[str, object], end: str) -> float:
    return next((float(row[name]) for name in ("value", end) if known(row[name])), math.nan)
