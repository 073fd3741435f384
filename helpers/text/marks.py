"""Quotation marks: where quotations open and close, told from apostrophes and inch marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from .data import read_pattern
from .doc import Doc, view
from .sentences import SAYING
from .words import Span

patterns = partial(read_pattern, "text_patterns.toml", saying="|".join(sorted(SAYING)))
MARK, TOLD, SENTENCE_STOP, ELISION = map(patterns, ("mark", "told", "sentence_stop", "elision"))
DOUBLE, ANGLE, SINGLE = "double", "angle", "single"
OPEN, CLOSE, EITHER = "open", "close", "either"
OPENING_NEIGHBOURS = frozenset("([{—–-―/…“„«‘‹\"'`,")
CLOSING_NEIGHBOURS = frozenset(".,;:!?)]}—–-―/…”»’›\"'")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One stretch between quotation marks; over several paragraphs, one for each."""

    start: int  # the opening mark
    end: int  # after the closing mark
    inner: Span  # without its marks and outer spaces
    depth: int  # 0 = outermost
    closed: bool
    continues: bool = False  # carries on the quotation that the paragraph before left open


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    family: str
    role: str
    strong: bool = True  # a single mark that can hardly be an apostrophe


_Pair = tuple[_Mark, int, int, bool]  # opening mark, inner end, outer end, closed


@view
def quotations(doc: Doc) -> list[Quotation]:
    """Every quotation of a document in order, nested ones after the one they stand in.

    Marks of all houses are known (“ ” " ' ‘ ’ « » „ '' `` ‹ ›). An odd mark spoils its own
    paragraph only: an opening mark without a closing one holds to who says it (“We came, she said.)
    or to the end of the paragraph; where the next paragraph opens with a mark too, or closes with
    one that nothing opened, that one `continues` it. Not caught: quotations marked by italics or
    dashes alone, and single marks whose closing mark looks like a plural's apostrophe.

    Errors: none; any text gives a list.

    >>> [q.inner for q in quotations("“It’s 6' long,” he said.")]
    [(1, 14)]
    """
    text, spans = doc.text, doc.paragraphs
    marked = [list(_marks(text, *span)) for span in spans]
    followers = [_carried(text, *one) for one in zip(spans, marked, strict=True)]
    found: list[Quotation] = []
    left_open: str | None = None
    for span, marks, follower in zip(spans, marked, [*followers, None][1:], strict=True):
        continues = left_open is not None
        if continues and (not marks or marks[0].start > span[0]):
            marks.insert(0, _Mark(span[0], span[0], left_open, OPEN))  # it only closes here
        pieces, left_open = _pair(text, marks, span, follower)
        if continues and pieces:
            pieces[0] = replace(pieces[0], continues=True)
        found += pieces
    return found


def _carried(text: str, paragraph: Span, marks: list[_Mark]) -> str | None:
    """The family of a quotation that a paragraph may carry on: that of the mark which opens it or,
    where none does, of the double mark that closes first."""
    opens = MARK.match(text, paragraph[0])
    if opens and opens.group() not in "”»’›´" and text[opens.end() : opens.end() + 1].strip():
        family = _family(opens.group())
        if family != SINGLE or not ELISION.match(text, opens.end()):
            return family
    first = next((m for m in marks if m.family != SINGLE), None)
    return first.family if first is not None and first.role == CLOSE else None


def _family(mark: str) -> str:
    if mark in "«»" or mark in ("<<", ">>"):
        return ANGLE
    return SINGLE if mark in "‘’'`´‚‹›" else DOUBLE


def _marks(text: str, start: int, end: int) -> Iterator[_Mark]:
    for m in MARK.finditer(text, start, end):
        before = text[m.start() - 1] if m.start() > start else " "
        after = text[m.end()] if m.end() < end else " "
        family = _family(m.group())
        if family != SINGLE:
            yield _Mark(m.start(), m.end(), family, _double_role(m.group(), before, after))
        elif (mark := _single(text, m, before, after)) is not None:
            yield mark


def _double_role(mark: str, before: str, after: str) -> str:
    opens = (before.isspace() or before in OPENING_NEIGHBOURS) and not after.isspace()
    closes = not before.isspace() and (after.isspace() or after in CLOSING_NEIGHBOURS)
    if mark in "„«``<<,," or mark == "“":
        return EITHER if closes and not opens else OPEN  # „so“ closes with “; damaged scans
    if mark in "”»>>´´":
        return EITHER if opens and not closes else CLOSE  # ”so” and »so« open with it
    return EITHER if opens == closes else OPEN if opens else CLOSE


def _single(text: str, m: re.Match[str], before: str, after: str) -> _Mark | None:
    mark = m.group()
    if before.isalnum() and after.isalnum():
        return None  # it's, O’Neill
    starts = not before.isalnum() and before not in ".,!?;…" and not after.isspace()
    if starts and (before.isspace() or before in OPENING_NEIGHBOURS):
        if mark == "’" or ELISION.match(text, m.end()) or not (after.isalnum() or after in '“"[…'):
            return None if before.isspace() else _Mark(m.start(), m.end(), SINGLE, CLOSE, False)
        return _Mark(m.start(), m.end(), SINGLE, OPEN)
    if mark in "‘‚‹" or after.isalnum() or before.isspace():
        return None
    ends_word = before in "snN" and after == " " and text[m.end() + 1 : m.end() + 2].islower()
    return _Mark(m.start(), m.end(), SINGLE, CLOSE, not ends_word)


def _pair(
    text: str, marks: list[_Mark], paragraph: Span, follower: str | None
) -> tuple[list[Quotation], str | None]:
    """The quotations of one paragraph, and the family left open for the next paragraph."""
    balance, strong = _look_ahead(marks)
    open_marks: list[_Mark] = []
    done: list[_Pair] = []
    for k, mark in enumerate(marks):
        is_open = any(o.family == mark.family for o in open_marks)
        role = mark.role if mark.role != EITHER else (CLOSE if is_open else OPEN)
        if mark.family == DOUBLE and _is_inch(text, mark, marks, k, is_open=is_open):
            continue
        if role == OPEN and is_open and mark.family != SINGLE and balance[k + 1] < 2:
            done += _settle_odd(text, open_marks, mark)
        if role == OPEN:
            if not (is_open and mark.family == SINGLE):
                open_marks.append(mark)
        elif is_open and (mark.strong or not strong[k + 1]):
            while open_marks[-1].family != mark.family:
                open_marks.pop()
            done.append((open_marks.pop(), mark.start, mark.end, True))
    left_open = None
    for mark in open_marks:
        if mark.family != SINGLE or follower == SINGLE:
            told = TOLD.search(text, mark.end, paragraph[1])
            left_open = mark.family if mark.family == follower and not told else None
            end = told.end() if told else paragraph[1]
            done.append((mark, end, end, False))
            break
    return _nest(text, done), left_open


def _look_ahead(marks: list[_Mark]) -> tuple[list[int], list[bool]]:
    """For each mark: closing minus opening double marks from it on; whether the single mark that
    is open now has a strong closing mark further on, before another opens."""
    balance, strong = [0] * (len(marks) + 1), [False] * (len(marks) + 1)
    for k in range(len(marks) - 1, -1, -1):
        mark = marks[k]
        step = {OPEN: -1, CLOSE: 1, EITHER: 0}[mark.role] if mark.family != SINGLE else 0
        balance[k] = balance[k + 1] + step
        strong[k] = strong[k + 1]
        if mark.family == SINGLE:
            strong[k] = mark.role == CLOSE and (mark.strong or strong[k + 1])
    return balance, strong


def _is_inch(text: str, mark: _Mark, marks: list[_Mark], k: int, *, is_open: bool) -> bool:
    """`a 12" pizza`, `6'2"`: a double mark after a digit that closes nothing."""
    if not text[mark.start - 1 : mark.start].isdigit():
        return False
    if not is_open:
        return True
    later = next((m for m in marks[k + 1 : k + 4] if m.family == DOUBLE), None)
    goes_on = text[mark.end : mark.end + 1] == " " and text[mark.end + 1 : mark.end + 2].islower()
    return goes_on and later is not None and later.role == CLOSE


def _settle_odd(text: str, open_marks: list[_Mark], mark: _Mark) -> list[_Pair]:
    """An earlier mark that was never closed ends with its last whole sentence, if there is one."""
    while open_marks:
        earlier = open_marks.pop()
        if earlier.family == mark.family:
            stops = [m.end() for m in SENTENCE_STOP.finditer(text, earlier.end, mark.start)]
            return [(earlier, stops[-1], stops[-1], False)] if stops else []
    return []


def _nest(text: str, done: list[_Pair]) -> list[Quotation]:
    pieces: list[Quotation] = []
    ends: list[int] = []
    for mark, inner_end, end, closed in sorted(done, key=lambda d: (d[0].start, -d[2])):
        written = text[mark.end : inner_end]
        a = mark.end + len(written) - len(written.lstrip())
        b = a + len(written.strip())
        if any(map(str.isalnum, text[a:b])):
            while ends and ends[-1] <= mark.start:
                ends.pop()
            pieces.append(Quotation(mark.start, end, (a, b), len(ends), closed))
            ends.append(end)
    return pieces
