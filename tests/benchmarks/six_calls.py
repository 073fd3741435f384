"""How long one run of the six calls takes on 120 documents, here and with another copy of the kit.

    python tests/benchmarks/six_calls.py                 # this kit
    python tests/benchmarks/six_calls.py --kit FOLDER    # the kit in another folder, as ratio
    python tests/benchmarks/six_calls.py --profile       # where the time goes

The documents are those of `tests/documents`, varied: names and numbers differ from copy to copy, so
that nothing that was found in one is found again in the next.  Each kit works in a process of its
own, in turns, several times; the least processor time counts, which other work disturbs least.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
CALLS = ("load", "tokenize", "quotes", "figures", "phrases", "themes")
WORK = """
import cProfile, json, pstats, sys, time
sys.path.insert(0, sys.argv[1])
import helpers
from helpers import find_figures, find_phrases, find_quotes, find_themes, load, tokenize
find_quotes(load("seeds")); find_themes(load("seeds"), themes={"a": ["b"]})  # models are read
profile = cProfile.Profile()
if sys.argv[3] == "profile":
    profile.enable()
times, last = [], time.process_time()
def lap():
    global last
    times.append(time.process_time() - last)
    last = time.process_time()
documents = load(sys.argv[2]); lap()
tokens = tokenize(documents); lap()
quotes = find_quotes(documents); lap()
figures = find_figures(documents, quotes=quotes); lap()
phrases = find_phrases(documents); lap()
themes = find_themes(documents, themes={"money": ["bank", "cost*", "price"], "road": ["bridge", "road"]}); lap()
profile.disable()
if sys.argv[3] == "profile":
    pstats.Stats(profile).sort_stats("tottime").print_stats(45)
rows = [len(table) for table in (documents, tokens, quotes, figures, phrases, themes)]
print(json.dumps({"times": times, "rows": rows, "words": int(documents["words"].sum())}))
"""


def vary(folder: Path, number: int) -> None:
    """So many text files: the texts of `tests/documents` with other names and numbers in each copy."""
    sys.path.insert(0, str(HERE))
    from helpers import load

    documents = load(HERE / "tests" / "documents")
    documents = documents[documents["language"] == "en"].sort_values("words", ascending=False)
    names = [f"{first}{last}" for first in ("Hal", "Mar", "Ost", "Vel", "Tor") for last in
             ("mar", "den", "wick", "stad", "berg")]
    for n in range(number):
        row = documents.iloc[n % len(documents)]
        other = names[n % len(names)]
        text = re.sub(r"\bHalmar\b", other, row["text"])
        text = re.sub(r"\b(\d\d)(\d)\b", lambda found, n=n: f"{found[1]}{(int(found[2]) + n) % 10}", text)
        (folder / f"2023-05-{n % 28 + 1:02}_{n:03}.txt").write_text(f"{text}\n\nCopy {n}.\n", "utf-8")


def measured(kit: Path, folder: Path, *, profile: bool) -> dict:
    arguments = [str(kit), str(folder), "profile" if profile else "plain"]
    done = subprocess.run([sys.executable, "-c", WORK, *arguments], cwd=kit, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    *said, last = done.stdout.strip().splitlines()
    print("\n".join(said))
    return json.loads(last)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kit", type=Path, help="the folder of another copy of the kit")
    parser.add_argument("--documents", type=int, default=120)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    kits = {"this kit": HERE} | ({"the other": asked.kit.resolve()} if asked.kit else {})
    best: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as place:
        vary(Path(place), asked.documents)
        for _ in range(asked.times):
            for name, kit in kits.items():
                found = measured(kit, Path(place), profile=asked.profile)
                times = best.get(name, found["times"])
                best[name] = [min(pair) for pair in zip(times, found["times"], strict=True)]
                print(f"{name}: {found['words']:,} words, {sum(found['times']):.2f} s, rows {found['rows']}")
    for at, call in enumerate((*CALLS, "all six")):
        shown = [sum(times) if at == len(CALLS) else times[at] for times in best.values()]
        ratio = f"   {shown[1] / shown[0]:.2f} times as fast" if len(shown) > 1 else ""
        print(f"{call:<10}" + "".join(f"{time:>10.2f} s" for time in shown) + ratio)


if __name__ == "__main__":
    main()
