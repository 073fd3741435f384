"""The word lists about people and organisations, and what they tell of words and names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import read_list
from ..text.forms import singular

_TITLES, _ROLES = read_list("titles.txt"), read_list("roles.txt")
_GROUPS, _FIRST = read_list("groups.txt"), read_list("first_names.txt")
_ORGANISATIONS, _PRONOUNS = read_list("organisations.txt"), read_list("pronouns.txt")

PERSON, ORGANISATION, UNKNOWN = "person", "organisation", "unknown"
GENDERS = ("male", "female")

COURTESY = dict.fromkeys(_TITLES["any"])
COURTESY |= {word: gender for gender in GENDERS for word in _TITLES[gender]}
PRONOUN_GENDER = {"he": "male", "she": "female"}
PARTICLES = frozenset(_TITLES["particles"])
SUFFIXES = frozenset(_TITLES["suffixes"])
RANKS = dict(line.split() for line in _TITLES["ranks"])  # {"sen": "senator"}

ROLES = frozenset((*_ROLES["any"], *_ROLES["male"], *_ROLES["female"]))
ROLE_GENDER = {word: gender for gender in GENDERS for word in _ROLES[gender]}
ARTICLES = frozenset({"the", "a", "an"})
KIN = frozenset(_ROLES["kin"])
PORTFOLIOS = frozenset(_ROLES["portfolios"])
ROLE_ENDINGS = tuple(_ROLES["endings"])

PRONOUNS = {form: forms.split()[0] for forms in _PRONOUNS["forms"] for form in forms.split()}
POSSESSIVES = frozenset(_PRONOUNS["possessives"])
LINKING, STOPS = frozenset(_PRONOUNS["linking"]), frozenset(_PRONOUNS["stops"])
MENTIONING = LINKING | frozenset(_PRONOUNS["mentioning"])

COMPANIES = frozenset(_ORGANISATIONS["companies"])
PRESS = frozenset(_ORGANISATIONS["press"])
ORGANISATIONS = COMPANIES | frozenset(_ORGANISATIONS["public"])
MOUTHPIECES = frozenset(_ORGANISATIONS["mouthpieces"])
BODIES = frozenset(_ORGANISATIONS["bodies"])
COMPANY_FORMS = frozenset(_ORGANISATIONS["forms"])

DOCUMENTS = frozenset(read_list("documents.txt")[""])
GROUPS, PEOPLES = frozenset(_GROUPS[""]), frozenset(_GROUPS["peoples"])
QUANTITIES = frozenset(_GROUPS["quantities"])
NO_ROLES = frozenset(_ROLES["never"]) | DOCUMENTS | ORGANISATIONS
SHORT_NAMES: dict[str, set[str]] = {}  # {"william": {"bill", …}}
for _short, _long in map(str.split, _FIRST["short"]):
    SHORT_NAMES.setdefault(_long, set()).add(_short)
FIRST_NAMES = {word: gender for gender in GENDERS for word in _FIRST[gender]}
LABELS = frozenset(read_list("labels.txt")["nobody"])

MARKS = "\"“”'‘’"
PLACED = re.compile(rf"\s(?:{'|'.join(sorted(LINKING))}|who|and)\s")


def is_role(noun: str) -> bool:
    """Is this lower-case singular noun an office, an occupation or a relation?"""
    like = noun.endswith(ROLE_ENDINGS) and len(noun) > 5
    return noun in ROLES or like and noun not in NO_ROLES


def is_office(word: str) -> bool:
    """Is this word, as written, an office?  "Werner" only ends like one."""
    return word.lower() in ROLES or word[:1].islower() and is_role(word)


def head_of(role: str) -> str:
    """The office itself, in lower case: `mayor` of "former mayor of Zell"."""
    return (PLACED.split(role.lower(), maxsplit=1)[0].split() or [""])[-1]


def is_people(noun: str) -> bool:
    """Is this lower-case plural a people, a faith or a party: "mexicans", "democrats"?"""
    return noun in PEOPLES or len(noun) > 7 and noun.endswith(("ians", "icans", "crats"))


def is_group(noun: str) -> bool:
    """Are they the members of a body: the teachers of their union, the people of their bank?"""
    return noun in GROUPS or noun.endswith("s") and is_role(noun[:-1])


def is_plural(noun: str) -> bool:
    """Does this lower-case noun look like more than one?"""
    many = len(noun) > 3 and singular(noun) != noun
    return noun in GROUPS or many or noun[-1:] == "s" and noun[:-1] in ROLES


def givens_of(words: Sequence[str]) -> list[str]:
    """The names that may stand before the surname alone: the first, and a nickname in marks."""
    return [words[0], *(w.strip(MARKS) for w in words[1:-1] if w[0] in MARKS)]


def initial(a: str, b: str) -> bool:
    """Is one name the other, or its first letter?"""
    a, b = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return a == b or len(a) == 1 and b.startswith(a)


def givens_agree(a: str, b: str) -> bool:
    """Wes and Wesley, G. and Gopal, Bill and William; not Wesley and Jonah."""
    a, b = sorted((a, b), key=len)
    return initial(a, b) or b.startswith(a) and len(a) > 2 or a in SHORT_NAMES.get(b, ())


def letters_of(words: Sequence[str]) -> set[str]:
    """What may abbreviate a name: `gm` and `gmc` of General Motors Corp."""
    words = [w for w in words if w[0].isupper()]
    bare = [w for w in words if w.casefold().strip(".") not in COMPANY_FORMS]
    found = ("".join(c for w in some for c in w if c.isupper()) for some in (words, bare))
    return {letters.casefold() for letters in found if len(letters) > 1}
