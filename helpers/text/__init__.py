"""Text: documents with their words, sentences, tags, lemmas and quotation marks; the word lists.

`tokens` makes the table of many documents, `nltk_bridge` hands all this to NLTK, `wording` puts
numbers into words; they are asked by name, since not everybody should wait for what they import.
"""

from .data import DATA, read_list, read_pattern, read_tables, words_in
from .doc import Doc, doc_of, docs_of, large_view, split_sentences, view
from .lemmas import lemma_of
from .marks import Quotation, quotations
from .sentences import dateline_end, paragraphs
from .tagger import tags_of
from .words import Span, split_words

__all__ = [
    "DATA", "Doc", "Quotation", "Span", "dateline_end", "doc_of", "docs_of", "large_view",
    "lemma_of", "paragraphs", "quotations", "read_list", "read_pattern", "read_tables",
    "split_sentences", "split_words", "tags_of", "view", "words_in",
]  # fmt: skip
