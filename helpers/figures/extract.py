"""The figures of one text: dates, amounts, counts and ordinals, and what stands beside them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from ..reader import measures
from ..text import Doc, doc_of
from .amounts import find_amounts
from .anchor import Anchor
from .counts import Sentence, count_of, ordinal_of, paragraph_of, roman_ordinals
from .measures import Purse, before, heat, measure
from .model import Amount, Figure, Number
from .numbers import find_numbers, share_of
from .relative import find_times
from .rules import affixes, first, modifier_words, patterns, read_toml, rules, unit_rows

_P, _M = patterns("extract"), patterns("meaning")
FOLDED = str.maketrans({"ſ": "s", "ı": "i", "İ": "I", "K": "K"})  # without case the same
AMOUNTS = frozenset({"money", "percent", "quantity", "count", "number"})
TIMES = frozenset({"date", "duration"})
_N = patterns("never")
_NAMED = list(patterns("named").values())
_B = patterns("modifiers")
_YEAR, _MODIFIER = rules("number_rules", "year"), rules("number_rules", "modifier")
_R = patterns("rates")
NEAR = 32  # characters to either side where a name that holds a number begins or ends
REACH = 4000  # characters to either side of an amount in which its time stands
_RATE = read_toml("measured_words")["rate"]
_NAMES = {symbol: row["name"] for symbol, row in unit_rows().items()}
_THINGS = {word: _NAMES.get(a.unit, a.unit) for word, a in affixes().words.items()}
_THINGS |= {**{word: word for word in _RATE["things"]}, **_RATE["names"]}
_SHORT = {sign: _NAMES[a.unit] for sign, a in affixes().signs.items() if a.unit in _NAMES}
_SHORT |= {"s": "second", "h": "hour", "d": "day"}


def extract(text: str, day: date | None) -> list[Figure]:
    """Every figure of the text without its speaker, left to right, none overlapping."""
    figures, same = _read(text.translate(FOLDED), day), text.translate(FOLDED) == text
    return figures if same else [replace(f, text=text[f.start : f.end]) for f in figures]


def _read(text: str, day: date | None) -> list[Figure]:
    doc, purse = doc_of(text), Purse(text)
    times = [t for t in find_times(text, Anchor(text, day)) if _stands(text, t, purse)]
    numbers = _outside(find_numbers(text), times)
    numbers = [n for n in numbers if _counts_at_all(text, n, purse)]
    items = find_amounts(text, [n for n in numbers if n.kind != "ordinal"], purse)
    measured, bare = ([a for a in items if (a.kind == "count") == is_bare] for is_bare in (0, 1))
    heat(text, measured)
    ordinals = [n for n in numbers if n.kind == "ordinal"] + _outside(roman_ordinals(text), times)
    amounts = measured + _counts(bare, doc)
    amounts += [a for n in ordinals if (a := ordinal_of(n, doc))]
    figures = [_figure(text, a, paragraph_of(doc, a.start)) for a in (*times, *amounts)]
    apart: list[Figure] = []
    for f in sorted(figures, key=lambda f: (f.start, -f.end)):
        apart += [f] if not apart or f.start >= apart[-1].end else []
    return complete(text, apart)


def _stands(text: str, t: Amount, purse: Purse) -> bool:
    """Is the time expression one: plain years against counts, digit dates against identifiers?"""
    written = text[t.start : t.end]
    if t.year_only:
        n = Number(t.start, t.end, float(written), digits=written, scale_end=t.end)
        if measure(text, n, purse) or share_of(text, t.start, t.end, n.top):
            return False
        label = _N["label"].search(text, max(0, t.start - 40), t.start)  # "Article ", "No. "
        held = label or named(text, t.start, t.end)
        return not held and is_year(text, t.start, t.end)
    whole = _P["letters"].search(written) or _P["numeric_day"].fullmatch(written)
    return bool(whole) or not named(text, t.start, t.end)


def _counts_at_all(text: str, n: Number, purse: Purse) -> bool:
    """Letters right before the digits are money ("RM23.50", "USD10m") or the number is none."""
    if n.start and text[n.start - 1].isalpha() and n.digits:
        return before(text, n, purse) is not None
    return not named(text, n.start, n.end)


def _outside(numbers: list[Number], times: list[Amount]) -> list[Number]:
    """The numbers that no time expression holds."""
    inside = {place for t in times for place in range(t.start, t.end)}
    return [n for n in numbers if inside.isdisjoint(range(n.start, n.end))]


def _counts(bare: list[Amount], doc: Doc) -> list[Amount]:
    """What the bare amounts are."""
    found: list[Amount] = []
    previous: tuple[int, str] | None = None  # the sentence and the noun of the count before
    rows = in_rows(doc.text, bare)
    for n, amount in enumerate(bare):
        if n in rows and amount.number.digits:
            found.append(replace(amount, kind="number", rule="figure_patterns.numbers.cell"))
            continue
        sentence = Sentence(doc, amount.start)
        here, opens = sentence.number, amount.start == sentence.starts[0]
        near = previous and here - opens <= previous[0] <= here
        noun = previous[1] if previous and near else None
        counted = count_of(amount, doc, noun)
        found += [counted] if counted else []
        if counted and counted.kind == "count" and counted.unit not in {None, "fraction"}:
            previous = (here, counted.unit or "")
    for b, a in pairwise(reversed(found)):  # "twenty or perhaps thirty seats"
        lacks = a.unit is None and a.kind != "duration" and b.unit != "fraction"
        if lacks and b.kind == "count" and _P["shared"].fullmatch(doc.text, a.end, b.start):
            a.kind, a.unit, a.rule = "count", b.unit, b.rule
    return found


def _figure(text: str, a: Amount, paragraph: int) -> Figure:
    """The figure with its modifier; vague numbers are `about`, ordinals have none."""
    mod = per = None
    if a.kind == "date":
        mod = date_modifier(text, a.start)
    elif a.kind != "ordinal":
        vague = "about" if a.number.kind == "vague" else None
        mod = modifier(text, a.start, a.end, kind=a.kind) or vague
        per = per_of(text, a.end, unit=a.unit)
    return Figure(
        a.start, a.end, text[a.start : a.end], a.kind, value=a.value, low=a.low, high=a.high,
        unit=a.unit, modifier=mod, timex=a.timex or None, per=per, rule=a.rule, paragraph=paragraph,
    )  # fmt: skip


def complete(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures with what they are of and when; cells of a table have neither."""
    rows = in_rows(text, figures)
    wanted = [n for n, f in enumerate(figures) if f.kind in AMOUNTS and n not in rows]
    if not wanted:
        return figures
    times = [  # which are no bases or works: "at 2016 prices"
        f for f in figures if f.kind in TIMES and f.timex
        and not _M["base_before"].search(text, max(0, f.start - 24), f.start)
        and not _M["base_behind"].match(text, f.end)
    ]  # fmt: skip
    own = {k: n for k, t in enumerate(times) if (n := _only_of(text, t, figures)) is not None}
    asked, others = measures(text), [(f.start, f.end) for f in figures if f.kind in AMOUNTS]
    out = list(figures)
    for n in wanted:
        f = figures[n]
        a, b = (bisect_left(times, f.start + d, key=lambda t: t.start) for d in (-REACH, REACH))
        here = [t for k, t in enumerate(times[a:b], a) if own.get(k, n) == n]
        found = asked((f.start, f.end), [(t.start, t.end) for t in here], others)
        if found is not None:
            of = " ".join(text[slice(*found.of)].split()) if found.of and _has_of(f) else None
            when = here[found.when].timex if found.when is not None else None
            out[n] = replace(f, of=of, when=when)
    return out


def _only_of(text: str, time: Figure, figures: list[Figure]) -> int | None:
    """The number of the only amount that a time can hold for: "(2021: €5 billion)"."""
    k = bisect_left(figures, time.start, key=lambda f: f.start)
    behind, before = figures[k + 1 : k + 2], figures[k - 1] if k else time
    opened = text[time.start - 1 : time.start] == "(" and behind
    if opened and _M["heading"].fullmatch(text, time.end, behind[0].start):
        return k + 1
    attached = _M["attached"].fullmatch(text, before.end, time.start)
    compared = _M["compared"].search(text, max(0, before.start - 30), before.start)
    return k - 1 if attached and compared and before.kind in AMOUNTS else None


def in_rows(text: str, spans: Sequence[Figure | Amount]) -> set[int]:
    """Which of them stand between two others with blanks alone between: the cells of a table."""
    beside = [text[a.end : b.start].isspace() for a, b in pairwise(spans)]
    return {n for n, both in enumerate(pairwise(beside), 1) if all(both)}


def _has_of(f: Figure) -> bool:
    if f.kind == "number" and f.text.isalpha() and (f.value or 0) < 20:
        return False  # "a mother of three", "the two"
    return f.kind in {"money", "percent", "quantity", "number"} or f.unit in {None, "fraction"}


def is_year(text: str, start: int, end: int) -> bool:
    """Is the plain number at [start, end), 1000 to 2199, a year?

    "in 2016", "the 2016 elections", "(1998)" are years; "2000 pieces", "over 1500 people" are not.
    """
    n = int(text[start:end])
    told = {"usual": 1900 <= n <= 2049, "old": n < 1500, "round": n % 100 == 0 or n <= 1950}
    return first(_YEAR, text, start, end, told).then == "yes"


def named(text: str, start: int, end: int) -> bool:
    """Is the number part of a name, a label, a code, a phone number or a list mark?"""
    left = _N["blob_edge"].split(text[max(0, start - 60) : start])[-1]
    blob = left + text[start:end] + _N["blob_edge"].split(text[end : end + 60], maxsplit=1)[0]
    attribute = text[start - len(left) - 2 : start - len(left)] == '="'
    code = _N["code"].match(blob) and not _N["no_code"].match(blob) and "$" not in blob
    if code or attribute or _N["url"].search(blob) or _N["address"].match(text, end):
        return True
    low, high = max(0, start - NEAR), end + NEAR
    some = _NAMED if _N["naming"].search(text, low, high) else _NAMED[:2]
    found = (m for pattern in some for m in pattern.finditer(text, low, high))
    return any(m.start() < end and m.end() > start for m in found)


def _lead(text: str, start: int, reach: int) -> str:
    """The characters of the line before `start`."""
    return text[max(0, start - reach) : start].rpartition("\n")[2]


def modifier(text: str, start: int, end: int, *, kind: str) -> str | None:
    """The modifier of the amount at [start, end): `over`, `about`, `at_most`, … or None.

    "over" before a length of time means "during" unless a verb of lasting stands before it.
    """
    if right := _B["right"].match(text, end):
        return modifier_words("right")[right["phrase"].lower()]
    lead = _lead(text, start, 48)
    if lead[-1:] == " " and lead[-2:-1].isdigit() or not _B["letter"].search(lead):
        return None
    if negated := _B["not_left"].search(lead):
        return "at_most" if negated["high"] else "at_least"
    m = _B["left"].search(lead)
    if m is None:
        return None
    phrase, place = m["phrase"].lower(), start - len(lead) + m.end("phrase")
    lasting = kind == "duration" and phrase == "over" and text[start : start + 1] not in "aA"
    told = {"lasting": lasting, "past": text.startswith("the ", start)}
    kept = first(_MODIFIER, text, place, end, told).then == "phrase"
    return modifier_words("left")[phrase] if kept else None


def date_modifier(text: str, start: int) -> str | None:
    """The modifier of the date at `start`: `until`, `since`, `about` or None."""
    m = _B["date_left"].search(_lead(text, start, 40))
    return modifier_words("dates")[m["phrase"].lower()] if m else None


def per_of(text: str, end: int, *, unit: str | None) -> str | None:
    """What the rate of an amount that ends at `end` is for: `hectare`, `1,000 births`; or None."""
    m = _R["per"].match(text, end, end + 80)
    if m is None:
        return None
    gap = m["gap"].replace("-", " ").split()
    counted = not gap or gap[-1] == (unit or "").split(" ")[-1] or gap[0] == "of"
    if m["many"]:
        return m["many"].rstrip(".,") if m["link"] not in {None, "a", "an"} else None
    if not counted or _R["ago"].search(m["thing"] or ""):
        return None  # "five men waited a day", "$5 a year earlier"
    if m["often"]:
        return _RATE["adverbs"].get(m["often"])
    phrase = m["thing"].replace("-", " ")
    word, *rest = phrase.split(" ")
    word = rest[0] if rest and word.lower() in _RATE["kinds"] else word
    found = _THINGS.get(phrase.lower()) or _THINGS.get(word.lower())
    if m["slash"]:
        return found or _SHORT.get(word)
    loose = m["link"] == "per" and word not in {"cent", "se", "centage"}
    return found or (word.lower() if loose else None)
