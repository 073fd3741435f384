"""What documents are about: key phrases, themes of a dictionary or found, parts of a text."""

from .crossings import count_coverage, cross_themes
from .dictionary import default_themes, load_themes
from .groups import count_groups
from .phrases import find_phrases, phrase_forms
from .suggest import suggest_words
from .table import find_themes
from .tiling import find_parts

__all__ = [
    "count_coverage",
    "count_groups",
    "cross_themes",
    "default_themes",
    "find_parts",
    "find_phrases",
    "find_themes",
    "load_themes",
    "phrase_forms",
    "suggest_words",
]
