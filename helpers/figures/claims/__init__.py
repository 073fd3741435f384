"""Claims: figures on the same thing side by side, and whether they can all be right."""

from .clause import extent_of
from .compare import checklist, compare_claims

__all__ = ["checklist", "compare_claims", "extent_of"]
