"""Noun phrases around a place in a tagged sentence: the building blocks of `of`."""

from __future__ import annotations

from functools import cached_property

from helpers.figures.lexicon import measured_words
from helpers.figures.syntax import Sentence

__all__ = ["Clause"]

NOMINAL = frozenset({"NOUN", "PROPN"})
INSIDE = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM", "X"})
PRONOUNS = frozenset(
    "it they he she i we you this that these those them him her us me there who "
    "what one none".split()
)
DETERMINERS = frozenset(
    "the a an its his her their our my your this that these those some any all each every both "
    "such no another of".split()
)
VERB_FORMS = frozenset(measured_words()["verbs"]["forms"])
CHANGE = frozenset(measured_words()["change"]["nouns"])
QUOTES = frozenset({'"', "“", "”", "''", "``", "'", "‘", "’", "«", "»"})
SKIPPED = DETERMINERS - {"of"} | QUOTES
ACRONYMS = frozenset({"IT", "US", "WHO"})  # no pronouns: "the company's IT budget"
POSSESSIVES = frozenset("its his her their our my your".split())
SAYING = frozenset(measured_words()["saying"]["verbs"])
TOLD = frozenset("told tell tells informed assured reminded warned".split())
LONGEST = 10  # words


class Clause:
    """One sentence with the words of figures masked: they belong to no noun phrase."""

    def __init__(
        self, sentence: Sentence, spans: list[tuple[int, int]], earlier: Sentence | None = None
    ) -> None:
        self.s, self._earlier = sentence, earlier
        self.words = [w if w in ACRONYMS else w.lower() for w in sentence.words]
        self.pos = list(sentence.pos)
        self.masked = [False] * len(self.words)
        for start, end in spans:
            i = sentence.at(start)
            while i < len(self.words) and sentence.starts[i] < end:
                self.masked[i] = True
                i += 1
        for i, word in enumerate(self.words):
            kinds = self.pos[max(0, i - 2) : i]
            if word in VERB_FORMS and kinds in (["NOUN", "ADJ"], ["PROPN", "ADJ"]):
                self.pos[i - 1] = "NOUN"  # "the party's poll average shows Roe ahead by"
            determined = i > 0 and self.pos[i - 1] in {"DET", "ADJ"}
            if word == "super":
                self.pos[i] = "ADJ"
            if word in VERB_FORMS and not determined and self._before_figure(i):
                self.pos[i] = "VERB"
            changed = self.pos[i] in {"VERB", "ADJ"} and self._noun_after_all(i, word)
            if changed or word in ACRONYMS:
                self.pos[i] = "NOUN"
            if word in {"per", "cent", "percent"}:
                self.pos[i] = "X"
            if word == "worth" and self.words[i - 1 : i] == ["net"]:
                self.pos[i] = "NOUN"

    @cached_property
    def earlier(self) -> Clause | None:
        """The sentence before, for what "it" stands for."""
        return Clause(self._earlier, []) if self._earlier else None

    def _noun_after_all(self, i: int, word: str) -> bool:
        """Is the word that the tagger holds for no noun a noun by its neighbours?"""
        following = self.pos[i + 1] if i + 1 < len(self.pos) else ""
        if i and self.words[i - 1] in POSSESSIVES:  # "30 per cent of its harvest"
            return following not in {*NOMINAL, "ADJ", "NUM"} and word != "own"
        if self.pos[i] == "ADJ":
            return False
        if i == 0:
            return following in {"VERB", "AUX"}  # "Pay starts at €2,150"
        finite = following == "AUX" or self.words[i + 1 : i + 2] and self.words[i + 1] in VERB_FORMS
        if finite and word.endswith("s"):
            return word not in SAYING  # "that exports would touch"
        k = i
        while k > 0 and self.masked[k - 1]:
            k -= 1
        framed = 0 < k < i and self.words[k - 1] in {"the", "a", "an"}
        return framed and word.endswith("ing") and following not in INSIDE  # "the 7 km crossing"

    def _before_figure(self, i: int) -> bool:
        """Does a figure follow within a few words?"""
        return any(self.masked[i + 1 : i + 7])

    def inside(self, i: int) -> bool:
        """May word i stand inside a noun phrase (no determiner)?"""
        if not 0 <= i < len(self.words) or self.masked[i] or self.words[i] in PRONOUNS:
            return False
        tag, word, last = self.pos[i], self.words[i], i + 1 == len(self.words)
        if tag in INSIDE or word in {"'s", "’s", "&"}:
            return True
        if word == "-" and i and not last:
            return self._tight(i) and self._tight(i + 1)
        if tag == "VERB":
            if last or self.masked[i + 1]:
                return False
            if self._hyphened(i):
                return True
            finite = i > 0 and self.pos[i - 1] in {*NOMINAL, "AUX", "PRON"}
            participle = word.endswith(("ed", "ing", "en")) or self.pos[i - 1] == "ADP"
            # "in lost sales", not "Steyer announced plans"
            return participle and not finite and self.pos[i + 1] in INSIDE
        if tag != "PUNCT" and self._hyphened(i):
            return True
        return tag == "ADV" and not last and self.pos[i + 1] == "ADJ"

    def _tight(self, i: int) -> bool:
        """Does word i touch the word before it?"""
        return self.s.starts[i] == self.s.ends[i - 1]

    def _hyphened(self, i: int) -> bool:
        """Is the word joined to its neighbour by a hyphen ("write-down", "like-for-like")?"""
        after = self.words[i + 1 : i + 2] == ["-"] and self._tight(i + 1)
        return after or i > 0 and self.words[i - 1] == "-" and self._tight(i)

    def rightward(self, i: int, *, of: bool = True, through: bool = True) -> tuple[int, int] | None:
        """The noun phrase that begins at word i, determiners skipped, with its "of" phrases.

        With `through`, a genitive before a figure leads on to the noun behind the figure.
        """
        words, n = self.words, len(self.words)
        while i < n and words[i] in SKIPPED:
            i += 1
        while i < n and (self.masked[i] or self.masked[i - 1] and words[i] == "-"):
            i += 1
        j = i
        if i < n and self.pos[i] == "VERB" and words[i].endswith("ing"):
            j += 1 + (i + 1 < n and words[i + 1] in DETERMINERS - {"of"})  # "closing the gap"
            if j == i + 1 and i and words[i - 1] == "the" and not self.inside(j):
                return i, j  # "of the giving"
        while j < n and j - i < LONGEST and self.inside(j):
            j += 1
        if through and j > i and words[j - 1] in {"'s", "’s"} and self.masked[j : j + 1] == [True]:
            return self.rightward(j, of=of, through=False)  # "of the bank's 100,000 bankers"
        while j > i and not self._ends(j - 1) and not self._joins(j):
            j -= 1
        if j == i:
            return None
        j = self._with_second(i, j)
        if of and j < len(self.words) and self.words[j] == "of" and not self.masked[j]:
            more = self.rightward(j + 1, of=False)
            if more:
                return i, more[1]
        return i, j

    def _joins(self, j: int) -> bool:
        """Does "and" at word j join two adjectives or nouns: "local and regional revenue"?"""
        if self.words[j : j + 1] not in (["and"], ["or"]) or not self.inside(j + 1):
            return False
        return self.pos[j - 1] == self.pos[j + 1] == "ADJ"

    def _with_second(self, i: int, j: int) -> int:
        """Where [i, j) ends with what "and" adds: "city and county taxes", "rye and oats"."""
        if self.words[j : j + 1] not in (["and"], ["or"]):
            return j
        k = j + 1
        while k < len(self.words) and k - j < 7 and self.inside(k) and (
            k > j + 1 or self.pos[k] in INSIDE
        ):
            k += 1
        while k > j + 1 and not self._ends(k - 1):
            k -= 1
        single = j == i + 1 and not self.words[i].endswith("s") and k > j + 2
        last = self.pos[k : k + 1]
        subject = last in (["VERB"], ["AUX"]) and {"VERB", "AUX"} & set(self.pos[:i])
        pair = k == j + 2 and self.pos[j + 1] in NOMINAL and not subject
        return k if k > j + 1 and (self._joins(j) or single or pair) else j

    def leftward(self, j: int, *, hop: bool = True) -> tuple[int, int] | None:
        """The noun phrase that ends right before word j: its head with "of" phrases, no others.

        With `hop`, other prepositional phrases after the head are passed over ("coverage with two
        doses" is coverage).
        """
        while j > 0 and self.words[j - 1] in QUOTES:
            j -= 1
        end = j
        i = self._base(j)
        if i is None:
            return None
        first = self._base(i - 1) if i > 1 and self.words[i - 1] in {"and", "or"} else None
        if first is not None:  # "Wheat and rye exports rose"
            k = first
            while k > 0 and self.words[k - 1] in SKIPPED:
                k -= 1
            i = first if k == 0 or self.words[k - 1] in {",", ";", "that", "of"} else i
        while i > 1 and j - i < 40:
            k = i
            while k > 0 and (self.words[k - 1] in SKIPPED or self._genitive(k - 1)):
                k -= 1
            linked = k > 0 and (self.pos[k - 1] == "ADP" or self.words[k - 1] == "to")
            if not linked or self.words[k - 1] != "of" and not hop:
                break
            before = self._base(k - 1)
            if before is None:
                break
            if self.words[k - 1] != "of":
                end = k - 1
            i = before
        least = i + (i == 0)
        while end > least and not self._ends(end - 1):
            end -= 1
        return (i, end) if end > i else None

    def _genitive(self, i: int) -> bool:
        """Is word i a figure, or the "'s" of one ("since Thursday's accident")?"""
        return self.masked[i] or i > 0 and self.words[i] in {"'s", "’s"} and self.masked[i - 1]

    def _ends(self, i: int) -> bool:
        """May a noun phrase end with word i?"""
        if self.words[i] in {"'s", "’s"}:
            return False
        return self.pos[i] in NOMINAL or self._hyphened(i)

    def _base(self, j: int) -> int | None:
        """Where the plain noun phrase that ends before word j begins, or None."""
        i = j
        while i > max(0, j - LONGEST - 4) and (
            self.inside(i - 1) or i < j and self._joins(i - 1)
        ):
            i -= 1
        while i < j and self.words[i] in {"'s", "’s", "-", "&"}:
            i += 1
        addressed = i > 0 and i + 1 < j and self.words[i - 1] in TOLD
        if addressed and self.words[i].endswith("s") and self.pos[i] == "NOUN":
            i += 1  # "told analysts capital expenditure would be"
        nominal = any(self.pos[k] in NOMINAL for k in range(i, j)) or i == 0 and j == 1
        poor = i == j - 1 and self.words[i - 1 : i] == ["the"]  # "aid for the poor"
        followed = self.pos[j : j + 1] in (["ADP"], ["AUX"]) and not self.masked[j]
        return i if nominal or poor and followed else None

    def text(self, span: tuple[int, int] | None) -> str | None:
        """The words of a span as written, without opening determiners and heads of change."""
        if span is None:
            return None
        i, j = span
        change: int | None = i
        while change is not None:
            while i < j and not self._hyphened(i) and self._opens(i):
                i += 1
            change = next((k for k in range(i, j - 1) if self.words[k] in CHANGE), None)
            if change is not None and self.words[change + 1] in {"of", "in"}:
                i = change + 2
            else:
                change = None
        if i >= j:
            return None
        text = self.s.words[i]
        for k in range(i + 1, j):
            text += (" " if self.s.starts[k] > self.s.ends[k - 1] else "") + self.s.words[k]
        return text

    def _opens(self, i: int) -> bool:
        """Is word i an article or a mark that is no part of the thing's name?"""
        return self.words[i] in DETERMINERS | QUOTES or self.pos[i] == "PUNCT"
