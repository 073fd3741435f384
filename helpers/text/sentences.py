"""Paragraphs and sentences of a text, by rules on lines and words."""

from __future__ import annotations

from bisect import bisect_right
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from .data import read_pattern, words_in
from .tagger import tags_of
from .words import Span, abbreviations

if TYPE_CHECKING:
    from .doc import Doc

LINE, PARAGRAPH_MARK, BULLET, DATELINE, BANNER = map(
    partial(read_pattern, "text_patterns.toml"),
    ("line", "paragraph_mark", "bullet", "dateline", "banner"),
)
STOPS = frozenset(".!?…‽")
CLOSERS = frozenset("\"”'’)]»›}") | {"''", "’’"}
OPENERS = frozenset("\"“'‘([«‹{„") | {"``", "‘‘"}
QUOTES = frozenset("\"”'’»") | {"''", "’’"}
DASHES = frozenset("-–—―") | {"--", "---"}
MARKS = frozenset("†‡*¹²³⁴⁵⁶⁷⁸⁹⁰")
ENDS = STOPS | CLOSERS | {":", ";"}
QUOTING, LEAST_QUOTED = '"“', 8  # the same of a line that a quotation mark opens
LEAST_BROKEN = 30  # characters of a line that a file may have broken
DATED = frozenset("in since until till by from through of last next and".split())
POINTING = frozenset("the a an this that its his her their our my your".split())
BACK = 60  # words before "5 p.m." among which a verb is looked for


def dateline_end(text: str, start: int) -> int:
    """Where the dateline or banner that opens a paragraph ends; `start` where there is none.

    >>> dateline_end("PORT SALINE (AP) — It rained.", 0)
    19
    """
    match = BANNER.match(text, start)
    start = match.end() if match else start
    match = DATELINE.match(text, start)
    return match.end() if match else start


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, trimmed of white space; none of them is empty.

    A blank line ends a paragraph.  A single line end does too, unless the text is hard-wrapped:
    then lines that could not have held the next line's first word go on (most line ends of such
    a text are of this kind), and so does a line broken before a lower-case word.  Some files have
    a blank line between any two lines: there a full line goes on over it in the midst of a
    sentence; in others lines of any length end in the midst of one.

    Does not catch: hard-wrapped text of very uneven line lengths; tables.

    >>> paragraphs("One.\\nTwo.\\n\\nThree.")
    [(0, 4), (5, 9), (11, 17)]
    """
    lines = [match.span() for match in LINE.finditer(text)]
    pairs = list(pairwise(lines))
    apart = [bool(PARAGRAPH_MARK.search(text, line[1], after[0])) for line, after in pairs]
    close = [pair for pair, far in zip(pairs, apart, strict=True) if not far]
    width, soft = _wrap_width(text, close), _are_soft(text, close)
    wide = _spread_width(text, [pair for pair, far in zip(pairs, apart, strict=True) if far])
    found = lines[:1]
    for (line, after), far in zip(pairs, apart, strict=True):
        on = soft and not far and _ends_open(text, line) and not BULLET.match(text, *after)
        on = on or _goes_on(text, line, after, width=wide if far else width, far=far)
        if on and not BANNER.fullmatch(text, *line):
            found[-1] = (found[-1][0], after[1])
        else:
            found.append(after)
    return found


def _first_word(text: str, line: Span) -> int:
    """The length of a line's first word."""
    blank = text.find(" ", *line)
    return (line[1] if blank < 0 else blank) - line[0]


def _wrap_width(text: str, pairs: list[tuple[Span, Span]]) -> int:
    """The width at which a text was hard-wrapped, 0 when it was not."""
    if len(pairs) < 3:
        return 0
    sizes = [(end - start, _first_word(text, after)) for (start, end), after in pairs]
    width = sorted(length for length, _ in sizes)[int(0.95 * (len(sizes) - 1))]
    full = sum(width - 1 - first <= length <= width + 2 for length, first in sizes)
    return width if 30 <= width <= 140 and full >= 0.6 * len(sizes) else 0


def _spread_width(text: str, pairs: list[tuple[Span, Span]]) -> int:
    """The width of lines that a text parts by blank lines in the midst of sentences, or 0."""
    broken = sorted(
        end - start for (start, end), after in pairs if _is_open(text, (start, end), after)
    )
    if len(broken) < 2:
        return 0
    width = broken[int(0.9 * (len(broken) - 1))]
    return width if 2 * sum(length >= 0.75 * width for length in broken) >= len(broken) else 0


def _are_soft(text: str, pairs: list[tuple[Span, Span]]) -> bool:
    """Do most lines end in the midst of a sentence, many of them before a lower-case word?"""
    ends = sum(_ends_open(text, line) for line, _ in pairs)
    small = sum(_is_open(text, *pair) for pair in pairs)
    return len(pairs) >= 6 and ends >= 0.7 * len(pairs) and small >= 0.25 * len(pairs)


def _ends_open(text: str, line: Span) -> bool:
    """Does a line end in the midst of a sentence?"""
    return text[line[1] - 1].isalnum() or text[line[1] - 1] in ",-–—"


def _is_open(text: str, line: Span, after: Span) -> bool:
    """Does a line, long or opened by a mark, end in mid-sentence before a lower-case word?"""
    least = LEAST_QUOTED if text[line[0]] in QUOTING else LEAST_BROKEN
    long = line[1] - line[0] >= least
    return long and _ends_open(text, line) and text[after[0]].islower()


def _goes_on(text: str, line: Span, after: Span, *, width: int, far: bool) -> bool:
    """Whether a paragraph runs over the end of a line or, `far`, over a blank line in a text that
    parts its lines by them."""
    if BULLET.match(text, *after) or (far and (not width or text[after[0]] in OPENERS)):
        return False
    length = line[1] - line[0]
    full = width and length + 1 + _first_word(text, after) > width  # no room for the next word
    if far:
        full = length >= 0.75 * width and text[line[1] - 1] not in ENDS
    return bool(full) or _is_open(text, line, after)


SAYING = words_in("saying.txt")
SENTENCE_OPENERS = words_in("sentence_openers.txt", "")
TIMES = words_in("sentence_openers.txt", "times")  # Friday, ET: behind "5 p.m."


def sentence_ranges(doc: Doc) -> tuple[list[Span], list[int]]:
    """Sentences as ranges of word numbers, and the paragraph number of each."""
    candidates = [i for i, word in enumerate(doc.words) if word[-1] in STOPS]
    sentences: list[Span] = []
    numbers: list[int] = []
    begun = at = 0
    for number, (_, end) in enumerate(doc.paragraphs):
        stop = bisect_right(doc.starts, end - 1)  # the word number after the paragraph
        while at < len(candidates) and candidates[at] < stop:
            i = candidates[at]
            at += 1
            if i >= begun and (after := _ends(doc, i=i, begun=begun, stop=stop)):
                sentences.append((begun, after))
                begun = after
        if begun < stop:
            sentences.append((begun, stop))
            begun = stop
        numbers += [number] * (len(sentences) - len(numbers))
    return sentences, numbers


def _ends(doc: Doc, *, i: int, begun: int, stop: int) -> int:
    """The number of the word after the sentence that ends with word i's stop, 0 if none ends."""
    words = doc.words
    word = words[i]
    section = abbreviations().get(word) if len(word) > 1 else None
    if section in ("title", "number", "inner"):
        return 0
    after, quoted = _closing(doc, i=i, stop=stop)
    if after >= stop:
        return after
    if doc.starts[after] == doc.ends[after - 1]:  # no white space: .com, ?-
        capital = words[after][0].isupper() and words[after][1:].islower()
        return after if word == "." and capital and after == i + 1 and _whole(words[i - 1]) else 0
    k = after
    while k < stop and words[k] in OPENERS:
        k += 1
    if k >= stop:
        return after
    nxt = words[k]
    opens = k > after
    if words[after] in DASHES and (quoted or word != "."):
        return 0  # "…!" — said the minister
    if nxt[0].islower() or nxt[0] in ",;:":  # only a whole word. and more
        plain = word == "." and not quoted and not opens and i > begun
        return after if plain and _whole(words[i - 1]) and nxt[0].isalpha() else 0
    if word == "!" and abbreviations().get(nxt) == "name":
        return 0  # Yahoo! Inc.
    if i - begun < 2 and _is_number(words[begun]) and word == ".":
        return 0  # 1. First of a list
    if quoted and word != "." and not opens and _attributed(words, k, stop):
        return 0  # "Will it?" Mr. X asked.
    if section or (len(word) > 1 and word[0].isalpha()):  # U.S., Nov., a.m., Inc.
        ended = opens or quoted or nxt in SENTENCE_OPENERS or _told(words, i=i, begun=begun, k=k)
        return after if ended else 0
    return after


def _told(words: list[str], *, i: int, begun: int, k: int) -> bool:
    """Whether "They left at 6 p.m." or "It shut on 3 Sept." has ended where a capital follows.

    Not "At 6 p.m. Mr. Roe" (neither subject nor verb so far), "it left at 6 p.m. Friday" or "took
    the 6 p.m. Delta flight".
    """
    section, before = abbreviations().get(words[i]), words[max(begun, i - 2) : i]
    if section not in ("final", "month") or not before or not words[k][0].isupper():
        return False
    if section == "month" and not (before[-1].isdigit() or before[-1] in DATED):
        return False
    if words[k] in TIMES or words[k + 1 : k + 2] in (["time"], ["local"], ["standard"]):
        return False
    said = words[max(begun, i - BACK) : i]
    tags = tags_of(said, [(0, len(said))])
    return before[0].lower() not in POINTING and (tags[0] in ("NOUN", "DET") or "VERB" in tags)


def _closing(doc: Doc, *, i: int, stop: int) -> tuple[int, bool]:
    """The word after the closing marks that follow word i, and whether a quotation ends there."""
    words, starts, ends = doc.words, doc.starts, doc.ends
    k, quoted = i + 1, False
    while k < stop:
        word, touches = words[k], starts[k] == ends[k - 1]
        free = k + 1 >= stop or starts[k + 1] > ends[k]
        spaced = word in ("''", "’’", "”", ")") and free
        closes = word in CLOSERS and (free or word not in OPENERS)
        if closes if touches else spaced:
            quoted = quoted or word in QUOTES
        elif word == "[" and k + 2 < stop and words[k + 2] == "]" and words[k + 1].isdigit():
            k += 2  # a footnote mark: [3]
        elif word in ("...", "…") and words[i] == ".":
            pass  # words left out: It did. ...
        elif not (touches and (word in MARKS or _is_number(word))):
            break
        k += 1
    return k, quoted


def _whole(word: str) -> bool:
    """Whether a word is surely no abbreviation."""
    return len(word) > 2 and word.islower()


def _is_number(word: str) -> bool:
    return word.isdigit() and len(word) <= 3 or len(word) == 1 and word.isalpha()


def _attributed(words: list[str], k: int, stop: int) -> bool:
    """Whether a name and a verb of saying follow: a question and its speaker are one sentence."""
    for word in words[k : min(k + 6, stop)]:
        if word in SAYING:
            return True
        if not (word[0].isupper() or word in ("the", "of", "de", "al", "-", "’s", "'s")):
            return False
    return False
