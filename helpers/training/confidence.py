"""Measures how often rows of the quotes table are right, and fits their confidence.

    python -m helpers.training.confidence DATA

DATA holds `real/dev.jsonl` and `polnear/dev`, which the reader has not seen. A row is right where
at least half of its words (Jaccard) are a gold statement's and the speaker is the gold one (press
texts) or the head of the source is (PolNeAR, which names no speakers).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from ..names import speakers_of
from ..quotes.attributions import every, read_attributions
from ..quotes.confidence import MEASURED, SURE, measured, read_signs, signs
from ..reader import Attribution, Span
from .gold import Gold, attribution_of, lines_of, read_polnear

WORD = re.compile(r"\w+")
BEHIND_HEAD = re.compile(  # the mayor | of Zell, the party | (which …)
    r"[,;:()\[\]—–]|\b(?:of|who|in|for|from|at|with|whose|that|which|on|to|by|and|including)\b"
)
TITLES = re.compile(
    r"^(?:(?:the|an?|mr|mrs|ms|miss|dr|prof|sir|dame|lord|sen|senator|rep|representative|president"
    r"|prime minister|minister|secretary|governor|gov|mayor|judge|justice|ambassador)\.?\s+(?=\S))+"
)
SMALL = frozenset("the a an of s".split())
FOLDS = 10
BINS = 10
COLUMNS = ["set", "doc", "signs", "right"]  # of findings
CURVE = LogisticRegression(C=10, solver="newton-cholesky", tol=1e-8)


def marked_texts(data: Path) -> Iterator[tuple[str, Gold, list[list[str]] | None]]:
    """Yield set, text, and the ways each speaker may be named, if known; none of them was learned.

    These are the completely marked press texts, and the documents of PolNeAR.
    """
    for record in lines_of(data / "real" / "dev.jsonl"):
        if record["complete"] and record["set"] == "press":
            said = tuple(attribution_of(quote) for quote in record["quotes"])
            speakers = [quote["speaker"] for quote in record["quotes"]]
            yield "press", Gold(record["doc"], record["text"], said), speakers
    for gold in read_polnear(data / "polnear" / "dev"):
        yield "news", gold, None


def plain(written: str | None) -> frozenset[frozenset[str]]:
    """The words of each name in a string ("; " between names), without titles and articles.

    >>> sorted(map(sorted, plain("Mr. Joan Lee; the bank")))
    [['bank'], ['joan', 'lee']]
    """
    names = (written or "").replace("’", "'").casefold().split(";")
    words = (re.findall(r"\w+", TITLES.sub("", name.strip(), count=1)) for name in names)
    return frozenset(frozenset(some) - SMALL for some in words) - {frozenset()}


def alike(one: str, other: str) -> bool:
    """Are all words of one in the other?  Of two names a single word in common will not do."""
    a, b = plain(one), plain(other)
    if len(a) != 1 or len(b) != 1:
        return False
    (x,), (y,) = a, b
    proper = all(w[0].isupper() for n in (one, other) for w in re.findall(r"\w{4,}", n))
    return (x <= y or y <= x) and not (proper and min(len(x), len(y)) == 1)


def same_speaker(ways: Sequence[str], name: str | None) -> bool:
    """Is a name one of the marked ones, or the same unnamed one in fewer or more words?"""
    return any(
        plain(way) == plain(name)
        or name and not (way[:1].isupper() and name[:1].isupper()) and alike(way, name)
        for way in ways
    )  # fmt: skip


def same_source(text: str, gold: Sequence[Span], found: Sequence[Span]) -> bool:
    """Do two sources share a head: the last word, or that of the first noun group?"""
    return not (gold or found) or bool(_heads(text, gold) & _heads(text, found))


def _heads(text: str, spans: Sequence[Span]) -> set[int]:
    """Where the last word begins, and the last one of the first noun group."""
    words = [word.span() for span in spans for word in WORD.finditer(text, *span)]
    end = BEHIND_HEAD.search(text, words[0][1], words[-1][1]) if words else None
    group = [start for start, last in words if end is None or last <= end.start()]
    return {*group[-1:], *(start for start, _ in words[-1:])}


def pairs(text: str, gold: Sequence[Attribution], found: Sequence[Attribution]) -> dict[int, int]:
    """For each finding the gold statement that it shares at least half of its words with."""

    def words(one: Attribution) -> set[int]:
        return {word.start() for span in one.content for word in WORD.finditer(text, *span)}

    wanted = list(map(words, gold))
    offers = []
    for k, mine in enumerate(map(words, found)):
        shared = [len(mine & other) / max(1, len(mine | other)) for other in wanted]
        offers += [(-share, g, k) for g, share in enumerate(shared) if share >= 0.5]
    taken: dict[int, int] = {}
    for _, g, k in sorted(offers):
        if k not in taken and g not in taken.values():
            taken[k] = g
    return taken


def read_rows(kind: str, gold: Gold, _: list[list[str]] | None) -> Iterator[tuple]:
    """All findings of the reader in a text, right where they are statements."""
    found = [a for a in every(gold.text)[0] if a.signs]
    taken = pairs(gold.text, gold.statements, found)
    return ((kind, gold.name, read_signs(a), k in taken) for k, a in enumerate(found))


def table_rows(kind: str, gold: Gold, speakers: list[list[str]] | None) -> Iterator[tuple]:
    """The rows of the quotes table for a text, right where their speaker is, too."""
    found, readings = read_attributions(gold.text)
    taken = pairs(gold.text, gold.statements, found)
    for k, who in enumerate(speakers_of(gold.text, found, readings=readings)):
        g = taken.get(k)
        yield kind, gold.name, signs(found[k], who), g is not None and (
            same_speaker(speakers[g], who.name) if speakers
            else same_source(gold.text, gold.statements[g].source, found[k].source)
        )  # fmt: skip


def weighed(rows: pd.DataFrame) -> dict[str, np.ndarray]:
    """What a curve is fitted on: the numbers, what is right, and both sets weigh the same."""
    weights = 0.5 * len(rows) / rows["set"].map(rows["set"].value_counts())
    return {"X": np.array(rows["signs"].tolist()), "y": rows["right"].to_numpy(),
            "sample_weight": weights.to_numpy()}  # fmt: skip


def fitted(rows: pd.DataFrame) -> list[float]:
    """Intercept and weights of a logistic regression with a ridge penalty on all rows."""
    curve = CURVE.fit(**weighed(rows))
    return np.round([*curve.intercept_, *curve.coef_[0]], 4).tolist()


def measure(rows: pd.DataFrame) -> dict:
    """Weights on all rows; reliability and error on documents each left out of its own curve."""
    data = weighed(rows)
    sure = cross_val_predict(
        CURVE, data["X"], data["y"], groups=rows["doc"], cv=GroupKFold(FOLDS),
        params={"sample_weight": data["sample_weight"]}, method="predict_proba",
    )[:, 1]  # fmt: skip
    shown = rows.assign(sure=sure)[sure >= SURE]
    tenth = np.minimum((shown["sure"] * BINS).astype(int), BINS - 1)
    bins = shown.groupby(["set", tenth.rename("tenth")]).agg(
        sure=("sure", "mean"), right=("right", "mean"), rows=("right", "size")
    )  # fmt: skip
    gaps = (bins["sure"] - bins["right"]).abs() * bins["rows"]
    error = gaps.groupby("set").sum() / bins["rows"].groupby("set").sum()
    return {
        "documents": rows["doc"].nunique(),
        "error": error.round(4).to_dict(),
        "reliability": bins.round(3).droplevel(1).reset_index().astype(object).values.tolist(),
        "weights": fitted(rows),
    }


def main(data: Path) -> None:
    """Fit and write: first what is likely enough to be a row, then how sure the rows are."""
    texts, found = list(marked_texts(data)), {}
    for rows_of, made in ((read_rows, lambda rows: {"read": fitted(rows)}), (table_rows, measure)):
        rows = pd.DataFrame((row for one in texts for row in rows_of(*one)), columns=COLUMNS)
        found |= made(rows)
        MEASURED.write_text(json.dumps(found), encoding="utf-8")
        measured.cache_clear()  # the table holds only what is likely enough
    print(f"expected calibration error: {found['error']}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
