"""Claims on the same thing side by side, and whether they can all be right."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from ...documents import KitError
from ...text.tokens import Annotated, annotate_all
from ...text.wording import known
from .checklist import in_one_line
from .clause import section
from .extent import extent_of
from .topics import things_of, topics_in
from .verdicts import Claim, Verdict, judged

COLUMNS = [
    "claim",
    "verdict",
    "ratio",
    "note",
    "about",
    "doc",
    "date",
    "speaker",
    "text",
    "kind",
    "modifier",
    "value",
    "low",
    "high",
    "unit",
    "when",
    "sentence",
    "repeated_in",
    "start",
    "end",
    "paragraph",
]
CONTENT = {"NOUN", "PROPN"}
AMOUNTS = {"money", "percent", "quantity", "count", "number"}
NEEDED = [
    "doc",
    "start",
    "end",
    "text",
    "kind",
    "value",
    "low",
    "high",
    "unit",
    "modifier",
    "of",
    "when",
    "speaker",
]
ACRONYM = re.compile(
    r"((?:\b[A-Z][\w’'-]{1,30}\s+(?:(?:of|the|and|for|on)\s+){0,2}){2,7})"
    r"\(([A-Z]{2,7})\)"
)


def compare_claims(figures: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """All amounts that are claimed of the same thing, side by side, and whether they agree.

    Two figures are of the same thing when they have the same kind and unit, count or measure the
    same thing (`of`, or the counted noun, by its lemmas; acronyms as the documents explain them)
    and the same is said of it: "was 5", "rose by 5" and "cost 5" are three things.  Figures of two
    documents must come from documents on one matter, which share names.  A sentence that other
    documents repeat word for word is one claim.  What is compared is what the words leave
    possible: "40" meets "39.8", "more than 40" meets 45, ranges meet where they overlap.

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
    compared.
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
                f"the {name} table has no column {', '.join(missing)} — give the table "
                f"of find_{name}"
                if name == "figures"
                else f"the documents table has no column {', '.join(missing)}"
            )
    names: dict[object, frozenset[str]] = {}
    claims = _unrepeated(_claims(figures, documents, names))
    related = _Related(names)
    acronyms = _acronyms(documents["text"])
    rows = []
    for group in _groups(claims, acronyms):
        rows += judged(group, related)
    rows.sort(
        key=lambda part: (
            min(_RANK[verdict[0]] for _, verdict in part),
            -len(part),
            str(part[0][0].row["doc"]),
        )
    )
    labels = [_about([claim for claim, _ in part]) for part in rows]
    table = pd.DataFrame(
        [
            _row(thing, labels[thing - 1], claim, verdict)
            for thing, part in enumerate(rows, 1)
            for claim, verdict in part
        ],
        columns=COLUMNS,
    )
    table = table.astype({name: "float64" for name in ("ratio", "value", "low", "high")})
    table.attrs["documents"] = len(documents)
    return table


_RANK = {"differs": 0, "changed": 1, "agrees": 2, "not comparable": 3}


def _claims(
    figures: pd.DataFrame, documents: pd.DataFrame, names: dict[object, frozenset[str]]
) -> Iterable[Claim]:
    """The claims of the documents; `names` is filled with the names in each of those texts."""
    rows: dict[object, list[dict[str, object]]] = defaultdict(list)
    for row in figures.to_dict("records"):
        rows[row["doc"]].append(row)
    told = [
        doc for doc in documents.index if any(row["kind"] in AMOUNTS for row in rows.get(doc, ()))
    ]
    dates = documents["date"].to_dict() if "date" in documents else {}
    notes = annotate_all(str(documents["text"][doc]) for doc in told)
    for doc, note in zip(told, notes, strict=True):
        names[doc] = _nouns(note, 0, len(note.words), {"PROPN"})
        date = str(dates[doc]) if known(dates.get(doc)) else None
        words: dict[tuple[int, int], tuple[frozenset[str], frozenset[str]]] = {}
        for row, topic in zip(rows[doc], topics_in(note, rows[doc]), strict=True):
            extent = extent_of(row) if topic and row["kind"] in AMOUNTS else None
            if extent is None:
                continue
            if topic.sentence not in words:
                words[topic.sentence] = (
                    _nouns(note, *topic.sentence, CONTENT),
                    _nouns(note, *topic.sentence, {"PROPN"}),
                )
            said = topic.thing | topic.more | set(str(row["speaker"]).lower().split())
            first, after = topic.sentence
            sentence = in_one_line(
                note.text, (note.starts[first], note.ends[after - 1]), int(row["start"])
            )
            yield Claim(
                row,
                topic,
                extent,
                sentence,
                date,
                *(found - said for found in words[topic.sentence]),
                [],
            )


def _nouns(note: Annotated, first: int, after: int, tags: set[str]) -> frozenset[str]:
    return frozenset(
        note.lemmas[at].lower()
        for at in range(first, after)
        if note.pos[at] in tags and len(note.words[at]) > 2
    ).difference(*(section(name) for name in ("calendar", "vague", "people", "scales")))


def _unrepeated(claims: Iterable[Claim]) -> list[Claim]:
    """Each claim once, with the documents that repeat its sentence; the earliest is kept."""
    kept: dict[tuple, Claim] = {}
    for claim in sorted(claims, key=lambda claim: claim.date or "9999"):
        key = (claim.sentence, claim.row["text"], claim.topic)
        first = kept.setdefault(key, claim)
        if first.row["doc"] != claim.row["doc"]:
            first.repeated.append(str(claim.row["doc"]))
    return list(kept.values())


def _groups(claims: list[Claim], acronyms: Mapping[str, frozenset[str]]) -> list[list[Claim]]:
    """Claims on the same thing together; a shorter name joins the only longer one it fits."""
    found: dict[tuple, dict[frozenset[str], list[Claim]]] = defaultdict(lambda: defaultdict(list))
    for claim in claims:
        topic, unit = claim.topic, claim.row["unit"]
        plain = "" if claim.row["kind"] in {"count", "number"} and unit != "fraction" else unit
        thing = _spelled_out(topic.thing, acronyms)
        found[topic.said, str(plain), _spelled_out(topic.more, acronyms)][thing].append(claim)
    groups = []
    spelled = frozenset().union(*acronyms.values())
    for things in found.values():
        names = {
            thing: frozenset().union(*(claim.topic.names for claim in members))
            for thing, members in things.items()
        }
        for thing in sorted(things, key=len):
            longer = sorted(
                (
                    other
                    for other in things
                    if thing < other and other - thing <= names[other] | spelled
                ),
                key=len,
            )
            if thing and longer and all(other <= longer[-1] for other in longer):
                things[longer[-1]] += things.pop(thing)
        groups += things.values()
    return groups


def _spelled_out(thing: frozenset[str], acronyms: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(acronyms.get(word, {word}) for word in thing))


def _acronyms(texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """{"adb": the words of Asian Development Bank}, where all documents mean the same by it."""
    found: dict[str, set[frozenset[str]]] = defaultdict(set)
    for text in texts:
        for match in ACRONYM.finditer(str(text)):
            words = [word for word in match[1].split() if word[0].isupper()]
            for size in range(len(match[2]), len(match[2]) + 2):
                some = words[-size:]
                if "".join(word[0] for word in some).upper() == match[2]:
                    found[match[2].lower()].add(frozenset(word.lower() for word in some))
    return {short: next(iter(full)) for short, full in found.items() if len(full) == 1}


class _Related:
    """How surely two claims are from texts on one matter, 0 to 1, by the names that both use."""

    def __init__(self, names: Mapping[object, frozenset[str]]) -> None:
        self._names = names
        counts = Counter(name for found in names.values() for name in found)
        self._weights = {name: math.log((len(names) + 1) / n) for name, n in counts.items()}
        self._known: dict[tuple[object, object], float] = {}

    def __call__(self, one: Claim, two: Claim) -> float:
        docs = tuple(sorted((one.row["doc"], two.row["doc"]), key=str))
        if docs[0] == docs[1]:
            return 1.0
        if docs not in self._known:
            first, second = (self._names[doc] for doc in docs)
            shared = first & second
            least = min(self._weight(first), self._weight(second))
            self._known[docs] = self._weight(shared) / least if len(shared) > 2 else 0.0
        return self._known[docs]

    def _weight(self, names: Iterable[str]) -> float:
        return math.fsum(self._weights[name] for name in sorted(names))


def _row(thing: int, about: str, claim: Claim, verdict: Verdict) -> list[object]:
    facts = {
        "claim": thing,
        "verdict": verdict[0],
        "ratio": verdict[1],
        "note": verdict[2],
        "about": about,
        "date": claim.date,
        "sentence": claim.sentence,
        "repeated_in": sorted(set(claim.repeated)),
    }
    return [facts[name] if name in facts else claim.row.get(name) for name in COLUMNS]


def _about(claims: Iterable[Claim]) -> str:
    """The thing in words: its longest name in the tables, and what is said of it.

    "Halmar Strait Bridge (cost)", "workers (deaths)", "exports".
    """
    names = []
    for claim in claims:
        row, topic = claim.row, claim.topic
        name = str(
            row["unit"] if row["kind"] == "count" and row["unit"] != "fraction" else row["of"]
        )
        same = not topic.thing or things_of(name)[0] == topic.thing
        names.append(name if same else " ".join(sorted(topic.thing)))
    said = claim.topic.said
    name = max(names, key=lambda name: (len(name), name))
    return " ".join(f"{name} ({said})".split()) if said != "level" else name
