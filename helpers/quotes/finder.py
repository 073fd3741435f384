"""Attributions of one text, by rules: quotation marks first, then cues, sources and contents."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from ..tokens import Annotated, annotate
from .attribution import Attribution, Span
from .clauses import DASHES, Item, Unit, units_of, without_dateline
from .marks import Quotation, quotations
from .nouns import is_name, right_end
from .reported import ACCORDING, Report, reports_of
from .turns import announces, interrupted, turns_of

SENTENCE_ENDS = (".", "!", "?", "…", ",")
SHORTEST_SPEECH = 4  # words in a quotation without a cue that is taken for speech


@dataclass(slots=True)
class _Draft:
    """An attribution while its pieces are being collected."""

    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    direct: bool = False
    left: bool = False
    unit: Unit | None = None


def attributions(text: str) -> list[Attribution]:
    """Every reported statement of a text with its cue and source, in order.

    >>> [(a.kind, text[slice(*a.source[0])]) for text in ['"It works," said Ms. Ode.']
    ...  for a in attributions(text)]
    [('direct', 'Ms. Ode')]
    """
    note = annotate(text)
    quotes = quotations(text, paragraphs=note.paragraphs)
    turns = turns_of(note)
    units = units_of(note, quotes)
    drafts, taken = _broken_quotations(units)
    for turn in turns.values():
        drafts.append(_Draft([turn.content], [], [turn.label], direct=True))
    for unit in units:
        if unit.paragraph in turns and unit.inside is None:
            begin = turns[unit.paragraph].content[0]
            unit.items = [i for i in unit.items if i.start >= begin]
        elif unit.inside is None and unit.number < 2:
            unit.items = without_dateline(unit)
        if unit.items and not (unit.inside is not None and unit.inside.start in taken):
            drafts += _drafts(unit, quoted=unit.inside is not None or unit.paragraph in turns,
                              taken=taken)
    spoken = [u for u in units if u.paragraph not in turns and u.items]
    drafts = _with_speech(note, spoken, drafts, taken)
    found = _finished(text, drafts, quotes)
    return sorted(found, key=lambda a: (a.start, -a.end, a.cue))


def _broken_quotations(units: list[Unit]) -> tuple[list[_Draft], set[int]]:
    """Quotations with their attribution inside the marks, and where those quotations begin."""
    drafts, taken = [], set()
    for unit in units:
        if unit.inside is None or unit.number or unit.inside.start in taken:
            continue
        pieces = interrupted(unit.inside, unit.whole)
        if pieces is not None:
            content, cue, source = pieces
            drafts.append(_Draft(content, [cue], [source], direct=True))
            taken.add(unit.inside.start)
    return drafts, taken


def _drafts(unit: Unit, *, quoted: bool, taken: set[int]) -> list[_Draft]:
    reports = reports_of(unit)
    inside = unit.inside
    if inside is not None and not inside.closed and not unit.number and (
            reports and reports[0].left and reports[0].content[0][0] == 0):
        taken.add(inside.start)  # “We came, Ann Lee said: the closing mark is missing
        first = _draft(unit, reports[0])
        first.direct, first.unit = True, None
        return [first]
    return [_draft(unit, r) for r in reports if not quoted or _told(unit, r)]


def _told(unit: Unit, report: Report) -> bool:
    """Inside a quotation only what somebody is told to have said counts, not "I think", "you say"."""
    items = unit.items
    if report.word is None or "q" not in report.word.frames or report.source is None:
        return report.word is ACCORDING
    source = items[report.source[0]].low
    cue = [i.low for i in items[slice(*report.cue)]]
    if source == "you" or source in ("i", "we") and len(cue) == 1 and cue[0] == report.word.lemma:
        return False
    a, b = report.content[0]
    return b - a > 1 and any(i.pos in ("VERB", "AUX") or i.quote for i in items[a:b]) or (
        items[a].quote is not None or items[a].low in ("no", "yes"))


def _draft(unit: Unit, report: Report) -> _Draft:
    items = unit.items
    content = []
    direct = True
    for a, b in report.content:
        if b - a == 1 and items[a].quote is not None:
            content.append(items[a].quote.inner)
        elif all(i.quote is not None for i in items[a:b]):
            content += [i.quote.inner for i in items[a:b]]
        else:
            direct = False
            content.append((items[a].start, items[b - 1].end))
    if not direct:
        content = [(items[a].start, items[b - 1].end) for a, b in report.content]
    source = [(items[report.source[0]].start, items[report.source[1] - 1].end)] if (
        report.source) else []
    cue = [(items[report.cue[0]].start, items[report.cue[1] - 1].end)]
    return _Draft(content, cue, source, direct, report.left, unit)


# ---------------------------------------------------------------- quotations without a cue beside
def _with_speech(
    note: Annotated, units: list[Unit], drafts: list[_Draft], taken: set[int]
) -> list[_Draft]:
    """Adds the quotations that no report took: resumed, running on, announced, or alone."""
    owner: dict[int, _Draft] = {}
    closing: dict[int, _Draft] = {}  # contents that end with a quotation, by its end
    covered: list[Span] = []
    for draft in drafts:
        for a, b in draft.content:
            if draft.direct:
                owner[a] = draft
            else:
                covered.append((a, b))
                closing.setdefault(b, draft)
    covered = _outermost(covered)
    previous: _Draft | None = None
    last_unit: Unit | None = None
    for unit in units:
        if unit.inside is not None:
            continue
        speech = [i for i in unit.items if i.quote is not None]
        alone = all(i.quote is not None or i.pos == "PUNCT" for i in unit.items)
        for item in speech:
            quote = item.quote
            if quote.start in taken and quote.inner[0] not in owner:
                continue
            if quote.inner[0] in owner:
                previous = owner[quote.inner[0]]
                continue
            k = bisect_right(covered, (quote.start, len(note.text))) - 1
            if k >= 0 and quote.end <= covered[k][1]:
                previous = closing.get(quote.end, previous)
                continue
            resumed = previous is not None and (
                quote.continues or alone and _resumes(last_unit, unit, previous))
            if resumed:
                previous.content.append(quote.inner)
                owner[quote.inner[0]] = previous
                continue
            draft = _announced(last_unit, unit, quote.inner) if unit.items[0] is item else None
            draft = draft or _dashed(unit, item)
            if draft is None and _is_speech(note.text, unit, item, alone=alone):
                draft = _Draft([quote.inner], direct=True, unit=unit)
            if draft is not None:
                drafts.append(draft)
                owner[quote.inner[0]] = previous = draft
        if not speech and last_unit is not None and unit.paragraph != last_unit.paragraph and (
                draft := _announced(last_unit, unit, note.paragraphs[unit.paragraph])) and draft.cue:
            drafts.append(draft)
        if not speech:
            previous = None
        last_unit = unit
    return drafts


def _outermost(spans: list[Span]) -> list[Span]:
    """The spans that lie in no other, in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        if not kept or span[1] > kept[-1][1]:
            kept.append(span)
    return kept


def _resumes(before: Unit | None, unit: Unit, previous: _Draft) -> bool:
    """`"A," she said. "B."`: the quotation follows its own attribution in the same paragraph."""
    return (before is not None and before.paragraph == unit.paragraph and previous.unit is before
            and bool(previous.cue))


def _announced(before: Unit | None, unit: Unit, content: Span) -> _Draft | None:
    """What follows a paragraph that ends with a colon: "Henrietta Blackstaffe commented:"."""
    announced = announces(before) if before is not None else None
    if announced is None:
        return None
    cue, source = announced
    return _Draft([content], [cue] if cue else [], [source], direct=True, unit=unit)


def _dashed(unit: Unit, item: Item) -> _Draft | None:
    """`"…" — Commissioner X`: a dash and a name, then nothing more."""
    items = unit.items
    k = items.index(item) + 1
    if k < len(items) and items[k].low == ",":
        k += 1
    if k + 1 < len(items) and items[k].low in DASHES:
        end = right_end(items, k + 1)
        rest = items[end:]
        if end > k + 1 and any(map(is_name, items[k + 1 : end])) and all(
                i.pos == "PUNCT" for i in rest):
            return _Draft([item.quote.inner], [], [(items[k + 1].start, items[end - 1].end)],
                          direct=True, unit=unit)
    return None


def _is_speech(text: str, unit: Unit, item: Item, *, alone: bool) -> bool:
    """A quotation that is a sentence of its own is speech; a title or a scare quote is not."""
    a, b = item.quote.inner
    words = text[a:b].split()
    ends = text[a:b].endswith((".", "!", "?", "…")) or not item.quote.closed
    return alone and (ends or item.quote.continues) and len(words) >= SHORTEST_SPEECH


def _finished(
    text: str, drafts: list[_Draft], quotes: list[Quotation]
) -> list[Attribution]:
    """The drafts as attributions, their kind read off the marks of their own level."""
    own = sorted(((a, b, k) for k, d in enumerate(drafts) for a, b in d.content),
                 key=lambda x: (x[0], -x[1]))
    innermost: dict[int, int] = {}  # quotation -> the draft whose content holds it most closely
    stack: list[tuple[int, int]] = []
    number = 0
    for q in quotes:
        if _is_title(text[slice(*q.inner)]):
            continue
        while number < len(own) and own[number][0] <= q.start:
            stack.append(own[number][1:])
            number += 1
        while stack and stack[-1][0] < q.end:
            stack.pop()
        if stack:
            innermost[q.start] = stack[-1][1]
    mixed = set(innermost.values())
    return [
        Attribution(tuple(d.content), tuple(d.cue), tuple(d.source),
                    "direct" if d.direct else "mixed" if k in mixed else "indirect",
                    0.8 if d.direct else 0.6)
        for k, d in enumerate(drafts)
    ]


def _is_title(quoted: str) -> bool:
    """Is this the name of a work, “The Drowned Harpoon”, rather than somebody's words?"""
    words = quoted.split()
    small = ("of", "the", "and", "a", "an", "in", "on", "to", "for", "with")
    return 2 <= len(words) <= 8 and not quoted.endswith((".", ",", "!", "?")) and all(
        w[0].isupper() or w[0].isdigit() or w in small for w in words)
