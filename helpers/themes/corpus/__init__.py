"""Many documents: near-duplicates, what sets some apart, topics, and changes over time."""

from .duplicates import find_duplicates, keep_earliest
from .keyness import find_keyness, keyness
from .reading import Corpus, read_corpus
from .subsets import Subset, select_documents
from .topics import Topics, compare_topic_numbers, find_topics
from .trends import count_periods, count_theme_documents, count_theme_pairs, find_trends

__all__ = [
    "Corpus",
    "Subset",
    "Topics",
    "compare_topic_numbers",
    "count_periods",
    "count_theme_documents",
    "count_theme_pairs",
    "find_duplicates",
    "find_keyness",
    "find_topics",
    "find_trends",
    "keep_earliest",
    "keyness",
    "read_corpus",
    "select_documents",
]
