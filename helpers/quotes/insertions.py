"""Insertions between a source and its verb: ages, appositions, relative clauses, "in turn"."""

from __future__ import annotations

from .clauses import DASHES, Item
from .nouns import LONGEST, TIME, is_verb, left_start, touches


def insertion_start(items: list[Item], comma: int, *, floor: int = 0) -> tuple[int, int] | None:
    """The source before a comma and a verb: "Ramzan Ali Julaha, 64, a master weaver, told …".

    Looks leftwards over ages, appositions, relative clauses and "in turn"; gives item numbers
    (start, end), the end without the closing comma and without a mere adverbial.
    """
    segments: list[tuple[int, int]] = []
    end, k = comma, comma - 1
    while k >= max(floor, comma - LONGEST) and len(segments) < 5:
        item = items[k]
        if item.low == ")":  # Helix Robotics, Inc. (NYSE: HLX), a leader in …
            k = next((j for j in range(k - 1, max(floor, k - 9), -1) if items[j].low == "("), k)
            item = items[k]
        edge = (
            item.quote is not None
            or item.low in DASHES
            and not touches(items, k)
            or (item.low in (";", ":"))
        )
        if item.low == "," or edge or k == floor:
            start = k if k == floor and not edge and item.low != "," else k + 1
            if start < end:
                segments.append((start, end))
            end = k
            if edge:
                break
        k -= 1
    best = None
    for number, (start, stop) in enumerate(segments):
        if _is_insertion(items, start, stop) and not _is_noun_phrase(items, start, stop):
            continue
        if _is_noun_phrase(items, start, stop):
            best = (number, start)
            continue
        inner = left_start(items, stop - 1, floor=start)
        if number and inner is not None and stop - inner > 0 and best is None:
            best = (number, inner)
        break
    if best is None:
        return None
    number, start = best
    stop = segments[number][1]
    for a, b in reversed(segments[:number]):
        if (
            items[a].low in ("who", "whose", "which")
            or _is_noun_phrase(items, a, b)
            or (items[a].pos == "NUM")
        ):
            stop = b
        else:
            break
    return start, stop


def _is_noun_phrase(items: list[Item], start: int, stop: int) -> bool:
    if items[start].pos in ("ADP", "SCONJ", "VERB", "AUX", "ADV", "CCONJ") or (
        stop - start == 1 and items[start].pos == "NUM"
    ):
        return False
    return left_start(items, stop - 1, floor=start) == start and not any(
        items[j].low in TIME for j in range(start, stop)
    )


def _is_insertion(items: list[Item], start: int, stop: int) -> bool:
    first = items[start]
    if first.low in ("who", "whose", "which", "where") or first.pos in ("ADP", "SCONJ", "ADV"):
        return True
    if first.pos == "NUM" or first.pos == "VERB" and first.low.endswith(("ing", "ed")):
        return True
    return not any(is_verb(items[j]) for j in range(start, stop))
