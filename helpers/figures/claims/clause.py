"""The clause that a figure stands in, what is said there and of what, and what it leaves open."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache

import pandas as pd

from ...text import Doc, lemma_of, read_list, split_words
from ...text.wording import known
from ..anchor import days_of

DIGITS = re.compile(r"\d(?:[\d.,\u00a0\u202f' ]*\d)?")
DECIMALS = re.compile(r"\.(?!\d{3}$)\d+$")
COARSE = re.compile(r"(?i)\b(?:hundreds|thousands|millions|billions|dozens|tens|several)\b")
LARGEST_STEP = 0.15  # of the value: "$1 billion" is no name for 1.4 billion
ABOUT = 0.1  # of the value: what "about" and "nearly" leave open
INSIDE = 1 - 1e-9  # of half a step: 40 and 41 do not meet at 40.5
LEAST, MOST = {"over", "at_least", "since"}, {"under", "at_most", "until"}
AROUND = 500  # letters of a sentence to either side of a figure
REACH = 8  # words between a figure and its verb
NOMINAL, MARKS = {"NOUN", "PROPN"}, {"PUNCT", "SCONJ", "CCONJ", ""}
UNSAID = {"(", ")", '"', "“", "”", "‘", "’", "before"}
NOT = {"not", "n't", "n’t", "never"}
DAYS = {"before": "under", "by": "at_most", "until": "at_most"}  # what they leave of a day
NOT_DAYS = {"before": "at_least", "until": "at_least"}
EVENTS = ("opening", "beginning", "ending", "founding")
CASUALTIES = ("deaths", "injuries", "missing")  # of one event: others have their own
COMPARED = {"money", "percent", "quantity", "count", "number", "date"}
HEAD = re.compile(r"\s(?:of|in|for|on|from|to|at|by)\s")
Row = Mapping[str, object]


@cache
def section(name: str) -> frozenset[str]:
    """The words of one section of `claims.txt`."""
    return frozenset(read_list("claims.txt").get(name, ()))


def things_of(words: str) -> dict[str, str]:
    """The content words of a noun phrase: lemma -> word."""
    empty = {*read_list("stop_words.txt")[""], *section("calendar"), "'s", "’s", "s"}
    parts = (words[start:end] for start, end in split_words(words))
    parts = (part for part in parts if part[0].isalpha() and part.lower() not in empty)
    return {lemma_of(part.lower(), "NOUN"): part for part in parts}


def head_of(words: str) -> str:
    """The lemma of the noun that a phrase is built on: "cost" of "costs of the bridge"."""
    first = HEAD.split(words)[0].split()
    return lemma_of(first[-1].lower(), "NOUN") if first else ""


def nouns_of(note: Doc, first: int, after: int, tags: Set[str]) -> frozenset[str]:
    """The lemmas of the nouns of a run of words, without those that tell nothing."""
    told = (at for at in range(first, after) if note.pos[at] in tags and len(note.words[at]) > 2)
    empty = (section(name) for name in ("calendar", "vague", "people", "scales"))
    return frozenset(note.lemmas[at].lower() for at in told).difference(*empty)


def claims_in(note: Doc, figures: Sequence[Row]) -> Iterator[Claim]:
    """The claims of a text, one for each figure of which the clause shows clearly what it is of.

    "The union puts the number at 900" is of the thing of the figure before it.  Questions, parts of
    a whole and values to compare with are no claims.
    """
    places = [
        (bisect_right(note.ends, int(row["start"])), bisect_left(note.starts, int(row["end"])))
        for row in figures
    ]
    masked = {at for place in places for at in range(*place)}
    last: Claim | None = None
    for row, place in zip(figures, places, strict=True):
        claim = Claim(note, masked, row, place)
        if claim.bare:
            if not last or claim.number - last.number > (claim.said == ""):
                continue
            claim.said, claim.thing, claim.name = claim.said or last.said, last.thing, last.name
        if claim.said is not None and row["kind"] in COMPARED and claim.extent:
            last = claim
            yield claim


class Claim:
    """A figure and what is said of it, read off the words beside it.

    said : "level", "rises", "falls", "cost", "long", one of CASUALTIES or EVENTS, or a verb; ""
        where it is the same as of the figure before; None where the words do not show it.
    thing : what is counted, measured or opened, and who has it or what it does: lemma -> word.
    name : the thing as the table has it.  bare : whether it is that of the figure before.
    voice : the words of whose claim it is; of `reckoner`, whom "put at" and the like has before it.
    time : when it holds; what something will cost holds now, though it opens in 2026.
    nouns : those of its sentence, without the thing and its speaker.
    """

    def __init__(self, note: Doc, masked: set[int], row: Row, place: tuple[int, int]) -> None:
        self.note, self.masked, self.row = note, masked, dict(row)
        firsts = bisect_right(note.sentences, place[0], key=lambda sentence: sentence[0])
        self.number = max(0, firsts - 1)
        self.first, self.after = note.sentences[self.number]
        self.i, self.j = place
        while known(row["modifier"]) and self.is_in("hedges", self.i - 1):
            self.i -= 1
        self.left, self.right = self._beside(self.i, -1), self._beside(self.j - 1, 1)
        self.counted = row["kind"] == "count" and known(row["unit"]) and row["unit"] != "fraction"
        of, dated = row["unit"] if self.counted else row["of"], row["kind"] == "date"
        self.name = str(of) if known(of) else ""
        self.thing, self.reckoner, self.said = things_of(self.name), frozenset(), None
        if self.word(self.after - 1) != "?":
            self.said = self._event() if dated else self._amount()
        self.bare = self.said == "" or self.said in EVENTS and not self.thing
        empty = section("carriers" if dated else "vague") | section(self.said or "")
        empty |= section("people" if self.said in CASUALTIES else "whole")
        self.thing = {lemma: word for lemma, word in self.thing.items() if lemma not in empty}
        if self.said and not self.thing and self.said not in (*EVENTS, *CASUALTIES):
            self.said = None
        self.extent = extent_of(self.row)
        self.sentence = in_one_line(note.text, note.sentence_span(self.number), int(row["start"]))
        speaker = str(row["speaker"]).lower().split() if known(row["speaker"]) else []
        self.voice = self.reckoner or frozenset(speaker)
        self.nouns = nouns_of(note, self.first, self.after, NOMINAL).difference(self.thing, speaker)
        self.time, date = str(row["when"]) if known(row["when"]) else "", str(row["date"])
        if self.said == "cost" and self.time[:4] > date[:4]:
            self.time = ""

    def names(self) -> frozenset[str]:
        """The words of the thing that are written with a capital."""
        return frozenset(lemma for lemma, word in self.thing.items() if word[0].isupper())

    def word(self, at: int) -> str:
        return self.note.words[at].lower() if self.first <= at < self.after else ""

    def pos(self, at: int) -> str:
        return self.note.pos[at] if self.first <= at < self.after else ""

    def is_in(self, name: str, *places: int) -> bool:
        """Whether one of the words, or its lemma, is in a section of `claims.txt`."""
        inside = [at for at in places if self.first <= at < self.after]
        return any({self.word(at), self.note.lemmas[at].lower()} & section(name) for at in inside)

    def nouns_at(self, places: Iterable[int]) -> dict[str, str]:
        nouns = [at for at in sorted(places) if self.pos(at) in NOMINAL]
        return {lemma_of(self.word(at), "NOUN"): self.note.words[at] for at in nouns}

    def _beside(self, at: int, step: int) -> list[int]:
        """The words to one side, nearest first, as far as the next mark, figure or second verb."""
        found: list[int] = []
        share = step > 0 and self.word(self.j) == "of"  # "7 per cent of the city's 62,000 houses"
        while len(found) < REACH + share * REACH:
            at += step
            second = self.pos(at) == "VERB" and any(self.pos(n) == "VERB" for n in found)
            mark = self.pos(at) in MARKS and self.word(at) not in UNSAID
            if second or mark or at in self.masked and not share:
                break
            found.append(at)
        return found

    def _event(self) -> str | None:
        """The opening of "the bridge would not open before 2027"."""
        for at in self.left:
            said = next((name for name in EVENTS if self.is_in(name, at)), None)
            if said and self.pos(at) not in NOMINAL:
                negated = any(self.word(n) in NOT for n in range(at - 4, self.i))
                bound = next((self.word(n) for n in range(at, self.i) if self.word(n) in DAYS), "")
                self.row["modifier"] = (NOT_DAYS if negated else DAYS).get(bound)
                self.thing = self.nouns_at(n for n in self.left if n < at)
                self.name = " ".join(self.thing.values())
                return said if not negated or bound in NOT_DAYS else None
        return None

    def _amount(self) -> str | None:
        """What is said of an amount: the verb or noun that shows it."""
        i, j, before, kind = self.i, self.j, self.word(self.i - 1), self.row["kind"]
        some = kind in {"count", "number"}
        part = some and self.word(j) == "of" and self.is_in("subset", j + 1)
        if part or j in self.masked or self.is_in("earlier", i - 1, i - 2, i - 3, j):
            return None  # "five of the dead", "two six nations wins", "an earlier 40"
        if self.is_in("dimensions", j):
            return self.word(j)
        if "-" in str(self.row["text"]) and kind == "quantity":
            return "long" if before == "the" else None  # "the seven-kilometre bridge"
        near, head = self.left + self.right, head_of(self.name)
        verbs = [at for at in near if self.pos(at) == "VERB"]
        if verbs and verbs[0] < i and self.is_in("reckons", verbs[0]):
            subject = self.nouns_at(n for n in self.left if n < verbs[0])
            self.reckoner = frozenset(subject or {self.word(verbs[0] - 1)})
        changed = [*verbs, j, i - 2 * (before in {"of", "by"})]
        places = dict.fromkeys(CASUALTIES, near) if some and before not in {"by", "in"} else {}
        for said, at in {**places, "rises": changed, "falls": changed, "cost": self.left}.items():
            if head in section(said) or self.is_in(said, *at):
                return said
        if self.reckoner:  # "the waterworks put the share at 2.5 per cent"
            empty = self.reckoner | section("vague") | section("reckons")
            return "" if self.thing.keys() <= empty else "level"
        verb = next((at for at in verbs if not self.is_in("empty", at)), None)
        level = not verbs and "AUX" in map(self.pos, self.left) or before == "of"
        level = level or self.word(j) in self.name.lower().split()
        if not self.counted and (level or verb is not None and self.is_in("states", verb)):
            return "level"  # "a profit of $5 million", "a $5 million profit", "rose to 5"
        if verb is None or {self.word(verb - 1), self.word(verb - 2)} & NOT:
            return None
        side = self.left if verb < i else self.right
        party = self.nouns_at(n for n in side if (n < verb) == (verb < i))
        self.thing = party | self.thing
        return self.note.lemmas[verb].lower() if party else None


def extent_of(figure: Mapping[str, object]) -> pd.Interval | None:
    """What a figure leaves possible: rounding, "about", "more than", and both ends of a range.

    A figure is rounded to its last written digit, zeros at the end not counting beyond the second
    ("40,000" is 39,500 to 40,500), but by at most 15 per cent.  Whole counts below 100 are exact.
    "About" leaves 10 per cent to either side, "thousands" all from there on.  A fraction is a
    percentage, a day its number.  None where there is no value.

    >>> extent_of({"value": 40.0, "text": "40", "modifier": "over", "kind": "count"})
    Interval(40.0, inf, closed='both')
    """
    size = 100.0 if figure.get("unit") == "fraction" else 1.0
    ends = (figure.get(name) for name in ("low", "high", "value"))
    low, high, value = (float(end) * size if known(end) else math.nan for end in ends)
    text, modifier = str(figure.get("text") or ""), figure.get("modifier")
    vague = COARSE.search(text) is not None and DIGITS.search(text) is None  # not "22 billions"
    if figure.get("kind") == "date":
        days = [days_of(part) for part in str(figure.get("timex")).split("/")]
        if not days[0] or not days[-1]:
            return None
        low, high = float(days[0][0].toordinal()), float(days[-1][1].toordinal())
        high = low - 1 if modifier == "under" else high
    elif math.isfinite(value):
        step = _step(text, value, figure) * abs(value) * INSIDE
        step = max(step, ABOUT * abs(value)) if modifier == "about" else step
        low, high = value - step, value + step
    elif math.isnan(low) and math.isnan(high):
        return None
    low = -math.inf if modifier in MOST and not vague or math.isnan(low) else low
    high = math.inf if modifier in LEAST or vague or math.isnan(high) else high
    return pd.Interval(min(low, high), max(low, high), closed="both")


def _step(text: str, value: float, figure: Mapping[str, object]) -> float:
    """Half a unit of the last digit that counts, as a part of the value."""
    whole = figure.get("kind") in {"count", "number"} and figure.get("unit") != "fraction"
    if not value or whole and abs(value) < 100 and value.is_integer():
        return 0.0
    exponent, found = math.floor(math.log10(abs(value))), DIGITS.search(text)
    digits = re.sub("[^0-9]", "", found[0] if found else f"{abs(value):.0f}").lstrip("0")
    if not found or not DECIMALS.search(found[0]):  # zeros at the end are rounded
        digits = digits.rstrip("0").ljust(min(2, len(digits)) if found else exponent % 3 + 1, "0")
    return min(0.5 * 10.0 ** (exponent + 1 - len(digits)) / abs(value), LARGEST_STEP)


def in_one_line(text: str, sentence: tuple[int, int], place: int) -> str:
    """A sentence on one line; of a very long one what stands around a place in it."""
    start, end = max(sentence[0], place - AROUND), min(sentence[1], place + AROUND)
    words = " ".join(text[start:end].split())
    return "… " * (start > sentence[0]) + words + " …" * (end < sentence[1])
