"""Names: the people, organisations, documents and groups of a text, and who a source is."""

from .merge import merge_speakers
from .speakers import Speaker, speakers_of

__all__ = ["Speaker", "merge_speakers", "speakers_of"]
