"""Measures how often rows of the quotes table are right, and fits their confidence.

    python -m helpers.training.confidence DATA

DATA holds `real/dev.jsonl` and `polnear/dev`, which the reader has not seen. A row is right where
at least half of its words (Jaccard) are a gold statement's and the speaker is the gold one (press
texts) or the head of the source is (PolNeAR, which names no speakers).
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

from ..names import Speaker, speakers_of
from ..quotes.attributions import every, read_attributions
from ..quotes.confidence import MEASURED, measured, read_signs, signs
from ..reader import Attribution, Span
from .gold import lines_of, read_polnear
from .names import same_speaker

WORD = re.compile(r"\w+")
BEHIND_HEAD = re.compile(  # the mayor | of Zell, the party | (which …)
    r"[,;:()\[\]—–]|\b(?:of|who|in|for|from|at|with|whose|that|which|on|to|by|and|including)\b"
)
FOLDS = 10
BINS = 10
CURVE = LogisticRegression(C=10, solver="newton-cholesky", tol=1e-8)


class Text(NamedTuple):
    """A marked text: its statements' contents, and what makes a speaker right."""

    set: str
    doc: str
    text: str
    contents: list[Sequence[Span]]
    right: Callable[[int, Attribution, Speaker], bool]  # number in `contents`, finding, speaker


class Row(NamedTuple):
    """A finding with its numbers, and whether it is a statement, and with its speaker right."""

    set: str
    doc: str
    signs: list[float]
    right: bool


def marked_texts(data: Path) -> Iterator[Text]:
    """The completely marked press texts, and the documents of PolNeAR, none of them learned."""
    for record in lines_of(data / "real" / "dev.jsonl"):
        if record["complete"] and record["set"] == "press":
            quotes = record["quotes"]
            right = partial(_right_name, [quote["speaker"] for quote in quotes])
            contents = [quote["content"] for quote in quotes]
            yield Text("press", record["doc"], record["text"], contents, right)
    for gold in read_polnear(data / "polnear" / "dev"):
        right = partial(_right_source, gold.text, [a.source for a in gold.statements])
        yield Text("news", gold.name, gold.text, [a.content for a in gold.statements], right)


def _right_name(names: list[list[str]], k: int, _: Attribution, who: Speaker) -> bool:
    return same_speaker(names[k], who.name)


def _right_source(
    text: str, sources: list[Sequence[Span]], k: int, one: Attribution, _: Speaker
) -> bool:
    return same_source(text, sources[k], one.source)


def same_source(text: str, gold: Sequence[Span], found: Sequence[Span]) -> bool:
    """Do two sources share a head: the last word, or that of the first noun group?"""
    if not gold or not found:
        return not gold and not found
    return bool(_heads(text, gold) & _heads(text, found))


def _heads(text: str, spans: Sequence[Span]) -> set[int]:
    """Where the last word begins, and the last one of the first noun group."""
    words = [word.span() for span in spans for word in WORD.finditer(text, *span)]
    if not words:
        return set()
    end = BEHIND_HEAD.search(text, words[0][1], words[-1][1])
    group = [word for word in words if end is None or word[1] <= end.start()]
    return {group[-1][0], words[-1][0]}


def pairs(
    text: str, gold: Sequence[Sequence[Span]], found: Sequence[Attribution]
) -> dict[int, int]:
    """For each finding the gold content that it shares at least half of its words with."""

    def words(spans: Sequence[Span]) -> set[int]:
        return {word.start() for span in spans for word in WORD.finditer(text, *span)}

    wanted = [words(spans) for spans in gold]
    offers = []
    for k, one in enumerate(found):
        mine = words(one.content)
        shared = [len(mine & other) / max(1, len(mine | other)) for other in wanted]
        offers += [(-share, g, k) for g, share in enumerate(shared) if share >= 0.5]
    taken: dict[int, int] = {}
    for _, g, k in sorted(offers):
        if k not in taken and g not in taken.values():
            taken[k] = g
    return taken


def read_rows(texts: Iterable[Text]) -> Iterator[Row]:
    """All findings of the reader, right where they are statements."""
    for one in texts:
        found = [a for a in every(one.text)[0] if a.signs]
        taken = pairs(one.text, one.contents, found)
        for k, a in enumerate(found):
            yield Row(one.set, one.doc, read_signs(a), k in taken)


def table_rows(texts: Iterable[Text]) -> Iterator[Row]:
    """The rows of the quotes table, right where their speaker is, too."""
    for one in texts:
        found, readings = read_attributions(one.text)
        taken = pairs(one.text, one.contents, found)
        speakers = speakers_of(one.text, found, readings=readings)
        for k, (a, who) in enumerate(zip(found, speakers, strict=True)):
            right = k in taken and one.right(taken[k], a, who)
            yield Row(one.set, one.doc, signs(a, who), right)


def arrays(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The numbers of all rows, which are right, and weights: both sets weigh the same."""
    sets = pd.Series([row.set for row in rows])
    weights = 0.5 * len(sets) / sets.map(sets.value_counts())
    return np.array([r.signs for r in rows]), np.array([r.right for r in rows]), weights.to_numpy()


def fitted(rows: Sequence[Row]) -> list[float]:
    """Intercept and weights of a logistic regression with a ridge penalty on all rows."""
    numbers, right, weights = arrays(rows)
    curve = CURVE.fit(numbers, right, weights)
    return np.round([*curve.intercept_, *curve.coef_[0]], 4).tolist()


def measure(rows: Sequence[Row]) -> dict:
    """Weights on all rows; reliability and error on documents each left out of its own curve."""
    numbers, right, weights = arrays(rows)
    sure = cross_val_predict(
        CURVE, numbers, right, groups=[row.doc for row in rows], cv=GroupKFold(FOLDS),
        params={"sample_weight": weights}, method="predict_proba",
    )[:, 1]  # fmt: skip
    judged = pd.DataFrame({"set": [row.set for row in rows], "sure": sure, "right": right})
    tenth = np.minimum((sure * BINS).astype(int), BINS - 1)
    bins = judged.groupby(["set", tenth]).agg(
        sure=("sure", "mean"), right=("right", "mean"), rows=("right", "size")
    )
    gaps = (bins["sure"] - bins["right"]).abs() * bins["rows"]
    error = gaps.groupby("set").sum() / bins["rows"].groupby("set").sum()
    reliability = bins.round(3).droplevel(1).reset_index()
    return {
        "documents": len({row.doc for row in rows}),
        "error": error.round(4).to_dict(),
        "reliability": reliability.astype(object).values.tolist(),
        "weights": fitted(rows),
    }


def main() -> None:
    """Fit and write, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    texts = list(marked_texts(parser.parse_args().data))
    found = {"read": fitted(list(read_rows(texts)))}
    MEASURED.write_text(json.dumps(found), encoding="utf-8")
    measured.cache_clear()  # the table holds only what is likely enough
    found |= measure(list(table_rows(texts)))
    MEASURED.write_text(json.dumps(found), encoding="utf-8")
    print(f"expected calibration error: {found['error']}")


if __name__ == "__main__":
    main()
