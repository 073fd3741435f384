"""Things to look at, in notebooks and the report: tables, texts, concordances and claims."""

from .claims import claim_groups, show_claims
from .concordance import show_concordance
from .html import Column, Html, by_class, macros, page, sorting_script, templates, written
from .marks import Rows, passage, records, row_facts, speaker_of
from .pick import pick_documents
from .reading import heading, show_text, text_view
from .tables import cell_words, left_out, show_table, unread

__all__ = [
    "Column", "Html", "Rows", "by_class", "cell_words", "claim_groups", "heading", "left_out",
    "macros", "page", "passage", "pick_documents", "records", "row_facts", "show_claims",
    "show_concordance", "show_table", "show_text", "sorting_script", "speaker_of", "templates",
    "text_view", "unread", "written",
]  # fmt: skip
