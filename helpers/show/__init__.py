"""Things to look at in a notebook: tables, the reading view, concordances."""
from .html import Html
from .reading import show_text
from .tables import show_concordance, show_table

__all__ = ["Html", "show_concordance", "show_table", "show_text"]
