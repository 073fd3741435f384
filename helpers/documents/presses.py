"""Exports of press databases: many articles in one text, each with its fields, taken apart.

LexisNexis numbers articles ("1 of 25 DOCUMENTS") or closes them ("End of Document"), Factiva
closes each with its number ("Document ABCD000020171123edbn0001": a code of the source, filled up
with zeros, then the day); both name fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .dates import find_day, is_date_line
from .language import language_code
from .model import Part

LEXIS_HEAD = re.compile(r"^[ \t]*\d{1,5} of \d{1,5} DOCUMENTS?[ \t]*$", re.MULTILINE)
LEXIS_END = re.compile(r"^[ \t]*End of Document[ \t]*$", re.MULTILINE)
LEXIS_FIELD = re.compile(
    r"""[ \t]*(BYLINE|SECTION|LENGTH|DATELINE|HEADLINE|HIGHLIGHT|SERIES|
    GRAPHIC|LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|DOCUMENT-TYPE|SUBJECT|ORGANIZATION|
    COMPANY|INDUSTRY|GEOGRAPHIC|PERSON|TICKER|STATE|COUNTRY|CITY|CORRECTION(?:-DATE)?|NOTES?|
    ACC-NO|PUB-TYPE|ISSN|URL):[ \t]*(.*)""",
    re.VERBOSE | re.IGNORECASE,
)
LEXIS_FIRST = {"BYLINE", "SECTION", "LENGTH", "DATELINE", "HEADLINE", "HIGHLIGHT", "SERIES", "URL"}
LENGTH = re.compile(r"^[ \t]*LENGTH:[ \t]*\d[\d,]* words", re.MULTILINE | re.IGNORECASE)
LOADED = re.compile(r"^[ \t]*LOAD-DATE:", re.MULTILINE | re.IGNORECASE)
RIGHTS = re.compile(
    r"[ \t]*(?:(?:Copyright[ ,]*)?(?:©|\(c\))|Copyright \d{4}|All rights reserved)", re.IGNORECASE
)
COVER = re.compile(
    r"[ \t]*(?:About LexisNexis\b|(?:Client/Matter|Search Terms|Search Type|"
    r"Narrowed by|Job Number|Content Type):?)"
)

FACTIVA_END = re.compile(
    r"""^[ \t]*(?:AN[ \t]*\n?[ \t]*Document[ \t]+\S{8,40}
    |Document[ \t]+[A-Z][A-Z0-9]{0,11}(?:19|20)\d{6}[A-Za-z0-9]{4,12})[ \t]*$
""",
    re.MULTILINE | re.VERBOSE,
)
FACTIVA_CODE = re.compile(
    r"[ \t]*(SE|HD|BY|CR|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|CX|LP|TD|ART|RF|CT|"
    r"CO|IN|NS|RE|IPD|IPC|PUB|AN|DLN|CLM|[A-Z]{2,3}(?=[ \t]{2}|[ \t]*$))"
    r"(?:[ \t]+(\S.*)|[ \t]*)"
)
SUMMARY = re.compile(r"^[ \t]*Search Summary[ \t]*$", re.MULTILINE)  # of the whole export
PROSE = 15  # words that make what follows the last end an article
WORD_COUNT = re.compile(r"[ \t]*\d[\d,]* words[ \t]*")
DAY_THEN = re.compile(
    r"""(?:[A-Z][a-z]+[ ]\d{1,2},?|\d{1,2}[ ][A-Z][a-z]+)[ ]\d{4}\b
    ((?:[ ,;-]++(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Correction[ ]Appended
       |\d{1,2}:\d\d(?::\d\d)?|[AP]\.?M\.?|[A-Z]{2,4}|(?:[\w'’]++[ -]++){0,4}Editions?\b.{0,20}))*)
""",
    re.VERBOSE | re.IGNORECASE,
)
CLOCK = re.compile(r"\d{1,2}:\d\d(?: [AP]M)?")
LANGUAGES = frozenset("english french german spanish italian portuguese russian chinese".split())
COMPANY = re.compile(
    r"(?:[\w.,&'’()-]+ ){1,8}"
    r"(?:Ltd|Limited|Inc|LLC|plc|PLC|Corp|Corporation|Company|GmbH)\.?"
)
EDITION = re.compile(r"(?:[\w'’-]+ ){0,4}Editions?\b.{0,20}", re.IGNORECASE)
SHORT_CODE = re.compile(r"[A-Z][A-Z0-9]{1,9}")
PAGE_LINE = re.compile(r"[ \t]*(?:Page \d+ of \d+\b.{0,120}|©.{0,20}Factiva,? Inc\..{0,60})")
WIDEST = 140  # letters in a line: in longer ones nobody breaks lines by hand


def split_bundle(text: str) -> list[Part] | None:
    """The articles of a LexisNexis or Factiva export, or None when the text is no such thing.

    The cover sheet, page lines, copyright lines and index terms are left out.  Does not read
    exports of other databases, and of these two only those in English.

    text : with `\\n` at line ends.

    >>> head = "Trade grew\\nBy Ann Lee\\n9 words\\n2 May 2017\\nThe Daily\\nTDLY\\nEnglish\\n"
    >>> [part] = split_bundle(head + "\\nIt grew.\\n\\nDocument TDLY000020170502edbn0001a\\n")
    >>> part.facts["source"], part.text
    ('The Daily', 'It grew.')
    """
    heads = [found.start() for found in LEXIS_HEAD.finditer(text)]
    ends = [found.end() for mark in (FACTIVA_END, LEXIS_END) for found in mark.finditer(text)]
    if not heads and not ends and not (LENGTH.search(text) and LOADED.search(text)):
        return None
    cuts = sorted({*heads, *ends})
    pieces = _pieces(text, [*cuts, len(text)])
    if heads and heads[0] == cuts[0]:
        pieces.pop(0)  # the cover sheet
    if ends and cuts[-1] == max(ends):
        pieces[-1] = _unended(pieces[-1])
    parts = [part for piece in pieces if (part := _part(piece)).text]
    for number, part in enumerate(parts, 1):
        part.name = str(number) if len(parts) > 1 else None
    return parts


def _pieces(text: str, cuts: list[int]) -> list[list[str]]:
    """The lines of what lies before each cut."""
    return [
        [line for line in text[start:end].split("\n") if not PAGE_LINE.fullmatch(line)]
        for start, end in zip([0, *cuts], cuts, strict=False)
    ]


def _unended(lines: list[str]) -> list[str]:
    """Of the lines after the last end that was recognised, the article; none where it is none."""
    lines = SUMMARY.split("\n".join(lines))[0].split("\n")
    prose = [line for line in lines if not RIGHTS.match(line)]
    ended = any(line.rstrip(" \"'”’»)").endswith((".", "!", "?")) for line in prose)
    return lines if ended and sum(len(line.split()) for line in prose) >= PROSE else []


def _part(lines: list[str]) -> Part:
    """The article in the lines of one piece, by the marks of its database."""
    lexis = any(mark.fullmatch(line) for line in lines for mark in (LEXIS_HEAD, LEXIS_END))
    factiva = any(FACTIVA_END.fullmatch(line) or WORD_COUNT.fullmatch(line) for line in lines)
    coded = any(line.strip() == "HD" or line.lstrip().startswith("HD  ") for line in lines)
    return _factiva(lines) if (factiva or coded) and not lexis else _lexis(lines)


def _lexis(lines: list[str]) -> Part:
    lines = [
        line for line in lines if not (LEXIS_HEAD.fullmatch(line) or LEXIS_END.fullmatch(line))
    ]
    fields: dict[str, str] = {}
    first = _start_of_article(lines)
    bodies = [at for at, line in enumerate(lines) if line.strip() == "Body"]
    named = [at for at, line in enumerate(lines) if LEXIS_FIELD.fullmatch(line)]
    opening = [at for at in named if _name(lines[at]) in LEXIS_FIRST and at < first + 60]
    begin = bodies[0] + 1 if bodies else _after_block(lines, opening[-1]) if opening else first
    tail = [
        at
        for at in named
        if at >= begin
        and _name(lines[at]) not in LEXIS_FIRST
        and lines[at].strip().startswith((_name(lines[at]), "Load-Date"))
    ]
    tail += [
        at
        for at in range(begin, len(lines))
        if lines[at].strip() in ("Classification", "Graphic") or RIGHTS.match(lines[at])
    ]
    end = min(tail, default=len(lines))
    for at in named:
        if at < begin or at >= end:
            value = " ".join(line.strip() for line in lines[at : _after_block(lines, at)])
            fields.setdefault(_name(lines[at]), value.partition(":")[2].strip())
    top = min((at for at in named if at >= first), default=begin)
    head = [line.strip() for line in lines[first:top]]
    facts = _top_of_lexis(head)
    for fact, name in (("title", "HEADLINE"), ("author", "BYLINE"), ("language", "LANGUAGE")):
        if fields.get(name):
            facts[fact] = fields[name]
    if "date" not in facts and (day := find_day(fields.get("LOAD-DATE", ""))):
        facts["date"] = day
    return _article(facts, lines[begin:end], "LexisNexis fields")


def _start_of_article(lines: list[str]) -> int:
    """The number of the line after a cover sheet, which lists the documents asked for."""
    covers = [at for at, line in enumerate(lines[:2000]) if COVER.match(line)]
    return _after_block(lines, covers[-1]) if covers else 0


def _top_of_lexis(lines: list[str]) -> dict[str, str]:
    """Title, source and date from the lines above the fields.

    The older form has source, date, title below each other, the newer one title, source, date.
    """
    lines = [line for line in lines if not (RIGHTS.match(line) or EDITION.fullmatch(line))]
    days = [n for n, line in enumerate(lines) if _leading_day(line)]
    if len(days) > 1 and not any(lines[: days[0]]):
        days.pop(0)  # a title that is a day
    dated = days[0] if days else None
    if dated is None:
        return {"title": " ".join(_first_group(lines))}
    before = [line for line in lines[:dated] if line]
    facts = {"date": _leading_day(lines[dated]) or "", "source": before[-1] if before else ""}
    facts["title"] = " ".join(before[:-1] or _first_group(lines[dated + 1 :]))
    return facts


def _first_group(lines: list[str]) -> list[str]:
    """The first lines that stand together."""
    text = "\n".join(lines).strip("\n")
    return text.split("\n\n", 1)[0].split("\n")


def _leading_day(block: str) -> str | None:
    """The day of a line such as "November 23, 2017 Thursday 4:15 AM GMT, Final Edition"."""
    day = is_date_line(block)
    if day is None and len(block) < 90 and DAY_THEN.fullmatch(block):
        day = find_day(block)
    return day


def _factiva(lines: list[str]) -> Part:
    codes = {found[1] for line in lines if (found := FACTIVA_CODE.fullmatch(line))}
    if "HD" in codes and codes & {"PD", "LP", "TD"}:
        return _coded(lines)
    lines = [
        line.strip()
        for line in SUMMARY.split("\n".join(lines))[-1].split("\n")
        if not FACTIVA_END.fullmatch(line)
    ]
    counted = next((n for n, line in enumerate(lines) if WORD_COUNT.fullmatch(line)), None)
    if counted is None:
        return _article({}, lines, "Factiva fields")
    facts: dict[str, str] = {}
    above = [line for line in lines[:counted] if line]
    if above and (above[-1].startswith("By ") or (len(above) > 1 and _a_name(above[-1]))):
        facts["author"] = above.pop()
    facts["title"] = above[-1] if above else ""
    below = [n for n, line in enumerate(lines) if n > counted and line][:12]
    last = next(
        (n for n in below if RIGHTS.match(lines[n])),
        next((n for n in below if lines[n].lower() in LANGUAGES), counted),
    )
    for line in lines[counted + 1 : last + 1]:
        if day := is_date_line(line):
            facts["date"] = day
        elif line.lower() in LANGUAGES:
            facts["language"] = line
        elif (
            line
            and "date" in facts
            and "source" not in facts
            and not CLOCK.fullmatch(line)
            and not SHORT_CODE.fullmatch(line)
            and not RIGHTS.match(line)
        ):
            facts["source"] = line
    body = lines[last + 1 :]
    while body and (not body[-1] or COMPANY.fullmatch(body[-1])):  # the publisher's name
        body.pop()
    return _article(facts, body, "Factiva fields")


def _a_name(line: str) -> bool:
    words = line.split()
    return 2 <= len(words) <= 4 and all(word[0].isupper() and word.isalpha() for word in words)


def _coded(lines: list[str]) -> Part:
    """An article with field codes: HD headline, PD date, SN source, LP and TD text."""
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = FACTIVA_CODE.fullmatch(line)
        if found and found[1] not in fields:
            code = found[1]
            fields[code] = [found[2] or ""]
        elif code:
            fields[code].append(line)
    facts = {
        fact: " ".join(" ".join(fields.get(code, [])).split())
        for fact, code in (
            ("title", "HD"),
            ("author", "BY"),
            ("date", "PD"),
            ("source", "SN"),
            ("language", "LA"),
        )
    }
    return _article(facts, [*fields.get("LP", []), "", *fields.get("TD", [])], "Factiva fields")


def _article(facts: dict[str, str], lines: list[str], origin: str) -> Part:
    facts = {name: value for name, value in facts.items() if value}
    if day := find_day(facts.get("date", "")):
        facts["date"] = day
    if "language" in facts:
        facts["language"] = language_code(facts["language"])
    if "author" in facts:
        facts["author"] = re.sub(r"^(?:By|BY)\s+", "", facts["author"])
    blocks = [block for block in _blocks(lines) if block != facts.get("title")]  # a running head
    return Part("\n\n".join(blocks), facts, origin)


def _blocks(lines: Iterable[str]) -> list[str]:
    """Paragraphs: lines up to a blank one, put together where they were wrapped."""
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            blocks[-1].append(" ".join(line.split()))
        elif blocks[-1]:
            blocks.append([])
    width = max((len(line) for block in blocks for line in block), default=0)
    found: list[str] = []
    for block in blocks:
        full = (
            width <= WIDEST
            and all(  # no line had room for the first word of the next
                len(line) + 1 + len(after.split(" ", 1)[0]) > 0.9 * width
                for line, after in zip(block, block[1:], strict=False)
            )
        )
        found += [" ".join(block)] if full and block else block
    return found


def _after_block(lines: list[str], at: int) -> int:
    """The number of the line after a field: its value may go on over more lines."""
    at += 1
    while at < len(lines) and lines[at].strip() and not LEXIS_FIELD.fullmatch(lines[at]):
        at += 1
    return at


def _name(line: str) -> str:
    return line.partition(":")[0].strip().upper()
