"""Candidates for key phrases: runs of adjectives and nouns, and the parts that may stand alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from ..text import Doc, Span, dateline_end, forms, split_words, words_in
from .choices import Choices
from .dictionary import Dictionary

__all__ = ["SMALL", "Candidate", "Key", "candidates_of"]

LONGEST = 4  # words in a candidate
PARTICLES = words_in("titles.txt", "particles")
REPORTS = frozenset(line.split()[0] + "s" for line in words_in("cues.txt", "verbs"))  # "he says"
LONGEST_NAME = 8  # words in one that is all a name
MOST_HYPHENS = 3  # in a word: "state-of-the-art"; more make a sentence of it
ACRONYM = re.compile(  # (ADB), (UNESCAP), (R&D); ADB (Asian …)
    r"\(\s?(?P<behind>[A-Z][A-Za-z&]{0,8}[A-Z])s?\s?\)"
    r"|\b(?P<before>[A-Z]{2,8})s?\s?\((?:the )?[A-Z][^()\n]{5,120}\)"
)
INSIDE = frozenset({"NOUN", "PROPN", "ADJ"})
MODIFIERS = frozenset({"VERB", "ADV", "NUM"})  # tags of the last word: "oil-producing"
BEFORE = frozenset({"DET", "ADJ"})
HYPHENS = frozenset("-‐‑")
OFFICES = forms.role_words()
SMALL = frozenset("of the for and in on to &".split())  # words that have no letter in an acronym
ADDRESS = re.compile(r"@|://|^www\.|\w\.\w+/")  # press@orma.gov, www.orma.gov, orma.gov/news
LABEL = re.compile(  # "MS LEE: ", "OSLO, May 3"
    r"[A-Z][A-Z&.'’ -]{0,40}:\s|[A-Z]{3}[A-Z .'’-]{0,40}, (?:\w{3,9}\.? )?\d"
)

Key = tuple[str, ...]  # the words of a phrase, lower case, singular


class _Unit(NamedTuple):
    """A word of a noun group, or several joined by hyphens."""

    first: int
    after: int
    tag: str
    key: str


@dataclass(slots=True)
class Candidate:
    """A noun group that may become a key phrase, with what speaks for it."""

    words: Key
    full: str = ""  # how it is shown, where the user says so
    spans: list[Span] = field(default_factory=list)
    whole: int = 0  # times that it is a whole noun group, not part of a longer one
    names: int = 0  # proper nouns in all its occurrences
    score: float = 0.0  # for its place and frequency
    recurring: float = 0.0  # for its frequency alone

    @property
    def named(self) -> bool:
        """Whether it is a name wherever it stands."""
        return self.names == len(self.spans) * len(self.words)

    def add(self, span: Span, *, names: int, whole: bool = True) -> None:
        self.spans.append(span)
        self.names += names
        self.whole += whole

    def shown(self, text: str) -> str:
        """The commonest written form, of equals the first not in capitals; a name in full."""
        forms = Counter(" ".join(text[start:end].split()) for start, end in self.spans)
        return self.full or max(forms, key=lambda form: (forms[form], not form.isupper()))


def candidates_of(note: Doc, choices: Choices | None = None) -> dict[Key, Candidate]:
    """Every noun group and every part of one that may stand alone, by its words.

    choices : what the user leaves out and counts as one.
    """
    found: dict[Key, Candidate] = {}
    for group in _groups(note):
        size = len(group)
        for i, opening in enumerate(group):
            if i and _one_name(group[i - 1], opening):
                continue
            names = 0
            for j in range(i + 1, min(size, i + LONGEST_NAME) + 1):
                last = group[j - 1]
                names += last.tag == "PROPN"
                if j - i > max(LONGEST, names):
                    break
                if last.tag == "ADJ" or j < size and _one_name(last, group[j]):
                    continue
                key = tuple(unit.key for unit in group[i:j])
                if len("".join(key)) > 1:
                    span = note.starts[opening.first], note.ends[last.after - 1]
                    one = found.setdefault(key, Candidate(key))
                    one.add(span, names=names, whole=j - i == size)
    _join_acronyms(found, note)
    _join_surnames(found, note.text)
    if choices:
        _choose(found, note, choices)
    return found


def _groups(note: Doc) -> Iterator[list[_Unit]]:
    """Runs of adjectives and nouns, without adjectives at the end, behind datelines."""
    openings, in_names = {start for start, _ in note.paragraphs}, _in_names(note)
    for first, after in note.sentences:
        at, start, group = first, note.starts[first], list[_Unit]()
        if start in openings:
            label = LABEL.match(note.text, start)
            end = label.end() if label else dateline_end(note.text, start)
            first = at = bisect_left(note.starts, end, at)
        while at < after or group:
            unit = _unit(note, at, (first, after), in_names) if at < after else None
            at = unit.after if unit else at
            if unit and unit.key and not _is_verb(unit, group, note):
                group.append(unit)
                continue
            if len(group) > 1 and _is_report(group, note, (first, after)):
                group.pop()
            while group and group[-1].tag == "ADJ":
                group.pop()
            cut = len(group) - 2 if _is_portfolio(group, note) else 0
            yield from (part for part in (group[:cut], group[cut:]) if part)
            group = []


def _unit(note: Doc, at: int, sentence: Span, in_names: set[int]) -> _Unit:
    """What begins at a word; without a key when it stands in no noun group."""
    words, end, (first, after) = note.words, at + 1, sentence
    while end + 1 < after and words[end] in HYPHENS and _glued(note, end):
        end += 2
    named = end - 1 in in_names
    numbered = end > at + 1 and note.pos[at] == "PROPN" and note.pos[end - 1] == "NUM"
    numbered &= len(words[at]) > 1  # COVID-19 is a name, and F-16 what sort of jet
    tag = "PROPN" if named or numbered else note.pos[end - 1]
    attribute = tag == "VERB" and at > first and note.pos[at - 1] in BEFORE
    if end > at + 1 and tag in MODIFIERS or attribute and words[at].endswith(("ed", "ing")):
        tag = "ADJ"  # "oil-producing", "year-long"; "a devastating storm"
    key = forms.singular(note.text[note.starts[at] : note.ends[end - 1]])
    named |= tag == "PROPN" or (
        first < at and end < after and words[at][0].isupper() and note.pos[end] == "PROPN"
    )
    kept = (
        tag in INSIDE
        and (key[0].isalpha() or end - 1 in in_names)
        and key.count("-") <= MOST_HYPHENS
        and not ADDRESS.search(key)
        and key not in {"a", "i"}
        and (key not in forms.generic_words() or named and key in forms.name_words())
    )
    return _Unit(at, end, tag, key if kept else "")


def _glued(note: Doc, hyphen: int) -> bool:
    """Whether there is no blank on either side of a hyphen."""
    return note.ends[hyphen - 1 : hyphen + 1] == note.starts[hyphen : hyphen + 2]


def _in_names(note: Doc) -> set[int]:
    """The words of names in parts: Ursula von der Leyen, Ministry of Transport."""
    words, found, bodies = note.words, set(), forms.body_words()
    for at, word in enumerate(words):
        end = at
        while end < len(words) and words[end] in PARTICLES and note.pos[end] != "NUM":
            end += 1
        before = words[at - 1] if at else "."
        if end == at and word == "&" or word == "of" and forms.singular(before) in bodies:
            end = at + 1 + (words[at + 1 : at + 2] == ["the"])
        joins = end > at and (word in PARTICLES or before[0].isupper())
        if joins and end < len(words) and words[end][0].isupper():
            found.update(range(at - before[0].isupper(), end + 1))
    return found


def _one_name(one: _Unit, other: _Unit) -> bool:
    """Whether a cut between two neighbours would leave half a name on either side."""
    return one.tag == other.tag == "PROPN" and one.key not in OFFICES


def _is_portfolio(group: list[_Unit], note: Doc) -> bool:
    """Whether words behind "Minister for" run into a name: "Transport Ilse Marrow"."""
    at = group[0].first if len(group) > 2 and all(unit.tag == "PROPN" for unit in group) else 0
    return at > 1 and note.words[at - 1] in ("of", "for") and note.words[at - 2].lower() in OFFICES


def _is_report(group: list[_Unit], note: Doc, sentence: Span) -> bool:
    """Whether a group at the end of a sentence ends in a verb: "…, Lisk Herald reports."."""
    begin, end = group[0].first, group[-1].after
    before = "," if begin == sentence[0] else note.words[begin - 1]
    behind = "." if end == sentence[1] else note.words[end]
    return note.words[end - 1] in REPORTS and before in ",”\"’'" and behind in ".,:"


def _is_verb(unit: _Unit, group: list[_Unit], note: Doc) -> bool:
    """Whether a headline or a name before make a verb of a noun: "Ann Lee confirms sale"."""
    between = bool(group) and group[-1].tag == "PROPN" and unit.tag == "NOUN"
    behind = note.pos[unit.after] if unit.after < len(note.pos) else "PUNCT"
    named = between and behind in forms.OBJECTS and note.words[unit.first] in REPORTS
    return named or unit.first in forms.headline_verbs(note)


def _join(found: dict[Key, Candidate], short: Candidate, long: Candidate) -> None:
    """Counts the places of one candidate as the other's."""
    del found[short.words]
    long.spans = sorted(long.spans + short.spans)
    long.whole += short.whole
    long.names += short.names


def _join_acronyms(found: dict[Key, Candidate], note: Doc) -> None:
    """Joins an acronym and the words with its initials, small ones or not: "Reef Trust (RT)"."""
    for match in ACRONYM.finditer(note.text):
        acronym = match["behind"] or match["before"]
        short = found.get((forms.singular(acronym),))
        letters = [letter for letter in acronym.lower() if letter.isalpha()]
        after = bisect_left(note.starts, match.start() if match["behind"] else match.end() - 1)
        for at in range(after - 2, max(-1, after - 2 * LONGEST_NAME - 1), -1):
            words = tuple(
                forms.singular(word) for word in note.words[at:after] if word[0].isalpha()
            )
            told = [word[0] for word in words if word not in SMALL]
            if note.words[at].lower() in SMALL or letters not in (told, [w[0] for w in words]):
                continue
            if short:
                long = found.setdefault(words, Candidate(words))
                if not long.spans:
                    long.add((note.starts[at], note.ends[after - 1]), names=len(words))
                _join(found, short, long)
            break


def _join_surnames(found: dict[Key, Candidate], text: str) -> None:
    """Joins surnames with the one full name that has them ("Lopez", "von der Leyen"), and takes
    out the name with an office ("Mayor Ann Lee") where it stands without it more often."""
    owners: dict[Key, list[Candidate]] = {}
    for c in found.values():
        at = next((n for n, word in enumerate(c.words) if n and word in PARTICLES), -1)
        size = len(c.words) - len(c.words[at:]) + 1  # in words, a surname with particles being one
        if 2 <= size <= 3 and c.named and SMALL.isdisjoint(c.words):
            for surname in dict.fromkeys((c.words[at:], c.words[-1:])):
                owners.setdefault(surname, []).append(c)
    for surname, people in sorted(owners.items(), key=lambda item: len(item[0])):
        short = found.get(surname)  # "Berg" joins "von Berg" before that joins "Ursula von Berg"
        longest = max(people, key=lambda c: len(c.words)).words
        if short and short.named and all(longest[-len(c.words) :] == c.words for c in people):
            owner = max(people, key=lambda c: (len(c.spans), -len(c.words), -c.spans[0][0]))
            if len(owner.spans) > 1 or owner.words[0] in forms.first_names():
                owner.full = owner.shown(text)
                _join(found, short, owner)
    for key in [key for key in found if len(key) > 2]:
        for at in range(1, len(key) - 1):
            name = found.get(key[at:])
            known = name and (name.full or name.named and key[at - 1] in OFFICES)
            if known and key in found and len(name.spans) > len(found[key].spans):
                del found[key]


def _choose(found: dict[Key, Candidate], note: Doc, choices: Choices) -> None:
    """Takes out what the user leaves out, and puts one candidate for forms that are one."""
    barred = {_key(written) for written in choices.stop}
    for words in list(found):
        size = len(words)
        if any(words[i:j] in barred for i in range(size) for j in range(i + 1, size + 1)):
            del found[words]
    for written in choices.entries.values():
        for form in written:
            found.pop(_key(form.removeprefix("the ")), None)
    for hit in Dictionary(choices.entries).hits(note) if choices.merges else ():
        key = _key(hit.theme)
        merged = found.setdefault(key, Candidate(key, hit.theme))
        merged.add((hit.start, hit.end), names=len(key))


def _key(written: str) -> Key:
    return tuple(forms.singular(written[start:end]) for start, end in split_words(written))
