"""Names: the people, organisations, documents and groups of a text, and who a source is."""

from .merge import merge_names
from .speakers import NOBODY, Named, Speaker, named_in, speakers_of

__all__ = ["NOBODY", "Named", "Speaker", "merge_names", "named_in", "speakers_of"]
