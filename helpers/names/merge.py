"""Merging: one name for one speaker across documents, where that is safe."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from .book import MARKS, givens_agree, givens_of
from .lists import ARTICLES, COMPANY_FORMS, FIELDS, FIRST_NAMES, ORGANISATIONS, PARTICLES, SUFFIXES

Described = tuple[str, str | None, str | None, str | None]  # document, name, kind, role
PLACE = re.compile(r"\s(?:of|at|for|in)\s")
SEAT = re.compile(r"\b(?:of|at|for|in) (?:the )?([A-Z]\w+)")
NO_EVIDENCE = frozenset("former senior chief general deputy vice head spokesman".split())


@dataclass(slots=True)
class _Known:
    """One speaker of one document."""

    doc: str
    name: str
    words: list[str]
    roles: list[str] = field(default_factory=list)
    count: int = 0


def merge_names(described: Sequence[Described]) -> list[str | None]:
    """The name that each (document, name, kind, role) carries where documents are read together.

    People are one when surname and given name agree (an initial or a nickname in marks will do), no
    middle name speaks against it, and their offices do not conflict: a mayor of Zell is no mayor of
    Ode, a striker no minister.  A short form ("Len" for "Leonard") and a bare surname need an
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
        if name and kind in ("person", "organisation") and name.lower() not in ORGANISATIONS:
            one = known.setdefault((kind, doc, name), _Known(doc, name, _words(name, kind)))
            one.count += 1
            if role and role not in one.roles:
                one.roles.append(role)
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
        return [w for k, w in enumerate(words) if k == 0 or w not in SUFFIXES] or words
    words = [w.removesuffix("'s") for w in words]
    return [w for w in words if w not in ARTICLES and w not in COMPANY_FORMS] or words


def _join_acronyms(families: dict[tuple[str, str], list[_Known]]) -> None:
    """Puts "SCO" to the only organisation whose capitals spell it."""
    spelt: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, members in families.items():
        if key[0] == "organisation" and " " in key[1]:
            letters = {"".join(w[0] for w in m.name.split() if w[0].isupper()) for m in members}
            for acronym in letters:
                spelt[acronym].append(key)
    for acronym, keys in sorted(spelt.items()):
        short = families.get(("organisation", acronym.casefold()))
        if short and len(keys) == 1 and any(m.name.replace(".", "") == acronym for m in short):
            families[keys[0]] += families.pop(("organisation", acronym.casefold()))


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
    if len(short) == 1:
        return len(long) == 1 and short == long or _share(a, b)
    if short == long[-len(short) :] and short[0] not in FIRST_NAMES:
        return True  # Guajardo Villarreal
    middle = [
        [w for w in words[1:-1] if w not in PARTICLES and w[0] not in MARKS]
        for words in (short, long)
    ]
    if not all(_initial(m, n) for m, n in zip(*middle, strict=False)):
        return False
    given = [(x, y) for x in givens_of(short) for y in givens_of(long)]
    return any(_initial(x, y) for x, y in given) or (
        any(givens_agree(x, y) for x, y in given) and _share(a, b)
    )


def _initial(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return short == long or len(short) == 1 and long.startswith(short)


def _share(a: _Known, b: _Known) -> bool:
    """Is there a word of weight that an office of one and an office of the other have?"""
    return bool(_evidence(a) & _evidence(b))


def _evidence(one: _Known) -> set[str]:
    words = {w.strip(",.()").lower() for role in one.roles for w in role.split()}
    return {w for w in words if len(w) > 3} - NO_EVIDENCE


def _conflict(a: _Known, b: _Known) -> bool:
    """Do the offices of two namesakes exclude each other?"""
    fields = [{FIELDS[h] for h in map(_head, one.roles) if h in FIELDS} for one in (a, b)]
    if fields[0] and fields[1] and not fields[0] & fields[1]:
        return True  # a striker and a minister
    seats = [{_head(role): set(SEAT.findall(role)) for role in one.roles} for one in (a, b)]
    return any(
        seats[0][head] and seats[1][head] and not seats[0][head] & seats[1][head]
        for head in seats[0].keys() & seats[1].keys()
    )  # the mayor of Zell and the mayor of Ode


def _head(role: str) -> str:
    """The office itself: `mayor` of "former mayor of Zell"."""
    return PLACE.split(role.lower(), maxsplit=1)[0].split()[-1]


def _titles(groups: list[list[_Known]]) -> list[str]:
    """The fullest name of each group, with an office where two groups would have the same."""
    names = []
    for group in groups:
        counts = Counter({one.name: one.count for one in group})
        names.append(min(counts, key=lambda n: (-len(n.split()), -len(n), -counts[n], n)))
    alike = Counter(names)
    return [
        f"{name} ({next((r for one in group for r in one.roles), group[0].doc)})"
        if alike[name] > 1
        else name
        for name, group in zip(names, groups, strict=True)
    ]
