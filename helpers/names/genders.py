"""Genders: what the pronouns of a text tell of its people, and given names else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..text import Doc
from .book import Entity
from .lists import FIRST_NAMES
from .mentions import ORGANISATION, PERSON

MALE, FEMALE = "male", "female"
PRONOUN_GENDER = {"he": MALE, "him": MALE, "his": MALE, "himself": MALE,
                  "she": FEMALE, "her": FEMALE, "hers": FEMALE, "herself": FEMALE}  # fmt: skip


def settle_genders(
    note: Doc,
    entities: Sequence[Entity],
    between: Callable[[int, int], Sequence[tuple]],
    quoted: Callable[[int], bool],
) -> None:
    """Gender from the pronouns beside a name that stands alone in its sentence, or just before."""
    lows = [w.lower() for w in note.words]
    before: Entity | None = None
    for a, b in note.sentences:
        start, end = note.starts[a], note.ends[b - 1]
        people = [p for p in between(start, end) if p[2].kind != ORGANISATION and not quoted(p[0])]
        alone = people[0][2] if people and all(p[2] is people[0][2] for p in people) else None
        if lows[a] in PRONOUN_GENDER and before is not None and not quoted(start):
            before.votes[PRONOUN_GENDER[lows[a]]] += 2
        if alone is not None:
            for k in range(a, b):
                if (
                    lows[k] in PRONOUN_GENDER
                    and note.starts[k] > people[0][0]
                    and not quoted(note.starts[k])
                ):
                    alone.votes[PRONOUN_GENDER[lows[k]]] += 1
                    break
        before = alone if alone is not None or people else before
    for entity in entities:
        if entity.kind == PERSON and entity.gender is None:
            named = FIRST_NAMES.get(entity.words[0].casefold()) if len(entity.words) > 1 else None
            votes = {g: entity.votes[g] + 2.5 * (g == named) for g in (MALE, FEMALE)}
            if votes[MALE] != votes[FEMALE]:
                entity.gender = max(votes, key=lambda g: votes[g])
