"""Words a second of the cutting and of the whole table, beside a bare regular expression.

    python tests/benchmarks/tokens_speed.py FOLDER        (a folder of .txt files)
"""
from __future__ import annotations

import re
import sys
import time
from pathlib import Path

import pandas as pd

from helpers.text.doc import Doc, known
from helpers.text.tokens import tokenize

BARE = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")


def main(folder: Path) -> None:
    """Print the speeds, once with an empty memory of word types and once with a full one."""
    texts = [path.read_text("utf-8") for path in sorted(folder.rglob("*.txt"))]
    begun = time.process_time()
    words = sum(len(BARE.findall(text)) for text in texts)
    bare = time.process_time() - begun
    print(f"{words:,} words and marks; bare pattern {words / bare / 1000:,.0f} thousand a second")
    steps = [("cutting only", lambda: [Doc(text) for text in texts])]
    steps += [(f"whole table, {when}", lambda: tokenize(pd.DataFrame({"text": texts})))
              for when in ("first time", "again")]
    known.most = 0  # nothing is remembered but word types
    for name, step in steps:
        begun = time.process_time()
        step()
        taken = time.process_time() - begun
        print(f"{name}: {words / taken / 1000:,.0f} thousand a second, {bare / taken:.3f} of bare")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
