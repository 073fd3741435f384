"""Merging: one name for one speaker across documents, where that is safe."""

from __future__ import annotations

from collections.abc import Sequence

from .lists import PARTICLES, SUFFIXES

Described = tuple[str | None, str | None, str | None]  # name, kind, role


def merge_speakers(speakers: Sequence[Described]) -> list[str | None]:
    """The name each (name, kind, role) should carry when documents are looked at together.

    People are one when family and given names agree and no middle name or initial speaks against
    it; "A. Lee" joins "Ann Lee" only where no other Lee has that initial; a bare surname joins
    nobody.  Organisations are one when their words do, without case, article and company suffix.
    The fullest form wins, among equals the most frequent, then the first in the alphabet.
    Unnamed speakers, groups and documents stay as they are.

    >>> merge_speakers([("Ann Lee", "person", None), ("A. Lee", "person", "mayor")])
    ['Ann Lee', 'Ann Lee']
    """
    counts: dict[str, int] = {}
    kinds: dict[str, str] = {}
    for name, kind, _ in speakers:
        if name and kind in ("person", "organisation"):
            counts[name] = counts.get(name, 0) + 1
            kinds.setdefault(name, kind)
    best: dict[str, str] = {}
    families: dict[tuple[str, ...], list[str]] = {}
    for name in counts:
        families.setdefault(_family(name, kinds[name]), []).append(name)
    for family, names in families.items():
        if family[0] == "organisation":
            top = _fullest(names, counts)
            best |= {name: top for name in names}
        else:
            best |= _people(names, counts)
    return [best.get(name, name) if name else None for name, _, _ in speakers]


def _words(name: str) -> list[str]:
    words = [w.casefold().rstrip(".") for w in name.replace("’", "'").split()]
    return [w for k, w in enumerate(words) if k == 0 or w not in SUFFIXES] or words


def _family(name: str, kind: str) -> tuple[str, ...]:
    words = _words(name)
    if kind == "organisation":
        trimmed = [
            w.strip(",")
            for w in words
            if w.strip(",")
            not in ("the", "plc", "inc", "ltd", "llc", "corp", "co", "gmbh", "limited")
        ]
        return (kind, *(trimmed or words))
    return (kind, words[-1])


def _people(names: list[str], counts: dict[str, int]) -> dict[str, str]:
    """Names of one family: groups in which every two agree."""
    groups: list[list[str]] = []
    for name in sorted(names, key=lambda n: (-len(_words(n)), -len(n), n)):
        fitting = [g for g in groups if all(_agree(name, other) for other in g)]
        if len(fitting) == 1:
            fitting[0].append(name)
        else:
            groups.append([name])
    return {name: _fullest(group, counts) for group in groups for name in group}


def _agree(a: str, b: str) -> bool:
    x, y = _words(a), _words(b)
    if len(x) < 2 or len(y) < 2 or not _given(x[0], y[0]):
        return False
    middle = [[w for w in words[1:-1] if w not in PARTICLES] for words in (x, y)]
    return all(_given(m, n) for m, n in zip(*middle, strict=False))


def _given(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short == long or len(short) == 1 and long.startswith(short)


def _fullest(names: list[str], counts: dict[str, int]) -> str:
    return min(names, key=lambda n: (-len(_words(n)), -len(n), -counts[n], n))
