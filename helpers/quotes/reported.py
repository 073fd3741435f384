"""Reports in one sentence, by rules: each cue with its source and its content."""

from __future__ import annotations

from dataclasses import dataclass, field

from .adverbials import OPENERS
from .clauses import DASHES, Item, Range, Unit
from .contents import STOPS, clause_end, complement, left_content
from .cues import Cue, cues_of
from .lexicon import PARTICIPLE, Word
from .nouns import is_verb, right_end
from .subjects import CONJUNCTIONS, find_source, main_subject

ASKED = frozenset({"asked", "pressed", "questioned", "quizzed"})
OWNERS = frozenset({"his", "her", "their", "its", "'s", "'"})
VIEWS = frozenset("words view opinion estimation assessment".split())  # in somebody's …
ACCORDING = Word("according", frozenset("p"), "neutral", "set phrase")


@dataclass(slots=True)
class Report:
    """One cue of a sentence with what belongs to it."""

    cue: Range
    source: Range | None
    content: list[Range] = field(default_factory=list)
    left: bool = False  # the content stands before the cue
    shares: bool = False  # the source is another verb's subject
    word: Word | None = None


def reports_of(unit: Unit) -> list[Report]:
    """The reports of one sentence; those without content are left out."""
    items = unit.items
    found: list[Report] = _according(items) + _asked(items) + _viewed(items)
    taken = {k for r in found for k in range(*r.cue)}
    subject: Range | None = None
    for cue in cues_of(items):
        if cue.verb in taken:
            continue
        report = _report(items, cue, subject)
        if report is None:
            continue
        if report.source is not None and not report.shares:
            subject = report.source
        found.append(report)
    found.sort(key=lambda r: r.cue)
    found += _colon(items, found)
    _clip(items, found)
    _resume(items, found)
    return [r for r in found if r.content]


def _report(items: list[Item], cue: Cue, subject: Range | None) -> Report | None:
    source, shares, inverted = find_source(items, cue, subject)
    after = cue.end if not inverted else source[1]
    right = complement(items, cue, after, inverted=inverted)
    report = Report((cue.start, cue.end), source, shares=shares, word=cue.word)
    left = left_content(items, cue, source, inverted=inverted)
    closed = (
        after >= len(items)
        or items[after].low in STOPS | {",", ":"}
        or (items[after].low in DASHES or items[after].quote is not None)
    )
    left_quote = left is not None and items[left[1] - 1].quote is not None
    if (
        right is not None
        and items[right[0]].quote is not None
        and not left_quote
        and (right[1] - right[0] == 1)
    ):
        left = None  # "Speaking in Bangkok, he said: “…”"
    if cue.passive and source is not None and not shares and right is None:
        return None
    fits = (
        left_quote
        or "p" in cue.frames
        and "t" in cue.frames
        and (not shares and cue.form != PARTICIPLE)
    )
    if left is not None and fits and (right is None or closed or left_quote and inverted):
        report.content = [left]
        report.left = True
        if left_quote and right is not None and items[after].low == ",":
            report.content.append(right)  # “We came,” she said, “and saw.”
    elif right is not None and (source is not None or cue.passive):
        if cue.infinitive and not _explicit(items, right[0]):
            return None
        report.content = [right]
    else:
        return None
    if cue.passive and source is not None and not shares:
        report.source = None  # never the subject: "Strobach has been told …"
    return report


def _explicit(items: list[Item], k: int) -> bool:
    """Does a content show itself, by "that", "whether" or a quotation mark?"""
    return items[k].quote is not None or items[k].low in ("that", "whether", "if", "how", "why")


def _according(items: list[Item]) -> list[Report]:
    found = []
    for k in range(len(items) - 2):
        if items[k].low != "according" or items[k + 1].low != "to":
            continue
        if items[k + 2].pos in ("VERB", "ADV"):
            items[k + 2].pos = "NOUN"  # "according to figures from …": nothing else can follow
        end = right_end(items, k + 2)
        if end == k + 2:
            continue
        content: list[Range] = []
        left = k
        while left > 0 and items[left - 1].low in (",", "—", "–"):
            left -= 1
        if left > 0:
            content.append((0, left))
        if end < len(items) and items[end].low == "," and (not content or left < k):
            stop = clause_end(items, end + 1)
            if stop > end + 1 and (not content or not any(map(is_verb, items[0:left]))):
                content.append((end + 1, stop))
        if content:
            found.append(Report((k, k + 2), (k + 2, end), content, left=bool(left), word=ACCORDING))
    return found


def _viewed(items: list[Item]) -> list[Report]:
    """So "In her words, …", "In Ode's opinion, …": whose view a sentence gives."""
    if items[0].low != "in" or len(items) < 5:
        return []
    owned = next((k for k in range(1, min(8, len(items))) if items[k].low in OWNERS), None)
    if owned is None or owned + 2 >= len(items) or items[owned + 1].low not in VIEWS:
        return []
    stop = clause_end(items, owned + 3)
    if items[owned + 2].low != "," or stop <= owned + 3:
        return []
    cue = (owned + 1, owned + 2)
    return [Report(cue, (1, owned + 1), [(owned + 3, stop)], word=ACCORDING)]


def _colon(items: list[Item], found: list[Report]) -> list[Report]:
    """`Fiona Pym shook her head: "It will this time."`: whatever she does, she says it."""
    k = next(
        (k for k in range(2, len(items)) if items[k].quote is not None and items[k - 1].low == ":"),
        None,
    )
    if k is None or any(a <= k < b for r in found for a, b in r.content):
        return []
    for j in range(k - 2, 0, -1):
        if items[j].pos == "VERB" and not items[j].low.endswith("ing"):
            start = j
            while start > 1 and items[start - 1].pos in ("AUX", "ADV"):
                start -= 1
            subject = main_subject(items, j)
            if subject is not None:
                return [Report((start, j + 1), subject, [(k, k + 1)])]
    return []


def _asked(items: list[Item]) -> list[Report]:
    """So "Pressed on whether it had failed, she replied …": the question nobody is named for."""
    if items[0].low not in ASKED or len(items) < 4:
        return []
    k = 2 if items[1].low in ("about", "on", "by", "over") else 1
    if items[k].low not in OPENERS:
        return []
    end = next((j for j in range(k, len(items)) if items[j].low == ","), None)
    return [Report((0, k), None, [(k, end)])] if end is not None else []


def _clip(items: list[Item], reports: list[Report]) -> None:
    """An earlier content ends where a later verb of the same subject, or a new clause, begins."""
    for number, report in enumerate(reports):
        if report.left or not report.content:
            continue
        start, end = report.content[-1]
        for later in reports[number + 1 :]:
            if not start < later.cue[0] < end or not later.content:
                continue
            begin = later.cue[0]
            if later.source and not later.shares:
                begin = min(later.source[0], begin)
            j = begin
            if later.left:
                while j > start and (items[j - 1].low == "," or items[j - 1].low in DASHES):
                    j -= 1
                if start < j < begin:
                    report.content[-1] = (start, j)
                    break
                continue
            while j > start and (
                items[j - 1].low in CONJUNCTIONS or items[j - 1].low in (",", "while", "when")
            ):
                j -= 1
            conjunction = any(items[i].low in CONJUNCTIONS for i in range(j, begin))
            comma = any(items[i].low == "," for i in range(j, begin))
            if j > start and conjunction + comma + later.shares > 1:
                report.content[-1] = (start, j)
                break


def _resume(items: list[Item], reports: list[Report]) -> None:
    """`"Whenever it rains," Ode said, referring to it, "we wait …"`: one quotation."""
    first = next(
        (r for r in reports if r.left and items[r.content[0][1] - 1].quote is not None), None
    )
    if first is None:
        return
    behind = max(first.cue[1], first.source[1] if first.source else 0)
    taken = {k for k in range(*first.content[-1])} if len(first.content) > 1 else set()
    for k in range(behind + 1, len(items)):
        if items[k].quote is None or items[k - 1].low not in (",", ":", "—", "–") or k in taken:
            continue
        if not all(i.pos == "PUNCT" for i in items[k + 1 :]):
            return
        for report in reports:
            if report is first or not report.content:
                continue
            a, b = report.content[-1]
            if (a, b) == (k, k + 1):
                return  # another verb's own quotation: "…," he said, adding, "…"
            if a < k < b:
                report.content[-1] = (a, k - 1) if k - 1 > a else (a, k)
        first.content.append((k, k + 1))
        return
