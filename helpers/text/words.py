"""Words: one linear-time pattern that cuts a text as the Universal Dependencies treebanks do."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import cache
from itertools import groupby, islice

from .data import read_list, read_pattern

Span = tuple[int, int]
Places = array  # of int: four bytes for a word, where a list would take forty
SOME = 20_000  # words cut out at a time, each with a match of 400 bytes


@cache
def abbreviations() -> dict[str, str]:
    """Each known abbreviation with its full stop, in every usual case, with its section."""
    found: dict[str, str] = {}
    for section, items in read_list("abbreviations.txt").items():
        for item in items:
            for form in (item, item[0].upper() + item[1:], item.upper()):
                if len(item) > 1 or form == item:
                    found.setdefault(form + ".", section)
    return found


def _one_of(items: Iterable[str]) -> str:
    """A pattern of literals that shares beginnings, so that each character is looked at once."""
    rest = {c: [i[1:] for i in some] for c, some in groupby(sorted(set(items)), lambda i: i[:1])}
    branches = "|".join(re.escape(c) + _one_of(below) for c, below in rest.items() if c)
    return f"(?:{branches}){'?' * ('' in rest)}" if branches else ""


@cache
def pattern() -> re.Pattern[str]:
    """The compiled pattern of a word; it matches every character that is not white space."""
    known = abbreviations()
    lists = {"abbreviation": [a[:-1] for a, section in known.items() if section != "number"]}
    lists["numbered"] = [a[:-1] for a, section in known.items() if section == "number"]
    lists["opener"] = read_list("sentence_openers.txt")[""]
    lists["prefix"] = [
        p for x in read_list("prefixes.txt")[""] for p in (x, x.capitalize(), x.upper())
    ]
    return read_pattern("text_patterns.toml", "word", **{n: _one_of(lists[n]) for n in lists})


def split_words(text: str) -> list[Span]:
    """The place of each word of a text, in order; together they hold all but the white space.

    Contractions are cut into syntactic words (`do|n't`, `can|not`, `China|'s`), and so are most
    words with hyphens; `co-operation`, `e-mail`, addresses, numbers (`1,234.5`, `10:30`), `U.S.`,
    `No.` before a number, `#tags` and `@names` stay whole.  `40bn` and `10am` become two words.

    Does not catch: misspelt contractions (`dont`), words run together by a missing blank.

    >>> text = "He can't re-elect Sh. Karimov."
    >>> [text[start:end] for start, end in split_words(text)]
    ['He', 'ca', "n't", 're-elect', 'Sh.', 'Karimov', '.']
    """
    return [match.span() for match in pattern().finditer(text)]


def cut_words(text: str) -> tuple[list[str], Places, Places]:
    """The words of a text, equal ones kept once, and where they start and end.

    >>> cut_words("No, no.")
    (['No', ',', 'no', '.'], array('i', [0, 2, 4, 6]), array('i', [2, 3, 6, 7]))
    """
    words: list[str] = []
    starts, ends = array("i"), array("i")
    forms: dict[str, str] = {}
    matches = pattern().finditer(text)
    while some := [match.span() for match in islice(matches, SOME)]:
        cut = [text[start:end] for start, end in some]
        words.extend(map(forms.setdefault, cut, cut))
        starts.extend([start for start, _ in some])
        ends.extend([end for _, end in some])
    return words, starts, ends
