"""Words a second and memory of each analysis on more and more documents; prints README's table.

    python -m tests.benchmarks [--documents 10 100 1000] [--steps quotes figures] [--times 3]
        [--kit FOLDER] [--peers PYTHON] [--plot FILE]

The documents are those of `tests/documents`, varied: names and numbers differ from copy to copy, so
that nothing found in one is found again in the next.  Each step works alone in a fresh process, with
its model read and nothing kept, several times; its least processor time counts, which other work
disturbs least, beside that of a bare compiled pattern on the same text.  `run` is the command line
with all notebooks and the report.  --kit measures another copy of the kit in turns with this one,
--peers names a Python in which other tools are installed; what is missing there is said to be.
"""
from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

HERE = Path(__file__).resolve().parents[2]
BARE = re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]")
THEMES = {"money": ["bank", "cost*", "price"], "road": ["bridge", "road"]}
STEPS = ("load", "tokens", "quotes", "figures", "phrases", "themes", "run")
MOST = 100  # documents that a peer is given: some take a second for each
Step = Callable[[], object]


def kit(step: str, folder: Path) -> Step:
    """A step of the kit, ready to work."""
    import helpers as h

    documents = None if step in ("load", "run") else h.load(folder)
    return {
        "load": lambda: h.load(folder), "tokens": lambda: h.tokenize(documents),
        "quotes": lambda: h.find_quotes(documents), "figures": lambda: h.find_figures(documents),
        "phrases": lambda: h.find_phrases(documents),
        "themes": lambda: h.find_themes(documents, themes=THEMES),
        "run": lambda: subprocess.run([sys.executable, "-m", "helpers", folder, "--out", f"{folder}-out"],
                                      check=True, stdout=subprocess.DEVNULL),
    }[step]


def nltk_words(texts: list[str]) -> Step:
    from nltk.tokenize import NLTKWordTokenizer
    cut = NLTKWordTokenizer().tokenize
    return lambda: [cut(text) for text in texts]


def nltk_tags(texts: list[str]) -> Step:
    from nltk.tag.perceptron import PerceptronTagger
    from nltk.tokenize import NLTKWordTokenizer
    cut, tagger = NLTKWordTokenizer().tokenize, PerceptronTagger()
    return lambda: [tagger.tag(cut(text)) for text in texts]


def spacy_blank(texts: list[str]) -> Step:
    import spacy
    english = spacy.blank("en")
    return lambda: list(english.pipe(texts))


def small():
    """spaCy's small English pipeline, under one of the names by which it can be had."""
    import spacy
    names = spacy.util.get_installed_models()
    return spacy.load(next((name for name in names if name.startswith("en_core_web_sm")), "en_core_web_sm"))


def spacy_small(texts: list[str]) -> Step:
    english = small()
    return lambda: list(english.pipe(texts))


def textacy_quotes(texts: list[str]) -> Step:
    from textacy.extract import direct_quotations
    english = small()

    def work() -> None:
        for doc in english.pipe(texts):
            try:
                list(direct_quotations(doc))
            except ValueError:  # odd quotation marks: it gives up on the document
                continue
    return work


def yake(texts: list[str]) -> Step:
    from yake import KeywordExtractor
    find = KeywordExtractor().extract_keywords
    return lambda: [find(text) for text in texts]


def dateparser(texts: list[str]) -> Step:
    from dateparser.search import search_dates
    return lambda: [search_dates(text, languages=["en"]) for text in texts]


def quantulum3(texts: list[str]) -> Step:
    from quantulum3 import classifier, parser
    classifier.USE_CLF = False  # its classifier was made by an older scikit-learn
    return lambda: [parser.parse(text) for text in texts]


PEERS = {
    "NLTK's words": ("tokens", nltk_words), "NLTK's tagger": ("tokens", nltk_tags),
    "spaCy blank": ("tokens", spacy_blank), "spaCy small": ("tokens", spacy_small),
    "textacy on it": ("quotes", textacy_quotes), "YAKE": ("phrases", yake),
    "dateparser": ("figures", dateparser), "quantulum3": ("figures", quantulum3),
}  # fmt: skip


def vary(folder: Path, number: int) -> None:
    """So many text files: the texts of `tests/documents` with other names and numbers in each copy."""
    from helpers import load

    documents = load(HERE / "tests" / "documents")
    documents = documents[documents["language"] == "en"].sort_values("words", ascending=False)
    names = [a + b for a in ("Hal", "Mar", "Ost", "Vel", "Tor") for b in ("mar", "den", "wick", "stad", "berg")]
    for n in range(number):
        text = documents["text"].iloc[n % len(documents)].replace("Halmar", names[n % len(names)])
        text = re.sub(r"\b(\d\d)(\d)\b", lambda found, n=n: f"{found[1]}{(int(found[2]) + n) % 10}", text)
        (folder / f"2023-05-{n % 28 + 1:02}_{n:05}.txt").write_text(f"{text}\n\nCopy {n}.\n", "utf-8")


def clock() -> float:
    """Seconds that the processor has worked for this process and those that it has started."""
    return sum(used.ru_utime + used.ru_stime for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN)))


def one(name: str, folder: Path) -> dict[str, float]:
    """The measures of one step or peer: words, seconds, those of the bare pattern, megabytes.

    A number makes so many documents: the process that measures has to stay small, as its children
    begin with its peak of memory.
    """
    if name.isdigit():
        return {"made": vary(folder, int(name))}
    texts = [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))]
    bare = 1e9
    for _ in range(3):
        begun = time.process_time()
        for text in texts:
            BARE.findall(text)
        bare = min(bare, time.process_time() - begun)
    if name in STEPS:
        kit(name, HERE / "seeds")() if name != "run" else None  # its model is read
        work = kit(name, folder)
    else:
        work = PEERS[name][1](texts)
    begun = clock()
    work()
    taken = clock() - begun
    peak = max(used.ru_maxrss for used in map(getrusage, (RUSAGE_SELF, RUSAGE_CHILDREN))) / 1e3
    words = sum(len(text.split()) for text in texts)
    return {"words": words, "seconds": taken, "bare": bare, "memory": peak}


def measured(name: str, folder: Path, *, place: Path, python: str) -> dict[str, float] | str:
    """The same in a process of its own, with the kit in a folder; else what was wrong."""
    setting = os.environ | {"PYTHONPATH": str(place), "COMMUNIQUE_CACHE": "off"}
    done = subprocess.run([python, __file__, "--one", name, folder], cwd=place, env=setting, text=True, capture_output=True)
    if done.returncode == 0:
        return json.loads(done.stdout.splitlines()[-1])
    return ([line for line in done.stderr.splitlines() if re.match(r"[\w.]*Error", line)] or ["no such tool"])[-1]


def least(found: list[dict[str, float]]) -> dict[str, float]:
    """The least of each measure, and how far the seconds lie apart."""
    times = [one["seconds"] for one in found]
    return {name: min(one[name] for one in found) for name in found[0]} | {"apart": max(times) / min(times) - 1}


def plot(costs: dict[str, dict[int, float]], file: Path) -> None:
    """Seconds against documents, a line for each step; a straight cost is a line that goes up by one."""
    import matplotlib
    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for name, by_number in costs.items():
        axes.loglog([*by_number], [*by_number.values()], "o-", label=name)
    axes.set(xlabel="documents", ylabel="processor seconds", title="Cost against documents, each step alone")
    axes.legend()
    file.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(file)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--kit", type=Path, help="the folder of another copy of the kit")
    parser.add_argument("--peers", default=sys.executable, metavar="PYTHON")
    parser.add_argument("--plot", type=Path, default=HERE / "results" / "speed.svg")
    parser.add_argument("--one", nargs=2, metavar=("STEP", "FOLDER"), help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(one(asked.one[0], Path(asked.one[1]))))
        return
    kits = [HERE, asked.kit.resolve()] if asked.kit else [HERE]
    costs: dict[str, dict[int, float]] = {step: {} for step in asked.steps}
    rows, others = {}, {}
    for number in sorted(asked.documents):
        with tempfile.TemporaryDirectory() as place:
            measured(str(number), folder := Path(place), place=HERE, python=sys.executable)
            work = {(step, at): [] for step in asked.steps for at in kits}
            for _, (step, at) in product(range(asked.times), work):
                work[step, at].append(measured(step, folder, place=at, python=sys.executable))
            for step in asked.steps:
                rows[step], *other = (least(work[step, at]) for at in kits)
                costs[step][number] = rows[step]["seconds"]
                ratio = "".join(f"; the other kit takes {o['seconds'] / rows[step]['seconds']:.2f} of it" for o in other)
                print("{:>6,} documents, {}: {words:,} words, {seconds:.2f} s (apart {apart:.0%}), {memory:,.0f} MB"
                      .format(number, step, **rows[step]) + ratio, flush=True)
            if number == max(n for n in asked.documents if n <= MOST or n == min(asked.documents)):
                others = {peer: measured(peer, folder, place=HERE, python=asked.peers)
                          for peer, (step, _) in PEERS.items() if step in asked.steps}
                same = {step: row["seconds"] / row["words"] for step, row in rows.items()}
    beside: dict[str, list[str]] = {step: [] for step in asked.steps}
    for peer, found in others.items():
        step = PEERS[peer][0]
        share = found if isinstance(found, str) else f"{same[step] * found['words'] / found['seconds']:.2g}"
        beside[step].append(f"{peer} {'missing' if share is found else share}")
        if share is found:
            print(f"{peer} is missing: {found}")
    print("\n| step | words a second | times a bare pattern | memory, MB | others, as fast as the kit = 1 |\n|---|---|---|---|---|")
    for step, row in rows.items():
        told = f"{row['words'] / row['seconds']:,.0f} | {row['seconds'] / row['bare']:,.0f} | {row['memory']:,.0f}"
        print(f"| {step} | {told} | {', '.join(beside[step]) or '—'} |")
    plot(costs, asked.plot)


if __name__ == "__main__":
    main()
