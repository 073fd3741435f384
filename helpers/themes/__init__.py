"""What documents are about: phrases and themes; and what many documents share."""

from .corpus import Corpus, read_corpus
from .dictionary import load_themes
from .duplicates import find_duplicates, keep_earliest
from .evidence import (
    count_coverage,
    count_groups,
    count_theme_documents,
    count_theme_speakers,
    cross_themes,
    join_evidence,
)
from .keyness import keyness, select_documents
from .phrases import complete_phrases, find_phrases, phrase_forms
from .speakers import count_mentions, count_once, load_speakers, save_speakers, suggest_speakers
from .table import find_themes
from .terms import concordance, cooccurrence, count_pairs
from .topics import Topics, find_topics
from .trends import count_periods, find_trends

__all__ = [
    "Corpus", "Topics", "complete_phrases", "concordance", "cooccurrence",
    "count_coverage", "count_groups", "count_mentions", "count_once", "count_pairs",
    "count_periods", "count_theme_documents", "count_theme_speakers", "cross_themes",
    "find_duplicates", "find_phrases", "find_themes", "find_topics",
    "find_trends", "join_evidence", "keep_earliest", "keyness", "load_speakers", "load_themes",
    "phrase_forms", "read_corpus", "save_speakers", "select_documents", "suggest_speakers",
]  # fmt: skip
