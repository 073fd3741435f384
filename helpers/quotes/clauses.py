"""Clauses: the words of a text sentence by sentence, each quotation in them as one item."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..tokens import Annotated
from .attribution import Span
from .lexicon import verb_forms
from .marks import Quotation

Range = tuple[int, int]  # item numbers, the end exclusive
LONGEST = 240  # items; a longer "sentence" is a list or a hostile text, and is cut
DASHES = frozenset({"-", "–", "—", "―", "--", "---"})


@dataclass(slots=True)
class Item:
    """A word, or a whole quotation that stands in the place of a word."""

    start: int
    end: int
    low: str  # lower case, straight apostrophe; "" for a quotation
    pos: str  # universal tag, or "QUOTE"
    capital: bool
    first: bool  # a sentence begins here
    quote: Quotation | None = None


@dataclass(slots=True)
class Unit:
    """One sentence outside quotation marks, or inside one pair of them."""

    items: list[Item]
    inside: Quotation | None
    paragraph: int
    number: int = 0  # of the sentence in its paragraph or quotation
    whole: list[Item] = field(default_factory=list)  # all items of that paragraph or quotation


def reach(items: list[Item], part: Range) -> Span:
    """Where some items begin and end in the text."""
    return items[part[0]].start, items[part[1] - 1].end


def units_of(note: Annotated, quotes: list[Quotation]) -> list[Unit]:
    """The sentences of a text in order of their beginning, quotations folded into single items."""
    found: list[Unit] = []
    for inside, paragraph, items in _containers(note, quotes):
        sentence: list[Item] = []
        number = 0
        for k, item in enumerate(items):
            if sentence and (item.first and _breaks(items, k) or len(sentence) >= LONGEST):
                found.append(Unit(sentence, inside, paragraph, number, items))
                sentence, number = [], number + 1
            sentence.append(item)
        if sentence:
            found.append(Unit(sentence, inside, paragraph, number, items))
    found.sort(key=lambda u: (u.items[0].start, -u.items[-1].end))
    return found


def _containers(
    note: Annotated, quotes: list[Quotation]
) -> list[tuple[Quotation | None, int, list[Item]]]:
    """The items of each paragraph and of each quotation."""
    firsts = {a: note.sentence_paragraph[k] for k, (a, _) in enumerate(note.sentences)}
    found: list[tuple[Quotation | None, int, list[Item]]] = []
    stack: list[tuple[Quotation, list[Item]]] = []
    outer: list[Item] = []
    paragraph, next_quote, sentence_begins = -1, 0, False
    for k, (word, start, end, pos) in enumerate(
        zip(note.words, note.starts, note.ends, note.pos, strict=True)
    ):
        if k in firsts:
            sentence_begins = True
            if firsts[k] != paragraph:
                paragraph, outer, stack = firsts[k], [], []
                found.append((None, paragraph, outer))
        while stack and stack[-1][0].end <= start:
            stack.pop()
        while next_quote < len(quotes) and quotes[next_quote].start <= start:
            quote = quotes[next_quote]
            next_quote += 1
            if quote.end <= start:
                continue
            items = stack[-1][1] if stack else outer
            items.append(Item(quote.start, quote.end, "", "QUOTE", True, sentence_begins, quote))
            inner: list[Item] = []
            stack.append((quote, inner))
            found.append((quote, paragraph, inner))
            sentence_begins = False
        if stack and not stack[-1][0].inner[0] <= start < stack[-1][0].inner[1]:
            continue  # the marks themselves
        items = stack[-1][1] if stack else outer
        low = word.lower().replace("’", "'")
        items.append(Item(start, end, low, pos, word[0].isupper(), sentence_begins))
        sentence_begins = False
    return found


def _breaks(items: list[Item], k: int) -> bool:
    """Does a sentence end before this item?  `"It is," — Said Alimov.` is one sentence."""
    item = items[k]
    if items[k - 1].quote is None or item.quote is not None:
        return True
    if item.low in DASHES or item.low in verb_forms() and item.pos in ("VERB", "AUX", "PROPN"):
        return False
    return item.capital and not _only_attributes(items, k)


def _only_attributes(items: list[Item], k: int) -> bool:
    """Is what follows no more than `Trump said.`, so that it belongs to the quotation before?"""
    for j in range(k + 1, min(len(items), k + 8)):
        if items[j].low in (".", "!", "?"):
            before = items[j - 1]
            forms = verb_forms().get(before.low, ())
            return any(
                "q" in w.frames and "p" in w.frames and not w.particle for w, _ in forms
            ) and (before.pos == "VERB")
        if items[j].quote is not None or items[j].low in (",", ";", ":") or items[j].first:
            return False
    return False
