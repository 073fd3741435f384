"""Numbers that are no figures: identifiers, labels, phones, versions, scores, clock times."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate

from ..text.words import read_list
from .lexicon import alternation, idioms
from .readings import any_of

__all__ = ["Names", "is_score", "labelled"]


@cache
def _labels() -> re.Pattern[str]:
    words = ["#", *read_list("identifiers.txt")[""]]  # "#" opens a comment in the list
    small = [w for w in words if not w[:1].isupper()]
    big = [w for w in words if w[:1].isupper()]
    return re.compile(
        rf"(?:(?<![\w#№§])(?i:{alternation(small)})|(?<!\w)(?:{alternation(big)}))"
        r"(?:\s\([A-Z][\w.]{0,8}\))?(?:\s?|\s+(?:no\.?|nos\.?|number)\s*)(?:\d[\d.]*+\s*(?:,|and|or|to|-|–)\s*)*(?:\d[\d./-]*\s?\()?$"
    )


# without these there is no name, clock time or phone number
NAMING = re.compile(r"[^\W\d_]|[-+:/(]|(?<![\d.,])0")
LETTER = re.compile(r"[A-Za-z]")
BLOB_EDGE = re.compile(r"[\s“”\"«»‘]")
URL = re.compile(
    r"(?i)(?:https?:|www\.|\w@\w|^@|^#\w|\.(?:com|org|net|gov|edu|co|html?|pdf|xlsx?|docx?|jpg)\b|\w_\w|[?&]\w+=|\\)"
)
CODE = re.compile(
    r"""^[(\[]*(?:
        [A-Za-z]+\d[\w./-]*                                  # A320neo, G20, H1N1
      | [A-Z]{2,4}(?:\.\d+)++                                # BA.2
      | [A-Z][A-Za-z]{0,14}[-–]\d+[\w-]*                         # COVID-19, F-16, Su-24
      | [A-Z][A-Z\d]*+(?:[-/][A-Z][A-Z\d]*+)*+[-/]\d[\w/-]*      # EU/2016/679, ABC-12345-A1
      | \d+[A-Z][A-Za-z\d]*[-/]\w+                            # 7A-12
      | \d{1,4}/\d{2,4}(?:/[A-Z]+)                            # 95/46/EC
      | \d{1,4}/(?:19|20)\d\d                                # 1169/2011
      | v\.?\d+(?:\.\d+)*                                    # v2.1
      | \d+\.\d+\.\d+(?:\.\d+)*                              # 10.5.2
      | \d+[GKD](?:s)?                                       # 5G, 4K, 3D
      | \d-[DG]                                              # 3-D
      | \d{3,4}-\d{3}                                        # 737-800
      | \d+(?:st|nd|rd|th)?:\d+.*                            # 4:12:36, 4:3
      | \+\d[\d().-]{7,}.*                                    # +1-222-2222
      | \(?\d{3}\)?[-.]\d{3}[-.]\d{4}                        # 555-123-4567
      | \d(?:-\d{3}){2}-\d{4}                                # 1-800-555-1234
      | \d{3}-\d{2}-\d{4}                                    # social security
      | 0\d{2,4}-\d{3,}                                      # 020-7946
      | \d{5}-\d{4}                                          # ZIP+4
      | 0\d{4,}                                              # 00123
      | \d{1,2}h\d\d                                         # 20h30
      | (?<=\()\d{1,2}[-–]\d{1,2}(?=\))                        # a record: (3-1)
    )(?:['’]s)?[)\],.;:!?]*$""",
    re.X,
)
_I = {name: any_of(words) for name, words in idioms().items()}
NOT_A_NAME = re.compile(rf"(?i)^(?:{_I['no_code']})[-–]?")
ADDRESS = re.compile(
    r"(?:-\d+)?\s(?:[NSEW]\.?\s)?(?:(?:[A-Z][\w.'’]*|\d{1,3}(?:st|nd|rd|th))\s){0,3}"
    r"(?:Road|Rd|Street|St|Avenue|Ave|Way|Lane|Drive|Blvd|Boulevard|Place|Square|Terrace|Close|Crescent)\b"
)
PHONE = re.compile(
    r"(?<![\w$€£.,])(?:\+\d{1,3}[\s.-]?(?:\(?\d{1,4}\)?[\s.-]?){2,5}\d{2,4}"
    r"|\(\d{3,5}\)\s?\d{3,4}[\s-]\d{3,4}|0\d{2,4}[\s-]\d{3,4}(?:[\s-]\d{3,4})?"
    r"|(?i:tel|phone|fax|call|hotline|mobile|text|dial)\.?:?\s+(?:at\s|on\s)?[\d\s()+-]{5,20}\d)(?![\w%])"
)
POSTCODE = re.compile(
    r"\b(?:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}"
    r"|(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]"
    r"|T[NX]|UT|V[AT]|W[AIVY])\.?\s\d{5}(?:-\d{4})?)\b"
)
ZIP = re.compile(r"(?i)\d{5}\s(?:zip|post\s?code)|(?:zip|post)\s?code\s\d{4,6}")
CLOCK = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
    r"(?:\s?[-–]\s?|\s+to\s+)?(?:\d{1,2}(?:[:.]\d\d)?)?\s?"
    r"(?:[ap]\.\s?m\b\.?|[ap]m\b|o['’]clock|GMT|BST|CET|noon\b)"
    r"|\b(?:\d{1,2}:\d\d(?::\d\d)?)\b|\b\d{1,2}[:.]\d\d\s?hrs\b|\b0\d{3}\s?hrs\b"
    r"|\b(?:at|around|until|by|from|about)\s\d{4}\s?(?:hours|hrs|GMT)\b",
    re.I,
)
FOOTNOTE = re.compile(r"\[\d{1,3}\]|(?<=[a-z][.,”\"’])\d{1,3}(?=\s|$)|(?<=\w)[¹²³⁰-⁹]+")
PAREN = re.compile(r"\((?:\d{1,3}|(?:19|20)\d\d/\d+)\)")
LIST_MARK = re.compile(r"(?:^|\n)[ \t]*(?:\(?\d{1,3}[.)](?=\s+\S)|\d{1,2}\.\d{1,2}\.?(?=\s+[A-Z]))")
SCORE_LEFT = re.compile(rf"(?i)\b(?:{_I['score_left']})\b[^.;\n]{{0,28}}$")
SCORE_RIGHT = re.compile(rf"(?i)^\s*(?:{_I['score_right']})\b")


@cache
def _patterns() -> list[re.Pattern[str]]:
    names = alternation(read_list("number_names.txt")[""])
    named = re.compile(rf"(?<![\w-])(?:{names})(?![\w])")
    return [CLOCK, named, PHONE, POSTCODE, ZIP, FOOTNOTE, PAREN, LIST_MARK]


def labelled(text: str, start: int) -> bool:
    """Does a label word stand before the number at `start` ("Article ", "Route ", "No. ")?"""
    near = text[max(0, start - 40) : start]
    if near.isascii() and not LETTER.search(near) and "#" not in near:
        return False
    return _labels().search(text, max(0, start - 40), start) is not None


def _blob(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of characters without blanks or quotation marks around the number, bounded."""
    left = BLOB_EDGE.split(text[max(0, start - 60) : start])[-1]
    edge = BLOB_EDGE.search(text, end, min(len(text), end + 60))
    return start - len(left), edge.start() if edge else min(len(text), end + 60)


class Names:
    """Where names, codes, clock times and phone numbers lie around the numbers of a text."""

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        self.text = text
        found: list[tuple[int, int]] = []
        for left, right in _windows(text, spans):
            plain = not NAMING.search(text, left, right)
            for pattern in (FOOTNOTE, LIST_MARK) if plain else _patterns():
                found += [m.span() for m in pattern.finditer(text, left, right)]
        found.sort()
        self._starts = [start for start, _ in found]
        self._ends = list(accumulate((end for _, end in found), max))

    def holds(self, start: int, end: int) -> bool:
        """Is the number part of a name, a label, a code, a phone number or a list mark?

        Looks at most 60 characters to either side. Does not judge scores (`is_score`) or years.
        """
        text = self.text
        plain = text[start].isalpha() or text[start] != "0" and text[end - 1].isdigit()
        if not plain or text[start - 1 : start] != " " or text[end : end + 1] != " ":
            low, high = _blob(text, start, end)
            blob = text[low:high]
            if URL.search(blob) or text[low - 2 : low] == '="':
                return True  # an address, an attribute of a tag
            if not NOT_A_NAME.match(blob.lstrip("([")) and CODE.match(blob) and "$" not in blob:
                return True
        if ADDRESS.match(text, end):
            return True
        i = bisect_left(self._starts, end) - 1
        return i >= 0 and self._ends[i] > start


def _windows(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places within 32 characters of a span; those that touch are one."""
    left = right = 0
    for start, end in sorted(spans):
        if start - 32 > right:
            if right:
                yield left, right
            left = start - 32
        right = max(right, end + 32)
    if right:
        yield left, min(right, len(text))


def is_score(text: str, start: int, end: int, *, low: float, high: float) -> bool:
    """Is the pair "6-4" at [start, end) the result of a game or a vote and no range?"""
    if low >= high:
        return True
    if high > 400:
        return False
    return bool(
        SCORE_LEFT.search(text[max(0, start - 45) : start])
        or SCORE_RIGHT.match(text[end : end + 20])
    )
