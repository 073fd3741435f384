"""Processor time for a megabyte, and peak memory, on one paragraph of up to 20 MB of repeats.

    python tests/benchmarks/linear.py [--calls figures,tokens] [--sizes 1,5,20] [--texts quotes]

Each measurement is a process of its own.  A call is linear where a megabyte costs the same in a
short text and in a long one; `NOT LINEAR` marks what costs more than twice as much at the next size,
and longer ones are left out then.  Quotations take an hour for 20 MB of prose, so that they are
measured at a twentieth of the sizes.
"""
from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable
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
    "codes": "A1-",
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


def measure(pipe, call: str, text: str, size: float) -> None:
    """Sends seconds of processor time and the peak of memory in GB, without what imports take."""
    from helpers import KitError
    with tempfile.TemporaryDirectory() as folder:
        warm = call_of(call, text_of(text, 2_000), Path(folder))
        work = call_of(call, text_of(text, int(size * 1e6)), Path(folder))
        said = ""
        for one in (warm, work):
            begun = time.process_time()
            try:
                one()
            except KitError as problem:
                said = str(problem)[:60]
        taken = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    pipe.send((taken, peak, said))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--calls", default=",".join(
        [*FILES, "tokens", "figures", "phrases", "themes", "quotes"]))
    parser.add_argument("--texts", default=",".join(TEXTS))
    parser.add_argument("--sizes", default="1,5,20", help="megabytes")
    parser.add_argument("--seconds", type=float, default=1800, help="the longest time to wait for one")
    asked = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    for call in asked.calls.split(","):
        for text in asked.texts.split(","):
            before = None
            for size in (float(one) * FEWER.get(call, 1) for one in asked.sizes.split(",")):
                here, there = context.Pipe()
                process = context.Process(target=measure, args=(there, call, text, size), daemon=True)
                process.start()
                there.close()
                try:
                    answer = here.recv() if here.poll(asked.seconds) else None
                except EOFError:
                    answer = None
                process.kill()
                if answer is None:
                    print(f"{call:>10} {text:>12} {size:>5} MB  NO RESULT", flush=True)
                    break
                taken, peak, said = answer
                each = taken / size
                bad = before is not None and each > 2 * before and taken > 1
                print(f"{call:>10} {text:>12} {size:>5} MB {each:>8.2f} s/MB {peak:>6.2f} GB {said}"
                      + ("  NOT LINEAR" if bad else ""), flush=True)
                if bad:
                    break
                before = max(each, before or 0)


if __name__ == "__main__":
    main()
