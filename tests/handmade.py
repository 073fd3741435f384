"""Contract-shaped tables of the seed article made by hand, for the tests of what shows them."""
from __future__ import annotations

import re
from functools import cache

import pandas as pd

from helpers import load

QUOTE_COLUMNS = ["doc", "start", "end", "paragraph", "kind", "quote", "spans", "cue_spans",
                 "source_spans", "cue", "source", "speaker", "speaker_kind", "role", "inferred",
                 "stance", "confidence"]
FIGURE_COLUMNS = ["doc", "start", "end", "paragraph", "text", "kind", "value", "low", "high",
                  "unit", "modifier", "of", "timex", "when", "speaker"]
PHRASE_COLUMNS = ["doc", "phrase", "score", "count", "spans"]
THEME_COLUMNS = ["doc", "paragraph", "start", "end", "theme", "weight", "evidence"]
ALIMOV = "Rashid Alimov"

# first words, last words, kind, cue, source, speaker
QUOTES = [
    ("On the first day", "within the Organization", "indirect", "according to",
     "the website of the organization", "the website of the organization"),
    ('the "continuing turbulence', 'modern world."', "mixed", "recalled", "He", ALIMOV),
    ("To give impetus", "broad international cooperation", "direct", "noted", "Alimov", ALIMOV),
    ("that the economic interconnectedness", "joint development programs", "indirect", "stressed",
     "the Secretary General", ALIMOV),
    ("Today, the SCO participants", "exceeded $ 40 billion", "direct", "Said", "Alimov", ALIMOV),
    ("that economic cooperation within", "communications and telecommunications", "indirect",
     "also noted", "Rashid Alimov", ALIMOV),
    ("the special significance", "transport project", "indirect", "recalled", "Alimov", ALIMOV),
    ("The document created", "great practical interest", "direct", "noted",
     "the Secretary-General", ALIMOV),
]
# words around it with the figure between | |, then the facts that are not missing
FIGURES = [
    ("On |November 23|,", {"kind": "date", "timex": "XXXX-11-23"}),
    ("the |Second| Ministerial", {"kind": "ordinal", "value": 2.0}),
    ("the |first| day", {"kind": "ordinal", "value": 1.0}),
    ("in |2016| exceeded", {"kind": "date", "timex": "2016", "speaker": ALIMOV}),
    ("exceeded |$ 40 billion|", {"kind": "money", "value": 4e10, "unit": "USD",
                                 "modifier": "over", "when": "2016", "speaker": ALIMOV,
                                 "of": "mutual accumulated investments of the SCO member states"}),
    ("The |second| UN", {"kind": "ordinal", "value": 2.0}),
    ("from |21 to 24 November|.", {"kind": "date", "timex": "XXXX-11-21/XXXX-11-24"}),
    ("until |2030|.", {"kind": "date", "timex": "2030", "modifier": "until"}),
]
THEMES = {"transport": r"transport\w*|road|automobile", "trade and investment":
          r"trade|invest\w+|market|customs", "finance": r"financ\w+|bank\w*",
          "infrastructure": r"infrastructure|\w*communications",
          "institutions": r"ministries|departments|Secretariat|ESCAP|mechanisms"}


@cache
def text() -> str:
    return load("seeds")["text"].iloc[0]


def documents() -> pd.DataFrame:
    return load("seeds")


def doc() -> str:
    return load("seeds").index[0]


def paragraphs() -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\n]+", text())]


def paragraph_of(place: int) -> int:
    return next(i for i, (start, end) in enumerate(paragraphs()) if start <= place < end)


def quotes() -> pd.DataFrame:
    rows = []
    for first, last, kind, cue, source, speaker in QUOTES:
        start = text().index(first)
        end = text().index(last, start) + len(last)
        number = paragraph_of(start)
        base, stop = paragraphs()[number]
        where = _nearest(cue, start, end, base, stop)
        who = _nearest(source, *where, base, stop)
        person = speaker == ALIMOV
        rows.append([doc(), start, end, number, kind, text()[start:end], [(start, end)],
                     [where], [who], cue, source, speaker,
                     "person" if person else "document", "Secretary-General" if person else None,
                     False, "affirmed", 0.9])
    return pd.DataFrame(rows, columns=QUOTE_COLUMNS)


def _nearest(words: str, start: int, end: int, base: int, stop: int) -> tuple[int, int]:
    """The occurrence of words in the paragraph that is nearest to a span and outside it."""
    found = [(base + m.start(), base + m.end())
             for m in re.finditer(rf"\b{re.escape(words)}\b", text()[base:stop])]
    outside = [span for span in found if span[1] <= start or span[0] >= end]
    return min(outside, key=lambda span: min(abs(span[1] - start), abs(span[0] - end)))


def figures() -> pd.DataFrame:
    rows = []
    for around, facts in FIGURES:
        left, words, right = around.split("|")
        start = text().index(left + words + right) + len(left)
        rows.append({"doc": doc(), "start": start, "end": start + len(words),
                     "paragraph": paragraph_of(start), "text": words} | facts)
    return pd.DataFrame(rows, columns=FIGURE_COLUMNS)


def themes() -> pd.DataFrame:
    rows = []
    for number, (start, end) in enumerate(paragraphs()):
        for theme, pattern in THEMES.items():
            evidence = [(start + m.start(), start + m.end())
                        for m in re.finditer(rf"\b(?:{pattern})\b", text()[start:end])]
            if evidence:
                rows.append([doc(), number, start, end, theme,
                             len(evidence) / len(text()[start:end].split()), evidence])
    return pd.DataFrame(rows, columns=THEME_COLUMNS)


def phrases() -> pd.DataFrame:
    rows = []
    for phrase in ("economic cooperation", "transport", "SCO member states", "investments",
                   "international road transport"):
        spans = [m.span() for m in re.finditer(re.escape(phrase), text())]
        rows.append([doc(), phrase, len(phrase.split()) * len(spans) / 3, len(spans), spans])
    table = pd.DataFrame(rows, columns=PHRASE_COLUMNS)
    return table.sort_values("score", ascending=False, ignore_index=True)


def empty(columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame({column: [] for column in columns})
