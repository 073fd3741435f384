"""Exports of press databases: many articles in one text, each with its fields, taken apart.

LexisNexis numbers articles ("1 of 25 DOCUMENTS") or closes them ("End of Document"), Factiva
closes each with its number ("Document ABCD000020171123edbn0001"); both name fields.  How their
lines look is in `helpers/data/loading.toml`.
"""

from __future__ import annotations

import re
from itertools import takewhile

from .clean import unwrapped
from .facts import find_day, is_date_line, named_facts
from .language import language_code
from .model import RULES, Part, pattern, words

KINDS = {kind: pattern(kind) for kind in RULES["patterns"]["press"]}
LEXIS, FACTIVA = {"lexis_number", "lexis_end"}, {"factiva_end", "count"}
MARK, NUMBER_BELOW, CODE = map(pattern, ("press_mark", "number_below", "factiva_code"))
LENGTH, LOADED, DAY_THEN = map(pattern, ("length_field", "loaded_field", "day_then"))
BEFORE, AFTER = words("lexis_before"), words("lexis_after")
FIELD = re.compile(rf"({'|'.join(BEFORE + AFTER)}):.*", re.IGNORECASE)
NEAR = 60  # lines from the start of an article within which its first fields stand
PROSE = 15  # words that make what follows the last end an article
Lines = list[tuple[str, str]]  # the kind of each line, and the line


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
    if not (MARK.search(text) or (LENGTH.search(text) and LOADED.search(text))):
        return None
    pieces: list[Lines] = [[]]
    cuts: list[str] = []
    for line in map(str.strip, NUMBER_BELOW.sub("AN ", text).split("\n")):
        kind = next((kind for kind in KINDS if KINDS[kind].fullmatch(line)), "")
        if kind == "lexis_number":
            pieces.append([])
        if kind != "page":
            pieces[-1].append((kind, line))
        if kind in ("lexis_end", "factiva_end"):
            pieces.append([])
        cuts += [kind] if kind in ("lexis_number", "lexis_end", "factiva_end") else []
    if cuts[:1] == ["lexis_number"]:
        pieces.pop(0)  # the cover sheet
    if cuts and cuts[-1] != "lexis_number" and not _is_article(pieces[-1]):
        pieces.pop()
    parts = [part for piece in pieces if (part := _article(piece)).text]
    for number, part in enumerate(parts, 1):
        part.name = str(number) if len(parts) > 1 else None
    return parts


def _is_article(piece: Lines) -> bool:
    """Whether the lines after the last end that was recognised are an article without its end."""
    lines = takewhile(lambda one: one[0] != "summary", piece)
    prose = [line for kind, line in lines if kind != "rights"]
    ended = any(line.rstrip(" \"'”’»)").endswith((".", "!", "?")) for line in prose)
    return ended and sum(len(line.split()) for line in prose) >= PROSE


def _article(piece: Lines) -> Part:
    """The article in the lines of one piece, by the marks of its database."""
    kinds = {kind for kind, _ in piece}
    fields = {} if kinds & LEXIS else _codes(piece)
    if "HD" in fields and fields.keys() & {"PD", "LP", "TD"}:
        facts = named_facts({code: " ".join(" ".join(fields[code]).split()) for code in fields})
        body = [*fields.get("LP", []), "", *fields.get("TD", [])]
    else:
        lexis = kinds & LEXIS or not kinds & FACTIVA
        facts, body = _lexis(piece) if lexis else _without_codes(piece)
    if day := find_day(facts.get("date", "")):
        facts["date"] = day
    facts["language"] = language_code(facts.get("language", ""))
    facts["author"] = re.sub(r"^(?:By|BY)\s+", "", facts.get("author", ""))
    lines = [" ".join(line.split()) for line in body]
    lines = [line for line in lines if line != facts.get("title")]  # a running head
    text = "\n\n".join(filter(None, unwrapped("\n".join(lines)).split("\n")))
    origin = "LexisNexis fields" if kinds & LEXIS or not kinds & FACTIVA else "Factiva fields"
    return Part(text, facts, origin)


def _lexis(piece: Lines) -> tuple[dict[str, str], list[str]]:
    """The facts and lines of an article of LexisNexis: fields, text, fields."""
    piece = [one for one in piece if one[0] not in LEXIS]
    kinds, lines = [kind for kind, _ in piece], [line for _, line in piece]
    named = {at: line.partition(":")[0] for at, line in enumerate(lines) if FIELD.fullmatch(line)}

    def after(at: int) -> int:
        """The number of the line after a field: its value may go on over more lines."""
        at += 1
        while at < len(lines) and lines[at] and at not in named:
            at += 1
        return at

    covers = [at for at, kind in enumerate(kinds[:2000]) if kind == "cover"]
    first = after(covers[-1]) if covers else 0  # a cover lists what was asked for
    opening = [at for at in named if named[at].upper() in BEFORE and at < first + NEAR]
    begin = after(opening[-1]) if opening else first
    begin = lines.index("Body") + 1 if "Body" in lines else begin
    closing = {at for at in named if named[at] in (*AFTER, "Load-Date")}
    closing |= {at for at, kind in enumerate(kinds) if kind in ("closing", "rights")}
    end = min((at for at in closing if at >= begin), default=len(lines))
    fields: dict[str, str] = {}
    for at, name in named.items():
        if not begin <= at < end:
            value = " ".join(lines[at : after(at)]).partition(":")[2].strip()
            fields.setdefault(name.upper(), value)
    top = min((at for at in named if at >= first), default=begin)
    above = [line for kind, line in piece[first:top] if kind not in ("rights", "edition")]
    facts = _top_of_lexis(above)
    facts.setdefault("date", fields.get("LOAD-DATE", ""))
    for fact, name in (("title", "HEADLINE"), ("author", "BYLINE"), ("language", "LANGUAGE")):
        facts[fact] = fields.get(name) or facts.get(fact, "")
    return facts, lines[begin:end]


def _top_of_lexis(lines: list[str]) -> dict[str, str]:
    """Title, source and date from the lines above the fields.

    The older form has source, date, title below each other, the newer one title, source, date.
    """
    found = [is_date_line(x) or (DAY_THEN.fullmatch(x[:90]) and find_day(x)) for x in lines]
    days = {at: day for at, day in enumerate(found) if day}
    if len(days) > 1 and not any(lines[: min(days)]):
        days.pop(min(days))  # a title that is a day
    dated = min(days, default=-1)
    before = [line for line in lines[: max(dated, 0)] if line]
    below = "\n".join(lines[dated + 1 :]).strip("\n").split("\n\n", 1)[0].split("\n")
    facts = {"title": " ".join(before[:-1] or below)}
    if dated >= 0:
        facts |= {"date": days[dated], "source": before[-1] if before else ""}
    return facts


def _codes(piece: Lines) -> dict[str, list[str]]:
    """The lines of an article of Factiva by its codes: HD headline, PD date, LP and TD text."""
    fields: dict[str, list[str]] = {}
    code = ""
    for kind, line in piece:
        found = CODE.fullmatch(line)
        if kind == "factiva_end":
            continue
        if found and found[1] not in fields:
            code = found[1]
            fields[code] = [found[2] or ""]
        elif code:
            fields[code].append(line)
    return fields


def _without_codes(piece: Lines) -> tuple[dict[str, str], list[str]]:
    """The facts and lines of an article of Factiva without codes: title and author stand above the
    count of words, day, source and language below it; rights or the language end the head."""
    start = max((at + 1 for at, (kind, _) in enumerate(piece) if kind == "summary"), default=0)
    piece = [one for one in piece[start:] if one[0] != "factiva_end"]
    kinds = [kind for kind, _ in piece]
    if "count" not in kinds:
        return {}, [line for _, line in piece]
    counted = kinds.index("count")
    facts: dict[str, str] = {}
    above = [one for one in piece[:counted] if one[1]]
    if above and (above[-1][0] == "author" or (len(above) > 1 and above[-1][0] == "name")):
        facts["author"] = above.pop()[1]
    facts["title"] = above[-1][1] if above else ""
    below = [at for at, (_, line) in enumerate(piece) if at > counted and line][:12]
    ends = [at for kind in ("rights", "language") for at in below if kinds[at] == kind]
    last = ends[0] if ends else counted
    for kind, line in piece[counted + 1 : last + 1]:
        if day := is_date_line(line):
            facts["date"] = day
        elif kind == "language":
            facts["language"] = line
        elif line and "date" in facts and kind not in ("clock", "code", "rights"):
            facts.setdefault("source", line)
    body = piece[last + 1 :]
    while body and (not body[-1][1] or body[-1][0] == "company"):  # the publisher's name
        body.pop()
    return facts, [line for _, line in body]
