"""Claims on the same thing side by side, whether they can all be right; and the checker's list."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from math import inf

import pandas as pd

from ...documents import KitError, english
from ...text import docs_of, split_sentences
from ...text.wording import figure_label, known, plural
from ..table import day_of
from .clause import CASUALTIES, EVENTS, Claim, claims_in, head_of, in_one_line, nouns_of, things_of

CHECKED = "text means size kind of when speaker sentence doc paragraph start end".split()
COLUMNS = (
    "claim verdict note about doc date speaker text kind modifier value low high unit when "
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
    the words leave possible: "40" meets "39.8", "more than 40" meets 45.

    Rather misses a contradiction than invents one.  Does not see things under different names
    ("workers", "men"), figures that only a reader can add up, and figures in tables; does not know
    who is right.

    figures, documents : the tables of these names, of the same documents.

    Returns one row for each claim on a thing of which there are at least two, contradictions
    first: claim (the number of the thing), verdict, note (why), about (the thing in words), doc,
    date (published), speaker, text, kind, modifier, value, low, high, unit, when, sentence,
    repeated_in (other documents with the same sentence), start, end, paragraph.  verdict is
    `differs` when the claim and another on the same time cannot both be right, `changed` when they
    could not but were published more than 7 days apart, `agrees` when it fits all the others, `not
    comparable` when the others hold for other times or nobody can tell.  `attrs["documents"]` is
    how many were compared, `attrs["things"]` on how many things there are several claims.
    Raises KitError when a table lacks a column.

    >>> documents = pd.DataFrame({"text": ["The Halmar Bridge will cost 2 billion euros, Ann Roe "
    ...     "said. But Li Wu said that the Halmar Bridge would cost at least 3 billion euros."]})
    >>> from helpers import find_figures, find_quotes
    >>> figures = find_figures(documents, quotes=find_quotes(documents))
    >>> compare_claims(figures, documents)["verdict"].tolist()
    ['differs', 'differs']
    """
    documents, columns = english(documents), getattr(figures, "columns", ())
    if missing := [name for name in NEEDED if name not in columns]:
        told = f"the figures table has no column {', '.join(missing)} — give that of find_figures"
        raise KitError(told)
    dates = documents["date"].map(day_of).to_dict() if "date" in documents else {}
    rows: dict[object, list[dict[str, object]]] = defaultdict(list)
    for row in figures.to_dict("records"):
        day = dates.get(row["doc"])
        rows[row["doc"]].append(row | {"date": day.isoformat() if known(day) else None})
    docs = [doc for doc in documents.index if doc in rows]
    notes = dict(zip(docs, docs_of(documents["text"][doc] for doc in docs), strict=True))
    names = {doc: nouns_of(note, 0, len(note.words), {"PROPN"}) for doc, note in notes.items()}
    claims = [claim for doc, note in notes.items() for claim in claims_in(note, rows[doc])]
    parts = [part for group in _groups(_unrepeated(claims)) if (part := _judged(group, names))]
    parts.sort(key=lambda part: (-len(part), str(part[0]["doc"])))
    parts.sort(key=lambda part: min(VERDICTS.index(row["verdict"]) for row in part))
    found = []
    for thing, part in enumerate(parts, 1):
        called = [row["about"] for row in part]
        about = max(called, key=lambda name: (called.count(name), len(name)))
        found += [row | {"claim": thing, "about": about} for row in part]
    table = pd.DataFrame(found, columns=COLUMNS)
    table = table.astype({name: "float64" for name in ("value", "low", "high")})
    table.attrs |= {"documents": len(documents), "things": len(parts)}
    return table


def _unrepeated(claims: list[Claim]) -> list[Claim]:
    """Each claim once, with the documents that repeat its sentence; the earliest is kept."""
    kept: dict[tuple, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: claim.row["date"] or "9999"):
        key = claim.sentence, claim.row["text"], claim.said, frozenset(claim.thing)
        kept[key].append(claim)
    for first, *others in kept.values():
        docs = {str(other.row["doc"]) for other in others} - {str(first.row["doc"])}
        first.row["repeated_in"] = sorted(docs)
    return [first for first, *_ in kept.values()]


def _groups(claims: Iterable[Claim]) -> list[list[Claim]]:
    """Claims on the same thing together: "the bridge" joins the only longer name that it fits."""
    found: dict[tuple, dict[frozenset[str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        kind, unit, per = (claim.row.get(name) for name in ("kind", "unit", "per"))
        unit = "%" if unit == "fraction" else kind not in {"count", "number", "date"} and unit
        key = claim.said, kind == "date", unit, str(per or "")
        found[key][frozenset(claim.thing)].append(claim)
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
    # "seven on the British side and two on the French" are two things
    group = [one for one in group if told[one.row["doc"], one.number, one.voice] == 1]
    rows = []
    for n, one in enumerate(group):
        others = group[max(0, n - NEIGHBOURS) : n] + group[n + 1 : n + 1 + NEIGHBOURS]
        others = [two for two in others if _related(one, two, names) and _one_matter(one, two)]
        rows += [one.row | _verdict(one, others)] if others else []
    return rows


def _related(one: Claim, two: Claim, names: dict[object, frozenset[str]]) -> bool:
    """Whether two claims stand in one text, or in texts on one matter."""
    mine, other = names[one.row["doc"]], names[two.row["doc"]]
    enough = max(SHARED, RELATED * min(len(mine), len(other)))
    return one.row["doc"] == two.row["doc"] or len(mine & other) >= enough


def _one_matter(one: Claim, two: Claim) -> bool:
    """Whether two sentences speak of one thing, since "the unemployment rate" may be anybody's."""
    here = one.row["doc"] == two.row["doc"]
    disputed = (one.reckoner or two.reckoner) and one.voice != two.voice
    if here and disputed or one.said in EVENTS:
        return True  # "the government speaks of 31 dead, the society has counted 58"
    shared = one.nouns & two.nouns
    if one.said in LOOSE and not one.names() & two.names():
        return bool(disputed) or len(shared) > here
    return bool(one.thing.keys() & two.thing.keys() or shared)


def _apart(one: Claim, two: Claim) -> str:
    """Why two claims on one thing do not contradict each other whatever they say, or ""."""
    now = all(not c.time or _days(c.time, c.row["date"]) <= DAYS for c in (one, two))
    if one.time != two.time and not (now and "" in (one.time, two.time)):
        return "for another time" if one.time and two.time else "the time is not given for both"
    same_voice = one.row["doc"] == two.row["doc"] and one.voice == two.voice
    if same_voice and not (one.time and len(one.thing.keys() & two.thing.keys()) > 1):
        return "the same voice, which may speak of two times or parts"
    if (one.row["date"] is None) != (two.row["date"] is None):
        return "the date of one document is not known"
    days = _days(one.row["date"], two.row["date"])
    same_time = one.time and one.time == two.time
    return f"{LATER} {plural(days, 'day')} apart" if DAYS < days < inf and not same_time else ""


def _days(one: object, two: object) -> float:
    """How many days lie between two days; infinite where one is not known."""
    first, second = day_of(one), day_of(two)
    return abs((first - second).days) if first and second else inf


def _verdict(claim: Claim, others: list[Claim]) -> dict[str, object]:
    """How a claim stands to the others on its thing, why, and what the thing is called."""
    why = [(_apart(claim, other), other) for other in others]
    comparable = [pair for pair in why if not pair[0]]
    later = [pair for pair in why if pair[0].startswith(LATER) and claim.said not in CASUALTIES]
    pairs = comparable or later  # the toll of an accident rises
    against = [(reason, o.row) for reason, o in pairs if not claim.extent.overlaps(o.extent)]
    if against:
        reason, other = against[0]
        who = other["speaker"] if known(other["speaker"]) else other["doc"]
        note = f"{who}: {figure_label(other)}" + f", {reason}" * bool(reason)
        verdict = "changed" if reason else "differs"
    elif comparable:
        verdict, note = "agrees", "within what is written"
    else:
        verdict, note = "not comparable", why[0][0]
    about = claim.name if claim.said in {"level", claim.name} else f"{claim.name} ({claim.said})"
    return {"about": about, "sentence": claim.sentence, "verdict": verdict, "note": note}


def checklist(figures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The figures one a row with their sentences, ready to be sorted and checked.

    figures : the table of `find_figures`, or some of its rows.
    documents : the documents that it was made from.

    Returns columns text (as written), means (in plain words: "> 40 billion USD"), size (the value
    to sort by, of a range its upper end), kind, of, when, speaker, sentence (on one line), doc,
    paragraph, start, end; rows in the order of *figures*.  Raises KitError without their places.

    >>> from helpers import find_figures
    >>> documents = pd.DataFrame({"text": ["It grew. It cost over 5 euros."]}, index=["a"])
    >>> checklist(find_figures(documents), documents)[["means", "sentence"]].values.tolist()
    [['> 5 EUR', 'It cost over 5 euros.']]
    """
    if missing := [name for name in ("doc", "start", "text", "kind") if name not in figures]:
        raise KitError(f"no column {', '.join(missing)} — give the table of find_figures")
    figures, texts = figures.reset_index(drop=True), documents["text"].astype(str).to_dict()
    spans = {doc: split_sentences(texts[doc]) for doc in figures["doc"].unique() if doc in texts}
    sentences: list[str | None] = []
    for doc, place in zip(figures["doc"], figures["start"], strict=True):
        at = bisect_right(spans.get(doc, []), place, key=lambda span: span[0]) - 1
        sentences.append(in_one_line(texts[doc], spans[doc][at], place) if at >= 0 else None)
    size = figures["high"].fillna(figures["value"]).fillna(figures["low"]).astype("float64")
    means = [figure_label(row) for row in figures.to_dict("records")]
    sentence = pd.Series(sentences, dtype=object)
    return figures.assign(size=size, means=means, sentence=sentence)[CHECKED]
