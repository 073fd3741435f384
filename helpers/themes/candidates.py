"""Candidates for key phrases: noun groups and the parts of them that may stand alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from ..names.openings import dateline_end
from ..run.choices import Choices
from ..text.forms import body_words, first_names, generic_words, name_words, role_words, singular
from ..text.tokens import Annotated
from ..text.words import Span, split_words
from .dictionary import Dictionary

__all__ = ["Candidate", "Key", "candidates_of"]

LONGEST = 4  # words in a candidate
LONGEST_NAME = 8  # words in one that is all a name
ACRONYM = re.compile(r"\(\s?([A-Z][A-Za-z&]{0,8}[A-Z])s?\s?\)")  # (ADB), (UNESCAP), (R&D)
LONG_AFTER = re.compile(r"\b([A-Z]{2,8})s?\s?\((?:the )?[A-Z][^()\n]{5,120}\)")  # ADB (Asian …)
INSIDE = frozenset({"NOUN", "PROPN", "ADJ"})
MODIFIERS = frozenset({"VERB", "ADV", "NUM"})  # tags of the last word: "oil-producing"
BEFORE = frozenset({"DET", "ADJ"})
HYPHENS = frozenset("-‐‑")
MOST_HYPHENS = 3  # in a word: "state-of-the-art"; more make a sentence of it
LABEL = re.compile(r"[A-Z][A-Z&]{0,5}:\s|[A-Z]{3}[A-Z .'’-]{0,40}, (?:\w{3,9}\.? )?\d")  # "WS: "
NEARLY = 0.8  # of its places inside a longer name make a word a part of that name
SMALL = frozenset("of the for and in on to &".split())  # words that have no letter in an acronym

Key = tuple[str, ...]  # the words of a phrase, lower case, singular
Unit = tuple[int, int, str, str]  # first word, word after the last, tag, key


@dataclass(slots=True)
class Candidate:
    """A noun group that may become a key phrase, with what speaks for it."""

    words: Key  # its words, lower case, singular
    numbers: list[int] = field(default_factory=list)  # of its first word at each place
    spans: list[Span] = field(default_factory=list)
    full: str = ""  # how it is shown, for a name that is also given in short
    whole: int = 0  # times that it is a whole noun group, not part of a longer one
    linked: bool = False  # whether it is a name in two parts: "Ministry of Transport"
    names: int = 0  # proper nouns in all its occurrences

    @property
    def first(self) -> int:
        return self.numbers[0]

    def shown(self, text: str) -> str:
        """The commonest written form, of equals the first not in capitals; a name in full."""
        if self.full:
            return self.full
        forms = Counter(" ".join(text[start:end].split()) for start, end in self.spans)
        return max(forms, key=lambda form: (forms[form], not form.isupper()))


def candidates_of(note: Annotated, choices: Choices | None = None) -> dict[Key, Candidate]:
    """Every noun group and every part of one that may stand alone, by its words.

    choices : what the user leaves out and counts as one.
    """
    found: dict[Key, Candidate] = {}
    starts, ends = note.starts, note.ends
    for group in _noun_groups(note):
        size = len(group)
        for i, (number, _, _, key) in enumerate(group):
            for j in range(i + 1, min(size, i + LONGEST_NAME) + 1):
                last = group[j - 1]
                if j - i > LONGEST and not all(unit[2] == "PROPN" for unit in group[i:j]):
                    break
                if (
                    last[2] == "ADJ"
                    or size > 1
                    and _cuts_name(group, i, j)
                    or (j == i + 1 and len(key) == 1)
                ):
                    continue
                words = (key,) if j == i + 1 else tuple([unit[3] for unit in group[i:j]])
                candidate = found.get(words)
                if candidate is None:
                    candidate = found[words] = Candidate(words)
                candidate.numbers.append(number)
                candidate.spans.append((starts[number], ends[last[1] - 1]))
                candidate.whole += j - i == size
                candidate.names += [unit[2] for unit in group[i:j]].count("PROPN")
    _join_parts(found, note)
    _join_names(found, note)
    if choices:
        _choose(found, note, choices)
    return found


def _join_parts(candidates: dict[Key, Candidate], note: Annotated) -> None:
    """Makes candidates of names in two parts, "Ministry of Transport", and takes out the parts.

    A part stays where it also stands elsewhere, more than once in five times.
    """
    inside: Counter[Key] = Counter()
    heads = body_words() | role_words()
    before: list[Unit] = []
    for group in _noun_groups(note):
        head = [*takewhile(lambda unit: note.words[unit[0]][0].isupper(), reversed(before))][::-1]
        tail = [*takewhile(lambda unit: unit[2] == "PROPN" or unit[3] in body_words(), group)]
        before = group
        if not head or not tail or tail[0][0] - head[-1][1] not in (1, 2):
            continue
        link = note.words[head[-1][1] : tail[0][0]]
        if link in (["of"], ["of", "the"]) and head[-1][3] in heads or link == ["&"]:
            parts = [tuple(unit[3] for unit in part) for part in (head, tail)]
            name = candidates.setdefault(sum(parts, ()), Candidate(sum(parts, ()), linked=True))
            name.numbers.append(head[0][0])
            name.spans.append((note.starts[head[0][0]], note.ends[tail[-1][1] - 1]))
            name.whole += 1
            name.names += len(name.words)
            inside.update(parts)
    for key, times in inside.items():
        if key in candidates and times >= NEARLY * len(candidates[key].spans):
            del candidates[key]


def _choose(candidates: dict[Key, Candidate], note: Annotated, choices: Choices) -> None:
    """Takes out what the user leaves out, and puts one candidate for forms that are one."""
    barred = {_key(written) for written in choices.stop}
    for words in [
        words
        for words in candidates
        if any(
            words[i:j] in barred for i in range(len(words)) for j in range(i + 1, len(words) + 1)
        )
    ]:
        del candidates[words]
    for written in choices.entries.values():
        for form in written:
            candidates.pop(_key(form.removeprefix("the ")), None)
    for hit in Dictionary(choices.entries).hits(note) if choices.merges else ():
        merged = candidates.setdefault(_key(hit.theme), Candidate(_key(hit.theme), full=hit.theme))
        merged.numbers.append(bisect_left(note.starts, hit.start))
        merged.spans.append((hit.start, hit.end))
        merged.whole += 1
        merged.names += len(merged.words)


def _key(written: str) -> Key:
    return tuple(singular(written[start:end]) for start, end in split_words(written))


def _cuts_name(group: list[Unit], i: int, j: int) -> bool:
    """Whether a cut of the group at i or at j would leave half a name on one side."""
    return (
        i > 0
        and group[i - 1][2] == group[i][2] == "PROPN"
        or j < len(group)
        and group[j - 1][2] == group[j][2] == "PROPN"
    )


def _noun_groups(note: Annotated) -> Iterator[list[Unit]]:
    """Runs of adjectives and nouns behind datelines, without generic words or a last adjective."""
    words, openings = note.words, {start for start, _ in note.paragraphs}
    for first, after in note.sentences:
        if note.starts[first] in openings:
            label = LABEL.match(note.text, note.starts[first])
            end = label.end() if label else dateline_end(note.text, note.starts[first])
            first = bisect_left(note.starts, end, first)
        group: list[Unit] = []
        at = first
        while at < after:
            end = at + 1
            if end < after and words[end] in HYPHENS:
                end = _unit_end(note, at, after)
            unit = _unit(note, at, end, opens=at == first, closes=end == after)
            if group and (unit is None or _wide_gap(note, at)):
                yield from _trimmed(group)
                group = []
            if unit is not None:
                group.append(unit)
            at = end
        if group:
            yield from _trimmed(group)


def _unit(note: Annotated, at: int, end: int, *, opens: bool, closes: bool) -> Unit | None:
    """The words from `at` to `end` as one, or None when they stand in no noun group.

    opens, closes : whether they begin or end the sentence.
    """
    tag = note.pos[end - 1]
    if tag not in INSIDE:
        if not (end > at + 1 and tag in MODIFIERS) and not (
            tag == "VERB"
            and not opens
            and note.pos[at - 1] in BEFORE
            and note.words[at].endswith(("ed", "ing"))
        ):
            return None
        tag = "ADJ"  # "oil-producing", "year-long"; "a devastating storm"
    written = note.words[at] if end == at + 1 else note.text[note.starts[at] : note.ends[end - 1]]
    key = singular(written)
    if not key[0].isalpha() or key.count("-") > MOST_HYPHENS:
        return None
    if key in generic_words():  # stays in a name: "New York", "Second Ministerial Conference"
        named = tag == "PROPN" or (
            not opens and not closes and written[0].isupper() and note.pos[end] == "PROPN"
        )
        if not named or key not in name_words():
            return None
    return at, end, tag, key


def _wide_gap(note: Annotated, at: int) -> bool:
    """Whether more than a blank or a line's end stands before the word: "steel    prices"."""
    start, end = note.ends[at - 1], note.starts[at]
    return end > start + 1 and "\n" not in note.text[start:end]


def _trimmed(group: list[Unit]) -> Iterator[list[Unit]]:
    """The group without adjectives at its end; a name is cut off from what it is said to be."""
    while group and group[-1][2] == "ADJ":
        group = group[:-1]
    name = len(group)
    while (
        name
        and group[name - 1][2] == "PROPN"
        and (name == len(group) or group[name - 1][3] not in role_words())
    ):
        name -= 1
    if 0 < name < len(group) and (
        group[name - 1][2] == "NOUN" or group[name - 1][3] in role_words()
    ):
        yield group[:name]  # "film star | Ann Lee", "Trade Minister | Ann Lee"
        group = group[name:]
    if group:
        yield group


def _unit_end(note: Annotated, at: int, after: int) -> int:
    """Where the word that begins at `at` ends, words joined by hyphens being one."""
    end = at + 1
    while (
        end + 1 < after
        and note.words[end] in HYPHENS
        and note.ends[end - 1] == note.starts[end]
        and note.ends[end] == note.starts[end + 1]
    ):
        end += 2
    return end


def _join_names(candidates: dict[Key, Candidate], note: Annotated) -> None:
    """Joins hyphened forms with open ones, acronyms with long forms, surnames with full names."""
    for words in [words for words in candidates if any("-" in word for word in words)]:
        open_form = candidates.get(tuple(part for word in words for part in word.split("-")))
        if open_form and open_form.words in candidates:  # "Secretary General", "Secretary-General"
            short, long = sorted(
                (open_form, candidates[words]), key=lambda c: (len(c.spans), -c.first)
            )
            _join(candidates, short, long)
    places = [(match[1], match.start()) for match in ACRONYM.finditer(note.text)]
    places += [(match[1], match.end() - 1) for match in LONG_AFTER.finditer(note.text)]
    for acronym, before in places:
        short = candidates.get((singular(acronym),))
        long = _long_form(acronym, candidates, note, before=before)
        if short and long and short is not long:
            _join(candidates, short, long)
    for short, long in _spelled_out(candidates, note.text):
        _join(candidates, short, long)
    full: dict[str, Candidate] = {}
    several: set[str] = set()  # surnames of two people
    for c in sorted(candidates.values(), key=lambda c: (len(c.words), c.first)):
        if 2 <= len(c.words) <= 3 and c.names == len(c.spans) * len(c.words):
            surname = c.words[-1]
            known = full.setdefault(surname, c)
            if c.words[-len(known.words) :] != known.words:
                several.add(surname)
    for surname, owner in full.items():
        short = candidates.get((surname,))
        sure = len(owner.spans) > 1 or owner.words[0] in first_names()
        if sure and surname not in several and short and short.names == len(short.spans):
            owner.full = owner.shown(note.text)
            _join(candidates, short, owner)


def _spelled_out(candidates: dict[Key, Candidate], text: str) -> list[tuple[Candidate, Candidate]]:
    """Acronyms of three and more letters with the only name that has them as initials."""
    names: dict[str, list[Candidate]] = {}
    for c in candidates.values():
        if len(c.words) > 2 and c.names == len(c.spans) * len(c.words):
            names.setdefault("".join([word[0] for word in c.words]), []).append(c)
    return [
        (candidates[letters,], found[0])
        for letters, found in names.items()
        if len(found) == 1
        and (letters,) in candidates
        and all(text[start:end].isupper() for start, end in candidates[letters,].spans)
    ]


def _join(candidates: dict[Key, Candidate], short: Candidate, long: Candidate) -> None:
    del candidates[short.words]
    long.numbers = sorted(long.numbers + short.numbers)
    long.spans += short.spans
    long.whole += short.whole
    long.names += short.names


def _long_form(
    acronym: str, candidates: dict[Key, Candidate], note: Annotated, *, before: int
) -> Candidate | None:
    """The name that ends before the bracket and has the acronym's letters as initials.

    Small words and the parts of hyphened ones may go without a letter: "Organization for
    Security and Co-operation in Europe (OSCE)".
    """
    after = bisect_left(note.starts, before)
    letters = [c.lower() for c in acronym if c.isalpha()]
    for at in range(after - 2, max(-1, after - 2 * LONGEST_NAME - 1), -1):
        if note.words[at].lower() in SMALL or not note.words[at][0].isalpha():
            continue
        words = tuple(singular(w) for w in note.words[at:after] if w[0].isalpha())
        if letters in ([w[0] for w in words], [w[0] for w in words if w not in SMALL]):
            return candidates.setdefault(
                words,
                Candidate(
                    words,
                    [at],
                    [(note.starts[at], note.ends[after - 1])],
                    whole=1,
                    names=len(words),
                ),
            )
    return None
