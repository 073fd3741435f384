"""Processor time for a megabyte, and peak memory, of every call on one paragraph of repeats.

    python tests/benchmarks/linear.py [--calls figures,tokens] [--texts quotes] [--largest 19]

Each call is given each text at 100,000 and 400,000 characters; `NOT LINEAR` marks where a character
of the longer one costs more than twice as much.  Then the two slowest texts and prose are given at
19 million, near the most that a document may have, each in a process of its own, for its memory.  A
megabyte of prose takes the quotations a minute, so that they are measured at a twentieth of the sizes.
"""
from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pandas as pd

SAMPLES = Path(__file__).parents[1] / "documents"
TEXTS = {
    "prose": None, "digits": "7", "numbers": "1 2 3 ", "grouped": "1,234,567.89 ", "dots": "1.2.3.",
    "quotes": '"', "pairs": '"a" ', "curly": "“", "single": "'", "capitals": "A", "names": "Ann Lee ",
    "initials": "A. B. ", "said": "said ", "he said": "he said that ", "money": "$", "prices": "$5 ",
    "euros": "€ 1 bn ", "commas": ",", "listed": "a, ", "brackets": "(", "closed": ")", "nested": "[(",
    "ranges": "from 1 to 2 to 3 ", "between": "between 1 and ", "dashes": "1-", "letter": "a",
    "spaces": " ", "stops": ". ", "per cent": "5 per cent ", "dates": "November 23, 2017, ",
    "days": "23 ", "of": "of the ", "hyphens": "a-", "apostrophes": "n't", "asterisks": "*", "hashes": "#",
    "tags": "<b>", "entities": "&amp;", "more": "more than ", "units": "km/h ", "slashes": "1/2/", "hung": "1-,",
    "codes": "A1-", "numbers and": "5 and ", "dated prices": "paid $5 in May 2017, ",
}
FILES = {"load txt": "{}", "load md": "{}", "load html": "<html><body><p>{}</p></body></html>",
         "load csv": "text\n{}\n", "load jsonl": "json", "load rtf": r"{{\rtf1\ansi {}}}",
         "load eml": "Subject: a\nDate: Thu, 23 Nov 2017 10:00:00 +0000\n\n{}\n"}
FEWER = {"quotes": 0.05}


def text_of(name: str, characters: int) -> str:
    piece = TEXTS[name]
    if piece is None:
        files = sorted(SAMPLES.glob("202[234]*.txt")) + sorted(SAMPLES.glob("*.md"))
        piece = " ".join(" ".join(path.read_text("utf-8").split()) for path in files
                         if "novorechensk" not in path.name and "desaladora" not in path.name) + " "
    return (piece * (characters // len(piece) + 1))[:characters]


def call_of(name: str, text: str, folder: Path) -> Callable[[], object]:
    from helpers import find_figures, find_phrases, find_quotes, find_themes, load, tokenize

    documents = pd.DataFrame({"text": [text], "date": ["2017-11-24"]})
    if name.startswith("load "):
        path = folder / f"a.{name.split()[1]}"
        form = FILES[name]
        path.write_text(json.dumps({"text": text}) if form == "json" else form.format(text), "utf-8")
        return lambda: load(path)
    quotes = pd.DataFrame(columns=["doc", "start", "end", "speaker", "spans"])
    return {"tokens": lambda: tokenize(documents), "phrases": lambda: find_phrases(documents),
            "figures": lambda: find_figures(documents, quotes=quotes),
            "quotes": lambda: find_quotes(documents),
            "themes": lambda: find_themes(documents, themes={"money": ["cost", "euro*", "per cent"],
                                                             "people": ["Ann Lee", "he", "said"]})
            }[name]


def measure(pipe: Connection, call: str, texts: list[str], sizes: list[float]) -> None:
    """Sends (text, megabytes, seconds of processor time, peak of memory in MB, what was refused)."""
    from helpers import KitError

    with tempfile.TemporaryDirectory() as folder:
        call_of(call, text_of("prose", 2_000), Path(folder))()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for text in texts:
            for size in sizes:
                work, said = call_of(call, text_of(text, int(size * 1e6)), Path(folder)), ""
                begun = time.process_time()
                try:
                    work()
                except KitError as problem:
                    said = str(problem)
                taken = time.process_time() - begun
                peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
                pipe.send((text, size, taken, (peak - before) / 1e3, said[:60]))


def measured(call: str, texts: list[str], sizes: list[float]) -> Iterator[tuple]:
    """What `measure` sends, in a process of its own, as long as that lives."""
    here, there = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=measure, args=(there, call, texts, sizes), daemon=True)
    process.start()
    there.close()
    with contextlib.suppress(EOFError):
        while True:
            yield here.recv()
    process.join()
    if process.exitcode:
        print(f"{call:>10} {texts}: ENDED BY THE SYSTEM", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", default=",".join(
        [*FILES, "tokens", "phrases", "themes", "figures", "quotes"]))
    parser.add_argument("--texts", default=",".join(TEXTS))
    parser.add_argument("--largest", type=float, default=19, help="megabytes")
    asked = parser.parse_args()
    for call in asked.calls.split(","):
        share = FEWER.get(call, 1)
        costs: dict[str, float] = {}
        for text, size, taken, _, said in measured(
                call, asked.texts.split(","), [0.1 * share, 0.4 * share]):
            if text in costs and taken / size > 2 * costs[text] and taken > 1:
                print(f"{call:>10} {text:>12}  NOT LINEAR: {costs[text]:.2f} s/MB, then "
                      f"{taken / size:.2f} {said}", flush=True)
            costs[text] = max(taken / size, costs.get(text, 0))
        slowest = sorted(costs, key=costs.get, reverse=True)[:2]
        for text in dict.fromkeys([*slowest, "prose"]):
            for _, size, taken, peak, said in measured(call, [text], [asked.largest * share]):
                print(f"{call:>10} {text:>12} {size:>5g} MB {taken / size:>8.2f} s/MB "
                      f"{peak / size:>6.0f} MB/MB {said}", flush=True)


if __name__ == "__main__":
    main()
