"""Exports: documents with their quotes and figures, or words, in files that other tools open.

webanno : W3C Web Annotation, a JSON-LD collection for each document, for annotation servers and
    Apache Annotator; a statement in pieces has a target for each.
brat : standoff with its `annotation.conf`; put the folder into brat's `data` folder.
xmi : UIMA CAS for INCEpTION; import `TypeSystem.xml` there as layers and the other files as
    documents (UIMA CAS XMI).  `import_xmi` takes home what was corrected.
conllu : words, tags and lemmas, for what reads Universal Dependencies; heads are not known.

In all but the last `checked` tells the rows that somebody has checked from those that are
`unchecked`.  Places are code points, as in the kit; in XMI they are UTF-16 units.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import pandas as pd

from ..check import TYPES, corrected, marked, plain, table_name, text_sha256, to_xmi
from ..documents import KitError, load, resolve
from ..figures import find_figures
from ..quotes import find_quotes
from ..show import Rows, records
from ..show.save import readable
from ..text import DATA, Span
from ..text.tokens import tokenize
from ..text.wording import known
from .results import check_place

AROUND = 32  # characters before and after, by which words are found again in a changed text
RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)\d", re.IGNORECASE)  # by Windows
# What stands on one line, without the space around it: brat's marks break where lines do.
STRETCH = re.compile(r"\S(?:[^\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]*\S)?")
Table = pd.DataFrame | None
Written = dict[str, str]  # suffix → content


def export(
    documents: pd.DataFrame, quotes: Table, figures: Table, folder: str | Path, *, format: str
) -> list[Path]:
    """Writes documents with their rows into a new folder, in files that another tool opens.

    quotes, figures : the tables of these documents, corrected or not; None and empty ones will do.
    format : "webanno", "brat", "xmi", or "conllu", which has the words only.

    Returns the files; the last, `index.csv`, says which document each is (in CoNLL-U, only one with
    words has a file).  What XML forbids in a text is written as �.
    Raises KitError when there is something in the folder, a table is another one, the format is
    none of these, or a file cannot be written; for "xmi" also where dkpro-cassis is not installed.

    >>> import tempfile
    >>> documents = pd.DataFrame({"text": ["It works."]}, index=["news/a"])
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in export(documents, None, None, folder, format="brat")]
    ['news_a.txt', 'news_a.ann', 'annotation.conf', 'index.csv']
    """
    if format not in FORMATS:
        raise KitError(f"no format {format!r} — one of {', '.join(FORMATS)}")
    for name, table in {"quotes": quotes, "figures": figures}.items():
        if table is not None and len(table) and table_name(table, documents) != name:
            raise KitError(f"another table than {name} — give documents, quotes, figures")
    tables = [tokenize(documents)] if format == "conllu" else [quotes, figures]
    place, written = Path(folder).expanduser(), []
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise KitError(f"there is something in {place} — name a new folder")
        for name, content in _files(documents, tables, format):
            written.append(place / name)
            with written[-1].open("xb") as file:
                file.write(content.encode())
    except OSError as problem:
        why = f"{place} cannot be written, or not whole ({problem.strerror})"
        raise KitError(f"{why} — name another folder") from problem
    return written


def _files(documents: pd.DataFrame, tables: list[Table], format: str) -> Iterator[tuple[str, str]]:
    """The name and content of each file."""
    write, beside = FORMATS[format]
    by_doc = [
        {} if table is None or table.empty else dict(tuple(table.groupby("doc", sort=False)))
        for table in tables
    ]
    named = list(zip(file_names(documents.index), documents["text"].items(), strict=True))
    for name, (doc, text) in named:
        rows = [records(some.get(doc)) for some in by_doc]
        for suffix, content in write(plain(doc), plain(text) if known(text) else "", *rows).items():
            yield name + suffix, content
    if beside:
        yield beside, (DATA / beside).read_text("utf-8")
    index = pd.DataFrame({"file": [name for name, _ in named], "doc": documents.index})
    yield "index.csv", "\ufeff" + index.map(readable).to_csv(index=False, lineterminator="\r\n")


def file_names(docs: Iterable[Hashable]) -> Iterator[str]:
    """A name for each document that every system takes, and no two of which are the same.

    >>> list(file_names(["news/a.txt", "../é", "CON", "News A.txt", "😀"]))
    ['news_a_txt', 'e', 'CON_', 'News_A_txt-4', 'document']
    """
    taken: set[str] = set()
    for number, doc in enumerate(docs, 1):
        letters = unicodedata.normalize("NFKD", str(doc)).encode("ascii", "ignore").decode()
        name = re.sub(r"[^A-Za-z0-9-]+", "_", letters)[:60].strip("_-") or "document"
        name += "_" * bool(RESERVED.fullmatch(name))
        while name.lower() in taken:
            name += f"-{number}"
        taken.add(name.lower())
        yield name


def _webanno(doc: str, text: str, quotes: Rows, figures: Rows) -> Written:
    source = f"urn:sha256:{text_sha256(text)}"
    name = f"urn:sha256:{text_sha256(f'{doc} {source}')}"  # two documents may have one text

    def words(start: int, end: int) -> dict[str, object]:
        around = {"prefix": text[max(start - AROUND, 0) : start], "suffix": text[end:][:AROUND]}
        quote = {"type": "TextQuoteSelector", "exact": text[start:end]} | around
        position = {"type": "TextPositionSelector", "start": start, "end": end}
        return {"type": "SpecificResource", "source": source, "selector": [position, quote]}

    items = []
    for number, row in enumerate(marked(quotes, figures)):
        facts = {"layer": row.layer} | row.facts
        tag = {"type": "TextualBody", "purpose": "tagging"}
        bodies = [tag | {"label": label, "value": fact} for label, fact in facts.items()]
        for part in ("cue", "source"):
            link = {"purpose": "linking", "label": part}
            bodies += [link | words(*place) for place in row.places[part]]
        one = {"type": "Annotation", "id": f"{name}#{number}", "motivation": "tagging"}
        items.append(one | {"body": bodies, "target": [words(*p) for p in row.places["content"]]})
    page = {"type": "AnnotationPage", "id": f"{name}#page", "startIndex": 0, "items": items}
    whole = {"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationCollection"}
    whole |= {"id": name, "label": doc, "total": len(items)} | ({"first": page} if items else {})
    return {".jsonld": json.dumps(whole, ensure_ascii=False, indent=1) + "\n"}


def _brat(doc: str, text: str, quotes: Rows, figures: Rows) -> Written:
    lines: list[str] = []

    def add(sign: str, what: str) -> str:
        lines.append(f"{sign}{len(lines) + 1}\t{what}\n")
        return f"{sign}{len(lines)}"

    def span(label: str, places: Iterable[Span]) -> str:
        at = [piece.span() for start, end in places for piece in STRETCH.finditer(text, start, end)]
        where = ";".join(f"{start} {end}" for start, end in at)
        return (
            add("T", f"{label} {where}\t{' '.join(text[slice(*one)] for one in at)}") if at else ""
        )

    for row in marked(quotes, figures):
        if one := span(row.layer, row.places["content"]):
            if row.layer == "Quotation":
                parts = {part: span(part, row.places[part.lower()]) for part in ("Cue", "Source")}
                roles = [f"{part}:{number}" for part, number in parts.items() if number]
                one = add("E", " ".join([f"Quotation:{one}", *roles]))
            for name in ("kind", "checked"):
                if name in row.facts:
                    add("A", f"{name.title()} {one} {row.facts[name]}")
            note = "; ".join(f"{name}: {fact}" for name, fact in row.facts.items())
            add("#", f"AnnotatorNotes {one}\t{' '.join(note.split())}")
    return {".txt": text, ".ann": "".join(lines)}


def _xmi(doc: str, text: str, quotes: Rows, figures: Rows) -> Written:
    return {".xmi": to_xmi(text, marked(quotes, figures))}


def _conllu(doc: str, text: str, words: Rows) -> Written:
    name = re.sub(r"[\s/]+", "_", doc)
    lines, paragraph = [f"# newdoc id = {name}"], None
    starts = iter([*(word["start"] for word in words[1:]), len(text)])
    for sentence, some in groupby(words, key=lambda word: word["sentence"]):
        rows, said = [], ""
        for number, word in enumerate(some, 1):
            space = " " * bool(re.search(r"\s", text[word["end"] : next(starts)]))
            form, lemma = (" ".join(word[cell].split()) or "_" for cell in ("token", "lemma"))
            misc = "SpaceAfter=No|" * (not space) + f"TokenRange={word['start']}:{word['end']}"
            rows.append("\t".join([str(number), form, lemma, word["pos"], *"_____", misc]))
            said += form + space
        lines += ["# newpar"] * (word["paragraph"] != paragraph)
        lines += [f"# sent_id = {name}-{sentence + 1}", f"# text = {said.strip()}", *rows, ""]
        paragraph = word["paragraph"]
    return {".conllu": plain("\n".join(lines)) + "\n"} if words else {}


FORMATS = {
    "webanno": (_webanno, ""),
    "brat": (_brat, "annotation.conf"),
    "xmi": (_xmi, TYPES.name),
    "conllu": (_conllu, ""),
}


def main(arguments: Sequence[str]) -> int:
    """`python -m helpers export PATH --out DIR --format FORMAT`; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m helpers export")
    parser.add_argument("path", metavar="PATH", help="a document or a folder of documents")
    parser.add_argument("--out", metavar="DIR", required=True, help="a new folder for the files")
    parser.add_argument("--format", choices=[*FORMATS], required=True)
    asked = parser.parse_args(arguments)
    try:
        check_place(asked.out, resolve(asked.path))
        documents = load(asked.path)
        quotes = corrected(find_quotes(documents), documents, asked.path)
        figures = corrected(find_figures(documents, quotes=quotes), documents, asked.path)
        export(documents, quotes, figures, asked.out, format=asked.format)
    except KitError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0
