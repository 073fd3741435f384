"""Things to look at, in notebooks and the report: tables, texts, concordances and claims."""

from .claims import claim_groups, show_claims, size_of
from .concordance import show_concordance
from .html import Column, Html, by_class, macros, page, sorting_script, templates
from .marks import Rows, records, row_facts, speaker_of
from .passage import passage
from .pick import pick_documents
from .read import left_out, unread
from .reading import heading, show_text, text_view
from .tables import cell_words, show_table

__all__ = [
    "Column", "Html", "Rows", "by_class", "cell_words", "claim_groups", "heading", "left_out",
    "macros", "page", "passage", "pick_documents", "records", "row_facts",
    "show_claims", "show_concordance", "show_table", "show_text", "size_of", "sorting_script",
    "speaker_of", "templates", "text_view", "unread",
]  # fmt: skip
