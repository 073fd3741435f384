"""Loading: files become one table, and what could not be read becomes another."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from .parts import Problems, load_parts, read_manifest
from .places import SIDECARS, resolve, sources
from .readers import Apart, format_of
from .readers.tables import csv_rows

DOCUMENT_COLUMNS = [*FACTS, "words", "path", "sha256", "text"]
PROBLEM_COLUMNS = ["path", "problem", "advice"]
MAPPED = ("text", "doc", *FACTS)  # what columns of a table can be named for
ORIGIN_COLUMNS = ["format", "encoding", *FACTS]
CHOICES = frozenset([*OWN_FILES.values(), "check.xlsx"])  # the user's
Read = tuple[dict[str, object], list[str | None]]  # a document, the origins of its facts


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
    Of a folder that `helpers.cluster` has written it gives the documents that were read for it.

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
    if isinstance(path, str | PathLike) and read_manifest(root := resolve(path))[0]:
        return load_parts(root)
    reading = Reading()
    read = list(reading.documents(path, columns))
    table = documents_table(read, doc_names([one["path"] for one, _ in read]))
    table.attrs["problems"] = Problems(reading.problems, columns=PROBLEM_COLUMNS)
    return table


def documents_table(read: Sequence[Read], names: Sequence[str]) -> pd.DataFrame:
    """The documents table of what `Reading` gives; names : of the documents."""
    index = pd.Index(names, name="doc")
    rows = [[document.get(column) for column in DOCUMENT_COLUMNS] for document, _ in read]
    table = pd.DataFrame(rows, columns=DOCUMENT_COLUMNS, index=index)
    origins = [origins for _, origins in read]
    table.attrs["origins"] = Problems(origins, columns=ORIGIN_COLUMNS, index=index)
    return table


@dataclass(slots=True)
class Reading:
    """Documents read one after the other, what went wrong, what `metadata.csv` tells of files.

    most : letters in all; of what was read it keeps no text, only a fingerprint.
    """

    most: float = BOUNDS["letters_in_all"]
    problems: list[list[str]] = field(default_factory=list)
    texts: dict[bytes, tuple] = field(default_factory=dict)  # fingerprint → path, date, source
    letters: int = 0
    given: dict[str, dict[str, str]] = field(default_factory=dict)  # facts by the name of the file
    named: dict[str, list[str]] = field(default_factory=dict)  # the files that a table names
    used: set[str] = field(default_factory=set)

    def documents(
        self, path: str | Path, columns: Mapping[str, str] | None = None
    ) -> Iterator[Read]:
        """The documents at a path, with the origins of their facts; raises what `load` raises."""
        if not isinstance(path, str | PathLike):
            raise KitError(told("no_path", given=path))
        if not (columns is None or isinstance(columns, Mapping)):
            raise KitError(told("no_columns", given=columns))
        for fact, column in (columns or {}).items():
            if fact not in MAPPED or not isinstance(column, str):
                close = get_close_matches(str(fact), MAPPED, 1)
                asked = f"; did you mean {close[0]!r}?" if close else ""
                values = {"fact": fact, "column": column, "asked": asked}
                raise KitError(told("no_fact", **values, takes=", ".join(MAPPED)))
        nothing = True
        with Apart() as apart:
            for name, source in sources(resolve(path)):
                try:
                    if isinstance(source, Exception):
                        raise source
                    source.columns = columns or {}
                    if not self.take_metadata(source):
                        for read in self.read(source, apart):
                            nothing = False
                            yield read
                except (KitError, OSError) as problem:
                    self.problem(name, problem)
        for place, names in self.named.items():
            if lost := [name for name in names if name not in self.used]:
                names = ", ".join(lost[:5])
                self.problem(place, told("named_but_missing", count=len(lost), names=names))
        if nothing:
            shown = [f"{name}: {what} ({advice})" for name, what, advice in self.problems[:5]]
            shown += [f"and {more} more"] if (more := len(self.problems) - 5) > 0 else []
            why = "; ".join(shown) or told("empty_folder")
            raise KitError(told("nothing_to_read", path=str(path), why=why))

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

    def read(self, source: Source, apart: Apart) -> Iterator[Read]:
        """The documents in a file; notes what went wrong with it."""
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
                read = self.add(part, path, given, [suffix[1:], part.encoding], sha256)
                yield from [read] if read else []
            elif part.name:
                self.problem(path, told("no_words"))
            elif not part.notes:
                continue
            empty = False
        if empty:
            raise KitError(told("no_text"))

    def add(
        self, part: Part, path: str, given: dict[str, str], how: list, sha256: str
    ) -> Read | None:
        """A document with its facts, unless there was one with the same text."""
        self.letters += len(part.text)
        if self.letters > self.most:
            raise KitError(told("many_letters", most=self.most // MEGABYTE))
        facts, origins = about(part, path=path, given=given)
        text = unwrapped(part.text)  # after its first lines, which tell facts, have been read
        document = {"path": path, "sha256": sha256, "text": text, "words": len(WORD.findall(text))}
        fingerprint = hashlib.sha256(" ".join(text.split()).casefold().encode()).digest()
        own = (path, facts.get("date"), facts.get("source"))
        first = self.texts.setdefault(fingerprint, own)
        if first is not own:
            pairs = zip(first[1:], own[1:], strict=True)
            reprint = any(one and other and one != other for one, other in pairs)
            self.problem(path, told("reprint" if reprint else "same_text", path=first[0]))
            if not reprint:
                return None
        language = language_of(text)
        if "language" in facts:
            facts["language"] = language_code(facts["language"])
        elif language:
            facts["language"], origins["language"] = language, "words"
        if (language := facts.get("language")) not in ("en", None):
            self.problem(path, told("other_language", language=language_name(language)))
        return document | facts, [*how, *map(origins.get, FACTS)]


def doc_names(paths: list[str]) -> list[str]:
    """Paths without their suffix; with it where two would be the same."""
    stems = []
    for path in paths:
        file, mark, part = path.partition("#")
        stems.append(PurePosixPath(file).with_suffix("").as_posix() + mark + part)
    times = Counter(stems)
    return [path if times[stem] > 1 else stem for path, stem in zip(paths, stems, strict=True)]
