"""What is known about a document: title, date, author, source, and where each was taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import PurePosixPath

from ..text.sentences import BANNER
from .clean import clean
from .model import FACTS, Part, pattern, words

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DATE, DAY_OF_MONTH = pattern("date"), pattern("day_of_month")
BEFORE_DATE, AFTER_DATE = pattern("before_date"), pattern("after_date")
WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
FIELD = {name: fact for fact in FACTS for name in words(fact, "facts")}
HEAD = frozenset(words("head"))
MISSING = frozenset(["", *words("missing")])
FRONT_MATTER, KEY_LINE = pattern("front_matter"), pattern("key_line")
BYLINE, DATELINE = pattern("byline"), pattern("dateline")
TWO_LINES = re.compile(
    r"\A([^\n]{10,70}[^\n.:;,])\n([^\n]{1,70}[^\n.:;,])(?=\n[ \t]*\n)"
)  # a heading in two
HEADING = re.compile(r"#{1,2}[ \t]+(\S.*)")  # "# Ministers meet in Bangkok"


def about(
    part: Part, *, path: str, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The facts of a document, and where each of them was taken from.

    In this order: the sidecar `metadata.csv`; what the document says of itself (head lines, HTML
    metadata, columns of its row, fields of a press database, mail headers); for the date, the
    file name; the first lines of the text (heading, byline, date line, dateline).

    part : the document; its text is clean.  path : of the file.  given : its sidecar row.
    """
    steps = [
        (given, "metadata.csv"),
        (part.facts, part.origin),
        ({"date": find_day(PurePosixPath(path).name) or ""}, "file name"),
        (first_lines(part.text), "first lines"),
    ]
    facts: dict[str, str] = {}
    origins: dict[str, str] = {}
    for found, origin in steps:
        for name, value in found.items():
            if name in FACTS and name not in facts:
                value = " ".join(clean(str(value or "")).split())[:500]
                if value := (find_day(value) or "") if name == "date" else value:
                    facts[name], origins[name] = value, origin
    return facts, origins


def named_facts(row: Mapping[object, object]) -> dict[str, str]:
    """The facts among the fields of a row, by their usual names; the first of a kind wins.

    >>> named_facts({"Headline": "Trade grew", "Pub Date": "2017-11-23", "clicks": 5})
    {'title': 'Trade grew', 'date': '2017-11-23'}
    """
    facts: dict[str, str] = {}
    for name, value in row.items():
        value = "" if value is None else str(value).strip()
        if value not in MISSING and (fact := FIELD.get(field_name(name))):
            facts.setdefault(fact, value)
    return facts


def field_name(name: object) -> str:
    """A column's name as it is looked up: "Pub Date" is "pub_date"."""
    return re.sub(r"[\s-]+", "_", str(name).strip().strip("\ufeff").lower())[:80]


def column_of(kind: str, columns: list[object]) -> object | None:
    """The column that has one of the usual names of a kind of column, the most usual first."""
    named = {field_name(column): column for column in reversed(columns)}
    return next((named[name] for name in words(kind, "columns") if name in named), None)


def split_head(text: str) -> tuple[dict[str, str], str]:
    """The facts in the head lines of a text, and the text without them.

    Head lines stand between two `---` lines (simple YAML), or are lines such as `Title: …` and
    `Date: …` with which a text begins, two of them at least: one alone may well open a story.
    They go on to a blank line, others among them (`URL: …`), or to the last of the usual names. A
    line among them that is no usual one and has some words (`Transcript: Remarks by …`) stays.
    """
    marked = FRONT_MATTER.match(text)
    lines = (marked[1] if marked else text.lstrip("\n")[:5000].split("\n\n", 1)[0]).split("\n")
    found: dict[str, str] = {}
    key, after, stay = "", 0, []
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if pair := KEY_LINE.fullmatch(words):
            key = field_name(pair[1])
            found.setdefault(key, pair[2] or "")
            if key not in HEAD and key not in FIELD and len(WORD.findall(pair[2] or "")) > 3:
                stay.append(words)
        elif words.startswith("- ") and marked and key:  # one of a list
            found[key] += f", {words[2:]}" if found[key] else words[2:]
        elif line[:1].isspace() and key:  # a value goes on
            found[key] += f" {words}"
        elif not marked:
            break
        after = number if key in HEAD else after
    else:
        after = len(lines)
    if sum(name in HEAD for name in found) < 2 and not (marked and found):
        return {}, text
    if marked:  # values of YAML have marks of their own
        bare = {key: value.strip(" \"'[]>|") for key, value in found.items()}
        return named_facts(bare), text[marked.end() :]
    behind = "".join(text.lstrip("\n").split("\n", after)[after:]).removeprefix("\n")
    stay = [] if after >= len(lines) and not behind else stay
    return named_facts(found), "\n\n".join([*stay, behind])


def first_lines(text: str) -> dict[str, str]:
    """What the first lines of a text tell: a heading, a byline, a date line, a dateline.

    The heading is the first line, below a banner and its date, if it is marked as one, or is short,
    ends without a stop and stands alone; below a banner it may fill two lines.  A date without a
    year is no publication date, but tells a dateline.

    >>> first_lines("Ministers meet\\n\\nBy Ann Lee\\n\\nOSLO, May 2, 2017 (Interpress) — On")
    {'title': 'Ministers meet', 'author': 'Ann Lee', 'date': '2017-05-02', 'source': 'Interpress'}
    """
    text, found = text[:3000].lstrip(), list[tuple[str, str | None]]()
    while banner := BANNER.match(text):
        text = text[banner.end() :].lstrip()
        if day := is_date_line(text.partition("\n")[0]):
            found.append(("date", day))
            text = text.partition("\n")[2].lstrip()
        text = TWO_LINES.sub(r"\1 \2", text, count=1)
    first, *rest = [line.strip() for line in text.split("\n")]
    alone = first and rest[:1] == [""] and not first.endswith((".", ":", ";", ","))
    heading, short = HEADING.fullmatch(first), alone and len(WORD.findall(first)) <= 20
    plain = short and not (is_date_line(first) or BYLINE.fullmatch(first))
    title = heading[1].rstrip("# \t") if heading else first if plain else None
    found.append(("title", title))
    for line in list(filter(None, [first, *rest]))[:6]:
        if byline := BYLINE.fullmatch(line):
            found.append(("author", byline[1]))
        elif day := is_date_line(line):
            found.append(("date", day))
        elif (dateline := DATELINE.match(line)) and DAY_OF_MONTH.search(dateline["when"]):
            found.append(("date", find_day(dateline["when"])))
            found.append(("source", dateline["in_brackets"] or dateline["in_strokes"]))
    facts: dict[str, str] = {}
    for fact, value in found:
        if value:
            facts.setdefault(fact, value)
    return facts


def find_day(text: str, *, day_first: bool | None = None) -> str | None:
    """The first full date in a few words, as an ISO day; None where there is none.

    "3/4/2017" may be March or April and is none, unless `day_first` says which; "13/4/2017" is one,
    and so is "3.4.2017": with full stops the day is written first.  Two-digit years are none.

    >>> find_day("Thursday, November 23, 2017"), find_day("2017-11-23T10:15Z"), find_day("3/4/2017")
    ('2017-11-23', '2017-11-23', None)
    """
    days = (_day(found, day_first) for found in DATE.finditer(text[:1000]))
    return next(filter(None, days), None)


def is_date_line(line: str) -> str | None:
    """The ISO day of a line that holds a date and nothing else, or None.

    >>> is_date_line("Published: 23 November 2017, 10:15"), is_date_line("It rained on 2 May 2017")
    ('2017-11-23', None)
    """
    line = line.strip()
    found = DATE.match(line, BEFORE_DATE.match(line).end()) if len(line) < 100 else None
    return _day(found) if found and AFTER_DATE.fullmatch(line, found.end()) else None


def days_come_first(dates: Iterable[str]) -> bool | None:
    """Whether dates in numbers, written in one way, begin with the day; None where none tells.

    >>> days_come_first(["3/4/2017", "13/4/2017"]), days_come_first(["3/4/2017"])
    (True, None)
    """
    numbers = [found for one in dates if (found := DATE.search(one)) and found["d4"]]
    first, second = (any(int(one[name]) > 12 for one in numbers) for name in ("d4", "m4"))
    return first if first != second else None


def _day(found: re.Match[str], day_first: bool | None = None) -> str | None:
    style = next(number for number in "1234" if found[f"y{number}"])
    year, month, day = (found[name + style] for name in "ymd")
    month = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
    days = [(month, int(day))]
    if style == "4":  # the day first, or the month
        days = [one for one in dict.fromkeys([*days, days[0][::-1]]) if one[0] <= 12]
        day_first = True if found["sign"] == "." else day_first
        if len(days) > 1 and day_first is None:
            return None
    with suppress(ValueError, IndexError):
        month, day = days[0 if day_first else -1]
        return date(int(year), month, day).isoformat() if 1400 < int(year) < 2200 else None
    return None
