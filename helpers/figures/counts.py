"""Numbers without a unit: counts with their noun, fractions, ages, plain numbers; or nothing."""

from __future__ import annotations

import re

from .ages import age_of
from .lexicon import alternation, idioms
from .measures import Amount, tidy
from .never import labelled
from .nouns import counted_noun, suffix_noun
from .syntax import Sentence, Syntax

__all__ = ["count_of"]

_I = idioms()
ONE_BEFORE = re.compile(rf"(?i)\b(?:{alternation(_I['one_before'])})[\s“\"‘]+$")
ONE_AFTER = re.compile(
    rf"(?i)\s+(?:{alternation(_I['one_after'])})(?![\w])|\s+\w+\s+or\s+another\b|[’']|[-–](?!\w+\s)"
)
HALF_AFTER = re.compile(rf"(?i)[\s-]*(?:{alternation(_I['half_after'])})\b")
FRACTION_NOUN = re.compile(rf"(?i)\s+(?:{alternation(_I['fraction_nouns'])})\b")
HALF = re.compile(r"(?:a\s+)?(?:half|quarter)")
HALF_BEFORE = re.compile(
    r"(?i)\b(?:first|second|third|fourth|other|better|each|this|last|next|same|in|latter)\s+$"
)
ARTICLED = re.compile(r"an?\s+\w+")  # "a third"
SHARE_AFTER = re.compile(r"(?i)\s+(?:of|fewer|less|more|as|that|the|share|stake)\b")
SHARE_BEFORE = re.compile(r"(?i)\b(?:by|than|about|nearly|almost|over|to|only|just)\s+$")
BY = re.compile(r"(?i)\bby\s+$")
CHANGE_ENDS = re.compile(  # "went up by a fifth since March"
    r"\s+(?:since|in|or|over|last|this|from|between|during|compared|while|when|after|by|within)\b"
)
LISTED = re.compile(r",\s(?:and\s)?$")
TIMES = re.compile(r"(?:\s+or\s+more)?[\s-]+(?:times|fold)\b(?P<noun>)")
MORE = frozenset({"more", "other", "others", "additional", "further"})
PLURAL = ("s", "men", "people", "children", "ese", "ish", "nch", "tch")
PLURAL_INSIDE = re.compile(r"^(\S+ .*?|\S*[^s\s])\s[a-z]+[^s\s]s\b.*")  # "one plan seeks a vote"
PAIRED = re.compile(r"\s+[a-z]+-\s+(?:and|or)\s+")  # "6 million high- and middle-school pupils"
RATE = re.compile(r"\s+(?:per|(?:in|for)\s+every)\s+\d")  # "6.1 per 1,000 tasks"
SINGULAR_S = re.compile(r"(?:ss|us|is|ics|series|species|means|news|works)$")
RANKED = re.compile(r"(?i)\b(?:top|bottom|final|last|first|number|plan|big)[\s-]$")
UNSHARED = re.compile(  # "in 12", "those 3": no noun of a count before is meant
    r"(?i)\b(?:(?:for|to|at|by|from|in|with|under|on|of)\s+(?:about\s)?|(?:the|these|those|all|both)\s+)$"
)
COMPARED = re.compile(  # "204 forms (up from 201)"
    r"(?i)\b(?:up|down|rising|falling|compared|against|versus|higher|lower)\s(?:(?:from|with|to|than)\s)?$"
)
LIKENED = re.compile(r"-(?:based|style|type|like|ish|something)\b")
VAGUE_OF = re.compile(r"\s+(?:of|more|other)\b")
TITLE = re.compile(r"[“\"‘][A-Z][a-z]+(?:[.,]?[”\"’]|[.,]$)")  # a film: "Nine."
MEASURED = re.compile(r"(?i)\b(?:magnitude|size)\s$")  # "a magnitude 6 earthquake"
HANGING = re.compile(r"-(?:,\s*[\w.]+-){0,8},?\s+(?:and|or|to)\s+[\w.]+-(?P<noun>[a-z]{2,})\b")
SINGLE_NAMES = re.compile(r"(?:^|[\s(“\"‘—-])(?P<w>[A-Z][\w&.’'-]*)\s$")


def count_of(
    text: str, amount: Amount, syntax: Syntax, previous: str | None, *, beyond: int
) -> Amount | None:
    """The bare amount as a count, fraction, age or number with its unit, or None.

    `previous` is the noun of the count before it in the paragraph, for elided nouns ("six states
    have … and two more will"); `beyond`, where the words begin among which its noun is looked for.
    """
    n = amount.number
    start, end = amount.start, amount.end
    if n.kind == "fraction":
        return _fraction(text, amount, syntax)
    aged = age_of(text, amount)
    if aged:
        return aged
    if labelled(text, start):
        return None
    if n.kind == "vague" and text[end - 1] in "sS" and not VAGUE_OF.match(text, end):
        return None  # "they made their millions out of water"
    if TITLE.search(text, max(0, start - 1), end + 2) and n.words:
        return None
    if MEASURED.search(text, max(0, start - 12), start):
        amount.kind = "number"
        return amount
    sentence = syntax.sentence(start)
    joined = n.digits and text[start - 1 : start] == "-" and text[max(0, start - 2)].islower()
    if joined or not n.words and text[end : end + 1].isalpha():
        return None
    if n.words and text[end : end + 1] == "," and LISTED.search(text, max(0, start - 6), start):
        return None
    hanging = TIMES.match(text, end) or HANGING.match(text, end)
    if hanging:
        amount.unit = hanging["noun"] or "times"
        return amount
    if LIKENED.match(text, end):
        return None  # "486-based machines"
    suffix = suffix_noun(text, end)
    if suffix and (n.digits or n.value != 1):
        amount.end, amount.unit = suffix[1], suffix[0]
        if suffix[0] == "strong":
            amount.unit = counted_noun(sentence, suffix[1])
        return amount
    if n.value == 1 and text[start:end].lower() == "one":
        return _one(text, amount, sentence, syntax, beyond)
    if n.digits and RATE.match(text, end):
        amount.kind = "number"
        return amount
    pair = PAIRED.match(text, end)
    noun = counted_noun(sentence, pair.end() if pair else beyond)
    if noun:
        last = noun.split()[-1]
        named = last[0].isupper() and not last.endswith(PLURAL)
        small = n.words and n.kind == "cardinal" and (n.value or 0) < 20 and " " not in noun
        if named and small or _named_before(text, amount, sentence):
            return None  # "Zero Hedge" is a name
        plural = last.endswith(("s", "men", "people"))
        if n.bare and (n.value or 0) > 1 and last[0].isupper() and not plural:
            return None
        amount.unit = noun
        return amount
    return _plain(text, amount, sentence, previous, syntax)


def _one(
    text: str, amount: Amount, sentence: Sentence, syntax: Syntax, beyond: int
) -> Amount | None:
    left = text[max(0, amount.start - 16) : amount.start]
    if ONE_BEFORE.search(left) or ONE_AFTER.match(text, amount.end):
        return _alone(text, amount, syntax)
    noun = counted_noun(sentence, beyond)
    verb = noun and noun.islower() and noun[-1] == "s" and " " not in noun
    if verb and not SINGULAR_S.search(noun):
        return _alone(text, amount, syntax)  # "asked where one parks"
    if noun is None or text[amount.end : amount.end + 1] != " ":
        return _alone(text, amount, syntax)
    amount.unit = PLURAL_INSIDE.sub(r"\1", noun)
    return amount


def _alone(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    """A number that is the whole paragraph is a number, whatever it would be in prose."""
    written = text[amount.start : amount.end].strip()
    if syntax.paragraph_text(amount.start).strip(" .\n\t") != written:
        return None
    amount.kind = "number"
    return amount


def _fraction(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    if _alone(text, amount, syntax):
        return amount
    start, end = amount.start, amount.end
    word = text[start:end].lower()
    if word == "quarter":
        return None
    if HALF.fullmatch(word):
        if HALF_AFTER.match(text, end) or not FRACTION_NOUN.match(text, end):
            return None
        if HALF_BEFORE.search(text, max(0, start - 10), start):
            return None
    elif ARTICLED.fullmatch(word) and not SHARE_AFTER.match(text, end):
        compared = SHARE_BEFORE.search(text, max(0, start - 9), start)
        by = BY.search(text, max(0, start - 9), start) and CHANGE_ENDS.match(text, end)
        if not by and (not compared or text[end + 1 : end + 2].islower()):
            return None
    if amount.value is not None and abs(amount.value) < 1:
        amount.value = round(amount.value, 4)
    amount.unit = "fraction"
    return amount


def _named_before(text: str, amount: Amount, sentence: Sentence) -> bool:
    """ "Boeing 737 jets", "Microsoft 365 users": a name right before plain digits."""
    n, i = amount.number, sentence.at(amount.start) - 1
    if not n.bare or amount.low is not None or i <= 0 or sentence.pos[i] != "PROPN":
        return False
    while i > 0 and sentence.pos[i - 1] == "PROPN":
        i -= 1
    free = sentence.pos[i - 1] in {"ADP", "PUNCT", "SCONJ", "CCONJ"}
    return not free or sentence.words[i - 1].lower() in {"a", "the", "of"}


def _plain(
    text: str, amount: Amount, sentence: Sentence, previous: str | None, syntax: Syntax
) -> Amount | None:
    n, start, end = amount.number, amount.start, amount.end
    if n.kind == "vague":
        return None
    if _alone(text, amount, syntax):
        return amount
    if RANKED.search(text, max(0, start - 8), start):
        return None
    capital = n.words and text[start].isupper()
    if amount.low is None and SINGLE_NAMES.search(text, max(0, start - 30), start):
        i = sentence.at(start) - 1
        opening = i <= 0 or sentence.starts[i] == sentence.start
        if capital or n.bare and (not opening or sentence.pos[i] == "PROPN"):
            return None
    i = sentence.at(end)
    more = i < len(sentence.pos) and sentence.words[i].lower() in MORE
    described = i < len(sentence.pos) and sentence.pos[i] in {"ADJ", "NOUN", "PROPN"} and not more
    broken = amount.value is not None and amount.value != int(amount.value)
    alone = UNSHARED.search(text, max(0, start - 9), start)
    alone = alone and not COMPARED.search(text, max(0, start - 24), start)
    if described or amount.value == 0 or broken or alone:
        previous = None
    amount.kind = "count" if previous else "number"
    amount.unit = previous
    if amount.value is not None:
        amount.value = tidy(amount.value)
    return amount
