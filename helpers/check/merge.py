"""Tables with the corrections in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pandas as pd

from ..documents import KitError, Problems
from ..figures import Figure, figures_in
from ..names import named_in
from ..show import Rows
from ..text import Span, paragraphs
from ..text.wording import known
from ..themes import load_speakers
from ..themes.speakers import Person, form_of
from .corrections import COLUMNS, NO_ROW, Line, cells_of, in_common, last_said, spans_said
from .rates import with_own_confidence

TIMEX = re.compile(
    r"(?:FY)?[\dX]{1,4}(?:[-/T][\dXWEQHSPUFAIMON:T/.-]{1,24})?|PT?[\dX][\dXYMWDTHSQE.]{0,12}|[A-Z]+_REF"
)
NUMBER = r"[-+]?[\d,]{0,30}\.?\d{1,30}(?:e\d{1,2})?"  # -1,200.5, 4e9
AMOUNT = re.compile(rf"({NUMBER})(?: ?[-–] ?({NUMBER}))?")
Row = dict[str, object]


def corrected(
    table: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """A quotes or figures table with what people corrected: cells, rows too many, rows missed.

    table : as `find_quotes` or `find_figures` gives it, of these documents.
    corrections : the table of `read_corrections`, or the path that `load` was given.

    Returns the same columns in the order of the texts, and where somebody has checked something
    one more, `checked`: right, corrected or added, missing where nobody looked.  A corrected
    speaker gets kind and role of that speaker's other quotes in the document; where the path is
    given, else those of `speakers.csv`, and a confidence that was learned (see `learn`).
    `attrs["stale"]` lists the lines that hold of nothing here, and `why`: the text has changed, or
    the document is gone.
    Raises KitError when the table is another one, or a file cannot be read.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> "checked" in corrected(find_quotes(documents), documents, "seeds")
    False
    """
    people: dict[str, Person] = {}
    if not isinstance(corrections, pd.DataFrame):
        table, people = with_own_confidence(table, corrections), load_speakers(corrections)
    name, docs, keys, told, _, stale = last_said(table, documents, corrections)
    if not told and not stale:
        return table.copy()
    if "checked" in table:
        raise KitError("the table is corrected already — give that of find_quotes or find_figures")
    rows = [row | {"checked": None} for row in table.to_dict("records")]
    found = {(row["doc"], row["start"], row["end"]): row for row in rows}
    free = [row for key, row in zip(keys, rows, strict=True) if key not in told]
    for (sha256, *place), line in told.items():
        for doc in docs[sha256]:
            text = str(documents.at[doc, "text"])
            try:
                spans = spans_said(line["words"], (place[0], place[1]))
                least = 0.9 if line["verdict"] == "missed" else 0.5
                row = found.get((doc, *place)) or _nearest(free, doc, spans, least)
                if line["verdict"] in NO_ROW:
                    rows = [one for one in rows if one is not row]
                    continue
                now = row or _missed(name, doc, spans, line, text)
                cells = _changes(now, line, spans, text) | _facts(now, line, text, rows, people)
                now |= cells | {"checked": "corrected" if cells else "right"}
                rows += [] if row else [now | {"checked": "added"}]
            except KitError as problem:
                stale.append(line | {"why": str(problem)})
    order = {doc: number for number, doc in enumerate(documents.index)}
    rows.sort(key=lambda row: (order[row["doc"]], row["start"], row["end"]))
    columns = [*table.columns] + ["checked"] * any(row["checked"] for row in rows)
    merged = pd.DataFrame(rows, columns=columns, dtype=object).astype(table.dtypes.to_dict())
    merged.attrs = table.attrs | {"stale": Problems(stale, columns=[*COLUMNS, "why"])}
    return merged


def value_cells(words: str, kind: str) -> Row:
    """The cells of a value as people write it; raises KitError for what is none.

    >>> value_cells("10-15", "percent"), value_cells("P3D", "duration")["timex"]
    ({'value': None, 'low': 10.0, 'high': 15.0}, 'P3D')
    """
    if kind in ("date", "duration"):
        if words and not TIMEX.fullmatch(words):
            raise KitError(f"{words[:40]!r} is no TIMEX3 value — write 2017-11-23, 2016 or P3D")
        return {"timex": words or None, "value": None}
    ends = AMOUNT.fullmatch(words)
    numbers = [float(end.replace(",", "")) for end in ends.groups() if end] if ends else []
    if not numbers or numbers != sorted(numbers):
        raise KitError(f"{words[:40]!r} is no number or range — write 1200, 4e9 or 10–15")
    names = ("low", "high") if len(numbers) > 1 else ("value",)
    return {"value": None, "low": None, "high": None} | dict(zip(names, numbers, strict=True))


def _nearest(rows: Rows, doc: object, spans: list[Span], least: float) -> Row | None:
    """The row of another kit that must be the same one, since it has so much of its place."""
    mine = [row for row in rows if row["doc"] == doc]
    shares = [in_common(spans, [(row["start"], row["end"])]) for row in mine]
    return mine[shares.index(max(shares))] if max(shares, default=0) >= least else None


def figure_in(words: str, value: str = "", unit: str = "") -> Row:
    """The cells of a figure that the kit has missed: as it reads the words alone, or as said.

    Raises KitError where neither says what the figure is.

    >>> figure_in("€ 12 million")["value"], figure_in("a dozen eggs", "12", "%")["kind"]
    (12000000.0, 'percent')
    """
    found = figures_in(words)
    cells = cells_of(asdict(found[0])) if found else {"value": "", "unit": ""}
    if value not in ("", cells["value"]) or unit not in ("", cells["unit"]):
        found = figures_in(f"{value or cells['value']} {unit or cells['unit']}")
    if not found and not value:
        what = f"{words[:40]!r} says no value that the kit can read"
        raise KitError(f"{what} — put it into its field")
    kind = "duration" if value.startswith("P") else "date" if TIMEX.fullmatch(value) else "number"
    row = Figure(0, len(words), words, "count" if unit else kind)
    return asdict(found[0] if found else row) | {"text": words}


def _missed(name: str, doc: object, spans: list[Span], line: Line, text: str) -> Row:
    """The row of a quote or figure that the kit has missed, but for what a person says of it."""
    row: Row = {"doc": doc, "start": -1, "end": -1}  # nowhere yet
    if name == "figures":
        return figure_in(text[spans[0][0] : spans[-1][1]], line["value"], line["unit"]) | row
    marks = [text[:start][-1:] in tuple('“"„«') for start, _ in spans]
    kind = "direct" if all(marks) else "mixed" if any(marks) else "indirect"
    row |= {"kind": kind, "quote": "", "cue_spans": [], "source_spans": []}
    return row | {"stance": "affirmed", "speaker": None, "inferred": False, "confidence": 1.0}


def _changes(row: Row, line: Line, spans: list[Span], text: str) -> Row:
    """The place and the value of a row, where somebody found others to be right."""
    cells, before = {}, cells_of(row)
    start, end = spans[0][0], spans[-1][1]
    if spans != [(row["start"], row["end"])] and (line["words"] or row["start"] < 0):
        if not all(0 <= a < b <= len(text) for a, b in spans):
            raise KitError("its words have no place in the text")
        paragraph = bisect_right(paragraphs(text), start, key=lambda part: part[0]) - 1
        cells |= {"start": start, "end": end, "paragraph": max(paragraph, 0)}
        pieces = " … ".join(text[slice(*span)] for span in spans)
        cells |= {"quote": pieces, "spans": spans} if "quote" in row else {"text": pieces}
    if line["value"] != before.get("value", line["value"]):
        cells |= value_cells(line["value"], row["kind"])
    for name in ("unit", "of"):
        cells |= {name: line[name] or None} if line[name] != before.get(name, line[name]) else {}
    return cells


def _facts(row: Row, line: Line, text: str, rows: Rows, people: Mapping[str, Person]) -> Row:
    """The right speaker with kind and role, where the row has another one."""
    now = line["speaker"]
    if now == cells_of(row).get("speaker", now):
        return {}
    mates = [one for one in rows if one["speaker"] == now and one is not row] if now else []
    here = [one for one in mates if one["doc"] == row["doc"]]
    kinds = [one["speaker_kind"] for one in here + mates]
    kinds += [one.kind for one in named_in(text) if form_of(one.name) == form_of(now)]
    roles = [one["role"] for one in here] + [people.get(form_of(now), Person(now)).role]
    first_kind, role = (next(filter(known, facts), None) for facts in (kinds, roles))
    return {"speaker": now or None, "inferred": False, "speaker_kind": first_kind, "role": role}
