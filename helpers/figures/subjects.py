"""Verbs and their subjects in a clause, for figures that a verb leads to."""

from __future__ import annotations

from helpers.figures.phrases_np import NOMINAL, PRONOUNS, Clause

__all__ = ["MARKERS", "STOPS", "headless", "subject", "verb_before", "words_at"]

MARKERS = frozenset(
    "over more than about around nearly almost some at least just only up approximately roughly "
    "less under most as much an a no the estimated upward upwards of between to by close well not "
    "fewer exceeding excess in within even another record further total and or for".split()
)
VERBAL = frozenset({"VERB", "AUX"})
STOPS = frozenset({";", ":", "—", "--"})


def words_at(c: Clause, i: int) -> str:
    """The word at i in small letters, "" outside."""
    return c.words[i] if 0 <= i < len(c.words) else ""


def verb_before(c: Clause, i: int) -> int | None:
    """The last word of the verb group before word i, in the same clause."""
    for k in range(i - 1, max(-1, i - 28), -1):
        if (
            c.words[k] in STOPS
            or c.pos[k] == "SCONJ"
            and c.words[k] not in {"than", "as"}
            or c.words[k] == "that"
            and k
            and c.pos[k - 1] == "VERB"
        ):
            return None
        if c.masked[k] or c.pos[k] not in VERBAL:
            continue
        if (
            c.pos[k] == "VERB"
            and c.inside(k)
            and k + 1 < i
            and c.words[k].endswith(("ed", "ing", "en"))
        ):
            nxt = k + 1
            if c.pos[nxt] in NOMINAL | {"ADJ"} and (
                k == 0 or c.pos[k - 1] in {"DET", "ADJ", "ADP", "NOUN"}
            ):
                continue
        return k
    return None


def headless(c: Clause, i: int) -> str | None:
    """No verb: "Shares up 4 per cent", "Revenue: £5m"."""
    k = i
    while k > 0 and (
        c.words[k - 1] in MARKERS
        or c.words[k - 1] in {":", "(", "up", "down", "was"}
        or c.pos[k - 1] == "ADV"
    ):
        k -= 1
    span = c.leftward(k) if k else None
    label = span and words_at(c, k - 1) == ":"
    if span and label and not any(w.islower() for w in c.s.words[span[0] : span[1]]):
        return None
    return c.text(span)


def subject(c: Clause, verb: int, *, depth: int = 0) -> str | None:
    """The noun phrase that the verb group at `verb` belongs to."""
    words = c.words
    k = verb
    while k > 0 and (
        c.pos[k - 1] in {"AUX", "ADV", "PART"}
        or words[k - 1] in {"to", "not", "n't", "-"}
        or c.pos[k - 1] == "VERB"
        and words[k] in {"to"}
    ):
        k -= 1
    for _ in range(6):
        if k <= 0:
            return None
        if words[k - 1] in {"which", "that", "who"} and k > 1:
            m = k - 1
            if words[m - 1] == ",":
                m -= 1
            return c.text(c.leftward(m))
        if (
            words[k - 1] in {"and", "but", "or"}
            or words[k - 1] == ","
            and k > 1
            and words[k - 2] not in {","}
        ):
            opened = _comma_before(c, k - 1) if words[k - 1] == "," else None
            if opened is not None:
                k = opened
                continue
            earlier = verb_before(c, k - 1)
            if earlier is None or depth > 3:
                return c.text(c.leftward(k - 1))
            return subject(c, earlier, depth=depth + 1)
        if c.masked[k - 1]:
            m = k - 1
            while m > 0 and c.masked[m - 1]:
                m -= 1
            while m > 0 and (c.pos[m - 1] == "ADP" or words[m - 1] in {"the", ","}):
                m -= 1
            if m == k or m <= 0:
                return None
            k = m
            continue
        if words[k - 1] in PRONOUNS:
            return None
        break
    return c.text(c.leftward(k))


def _comma_before(c: Clause, comma: int) -> int | None:
    """Where the insertion that ends at this comma opens ("X, the biggest, rose")."""
    for k in range(comma - 1, max(0, comma - 18), -1):
        if c.words[k] == ",":
            return k
        if c.words[k] in STOPS:
            return None
    return None
