"""Numbers without a unit: counts with their noun, fractions, ages, ordinals; or nothing."""

from __future__ import annotations

from dataclasses import replace

from .lexicon import patterns
from .measures import period
from .model import Amount, Number, tidy
from .nouns import Sentence, Syntax, counted_noun, head_after
from .rules import first, rules

_P = patterns("counts")
_BARE, _PLAIN, _FRACTION, _ORDINAL = (
    rules("number_rules", table) for table in ("bare", "plain", "fraction", "ordinal")
)
MORE = frozenset({"more", "other", "others", "additional", "further"})
PLURAL = ("s", "men", "people", "children", "ese", "ish")
NAMED = frozenset({"first", "second", "third", "fourth"})
ROMAN = {"I": 1, "V": 5, "X": 10}


def count_of(
    text: str, amount: Amount, syntax: Syntax, previous: str | None, *, beyond: int
) -> Amount | None:
    """The bare amount as a count, fraction, age or number with its unit, or None.

    `previous` is the noun of the count before it in the paragraph, for elided nouns ("six states
    have … and two more will"); `beyond`, where the words begin among which its noun is looked for.
    """
    n, start, end = amount.number, amount.start, amount.end
    if n.kind == "fraction":
        return _fraction(text, amount, syntax)
    rule = first(_BARE, text, start, end, _marks(text, amount))
    assert rule is not None  # the last row fits all
    amount.rule = rule.id
    if rule.then == "none":
        return None
    if rule.then == "age":
        timex = period(amount.least, "Y")
        return replace(amount, kind="duration", unit="year", timex=timex)
    if rule.then == "number":
        return replace(amount, kind="number")
    if rule.then == "times":
        return replace(amount, unit="times")
    sentence = syntax.sentence(start)
    if rule.then in {"one", "one_noun"}:
        noun = _noun_of_one(text, end, sentence, beyond) if rule.then == "one_noun" else None
        return replace(amount, unit=noun) if noun else _alone(amount, syntax)
    if rule.right and (m := rule.right.match(text, end)):
        amount.unit = m["noun"]
        if rule.then == "suffix":
            amount.end = m.end()
            amount.unit = counted_noun(sentence, m.end()) if m["noun"] == "strong" else m["noun"]
        return amount
    pair = _P["paired"].match(text, end)
    noun = counted_noun(sentence, pair.end() if pair else beyond)
    if noun is None:
        return _plain(text, amount, sentence, previous, syntax)
    last = noun.split()[-1]
    named = last[0].isupper() and not last.endswith(PLURAL)  # "Zero Hedge", "Boeing 737 jets"
    small = n.words and n.kind == "cardinal" and n.top < 20 and " " not in noun
    if named and (small or n.bare and n.top > 1) or _named_before(amount, sentence):
        return None
    return replace(amount, unit=noun)


def _marks(text: str, amount: Amount) -> dict[str, bool]:
    """What the rows ask of a number: how it is written, and whether it can be an age."""
    n, written, value = amount.number, text[amount.start : amount.end], amount.least
    age = 0 < value < 125 and value == int(value) and n.scale == 1
    is_one = n.value == 1 and not n.digits
    return {
        n.kind: True, "words": n.words, "digits": bool(n.digits),
        "one": is_one and written.lower() == "one",
        "one_word": is_one, "age": age, "adult": age and 12 < value < 100,
        "child": age and value >= 3,
        "set_off": not n.words or text[amount.end : amount.end + 1] == ",",
    }  # fmt: skip


def _noun_of_one(text: str, end: int, sentence: Sentence, beyond: int) -> str | None:
    noun = counted_noun(sentence, beyond)
    if noun is None or text[end : end + 1] != " ":
        return None
    verb = noun.islower() and noun[-1] == "s" and " " not in noun
    if verb and not _P["singular_s"].search(noun):
        return None  # "asked where one parks"
    return _P["plural_inside"].sub(r"\1", noun)


def _alone(amount: Amount, syntax: Syntax) -> Amount | None:
    """A number that is the whole paragraph is a number, whatever it would be in prose."""
    alone = syntax.alone(amount.start, amount.end)
    return replace(amount, kind="number") if alone else None


def _fraction(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    word = text[amount.start : amount.end].lower()
    half = word.removeprefix("a ") in {"half", "quarter"}
    articled = word.startswith(("a ", "an ")) and word.count(" ") == 1 and not half
    told = {"quarter": word == "quarter", "half": half, "articled": articled}
    rule = first(_FRACTION, text, amount.start, amount.end, told)
    assert rule is not None  # the last row fits all
    amount.rule = rule.id
    alone = _alone(amount, syntax)
    if alone or rule.then == "none":
        return alone
    if amount.value is not None and abs(amount.value) < 1:
        amount.value = round(amount.value, 4)
    return replace(amount, unit="fraction")


def _named_before(amount: Amount, sentence: Sentence) -> bool:
    """ "Boeing 737 jets", "Microsoft 365 users": a name right before plain digits."""
    last = i = sentence.at(amount.start) - 1
    while sentence.tag(i) == "PROPN":
        i -= 1
    if i == last or last <= 0 or not amount.number.bare or amount.low is not None:
        return False
    free = sentence.tag(i) in {"ADP", "PUNCT", "SCONJ", "CCONJ"}
    return not free or sentence.words[i].lower() in {"a", "the", "of"}


def _plain(
    text: str, amount: Amount, sentence: Sentence, previous: str | None, syntax: Syntax
) -> Amount | None:
    """A number without a noun of its own: of the noun before it, or a plain number."""
    n, start, alone = amount.number, amount.start, _alone(amount, syntax)
    rule = first(_PLAIN, text, start, amount.end, {n.kind: True})
    if rule is None or rule.then == "none" or alone:
        return alone if n.kind != "vague" else None
    if amount.low is None and _P["single_name"].search(text, max(0, start - 30), start):
        i = sentence.at(start) - 1
        opening = i <= 0 or sentence.starts[i] == sentence.start
        capital = n.words and text[start].isupper()
        if capital or n.bare and (not opening or sentence.tag(i) == "PROPN"):
            return None
    i = sentence.at(amount.end)
    described = (
        sentence.tag(i) in {"ADJ", "NOUN", "PROPN"} and sentence.words[i].lower() not in MORE
    )
    odd = described or amount.value == 0 or amount.value is not None and amount.value % 1
    shared = None if odd or rule.then != "shared" else previous
    value = None if amount.value is None else tidy(amount.value)
    kind = "count" if shared else "number"
    return replace(amount, kind=kind, unit=shared, value=value, rule=rule.id)


def roman_ordinals(text: str) -> list[Number]:
    """Roman numerals before a capitalised name: "the VI Interregional Forum" is the 6th."""
    found = []
    for m in _P["roman"].finditer(text):
        lead = _P["roman_lead"].search(text, max(0, m.start() - 8), m.start())
        if lead and _P["canonical"].fullmatch(m["r"]):
            digits = [ROMAN[c] for c in m["r"]]
            value = sum(-d if d < e else d for d, e in zip(digits, [*digits[1:], 0], strict=True))
            found.append(Number(*m.span("r"), float(value), kind="ordinal", words=True))
    return found


def ordinal_of(text: str, n: Number, syntax: Syntax) -> Amount | None:
    """The ordinal as a figure with the noun it counts, or None for an idiom, adverb or time."""
    word = text[n.start : n.end].lower()
    rule = first(_ORDINAL, text, n.start, n.end, {word: True, "above_two": n.top > 2})
    if rule is None or rule.then == "none":
        return None
    if rule.then == "fraction":  # "the bottom fifth"
        share = n.measured("count", "fraction", n.end, rule=rule.id)
        share.value = round(1 / n.top, 4)
        return share
    if syntax.alone(n.start, n.end):
        return n.measured("ordinal", None, n.end, rule=rule.id)
    sentence = syntax.sentence(n.start)
    tag, noun = sentence.tag(sentence.at(n.start)), head_after(sentence, n.end)
    stray = noun is None and (not n.words or word in NAMED) and rule.then == "other"
    if stray or tag == "VERB" or tag == "ADV" and rule.then != "owned":
        return None
    return n.measured("ordinal", noun, n.end, rule=rule.id)
