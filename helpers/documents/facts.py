"""What is known about a document: title, date, author, source, and where each was taken from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from .clean import clean
from .dates import find_day, is_date_line, names_a_day
from .model import FACTS, Part

WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
NAMED = {  # how tables, head lines and web pages name the five facts
    "title": "title headline heading subject head hd",
    "date": "date published publication_date published_at publish_date pub_date pubdate "
    "date_published datepublished publicationdate issued day datetime timestamp pd "
    "published_date article_date",
    "author": "author authors byline by creator writer reporter journalist by_line",
    "source": "source publication publisher newspaper outlet sitename site agency media sn so "
    "source_name organisation organization journal paper feed domain",
    "language": "language lang la lg",
}
FIELD = {name: fact for fact, names in NAMED.items() for name in names.split()}
HEAD = (
    "title headline date published author byline source publisher publication language "
    "subject newspaper"
).split()
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
KEY_LINE = re.compile(r"([A-Za-z][\w -]{0,40}?)[ \t]*:(?:[ \t]+(\S.*)|[ \t]*)")  # "Date: 2017"
LIST_LINE = re.compile(r"[ \t]*-[ \t]+(\S.*)")
HEADING = re.compile(r"#{1,2}[ \t]+(\S.*)")  # "# Ministers meet in Bangkok"
BYLINE = re.compile(
    r"""  # "By Ann Lee and Bo Ek, staff writers"
    (?:By|BY)[ \t]+([A-Z][\w.'’-]*(?:[ \t]+(?:and|de|van|von|bin|al|[A-Z][\w.'’-]*)){1,8})
    (?:[ \t]*[,|][^.!?]{0,60})?
""",
    re.VERBOSE,
)
DATELINE = re.compile(
    r"""
    [A-Z][A-Z.'’ -]{2,40},?[ ]{1,3}                            # BANGKOK
    (?P<when>[^()/—–]{6,60}?)                                  # November 23, 2017
    (?:[,.]?[ ]{0,3}(?:\((?P<in_brackets>[A-Z][\w .&-]{1,40})\)  # (Interpress), /Interpress/
                  |/(?P<in_strokes>[A-Z][\w .&-]{1,40})/)[.]?
     |[ ]{0,3}(?:-{1,2}|[—–:])(?=[ ]|$))
""",
    re.VERBOSE,
)


def about(
    part: Part, *, path: str, given: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """The facts of a document, and where each of them was taken from.

    In this order: the sidecar `metadata.csv`; what the document says of itself (head lines, HTML
    metadata, columns of its row, fields of a press database, mail headers); for the date, the
    file name; the first lines of the text (heading, byline, date line, dateline); properties of
    the file (author and title as Word and PDF programs note them; never their dates).

    part : the document; its text is clean.  path : of the file.  given : its sidecar row.
    """
    steps = [
        (given, "metadata.csv"),
        (part.facts, part.origin),
        ({"date": find_day(PurePosixPath(path).name) or ""}, "file name"),
        (first_lines(part.text), "first lines"),
        (part.hints, "file properties"),
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
        fact = FIELD.get(field_name(name))
        if fact and fact not in facts and value is not None and str(value).strip() not in MISSING:
            facts[fact] = str(value).strip()
    return facts


MISSING = frozenset(["", "nan", "NaN", "NaT", "None", "null", "NULL", "N/A", "n/a", "-"])


def field_name(name: object) -> str:
    """A column's name as it is looked up: "Pub Date" is "pub_date"."""
    return re.sub(r"[\s-]+", "_", str(name).strip().strip("\ufeff").lower())[:80]


def split_head(text: str) -> tuple[dict[str, str], str]:
    """The facts in the head lines of a text, and the text without them.

    Head lines stand between two `---` lines (simple YAML), or are lines such as `Title: …` and
    `Date: …` with which a text begins, two of them at least: one alone may well open a story.
    They go on to a blank line, others among them (`URL: …`), or to the last of the usual names.
    """
    marked = FRONT_MATTER.match(text)
    lines = (marked[1] if marked else text.lstrip("\n")[:5000].split("\n\n", 1)[0]).split("\n")
    found: dict[str, list[str]] = {}
    key, after = "", 0
    for number, line in enumerate(lines, 1):
        if item := LIST_LINE.fullmatch(line):
            found.get(key, []).append(item[1])
        elif line[:1].isspace() and found.get(key):  # a value goes on
            found[key][-1] = f"{found[key][-1]} {line.strip()}".strip()
        elif pair := KEY_LINE.fullmatch(line.strip()):
            key = field_name(pair[1])
            folded = pair[2] in (">", ">-", "|", "|-")  # the value stands on the next lines
            found.setdefault(key, []).extend(["" if folded else pair[2]] if pair[2] else [])
        elif not marked:
            break
        after = number if key in HEAD else after
    else:
        after = len(lines)
    if sum(name in HEAD for name in found) < 2 and not (marked and found):
        return {}, text
    facts = named_facts(
        {key: ", ".join(_bare(value) for value in values) for key, values in found.items()}
    )
    rest = text[marked.end() :] if marked else "".join(text.lstrip("\n").split("\n", after)[after:])
    return facts, rest if marked else rest.removeprefix("\n")


def first_lines(text: str) -> dict[str, str]:
    """What the first lines of a text tell: a heading, a byline, a date line, a dateline.

    The heading is the first line if it is marked as one, or is short, ends without a stop and
    stands alone.  A date without a year is no publication date, but tells a dateline.

    >>> first_lines("Ministers meet\\n\\nBy Ann Lee\\n\\nOSLO, May 2, 2017 (Interpress) — On")
    {'title': 'Ministers meet', 'author': 'Ann Lee', 'date': '2017-05-02', 'source': 'Interpress'}
    """
    lines = [line.strip() for line in text.lstrip()[:3000].split("\n")]
    facts: dict[str, str] = {}
    if title := _title(lines):
        facts["title"] = title
    for line in [line for line in lines if line][:6]:
        if byline := BYLINE.fullmatch(line):
            facts.setdefault("author", byline[1])
        elif day := is_date_line(line):
            facts.setdefault("date", day)
        elif (dateline := DATELINE.match(line)) and names_a_day(dateline["when"]):
            if day := find_day(dateline["when"]):
                facts.setdefault("date", day)
            if source := dateline["in_brackets"] or dateline["in_strokes"]:
                facts.setdefault("source", source)
    return facts


def _title(lines: list[str]) -> str | None:
    first, alone = lines[0], len(lines) > 1 and not lines[1]
    if heading := HEADING.fullmatch(first):
        return heading[1].rstrip("# \t")
    if not first or not alone or first.endswith((".", ":", ";", ",")) or is_date_line(first):
        return None
    return first if len(WORD.findall(first)) <= 20 and not BYLINE.fullmatch(first) else None


def _bare(value: str) -> str:
    """A YAML value without its quotation marks or brackets."""
    value = value.strip()
    if len(value) > 1 and value[0] == "[" and value[-1] == "]":
        return ", ".join(_bare(item) for item in value[1:-1].split(","))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
