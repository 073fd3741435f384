"""Loading: files become one table, and what could not be read becomes another."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from os import PathLike
from pathlib import Path, PurePosixPath

import pandas as pd

from .beside import OWN_FILES
from .clean import BROKEN, clean, decode, unwrapped
from .facts import WORD, about, column_of, named_facts
from .language import language_code, language_name, language_of
from .model import BOUNDS, FACTS, MEGABYTE, KitError, Part, Source, check_size, told
from .places import SIDECARS, resolve, sources
from .readers import Apart, format_of
from .readers.tables import csv_rows

DOCUMENT_COLUMNS = [*FACTS, "words", "path", "sha256", "text"]
PROBLEM_COLUMNS = ["path", "problem", "advice"]
MAPPED = ("text", "doc", *FACTS)  # what columns of a table can be named for
ORIGIN_COLUMNS = ["format", "encoding", *FACTS]
CHOICES = frozenset([*OWN_FILES.values(), "check.xlsx"])  # the user's


class Problems(pd.DataFrame):
    """A table that may live in `attrs`: pandas compares attrs with ==, which must give one bool."""

    @property
    def _constructor(self) -> type[Problems]:
        return Problems

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return isinstance(other, pd.DataFrame) and self.equals(other)

    __hash__ = None  # type: ignore[assignment]


def load(path: str | Path, *, columns: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The *documents* table of a file, a folder with everything below it, a zip, or a pattern.

    Reads plain text, Markdown, HTML, PDF, Word (.docx), OpenDocument, RTF, mail (.eml), tables with
    a document in each row (CSV, TSV, Excel, JSON, JSON lines, Parquet), and exports of LexisNexis
    and Factiva with many articles in a file.  A text keeps its paragraphs; line ends become `\\n`,
    characters are composed (NFC), soft hyphens and zero-width characters go, lines that were
    broken at a width are put together, and nothing else is changed.  Nothing in a file is run.
    Does not read scans, old Office files, pictures or recordings: the problems say what to do.

    Title, date, author, source and language are taken, the first that is there, from
    `metadata.csv` in the folder (a column `file`, and `title`, `date`, …); from the document itself
    (head lines such as `Date: 2017-11-23`, HTML metadata, the columns of its row, fields of the
    press database, mail headers); from the file's name (the date only); from the first lines of the
    text (heading, byline, dateline).  What is not written down stays missing, but for the language,
    which is told from the words.
    What the kit keeps beside them is no document: corrections.csv, speakers.csv, words.toml, …

    path : a file, folder, zip archive, or pattern such as "news/*.txt"; a relative one is looked
        for in the working folder, then in the folder of the kit.
    columns : of tables, which column holds what, where its name does not tell:
        {"text": "Artikeltext", "date": "Erscheinungstag"}; also title, author, source, language,
        and doc, which names the documents.

    Returns columns title, date (ISO day), author, source, language (ISO 639-1), words, path (below
    the folder; `table.csv#5` for a part of a file), sha256 (of the file's bytes), text; index doc.
    `attrs["problems"]` says what could not be read, or only with a doubt: columns path, problem,
    advice.  `attrs["origins"]` says how each was read and where its facts are from: columns format,
    encoding, title, date, author, source, language.
    Documents in other languages than English are loaded; `find_*` and `tokenize` leave them out.
    Of documents with one text the first, by path, is kept, and a reprint with another date or
    source; the problems name the others.
    Raises KitError when the path does not exist or holds nothing that can be read.

    >>> load("seeds")["words"].tolist()
    [471]
    """
    if not isinstance(path, str | PathLike):
        raise KitError(told("no_path", given=path))
    if not (columns is None or isinstance(columns, Mapping)):
        raise KitError(told("no_columns", given=columns))
    for fact, column in (columns or {}).items():
        if fact not in MAPPED or not isinstance(column, str):
            close = get_close_matches(str(fact), MAPPED, 1)
            asked = f"; did you mean {close[0]!r}?" if close else ""
            values = {"fact": fact, "column": column, "asked": asked, "takes": ", ".join(MAPPED)}
            raise KitError(told("no_fact", **values))
    found = _Found()
    with Apart() as apart:
        for name, source in sources(resolve(path)):
            try:
                if isinstance(source, Exception):
                    raise source
                source.columns = columns or {}
                if not found.take_metadata(source):
                    found.read(source, apart)
            except (KitError, OSError) as problem:
                found.problem(name, problem)
    for place, names in found.named.items():
        if lost := [name for name in names if name not in found.used]:
            names = ", ".join(lost[:5])
            found.problem(place, told("named_but_missing", count=len(lost), names=names))
    if not found.documents:
        shown = [f"{name}: {what} ({advice})" for name, what, advice in found.problems[:5]]
        shown += [f"and {more} more"] if (more := len(found.problems) - 5) > 0 else []
        why = "; ".join(shown) or told("empty_folder")
        raise KitError(told("nothing_to_read", path=str(path), why=why))
    index = pd.Index(_names([one["path"] for one in found.documents]), name="doc")
    rows = [[one.get(column) for column in DOCUMENT_COLUMNS] for one in found.documents]
    table = pd.DataFrame(rows, columns=DOCUMENT_COLUMNS, index=index)
    table.attrs["problems"] = Problems(found.problems, columns=PROBLEM_COLUMNS)
    table.attrs["origins"] = Problems(found.origins, columns=ORIGIN_COLUMNS, index=index)
    return table


@dataclass(slots=True)
class _Found:
    """What has been read so far, and what `metadata.csv` in the folders tells of their files."""

    documents: list[dict[str, object]] = field(default_factory=list)
    origins: list[list[str | None]] = field(default_factory=list)
    problems: list[list[str]] = field(default_factory=list)
    texts: dict[bytes, dict[str, object]] = field(default_factory=dict)  # by their fingerprint
    letters: int = 0
    given: dict[str, dict[str, str]] = field(default_factory=dict)  # facts by the name of the file
    named: dict[str, list[str]] = field(default_factory=dict)  # the files that a table names
    used: set[str] = field(default_factory=set)

    def problem(self, path: str, problem: Exception | str) -> None:
        """Notes a problem: what happened and, after the last long dash, what to do."""
        if isinstance(problem, OSError):
            problem = told("cannot_open", why=problem.strerror or problem)
        what, _, advice = str(problem).rpartition(" — ")
        self.problems.append([BROKEN.sub("\ufffd", words) for words in (path, what, advice)])

    def take_metadata(self, source: Source) -> bool:
        """Reads a table of metadata, passes over `CHOICES`; False when the file is neither."""
        path = PurePosixPath(source.name)
        if path.name.lower() not in SIDECARS:
            return path.name.lower() in CHOICES
        check_size(source.size, BOUNDS["bytes_in_sidecar"])
        notes: list[str] = []
        rows = list(csv_rows(clean(decode(source.read())[0]), notes))
        columns = list(rows[0]) if rows else []
        if column_of("text", columns) is not None:
            return False  # a table of documents that happens to have this name
        column = column_of("file", columns)
        if rows and column is None:
            raise KitError(told("names_no_files"))
        for note in notes:
            self.problem(source.name, note)
        names = self.named[source.name] = []
        for row in rows:
            if named := str(row.pop(column, "")).strip().replace("\\", "/"):
                names.append((path.parent / named).as_posix())
                self.given[names[-1]] = named_facts(row)
        return True

    def metadata(self, path: str) -> dict[str, str]:
        """What is said of a file, by its path, or by its path without suffix."""
        path = clean(path)  # as in the table: macOS takes the accents of names apart
        names = [name for name in (path, path.rpartition(".")[0]) if name in self.given]
        self.used.update(names[:1])
        return self.given[names[0]] if names else {}

    def read(self, source: Source, apart: Apart) -> None:
        """Adds the documents in a file, and what went wrong with it."""
        if not source.size:
            raise KitError(told("empty_file"))
        suffix, given, empty = format_of(source), self.metadata(source.name), True
        with source.open() as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        for number, part in enumerate(apart.read(source, suffix), 1):
            for note in part.notes:
                self.problem(source.name, note)
            name = BROKEN.sub("\ufffd", part.name or (str(number) if number > 1 else ""))
            path = f"{source.name}#{name}" if name else source.name
            part.text = clean(part.text)  # pieces put together may be composed anew
            if len(part.text) > BOUNDS["letters_in_document"]:
                most = BOUNDS["letters_in_document"] // MEGABYTE
                self.problem(path, told("long_text", most=most))
            elif WORD.search(part.text):
                self.add(part, path, given, [suffix[1:], part.encoding], sha256)
            elif part.name:
                self.problem(path, told("no_words"))
            elif not part.notes:
                continue
            empty = False
        if empty:
            raise KitError(told("no_text"))

    def add(self, part: Part, path: str, given: dict[str, str], how: list, sha256: str) -> None:
        """Adds a document with its facts, unless there is one with the same text."""
        self.letters += len(part.text)
        if self.letters > BOUNDS["letters_in_all"]:
            raise KitError(told("many_letters", most=BOUNDS["letters_in_all"] // MEGABYTE))
        facts, origins = about(part, path=path, given=given)
        text = unwrapped(part.text)  # after its first lines, which tell facts, have been read
        document = {"path": path, "sha256": sha256, "text": text, "words": len(WORD.findall(text))}
        fingerprint = hashlib.sha256(" ".join(text.split()).casefold().encode()).digest()
        first = self.texts.setdefault(fingerprint, document)
        if first is not document:
            pairs = [(first.get(name), facts.get(name)) for name in ("date", "source")]
            reprint = any(one and other and one != other for one, other in pairs)
            self.problem(path, told("reprint" if reprint else "same_text", path=first["path"]))
            if not reprint:
                return
        language = language_of(text)
        if "language" in facts:
            facts["language"] = language_code(facts["language"])
        elif language:
            facts["language"], origins["language"] = language, "words"
        if (language := facts.get("language")) not in ("en", None):
            self.problem(path, told("other_language", language=language_name(language)))
        document |= facts
        self.documents.append(document)
        self.origins.append([*how, *map(origins.get, FACTS)])


def _names(paths: list[str]) -> list[str]:
    """Paths without their suffix; with it where two would be the same."""
    stems = []
    for path in paths:
        file, mark, part = path.partition("#")
        stems.append(PurePosixPath(file).with_suffix("").as_posix() + mark + part)
    times = Counter(stems)
    return [path if times[stem] > 1 else stem for path, stem in zip(paths, stems, strict=True)]
