"""Speech: the quotations that no report took: resumed, running on, announced, signed, or alone."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from ..tokens import Annotated
from .attribution import Span
from .clauses import DASHES, Item, Unit, reach
from .drafts import Draft
from .nouns import is_name, right_end
from .turns import announces

NAMED = 0.8  # confidence in a quotation with a name beside it, but no cue
SHORTEST_SPEECH = 4  # words in a quotation without a cue that is taken for speech


def with_speech(note: Annotated, units: list[Unit], drafts: list[Draft]) -> list[Draft]:
    """Adds the quotations that no report took: resumed, running on, announced, or alone."""
    owner: dict[int, Draft] = {}
    closing: dict[int, Draft] = {}  # contents that end with a quotation, by its end
    covered: list[Span] = []
    for draft in drafts:
        for a, b in draft.content:
            if draft.direct:
                owner[a] = draft
            else:
                covered.append((a, b))
                closing.setdefault(b, draft)
    covered.sort()
    reach = [0, *accumulate((end for _, end in covered), max)]
    previous: Draft | None = None
    last_unit: Unit | None = None
    for unit in units:
        if unit.inside is not None:
            continue
        speech = [i for i in unit.items if i.quote is not None]
        alone = all(i.quote is not None or i.pos == "PUNCT" for i in unit.items)
        for item in speech:
            quote = item.quote
            if quote.inner[0] in owner:
                previous = owner[quote.inner[0]]
                continue
            if quote.end <= reach[bisect_right(covered, (quote.start, len(note.text)))]:
                previous = closing.get(quote.end, previous)
                continue
            resumed = previous is not None and (
                quote.continues or alone and _resumes(last_unit, unit, previous)
            )
            if resumed:
                previous.content.append(quote.inner)
                owner[quote.inner[0]] = previous
                continue
            draft = _announced(last_unit, unit, quote.inner) if unit.items[0] is item else None
            draft = draft or _dashed(unit, item)
            if draft is None and _is_speech(note.text, item, alone=alone):
                draft = Draft([quote.inner], direct=True, unit=unit)
            if draft is not None:
                drafts.append(draft)
                owner[quote.inner[0]] = previous = draft
        if not speech:
            if previous is not None and (signed := _signature(unit, previous)):
                previous.source, previous.sure = [signed], NAMED
            previous = None
            if last_unit is not None and unit.paragraph != last_unit.paragraph:
                draft = _announced(last_unit, unit, note.paragraphs[unit.paragraph])
                drafts += [draft] if draft is not None and draft.cue else []
        last_unit = unit
    return drafts


def _resumes(before: Unit | None, unit: Unit, previous: Draft) -> bool:
    """`"A," she said. "B."`: the quotation follows its own attribution in the same paragraph."""
    if before is None or not previous.cue:
        return False
    if before.paragraph == unit.paragraph and previous.unit is before:
        return True
    last = next((i for i in reversed(before.items) if i.pos != "PUNCT"), None)
    return before.paragraph == unit.paragraph and last is not None and last.quote is not None


def _announced(before: Unit | None, unit: Unit, content: Span) -> Draft | None:
    """What follows a paragraph that ends with a colon: "Henrietta Blackstaffe commented:"."""
    announced = announces(before) if before is not None else None
    if announced is None:
        return None
    cue, source = announced
    return Draft([content], [cue] if cue else [], [source], direct=True, unit=unit, sure=NAMED)


def _dashed(unit: Unit, item: Item) -> Draft | None:
    """`"…" — Commissioner X`: a dash and a name, then nothing more."""
    items = unit.items
    k = items.index(item)
    if (
        k > 1
        and items[k - 1].low == ":"
        and any(map(is_name, items[: k - 1]))
        and (right_end(items, 0) == k - 1)
    ):  # Ms. Anneke Bos, CFO: “Our balance sheet …”
        source = reach(items, (0, k - 1))
        return Draft([item.quote.inner], [], [source], direct=True, unit=unit, sure=NAMED)
    k += 1
    if k < len(items) and items[k].low == ",":
        k += 1
    if k + 1 < len(items) and items[k].low in DASHES:
        end = right_end(items, k + 1)
        rest = items[end:]
        if (
            end > k + 1
            and any(map(is_name, items[k + 1 : end]))
            and all(i.pos == "PUNCT" for i in rest)
        ):
            source = reach(items, (k + 1, end))
            return Draft([item.quote.inner], [], [source], direct=True, unit=unit, sure=NAMED)
    return None


def _signature(unit: Unit, quotation: Draft) -> Span | None:
    """The name in a paragraph of its own below a quotation: "— Commissioner Ann Lee, Roads"."""
    items = unit.items
    if quotation.source or quotation.cue or items[0].low not in DASHES or len(items) < 2:
        return None
    end = right_end(items, 1)
    closed = all(i.pos == "PUNCT" for i in items[end:])
    if end > 1 and closed and any(map(is_name, items[1:end])):
        return reach(items, (1, end))
    return None


def _is_speech(text: str, item: Item, *, alone: bool) -> bool:
    """A quotation that is a sentence of its own is speech; a title or a scare quote is not."""
    spoken = text[slice(*item.quote.inner)]
    ends = spoken.endswith((".", "!", "?", "…")) or not item.quote.closed
    return alone and ends and len(spoken.split()) >= SHORTEST_SPEECH
