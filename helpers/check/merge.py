"""Tables with the corrections in them."""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ..documents import KitError, Problems
from ..show import Rows
from ..text import paragraphs
from ..text.wording import known
from .corrections import (
    COLUMNS,
    FIELDS,
    MISSED,
    NO_ROW,
    Line,
    common,
    keys_of,
    last_said,
    read_corrections,
    span_of,
    text_sha256,
)
from .learn import with_own_confidence

TIMEX = re.compile(
    r"(?:FY)?[\dX]{1,4}(?:[-/T][\dXWEQHSPUFAIMON:T/.-]{1,24})?|PT?[\dX][\dXYMWDTHSQE.]{0,12}|[A-Z]+_REF"
)
RANGE = re.compile(r"(-?\d[\d.,]{0,30}) ?[-–] ?(-?\d[\d.,]{0,30})")
GONE = "gone"


def corrected(
    table: pd.DataFrame, documents: pd.DataFrame, corrections: pd.DataFrame | str | Path
) -> pd.DataFrame:
    """A quotes or figures table with what people corrected: cells, rows too many, quotes missed.

    table : as `find_quotes` or `find_figures` gives it, of these documents.
    corrections : the table of `read_corrections`, or the path that `load` was given.

    Returns the same columns in the order of the texts, and where somebody has checked something
    one more, `checked`: right, corrected or added, missing where nobody looked.  A corrected
    speaker gets the role of that speaker's other quotes in the document; where a confidence was
    learned (see `learn`) and the path is given, it goes by that.  `attrs["stale"]` lists
    the lines that hold of nothing here, and `why`: the text has changed, or the document is gone.
    Raises KitError when the table is another one, or the file cannot be read.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> "checked" in corrected(find_quotes(documents), documents, "seeds")
    False
    """
    if not isinstance(corrections, pd.DataFrame):
        table = with_own_confidence(table, corrections)
        corrections = read_corrections(corrections)
    if not len(corrections):
        return table.copy()
    name = table_name(table, documents)
    if "checked" in table:
        raise KitError("the table is corrected already — give that of find_quotes or find_figures")
    told, stale = last_said(corrections, documents, name)
    hashes = documents["text"].map(text_sha256)
    same_text = hashes.groupby(hashes).groups
    rows = [row | {"checked": None} for row in table.to_dict("records")]
    found = {(row["doc"], row["start"], row["end"]): row for row in rows}
    free = [
        row for key, row in zip(keys_of(table, documents), rows, strict=True) if key not in told
    ]
    for (sha256, *place), line in told.items():
        for doc in same_text[sha256]:
            text = str(documents.at[doc, "text"])
            try:
                now = span_of(line["words"]) if line["words"] else place
                least = 0.9 if line["verdict"] == MISSED else 0.5
                row = found.get((doc, *place)) or _nearest(free, doc, now, least)
                if line["verdict"] in NO_ROW.values():
                    row = row or {}
                    row["checked"] = GONE
                elif row:
                    cells = _changes(row, line, text, rows)
                    row |= cells | {"checked": "corrected" if cells else "right"}
                elif name == "quotes":
                    rows.append(_added(doc, line, text, rows))
                else:
                    raise KitError("the kit finds no such figure now")
            except KitError as problem:
                stale.append(line | {"why": str(problem)})
    rows = [row for row in rows if row["checked"] != GONE]
    order = {doc: number for number, doc in enumerate(documents.index)}
    rows.sort(key=lambda row: (order[row["doc"]], row["start"], row["end"]))
    columns = [*table.columns] + ["checked"] * any(row["checked"] for row in rows)
    merged = pd.DataFrame(rows, columns=columns, dtype=object).astype(table.dtypes.to_dict())
    merged.attrs = table.attrs | {"stale": Problems(stale, columns=[*COLUMNS, "why"])}
    return merged


def table_name(table: pd.DataFrame, documents: pd.DataFrame) -> str:
    """quotes or figures; raises KitError for other tables, and those of other documents."""
    if "doc" in table and not set(table["doc"]) <= set(documents.index):
        raise KitError("the table has rows of other documents — give the documents it was made of")
    for name, sign in (("quotes", "quote"), ("figures", "timex")):
        if {"doc", sign} <= set(table.columns):
            return name
    raise KitError("no quotes and no figures — give the table of find_quotes or find_figures")


def cells_of(row: Mapping[str, object]) -> dict[str, str]:
    """What of a row can be corrected, in words; the words of a quote by their place.

    >>> cells_of({"timex": None, "value": 1200.0, "unit": "EUR", "of": None})
    {'value': '1200', 'unit': 'EUR', 'of': ''}
    """
    numbers = [row.get(name) for name in ("value", "low", "high")]
    value = "–".join(f"{float(number):.12g}" for number in numbers if known(number))
    cells = {"words": f"{row.get('start')}-{row.get('end')}", "value": row.get("timex")}
    cells["value"] = cells["value"] if known(cells["value"]) else value
    names = FIELDS["quotes" if "quote" in row else "figures"]
    given = {name: cells.get(name, row.get(name)) for name in names}
    return {name: str(cell) if known(cell) else "" for name, cell in given.items()}


def amount(words: str) -> dict[str, float | None]:
    """A value, or the two ends of a range, as people write them; raises KitError for other words.

    >>> amount("1,200"), amount("10-15")["high"]
    ({'value': 1200.0, 'low': None, 'high': None}, 15.0)
    """
    ends = RANGE.fullmatch(words.strip())
    given = dict(low=ends[1], high=ends[2]) if ends else {"value": words.strip()}
    try:
        found = {name: float(number.replace(",", "")) for name, number in given.items() if number}
    except ValueError as problem:
        raise KitError(f"{words[:40]!r} is no number — write 1200, 4e9 or 10–15") from problem
    low, high = found.get("low", 0.0), found.get("high", 0.0)
    if not all(map(math.isfinite, found.values())) or low > high:
        raise KitError(f"{words[:40]!r} is no number or range — write 1200, 4e9 or 10–15")
    return {"value": None, "low": None, "high": None} | found


def timex(words: str) -> str:
    """A TIMEX3 value as it is; raises KitError for other words.

    >>> timex("2017-11-23"), timex("P3D"), timex("XXXX-WXX-2")
    ('2017-11-23', 'P3D', 'XXXX-WXX-2')
    """
    if not TIMEX.fullmatch(words.strip()):
        raise KitError(f"{words[:40]!r} is no TIMEX3 value — write 2017-11-23, 2016 or P3D")
    return words.strip()


def _nearest(rows: Rows, doc: object, place: tuple[int, int], least: float) -> dict | None:
    """The row of another kit that must be the same one, since it has so much of its place."""
    shares = [(common(place, (row["start"], row["end"])), row) for row in rows if row["doc"] == doc]
    share, row = max(shares, key=lambda one: one[0], default=(0.0, None))
    return row if share >= least else None


def _changes(row: Mapping[str, object], line: Line, text: str, rows: Rows) -> dict[str, object]:
    """The cells of a row that are not as somebody found them to be."""
    cells: dict[str, object] = {}
    for name, before in cells_of(row).items():
        now = line[name]
        if name == "words" and (place := span_of(now)) != span_of(before):
            if not place[0] < place[1] <= len(text):
                raise KitError("its words have no place in the text")
            paragraph = bisect_right(paragraphs(text), place[0], key=lambda part: part[0]) - 1
            cells |= {"start": place[0], "end": place[1], "paragraph": max(paragraph, 0)}
            cells |= {"quote": text[slice(*place)], "spans": [place]}
        elif name == "speaker" and now != before:
            mates = (one for one in rows if (one["doc"], one["speaker"]) == (row["doc"], now))
            mate = next(mates, {})
            cells |= {"speaker": now or None, "inferred": False}
            cells |= {fact: mate.get(fact) for fact in ("speaker_kind", "role")}
        elif name == "value" and now != before:
            dated = row["kind"] in ("date", "duration")
            cells |= {"timex": timex(now) if now else None, "value": None} if dated else amount(now)
        elif name != "words" and now != before:
            cells[name] = now or None
    return cells


def _added(doc: object, line: Line, text: str, rows: Rows) -> dict[str, object]:
    """The row of a quote that the kit has missed."""
    before = text[: span_of(line["words"])[0]][-1:]
    row = {"doc": doc, "start": 0, "end": 0, "quote": "", "cue_spans": [], "source_spans": []}
    row |= {"kind": "direct" if before in tuple('“"„«') else "indirect", "stance": "affirmed"}
    row |= {"speaker": None, "inferred": False, "confidence": 1.0}
    return row | _changes(row, line, text, rows) | {"checked": "added"}
