"""Words: one linear-time pattern that cuts a text as the Universal Dependencies treebanks do."""

from __future__ import annotations

import re
from array import array
from functools import cache
from itertools import islice

from .data import read_list

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


def _one_of(items: list[str]) -> str:
    """A pattern of literals that shares beginnings, so that each character is looked at once."""
    tree: dict = {}
    for item in sorted(set(items)):
        node = tree
        for character in item:
            node = node.setdefault(character, {})
        node[""] = {}

    def written(node: dict) -> str:
        ends = "" in node
        branches = [re.escape(c) + written(below) for c, below in node.items() if c]
        if not branches:
            return ""
        joined = branches[0] if len(branches) == 1 and not ends else f"(?:{'|'.join(branches)})"
        return joined + ("?" if ends else "")

    return written(tree)


@cache
def pattern() -> re.Pattern[str]:
    """The compiled pattern of a word; it matches every character that is not white space."""
    known = abbreviations()
    numbered = [a[:-1] for a, section in known.items() if section == "number"]
    others = [a[:-1] for a, section in known.items() if section != "number"]
    prefixes = [p for x in read_list("prefixes.txt")[""] for p in (x, x.capitalize(), x.upper())]
    openers = "|".join(read_list("sentence_openers.txt")[""])
    letter = r"[^\W\d_]"
    return re.compile(
        rf"""
          [Cc]an(?=not\b) | [Gg]on(?=na\b) | [Ww]an(?=na\b) | [Gg]ot(?=ta\b)   # can|not, gon|na
        | [A-Za-z]++(?=[ \n,;)"])                           # said: most words end here
        | [,;()"“”\]] | \.(?=[ \n"”)])                      # most marks
        | {letter}++(?![-.'’`@:/&\d_$\u00ad\u0300-\u036f])
        | \d++(?![-.,:/@\w'’])                              # 2016
        | ['’`](?:(?<=\w.)(?:s|S|re|RE|ve|VE|ll|LL|d|D|m|M)\b(?!['’])|\d0s\b)     # it's, '90s
        | n['’`]t\b | N['’]T\b                              # the second part of don't
        | (?:https?|ftp)://[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’] # https://un.org/en
        | www\.[^\s<>"“”]*[^\s<>"“”.,;:!?)\]'’]             # www.un.org
        | [\w.+-]{{1,64}}+@[\w-]{{1,99}}+(?:\.[\w-]++)++    # press@un.org
        | [@#]\w++                                          # @UN, #COP28
        | {letter}\w{{0,50}}+(?:[.-]\w{{1,50}}+){{1,4}}+
          (?:(?<=\.com)|(?<=\.org)|(?<=\.net)|(?<=\.gov)|(?<=\.edu)|(?<=\.int)|(?<=\.uk)|(?<=\.eu)
            |(?<=\.ru)|(?<=\.cn)|(?<=\.kz))(?![\w-])        # bbc.co.uk
        | (?:{letter}\.){{2,}}(?:{letter}(?![\w.'’]))?      # U.S., a.m.
        | {letter}+(?=n['’`]t\b) | {letter}+(?=N['’]T\b)    # the first part of don't
        | (?:{_one_of(others)})\.(?!\w)                     # Mr., Nov., Inc.
        | (?:{_one_of(numbered)})\.(?=[ \u00a0]?\d)         # No. 5, est. 1990
        | [A-ZÀ-ÖØ-Þ]\.(?=[ \u00a0]?(?!(?:{openers})\b)[A-ZÀ-ÖØ-Þ]|-[A-Z]\.)    # J. Smith, J.-P.
        | {letter}++\.(?=[,;])                              # Cal., and other unknown ones
        | (?:{_one_of(prefixes)})-\w++                      # co-operation, e-mail
        | {letter}++['’](?!(?:s|S|re|ve|ll|d|m)\b){letter}++                    # O'Brien, Sana'a
        | {letter}++(?:&{letter}++)++                       # R&D
        | {letter}++(?:[\u00ad\u0300-\u036f]++{letter}*+)++ # decomposed accents, soft hyphens
        | (?:US|AU?|CA?|HK|NZ|S|R)\$                        # US$
        | \d++-\d++-\d[\d-]*+ | \d{{3}}-\d{{4}}(?![\d-])       # 11-20-2000, telephone numbers
        | \d++(?:[.,]\d++)++(?!\w)                          # 1,234.5
        | \d++(?:[:/]\d++)++                                # 10:30, 1/2
        | \d++(?:st|nd|rd|th|s|ST|ND|RD|TH)\b               # 21st, 1990s
        | \d++(?:[.,]\d++)*+                                # 40 of 40bn, 2.5 of 2.5m
        | {letter}++\d\w*+                                  # G20, A320neo
        | {letter}++                                        # the rest of the words
        | \.{{2,}}+ | [!?]{{2,}}+ | '' | `` | ([-_*=+<>~#$\\/])\1++                # ..., --, ''
        | (?<!\S)[:;]-?[()](?!\w)                           # :-)
        | \S
        """,
        re.VERBOSE,
    )


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
