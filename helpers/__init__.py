"""Communiqué: themes, attributed quotations and figures in news and press releases."""
from . import _start  # noqa: F401
from .claims import compare_claims
from .documents import KitError, load
from .figures import convert, find_figures
from .quotes import find_quotes
from .themes import find_phrases, find_themes, load_themes
from .tokens import tokenize

__all__ = ["KitError", "compare_claims", "convert", "find_figures", "find_phrases", "find_quotes",
           "find_themes", "load", "load_themes", "tokenize"]
