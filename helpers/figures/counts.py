"""Numbers without a unit: counts with their noun, fractions, ages, ordinals; or nothing."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace

from ..text import Doc
from .measures import period
from .model import Amount, Number
from .rules import first, patterns, read_toml, rules

_P = patterns("counts")
_BARE, _PLAIN = rules("number_rules", "bare"), rules("number_rules", "plain")
_FRACTION, _ORDINAL = rules("number_rules", "fraction"), rules("number_rules", "ordinal")
MORE = frozenset({"more", "other", "others", "additional", "further"})
PLURAL = ("s", "men", "people", "children", "ese", "ish")
NAMED = frozenset({"first", "second", "third", "fourth"})
ROMAN = {"I": 1, "V": 5, "X": 10}
NOMINAL = frozenset({"NOUN", "PROPN"})
DATED = frozenset(read_toml("calendar")["months"]) - {"may", "march"} | frozenset(
    read_toml("calendar")["weekdays"]
)
STOPPING = DATED | {"last", "next", "this"}
SKIP = frozenset({"ADJ", "ADV", "NUM", "SYM"})
DETERMINERS = frozenset("the these those its his her their our my your all such this that".split())
GENERIC = frozenset({"percent", "cent", "times", "time", "more", "others", "am", "pm"})
PASSED = frozenset({"more", "other", "additional", "-", "“", '"', "‘", "per", "»", "”"})
GENITIVES = frozenset({"'s", "’s", "'", "’"})
MAX_LOOK = 9  # words


def count_of(amount: Amount, doc: Doc, previous: str | None) -> Amount | None:
    """The bare amount as a count (of `previous` if elided), fraction, age or number, or None."""
    text, n, start, end = doc.text, amount.number, amount.start, amount.end
    if n.kind == "fraction":
        return _fraction(amount, doc)
    rule = first(_BARE, text, start, end, _marks(text, amount))
    amount.rule = rule.id
    if rule.then == "none":
        return None
    if rule.then == "age":
        timex = period(amount.least, "Y")
        return replace(amount, kind="duration", unit="year", timex=timex)
    if rule.then in {"number", "times"}:
        kind, unit = ("number", None) if rule.then == "number" else ("count", "times")
        return replace(amount, kind=kind, unit=unit)
    sentence = Sentence(doc, start)
    if rule.then in {"one", "one_noun"}:
        noun = _noun_of_one(text, end, sentence) if rule.then == "one_noun" else None
        return replace(amount, unit=noun) if noun else _alone(amount, doc)
    if rule.right and (m := rule.right.match(text, end)):
        amount.unit = m["noun"]
        if rule.then == "suffix":
            amount.end = m.end()
            amount.unit = counted_noun(sentence, m.end()) if m["noun"] == "strong" else m["noun"]
        return amount
    pair = _P["paired"].match(text, end)
    noun = counted_noun(sentence, pair.end() if pair else end)
    if noun is None:
        return _plain(amount, doc, sentence, previous)
    last = noun.split()[-1]
    named = last[0].isupper() and not last.endswith(PLURAL)  # "Zero Hedge", "Boeing 737 jets"
    small = n.words and n.kind == "cardinal" and n.top < 20 and " " not in noun
    if named and (small or n.bare and n.top > 1) or _named_before(amount, sentence):
        return None
    return replace(amount, unit=noun)


def _marks(text: str, amount: Amount) -> dict[str, bool]:
    """What the rows ask of a number: how it is written, and whether it can be an age."""
    n, value = amount.number, amount.least
    age = 0 < value < 125 and value == int(value) and n.scale == 1
    is_one = n.value == 1 and not n.digits
    return {
        n.kind: True, "words": n.words, "digits": bool(n.digits), "one_word": is_one,
        "one": is_one and text[amount.start : amount.end].lower() == "one",
        "age": age, "adult": age and 12 < value < 100, "child": age and value >= 3,
        "set_off": not n.words or text[amount.end : amount.end + 1] == ",",
    }  # fmt: skip


def _noun_of_one(text: str, end: int, sentence: Sentence) -> str | None:
    noun = counted_noun(sentence, end)
    if noun is None or text[end] != " " or _P["verb"].search(noun):
        return None  # "asked where one parks"
    return _P["plural_inside"].sub(r"\1", noun)


def _alone(amount: Amount, doc: Doc) -> Amount | None:
    """A number that is the whole paragraph is a number, whatever it would be in prose."""
    return replace(amount, kind="number") if stands_alone(doc, amount.start, amount.end) else None


def _fraction(amount: Amount, doc: Doc) -> Amount | None:
    text, word = doc.text, doc.text[amount.start : amount.end].lower()
    half = word.removeprefix("a ") in {"half", "quarter"}
    articled = word.startswith(("a ", "an ")) and word.count(" ") == 1 and not half
    told = {"quarter": word == "quarter", "half": half, "articled": articled}
    rule = first(_FRACTION, text, amount.start, amount.end, told)
    amount.rule = rule.id
    alone = _alone(amount, doc)
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


def _plain(amount: Amount, doc: Doc, sentence: Sentence, previous: str | None) -> Amount | None:
    """A number without a noun of its own: of the noun before it, or a plain number."""
    text, n, start, alone = doc.text, amount.number, amount.start, _alone(amount, doc)
    rule = first(_PLAIN, text, start, amount.end, {n.kind: True})
    if rule.then == "none" or alone:
        return alone if n.kind != "vague" else None
    if amount.low is None and _P["single_name"].search(text, max(0, start - 30), start):
        i = sentence.at(start) - 1
        capital = n.words and text[start].isupper()
        if capital or n.bare and (i > 0 or sentence.tag(i) == "PROPN"):
            return None
    i, value = sentence.at(amount.end), amount.value
    described = sentence.tag(i) in {"ADJ", *NOMINAL} and sentence.words[i].lower() not in MORE
    odd = described or value == 0 or value is not None and value % 1
    shared = None if odd or rule.then != "shared" else previous
    return replace(amount, kind="count" if shared else "number", unit=shared, rule=rule.id)


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


def ordinal_of(n: Number, doc: Doc) -> Amount | None:
    """The ordinal as a figure with the noun it counts, or None for an idiom, adverb or time."""
    text, word = doc.text, doc.text[n.start : n.end].lower()
    rule = first(_ORDINAL, text, n.start, n.end, {word: True, "above_two": n.top > 2})
    if rule.then == "none":
        return None
    if rule.then == "fraction":  # "the bottom fifth"
        share = replace(n, value=round(1 / n.top, 4))
        return share.measured("count", "fraction", n.end, rule=rule.id)
    if stands_alone(doc, n.start, n.end):
        return n.measured("ordinal", None, n.end, rule=rule.id)
    sentence = Sentence(doc, n.start)
    tag, noun = sentence.tag(sentence.at(n.start)), counted_noun(sentence, n.end, ordinal=True)
    stray = noun is None and (not n.words or word in NAMED) and rule.then == "other"
    if stray or tag == "VERB" or tag == "ADV" and rule.then != "owned":
        return None
    return n.measured("ordinal", noun, n.end, rule=rule.id)


class Sentence:
    """The words of the sentence at a place with their places in the text and their tags."""

    def __init__(self, doc: Doc, place: int) -> None:
        after = bisect_right(doc.sentences, place, key=lambda words: doc.starts[words[0]])
        self.number, self.text = max(0, after - 1), doc.text
        here = slice(*doc.sentences[self.number])
        self.words, self.pos = doc.words[here], doc.pos[here]
        self.starts, self.ends = doc.starts[here], doc.ends[here]

    def at(self, place: int) -> int:
        """The number of the first word that ends after `place`."""
        return bisect_right(self.ends, place)

    def tag(self, i: int) -> str:
        """The tag of a word, "" outside the sentence."""
        return self.pos[i] if 0 <= i < len(self.pos) else ""


def paragraph_of(doc: Doc, place: int) -> int:
    """The number of the paragraph at `place`, from 0."""
    return max(0, bisect_right(doc.paragraphs, (place, len(doc.text) + 1)) - 1)


def stands_alone(doc: Doc, start: int, end: int) -> bool:
    """Is what stands there the whole paragraph?"""
    first, last = doc.paragraphs[paragraph_of(doc, start)]
    around = doc.text[max(first, start - 99) : start] + doc.text[end : min(last, end + 99)]
    return not around.strip(" .\n\t")


def counted_noun(sentence: Sentence, end: int, *, ordinal: bool = False) -> str | None:
    """The noun of the number that ends at `end`, as written, compounds included.

    Passes adjectives and participles, and goes through "of the" and a genitive, an ordinal's only
    through the first; gives None where a verb, a comma or the sentence's end comes first.
    """
    words, pos = sentence.words, sentence.pos
    start = i = sentence.at(end)
    partitive = False
    while i < min(len(words), start + MAX_LOOK):
        low, tag = words[i].lower(), pos[i]
        if low.rstrip(".") in STOPPING:
            return None
        nominal = tag in NOMINAL or words[i] == "New"
        if nominal and (ordinal or low not in GENERIC and low[0].isalnum() and len(low) > 1):
            whole = ordinal and (i < start + 2 or words[i - 1] != "-")  # but "off-the-shelf cure"
            step = 0 if whole else _beyond(sentence, i, first=i == start)
            if step == 0:
                return _run(sentence, i)
            i += step
        elif tag == "VERB" and i == start and low.endswith("s") and not low.endswith("ss"):
            return words[i]
        else:
            of = low in {"of", "out"} and not ordinal and (partitive or i < start + 3)
            if not of and not _passed(sentence, i, start=start, partitive=partitive):
                return None
            partitive, i = partitive or of, i + 1
    return None


def _beyond(sentence: Sentence, i: int, *, first: bool) -> int:
    """How many words on the counted noun lies where the noun at i is only a part of its name."""
    words, pos = sentence.words, sentence.pos
    single = words[i][-1].lower() != "s"
    hyphen = i + 3 < len(words) and words[i + 1] == "-"
    hyphen = hyphen and (single or sentence.starts[i + 1] == sentence.ends[i])
    if hyphen and (pos[i + 2] in {"VERB", "ADJ"} or pos[i + 3] == "NOUN"):
        return 3  # "mail-bomb attacks"
    if not first and words[i - 1] == "-" and sentence.tag(i + 1) in {"NOUN", "PROPN", "ADJ"}:
        return 1  # "middle-income families", "off-duty British soldiers"
    if single and pos[i + 1 : i + 3] == ["ADJ", "NOUN"]:
        return 2  # "five vice presidential picks"
    shared = single and sentence.tag(i + 1) == "CCONJ" and sentence.tag(i + 3) == "NOUN"
    if shared and pos[i + 2] != "NUM" and words[i + 3].endswith("s"):
        return 3  # "Kia and Hyundai vehicles", "amateur and trained astronomers"
    return 0


def _passed(sentence: Sentence, i: int, *, start: int, partitive: bool) -> bool:
    """May the word at i stand between a number and its noun?"""
    words, low, tag = sentence.words, sentence.words[i].lower(), sentence.pos[i]
    after, following = "".join(words[i + 1 : i + 2]), sentence.tag(i + 1)
    if low in PASSED or words[i] == "new" or after == "-" or partitive and low in DETERMINERS:
        return True
    if low in {"(", ")"}:
        return i < start + 3 and (words[i - 1].isdigit() or after.isdigit())
    if tag == "VERB":
        participle = low.endswith(("ed", "ing", "en")) or words[i - 1] == "-"
        return participle and following in {*NOMINAL, "ADJ"}
    if tag == "CCONJ" or low == ",":
        return sentence.tag(i - 1) == following == "ADJ"
    return tag in SKIP and low not in GENERIC


def _run(sentence: Sentence, i: int, *, depth: int = 0) -> str:
    """The noun compound from word i: nouns side by side; a genitive passes on to its noun."""
    words, j = sentence.words, i
    while j + 1 < len(words) and j - i < 5:
        following = words[j + 1]
        if following in GENITIVES and depth < 4:
            k, most = j + 2, min(len(words), j + 6)
            while k < most and (sentence.tag(k) in {"ADJ", "NUM"} or words[k].endswith("ed")):
                k += 1
            if sentence.tag(k) in NOMINAL:
                return _run(sentence, k, depth=depth + 1)
            break
        asked = following[0].isupper() and words[j].islower() and words[j].endswith("s")
        beside = sentence.starts[j + 1] - sentence.ends[j] <= 1 and following[0].isalnum()
        dated = following.lower().rstrip(".") in DATED
        if asked or dated or not beside or sentence.tag(j + 1) not in NOMINAL:
            break  # "the first questions Calipari fielded"
        j += 1
    named = sentence.pos[j : j + 2] == ["PROPN", "ADJ"] and sentence.tag(j + 2) in NOMINAL
    if named and depth < 4:
        return _run(sentence, j + 2, depth=depth + 1)  # "Dataproducts common shares"
    return " ".join(sentence.text[sentence.starts[i] : sentence.ends[j]].split())
