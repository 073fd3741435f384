"""Verbs and their subjects in a clause, for figures that a verb leads to."""

from __future__ import annotations

from helpers.figures.lexicon import measured_words
from helpers.figures.phrases_np import NOMINAL, PRONOUNS, SAYING, Clause

__all__ = ["MARKERS", "STOPS", "headless", "subject", "verb_before", "words_at"]

MARKERS = frozenset(
    "over more than about around nearly almost some at least just only up approximately roughly "
    "less under most as much an a no the estimated upward upwards of between to by close well not "
    "fewer exceeding excess in within even another record further total and or for plus minus + "
    "/ -".split()
)
OPENERS = MARKERS | {":", "(", "up", "down", "was"}
VERBAL = frozenset({"VERB", "AUX"})
MEASURABLE = frozenset(measured_words()["measurable"]["nouns"])
DASHES = frozenset({"-", "–", "—", "--"})
STOPS = frozenset({";", ":", "—", "--"})
GROUP = frozenset({"AUX", "ADV", "PART"})
SPANNING = frozenset("ranging averaging totaling totalling costing amounting worth".split())


def words_at(c: Clause, i: int) -> str:
    """The word at i in small letters, "" outside."""
    return c.words[i] if 0 <= i < len(c.words) else ""


def verb_before(c: Clause, i: int) -> int | None:
    """The last word of the verb group before word i, in the same clause."""
    for k in range(i - 1, max(-1, i - 28), -1):
        conjunction = c.pos[k] == "SCONJ" and c.words[k] not in {"than", "as"}
        reported = c.words[k] == "that" and k and c.pos[k - 1] == "VERB"
        if c.words[k] in STOPS or conjunction or reported:
            return None
        if c.masked[k] or c.pos[k] not in VERBAL:
            continue
        participle = c.pos[k] == "VERB" and c.inside(k) and c.words[k].endswith(("ed", "ing", "en"))
        before = k == 0 or c.pos[k - 1] in {"DET", "ADJ", "ADP", "NOUN"}
        if participle and before and k + 1 < i and c.pos[k + 1] in {*NOMINAL, "ADJ"}:
            continue
        return k
    return None


def headless(c: Clause, i: int) -> str | None:
    """No verb: "Shares up 4 per cent", "Revenue: £5m"."""
    k = i
    while k > 0 and (c.words[k - 1] in OPENERS or c.pos[k - 1] == "ADV"):
        k -= 1
    if "and" in c.words[k:i] and any(c.masked[max(0, k - 20) : k]):
        return None  # "Rs 4,500 for grain and Rs 7,200 for fruit"
    span = c.leftward(k) if k else None
    speaker = (
        span and ":" in c.words[k:i] and all(w.isupper() for w in c.s.words[span[0] : span[1]])
    )  # "WS: About 5 tonnes"
    if speaker:
        return None
    return c.text(span)


def subject(c: Clause, verb: int, *, depth: int = 0) -> str | None:
    """The noun phrase that the verb group at `verb` belongs to."""
    words = c.words
    k = verb
    while k > 0:
        chained = c.pos[k - 1] == "VERB" and words[k] == "to"
        hyphen = words[k - 1] == "-" and c.s.starts[k] == c.s.ends[k - 1]
        if not (chained or hyphen or c.pos[k - 1] in GROUP or words[k - 1] in {"to", "not", "n't"}):
            break
        k -= 1
    if words[verb] in SPANNING and k > 1 and words[k - 1] == ",":
        return c.text(c.leftward(k - 1))
    for _ in range(6):
        if k <= 0:
            return None
        if words[k - 1] in SAYING and c.pos[k - 1] == "VERB":
            k = _relative_before(c, k - 1) or k  # "a bridge that the government says will cost F"
        if words[k - 1] in {"which", "that", "who"} and k > 1:
            comma = words[k - 2] == ","
            many = words[k - 2].endswith("s") and not words[k].endswith(("s", "ed"))
            near = many and c.pos[k] in VERBAL  # "fees for shops that sell F": shops
            return c.text(c.leftward(k - 1 - comma, hop=not near))
        comma = words[k - 1] == "," and k > 1 and words[k - 2] != ","
        if comma or words[k - 1] in {"and", "but", "or"}:
            opened = _opening(c, k - 1) if words[k - 1] == "," else None
            if opened is not None:
                k = opened
                continue
            earlier = verb_before(c, k - 1)
            if earlier is None or depth > 3:
                return c.text(c.leftward(k - 1))
            return subject(c, earlier, depth=depth + 1)
        dash = words[k - 1] in DASHES and c.s.starts[k] > c.s.ends[k - 1]
        opened = _opening(c, k - 1) if dash else None
        if opened is not None:
            k = opened
            continue
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
        if words[k - 1] == "it":
            return _antecedent(c, k - 1)
        if words[k - 1] in PRONOUNS:
            return None
        break
    return c.text(c.leftward(k))


def _relative_before(c: Clause, verb: int) -> int | None:
    """The place behind the "that" or "which" whose clause "the government says" interrupts."""
    for k in range(verb - 1, max(0, verb - 6), -1):
        if c.words[k] in {"which", "that"}:
            return k + 1
        if c.words[k] in STOPS or c.words[k] == "," or c.pos[k] == "VERB":
            return None
    return None


def _opening(c: Clause, close: int) -> int | None:
    """Where the insertion that ends at this comma or dash opens ("X, the biggest, rose")."""
    for k in range(close - 1, max(0, close - 18), -1):
        if c.words[k] == c.words[close]:
            return k
        if c.words[k] in STOPS:
            return None
    return None


def _antecedent(c: Clause, i: int) -> str | None:
    """What "it" at word i is: the one subject before it in the sentence, else in the one before.

    Only a single thing that can be measured ("the rate"), and only where nothing else qualifies.
    """
    for clause, end in ((c, i), (c.earlier, len(c.earlier.pos) if c.earlier else 0)):
        if clause is None:
            continue
        verbs = [k for k in range(max(1, end - 60), end) if clause.pos[k] in VERBAL]
        spans = [clause.leftward(k) for k in verbs if clause.pos[k - 1] in NOMINAL]
        found = {text for span in spans if (text := clause.text(span))}
        if found:
            heads = [text.split(" of ")[0].split()[-1].lower() for text in found]
            return found.pop() if len(heads) == 1 and heads[0] in MEASURABLE else None
    return None
