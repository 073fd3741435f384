"""Which currency a bare noun or sign means in a document: what the document itself shows."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property

from .lexicon import affixes, alternation, patterns

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
        """The ISO code for a bare currency noun in the singular."""
        if noun not in self._seen:
            default = _A.nouns.get(noun) or _A.nouns.get(noun + "s", "USD")  # "soles" is no "sole"
            full = self.named(noun)
            if not full and noun not in PLAIN:
                full = self.named(noun, country=True)
            best = default if default in full or not full else min(full, key=lambda c: -full[c])
            self._seen[noun] = best
        return self._seen[noun]

    def named(self, noun: str, *, country: bool = False) -> Counter[str]:
        """How often the document names each currency of that noun, or its country."""
        codes = {name: code for name, code in _A.names.items() if name.endswith(" " + noun)}
        if country:  # "Philippin" of "Philippine peso"
            first = ((n.split()[-2], code) for n, code in reversed(codes.items()))
            codes = {land[:-1] if len(land) > 5 else land: code for land, code in first}
        found = re.findall(rf"\b({alternation(codes)})", self.text, re.I) if codes else []
        full = Counter(codes[re.sub(r"\s", " ", name.lower())] for name in found)
        if noun == "dollar":
            signs = (_A.before.get(sign) for sign in _P["marked"].findall(self.text))
            full.update(sign.unit for sign in signs if sign and not sign.only)
        return full

    @cached_property
    def cents(self) -> str:
        """What "cents" are parts of: the document's dollars, or euros where it has no dollars."""
        euro = _P["euros"].search(self.text) and not _P["dollars"].search(self.text)
        return "EUR" if euro else self.noun("dollar")

    @cached_property
    def dollars(self) -> str:
        """What a bare "$" is."""
        return "USD" if _P["us_marked"].search(self.text) else self.noun("dollar")

    def weighs(self, text: str, start: int, end: int) -> bool:
        """Do the bare pounds weigh?  The nearest word that says so decides, else the document."""
        left = _P["clause"].split(text[max(0, start - 80) : start])[-1]
        right = _P["clause"].split(text[end : end + 50])[0]
        cues = [(len(left) - m.end(), m.lastgroup) for m in _P["pounds"].finditer(left)]
        cues += [(m.start(), m.lastgroup) for m in _P["pounds"].finditer(right)]
        american = _P["american"].search(self.text) and not _P["british"].search(self.text)
        return min(cues)[1] == "weight" if cues else bool(american)
