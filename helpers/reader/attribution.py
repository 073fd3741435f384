"""What the reader finds: a reported statement, before its speaker is known."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One reported statement; spans are character offsets.

    `content` leaves its outer quotation marks out where all of it stands in them (`kind` direct);
    `cue` and `source` are empty where the text has none. `signs` are the numbers by which its
    confidence is judged; `inner`: it stands within the content of another statement.
    """

    content: Spans
    cue: Spans = ()
    source: Spans = ()
    kind: str | None = None  # direct, mixed, indirect; None: to be read off the marks
    signs: tuple[float, ...] = ()
    inner: bool = False

    @property
    def start(self) -> int:
        return self.content[0][0]

    @property
    def end(self) -> int:
        return self.content[-1][1]
