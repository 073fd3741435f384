"""Claims: figures on the same thing side by side, and whether they can all be right."""

from .checklist import checklist
from .compare import compare_claims
from .extent import Extent, extent_of

__all__ = ["Extent", "checklist", "compare_claims", "extent_of"]
