"""Speakers of many documents: one name for each, of whom they speak, how they are introduced."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

import pandas as pd

from ..names import Named, merge_names, named_in
from ..quotes import Attribution
from ..quotes.lexicon import tone_of
from .evidence import UNKNOWN

MENTION_COLUMNS = ["doc", "start", "end", "paragraph", "speaker", "of", "of_kind", "text"]
EDGE_COLUMNS = ["speaker", "of", "of_kind", "mentions", "documents"]
TONES = ["neutral", "positive", "negative", "not listed", "no cue"]
TONE_COLUMNS = ["speaker", "quotes", *TONES]
Spans = Sequence[tuple[int, int]]


def merge_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """The quotes with one name for one speaker across documents, where that is safe.

    Cautious: a surname alone joins a full name only with an office in common, and namesakes whose
    offices exclude each other are told apart by them.  So one person may stay two, and rarely are
    two made one; `helpers.names.merge_names` has the rules.  Quotes of unknown speakers stay so.

    quotes : the table of `find_quotes`.

    Returns the table with `speaker` replaced and `called`, the name in the quote's own document.

    >>> table = pd.DataFrame({"doc": ["a", "b"], "speaker": ["Ann Lee", "A. Lee"],
    ...                       "speaker_kind": "person", "role": None})
    >>> merge_speakers(table)["speaker"].tolist()
    ['Ann Lee', 'Ann Lee']
    """
    columns = [
        quotes[c].astype(object).where(quotes[c].notna(), None)
        for c in ("doc", "speaker", "speaker_kind", "role")
    ]
    merged = merge_names(list(zip(*columns, strict=True)))
    names = pd.Series(merged, index=quotes.index, dtype=object)
    return quotes.assign(called=quotes["speaker"], speaker=names)


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
    called = quotes.get("called", quotes["speaker"])
    table = quotes.assign(called=called.astype(object).where(called.notna(), None))
    spoken = [
        tuple(row)
        for row in table[["doc", "called", "speaker_kind", "role", "speaker"]]
        .astype(object)
        .where(table.notna(), None)
        .itertuples(index=False)
    ]
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


def _named(document: pd.Series, quotes: pd.DataFrame) -> list[tuple[Named, int, str | None]]:
    """The names in the quotes of one document but the speakers' own, with paragraph and speaker."""
    title = document.get("title")
    told = [
        Attribution(*row)
        for row in zip(
            quotes["spans"],
            quotes["cue_spans"],
            quotes["source_spans"],
            quotes["kind"],
            strict=True,
        )
    ]
    inner = _narrowest([one.content for one in told])
    paragraphs, speakers, called = (list(quotes[c]) for c in ("paragraph", "speaker", "called"))
    found = []
    for name in named_in(document["text"], told, title=title if isinstance(title, str) else None):
        quote = inner(name.start)
        if quote is not None and name.name != called[quote] and (name.kind or name.name in called):
            found.append((name, int(paragraphs[quote]), speakers[quote]))
    return found


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
    return (
        pairs.reset_index()
        .sort_values("mentions", ascending=False, kind="stable")
        .reindex(columns=EDGE_COLUMNS)
        .reset_index(drop=True)
    )


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
    counts = pd.crosstab(speakers, pd.Series(tones, index=quotes.index)).reindex(
        columns=TONES, fill_value=0
    )
    counts.insert(0, "quotes", counts.sum(axis=1))
    order = sorted(counts.index, key=lambda s: (s == UNKNOWN, -counts.loc[s, "quotes"], s))
    counts = counts.loc[order].rename_axis(index="speaker", columns=None)
    return counts.reset_index()


def _narrowest(contents: Sequence[Spans]) -> Callable[[int], int | None]:
    """A function from a place to the number of the narrowest quote around it, or None."""
    spans = sorted((start, end, k) for k, content in enumerate(contents) for start, end in content)
    cuts = sorted({place for start, end, _ in spans for place in (start, end)})
    owner: list[int | None] = []
    open_spans: list[tuple[int, int, int]] = []
    at = 0
    for cut in cuts:
        while at < len(spans) and spans[at][0] <= cut:
            open_spans.append(spans[at])
            at += 1
        open_spans = [span for span in open_spans if span[1] > cut]
        narrow = min(open_spans, key=lambda s: (s[1] - s[0], s[2]), default=None)
        owner.append(narrow[2] if narrow else None)

    def at_place(place: int) -> int | None:
        k = bisect_left(cuts, place + 1) - 1
        return owner[k] if k >= 0 else None

    return at_place
