"""Contents in a sentence: what stands behind a cue, or in front of "…, X said"."""

from __future__ import annotations

from .adverbials import OPENERS, past_addressee, past_adverbial, time_phrase
from .clauses import DASHES, Item, Range
from .cues import BE, Cue
from .nouns import PERSONAL, TIME

STOPS = frozenset({".", "!", "?", ";", "…", "..."})
MODALS = frozenset({"must", "should", "may", "might", "can", "could", "cannot", "ca"})
WHEN = frozenset("when after before while as since once until".split())
RELATIVES = frozenset({"who", "which", "that"})
PLACING = frozenset("in on at during after before to through via from by of as with about".split())
NAMING_VERBS = frozenset({"call", "term", "describe", "dub", "label", "deem", "find"})


def complement(items: list[Item], cue: Cue, after: int, *, inverted: bool) -> Range | None:
    """What follows the cue (or, inverted, its source) as its content; never empty."""
    frames, k = cue.frames, after
    n = len(items)
    if "o" in frames and not inverted and not cue.passive:
        k = past_addressee(items, k)
        if k is None:
            return _object(items, cue, after) if "n" in frames or "q" in frames else None
        if k < n and items[k].low == "to" and "n" in frames and "i" not in frames:
            return after, clause_end(items, after)  # urged | farmers to adopt new varieties
    for step in range(5):
        if k >= n:
            return None
        item = items[k]
        nxt = items[k + 1] if k + 1 < n else None
        if item.quote is not None:
            return _quote_content(items, k) if frames & {"q", "s", "t", "n"} else None
        if item.low in (":", ",") and nxt is not None and nxt.quote is not None:
            return k + 1, k + 2
        if item.low == ":" and nxt is not None:
            return k + 1, clause_end(items, k + 1)
        infinitive = nxt is not None and nxt.pos in ("VERB", "AUX", "ADV", "NOUN")
        if (
            item.low in OPENERS
            and "t" in frames
            or item.low == "to"
            and "i" in frames
            and infinitive
        ):
            return k, clause_end(items, k)
        if inverted or item.low in STOPS | DASHES | {","}:
            return None
        if not step and (not cue.passive or "o" in frames) and not time_phrase(items, k):
            found = _bare(items, cue, k)
            if found is not None:
                return found
        skipped = past_adverbial(items, k)
        if skipped == k:
            return None
        if "s" in frames and skipped < n and not cue.passive:
            found = _clause(items, skipped)
            if found is not None and items[skipped].low in PERSONAL | {"the"}:
                return found
        k = skipped
    return None


def _bare(items: list[Item], cue: Cue, k: int) -> Range | None:
    """A clause without "that", or an object."""
    if (
        items[k].pos == "ADP"
        and (items[k].low in PLACING or "s" not in cue.frames)
        and (cue.word.lemma not in ("caution", "appeal", "refer"))
    ):
        return None
    if "s" in cue.frames:
        if items[k].low in ("no", "yes") and clause_end(items, k) == k + 1:
            return k, k + 1
        found = _clause(items, k)
        if found is not None:
            return found
    if (
        "n" in cue.frames
        and not cue.passive
        and not any(items[j].low in MODALS for j in range(cue.start, cue.verb))
    ):
        return _object(items, cue, k)
    end = clause_end(items, k)
    quoted = any(i.quote is not None for i in items[k:end])
    return (k, end) if quoted and {"q", "s"} <= cue.frames else None


def _clause(items: list[Item], k: int) -> Range | None:
    """A clause with a verb that agrees to be finite, from `k` on."""
    end = clause_end(items, k)
    if items[k].pos == "PUNCT":
        return None
    for j in range(k, min(end, k + 30)):
        if (
            items[j].pos in ("AUX", "VERB")
            and j > k
            and not items[j].low.endswith("ing")
            and (items[j - 1].low not in ("having", "being", "to"))
            or items[j].low in BE
            or items[j].quote is not None
            and j > k
            and (items[j - 1].pos in ("PRON", "PROPN", "NOUN", "AUX"))
        ):
            return k, end
    return None


def _object(items: list[Item], cue: Cue, k: int) -> Range | None:
    if k >= len(items):
        return None
    if items[k].low in ("against", "of") and cue.word.lemma in ("warn", "caution"):
        return k, clause_end(items, k)
    if items[k].pos in ("PUNCT", "CCONJ", "SCONJ") or items[k].low in TIME:
        return None
    if items[k].pos in ("ADV", "ADP", "PART") and not cue.word.particle:
        return None
    if items[k].low in ("himself", "herself", "itself", "themselves", "so"):
        return None
    if items[k].low == "it" and cue.word.lemma not in NAMING_VERBS:
        return None
    end = clause_end(items, k)
    for j in range(k + 1, end):
        if items[j].quote is not None and items[j - 1].low == ":":
            return j, j + 1  # dismissed the threat: “We have heard it before.”
    if end == k + 1 and items[k].pos == "PRON":
        return None  # "would have dismissed her"
    return (k, end) if end > k else None


def _quote_content(items: list[Item], k: int) -> Range:
    """A quotation behind the cue: alone, or with the clause that it opens."""
    end = clause_end(items, k)
    if end == k + 1 or items[k + 1].pos in ("ADP", "ADV", "PUNCT", "CCONJ", "SCONJ"):
        return k, k + 1
    return k, end


def clause_end(items: list[Item], k: int) -> int:
    """The end of the clause that begins at `k`: the sentence's end or a semicolon."""
    end = next(
        (
            j
            for j in range(k, len(items))
            if items[j].low == ";" or items[j].low == "then" and j > k and items[j - 1].low == ","
        ),
        len(items),
    )
    while (
        end > k
        and items[end - 1].quote is None
        and items[end - 1].pos == "PUNCT"
        and (items[end - 1].low not in (")", "]", "%"))
    ):
        end -= 1
    return end


def left_content(
    items: list[Item], cue: Cue, source: Range | None, *, inverted: bool
) -> Range | None:
    """The content before "…, X said" or "…," said X: from the sentence's start to the comma."""
    if source is None or items[source[0]].low in RELATIVES:
        return None
    edge = cue.start if inverted else min(source[0], cue.start)
    if not inverted and source[0] > cue.start:
        return None
    k = edge - 1
    separated = False
    while k >= 0 and (items[k].low in DASHES or items[k].low == ","):
        separated = True
        k -= 1
    if k < 0 or not (separated or items[k].quote is not None):
        return None
    start = next((j + 1 for j in range(k, -1, -1) if items[j].low == ";"), 0)
    comma = any(items[j].low == "," for j in range(start, k))
    if items[start].low in WHEN and items[k].quote is None and not comma:
        return None  # "When she died, I told them."
    return (start, k + 1) if k + 1 > start else None
