"""The data files of the kit, each read once: word lists (`.txt`) and tables of rules (`.toml`)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data"


@cache
def read_list(name: str) -> dict[str, tuple[str, ...]]:
    """The sections of a word list in `helpers/data`: {section: its items in order}.

    One item a line, `#` comments, `[section]` lines; items before the first are in section "".

    >>> sorted(read_list("labels.txt"))[1:]
    ['nobody']
    """
    sections: dict[str, list[str]] = {"": []}
    items = sections[""]
    for line in (DATA / name).read_text("utf-8").splitlines():
        item = line.partition("#")[0].strip()
        if item.startswith("[") and item.endswith("]"):
            items = sections.setdefault(item[1:-1], [])
        elif item:
            items.append(item)
    return {section: tuple(items) for section, items in sections.items()}


@cache
def words_in(name: str, *sections: str) -> frozenset[str]:
    """The items of some sections of a word list together; of all when none is named.

    >>> "subject" in words_in("labels.txt"), "subject" in words_in("labels.txt", "nobody")
    (True, False)
    """
    lists = read_list(name)
    return frozenset(item for section in sections or lists for item in lists[section])


@cache
def read_tables(name: str) -> dict[str, Any]:
    """What a TOML file in `helpers/data` holds; it is shared, so leave it as it is.

    >>> read_tables("number_words.toml")["units"]["seven"]
    7
    """
    return tomllib.loads((DATA / name).read_text("utf-8"))


def read_pattern(file: str, name: str, **more: str) -> re.Pattern[str]:
    """A verbose pattern of a TOML file in `helpers/data`, with those that it names in braces.

    file : its patterns, or tables of them under `patterns`; more : patterns that it does not hold.

    >>> read_pattern("text_patterns.toml", "letter").findall("7 a.m.")
    ['a', 'm']
    """
    rules = read_tables(file)
    rules = more | rules.get("patterns", rules)
    rules |= rules.get("press", {})

    def whole(pattern: str) -> str:
        return re.sub(r"\{([a-z_]+)\}", lambda found: f"(?:{whole(rules[found[1]])})", pattern)

    return re.compile(whole(rules[name]), re.VERBOSE)
