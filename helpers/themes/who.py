"""Who is who: one table of the speakers, suggested by the kit and decided by the user.

`speakers.csv` beside the documents has a line for each speaker:

    name            as tables, charts and the report call him or her
    other names     those that are the same speaker, with semicolons between them
    role, organisation   of all quotes; the documents' own where they are empty
    merge into      the name of the line that this one belongs to
    perhaps, quotes  the kit's guess, for you to copy into "merge into", and a count; not read

A name that has a line is called as the line says; `merge_names` decides on the others.  The
`speakers.csv` among the results of a run, a count, can be copied there to begin with.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from ..documents import OWN_FILES, KitError, beside, own_csv, safe
from ..names import merge_names
from ..names.merge import Described
from .choices import load_choices
from .evidence import SPEAKER_COLUMNS, UNKNOWN

COLUMNS = ["name", "other names", "role", "organisation", "merge into", "perhaps", "quotes"]
ALIKE, NEAR = 85, 5  # of 100, from which names are held side by side; how many are looked at


class Person(NamedTuple):
    """Somebody as the user calls him or her."""

    name: str
    role: str | None = None
    organisation: str | None = None


def form_of(name: object) -> str:
    """The form under which names are looked up.

    >>> form_of("The  Zell Fund") == form_of("zell fund")
    True
    """
    return " ".join(str(name).casefold().split()).removeprefix("the ")


def described(quotes: pd.DataFrame) -> list[Described]:
    """Each quote's document, speaker, kind and role, with None for what is missing."""
    cells = quotes[["doc", "speaker", "speaker_kind", "role"]].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))


def load_speakers(documents: str | Path) -> dict[str, Person]:
    """Who is who, by `speakers.csv`, then by `[merge]` in `words.toml`, both beside the documents.

    documents : the path that `load` was given.
    Returns form of each name → the person; where there are no such files, nobody.
    Raises KitError, with the lines, for a file that is no such table, a name on two lines, and
    names that are merged in a circle.

    >>> load_speakers("seeds")
    {}
    """
    path = beside(documents, OWN_FILES["speakers"])
    lines: dict[str, tuple[int, str]] = {}  # form → the line that it is on, and that line's name
    people: dict[str, Person] = {}
    into: dict[str, str] = {}
    for line, cells in _rows(path):
        first = form_of(cells["name"])
        if not first:
            raise KitError(f"{path}, line {line}: there is no name — write one, or delete the line")
        forms = map(form_of, [first, *cells["other names"].split(";")])
        for form in dict.fromkeys(filter(None, forms)):
            if form in lines:
                where = f"{form!r} is on line {lines[form][0]} and on line {line}"
                raise KitError(f"{path}: {where} — leave it on one of them")
            lines[form] = line, first
        people[first] = Person(*(cells[head] or None for head in ("name", "role", "organisation")))
        if target := cells["merge into"]:
            into[first] = form_of(target)
            people.setdefault(into[first], Person(target))

    def end_of(first: str) -> str:
        way = [first]
        while way[-1] in into:
            target = into[way[-1]]
            way.append(lines[target][1] if target in lines else target)
            if way[-1] in way[:-1]:
                names = " → ".join(people[form].name for form in way)
                at = ", ".join(str(lines[form][0]) for form in way[:-1])
                what = f"{names} is a circle (line {at})"
                raise KitError(f'{path}: {what} — empty one cell "merge into" of it')
        return way[-1]

    merged = load_choices(documents).entries.items()
    said = {form_of(form): Person(name) for name, forms in merged for form in forms}
    return said | {form: people[end_of(first)] for form, (_, first) in lines.items()}


def suggest_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """A table of who is who to begin with, the most quoted first; see the head of this module.

    Names of documents that are one by the rules of `merge_names` share a line.  A name that is only
    much like another one, by its letters or its words, and stands in no document with it, stays
    itself: "perhaps" names the other.

    quotes : the table of `find_quotes`, also as `count_once` gives it.

    Returns columns name, other names, role, organisation, merge into, perhaps, quotes.

    >>> table = pd.DataFrame({"doc": ["a", "b", "c"], "speaker_kind": "person", "role": None,
    ...                       "speaker": ["Ann Lee", "A. Lee", "Anne Leigh"]})
    >>> suggest_speakers(table)[["name", "other names", "perhaps"]].values.tolist()
    [['Ann Lee', 'A. Lee', ''], ['Anne Leigh', '', '']]
    """
    spoken = described(quotes.assign(speaker=quotes.get("called", quotes["speaker"])))
    table = pd.DataFrame(spoken, columns=["doc", "called", "kind", "role"])
    table["name"] = merge_names(spoken)
    table = table[table["kind"].isin(["person", "organisation"])].dropna(subset="name")
    owners = table.groupby("called")["name"].nunique()  # namesakes who are two share a form
    groups = sorted(table.groupby("name"), key=lambda group: (-len(group[1]), group[0]))
    docs = {name: set(group["doc"]) for name, group in groups}
    rows, before = [], {"person": _Alike(), "organisation": _Alike()}
    for name, group in groups:
        forms = [form for form in group["called"].unique() if owners[form] == 1 and ";" not in form]
        others = [form for form in forms if form_of(form) != form_of(name)]
        near = before[group["kind"].iloc[0]].take(name)
        perhaps = next((one for one in near if not docs[one] & docs[name]), "")
        role = next(iter(group["role"].dropna().mode()), "")
        rows.append([name, "; ".join(others), role, "", "", perhaps, len(group)])
    return pd.DataFrame(rows, columns=COLUMNS)


def save_speakers(table: pd.DataFrame, documents: str | Path) -> Path:
    """Writes `speakers.csv` beside the documents; one that is there is left as it is.

    UTF-8 with a byte order mark, and no cell that a spreadsheet would compute.

    table : as `suggest_speakers` gives it; documents : the path that `load` was given.

    Returns the file.  Raises KitError when it cannot be written.
    """
    path, rows = beside(documents, OWN_FILES["speakers"]), io.StringIO(newline="")
    csv.writer(rows).writerows([COLUMNS, *(map(safe, row) for row in table[COLUMNS].values)])
    try:
        with suppress(FileExistsError), path.open("xb") as file:
            file.write(("\ufeff" + rows.getvalue()).encode("utf-8", "replace"))
    except OSError as problem:
        advice = "copy the documents into a folder of your own"
        raise KitError(f"{path} cannot be written ({problem.strerror}) — {advice}") from problem
    return path


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of the file with their cells by column; a column that is not there is empty."""
    _, rows = own_csv(path)
    heads = [head.strip().casefold() for head in rows[0][1]] if rows else ["name"]
    if heads[0] == SPEAKER_COLUMNS[0]:  # the table of the results
        heads[0] = "name"
    strange = sorted({*heads} - {*COLUMNS, *SPEAKER_COLUMNS, ""})
    if strange or "name" not in heads:
        what = f"has a column {strange[0][:60]!r}" if strange else "has no column 'name'"
        raise KitError(f"{path}, line {rows[0][0]}: {what} — it takes {', '.join(COLUMNS)}")
    for line, row in rows[1:]:
        cells = zip(heads, (" ".join(cell.split()) for cell in row), strict=False)
        told = dict.fromkeys(COLUMNS, "") | dict(cells)
        if told["name"] != UNKNOWN:
            yield line, told


class _Alike:
    """Names so far, and which of them are much like the next one."""

    def __init__(self) -> None:
        self.plain: dict[str, str] = {}  # name → its words in order
        self.with_word: dict[str, list[str]] = defaultdict(list)

    def take(self, name: str) -> list[str]:
        """Adds a name; gives those before it whose words have all of its, or it all of theirs, and
        those that differ in few letters (Levenshtein, by RapidFuzz), the nearest first."""
        from rapidfuzz import fuzz, process  # only who asks for suggestions needs it

        words = sorted({*form_of(name).replace(".", " ").split()})
        plain = " ".join(words)
        found = process.extract(
            plain, self.plain, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=NEAR
        )
        near = [other for _, _, other in found]
        for other in (other for word in words for other in self.with_word[word]):
            theirs = {*self.plain[other].split()}
            near += [other] * (theirs <= {*words} or theirs >= {*words})
        self.plain[name] = plain
        for word in words:
            self.with_word[word].append(name)
        return near
