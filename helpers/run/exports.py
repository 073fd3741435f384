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

import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pandas as pd
from markupsafe import Markup

from ..check import TYPES, corrected, marked, plain, table_name, text_sha256
from ..documents import KitError, load, resolve
from ..figures import find_figures
from ..quotes import find_quotes
from ..show import Rows, records, written
from ..show.save import readable
from ..text import DATA, Span
from ..text.tokens import tokenize
from ..text.wording import known, plural
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
    none of these, or a file cannot be written.

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
    place, paths = Path(folder).expanduser(), []
    try:
        place.mkdir(parents=True, exist_ok=True)
        if any(place.iterdir()):
            raise KitError(f"there is something in {place} — name a new folder")
        for name, content in _files(documents, tables, format):
            paths.append(place / name)
            with paths[-1].open("xb") as file:
                file.write(content.encode())
    except OSError as problem:
        why = f"{place} cannot be written, or not whole ({problem.strerror})"
        raise KitError(f"{why} — name another folder") from problem
    return paths


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
    """A name for each document that every system takes, and no two of which are the same."""
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
    told = {"doc": doc, "text": text, "source": source, "name": name, "around": AROUND}
    return {".jsonld": written("webanno.j2", rows=list(marked(quotes, figures)), **told)}


def _brat(doc: str, text: str, quotes: Rows, figures: Rows) -> Written:
    def pieces(places: Iterable[Span]) -> Iterator[re.Match]:
        return (piece for place in places for piece in STRETCH.finditer(text, *place))

    told = {
        "rows": list(marked(quotes, figures)),
        "spans": lambda places: ";".join("{} {}".format(*one.span()) for one in pieces(places)),
        "said": lambda places: Markup(" ".join(one[0] for one in pieces(places))),
    }
    return {".txt": text, ".ann": written("brat.j2", **told).lstrip()}


def _xmi(doc: str, text: str, quotes: Rows, figures: Rows) -> Written:
    units = [0, *accumulate(1 + (c > "\uffff") for c in text)]  # UTF-16's, in which Java counts
    told = {"text": text, "units": units, "rows": list(marked(quotes, figures))}
    return {".xmi": written("cas.j2", attribute=lambda words: Markup(quoteattr(words)), **told)}


def _conllu(doc: str, text: str, words: Rows) -> Written:
    name, starts = re.sub(r"[\s/]+", "_", doc), [*(word["start"] for word in words[1:]), len(text)]
    for word, start in zip(words, starts, strict=False):
        form, lemma = (" ".join(word[cell].split()) or "_" for cell in ("token", "lemma"))
        space = re.search(r"\s", text[word["end"] : start])
        word |= {"form": plain(form), "lemma": plain(lemma), "space": space}
    return {".conllu": written("conllu.j2", name=plain(name), words=words) + "\n"} if words else {}


FORMATS = {
    "webanno": (_webanno, ""),
    "brat": (_brat, "annotation.conf"),
    "xmi": (_xmi, TYPES.name),
    "conllu": (_conllu, ""),
}


def export_path(path: str, out: str, *, format: str) -> None:
    """`python -m helpers export PATH --out DIR --format FORMAT`."""
    check_place(out, resolve(path))
    documents = load(path)
    quotes = corrected(find_quotes(documents), documents, path)
    figures = corrected(find_figures(documents, quotes=quotes), documents, path)
    files = export(documents, quotes, figures, out, format=format)
    print(f"{plural(len(files), 'file')} in {out}")
