"""Things to look at in a notebook: tables, the reading view, concordances, claims."""

from .claims import show_claims
from .concordance import show_concordance
from .html import Html
from .reading import show_text
from .tables import show_table

__all__ = ["Html", "show_claims", "show_concordance", "show_table", "show_text"]
