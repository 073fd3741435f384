"""Which currency a bare noun or sign means in a document: what the document itself shows."""

from __future__ import annotations

import re
from functools import cached_property

from .lexicon import affixes, patterns

__all__ = ["Purse"]

_A = affixes()
_P = patterns("purse")
SAMPLE = 200_000  # characters from which the currency of a document is told
PLAIN = frozenset({"dollar", "pound", "euro", "cent", "buck"})  # no country decides on them


class Purse:
    """The currencies of a document.

    "dollars" is what the document itself shows ("Canadian dollars", `A$`), else the row of
    `currencies.toml` that has the noun; other nouns also follow the country of the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text[:SAMPLE]
        self._seen: dict[str, str] = {}

    def noun(self, noun: str) -> str:
        """The ISO code for a bare currency noun."""
        singular = noun[:-1] if noun.endswith("s") and noun[:-1] in _A.nouns else noun
        if singular not in self._seen:
            self._seen[singular] = self._look(singular)
        return self._seen[singular]

    def _look(self, noun: str) -> str:
        default = _A.nouns.get(noun, "USD")
        full: dict[str, int] = {}
        for m in re.finditer(rf"\b{re.escape(noun)}s?\b", self.text, re.I):
            named = _P["named"].search(self.text[max(0, m.start() - 30) : m.start()])
            words = _P["break"].split(named[1].casefold()) if named else []
            phrases = [f"{phrase} {noun}" for phrase in (" ".join(words), *words[-1:])]
            code = next((_A.names[phrase] for phrase in phrases if phrase in _A.names), None)
            if code:
                full[code] = full.get(code, 0) + 1
        if noun == "dollar":
            for m in _P["marked"].finditer(self.text):
                sign = _A.before.get(m[1])
                if sign and not sign.only:
                    full[sign.unit] = full.get(sign.unit, 0) + 1
        if not full:
            return default if noun in PLAIN else self._by_country(noun, default)
        return default if default in full else min(full, key=lambda c: (-full[c], c))

    def _by_country(self, noun: str, default: str) -> str:
        best, most = default, 0
        for name, code in _A.names.items():
            adjective, _, head = name.rpartition(" ")
            if head != noun or len(adjective) < 4:
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
            default = _A.nouns.get(noun, "")
            named = (n for n, code in _A.names.items() if code == default and " " in n)
            stems = "|".join(sorted({re.escape(n.split()[-2][:5]) for n in named}))
            self._seen[key] = "yes" if re.search(rf"\b(?:{stems})", self.text, re.I) else ""
        return bool(self._seen[key])

    @cached_property
    def cents(self) -> str:
        """What "cents" are parts of: the document's dollars, or euros where it has no dollars."""
        euro = _P["euros"].search(self.text) and not _P["dollars"].search(self.text)
        return "EUR" if euro else self.noun("dollar")

    @cached_property
    def shares(self) -> bool:
        """Does the document speak of shares, so that "68 p" is money?"""
        return _P["shares"].search(self.text) is not None

    @cached_property
    def dollars(self) -> str:
        """What a bare "$" is."""
        return "USD" if _P["us_marked"].search(self.text) else self.noun("dollar")

    @cached_property
    def _imperial(self) -> bool:
        """Are bare "pounds" weights here (dollars, and no sign of British money)?"""
        return bool(_P["american"].search(self.text)) and _P["british"].search(self.text) is None

    def weighs(self, text: str, start: int, end: int) -> bool:
        """Do the bare pounds weigh?  The nearest word that says so decides, else the document."""
        left = _P["clause"].split(text[max(0, start - 80) : start])[-1]
        right = _P["clause"].split(text[end : end + 50])[0]
        cues = [(len(left) - m.end(), m.lastgroup) for m in _P["pounds"].finditer(left)]
        cues += [(m.start(), m.lastgroup) for m in _P["pounds"].finditer(right)]
        return min(cues)[1] == "weight" if cues else self._imperial
