"""The command: `python -m tests.score [--data FOLDER] [--raise]`."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from helpers.text import read_tables

from .sets import HERE, Scores, measured, shipped

FLOORS = HERE / "floors.toml"
NOISE = 0.5  # below what was measured; hundredths for values below 1


def floors() -> dict[str, dict[str, float]]:
    """The least (`floors`) and the most (`ceilings`, where less is better) of each score."""
    return tomllib.loads(FLOORS.read_text("utf-8"))


def broken(scores: Scores) -> list[str]:
    """What is worse than it may be, in words."""
    limits = floors()
    least, most = limits["floors"], limits["ceilings"]
    return [
        f"{name} is {value:.2f}, and was never {'below' if name in least else 'above'} "
        f"{least.get(name, most.get(name)):.2f}"
        for name, value in scores.items()
        if value < least.get(name, value) or value > most.get(name, value)
    ]


def table(scores: Scores) -> list[str]:
    """The rows of README's table; a value that was not measured now stands in brackets."""
    lines = ["| what | measured as | this kit | others | on |", "|---|---|---|---|---|"]
    for row in read_tables("methods.toml")["score"]:
        value = f"({row['value']})"
        if all(name in scores for name in row["from"]):
            value = " / ".join(shown(scores[name]) for name in row["from"])
        lines.append(
            f"| {row['what']} | {row['measure']} | **{value}** | {row['peers']} | {row['set']} |"
        )
    return lines


def shown(value: float) -> str:
    """71.8, or .15 of 1.

    >>> shown(71.818), shown(0.147)
    ('71.8', '.15')
    """
    return f"{value:.1f}" if value > 1 else f"{value:.2f}".removeprefix("0")


def raised(scores: Scores) -> str:
    """`floors.toml` with limits as near to these scores as noise allows, none easier than it was."""
    limits, lines = floors(), []
    for kind, sign in (("floors", 1), ("ceilings", -1)):
        lines += [f"[{kind}]"]
        for name, old in limits[kind].items():
            noise = NOISE if max(abs(old), scores.get(name, 0.0)) > 1 else NOISE / 50
            new = round(scores.get(name, old) - sign * noise, 2)
            lines.append(f'"{name}" = {max(old, new) if sign > 0 else min(old, max(new, 0.0))}')
        lines.append("")
    return "\n".join(lines)


def main() -> int:
    ask = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    ask.add_argument("--data", type=Path, help="a folder of corpora; see `measured` in sets.py")
    ask.add_argument("--raise", dest="higher", action="store_true", help="raise the floors")
    options = ask.parse_args()
    if options.data and not options.data.is_dir():
        ask.error(f"no folder {options.data}: give one that holds real/, polnear/, figures/ …")
    scores = shipped()
    for name, found in measured(options.data) if options.data else ():
        print(name, "…", file=sys.stderr, flush=True)
        scores |= found
    print("\n".join(table(scores)), end="\n\n")
    print("\n".join(f"{name:44} {value:7.2f}" for name, value in scores.items()))
    if options.higher:
        FLOORS.write_text(raised(scores), "utf-8")
    worse = broken(scores)
    print("\n".join(worse), file=sys.stderr)
    return bool(worse)


if __name__ == "__main__":
    sys.exit(main())
