"""Between cue and content: addressees, times and places, parentheses."""

from __future__ import annotations

from .clauses import Item
from .nouns import LINKING, PERSONAL, TIME, is_name, right_end

BEFORE_TIMES = frozenset("last this next a an the earlier late early few several same".split())
OPENERS = frozenset("that whether if how why what who where".split())


def past_addressee(items: list[Item], k: int) -> int | None:
    """Past "reporters", "a public meeting Thursday"; None where the verb has only an object."""
    n = len(items)
    if k >= n:
        return None
    if items[k].quote is not None or items[k].low in OPENERS or items[k].low in (":", ","):
        return k
    if (
        items[k].low in PERSONAL | {"him", "her", "them", "us", "me"}
        or items[k].pos == "NOUN"
        and items[k].low.endswith("s")
    ):
        end = k + 1
    elif is_name(items[k]):
        end = k + 1
        while end < n and is_name(items[end]) and items[end].low not in TIME:
            end += 1
        if end + 1 < n and items[end].low in ("'s", "'") and items[end + 1].quote is not None:
            end += 2  # CNN's “State of the Union”
    else:
        end = right_end(items, k, apposition=False)
    if end == k:
        return None
    j = end
    while j < n and (items[j].low in TIME or items[j].low in LINKING and items[j].pos == "ADP"):
        skipped = past_adverbial(items, j)
        if skipped == j:
            break
        j = skipped
    return j


def past_adverbial(items: list[Item], k: int) -> int:
    """Past "on Monday", "in a statement", "today", "to reporters", "repeatedly"."""
    n = len(items)
    item = items[k]
    if timed := time_phrase(items, k):
        return timed
    if item.low in TIME or item.pos == "ADV":
        return k + 1
    if item.pos == "ADP" or item.low in LINKING:
        end = right_end(items, k + 1, apposition=False) if k + 1 < n else k
        while end < n and (items[end].low in TIME or items[end].pos == "NUM"):
            end += 1
        return end if end > k + 1 else k
    return k


def time_phrase(items: list[Item], k: int) -> int | None:
    """The end of "last Tuesday", "a year ago", "on Monday night"; None where none begins."""
    j = k
    if items[j].low in ("on", "in", "at", "during", "since", "by") and j + 1 < len(items):
        j += 1
    while j < len(items) and j - k < 4 and (items[j].low in BEFORE_TIMES or items[j].pos == "NUM"):
        j += 1
    if j >= len(items) or items[j].low not in TIME:
        return None
    while j < len(items) and (
        items[j].low in TIME or items[j].low == "ago" or items[j].pos == "NUM"
    ):
        j += 1
    return j
