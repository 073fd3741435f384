"""Lines that were broken at a width become whole paragraphs again, and broken words whole."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from ..text.sentences import paragraphs
from .model import PROJECT

WORDS = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
BROKEN = re.compile(r"(?:[^\W_]+-)+$")  # "ferry com-", "his mother-in-"
SUSPENDED = frozenset("and or nor to but versus".split())  # short- and long-term
# What is no word before or after a hyphen, even where a word is written alike ("tax-ing")
BEFORE = frozenset("ad be bi com con de dis en in mis pa per pre pro re sub un".split())
AFTER = frozenset("able ed er est ing ion less ly ment ness ship ships tion".split())
INFLECTED = ("s", "es", "d", "ed", "r", "er", "ers", "ing", "ly", "ness", "less")


def unwrapped(text: str) -> str:
    """A text with each paragraph on one line where its lines were broken at a width, as mail
    programs and agencies break them; any other text is unchanged.

    >>> unwrapped("The ministers of the lakes agreed on\\nroads.\\n\\nIt rained.")
    'The ministers of the lakes agreed on roads.\\n\\nIt rained.'
    """
    pieces, after = [], 0
    known: Counter[str] = Counter()
    for start, end in paragraphs(text) if "\n" in text else []:
        if "\n" in text[start:end]:
            known = known or words_of([text])
            lines = [line.strip() for line in text[start:end].split("\n")]
            pieces += [text[after:start], joined(lines, known)]
            after = end
    return "".join([*pieces, text[after:]])


def words_of(lines: Sequence[str]) -> Counter[str]:
    """How often each word and each compound with hyphens stands in lines, in small letters."""
    return Counter(word.lower() for line in lines for word in WORDS.findall(line))


def joined(lines: Sequence[str], known: Mapping[str, int]) -> str:
    """Lines as one text: a word broken at a line end is whole, a compound keeps its hyphen.

    known : how often the document has each word (`words_of`), whose way of writing a word decides;
        then a list of English words does.

    >>> joined(["A long-", "term plan for trans-", "port, of short-", "and US-", "led work."], {})
    'A long-term plan for transport, of short- and US-led work.'
    """
    pieces = [lines[0]]
    for line in lines[1:]:
        broken, rest = BROKEN.search(pieces[-1][-60:]), WORDS.match(line)
        if not (broken and rest) or rest[0] in SUSPENDED:
            pieces.append(" ")
        elif not _is_compound(broken[0][:-1], rest[0], known):
            pieces[-1] = pieces[-1][:-1]
        pieces.append(line)
    return "".join(pieces)


def _is_compound(first: str, rest: str, known: Mapping[str, int]) -> bool:
    """Whether a hyphen at a line end belongs to the word: "well-" "known", not "trans-" "port"."""
    apart, together = (known.get(f"{first}{mark}{rest}".lower(), 0) for mark in ("-", ""))
    if apart != together:
        return apart > together
    before, after = first.rpartition("-")[2], rest.partition("-")[0]
    if not (before + after).isalpha():  # 3-year-old, COVID-19
        return True
    whole, one, other = (before + after).lower(), before.lower(), after.lower()
    if after[0].isupper():  # Asia-Pacific, GOVERN-MENT
        return not (before.isupper() and after.isupper() and _is_word(whole))
    if before.isupper() and len(before) > 1:  # US-led
        return True
    if one[-1] == other[0] and other[0] in "aeiou" and not _is_word(whole):  # re-elected
        return True
    return (
        not _is_word(whole)
        and one in _english()
        and other in _english()
        and other not in AFTER
        and (one not in BEFORE or before != first)
    )  # mother-in-law


def _is_word(word: str) -> bool:
    words = _english()
    return word in words or any(
        word.endswith(ending) and word[: -len(ending)] in words for ending in INFLECTED
    )


@cache
def _english() -> frozenset[str]:
    """21,000 English words: those that the language model's tokenizer knows as a whole."""
    file = PROJECT / "helpers" / "models" / "reader.tokenizer.json"
    return frozenset(filter(str.isalpha, json.loads(file.read_text("utf-8"))["model"]["vocab"]))
