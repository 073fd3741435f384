"""Drafts: attributions while their pieces are being collected."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field

from .adverbials import OPENERS
from .attribution import Attribution, Span
from .clauses import Unit, reach
from .cues import NEGATION
from .marks import Quotation
from .nouns import NOMINAL, is_verb
from .reported import ACCORDING, Report, reports_of

ALONE = 0.55  # confidence in a quotation whose marks alone say so
PAST_HELPERS = frozenset({"did", "'d", "had", "used", "was", "were"})
PLAIN_VERBS = frozenset({"say", "tell", "add", "write", "according"})


@dataclass(slots=True)
class Draft:
    """An attribution while its pieces are being collected."""

    content: list[Span]
    cue: list[Span] = field(default_factory=list)
    source: list[Span] = field(default_factory=list)
    direct: bool = False
    unit: Unit | None = None
    sure: float = ALONE


def drafts_of(unit: Unit, *, quoted: bool, taken: set[int]) -> list[Draft]:
    reports = reports_of(unit)
    inside = unit.inside
    if (
        inside is not None
        and not inside.closed
        and not unit.number
        and (reports and reports[0].left and reports[0].content[0][0] == 0)
    ):
        taken.add(inside.start)  # “We came, Ann Lee said: the closing mark is missing
        first = _draft(unit, reports[0])
        first.direct, first.unit = True, None
        return [first]
    return [_draft(unit, r) for r in reports if not quoted or _told(unit, r)]


def _told(unit: Unit, report: Report) -> bool:
    """Inside a quotation only what was said elsewhere counts: not "I would say", "you say".

    What stands in no marks of its own must be a clause: "they say it rained", not "they say hateful
    things".
    """
    items = unit.items
    if report.word is None or "q" not in report.word.frames or report.source is None:
        return report.word is ACCORDING
    source = items[report.source[0]].low
    cue = {i.low for i in items[slice(*report.cue)]}
    present = report.word.lemma in cue and not cue & (NEGATION | PAST_HELPERS)
    if source == "you" or source in ("i", "we") and present:
        return False
    a, b = report.content[0]
    first = items[a]
    if any(i.quote is not None for i in items[a:b]) or first.low in ("no", "yes"):
        return True
    if first.low in OPENERS:
        return b - a > 2
    subject = next((k for k in range(a, b) if items[k].pos in NOMINAL), b)
    return any(is_verb(i) and not i.low.endswith("ing") for i in items[subject + 1 : b])


def _draft(unit: Unit, report: Report) -> Draft:
    items = unit.items
    content = []
    direct = True
    for a, b in report.content:
        if b - a == 1 and items[a].quote is not None:
            content.append(items[a].quote.inner)
        else:
            direct = False
            break
    if not direct:
        content = [reach(items, part) for part in report.content]
    source = [reach(items, report.source)] if report.source else []
    cue = [reach(items, report.cue)]
    return Draft(content, cue, source, direct, unit, _sureness(unit, report, direct))


def _sureness(unit: Unit, report: Report, direct: bool) -> float:
    """The share of such reports that are right in PolNeAR's training articles, by their form."""
    items = unit.items
    first = items[report.content[0][0]].low
    plain = report.word is ACCORDING or report.word is not None and report.word.lemma in PLAIN_VERBS
    if unit.inside is not None:
        return 0.5
    if direct:
        return 0.94 if report.left else 0.8 if plain else 0.55
    mixed = any(i.quote is not None for a, b in report.content for i in items[a:b])
    if first in ("that", "whether", "if") and not report.left:
        return 0.85 if mixed or plain else 0.68
    if first == "to" and not report.left:
        return 0.42
    return (0.78 if mixed else 0.72) if plain else (0.5 if mixed else 0.45)


def finished(drafts: list[Draft], quotes: list[Quotation]) -> list[Attribution]:
    """The drafts as attributions; mixed are those with a quotation in them."""
    starts = [q.start for q in quotes]

    def mixed(start: int, end: int) -> bool:
        k = bisect_left(starts, start)
        return k < len(quotes) and quotes[k].end <= end

    found = []
    for d in drafts:
        kind = "mixed" if any(mixed(*span) for span in d.content) else "indirect"
        kind = "direct" if d.direct else kind
        found.append(Attribution(tuple(d.content), tuple(d.cue), tuple(d.source), kind, d.sure))
    return found
