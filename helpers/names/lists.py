"""The word lists about people and organisations, read once."""

from __future__ import annotations

import re

from ..text import read_list

_TITLES, _ROLES = read_list("titles.txt"), read_list("roles.txt")
_TIMES = read_list("time_nouns.txt")
_ORGANISATIONS, _FIRST = read_list("organisations.txt"), read_list("first_names.txt")

COURTESY = dict.fromkeys(_TITLES["any"])
COURTESY |= {word: gender for gender in ("male", "female") for word in _TITLES[gender]}
PARTICLES = frozenset(_TITLES["particles"])
SUFFIXES = frozenset(_TITLES["suffixes"])
RANKS = dict(line.split() for line in _TITLES["ranks"])  # {"sen": "senator"}

ROLES = frozenset(_ROLES["any"]) | frozenset(_ROLES["male"]) | frozenset(_ROLES["female"])
ROLE_GENDER = {word: gender for gender in ("male", "female") for word in _ROLES[gender]}
ARTICLES = frozenset({"the", "a", "an"})
POSSESSIVES = frozenset("his her its their my our your".split())
LINKING = frozenset(  # prepositions that hold a noun phrase together
    "of at for from in with on by to across against behind under near within".split()
)
KIN = frozenset(_ROLES["kin"])
ALIKE = {word: set(line.split()) for line in _ROLES["alike"] for word in line.split()}
FIELDS = {word: k for k, line in enumerate(_ROLES["fields"]) for word in line.split()}
EPITHETS = frozenset(_ROLES["epithets"])
NO_ROLES = frozenset(_ROLES["never"])

COMPANIES = frozenset(_ORGANISATIONS["companies"])
PRESS = frozenset(_ORGANISATIONS["press"])
ORGANISATIONS = COMPANIES | frozenset(_ORGANISATIONS["public"])
MOUTHPIECES = frozenset(_ORGANISATIONS["mouthpieces"])
BODIES = frozenset(_ORGANISATIONS["bodies"])
COMPANY_FORMS = frozenset(_ORGANISATIONS["forms"])

DOCUMENTS = frozenset(read_list("documents.txt")[""])
TIME_NOUNS = frozenset((*_TIMES["days"], *_TIMES["months"], *_TIMES["others"]))
_GROUPS = read_list("groups.txt")
GROUPS, PEOPLES = frozenset(_GROUPS[""]), frozenset(_GROUPS["peoples"])
QUANTITIES = frozenset(_GROUPS["quantities"])
PLACES = frozenset(read_list("places.txt")[""])
SHORT_NAMES = {tuple(line.split()) for line in _FIRST["short"]}  # ("bill", "william")
FIRST_NAMES = {word: gender for gender in ("male", "female") for word in _FIRST[gender]}

NOT_NAMES = frozenset((*_TIMES["days"], *_TIMES["months"], *_TIMES["short"], "may", "i"))
ROLE_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "eur", "ive", "ant", "ent", "ix", "ess",
                "ary", "eer", "ee", "smith", "wright", "herd", "ologist")  # fmt: skip
HEADS = frozenset(_ROLES["heads"])  # "the head of the ministry" is its minister
TOP = HEADS | frozenset(_ROLES["top"])

SURNAME_FIRST = re.compile(r"[A-Z][a-z]{1,6}-[a-z]{2,7}\Z")  # the given name in Park Jin-woo


def is_role(noun: str) -> bool:
    """Is this lower-case singular noun an office, an occupation or a relation?"""
    return noun in ROLES or (
        noun.endswith(ROLE_ENDINGS)
        and len(noun) > 5
        and noun not in NO_ROLES
        and noun not in DOCUMENTS
        and noun not in ORGANISATIONS
    )


def is_office(word: str) -> bool:
    """Is this word, as written, an office?  "Werner" only ends like one."""
    return word.lower() in ROLES or word[:1].islower() and is_role(word)


def is_people(noun: str) -> bool:
    """Is this lower-case plural a people, a faith or a party: "mexicans", "democrats"?"""
    return noun in PEOPLES or len(noun) > 7 and noun.endswith(("ians", "icans", "crats"))


def is_of_people(noun: str) -> bool:
    """Is this singular noun one of a people, a faith or a party: "mexican", "democrat"?"""
    return is_people(noun + "s")


def is_plural(noun: str) -> bool:
    """Does this lower-case noun look like more than one?"""
    return noun in GROUPS or (
        len(noun) > 3
        and noun.endswith("s")
        and not noun.endswith(("ss", "us", "is", "news", "works", "bias", "gas"))
        and (not noun.endswith("ics") or noun[:-1] in ROLES)
    )
