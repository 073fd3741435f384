"""Learns the endings by which words and their dictionary forms differ."""

from __future__ import annotations

import gzip
import re
from collections import Counter, defaultdict
from os.path import commonprefix
from pathlib import Path

from ..text.lemmas import LONGEST, STRAIGHT, irregular
from .treebank import Sentence

Step = tuple[int, str]  # letters that go, letters that come instead
LEAST_WORDS = 2  # different words that must speak for an ending
NAMES_NEED = 1000  # ... and names: in effect, no endings are learnt from them
LONGEST_STEP = 10  # letters that go and come at most: the rest are slips


def step_between(form: str, lemma: str) -> Step:
    """How a form becomes its lemma."""
    shared = len(commonprefix([form, lemma]))
    return len(form) - shared, lemma[shared:]


def usual(steps: Counter) -> Step:
    """The most frequent step; the least one of equals."""
    return min(steps, key=lambda step: (-steps[step], step))


def usual_steps(sentences: list[Sentence]) -> dict[str, dict[str, Step]]:
    """The most frequent step of each form, by tag, with the regular forms of every lemma met."""
    counts: dict[str, dict[str, Counter]] = defaultdict(lambda: defaultdict(Counter))
    for sentence in sentences:
        for word, tag, lemma in zip(sentence.words, sentence.tags, sentence.lemmas, strict=True):
            form, base = (x.translate(STRAIGHT).lower() for x in (word, lemma))
            step = step_between(form, base)
            if step[0] + len(step[1]) <= LONGEST_STEP:
                counts[tag][form][step] += 1
    for tag, inflected in (("VERB", verb_forms), ("NOUN", plurals)):
        frequent = Counter()
        for form, steps in counts[tag].items():
            for (cut, added), n in steps.items():
                frequent[form[: len(form) - cut] + added] += n
        for base, n in sorted(frequent.items()):
            if n >= 2 and base.isalpha() and len(base) > 2:
                for form in (base, *inflected(base)):
                    if form not in counts[tag] and (form, tag) not in irregular():
                        counts[tag][form][step_between(form, base)] += 1
    return {
        tag: {form: usual(steps) for form, steps in sorted(forms.items())}
        for tag, forms in sorted(counts.items())
    }


def verb_forms(base: str) -> tuple[str, ...]:
    """The regular forms of a verb whose last consonant is surely doubled or surely not."""
    if base in {lemma for (_, tag), lemma in irregular().items() if tag == "VERB"}:
        return ()
    if base.endswith("e"):
        stem = base if base.endswith("ee") else base[:-1]
        if base.endswith("ie"):
            stem = base[:-2] + "y"
        return base + "s", base + "d", stem + "ing"
    if re.search("[^aeiou]y$", base):
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if re.fullmatch("[^aeiou]*[aeiou][bdgklmnprtvz]", base):
        return base + "s", base + base[-1] + "ed", base + base[-1] + "ing"
    if re.search("[^aeiou][aeiou][bdgklmnprt]$", base):  # visit or admit?
        return (base + "s",)
    return base + ("es" if re.search("(?:[sxzo]|ch|sh)$", base) else "s"), base + "ed", base + "ing"


def plurals(base: str) -> tuple[str, ...]:
    """The regular plural of a noun."""
    if re.search("[^aeiou]y$", base):
        return (base[:-1] + "ies",)
    return (
        ()
        if base.endswith(("s", "f", "fe"))
        else (base + ("es" if re.search("(?:[xz]|[^aeiou]o|ch|sh)$", base) else "s"),)
    )


def endings(forms: dict[str, Step], tag: str) -> dict[str, Step]:
    """The fewest endings, and whole words, that give every form its step."""
    votes: dict[str, Counter] = defaultdict(Counter)
    for form, step in forms.items():
        for size in range(min(LONGEST, len(form)) + 1):
            if step[0] <= size or size == 0:
                votes[form[len(form) - size :]][step] += 1
    kept: dict[str, Step] = {}

    def inherited(ending: str) -> Step:
        for size in range(len(ending), -1, -1):
            if (found := kept.get(ending[len(ending) - size :])) is not None:
                return found
        return 0, ""

    for ending in sorted(votes, key=lambda e: (len(e), e)):
        steps = votes[ending]
        best = usual(steps)
        least = NAMES_NEED if tag == "PROPN" else LEAST_WORDS
        if steps[best] >= least and best != inherited(ending):
            kept[ending] = best
    for form, step in forms.items():
        found = irregular().get((form, tag))
        if found is None:
            cut, added = inherited(form[-LONGEST:])
            found = form[: len(form) - cut] + added
        if found != form[: len(form) - step[0]] + step[1]:
            kept["^" + form] = step
    return kept


def train_lemmas(sentences: list[Sentence], path: Path) -> None:
    """Write the endings learnt from sentences to a gzipped table: tag, ending, cut, added."""
    lines = [
        f"{tag}\t{ending}\t{cut}\t{added}\n"
        for tag, forms in usual_steps(sentences).items()
        for ending, (cut, added) in sorted(endings(forms, tag).items())
        if not {"\t", "\n"} & set(ending + added)
    ]
    path.write_bytes(gzip.compress("".join(lines).encode("utf-8"), 9, mtime=0))
