"""Samples of rows to check, each in its passage, and what somebody says of one of them."""

from __future__ import annotations

import getpass
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from ..documents import KitError
from ..show import macros, page, passage, records, row_facts
from ..text.wording import plural
from .corrections import COLUMNS, COMPLETE, MISSED, VERDICTS, WRONG, Line, keys_of, text_sha256
from .merge import amount, cells_of, table_name, timex

LEAST_SURE = "least sure"
LONGEST = 200  # letters of what was, in the file


@dataclass(frozen=True)
class Sample:
    """Rows of a table to be checked, chosen `by` what; a notebook shows each in its passage."""

    rows: pd.DataFrame
    table: pd.DataFrame
    documents: pd.DataFrame
    by: str

    @cached_property
    def cards(self) -> list[dict[str, object]]:
        """Each row as it is put before people: facts, passage, and the cells to be corrected."""
        return [_card(self, row) for row in records(self.rows)]

    @property
    def said(self) -> str:
        """How many rows of how many, and how they were chosen."""
        return f"{len(self.rows):,} of {plural(len(self.table), 'row')}, chosen by: {self.by}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = [f"{n}. {card['facts']}" for n, card in enumerate(self.cards, 1)]
        parts = [
            macros("block", Markup(card["html"]), caption=head)
            for head, card in zip(heads, self.cards, strict=True)
        ]
        shown = page(Markup("").join(parts), "\n".join(heads), below=self.said)
        return shown._repr_mimebundle_()


def sample(
    table: pd.DataFrame, documents: pd.DataFrame, *, n: int = 20, by: str = "random", seed: int = 1
) -> Sample:
    """Some rows of the quotes or figures table, to be checked by a person.

    The same seed draws the same rows, whatever other documents there are.  Random rows, and those
    of one kind, tell how often the kit is right; the least sure ones are the soonest corrected.
    Rows that `corrected` has marked as checked are left out.

    table : as `find_quotes` or `find_figures` gives it, of these documents.
    n : how many rows, at most.  by : "random", "least sure" (quotes), or a kind, such as "direct".

    Raises KitError when there is no such kind, or no confidence to go by.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> sample(find_quotes(documents), documents).said
    '1 of 1 row, chosen by: random'
    """
    name, kinds = table_name(table, documents), sorted(set(table["kind"]))
    ways = ["random", *kinds] + [LEAST_SURE] * (name == "quotes")
    if by not in ways and len(table):
        raise KitError(f"{name} cannot be chosen by {by!r} — choose {', '.join(ways)}")
    rows = table[table["checked"].isna()] if "checked" in table else table
    rows = rows[rows["kind"] == by] if by in kinds else rows
    lots = [
        hashlib.sha256(f"{seed} {place}".encode()).hexdigest() for place in keys_of(rows, documents)
    ]
    order = rows.assign(lot=lots).sort_values(["confidence"] * (by == LEAST_SURE) + ["lot"])
    return Sample(rows.loc[order.index[: max(n, 0)]], table, documents, by)


def judged(
    sample: Sample, number: int, verdict: str, *, who: str = "", place: object = None,
    **fields: str,
) -> Line:  # fmt: skip
    """What somebody says of one row, as a line for `add_corrections`.

    number : of the row in the sample, from 0.
    verdict : "right", "wrong", "not a statement", "not a figure", "missed" (the text has another
        quote, with these words), "complete" (in the passage shown none is missing), "taken back".
    who : who says so; "" is the name of the account.
    fields : what is right, where that is not what stands there: speaker and words of a quote; value
        ("1,200", "10-15", of a date its TIMEX3), unit and of of a figure.
    place : start and end of the words; without it they are looked for near the row.

    Raises KitError when nothing is right instead, or its words are not in the text.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> rows = sample(find_quotes(documents), documents)
    >>> judged(rows, 0, "wrong", speaker="Eva Roe")["was"]
    'Ann Lee: It works.'
    """
    row, card = records(sample.rows)[number], sample.cards[number]
    text = str(sample.documents.at[row["doc"], "text"])
    name = table_name(sample.table, sample.documents)
    if verdict not in VERDICTS[name]:
        raise KitError(f"no verdict {verdict!r} — one of {', '.join(VERDICTS[name])}")
    start, end, now = row["start"], row["end"], cells_of(row)
    if verdict in (WRONG, MISSED):
        changed = {cell: fields[cell].strip() for cell in now if cell in fields}
        if "words" in changed and changed["words"] != card["fields"]["words"].strip():
            place = place or _place(text, changed["words"], start)
        changed["words"] = f"{place[0]}-{place[1]}" if place else now.get("words")
        changed = {cell: words for cell, words in changed.items() if words != now.get(cell)}
        if not changed or verdict == MISSED and not place:
            raise KitError("nothing has been changed — put what is right into the fields first")
        dated = row["kind"] in ("date", "duration")
        if "value" in changed and (changed["value"] or not dated):
            (timex if dated else amount)(changed["value"])
        now |= changed
    was = " ".join(f"{row.get('speaker') or ''}: {text[start:end]}".removeprefix(": ").split())
    if verdict == MISSED:
        (start, end), was = place, ""
    elif verdict == COMPLETE:
        start, end, was, now = card["begin"], card["stop"], "", {}
    if "words" in now:
        now["words"] += " " + _short(text[slice(*map(int, now["words"].split("-")))])
    kept = {"sha256": text_sha256(text), "doc": row["doc"], "start": start, "end": end}
    kept |= {"table": "passages" if verdict == COMPLETE else name, "verdict": verdict}
    kept |= {"was": _short(was), **now, "who": who or getpass.getuser()}
    kept["by"] = verdict if verdict in (MISSED, COMPLETE) else sample.by
    kept["when"] = datetime.now(UTC).isoformat(timespec="seconds")
    return {column: str(kept.get(column, "")) for column in COLUMNS}


def check_rows(sample: Sample, documents: str | Path, *, who: str = "") -> object:
    """Shows a sample row by row, to be judged by mouse and keyboard.

    Each verdict is added to `corrections.csv` at once.  Where no widget can run, as on GitHub, the
    sample itself stands there; `save_sheet` makes a sheet of it.

    documents : the path that `load` was given; who : who checks, "" is the name of the account.
    """
    try:
        from .widget import Checker  # its libraries are needed only here
    except ImportError:
        return sample
    return Checker(sample, documents, who or getpass.getuser())


def _card(sample: Sample, row: Mapping[str, object]) -> dict[str, object]:
    text = str(sample.documents.at[row["doc"], "text"])
    html, (begin, stop) = passage(text, row, records(sample.table, row["doc"]))
    words = {"words": " ".join(text[row["start"] : row["end"]].split())}
    fields = {name: words.get(name, cell) for name, cell in cells_of(row).items()}
    shown = {"facts": f"{row['doc']}: {row_facts(row)}", "html": str(html), "fields": fields}
    return shown | {"doc": str(row["doc"]), "begin": begin, "stop": stop}


def _place(text: str, words: str, near: int) -> tuple[int, int]:
    """Where words are in a text, however its lines break: the place that is next to the row."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = [match.span() for match in re.finditer(pattern, text)] if pattern else []
    if not found:
        raise KitError(f"“{_short(words)}” is not in the document — copy the words from its text")
    return min(found, key=lambda place: abs(place[0] - near))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
