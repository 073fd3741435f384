"""Choices: words you leave out, names and phrases you count as one, a record of what was used.

Beside the documents `themes.toml` holds the themes (see `dictionary`), and `words.toml`:

    stop = ["press service", "website"]     # never in a key phrase, never counted

    [merge]                                 # names and phrases that are one, shown as the first
    "Shanghai Cooperation Organisation" = ["SCO", "the Organization"]

Speakers are merged by it too, after the file they have of their own: see `speakers`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from ..documents import OWN_FILES, KitError, beside, resolve
from .dictionary import are_words, load_themes, read_toml

__all__ = ["Choices", "load_choices", "load_themes_for", "settings"]


@dataclass(frozen=True, slots=True)
class Choices:
    """The user's own word lists: what is left out, and which forms are one.

    stop : words and phrases, in any number and case.
    merges : {the name that is shown: the other forms}, as entries of a theme dictionary.
    """

    stop: tuple[str, ...] = ()
    merges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def entries(self) -> dict[str, list[str]]:
        """The merged names with all their forms, the shown one first: a theme dictionary."""
        return {name: [name, *forms] for name, forms in self.merges.items()}


def load_choices(documents: str | Path, file: str | Path | None = None) -> Choices:
    """The stop list and the merges in the `words.toml` beside the documents, or in another file.

    documents : the path that `load` was given; the file may lie in that folder or beside it.
    file : a TOML file; None looks for `words.toml`, and where there is none nothing is chosen.
    Raises KitError when a named file is missing, is not TOML, holds something else, or counts a
    form as two names.

    >>> load_choices("seeds")
    Choices(stop=(), merges={})
    """
    path = _chosen(documents, file, "words")
    if path is None:
        return Choices()
    content = read_toml(path, what="word lists", example="the head of helpers/themes/choices.py")
    stop, merges = content.pop("stop", []), content.pop("merge", {})
    merged = merges.values() if isinstance(merges, dict) else [merges, None]
    if content or not all(map(are_words, [stop, *merged])):
        raise KitError(
            f"{path} may hold `stop`, a list of words in quotation marks, and [merge] "
            f'with lines such as "long name" = ["short"], and nothing else'
            + (f"; it holds {', '.join(content)}" if content else "")
        )
    owners: dict[str, str] = {}
    for name, forms in merges.items():
        for form in (name, *forms):
            one = owners.setdefault(form if form.isupper() else form.casefold(), name)
            if one != name:
                what = f"counts {form!r} as {one!r} and as {name!r}"
                raise KitError(f"{path} {what} — leave it under one of them")
    return Choices(tuple(stop), {name: tuple(forms) for name, forms in merges.items()})


def load_themes_for(documents: str | Path, file: str | Path | None = None) -> dict[str, list[str]]:
    """The themes of a file, else of `themes.toml` beside the documents, else the kit's own.

    documents : the path that `load` was given.
    Raises KitError as `load_themes` does.

    >>> "transport" in load_themes_for("seeds")
    True
    """
    own = _chosen(documents, file, "themes")
    return load_themes(own) if own else load_themes()


def settings(
    documents: str | Path, *, themes: str | Path | None = None, words: str | Path | None = None
) -> dict[str, object]:
    """What the analyses went by, to be saved beside their results.

    documents, themes, words : as for `load_themes_for` and `load_choices`.

    Returns for each of `OWN_FILES` its name and SHA-256, None where there is none; and the stop
    list and the merges themselves.
    Raises KitError as `load_choices` does.

    >>> settings("seeds")["themes"] is None
    True
    """
    files = {"themes": themes, "words": words}
    used: dict[str, object] = {}
    for kind in OWN_FILES:
        path = _chosen(documents, files.get(kind), kind)
        used[kind] = path and {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()}
    chosen = load_choices(documents, words)
    merges = {name: list(forms) for name, forms in chosen.merges.items()}
    return used | {"stop": list(chosen.stop), "merge": merges}


def _chosen(documents: str | Path, file: str | Path | None, kind: str) -> Path | None:
    """The file that was named, else the one of `OWN_FILES` beside the documents, if it is there."""
    if not file:
        path = beside(documents, OWN_FILES[kind])
        return path if path.is_file() else None
    try:
        return resolve(file)
    except KitError as problem:
        what = "themes" if kind == "themes" else "word lists"
        where = "looked in the working folder and in the kit's own folder"
        raise KitError(
            f"no file of {what} {str(file)!r} — {where}; give the path of a TOML file"
        ) from problem
