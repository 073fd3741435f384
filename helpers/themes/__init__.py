"""What documents are about: phrases, themes, parts of a text; and what many documents share."""

from .corpus import Corpus, read_corpus
from .crossings import count_coverage, count_theme_documents, count_theme_pairs, cross_themes
from .dictionary import default_themes, load_themes
from .duplicates import find_duplicates, keep_earliest
from .groups import count_groups
from .keyness import keyness
from .once import count_once
from .phrases import complete_phrases, find_phrases, phrase_forms
from .subsets import Subset, select_documents
from .suggest import suggest_words
from .table import find_themes
from .tiling import find_parts
from .topics import Topics, compare_topic_numbers, find_topics
from .trends import count_periods, find_trends

__all__ = [
    "Corpus",
    "Subset",
    "Topics",
    "compare_topic_numbers",
    "complete_phrases",
    "count_coverage",
    "count_groups",
    "count_once",
    "count_periods",
    "count_theme_documents",
    "count_theme_pairs",
    "cross_themes",
    "default_themes",
    "find_duplicates",
    "find_parts",
    "find_phrases",
    "find_themes",
    "find_topics",
    "find_trends",
    "keep_earliest",
    "keyness",
    "load_themes",
    "phrase_forms",
    "read_corpus",
    "select_documents",
    "suggest_words",
]
