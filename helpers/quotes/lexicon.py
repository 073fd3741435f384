"""The cue lexicon: reporting words, the clauses they build, their tone, in all their forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..text.lemmas import irregular
from ..text.words import read_list

DOUBLING = re.compile(r"(?:qu|[^aeiou])[aeiou][bdglmnprt]$")  # admit; "offerred" does no harm
PRESENT, PAST, PARTICIPLE = "present", "past", "ing"


@dataclass(frozen=True, slots=True)
class Word:
    """A reporting word: its dictionary form, the frames it builds, its tone."""

    lemma: str
    frames: frozenset[str]
    tone: str
    category: str  # verbs, particles, phrases, nouns, adjectives
    particle: tuple[str, ...] = ()  # ("out",) in "point out"


def forms_of(verb: str) -> Iterator[tuple[str, str]]:
    """Each written form of an English verb, with its name; past participles count as past.

    >>> sorted({form for form, _ in forms_of("agree")})
    ['agree', 'agreed', 'agreeing', 'agrees']
    """
    base = verb[:-1] + "ie" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    yield verb, PRESENT
    yield base + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s"), PRESENT
    yield base + ("d" if base.endswith("e") else "ed"), PAST
    yield stem + "ing", PARTICIPLE
    if DOUBLING.search(verb):
        yield verb + verb[-1] + "ed", PAST
        yield verb + verb[-1] + "ing", PARTICIPLE
    for (form, tag), lemma in irregular().items():
        if lemma == verb and tag == "VERB":
            yield form, PAST


@lru_cache(maxsize=1)
def verb_forms() -> dict[str, tuple[tuple[Word, str], ...]]:
    """{written form: ((word, form name), …)}, longest particle first."""
    table: dict[str, list[tuple[Word, str]]] = {}
    for word in _words():
        if word.category in ("verbs", "particles", "phrases"):
            for form, name in forms_of(word.lemma):
                table.setdefault(form, []).append((word, name))
    return {
        form: tuple(sorted(entries, key=lambda e: -len(e[0].particle)))
        for form, entries in table.items()
    }


@lru_cache(maxsize=1)
def nominal_tones() -> dict[str, str]:
    """{noun or adjective, plurals included: tone}."""
    words = [word for word in _words() if word.category in ("nouns", "adjectives")]
    return {form: word.tone for word in words for form in (word.lemma, word.lemma + "s")}


def tone_of(cue: str | None) -> str | None:
    """The tone of a cue as written: neutral, positive, negative, or None where it is not listed.

    >>> tone_of("has never denied"), tone_of("also noted")
    ('negative', 'neutral')
    """
    tokens = (cue or "").lower().replace("’", "'").split()
    for k in range(len(tokens) - 1, -1, -1):
        for word, _ in verb_forms().get(tokens[k].strip(".,:;"), ()):
            if tuple(tokens[k + 1 : k + 1 + len(word.particle)]) == word.particle:
                return word.tone
        if tone := nominal_tones().get(tokens[k].strip(".,:;")):
            return tone
    return "neutral" if "according" in tokens else None


@lru_cache(maxsize=1)
def _words() -> tuple[Word, ...]:
    words = []
    for category, lines in read_list("cues.txt").items():
        for line in lines:
            *lemma, frames, tone = line.split()
            letters = frozenset(frames)
            words.append(Word(lemma[0], letters, tone, category, tuple(lemma[1:])))
    return tuple(words)
