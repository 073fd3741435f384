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
from difflib import get_close_matches
from fnmatch import translate
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..documents import KitError
from ..text import DATA, Doc
from ..text.forms import singular
from ..text.words import split_words

__all__ = ["Dictionary", "Hit", "load_themes"]

HYPHENS = frozenset("-‐‑–")
LONGEST = 100  # letters of a word that a wildcard is held against

_Entry = tuple[str, tuple[str, ...], bool]  # its theme, its words, whether it is no exclusion


class Hit(NamedTuple):
    """One place where an entry of a theme occurs."""

    theme: str
    paragraph: int
    start: int
    end: int


def load_themes(path: str | Path = DATA / "themes.toml") -> dict[str, list[str]]:
    """The themes of a TOML file: {theme: entries}; exclusions begin with "-".

    A theme is a list, or a table with `words` and `not`; a table inside a table is a part of it,
    named "transport/rail", and its words belong to the whole as well:

        security = ["army", "border guard*"]

        [transport]
        words = ["road", "traffic"]
        not = ["road map"]

        [transport.rail]
        words = ["railway*"]

    path : without one, the general dictionary for policy and economic news that comes with the kit.
    Raises KitError when the file is missing, is not TOML, or holds something else.

    >>> "road" in load_themes()["transport"]
    True
    """
    path = Path(str(path))
    content = read_toml(path, what="theme dictionary", example="the docstring of load_themes")
    themes: dict[str, list[str]] = {}
    for name, value in content.items():
        _read_theme(name, value, themes, path)
    return themes


def read_toml(path: Path, *, what: str, example: str) -> dict[str, object]:
    """What a user's TOML file holds; `what` it is and where an `example` stands are for errors."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        problem = f"no {what} at {path}: {error.strerror or error}; give the path of a TOML file"
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = f"{path} is not TOML in UTF-8: {error}; see the example in {example}"
    raise KitError(problem)


def are_words(value: object) -> bool:
    """Whether it is a list of texts."""
    texts = isinstance(value, Sequence) and not isinstance(value, str)
    return texts and all(isinstance(word, str) for word in value)


def _read_theme(name: str, value: object, themes: dict[str, list[str]], path: Path) -> list[str]:
    """Adds the theme and its parts to `themes`; its entries with those of its parts."""
    value = {"words": value} if isinstance(value, list) else value
    if not isinstance(value, dict):
        how = "is neither a list of words nor a table with `words`; write it as one of them"
        raise KitError(f"{path}: theme {name!r} {how}")
    entries = themes[name] = list[str]()
    for key, inner in value.items():
        if key in ("words", "not"):
            if not are_words(inner):
                how = "is not a list of words in quotation marks; write it so"
                raise KitError(f"{path}: `{key}` of theme {name!r} {how}")
            entries += ["-" + x if key == "not" else x for x in inner]
        elif isinstance(inner, dict):
            entries += _read_theme(f"{name}/{key}", inner, themes, path)
        else:
            close = get_close_matches(key.lower(), ("words", "not"), 1)
            how = f"it takes `words` and `not`, and a part of it is a table [{name}.{key}]"
            how = f"did you mean `{close[0]}`?" if close else how
            raise KitError(f"{path}: theme {name!r} has an unknown key {key!r}; {how}")
    return entries


class Dictionary:
    """Themes made ready: finds all their entries in one pass over a text's words."""

    def __init__(self, themes: Mapping[str, Sequence[str]]) -> None:
        """Raises KitError when a theme's entries are not a list of words."""
        self._order = {theme: number for number, theme in enumerate(themes)}
        self._starting: dict[str, list[_Entry]] = defaultdict(list)  # by their first word
        self._parts = set[str]()
        for theme, entries in themes.items():
            if not are_words(entries):
                raise KitError(
                    f"theme {theme!r} is not a list of words; give "
                    f'{{"{theme}": ["word", "two words", "begin*"]}}'
                )
            for written in dict.fromkeys(entries):
                if parts := tuple(_pieces(written.lstrip("-"))):
                    self._starting[parts[0]].append((theme, parts, not written.startswith("-")))
                    self._parts.update(parts)
        wild = {part: _pattern(part) for part in sorted(self._parts) if "*" in part or "?" in part}
        self._wild = {part: re.compile(pattern) for part, pattern in wild.items()}
        self._any_wild = re.compile("|".join(wild.values()) or r"(?!)")
        self._forms, self._entries = cache(self._forms_of), cache(self._entries_of)

    def _forms_of(self, word: str) -> set[str]:
        """The entries' words that this word of a text is."""
        low = word.lower()
        found = {word, low, singular(low)} & self._parts
        if word.endswith("s") and word[:-1].isupper():
            found |= {word[:-1]} & self._parts  # NGOs
        if word[0].isalnum() and len(low) <= LONGEST and self._any_wild.match(low):
            found |= {part for part, pattern in self._wild.items() if pattern.match(low)}
        return found

    def _entries_of(self, word: str) -> list[_Entry]:
        """The entries that may begin with this word of a text."""
        return [entry for form in self._forms(word) for entry in self._starting.get(form, ())]

    def hits(self, note: Doc) -> list[Hit]:
        """Every place of every theme's entries, in order; the longest entry wins within a theme.

        An entry does not run over the end of a sentence.
        """
        hits = []
        for (first, after), paragraph in zip(note.sentences, note.sentence_paragraph, strict=True):
            places: dict[str, list[tuple[int, int, bool]]] = defaultdict(list)
            for at in range(first, after):
                for theme, parts, wanted in self._entries(note.words[at]):
                    if end := self._end(parts, note.words, at, after):
                        places[theme].append((at, -end, wanted))
            for theme, found in places.items():
                until = barred = 0
                for at, end, wanted in sorted(found):  # of one beginning, the longest first
                    if not wanted:
                        barred = max(barred, -end)
                    elif at >= until and -end > barred:
                        until = -end
                        hits.append(Hit(theme, paragraph, note.starts[at], note.ends[until - 1]))
        return sorted(hits, key=lambda hit: (hit.start, -hit.end, self._order[hit.theme]))

    def _end(self, parts: tuple[str, ...], words: Sequence[str], at: int, after: int) -> int:
        """The number of the word after the entry that begins at `at`; 0 when it is not there."""
        for part in parts[1:]:
            at += 1
            if at < after and words[at] in HYPHENS:
                at += 1
            if at >= after or part not in self._forms(words[at]):
                return 0
        return at + 1


def _pieces(written: str) -> Iterator[str]:
    """The words of an entry, cut as the words of a text are; a wildcard counts as a letter.

    All but words in capitals are in small letters.
    """
    for start, end in split_words(written.replace("*", "a").replace("?", "a")):
        piece = written[start:end]
        wild = "*" in piece or "?" in piece
        if piece not in HYPHENS:
            cased = not wild and len(piece) > 1 and piece.isupper()
            yield piece if cased else piece.lower().replace("’", "'")


def _pattern(piece: str) -> str:
    """A pattern for `*` (any letters) and `?` (one); nothing else has a meaning."""
    return translate(re.sub(r"\*+", "*", piece).replace("[", "[[]"))
