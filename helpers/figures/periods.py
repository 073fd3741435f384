"""Periods by number: years, fiscal years, decades, centuries, quarters, halves and seasons."""

from __future__ import annotations

import re

from .anchor import Anchor
from .dates import PART, SPELLED_YEAR, YEAR, Rule, Timed, after_the, register
from .lexicon import alternation, number_words
from .readings import full_year, ordinal_day, spelled_year

__all__ = ["PERIODS"]

PERIODS: list[Rule] = []
rule = register(PERIODS)
_ORD = number_words()["ordinals"]
_DECADES = {"twenties": 2, "thirties": 3, "forties": 4, "fifties": 5, "sixties": 6, "seventies": 7,
            "eighties": 8, "nineties": 9}  # fmt: skip
_NTH = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
        "final": 4, "last": 4}  # fmt: skip
NTH = r"(?P<n>first|second|third|fourth|last(?=\s+half)|1st|2nd|3rd|4th)"
WHICH = r"(?:(?P<rel>this|last|next)\s+year(?:['’]s)?|(?P<y>(?:19|20)\d\d)(?:['’]s)?)"
OF_YEAR = (
    rf"(?:(?:\s+of|,|\s+in)?\s+(?:(?:fiscal\s+|FY\s?)?(?P<y2>{YEAR})|(?P<rel2>this|last|next)\s+year)"
    r"|\s+of\s+the\s+(?:(?:current|fiscal|financial)\s+)*(?P<same>year)\b)?"
)
YEAR_CUE = re.compile(
    r"(?i)\b(?:in|of|since|by|until|from|year|during|january|february|march|april|may|june|july|august|"
    r"september|october|november|december)[\s,]+$"
)
NOT_YEARS = re.compile(r"(?i)\b(?:(?:her|his|their)\s|(?:temperature|high|low|degree)s?\b[^.;]*)$")
SHORT_CUE = re.compile(r"(?i)\b(?:in|of|since|by|from|until|before|after|the|and|to|class)\s$")


def full(short: str, like: int) -> int:
    """The year that two digits mean beside the year `like`: 19 after 2018 is 2019."""
    if len(short) == 4:
        return int(short)
    year = like // 100 * 100 + int(short)
    return year if year >= like else year + 100


@rule(
    r"""(?<![\w.-]) (?:the\s+)? (?:(?:fiscal|financial|tax|marketing|crop|accounting|calendar)\s+
         (?:years?\s+)?(?:ending\s+|ended\s+)?|[FC]Y\s?[-–]?\s?)
         (?P<y>(?:19|20)\d\d|[’']?\d\d)(?!\d|%|\s?(?:percent|per\s|million|billion))
         (?:(?P<dash>\s?[-–/]\s?)(?P<y2>(?:20)?\d\d)(?!\d))?""",
    needs="f",
)
def fiscal(m: re.Match[str], a: Anchor) -> Timed | None:
    """FY23, fiscal 2018/19, financial year 2022-23, calendar 2008, CY18."""
    year = full_year(m["y"].lstrip("’'"))
    last = f"/{full(m['y2'], year):04d}" if m["y2"] else ""
    return Timed(after_the(m), m.end(), f"{year:04d}{last}")


@rule(
    rf"""(?<![\w.,/$€£:-]) (?P<y1>{YEAR}) (?P<to>\s?[-–—/]\s?|\s+(?:to|and|through|until|till)\s+)
         ['’]?(?P<y2>(?:1[0-9]|20|21)\d\d|\d\d) (?![\w%]|[-/.,:]\d|\s?(?:percent|per\s?cent|million
         |billion|km\b))""",
    needs="y",
)
def year_range(m: re.Match[str], a: Anchor) -> Timed | None:
    """2012–13, 1995-2000, between 2014 and 2017, from 2015 to 2020."""
    first, second = int(m["y1"]), full(m["y2"], int(m["y1"]))
    to = m["to"].strip()
    gap, month = second - first, int(m["y2"]) <= 12 and second - first != 1
    if not 0 < gap < 300 or len(m["y2"]) == 2 and (to.isalpha() or gap > 15 or month):
        return None
    if to == "and" and "between" not in a.text[max(0, m.start() - 14) : m.start()].lower():
        return None
    return Timed(*m.span(), f"{first:04d}/{second:04d}")


@rule(
    rf"""(?<![\w.,$€£/]) (?:(?:the\s+)?{PART}[\s-]+(?:the\s+)?|(?P<pre>post|pre)-|the\s+)?
         (?:(?P<d>(?:1[0-9]|20)\d)0[’']?s|[’'](?P<dd>\d)0s|(?<=the\s)(?P<plain>\d)0[’']?s
         |(?<=the\s|rly\s|ate\s|mid-)(?P<w>{alternation(_DECADES)}))
         (?!\w)""",
    needs="yc",
    hints="0s|0's|0’s|ties",
)
def decade(m: re.Match[str], a: Anchor) -> Timed | None:
    """the 1990s, mid-2000s, the ’80s, the nineties."""
    start = after_the(m)
    if m["d"]:
        return Timed(start, m.end(), m["d"])
    if NOT_YEARS.search(a.text, max(0, m.start() - 30), m.start()):
        return None
    number = m["dd"] or m["plain"] or str(_DECADES[m["w"].lower()])
    return Timed(start, m.end(), f"19{number}" if number > "2" else f"20{number}")


@rule(
    r"""(?<=[\s(–-]) (?<!['’]) ['’](?P<y>\d\d) (?![\w%'’.,]*\d|['’]?[\w%])
        (?!\s?(?:%|per|million|billion|[a-z]+s\b))""",
    needs="c",
    hints="'|’",
)
def short_year(m: re.Match[str], a: Anchor) -> Timed | None:
    """the ’87 championship, in '49; not a quotation that opens with a number."""
    if not SHORT_CUE.search(a.text, max(0, m.start() - 9), m.start()):
        return None
    now = a.day.year % 100 if a.day else 30
    return Timed(*m.span(), f"{2000 if int(m['y']) <= now else 1900:04d}"[:2] + m["y"])


@rule(
    rf"""(?<![\w-]) (?:the\s+)? (?:{PART}[\s-]+(?:the\s+)?)?
         (?P<n>\d{{1,2}}(?:st|nd|rd|th)|(?:twenty[\s-])?(?:{alternation(_ORD)})) [\s-]+(?:century
         |centuries)(?P<bc>\s+B\.?C\.?(?:E\.?)?)? (?!\w)""",
    needs="c",
    hints="centur",
)
def century(m: re.Match[str], a: Anchor) -> Timed | None:
    """21st century, the eleventh century."""
    number = ordinal_day(m["n"])
    if not 1 <= number <= 30:
        return None
    return Timed(after_the(m), m.end(), f"BC{number - 1:02d}" if m["bc"] else f"{number - 1:02d}")


@rule(
    rf"""(?<![\w-]) (?:the\s+)? (?:{WHICH}\s+|(?P<ago>year-(?:ago|earlier)\s+)|(?:fiscal\s+)?)?
        (?:(?:current|fiscal|same)[\s-]+)? {NTH} [\s-]+(?:fiscal\s+)?(?P<u>quarter|half)
         (?!\s*-?\s*(?:back|century|hour|final|time|marathon|mile|pounder|dozen)
         |-?finals?)(?P<s>s)?(?!\w) {OF_YEAR}""",
    needs="p",
    hints="quarter|half",
)
def quarter(m: re.Match[str], a: Anchor) -> Timed | None:
    """third quarter of 2022, the fourth quarter, this year's first half, 1988 second quarter."""
    number = 2 if m["n"].lower() == "last" else _NTH[m["n"].lower()]
    half = m["u"].lower() == "half"
    if half and number > 2 or m["s"]:
        return None
    rel = m["rel"] or m["rel2"]
    year = (a.near_year(rel) if rel else 0) or int(m["y"] or m["y2"] or 0)
    adjective = a.text[m.start("u") - 1] == "-"  # "the third-quarter earnings"
    start = after_the(m) if m["y2"] or m["y"] or half or adjective else m.start()
    if not year and a.day:
        year = _year_of(a, number, m, months=6 if half else 3) - bool(m["ago"])
    if half and not year and "year" not in a.text[m.end() : m.end() + 20]:
        return None
    if year and a.day and not half:
        a.quarters.append((m.start(), year, number))
    return Timed(start, m.end(), f"{year or 'XXXX'}-{'H' if half else 'Q'}{number}")


def _year_of(a: Anchor, number: int, m: re.Match[str], *, months: int) -> int:
    """The year of a quarter or half without one: the last that has ended or runs, by tense."""
    assert a.day is not None
    now, way = (a.day.month - 1) // months + 1, a.tense(*m.span())
    if way == "future" and months == 3:
        return a.day.year + (number < now - 1)
    ahead = number > now and way != "future"
    return a.day.year - (ahead and (way == "past" or months == 3 and number - now >= 2))


@rule(
    r"""(?<![\w$€£-]) (?: (?P<y1>(?:19|20)\d\d)[\s-]?(?:Q(?P<q1>[1-4])|H(?P<h1>[12]))
       | Q(?P<q2>[1-4])[\s,’'-]*(?:of\s+)?(?:FY\s?)?(?P<y2>(?:19|20)\d\d|\d\d(?!\d|%))? |
       (?P<q3>[1-4])Q(?:\s?[’']?(?P<y3>(?:20)?\d\d))?
       | H(?P<h2>[12])[\s,’'-]*(?:FY\s?)?(?P<y4>(?:19|20)\d\d|\d\d(?!\d|%)) |
       (?P<h3>[12])H\s?[’']?(?P<y5>(?:20)?\d\d) )
       (?:\s*(?:of\s+)?(?P<rel>this|last|next)\s+year)? (?![\w%]|[.,]\d)""",
    needs="qy",
    hints="q|h",
)
def quarter_code(m: re.Match[str], a: Anchor) -> Timed | None:
    """Q3 2022, 2017 q1, 3Q22, 2019-H2."""
    year = next((m[k] for k in ("y1", "y2", "y3", "y4", "y5") if m[k]), None)
    q = m["q1"] or m["q2"] or m["q3"]
    half = m["h1"] or m["h2"] or m["h3"]
    if m["rel"] and a.day:
        year = str(a.near_year(m["rel"]))
    if year is None:
        if not a.day or not m.group().strip()[0].isupper() and not m.group()[0].isdigit():
            return Timed(*m.span(), f"XXXX-Q{q}") if q and m.group()[0] == "Q" else None
        year = str(_year_of(a, int(q or 1), m, months=3))
    year = year if len(year) == 4 else f"20{year}"
    if q:
        a.quarters.append((m.start(), int(year), int(q)))
    end = m.start() + len(m.group().rstrip(" ,’'-"))
    return Timed(m.start(), end, f"{year}-Q{q}" if q else f"{year}-H{half}")


@rule(
    rf"""(?<![\w.,$€£:/#’'-]) (?:(?P<lead>(?:the\s+)?{PART}[\s-]+(?:the\s+)?(?:year\s+)?|(?:post
        |pre|mid)-|the\s+year\s+|year\s+)|(?P<det>(?:the|a|in|of|since)\s+))?
         (?P<y>{YEAR}|{SPELLED_YEAR}) (?![\w%°$€£]|[’'-]\w|[.:]\d|\s?(?:percent|per\s?cent|km\b
         |million|billion|thousand))""",
    needs="yz",
)
def year(m: re.Match[str], a: Anchor) -> Timed | None:
    """2016, mid-1996, early 1990, nineteen ninety-six; plain digits are judged by `years.py`."""
    number = spelled_year(m["y"])
    start, lead = m.start("y"), (m["lead"] or "").lower()
    if lead and not lead.startswith(("pre", "post")):
        start = m.start() if "year" in lead else after_the(m)
        return Timed(start, m.end(), f"{number:04d}")
    if m["y"][0].isdigit():
        return Timed(start, m.end(), f"{number:04d}", year_only=True)
    if re.match(r"(?i)twenty|two", m["y"]) and (
        not YEAR_CUE.search(a.text, max(0, start - 12), start)
        or re.match(r"\s+[a-z]+s\b|[\s-]+\w+ths\b", a.text[m.end() : m.end() + 20])
    ):
        return None
    return Timed(start, m.end(), f"{number:04d}")
