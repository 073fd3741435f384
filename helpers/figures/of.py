"""The thing a figure measures, by the structure of its clause."""

from __future__ import annotations

import re

from helpers.figures.lexicon import measured_words
from helpers.figures.model import Figure
from helpers.figures.phrases_np import CHANGE, NOMINAL, PRONOUNS, QUOTES, SAYING, Clause
from helpers.figures.subjects import MARKERS, STOPS, headless, subject, verb_before, words_at

__all__ = ["Measured"]

_M = measured_words()
GENERIC = frozenset(_M["generic"]["nouns"])
PUT = frozenset(_M["put"]["verbs"])
PRICED = frozenset(_M["priced"]["verbs"])
CONTEST = frozenset(_M["contest"]["verbs"])
EMPTY = frozenset(_M["empty"]["nouns"])
BESIDE = frozenset(_M["beside"]["words"])
WHOLE = re.compile(r"of (?:the )?(?:g(?:dp|np|ni)\b|gross domestic product)", re.I)
DIMENSIONS = frozenset("wide long high deep tall thick strong".split())
DIRECTIONS = frozenset(_M["directions"]["words"])
SOFT = MARKERS - {"of", "to", "by", "from"} | QUOTES
PASSED = MARKERS | {"(", ")", "has", "have", "be", "been"}
OPENING = frozenset("the top bottom that those".split())  # "they agree the top 1 % would gain"
AT = frozenset({"at", "to", "by", "for", "from"})
SPEND = frozenset(_M["spend"]["verbs"])
GIVING = frozenset(_M["giving"]["verbs"])
NOUNS: dict[str, str] = _M["nouns"]
HELPING = frozenset("have has had will would may might can could should must".split())
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
        found = None
        if f.kind == "percent" and self._of_whole(j):
            found = self._left(f, i, j)
        if not found and (f.kind != "quantity" or words_at(self.c, j) not in DIRECTIONS):
            found = self._right(f, j, i) or (None if self._of_it(f, j) else self._left(f, i, j))
        self.before.append((f, found))
        return found

    def _of_it(self, f: Figure, j: int) -> bool:
        """ "pays 60 per cent of that": the thing is named elsewhere."""
        ends = self.c.pos[j + 2 : j + 3] in ([], ["PUNCT"], ["AUX"])
        pronoun = words_at(self.c, j) == "of" and words_at(self.c, j + 1) in PRONOUNS
        return pronoun and ends or f.kind != "count" and self._claimed(j)

    def _of_whole(self, j: int) -> bool:
        """ "The deficit reached 3 % of GDP" is of the deficit, which is compared to GDP."""
        return WHOLE.match(" ".join(self.c.words[j : j + 4])) is not None

    def _claimed(self, j: int) -> bool:
        """ "the $20 million they say it costs": does the noun behind the figure say it?"""
        k = j
        while k < len(self.c.pos) and self.c.pos[k] in NOMINAL:
            k += 1
        said = words_at(self.c, k)
        return k > j and said in SAYING and self.c.pos[k] == "VERB" and not said.endswith("ed")

    def _right(self, f: Figure, j: int, i: int) -> str | None:
        """ "F of X", "a F write-down of", "F fewer X", "F in assets"."""
        c, words = self.c, self.c.words
        if words[j : j + 1] == ["("] and c.masked[j + 1 : j + 2] == [True]:
            while j < len(words) and (words[j] in {"(", ")"} or c.masked[j]):
                j += 1  # "$27.5bn (£14.5bn) in unpaid taxes"
        wide = f.kind == "quantity" and words_at(c, j) in DIMENSIONS
        if wide or words[j : j + 2] == ["worth", "of"]:
            j += 1  # "a 160-mile wide shadow", "$5 worth of goods"
        if j >= len(words):
            return None
        word, target = words[j], words_at(c, j + 1)
        if word == "of" and target:
            if target in {"them", "those", "these", "whom", "which"} and f.kind == "count":
                return self.previous_count
            if target in {"whom", "which"}:
                return self.before[-1][1] if self.before else None
            return c.text(c.rightward(j + 1))
        if word in {"fewer", "more", "less"} and target != "than":
            return c.text(c.rightward(j + 1))
        k = j + (word == "-")
        open_ = word == "-" or c.pos[j] in {*NOMINAL, "ADJ", "VERB", "ADP"}
        attached = c.rightward(k, of=False) if open_ and c.inside(k) else None
        if attached and attached[0] == k and self._modifies(f, attached):
            last = words[attached[1] - 1]
            if last in CHANGE:
                return self._changed(attached[1]) or self._subject_of(i)
            empty = last in EMPTY and attached[1] == k + 1
            return self._subject_of(i, f, j) if empty else c.text(attached)
        if f.kind != "money":
            return None
        passive = self._passive(j)
        if passive is not None:
            return self._spent(passive)
        if word == "in" and c.inside(j + 1):
            return c.text(c.rightward(j + 1))
        return None

    def _passive(self, j: int) -> int | None:
        """Behind "F (about G) was allocated", else None."""
        c = self.c
        for k in range(j, min(j + 14, len(c.words) - 1)):
            if c.masked[k] or c.pos[k] == "AUX" or c.words[k] in PASSED:
                continue
            return k + 1 if c.words[k] in SPEND and c.pos[k - 1] == "AUX" else None
        return None

    def _modifies(self, f: Figure, attached: tuple[int, int]) -> bool:
        """Does the figure stand before its noun as an adjective ("a £9.4 million write-down")?"""
        first, end = attached
        words, pos = self.c.words, self.c.pos
        if f.kind == "percent" and words[first] in {"higher", "lower", "year", "quarter"}:
            return False
        by = pos[end : end + 1] == ["ADP"] and words[end] != "of"
        doing = by and end == first + 1 and words[first].endswith("ing")  # "5 % voting by post"
        claimed = f.kind != "count" and self._claimed(first)
        return words[end - 1] not in BESIDE and not doing and not claimed

    def _changed(self, j: int) -> str | None:
        """The X of "a rise in X", "the decline of X"."""
        words = self.c.words
        span = self.c.rightward(j + 1) if words[j : j + 1] in (["in"], ["of"]) else None
        return self.c.text(span) if span and words[span[1] - 1] not in BESIDE else None

    def _left(self, f: Figure, i: int, j: int) -> str | None:
        c, words = self.c, self.c.words
        last, of_last = self.before[-1] if self.before else (None, None)
        if last and (self._said_otherwise(i) or last.kind == f.kind and self._again(last, i)):
            return of_last
        k = i
        while k > 0 and words[k - 1] in SOFT:
            k -= 1
        joined = c.masked[max(0, k - 1)] and not {"or", "and"}.isdisjoint(words[k:i])
        if joined and last and last.unit == f.unit:
            return of_last
        lead = words_at(c, k - 1)
        if lead == "of" or "of" in words[k:i]:
            k = max(n for n in range(max(k - 1, 0), i) if words[n] == "of")
            return self._nominal_of(f, k, j)
        if i > 1 and words[i - 2 : i] == ["up", "to"]:
            k = i - 2  # "puts the final cost at up to F"
        at = next((n for n in range(max(k - 1, 0), i) if words[n] in AT), None)
        if at:
            if words[at - 1] in {"it", "them"}:
                return None  # "would leave it at 35 per cent"
            put = self._put_at(at)
            if put:
                return put
        if lead in COMPARED or "compared" in words[max(0, k - 6) : k]:
            for g, of in reversed(self.before[-8:]):
                if g.kind == f.kind and of:
                    return of
        if lead in {"(", ":"} and last and last.kind == f.kind:
            return of_last
        inserted = i > 1 and words[i - 1] == "," == words_at(c, j) and c.pos[i - 2] == "NOUN"
        relative = words_at(c, j + 1) in {"that", "which"}
        if inserted and (relative or c.pos[j + 1 : j + 2] in (["AUX"], ["VERB"])):
            return c.text(c.leftward(i - 1))  # "The reserve, 8 per cent, was too small"
        found = self._opponent(i, k) or self._adjacent(f, k, i, j)
        itself = c.pos[j : j + 1] == ["AUX"] and words[i - 1] in OPENING
        return found or (None if itself else self._subject_of(i, f, j))

    def _said_otherwise(self, i: int) -> bool:
        """ "$19.3 million, or 27 cents a share"; "32 per cent, or about €780 million"."""
        while i > 2 and self.c.words[i - 1] in MARKERS - {"or"}:
            i -= 1
        return i > 2 and self.c.words[i - 2 : i] == [",", "or"] and self.c.masked[i - 3]

    def _again(self, last: Figure, i: int) -> bool:
        """ "38% of sales, up four points"; "by F to G", "from F to G"."""
        c, words = self.c, self.c.words
        if i > 2 and words[i - 2] == "," and words[i - 1] in {"up", "down"}:
            start = c.s.at(last.end - 1) + 1
            return i - start < 8 and not {"VERB", "AUX", "PUNCT"} & set(c.pos[start : i - 2])
        if i < 4 or words[i - 1] != "to" or not c.masked[i - 2]:
            return False
        k = i - 2
        while k > 0 and c.masked[k - 1]:
            k -= 1
        verb = verb_before(c, k)
        contest = verb is not None and words[verb] in CONTEST
        return k > 0 and words[k - 1] in {"by", "from"} and not contest

    def _opponent(self, i: int, k: int) -> str | None:
        """ "X leads Y by F to G": G is Y's."""
        c = self.c
        verb = verb_before(c, i)
        if verb is None or c.words[verb] not in CONTEST or not any(c.masked[verb:k]):
            return None
        return c.text(c.rightward(verb + 1))

    def _adjacent(self, f: Figure, k: int, i: int, j: int) -> str | None:
        """The noun phrase right before the figure: "cut emissions F"; "X got F and Y F"."""
        c = self.c
        if c.pos[j : j + 1] in (["AUX"], ["VERB"]):
            return None  # the figure is a subject itself: "and 44 per cent would back"
        span = c.leftward(k, hop=False)
        if span is None or span[1] != k or c.pos[span[0] - 1 : span[0]] == ["ADP"]:
            return None
        verb = verb_before(c, span[0])
        since = max((n for n in range(max(0, span[0] - 40), span[0]) if c.masked[n]), default=-1)
        gapped = since >= 0 and (verb is None or verb < since)
        if gapped or f.kind == "percent" and verb and c.words[verb] not in CONTEST:
            return c.text(span)
        return None

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
            if found := self._changed(j):
                return found
            kind = c.words[span[1] - 2]
            if c.pos[span[1] - 2] in NOMINAL and kind not in GENERIC and kind != "year":
                return c.text(span)  # "a tax increase of F"
            led = span[0]
            while led > 0 and words_at(c, led - 1) in {"a", "an", "the", "any", "another"}:
                led -= 1
            favoured = words_at(c, led - 1) in {"for", "against"}  # "voted for an increase of F"
            found = None if favoured else self._subject_of(span[0], f, j)
            return found or (c.text(span) if span[1] - span[0] > 1 else None)
        bare = span[1] - span[0] == 1
        return self._subject_of(span[0], f, j) if head in GENERIC and bare else c.text(span)

    def _put_at(self, at: int) -> str | None:
        """ "estimated the cost of closing the gap at F"; "brought the total to F"."""
        c = self.c
        span = c.leftward(at)
        if span is None:
            return None
        k = span[0]
        while k > 0 and c.words[k - 1] in {"the", "its", "their", "his", "a", "our", "up", "down"}:
            k -= 1
        verbs = PRICED if c.words[at] == "for" else PUT
        if k > 0 and c.words[k - 1] in verbs and c.pos[k - 1] == "VERB":
            return c.text(span)
        if k > 2 and c.words[k - 1].endswith("ing") and c.words[k - 2] == "of":
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
        money = f is not None and f.kind == "money"
        spent = self._spent(j) if money and low in SPEND else None
        if spent:
            return spent
        active = c.pos[verb - 1 : verb] != ["AUX"] or words[verb - 1] in HELPING
        if active and low in SAYING or f is not None and active and low in GIVING:
            return None
        if money and low in NOUNS:
            noun = NOUNS[low]
            if noun == "income":
                earner = subject(self.c, verb)
                return f"{earner} income" if earner else noun
            if noun in {"exports", "imports"}:
                goods = c.text(c.rightward(verb + 1)) if verb + 1 < i else None
                return f"{goods} {noun}" if goods and " worth" not in goods else goods or noun
            return noun
        found = subject(self.c, verb)
        return "share price" if found and found.lower() in {"shares", "stock"} else found

    def _spent(self, j: int) -> str | None:
        """What "spent F on X", "allocated for X", "sells at F for X" is for."""
        words, masked = self.c.words, self.c.masked
        for k in range(j, min(j + 12, len(words) - 1)):
            if words[k] in STOPS or words[k] == ",":
                break
            if words[k] in {"for", "on", "towards", "toward", "into"}:
                k += 1
                while k < len(words) and masked[k]:
                    k += 1
                return self.c.text(self.c.rightward(k))
        return None
