"""Cues in a sentence: the verb groups, nouns and set phrases that report."""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import Item
from .lexicon import PARTICIPLE, PAST, Word, verb_forms

BE = frozenset("be is are was were been being am 's 're 'm".split())
HELPERS = (
    frozenset(
        "have has had having do does did will would can could may might must shall should "
        "'ve 'd 'll ca wo".split()
    )
    | BE
)
SUBJECTS = frozenset("i we you he she they it".split())
NEGATION = frozenset({"not", "n't", "never"})
ADVERBS = frozenset(
    "hereby also further then later now earlier again once only just still already even "
    "previously recently separately additionally ever first too always often".split()
)
RAISING = frozenset(
    "go going went goes gone continue continued continues refuse refused refuses "
    "decline declined want wanted wants used seem seems seemed appear appears appeared "
    "try tried tries like hasten hastened expected ready keen".split()
)
NOUN_LIKE = frozenset({"ruling", "finding", "warning", "feeling", "reading", "offering", "meeting"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb group, or another phrase that reports, as item numbers."""

    start: int
    end: int
    verb: int
    word: Word
    form: str
    passive: bool = False
    infinitive: bool = False

    @property
    def frames(self) -> frozenset[str]:
        return self.word.frames


def cues_of(items: list[Item]) -> list[Cue]:
    """The cues of one sentence from left to right."""
    forms = verb_forms()
    found: list[Cue] = []
    k = 0
    while k < len(items):
        entries = forms.get(items[k].low)
        cue = _verb_group(items, k, entries) if entries else None
        if cue is not None and (not found or cue.start >= found[-1].end):
            found.append(cue)
            k = cue.end
        else:
            k += 1
    return found


def _verb_group(items: list[Item], k: int, entries: tuple[tuple[Word, str], ...]) -> Cue | None:
    item = items[k]
    before = items[k - 1] if k else None
    behind = items[k + 1].low if k + 1 < len(items) else ""
    speech = any("p" in word.frames for word, _ in entries)
    looks_finite = item.low.endswith("ed") or item.low in ("said", "says", "told", "wrote", "say")
    taken_for_noun = (
        item.pos in ("NOUN", "ADJ")
        and before is not None
        and (
            before.low in SUBJECTS
            or speech
            and behind in (":", "that")
            and before.pos in ("PROPN", "NOUN")
        )
    )
    if item.pos not in ("VERB", "AUX") and not taken_for_noun and not (
        speech and looks_finite and (before is None or before.pos not in ("DET", "ADJ", "ADP"))
    ):
        return None
    if item.low.endswith("ing") and behind in ("itself", "himself", "herself", "themselves"):
        return None  # a group calling itself BoneSaw
    if item.low in NOUN_LIKE and before is not None and before.pos in ("NOUN", "ADJ", "NUM", "DET"):
        return None  # an 18-page ruling that …
    if before is not None and before.low in ("the", "a", "an", "of"):
        return None  # "the said company", "a called meeting"
    word, form, end = _with_particle(items, k, entries)
    if word is None:
        return None
    start, auxiliaries, infinitive = _extend_left(items, k)
    last_helper = next((a for a in reversed(auxiliaries) if a in HELPERS), None)
    owner = last_helper == "'s" and start and items[start - 1].pos == "PROPN"
    passive = form == PAST and last_helper in BE and not owner
    if (
        form == PARTICIPLE
        and last_helper not in BE | {None}
        or passive
        and {"should", "must", "shall"} & set(auxiliaries)
    ):
        return None
    return Cue(start, end, k, word, form, passive, infinitive)


def _with_particle(
    items: list[Item], k: int, entries: tuple[tuple[Word, str], ...]
) -> tuple[Word | None, str, int]:
    for word, form in entries:
        n = len(word.particle)
        if not n:
            return word, form, k + 1
        if tuple(i.low for i in items[k + 1 : k + 1 + n]) == word.particle:
            return word, form, k + 1 + n
        if (
            word.category == "phrases"
            and word.particle[-1] in (i.low for i in items[k + 1 : k + 4])
            and items[k + 1].pos in ("DET", "ADJ", "PRON")
        ):
            end = next(j for j in range(k + 1, k + 4) if items[j].low == word.particle[-1])
            return word, form, end + 1
    return None, "", k


def _extend_left(items: list[Item], k: int) -> tuple[int, list[str], bool]:
    """The beginning of the verb group, its auxiliaries, and whether it is an infinitive."""
    start, auxiliaries, infinitive = k, [], False
    while start > 0:
        before = items[start - 1]
        if (
            before.low in NEGATION
            or before.low in HELPERS
            and before.pos in ("AUX", "VERB", "PART")
            or before.pos == "ADV"
            and (before.low.endswith("ly") or before.low in ADVERBS)
        ):
            auxiliaries.append(before.low)
        elif before.low == "to" and before.pos == "PART":
            raising = start - 2 - (start > 2 and items[start - 2].low == "on")
            if raising < 0 or items[raising].low not in RAISING:
                infinitive = True
                break
            start = raising + 1  # "went on to say"
        else:
            break
        start -= 1
    auxiliaries.reverse()
    while (
        start < k
        and items[start].pos == "ADV"
        and (start == 0 or items[start - 1].low == ",")
        and items[start].low not in ADVERBS
    ):
        start += 1
    return start, auxiliaries, infinitive
