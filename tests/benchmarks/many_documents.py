"""Time and memory of the theme analyses on very many documents.

    python tests/benchmarks/many_documents.py DOCS.jsonl [NUMBER [WORDS]]

DOCS.jsonl has a line {"text": …} for each of a few hundred documents or more; NUMBER documents
(5,000) of WORDS words (500) are drawn from its sentences, three in a hundred of them reprints of
another with a few words changed.  Prints a line for each step: seconds, seconds of processor time
of all cores together (which a busy machine does not change), and the most memory that this
process and its workers have held.
"""
from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

import numpy as np
import pandas as pd

from helpers.text import split_sentences
from helpers.text.tokens import tokenize
from helpers.themes import (
    count_theme_documents,
    find_duplicates,
    find_phrases,
    find_themes,
    find_topics,
    find_trends,
    keyness,
    load_themes,
    read_corpus,
    select_documents,
)
from helpers.work import cores

REPRINTS = 0.03
PARAGRAPH = 4  # sentences


def drawn(texts: list[str], number: int, words: int) -> pd.DataFrame:
    """Documents put together from two texts each, so that they have subjects, and reprints."""
    draw = np.random.default_rng(0)
    cut = [[text[start:end] for start, end in split_sentences(text)] for text in texts]
    made: list[str] = []
    while len(made) < number:
        if made and draw.random() < REPRINTS:
            parts = made[draw.integers(len(made))].split(" ")
            for place in draw.integers(len(parts), size=5):
                parts[place] = "changed"
            made.append(" ".join(parts))
            continue
        some = [sentence for n in draw.integers(len(cut), size=2) for sentence in cut[n]]
        order = [some[n] for n in draw.integers(len(some), size=4 * words // 10)]
        sizes = np.cumsum([sentence.count(" ") + 1 for sentence in order])
        order = order[:int(np.searchsorted(sizes, words)) + 1]
        made.append("\n\n".join(" ".join(order[n:n + PARAGRAPH])
                                for n in range(0, len(order), PARAGRAPH)))
    days = pd.Timestamp("2015-01-01") + pd.to_timedelta(np.arange(number) * 3650 // number, "D")
    return pd.DataFrame({"text": made, "date": days.strftime("%Y-%m-%d")},
                        index=pd.Index([f"d{n:06}" for n in range(number)], name="doc"))


def memory() -> str:
    """The most that this process has held, and the largest of its workers."""
    own, other = (getrusage(who).ru_maxrss / 1e6 for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return f"{own:5.2f} GB + {cores()} × {other:4.2f} GB"


def processor() -> float:
    """Seconds that the processor has worked for this process and for its workers that ended."""
    return sum(getrusage(who).ru_utime + getrusage(who).ru_stime
               for who in (RUSAGE_SELF, RUSAGE_CHILDREN))


def with_numbers(documents: pd.DataFrame, step: Callable) -> None:
    """The analyses that count words."""
    corpus = step("words in numbers", lambda: read_corpus(documents))
    step("near-duplicates", lambda: find_duplicates(corpus))
    later = documents.index.isin(select_documents(documents)[0].index)
    step("keyness", lambda: keyness(documents[later], documents[~later]))
    step("topics, 20", lambda: find_topics(corpus, number=20))


def with_themes(documents: pd.DataFrame, step: Callable) -> None:
    """The analyses with a dictionary."""
    themes = step("themes and probable", lambda: find_themes(documents, themes=load_themes()))
    step("themes over time", lambda: find_trends(documents,
                                                 count_theme_documents(documents, themes)))


def main(path: Path, number: int, words: int) -> None:
    """Print a line for each step, and the sum of the theme analyses."""
    texts = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    documents = drawn(texts, number, words)
    del texts
    total = int(documents["text"].str.count(" ").sum())
    print(f"{number:,} documents, {total:,} words, {cores()} cores; {memory()}", flush=True)
    spent: list[tuple[float, float]] = []

    def step(name: str, work: Callable[[], object]) -> object:
        begun, used = time.monotonic(), processor()
        result = work()
        spent.append((time.monotonic() - begun, processor() - used))
        rows = len(getattr(result, "terms", result))
        print(f"{name:<22}{spent[-1][0]:8.1f} s  processor {spent[-1][1]:8.1f} s"
              f"{rows:>12,} rows   {memory()}", flush=True)
        return result

    with_numbers(documents, step)
    with_themes(documents, step)
    step("key phrases", lambda: find_phrases(documents))
    wall, used = map(sum, zip(*spent, strict=True))
    print(f"{'all theme analyses':<22}{wall:8.1f} s  processor {used:8.1f} s", flush=True)
    step("table of tokens", lambda: tokenize(documents))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, (sys.argv[2:] + ["5000", "500"][len(sys.argv) - 2:])[:2]))
