"""Merging: one name for one speaker across documents, where that is safe."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from . import lists

Described = tuple[str, str | None, str | None, str | None]  # document, name, kind, role
SEAT = re.compile(r"\b(?:of|at|for|in) (?:the )?([A-Z]\w+)")
NO_EVIDENCE = frozenset("former senior chief general deputy vice head spokesman".split())


@dataclass(slots=True)
class _Known:
    """One speaker of one document."""

    doc: str
    name: str
    words: list[str]
    roles: set[str] = field(default_factory=set)


def merge_names(described: Sequence[Described]) -> list[str | None]:
    """The name that each (document, name, kind, role) carries where documents are read together.

    People are one when surname and given name agree (an initial or a nickname in marks will do), no
    middle name speaks against it, and their offices do not conflict: a mayor of Zell is no mayor of
    Ode.  A short form ("Len" for "Leonard") and a bare surname need an
    office in common as well.  Organisations are one when their words are, without case, article,
    possessive and company suffix; an acronym joins the only name that it abbreviates.  Two names
    that one document keeps apart stay apart.  The fullest form wins; namesakes who are two get
    their office in brackets.  Unnamed speakers, groups, documents and bodies without a name
    of their own ("ministry") stay as they are.

    >>> merge_names([("a", "Ann Lee", "person", None), ("b", "A. Lee", "person", "mayor")])
    ['Ann Lee', 'Ann Lee']
    """
    known: dict[tuple[str, str, str], _Known] = {}
    for doc, name, kind, role in described:
        if name and kind in ("person", "organisation") and name.lower() not in lists.ORGANISATIONS:
            one = known.setdefault((kind, doc, name), _Known(doc, name, _words(name, kind)))
            one.roles |= {role} if role else set()
    families: dict[tuple[str, str], list[_Known]] = defaultdict(list)
    for (kind, _, _), one in known.items():
        families[kind, one.words[-1] if kind == "person" else " ".join(one.words)].append(one)
    _join_acronyms(families)
    shown: dict[tuple[str, str, str], str] = {}
    for (kind, _), members in families.items():
        groups = _people(members) if kind == "person" else [members]
        for group, name in zip(groups, _titles(groups), strict=True):
            shown |= {(kind, one.doc, one.name): name for one in group}
    return [
        shown.get((kind or "", doc, name or ""), name or None) for doc, name, kind, _ in described
    ]


def _words(name: str, kind: str) -> list[str]:
    """The words of a name that tell one bearer from another, in lower case."""
    words = [w.casefold().strip(".,") for w in name.replace("’", "'").split()]
    if kind == "person":
        return [w for k, w in enumerate(words) if k == 0 or w not in lists.SUFFIXES]
    words = [w.removesuffix("'s") for w in words]
    return [w for w in words if w not in lists.ARTICLES | lists.COMPANY_FORMS] or words


def _join_acronyms(families: dict[tuple[str, str], list[_Known]]) -> None:
    """Puts "SCO" to the only organisation whose capitals spell it."""
    spelt: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for key, members in families.items():
        if key[0] == "organisation" and " " in key[1]:
            for one in members:
                spelt["".join(w[0] for w in one.name.split() if w[0].isupper())].add(key)
    for acronym, keys in spelt.items():
        short = ("organisation", acronym.casefold())
        if short in families and len(keys) == 1:
            families[keys.pop()] += families.pop(short)


def _people(family: list[_Known]) -> list[list[_Known]]:
    """Those of one surname in groups in which no two speak against each other."""
    groups: list[list[_Known]] = []
    for one in sorted(family, key=lambda k: (-len(k.words), -len(k.name), k.name, k.doc)):
        fitting = [g for g in groups if all(_one_person(one, other) for other in g)]
        exact = [g for g in fitting if any(other.words == one.words for other in g)]
        fitting = exact if len(exact) == 1 else fitting
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            groups.append([one])
    return groups


def _one_person(a: _Known, b: _Known) -> bool:
    if a.doc == b.doc and a.name != b.name or _conflict(a, b):
        return False
    short, long = sorted((a.words, b.words), key=len)
    if short == long or short == long[-len(short) :] and len(short) > 1:
        return short == long or short[0] not in lists.FIRST_NAMES  # Guajardo Villarreal
    share = bool(_evidence(a) & _evidence(b))
    if len(short) == 1:
        return share
    middle = [[w for w in words[1:-1] if w not in lists.PARTICLES and w[0].isalpha()]
              for words in (short, long)]  # fmt: skip
    if not all(lists.initial(m, n) for m, n in zip(*middle, strict=False)):
        return False
    agree = lists.givens_agree if share else lists.initial
    return any(agree(x, y) for x in lists.givens_of(short) for y in lists.givens_of(long))


def _evidence(one: _Known) -> set[str]:
    """The words of weight in somebody's offices."""
    words = {w.strip(",.()").lower() for role in one.roles for w in role.split()}
    return {w for w in words if len(w) > 3} - NO_EVIDENCE


def _conflict(a: _Known, b: _Known) -> bool:
    """Do their offices exclude each other: the mayor of Zell and the mayor of Ode?"""
    pairs = ((x, y) for x in a.roles for y in b.roles if lists.head_of(x) == lists.head_of(y))
    seats = [(set(SEAT.findall(x)), set(SEAT.findall(y))) for x, y in pairs]
    return any(x and y and not x & y for x, y in seats)


def _titles(groups: list[list[_Known]]) -> list[str]:
    """The fullest name of each group, with an office where two groups would have the same."""
    order = lambda n: (-len(n.split()), -len(n), n)  # noqa: E731
    names = [min((one.name for one in group), key=order) for group in groups]
    offices = [min((r for one in g for r in one.roles), default=g[0].doc) for g in groups]
    return [
        f"{name} ({office})" if names.count(name) > 1 else name
        for name, office in zip(names, offices, strict=True)
    ]
