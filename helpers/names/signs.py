"""Signs: the numbers by which a candidate is judged to be whom a source means."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import cache
from math import log1p
from pathlib import Path

import numpy as np

from ..text import Span
from . import lists
from .candidates import HOWS, Candidate, Source
from .cast import Entity
from .lists import PERSON, UNKNOWN
from .phrases import is_mouthpiece, kind_of
from .stage import Stage

WEIGHTS = Path(__file__).parents[1] / "models" / "speakers.json"
NO_NAME = re.compile(r"[\"“”‘.]|['’]s$|['’]$|^['’]")
PRONOUNS = "he she it they i we who".split()
KINDS = (PERSON, "organisation", UNKNOWN, "group", "document")
SMALL = lists.ARTICLES | lists.POSSESSIVES | {"-", "'s"}
SPANS = 12  # places of a name that are looked at
FAR = 30  # sentences
OF_SOURCE, ITSELF, DISTANCE, FIT = 28, 15, 12, 13  # numbers of each part
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
    asked: list[list[Span] | None] = []
    for one in some:
        spans = stage.spans[id(one.entity)][-SPANS:]
        spans = [*spans, (one.place, one.place + 1)] if one.place is not None else spans
        asked.append(None if one.entity is None or one.how == "own" else spans)
    return stage.links.back(source.place if source.phrase else -1, asked)


class _Seen:
    """What one source and its place tell of candidates."""

    def __init__(self, stage: Stage, source: Source) -> None:
        self.stage, self.source = stage, source
        place, self.phrase = source.place, None if source.pronoun else source.phrase
        self.sentence, self.paragraph = stage.sentence_of(place), stage.paragraph_of(place)
        self.nearest = {id(one): at for at, one in reversed(stage.before(place))}
        heard = list(enumerate(stage.heard(place)))
        self.heard = {id(one): (rank, at) for rank, (at, one) in reversed(heard)}
        self.told = {id(p[2]) for a, b in source.content for p in stage.cast.between(a, b)}
        self.inside = _inside(stage, source)
        self.words = [] if self.phrase is None else self.phrase.words
        self.before = set(self.words[: self.phrase.head]) - SMALL if self.words else set()

    def itself(self, entity: Entity) -> list[float]:
        lows, wanted = [w.casefold() for w in entity.words], self.source.gender
        return [
            *(entity.kind == kind for kind in KINDS),
            bool(lows) and lows[0] in lists.FIRST_NAMES,
            len(lows) == 1, len(lows) == 2, len(lows) > 4, bool(entity.roles),
            bool(lows) and lists.is_plural(lows[-1]),
            log1p(len(entity.places)),
            entity is self.source.outer, "; " in entity.name,
            wanted is not None and entity.gender == wanted,
        ]  # fmt: skip

    def distance(self, one: Candidate) -> list[float]:
        """How far back somebody is named, and has spoken."""
        key, stage = id(one.entity), self.stage
        at = one.place if one.how == "phrase" else self.nearest.get(key)
        row = [0, log1p(FAR), *[0] * 9, key in self.told]
        if at is not None:
            far = min(FAR, max(0, self.sentence - stage.sentence_of(at)))
            row[:5] = [1, log1p(far), far == 0, far == 1, stage.paragraph_of(at) == self.paragraph]
        if key in self.heard:
            rank, spoke = self.heard[key]
            far = self.paragraph - stage.paragraph_of(spoke)
            row[5:11] = [1, rank == 0, 1 / (1 + rank), far == 0, far == 1, far > 3]
        return row

    def fit(self, entity: Entity) -> list[float]:
        """What the words of the source and those of a name and its offices have in common."""
        words = self.source.names
        lows = [NO_NAME.sub("", w.casefold()) for w in entity.words]
        row = [*self.inside.get(id(entity), [0] * 4), *[0] * (FIT - 4)]
        if words and lows:
            common = [w for w in words if w in lows]
            row[4:7] = [lows[-1] == words[-1], len(common) == len(words), len(common) / len(lows)]
        if self.phrase is not None:
            noun, firm = self.phrase.noun, entity.kind != PERSON
            others = {w for w in self.words if len(w) > 3} - {noun}
            of_role = {w for role in entity.roles for w in role.lower().split()} | set(lows)
            row[7:] = [
                any(lists.head_of(role) == noun for role in entity.roles),
                len(others & of_role) / max(1, len(others)),
                noun in lows, noun in lows and self.before <= set(lows),
                noun in lists.COMPANIES and firm and not lists.COMPANIES.isdisjoint(lows),
                noun in lists.BODIES | lists.DOCUMENTS and firm,
            ]  # fmt: skip
        return row


def _inside(stage: Stage, source: Source) -> dict[int, list[bool]]:
    """Where in the source each of those is named who are: over its head, before or behind it."""
    phrase = source.phrase
    if phrase is None:
        return {}
    head, _ = phrase.offsets[phrase.head]
    named = stage.cast.between(phrase.start - 40, phrase.end)
    return {
        id(entity): [start <= head < end, end <= head, start > head, phrase.mentions(mention)]
        for start, end, entity, mention in reversed(named)
        if end > phrase.start
    }


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
