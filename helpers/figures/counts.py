"""Numbers without a unit: counts with their noun, fractions, ages, plain numbers; or nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from helpers.figures.lexicon import alternation, idioms
from helpers.figures.measures import Amount, period, tidy
from helpers.figures.never import labelled
from helpers.figures.nouns import counted_noun, suffix_noun
from helpers.figures.syntax import Sentence, Syntax

__all__ = ["count_of"]

_I = idioms()
ONE_BEFORE = re.compile(rf"(?i)\b(?:{alternation(_I['one_before'])})[\s“\"‘]+$")
ONE_AFTER = re.compile(rf"(?i)\s+(?:{alternation(_I['one_after'])})(?![\w])|[’']|[-–](?!\w+\s)")
HALF_AFTER = re.compile(rf"(?i)[\s-]*(?:{alternation(_I['half_after'])})\b")
FRACTION_NOUN = re.compile(rf"(?i)\s+(?:{alternation(_I['fraction_nouns'])})\b")
AGE_LEFT = re.compile(
    r"(?:(?<![\w.])(?P<name>[A-Z][\w’'.-]*[a-z\].)]|[A-Z]\.)(?:,?\s(?:Jr|Sr)\.)?,\s$)"
    r"|(?i:\b(?:aged?|ages)\s(?:of\s)?(?:between\s)?$)"
    r"|(?i:\b(?:I|he|she|you|we|they|who)\s+(?:was|were|am|is|turned|turns|would\s+be|will\s+be)\s+(?:just\s|only\s|about\s|almost\s)?$)"
)
LETTER = re.compile(r"[^\W\d_]")
AGED = re.compile(
    r"(?i)\b(?:people|persons|those|anyone|adults|children|kids|men|women|voters|workers|drivers|"
    r"males|females|players|students|pupils|teenagers|girls|boys)\s+"
    r"(?:(?:who\s+(?:are|were)|aged)\s+)?(?:under|over|above|below|(?:older|younger)\s+than)\s$"
)
AGE_RIGHT = re.compile(
    r"\s*[,;.)!?―—]|\s+(?:and|or|when|who|of|years?|said|was|is|to|by|at|in|,)\b|\s*$|[”\"’]"
)
PRONOUN = re.compile(r"(?i)(?:i|he|she|you|we|they|who)\b")
PRONOUN_RIGHT = re.compile(r"\s*[.,;!?”\"]|\s+(?:and|when|years?|by|at|in)\b|\s*$")
WEAK_LABELS = re.compile(
    r"(?i)\b(?:day|line|group|numbers?|case|area|house|box|unit|step|level|track|bus|train|table|question|item|measure|stage|rule|class|number)\s$"
)
NOUN_NEXT = re.compile(r"\s+(?:[a-z]+\s)?(?:[a-z]+s|people|men|women|children|percent)\b")
MORE = frozenset({"more", "other", "others", "additional", "further"})
PLURAL = ("s", "men", "people", "children", "ese", "ish", "nch", "tch")
PAIRED = re.compile(r"\s+[a-z]+-\s+(?:and|or)\s+")  # "6 million high- and middle-school pupils"
HANGING = re.compile(r"-(?:,\s*[\w.]+-)*,?\s+(?:and|or|to)\s+[\w.]+-(?P<noun>[a-z]{2,})\b")
SINGLE_NAMES = re.compile(r"(?:^|[\s(“\"‘—-])(?P<w>[A-Z][\w&.’'-]*)\s$")


def count_of(text: str, amount: Amount, syntax: Syntax, previous: str | None) -> Amount | None:
    """The bare amount as a count, fraction, age or number with its unit, or None.

    `previous` is the noun of the count before it in the paragraph, for elided nouns ("six states
    have … and two more will").
    """
    n = amount.number
    start, end = amount.start, amount.end
    if n.kind == "ordinal":
        return None
    if n.kind == "fraction":
        return _fraction(text, amount, syntax)
    aged = _age(text, amount)
    if aged:
        return aged
    if labelled(text, start) and not (
        WEAK_LABELS.search(text[max(0, start - 12) : start])
        and NOUN_NEXT.match(text[end : end + 30])
    ):
        return None
    sentence = syntax.sentence(start)
    if re.search(r"[a-z]-$", text[max(0, start - 2) : start]) and n.digits:
        return None
    if not n.words and text[end : end + 1].isalpha():
        return None
    times = re.match(r"(?:\s+or\s+more)?[\s-]+(?:times|fold)\b", text[end : end + 16])
    if times:
        amount.unit = "times"
        return amount
    if (
        n.words
        and re.search(r",\s(?:and\s)?$", text[max(0, start - 6) : start])
        and text[end : end + 1] == ","
    ):
        return None
    hanging = HANGING.match(text, end)
    if hanging:
        amount.unit = hanging["noun"]
        return amount
    suffix = suffix_noun(text, end)
    if suffix and (n.digits or n.value != 1):
        amount.end, amount.unit = suffix[1], suffix[0]
        if suffix[0] == "strong":
            amount.unit = counted_noun(sentence, suffix[1])
        return amount
    if n.value == 1 and n.words and n.kind == "cardinal" and text[start:end].lower() == "one":
        return _one(text, amount, sentence, syntax)
    pair = PAIRED.match(text, end)
    noun = counted_noun(sentence, pair.end() if pair else end)
    if noun:
        last = noun.split()[-1]
        named = last[0].isupper() and not last.endswith(PLURAL)
        if named and n.words and n.kind == "cardinal" and (n.value or 0) < 20 and " " not in noun:
            return None  # "Zero Hedge" is a name
        if (
            n.bare
            and last[0].isupper()
            and not last.endswith(("s", "men", "people"))
            and (n.value or 0) > 1
        ):
            return None
        if _named_before(text, amount, sentence):
            return None
        amount.unit = noun
        return amount
    return _plain(text, amount, sentence, previous, syntax)


def _one(text: str, amount: Amount, sentence: Sentence, syntax: Syntax) -> Amount | None:
    left = text[max(0, amount.start - 16) : amount.start]
    if ONE_BEFORE.search(left) or ONE_AFTER.match(text, amount.end):
        return _alone(text, amount, syntax)
    noun = counted_noun(sentence, amount.end)
    if noun is None or text[amount.end : amount.end + 1] != " ":
        return _alone(text, amount, syntax)
    amount.unit = noun
    return amount


def _alone(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    """A number that is the whole paragraph is a number, whatever it would be in prose."""
    if (
        syntax.paragraph_text(amount.start).strip(" .\n\t")
        == text[amount.start : amount.end].strip()
    ):
        amount.kind = "number"
        return amount
    return None


def _fraction(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    if _alone(text, amount, syntax):
        return amount
    word = text[amount.start : amount.end].lower()
    if "/" in word and not re.match(r"\s+(?:of|the|as)\b", text[amount.end : amount.end + 5]):
        return None
    half = re.fullmatch(r"(?:a\s+)?(?:half|quarter)", word)
    if half:
        if HALF_AFTER.match(text, amount.end) or not FRACTION_NOUN.match(text, amount.end):
            return None
        if word == "quarter":
            return None
        if re.search(
            r"(?i)\b(?:first|second|third|fourth|other|better|each|this|last|next|same|in|latter)\s+$",
            text[max(0, amount.start - 10) : amount.start],
        ):
            return None
        nxt = re.match(
            r"\s+(in|to|is|was|said|the|say|do|did|would|have|had|were|are)\b",
            text[amount.end :][:9],
        )
        if nxt and nxt[1] in {"in", "to", "is", "was"} and word.startswith("a "):
            return None
    elif (
        re.fullmatch(r"an?\s+\w+", word)
        and not re.match(
            r"(?i)\s+(?:of|fewer|less|more|as|that|the|share|stake)\b",
            text[amount.end : amount.end + 8],
        )
        and (
            not re.search(
                r"(?i)\b(?:by|than|about|nearly|almost|over|to|only|just)\s+$",
                text[max(0, amount.start - 9) : amount.start],
            )
            or re.match(r"\s+[a-z]", text[amount.end :][:2])
        )
    ):
        return None
    if amount.value is not None and abs(amount.value) < 1:
        amount.value = round(amount.value, 4)
    amount.unit = "fraction"
    return amount


def _age(text: str, amount: Amount) -> Amount | None:
    n = amount.number
    value = n.value if n.value is not None else n.low
    if value is None and amount.low is not None:
        value = amount.low
    if value is None or not 0 < value < 125 or value != int(value) or n.scale != 1:
        return None
    lead = text[max(0, amount.start - 40) : amount.start]
    if not LETTER.search(lead):
        return None
    m = AGED.search(lead) if not NOUN_NEXT.match(text[amount.end : amount.end + 30]) else None
    if m:
        return _years(amount)
    m = AGE_LEFT.search(lead[-34:])
    if m is None or not AGE_RIGHT.match(text, amount.end):
        return None
    if m["name"]:
        if (
            not re.match(
                r"\s*[,―—]|\s*\.(?:\s|$)|\s*[);]|\s+and\b|[”\"]", text[amount.end : amount.end + 5]
            )
            or value < 3
        ):
            return None
        if n.words and text[amount.end : amount.end + 1] != ",":
            return None
        if re.search(
            r"(?i)\b(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june|july|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|\w+day)\.?,\s$",
            text[max(0, amount.start - 14) : amount.start],
        ):
            return None
    elif PRONOUN.match(m.group()) and not PRONOUN_RIGHT.match(text[amount.end : amount.end + 8]):
        return None
    return _years(amount)


def _years(amount: Amount) -> Amount:
    """The amount as an age."""
    out = replace(amount, kind="duration", unit="year")
    out.timex = period(amount.value, amount.low, amount.high, "Y")
    return out


def _named_before(text: str, amount: Amount, sentence: Sentence) -> bool:
    """ "Boeing 737 jets", "Microsoft 365 users": a name right before plain digits."""
    n = amount.number
    if not n.bare or amount.low is not None:
        return False
    m = SINGLE_NAMES.search(text[max(0, amount.start - 30) : amount.start])
    if m is None:
        return False
    i = sentence.at(amount.start) - 1
    if i <= 0 or sentence.pos[i] != "PROPN":
        return False
    while i > 0 and sentence.pos[i - 1] == "PROPN":
        i -= 1
    before = sentence.words[i - 1].lower() if i > 0 else ""
    return (
        i > 0
        and sentence.pos[i - 1] not in {"ADP", "PUNCT", "SCONJ", "CCONJ"}
        or before in {"a", "the", "of"}
    )


def _plain(
    text: str, amount: Amount, sentence: Sentence, previous: str | None, syntax: Syntax
) -> Amount | None:
    n = amount.number
    if n.kind == "vague":
        return None
    if _alone(text, amount, syntax):
        return amount
    if re.search(
        r"(?i)\b(?:top|bottom|final|last|first|number|plan|big)[\s-]$",
        text[max(0, amount.start - 8) : amount.start],
    ):
        return None
    m = SINGLE_NAMES.search(text[max(0, amount.start - 30) : amount.start])
    if m and n.bare and amount.low is None:
        i = sentence.at(amount.start) - 1
        first = i <= 0 or sentence.starts[i] == sentence.start
        if not first or sentence.pos[i] == "PROPN":
            return None
    if n.words and text[amount.start : amount.start + 1].isupper() and m and amount.low is None:
        return None
    if (
        n.words
        and re.match(r"-|\s+[A-Z]", text[amount.end : amount.end + 2])
        and text[amount.start].isupper()
        and sentence.start != amount.start
    ):
        return None
    if re.search(
        r"(?i)\b(?:the|these|those|all|both)\s+$", text[max(0, amount.start - 7) : amount.start]
    ):
        previous = None
    i = sentence.at(amount.end)
    more = i < len(sentence.pos) and sentence.words[i].lower() in MORE
    described = i < len(sentence.pos) and sentence.pos[i] in {"ADJ", "NOUN", "PROPN"} and not more
    if described or amount.value == 0:
        previous = None
    amount.kind = "count" if previous else "number"
    amount.unit = previous
    if amount.value is not None:
        amount.value = tidy(amount.value)
    return amount
