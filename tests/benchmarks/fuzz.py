"""Feeds broken files to `load` and hostile texts to every analysis; counts crashes and hangs.

    python tests/benchmarks/fuzz.py [--inputs 200000] [--seed 1] [--seconds 20] [--only figures]

An input is made from its number alone, so a finding is made again by its target and number
(`--only pdf --first 4711 --inputs 1`).  A worker process takes the inputs in small groups, and those
of a group in which something happens once more, one by one.  More than `--seconds` of processor time
for one is a hang.  A reader may refuse a file, in the table of problems or with KitError; any other
exception, a process that dies, and a table that breaks the contract are crashes.
"""
from __future__ import annotations

import argparse
import io
import multiprocessing
import random
import re
import signal
import tempfile
import time
import traceback
import unicodedata
import zipfile
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pandas as pd

SAMPLES = Path(__file__).parents[1] / "documents"
KINDS = {"txt": 3, "md": 3, "html": 2, "pdf": 2, "docx": 1, "rtf": 3, "odt": 2, "eml": 2, "csv": 3,
         "tsv": 2, "xlsx": 1, "jsonl": 3, "parquet": 1, "zip": 2, "nexis": 2, "factiva": 2}
ANALYSES = {"tokens": 14, "figures": 24, "phrases": 12, "themes": 6, "quotes": 2}  # shares of about 90
GROUP = 20
PARTED = {"docx", "odt", "xlsx", "zip"}
HOSTILE = [
    '"', "“", "”", "‘", "’", "''", "``", "«", "»", "„", "(", ")", "[", "]", "—", "–", "-", "…", ":", ";",
    "$", "€", "£", "Rs", "US$", "%", "per cent", "bn", "million", "3.2", "1,234", "1 2 3", "0", "1/2",
    "½", "٣", "１２", "²", "1e400", "9" * 400, "1" * 30 + "." + "2" * 30, "from 1 to 2 to 3", "31 February",
    "29 February 1900", "0000-00-00", "9999-12-31", "November 23", "99/99/9999", "the 1990s", "mid-",
    "Q5 2023", "12:99", "said", "said said", "according to", "told", "he", "Mr.", "Dr. ", "A.", "e.g.",
    "that", "\n", "\n\n", "\t", "\r\n", "\u00a0", "\u200b", "\u00ad", "\ufeff", "\u2028", "\x00", "\x0b",
    "\x1b[2J", "\ud800", "\U0001f600", "é", "e\u0301", "İ", "ß", "ﬁ", "\u202e", "a" * 300, "A" * 40, "A1" * 30, "A " * 80,
    "1-" * 30, "1-,1-,", "a a ", "in  ", "A.", "on ", "-a-", "( ",
    "Title: ", "Date: 2017-11-23\n", "---\n", "# ", "| a | b |\n", "> ", "\n- ", "&amp;", "<b>", "]]>",
    "<script>", "=1+1", "http://a.b/c?d=1", "a@b.example", "{", "}", "\\u8212?", "%PDF-1.7", "PK\x03\x04",
    "\\ud800", "1 of 3 DOCUMENTS", "Document KESNA000", "LENGTH: 12 words", "Body\n", "End of Document",
]
THEMES = {"transport": ["road", "rail*"], "money": ["euro*", "cost of"], "odd": ["*", "-", "said that"]}


def shares_of(only: str | None) -> list[str]:
    """The targets, each as often as its share."""
    wanted = only.split(",") if only else [*KINDS, *ANALYSES]
    return [name for name, share in (KINDS | ANALYSES).items() if name in wanted
            for _ in range(share)]


def samples() -> dict[str, list[bytes]]:
    """The files of the corpus by format; bundles of press databases are formats of their own."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file():
            bundle = path.parent.name if path.parent.name in KINDS else path.suffix[1:]
            found.setdefault(bundle, []).append(path.read_bytes())
    return found


def broken(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """A file's bytes after one to eight changes of the kinds that find faults in parsers."""
    out = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 4, 8])):
        place = chance.randrange(len(out) + 1)
        length = min(chance.choice([1, 1, 2, 4, 16, 64, 400]), len(out) - place)
        match chance.randrange(9):
            case 0 if place < len(out):
                out[place] ^= 1 << chance.randrange(8)
            case 1:
                out[place:place + length] = chance.randbytes(length)
            case 2:
                del out[place:place + length]
            case 3:
                out[place:place] = out[place:place + length] * chance.choice([1, 3, 50])
            case 4:
                word = chance.choice(HOSTILE).encode("utf-8", "surrogatepass")
                out[place:place] = word * chance.choice([1, 1, 2, 30])
            case 5:
                begin = chance.randrange(len(other) + 1)
                out[place:place + length] = other[begin:begin + length]
            case 6:
                numbers = list(re.finditer(rb"\d+", out))
                if numbers:
                    one = chance.choice(numbers)
                    out[slice(*one.span())] = chance.choice(
                        [b"0", b"-1", b"65536", b"4294967295", b"99999999999999999999"])
            case 7:
                end = chance.randrange(len(out) + 1)
                out = out[:end] if chance.random() < 0.3 else out
            case _:
                tags = list(re.finditer(rb"<[^<>]{1,80}>|\\[a-z]+\d*|^[A-Za-z-]+:", out, re.M))
                if tags:
                    one = chance.choice(tags)
                    out[slice(*one.span())] = one[0] * chance.choice([0, 2, 200])
    return bytes(out)


def broken_part(data: bytes, chance: random.Random, other: bytes) -> bytes:
    """A zip with one part broken inside, so that its checksums are right again."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        names = old.namelist()
        hit = chance.choice(names)
        for name in names:
            part = old.read(name)
            if name == hit:
                part = b"" if chance.random() < 0.05 else broken(part, chance, other)
                name = chance.choice(["../" + name, "/" + name, name + "/x", name * 40]
                                     ) if chance.random() < 0.05 else name
            if name != hit or chance.random() > 0.03:
                new.writestr(name, part)
    return out.getvalue()


def hostile_text(chance: random.Random, words: list[str]) -> str:
    """A text of up to 34 pieces: words of the corpus, hostile ones, repeats and odd characters."""
    pieces = []
    for _ in range(chance.choice([1, 2, 3, 5, 8, 13, 21, 34])):
        kind = chance.random()
        if kind < 0.5:
            place = chance.randrange(len(words))
            pieces.append(" ".join(words[place:place + chance.randrange(1, 12)]))
        elif kind < 0.85:
            pieces.append(chance.choice(HOSTILE))
        elif kind < 0.9:
            pieces.append(chance.choice(HOSTILE) * chance.randrange(1, 60))
        elif kind < 0.95:
            pieces.append(str(chance.randrange(10 ** chance.randrange(1, 15))))
        else:
            pieces.append("".join(chr(chance.randrange(0x3000)) for _ in range(5)))
    text = chance.choice([" ", " ", " ", ""]).join(pieces)
    return text.replace("\ud800", "\ufffd")  # no table can hold half a character


class Hang(BaseException):
    """Not an Exception, so that nobody catches it on the way."""


class Target:
    """What one input is made of and fed to."""

    def __init__(self) -> None:
        from helpers import load
        self.samples = samples()
        self.words = re.findall(r"\S+\n*", "\n\n".join(load(SAMPLES)["text"]))

    def feed(self, target: str, numbers: range) -> None:
        chances = [random.Random(f"{target} {number}") for number in numbers]
        if target in KINDS:
            with tempfile.TemporaryDirectory() as folder:
                for number, chance in zip(numbers, chances, strict=True):
                    self.write(target, Path(folder), number, chance)
                read(Path(folder))
        else:
            days = [chance.choice([None, "2017-11-23", "2024-02-29"]) for chance in chances]
            texts = [hostile_text(chance, self.words) for chance in chances]
            analyse(target, pd.DataFrame({"text": texts, "date": days}), chances[0])

    def write(self, kind: str, folder: Path, number: int, chance: random.Random) -> None:
        one, other = (chance.choice(self.samples[kind]) for _ in range(2))
        change = broken_part if kind in PARTED and chance.random() < 0.8 else broken
        suffix = {"nexis": "txt", "factiva": "txt"}.get(kind, kind)
        if chance.random() < 0.02:
            suffix = chance.choice(list(KINDS))
        (folder / f"2023-01-02_{number}.{suffix}").write_bytes(change(one, chance, other))


def read(folder: Path) -> None:
    from helpers import KitError, load
    try:
        documents = load(folder)
    except KitError:
        return
    assert documents.index.is_unique and len(documents)
    for text in documents["text"]:
        assert isinstance(text, str) and unicodedata.is_normalized("NFC", text)
    assert list(documents.attrs["problems"].columns[:2]) == ["path", "problem"]


def analyse(name: str, documents: pd.DataFrame, chance: random.Random) -> None:
    from helpers import find_figures, find_phrases, find_quotes, find_themes, tokenize
    table = {"tokens": tokenize, "phrases": find_phrases, "quotes": find_quotes,
             "figures": lambda d: find_figures(d, quotes=pd.DataFrame(
                 columns=["doc", "start", "end", "speaker", "spans"])),
             "themes": lambda d: find_themes(d, themes=chance.choice([THEMES, None])),
             }[name](documents)
    for row in table.to_dict("records"):
        text = documents["text"][row["doc"]]
        spans = [(row["start"], row["end"])] if "start" in row else []
        for column in ("spans", "cue_spans", "source_spans", "evidence"):
            spans += list(row.get(column, []))
        assert all(0 <= start < end <= len(text) for start, end in spans), (row, text)
        exact = {"tokens": "token", "figures": "text"}.get(name)
        assert not exact or text[row["start"]:row["end"]] == row[exact], (row, text)


def work(pipe: Connection, seconds: float) -> None:
    """Takes (target, numbers) from the pipe and answers with None or what went wrong."""
    def late(*_: object) -> None:
        raise Hang

    signal.signal(signal.SIGPROF, late)
    target = Target()
    pipe.send("ready")
    while True:
        try:
            asked = pipe.recv()
            signal.setitimer(signal.ITIMER_PROF, seconds)
            answer = target.feed(*asked)
        except EOFError:
            return
        except Hang:
            answer = "hang: " + traceback.format_exc(limit=-8)
        except Exception:
            answer = traceback.format_exc(limit=-6)
        signal.setitimer(signal.ITIMER_PROF, 0)
        pipe.send(answer)


class Worker:
    """A process that takes inputs; a new one when it dies or will not stop."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begin()

    def begin(self) -> None:
        self.pipe, there = multiprocessing.Pipe()
        self.process = multiprocessing.get_context("spawn").Process(
            target=work, args=(there, self.seconds), daemon=True)
        self.process.start()
        there.close()
        assert self.pipe.recv() == "ready"

    def ask(self, target: str, numbers: range) -> str | None:
        problem = "hang: in code that is not Python"
        try:
            self.pipe.send((target, numbers))
            if self.pipe.poll(60 * self.seconds):  # the machine may be busy with other things
                return self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            problem = f"the process died: {self.process.exitcode}"
        self.process.kill()
        self.begin()
        return problem


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER")
    parser.add_argument("--seed", type=int, default=1, help="another seed orders targets anew")
    parser.add_argument("--seconds", type=float, default=20, help="processor time for one input")
    parser.add_argument("--only", metavar="TARGETS", help=",".join([*KINDS, *ANALYSES]))
    asked = parser.parse_args()
    shares, begun = shares_of(asked.only), time.monotonic()
    chance, worker = random.Random(asked.seed), Worker(asked.seconds)
    done, crashes, hangs, taken = Counter(), Counter(), Counter(), Counter()
    last, told = asked.first + asked.inputs, begun
    for first in range(asked.first, last, GROUP):
        target, numbers = chance.choice(shares), range(first, min(first + GROUP, last))
        before = time.monotonic()
        if worker.ask(target, numbers):
            for number in numbers:
                problem = worker.ask(target, range(number, number + 1))
                if problem:
                    (hangs if problem.startswith("hang") else crashes)[target] += 1
                    print(f"--- {target} {number}: {problem}", flush=True)
        taken[target] += time.monotonic() - before
        done[target] += len(numbers)
        if time.monotonic() - told > 60 or first + GROUP >= last:
            told = time.monotonic()
            print(f"{sum(done.values()):,} inputs: crashes {sum(crashes.values())}, "
                  f"hangs {sum(hangs.values())}, {told - begun:,.0f} s", flush=True)
    for target in sorted(done):
        print(f"{target:>8} {done[target]:>8,} inputs {crashes[target]:>4} crashes "
              f"{hangs[target]:>4} hangs {1000 * taken[target] / done[target]:>8.1f} ms each")


if __name__ == "__main__":
    main()
