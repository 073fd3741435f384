"""The word lists about people and organisations, read once."""

from __future__ import annotations

from ..words import read_list

_TITLES, _ROLES = read_list("titles.txt"), read_list("roles.txt")
_ORGANISATIONS, _FIRST = read_list("organisations.txt"), read_list("first_names.txt")

COURTESY = {word: None for word in _TITLES["any"]}
COURTESY |= {word: gender for gender in ("male", "female") for word in _TITLES[gender]}
PARTICLES = frozenset(_TITLES["particles"])
SUFFIXES = frozenset(_TITLES["suffixes"])

ROLES = frozenset(_ROLES["any"]) | frozenset(_ROLES["male"]) | frozenset(_ROLES["female"])
ROLE_GENDER = {word: gender for gender in ("male", "female") for word in _ROLES[gender]}
KIN = frozenset(_ROLES["kin"])

COMPANIES = frozenset(_ORGANISATIONS["companies"])
ORGANISATIONS = COMPANIES | frozenset(_ORGANISATIONS["public"])
MOUTHPIECES = frozenset(_ORGANISATIONS["mouthpieces"])

DOCUMENTS = frozenset(read_list("documents.txt")[""])
GROUPS = frozenset(read_list("groups.txt")[""])
PLACES = frozenset(read_list("places.txt")[""])
FIRST_NAMES = {word: gender for gender in ("male", "female") for word in _FIRST[gender]}

NOT_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december i".split()
)
ROLE_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "eur", "ive", "ant", "ent", "ix", "ess",
                "ary", "eer", "ee", "smith", "wright", "herd", "ologist")  # fmt: skip
HEADS = frozenset({"head", "leader", "chief", "boss"})  # "the head of the ministry" is its minister
TOP = HEADS | frozenset(
    "minister director director-general president chairman chairwoman chair "
    "secretary secretary-general governor commissioner executive mayor premier "
    "chancellor speaker commander manager principal rector dean".split()
)


def is_role(noun: str) -> bool:
    """Is this lower-case singular noun an office, an occupation or a relation?"""
    return noun in ROLES or (
        noun.endswith(ROLE_ENDINGS)
        and len(noun) > 5
        and noun not in DOCUMENTS
        and noun not in ORGANISATIONS
    )


def is_plural(noun: str) -> bool:
    """Does this lower-case noun look like more than one?"""
    return (
        noun in GROUPS
        or len(noun) > 3
        and noun.endswith("s")
        and not noun.endswith(("ss", "us", "is", "ics", "news"))
    )
