"""Are two ways of naming a speaker the same?"""

from __future__ import annotations

import re
from collections.abc import Sequence

TITLES = re.compile(
    r"^(?:(?:the|an?|mr|mrs|ms|miss|dr|prof|sir|dame|lord|sen|senator|rep|representative|president"
    r"|prime minister|minister|secretary|governor|gov|mayor|judge|justice|ambassador)\.?\s+(?=\S))+"
)
SMALL = frozenset("the a an of s".split())
Names = frozenset[frozenset[str]]


def plain(written: str | None) -> Names:
    """The words of each name in a string ("; " between names), without titles and articles.

    >>> sorted(map(sorted, plain("Mr. Joan Lee; the bank")))
    [['bank'], ['joan', 'lee']]
    """
    names = (written or "").replace("’", "'").casefold().split(";")
    words = (re.findall(r"\w+", TITLES.sub("", name.strip(), count=1)) for name in names)
    return frozenset(frozenset(some) - SMALL for some in words) - {frozenset()}


def alike(one: str, other: str) -> bool:
    """Are all words of one in the other?  Of two names a single word in common will not do."""
    a, b = plain(one), plain(other)
    if len(a) != 1 or len(b) != 1:
        return False
    (x,), (y,) = a, b
    proper = all(w[0].isupper() for n in (one, other) for w in re.findall(r"\w{4,}", n))
    return (x <= y or y <= x) and not (proper and min(len(x), len(y)) == 1)


def same_speaker(ways: Sequence[str], name: str | None) -> bool:
    """Is a name one of the marked ones, or the same unnamed one in fewer or more words?"""
    return any(
        plain(way) == plain(name)
        or name
        and not (way[:1].isupper() and name[:1].isupper())
        and alike(way, name)
        for way in ways
    )
