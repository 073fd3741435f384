"""Nesting: which reported statement stands inside which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

Span = tuple[int, int]


class Attributed(Protocol):
    """What is needed of an attribution: the spans of its content, cue and source."""

    content: Sequence[Span]
    cue: Sequence[Span]
    source: Sequence[Span]
    kind: str | None


def anchor_of(attribution: Attributed) -> int:
    for spans in (attribution.source, attribution.cue, attribution.content):
        if spans:
            return spans[0][0]
    return 0


def enclosing(attributions: Sequence[Attributed]) -> list[int | None]:
    """For each attribution the narrowest other one whose content holds its cue or content."""
    spans = sorted(
        ((s, e, k) for k, a in enumerate(attributions) for s, e in a.content),
        key=lambda x: (x[0], -x[1]),
    )
    places = sorted((max(anchor_of(a), 0), k) for k, a in enumerate(attributions))
    result: list[int | None] = [None] * len(attributions)
    stack: list[tuple[int, int]] = []
    nxt = 0
    for place, k in places:
        while nxt < len(spans) and spans[nxt][0] <= place:
            stack.append((spans[nxt][1], spans[nxt][2]))
            nxt += 1
        while stack and stack[-1][0] <= place:
            stack.pop()
        for end, other in reversed(stack[-12:]):
            if other != k and end > place:
                result[k] = other
                break
    return result
