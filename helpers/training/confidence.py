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
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..names import Speaker, speakers_of
from ..quotes.attributions import every, read_attributions
from ..quotes.confidence import MEASURED, READ, SIGNS, measured, read_signs, signs
from ..reader import Attribution, Span
from .gold import read_polnear

WORD = re.compile(r"\w+")
SMALL = frozenset("the a an of".split())
TITLES = re.compile(
    r"(?:the|an?|mr|mrs|ms|dr|sen|senator|rep|minister|president)\.?\s+(?=\S)", re.I
)
AFTER_HEAD = frozenset("of who in for from at with whose that which on to by and including".split())
FOLDS = 10
BINS = 10
RIDGE = 3.0


def words_of(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Where the words of some spans begin."""
    return frozenset(m.start() for a, b in spans for m in WORD.finditer(text, a, b))


def pairs(
    text: str, gold: Sequence[Sequence[Span]], found: Sequence[Attribution]
) -> dict[int, int]:
    """For each finding the gold content that it shares at least half of its words with."""
    wanted = [words_of(text, spans) for spans in gold]
    offers = []
    for k, one in enumerate(found):
        mine = words_of(text, one.content)
        for g, words in enumerate(wanted):
            if mine & words and 2 * len(mine & words) >= len(mine | words):
                offers.append((-len(mine & words) / len(mine | words), g, k))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for _, g, k in sorted(offers):
        if g not in used and k not in taken:
            taken[k] = g
            used.add(g)
    return taken


def same_speaker(ways: Sequence[str], name: str | None) -> bool:
    """Is a name one of the gold ones, or the same unnamed one in fewer or more words?"""
    mine = [set(_plain(one)) for one in (name or "").split("; ") if one]
    for way in ways:
        asked = [set(_plain(one)) for one in way.split("; ") if one]
        if len(asked) == len(mine) and all(any(a == b for b in mine) for a in asked):
            return True
        proper = way[:1].isupper() and (name or "")[:1].isupper()
        if (
            len(asked) == len(mine) == 1
            and not proper
            and (asked[0] <= mine[0] or mine[0] <= asked[0])
        ):
            return True
    return False


def _plain(name: str) -> list[str]:
    while TITLES.match(name):
        name = TITLES.sub("", name, count=1)
    return [
        w for w in WORD.findall(name.lower().replace("’s", "").replace("'s", "")) if w not in SMALL
    ]


def same_source(text: str, gold: Sequence[Span], found: Sequence[Span]) -> bool:
    """Do two sources share a head: the last word, or that of the first noun group?"""
    if not gold or not found:
        return not gold and not found
    return bool(_heads(text, gold) & _heads(text, found))


def _heads(text: str, spans: Sequence[Span]) -> set[int]:
    words = [m for a, b in spans for m in WORD.finditer(text, a, b)]
    if not words:
        return set()
    head = words[0]
    for word in words[1:]:
        gap = text[head.end() : word.start()]
        if re.search(r"[,;:()\[\]—–]", gap) or word[0] in AFTER_HEAD:
            break
        head = word
    return {head.start(), words[-1].start()}


@dataclass(frozen=True)
class Row:
    """A finding with its numbers, and whether it is a statement, and with its speaker right."""

    set: str
    doc: str
    signs: list[float]
    right: bool


@dataclass(frozen=True)
class Text:
    """A marked text: its statements' contents, and what makes a speaker right."""

    set: str
    doc: str
    text: str
    contents: list[Sequence[Span]]
    right: Callable[[int, Attribution, Speaker], bool]  # number in `contents`, finding, speaker


def press_texts(path: Path) -> Iterator[Text]:
    """The completely marked press texts of a JSON-lines file."""
    for line in path.read_text(encoding="utf-8").split("\n"):
        record = json.loads(line) if line.strip() else {"complete": False}
        if record["complete"] and record["set"] == "press":
            gold = record["quotes"]

            def right(k: int, _: Attribution, who: Speaker, gold: list = gold) -> bool:
                return same_speaker(gold[k]["speaker"], who.name)

            contents = [q["content"] for q in gold]
            yield Text("press", record["doc"], record["text"], contents, right)


def news_texts(folder: Path) -> Iterator[Text]:
    """The documents of a PolNeAR folder."""
    for gold in read_polnear(folder):
        said, text = gold.statements, gold.text

        def right(
            k: int, one: Attribution, _: Speaker, said: Sequence[Attribution] = said,
            text: str = text,
        ) -> bool:  # fmt: skip
            return same_source(text, said[k].source, one.source)

        yield Text("news", gold.name, text, [a.content for a in said], right)


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
        for k, (a, who) in enumerate(
            zip(found, speakers_of(one.text, found, readings=readings), strict=True)
        ):
            right = k in taken and one.right(taken[k], a, who)
            yield Row(one.set, one.doc, signs(a, who, letters=len(one.text)), right)


def logistic(rows: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Intercept and weights of a weighted logistic regression (Newton's method, ridge penalty)."""
    rows = np.concatenate([np.ones((len(rows), 1)), rows], axis=1)
    found = np.zeros(rows.shape[1])
    penalty = RIDGE * np.diag([0.0, *np.ones(rows.shape[1] - 1)])
    for _ in range(50):
        sure = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weights * (right - sure)) - penalty @ found
        bend = (rows * (weights * sure * (1 - sure))[:, None]).T @ rows + penalty
        found = found + np.linalg.solve(bend + 1e-6 * np.eye(len(bend)), slope)
    return found


def fitted(rows: Sequence[Row]) -> list[float]:
    """Intercept and weights on all rows, both sets weighing the same."""
    numbers, right, weights = _arrays(rows)[1:]
    return [round(float(w), 4) for w in logistic(numbers, right, weights)]


def _arrays(rows: Sequence[Row]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    sets = np.array([row.set for row in rows])
    weights = np.array([0.5 * len(sets) / (sets == one).sum() for one in sets])
    numbers, right = np.array([r.signs for r in rows]), np.array([float(r.right) for r in rows])
    return sets, numbers, right, weights


def measure(judged: Sequence[Row]) -> dict:
    """Weights on all rows; reliability and error on documents each left out of its own curve.

    Both sets weigh the same, though news has many more rows.
    """
    sets, rows, right, weights = _arrays(judged)
    order = sorted({row.doc for row in judged})
    fold = np.array([order.index(row.doc) % FOLDS for row in judged])
    sure = np.zeros(len(right))
    for number in range(FOLDS):
        out = fold == number
        curve = logistic(rows[~out], right[~out], weights[~out])
        sure[out] = 1 / (1 + np.exp(-(curve[0] + rows[out] @ curve[1:])))
    bins = np.minimum((sure * BINS).astype(int), BINS - 1)
    reliability, error = [], {}
    for one in sorted(set(sets.tolist())):
        gap = 0.0
        for b in range(BINS):
            here = (bins == b) & (sets == one)
            if here.any():
                mean, share = float(sure[here].mean()), float(right[here].mean())
                reliability.append([one, round(mean, 3), round(share, 3), int(here.sum())])
                gap += abs(mean - share) * here.sum() / (sets == one).sum()
        error[one] = round(float(gap), 4)
    return {
        "documents": len(order),
        "error": error,
        "reliability": reliability,
        "weights": fitted(judged),
    }


def main() -> None:
    """Fit and write, as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    texts = [
        *press_texts(options.data / "real" / "dev.jsonl"),
        *news_texts(options.data / "polnear" / "dev"),
    ]
    blank = {"read": [0.0] * (1 + len(READ)), "weights": [0.0] * (1 + len(SIGNS))}
    found = blank | {"documents": 0, "error": {}, "reliability": []}
    MEASURED.write_text(json.dumps(found), encoding="utf-8")
    for step in ("read", "rows"):  # the table holds only what is likely enough
        measured.cache_clear()
        if step == "read":
            found["read"] = fitted(list(read_rows(texts)))
        else:
            found |= measure(list(table_rows(texts)))
        MEASURED.write_text(json.dumps(found), encoding="utf-8")
    print(f"expected calibration error: {found['error']}")


if __name__ == "__main__":
    main()
