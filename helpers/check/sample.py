"""Samples of rows to check: each in its passage, on a sheet, and what somebody says of one."""

from __future__ import annotations

import getpass
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from zipfile import BadZipFile

import pandas as pd
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..documents import KitError, bare, safe
from ..show import macros, page, passage, records, row_facts
from ..show.save import save_workbook
from ..text import Span
from ..text.wording import plural
from .corrections import (
    COLUMNS,
    FIELDS,
    LONGEST,
    VERDICTS,
    Key,
    Line,
    add_new,
    cells_of,
    keys_of,
    spans_said,
    table_name,
)  # fmt: skip
from .merge import figure_in, value_cells

LEAST_SURE = "least sure"
GAP = " … "  # between the pieces of a quote
NO_SUCH_ROW = (
    "no such row here: the text has changed, the sheet is of the other table, or the row is your "
    "own — for one that the kit has missed copy a row of its document and change that"
)
KEY = ["by", "sha256", "start", "end"]  # hidden columns of a sheet, the last ones


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
        cards = []
        for row in records(self.rows):
            around = records(self.table, row["doc"])
            html, (begin, stop) = passage(self.text_of(row["doc"]), row, around)
            words = " ".join(str(row["quote" if "quote" in row else "text"]).split())
            card = {"facts": f"{row['doc']}: {row_facts(row)}", "html": str(html)}
            card |= {"doc": row["doc"], "begin": begin, "stop": stop}
            cards.append(card | {"fields": cells_of(row) | {"words": words}})
        return cards

    @cached_property
    def name(self) -> str:
        """Of the table: quotes or figures."""
        return table_name(self.table, self.documents)

    @cached_property
    def keys(self) -> list[Key]:
        """What corrections know each row by."""
        return keys_of(self.rows, self.documents.loc[self.rows["doc"].unique()])

    @property
    def said(self) -> str:
        """How many rows of how many, and how they were chosen."""
        return f"{len(self.rows):,} of {plural(len(self.table), 'row')}, chosen by: {self.by}"

    def text_of(self, doc: object) -> str:
        """The text of a document."""
        return str(self.documents.at[doc, "text"])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        heads = [f"{n}. {card['facts']}" for n, card in enumerate(self.cards, 1)]
        shown = page(macros("cards", self.cards), "\n".join(heads), below=self.said)
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

    Raises KitError when there is no such kind, no confidence to go by, or no row asked for.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> sample(find_quotes(documents), documents).said
    '1 of 1 row, chosen by: random'
    """
    name, kinds = table_name(table, documents), sorted(set(table["kind"]))
    ways = ["random", *kinds] + [LEAST_SURE] * (name == "quotes")
    if not isinstance(n, int) or n < 1:
        raise KitError(f"n={n!r:.40} is no number of rows — ask for one row or more")
    if by not in ways and len(table):
        raise KitError(f"{name} cannot be chosen by {by!r} — choose {', '.join(ways)}")
    rows = table[table["checked"].isna()] if "checked" in table else table
    rows = rows[rows["kind"] == by] if by in kinds else rows
    keys = (f"{seed} {key}".encode() for key in keys_of(rows, documents))
    rows = rows.assign(lot=[hashlib.sha256(key).hexdigest() for key in keys])
    order = rows.sort_values(["confidence"] * (by == LEAST_SURE) + ["lot"]).index
    return Sample(rows.loc[order[:n]].drop(columns="lot"), table, documents, by)


def judged(
    sample: Sample,
    number: int,
    verdict: str,
    *,
    who: str = "",
    place: Sequence[Span] | None = None,
    **fields: str,
) -> Line:
    """What somebody says of one row, as a line for `add_corrections`.

    number : of the row in the sample, from 0.
    verdict : "right", "wrong", "not a statement", "not a figure", "missed" (the text has another
        one, with these words), "complete" (in the passage shown no quote is missing), "taken back".
    who : who says so; "" is the name of the account.
    fields : what is right, where that is not what stands there: words; speaker of a quote; value
        ("1,200", "10-15", of a date its TIMEX3), unit and of of a figure.  " … " stands between the
        pieces of a quote that is split.
    place : start and end of each piece; without it the words are looked for near the row.

    Raises KitError when nothing is right instead, or its words are not in the text.

    >>> from helpers import find_quotes
    >>> documents = pd.DataFrame({"text": ["Ann Lee said: “It works.”"]})
    >>> rows = sample(find_quotes(documents), documents)
    >>> judged(rows, 0, "wrong", speaker="Eva Roe")["was"]
    'Ann Lee: It works.'
    """
    if number not in range(len(sample.rows)):
        raise KitError(f"no row {number!r:.40} — the sample has {len(sample.rows)}, from 0 on")
    row, card = records(sample.rows.iloc[[number]])[0], sample.cards[number]
    verdict = " ".join(str(verdict).split()).casefold()
    if verdict not in VERDICTS[sample.name]:
        raise KitError(f"no verdict {verdict[:40]!r} — one of {', '.join(VERDICTS[sample.name])}")
    text, table, by = sample.text_of(row["doc"]), sample.name, sample.by
    start, end, now = row["start"], row["end"], cells_of(row)
    was = " ".join(f"{row.get('speaker') or ''}: {text[start:end]}".removeprefix(": ").split())
    if verdict in ("wrong", "missed"):
        changed = {cell: str(fields[cell]).strip() for cell in now if cell in fields}
        words = changed.pop("words", "")
        if not place and words not in ("", card["fields"]["words"].strip()):
            place = _places(text, words, start)
        if len(place or ()) > 1 and table == "figures":
            raise KitError("a figure stands in one place — select it as a whole")
        if place:
            changed["words"] = ";".join(f"{begin}-{stop}" for begin, stop in place)
        changed = {cell: said for cell, said in changed.items() if said != now[cell]}
        if not changed or verdict == "missed" and not place:
            raise KitError("nothing has been changed — put what is right into the fields first")
        if verdict == "missed":
            start, end, was, by = place[0][0], place[-1][1], "", verdict
        if verdict == "missed" and table == "figures":
            row = figure_in(text[start:end], changed.get("value", ""), changed.get("unit", ""))
            now = cells_of(row)
        if "value" in changed:
            value_cells(changed["value"], row["kind"])  # raises
        now |= changed
    elif verdict == "complete":
        start, end, was, now = card["begin"], card["stop"], "", {}
        table, by = "passages", verdict
    if "words" in now:
        spans = spans_said(now["words"], (start, end))
        now["words"] += " " + _short(GAP.join(text[a:b] for a, b in spans))
    line = {"sha256": sample.keys[number][0], "doc": card["doc"], "table": table, "start": start}
    line |= {"end": end, **now, "verdict": verdict, "was": _short(was), "by": by}
    line |= {"who": who or getpass.getuser(), "when": datetime.now(UTC).isoformat("T", "seconds")}
    return {column: str(line.get(column, "")) for column in COLUMNS}


def check_rows(sample: Sample, documents: str | Path, *, who: str = "") -> object:
    """Shows a sample row by row, to be judged by mouse and keyboard.

    Each verdict is added to `corrections.csv` at once.  Where no widget can run, as on GitHub, the
    sample itself stands there; `save_sheet` makes a sheet of it.

    documents : the path that `load` was given; who : who checks, "" is the name of the account.
    """
    from .widget import Checker  # its libraries are needed only here

    return Checker(sample, documents, who or getpass.getuser())


def save_sheet(sample: Sample, path: str | Path = "check.xlsx") -> Path:
    """A workbook with each row of a sample in its passage, to be filled in.

    The column `verdict` offers a list; for "wrong", and "missed" (in a copy of a row of the same
    document), the cells beside it are changed to what is right.

    path : the file to write; one that is there is left as it is, since it may be filled in.
    Raises KitError when it cannot be written.
    """
    if Path(path).exists():
        return Path(path)
    columns = ["n", "row", "passage", "verdict", *FIELDS[sample.name], *KEY]
    rows = []
    for n, (card, key) in enumerate(zip(sample.cards, sample.keys, strict=True), 1):
        words = sample.text_of(card["doc"])[card["begin"] : card["stop"]]
        said = [*map(safe, card["fields"].values()), sample.by, *map(str, key)]
        rows.append([n, card["facts"], words, "", *said])
    try:
        book = load_workbook(save_workbook({"check": pd.DataFrame(rows, columns=columns)}, path))
        offered = DataValidation(type="list", formula1=f'"{",".join(VERDICTS[sample.name])}"')
        offered.add("D2:D9999")
        book["check"].add_data_validation(offered)
        first, last = (get_column_letter(len(columns) - n) for n in (len(KEY) - 1, 0))
        book["check"].column_dimensions.group(first, last, hidden=True)
        book.save(path)
    except OSError as problem:
        raise KitError(f"{path} cannot be written ({problem.strerror}) — name another") from problem
    return Path(path)


def read_sheet(
    path: str | Path, table: pd.DataFrame, documents: pd.DataFrame, *, to: str | Path, who: str = ""
) -> pd.DataFrame:
    """Adds what was filled into a sheet to the corrections; what they hold already counts once.

    path : the workbook; table, documents : what its sample was taken from.
    to : the path that `load` was given; who : who has filled it in.

    Returns a row for each verdict: columns n, verdict, noted (yes, or why not).
    Raises KitError when it is no such workbook, or the corrections cannot be written.
    """
    try:
        filled = pd.read_excel(path, sheet_name="check", dtype=str, keep_default_na=False)
        filled = filled[filled["verdict"].str.strip() != ""].map(bare).to_dict("records")
    except (OSError, ValueError, KeyError, BadZipFile) as problem:
        raise KitError(f"{path} is no sheet of save_sheet ({problem}) — save as .xlsx") from problem
    places = {tuple(map(str, key)): at for at, key in enumerate(keys_of(table, documents))}
    fields = FIELDS[table_name(table, documents)]
    noted = []
    for row in filled:
        try:
            place = tuple(row.get(name) for name in KEY[1:])
            if place not in places:
                raise KitError(NO_SUCH_ROW)
            one = Sample(table.iloc[[places[place]]], table, documents, row["by"])
            given = {name: row[name] for name in fields if name in row}
            add_new([judged(one, 0, row["verdict"], who=who, **given)], to)
            noted.append("yes")
        except KitError as problem:
            noted.append(str(problem))
    return pd.DataFrame(filled, columns=["n", "verdict"]).assign(noted=noted)


def _places(text: str, words: str, near: int) -> list[Span]:
    """Where words are in a text, however its lines break: the place that is next to the row.

    Words that are not there as a whole are looked for in pieces, one after the other.
    """
    if whole := _place(text, words, near):
        return [whole]
    places: list[Span] = []
    for piece in words.split(GAP):
        place = _place(text, piece, near, places[-1][1] if places else 0)
        if not place:
            what = f"“{_short(piece)}” is not in the document"
            raise KitError(f"{what} — copy the words from its text, with “{GAP.strip()}” for a gap")
        places.append(place)
    return places


def _place(text: str, words: str, near: int, after: int = 0) -> Span | None:
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())) or "(?!)")
    found = (match.span() for match in pattern.finditer(text, after))
    return min(found, key=lambda place: abs(place[0] - near), default=None)


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST] + "…"
