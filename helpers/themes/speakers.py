"""Speakers of many documents: one name for each, of whom they speak, how they are introduced."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

import pandas as pd

from ..names import Named, merge_names, named_in
from ..quotes import Attribution
from ..quotes.lexicon import tone_of
from ..text import doc_of
from .choices import Choices
from .counting import by_size
from .dictionary import Dictionary
from .evidence import UNKNOWN

__all__ = ["count_mentions", "count_tones", "find_mentions", "merge_speakers"]

MENTION_COLUMNS = "doc start end paragraph speaker of of_kind text".split()
EDGE_COLUMNS = "speaker of of_kind mentions documents".split()
TONES = ["neutral", "positive", "negative", "not listed", "no cue"]
TONE_COLUMNS = ["speaker", "quotes", *TONES]


def merge_speakers(quotes: pd.DataFrame, *, choices: Choices | None = None) -> pd.DataFrame:
    """The quotes with one name for one speaker across documents, where that is safe.

    Cautious: a surname alone joins a full name only with an office in common, and namesakes whose
    offices exclude each other are told apart by them.  So one person may stay two, and rarely are
    two made one; `helpers.names.merge_names` has the rules.  Quotes of unknown speakers stay so.

    quotes : the table of `find_quotes`.
    choices : the user's `words.toml`, as `load_choices` reads it: speakers whose whole name is a
        form in its [merge] are one, under the name that is shown; that goes before our rules.

    Returns the table with `speaker` replaced and `called`, the name in the quote's own document.

    >>> table = pd.DataFrame({"doc": ["a", "b"], "speaker": ["Ann Lee", "A. Lee"],
    ...                       "speaker_kind": "person", "role": None})
    >>> merge_speakers(table)["speaker"].tolist()
    ['Ann Lee', 'Ann Lee']
    """
    names = merge_names(list(_cells(quotes, ["doc", "speaker", "speaker_kind", "role"])))
    dictionary = Dictionary(choices.entries if choices else {})
    own = {
        name: hit.theme
        for name in {*names, *quotes["speaker"].dropna()} - {None}
        for hit in dictionary.hits(doc_of(name))
        if _bare(name) == _bare(name[hit.start : hit.end])
    }
    shown = [
        own.get(called) or own.get(name) or name
        for called, name in zip(quotes["speaker"], names, strict=True)
    ]
    merged = pd.Series(shown, index=quotes.index, dtype=object)
    return quotes.assign(called=quotes["speaker"], speaker=merged)


def find_mentions(documents: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Of whom the speakers speak: one row for each name in a quote that is not its speaker's.

    Counts names, not pronouns or offices ("he", "the minister"), and people, organisations and
    other speakers only.  A name in a quotation within a quotation is the inner speaker's.

    documents, quotes : the tables of the same names; quotes may have gone through `merge_speakers`.

    Returns columns doc, start, end, paragraph (of the quote), speaker (missing: unknown), of and
    of_kind (who is named), text (as written), in the order of the documents.

    >>> from helpers import find_quotes
    >>> table = pd.DataFrame({"text": ["Ann Lee met Bob Roe. “Roe is late,” said Lee."]})
    >>> find_mentions(table, find_quotes(table))[["speaker", "of"]].values.tolist()
    [['Ann Lee', 'Bob Roe']]
    """
    table = quotes.assign(called=quotes.get("called", quotes["speaker"]))
    spoken = list(_cells(table, ["doc", "called", "speaker_kind", "role", "speaker"]))
    found = [
        (doc, *row)
        for doc, some in table.groupby("doc", sort=False)
        for row in _named(documents.loc[doc], some)
    ]
    one_name = merge_names(
        [row[:4] for row in spoken] + [(doc, name.name, name.kind, None) for doc, name, *_ in found]
    )
    shown = {one: row[4] for one, row in zip(one_name, spoken, strict=False)}
    rows = [
        [doc, name.start, name.end, paragraph, speaker, shown.get(one, one), name.kind, name.text]
        for (doc, name, paragraph, speaker), one in zip(found, one_name[len(spoken) :], strict=True)
    ]
    return pd.DataFrame(rows, columns=MENTION_COLUMNS)


def count_mentions(mentions: pd.DataFrame) -> pd.DataFrame:
    """Who speaks of whom, and how often: one row for each pair, the most frequent first.

    mentions : the table of `find_mentions`.

    Returns columns speaker ("(unknown)" where missing), of, of_kind, mentions, documents.

    >>> count_mentions(pd.DataFrame({"doc": ["a", "a"], "speaker": ["Lee", "Lee"], "of": ["Roe",
    ...     "Roe"], "of_kind": ["person", "person"]}))["mentions"].tolist()
    [2]
    """
    if not len(mentions):
        return pd.DataFrame({column: [] for column in EDGE_COLUMNS})
    table = mentions.assign(speaker=mentions["speaker"].fillna(UNKNOWN))
    pairs = table.groupby(["speaker", "of"], sort=True).agg(
        of_kind=("of_kind", "first"), mentions=("doc", "size"), documents=("doc", "nunique")
    )
    pairs = pairs.sort_values("mentions", ascending=False, kind="stable")
    return pairs.reset_index().reindex(columns=EDGE_COLUMNS)


def count_tones(quotes: pd.DataFrame) -> pd.DataFrame:
    """With which words the reporter introduces each speaker: one row a speaker, most quoted first.

    The tone is the word's, from `data/cues.txt`: "said" is neutral, "confirmed" positive (it lends
    weight), "claimed" negative (it doubts).  Irony and the words around it are not seen.

    quotes : the table of `find_quotes`.

    Returns columns speaker ("(unknown)" last), quotes, and how many of their cues are neutral,
    positive, negative, not listed, or missing ("no cue").

    >>> count_tones(pd.DataFrame({"speaker": ["Lee"], "cue": ["claimed"]}))["negative"].tolist()
    [1]
    """
    if not len(quotes):
        return pd.DataFrame({column: [] for column in TONE_COLUMNS})
    cues = quotes["cue"].astype(object)
    tones = [tone_of(cue) or "not listed" if isinstance(cue, str) else "no cue" for cue in cues]
    speakers = quotes["speaker"].astype(object).where(quotes["speaker"].notna(), UNKNOWN)
    counts = pd.crosstab(speakers, pd.Series(tones, index=quotes.index))
    counts = counts.reindex(columns=TONES, fill_value=0)
    counts.insert(0, "quotes", counts.sum(axis=1))
    order = by_size(counts["quotes"].items(), last=UNKNOWN)
    return counts.loc[order].rename_axis(index="speaker", columns=None).reset_index()


def _cells(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple]:
    """The rows of these columns, with None for what is missing."""
    cells = table[columns].astype(object)
    return cells.where(cells.notna(), None).itertuples(index=False, name=None)


def _bare(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())


def _named(document: pd.Series, quotes: pd.DataFrame) -> Iterator[tuple[Named, int, str | None]]:
    """The names in the quotes of one document but the speakers' own, with paragraph and speaker."""
    title = document.get("title")
    columns = (quotes[c] for c in ("spans", "cue_spans", "source_spans", "kind"))
    told = [Attribution(*row) for row in zip(*columns, strict=True)]
    spans = sorted(
        (start, -end, number) for number, one in enumerate(told) for start, end in one.content
    )
    reach = list(accumulate((-end for _, end, _ in spans), max))  # of this span and those before
    rows = list(_cells(quotes, ["paragraph", "speaker", "called"]))
    called = {row[2] for row in rows}
    for name in named_in(document["text"], told, title=title if isinstance(title, str) else None):
        at = bisect_right(spans, name.start, key=lambda span: span[0]) - 1
        while at >= 0 and reach[at] > name.start >= -spans[at][1]:  # until the innermost around it
            at -= 1
        if at >= 0 and reach[at] > name.start:
            paragraph, speaker, own = rows[spans[at][2]]
            if name.name != own and (name.kind or name.name in called):
                yield name, int(paragraph), speaker
