"""The clause that a figure stands in: what is said there, and of what."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache

from ...text import Doc
from ...text.lemmas import lemma_of
from ...text.wording import known
from ...text.words import read_list, split_words
from .checklist import in_one_line
from .extent import extent_of

REACH, AROUND = 8, 60  # words between a figure and its verb, and to either side of it
NOMINAL, MARKS = {"NOUN", "PROPN"}, {"PUNCT", "SCONJ", "CCONJ", ""}
UNSAID = {"(", ")", '"', "“", "”", "''", "``", "'", "‘", "’", "before"}
NOT = {"not", "n't", "n’t", "never"}
DAYS = {"before": "under", "by": "at_most", "until": "at_most"}  # what they leave of a day
NOT_DAYS = {"before": "at_least", "until": "at_least"}
EVENTS = ("opening", "beginning", "ending", "founding")
CASUALTIES = ("deaths", "injuries", "missing")  # of one event: others have their own
COMPARED = {"money", "percent", "quantity", "count", "number", "date"}
Row = Mapping[str, object]
HEAD = re.compile(r"\s(?:of|in|for|on|from|to|at|by)\s")


@cache
def section(name: str) -> frozenset[str]:
    """The words of one section of `claims.txt`."""
    return frozenset(read_list("claims.txt").get(name, ()))


def things_of(words: str) -> dict[str, str]:
    """The content words of a noun phrase: lemma -> word.

    >>> things_of("growth of the SCO’s mutual investments")
    {'growth': 'growth', 'sco': 'SCO', 'mutual': 'mutual', 'investment': 'investments'}
    """
    empty = {*read_list("stop_words.txt")[""], *section("calendar"), "'s", "’s", "s"}
    parts = [words[start:end] for start, end in split_words(words)]
    parts = [part for part in parts if part[0].isalpha() and part.lower() not in empty]
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

    A figure without a thing of its own ("the union puts the number at 900", "and would not open
    before 2027") is of the thing of the figure before it, in this sentence or the last.
    Questions, parts of a whole ("five of the dead"), increments ("another 12") and values that
    another is compared with ("than 40") are no claims.

    note : the annotated text.  figures : its rows of the figures table, dates too.
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
            here, there = (note.sentence_paragraph[one.number] for one in (claim, last or claim))
            if not last or here != there or claim.number - last.number > (claim.said == ""):
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
    row : of the figures table; a day's modifier is "at_most" (by it), "under" or "at_least".
    time : when it holds; what something will cost holds now, though it opens in 2026.
    nouns, proper : those around it, without the thing and its speaker, and the names among them.
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
        of = row["unit"] if self.counted else row["of"]
        self.name, dated = str(of) if known(of) else "", row["kind"] == "date"
        self.thing, self.reckoner, self.said = things_of(self.name), frozenset(), None
        if self.word(self.after - 1) != "?":
            self.said = self._event() if dated else self._amount()
        self.bare = self.said == "" or self.said in EVENTS and not self.thing
        empty = section("carriers" if dated else "vague") | section(self.said or "")
        empty |= section("people") if self.said in CASUALTIES else section("whole")
        self.thing = {lemma: word for lemma, word in self.thing.items() if lemma not in empty}
        if self.said and not self.thing and self.said not in (*EVENTS, *CASUALTIES):
            self.said = None
        self.extent = extent_of(self.row)
        self.sentence = in_one_line(note.text, note.sentence_span(self.number), int(row["start"]))
        speaker = str(row["speaker"]).lower().split() if known(row["speaker"]) else []
        self.voice = self.reckoner or frozenset(speaker)
        span = max(self.first, self.i - AROUND), min(self.after, self.j + AROUND)
        self.nouns, self.proper = (
            nouns_of(note, *span, tags).difference(self.thing, speaker)
            for tags in (NOMINAL, {"PROPN"})
        )
        time, date = str(row["when"]) if known(row["when"]) else "", row["date"]
        planned = self.said == "cost" and time[:4].isdigit() and date is not None
        self.time = "" if planned and time[:4] > str(date)[:4] else time

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
                by = "at_most" if self.row["modifier"] == "until" else None
                self.row["modifier"] = (NOT_DAYS if negated else DAYS).get(bound, by)
                self.thing = self.nouns_at(n for n in self.left if n < at)
                self.name = " ".join(self.thing.values())
                return said if not negated or bound in NOT_DAYS else None
        return None

    def _amount(self) -> str | None:
        i, j, before, kind = self.i, self.j, self.word(self.i - 1), self.row["kind"]
        some = kind in {"count", "number"}
        part = some and self.word(j) == "of" and self.is_in("subset", j + 1)
        if part or j in self.masked or self.is_in("earlier", i - 1, i - 2, i - 3, j):
            return None  # "five of the dead", "two six nations wins", "an earlier 40"
        if self.is_in("dimensions", j):
            return self.word(j)
        if "-" in str(self.row["text"]) and self.row["unit"] in section("lengths"):
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
        level = before in {"of", "at", "to"} or "AUX" in map(self.pos, self.left)
        attributive = kind != "quantity" and self.word(j) in self.name.lower().split()
        verb = next((at for at in verbs if not self.is_in("empty", at)), None)
        stated = verb is not None and self.is_in("states", verb)
        if not self.counted and (attributive or stated or before == "of" or level and not verbs):
            return "level"  # "a profit of $5 million", "a $5 million profit", "rose to 5"
        if verb is None or {self.word(verb - 1), self.word(verb - 2)} & NOT:
            return None
        side = self.left if verb < i else self.right
        party = self.nouns_at(n for n in side if (n < verb) == (verb < i))
        self.thing = party | self.thing
        return self.note.lemmas[verb].lower() if party or verb > i else None
