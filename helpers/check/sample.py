"""Samples of rows to check, each in its passage, and what somebody says of one of them."""

from __future__ import annotations

import getpass
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import pandas as pd
from markupsafe import Markup

from ..documents import KitError
from ..show import macros, page, passage, records, row_facts
from ..text import Span
from ..text.wording import plural
from .corrections import COLUMNS, VERDICTS, Key, Line, keys_of, spans_said, table_name
from .merge import cells_of, figure_in, value_cells

LEAST_SURE = "least sure"
GAP = " … "  # between the pieces of a quote
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
        return [self._card(row) for row in records(self.rows)]

    @cached_property
    def keys(self) -> list[Key]:
        """What corrections know each row by."""
        return keys_of(self.rows, self.documents.loc[self.rows["doc"].unique()])

    @property
    def name(self) -> str:
        """quotes or figures."""
        return table_name(self.table, self.documents)

    @property
    def said(self) -> str:
        """How many rows of how many, and how they were chosen."""
        return f"{len(self.rows):,} of {plural(len(self.table), 'row')}, chosen by: {self.by}"

    def text_of(self, doc: object) -> str:
        """The text of a document."""
        return str(self.documents.at[doc, "text"])

    def _card(self, row: Mapping[str, object]) -> dict[str, object]:
        text = self.text_of(row["doc"])
        html, (begin, stop) = passage(text, row, records(self.table, row["doc"]))
        fields = cells_of(row)
        fields["words"] = " ".join(str(row["quote" if "quote" in row else "text"]).split())
        shown = {"facts": f"{row['doc']}: {row_facts(row)}", "html": str(html), "fields": fields}
        return shown | {"doc": row["doc"], "begin": begin, "stop": stop}

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
    lots = [hashlib.sha256(key).hexdigest() for key in keys]
    order = rows.assign(lot=lots).sort_values(["confidence"] * (by == LEAST_SURE) + ["lot"])
    return Sample(rows.loc[order.index[:n]], table, documents, by)


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
    text, name = sample.text_of(row["doc"]), sample.name
    verdict = " ".join(str(verdict).split()).casefold()
    if verdict not in VERDICTS[name]:
        raise KitError(f"no verdict {verdict[:40]!r} — one of {', '.join(VERDICTS[name])}")
    start, end, now = row["start"], row["end"], cells_of(row)
    was = " ".join(f"{row.get('speaker') or ''}: {text[start:end]}".removeprefix(": ").split())
    if verdict in ("wrong", "missed"):
        changed = {cell: str(fields[cell]).strip() for cell in now if cell in fields}
        words = changed.pop("words", "")
        if not place and words not in ("", card["fields"]["words"].strip()):
            place = _places(text, words, start)
        if len(place or ()) > 1 and name == "figures":
            raise KitError("a figure stands in one place — select it as a whole")
        if place:
            changed["words"] = ";".join(f"{begin}-{stop}" for begin, stop in place)
        changed = {cell: said for cell, said in changed.items() if said != now[cell]}
        if not changed or verdict == "missed" and not place:
            raise KitError("nothing has been changed — put what is right into the fields first")
        if verdict == "missed":
            start, end, was = place[0][0], place[-1][1], ""
        if verdict == "missed" and name == "figures":
            row = figure_in(text[start:end], changed.get("value", ""), changed.get("unit", ""))
            now = cells_of(row)
        if "value" in changed:
            value_cells(changed["value"], row["kind"])  # raises
        now |= changed
    elif verdict == "complete":
        start, end, was, now = card["begin"], card["stop"], "", {}
    if "words" in now:
        spans = spans_said(now["words"], (start, end))
        now["words"] += " " + _short(GAP.join(text[a:b] for a, b in spans))
    line = {"sha256": sample.keys[number][0], "doc": card["doc"], "start": start, "end": end, **now}
    line |= {"table": "passages" if verdict == "complete" else name, "verdict": verdict}
    line |= {"was": _short(was), "who": who or getpass.getuser()}
    line["by"] = verdict if verdict in ("missed", "complete") else sample.by
    line["when"] = datetime.now(UTC).isoformat(timespec="seconds")
    return {column: str(line.get(column, "")) for column in COLUMNS}


def check_rows(sample: Sample, documents: str | Path, *, who: str = "") -> object:
    """Shows a sample row by row, to be judged by mouse and keyboard.

    Each verdict is added to `corrections.csv` at once.  Where no widget can run, as on GitHub, the
    sample itself stands there; `save_sheet` makes a sheet of it.

    documents : the path that `load` was given; who : who checks, "" is the name of the account.
    """
    from .widget import Checker  # its libraries are needed only here

    return Checker(sample, documents, who or getpass.getuser())


def _places(text: str, words: str, near: int) -> list[Span]:
    """Where words are in a text, however its lines break: the place that is next to the row.

    Words that are not there as a whole are looked for in pieces, one after the other.
    """
    places: list[Span] = []
    whole = _place(text, words, near)
    for piece in [words] if whole else words.split(GAP):
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
