"""Attributions of one text, by rules: quotation marks first, then cues, sources and contents."""

from __future__ import annotations

from ..names.openings import dateline_end
from ..tokens import annotate
from .attribution import Attribution
from .clauses import Unit, units_of
from .drafts import Draft, drafts_of, finished
from .marks import quotations
from .speech import with_speech
from .turns import interrupted, turns_of


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
        if turn.goes_on:
            drafts[-1].content.append(turn.content)
        else:
            drafts.append(Draft([turn.content], [], [turn.label], direct=True, sure=0.9))
    for unit in units:
        if unit.inside is None:
            turn = turns.get(unit.paragraph)
            begin = dateline_end(text, note.paragraphs[unit.paragraph][0])
            begin = turn.content[0] if turn else begin
            unit.items = [i for i in unit.items if i.start >= begin]
        if unit.items and not (unit.inside is not None and unit.inside.start in taken):
            drafts += drafts_of(
                unit, quoted=unit.inside is not None or unit.paragraph in turns, taken=taken
            )
    spoken = [u for u in units if u.paragraph not in turns and u.items]
    drafts = with_speech(note, spoken, drafts)
    found = finished(drafts, quotes)
    return sorted(found, key=lambda a: (a.start, -a.end, a.cue))


def _broken_quotations(units: list[Unit]) -> tuple[list[Draft], set[int]]:
    """Quotations with their attribution inside the marks, and where those quotations begin."""
    drafts, taken = [], set()
    for unit in units:
        if unit.inside is None or unit.number or unit.inside.start in taken:
            continue
        pieces = interrupted(unit.inside, unit.whole)
        if pieces is not None:
            content, cue, source = pieces
            drafts.append(Draft(content, [cue], [source], direct=True))
            taken.add(unit.inside.start)
    return drafts, taken
