"""Theme dictionaries: words, phrases, wildcards and exclusions, and every place they occur.

One entry is one of

    road            a word: also "Roads", "road's"; one written in the plural is found in the
                    plural only, so that "goods" is not "good"
    invest*         a wildcard: "investment", "investors"; `?` stands for one letter
    rule of law     a phrase; a hyphen may stand for a blank: "rule-of-law"
    WTO             two and more capitals: only so written, so that "WHO" is not "who"
    -road map       an exclusion: what it covers is no hit of this theme
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path

from ..documents import KitError
from ..text.forms import singular
from ..text.tokens import Annotated
from ..text.words import split_words

__all__ = ["Dictionary", "Hit", "default_themes", "load_themes"]

HYPHENS = frozenset("-‐‑–")
LONGEST_PREFIX = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where an entry of a theme occurs."""

    theme: str
    entry: str
    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Entry:
    theme: int
    parts: tuple[int, ...]
    written: str
    excluded: bool


_Place = tuple[int, int, int, _Entry]  # first word, minus the word after, sentence, entry


def load_themes(path: str | Path) -> dict[str, list[str]]:
    """The themes of a TOML file: {theme: entries}; exclusions begin with "-".

    A theme is a list, or a table with `words` and `not`; a table inside a table is a part of it,
    named "transport/rail", and its words belong to the whole as well:

        security = ["army", "border guard*"]

        [transport]
        words = ["road", "traffic"]
        not = ["road map"]

        [transport.rail]
        words = ["railway*"]

    Raises KitError when the file is missing, is not TOML, or holds something else.

    >>> sorted(load_themes(files("helpers") / "data" / "themes.toml"))[0]
    'agriculture'
    """
    path = Path(str(path))
    content = read_toml(path, what="theme dictionary", example="the docstring of load_themes")
    themes: dict[str, list[str]] = {}
    for name, value in content.items():
        _read_theme(name, value, themes, path)
    return themes


def default_themes() -> dict[str, list[str]]:
    """The general dictionary for policy and economic news that comes with the kit.

    >>> "road" in default_themes()["transport"]
    True
    """
    return load_themes(Path(str(files("helpers").joinpath("data", "themes.toml"))))


def read_toml(path: Path, *, what: str, example: str) -> dict[str, object]:
    """What a user's TOML file holds; `what` it is and where an `example` stands are for the error.

    Raises KitError when the file is missing or is not TOML in UTF-8.

    >>> "trade" in read_toml(Path("helpers/data/themes.toml"), what="dictionary", example="it")
    True
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise KitError(
            f"no {what} at {path}: {error.strerror or error}; give the path of a TOML file"
        ) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KitError(
            f"{path} is not TOML in UTF-8: {error}; see the example in {example}"
        ) from error


def _read_theme(name: str, value: object, themes: dict[str, list[str]], path: Path) -> list[str]:
    """Adds the theme and its parts to `themes`; its entries with those of its parts."""
    if isinstance(value, list):
        value = {"words": value}
    if not isinstance(value, dict):
        raise KitError(
            f"{path}: theme {name!r} is neither a list of words nor a table with "
            "`words`; write it as one of them"
        )
    entries: list[str] = []
    themes[name] = entries
    for key, inner in value.items():
        if key in ("words", "not"):
            if not isinstance(inner, list) or not all(isinstance(x, str) for x in inner):
                raise KitError(
                    f"{path}: `{key}` of theme {name!r} is not a list of words in "
                    "quotation marks; write it so"
                )
            entries += ["-" + x if key == "not" else x for x in inner]
        elif isinstance(inner, dict):
            entries += _read_theme(f"{name}/{key}", inner, themes, path)
        else:
            close = get_close_matches(key.lower(), ("words", "not"), 1)
            raise KitError(
                f"{path}: theme {name!r} has an unknown key {key!r}; "
                + (
                    f"did you mean `{close[0]}`?"
                    if close
                    else f"it takes `words` and `not`, and a part of it is a table [{name}.{key}]"
                )
            )
    return entries


class Dictionary:
    """Themes made ready: finds all their entries in one pass over a text's words."""

    def __init__(self, themes: Mapping[str, Sequence[str]]) -> None:
        """Raises KitError when a theme's entries are not a list of words."""
        self.themes = tuple(themes)
        self._plain: dict[str, int] = {}
        self._cased: dict[str, int] = {}
        self._prefixes: dict[str, int] = {}
        self._patterns: list[tuple[re.Pattern[str], int]] = []
        self._parts: dict[str, int] = {}
        self._known: dict[str, frozenset[int]] = {}
        self._begins: dict[str, tuple[_Entry, ...]] = {}
        self._starting: dict[int, list[_Entry]] = defaultdict(list)
        for number, (theme, entries) in enumerate(themes.items()):
            if isinstance(entries, str) or not all(isinstance(x, str) for x in entries):
                raise KitError(
                    f"theme {theme!r} is not a list of words; give "
                    f'{{"{theme}": ["word", "two words", "begin*"]}}'
                )
            for written in dict.fromkeys(entries):
                self._add(number, written)

    def _add(self, theme: int, written: str) -> None:
        excluded = written.startswith("-")
        parts = tuple(self._part(piece) for piece in _pieces(written.lstrip("-")))
        if parts:
            entry = _Entry(theme, parts, written.lstrip("-").strip(), excluded)
            self._starting[parts[0]].append(entry)

    def _part(self, piece: str) -> int:
        """The number of one word of an entry; equal words share it."""
        wild = "*" in piece or "?" in piece
        cased = not wild and len(piece) > 1 and piece.isupper()
        low = piece if cased else piece.lower().replace("’", "'")
        number = self._parts.setdefault(low, len(self._parts))
        if cased:
            self._cased[low] = number
        elif not wild:
            self._plain[low] = number
        elif low.endswith("*") and low[:-1].isalnum() and len(low) <= LONGEST_PREFIX:
            self._prefixes[low[:-1]] = number
        elif all(pattern.pattern != _wildcard(low) for pattern, _ in self._patterns):
            self._patterns.append((re.compile(_wildcard(low)), number))
        return number

    def _numbers(self, word: str) -> frozenset[int]:
        """The entries' words that this word of a text is."""
        found = self._known.get(word)
        if found is None:
            low = word.lower()
            numbers = {
                self._plain.get(singular(low), -1),
                self._plain.get(low, -1),
                self._cased.get(word, -1),
            }
            if word.endswith("s"):
                numbers.add(self._cased.get(word[:-1], -1))  # NGOs
            if self._prefixes:
                numbers |= {
                    self._prefixes.get(low[:n], -1)
                    for n in range(1, min(len(low), LONGEST_PREFIX) + 1)
                }
            if len(low) <= 100:
                numbers |= {n for pattern, n in self._patterns if pattern.fullmatch(low)}
            found = self._known[word] = frozenset(numbers - {-1})
        return found

    def _entries(self, word: str) -> tuple[_Entry, ...]:
        """The entries that may begin with this word of a text."""
        found = self._begins.get(word)
        if found is None:
            found = self._begins[word] = tuple(
                entry
                for number in sorted(self._numbers(word))
                for entry in self._starting.get(number, ())
            )
        return found

    def hits(self, note: Annotated) -> list[Hit]:
        """Every place of every theme's entries, in order; the longest entry wins within a theme.

        An entry does not run over the end of a sentence.
        """
        found: dict[int, list[_Place]] = defaultdict(list)
        begins, words = self._begins, note.words
        for number, (first, after) in enumerate(note.sentences):
            for at in range(first, after):
                entries = begins.get(words[at])
                if entries is None:
                    entries = self._entries(words[at])
                for entry in entries:
                    end = self._end(entry, words, at, after)
                    if end:
                        found[entry.theme].append((at, -end, number, entry))
        kept = [place for places in found.values() for place in _kept(places)]
        kept.sort(key=lambda place: (place[0], place[1], place[3].theme))
        return [
            Hit(
                self.themes[entry.theme],
                entry.written,
                note.sentence_paragraph[sentence],
                note.starts[at],
                note.ends[-end - 1],
            )
            for at, end, sentence, entry in kept
        ]

    def _end(self, entry: _Entry, words: list[str], at: int, after: int) -> int:
        """The number of the word after the entry that begins at `at`; 0 when it is not there."""
        for part in entry.parts[1:]:
            at += 1
            if at < after and words[at] in HYPHENS:
                at += 1
            if at >= after or part not in self._numbers(words[at]):
                return 0
        return at + 1


def _kept(places: list[_Place]) -> Iterator[_Place]:
    """One theme's places that lie in no exclusion and overlap no earlier or longer one."""
    places.sort(key=lambda place: (*place[:3], not place[3].excluded, place[3].written))
    until = barred = 0
    for place in places:
        at, end = place[0], -place[1]
        if place[3].excluded:
            barred = max(barred, end)
        elif at >= until and end > barred:
            until = end
            yield place


def _pieces(written: str) -> list[str]:
    """The words of an entry, cut as the words of a text are; a wildcard counts as a letter."""
    plain = written.replace("*", "a").replace("?", "a")
    return [
        written[start:end] for start, end in split_words(plain) if written[start:end] not in HYPHENS
    ]


def _wildcard(piece: str) -> str:
    """A pattern for `*` (any letters) and `?` (one); neighbouring stars are one."""
    return (
        re.sub(r"\*+", "*", piece)
        .translate(str.maketrans({c: re.escape(c) for c in ".+()[]{}^$|\\"}))
        .replace("*", r"\w*")
        .replace("?", r"\w")
    )
