"""Documents to INCEpTION and back: UIMA CAS XMI, and what was corrected there.

The layers are in `data/TypeSystem.xml`.  A quotation is a span of `Quotation` for each piece of its
content, of which the first bears the facts, for its cue and for its source, with a `QuotationLink`
from the first to each other; a figure is a span of `Figure`.
"""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element

import pandas as pd

from ..documents import KitError, check_size, resolve, sources
from ..text import DATA, Span
from ..text.wording import known
from .corrections import (
    COLUMNS,
    FIELDS,
    IMPORTED,
    LONGEST,
    Line,
    add_new,
    cells_of,
    read_corrections,
    text_sha256,
)  # fmt: skip

FACTS = {
    "Quotation": ("kind", "speaker", "speaker_kind", "role", "inferred", "stance", "confidence"),
    "Figure": ("kind", "value", "unit", "modifier", "of", "per", "when", "speaker", "rule"),
}
TABLES = {"Quotation": "quotes", "Figure": "figures"}
NONE = {"Quotation": "not a statement", "Figure": "not a figure"}
UNCHECKED = "unchecked"
TYPES = DATA / "TypeSystem.xml"
CAS, ID = "{http:///uima/cas.ecore}", "{http://www.omg.org/XMI}id"
LAYER = "{http:///webanno/custom.ecore}"
MOST_BYTES, MOST_PIECES = 20_000_000, 20
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # by XML
Found = dict[tuple[str, str], "Marked"]  # layer and row → the row


@dataclass(frozen=True)
class Marked:
    """A row as other tools have it: facts in words, and the places of its parts in the text."""

    layer: str  # Quotation, Figure
    facts: dict[str, str]  # `row` is its start and end in the table, `checked` is never missing
    places: dict[str, list[Span]]  # content, cue, source

    def fields(self, text: str) -> Line:
        """What corrections say of such a row."""
        start, end = self.places["content"][0][0], self.places["content"][-1][1]
        cells = self.facts | {"words": f"{start}-{end} {text[start:end][:LONGEST]}"}
        return {name: cells.get(name, "") for name in FIELDS[TABLES[self.layer]]}


def marked(quotes: Iterable[dict], figures: Iterable[dict]) -> Iterator[Marked]:
    """The rows of one document, quotes first, as other tools have them.

    >>> [row] = marked([{"quote": "It works.", "start": 5, "end": 14, "kind": "direct"}], [])
    >>> row.facts, row.places["content"]
    ({'kind': 'direct', 'checked': 'unchecked', 'row': '5-14'}, [(5, 14)])
    """
    for layer, rows in zip(TABLES, (quotes, figures), strict=True):
        for row in rows:
            place = row["start"], row["end"]
            cells = {**row, **cells_of(row)}  # a value of ranges and dates, too
            facts = {name: plain(cells[name]) for name in FACTS[layer] if known(cells.get(name))}
            facts |= {"checked": row.get("checked") or UNCHECKED, "row": "{}-{}".format(*place)}
            parts = {part: row.get(f"{part}_spans") or [] for part in ("cue", "source")}
            yield Marked(layer, facts, {"content": row.get("spans") or [place]} | parts)


def plain(words: object) -> str:
    """Words with � for each character that XML forbids: every place stays where it was.

    >>> plain("a\\x00b\\tc")
    'a�b\\tc'
    """
    return FORBIDDEN.sub("\ufffd", str(words))


def import_xmi(
    back: str | Path, exported: str | Path, documents: pd.DataFrame, path: str | Path
) -> pd.DataFrame:
    """Adds what was changed in INCEpTION to the `corrections.csv` beside the documents.

    A quotation that is gone is no statement, a new one was missed; other words or another `speaker`
    are what is right, as are the `value`, `unit` and `of` of a figure; `checked` set to anything
    says that the row is right.  Lines that are there stay, and none is added twice.

    back : the XMI that INCEpTION gave out, or a zip or folder of it, such as a whole project.
    exported : the folder that `export` wrote; path : what `load` was given for these documents.

    Returns the lines; `who` is the annotator in a project, else the account.  `why` says what else
    was changed, for which corrections have no place; where that is all, or the text is none of
    these documents', `verdict` is empty and the line was not added.
    Raises KitError when a file is no XMI or damaged, or the corrections cannot be written.
    """
    ours = {plain(text): (doc, text_sha256(text)) for doc, text in documents["text"].items()}
    base: dict[str, list[Found]] = {}
    for _, text, rows in _read_all(exported):
        base.setdefault(text, []).append(rows)
    # a row stands where somebody has put it, but is known by where the kit found it
    first = {
        (line["sha256"], line["table"], line["words"].split(" ")[0]): line
        for line in read_corrections(path).to_dict("records")
    }
    told, when = [], datetime.now(UTC).isoformat(timespec="seconds")
    for file, text, rows in _read_all(back):
        project = {"annotation", "curation"} & {*file.split("/")}
        who = PurePosixPath(file).stem if project else getpass.getuser()
        doc, sha256 = ours.get(text, (file, ""))
        # of several documents with this text it is the one that is nearest to what came back
        ways = [[*_changes(text, some, rows)] for some in base.get(text, []) if sha256]
        for line in min(ways, key=len, default=[{"why": "its text is none of those exported"}]):
            place = f"{line.get('start')}-{line.get('end')}"
            key = first.get((sha256, line.get("table"), place), line)
            line |= {end: key[end] for end in ("start", "end") if end in key}
            line |= {"doc": doc, "sha256": sha256, "by": IMPORTED, "who": who, "when": when}
            told.append({name: str(line.get(name, "")) for name in [*COLUMNS, "why"]})
    added = add_new([row for row in told if row["verdict"]], path)
    kept = [row for row in told if row in added or not row["verdict"]]
    return pd.DataFrame(kept, columns=[*COLUMNS, "why"])


def _changes(text: str, before: Found, after: Found) -> Iterator[dict[str, object]]:
    """What is to be said of the rows of a text: a verdict, and `why` the rest cannot be said."""
    for key in {**before, **after}:
        was, now = before.get(key), after.get(key)
        layer, fields, lost = key[0], (now or was).fields(text), set()
        places = (was or now).places["content"]
        start, end = places[0][0], places[-1][1]
        if not was or not now:
            verdict = "missed" if now else NONE[layer]
        else:
            cells, others = ({**some.facts, **some.places} for some in (now, was))
            differ = {name for name in {*cells, *others} if cells.get(name) != others.get(name)}
            right = "checked" in differ and cells.get("checked", UNCHECKED) != UNCHECKED
            verdict = "wrong" if fields != was.fields(text) else "right" * right
            lost = differ - {*fields, "checked", "content"}
        if verdict or lost:
            why = f"corrections have no place for: {', '.join(sorted(lost))}" if lost else ""
            said = f"{was.facts.get('speaker', '')}: {text[start:end]}" if was else ""
            line = {"table": TABLES[layer], "start": start, "end": end, "verdict": verdict}
            yield line | fields | {"why": why, "was": said.removeprefix(": ")[:LONGEST]}


def _read_all(path: str | Path) -> Iterator[tuple[str, str, Found]]:
    """The name, text and rows of every XMI at a place, within the bounds of reading."""
    from defusedxml.ElementTree import fromstring

    none = True
    for file, source in sources(resolve(path)):
        if isinstance(source, Exception):
            raise KitError(f"{file} cannot be read: {source}")
        if source.suffix == ".xmi":
            none = False
            check_size(source.size, MOST_BYTES)
            try:
                yield file, *_rows(fromstring(source.read(), forbid_dtd=True))
            except (SyntaxError, ValueError, TypeError, LookupError, AttributeError) as problem:
                what = f"{file} is no XMI, or damaged ({problem!r:.80})"
                raise KitError(f"{what} — export it as UIMA CAS XMI (XML 1.0)") from problem
    if none:
        raise KitError(f"{path} holds no .xmi — export the documents as UIMA CAS XMI (XML 1.0)")


def _rows(root: Element) -> tuple[str, Found]:
    """The text of an XMI, and the rows that its spans make, by layer and row."""
    text = root.find(f"{CAS}Sofa").attrib["sofaString"]
    # the character that each UTF-16 unit belongs to
    at = [n for n, c in enumerate(text) for _ in range(1 + (c > "\uffff"))] + [len(text)]
    indexed = {number for view in root.iter(f"{CAS}View") for number in view.get("members").split()}
    spans = {one.get(ID): one for one in root if one.get(ID) in indexed}
    above = {one.get("Dependent"): one.get("Governor") for one in spans.values()}
    found: Found = {}
    for top, one in spans.items():
        if (layer := one.tag.removeprefix(LAYER)) in TABLES:
            for _ in range(MOST_PIECES):
                top = above.get(top, top)
            name = one.get("row") or spans[top].get("row") or f"new {top}"
            begin, end = int(one.get("begin")), int(one.get("end"))
            if not 0 <= begin < end:
                raise ValueError(f"a span from {begin} to {end}")
            row = found.setdefault((layer, name), Marked(layer, {}, {}))
            part = one.get("part") or "content"
            row.places.setdefault(part, []).append((at[begin], at[end]))
            if part == "content":
                facts = ((name, one.get(name, "").strip()) for name in (*FACTS[layer], "checked"))
                row.facts.update({name: fact for name, fact in facts if fact})
    for row in found.values():
        for places in row.places.values():
            places.sort()
    return text, {key: row for key, row in found.items() if "content" in row.places}
