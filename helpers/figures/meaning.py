"""What a figure measures (`of`) and the time it holds for (`when`)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from helpers.figures.measures import Amount
from helpers.figures.model import Figure
from helpers.figures.of import Measured
from helpers.figures.phrases_np import Clause
from helpers.figures.syntax import Sentence, Syntax

__all__ = ["Meaning", "in_rows"]

AMOUNTS = frozenset({"money", "percent", "quantity", "count", "number"})
REPORTED = re.compile(
    r"(?i)\b(?:said|says|told|announced|reported|added|stated|wrote|noted|confirmed|published|released|"
    r"statement|interview|reporters?|warned|declared|claimed)\b(?:\s+\w+){0,4}\s+(?:on\s+|late\s+|early\s+)*$"
)
AFTER = re.compile(  # possessive throughout: two ways to read "a  a  a" would be 2^n for n of them
    r"[\s,]*+(?:\(|\s++|(?:year|quarter|months)\s++(?:to|ended|ending)|in|during|for|by|at|from|as\s++of|over|on|throughout|a|the|per\s++\w++|since|until|"
    r"last|this|year[\s-]on[\s-]year|compared|end|through|early|late)*+$",
    re.I,
)
BREAK = re.compile(
    r"[;:]|\b(?:while|whereas|but|although|after|before|since|because|when|and\s+that)\b", re.I
)
REPORT = re.compile(r"(?i)(?<!,\s)\b(?:that|which|who|whom|whose|where|whether)\b")
TOLD = re.compile(  # "in May I told this house that the bridge would cost …": the time of telling
    r"(?i)\b(?:said|told|announced|reported|wrote|warned|claimed|promised)\b(?:\s+\w+){0,4}\s+that\b"
)
BASELINE = re.compile(  # "80 per cent from 2005 levels", "at 2021 prices", "a 2014 study"
    r"(?i)[\s-]+(?:(?:price\s+)?(?:levels?|prices|dollars|pounds|euros|money|terms|exchange\s+rates)"
    r"|study|paper|book|article|law|act|treaty|agreement|speech|ruling)\b"
)
BASE = re.compile(  # "5 per cent higher than in 2015", "above the average of the years 1961–1990"
    r"(?i)\bthan\s+(?:(?:in|at|during|on|for|the)\s+)*$|\bprices\s+of\s+$"
    r"|\b(?:above|below|than|against|over|under)\s+(?:\w+\s+){1,3}?"
    r"(?:of|in|for|from)\s+(?:the\s+)?(?:years?\s+|period\s+)?$"
)
ANOTHER = re.compile(  # "will cost F and will be opened in D", "F, which nobody foresaw in D"
    r"(?i)\b(?:which|who|whose|where)\b|\b(?:and|or|but)\s+(?:(?:it|they|he|she|we)\s+)?(?:\w+ly\s+)?"
    r"(?:will|would|is|was|were|are|has|have|had|may|can|could|should)\b"
)
LABEL = re.compile(r"\s*[:=]\s*|\s+")  # "€6.9 billion (2021: €5.1 billion)"
HEADING = re.compile(r"(?:\s*[:=]\s*|\s+)(?:[A-Z]{0,3}[^\w\s]|[A-Z]{2,3}\s?)?\d")
ASIDE = frozenset({"which", "who", "whose", "where"})
NEAR = 60
REACH = 8  # figures to either side among which the date is looked for


class Meaning:
    """Fills `of` and `when` of the figures of one text."""

    def __init__(self, text: str, syntax: Syntax) -> None:
        self.text, self.syntax = text, syntax

    def complete(self, figures: list[Figure]) -> list[Figure]:
        """The figures with what they are of and when."""
        by_sentence: dict[int, list[int]] = defaultdict(list)
        rows = in_rows(self.text, figures)
        wanted = {n for n, f in enumerate(figures) if f.kind in AMOUNTS} - rows
        sentences: dict[int, Sentence] = {}
        for n, f in enumerate(figures):
            number = self.syntax.number(f.start)
            by_sentence[number].append(n)
            if n in wanted and number not in sentences:
                sentences[number] = self.syntax.sentence(f.start)
        out = list(figures)
        noun: str | None = None
        for number, members in by_sentence.items():
            sentence = sentences.get(number)
            if sentence is None:
                continue
            group = [out[n] for n in members]
            it = "it" in sentence.words or "It" in sentence.words
            earlier = self.syntax.before(sentence) if it else None
            clause = Clause(sentence, [(f.start, f.end) for f in group], earlier)
            measured = Measured(clause, noun)
            dates = {
                k: (d, self._taken(d, group[max(0, k - REACH) : k]))
                for k, d in enumerate(group)
                if d.kind == "date" and self._holds(d, sentence)
            }
            for k, (n, f) in enumerate(zip(members, group, strict=True)):
                if n not in wanted:
                    continue
                of = measured.of(f) if _has_of(f) else None
                around = range(max(0, k - REACH), k + REACH) if dates else ()
                near = [dates[i] for i in around if i in dates]
                when = self._when(f, near, group[k : k + REACH], sentence) if near else None
                out[n] = replace(f, of=of, when=when)
                if f.kind == "count" and f.unit != "fraction":
                    noun = measured.previous_count = f.unit
        return out

    def _holds(self, d: Figure, sentence: Sentence) -> bool:
        """May an amount hold for the date?  Not for the day of the saying, nor for a base year."""
        lead = self.text[max(sentence.start, d.start - 60) : d.start]
        return not (
            REPORTED.search(lead) or BASELINE.match(self.text, d.end) or BASE.search(lead)
        )

    def _taken(self, d: Figure, before: list[Figure]) -> bool:
        """Does the date stand right behind another amount, to which it belongs?"""
        return any(
            g.kind in AMOUNTS
            and g.end <= d.start <= g.end + 30
            and AFTER.match(self.text[g.end : d.start])
            for g in before
        )

    def _when(
        self,
        f: Figure,
        near: list[tuple[Figure, bool]],
        behind: list[Figure],
        sentence: Sentence,
    ) -> str | None:
        """The TIMEX3 of the date in the figure's clause: right behind it, else before it."""
        text = self.text
        for d, _ in near:
            if text[d.start - 1 : d.start] == "(" and LABEL.fullmatch(text[d.end : f.start]):
                return d.timex
        best = later = None
        for d, taken in near:
            if self._heads(d):
                continue
            if d.end <= f.start:
                if not taken and self._reaches(d, f, sentence):
                    best = d
            elif d.start - f.end <= NEAR and AFTER.match(text[f.end : d.start]):
                return d.timex
            elif later is None:
                later = d
        if best or later is None or _apart(text[f.end : later.start]):
            return best.timex if best else None
        between = any(f.end <= g.start < later.start and g.kind in AMOUNTS for g in behind)
        return None if between else later.timex

    def _reaches(self, d: Figure, f: Figure, sentence: Sentence) -> bool:
        """Does the date before the figure still hold where the figure stands?"""
        gap = self.text[d.end : f.start]
        if BREAK.search(gap) and len(gap) > 3 or TOLD.search(gap):
            return False
        if gap.startswith(",") and _aside(d, sentence):
            return False
        verbs = sentence.pos[sentence.at(d.end) : sentence.at(f.start)].count("VERB")
        # a day of the news: "on Tuesday for a scheme in which thousands …"
        return len(d.timex or "") <= 7 or verbs <= 2 and not REPORT.search(gap)

    def _heads(self, d: Figure) -> bool:
        """Does the date stand in brackets before an amount of its own: "(2021: €5 billion)"?"""
        opened = self.text[d.start - 1 : d.start] == "("
        return opened and HEADING.match(self.text, d.end) is not None


def in_rows(text: str, spans: Sequence[Figure | Amount]) -> set[int]:
    """Which of them stand between two others with blanks alone between: the cells of a table."""
    beside = [text[a.end : b.start].isspace() for a, b in pairwise(spans)]
    return {n for n, both in enumerate(pairwise(beside), 1) if all(both)}


def _apart(gap: str) -> bool:
    """Does another clause begin between a figure and the date behind it?"""
    return bool(BREAK.search(gap) or ANOTHER.search(gap))


def _aside(d: Figure, sentence: Sentence) -> bool:
    """Does the date close an insertion ("Founded in 1931, …", "…, which emerged in 2023, …")?"""
    i = k = sentence.at(d.start)
    while k > 0 and i - k < 16 and sentence.words[k - 1] != ",":
        k -= 1
    opening = k < i and (k == 0 or sentence.words[k - 1] == ",")
    return opening and (sentence.pos[k] == "VERB" or sentence.words[k].lower() in ASIDE)


def _has_of(f: Figure) -> bool:
    if f.kind == "number" and f.text.isalpha() and (f.value or 0) < 20:
        return False  # "a mother of three", "the two"
    return f.kind in {"money", "percent", "quantity", "number"} or f.unit in {None, "fraction"}
