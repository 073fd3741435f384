"""Reports in one sentence, by rules: each cue with its source and its content."""

from __future__ import annotations

from dataclasses import dataclass, field

from .clauses import DASHES, Item, Unit
from .cues import BE, HELPERS, Cue, cues_of
from .lexicon import PRESENT_PARTICIPLE, Word
from .nouns import (
    LINKING,
    PERSONAL,
    POSSESSIVE,
    TIME,
    insertion_start,
    is_name,
    is_verb,
    left_start,
    right_end,
)

Range = tuple[int, int]  # item numbers, the end exclusive
OPENERS = frozenset("that whether if how why what who where".split())
STOPS = frozenset({".", "!", "?", ";", "…", "..."})
CONJUNCTIONS = frozenset({"and", "but", "or", "then", "yet"})
NAMING_VERBS = frozenset({"call", "term", "describe", "dub", "label", "deem", "find"})
ASKED = frozenset({"asked", "pressed", "questioned", "quizzed"})
MODALS = frozenset({"must", "should", "may", "might", "can", "could", "cannot", "ca"})
RELATIVES = frozenset({"who", "which", "that"})
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
    found: list[Report] = _according(items) + _asked(items)
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


# ---------------------------------------------------------------- one cue
def _report(items: list[Item], cue: Cue, subject: Range | None) -> Report | None:
    if cue.word.category == "nouns":
        return _noun_report(items, cue)
    source, shares, inverted = _source(items, cue, subject)
    after = cue.end if not inverted else source[1]
    right = _complement(items, cue, after, inverted=inverted)
    report = Report((cue.start, cue.end), source, shares=shares, word=cue.word)
    left = _left_content(items, cue, source, inverted=inverted)
    closed = after >= len(items) or items[after].low in STOPS | {",", ":"} or (
        items[after].low in DASHES or items[after].quote is not None)
    left_quote = left is not None and items[left[1] - 1].quote is not None
    if right is not None and items[right[0]].quote is not None and not left_quote and (
            right[1] - right[0] == 1):
        left = None  # "Speaking in Bangkok, he said: “…”"
    if cue.passive and source is not None and not shares and right is None:
        return None
    fits = left_quote or "p" in cue.frames and "t" in cue.frames and (
        not shares and cue.form != PRESENT_PARTICIPLE)
    if left is not None and fits and (right is None or closed or left_quote and inverted):
        report.content = [left]
        report.left = True
        rest = right if left_quote else _rest(items, after)
        if rest is not None and after < len(items) and items[after].low == "," and (
                items[rest[0]].quote is not None or not left_quote):
            report.content.append(rest)
    elif right is not None and (source is not None or cue.passive):
        if cue.infinitive and not _explicit(items, right[0]):
            return None
        report.content = [right]
    else:
        return None
    if cue.passive and source is not None and not shares and not report.left:
        report.source = _agent(items, cue, source)
    return report


def _rest(items: list[Item], comma: int) -> Range | None:
    """What goes on behind "Climate change, he said, is …"."""
    k = comma + 1
    if k >= len(items) or items[comma].low != "," or items[k].quote is None and (
            items[k].low in ("who", "which", "according", "and", "but", "as", "while", "citing")
            or items[k].low.endswith("ing") and items[k].pos in ("VERB", "AUX", "ADP")):
        return None
    end = _clause_end(items, k)
    return (k, end) if end > k else None


def _explicit(items: list[Item], k: int) -> bool:
    """Does a content show itself, by "that", "whether" or a quotation mark?"""
    return items[k].quote is not None or items[k].low in ("that", "whether", "if", "how", "why")


def _noun_report(items: list[Item], cue: Cue) -> Report | None:
    """"the claimant's allegation that …": the possessor is the source."""
    k = cue.start - 1
    source = None
    if k >= 0 and items[k].low in ("'s", "'") and k > 0:
        start = left_start(items, k - 1)
        source = (start, k + 1) if start is not None else None
    elif k >= 0 and items[k].low in POSSESSIVE:
        source = (k, k + 1)
    if source is None:
        return None
    return Report((cue.start, cue.end), source, [(cue.end, _clause_end(items, cue.end))],
                  word=cue.word)


def _agent(items: list[Item], cue: Cue, subject: Range) -> Range | None:
    """The source of a passive: "by X", never the subject ("Strobach has been told …")."""
    for k in range(cue.end, min(len(items) - 1, cue.end + 4)):
        if items[k].low == "by":
            end = right_end(items, k + 1)
            return (k + 1, end) if end > k + 1 else None
    return None


# ---------------------------------------------------------------- sources
def source_of(items: list[Item], cue: Cue) -> Range | None:
    """The source of one cue, looked at alone."""
    return _source(items, cue, None)[0]


def _source(
    items: list[Item], cue: Cue, subject: Range | None
) -> tuple[Range | None, bool, bool]:
    """(source, shared with an earlier verb, stands behind the cue)"""
    k = cue.start - 1
    plain = cue.end - cue.start <= 2 and not cue.passive
    if plain and (k < 0 or items[k].quote is not None or items[k].low == "," or (
            items[k].low in DASHES)) and "p" in cue.frames | {"q"} and cue.form != "ing":
        behind = _inverted(items, cue, quoted=k >= 0 and _quote_before(items, k))
        if behind is not None:
            return behind, False, True
    if k < 0:
        return (_following_subject(items, cue), True, False)
    before = items[k]
    if cue.infinitive:
        return (subject or _main_subject(items, k)), True, False
    if cue.form == PRESENT_PARTICIPLE and cue.start == cue.verb or cue.form == PRESENT_PARTICIPLE and (
            items[cue.start].low not in BE):
        if before.pos in ("NOUN", "PROPN", "PRON") and before.low not in TIME:
            start = left_start(items, k)
            return ((start, k + 1) if start is not None else None), False, False
        return (subject or _main_subject(items, k)), True, False
    if before.low in ("who", "which", "that") and before.pos in ("PRON", "SCONJ", "DET"):
        return (k, k + 1), False, False
    if before.low in CONJUNCTIONS or before.pos == "CCONJ":
        return (subject or _main_subject(items, k)), True, False
    if before.low == ",":
        placed = insertion_start(items, k)
        if placed is not None:
            return placed, False, False
        return (subject or _main_subject(items, k)), True, False
    start = left_start(items, k)
    if start is None and before.low in TIME and k:  # "Mr. Kim on Monday announced"
        j = k - 1
        while j > 0 and (items[j].low in TIME or items[j].low in LINKING or items[j].pos == "NUM"):
            j -= 1
        if items[j].low == ",":
            return insertion_start(items, j), False, False
        start = left_start(items, j)
        return ((start, j + 1) if start is not None else None), False, False
    if start is None or start > 1 and items[start - 1].pos == "ADP" and items[start - 1].low in LINKING:
        return None, False, False  # "in her programme notes that …" has no subject there
    return (start, k + 1), False, False


def _quote_before(items: list[Item], k: int) -> bool:
    while k >= 0 and (items[k].low in DASHES or items[k].low == ","):
        k -= 1
    return k >= 0 and items[k].quote is not None


def _inverted(items: list[Item], cue: Cue, *, quoted: bool) -> Range | None:
    """The source behind the cue: `"…," said Captain Elias Thornquist`, `…, said Alimov`."""
    first = cue.end
    if first >= len(items) or items[first].quote is not None or items[first].low in OPENERS:
        return None
    if not quoted and (cue.start == 0 or not "p" in cue.frames):
        return None
    if items[first].pos in ("ADV", "ADP", "PART", "PUNCT", "SCONJ", "VERB", "AUX") or (
            _time_phrase(items, first)):
        return None
    if cue.word.lemma == "tell":
        return None
    end = right_end(items, first)
    if end == first:
        return None
    if not quoted and end < len(items) and (
            is_verb(items[end]) or items[end].low in OPENERS or items[end].quote is not None):
        return None
    return first, end


def _main_subject(items: list[Item], before: int) -> Range | None:
    """The subject of the sentence's first finite verb to the left of an item."""
    for k in range(before + 1):
        if items[k].pos not in ("VERB", "AUX") or items[k].low.endswith("ing"):
            continue
        j = k - 1
        while j >= 0 and (items[j].pos == "ADV" or items[j].low in HELPERS):
            j -= 1
        if j < 0:
            continue
        if items[j].low == ",":
            placed = insertion_start(items, j)
            if placed is not None:
                return placed
            continue
        start = left_start(items, j)
        if start is not None and (start == 0 or items[start - 1].low not in LINKING):
            return start, j + 1
    return None


def _following_subject(items: list[Item], cue: Cue) -> Range | None:
    """"Noting that it rained, he said …": the subject of the main clause."""
    if cue.form != PRESENT_PARTICIPLE:
        return None
    for k in range(cue.end, len(items) - 1):
        if items[k].low == ",":
            end = right_end(items, k + 1)
            if end > k + 1 and end < len(items) and (is_verb(items[end]) or items[end].pos == "ADV"):
                return k + 1, end
    return None


# ---------------------------------------------------------------- content
def _complement(items: list[Item], cue: Cue, after: int, *, inverted: bool) -> Range | None:
    """What follows the cue (or, inverted, its source) as its content."""
    frames, k = cue.frames, after
    n = len(items)
    if "o" in frames and not inverted and not cue.passive:
        k = _past_addressee(items, k)
        if k is None:
            return _object(items, cue, after) if "n" in frames or "q" in frames else None
        if k < n and items[k].low == "to" and "n" in frames and "i" not in frames:
            return after, _clause_end(items, after)  # urged | farmers to adopt new varieties
    for step in range(5):
        if k >= n:
            return None
        item = items[k]
        nxt = items[k + 1] if k + 1 < n else None
        if item.quote is not None:
            return _quote_content(items, k) if frames & {"q", "s", "t", "n"} else None
        if item.low in (":", ",") and nxt is not None and nxt.quote is not None:
            return (k + 1, k + 2) if not inverted or item.low == "," or item.low == ":" else None
        if item.low == ":" and nxt is not None:
            return k + 1, _clause_end(items, k + 1)
        if item.low in OPENERS and frames & {"t"}:
            return k, _clause_end(items, k)
        if item.low == "to" and frames & {"i"} and nxt is not None and nxt.pos in ("VERB", "AUX", "ADV", "NOUN"):
            return k, _clause_end(items, k)
        if item.low in STOPS or item.low == "," or item.low in DASHES:
            if item.low == "," and _skips_parenthesis(items, k):
                k = _skips_parenthesis(items, k)
                continue
            return None
        if inverted:
            return None
        if not step and (not cue.passive or "o" in frames) and not _time_phrase(items, k):
            found = _bare(items, cue, k)
            if found is not None:
                return found
        skipped = _past_adverbial(items, k)
        if skipped == k:
            return None
        if "s" in frames and skipped < n and not cue.passive:
            found = _clause(items, skipped)
            if found is not None and (items[skipped].low in PERSONAL or items[skipped].low == "the"
                                      or is_name(items[skipped])):
                return found
        k = skipped
    return None


def _bare(items: list[Item], cue: Cue, k: int) -> Range | None:
    """A clause without "that", or an object."""
    if items[k].pos in ("ADP",) and cue.word.lemma not in ("caution", "appeal", "refer"):
        if items[k].low in ("in", "on", "at", "during", "after", "before", "to", "through", "via",
                            "from", "by", "of", "as", "with", "about") or "s" not in cue.frames:
            return None
    if "s" in cue.frames:
        if items[k].low in ("no", "yes") and _clause_end(items, k) == k + 1:
            return k, k + 1
        found = _clause(items, k)
        if found is not None:
            return found
    if "n" in cue.frames and not cue.passive and not any(
            items[j].low in MODALS for j in range(cue.start, cue.verb)):
        return _object(items, cue, k)
    if "q" in cue.frames:
        end = _clause_end(items, k)
        if any(i.quote is not None for i in items[k:end]) and "s" in cue.frames:
            return k, end
    return None


def _clause(items: list[Item], k: int) -> Range | None:
    """A clause with a verb that agrees to be finite, from `k` on."""
    end = _clause_end(items, k)
    if items[k].pos in ("PUNCT",) and items[k].low not in ("$", "£", "€", "@", "#"):
        return None
    for j in range(k, min(end, k + 30)):
        if items[j].pos in ("AUX", "VERB") and j > k and not items[j].low.endswith("ing") and (
                items[j - 1].low not in ("having", "being", "to")) or items[j].low in BE or items[j].quote is not None and j > k and (
                items[j - 1].pos in ("PRON", "PROPN", "NOUN", "AUX")):
            return k, end
    return None


def _object(items: list[Item], cue: Cue, k: int) -> Range | None:
    if k < len(items) and items[k].low in ("against", "of") and cue.word.lemma in ("warn", "caution"):
        return k, _clause_end(items, k)
    if k >= len(items) or items[k].pos in ("PUNCT", "CCONJ", "SCONJ") or items[k].low in TIME:
        return None
    if items[k].pos in ("ADV", "ADP", "PART") and items[k].quote is None and not (
            cue.word.lemma in ("caution", "appeal") or cue.word.particle):
        return None
    if items[k].low in ("himself", "herself", "itself", "themselves", "so", "it") and (
            cue.word.lemma not in NAMING_VERBS or items[k].low != "it"):
        return None
    end = _clause_end(items, k)
    if end == k + 1 and items[k].pos == "PRON":
        return None  # "would have dismissed her"
    return (k, end) if end > k else None


def _quote_content(items: list[Item], k: int) -> Range:
    """A quotation behind the cue: alone, or with the clause that it opens."""
    end = _clause_end(items, k)
    if end == k + 1 or items[k].quote is None:
        return k, k + 1
    after = items[k + 1]
    if after.pos in ("ADP", "ADV", "PUNCT", "CCONJ", "SCONJ") or after.low in TIME:
        return k, k + 1
    return k, end


def _past_addressee(items: list[Item], k: int) -> int | None:
    """Past "reporters", "a public meeting Thursday"; None where the verb has only an object."""
    n = len(items)
    if k >= n:
        return None
    if items[k].quote is not None or items[k].low in OPENERS or items[k].low in (":", ","):
        return k
    if items[k].low in PERSONAL or items[k].low in ("him", "her", "them", "us", "me"):
        end = k + 1
    elif items[k].pos == "NOUN" and items[k].low.endswith("s"):
        end = k + 1
    elif is_name(items[k]):
        end = k
        while end < n and is_name(items[end]) and items[end].low not in TIME:
            end += 1
        end = max(end, k + 1)
        if end + 1 < n and items[end].low in ("'s", "'") and items[end + 1].quote is not None:
            end += 2  # CNN's “State of the Union”
    else:
        end = right_end(items, k, apposition=False)
    if end == k:
        return None
    j = end
    while j < n and (items[j].low in TIME or items[j].low in LINKING and items[j].pos == "ADP"):
        skipped = _past_adverbial(items, j)
        if skipped == j:
            break
        j = skipped
    return j


def _past_adverbial(items: list[Item], k: int) -> int:
    """Past "on Monday", "in a statement", "today", "to reporters", "repeatedly"."""
    n = len(items)
    item = items[k]
    if timed := _time_phrase(items, k):
        return timed
    if item.low in TIME or item.pos == "ADV" or item.low in ("last", "this", "next") and (
            k + 1 < n and items[k + 1].low in TIME):
        return k + 1
    if item.pos in ("ADP",) or item.low in LINKING or item.low == "during":
        end = right_end(items, k + 1, apposition=False) if k + 1 < n else k
        while end < n and (items[end].low in TIME or items[end].pos == "NUM"):
            end += 1
        return end if end > k + 1 else k
    return k


def _time_phrase(items: list[Item], k: int) -> int | None:
    """The end of "last Tuesday", "a year ago", "on Monday night"; None where none begins."""
    j = k
    if items[j].low in ("on", "in", "at", "during", "since", "by") and j + 1 < len(items):
        j += 1
    while j < len(items) and j - k < 4 and (
            items[j].low in ("last", "this", "next", "a", "an", "the", "earlier", "late", "early", "two",
                             "three", "few", "several", "same") or items[j].pos == "NUM"):
        j += 1
    if j >= len(items) or items[j].low not in TIME:
        return None
    while j < len(items) and (items[j].low in TIME or items[j].low == "ago" or items[j].pos == "NUM"):
        j += 1
    return j


def _skips_parenthesis(items: list[Item], k: int) -> int | None:
    """Past ", however," or ", in evidence," between cue and content."""
    for j in range(k + 1, min(len(items) - 1, k + 8)):
        if items[j].quote is not None or is_verb(items[j]):
            return None
        if items[j].low == ",":
            following = items[j + 1]
            if following.low in ("that", "whether", "if"):
                return j + 1
            return None
    return None


def _clause_end(items: list[Item], k: int) -> int:
    """The end of the clause that begins at `k`: the sentence's end or a semicolon."""
    end = next((j for j in range(k, len(items)) if items[j].low == ";" or items[j].low == "then"
                and j > k and items[j - 1].low == ","), len(items))
    while end > k and items[end - 1].quote is None and items[end - 1].pos == "PUNCT" and (
            items[end - 1].low not in (")", "]", "%")):
        end -= 1
    return end


def _left_content(
    items: list[Item], cue: Cue, source: Range | None, *, inverted: bool
) -> Range | None:
    """The content before "…, X said" or "…," said X: from the sentence's start to the comma."""
    if source is None or items[source[0]].low in RELATIVES:
        return None
    edge = cue.start if inverted else min(source[0], cue.start)
    if not inverted and source[0] > cue.start:
        return None
    k = edge - 1
    separated = False
    while k >= 0 and (items[k].low in DASHES or items[k].low in (",",)):
        separated = True
        k -= 1
    if k < 0 or not (separated or items[k].quote is not None):
        return None
    if not inverted and source[1] > cue.start:
        return None
    start = 0
    for j in range(k, -1, -1):
        if items[j].low == ";" and items[j].quote is None:
            start = j + 1
            break
    if items[start].low in ("when", "after", "before", "while", "as", "since", "once", "until") and (
            items[k].quote is None and not any(items[j].low == "," for j in range(start, k))):
        return None  # "When she died, I told them."
    return (start, k + 1) if k + 1 > start else None


# ---------------------------------------------------------------- according to
def _according(items: list[Item]) -> list[Report]:
    found = []
    for k in range(len(items) - 2):
        if items[k].low != "according" or items[k + 1].low != "to":
            continue
        end = right_end(items, k + 2)
        if end == k + 2:
            continue
        content: list[Range] = []
        left = k
        while left > 0 and (items[left - 1].low in (",", "—", "–") and items[left - 1].quote is None):
            left -= 1
        if left > 0:
            content.append((0, left))
        if end < len(items) and items[end].low == "," and (not content or left < k):
            stop = _clause_end(items, end + 1)
            if stop > end + 1 and (not content or not any(map(is_verb, items[0:left]))):
                content.append((end + 1, stop))
        if content:
            found.append(Report((k, k + 2), (k + 2, end), content, left=bool(left), word=ACCORDING))
    return found


def _colon(items: list[Item], found: list[Report]) -> list[Report]:
    """`Fiona Pym shook her head: "It will this time."`: whatever she does, she says it."""
    k = next((k for k in range(2, len(items)) if items[k].quote is not None
              and items[k - 1].low == ":"), None)
    if k is None or any(a <= k < b for r in found for a, b in r.content):
        return []
    for j in range(k - 2, 0, -1):
        if items[j].pos == "VERB" and not items[j].low.endswith("ing"):
            start = j
            while start > 1 and (items[start - 1].pos in ("AUX", "ADV") or items[start - 1].low == "n't"):
                start -= 1
            subject = _main_subject(items, j)
            if subject is not None and subject[1] <= start:
                return [Report((start, j + 1), subject, [(k, k + 1)])]
    return []


def _asked(items: list[Item]) -> list[Report]:
    """"Pressed on whether it had failed, she replied …": the question nobody is named for."""
    if items[0].low not in ASKED or len(items) < 4:
        return []
    k = 2 if items[1].low in ("about", "on", "by", "over") else 1
    if items[k].low not in OPENERS:
        return []
    end = next((j for j in range(k, len(items)) if items[j].low == ","), None)
    return [Report((0, k), None, [(k, end)])] if end is not None else []


# ---------------------------------------------------------------- several cues in one sentence
def _clip(items: list[Item], reports: list[Report]) -> None:
    """An earlier content ends where a later verb of the same subject, or a new clause, begins."""
    for number, report in enumerate(reports):
        if report.left or not report.content:
            continue
        start, end = report.content[-1]
        for later in reports[number + 1 :]:
            if not start < later.cue[0] < end or not later.content:
                continue
            begin = later.cue[0] if later.shares else (
                min(later.source[0], later.cue[0]) if later.source else later.cue[0])
            j = begin
            if later.left:
                while j > start and (items[j - 1].low == "," or items[j - 1].low in DASHES):
                    j -= 1
                if start < j < begin:
                    report.content[-1] = (start, j)
                    break
                continue
            while j > start and (items[j - 1].low in CONJUNCTIONS or items[j - 1].low == ","):
                j -= 1
            conjunction = any(items[i].low in CONJUNCTIONS for i in range(j, begin))
            comma = any(items[i].low == "," for i in range(j, begin))
            if j > start and (conjunction and later.shares or conjunction and comma
                              or comma and later.word is not None and later.shares):
                report.content[-1] = (start, j)
                break


def _resume(items: list[Item], reports: list[Report]) -> None:
    """`"Every time you say that," Tester said, referring to it, "you give …"`: one quotation."""
    first = next((r for r in reports if r.left and items[r.content[0][1] - 1].quote is not None), None)
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
