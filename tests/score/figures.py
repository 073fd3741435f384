"""Figures: place, kind, value, unit and date; what an amount measures, and when."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .words import content_words, f1, percent, word_f1

Row = Mapping[str, object]
AMOUNTS = {"money", "percent", "quantity", "count", "number"}
MEASURED = {"money", "percent", "quantity"}
TIMES = {"date": "DATE", "duration": "DURATION", "time": "TIME", "set": "SET"}
TWO_DATES = re.compile(r"\s+(?:to|and|until|till|through)\s+|\s*[-–—]\s*")
HEAD_ENDS = re.compile(
    r"[,;:(]|\b(?:of|in|on|for|to|from|by|with|at|among|who|which|that|between|per|as)\b", re.I
)
LENGTH = re.compile(
    r"P(?:([\d.]+)Y)?(?:([\d.]+)M)?(?:([\d.]+)W)?(?:([\d.]+)D)?"
    r"(?:T(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?)?"
)
NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand dozen half couple first second third fourth fifth decade century january "
    "february march april may june july august september october november december jan feb mar "
    "apr jun jul aug sep sept oct nov dec"
).split()
WITH_FIGURE = re.compile(
    rf"\d|\b(?:{'|'.join(NUMBER_WORDS)})\b|\ban? (?:day|week|month|year|quarter|hour|minute)\b",
    re.I,
)


def rows_of(figures) -> dict[str, list[Row]]:
    """The figures table of the kit by document; a cell that is missing is None."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in figures.to_dict("records"):
        found[row["doc"]].append(
            {name: None if isinstance(x, float) and math.isnan(x) else x for name, x in row.items()}
        )
    return found


def paired(gold: Sequence[Row], found: Sequence[Row]) -> list[tuple[int, int, bool]]:
    """(number in gold, number in found, same span), one to one: same spans, then most in common."""
    order = []
    for i, one in enumerate(gold):
        for j, two in enumerate(found):
            both = min(one["end"], two["end"]) - max(one["start"], two["start"])
            same = (one["start"], one["end"]) == (two["start"], two["end"])
            order += [(not same, -both, i, j)] if both > 0 else []
    left, right, pairs = set(range(len(gold))), set(range(len(found))), []
    for other, _, i, j in sorted(order):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j, not other))
    return pairs


def score_places(records: Iterable[Row], found: Mapping[str, Sequence[Row]]) -> dict[str, float]:
    """Figures that are right in all that counts: place, kind, value, unit and date.

    records : `doc`, `figures`, and `ignore`, spans where a figure more is no mistake.
    """
    right = wanted = given = 0
    for record in records:
        gold, got = record["figures"], found[record["doc"]]
        pairs = paired(gold, got)
        taken = {j for _, j, _ in pairs}
        given += sum(
            j in taken
            or not any(row["start"] < end and start < row["end"] for start, end in record["ignore"])
            for j, row in enumerate(got)
        )
        wanted += len(gold)
        right += sum(is_right(gold[i], got[j]) for i, j, _ in pairs)
    return {"figure right": f1(right, wanted, given)}


def is_right(gold: Row, found: Row) -> bool:
    kinds = ["count" if row["kind"] == "number" else row["kind"] for row in (gold, found)]
    if kinds[0] != kinds[1]:
        return False
    if gold["kind"] in TIMES:
        wanted, got = gold.get("timex") or "", found.get("timex") or ""
        return (
            wanted == got or length_of(wanted) is not None and length_of(wanted) == length_of(got)
        )
    ends = ("value", "low", "high")
    return all(same_number(gold.get(name), found.get(name)) for name in ends) and (
        gold["kind"] not in MEASURED or same_unit(gold.get("unit"), found.get("unit"))
    )


def same_unit(one: object, two: object) -> bool:
    first, second = (str(unit or "").casefold().removesuffix("s") for unit in (one, two))
    return first == second


def same_number(one: object, two: object, near: float = 1e-6) -> bool:
    if one in (None, "") or two in (None, ""):
        return one in (None, "") and two in (None, "")
    return math.isclose(float(one), float(two), rel_tol=near, abs_tol=1e-9)


def length_of(timex: str) -> tuple[float, float] | None:
    """The months and the seconds of a duration."""
    match = LENGTH.fullmatch(timex)
    if not match or not any(match.groups()):
        return None
    years, months, weeks, days, hours, minutes, seconds = (float(n or 0) for n in match.groups())
    return years * 12 + months, (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds


def score_times(records: Iterable[Row], found: Mapping[str, Sequence[Row]]) -> dict[str, float]:
    """TimeML's dates and durations that hold a number, a month or the like: the value's F1.

    records : `doc`, `text`, `figures` with `timex`.
    """
    right = wanted = given = 0
    for record in records:
        text = record["text"]
        all_gold, got = times(record["figures"], text), times(found[record["doc"]], text)
        gold = [row for row in all_gold if WITH_FIGURE.search(row["text"])]
        rest = [row for row in all_gold if not WITH_FIGURE.search(row["text"])]
        got = [
            row
            for row in got
            if WITH_FIGURE.search(row["text"])
            and not any(row["start"] < r["end"] and r["start"] < row["end"] for r in rest)
        ]
        wanted += len(gold)
        given += len(got)
        right += sum(gold[i]["timex"] == got[j]["timex"] for i, j, _ in paired(gold, got))
    return {"time value": f1(right, wanted, given)}


def times(rows: Iterable[Row], text: str) -> list[Row]:
    """The dates and durations in order; one that runs from a date to another is TimeML's two."""
    found = []
    for row in rows:
        timex, start, end = row.get("timex") or "", row["start"], row["end"]
        first, slash, last = timex.partition("/")
        two = TWO_DATES.search(text[start:end]) if slash else None
        if two:
            found.append((start, start + two.start(), first))
            found.append((start + two.end(), end, last.split("/")[0]))
        elif timex or row["kind"] in TIMES:
            found.append((start, end, timex))
    return [
        {"start": start, "end": end, "timex": timex, "text": text[start:end]}
        for start, end, timex in sorted(found, key=lambda one: (one[0], -one[1]))
    ]


def score_bags(records: Iterable[Row], found: Mapping[str, Sequence[Row]]) -> dict[str, float]:
    """Amounts of a sentence without their places: the value's F1.

    records : `id`, `expected` with `value`, or `low` and `high`.
    """
    right = wanted = given = 0
    for record in records:
        free = [value_of(row) for row in found[record["id"]] if row["kind"] != "date"]
        given += len(free)
        for row in record["expected"]:
            value = value_of(row)
            near = next(
                (
                    n
                    for n, other in enumerate(free)
                    if len(other) == len(value)
                    and all(
                        a is not None and b is not None and same_number(a, b, 1e-5)
                        for a, b in zip(value, other, strict=True)
                    )
                ),
                None,
            )
            wanted += 1
            right += near is not None
            if near is not None:
                free.pop(near)
    return {"amount value": f1(right, wanted, given)}


def value_of(row: Row) -> tuple[object, ...]:
    low, high, value = (row.get(name) for name in ("low", "high", "value"))
    if low is not None and high is not None:
        return low, high
    return (next((one for one in (value, low, high) if one is not None), None),)


def score_measured(records: Iterable[Row], found: Mapping[str, Sequence[Row]]) -> dict[str, float]:
    """What money, percentages and quantities measure, and the time that amounts hold for.

    records : `doc`, `text`, `figures` with `of` and `when`, lists of equally right words.
    """
    c: Counter = Counter()
    for record in records:
        got, text = found[record["doc"]], record["text"]
        amounts = [row for row in got if row["kind"] in AMOUNTS]
        dates = [row for row in got if row["timex"]]
        for gold in record["figures"]:
            meets = {
                min(row["end"], gold["end"]) - max(row["start"], gold["start"]): row
                for row in reversed(amounts)
            }
            if gold["verdict"] != "ok" or max(meets, default=0) <= 0:
                continue
            row = meets[max(meets)]
            if row["kind"] in MEASURED:
                c["measured"] += 1
                c["right"] += any(same_thing(words, row["of"] or "") for words in gold["of"])
            asked = [words for words in gold["when"] if words]
            if asked and all(gold["when"]):
                places = [m for words in asked for m in re.finditer(re.escape(words), text)]
                values = {
                    date["timex"]
                    for date in dates
                    for m in places
                    if date["start"] < m.end() and m.start() < date["end"]
                }
                c["timed"] += 1
                c["timed right"] += row["when"] in values
            elif not asked:
                c["timeless"] += 1
                c["invented"] += bool(row["when"])
    return {
        "of": percent(c["right"], c["measured"]),
        "when found": percent(c["timed right"], c["timed"]),
        "when invented": percent(c["invented"], c["timeless"]),
    }


def same_thing(gold: str, found: str) -> bool:
    if not gold or not found:
        return not gold and not found
    return word_f1(gold, found) >= 0.5 or head_of(gold) == head_of(found) != ""


def head_of(phrase: str) -> str:
    cut = HEAD_ENDS.search(phrase, 1)
    words = content_words(phrase[: cut.start()] if cut else phrase)
    return words[-1].rstrip("s") if words else ""
