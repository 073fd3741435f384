"""Documents: text files become one table, and what could not be read becomes another.

The *documents* table is where every analysis starts.  Its index `doc` is made from a file's path
below the folder that was asked for, so the same folder gives the same names on every machine.
"""
from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path

import pandas as pd

PROJECT = Path(__file__).resolve().parent.parent
FORMATS = {".txt", ".text", ".md", ".markdown"}
LARGEST = 20_000_000  # bytes in one file: about 3 million words
PROBLEM_COLUMNS = ["path", "problem", "advice"]

WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,5000}?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
HEAD_LINE = re.compile(r"(title|headline|date|published|author|byline|source|language)[ \t]*:"
                       r"[ \t]*(\S.*)", re.IGNORECASE)  # "Date: 2017-11-23"
HEADING = re.compile(r"#{1,2}[ \t]+(\S.*?)[ \t]*#*")  # "# Ministers meet in Bangkok"
DATED = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")  # "2017-11-23_ministers-meet.txt"
SAME_FIELD = {"headline": "title", "published": "date", "byline": "author"}
BYTE_ORDER_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENGLISH = frozenset("the of and to in a is that for on with as by at from was it are be this "
                    "have has he said not an will they but which or their we his".split())


class KitError(Exception):
    """What the kit raises when it cannot go on: what was looked for, where, and what to do."""


class Problems(pd.DataFrame):
    """A table that may live in `attrs`: pandas compares attrs with ==, which must give one bool."""

    def __eq__(self, other: object) -> bool:  # type: ignore[override]
        return isinstance(other, pd.DataFrame) and self.equals(other)

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Document:
    """One document; missing facts are None.  `date` is an ISO day, `path` below the folder."""

    title: str | None
    date: str | None
    author: str | None
    source: str | None
    language: str | None
    words: int
    path: str
    sha256: str
    text: str


DOCUMENT_COLUMNS = [field.name for field in fields(Document)]


def load(path: str | Path) -> pd.DataFrame:
    """The *documents* table of a file or of a folder with everything below it.

    Reads `.txt` and `.md` in UTF-8, or in cp1251 or cp1252 where the bytes are not UTF-8.  Title,
    date, author and source come from head lines (`Title: …`, or the same between two `---` lines)
    or, failing that, from a heading and from a date in the file name; nothing is guessed.  Line
    ends become `\\n` and characters are composed (NFC); nothing else in the text is changed, and
    files are opened for reading only.  Does not read PDF, Word or HTML yet: they are listed as
    problems, with every other file that could not be read.

    path : a file or folder.  A relative one is looked for in the working folder, then in the
        folder of the kit, so that "seeds" means the same in a notebook and on the command line.

    Returns columns title, date (ISO day), author, source, language ("en" or missing), words,
    path, sha256 (of the file's bytes), text; index doc.  `attrs["problems"]` is the table of
    what could not be read: columns path, problem, advice; often empty.
    Raises KitError when the path does not exist or holds nothing that can be read.

    >>> load("seeds")["words"].tolist()
    [471]
    """
    root = resolve(path)
    files = [root] if root.is_file() else sorted(_files_below(root))
    folder = root.parent if root.is_file() else root
    read: list[Document] = []
    problems: list[dict[str, str]] = []
    for file in files:
        name = file.relative_to(folder).as_posix()
        try:
            read.append(_read(file, name))
        except (KitError, OSError) as problem:
            what, _, advice = str(problem).partition(" — ")
            problems.append({"path": name, "problem": what, "advice": advice})
    if not read:
        raise KitError(_nothing_read(path, problems))
    frame = pd.DataFrame(read, columns=DOCUMENT_COLUMNS,
                         index=pd.Index(_names([d.path for d in read]), name="doc"))
    problems += [{"path": d.path, "problem": "does not read like English",
                  "advice": "the analyses know English only: take their results with care"}
                 for d in read if d.language is None]
    frame.attrs["problems"] = Problems(problems, columns=PROBLEM_COLUMNS)
    return frame


def resolve(path: str | Path) -> Path:
    """The file or folder meant by a path: below the working folder, else below the kit's folder.

    Raises KitError when it is in neither.

    >>> resolve("seeds").name
    'seeds'
    """
    asked = Path(path).expanduser()
    for found in (asked, PROJECT / asked):
        if found.exists():
            return found.resolve()
    raise KitError(f"no file or folder {str(path)!r} — looked in the working folder and in the "
                   f"kit's own folder; give the path of a document or of a folder of documents")


def decode(data: bytes) -> str:
    """The text of a file's bytes: by its byte order mark, else UTF-8, else cp1251 or cp1252.

    Of the last two, cp1251 is taken when most of the letters above ASCII come out as lower-case
    Cyrillic.  Bytes that neither table knows become U+FFFD.

    >>> decode("Алимов".encode("cp1251"))
    'Алимов'
    """
    for mark, name in BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            text = data.decode(name, errors="replace").lstrip("\ufeff")
            break
    else:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            high = [byte for byte in data if byte >= 0x80]
            cyrillic = sum(byte >= 0xE0 for byte in high) > 0.6 * len(high)
            text = data.decode("cp1251" if cyrillic and len(high) > 0.2 * len(data) else "cp1252",
                               errors="replace")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _files_below(folder: Path) -> list[Path]:
    """Every visible file below a folder; links that lead out of it are left alone."""
    return [file for file in folder.rglob("*")
            if not any(part.startswith(".") for part in file.relative_to(folder).parts)
            and file.is_file() and file.resolve().is_relative_to(folder)]


def _read(file: Path, name: str) -> Document:
    if file.suffix.lower() not in FORMATS:
        raise KitError(f"{file.suffix or 'no suffix'}: a format this version does not read — "
                       "save the document as plain text (.txt, UTF-8)")
    if file.stat().st_size > LARGEST:
        raise KitError(f"larger than {LARGEST // 1_000_000} MB — split it into its documents")
    data = file.read_bytes()
    if b"\x00" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise KitError("holds binary data, not text — save the document as plain text (.txt)")
    facts, text = _head(decode(data))
    if not text.strip():
        raise KitError("holds no text — remove the file or put the document's text in it")
    dated = DATED.search(facts.get("date", "")) or DATED.search(file.stem)
    return Document(title=facts.get("title") or _title(text), date=_day(dated),
                    author=facts.get("author"), source=facts.get("source"),
                    language=facts.get("language") or _language(text),
                    words=len(WORD.findall(text)), path=name,
                    sha256=hashlib.sha256(data).hexdigest(), text=text)


def _head(text: str) -> tuple[dict[str, str], str]:
    """The facts in the head lines, and the text without them.

    Without `---` marks two such lines must stand together, since a story may well open with
    "Date: unknown".
    """
    marked = FRONT_MATTER.match(text)
    lines = (marked[1] if marked else text[:5000].split("\n\n", 1)[0]).strip("\n").split("\n")
    found = [HEAD_LINE.fullmatch(line.strip()) for line in lines]
    if not marked and (len(found) < 2 or not all(found)):
        return {}, text
    facts = {SAME_FIELD.get(key, key): line[2].strip().strip("\"'")
             for line in found if line for key in [line[1].lower()]}
    return facts, text[marked.end():] if marked else text.lstrip("\n").partition("\n\n")[2]


def _title(text: str) -> str | None:
    """The first line, when it is a heading or is short, ends without a stop and stands alone."""
    first, _, rest = text.strip()[:2000].partition("\n")
    heading = HEADING.fullmatch(first)
    if heading:
        return heading[1]
    alone = rest.startswith("\n") and len(WORD.findall(first)) <= 20
    return first.strip() if alone and not first.rstrip().endswith((".", ":", ";", ",")) else None


def _day(found: re.Match[str] | None) -> str | None:
    """An ISO day that the calendar has, or None."""
    if found and not pd.isna(pd.to_datetime(found[0], format="%Y-%m-%d", errors="coerce")):
        return found[0]
    return None


def _language(text: str) -> str | None:
    """"en" when at least one word in seven is among the commonest of English."""
    words = WORD.findall(text[:20_000].lower())
    return "en" if sum(word in ENGLISH for word in words) * 7 >= len(words) else None


def _names(paths: list[str]) -> list[str]:
    """Paths without their suffix; with it where two would be the same."""
    stems = [Path(path).with_suffix("").as_posix() for path in paths]
    times = Counter(stems)
    return [path if times[stem] > 1 else stem for path, stem in zip(paths, stems, strict=True)]


def _nothing_read(path: str | Path, problems: list[dict[str, str]]) -> str:
    shown = "; ".join(f"{p['path']}: {p['problem']} ({p['advice']})" for p in problems[:5])
    more = f"; and {len(problems) - 5} more" if len(problems) > 5 else ""
    return (f"nothing to read in {str(path)!r} — " + (shown + more if problems else
            "the folder is empty; put .txt or .md documents into it"))
