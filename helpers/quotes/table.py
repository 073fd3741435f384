"""The quotes table: attributions of each document with the speaker behind every source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields
from itertools import pairwise
from operator import attrgetter

import pandas as pd

from ..documents import english
from ..names import NOBODY, Speaker, speakers_of
from ..reader import Attribution, Reader, Span, read_statements
from ..text import doc_of
from ..work import kept_or_found
from .attributions import read_attributions
from .confidence import SURE, calibrated
from .stance import stance_of


@dataclass(frozen=True, slots=True)
class Quote:
    """One reported statement: a row of the quotes table without its document."""

    start: int
    end: int
    paragraph: int
    kind: str  # direct, mixed, indirect
    quote: str  # the content as written, its pieces joined by " … "
    spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    source_spans: tuple[Span, ...]
    cue: str | None
    source: str | None
    speaker: str | None
    speaker_kind: str | None  # person, organisation, document, group, unnamed
    role: str | None
    inferred: bool
    stance: str  # affirmed, negated, asked, hypothetical
    confidence: float


COLUMNS = ["doc"] + [f.name for f in fields(Quote)]
_CELLS = attrgetter(*COLUMNS[1:])


def quotes_in(
    text: str, *, title: str | None = None, author: str | None = None,
    reader: Reader = read_statements,
) -> list[Quote]:  # fmt: skip
    """Every reported statement of one text, with its speaker, in order.

    Not caught: reports without any reporting word or quotation mark, and speakers whom only general
    knowledge identifies ("the Kremlin's man in Washington").

    Parameters: `text`; `title`, the headline where it is not part of the text (it names speakers in
    full); `author`, who signs it and is its "I"; `reader`, as for `find_quotes`.

    >>> [(q.speaker, q.role) for q in quotes_in('Mayor Ann Lee spoke. "It works," said Lee.')]
    [('Ann Lee', 'Mayor')]
    """
    found, readings = read_attributions(text, reader)
    doc = doc_of(text)
    speakers = speakers_of(text, found, title=title, author=author, readings=readings)
    speakers = _apart(text, found, speakers)
    rows = [
        _quote(text, attribution, speaker, doc.paragraphs)
        for attribution, speaker in zip(found, speakers, strict=True)
    ]
    return [row for row in rows if row.confidence >= SURE]


def _apart(text: str, found: Sequence[Attribution], speakers: Sequence[Speaker]) -> list[Speaker]:
    """The speakers; “Is it safe?” “It is,” said Ann Lee: the first of the two is not hers."""
    told = list(speakers)
    for k, (one, after) in enumerate(pairwise(found)):
        alone = one.kind == after.kind == "direct" and not (one.cue or one.source) and after.cue
        gap = text[one.end : after.start]
        if alone and not any(c.isalnum() or c == "\n" for c in gap) and after.start >= one.end:
            told[k] = NOBODY if told[k].name == told[k + 1].name else told[k]
    return told


def find_quotes(documents: pd.DataFrame, *, reader: Reader = read_statements) -> pd.DataFrame:
    """The quotes table: one row per reported statement, in the order of the documents and texts.

    Columns: doc, start, end, paragraph, kind, quote, spans, cue_spans, source_spans, cue, source,
    speaker, speaker_kind, role, inferred, stance, confidence; offsets count characters of `text`.
    A speaker is missing where the text gives none; `inferred` says that the text names no source
    for this quotation and one was inferred from its neighbours. "I" outside quotations is the
    `author` of the document where that is one person. Documents in another language than
    English (`language`) are left out.

    `reader`: another model than the kit's, as `help(helpers.reader)` says; nothing of it is kept.

    >>> find_quotes(pd.DataFrame({"text": ["Ann Lee said: “It works.”"]}))["speaker"].tolist()
    ['Ann Lee']
    """
    documents = english(documents)
    own = reader is read_statements
    found = kept_or_found(_rows, documents, name="quotes") if own else _rows(documents, reader)
    rows = [[doc, *row] for doc, some in zip(documents.index, found, strict=True) for row in some]
    table = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("spans", "cue_spans", "source_spans"):
        table[name] = [[(start, end) for start, end in spans] for spans in table[name]]
    kinds = {"start": int, "end": int, "paragraph": int, "inferred": bool, "confidence": float}
    return table.astype(kinds)


def _rows(documents: pd.DataFrame, reader: Reader = read_statements) -> list[list[tuple]]:
    """The rows of each document, without its name."""
    found = []
    for row in documents.reindex(columns=["text", "title", "author"]).itertuples(index=False):
        title, author = (cell if isinstance(cell, str) else None for cell in row[1:])
        found.append([*map(_CELLS, quotes_in(row.text, title=title, author=author, reader=reader))])
    return found


def _quote(text: str, found: Attribution, speaker: Speaker, paragraphs: list[Span]) -> Quote:
    number = max(0, bisect_right(paragraphs, found.start, key=lambda p: p[0]) - 1)
    return Quote(
        start=found.start,
        end=found.end,
        paragraph=number,
        kind=found.kind or "indirect",
        quote=_written(text, found.content) or "",
        spans=found.content,
        cue_spans=found.cue,
        source_spans=found.source,
        cue=_written(text, found.cue),
        source=_written(text, found.source),
        speaker=speaker.name,
        speaker_kind=speaker.kind,
        role=speaker.role,
        inferred=speaker.inferred,
        stance=stance_of(text, found),
        confidence=round(calibrated(found, speaker), 3),
    )


def _written(text: str, spans: tuple[Span, ...]) -> str | None:
    return " … ".join(text[a:b] for a, b in spans) or None
