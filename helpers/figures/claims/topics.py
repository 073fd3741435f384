"""What a claim is about: the thing counted or measured, and what is said of it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ...text.lemmas import lemma_of
from ...text.tokens import Annotated
from ...text.wording import known
from ...text.words import read_list, split_words
from ..lexicon import modifiers
from .clause import NOMINAL, REACH, RELATIVE, VERBAL, Clause, section

CASUALTIES = ("deaths", "injuries")  # of one event: others have their own
SUBSET = {"the", "them", "those", "these", "his", "her", "its", "their", "us", "our", "my"}
RATES = {"a", "an", "per", "each", "every"}
AGO = {"ago", "earlier", "before", "later", "previously"}
TIMES = {"second", "minute", "hour", "day", "night", "week", "month", "quarter", "year"}
LENGTHS = {"km", "m", "mi", "ft", "cm", "in", "yd", "mm", "nmi"}


@dataclass(frozen=True, slots=True)
class Topic:
    """Claims of equal topics are about the same thing.

    said : what is said of it ("level", "rises", "cost", "deaths", or a verb and a rate).
    thing : the content words of what is counted or measured, as lemmas; `names` are those of them
        that are written with a capital.
    more : the other party of a verb, where it needs one (who employs, what is carried).
    sentence : the numbers of the words of the sentence that says so, the end exclusive.
    """

    said: str
    thing: frozenset[str]
    names: frozenset[str] = frozenset()
    more: frozenset[str] = frozenset()
    sentence: tuple[int, int] = field(default=(0, 0), compare=False)


@cache
def _dimensions() -> dict[str, str]:
    return dict(line.split("=") for line in read_list("claims.txt")["dimensions"])


@cache
def _modifier_words() -> frozenset[str]:
    return frozenset(
        word
        for phrases in modifiers()["left"].values()
        for phrase in phrases
        for word in phrase.split()
    ) - {"from", "the", "of", "in"}


def topics_in(note: Annotated, figures: Sequence[Mapping[str, object]]) -> list[Topic | None]:
    """The topic of each figure of a text, None where the sentence does not show it clearly.

    Sees one sentence at a time.  Questions, parts of a whole ("five of the dead"), increments
    ("another 12"), values that another is compared with ("from 3.1", "than 40") and what people
    say or think have no topic: two of them do not contradict each other.

    note : the annotated text.  figures : its rows of the figures table, dates too.
    """
    masked = set()
    for row in figures:
        masked.update(
            range(
                bisect_right(note.ends, int(row["start"])),
                bisect_left(note.starts, int(row["end"])),
            )
        )
    firsts = [note.starts[first] for first, _ in note.sentences]
    found: list[Topic | None] = []
    for row in figures:
        number = max(0, bisect_right(firsts, int(row["start"])) - 1)
        first, after = note.sentences[number]
        topic = None
        if note.words[after - 1] != "?":
            topic = _Reading(note, number, masked).topic(row)
        found.append(topic and replace(topic, sentence=(first, after)))
    return found


def things_of(words: object) -> tuple[frozenset[str], frozenset[str]]:
    """The content words of a noun phrase as lemmas, and which of them are names.

    >>> sorted(things_of("growth of the SCO’s mutual investments")[0])
    ['growth', 'investment', 'mutual', 'sco']
    """
    if not known(words):
        return frozenset(), frozenset()
    text = str(words)
    parts = [text[start:end] for start, end in split_words(text)]
    parts = [part for part in parts if part[0].isalpha() and part.lower() not in _stop_words()]
    lemmas = {lemma_of(part.lower(), "NOUN"): part[0].isupper() for part in parts}
    return frozenset(lemmas), frozenset(lemma for lemma, name in lemmas.items() if name)


def _reporting(words: object) -> bool:
    """Whether a noun phrase ends in a verb of saying: "government says" measures nothing."""
    return known(words) and lemma_of(str(words).split()[-1].lower(), "VERB") in section("says")


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(read_list("stop_words.txt")[""]) | section("calendar") | {"'s", "’s", "s"}


class _Reading(Clause):
    """What a figure is said of, read off its clause."""

    def topic(self, row: Mapping[str, object]) -> Topic | None:
        i = bisect_right(self.note.ends, int(row["start"]))
        j = bisect_left(self.note.starts, int(row["end"]))
        counted = row["kind"] == "count" and known(row["unit"]) and row["unit"] != "fraction"
        words, names = things_of(row["unit"] if counted else row.get("of"))
        if not counted and (not words or _reporting(row.get("of"))):
            words, names = self.own_subject(i), frozenset()
        names -= {lemma_of(self.word(self.first), "NOUN")}  # any word has a capital there
        k = i
        while known(row.get("modifier")) and self.word(k - 1) in _modifier_words():
            k -= 1
        if {self.word(k - 1), self.word(k - 2), self.lemma(k - 1)} & section("earlier"):
            return None
        if self.word(j) in section("earlier") or self._of_then(j):
            return None
        if self.word(j) == "of" and self.word(j + 1) in SUBSET:
            return None
        end = self._end_of(str(row["unit"]), j) if counted else j
        if not self.masked.isdisjoint(range(j, end)):
            return None  # "two six nations wins": two of what is not said
        topic = self._casualties(k, end, words) or (
            self._counted(k, end, words, names)
            if counted
            else self._measured(row, k, j, words, names)
        )
        if topic is None or not topic.thing - section("vague") and topic.said not in CASUALTIES:
            return None
        rate = self._rate(end)
        return Topic(f"{topic.said} {rate}".strip(), topic.thing, topic.names, topic.more)

    def _end_of(self, unit: str, j: int) -> int:
        """Behind the counted noun."""
        last = unit.split()[-1].lower()
        return next((at + 1 for at in range(j, j + 6) if self.word(at) == last), j)

    def _rate(self, end: int) -> str:
        """The year of "1.3 million passengers a year", the day of "die of thirst every day"."""
        for at in range(end, end + REACH):
            each = self.word(at) in {"per", "each", "every"} or at == end
            if (
                self.word(at) in RATES
                and self.pos(at + 1) == "NOUN"
                and (self.word(at + 1) != "cent")
                and (each or self.lemma(at + 1) in TIMES)
            ):
                return self.lemma(at + 1)
        return ""

    def _of_then(self, j: int) -> bool:
        """Whether "a year earlier" or the like says that the figure is not of now."""
        for at in range(j + 1, j + 2 * REACH):
            if self.pos(at) in {"VERB", ""}:
                return False
            if self.lemma(at - 1) in TIMES and self.word(at) in AGO:
                return True
        return False

    def _casualties(self, k: int, end: int, words: frozenset[str]) -> Topic | None:
        """ "40 people were killed", "killing 40", "19 injured", "a death toll of 40"."""
        at = end
        while self.pos(at) in {"AUX", "ADV", "PART"} or self.word(at) in RELATIVE | {"were", "was"}:
            at += 1
        verb, _ = self.before(k)
        if verb is not None and self.word(verb - 1) in section("earlier"):
            return None  # "an earlier toll of four"
        passive = verb is not None and self.pos(verb) == "VERB" and self.passive(verb)
        for place in (at, None if passive else verb):
            for said in CASUALTIES:
                if place is not None and self.is_one_of(place, said):
                    return Topic(said, words - section("people") - section(said) - {"death"})
        return None

    def _counted(
        self, k: int, end: int, words: frozenset[str], names: frozenset[str]
    ) -> Topic | None:
        """What the counted do ("140 rescuers searched the strait"), or who has them."""
        verb = self.after_noun(end)
        if verb is not None:
            said = self.said_by(verb)
            return Topic(said, words, names, self.complement(verb)) if said else None
        verb, preposition = self.before(k)
        if verb is None or preposition or self.pos(verb) != "VERB":
            return None
        said, party = self.said_by(verb), self.subject(verb)
        return Topic(said, words, names, party) if said and party else None

    def _measured(
        self,
        row: Mapping[str, object],
        k: int,
        j: int,
        words: frozenset[str],
        names: frozenset[str],
    ) -> Topic | None:
        """A level, a change, a cost or a dimension of the thing that the table names."""
        if not words:
            return None
        dimension = _dimensions().get(self.word(j)) or self._hyphened(row, k, j)
        if dimension:
            return Topic(dimension, words - set(_dimensions().values()), names)
        if self.word(j) in {"higher", "lower", "less", "fewer", "ahead", "above", "below", "off"}:
            return None
        if self.word(j) == "of":
            return self._share(k, j, words, names)
        if self.pos(j) in NOMINAL | {"ADJ"} and self.lemma(j) in words:
            return Topic(
                "cost" if words & section("costs") else "level", words - section("costs"), names
            )  # "a $916 million loss"
        anchor, preposition = self.before(k)
        for at in (j, anchor if preposition in {"", "by", "of"} else None):
            for said in ("rises", "falls"):
                if at is not None and self.is_one_of(at, said):
                    return Topic(said, words - section(said), names)
        if anchor is None:
            return None
        if words & section("costs") or self.is_one_of(anchor, "costs"):
            thing = words - section("costs") - {"final", "total"}
            return Topic("cost", thing or self.clause_subject(anchor), names)
        if self.pos(anchor) not in VERBAL:
            return Topic("level", words, names) if preposition in {"of", "at", "to"} else None
        if self.pos(anchor) == "AUX" or any(
            self.is_one_of(anchor, name) for name in ("states", "rises", "falls")
        ):
            return Topic("level", words, names)  # "reached 5", "rose to 5"
        said, party = self.said_by(anchor), self.subject(anchor)
        return Topic(said, words, names, party) if said and party else None

    def _share(self, k: int, j: int, words: frozenset[str], names: frozenset[str]) -> Topic | None:
        """ "61 per cent of Kestrians support the bridge": the whole sentence counts."""
        end = j + 1
        while end < min(self.after, j + 12) and (
            self.pos(end) in NOMINAL | {"DET", "ADJ", "ADP", "NUM"}
        ):
            end += 1
        verb = self.after_noun(end)
        if verb is not None:
            said = self.said_by(verb)
            more = self.complement(verb)
            return Topic(f"share {said}", words, names, more) if said and more else None
        verb, preposition = self.before(k)
        if verb is None or preposition or self.pos(verb) not in VERBAL:
            return None
        said, party = self.said_by(verb), self.subject(verb)
        return Topic(f"share {said}", words, names, party) if said and party else None

    def _hyphened(self, row: Mapping[str, object], k: int, j: int) -> str:
        """The length of "the seven-kilometre bridge"; "a 20-yard shot" is one of many."""
        if self.word(k - 1) in {"a", "an"}:
            return ""
        hyphened = "-" in str(row["text"]) and row["unit"] in LENGTHS and row["kind"] == "quantity"
        return "length" if hyphened and self.pos(j) in NOMINAL | {"ADJ"} else ""
