"""Signs: the numbers by which a candidate is judged to be whom a source means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import log1p

import numpy as np

from .book import letters_of
from .candidates import HOWS, PRONOUN, Candidate, Source, mentioned
from .entities import Entity
from .genders import PRONOUN_GENDER
from .lists import (
    ALIKE,
    BODIES,
    COMPANIES,
    COURTESY,
    DOCUMENTS,
    EPITHETS,
    FIRST_NAMES,
    GROUPS,
    HEADS,
    KIN,
    ORGANISATIONS,
    PLACES,
    PRESS,
    ROLES,
    TOP,
    is_plural,
    is_role,
)
from .mentions import ORGANISATION, PERSON, UNKNOWN
from .phrases import gender_of, is_mouthpiece, kind_of
from .stage import Event, Stage

NO_NAME = re.compile(r"[\"“”‘.]|['’]s$|['’]$|^['’]")
PLACED = re.compile(r"\s(?:of|at|for|in)\s")
LIKE = frozenset("former first deputy prime vice new then".split())
GENERIC = ORGANISATIONS | ROLES | GROUPS | DOCUMENTS
KINDS = (PERSON, ORGANISATION, UNKNOWN, "group", "document", "unnamed")
INSIDE = ("covers", "before", "apposed", "behind")  # where in the source somebody is named
SPANS = 12  # places of a name that are looked at
FAR = 30  # sentences
OF_SOURCE, LINKED, ITSELF, DISTANCE, FIT = 38, 1, 38, 19, 19  # numbers of each part
WIDTH = OF_SOURCE + len(HOWS) + LINKED + ITSELF + DISTANCE + FIT


def signs(
    stage: Stage, source: Source, some: Sequence[Candidate], *, author: Entity | None
) -> np.ndarray:
    """A row of numbers for each candidate: of the source, of the candidate, of both together."""
    seen = _Seen(stage, source, some, author)
    own = _of_source(stage, source)
    linked = seen.linked_to(some)
    rows = [own + seen.of(one, told) for one, told in zip(some, linked, strict=True)]
    return np.array(rows, dtype=np.float32)


def _of_source(stage: Stage, source: Source) -> list[float]:
    phrase, named = source.phrase, source.names
    row = [phrase is None, source.label, source.direct, source.cue, source.passive, source.quoted,
           source.outer is not None, stage.paragraph_of(source.place) < 2]  # fmt: skip
    if phrase is not None:
        first, noun, kind = phrase.words[0], phrase.noun, kind_of(phrase)
        proper = bool(named) and phrase.tags[phrase.head] == "PROPN"
        row += [source.pronoun == one for one in PRONOUN]
        row += [first in ("the", "this", "that"), first in ("a", "an", "one", "another"),
                phrase.possessor is not None, len(phrase.words) == 1, bool(named), len(named) > 1,
                proper, is_role(noun), noun in EPITHETS, noun in KIN, kind == ORGANISATION,
                kind == "document", phrase.plural, is_mouthpiece(phrase), phrase.head > 1,
                phrase.core_end > phrase.head + 1, phrase.text.isupper(), len(source.people) > 0,
                len(source.people) > 1, bool(re.search(r" and |&|  ", phrase.text)),
                "," in phrase.text]  # fmt: skip
    return [float(x) for x in row] + [0.0] * (OF_SOURCE - len(row))


class _Seen:
    """What one source and its place tell of candidates."""

    def __init__(
        self, stage: Stage, source: Source, some: Sequence[Candidate], author: Entity | None
    ) -> None:
        self.stage, self.source, self.author = stage, source, author
        place, phrase = source.place, source.phrase
        self.sentence, self.paragraph = stage.sentence_of(place), stage.paragraph_of(place)
        self.nearest: dict[int, Event] = {}
        for event in stage.before(place):
            self.nearest.setdefault(id(event.entity), event)
        self.recent = {key: k for k, key in enumerate(self.nearest)}
        described = phrase is not None and not source.pronoun
        self.gender = PRONOUN_GENDER.get(phrase.words[0]) if phrase and source.pronoun else None
        self.noun_gender = None
        if described:
            self.noun_gender = gender_of(phrase) or COURTESY.get(phrase.words[0].rstrip("."))
        rivals: dict[str, int] = {}
        self.of_kind = {}  # how many of its kind, and of the gender wanted, were named since
        for key, event in self.nearest.items():
            entity = event.entity
            self.of_kind[key] = rivals.get(entity.kind, 0)
            if (self.gender or entity.gender) in (None, entity.gender or self.gender):
                rivals[entity.kind] = self.of_kind[key] + 1
        self.ends = {p[0]: p[1] for p in stage.cast.between(place - 60, place)}
        self.heard: dict[int, tuple[int, Event]] = {}
        self.times: dict[int, int] = {}
        for k, event in enumerate(stage.heard(place)):
            self.heard.setdefault(id(event.entity), (k, event))
            self.times[id(event.entity)] = self.times.get(id(event.entity), 0) + 1
        self.linked = stage.links.of(place) if phrase is not None else None
        self.told = {id(p[2]) for a, b in source.content for p in stage.cast.between(a, b)}
        self.first_phrase = next((one for one in some if one.how == "phrase"), None)
        self.inside = self._inside()
        self.words = source.names
        self.modifiers = {w for w in phrase.modifiers if w[0].isalpha()} if described else set()
        behind = phrase.words[phrase.head + 1 :] if described else ()
        self.others = self.modifiers | {w for w in behind if len(w) > 3}

    def _inside(self) -> dict[int, str]:
        phrase, found = self.source.phrase, {}
        if phrase is None:
            return found
        head_start, _ = phrase.offsets[phrase.head]
        for start, end, entity, mention in self.stage.cast.between(phrase.start - 40, phrase.end):
            if end > phrase.start:
                behind = mentioned(self.stage, phrase, start, mention)
                where = "before" if end <= head_start else "behind" if behind else "apposed"
                where = "covers" if start <= head_start < end else where
                found.setdefault(id(entity), where)
        return found

    def of(self, one: Candidate, linked: float) -> list[float]:
        how = [one.how == h for h in HOWS]
        if one.entity is None:
            return [*how, linked, *[0.0] * (ITSELF + DISTANCE + FIT)]
        rest = (*self._itself(one.entity, one), *self._distance(one), *self._fit(one.entity))
        return [*how, linked, *rest]

    def linked_to(self, some: Sequence[Candidate]) -> list[float]:
        """The chances that the source goes back to where each is named, by the reader."""
        if self.linked is None:
            return [0.0] * len(some)
        spans = [
            [*self.stage.spans.get(id(one.entity), ())[-SPANS:],
             *([(one.place, one.place + 1)] if one.place is not None else [])]
            for one in some
        ]  # fmt: skip
        none = self.linked.none
        found = zip(self.linked.most(spans), some, strict=True)
        return [none if one.entity is None or one.how == "own" else most for most, one in found]

    def _itself(self, entity: Entity, one: Candidate) -> list[float]:
        stage, key, words, of = self.stage, id(entity), entity.words, one.of
        count, gender, rank = stage.counts.get(key, 0), entity.gender, stage.rank.get(key, 9)
        lows = [w.casefold() for w in words]
        wanted, noun = self.gender, self.noun_gender
        return [
            *(entity.kind == kind for kind in KINDS),
            len(words) == 1, len(words) == 2, len(words) > 4,
            entity.name.isupper(),
            bool(words) and lows[0] in FIRST_NAMES,
            bool(words) and lows[-1] in ORGANISATIONS,
            len(words) == 1 and lows[0] in PLACES,
            key in stage.longer,
            all(low in GENERIC for low in lows),
            log1p(count), count / stage.people if entity.kind == PERSON else 0.0,
            rank == 0, rank == 1,
            bool(entity.roles),
            entity is self.author, entity is self.source.outer,
            wanted is not None and gender == wanted,
            wanted is not None and gender not in (None, wanted),
            noun is not None and gender == noun,
            noun is not None and gender not in (None, noun),
            bool(words) and is_plural(lows[-1]) or entity.kind == "group",
            *stage.kinds(entity),
            one.parts > 1, one.parts > 2,
            bool(of) and all(e.kind == PERSON for e in of),
            bool(of) and len(of) == len(self.source.people),
            bool(of) and all(stage.counts[id(e)] for e in of),
            bool(of) and not stage.counts[id(of[0])],
            bool(of) and of[-1].kind == "group",
            bool(of) and all(self.inside.get(id(e), "covers") != "behind" for e in of),
        ]  # fmt: skip

    def _distance(self, one: Candidate) -> list[float]:
        """How far back somebody is named, and has spoken."""
        key, source, stage = id(one.entity), self.source, self.stage
        event = self.nearest.get(key)
        if one.how in ("phrase", "joint") and one.place is not None:
            far = self.sentence - stage.sentence_of(one.place)
            same = self.paragraph == stage.paragraph_of(one.place)
            row = [1, log1p(max(0, far)), far == 0, far == 1, same, 0, 0, 0, 0, 0,
                   one is self.first_phrase]  # fmt: skip
        elif event is None:
            row = [0, log1p(FAR), *[0] * 9]
        else:
            far = self.sentence - event.sentence
            row = [1, log1p(min(FAR, far)), far == 0, far == 1, event.paragraph == self.paragraph,
                   1 / (1 + self.recent[key]), 1 / (1 + self.of_kind[key]), event.subject,
                   event.subject and far == 1, event.quoted != source.quoted,
                   0 <= source.place - self.ends.get(event.place, -9) <= 3]  # fmt: skip
        if key in self.heard:
            rank, spoke = self.heard[key]
            far = self.paragraph - spoke.paragraph
            row += [1, rank == 0, 1 / (1 + rank), far == 0, far == 1, log1p(self.times[key]),
                    spoke.quoted != source.quoted]  # fmt: skip
        else:
            row += [0] * 7
        return [*row, key in self.told]

    def _fit(self, entity: Entity) -> list[float]:
        """What the words of the source and those of a name and its offices have in common."""
        phrase, words, where = self.source.phrase, self.words, self.inside.get(id(entity))
        row = [where == one for one in INSIDE]
        lows = [NO_NAME.sub("", w.casefold()) for w in entity.words]
        if words and lows:
            common = [w for w in words if w in lows]
            short = words[0].replace(".", "")
            row += [lows[-1] in words, lows[-1] == words[-1], lows[0] == words[0],
                    len(common) == len(words), all(w in words for w in lows),
                    len(words) == 1 and short in letters_of(entity)]  # fmt: skip
        else:
            row += [0] * 6
        if phrase is None or self.source.pronoun:
            return row + [0] * 9
        noun, firm = phrase.noun, entity.kind != PERSON
        told = self.modifiers
        fits = max((_role_fit(role, noun, told) for role in entity.roles), default=0.0)
        of_role = {w for role in entity.roles for w in role.lower().split()} | set(lows)
        return row + [
            fits, fits == 1.0,
            fits > 0 and bool(self.modifiers) and self.modifiers <= of_role,
            len(self.others & of_role) / max(1, len(self.others)),
            noun in lows, noun in lows and self.modifiers <= set(lows),
            noun in COMPANIES and firm and not COMPANIES.isdisjoint(lows),
            noun in PRESS and not PRESS.isdisjoint(lows),
            noun in BODIES | DOCUMENTS and firm,
        ]  # fmt: skip


def _role_fit(role: str, noun: str, told: set[str]) -> float:
    """1 where an office is the one a noun names, less where it is one like it or of another."""
    words = role.lower().split()
    (*mine, head) = PLACED.split(role.lower())[0].split()[-4:] or [""]
    if len(noun) > 1 and "".join(w[0] for w in words) == noun:
        return 1.0  # CM for "Chief Minister"
    if told and mine and told.isdisjoint(words) and not LIKE & (told | set(mine)):
        return 0.3 if head == noun else 0.0  # the finance minister is no transport minister
    if head == noun:
        return 1.0
    like = head in ALIKE.get(noun, ()) or noun in HEADS and head in TOP
    return 0.8 if noun in words else 0.6 if like else 0.0
