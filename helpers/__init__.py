"""Communiqué: themes, attributed quotations and figures in news and press releases."""

from . import _start  # noqa: F401
from .documents import KitError, load
from .figures import convert, find_figures
from .figures.claims import compare_claims
from .quotes import find_quotes
from .text.tokens import tokenize
from .themes import find_phrases, find_themes, load_themes

__all__ = [
    "KitError",
    "compare_claims",
    "convert",
    "find_figures",
    "find_phrases",
    "find_quotes",
    "find_themes",
    "load",
    "load_themes",
    "tokenize",
]
