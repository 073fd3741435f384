"""Signs: the numbers by which a candidate is judged to be whom a source means."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log1p
from pathlib import Path

import numpy as np

from . import lists
from .candidates import HOWS, Candidate, Source
from .cast import Entity
from .lists import PERSON, UNKNOWN
from .phrases import is_mouthpiece, kind_of
from .stage import Event, Stage

WEIGHTS = Path(__file__).parents[1] / "models" / "speakers.json"
NO_NAME = re.compile(r"[\"“”‘.]|['’]s$|['’]$|^['’]")
PRONOUNS = "he she it they i we who".split()
KINDS = (PERSON, "organisation", UNKNOWN, "group", "document")
INSIDE = ("covers", "before", "apposed")  # where in the source somebody is named
SPANS = 12  # places of a name that are looked at
FAR = 30  # sentences
OF_SOURCE, ITSELF, DISTANCE, FIT = 28, 19, 14, 12  # numbers of each part
WIDTH = OF_SOURCE + len(HOWS) + 1 + ITSELF + DISTANCE + FIT


def signs(stage: Stage, source: Source, some: Sequence[Candidate]) -> np.ndarray:
    """A row of numbers for each candidate: of the source, of the candidate, of both together."""
    seen = _Seen(stage, source)
    own = _of_source(stage, source)
    linked = _linked(stage, source, some)
    rows = []
    for one, share in zip(some, linked, strict=True):
        row = [*own, *(one.how == how for how in HOWS), share]
        if one.entity is None:
            row += [0.0] * (ITSELF + DISTANCE + FIT)
        else:
            row += [*seen.itself(one.entity), *seen.distance(one), *seen.fit(one.entity)]
        rows.append(row)
    return np.array(rows, dtype=np.float32)


def _of_source(stage: Stage, source: Source) -> list[float]:
    phrase = source.phrase
    row = [phrase is None, source.label, source.direct, source.cue, source.quoted,
           stage.paragraph_of(source.place) < 2]  # fmt: skip
    if phrase is None:
        return [*row, *[0.0] * (OF_SOURCE - len(row))]
    first, kind = phrase.words[0], kind_of(phrase)
    return [
        *row, *(source.pronoun == one for one in PRONOUNS),
        first in ("the", "this", "that"), first in ("a", "an", "one", "another"),
        phrase.possessor is not None, len(phrase.words) == 1, len(source.names),
        phrase.tags[phrase.head] == "PROPN", kind == "document", phrase.head > 1,
        phrase.core_end > phrase.head + 1, lists.is_role(phrase.noun), kind == "organisation",
        phrase.plural, is_mouthpiece(phrase), phrase.text.isupper(), len(source.people) > 1,
    ]  # fmt: skip


def _linked(stage: Stage, source: Source, some: Sequence[Candidate]) -> list[float]:
    """The chances that the source goes back to where each is named, by the reader."""
    linked = stage.links.of(source.place) if source.phrase is not None else None
    if linked is None:
        return [0.0] * len(some)
    found = []
    for one in some:
        spans = stage.spans.get(id(one.entity), ())[-SPANS:]
        spans = [*spans, (one.place, one.place + 1)] if one.place is not None else spans
        nobody = one.entity is None or one.how == "own"
        found.append(linked.none if nobody else linked.most(spans))
    return found


class _Seen:
    """What one source and its place tell of candidates."""

    def __init__(self, stage: Stage, source: Source) -> None:
        self.stage, self.source = stage, source
        place, phrase = source.place, source.phrase
        self.sentence, self.paragraph = stage.sentence_of(place), stage.paragraph_of(place)
        self.nearest: dict[int, Event] = {}
        for event in stage.before(place):
            self.nearest.setdefault(id(event.entity), event)
        described = phrase is not None and not source.pronoun
        self.gender = source.gender
        self.ends = {start: end for start, end, *_ in stage.cast.between(place - 60, place)}
        self.heard: dict[int, tuple[int, Event]] = {}
        for k, event in enumerate(stage.heard(place)):
            self.heard.setdefault(id(event.entity), (k, event))
        self.times = Counter(id(event.entity) for event in stage.heard(place))
        self.told = {id(p[2]) for a, b in source.content for p in stage.cast.between(a, b)}
        self.inside = _inside(stage, source)
        before = phrase.words[: phrase.head] if described else ()
        self.modifiers = {w for w in before if w[0].isalpha()} - lists.ARTICLES - lists.POSSESSIVES
        behind = phrase.words[phrase.head + 1 :] if described else ()
        self.others = self.modifiers | {w for w in behind if len(w) > 3}

    def itself(self, entity: Entity) -> list[float]:
        lows, wanted = [w.casefold() for w in entity.words], self.gender
        return [
            *(entity.kind == kind for kind in KINDS),
            bool(lows) and lows[0] in lists.FIRST_NAMES,
            len(lows) == 1, len(lows) == 2, len(lows) > 4, bool(entity.roles),
            bool(lows) and lists.is_plural(lows[-1]),
            log1p(self.stage.counts[id(entity)]),
            entity is self.source.outer, "; " in entity.name,
            wanted is not None and entity.gender == wanted,
            wanted is not None and entity.gender not in (None, wanted),
            *self.stage.kinds(entity),
        ]  # fmt: skip

    def distance(self, one: Candidate) -> list[float]:
        """How far back somebody is named, and has spoken."""
        key, source, stage = id(one.entity), self.source, self.stage
        event = self.nearest.get(key)
        if one.place is not None and one.how == "phrase":
            far = self.sentence - stage.sentence_of(one.place)
            same = self.paragraph == stage.paragraph_of(one.place)
            row = [1, log1p(max(0, far)), far == 0, far == 1, same, 0, 0]
        elif event is None:
            row = [0, log1p(FAR), *[0] * 5]
        else:
            far = self.sentence - event.sentence
            row = [1, log1p(min(FAR, far)), far == 0, far == 1, event.paragraph == self.paragraph,
                   event.quoted != source.quoted,
                   0 <= source.place - self.ends.get(event.place, -9) <= 3]  # fmt: skip
        if key not in self.heard:
            return [*row, *[0] * 6, key in self.told]
        rank, spoke = self.heard[key]
        far = self.paragraph - spoke.paragraph
        return [*row, 1, rank == 0, 1 / (1 + rank), far == 0, far == 1, log1p(self.times[key]),
                key in self.told]  # fmt: skip

    def fit(self, entity: Entity) -> list[float]:
        """What the words of the source and those of a name and its offices have in common."""
        phrase, words, where = self.source.phrase, self.source.names, self.inside.get(id(entity))
        lows = [NO_NAME.sub("", w.casefold()) for w in entity.words]
        row = [where == one for one in INSIDE] + [0.0] * (FIT - len(INSIDE))
        if words and lows:
            common = [w for w in words if w in lows]
            row[3:6] = [lows[-1] == words[-1], len(common) == len(words), len(common) / len(lows)]
        if phrase is not None and not self.source.pronoun:
            noun, firm = phrase.noun, entity.kind != PERSON
            of_role = {w for role in entity.roles for w in role.lower().split()} | set(lows)
            row[6:] = [
                any(_names(role, noun) for role in entity.roles),
                len(self.others & of_role) / max(1, len(self.others)),
                noun in lows, noun in lows and self.modifiers <= set(lows),
                noun in lists.COMPANIES and firm and not lists.COMPANIES.isdisjoint(lows),
                noun in lists.BODIES | lists.DOCUMENTS and firm,
            ]  # fmt: skip
        return row


def _inside(stage: Stage, source: Source) -> dict[int, str]:
    """Where in the source each of those is named who are: over its head, before or beside it."""
    phrase, found = source.phrase, {}
    if phrase is None:
        return found
    head, _ = phrase.offsets[phrase.head]
    for start, end, entity, mention in stage.cast.between(phrase.start - 40, phrase.end):
        if end > phrase.start:
            behind = phrase.mentions(mention)
            where = "before" if end <= head else "behind" if behind else "apposed"
            found.setdefault(id(entity), "covers" if start <= head < end else where)
    return found


def _names(role: str, noun: str) -> bool:
    """Does a noun name an office: "minister" or "cm" a Chief Minister?"""
    return lists.head_of(role) == noun or "".join(w[0] for w in role.lower().split()) == noun


@cache
def weights() -> list[np.ndarray]:
    """What `helpers.training.speakers` learned: mean, scale, and two layers."""
    read = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return [np.array(one, dtype=np.float32) for one in read["weights"]]


def chances(rows: np.ndarray, learned: list[np.ndarray]) -> np.ndarray:
    """The chance of each candidate, one a row, to be whom the source means."""
    mean, scale, first, bias, second = learned
    scores = np.tanh((rows - mean) * scale @ first + bias) @ second
    scores = np.exp(scores - scores.max())
    return scores / scores.sum()
