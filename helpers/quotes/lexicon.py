"""The cue lexicon: reporting words, the clauses they build, their tone, in all their forms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from ..words import read_list

IRREGULAR = {
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"),
    "read": ("read", "read"), "think": ("thought", "thought"), "feel": ("felt", "felt"),
    "find": ("found", "found"), "show": ("showed", "shown"), "begin": ("began", "begun"),
    "swear": ("swore", "sworn"), "sing": ("sang", "sung"), "seek": ("sought", "sought"),
    "speak": ("spoke", "spoken"), "go": ("went", "gone"), "put": ("put", "put"),
    "make": ("made", "made"), "let": ("let", "let"), "take": ("took", "taken"),
    "give": ("gave", "given"), "shoot": ("shot", "shot"), "hit": ("hit", "hit"),
    "lay": ("laid", "laid"), "set": ("set", "set"), "spell": ("spelt", "spelt"),
    "forecast": ("forecast", "forecast"), "draw": ("drew", "drawn"), "crow": ("crowed", "crowed"),
    "plead": ("pleaded", "pleaded"), "rule": ("ruled", "ruled"), "lash": ("lashed", "lashed"),
}  # fmt: skip
DOUBLING = frozenset(
    {
        "admit",
        "rebut",
        "refer",
        "quip",
        "brag",
        "sob",
        "plan",
        "beg",
        "snap",
        "hit",
        "put",
        "set",
        "regret",
        "grin",
        "dub",
        "sum",
        "slam",
        "opt",
        "let",
        "begin",
        "chat",
    }
)
PLAIN, THIRD, PAST, PARTICIPLE, PRESENT_PARTICIPLE = "plain", "third", "past", "participle", "ing"


@dataclass(frozen=True, slots=True)
class Word:
    """A reporting word: its dictionary form, the frames it builds, its tone."""

    lemma: str
    frames: frozenset[str]
    tone: str
    category: str  # verbs, particles, phrases, nouns, adjectives
    particle: tuple[str, ...] = ()  # ("out",) in "point out"


def forms_of(verb: str) -> Iterator[tuple[str, str]]:
    """Each written form of an English verb, with its name.

    >>> sorted({form for form, _ in forms_of("admit")})
    ['admit', 'admits', 'admitted', 'admitting']
    """
    yield verb, PLAIN
    if verb[-1] == "y" and verb[-2] not in "aeiou":
        third, regular, stem = verb[:-1] + "ies", verb[:-1] + "ied", verb
    elif verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        third, regular, stem = verb + "es", verb + "ed", verb
    elif verb.endswith("e"):
        third, regular, stem = verb + "s", verb + "d", verb[:-1]
    else:
        stem = verb + verb[-1] if verb in DOUBLING and verb != "opt" else verb
        third, regular = verb + "s", stem + "ed"
    past, participle = IRREGULAR.get(verb, (regular, regular))
    yield third, THIRD
    yield past, PAST
    yield participle, PARTICIPLE
    yield stem + "ing", PRESENT_PARTICIPLE


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
def nominal_forms() -> dict[str, Word]:
    """{noun or adjective, plurals included: word}."""
    table = {}
    for word in _words():
        if word.category in ("nouns", "adjectives"):
            table[word.lemma] = word
            if word.category == "nouns":
                table[word.lemma + "s"] = word
    return table


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
        if nominal := nominal_forms().get(tokens[k].strip(".,:;")):
            return nominal.tone
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
