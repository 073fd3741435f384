"""Sources in a sentence: the subject of a reporting verb, in front of it, behind it, or shared."""

from __future__ import annotations

from .clauses import DASHES, Item, Range
from .contents import OPENERS, time_phrase
from .cues import BE, HELPERS, Cue
from .insertions import insertion_start
from .lexicon import PARTICIPLE
from .nouns import LINKING, TIME, is_verb, left_start, right_end

CONJUNCTIONS = frozenset({"and", "but", "or", "then", "yet"})


def source_of(items: list[Item], cue: Cue) -> Range | None:
    """The source of one cue, looked at alone."""
    return find_source(items, cue, None)[0]


def find_source(
    items: list[Item], cue: Cue, subject: Range | None
) -> tuple[Range | None, bool, bool]:
    """(source, shared with an earlier verb, stands behind the cue)"""
    k = cue.start - 1
    plain = cue.end - cue.start <= 2 and not cue.passive
    if (
        plain
        and (k < 0 or items[k].quote is not None or items[k].low == "," or items[k].low in DASHES)
        and "p" in cue.frames
        and cue.form != PARTICIPLE
    ):
        behind = _inverted(items, cue, quoted=k >= 0 and _quote_before(items, k))
        if behind is not None:
            return behind, False, True
    if k < 0:
        return _following_subject(items, cue), True, False
    before = items[k]
    if cue.infinitive:
        return (subject or main_subject(items, k)), True, False
    first = items[cue.start].low
    if first in ("having", "being") or cue.form == PARTICIPLE and first not in BE:
        if before.pos in ("NOUN", "PROPN", "PRON") and before.low not in TIME:
            start = left_start(items, k)
            return ((start, k + 1) if start is not None else None), False, False
        return (subject or main_subject(items, k)), True, False
    if before.low in ("who", "which", "that"):
        return (k, k + 1), False, False
    if before.low in CONJUNCTIONS:
        return (subject or main_subject(items, k)), True, False
    if before.low == ",":
        placed = insertion_start(items, k)
        if placed is not None:
            return placed, False, False
        return (subject or main_subject(items, k)), True, False
    start = left_start(items, k)
    if start is None and before.low in TIME and k:  # "Mr. Kim on Monday announced"
        j = k - 1
        while j > 0 and (items[j].low in TIME or items[j].low in LINKING or items[j].pos == "NUM"):
            j -= 1
        if items[j].low == ",":
            return insertion_start(items, j), False, False
        start = left_start(items, j)
        return ((start, j + 1) if start is not None else None), False, False
    if (
        start is None
        or start > 1
        and items[start - 1].pos == "ADP"
        and items[start - 1].low in LINKING
    ):
        return None, False, False  # "in her programme notes that …" has no subject there
    return (start, k + 1), False, False


def _quote_before(items: list[Item], k: int) -> bool:
    while k >= 0 and (items[k].low in DASHES or items[k].low == ","):
        k -= 1
    return k >= 0 and items[k].quote is not None


def _inverted(items: list[Item], cue: Cue, *, quoted: bool) -> Range | None:
    """The source behind the cue: `"…," said Captain Elias Thornquist`, `…, said Alimov`."""
    first = cue.end
    if first >= len(items) or items[first].low in OPENERS:
        return None
    opens = cue.start == 0 and any(i.low == ":" for i in items)  # Said Karimov: “It is ready.”
    if not quoted and not opens and (
        "p" not in cue.frames or not any(map(is_verb, items[: cue.start]))
    ):
        return None  # "Moody's, the agency, affirmed the rating" is in the usual order
    first = time_phrase(items, first) or first  # said on Wednesday the president of …
    if first >= len(items) or items[first].quote is not None:
        return None
    if items[first].pos in ("ADV", "ADP", "PART", "PUNCT", "SCONJ", "VERB", "AUX"):
        return None
    if cue.word.lemma == "tell":
        return None
    end = right_end(items, first)
    if end == first:
        return None
    if (
        not quoted
        and end < len(items)
        and (is_verb(items[end]) or items[end].low in OPENERS or items[end].quote is not None)
    ):
        return None
    return first, end


def main_subject(items: list[Item], before: int) -> Range | None:
    """The subject of the sentence's first finite verb to the left of an item."""
    for k in range(before + 1):
        if items[k].pos not in ("VERB", "AUX") or items[k].low.endswith("ing"):
            continue
        j = k - 1
        while j >= 0 and (items[j].pos == "ADV" or items[j].low in HELPERS):
            j -= 1
        if j < 0:
            continue
        if items[j].low == ",":
            placed = insertion_start(items, j)
            if placed is not None:
                return placed
            continue
        start = left_start(items, j)
        if start is not None and (start == 0 or items[start - 1].low not in LINKING):
            return start, j + 1
    return None


def _following_subject(items: list[Item], cue: Cue) -> Range | None:
    """So "Noting that it rained, he said …": the subject of the main clause."""
    if cue.form != PARTICIPLE:
        return None
    for k in range(cue.end, len(items) - 1):
        if items[k].low == ",":
            end = right_end(items, k + 1)
            if k + 1 < end < len(items) and (is_verb(items[end]) or items[end].pos == "ADV"):
                return k + 1, end
    return None
