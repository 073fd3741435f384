"""Numbers without a unit: counts with their noun, fractions, ages, ordinals; or nothing."""

from __future__ import annotations

from dataclasses import replace

from .lexicon import patterns
from .measures import period
from .model import Amount, Number, tidy
from .nouns import Sentence, Syntax, counted_noun, head_after
from .rules import first, rules

__all__ = ["count_of", "ordinal_of", "roman_ordinals"]

_P = patterns("counts")
_BARE, _PLAIN, _FRACTION, _ORDINAL = (
    rules("number_rules", table) for table in ("bare", "plain", "fraction", "ordinal")
)
MORE = frozenset({"more", "other", "others", "additional", "further"})
PLURAL = ("s", "men", "people", "children", "ese", "ish", "nch", "tch")
NAMED = frozenset({"first", "second", "third", "fourth", "fifth"})
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
        return replace(
            amount, kind="duration", unit="year", timex=period(amount.value, amount.low, "Y")
        )
    if rule.then == "number":
        return replace(amount, kind="number")
    if rule.then == "times":
        return replace(amount, unit="times")
    sentence = syntax.sentence(start)
    if rule.then in {"one", "one_noun"}:
        noun = _noun_of_one(text, end, sentence, beyond) if rule.then == "one_noun" else None
        return replace(amount, unit=noun) if noun else _alone(text, amount, syntax)
    if rule.right and (m := rule.right.match(text, end)):
        amount.unit = m["noun"]
        if rule.then == "suffix":
            amount.end = m.end()
            amount.unit = counted_noun(sentence, m.end()) if m["noun"] == "strong" else m["noun"]
        return amount
    return _counted(text, amount, sentence, previous, syntax, beyond)


def _marks(text: str, amount: Amount) -> set[str]:
    """What the rows ask of a number: how it is written, and whether it can be an age."""
    n, written = amount.number, text[amount.start : amount.end]
    value = amount.value if amount.low is None else amount.low
    age = value is not None and 0 < value < 125 and value == int(value) and n.scale == 1
    is_one = n.value == 1 and not n.digits
    told = {
        n.kind: True, "words": n.words, "digits": bool(n.digits), "capital": written[0].isupper(),
        "plural": written[-1] in "sS", "one": is_one and written.lower() == "one",
        "one_word": is_one, "age": age, "adult": age and 12 < (value or 0) < 100,
        "child": age and (value or 0) >= 3,
        "set_off": not n.words or text[amount.end : amount.end + 1] == ",",
    }  # fmt: skip
    return {mark for mark, holds in told.items() if holds}


def _counted(
    text: str, amount: Amount, sentence: Sentence, previous: str | None, syntax: Syntax, beyond: int
) -> Amount | None:
    """The amount with the noun behind it; None beside a name ("Zero Hedge", "Boeing 737 jets")."""
    n = amount.number
    pair = _P["paired"].match(text, amount.end)
    noun = counted_noun(sentence, pair.end() if pair else beyond)
    if noun is None:
        return _plain(text, amount, sentence, previous, syntax)
    last = noun.split()[-1]
    small = n.words and n.kind == "cardinal" and (n.value or 0) < 20 and " " not in noun
    name = last[0].isupper() and not last.endswith(PLURAL) and small
    model = n.bare and (n.value or 0) > 1 and last[0].isupper() and not last.endswith(PLURAL[:3])
    if name or model or _named_before(amount, sentence):
        return None
    return replace(amount, unit=noun)


def _noun_of_one(text: str, end: int, sentence: Sentence, beyond: int) -> str | None:
    noun = counted_noun(sentence, beyond)
    if noun is None or text[end : end + 1] != " ":
        return None
    verb = noun.islower() and noun[-1] == "s" and " " not in noun
    if verb and not _P["singular_s"].search(noun):
        return None  # "asked where one parks"
    return _P["plural_inside"].sub(r"\1", noun)


def _alone(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    """A number that is the whole paragraph is a number, whatever it would be in prose."""
    written = text[amount.start : amount.end].strip()
    alone = syntax.paragraph_text(amount.start).strip(" .\n\t") == written
    return replace(amount, kind="number") if alone else None


def _fraction(text: str, amount: Amount, syntax: Syntax) -> Amount | None:
    word = text[amount.start : amount.end].lower()
    half = word.removeprefix("a ") in {"half", "quarter"}
    articled = word.startswith(("a ", "an ")) and word.count(" ") == 1 and not half
    told = {"quarter": word == "quarter", "half": half, "articled": articled}
    marks = {mark for mark, holds in told.items() if holds}
    rule = first(_FRACTION, text, amount.start, amount.end, marks)
    assert rule is not None  # the last row fits all
    amount.rule = rule.id
    alone = _alone(text, amount, syntax)
    if alone or rule.then == "none":
        return alone
    if amount.value is not None and abs(amount.value) < 1:
        amount.value = round(amount.value, 4)
    return replace(amount, unit="fraction")


def _named_before(amount: Amount, sentence: Sentence) -> bool:
    """ "Boeing 737 jets", "Microsoft 365 users": a name right before plain digits."""
    i = sentence.at(amount.start) - 1
    if not amount.number.bare or amount.low is not None or i <= 0 or sentence.pos[i] != "PROPN":
        return False
    while i > 0 and sentence.pos[i - 1] == "PROPN":
        i -= 1
    free = sentence.pos[i - 1] in {"ADP", "PUNCT", "SCONJ", "CCONJ"}
    return not free or sentence.words[i - 1].lower() in {"a", "the", "of"}


def _plain(
    text: str, amount: Amount, sentence: Sentence, previous: str | None, syntax: Syntax
) -> Amount | None:
    n, start = amount.number, amount.start
    alone = _alone(text, amount, syntax)
    rule = first(_PLAIN, text, start, amount.end, {n.kind})
    if rule is None or rule.then == "none" or alone:
        return alone if n.kind != "vague" else None
    if amount.low is None and _P["single_name"].search(text, max(0, start - 30), start):
        i = sentence.at(start) - 1
        opening = i <= 0 or sentence.starts[i] == sentence.start
        capital = n.words and text[start].isupper()
        if capital or n.bare and (not opening or sentence.pos[i] == "PROPN"):
            return None
    i = sentence.at(amount.end)
    after = sentence.words[i].lower() if i < len(sentence.words) else ""
    described = after and sentence.pos[i] in {"ADJ", "NOUN", "PROPN"} and after not in MORE
    broken = amount.value is not None and amount.value != int(amount.value)
    shared = None if described or amount.value == 0 or broken or rule.then != "shared" else previous
    value = None if amount.value is None else tidy(amount.value)
    return replace(
        amount, kind="count" if shared else "number", unit=shared, value=value, rule=rule.id
    )


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
    marks = {word, "above_two"} if n.top > 2 else {word}
    rule = first(_ORDINAL, text, n.start, n.end, marks)
    if rule is None or rule.then == "none":
        return None
    if rule.then == "fraction":  # "the bottom fifth"
        share = n.measured("count", "fraction", n.end, rule=rule.id)
        share.value = round(1 / n.top, 4)
        return share
    sentence = syntax.sentence(n.start)
    i = sentence.at(n.start)
    tag = sentence.pos[i] if i < len(sentence.pos) else "ADJ"
    noun = head_after(sentence, n.end)
    if syntax.paragraph_text(n.start).strip(" .\n\t") != text[n.start : n.end]:
        stray = noun is None and (not n.words or word in NAMED and word != "fifth")
        adverb = tag == "VERB" or tag == "ADV" and rule.then != "owned"
        if adverb or stray and rule.then == "other":
            return None
    else:
        noun = None
    return n.measured("ordinal", noun, n.end, rule=rule.id)
