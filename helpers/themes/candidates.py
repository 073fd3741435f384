"""Candidates for key phrases: noun groups and the parts of them that may stand alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from ..text import Doc
from ..text.forms import first_names, role_words, singular
from ..text.words import Span, split_words
from .choices import Choices
from .dictionary import Dictionary
from .noun_groups import noun_groups, one_name, particles

__all__ = ["Candidate", "Key", "candidates_of"]

LONGEST = 4  # words in a candidate
LONGEST_NAME = 8  # words in one that is all a name
ACRONYM = re.compile(  # (ADB), (UNESCAP), (R&D); ADB (Asian …)
    r"\(\s?(?P<in>[A-Z][A-Za-z&]{0,8}[A-Z])s?\s?\)"
    r"|\b(?P<before>[A-Z]{2,8})s?\s?\((?:the )?[A-Z][^()\n]{5,120}\)"
)
SMALL = frozenset("of the for and in on to &".split())  # words that have no letter in an acronym

Key = tuple[str, ...]  # the words of a phrase, lower case, singular


@dataclass(slots=True)
class Candidate:
    """A noun group that may become a key phrase, with what speaks for it."""

    words: Key
    numbers: list[int] = field(default_factory=list)  # of its first word at each place
    spans: list[Span] = field(default_factory=list)
    full: str = ""  # how it is shown, for a name that is also given in short
    whole: int = 0  # times that it is a whole noun group, not part of a longer one
    names: int = 0  # proper nouns in all its occurrences

    @property
    def first(self) -> int:
        return self.numbers[0]

    @property
    def named(self) -> bool:
        """Whether it is a name wherever it stands."""
        return self.names == len(self.spans) * len(self.words)

    def add(self, first: int, span: Span, *, names: int, whole: bool = True) -> None:
        self.numbers.append(first)
        self.spans.append(span)
        self.names += names
        self.whole += whole

    def shown(self, text: str) -> str:
        """The commonest written form, of equals the first not in capitals; a name in full."""
        if self.full:
            return self.full
        forms = Counter(" ".join(text[start:end].split()) for start, end in self.spans)
        return max(forms, key=lambda form: (forms[form], not form.isupper()))


def candidates_of(note: Doc, choices: Choices | None = None) -> dict[Key, Candidate]:
    """Every noun group and every part of one that may stand alone, by its words.

    choices : what the user leaves out and counts as one.
    """
    found: dict[Key, Candidate] = {}
    for group in noun_groups(note):
        size = len(group)
        for i, opening in enumerate(group):
            if i and one_name(group[i - 1], opening):
                continue
            names = 0
            for j in range(i + 1, min(size, i + LONGEST_NAME) + 1):
                last = group[j - 1]
                names += last.tag == "PROPN"
                if j - i > max(LONGEST, names):
                    break
                if last.tag == "ADJ" or j < size and one_name(last, group[j]):
                    continue
                key = tuple([unit.key for unit in group[i:j]])
                if len(key) > 1 or len(key[0]) > 1:
                    span = note.starts[opening.first], note.ends[last.after - 1]
                    candidate = found.setdefault(key, Candidate(key))
                    candidate.add(opening.first, span, names=names, whole=j - i == size)
    _join_hyphened(found)
    _join_acronyms(found, note)
    _join_surnames(found, note.text)
    _leave_offices(found)
    if choices:
        _choose(found, note, choices)
    return found


def _join(found: dict[Key, Candidate], short: Candidate, long: Candidate) -> None:
    """Counts the places of one candidate as the other's."""
    del found[short.words]
    long.numbers = sorted(long.numbers + short.numbers)
    long.spans += short.spans
    long.whole += short.whole
    long.names += short.names


def _join_hyphened(found: dict[Key, Candidate]) -> None:
    """Joins "Secretary General" and "Secretary-General" under the commoner one."""
    for words in [words for words in found if any("-" in word for word in words)]:
        other = found.get(tuple(part for word in words for part in word.split("-")))
        if other:
            _join(found, *sorted((other, found[words]), key=lambda c: (len(c.spans), -c.first)))


def _join_acronyms(found: dict[Key, Candidate], note: Doc) -> None:
    """Joins acronyms with their long forms: "Reef Trust (RT)", "RT (Reef Trust)"."""
    for match in ACRONYM.finditer(note.text):
        acronym = match["in"] or match["before"]
        short = found.get((singular(acronym),))
        after = bisect_left(note.starts, match.start() if match["in"] else match.end() - 1)
        long = _long_form(acronym, found, note, after=after)
        if short and long and short is not long:
            _join(found, short, long)


def _long_form(
    acronym: str, found: dict[Key, Candidate], note: Doc, *, after: int
) -> Candidate | None:
    """The name that ends before the word `after` and has the acronym's letters as initials.

    Small words and the parts of hyphened ones may go without a letter: "Organization for
    Security and Co-operation in Europe (OSCE)".
    """
    letters = [c.lower() for c in acronym if c.isalpha()]
    for at in range(after - 2, max(-1, after - 2 * LONGEST_NAME - 1), -1):
        if note.words[at].lower() in SMALL or not note.words[at][0].isalpha():
            continue
        words = tuple(singular(w) for w in note.words[at:after] if w[0].isalpha())
        if letters in ([w[0] for w in words], [w[0] for w in words if w not in SMALL]):
            if words not in found:
                found[words] = Candidate(words)
                span = note.starts[at], note.ends[after - 1]
                found[words].add(at, span, names=len(words))
            return found[words]
    return None


def _join_surnames(found: dict[Key, Candidate], text: str) -> None:
    """Joins surnames with the one full name that has them: "Lopez", "von der Leyen"."""
    owners: dict[Key, list[Candidate]] = {}
    for c in found.values():
        at = next((n for n, word in enumerate(c.words) if n and word in particles()), -1)
        size = len(c.words) - len(c.words[at:]) + 1  # in words, a surname with particles being one
        if 2 <= size <= 3 and c.named and SMALL.isdisjoint(c.words):
            for surname in dict.fromkeys((c.words[at:], c.words[-1:])):
                owners.setdefault(surname, []).append(c)
    for surname, people in sorted(owners.items(), key=lambda item: len(item[0])):
        short = found.get(surname)  # "Berg" joins "von Berg" before that joins "Ursula von Berg"
        longest = max(people, key=lambda c: len(c.words))
        if (
            not short
            or not short.named
            or any(longest.words[-len(c.words) :] != c.words for c in people)
        ):
            continue
        owner = max(people, key=lambda c: (len(c.spans), -len(c.words), -c.first))
        if len(owner.spans) > 1 or owner.words[0] in first_names():
            owner.full = owner.shown(text)
            _join(found, short, owner)


def _leave_offices(found: dict[Key, Candidate]) -> None:
    """Takes out names with an office where the name stands without it, too: "Mayor Ann Lee"."""
    for key, c in list(found.items()):
        for at in range(1, len(key) - 1):
            name = found.get(key[at:])
            known = name and (name.full or name.named and key[at - 1] in role_words())
            if known and len(name.spans) > len(c.spans):
                found.pop(key, None)


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
        merged = found.setdefault(key, Candidate(key, full=hit.theme))
        number = bisect_left(note.starts, hit.start)
        merged.add(number, (hit.start, hit.end), names=len(key))


def _key(written: str) -> Key:
    return tuple(singular(written[start:end]) for start, end in split_words(written))
