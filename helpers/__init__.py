"""Communiqué: themes, attributed quotations and figures in news and press releases."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .check import import_xmi as import_xmi
    from .documents import KitError, load
    from .figures import convert, find_figures
    from .figures.claims import compare_claims
    from .quotes import find_quotes
    from .run.exports import export as export
    from .text.tokens import tokenize
    from .themes import find_phrases, find_themes, load_themes

__all__ = [
    "KitError", "compare_claims", "convert", "find_figures", "find_phrases", "find_quotes",
    "find_themes", "load", "load_themes", "tokenize",
]  # fmt: skip
_ROOMS = {
    ".check": ("import_xmi",),  # not with *, nor export: they take their time
    ".documents": ("KitError", "load"),
    ".figures": ("convert", "find_figures"),
    ".figures.claims": ("compare_claims",),
    ".quotes": ("find_quotes",),
    ".run.exports": ("export",),
    ".text.tokens": ("tokenize",),
    ".themes": ("find_phrases", "find_themes", "load_themes"),
}


def __getattr__(name: str) -> Any:
    """A name from its room, which is imported when somebody first asks for something in it."""
    for room, names in _ROOMS.items():
        if name in names:
            return globals().setdefault(name, getattr(import_module(room, __name__), name))
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
