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
            clause = Clause(sentence, [(f.start, f.end) for f in group])
            measured = Measured(clause, noun)
            for k, (n, f) in enumerate(zip(members, group, strict=True)):
                if n not in wanted:
                    continue
                of = measured.of(f) if _has_of(f) else None
                out[n] = replace(
                    f, of=of, when=self._when(f, group[max(0, k - REACH) : k + REACH], sentence)
                )
                if f.kind == "count" and f.unit != "fraction":
                    noun = measured.previous_count = f.unit
        return out

    def _when(self, f: Figure, group: list[Figure], sentence: Sentence) -> str | None:
        """The TIMEX3 of the date in the figure's clause: right behind it, else before it."""
        text = self.text
        dates = [
            d
            for d in group
            if d.kind == "date"
            and not self._reports(d, sentence)
            and not BASELINE.match(text, d.end)
            and not BASE.search(text[max(sentence.start, d.start - 60) : d.start])
        ]
        for d in dates:
            if text[d.start - 1 : d.start] == "(" and LABEL.fullmatch(text[d.end : f.start]):
                return d.timex
        dates = [d for d in dates if not self._heads(d, group)]
        if not dates:
            return None
        for d in dates:
            if d.start >= f.end and d.start - f.end <= NEAR and AFTER.match(text[f.end : d.start]):
                return d.timex
        best: Figure | None = None
        for d in dates:
            if d.end > f.start:
                continue
            gap = text[d.end : f.start]
            if self._taken(d, group) or BREAK.search(gap) and len(gap) > 3:
                continue
            if TOLD.search(gap) or gap.startswith(",") and _aside(d, sentence):
                continue
            verbs = sentence.pos[sentence.at(d.end) : sentence.at(f.start)].count("VERB")
            if len(d.timex or "") > 7 and (verbs > 2 or REPORT.search(gap)):
                continue  # a day of the news: "on Tuesday for a scheme in which thousands …"
            best = d
        if best:
            return best.timex
        later = [d for d in dates if d.start >= f.end and not _apart(text[f.end : d.start])]
        between = [
            g for g in group if later and f.end <= g.start < later[0].start and g.kind in AMOUNTS
        ]
        return later[0].timex if later and not between else None

    def _reports(self, d: Figure, sentence: Sentence) -> bool:
        """Is it the day of the saying ("he said on Monday") or the dateline?"""
        return bool(REPORTED.search(self.text[max(sentence.start, d.start - 60) : d.start]))

    def _heads(self, d: Figure, group: list[Figure]) -> bool:
        """Does the date stand in brackets before an amount of its own?"""
        if self.text[d.start - 1 : d.start] != "(":
            return False
        behind = (g for g in group if g.start >= d.end and g.kind in AMOUNTS)
        return any(LABEL.fullmatch(self.text[d.end : g.start]) for g in behind)

    def _taken(self, d: Figure, group: list[Figure]) -> bool:
        """Does the date stand right behind another amount, to which it belongs?"""
        return any(
            g.kind in AMOUNTS
            and g.end <= d.start
            and d.start - g.end <= 30
            and AFTER.match(self.text[g.end : d.start])
            for g in group
        )


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
