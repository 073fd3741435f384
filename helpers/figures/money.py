"""Money at a number: sign, code or name, before or after, in the document's own currency."""

from __future__ import annotations

import re
from functools import cached_property

from .lexicon import alternation, currencies, measured_words, number_words
from .measures import Amount, longest_unit, of_number
from .model import Number
from .readings import any_of
from .spelled import SCALES
from .spelled import WORDS as NUMBER_WORDS

__all__ = ["Purse", "measure_money"]

_C = currencies()
_CODES = "|".join(sorted(_C.codes))
_AFTER = {**{s: c for s, c in _C.before.items() if len(s) == 1 and not s.isalpha()}, **_C.after}
_BIG = {"m": 1e6, "mn": 1e6, "mln": 1e6, "M": 1e6, "bn": 1e9, "b": 1e9, "k": 1e3, "tn": 1e12,
        "million": 1e6, "billion": 1e9, "trillion": 1e12}  # fmt: skip

BEFORE = re.compile(
    rf"""(?:(?<![A-Za-z])|(?<=\d[A-Z]))(?: (?P<coded>[A-Za-z]{{3}})\$
        | (?P<mega>M|m)(?P<megacode>EUR|USD|GBP|AUD|CAD|CHF|NOK|SEK|DKK|INR|RUB|PLN)
        | (?P<noun>dollar|euro|rupee|yen|baht|rand|naira)(?=\s)
        | (?P<sign>{alternation(_C.before)}|{_CODES}) )
      (?P<scale>m|mn|mln|bn|k)? (?P<gap>[\s\u00a0]?) (?P<open>\(?) (?:(?P<minus>[-−])|\+)? $""",
    re.X,
)
SINGLE = re.compile(r"(?<![A-Zcdnx.]\s)(?<=[\s(])[$€£]$")  # no currency before it: "US $5"
PLAIN = re.compile(r"\s\d")
CLOSED = re.compile(r"\)(?:\s?(?P<scale>million|billion|trillion|bn|m|k)\b)?")  # "$(1.2) million"
AFTER = re.compile(
    rf"(?P<gap>[\s\u00a0]?)(?P<mega>M(?=[A-Z]{{3}}\b))?(?P<sign>{alternation(_AFTER)}|{_CODES})(?P<scale>m|mn|bn)?(?![A-Za-z$\d])"
    r"(?:\s(?P<word>million|billion|trillion|bn|m)\b)?"
)
WORDS = re.compile(r"[\s\u00a0-]?-?(?P<words>[A-Za-zł.]+(?:[\s-]+[A-Za-z.]+){0,3})")
SUBUNIT = re.compile(
    r"(?P<gap>[\s-]?-?)(?P<noun>cents?|¢|pence|penny|pennies|eurocents?|paise|paisa|kopecks?|sen|mao|jiao|p)"
    r"(?![A-Za-z'’])"
)
FOREIGN_CENTS = re.compile(r"\s(?P<land>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)\scents?\b")
SHILLINGS = re.compile(r"s\.?\s?(?P<pence>\d{1,2}(?:½|¼|¾)?)\s?d\b\.?")
BREAK = re.compile(r"[\s-]+")
BOTH_AFTER = re.compile(r"\s\d[\d.,]{0,12}\s?(?P<sign>[^\w\s.,])(?!\s?\d)")  # "10 $ 30 $"
SIGNED = re.compile(r"[^\d\s.,;:]")
OWNED = re.compile(  # "17 USD 25", "one dollar twenty": the currency is that of the number before
    rf"(?<![\d.,])\d{{1,3}}(?:[.,]\d+)?\s$|\b(?:{alternation({**NUMBER_WORDS, **SCALES})}|an?)\s$",
    re.I,
)
NAMED = re.compile(r"(?<![A-Za-z])((?:[A-Za-z.]+\s)?[A-Za-z.]+)\s$")
MARKED = re.compile(r"(?<![A-Za-z])([A-Z][A-Za-z.]{0,3}\$)\s?\d")


class Purse:
    """Which currency a bare noun or `$` means in this document.

    "dollars" is what the document itself shows ("Canadian dollars", `A$`), else the default of
    `currencies.toml`; other nouns also follow the country that the text speaks of.
    """

    def __init__(self, text: str) -> None:
        self.text = text[:200_000]
        self._seen: dict[str, str] = {}

    def noun(self, noun: str) -> str:
        """The ISO code for a bare currency noun."""
        singular = noun[:-1] if noun.endswith("s") and noun[:-1] in _C.nouns else noun
        if singular not in self._seen:
            self._seen[singular] = self._look(singular)
        return self._seen[singular]

    def _look(self, noun: str) -> str:
        default = _C.nouns.get(noun, "USD")
        full: dict[str, int] = {}
        for m in re.finditer(rf"\b{re.escape(noun)}s?\b", self.text, re.I):
            named = NAMED.search(self.text[max(0, m.start() - 30) : m.start()])
            if named is None:
                continue
            words = BREAK.split(named[1].casefold())
            for phrase in (" ".join(words), words[-1]):
                code = _C.names.get(f"{phrase} {noun}")
                if code:
                    full[code] = full.get(code, 0) + 1
                    break
        if noun == "dollar":
            for m in MARKED.finditer(self.text):
                code = _C.before.get(m[1])
                if code and m[1] != "M$":
                    full[code] = full.get(code, 0) + 1
        if default in full:
            return default
        if full:
            return min(full, key=lambda c: (-full[c], c))
        if noun in {"dollar", "pound", "euro", "cent", "buck"}:
            return default
        return self._by_country(noun, default)

    def _by_country(self, noun: str, default: str) -> str:
        best, most = default, 0
        for name, code in _C.names.items():
            adjective, _, head = name.rpartition(" ")
            if head != noun or not adjective or len(adjective) < 4:
                continue
            stem = adjective.split()[-1][:-1] if len(adjective) > 5 else adjective
            hits = len(re.findall(rf"\b{re.escape(stem)}", self.text, re.I))
            if hits > most or hits == most and code == default and hits:
                best, most = code, hits
        return best

    def spoken(self, noun: str) -> bool:
        """Does the document show that this weak noun ("won", "sum") is money?"""
        key = f"spoken {noun}"
        if key not in self._seen:
            default = _C.nouns.get(noun, "")
            named = (n for n, code in _C.names.items() if code == default and " " in n)
            stems = "|".join(sorted({re.escape(n.split()[-2][:5]) for n in named}))
            self._seen[key] = "yes" if re.search(rf"\b(?:{stems})", self.text, re.I) else ""
        return bool(self._seen[key])

    @cached_property
    def cents(self) -> str:
        """What "cents" are parts of: the document's dollars, or euros where it has no dollars."""
        euro = "€" in self.text or re.search(r"\beuros?\b|\bEUR\b", self.text)
        dollar = "$" in self.text or re.search(r"\bdollars?\b", self.text, re.I)
        return "EUR" if euro and not dollar else self.noun("dollar")

    @cached_property
    def weighs(self) -> bool:
        """Are bare "pounds" weights here (dollars, and no sign of British money)?"""
        return bool(DOLLARS.search(self.text)) and BRITISH.search(self.text) is None

    @cached_property
    def dollars(self) -> str:
        """What a bare "$" is."""
        marked = re.search(r"(?:[A-Z]\$|US ?\$|\bUSD\b)", self.text)
        return "USD" if marked else self.noun("dollar")

    def sign(self, sign: str) -> str:
        """The ISO code for a sign or code as written."""
        return self.dollars if sign == "$" else _C.before.get(sign) or _C.after.get(sign) or sign


BRITISH = re.compile(r"£|\bpence\b|\bsterling\b|\bGBP\b|\bBritish pounds?\b")
SHARES = re.compile(r"(?i)\b(?:shares?|stocks?|FTSE|pence|fallers|risers)\b")
DOLLARS = re.compile(r"\$|(?i:\bdollars?\b)|\bU\.?S\b")
_POUNDS = measured_words()["pounds"]
POUNDS = re.compile(  # "5,000 pounds ($6,400)", "700 pounds (320 kg)"
    rf"(?i)(?P<weight>\b(?:{any_of(_POUNDS['weight'])})\b|\(\s?[\d.,]+\s?k)"
    rf"|(?P<money>\b(?:{any_of(_POUNDS['money'])})\b|\(\s?[A-Z]*[$€¥]|[£€])"
)
CLAUSE = re.compile(r"[;:!?]|\.\s|\n")


def _weighs(text: str, start: int, end: int, purse: Purse) -> bool:
    """Do the bare pounds weigh?  The nearest word that says so decides, else the document."""
    left = CLAUSE.split(text[max(0, start - 80) : start])[-1]
    right = CLAUSE.split(text[end : end + 50])[0]
    cues = [(len(left) - m.end(), m.lastgroup) for m in POUNDS.finditer(left)]
    cues += [(m.start(), m.lastgroup) for m in POUNDS.finditer(right)]
    return min(cues)[1] == "weight" if cues else purse.weighs


def measure_money(text: str, n: Number, purse: Purse) -> Amount | None:
    """The money at the number, or None."""
    return _before(text, n, purse) or (
        None if PLAIN.match(text, n.end) else _after(text, n, purse) or _named(text, n, purse)
    )


def _before(text: str, n: Number, purse: Purse) -> Amount | None:
    lead = text[max(0, n.start - 16) : n.start]
    if not lead or lead[-1].islower() and not lead.endswith(("s", "m", "n", "k", "r", "l", "p")):
        return None
    if SINGLE.search(lead):
        amount = of_number(n, "money", purse.sign(lead[-1]), n.end)
        amount.start, amount.before = n.start - 1, True
        return amount
    m = BEFORE.search(lead) if SIGNED.search(lead, len(lead) - 12) else None
    if m is None or n.kind == "ordinal":
        return None
    factor, sign = 1.0, m["sign"] or ""
    if (sign or m["noun"]) and m["gap"] and OWNED.search(lead[: m.start()]):
        return None
    if m["coded"]:
        code = m["coded"].upper()
        if code not in _C.codes:
            code = _C.before.get(m["coded"] + "$") or purse.sign("$")
    elif m["mega"]:
        code, factor = m["megacode"], 1e6
    elif m["noun"]:
        code = purse.noun(m["noun"])
    else:
        plain = n.digits and "," not in n.digits and n.scale == 1
        small = plain and (n.value or 0) < 100
        if sign in _C.tight and (m["gap"] or small and sign in {"R", "P", "SR", "LE", "Sh"}):
            return None
        if sign in _C.wordlike and plain:
            return None
        if not n.digits and sign.isalpha():
            return None
        code = purse.sign(sign)
    if m["scale"] and n.scale == 1:
        factor *= _BIG[m["scale"]]
    amount = of_number(n, "money", code, n.end, factor=factor)
    amount.start, amount.before = n.start - len(lead) + m.start(), True
    if m["minus"] and amount.value is not None:
        amount.value = -abs(amount.value)
    if m["open"]:
        closed = CLOSED.match(text, n.end)
        if closed is None:
            return None
        amount.end = closed.end()
        amount.value = -(amount.value or 0) * _BIG.get(closed["scale"] or "", 1)
    return amount


def _after(text: str, n: Number, purse: Purse) -> Amount | None:
    m = AFTER.match(text, n.end)
    if m is None or n.kind == "ordinal":
        return None
    sign = m["sign"]
    if not m["gap"] and sign.isalpha() and not n.digits:
        return None
    if not sign.isalpha() and re.match(r"\s?\d", text[m.end() :][:2]) and (m["gap"] or sign == "$"):
        trailing = BOTH_AFTER.match(text, m.end())
        if trailing is None or trailing["sign"] != sign:
            return None
    if sign in _C.wordlike and (n.scale == 1 and "," not in n.digits):
        return None
    code = purse.sign("$") if sign == "$" else _AFTER.get(sign) or purse.sign(sign)
    factor = 1e6 if m["mega"] else _BIG.get(m["scale"] or "", 1.0)
    end = m.end()
    if m["word"] and n.scale == 1:
        factor = _BIG[m["word"]]
    elif m["word"]:
        end = m.end("sign")
    return of_number(n, "money", code, end, factor=factor)


def _named(text: str, n: Number, purse: Purse) -> Amount | None:
    if n.kind == "ordinal":
        return None
    old = SHILLINGS.match(text, n.end) if text[n.end : n.end + 1] == "s" and n.bare else None
    if old:
        pence = old["pence"]
        part = number_words()["vulgar"].get(pence[-1], 0.0)
        value = (n.value or 0) / 20 + (float(pence.rstrip("½¼¾")) + part) / 240
        amount = of_number(n, "money", "GBP", old.end())
        amount.value = round(value, 6)
        return amount
    sub = SUBUNIT.match(text, n.end)
    if sub:
        return _subunit(n, sub, purse)
    foreign = FOREIGN_CENTS.match(text, n.end)
    if foreign:
        code = _C.names.get(f"{foreign['land'].casefold()} dollar")
        return of_number(n, "money", code, foreign.end(), factor=0.01) if code else None
    m = WORDS.match(text, n.end)
    if m is None:
        return None
    words = BREAK.split(m["words"].casefold())
    for count in range(min(4, len(words)), 1, -1):
        name = " ".join(words[:count]).rstrip(".")
        if name in _C.names:
            return of_number(n, "money", _C.names[name], m.start("words") + len(name))
    noun = words[0].rstrip(".")
    if noun not in _C.nouns:
        return None
    end = m.start("words") + len(noun)
    singular = noun.rstrip("s")
    if noun in _C.weak or singular in _C.weak:
        big = n.scale >= 1000 or (n.value or 0) >= 1000
        if not big or noun in {"won", "sum", "real", "mark"} and not purse.spoken(singular):
            return None
    if singular == "pound":
        if longest_unit(words)[0] > 1:
            return None  # "275 pound-feet", "30 pounds per square inch"
        goods = text[n.end : n.end + 1] == "-" or words[1:2] == ["of"]
        if goods or _weighs(text, n.start, end, purse):
            return of_number(n, "quantity", "lb", end)
    return of_number(n, "money", purse.noun(noun), end)


def _subunit(n: Number, m: re.Match[str], purse: Purse) -> Amount | None:
    noun = m["noun"]
    if noun == "p" and not (n.digits and (not m["gap"] or SHARES.search(purse.text))):
        return None
    if noun == "sen" and not purse.spoken("ringgit"):
        return None
    singular = noun[:-1] if noun.endswith("s") else noun
    code = _C.subunits.get(noun) or _C.subunits.get(singular, "USD")
    if singular == "cent":
        code = purse.cents
    return of_number(n, "money", code, m.end(), factor=0.1 if code == "CNY" else 0.01)
