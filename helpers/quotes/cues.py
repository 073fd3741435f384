"""Cues in a sentence: the verb groups, nouns and set phrases that report."""

from __future__ import annotations

from dataclasses import dataclass

from .clauses import Item
from .lexicon import (
    PARTICIPLE,
    PAST,
    PLAIN,
    PRESENT_PARTICIPLE,
    Word,
    nominal_forms,
    verb_forms,
)

BE = frozenset("be is are was were been being am 's 're 'm".split())
HELPERS = (
    frozenset(
        "have has had having do does did will would can could may might must shall should "
        "'ve 'd 'll ca wo".split()
    )
    | BE
)
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
    forms, nominal = verb_forms(), nominal_forms()
    found: list[Cue] = []
    k = 0
    while k < len(items):
        item = items[k]
        cue = None
        if item.quote is None:
            if item.low in forms:
                cue = _verb_group(items, k, forms[item.low])
            if cue is None and item.low in nominal:
                cue = _nominal(items, k, nominal[item.low])
        if cue is not None and (not found or cue.start >= found[-1].end):
            found.append(cue)
            k = max(cue.end, k + 1)
        else:
            k += 1
    return found


def _verb_group(items: list[Item], k: int, entries: tuple[tuple[Word, str], ...]) -> Cue | None:
    item = items[k]
    before = items[k - 1] if k else None
    speech = any("p" in word.frames for word, _ in entries)
    looks_finite = item.low.endswith("ed") or item.low in ("said", "says", "told", "wrote", "say")
    if item.pos not in ("VERB", "AUX") and not (
        speech and looks_finite and (before is None or before.pos not in ("DET", "ADJ", "ADP"))
    ):
        after = items[k + 1].low if k + 1 < len(items) else ""
        if not (
            item.pos in ("NOUN", "ADJ")
            and before is not None
            and (
                before.low in ("i", "we", "you", "he", "she", "they", "it")
                or speech
                and (
                    after in (":", "that")
                    and before.pos in ("PROPN", "NOUN")
                    or after in ("he", "she", "it", "they")
                    and before.pos == "PROPN"
                )
            )
        ):
            return None
    behind = items[k + 1] if k + 1 < len(items) else None
    if (
        behind is not None
        and behind.low in ("itself", "himself", "herself", "themselves")
        and (item.low.endswith("ing"))
    ):
        return None  # a group calling itself BoneSaw
    if item.low in NOUN_LIKE and before is not None and before.pos in ("NOUN", "ADJ", "NUM", "DET"):
        return None  # an 18-page ruling that …
    if before is not None and before.low in ("the", "a", "an", "of"):
        return None  # "the said company", "a called meeting"
    word, form, end = _with_particle(items, k, entries)
    if word is None:
        return None
    if (
        item.low in ("said", "told")
        and form == PAST
        and before is not None
        and before.low in (HELPERS - {"'d", "did"})
    ):
        form = PARTICIPLE
    start, auxiliaries, infinitive = _extend_left(items, k)
    last_helper = next((a for a in reversed(auxiliaries) if a in HELPERS), None)
    passive = (
        form in (PAST, PARTICIPLE)
        and last_helper in BE
        and not (
            last_helper == "'s"
            and (items[start].low == "'s" and start and items[start - 1].pos == "PROPN")
        )
    )
    if (
        form == PRESENT_PARTICIPLE
        and last_helper not in BE
        and last_helper is not None
        or (passive and any(a in ("should", "must", "shall") for a in auxiliaries))
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
        ):
            auxiliaries.append(before.low)
        elif before.pos == "ADV" and before.low not in (
            "so",
            "there",
            "here",
            "when",
            "where",
            "ago",
            "why",
            "how",
            "as",
            "home",
            "abroad",
        ):
            if before.low.endswith("ly") or before.low in ADVERBS:
                auxiliaries.append(before.low)
            else:
                break
        elif (
            before.low == "to"
            and before.pos == "PART"
            and start >= 2
            and (
                items[start - 2].low in RAISING
                or items[start - 2].low == "on"
                and start >= 3
                and items[start - 3].low in RAISING
            )
        ):
            start -= 1 + (items[start - 2].low == "on")
        elif before.low == "to" and before.pos == "PART":
            infinitive = True
            break
        else:
            break
        start -= 1
    auxiliaries.reverse()
    while (
        start < k
        and items[start].pos == "ADV"
        and start + 1 <= k
        and (start == 0 or items[start - 1].low == ",")
        and items[start].low not in ADVERBS
    ):
        start += 1
    return start, auxiliaries, infinitive


def _nominal(items: list[Item], k: int, word: Word) -> Cue | None:
    """So "her claim that", "is confident that": only with a that-clause right behind."""
    after = items[k + 1].low if k + 1 < len(items) else ""
    if after != "that" and not ("i" in word.frames and after == "to"):
        return None
    start = k
    if word.category == "adjectives":
        while start > 0 and (
            items[start - 1].low in BE | NEGATION | HELPERS or items[start - 1].pos == "ADV"
        ):
            start -= 1
        if start == k:
            return None
    elif items[k].pos not in ("NOUN", "PROPN"):
        return None
    elif (
        items[k - 1].pos == "ADJ"
        and k > 1
        and (items[k - 2].low in ("'s", "'", "his", "her", "their", "its", "my", "our"))
    ):
        start = k - 1
    return Cue(start, k + 1, k, word, PLAIN)
