"""Speakers of many documents: who is who, each speaker once, and who speaks of whom.

`speakers.csv` beside the documents, suggested by the kit and decided by the user, has a line for
each speaker:

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
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from ..documents import OWN_FILES, KitError, beside, own_csv, safe
from ..names import Named, merge_names, named_in
from ..names.merge import Described
from ..quotes import Attribution
from ..text.wording import plural
from ..work import kept_or_found
from .choices import load_choices
from .corpus import read_corpus
from .duplicates import find_duplicates, keep_earliest
from .evidence import SPEAKER_COLUMNS, UNKNOWN

COLUMNS = ["name", "other names", "role", "organisation", "merge into", "perhaps", "quotes"]
ALIKE = 85  # of 100, from which names are held side by side
MOST = 2000  # names, the most quoted: each is held beside all before it


class Person(NamedTuple):
    """Somebody as the user calls him or her."""

    name: str
    role: str | None = None
    organisation: str | None = None


def form_of(name: object) -> str:
    """The form under which names are looked up: no capitals, no "the"."""
    return " ".join(str(name).casefold().split()).removeprefix("the ")


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
    _, rows = own_csv(path)
    heads = [head.strip().casefold() for head in rows[0][1]] if rows else ["name"]
    if heads[0] == SPEAKER_COLUMNS[0]:  # the table of the results
        heads[0] = "name"
    strange = sorted({*heads} - {*COLUMNS, *SPEAKER_COLUMNS, ""})
    if strange or "name" not in heads:
        what = f"has a column {strange[0][:60]!r}" if strange else "has no column 'name'"
        raise KitError(f"{path}, line {rows[0][0]}: {what} — it takes {', '.join(COLUMNS)}")
    lines: dict[str, tuple[int, str]] = {}  # form → the line that it is on, and that line's name
    people: dict[str, Person] = {}
    into: dict[str, str] = {}
    for line, row in rows[1:]:
        told = zip(heads, (" ".join(cell.split()) for cell in row), strict=False)
        name, others, role, body, target, *_ = (dict.fromkeys(COLUMNS, "") | dict(told)).values()
        if name == UNKNOWN:
            continue
        first = form_of(name)
        if not first:
            raise KitError(f"{path}, line {line}: there is no name — write one, or delete the line")
        for form in dict.fromkeys(filter(None, map(form_of, [first, *others.split(";")]))):
            if form in lines:
                where = f"{form!r} is on line {lines[form][0]} and on line {line}"
                raise KitError(f"{path}: {where} — leave it on one of them")
            lines[form] = line, first
        people[first] = Person(name, role or None, body or None)
        if target:
            into[first] = form_of(target)
            people.setdefault(into[first], Person(target))
    merged = load_choices(documents).entries.items()
    found = {form_of(form): Person(name) for name, forms in merged for form in forms}
    for form, (_, first) in lines.items():
        way = [first]
        while way[-1] in into:
            way.append(lines.get(into[way[-1]], (0, into[way[-1]]))[1])
            if way[-1] in way[:-1]:
                names = " → ".join(people[form].name for form in way)
                at = ", ".join(str(lines[form][0]) for form in way[:-1])
                what = f"{names} is a circle (line {at})"
                raise KitError(f'{path}: {what} — empty one cell "merge into" of it')
        found[form] = people[way[-1]]
    return found


def suggest_speakers(quotes: pd.DataFrame) -> pd.DataFrame:
    """A table of who is who to begin with, the most quoted first; see the head of this module.

    Names that are one by the rules of `merge_names` share a line.  One that is only much like
    another (few letters differ, or it has all words of it), and stands in no document with it,
    stays itself: "perhaps" names the other.

    quotes : the table of `find_quotes`, also as `count_once` gives it.
    Returns columns name, other names, role, organisation, merge into, perhaps, quotes.

    >>> table = pd.DataFrame({"doc": ["a", "b", "c"], "speaker_kind": "person", "role": None,
    ...                       "speaker": ["Ann Lee", "A. Lee", "Anne Leigh"]})
    >>> suggest_speakers(table)[["name", "other names", "perhaps"]].values.tolist()
    [['Ann Lee', 'A. Lee', ''], ['Anne Leigh', '', '']]
    """
    from rapidfuzz import fuzz  # only who asks for suggestions needs it

    spoken = _described(quotes.assign(speaker=quotes.get("called", quotes["speaker"])))
    table = pd.DataFrame(spoken, columns=["doc", "called", "kind", "role"])
    table["name"] = merge_names(spoken)
    table = table[table["kind"].isin(["person", "organisation"])].dropna(subset="name")
    owners = table.groupby("called")["name"].nunique()  # namesakes who are two share a form
    rows = []
    before: list[tuple[str, str, list[str], set[object]]] = []  # name, kind, words, documents
    for name, group in sorted(table.groupby("name"), key=lambda one: (-len(one[1]), one[0])):
        forms = [form for form in group["called"].unique() if owners[form] == 1 and ";" not in form]
        others = [form for form in forms if form_of(form) != form_of(name)]
        kind, docs = group["kind"].iloc[0], {*group["doc"]}
        words = sorted({*form_of(name).replace(".", " ").split()})
        near = {"": float(ALIKE)}
        for other, its_kind, theirs, places in before if len(rows) < MOST else ():
            if kind == its_kind and docs.isdisjoint(places):
                shared = len({*words} & {*theirs}) == min(len(words), len(theirs))
                near[other] = 100.0 if shared else fuzz.ratio(" ".join(words), " ".join(theirs))
        perhaps = max(near, key=lambda other: near[other] + (other != "") / 1000)
        before.append((name, kind, words, docs))
        role = next(iter(group["role"].dropna().mode()), "")
        rows.append([name, "; ".join(others), role, "", "", perhaps, len(group)])
    return pd.DataFrame(rows, columns=COLUMNS)


def save_speakers(table: pd.DataFrame, documents: str | Path) -> Path:
    """Writes `speakers.csv` beside the documents; one that is there is left as it is.

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


def count_once(
    documents: pd.DataFrame,
    quotes: pd.DataFrame,
    *,
    beside: str | Path | None = None,
    reprints: Literal["set aside", "kept"] = "set aside",
    names: Literal["merged", "as written"] = "merged",
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """The documents without reprints, and their quotes with one name for one speaker.

    documents, quotes : the tables of these names.
    beside : the path that `load` was given: the files there say who is who.
    reprints : "set aside" keeps the earliest of each group of `find_duplicates`; "kept" all.
    names : "merged" as by `merge_speakers`; "as written" leaves each document its own.
    Returns the documents, the quotes, and in a sentence what was done to them.
    Raises KitError for another choice, and as `load_speakers` does.

    >>> texts = pd.DataFrame({"text": ["Ann Lee sang.", "Ann Lee sang.", "Bob Roe did."]})
    >>> quotes = pd.DataFrame({"doc": [0, 1, 2], "speaker": ["Ann Lee", "Ann Lee", "Bob Roe"],
    ...                        "speaker_kind": "person", "role": None})
    >>> count_once(texts, quotes)[2]
    '1 reprint set aside; 2 speakers, none merged.'
    """
    if reprints not in ("set aside", "kept") or names not in ("merged", "as written"):
        raise KitError(
            f"no choice {reprints!r} of reprints or {names!r} of names — give 'set aside' or "
            "'kept', and 'merged' or 'as written'"
        )
    said, how = "Reprints counted like other documents", "named as each document names them"
    if reprints == "set aside":
        kept = keep_earliest(documents, find_duplicates(read_corpus(documents, phrases=False)))
        gone, documents = len(documents) - len(kept), kept
        quotes = quotes[quotes["doc"].isin(kept.index)].reset_index(drop=True)
        said = f"{plural(gone, 'reprint') if gone else 'No reprints'} set aside"
    before, quotes = quotes["speaker"].nunique(), quotes.assign(called=quotes["speaker"])
    if names == "merged":
        people = load_speakers(beside) if beside else {}
        quotes = merge_speakers(quotes, people=people)
        merged = max(0, before - quotes["speaker"].nunique())
        how = f"{merged or 'none'} merged" + "; your files say who is who" * bool(people)
    said += f"; {plural(quotes['speaker'].nunique(), 'speaker')}, {how}."
    return documents, quotes, said


def merge_speakers(
    quotes: pd.DataFrame, *, people: Mapping[str, Person] | None = None
) -> pd.DataFrame:
    """The quotes with one name for one speaker across documents, cautiously, by `merge_names`.

    people : who is who, as `load_speakers` reads it; that goes before our rules.
    Adds `called`, the name in the quote's own document; with `people` changes `role` to what they
    have, and adds `organisation`.
    """
    names = merge_names(_described(quotes))
    merged = quotes.assign(called=quotes["speaker"], speaker=pd.Series(names, quotes.index, object))
    if people:
        both = zip(merged["called"].map(form_of), merged["speaker"].map(form_of), strict=True)
        found = [people.get(called) or people.get(name) for called, name in both]
        for fact, column in zip(Person._fields, ["speaker", "role", "organisation"], strict=True):
            said = pd.Series([getattr(one, fact, None) for one in found], merged.index, object)
            merged[column] = said.where(said.notna(), merged.get(column))
    return merged


def count_mentions(documents: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """Whose quotes name whom, and how often: one row for each pair, the most frequent first.

    Counts names but the speaker's own, not pronouns or offices ("he", "the minister"), and people,
    organisations and other speakers only.  A name in a quotation within a quotation is the inner
    speaker's.

    documents, quotes : the tables of the same names; quotes may have gone through `merge_speakers`.
    Returns columns speaker ("(unknown)" where missing), of, of_kind (who is named), mentions,
    documents.

    >>> from helpers import find_quotes
    >>> table = pd.DataFrame({"text": ["Ann Lee met Bob Roe. “Roe is late,” said Lee."]})
    >>> count_mentions(table, find_quotes(table))[["speaker", "of"]].values.tolist()
    [['Ann Lee', 'Bob Roe']]
    """
    table = quotes.assign(called=quotes.get("called", quotes["speaker"]))
    spoken, found = _described(table.assign(speaker=table["called"])), []
    by_doc = table.groupby("doc", sort=False)
    names = names_of(documents.loc[[doc for doc, _ in by_doc]])
    for (doc, some), here in zip(by_doc, names, strict=True):
        cells = some[["spans", "cue_spans", "source_spans", "kind"]].itertuples(index=False)
        told = enumerate(Attribution(*row) for row in cells)
        inner = np.full(len(documents.at[doc, "text"]), -1)  # the innermost quote of each character
        spans = [(b - a, a, b, n) for n, one in told for a, b in one.content]
        for _, start, end, n in sorted(spans, reverse=True):
            inner[start:end] = n
        called, speakers = some["called"].tolist(), some["speaker"].fillna(UNKNOWN).tolist()
        for name in here:
            n = inner[name.start]
            if n >= 0 and name.name != called[n] and (name.kind or name.name in called):
                found.append((doc, name.name, name.kind, None, speakers[n]))
    one_name = merge_names(spoken + [row[:4] for row in found])
    shown = dict(zip(one_name, table["speaker"], strict=False))
    pairs = pd.DataFrame(found, columns=["doc", "name", "of_kind", "role", "speaker"])
    pairs["of"] = [shown.get(of, of) for of in one_name[len(spoken) :]]
    counts = pairs.groupby(["speaker", "of"], as_index=False).agg(
        of_kind=("of_kind", "first"), mentions=("doc", "size"), documents=("doc", "nunique")
    )
    return counts.sort_values("mentions", ascending=False, kind="stable", ignore_index=True)


def names_of(documents: pd.DataFrame) -> list[list[Named]]:
    """For each document the names in it, as `named_in` gives them."""
    found = kept_or_found(_names, documents, name="names")
    return [[Named(*cells) for cells in names] for names in found]


def _names(documents: pd.DataFrame) -> list[list[tuple]]:
    cells = documents.reindex(columns=["text", "title"]).astype(object)
    titled = cells.where(cells.notna(), None).itertuples(index=False, name=None)
    return [[astuple(name) for name in named_in(text, title=title)] for text, title in titled]


def _described(quotes: pd.DataFrame) -> list[Described]:
    """Each quote's document, speaker, kind and role, with None for what is missing."""
    cells = quotes[["doc", "speaker", "speaker_kind", "role"]].astype(object)
    return list(cells.where(cells.notna(), None).itertuples(index=False, name=None))
