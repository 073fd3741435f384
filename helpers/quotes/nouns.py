"""Noun phrases beside a reporting verb: where a source begins and ends."""

from __future__ import annotations

from ..names.lists import LINKING, POSSESSIVES
from ..names.lists import TIME_NOUNS as TIME
from .clauses import DASHES, Item

PERSONAL = frozenset(
    "i we you he she it they one who which somebody someone everybody everyone "
    "nobody anybody anyone many others both some several few all none".split()
)
POSSESSIVE = POSSESSIVES | {"whose"}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
INNER = frozenset({"NOUN", "PROPN", "ADJ", "NUM", "SYM", "X"})
NAME_LINKING = frozenset({"of", "from", "with"})
HYPHENS = frozenset({"-", "‐", "‑"})
LONGEST = 40  # items; a source is never longer


def is_name(item: Item) -> bool:
    return item.pos == "PROPN" or item.capital and item.pos in ("NOUN", "ADJ", "X")


def is_verb(item: Item) -> bool:
    return item.pos in ("VERB", "AUX")


def ends_noun_phrase(item: Item) -> bool:
    """May a source end with this word?"""
    if item.quote is not None or item.low in TIME:
        return False
    return (
        item.pos in NOMINAL
        and item.low not in POSSESSIVE
        or item.low in PERSONAL
        or item.pos in ("ADJ", "DET")
        and item.low not in ("the", "a", "an", "no")
        or item.low in (")", "'s", "'")
        or item.capital
        and not item.first
        and item.pos in ("ADV", "VERB", "ADP")
    )


def left_start(items: list[Item], last: int, *, floor: int = 0) -> int | None:
    """Where the noun phrase that ends with item `last` begins; None where no source ends there."""
    if last < floor or not ends_noun_phrase(items[last]):
        return None
    k = last
    if items[k].low in PERSONAL and items[k].pos == "PRON":
        return k - 1 if k > floor and items[k - 1].low == "no" else k
    floor = max(floor, last - LONGEST)
    listed = False
    if items[k].low == ")":  # Rep. Gwen Moore (D-Wis.)
        k = next((j for j in range(k - 1, max(floor, k - 10), -1) if items[j].low == "("), 0) - 1
        if k < 0:
            return None
    while k > floor:
        previous = items[k - 1]
        two = items[k - 2] if k - 2 >= floor else None
        if previous.quote is not None:
            if two is None or not is_name(two):
                break  # only nicknames stand inside a name: Dwayne "The Rock" Johnson
        elif previous.low == ")":
            k = next((j + 1 for j in range(k - 2, max(floor, k - 9), -1) if items[j].low == "("), k)
        elif previous.low in ("that", "what", "which"):
            break
        elif previous.low in POSSESSIVE or previous.pos == "DET":
            if two is None or two.low not in LINKING | {"all", "both", "half"}:
                return k - 1
        elif previous.low in ("and", "or", "&"):
            if two is None or not (two.pos in ("NOUN", "PROPN", "NUM") or two.low == ")"):
                break
            listed = True
        elif previous.low == ",":
            if not (listed and two is not None and is_name(two) and is_name(items[k])):
                break
        elif previous.low in LINKING:
            if (
                two is None
                or two.pos not in ("NOUN", "PROPN", "PRON", "NUM", "DET")
                or two.low in TIME
            ):
                break
        elif previous.low in ("'s", "'", "-", "–", "/", "@", "#") and touches(items, k - 1):
            pass
        elif (
            items[k].low in HYPHENS
            and previous.end == items[k].start
            or two is not None
            and two.low in HYPHENS
            and two.end == previous.start
        ):
            pass  # the conservative-leaning Tax Foundation
        elif (
            previous.pos in INNER
            or previous.capital
            and not previous.first
            and previous.pos in ("VERB", "ADV")
        ):
            if previous.low in TIME and items[k].low not in ("'s", "'", "-"):
                break  # but "the 63-year-old"
        elif previous.pos == "PRON" and items[k].low == "of":
            pass  # one of them
        elif not (previous.pos == "ADV" and items[k].pos in ("NUM", "ADJ")):
            break
        k -= 1
    while k < last and items[k].pos in ("CCONJ", "ADP", "ADV", "PUNCT", "PART"):
        k += 1
    return k


def touches(items: list[Item], k: int) -> bool:
    return items[k].low in ("'s", "'") or (
        k + 1 < len(items)
        and items[k].end == items[k + 1].start
        or k > 0
        and items[k - 1].end == items[k].start
    )


def right_end(items: list[Item], first: int, *, apposition: bool = True) -> int:
    """The end (exclusive) of the noun phrase that begins at `first`; `first` where none does."""
    k, top = first, min(len(items), first + LONGEST)
    if k >= top or items[k].quote is not None:
        return first
    if items[k].pos == "PRON" and items[k].low not in POSSESSIVE:
        if not (k + 1 < top and items[k + 1].low == "of"):
            return k + 1
        k += 1
    head_is_name = False
    while k < top:
        item = items[k]
        after = items[k + 1] if k + 1 < top else None
        if item.quote is not None or item.low in TIME:
            break
        if item.low in LINKING:
            allowed = item.low in (NAME_LINKING if head_is_name else LINKING)
            if (
                k == first
                or not allowed
                or after is None
                or after.quote is not None
                or not (after.pos in INNER or after.pos in ("DET", "PRON"))
                or after.low in TIME
            ):
                break
        elif item.low in ("and", "&"):
            if (
                k == first
                or after is None
                or not (
                    is_name(after)
                    and is_name(items[k - 1])
                    or after.pos in ("NOUN", "ADJ")
                    and items[k - 1].pos == "NOUN"
                )
            ):
                break
        elif item.low == "(":
            closing = next((j for j in range(k + 1, min(top, k + 8)) if items[j].low == ")"), None)
            if closing is None or k == first:
                break
            k = closing
        elif item.low in ("'s", "'", "-", "–", "/", "@", "#"):
            if k == first and item.low not in ("@", "#") or not touches(items, k):
                break
        elif item.pos in INNER or item.pos == "DET" and (k == first or items[k - 1].low in LINKING):
            head_is_name = is_name(item)
        elif k > first and items[k - 1].low in HYPHENS and items[k - 1].end == item.start:
            pass  # the conservative-leaning Tax Foundation
        elif (item.low in POSSESSIVE or item.pos == "PRON") and (
            k == first or items[k - 1].low in LINKING
        ):
            pass
        else:
            break
        k += 1
    while k > first and (
        items[k - 1].pos in ("DET", "ADP", "CCONJ", "PART")
        and items[k - 1].low not in ("'s", "'", "some", "all", "both")
    ):
        k -= 1
    return _appositions(items, k) if apposition and k > first else k


def _appositions(items: list[Item], k: int) -> int:
    """Past ", 64, a master weaver" and ", who directs", which end with a comma or the sentence."""
    for _ in range(3):
        if k + 1 >= len(items) or items[k].low != ",":
            return k
        after = items[k + 1]
        if after.low in ("who", "whose", "which"):
            end = next(
                (
                    j
                    for j in range(k + 2, len(items))
                    if items[j].low in (",", ".", ";")
                    or items[j].quote is not None
                    or items[j].low in DASHES
                ),
                len(items),
            )
        elif after.pos in ("DET", "NOUN", "PROPN", "ADJ", "NUM") or after.low in POSSESSIVE:
            end = right_end(items, k + 1, apposition=False)
        elif after.low in ("from", "of") and k + 2 < len(items) and is_name(items[k + 2]):
            end = right_end(items, k + 2, apposition=False)
        else:
            return k
        closed = end >= len(items) or items[end].pos == "PUNCT" or items[end].quote is not None
        if end <= k + 1 or not closed:
            return k
        k = end
    return k
