"""The thing a figure measures, by the structure of its clause."""

from __future__ import annotations

from helpers.figures.lexicon import measured_words
from helpers.figures.model import Figure
from helpers.figures.phrases_np import CHANGE, NOMINAL, PRONOUNS, QUOTES, Clause
from helpers.figures.subjects import MARKERS, STOPS, headless, subject, verb_before, words_at

__all__ = ["Measured"]

_M = measured_words()
GENERIC = frozenset(_M["generic"]["nouns"])
PUT = frozenset(_M["put"]["verbs"])
SPEND = frozenset(_M["spend"]["verbs"])
NOUNS: dict[str, str] = _M["nouns"]
COMPARED = frozenset({"from", "against", "versus", "vs", "vs.", "than", "compared"})


class Measured:
    """Finds what the figures of one sentence are of, left to right."""

    def __init__(self, clause: Clause, previous_count: str | None) -> None:
        self.c = clause
        self.previous_count = previous_count
        self.before: list[tuple[Figure, str | None]] = []

    def of(self, f: Figure) -> str | None:
        """The thing measured by `f`, as written, or None."""
        i = self.c.s.at(f.start)
        j = self.c.s.at(f.end - 1) + 1
        found = self._right(f, j, i) or self._left(f, i, j)
        self.before.append((f, found))
        return found

    def _right(self, f: Figure, j: int, i: int) -> str | None:
        """ "F of X", "a F write-down of", "F fewer X", "F in assets"."""
        c, words = self.c, self.c.words
        if words[j : j + 1] == ["("] and c.masked[j + 1 : j + 2] == [True]:
            while j < len(words) and (words[j] in {"(", ")"} or c.masked[j]):
                j += 1  # "$27.5bn (£14.5bn) in unpaid taxes"
        if j >= len(words):
            return None
        if words[j] == "each" and j + 1 < len(words):
            j += 1
        if words[j] == "of" and j + 1 < len(words):
            target = words[j + 1]
            if target in {"them", "those", "these", "whom", "which"} and f.kind == "count":
                return self.previous_count
            if target in PRONOUNS - {"this", "that", "these", "those", "her"}:
                return None
            return c.text(c.rightward(j + 1))
        if words[j] in {"fewer", "more", "less"} and j + 1 < len(words) and words[j + 1] != "than":
            return c.text(c.rightward(j + 1))
        if c.pos[j] in NOMINAL | {"ADJ", "VERB", "ADP"} and not c.masked[j] or words[j] == "-":
            k = j + 1 if words[j] == "-" else j
            attached = c.rightward(k, of=False) if c.inside(k) else None
            if (
                attached
                and attached[0] == k
                and (f.kind != "count" or f.unit == "fraction")
                and self._modifies(f, i, attached)
            ):
                last = words[attached[1] - 1]
                if last in CHANGE:
                    return self._changed(attached[1]) or self._subject_of(i)
                return c.text(attached)
        passive = self._passive(j) if f.kind == "money" else None
        if passive is not None:
            return self._spent(i, passive)
        if (
            words[j] == "in"
            and f.kind == "money"
            and j + 1 < len(words)
            and c.pos[j + 1] in {"NOUN", "ADJ"}
        ):
            return c.text(c.rightward(j + 1))
        return None

    def _passive(self, j: int) -> int | None:
        """Behind "F (about G) was allocated", else None."""
        c = self.c
        for k in range(j, min(j + 14, len(c.words) - 1)):
            if (
                c.masked[k]
                or c.words[k] in MARKERS
                or c.words[k] in {"(", ")", "has", "have", "be", "been"}
            ):
                continue
            if c.pos[k] == "AUX":
                continue
            return k + 1 if c.words[k] in SPEND and c.pos[k - 1] == "AUX" else None
        return None

    def _modifies(self, f: Figure, i: int, attached: tuple[int, int]) -> bool:
        """Does the figure stand before its noun as an adjective ("a £9.4 million write-down")?"""
        if f.kind == "percent" and self.c.words[attached[0]] in {
            "higher",
            "lower",
            "year",
            "quarter",
        }:
            return False
        return self.c.words[attached[1] - 1] not in {
            "year",
            "month",
            "week",
            "day",
            "today",
            "yesterday",
            "share",
        }

    def _changed(self, j: int) -> str | None:
        """The X of "a rise in X", "the decline of X"."""
        words = self.c.words
        if j + 1 < len(words) and words[j] in {"in", "of"}:
            return self.c.text(self.c.rightward(j + 1))
        return None

    def _left(self, f: Figure, i: int, j: int) -> str | None:
        c, words = self.c, self.c.words
        k = i
        while k > 0 and (
            words[k - 1] in MARKERS - {"of", "to", "by", "from"} or words[k - 1] in QUOTES
        ):
            if words[k - 1] == "in" and k > 1 and words[k - 2] not in MARKERS:
                break
            k -= 1
        if k > 0 and c.masked[k - 1] and self.before:
            coordinated = words[k:i] and any(w in {"or", "and"} for w in words[k:i])
            if coordinated and self.before[-1][0].unit == f.unit:
                return self.before[-1][1]
        lead = words[k - 1] if k else ""
        if words[i - 1 : i] == ["of"] or words[k : k + 1] == ["of"]:
            k = i - 1 if words[i - 1] == "of" else k
            return self._nominal_of(f, k, j)
        at = next((n for n in range(max(k - 1, 0), i) if words[n] in {"at", "to", "by"}), None)
        if at is not None and at > 0:
            put = self._put_at(at)
            if put:
                return put
        if (
            lead in COMPARED
            or words[max(0, k - 2) : k] == ["compared", "with"]
            or "against" in words[max(0, k - 2) : i]
        ):
            same = next(
                (o for g, o in reversed(self.before[-8:]) if g.kind == f.kind and g.unit == f.unit),
                None,
            )
            if same:
                return same
        if lead in {"(", ":"} and self.before and self.before[-1][0].kind == f.kind:
            return self.before[-1][1]
        return self._subject_of(i, f, j)

    def _nominal_of(self, f: Figure, k: int, j: int) -> str | None:
        """ "a subsidy of F", "a rise of F in X", "a total of F"."""
        c = self.c
        if k > 1 and words_at(c, k - 1) in {"upward", "upwards", "excess"}:
            return self._subject_of(k - 1, f, j)
        span = c.leftward(k, hop=False)
        if span is None:
            return None
        head = c.words[span[1] - 1]
        if head in CHANGE:
            return self._changed(j) or self._subject_of(span[0], f, j)
        if head in GENERIC:
            if span[1] - span[0] > 1 and head not in {
                "total",
                "average",
                "maximum",
                "minimum",
                "record",
            }:
                return c.text(span)
            return self._subject_of(span[0], f, j)
        return c.text(span)

    def _put_at(self, at: int) -> str | None:
        """ "estimated the cost of closing the gap at F"; "brought the total to F"."""
        c = self.c
        span = c.leftward(at)
        if span is None:
            return None
        k = span[0]
        while k > 0 and (c.words[k - 1] in {"the", "its", "their", "his", "a", "our"}):
            k -= 1
        if k > 0 and c.words[k - 1] in PUT and c.pos[k - 1] == "VERB":
            return c.text(span)
        if k > 2 and c.words[k - 1] == "closing" and c.words[k - 2] == "of":
            inner = c.leftward(k - 2)
            return c.text((inner[0], span[1])) if inner else None
        return None

    def _subject_of(self, i: int, f: Figure | None = None, j: int = 0) -> str | None:
        """The subject of the verb before the figure; the antecedent of "which"."""
        c, words = self.c, self.c.words
        verb = verb_before(self.c, i)
        if verb is None:
            return headless(self.c, i)
        low = words[verb]
        if (
            f is not None
            and f.kind == "money"
            and low in SPEND
            and j < len(words)
            and not c.masked[j - 1 if j else 0]
            or (f is not None and f.kind == "money" and low in SPEND)
        ):
            spent = self._spent(i, j)
            if spent:
                return spent
        if f is not None and f.kind == "money" and low in NOUNS:
            noun = NOUNS[low]
            if noun == "income":
                earner = subject(self.c, verb)
                return f"{earner} income" if earner else noun
            if noun in {"exports", "imports"}:
                goods = c.text(c.rightward(verb + 1)) if verb + 1 < i else None
                return f"{goods} {noun}" if goods and " worth" not in goods else goods or noun
            return noun
        if low == "be" and verb > 1 and words[verb - 1] == "to" and c.leftward(verb - 1):
            return c.text(c.leftward(verb - 1))
        found = subject(self.c, verb)
        return "share price" if found and found.lower() in {"shares", "stock"} else found

    def _spent(self, i: int, j: int) -> str | None:
        """What "spent F on X", "allocated for X", "sells at F for X" is for."""
        words = self.c.words
        for k in range(j, min(j + 12, len(words) - 1)):
            if words[k] in STOPS or words[k] == ",":
                break
            if words[k] in {"for", "on", "towards", "toward", "into"} and not self.c.masked[k + 1]:
                return self.c.text(self.c.rightward(k + 1))
            if words[k] in {"for", "on"} and self.c.masked[k + 1]:
                n = k + 1
                while n < len(words) and self.c.masked[n]:
                    n += 1
                return self.c.text(self.c.rightward(n))
        return None
