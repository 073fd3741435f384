"""Processor time for a character of every pattern of the kit, on texts made to slow it down.

    python tests/benchmarks/patterns.py [--only figures] [--largest 20] [--seconds 10] [--quick]

First the kit reads a text of its samples, to see how it runs each pattern: over whole texts, over
windows of a few hundred characters, or at one place.  Then each is run in that way on texts that are
made from it (for each of its repeats what leads there, and the repeated piece many times) and on
those of `linear.py`: all at 2,000 and 20,000 characters, the ten slowest at 200,000, the three slowest
at 2 million, the slowest at 20 million; over windows, at their own size.  `NOT LINEAR` marks what costs
more than three times as much for a character of a longer text, `SLOW` what costs 2,000 ns.  Patterns
that were not seen running are tried at 200 and 2,000 characters, to be judged by eye.  `--quick` leaves
out the reading and tries 200 characters: enough for what explodes, which is all that it finds.
"""
from __future__ import annotations

import argparse
import ast
import re
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import walk_packages
from re import _constants as codes
from re import _parser as parser

import pandas as pd
from linear import TEXTS

HELPERS = Path(__file__).resolve().parents[2] / "helpers"
SIZES = {2_000: None, 20_000: None, 200_000: 10, 2_000_000: 3, 20_000_000: 1}  # how many texts
WINDOW = 10_000  # characters: what is never run over more is run over windows
REACH = 200
LONG = 16  # repetitions from which on a repeat is tried
TRIED = "a A1 .,\n\"“'-(é$%/:_\x00"  # the characters of a class that are tried
CATEGORIES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w",
              codes.CATEGORY_NOT_DIGIT: r"\D", codes.CATEGORY_NOT_SPACE: r"\S",
              codes.CATEGORY_NOT_WORD: r"\W"}
REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)


@dataclass(eq=False)
class Watched:
    """A pattern that notes how it is run: at a place only, or over texts of how many characters."""

    compiled: re.Pattern[str]
    place: str
    longest: int = -1  # -1: never run; 0: at a place only

    def __getattr__(self, name: str) -> object:
        method = getattr(self.compiled, name)
        if name in ("match", "fullmatch"):
            self.longest = max(self.longest, 0)
        elif name in ("search", "finditer", "findall", "split"):
            return lambda text, *at, **more: (self._over(len(text), *at), method(text, *at, **more))[1]
        elif name in ("sub", "subn"):
            return lambda new, text, *more: (self._over(len(text)), method(new, text, *more))[1]
        return method

    def _over(self, length: int, start: int = 0, end: int = sys.maxsize) -> None:
        self.longest = max(self.longest, min(end, length) - start)

    def run(self, text: str) -> None:
        if self.longest == 0:
            self.compiled.match(text)
            self.compiled.fullmatch(text)
        else:
            deque(self.compiled.finditer(text), maxlen=0)


def patterns(read: Callable[[], None]) -> list[Watched]:
    """Every pattern of text that the kit makes while it is imported and while it reads something."""
    made: dict[tuple[str, int], Watched] = {}
    compiling = re._compile

    def noted(pattern, flags):
        if isinstance(pattern, Watched):
            return pattern
        by = sys._getframe(2)
        file = Path(by.f_code.co_filename)
        if HELPERS not in file.parents or not isinstance(pattern, str):
            return compiling(pattern, flags)
        if (pattern, int(flags)) not in made:
            place = f"{file.relative_to(HELPERS)}:{by.f_lineno} {_name(file, by.f_lineno)}"
            made[pattern, int(flags)] = Watched(compiling(pattern, flags), place)
        return made[pattern, int(flags)]

    re._compile = noted
    try:
        for found in walk_packages([str(HELPERS)], "helpers."):
            if "__main__" not in found.name and "training" not in found.name:
                import_module(found.name)
        read()
    finally:
        re._compile = compiling
    return list(made.values())


def read_a_line() -> None:
    """Enough for what is made when it is first needed."""
    from helpers import find_figures, find_quotes

    documents = pd.DataFrame({"text": ["“It cost 5 euros in May,” said Ann Lee, the minister."]})
    find_figures(documents, quotes=find_quotes(documents))


def read_the_samples() -> None:
    """Feeds the samples and the tests' sentences to the kit, then without any stop or line end."""
    from helpers import find_figures, find_phrases, find_quotes, find_themes, load, tokenize

    samples = load(HELPERS.parent / "tests" / "documents")
    texts = ["\n\n".join(samples["text"][samples["language"] == "en"])]
    for file in sorted((HELPERS.parent / "tests").glob("test_[fqn]*.py")):
        texts.append("\n\n".join(node.value for node in ast.walk(_source(file)) if isinstance(
            node, ast.Constant) and isinstance(node.value, str) and " " in node.value))
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate([*texts, re.sub(r"[.!?…]+\s|\s+", " ", texts[0])]):
            Path(folder, f"{n}.{'md' if n % 2 else 'txt'}").write_bytes(text.encode("utf-8", "replace"))
        documents = load(folder)
    documents["language"] = "en"
    for call in (tokenize, find_figures, find_quotes, find_phrases, find_themes):
        call(documents)


@cache
def _source(file: Path) -> ast.Module:
    return ast.parse(file.read_text("utf-8"))


def _name(file: Path, line: int) -> str:
    """The constant that is given its value at a line of a module, if that is done there."""
    for node in _source(file).body:
        if node.lineno <= line <= node.end_lineno and isinstance(node, ast.Assign | ast.AnnAssign):
            return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
    return ""


def texts_for(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """Beginnings and pieces to repeat: what leads to each repeat of a pattern, and its inside."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    whole = _sample(tree, 0)
    yield "", whole
    yield "", whole[:-1]
    for before, inside in _repeats(tree, ""):
        for seed in range(len(TRIED)):
            piece = _sample(inside, seed)
            yield before, piece
            yield "", before + piece
            if len(inside) > 1 or inside[0][0] is not codes.IN:
                break


def _repeats(tree, before: str) -> Iterator[tuple[str, object]]:
    for at, (code, what) in enumerate(tree):
        lead = before + _sample(tree[:at], 0)
        if code in REPEATS:
            if what[1] is codes.MAXREPEAT or what[1] >= LONG:
                yield lead, what[2]
            yield from _repeats(what[2], lead)
        elif code is codes.BRANCH:
            for branch in what[1]:
                yield from _repeats(branch, lead)
        elif code is codes.SUBPATTERN:
            yield from _repeats(what[3], lead)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from _repeats(what[1], lead)
        elif code is codes.ATOMIC_GROUP:
            yield from _repeats(what, lead)


def _sample(tree, seed: int) -> str:
    """A short text that most likely matches."""
    pieces = []
    for code, what in tree:
        if code is codes.LITERAL:
            pieces.append(chr(what))
        elif code is codes.NOT_LITERAL:
            pieces.append("a" if what != ord("a") else "b")
        elif code is codes.ANY:
            pieces.append("a")
        elif code is codes.IN:
            pieces.append(_one_of(what, seed))
        elif code is codes.BRANCH:
            pieces.append(_sample(what[1][seed % len(what[1])], seed))
        elif code is codes.SUBPATTERN:
            pieces.append(_sample(what[3], seed))
        elif code is codes.ATOMIC_GROUP:
            pieces.append(_sample(what, seed))
        elif code in REPEATS:
            pieces.append(_sample(what[2], seed) * max(1, what[0]))
    return "".join(pieces)


def _one_of(members, seed: int) -> str:
    """A character of a class, the first of `TRIED` from a place on, or the first of the class."""
    def fits(one: str) -> bool:
        return any(code is codes.LITERAL and ord(one) == what
                   or code is codes.RANGE and what[0] <= ord(one) <= what[1]
                   or code is codes.CATEGORY and re.match(CATEGORIES[what], one)
                   for code, what in members)

    turned = members and members[0][0] is codes.NEGATE
    for one in TRIED[seed:] + TRIED[:seed]:
        if bool(fits(one)) != turned:
            return one
    first = next((what for code, what in members if code in (codes.LITERAL, codes.RANGE)), 97)
    return chr(first if isinstance(first, int) else first[0])


class Late(BaseException):
    pass


def nanoseconds(made: Watched, text: str, *, most: float, times: int) -> float:
    """Processor time for a character; infinite when all takes more than `most` seconds."""
    def late(*_: object) -> None:
        raise Late

    signal.signal(signal.SIGPROF, late)
    signal.setitimer(signal.ITIMER_PROF, most)
    begun = time.process_time()
    try:
        for _ in range(times):
            made.run(text)
    except Late:
        return float("inf")
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return 1e9 * (time.process_time() - begun) / (times * max(1, len(text)))


def long_text(before: str, piece: str, size: int) -> str:
    return before + (piece * (size // max(1, len(piece)) + 1))[:size]


def pairs_for(made: Watched) -> list[tuple[str, str]]:
    """The beginnings and pieces that a pattern is tried on, each once."""
    usual = [("", piece) for piece in TEXTS.values() if piece]
    return [pair for pair in dict.fromkeys([*texts_for(made.compiled), *usual]) if pair[1]]


def worst_of(made: Watched, *, sizes: dict[int, int | None], seconds: float) -> tuple[float, str, str]:
    """The most time for a character of a pattern, with which text, and what is wrong with it."""
    spent = dict.fromkeys(pairs_for(made), 0.0)
    if 0 < made.longest < WINDOW:  # which reach a few hundred characters from what opens them
        sizes = {max(1, made.longest // 4): None, made.longest: None}
        spent = {("", long_text(*pair, REACH)): 0.0 for pair in spent}
    for size, kept in sizes.items() if made.longest >= 0 else [(REACH, None), (2_000, 10)]:
        for pair in sorted(spent, key=spent.get, reverse=True)[:kept]:
            before = spent[pair]
            spent[pair] = nanoseconds(made, long_text(*pair, size), times=max(1, 20_000 // size),
                                      most=max(seconds, 4e-9 * size * before))
            if spent[pair] == float("inf") or before and spent[pair] > 3 * max(before, 500):
                return (spent[pair], repr(pair)[:60],
                        f"NOT LINEAR, {before:,.0f} ns, but {spent[pair]:,.0f} at {size:,}")
    pair = max(spent, key=spent.get)
    return spent[pair], repr(pair)[:60], "SLOW" if spent[pair] > 2000 else ""


def _explode(seconds: float) -> bool:
    """Whether a pattern takes more than some seconds for a text of 200 characters; prints which."""
    made = patterns(read_a_line)
    late = [(one.place, pair) for one in made for pair in pairs_for(one)
            if nanoseconds(one, long_text(*pair, REACH), most=seconds, times=1) == float("inf")]
    print(f"{len(made)} patterns, which explode: {late}")
    return bool(late)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--only", default="", help="part of the name of a module or constant")
    arguments.add_argument("--largest", type=int, default=20, help="million characters")
    arguments.add_argument("--seconds", type=float, default=10, help="the longest time for one text")
    arguments.add_argument("--quick", action="store_true", help="only what explodes")
    asked = arguments.parse_args()
    sizes = {size: kept for size, kept in SIZES.items() if size <= asked.largest * 1_000_000}
    if asked.quick:
        sys.exit(_explode(asked.seconds))
    found, begun = [], time.monotonic()
    for made in patterns(read_the_samples):
        if asked.only in made.place:
            found.append((*worst_of(made, sizes=sizes, seconds=asked.seconds), made))
            if found[-1][2]:
                over = {-1: " (not seen running)", 0: ""}.get(made.longest, f" over {made.longest:,}")
                print(f"{made.place}{over}: {found[-1][2]} on {found[-1][1]}", flush=True)
    print(f"{len(found)} patterns, {time.monotonic() - begun:,.0f} s; the slowest for a character:")
    for taken, text, _, made in islice(sorted(found, key=lambda row: -row[0]), 15):
        print(f"{taken:>10,.0f} ns  {made.place:<50} {text}")


if __name__ == "__main__":
    main()
