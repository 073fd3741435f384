"""Loading: files become one table, and what could not be read becomes another."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import pandas as pd

from .clean import BROKEN, clean
from .facts import WORD, about
from .language import language_code, language_name, language_of
from .model import FACTS, LONGEST, MEGABYTE, Document, KitError, Part, Source
from .places import cannot_open, resolve, sources
from .readers import format_of, read
from .readers.apart import Apart
from .readers.table import is_apart
from .sidecar import Sidecar
from .wrapped import unwrapped

DOCUMENT_COLUMNS = [field.name for field in fields(Document)]
PROBLEM_COLUMNS = ["path", "problem", "advice"]
MAPPED = ("text", "doc", *FACTS)  # what columns of a table can be named for
ORIGIN_COLUMNS = ["format", "encoding", *FACTS]
MOST_LETTERS = 2000 * MEGABYTE  # in all documents, which are held in memory


class Problems(pd.DataFrame):
    """A table that may live in `attrs`: pandas compares attrs with ==, which must give one bool."""

    @property
    def _constructor(self) -> type[Problems]:
        return Problems

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return isinstance(other, pd.DataFrame) and self.equals(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(slots=True)
class _Found:
    """What has been read so far."""

    documents: list[Document] = field(default_factory=list)
    origins: list[list[str | None]] = field(default_factory=list)
    problems: list[list[str]] = field(default_factory=list)
    texts: dict[bytes, Document] = field(default_factory=dict)  # by fingerprint of their text
    letters: int = 0


def load(path: str | Path, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The *documents* table of a file, a folder with everything below it, a zip, or a pattern.

    Reads plain text, Markdown, HTML, PDF, Word (.docx), OpenDocument, RTF, mail (.eml), tables with
    a document in each row (CSV, TSV, Excel, JSON, JSON lines, Parquet), and exports of LexisNexis
    and Factiva with many articles in a file.  A text keeps its paragraphs; line ends become `\\n`,
    characters are composed (NFC), soft hyphens and zero-width characters go, lines that were
    broken at a width are put together, and nothing else is changed.  Files are opened for reading
    only; nothing in them is ever run.
    Does not read scans, old Office files, pictures or recordings: the problems say what to do.

    Title, date, author, source and language are taken, the first that is there, from
    `metadata.csv` in the folder (a column `file`, and `title`, `date`, …); from the document itself
    (head lines such as `Date: 2017-11-23`, HTML metadata, the columns of its row, fields of the
    press database, mail headers); from the file's name (the date only); from the first lines of the
    text (heading, byline, dateline); from file properties (title and author only).  What is not
    written down stays missing, but for the language, which is told from the words.

    path : a file, folder, zip archive, or pattern such as "news/*.txt".  A relative one is looked
        for in the working folder, then in the folder of the kit.
    columns : of tables, which column holds what, where its name does not tell:
        {"text": "Artikeltext", "date": "Erscheinungstag"}; also title, author, source, language,
        and doc, which names the documents.

    Returns columns title, date (ISO day), author, source, language (ISO 639-1), words, path (below
    the folder; `table.csv#5` for a part of a file), sha256 (of the file's bytes), text; index doc.
    `attrs["problems"]` says what could not be read, or only with a doubt: columns path, problem,
    advice.  `attrs["origins"]` says how each document was read and where each fact is from:
    columns format, encoding, title, date, author, source, language; the same index.
    Documents in other languages than English are loaded; `find_*` and `tokenize` leave them out.
    Of documents with the same text the first, by path, is kept, and a reprint, which has another
    date or source; the problems name the others.
    Raises KitError when the path does not exist or holds nothing that can be read.

    >>> load("seeds")["words"].tolist()
    [471]
    """
    columns = _checked(columns or {})
    found, sidecar = _Found(), Sidecar()
    with Apart() as apart:
        for name, source in sources(resolve(path)):
            try:
                if isinstance(source, KitError):
                    raise source
                source.columns = columns
                if not sidecar.take(source):
                    _read(found, source, sidecar=sidecar, apart=apart)
            except KitError as problem:
                what, _, advice = str(problem).partition(" — ")
                found.problems.append([name, what, advice])
            except OSError as problem:
                what, _, advice = str(cannot_open(problem)).partition(" — ")
                found.problems.append([name, what, advice])
    found.problems += [
        [
            place,
            f"names {len(names)} files that are not here ({', '.join(names[:5])[:200]})",
            "compare the names with those of the files",
        ]
        for place, names in sidecar.unused()
    ]
    if not found.documents:
        raise KitError(_nothing_read(path, found.problems))
    return _table(found)


def _checked(columns: Mapping[str, str]) -> Mapping[str, str]:
    """Names of columns as `load` takes them; raises KitError when they are something else."""
    for fact, column in columns.items():
        if fact not in MAPPED or not isinstance(column, str):
            close = get_close_matches(str(fact), MAPPED, 1)
            raise KitError(
                f"columns= cannot give {fact!r}: {column!r}"
                + (f"; did you mean {close[0]!r}?" if close else "")
                + f" — it takes names of columns for {', '.join(MAPPED)}"
            )
    return columns


def _read(found: _Found, source: Source, *, sidecar: Sidecar, apart: Apart) -> None:
    """Adds the documents in a file, and what went wrong with it."""
    stamp = source.stamp
    if not source.size:
        raise KitError("an empty file — remove it or put the document's text in it")
    suffix = format_of(source)
    parts = apart.read(source, suffix) if is_apart(suffix) else read(source, suffix)
    sha256, given, empty = _sha256(source), sidecar.of(source.name), True
    for number, part in enumerate(parts, 1):
        several = number > 1 or part.name is not None
        name = BROKEN.sub("\ufffd", part.name or str(number))
        path = f"{source.name}#{name}" if several else source.name
        found.problems += [[source.name, *note] for note in part.notes]
        part.text = clean(part.text)  # pieces put together may be composed anew
        words = WORD.search(part.text)
        empty = empty and not (words or part.notes)
        if not words:
            continue
        if len(part.text) > LONGEST:
            found.problems.append(
                [
                    path,
                    f"longer than {LONGEST // MEGABYTE} million letters",
                    "split it into its documents",
                ]
            )
            continue
        found.letters += len(part.text)
        if found.letters > MOST_LETTERS:
            raise KitError(
                f"more than {MOST_LETTERS // MEGABYTE:,} million letters in all — "
                "load the documents in several lots"
            )
        _add(found, part, path=path, given=given, sha256=sha256, suffix=suffix)
    if source.stamp != stamp:
        found.problems.append([source.name, "was changed while it was read", "load it once more"])
    if empty:
        raise KitError("holds no text — remove the file or put the document's text in it")


def _add(
    found: _Found, part: Part, *, path: str, given: dict[str, str], sha256: str, suffix: str
) -> None:
    facts, origins = about(part, path=path, given=given)
    part.text = unwrapped(part.text)  # after its first lines, which tell facts, have been read
    fingerprint = hashlib.sha256(" ".join(part.text.split()).casefold().encode()).digest()
    if first := found.texts.get(fingerprint):
        reprint = any(
            one and other and one != other
            for one, other in ((first.date, facts.get("date")), (first.source, facts.get("source")))
        )
        found.problems.append(
            [
                path,
                f"the same text as {first.path}",
                "kept: its date or source is another"
                if reprint
                else "left out, so that it counts once",
            ]
        )
        if not reprint:
            return
    told = language_of(part.text)
    language = language_code(facts["language"]) if "language" in facts else told
    if "language" not in facts and told:
        origins["language"] = "words"
    if language == "en" and told not in ("en", None):
        found.problems.append(
            [
                path,
                f"is said to be English but reads like {language_name(told)}",
                f"analysed as English: mend its language ({origins['language']})",
            ]
        )
    elif language not in ("en", None):
        found.problems.append(
            [
                path,
                f"is in {language_name(language)}",
                "left out of the analyses, which know English only",
            ]
        )
    document = Document(
        title=facts.get("title"),
        date=facts.get("date"),
        author=facts.get("author"),
        source=facts.get("source"),
        language=language,
        words=len(WORD.findall(part.text)),
        path=path,
        sha256=sha256,
        text=part.text,
    )
    found.texts.setdefault(fingerprint, document)
    found.documents.append(document)
    found.origins.append([suffix[1:], part.encoding, *map(origins.get, FACTS)])


def _table(found: _Found) -> pd.DataFrame:
    index = pd.Index(_names([one.path for one in found.documents]), name="doc")
    rows = [[getattr(document, name) for name in DOCUMENT_COLUMNS] for document in found.documents]
    table = pd.DataFrame(rows, columns=DOCUMENT_COLUMNS, index=index)
    problems = [[BROKEN.sub("\ufffd", words) for words in row] for row in found.problems]
    table.attrs["problems"] = Problems(problems, columns=PROBLEM_COLUMNS)
    table.attrs["origins"] = Problems(found.origins, columns=ORIGIN_COLUMNS, index=index)
    return table


def _sha256(source: Source) -> str:
    if source.data is not None:
        return hashlib.sha256(source.data).hexdigest()
    with source.open() as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _names(paths: list[str]) -> list[str]:
    """Paths without their suffix; with it where two would be the same."""
    stems = [_stem(path) for path in paths]
    times = Counter(stems)
    return [path if times[stem] > 1 else stem for path, stem in zip(paths, stems, strict=True)]


def _stem(path: str) -> str:
    file, mark, part = path.partition("#")
    return PurePosixPath(file).with_suffix("").as_posix() + mark + part


def _nothing_read(path: str | Path, problems: list[list[str]]) -> str:
    shown = "; ".join(f"{name}: {what} ({advice})" for name, what, advice in problems[:5])
    more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
    return f"nothing to read in {str(path)!r} — " + (
        shown + more
        if problems
        else "the folder is empty; put documents (.txt, .html, .pdf, .docx, …) into it"
    )
