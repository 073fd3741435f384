"""Quotations: who said what, and whether words and sources are found."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .words import Words, content_words, f1, names, overlap, percent

Row = Mapping[str, object]
BELIEVERS = {"i", "we"}  # "I hope that …" in somebody's own words is neither asked for nor punished


@dataclass(frozen=True, slots=True)
class Quote:
    """A row with its content and source as sets of words."""

    row: Row
    content: frozenset[int]
    source: frozenset[int]
    heads: frozenset[int]

    def same_source(self, other: Quote) -> bool:
        return self.source == other.source or bool(self.heads & other.heads)


def read(words: Words, rows: Iterable[Row]) -> list[Quote]:
    """The rows that have a content: `content` and `source` are lists of [start, end]."""
    found = []
    for row in rows:
        source = words.inside(row.get("source") or ())
        quote = Quote(row, words.inside(row["content"]), source, words.heads(source))
        found += [quote] if quote.content else []
    return found


def paired(gold: Sequence[Quote], found: Sequence[Quote]) -> list[tuple[Quote, Quote]]:
    """One to one, those that share at least half of their words, the likest first."""
    likely = sorted(
        (-share, -len(one.source & two.source), i, j)
        for j, two in enumerate(found)
        for i, one in enumerate(gold)
        if (share := overlap(one.content, two.content)) >= 0.5
    )
    left, right, pairs = set(range(len(gold))), set(range(len(found))), []
    for _, _, i, j in likely:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((gold[i], found[j]))
    return pairs


def count(gold: Sequence[Quote], found: Sequence[Quote], c: Counter) -> None:
    """Counts of one text; a speaker in the gold is one name, or several that are equally right."""
    marked = frozenset().union(*(quote.content for quote in gold))
    same = Counter(quote.content for quote in gold) & Counter(quote.content for quote in found)
    c["gold"] += len(gold)
    c["found"] += len(found)
    c["exact"] += same.total()
    c["nothing"] += sum(not quote.content & marked for quote in found)
    for one, two in paired(gold, found):
        wanted, got = one.row.get("speaker"), two.row.get("speaker")
        wanted = [wanted] if isinstance(wanted, str) or wanted is None else wanted
        c["pairs"] += 1
        c["attributed"] += (
            one.same_source(two)
            if one.source and two.source
            else (not one.source and not two.source)
        )
        strictly = any(names(name) == names(got) for name in wanted)
        kindly = strictly or any(same_person(name, got) for name in wanted)
        c["strictly right"] += strictly
        c["right"] += kindly
        c["named"] += any(wanted)
        c["named right"] += kindly and any(wanted)


def same_person(one: str | None, two: str | None) -> bool:
    """Whether one name says less of the same: "report" of an "independent report", no "Alan"."""
    first, second = ([*names(name)] for name in (one, two))
    if len(first) != 1 or len(second) != 1:
        return False
    short, long = sorted((set(content_words(first[0])), set(content_words(second[0]))), key=len)
    given_name = len(short) == 1 and is_name(one) and is_name(two)
    return bool(short) and short <= long and not given_name


def is_name(written: str | None) -> bool:
    long = [word for word in re.findall(r"\w+", written or "") if len(word) > 3]
    return (written or "")[:1].isupper() and all(word[0].isupper() for word in long)


def without_beliefs(words: Words, quotes: list[Quote]) -> list[Quote]:
    """The quotations but for the "I hope that …" within another one."""
    return [
        quote
        for quote in quotes
        if " ".join(words.text[s:e] for s, e in quote.row.get("source") or ()).lower()
        not in BELIEVERS
        or not any(quote.content < other.content for other in quotes)
    ]


def score_named(
    records: Iterable[Row], found: Mapping[str, Sequence[Row]], *, kind: bool
) -> dict[str, float]:
    """Who said what on texts with speakers; `kind` as on real texts, where names have many forms.

    records : `doc`, `text`, `quotes` and, where not all quotations are marked, `complete` False.
    found : the kit's rows by document.
    """
    c: Counter = Counter()
    for record in records:
        if not record.get("complete", True):
            continue
        words = Words(record["text"])
        gold, got = read(words, record["quotes"]), read(words, found[record["doc"]])
        if kind:
            gold, got = without_beliefs(words, gold), without_beliefs(words, got)
        count(gold, got, c)
    right = c["right" if kind else "strictly right"]
    return {
        "who said what": f1(right, c["gold"], c["found"]),
        "quotes found": f1(c["pairs"], c["gold"], c["found"]),
        "speaker": percent(c["named right"], c["named"]) if kind else percent(right, c["pairs"]),
        "nothing said": percent(c["nothing"], c["found"]),
    }


def score_attributions(
    records: Iterable[Row], found: Mapping[str, Sequence[Row]]
) -> dict[str, float]:
    """Content and source by their words, where the gold has no speakers."""
    c: Counter = Counter()
    for record in records:
        words = Words(record["text"])
        count(read(words, record["quotes"]), read(words, found[record["doc"]]), c)
    return {
        "content exact": f1(c["exact"], c["gold"], c["found"]),
        "attribution": f1(c["attributed"], c["gold"], c["found"]),
    }


def rows_of(quotes) -> dict[str, list[Row]]:
    """The quotes table of the kit by document, as the scores read it."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in quotes.to_dict("records"):
        speaker = row["speaker"] if isinstance(row["speaker"], str) else ""
        found[row["doc"]].append(
            {"content": row["spans"], "source": row["source_spans"], "speaker": speaker}
        )
    return found
