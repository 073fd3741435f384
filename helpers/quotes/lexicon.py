"""The cue lexicon: the tone of reporting words, in all their forms."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache

from ..text import read_list
from ..text.lemmas import irregular

DOUBLING = re.compile(r"(?:qu|[^aeiou])[aeiou][bdglmnprt]$")  # admit; "offerred" does no harm
Tone = tuple[tuple[str, ...], str]  # the particle that follows ("out" of "point out"), the tone


def forms_of(verb: str) -> set[str]:
    """Each written form of an English verb.

    >>> sorted(forms_of("agree"))
    ['agree', 'agreed', 'agreeing', 'agrees']
    """
    base = verb[:-1] + "ie" if verb[-1] == "y" and verb[-2] not in "aeiou" else verb
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    third = base + ("es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")
    found = {verb, third, base + ("d" if base.endswith("e") else "ed"), stem + "ing"}
    if DOUBLING.search(verb):
        found |= {verb + verb[-1] + "ed", verb + verb[-1] + "ing"}
    known = irregular().items()
    return found | {form for (form, tag), lemma in known if lemma == verb and tag == "VERB"}


@cache
def tones() -> dict[str, list[Tone]]:
    """{written form: its tones}: verbs with the longest particle first, then nouns, adjectives."""
    verbs: dict[str, list[Tone]] = defaultdict(list)
    others: dict[str, list[Tone]] = {}
    for category, lines in read_list("cues.txt").items():
        for line in lines:
            lemma, *particle, tone = line.split()
            if category in ("nouns", "adjectives"):
                others |= {form: [((), tone)] for form in (lemma, lemma + "s")}
            else:
                for form in forms_of(lemma):
                    verbs[form].append((tuple(particle), tone))
    verbs = {form: sorted(some, key=lambda t: -len(t[0])) for form, some in verbs.items()}
    return {form: verbs.get(form, []) + others.get(form, []) for form in {**verbs, **others}}


def tone_of(cue: str | None) -> str | None:
    """The tone of a cue as written: neutral, positive, negative, or None where it is not listed.

    >>> tone_of("has never denied"), tone_of("also noted")
    ('negative', 'neutral')
    """
    words = (cue or "").lower().replace("’", "'").split()
    for k, word in reversed(list(enumerate(words, start=1))):
        for particle, tone in tones().get(word.strip(".,:;"), ()):
            if tuple(words[k : k + len(particle)]) == particle:
                return tone
    return "neutral" if "according" in words else None
